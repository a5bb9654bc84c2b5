/* From a card to a planned run: pilot, number of trials, what the headers say. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "core/hash.h"
#include "core/progress.h"
#include "run/run.h"

static int rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double rounded_up(double v)
{
	if (!(v > 0))
		return 1;
	double unit = pow(10, floor(log10(v)));
	return ceil(v / unit * 10) / 10 * unit;
}

/* Ranges of the spectra, from a few thousand weighted trials: energy and delay from 0, flight from its shortest. */
static enum bsm_status spectrum_ranges(struct bsm_ctx *ctx, struct bsm_production *p)
{
	enum { N = 20000 };
	double *x = malloc(BSM_HISTS * N * sizeof *x), u[BSM_STEPS * (BSM_DIMS + 1)];
	struct bsm_event *e = malloc(sizeof *e);
	int n = 0;
	for (int i = 0; x && e && i < N; i++) {
		struct bsm_rng rng = bsm_rng_make(p->card->seed, BSM_FOR_PILOT, (uint64_t)i, 1);
		bsm_rng_fill(&rng, u, p->job.ndim);
		if (!(bsm_job_eval(&p->job, u, e, NULL) > 0))
			continue;
		x[n] = e->p[0].p.e;
		x[N + n] = e->history.delay_s;
		x[2 * N + n] = e->history.flight_m;
		x[3 * N + n++] = bsm_visible_energy(e);
	}
	if (x && e && n) {
		for (int h = 0; h < BSM_HISTS; h++)
			qsort(x + h * N, (size_t)n, sizeof *x, rising);
		p->plan.range[BSM_HIST_ENERGY][1] = rounded_up(x[n - 1 - n / 500]);
		p->plan.range[BSM_HIST_DELAY][1] = rounded_up(x[N + n - 1 - n / 100]);
		p->plan.range[BSM_HIST_VISIBLE][1] = rounded_up(x[3 * N + n - 1 - n / 500]);
		p->plan.range[BSM_HIST_FLIGHT][0] = floor(x[2 * N]);
		p->plan.range[BSM_HIST_FLIGHT][1] = ceil(x[2 * N + n - 1]) + 1;
	}
	enum bsm_status status = x && e ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	free(x);
	free(e);
	return status;
}

/* Enough trials that the events asked for are there: the pilot's efficiency less three standard deviations of it. */
static enum bsm_status plan_trials(struct bsm_ctx *ctx, struct bsm_production *p)
{
	struct bsm_job *job = &p->job;
	double per_trial = p->card->unweighted ? job->efficiency : job->hit, wanted = (double)p->card->events;
	if (!(job->rate > 0) || !(per_trial > 0)) {
		bsm_note(ctx, BSM_WARNING, "no event in %ld trials of the pilot: nothing is seen in detector %s at these parameters "
			 "(%s): the rate is zero, the files are empty", p->card->pilot.final, p->card->detector.name,
			 job->spec.tmin > 0 ? "recoil_min above what kinematics allows, or nothing that reaches it"
					    : "lifetime too short, or nothing that reaches it");
		return BSM_OK;
	}
	double doubt = 3 * job->rate_error / job->rate;
	if (doubt > 0.3)
		return bsm_fail(ctx, BSM_E_NUMERIC, "the pilot saw too few events to plan the run (rate known to %.0f %%): raise "
				"run.pilot above %ld", 100 * doubt / 3, p->card->pilot.final);
	wanted = wanted * (1 + doubt) + 4 * sqrt(wanted);
	p->plan.blocks = (uint64_t)ceil(wanted / per_trial / BSM_BLOCK_TRIALS);
	p->plan.trials = p->plan.blocks * BSM_BLOCK_TRIALS;
	p->plan.count = p->plan.blocks;
	p->plan.weight = p->card->pot / (double)p->plan.trials;
	return BSM_OK;
}

