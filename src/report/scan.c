#include "report/scan.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "core/progress.h"
#include "engine/reweight.h"

enum { TRIALS = 12000, ENOUGH = 150 };

static double axis_value(const struct bsm_scan_axis *a, int i)
{
	double t = (double)i / (a->points - 1);
	return a->log ? a->from * pow(a->to / a->from, t) : a->from + t * (a->to - a->from);
}

/* Masses are independent: one thread each. */
struct worker { const struct bsm_card *card; struct bsm_scan *scan; };

static struct bsm_point point_at(const struct worker *w, double mass, double coupling)
{
	const struct bsm_card *c = w->card;
	struct bsm_point p = c->point;
	p.par[bsm_param_index(p.model, c->mass.name)] = mass;
	p.par[bsm_param_index(p.model, c->coupling.name)] = coupling;
	return p;
}

static enum bsm_status sample_at(struct bsm_ctx *ctx, const struct worker *w, double mass, double coupling,
				 struct bsm_job *job, struct bsm_sample **sample)
{
	struct bsm_point at = point_at(w, mass, coupling);
	struct bsm_pilot pilot = {.warm_up = 300, .warm_rounds = 2, .rounds = 4, .round = 6000, .final = 4000,
				  .seed = w->card->seed, .overweight = 1e-3};
	BSM_TRY(bsm_card_job(ctx, w->card, &at, job));
	enum bsm_status status = bsm_job_pilot(ctx, job, &pilot);
	if (status == BSM_OK)
		status = bsm_sample_make(ctx, job, TRIALS, w->card->seed, sample);
	if (status != BSM_OK)
		bsm_job_free(job);
	return status;
}

static int is_closed(enum bsm_status status)
{
	return status == BSM_E_MODEL || status == BSM_E_CLOSED;
}

/* All couplings of one mass, from one sample as long as it says enough, then from a fresh one trained where it stopped:
 * long-lived particles of any energy count, short-lived ones only at the highest. A point where every channel is closed has
 * no events: that is an answer, not a failure. */
static enum bsm_status one_mass(struct bsm_ctx *ctx, const struct worker *w, int i, int *open)
{
	const struct bsm_card *c = w->card;
	double mass = axis_value(&c->mass, i);
	struct bsm_job job;
	struct bsm_sample *sample = NULL;
	enum bsm_status status = BSM_OK;
	int reweights = bsm_name_matches(c->point.model->couplings, c->coupling.name);
	for (int k = 0; k < c->coupling.points && (status == BSM_OK || is_closed(status)); k++) {
		struct bsm_scan_point *p = &w->scan->point[i * c->coupling.points + k];
		*p = (struct bsm_scan_point){.mass = mass, .coupling = axis_value(&c->coupling, k)};
		if (is_closed(status) && reweights)
			continue; /* couplings move no threshold */
		status = ctx->status = BSM_OK;
		for (int fresh = !sample || !reweights; status == BSM_OK; fresh = 1) {
			if (fresh) {
				if (sample) {
					bsm_sample_free(sample);
					bsm_job_free(&job);
					sample = NULL;
				}
				status = sample_at(ctx, w, mass, p->coupling, &job, &sample);
			}
			struct bsm_point at = point_at(w, mass, p->coupling);
			if (status == BSM_OK)
				status = bsm_sample_rate(ctx, sample, &at, &p->rate, &p->error, &p->ess);
			if (fresh || p->ess >= ENOUGH)
				break;
		}
		*open |= status == BSM_OK;
	}
	if (sample) {
		bsm_sample_free(sample);
		bsm_job_free(&job);
	}
	return status;
}

enum bsm_status bsm_scan_run(struct bsm_ctx *ctx, const struct bsm_card *card, int threads, struct bsm_scan *out)
{
	*out = (struct bsm_scan){card->mass.points, card->coupling.points, NULL};
	out->point = calloc((size_t)out->masses * (size_t)out->couplings, sizeof *out->point);
	if (!out->point)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	struct worker w = {card, out};
	struct bsm_progress progress;
	int failed = 0, open = 0; /* any point at all */
	struct bsm_ctx closed = {0};
	bsm_progress_begin(&progress, ctx, "scan", (uint64_t)out->masses);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads > 0 ? threads : omp_get_num_procs())
	for (int i = 0; i < out->masses; i++) {
		struct bsm_ctx mine = {.cancel = ctx->cancel};
		int stop, some = 0;
#pragma omp atomic read
		stop = failed;
		if (stop)
			continue;
		enum bsm_status status = one_mass(&mine, &w, i, &some);
#pragma omp critical(bsm_scan)
		{
			open |= some;
			if (is_closed(status)) {
				closed = mine;
			} else if (status != BSM_OK) {
				bsm_fail(ctx, mine.status, "%s", mine.message);
				failed = 1;
			}
			bsm_progress_step(&progress, 1);
		}
	}
	bsm_progress_end(&progress);
	if (failed || !open)
		bsm_scan_free(out);
	if (failed)
		return ctx->status;
	return open ? BSM_OK : bsm_fail(ctx, closed.status, "no point of the scan is open: %s", closed.message);
}

void bsm_scan_free(struct bsm_scan *s)
{
	free(s->point);
	s->point = NULL;
}
