/* Work cut in blocks of a fixed number of trials, made on any thread, taken in order: the same bytes for any number of
 * threads. */
#ifndef BSM_BLOCKS_H
#define BSM_BLOCKS_H
#include <stdint.h>

#include "core/context.h"

enum { BSM_BLOCK_TRIALS = 8192 };

struct bsm_blocks {
	uint64_t first, count;
	int threads;             /* 0: as many as there are processors */
	size_t scratch;          /* bytes of a worker's own memory, zeroed at the start */
	/* Works on a block in its scratch memory; runs on any thread, its ctx is the thread's own. */
	enum bsm_status (*make)(struct bsm_ctx *, const void *arg, uint64_t block, void *scratch);
	/* Takes the result, in the order of blocks, one at a time. */
	enum bsm_status (*take)(struct bsm_ctx *, void *arg, uint64_t block, void *scratch);
	void (*release)(void *scratch); /* at the end; may be NULL */
	void *arg;
};

enum bsm_status bsm_blocks_run(struct bsm_ctx *, const struct bsm_blocks *);

/* A sum kept in twice the working precision (Knuth's two-sum): shards add up to the bits of the whole. */
struct bsm_sum { double hi, lo; };
static inline void bsm_sum_add(struct bsm_sum *s, double v)
{
	double t = s->hi + v, z = t - s->hi;
	s->lo += (s->hi - (t - z)) + (v - z);
	s->hi = t;
}
static inline void bsm_sum_merge(struct bsm_sum *s, struct bsm_sum v)
{
	bsm_sum_add(s, v.hi);
	bsm_sum_add(s, v.lo);
}
static inline double bsm_sum_value(struct bsm_sum s)
{
	return s.hi + s.lo;
}
#endif
