/* Mass times coupling: each mass is sampled once, couplings are reached by reweighting the same trials. A second parameter
 * that is none of the model's `couplings` is sampled at each of its values. */
#ifndef BSM_SCAN_H
#define BSM_SCAN_H
#include "run/card.h"

struct bsm_scan_point {
	double mass, coupling;
	double rate, error;      /* per unit of norm */
	double ess;              /* effective number of trials behind it */
};

struct bsm_scan {
	int masses, couplings;
	struct bsm_scan_point *point; /* [mass][coupling] */
};

/* threads: 0 all. progress through ctx. */
enum bsm_status bsm_scan_run(struct bsm_ctx *, const struct bsm_card *, int threads, struct bsm_scan *out);
void bsm_scan_free(struct bsm_scan *);
#endif
