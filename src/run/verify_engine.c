/* The engine against itself on the model's first chain: sampling aimed at the detector against hit or miss, for parents
 * slow and fast, so that both kinematic solutions are in it; and the position of the vertices against the decay law. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/constants.h"
#include "core/random.h"
#include "kinematics/particles.h"
#include "run/verify.h"

enum { AIMED = 60000, FREE = 600000 };

struct gun { int32_t pdg; double mass, p; };

/* Parents of one momentum at the origin, spread over a narrow cone so that the detector is met at several angles. */
static double fire(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct gun *g = (const struct gun *)s->data + component;
	double t = 0.3 * u[0], f = 2 * BSM_PI * u[1];
	*out = (struct bsm_particle){.pdg = g->pdg, .m = g->mass};
	out->p = (struct bsm_p4){sqrt(g->p * g->p + g->mass * g->mass), g->p * sin(t) * cos(f), g->p * sin(t) * sin(f),
				 g->p * cos(t)};
	return 1;
}

static void set_detector(struct bsm_detector *d)
{
	memset(d, 0, sizeof *d);
	d->nvolume = d->nframe = 1;
	snprintf(d->name, sizeof d->name, "test box");
	snprintf(d->frame[0].beam, sizeof d->frame[0].beam, "gun");
	d->frame[0].origin = (struct bsm_p4){0, 1, 0, 30};
	d->frame[0].R[0][0] = d->frame[0].R[1][1] = d->frame[0].R[2][2] = 1;
	d->volume[0] = (struct bsm_volume){.shape = BSM_BOX, .role = BSM_FIDUCIAL, .half = {0, 4, 2, 5}};
	d->volume[0].material = bsm_material_find("LAr");
	d->wanted = 1u << BSM_FIDUCIAL;
}

static void sample(const struct bsm_job *job, long n, uint64_t step, double *mean, double *error)
{
	double sum = 0, sum2 = 0, u[BSM_STEPS * (BSM_DIMS + 1)];
	for (long i = 0; i < n; i++) {
		struct bsm_rng rng = bsm_rng_make(1, BSM_FOR_VERIFY, (uint64_t)i, 1000 + step);
		bsm_rng_fill(&rng, u, job->ndim);
		double w = bsm_job_eval(job, u, NULL, NULL);
		sum += w;
		sum2 += w * w;
	}
	*mean = sum / (double)n;
	*error = sqrt(fmax(0, sum2 / (double)n - *mean * *mean) / (double)n);
}

/* Directions are compared, not the decay law: a lifetime of centimetres would leave nothing to compare. */
static void live_for_ever(struct bsm_job *job)
{
	for (int i = 0; i < job->nlink; i++)
		for (int k = 0; k < job->link[i].nmenu; k++)
			job->link[i].menu[k].width = 0;
}

static enum bsm_status compare(struct bsm_ctx *ctx, struct bsm_job_spec *spec, const char *name, double p,
			       struct bsm_findings *list)
{
	double aimed, aimed_error, free_mean, free_error;
	struct bsm_job job;
	char what[160];
	for (int pass = 0; pass < 2; pass++) {
		spec->free_aim = pass;
		BSM_TRY(bsm_job_init(ctx, spec, &job));
		live_for_ever(&job);
		sample(&job, pass ? FREE : AIMED, (uint64_t)pass, pass ? &free_mean : &aimed, pass ? &free_error : &aimed_error);
		bsm_job_free(&job);
	}
	snprintf(what, sizeof what, "%s at %.3g GeV: aimed sampling = hit or miss", name, p);
	if (!(aimed > 0) && !(free_mean > 0))
		return BSM_OK;
	return bsm_finding_statistical(ctx, list, what, "the same integral sampled twice", aimed, free_mean,
				       hypot(aimed_error, free_error), 5);
}

/* Parents of the model's production rows that a beam has. */
static int parents(const struct bsm_model *m, int32_t *pdg, int room)
{
	int n = 0;
	for (int i = 0; m->process[i].name && n < room; i++) {
		const struct bsm_process *p = &m->process[i];
		/* decays of what lives shortly, and what protons and shower particles make; pi- that are captured rest */
		int fits = p->target == BSM_DECAY ? bsm_pdg_width(p->in) > 0 : !(bsm_pdg_width(p->in) > 0);
		int known = !fits || bsm_model_species(m, p->in);
		for (int k = 0; k < n; k++)
			known |= pdg[k] == p->in;
		if (!known)
			pdg[n++] = p->in;
	}
	return n;
}

/* Stable ones fly through graphite, the others decay. */
static struct bsm_component component_of(int32_t pdg)
{
	int decays = bsm_pdg_width(pdg) > 0;
	return (struct bsm_component){.pdg = pdg, .yield = 1, .decays = decays, .medium = decays ? NULL : bsm_material_find("graphite")};
}

enum bsm_status bsm_verify_engine(struct bsm_ctx *ctx, const struct bsm_model *m, struct bsm_findings *list)
{
	int32_t pdg[16];
	int n = m->chain && m->chain[0].name && m->chain[0].step[0].where == BSM_AT_SOURCE ? parents(m, pdg, 16) : 0;
	static const double momentum[] = {0.05, 0.7, 8};
	struct bsm_detector detector;
	set_detector(&detector);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < 3; k++) {
			struct gun gun = {pdg[i], bsm_pdg_mass(pdg[i]), momentum[k]};
			struct bsm_component component = component_of(pdg[i]);
			struct bsm_source source = {.name = "gun", .ncomponent = 1, .component = &component, .ndim = 2, .ray = fire,
						    .data = &gun};
			struct bsm_job_spec spec = {.chain = &m->chain[0], .source = &source, .detector = &detector, .beam = "gun", .tmin = 1e-3};
			bsm_point_default(&spec.point, m);
			struct bsm_ctx inner = {.cancel = ctx->cancel};
			BSM_TRY(bsm_check_cancel(ctx));
			enum bsm_status status = compare(&inner, &spec, bsm_pdg_name(pdg[i]), momentum[k], list);
			if (status != BSM_OK && status != BSM_E_CLOSED) /* a closed channel has nothing to compare */
				return bsm_fail(ctx, status, "%s", inner.message);
		}
	return BSM_OK;
}