static void write_hash(struct bsm_production *p)
{
	uint64_t h = p->job.hash;
	h = bsm_hash_bytes(h, &p->card->seed, sizeof p->card->seed);
	h = bsm_hash_bytes(h, &p->plan.trials, sizeof p->plan.trials);
	h = bsm_hash_bytes(h, &p->card->pot, sizeof p->card->pot);
	h = bsm_hash_bytes(h, &p->card->unweighted, sizeof p->card->unweighted);
	const struct bsm_bunches *b = &p->card->source.bunches; /* times alone depend on them: the pilot knows nothing of it */
	const double bunches[] = {b->count, b->batch, b->filled, b->spacing_s, b->sigma_s, b->shape};
	h = bsm_hash_bytes(h, bunches, sizeof bunches);
	h = bsm_hash_bytes(h, p->card->text, strlen(p->card->text)); /* stands in the header of every file */
	h = bsm_hash_bytes(h, BSM_VERSION, sizeof BSM_VERSION);
	snprintf(p->plan.hash, sizeof p->plan.hash, "%016llx", (unsigned long long)h);
}

/* Nuclei in the wanted volumes. */
static double atoms(const struct bsm_detector *d)
{
	double n = 0;
	for (int i = 0; i < d->nvolume; i++)
		if ((d->wanted >> d->volume[i].role) & 1)
			n += 1e6 * bsm_volume_size(&d->volume[i]) * bsm_material_nuclei(d->volume[i].material, 0) *
			     bsm_volume_density_ratio(&d->volume[i]);
	return n;
}

static enum bsm_status describe_rows(struct bsm_ctx *ctx, struct bsm_production *p)
{
	const struct bsm_model *m = p->card->point.model;
	int n = bsm_model_nprocess(m), ns = 0, nv = bsm_model_nparam(m);
	while (m->species && m->species[ns].name)
		ns++;
	p->process = calloc((size_t)n + 1, sizeof *p->process);
	p->species = calloc((size_t)ns + 1, sizeof *p->species);
	p->value = calloc((size_t)nv + 1, sizeof *p->value);
	if (!p->process || !p->species || !p->value)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	const double *par = p->card->point.par;
	for (int i = 0; i < n; i++)
		p->process[i] = (struct bsm_run_process){1000 + i, m->process[i].name, m->process[i].group ? m->process[i].group
					: m->process[i].name, m->process[i].cite};
	for (int i = 0; i < ns; i++) {
		const struct bsm_species *s = &m->species[i];
		p->species[i] = (struct bsm_run_species){s->pdg, s->name, s->mass(par),
							 bsm_model_width(m, par, p->job.derived, s->pdg), s->spin2, s->charge3};
	}
	for (int i = 0; i < nv; i++)
		p->value[i] = (struct bsm_run_value){m->param[i].name, m->param[i].unit ? m->param[i].unit : "", par[i],
						     bsm_choice_word(&m->param[i], par[i], p->word[i], sizeof p->word[i])};
	p->info.nprocess = n;
	p->info.nspecies = ns;
	p->info.nvalue = nv;
	p->info.process = p->process;
	p->info.species = p->species;
	p->info.value = p->value;
	return BSM_OK;
}

/* The new particle, whose flight ends in the last step. */
static int32_t beam_pdg(const struct bsm_production *p)
{
	const struct bsm_chain *c = p->card->chain;
	int last = 0;
	while (last + 1 < BSM_STEPS && c->step[last + 1].where)
		last++;
	return p->job.nlink ? p->job.link[p->job.nlink - 1].menu[0].in : c->step[last].take;
}

static void describe(struct bsm_production *p)
{
	struct bsm_run *r = &p->info;
	double per_atom = 1e36 / atoms(&p->card->detector);
	r->program = "bsmnu";
	r->version = BSM_VERSION;
	r->model = p->card->point.model->name;
	r->detector = p->card->detector.name;
	r->source = p->card->source.name;
	r->card = p->card->text;
	r->hash = p->plan.hash;
	r->seed = p->card->seed;
	r->weighted = !p->card->unweighted;
	r->pot = p->card->pot;
	/* One particle per cm2 and POT is the flux that this effective cross-section goes with. */
	r->xsec_pb = p->job.rate * per_atom;
	r->xsec_error_pb = p->job.rate_error * per_atom;
	r->beam_pdg = beam_pdg(p);
	r->spectator_pdg = p->card->detector.target_pdg;
}

