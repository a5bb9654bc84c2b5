/* Neutral mesons out of the charged pions: pi0 as their mean, heavier mesons by transverse-mass scaling. */
#ifndef BSM_SOURCE_YIELDS_SCALED_H
#define BSM_SOURCE_YIELDS_SCALED_H
#include "source/yields/bmpt.h"
#include "source/yields/sanford_wang.h"

struct bsm_pions {        /* pi+ and pi- of one law at one beam momentum on one nucleus */
	int sanford_wang; /* 0: BMPT */
	struct bsm_bmpt bmpt[2];
	struct bsm_sanford_wang sw[2];
	double pmax;
};
/* law: "bmpt" (above 20 GeV/c) or "sanford_wang" (8.9 GeV/c on beryllium). 0, or -1 for another word. */
int bsm_pions_init(struct bsm_pions *, const char *law, double pB, double A);
/* (pi+ + pi-)/2 at the same momentum [mb/(GeV sr)]. */
double bsm_pi0_density(const struct bsm_pions *, double p, double ct, double st);

/* E d3s/dp3 of the meson = norm x that of a pi0 of the same energy and longitudinal momentum, which is the same
 * transverse mass and rapidity; 0 above the meson's own kinematic limit. */
struct bsm_mt_scaled {
	struct bsm_pions pions;
	struct bsm_cm_frame frame;
	double m, emax, norm;
};
/* norm is the ratio of meson and pi0 at equal transverse mass; -1 for an unknown law, or below the meson's threshold.
 */
int bsm_mt_scaled_init(struct bsm_mt_scaled *, int32_t pdg, const char *law, double pB, double A, double norm);
/* Makes the integral over momentum and angle `ratio` times the one of pi0. */
void bsm_mt_scaled_normalise(struct bsm_mt_scaled *, double ratio);
double bsm_mt_scaled_density(const struct bsm_mt_scaled *, double p, double ct, double st);
/* Integrals [mb] from 0.02 GeV up, as far as yield_map.h goes in angle. */
double bsm_pi0_integral(const struct bsm_pions *);
double bsm_mt_scaled_integral(const struct bsm_mt_scaled *);
#endif
