/* Progress of long work: a line through ctx->note at most twice a second; the command line shows it on a terminal. */
#ifndef BSM_CORE_PROGRESS_H
#define BSM_CORE_PROGRESS_H
#include <stdint.h>

#include "core/context.h"

struct bsm_progress {
	struct bsm_ctx *ctx;
	const char *what;
	uint64_t total, done;
	double started, shown;
};

void bsm_progress_begin(struct bsm_progress *, struct bsm_ctx *, const char *what, uint64_t total);
void bsm_progress_step(struct bsm_progress *, uint64_t n); /* one thread at a time */
void bsm_progress_end(struct bsm_progress *);
double bsm_seconds(void); /* a steady clock */
#endif
