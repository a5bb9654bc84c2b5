#include "report/flux.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "core/blocks.h"
#include "kinematics/particles.h"

/* What one block of trials adds. */
struct piece {
	int n;
	struct { double energy, weight; int32_t pdg, origin; } hit[BSM_BLOCK_TRIALS];
};

struct work {
	const struct bsm_job *job;
	struct bsm_flux_spectra *out;
	uint64_t seed, stream;
	const float *factor;     /* of the universes, [origin][universe] */
};

struct seen { double energy; int32_t pdg, origin; };

static void see(void *arg, const struct bsm_kept *step)
{
	struct seen *s = arg;
	const struct bsm_particle *leg = step->leg;
	*s = (struct seen){leg->p.e, leg->pdg, step->level ? s->origin : leg->origin};
}

static enum bsm_status make(struct bsm_ctx *ctx, const void *arg, uint64_t block, void *scratch)
{
	const struct work *w = arg;
	struct piece *p = scratch;
	double u[BSM_STEPS * (BSM_DIMS + 1)];
	(void)ctx;
	p->n = 0;
	for (uint64_t k = 0; k < BSM_BLOCK_TRIALS; k++) {
		struct bsm_rng rng = bsm_rng_make(w->seed, BSM_FOR_EVENTS, block * BSM_BLOCK_TRIALS + k, w->stream);
		struct seen s = {0};
		bsm_rng_fill(&rng, u, w->job->ndim);
		double weight = bsm_job_flux(w->job, u, see, &s);
		if (!(weight > 0))
			continue;
		p->hit[p->n].energy = s.energy;
		p->hit[p->n].pdg = s.pdg;
		p->hit[p->n].origin = s.origin;
		p->hit[p->n++].weight = weight;
	}
	return BSM_OK;
}

static enum bsm_status species_of(struct bsm_ctx *ctx, struct bsm_flux_spectra *f, int32_t pdg,
				  struct bsm_flux_species **out)
{
	for (int i = 0; i < f->n; i++)
		if (f->species[i].pdg == pdg) {
			*out = &f->species[i];
			return BSM_OK;
		}
	if (f->n == BSM_FLUX_SPECIES)
		return bsm_fail(ctx, BSM_E_RANGE, "more than %d particles in a flux", BSM_FLUX_SPECIES);
	struct bsm_flux_species *s = &f->species[f->n];
	s->pdg = pdg;
	s->w = calloc((size_t)f->bins, sizeof *s->w);
	s->w2 = calloc((size_t)f->bins, sizeof *s->w2);
	s->u = f->universes ? calloc((size_t)(f->bins + 1) * (size_t)f->universes, sizeof *s->u) : NULL;
	f->n++;
	*out = s;
	return s->w && s->w2 && (s->u || !f->universes) ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
}

static void add_universes(const struct work *w, struct bsm_flux_species *s, int32_t origin, double v, int bin)
{
	size_t n = (size_t)w->out->universes;
	const float *factor = w->factor + (size_t)(origin >= 0 && origin < 4096 ? origin : 0) * n;
	double *total = s->u + (size_t)w->out->bins * n, *in = bin >= 0 ? s->u + (size_t)bin * n : NULL;
	for (size_t u = 0; u < n; u++) {
		total[u] += v * factor[u];
		if (in)
			in[u] += v * factor[u];
	}
}

static enum bsm_status take(struct bsm_ctx *ctx, void *arg, uint64_t block, void *scratch)
{
	struct work *w = arg;
	const struct piece *p = scratch;
	(void)block;
	for (int i = 0; i < p->n; i++) {
		struct bsm_flux_species *s = NULL;
		BSM_TRY(species_of(ctx, w->out, p->hit[i].pdg, &s));
		double v = p->hit[i].weight, at = p->hit[i].energy / w->out->max_GeV * w->out->bins;
		s->total += v;
		s->total2 += v * v;
		if (at < w->out->bins) {
			s->w[(int)at] += v;
			s->w2[(int)at] += v * v;
		}
		if (w->factor)
			add_universes(w, s, p->hit[i].origin, v, at < w->out->bins ? (int)at : -1);
	}
	return BSM_OK;
}

/* Without a range in the card: up to the largest energy of a few thousand trials. */
static double largest_energy(const struct bsm_job *job, uint64_t seed)
{
	double hi = 0, u[BSM_STEPS * (BSM_DIMS + 1)];
	for (int i = 0; i < 20000; i++) {
		struct seen s = {0};
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_PILOT, (uint64_t)i, 2);
		bsm_rng_fill(&rng, u, job->ndim);
		if (bsm_job_flux(job, u, see, &s) > 0)
			hi = fmax(hi, s.energy);
	}
	return hi * 1.0001;
}

