/* Counter-based random numbers: Philox4x64-10 of Random123. The key says who draws, the counter what for, so that any
 * trial can be made again alone, on any thread and in any order. */
#ifndef BSM_CORE_RANDOM_H
#define BSM_CORE_RANDOM_H
#include <Random123/philox.h>
#include <stdint.h>

enum bsm_purpose {
	BSM_FOR_PILOT = 1, BSM_FOR_EVENTS, BSM_FOR_TOYS, BSM_FOR_UNIVERSES, BSM_FOR_VERIFY, BSM_FOR_BEAM, BSM_FOR_SHOWERS
};

struct bsm_rng { /* stream (seed, purpose) x (trial, step); draws in order */
	philox4x64_key_t key;
	philox4x64_ctr_t ctr, out;
	int left;
};

static inline struct bsm_rng bsm_rng_make(uint64_t seed, enum bsm_purpose purpose, uint64_t trial, uint64_t step)
{
	return (struct bsm_rng){.key = {{seed, (uint64_t)purpose}}, .ctr = {{trial, step, 0, 0}}, .left = 0};
}

/* Uniform in the open interval (0, 1): 53 bits, never 0, never 1. */
static inline double bsm_rng_uniform(struct bsm_rng *r)
{
	if (!r->left) {
		r->out = philox4x64(r->ctr, r->key);
		r->ctr.v[2]++;
		r->left = 4;
	}
	uint64_t bits = r->out.v[4 - r->left--] >> 11;
	return ((double)bits + 0.5) * 0x1p-53;
}

static inline void bsm_rng_fill(struct bsm_rng *r, double *u, int n)
{
	for (int i = 0; i < n; i++)
		u[i] = bsm_rng_uniform(r);
}

/* Standard normal (Box-Muller, the cosine branch). */
double bsm_rng_normal(struct bsm_rng *);
#endif
