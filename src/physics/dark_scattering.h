/* chi + target -> chi' + X by exchange of a vector: one contraction for electrons, nucleons, nuclei and whatever is inclusive,
 * Dirac or scalar chi, elastic or from one state to another. docs/physics/light_dark_matter.md derives it. */
#ifndef BSM_PHYSICS_DARK_SCATTERING_H
#define BSM_PHYSICS_DARK_SCATTERING_H
#include "bsmnu/model.h"

enum bsm_dark_spin { BSM_DARK_DIRAC, BSM_DARK_SCALAR };

struct bsm_dark_current {          /* on the side of chi */
	enum bsm_dark_spin spin;
	struct bsm_p4 in, out;     /* momenta; masses m_in, m_out */
	double m_in, m_out;
};

/* On the side of the target, averaged over its spins, H^{mu nu} = a1 (-g + q q/q2) + a2 P P with P = (p + p')/2, or of an
 * inclusive state P = p - q (p.q)/q2. A charge without structure has a1 = Q2, a2 = 4. */
struct bsm_dark_target { double a1, a2; struct bsm_p4 P; };

/* L_{mu nu} H^{mu nu} over the squared couplings, chi's spins averaged in and summed out. */
double bsm_dark_contract(const struct bsm_dark_current *, const struct bsm_dark_target *);

/* ---- the targets; q2 = -t > 0 ---- */
struct bsm_dark_target bsm_dark_lepton(struct bsm_p4 before, struct bsm_p4 after, double q2);
/* Sachs form factors ge, gm and mass m of the nucleon; a bound one is put on its shell (de Forest, Nucl. Phys. A392 (1983) 232). */
struct bsm_dark_target bsm_dark_nucleon(struct bsm_p4 before, struct bsm_p4 after, double m, double q2, double ge, double gm);
/* A nucleus as a whole, of spin 0: charge x form factor. */
struct bsm_dark_target bsm_dark_nucleus(struct bsm_p4 before, struct bsm_p4 after, double charge);

/* chi e -> chi e elastic, in closed form [cm2]: chi of mass m and energy E on an electron at rest, recoils of kinetic energy
 * from lo to hi (cut to what kinematics allows); coupling2 = g_chi^2 g_e^2. d: the same per GeV of recoil, 0 outside. */
double bsm_dark_electron_sigma(enum bsm_dark_spin, double E, double m, double mV, double coupling2, double lo, double hi);
double bsm_dark_electron_dsigma(enum bsm_dark_spin, double E, double m, double mV, double coupling2, double T);
/* Largest recoil of a target of mass mt. */
double bsm_dark_recoil_max(double E, double m, double mt);
#endif
