/* Two-body splits and n-body phase space, free or aimed at a cone in the lab. The recursion
 * dPhi_n(P; 1..n) = dPhi_2(P; 1, X) ds_X/2pi dPhi_{n-1}(X; 2..n) (PDG, Kinematics) serves every decay and scattering. */
#ifndef BSM_KINEMATICS_SPLIT_H
#define BSM_KINEMATICS_SPLIT_H
#include "bsmnu/model.h"

struct bsm_cone {             /* where a leg has to go: directions within `half` of `axis`, seen from its origin */
	struct bsm_p4 axis;   /* unit vector */
	double half;          /* rad; pi or more: everywhere */
};

/* P (mass m) -> legs of masses m1, m2, isotropic in its rest frame. u[2]. p1 and p2 may be NULL. */
void bsm_split(struct bsm_p4 P, double m, double m1, double m2, const double *u, struct bsm_p4 *p1, struct bsm_p4 *p2);

/* The same with leg 1 inside the cone. Samples the rest-frame polar angle uniformly over the part that reaches the
 * cone: both kinematic solutions of a fast parent count, and the weight stays finite at the largest angle. Returns the
 * fraction of the rest-frame sphere that u stands for (so that a free split returns 1), 0 if nothing reaches. */
double bsm_split_aimed(struct bsm_p4 P, double m, double m1, double m2, const struct bsm_cone *, const double *u,
		       struct bsm_p4 *p1, struct bsm_p4 *p2);

/* What it returns for a leg 1 of momentum p1, however that was found; 0 outside of the cone. */
double bsm_split_aimed_fraction(struct bsm_p4 P, double m, double m1, double m2, const struct bsm_cone *, struct bsm_p4 p1);

/* Numbers that bsm_phase_space takes for n legs: 3n - 4. */
int bsm_phase_space_ndim(int n);
struct bsm_resonance { int i, j; double mass, width; }; /* in the mass of legs i and j [GeV] */

/* P (mass m) -> n >= 2 legs; out[i].m are read, out[i].p written. Leg `first` (-1: none) comes first in the recursion,
 * into the cone where one is given. Returns dPhi_n/du, 0 where nothing reaches or below threshold. */
double bsm_phase_space(struct bsm_p4 P, double m, int n, struct bsm_particle *out, int first, const struct bsm_cone *,
		       const double *u);
/* The same, sampling the mass of a pair of three legs by a Breit-Wigner: then the third leg comes first, and `first`, if it is of
 * the pair, is aimed when the pair splits. NULL: no resonance. */
double bsm_phase_space_peaked(struct bsm_p4 P, double m, int n, struct bsm_particle *out, int first,
			      const struct bsm_cone *, const struct bsm_resonance *, const double *u);
#endif
