/* Inclusive K+ of 8.9 GeV/c protons on beryllium: Feynman scaling fitted to world data by C. Mariani et al., Phys. Rev.
 * D 84 (2011) 114021, as MiniBooNE uses it, and with SciBooNE's data. */
#ifndef BSM_SOURCE_YIELDS_FEYNMAN_KAON_H
#define BSM_SOURCE_YIELDS_FEYNMAN_KAON_H
#include "source/yields/cm_frame.h"

struct bsm_feynman_kaon {
	struct bsm_cm_frame frame;
	double m, emax,
		pmax; /* of the kaon; largest energy and momentum beside Lambda + p, in the frame of p + nucleon */
	double c[7];
};

/* set: "miniboone" or "sciboone". 0, or -1 for another set. */
int bsm_feynman_kaon_init(struct bsm_feynman_kaon *, const char *set, double pB);
/* d2 sigma / dp dOmega per nucleus [mb/(GeV sr)]. */
double bsm_feynman_kaon_density(const struct bsm_feynman_kaon *, double p, double ct, double st);
#endif
