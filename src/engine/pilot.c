/* The pilot: a fixed number of trials that adapts the grids, shares the trials out among channels and finds the largest
 * weight; then all is frozen. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "core/random.h"
#include "engine/job.h"

/* A grid is refined on this many hits at least: fewer say more of chance than of the shape. */
enum { ENOUGH_HITS = 6 * BSM_GRID_BINS, ENOUGH_TRIES = 400 };

struct bsm_pilot bsm_pilot_default(void)
{
	return (struct bsm_pilot){.warm_up = 1000, .warm_rounds = 4, .rounds = 6, .round = 40000, .final = 100000, .seed = 1,
				  .overweight = 3e-4};
}

/* Credits a trial of weight w to the channels and bins that it went through. */
static void collect(const struct bsm_trace *t, double w, int reached)
{
	for (int i = 0; i < reached; i++) {
		struct bsm_channel *c = t->channel[i];
		double f = w * c->probability; /* of the link's share alone; the grid's has no use for it */
		c->tries++;
		c->sum2 += f * f;
		f = i == 0 ? f : w;
		if (w > 0) {
			c->hits++;
			bsm_grid_collect(&c->grid, t->bin[i], f * f);
		}
	}
}

/* Shares a menu's trials out in proportion to the root mean square of each channel's contribution, which minimises the
 * variance of the total; a floor keeps every channel alive. Channels with too few trials keep theirs. */
static void share_menu(struct bsm_link *l, const struct bsm_menu *menu)
{
	struct bsm_channel *c = l->channel + menu->first;
	double *cumulative = l->cumulative + menu->first, all = 0, sum = 0, total = 0;
	for (int i = 0; i < menu->count; i++) {
		if (c[i].tries >= ENOUGH_TRIES) {
			c[i].rms = sqrt(c[i].sum2 / (double)c[i].tries);
			c[i].sum2 = 0;
			c[i].tries = 0;
		}
		all += c[i].rms;
	}
	if (!(all > 0))
		return;
	for (int i = 0; i < menu->count; i++)
		total += c[i].probability = fmax(c[i].rms, 1e-3 * all / menu->count);
	for (int i = 0; i < menu->count; i++) {
		c[i].probability /= total;
		cumulative[i] = sum += c[i].probability;
	}
	cumulative[menu->count - 1] = 1;
}

/* Decays keep their branching ratios; all else is shared out anew. */
static void share_out(struct bsm_job *job)
{
	for (int i = 0; i < job->nlink; i++)
		for (int k = 0; k < job->link[i].nmenu; k++) {
			const struct bsm_menu *menu = &job->link[i].menu[k];
			if (menu->count && (i == 0 || !(menu->chosen > 0)))
				share_menu(&job->link[i], menu);
		}
}

static void refine_channel(struct bsm_channel *c)
{
	if (c->hits < ENOUGH_HITS)
		return;
	bsm_grid_refine(&c->grid, 0.8);
	c->hits = 0;
}

/* Picks channel i of the first step for certain: moves u[0] into its interval. */
static double force_channel(const struct bsm_link *l, int i, double u)
{
	double lo = i ? l->cumulative[i - 1] : 0;
	return lo + u * (l->cumulative[i] - lo);
}

/* How many steps the trial reached, so that a miss does not credit a trace that was never written. */
static int reached(const struct bsm_job *job, const struct bsm_trace *t)
{
	int n = 0;
	while (n < job->nlink && t->channel[n])
		n++;
	return n;
}

static double trial(struct bsm_job *job, struct bsm_rng *rng, int forced)
{
	double u[BSM_STEPS * (BSM_DIMS + 1)];
	struct bsm_trace trace;
	memset(trace.channel, 0, sizeof trace.channel);
	bsm_rng_fill(rng, u, job->ndim);
	if (forced >= 0)
		u[0] = force_channel(&job->link[0], forced, u[0]);
	double w = bsm_job_eval(job, u, NULL, &trace);
	collect(&trace, w, reached(job, &trace));
	return w;
}

