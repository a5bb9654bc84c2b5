/* Couplings of single mesons to the weak currents, in one normalisation: <0|J|P> = i f p and <0|J|V> = f m eps of a
 * charged meson. The number given here multiplies G_F/sqrt(2) [l g (1-g5) N] p (or m eps): it carries the CKM element,
 * or, for a neutral meson, what the Z's quark couplings make of it. */
#ifndef BSM_PHYSICS_DECAY_CONSTANTS_H
#define BSM_PHYSICS_DECAY_CONSTANTS_H
#include <stdint.h>

struct bsm_weak_meson {
	int32_t pdg;
	int vector;
	double coupling; /* GeV */
};
/* Ends with pdg = 0. Charged mesons that N -> l H and tau -> H N reach; neutral mesons of N -> nu H. */
extern const struct bsm_weak_meson bsm_charged_mesons[], bsm_neutral_mesons[];
const struct bsm_weak_meson *bsm_weak_meson_find(int32_t pdg);

/* Measured branching fraction of meson -> l nu; where unmeasured, scaled from the muon mode. */
double bsm_leptonic_br(int32_t meson, int32_t lepton);
/* Measured branching fraction of tau -> H nu. */
double bsm_tau_br(int32_t meson);
#endif
