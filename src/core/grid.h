/* An adaptive product grid (Lepage, VEGAS, J. Comput. Phys. 27 (1978) 192): maps u in [0,1]^n to x in [0,1]^n so that an
 * integrand gets flatter. Adapted by a pilot, then frozen; frozen grids are read by any number of threads. */
#ifndef BSM_CORE_GRID_H
#define BSM_CORE_GRID_H
#include <stdint.h>

enum { BSM_GRID_BINS = 64 };

struct bsm_grid {
	int ndim;
	double *edge; /* ndim x (BINS + 1) */
	double *sum;  /* ndim x BINS: pilot only */
};

int bsm_grid_init(struct bsm_grid *, int ndim); /* 0, or -1 without memory */
void bsm_grid_free(struct bsm_grid *);
/* x[] from u[]; returns |dx/du|. Where bin is not NULL it gets the bin of each dimension. */
double bsm_grid_map(const struct bsm_grid *, const double *u, double *x, int *bin);
void bsm_grid_collect(struct bsm_grid *, const int *bin, double f2); /* f2: squared weight of a trial */
void bsm_grid_refine(struct bsm_grid *, double alpha);               /* and forgets the sums */
uint64_t bsm_grid_hash(const struct bsm_grid *, uint64_t hash);
#endif
