/* Numbers u -> (p, theta), distributed nearly as a yield: piecewise constant densities in ln p and, for each bin of it,
 * in the polar angle. Only an importance map: the weight carries the exact density, so that the grid biases nothing. */
#ifndef BSM_SOURCE_YIELDS_YIELD_MAP_H
#define BSM_SOURCE_YIELDS_YIELD_MAP_H

enum { BSM_YIELD_P = 64, BSM_YIELD_T = 32 };
struct bsm_yield_map {
	double ln0, step;                        /* of the bins in ln p */
	double total;                            /* integral of the density that the map follows, roughly */
	double cp[BSM_YIELD_P + 1];              /* cumulative over p */
	double ct[BSM_YIELD_P][BSM_YIELD_T + 1]; /* cumulative over the angle, per bin of p */
};

typedef double bsm_yield_density(const void *law, double p, double ct, double st); /* mb/(GeV sr) */

/* Momenta from pmin to pmax; angles from 0 to 90 degrees, or as far as transverse momentum stays below 4 GeV. */
void bsm_yield_map_init(struct bsm_yield_map *, bsm_yield_density *, const void *law, double pmin, double pmax);
/* Returns dp dOmega / du0 du1, the azimuth integrated over [GeV sr]. */
double bsm_yield_map_draw(const struct bsm_yield_map *, double u0, double u1, double *p, double *ct, double *st);
/* Integral of the density over the range of the map [mb], with the means of p and of pT [GeV] (each may be NULL):
 * midpoint rule with n x n points in each bin. */
double bsm_yield_integral(bsm_yield_density *, const void *law, double pmin, double pmax, int n, double *p, double *pT);
#endif
