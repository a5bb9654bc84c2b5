/* Inside of the source kind `flux_table`: the table and its sampling. */
#ifndef BSM_SOURCE_FLUX_TABLE_H
#define BSM_SOURCE_FLUX_TABLE_H
#include "source/columns.h"
#include "source/source.h"

enum { BSM_FLAVOURS = 6 }; /* nue numu nutau anue anumu anutau */
enum bsm_flux_column {
	BSM_FLUX_SKIP = -4,
	BSM_FLUX_E = -3,
	BSM_FLUX_LO = -2,
	BSM_FLUX_HI = -1
}; /* or a flavour 0..5 */

struct bsm_flux_layout {
	int n;
	int column[BSM_COLUMNS]; /* enum bsm_flux_column, or a flavour */
	int linear;              /* points joined by straight lines; else steps over bins */
	double first_edge;       /* GeV: of a histogram given by bin centres; NaN: centres are evenly spaced */
};

struct bsm_flux {                                    /* zero-initialise; free with bsm_flux_free */
	size_t n;                                    /* intervals */
	double *lo, *hi;                             /* GeV; lo[i + 1] >= hi[i] */
	double *f0[BSM_FLAVOURS], *f1[BSM_FLAVOURS]; /* density at the two ends of each interval */
	double *sum[BSM_FLAVOURS];                   /* n + 1: integral up to lo[i] */
};

void bsm_flux_free(struct bsm_flux *);
enum bsm_status bsm_flux_read(struct bsm_ctx *, struct bsm_input *, const struct bsm_flux_layout *, struct bsm_flux *);
/* Energy at fraction u of the integral of one flavour. */
double bsm_flux_energy(const struct bsm_flux *, int flavour, double u);
/* Density at an energy; 0 outside the table. */
double bsm_flux_at(const struct bsm_flux *, int flavour, double e);
#endif
