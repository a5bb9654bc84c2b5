#include "core/progress.h"

#include <time.h>

double bsm_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void bsm_progress_begin(struct bsm_progress *p, struct bsm_ctx *ctx, const char *what, uint64_t total)
{
	*p = (struct bsm_progress){.ctx = ctx, .what = what, .total = total, .started = bsm_seconds()};
}

void bsm_progress_step(struct bsm_progress *p, uint64_t n)
{
	p->done += n;
	double now = bsm_seconds();
	if (!p->ctx->note || now - p->shown < 0.5 || !p->total)
		return;
	p->shown = now;
	double share = (double)p->done / (double)p->total, left = (now - p->started) * (1 - share) / share;
	bsm_note(p->ctx, BSM_PROGRESS, "%s: %.0f %%, %.0f s left", p->what, 100 * share, left);
}

void bsm_progress_end(struct bsm_progress *p)
{
	if (p->ctx->note && p->shown > 0)
		bsm_note(p->ctx, BSM_PROGRESS, "%s", "");
}
