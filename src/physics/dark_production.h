/* Maps that make a pair chi chibar out of a vector V: radiated by a proton, in the capture of a pi-, of quarks. */
#ifndef BSM_PHYSICS_DARK_PRODUCTION_H
#define BSM_PHYSICS_DARK_PRODUCTION_H
#include "physics/vector_bremsstrahlung.h"
#include "physics/vector_drell_yan.h"

/* p A -> V X, V -> out[0] out[1] with branching fraction br: density [cm2 per nucleus] per u[5]. */
double bsm_dark_bremsstrahlung(const struct bsm_in *, const struct bsm_brem *, const struct bsm_vector *, double br,
			       const double *u, struct bsm_particle *out);

/* q qbar -> V* -> out[0] out[1] in p A, of a V off its shell or on it, from the larger of 1 GeV and `from` on: density [cm2 per
 * nucleus] per u[4]. No transverse momentum at this order. */
double bsm_dark_drell_yan(const struct bsm_in *, const struct bsm_vector *, const struct bsm_portal *, double from, const double *u,
			  struct bsm_particle *out);

/* pi- p -> n V with the proton in a nucleus, both at rest: probability per capture, for a share `radiative` of captures that give
 * a photon. The pion's current is a dipole: 2 transverse directions and a longitudinal one, of weight mV^2/E^2. */
double bsm_dark_capture(const struct bsm_vector *, double radiative);
/* The same, with V -> out[1] out[2] and the neutron out[0]: per u[4]. */
double bsm_dark_capture_map(const struct bsm_in *, const struct bsm_vector *, double probability, const double *u,
			    struct bsm_particle *out);
#endif
