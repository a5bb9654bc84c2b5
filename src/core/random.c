#include "core/random.h"

#include <math.h>

double bsm_rng_normal(struct bsm_rng *r)
{
	double a = bsm_rng_uniform(r), b = bsm_rng_uniform(r);
	return sqrt(-2 * log(a)) * cos(6.283185307179586477 * b);
}
