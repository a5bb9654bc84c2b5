/* The same trials at other couplings. A sample keeps what is needed to evaluate the weight of each trial at another
 * point of parameter space with the same masses: production and decay rows and legs, and the way to the vertex. */
#ifndef BSM_REWEIGHT_H
#define BSM_REWEIGHT_H
#include "engine/job.h"

struct bsm_sample;

/* Draws `trials` trials of the job and keeps those with a weight. */
enum bsm_status bsm_sample_make(struct bsm_ctx *, const struct bsm_job *, long trials, uint64_t seed, struct bsm_sample **);
void bsm_sample_free(struct bsm_sample *);
/* Rate (per unit of norm) of the same chain at the point, its error, and the effective number of trials. The point may
 * differ from the job's in its couplings only. */
enum bsm_status bsm_sample_rate(struct bsm_ctx *, const struct bsm_sample *, const struct bsm_point *, double *rate,
				double *error, double *ess);
#endif
