#include "engine/blocks.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* What the threads share: the first failure stops all. */
struct shared {
	struct bsm_ctx *ctx;
	int failed;
};

static int failed(struct shared *s)
{
	int f;
#pragma omp atomic read
	f = s->failed;
	return f;
}

static void report(struct shared *s, const struct bsm_ctx *mine)
{
#pragma omp critical(bsm_blocks_report)
	{
		if (!s->failed)
			bsm_fail(s->ctx, mine->status, "%s", mine->message);
#pragma omp atomic write
		s->failed = 1;
	}
}

static void one_block(const struct bsm_blocks *b, struct shared *s, uint64_t block, void *scratch, int *made)
{
	struct bsm_ctx mine = {.cancel = s->ctx->cancel, .note = s->ctx->note, .note_arg = s->ctx->note_arg};
	*made = 0;
	if (failed(s))
		return;
	if (bsm_check_cancel(&mine) != BSM_OK || b->make(&mine, b->arg, block, scratch) != BSM_OK)
		report(s, &mine);
	else
		*made = 1;
}

static void take_block(const struct bsm_blocks *b, struct shared *s, uint64_t block, void *scratch)
{
	struct bsm_ctx mine = {.cancel = s->ctx->cancel, .note = s->ctx->note, .note_arg = s->ctx->note_arg};
	if (!failed(s) && b->take(&mine, b->arg, block, scratch) != BSM_OK)
		report(s, &mine);
}

enum bsm_status bsm_blocks_run(struct bsm_ctx *ctx, const struct bsm_blocks *b)
{
	struct shared s = {.ctx = ctx};
	int threads = b->threads > 0 ? b->threads : omp_get_num_procs();
	int64_t count = (int64_t)b->count;
#pragma omp parallel num_threads(threads)
	{
		void *scratch = calloc(1, b->scratch ? b->scratch : 1);
		if (!scratch) {
			struct bsm_ctx mine = {0};
			bsm_fail(&mine, BSM_E_MEMORY, "out of memory");
			report(&s, &mine);
		}
#pragma omp for ordered schedule(dynamic, 1)
		for (int64_t i = 0; i < count; i++) {
			int made = 0;
			if (scratch)
				one_block(b, &s, b->first + (uint64_t)i, scratch, &made);
#pragma omp ordered
			{
				if (made)
					take_block(b, &s, b->first + (uint64_t)i, scratch);
			}
		}
		if (scratch && b->release)
			b->release(scratch);
		free(scratch);
	}
	return s.failed ? ctx->status : BSM_OK;
}
