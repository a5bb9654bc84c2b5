#include "engine/reweight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "core/random.h"
#include "engine/walk.h"

/* One step of a kept trial: what its row's density is evaluated on. */
struct kept_step {
	const struct bsm_channel *channel;
	struct bsm_particle leg, target, out[BSM_OUT];
	double x[BSM_MAP_NDIM];   /* of a row that has a map */
	struct bsm_cone aim;
	int aimed;
	double density;          /* me2 or map at the job's own point; NaN for a row without either */
	double unhit;            /* chance to come here without an earlier hit */
	double length;           /* flown before this vertex [m]; 0 in a step at the source */
};

struct kept {
	double weight;
	struct kept_step step[BSM_STEPS];
};

struct bsm_sample {
	const struct bsm_job *job;
	long trials, n;
	struct kept *kept;
};

static double density_of(const struct bsm_job *job, const struct kept_step *k, const double *par, const double *derived)
{
	const struct bsm_channel *c = k->channel;
	struct bsm_in in = bsm_walk_in(job, c, &k->leg, c->row->target == BSM_DECAY ? NULL : &k->target, k->aimed ? &k->aim : NULL);
	in.par = par;
	in.derived = derived;
	if (!c->row->map)
		return c->row->me2 ? c->row->me2(&in, k->out) : NAN;
	struct bsm_particle out[BSM_OUT];
	memcpy(out, c->out, (size_t)c->nout * sizeof *out);
	return c->row->map(&in, k->x, out);
}

/* The hook of bsm_job_eval_steps: copies each step as it is made. */
static void keep_step(void *arg, const struct bsm_kept *made)
{
	struct kept_step *k = &((struct kept *)arg)->step[made->level];
	const struct bsm_process *row = made->channel->row;
	k->channel = made->channel;
	k->leg = *made->leg;
	if (made->target)
		k->target = *made->target;
	memcpy(k->out, made->out, (size_t)made->channel->nout * sizeof *made->out);
	k->length = made->length;
	k->unhit = made->unhit;
	k->aimed = made->aim != NULL;
	if (made->aim)
		k->aim = *made->aim;
	if (row->map)
		memcpy(k->x, made->x, (size_t)row->ndim * sizeof *k->x);
}

enum bsm_status bsm_sample_make(struct bsm_ctx *ctx, const struct bsm_job *job, long trials, uint64_t seed,
				struct bsm_sample **out)
{
	struct bsm_sample *s = calloc(1, sizeof *s);
	if (s)
		s->kept = malloc((size_t)trials * sizeof *s->kept);
	if (!s || !s->kept) {
		bsm_sample_free(s);
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	s->job = job;
	s->trials = trials;
	double u[BSM_STEPS * (BSM_DIMS + 1)];
	for (long i = 0; i < trials; i++) {
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_EVENTS, (uint64_t)i, 0);
		struct kept *k = &s->kept[s->n];
		bsm_rng_fill(&rng, u, job->ndim);
		k->weight = bsm_job_eval_steps(job, u, keep_step, k);
		if (!(k->weight > 0))
			continue;
		for (int l = 0; l < job->nlink; l++)
			k->step[l].density = density_of(job, &k->step[l], job->spec.point.par, job->derived);
		s->n++;
	}
	*out = s;
	return BSM_OK;
}

void bsm_sample_free(struct bsm_sample *s)
{
	if (!s)
		return;
	free(s->kept);
	free(s);
}

/* Total widths of the legs at the new point, by link and menu. */
struct totals { double was[BSM_STEPS][8], is[BSM_STEPS][8]; };

static void find_totals(const struct bsm_job *job, const double *par, const double *derived, struct totals *t)
{
	for (int l = 1; l < job->nlink; l++)
		for (int k = 0; k < job->link[l].nmenu && k < 8; k++) {
			const struct bsm_menu *m = &job->link[l].menu[k];
			t->was[l][k] = m->width;
			t->is[l][k] = bsm_model_width(job->spec.point.model, par, derived, m->in);
		}
}

static int menu_index(const struct bsm_link *l, int32_t pdg)
{
	int k = 0;
	while (k < l->nmenu - 1 && l->menu[k].in != pdg)
		k++;
	return k;
}

static double factor(const struct bsm_sample *s, const struct kept *k, const double *par, const double *derived,
		     const struct totals *t)
{
	const struct bsm_job *job = s->job;
	double f = 1;
	for (int l = 0; l < job->nlink; l++) {
		const struct kept_step *q = &k->step[l];
		double ratio = density_of(job, q, par, derived) / q->density;
		if (q->channel->row->me2 || q->channel->row->map)
			f *= ratio * (q->unhit < 1 ? pow(q->unhit, ratio - 1) : 1); /* couplings scale the total alike */
		else
			f *= bsm_row_width(job->spec.point.model, par, derived, q->channel->index) / q->channel->width;
		if (!(q->length > 0) || !bsm_model_species(job->spec.point.model, q->leg.pdg))
			continue;
		int m = menu_index(&job->link[l], q->leg.pdg);
		double mu = q->leg.m / (bsm_p4_mag(q->leg.p) * BSM_HBARC);
		f *= exp(-mu * q->length * (t->is[l][m] - t->was[l][m]));
	}
	return f;
}

enum bsm_status bsm_sample_rate(struct bsm_ctx *ctx, const struct bsm_sample *s, const struct bsm_point *point,
				double *rate, double *error, double *ess)
{
	double *derived = calloc((size_t)point->model->nderived + 1, sizeof *derived);
	if (!derived)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	enum bsm_status status = bsm_point_prepare(ctx, point, derived);
	if (status == BSM_OK) {
		struct totals t = {0};
		double sum = 0, sum2 = 0, n = (double)s->trials;
		const struct bsm_point *own = &s->job->spec.point;
		int same = !memcmp(own->par, point->par, sizeof own->par); /* then nothing has to have an amplitude */
		find_totals(s->job, point->par, derived, &t);
		for (long i = 0; i < s->n; i++) {
			double w = s->kept[i].weight * (same ? 1 : factor(s, &s->kept[i], point->par, derived, &t));
			sum += w;
			sum2 += w * w;
		}
		*rate = sum / n;
		*error = sqrt(fmax(0, sum2 / n - *rate * *rate) / n);
		*ess = sum2 > 0 ? sum * sum / sum2 : 0;
	}
	free(derived);
	return status;
}
