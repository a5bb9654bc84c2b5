#include "core/blocks.h"

#include <omp.h>
#include <pthread.h>
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

/* Made blocks wait in a ring until their turn comes, so that no worker waits for a slower one before it. Whoever finds the
 * next block ready takes it, one at a time. */
struct ring {
	const struct bsm_blocks *b;
	struct shared *s;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t to_make, to_take, size;
	int taking;
	struct slot { void *scratch; int ready, made; } *slot;
};

static int slot_ready(const struct ring *r)
{
	return r->to_take < r->b->count && r->slot[r->to_take % r->size].ready;
}

/* Takes the next block; called and left with the lock held. */
static void take_next(struct ring *r)
{
	struct slot *q = &r->slot[r->to_take % r->size];
	uint64_t block = r->b->first + r->to_take;
	r->taking = 1;
	pthread_mutex_unlock(&r->lock);
	if (q->made)
		take_block(r->b, r->s, block, q->scratch);
	pthread_mutex_lock(&r->lock);
	q->ready = 0;
	r->to_take++;
	r->taking = 0;
	pthread_cond_broadcast(&r->changed);
}

/* Makes the next block; called and left with the lock held. */
static void make_next(struct ring *r)
{
	uint64_t i = r->to_make++;
	struct slot *q = &r->slot[i % r->size];
	pthread_mutex_unlock(&r->lock);
	int made = 0;
	one_block(r->b, r->s, r->b->first + i, q->scratch, &made);
	pthread_mutex_lock(&r->lock);
	q->made = made;
	q->ready = 1;
	pthread_cond_broadcast(&r->changed);
}

static void work(struct ring *r)
{
	pthread_mutex_lock(&r->lock);
	while (r->to_take < r->b->count) {
		if (slot_ready(r) && !r->taking)
			take_next(r);
		else if (r->to_make < r->b->count && r->to_make - r->to_take < r->size)
			make_next(r);
		else
			pthread_cond_wait(&r->changed, &r->lock);
	}
	pthread_mutex_unlock(&r->lock);
}

static enum bsm_status fill_ring(struct bsm_ctx *ctx, struct ring *r)
{
	r->slot = calloc(r->size, sizeof *r->slot);
	for (uint64_t i = 0; r->slot && i < r->size; i++) {
		r->slot[i].scratch = calloc(1, r->b->scratch ? r->b->scratch : 1);
		if (!r->slot[i].scratch)
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	return r->slot ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
}

static void empty_ring(struct ring *r)
{
	for (uint64_t i = 0; r->slot && i < r->size; i++) {
		if (r->slot[i].scratch && r->b->release)
			r->b->release(r->slot[i].scratch);
		free(r->slot[i].scratch);
	}
	free(r->slot);
}

enum bsm_status bsm_blocks_run(struct bsm_ctx *ctx, const struct bsm_blocks *b)
{
	struct shared s = {.ctx = ctx};
	int threads = b->threads > 0 ? b->threads : omp_get_num_procs();
	struct ring r = {.b = b, .s = &s, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER,
			 .size = threads > 1 ? 2 * (uint64_t)threads : 1};
	enum bsm_status status = fill_ring(ctx, &r);
	if (status == BSM_OK) {
#pragma omp parallel num_threads(threads)
		work(&r);
		status = s.failed ? ctx->status : BSM_OK;
	}
	empty_ring(&r);
	return status;
}