static void refine(struct bsm_job *job)
{
	for (int i = 0; i < job->nlink; i++)
		for (int k = 0; k < job->link[i].nchannel; k++)
			refine_channel(&job->link[i].channel[k]);
}

/* Each channel of the first step by itself, so that rare ones are adapted too. */
static void warm_up(struct bsm_job *job, const struct bsm_pilot *p, struct bsm_rng *rng)
{
	struct bsm_link *l = &job->link[0];
	for (int i = 0; i < l->nchannel; i++)
		for (int round = 0; round < p->warm_rounds; round++) {
			l->channel[i].tries = 0;
			l->channel[i].sum2 = 0;
			for (long k = 0; k < p->warm_up; k++)
				trial(job, rng, i);
			refine_channel(&l->channel[i]);
		}
}

static int rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Smallest maximum that leaves at most `share` of the sum above it: w sorted, rising. */
static double cut_weight(const double *w, long n, double share)
{
	double sum = 0, above = 0;
	for (long i = 0; i < n; i++)
		sum += w[i];
	for (long i = n - 1; i > 0; i--) {
		/* lowering the cut from w[i] to w[i-1] adds the step for all n - i weights at or above w[i] */
		double more = (w[i] - w[i - 1]) * (double)(n - i);
		if (above + more > share * sum)
			return w[i] - (share * sum - above) / (double)(n - i);
		above += more;
	}
	return n ? w[0] : 0;
}

static enum bsm_status measure(struct bsm_ctx *ctx, struct bsm_job *job, const struct bsm_pilot *p, struct bsm_rng *rng)
{
	double *w = malloc((size_t)p->final * sizeof *w), sum = 0, sum2 = 0;
	long n = 0;
	if (!w)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (long i = 0; i < p->final; i++) {
		double f = trial(job, rng, -1);
		sum += f;
		sum2 += f * f;
		if (f > 0)
			w[n++] = f;
	}
	qsort(w, (size_t)n, sizeof *w, rising);
	job->max_weight = cut_weight(w, n, p->overweight);
	double N = (double)p->final;
	job->rate = sum / N;
	job->rate_error = sqrt(fmax(0, sum2 / N - job->rate * job->rate) / N);
	job->hit = (double)n / N;
	job->ess = n ? sum * sum / sum2 / (double)n : 0;
	job->efficiency = job->max_weight > 0 ? job->rate / job->max_weight : 0;
	free(w);
	return BSM_OK;
}

static void freeze(struct bsm_job *job)
{
	uint64_t h = bsm_hash_bytes(BSM_HASH_START, &job->max_weight, sizeof job->max_weight);
	for (int i = 0; i < job->nlink; i++)
		for (int k = 0; k < job->link[i].nchannel; k++) {
			const struct bsm_channel *c = &job->link[i].channel[k];
			h = bsm_hash_bytes(h, &c->probability, sizeof c->probability);
			h = bsm_grid_hash(&c->grid, h);
		}
	h = bsm_hash_bytes(h, job->spec.point.par, sizeof job->spec.point.par);
	job->hash = h;
}

enum bsm_status bsm_job_pilot(struct bsm_ctx *ctx, struct bsm_job *job, const struct bsm_pilot *p)
{
	struct bsm_rng rng = bsm_rng_make(p->seed, BSM_FOR_PILOT, 0, 0);
	enum bsm_status status = BSM_OK;
	warm_up(job, p, &rng);
	share_out(job);
	refine(job);
	for (int round = 0; round < p->rounds && status == BSM_OK; round++) {
		for (long k = 0; k < p->round; k++)
			trial(job, &rng, -1);
		share_out(job);
		refine(job);
		status = bsm_check_cancel(ctx);
	}
	BSM_TRY(status);
	BSM_TRY(measure(ctx, job, p, &rng));
	freeze(job);
	return BSM_OK;
}
