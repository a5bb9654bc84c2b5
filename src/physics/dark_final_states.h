/* chi N -> chi' + hadrons: the Delta resonance and deep inelastic scattering, as maps of own numbers. */
#ifndef BSM_PHYSICS_DARK_FINAL_STATES_H
#define BSM_PHYSICS_DARK_FINAL_STATES_H
#include "physics/dark_scattering.h"

struct bsm_dark_exchange {
	enum bsm_dark_spin spin;
	double mass;          /* of the vector [GeV] */
	double coupling2;     /* g_chi^2 times the square of the nucleon's unit of charge */
};

/* Structure of an inclusive target: a1 and a2 of bsm_dark_target as functions of q2 and hadronic mass W, for a nucleon of mass
 * M. a1 = 4 pi M W1, a2 = 4 pi W2/M; of a cross-section per dW2/2pi dPhi_2. */
typedef void bsm_dark_structure(const struct bsm_in *, double q2, double W, double *a1, double *a2);

/* out[0] = chi', then n >= 2 hadrons that share W in flat phase space: the density [cm2] per u[3 n - 1], W between lo and hi (a
 * resonance of mass peak and its width, or 0: flat in W2), q2 above q2_min. */
struct bsm_dark_hadrons { double lo, hi, peak, width, q2_min; bsm_dark_structure *structure; };
double bsm_dark_to_hadrons(const struct bsm_in *, const struct bsm_dark_exchange *, const struct bsm_dark_hadrons *, int n,
			   const double *u, struct bsm_particle *out);

/* The Delta(1232): the nucleon's isovector current, in units of its electromagnetic one. */
void bsm_dark_delta(const struct bsm_in *, double q2, double W, double *a1, double *a2);
#endif
