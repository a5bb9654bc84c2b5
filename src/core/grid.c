#include "core/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"

enum { BINS = BSM_GRID_BINS, EDGES = BINS + 1 };

int bsm_grid_init(struct bsm_grid *g, int ndim)
{
	g->ndim = ndim;
	g->edge = malloc(sizeof(double) * EDGES * (size_t)(ndim ? ndim : 1));
	g->sum = calloc((size_t)(ndim ? ndim : 1) * BINS, sizeof(double));
	if (!g->edge || !g->sum) {
		bsm_grid_free(g);
		return -1;
	}
	for (int d = 0; d < ndim; d++)
		for (int i = 0; i < EDGES; i++)
			g->edge[d * EDGES + i] = (double)i / BINS;
	return 0;
}

void bsm_grid_free(struct bsm_grid *g)
{
	free(g->edge);
	free(g->sum);
	memset(g, 0, sizeof *g);
}

double bsm_grid_map(const struct bsm_grid *g, const double *u, double *x, int *bin)
{
	double jacobian = 1;
	for (int d = 0; d < g->ndim; d++) {
		double v = u[d] * BINS;
		int i = (int)v;
		if (i >= BINS)
			i = BINS - 1;
		const double *e = g->edge + d * EDGES + i;
		double width = e[1] - e[0];
		x[d] = e[0] + (v - i) * width;
		jacobian *= width * BINS;
		if (bin)
			bin[d] = i;
	}
	return jacobian;
}

void bsm_grid_collect(struct bsm_grid *g, const int *bin, double f2)
{
	for (int d = 0; d < g->ndim; d++)
		g->sum[d * BINS + bin[d]] += f2;
}

/* Damped importance of each bin, after smoothing with its neighbours (Lepage 1978, eq. 8-9). */
static double importance(const double *sum, double alpha, double *imp)
{
	double smooth[BINS], total = 0;
	for (int i = 0; i < BINS; i++) {
		int lo = i ? i - 1 : 0, hi = i < BINS - 1 ? i + 1 : i;
		smooth[i] = (sum[lo] + sum[i] + sum[hi]) / 3;
		total += smooth[i];
	}
	if (!(total > 0) || !isfinite(total))
		return 0;
	double all = 0;
	for (int i = 0; i < BINS; i++) {
		/* A floor keeps bins that the pilot never hit reachable. */
		double r = smooth[i] / total + 1e-5;
		imp[i] = r >= 1 ? 1 : pow((1 - r) / -log(r), alpha);
		all += imp[i];
	}
	return all;
}

static void refine_one(double *edge, const double *sum, double alpha)
{
	double imp[BINS], fresh[EDGES];
	double all = importance(sum, alpha, imp);
	if (!(all > 0))
		return;
	double each = all / BINS, have = 0;
	int from = 0;
	fresh[0] = 0;
	for (int i = 1; i < BINS; i++) {
		while (have + imp[from] < each * i && from < BINS - 1)
			have += imp[from++];
		double part = (each * i - have) / imp[from];
		fresh[i] = edge[from] + part * (edge[from + 1] - edge[from]);
	}
	fresh[BINS] = 1;
	memcpy(edge, fresh, sizeof fresh);
}

void bsm_grid_refine(struct bsm_grid *g, double alpha)
{
	for (int d = 0; d < g->ndim; d++)
		refine_one(g->edge + d * EDGES, g->sum + d * BINS, alpha);
	memset(g->sum, 0, sizeof(double) * BINS * (size_t)g->ndim);
}

uint64_t bsm_grid_hash(const struct bsm_grid *g, uint64_t hash)
{
	return bsm_hash_bytes(hash, g->edge, sizeof(double) * EDGES * (size_t)g->ndim);
}
