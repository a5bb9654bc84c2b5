/* A proton that radiates a scalar S, p + A -> S X; sampling and limits as of any radiation (radiator.h). */
#ifndef BSM_PHYSICS_SCALAR_BREMSSTRAHLUNG_H
#define BSM_PHYSICS_SCALAR_BREMSSTRAHLUNG_H
#include "physics/radiator.h"

/* Quasi-real: Foroughi-Abari, Ritz 2108.05900, with the form factor of the intermediate proton. Boiarska et al.
 * 1904.10447 (as Batell et al. 2008.08108): without it, and twice as many, a factor that the average over the spins of
 * the proton is not found to give. */
enum bsm_scalar_brem_kind { BSM_SCALAR_BREM_QUASI_REAL, BSM_SCALAR_BREM_BOIARSKA };
struct bsm_scalar_brem {
	enum bsm_scalar_brem_kind kind;
	double mass, sin_theta;
	double lambda; /* of the off-shell form factor [GeV] */
	double z_min, z_max, pt_max;
};

#define BSM_SCALAR_NUCLEON 1.2e-3 /* coupling to a nucleon at q2 = 0 over sin(theta): 2108.05900, 1904.10447 */

double bsm_scalar_brem_density(const struct bsm_scalar_brem *b, double p, double z, double pt2);
double bsm_scalar_brem_number(const struct bsm_scalar_brem *b, double p);
double bsm_scalar_brem_map(const struct bsm_in *in, const struct bsm_scalar_brem *b, const double u[3],
			   struct bsm_particle *S);

/* ---- the parts ---- */
/* |F|^2 of the proton's coupling at q2 > 0: f0(500), f0(980), f0(1370). */
double bsm_scalar_nucleon_form_factor2(double q2);
/* Splitting function [1/GeV2] of coupling 1: z ((2 - z)^2 m_p^2 + pt2)/(16 pi^2 H^2). */
double bsm_split_scalar(double mass, double z, double pt2);
#endif
