#include "after/after.h"

/* Around the middle of the bunch. The triangle is symmetric: the sum of two boxes. */
static double within(const struct bsm_bunches *b, struct bsm_rng *rng)
{
	if (b->shape == BSM_BUNCH_GAUSS)
		return b->sigma_s * bsm_rng_normal(rng);
	double t = bsm_rng_uniform(rng) - 0.5;
	if (b->shape == BSM_BUNCH_TRIANGLE)
		t += bsm_rng_uniform(rng) - 0.5;
	return b->sigma_s * t;
}

double bsm_bunch_time(const struct bsm_bunches *b, struct bsm_rng *rng)
{
	if (b->count <= 0)
		return 0;
	int k = (int)(bsm_rng_uniform(rng) * b->count), filled = b->filled > 0 ? b->filled : 1;
	int bucket = k / filled * b->batch + k % filled; /* each batch ends in empty buckets */
	return bucket * b->spacing_s + within(b, rng);
}

void bsm_event_delay(struct bsm_event *e, double dt)
{
	for (int i = 0; i < e->nvertex; i++)
		e->vertex[i].x.e += dt;
	for (int i = 0; i < e->n; i++)
		e->p[i].x.e += dt;
	e->history.decay_x.e += dt;
}