static enum bsm_status parse_after(struct bsm_ctx *ctx, struct bsm_production *p)
{
	struct bsm_ctx inner = {0};
	const struct bsm_node *n = bsm_node_get(p->card->tree, "after");
	enum bsm_status status = bsm_after_parse(&inner, p->card->after, &p->after);
	if (status == BSM_OK)
		return BSM_OK;
	const char *said = strncmp(inner.message, "after: ", 7) ? inner.message : inner.message + 7;
	return n ? bsm_node_fail(ctx, n, status, "%s", said) : bsm_fail(ctx, status, "%s", inner.message);
}

/* Nothing is open: said in one line, and the run goes on to files that are empty and whole. */
static enum bsm_status closed(struct bsm_ctx *ctx, struct bsm_production *p)
{
	bsm_note(ctx, BSM_WARNING, "%s: the rate is zero, the files are empty", ctx->message);
	ctx->status = BSM_OK;
	p->job = (struct bsm_job){.spec.point = p->card->point};
	p->job.derived = calloc((size_t)p->card->point.model->nderived + 1, sizeof(double));
	if (!p->job.derived)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	return bsm_point_prepare(ctx, &p->card->point, p->job.derived);
}

static enum bsm_status prepare(struct bsm_ctx *ctx, struct bsm_production *p)
{
	struct bsm_file_plan formats[BSM_OUTPUTS];
	BSM_TRY(bsm_files_plan(ctx, p->card, formats)); /* before any work: can the files be written at all? */
	BSM_TRY(parse_after(ctx, p));
	enum bsm_status status = bsm_card_job(ctx, p->card, &p->card->point, &p->job);
	if (status == BSM_E_CLOSED)
		status = closed(ctx, p);
	BSM_TRY(status);
	if (p->job.nlink && p->job.link[p->job.nlink - 1].passes)
		return bsm_fail(ctx, BSM_E_MODEL, "the chain '%s' of model %s is a flux and makes no events: `bsmnu flux` shows it",
				p->card->chain->name, p->card->point.model->name);
	for (int h = 0; h < BSM_HISTS; h++)
		p->plan.range[h][1] = 1;
	if (p->job.nlink) {
		double t = bsm_seconds();
		BSM_TRY(bsm_job_pilot(ctx, &p->job, &p->card->pilot));
		p->pilot_seconds = bsm_seconds() - t;
		BSM_TRY(plan_trials(ctx, p));
	}
	if (p->plan.blocks)
		BSM_TRY(spectrum_ranges(ctx, p));
	write_hash(p);
	BSM_TRY(describe_rows(ctx, p));
	describe(p);
	return BSM_OK;
}

enum bsm_status bsm_production_init(struct bsm_ctx *ctx, struct bsm_card *card, struct bsm_production *p)
{
	memset(p, 0, sizeof *p);
	p->card = card;
	enum bsm_status status = prepare(ctx, p);
	if (status != BSM_OK)
		bsm_production_free(p);
	return status;
}

void bsm_production_free(struct bsm_production *p)
{
	bsm_job_free(&p->job);
	free(p->process);
	free(p->species);
	free(p->value);
	p->process = NULL;
	p->species = NULL;
	p->value = NULL;
}

enum bsm_status bsm_production_shard(struct bsm_ctx *ctx, struct bsm_production *p, int shard, int shards)
{
	if (!shards)
		return BSM_OK;
	if (p->card->split)
		return bsm_fail(ctx, BSM_E_FORMAT, "--shard and --split do not go together: split the merged run");
	uint64_t lo = p->plan.blocks * (uint64_t)(shard - 1) / (uint64_t)shards;
	uint64_t hi = p->plan.blocks * (uint64_t)shard / (uint64_t)shards;
	p->plan.first = lo;
	p->plan.count = hi - lo;
	return BSM_OK;
}