static enum bsm_status one_chain(struct bsm_ctx *ctx, const struct bsm_card *card, const struct bsm_chain *chain,
				 int threads, uint64_t stream, const float *factor, struct bsm_flux_spectra *f)
{
	struct bsm_job job;
	struct bsm_card at = *card;
	at.chain = chain;
	BSM_TRY(bsm_card_job(ctx, &at, &card->point, &job));
	job.spec.source = &card->source;
	job.spec.detector = &card->detector;
	enum bsm_status status = bsm_job_pilot(ctx, &job, &card->pilot);
	if (status == BSM_OK && !(f->max_GeV > 0))
		f->max_GeV = largest_energy(&job, card->seed);
	if (status == BSM_OK && job.rate > 0) {
		struct work w = {&job, f, card->seed, stream, factor};
		struct bsm_blocks b = {.count = (uint64_t)f->trials / BSM_BLOCK_TRIALS, .threads = threads,
				       .scratch = sizeof(struct piece), .make = make, .take = take, .arg = &w};
		status = bsm_blocks_run(ctx, &b);
	}
	bsm_job_free(&job);
	return status;
}

static int is_flux(const struct bsm_chain *c)
{
	int n = 0;
	while (n < BSM_STEPS && c->step[n].where)
		n++;
	return n && c->step[n - 1].process && !strcmp(c->step[n - 1].process, BSM_PASS);
}

enum bsm_status bsm_flux_measure(struct bsm_ctx *ctx, const struct bsm_card *card, int threads,
				 struct bsm_flux_spectra *f)
{
	enum bsm_status status = BSM_OK;
	int measured = 0;
	memset(f, 0, sizeof *f);
	f->bins = card->flux.bins;
	f->max_GeV = card->flux.max;
	f->universes = card->flux.universes;
	float *factor;
	BSM_TRY(bsm_flux_factors(ctx, card, &factor));
	f->trials = (double)((card->flux.trials + BSM_BLOCK_TRIALS - 1) / BSM_BLOCK_TRIALS * BSM_BLOCK_TRIALS);
	for (const struct bsm_chain *c = card->point.model->chain; c->name && !card->chain_named && status == BSM_OK; c++) {
		if (!is_flux(c))
			continue;
		struct bsm_ctx inner = {.cancel = ctx->cancel};
		status = one_chain(&inner, card, c, threads, (uint64_t)measured++, factor, f);
		if (status == BSM_E_CLOSED) /* no such neutrino from this source: nothing, not a failure */
			status = BSM_OK;
		else if (status != BSM_OK)
			bsm_fail(ctx, status, "%s", inner.message);
	}
	if (!measured)
		status = one_chain(ctx, card, card->chain, threads, 0, factor, f);
	free(factor);
	if (status == BSM_OK)
		status = bsm_flux_geometry(ctx, card, threads, f);
	if (status == BSM_OK && !f->n)
		status = bsm_fail(ctx, BSM_E_MODEL, "nothing reaches the detector at these parameters");
	if (status != BSM_OK)
		bsm_flux_spectra_free(f);
	return status;
}

void bsm_flux_spectra_free(struct bsm_flux_spectra *f)
{
	for (int i = 0; i < f->n; i++) {
		free(f->species[i].w);
		free(f->species[i].w2);
		free(f->species[i].u);
	}
	f->n = 0;
}

static double mean(double n, double sum, double sum2, double *error)
{
	double m = sum / n;
	*error = sqrt(fmax(0, sum2 / n - m * m) / n);
	return m;
}

static const struct bsm_flux_species *find(const struct bsm_flux_spectra *f, int32_t pdg)
{
	for (int i = 0; i < f->n; i++)
		if (f->species[i].pdg == pdg)
			return &f->species[i];
	return NULL;
}

double bsm_flux_value(const struct bsm_flux_spectra *f, int32_t pdg, int bin, double *error)
{
	const struct bsm_flux_species *s = find(f, pdg);
	double width = f->max_GeV / f->bins, m;
	*error = 0;
	if (!s)
		return 0;
	m = mean(f->trials, s->w[bin], s->w2[bin], error);
	*error /= width;
	return m / width;
}

double bsm_flux_total(const struct bsm_flux_spectra *f, int32_t pdg, double *error)
{
	const struct bsm_flux_species *s = find(f, pdg);
	*error = 0;
	return s ? mean(f->trials, s->total, s->total2, error) : 0;
}
