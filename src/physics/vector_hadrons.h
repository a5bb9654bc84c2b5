/* V -> hadrons: exclusive channels by vector-meson dominance below 1.7 GeV, perturbative R(s) above. Widths in GeV.
 * None of these is cheap (towers of resonances, a Dalitz integral): once a parameter point, in prepare(), not per
 * event. */
#ifndef BSM_PHYSICS_VECTOR_HADRONS_H
#define BSM_PHYSICS_VECTOR_HADRONS_H
#include "bsmnu/model.h"
#include "physics/vector_coupling.h"

#define BSM_VECTOR_EXCLUSIVE_UP_TO 1.7 /* GeV */

enum bsm_vector_channel {
	BSM_V_PIPI,     /* pi+ pi- */
	BSM_V_3PI,      /* pi+ pi- pi0 */
	BSM_V_KK,       /* K+ K- */
	BSM_V_KSKL,     /* K_S K_L */
	BSM_V_PIGAMMA,  /* pi0 gamma */
	BSM_V_ETAGAMMA, /* eta gamma */
	BSM_V_REST      /* all other hadrons: below 1.7 GeV what is left of R (four pions, mostly), above all of R */
};
/* Exclusive channels are 0 from 1.7 GeV on: there they are part of the rest. */
double bsm_vector_hadron_width(const struct bsm_vector *v, enum bsm_vector_channel channel);
/* The sum of all seven. */
double bsm_vector_hadrons(const struct bsm_vector *v);
/* sigma(e+e- -> hadrons)/sigma(e+e- -> mu+mu-), massless muons, without charmonia and bottomonia; sqrts in GeV. */
double bsm_r_ratio(double sqrts);

/* |M|^2 of V -> pi+ pi- pi0, averaged over the three spins of V; out[0..2] in that order. */
double bsm_vector_me2_3pi(const struct bsm_vector *v, const struct bsm_particle *out);
#endif
