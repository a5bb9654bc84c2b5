/* `bsmnu verify`: a model's own checks, the contract that every model keeps, and the engine against itself. */
#ifndef BSM_VERIFY_H
#define BSM_VERIFY_H
#include "engine/job.h"

struct bsm_finding {
	char what[160], source[200];
	double value, expected, tolerance; /* relative, or in standard deviations where error > 0 */
	double error;                      /* of a statistical check; 0 for an exact one */
	int passed;
};

struct bsm_findings { int n, room, failed; struct bsm_finding *row; };

enum bsm_status bsm_verify_model(struct bsm_ctx *, const struct bsm_model *, struct bsm_findings *);
void bsm_findings_free(struct bsm_findings *);
/* |value - expected| / (tolerance x scale): above 1 fails. */
double bsm_finding_pull(const struct bsm_finding *);

/* The parts: appended to the findings. */
enum bsm_status bsm_verify_checks(struct bsm_ctx *, const struct bsm_model *, struct bsm_findings *);
enum bsm_status bsm_verify_contract(struct bsm_ctx *, const struct bsm_model *, struct bsm_findings *);
enum bsm_status bsm_verify_scattering(struct bsm_ctx *, const struct bsm_model *, struct bsm_findings *);
enum bsm_status bsm_verify_engine(struct bsm_ctx *, const struct bsm_model *, struct bsm_findings *);
enum bsm_status bsm_finding_exact(struct bsm_ctx *, struct bsm_findings *, const char *what, const char *source, double value,
				  double expected, double rtol);
enum bsm_status bsm_finding_statistical(struct bsm_ctx *, struct bsm_findings *, const char *what, const char *source,
					double value, double expected, double error, double sigmas);
#endif
