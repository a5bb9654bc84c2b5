/* A particle that a proton radiates collinearly in an inelastic collision, p + A -> X: kinematics, limits and sampling,
 * whatever is radiated. z = longitudinal momentum over the proton's, pt2 = transverse momentum squared [GeV2], both in
 * the lab (the target at rest). */
#ifndef BSM_PHYSICS_RADIATOR_H
#define BSM_PHYSICS_RADIATOR_H
#include "bsmnu/model.h"

struct bsm_radiator {
	double mass;                 /* of what is radiated [GeV] */
	double z_min, z_max, pt_max; /* where the density is used [1, 1, GeV] */
	/* dN/(dz dpt2) [1/GeV2] per inelastic interaction of a proton of momentum p, inside of the limits. */
	double (*density)(const void *what, double p, double z, double pt2);
	const void *what;
};

/* 0 outside of the limits and where what is left would be less than a proton; else sigma_pp(s')/sigma_pp(s), s' that of
 * the proton after it has radiated. */
double bsm_radiator_flux(const struct bsm_radiator *, double p, double z, double pt2);
/* pt2 + (1 - z) m^2 + z^2 m_p^2. */
double bsm_radiator_virtuality(double mass, double z, double pt2);
/* Integral of the density over the limits. */
double bsm_radiator_number(const struct bsm_radiator *, double p);

/* For a row p + nucleus -> X (in 2212, BSM_NUCLEUS, BSM_INCLUSIVE, ndim 3): writes X->p and returns dsigma/du [cm2 per
 * nucleus], the density times the cross-section of the nucleus for making hadrons. Free: even in z and in the logarithm
 * of the virtuality; aimed where in->aim is: the direction is given and the momentum is left. */
double bsm_radiator_map(const struct bsm_in *in, const struct bsm_radiator *, const double u[3],
			struct bsm_particle *X);

/* 1/(1 + (p*^2 - m_p^2)^2/lambda^4), p*^2 - m_p^2 = -virtuality/z: form factor of the intermediate proton. */
double bsm_radiator_off_shell(double mass, double lambda, double z, double pt2);
/* Total p p cross-section [mb] at s [GeV2]: fit of RPP 2016, table 51.2 (COMPAS). */
double bsm_sigma_pp(double s);
#endif
