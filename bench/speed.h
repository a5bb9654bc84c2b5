/* What the benchmarks of the engine share: medians of user CPU, cards of examples/. */
#ifndef BSM_BENCH_SPEED_H
#define BSM_BENCH_SPEED_H
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "run/run.h"

enum { ROUNDS = 5, AT_MOST_S = 2 };

static double user_seconds(void)
{
	struct rusage r;
	getrusage(RUSAGE_SELF, &r);
	return (double)r.ru_utime.tv_sec + 1e-6 * (double)r.ru_utime.tv_usec;
}

static int rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *v)
{
	qsort(v, ROUNDS, sizeof *v, rising);
	return v[ROUNDS / 2];
}

static void die(const struct bsm_ctx *ctx)
{
	fprintf(stderr, "bench: %s\n", ctx->message);
	exit(1);
}

/* Trials until n events, or for two seconds: weighted (every hit, complete with its event) or unweighted. */
static double events_per_second(struct bsm_production *p, int unweighted, long n, double *ess, double *over)
{
	static struct bsm_tally tally;
	struct bsm_ctx ctx = {0};
	struct bsm_event e;
	double rate[ROUNDS];
	p->card->unweighted = unweighted;
	for (int round = 0; round < ROUNDS; round++) {
		bsm_tally_clear(&tally, (const double(*)[2])p->plan.range);
		double t = user_seconds();
		for (uint64_t trial = 0; tally.events < (uint64_t)n; trial++) {
			if (trial % 1024 == 1023 && user_seconds() - t > AT_MOST_S)
				break;
			int made;
			if (bsm_production_event(&ctx, p, ((uint64_t)round << 40) + trial, &e, &tally, &made) != BSM_OK)
				die(&ctx);
		}
		rate[round] = (double)tally.events / (user_seconds() - t);
	}
	*ess = bsm_effective_size(&tally) / (double)tally.hits;
	*over = bsm_sum_value(tally.over) / bsm_sum_value(tally.kept);
	return median(rate);
}

static void open_card(struct bsm_registry *r, const char *name, const struct bsm_setting *set, int n, struct bsm_card *c)
{
	struct bsm_ctx ctx = {0};
	char path[4096];
	snprintf(path, sizeof path, "%s/../examples/%s", BSM_SOURCE_DATA, name);
	if (bsm_card_open(&ctx, r, path, set, n, c) != BSM_OK)
		die(&ctx);
}

#endif
