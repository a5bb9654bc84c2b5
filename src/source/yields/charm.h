/* Heavy flavour (open charm and beauty, charmonium): dN/dxF dpT^2 ~ (1 - |xF|)^n exp(-b pT^2), normalised to one hadron;
 * xF = p*L / p*max. */
#ifndef BSM_SOURCE_YIELDS_CHARM_H
#define BSM_SOURCE_YIELDS_CHARM_H
#include "source/yields/cm_frame.h"

struct bsm_charm {
	struct bsm_cm_frame frame;
	double m, emax, pmax; /* of the hadron; its largest energy and momentum in the frame of proton + nucleon */
	double n, b;          /* exponent; 1/GeV2 */
	double inside;        /* share of the unlimited distribution below emax: divided out */
};

/* The lightest recoil is the two nucleons, and for open flavour the other heavy meson. -1 below that threshold. */
int bsm_charm_init(struct bsm_charm *, int32_t pdg, double pB, double n, double b);
/* d2N / dxF dpT^2 [1/GeV2]; 0 beyond the energy limit. */
double bsm_charm_density(const struct bsm_charm *, double xF, double pT2);
/* The same in the lab: d2N / dp dOmega [1/(GeV sr)]. */
double bsm_charm_lab_density(const struct bsm_charm *, double p, double ct, double st);
/* The inverse cumulative distributions: u0 -> xF, u1 -> pT^2. Returns dN/du: 1/inside, or 0 beyond the energy limit.
 * *p and *ct, *st: momentum [GeV] and polar angle in the lab; the angle may be backward. */
double bsm_charm_map(const struct bsm_charm *, double u0, double u1, double *p, double *ct, double *st);
#endif
