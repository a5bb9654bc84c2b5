/* Scattering a + b -> 1 + 2 by exchange of a light particle between a and 1: sampled in t along the propagator, whose peak
 * may be thirteen powers of ten narrower than the range of t. */
#ifndef BSM_KINEMATICS_EXCHANGE_H
#define BSM_KINEMATICS_EXCHANGE_H
#include "bsmnu/model.h"
#include "kinematics/split.h"

struct bsm_exchange {
	double mass;         /* of what is exchanged [GeV]; 0: a photon */
	int power;           /* of 1/(mass^2 - t): 2, or 1 where the numerator vanishes with t */
	double tmin, tmax;   /* kinetic energies of leg 2 wanted [GeV]; held exactly for a b at rest, else the caller cuts */
};

/* Range of -t [GeV2] at a total energy squared s; the near end keeps its digits where the masses are all but equal. Returns 0 if
 * closed. */
int bsm_exchange_range(double s, double ma, double mb, double m1, double m2, double *near, double *far);
/* out[0..1].m are read, out[0..1].p written. Returns dPhi_2/du; 0 below threshold, outside of the wanted energies, and where
 * the sampling has no normalisation (a photon at t = 0). u[2]. */
double bsm_exchange_split(const struct bsm_exchange *, const struct bsm_particle *a, const struct bsm_particle *b,
			  struct bsm_particle *out, const double *u);
/* The same with out[leg] inside a cone: half of the trials evenly in the cone, half along the propagator, each weighed with the
 * density of both, so that neither a far detector nor a narrow peak that points at it is missed. u[2]. */
double bsm_exchange_aimed(const struct bsm_exchange *, const struct bsm_particle *a, const struct bsm_particle *b, const struct bsm_cone *,
			  int leg, struct bsm_particle *out, const double *u);
#endif
