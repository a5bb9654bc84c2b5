/* Proton on a nucleon at rest: the frame in which the yield formulas are written. GeV. */
#ifndef BSM_SOURCE_YIELDS_CM_FRAME_H
#define BSM_SOURCE_YIELDS_CM_FRAME_H
#include <math.h>

#include "bsmnu/model.h"

struct bsm_cm_frame {
	double pB, s, sqrt_s; /* beam momentum; invariant mass squared and mass of proton + nucleon */
	double gamma, bg;     /* of the frame in the lab */
};

static inline struct bsm_cm_frame bsm_cm_frame(double pB)
{
	double m = bsm_pdg_mass(2212), e = sqrt(pB * pB + m * m), s = 2 * m * (m + e), w = sqrt(s);
	return (struct bsm_cm_frame){pB, s, w, (e + m) / w, pB / w};
}
/* Largest energy of a hadron of mass m, when the rest of the final state weighs at least mx. */
static inline double bsm_cm_energy_max(const struct bsm_cm_frame *f, double m, double mx)
{
	return (f->s + m * m - mx * mx) / (2 * f->sqrt_s);
}
static inline double bsm_cm_energy(const struct bsm_cm_frame *f, double e, double pz)
{
	return f->gamma * e - f->bg * pz;
}
static inline double bsm_cm_pz(const struct bsm_cm_frame *f, double e, double pz)
{
	return f->gamma * pz - f->bg * e;
}
#endif
