/* q qbar -> V* or gamma* in p N collisions at leading order, for masses above 1 GeV (below, the parton picture fails).
 * Cross-sections in cm2 per nucleon of the target; multiply by A. No K factor (E605 wants 1.3 to 1.5). */
#ifndef BSM_PHYSICS_VECTOR_DRELL_YAN_H
#define BSM_PHYSICS_VECTOR_DRELL_YAN_H
#include "physics/vector_coupling.h"
#include "physics/vector_mesons.h"

#define BSM_DRELL_YAN_FROM 1.0 /* GeV */

/* d2sigma/dM2 dy of p N -> (V* -> chi chibar) X at s = (p_p + p_N)^2; M2 = mass squared of the pair, y its rapidity in
 * the centre of mass, along the proton. `protons` = Z/A. v: V's charges; portal.charge is not read. [cm2/GeV2] */
double bsm_drell_yan(const struct bsm_vector *v, const struct bsm_portal *, double s, double protons, double M2,
		     double y, double m1, double m2);
/* dsigma/dy [cm2] of p N -> V X, V on its mass shell. */
double bsm_drell_yan_on_shell(const struct bsm_vector *v, double s, double protons, double y);
/* |y| < log(s/M2)/2 */
double bsm_drell_yan_y_max(double s, double M2);
/* Density in the cosine between chi and the quark in the pair's rest frame, integral 1 over -1 .. 1. */
double bsm_drell_yan_angle(enum bsm_chi kind, double M2, double m1, double m2, double c);
#endif
