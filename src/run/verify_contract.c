/* What every model keeps, whatever it is: conservation, totals, signs, zeros. Seeds and sizes are fixed here; with five
 * standard deviations each, a hundred statistical checks fail by chance once in 17,000 runs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "kinematics/particles.h"
#include "kinematics/split.h"
#include "run/verify.h"

enum { POINTS = 20000, EXACT_POINTS = 200 };
static const double five_sigma = 5;

struct bench {                /* one row on the bench, its incoming at rest or moving */
	struct bsm_ctx *ctx;
	struct bsm_findings *list;
	const struct bsm_model *m;
	struct bsm_point point;
	double *derived;
	int index, n;
	struct bsm_particle a, out[BSM_OUT];
	double mass_sum;
};

static const char contract[] = "contract of every model (include/bsmnu/model.h)";

static int setup(struct bench *b, int index)
{
	const struct bsm_process *row = &b->m->process[index];
	if (row->target != BSM_DECAY || !row->me2 || (row->open && !row->open(b->point.par)))
		return 0;
	b->index = index;
	b->n = 0;
	b->mass_sum = 0;
	b->a = (struct bsm_particle){.pdg = row->in, .m = bsm_model_mass(b->m, b->point.par, row->in)};
	b->a.p.e = b->a.m;
	for (; b->n < BSM_OUT && row->out[b->n]; b->n++) {
		b->out[b->n] = (struct bsm_particle){.pdg = row->out[b->n], .m = bsm_model_mass(b->m, b->point.par, row->out[b->n])};
		b->mass_sum += b->out[b->n].m;
	}
	return b->a.m > b->mass_sum && bsm_row_width(b->m, b->point.par, b->derived, index) > 0;
}

static struct bsm_in in_of(const struct bench *b, int conjugate)
{
	return (struct bsm_in){.par = b->point.par, .derived = b->derived, .row = &b->m->process[b->index],
			       .index = b->index, .conjugate = conjugate, .a = &b->a};
}

static enum bsm_status check(struct bench *b, const char *what, double value, double expected, double rtol)
{
	char text[160];
	snprintf(text, sizeof text, "%s: %s", b->m->process[b->index].name, what);
	return bsm_finding_exact(b->ctx, b->list, text, contract, value, expected, rtol);
}

/* Mean of me2 over phase space against the row's own total; the incoming moves, so that frames count. */
static enum bsm_status check_total(struct bench *b)
{
	double sum = 0, sum2 = 0, u[BSM_DIMS];
	struct bsm_in in = in_of(b, 0);
	const struct bsm_peak *p = &b->m->process[b->index].peak;
	struct bsm_resonance peak = {p->i, p->j, 0, 0};
	if (p->kind == BSM_BREIT_WIGNER) {
		peak.mass = p->mass(b->point.par);
		peak.width = p->width(b->point.par);
	}
	for (int i = 0; i < POINTS; i++) {
		struct bsm_rng rng = bsm_rng_make(1, BSM_FOR_VERIFY, (uint64_t)i, (uint64_t)b->index);
		bsm_rng_fill(&rng, u, bsm_phase_space_ndim(b->n));
		double w = bsm_phase_space_peaked(b->a.p, b->a.m, b->n, b->out, -1, NULL, peak.width > 0 ? &peak : NULL, u);
		w *= b->m->process[b->index].me2(&in, b->out) / (2 * b->a.m);
		if (!isfinite(w) || w < 0)
			return check(b, "density is finite and not negative", w, 0, 0);
		sum += w;
		sum2 += w * w;
	}
	double mean = sum / POINTS, error = sqrt(fmax(0, sum2 / POINTS - mean * mean) / POINTS);
	char text[160];
	snprintf(text, sizeof text, "%s: Monte Carlo integral of the density = width", b->m->process[b->index].name);
	double width = bsm_row_width(b->m, b->point.par, b->derived, b->index);
	error = fmax(error, 1e-9 * width); /* a constant density has no variance, but round-off */
	return bsm_finding_statistical(b->ctx, b->list, text, contract, mean, width, error, five_sigma);
}

/* Largest violation of four-momentum and mass shells, in units of the energy; charge as well. */
static enum bsm_status check_conservation(struct bench *b)
{
	const struct bsm_process *row = &b->m->process[b->index];
	if (row->flags & BSM_INCLUSIVE)
		return BSM_OK;
	double worst = 0, u[BSM_DIMS];
	int charge = 0;
	for (int i = 0; i < EXACT_POINTS; i++) {
		struct bsm_rng rng = bsm_rng_make(2, BSM_FOR_VERIFY, (uint64_t)i, (uint64_t)b->index);
		double p = b->a.m * pow(10, -2 + 5.0 * i / EXACT_POINTS);
		struct bsm_p4 P = {sqrt(p * p + b->a.m * b->a.m), 0.6 * p, 0, 0.8 * p}, sum = {0, 0, 0, 0};
		bsm_rng_fill(&rng, u, bsm_phase_space_ndim(b->n));
		bsm_phase_space(P, b->a.m, b->n, b->out, -1, NULL, u);
		for (int k = 0; k < b->n; k++) {
			struct bsm_p4 q = b->out[k].p;
			sum = bsm_p4_add(sum, q);
			worst = fmax(worst, fabs(bsm_p4_dot(q, q) - b->out[k].m * b->out[k].m) / (P.e * P.e));
		}
		struct bsm_p4 d = bsm_p4_sub(sum, P);
		worst = fmax(worst, (fabs(d.e) + fabs(d.x) + fabs(d.y) + fabs(d.z)) / P.e);
	}
	for (int k = 0; k < b->n; k++) {
		const struct bsm_species *s = bsm_model_species(b->m, row->out[k]);
		charge += s ? (row->out[k] > 0 ? s->charge3 : -s->charge3) : bsm_pdg_charge3(row->out[k]);
	}
	const struct bsm_species *s = bsm_model_species(b->m, row->in);
	charge -= s ? (row->in > 0 ? s->charge3 : -s->charge3) : bsm_pdg_charge3(row->in);
	BSM_TRY(check(b, "charge is conserved", charge, 0, 0));
	return check(b, "four-momentum and masses to round-off", worst, 0, 1e-12);
}

static struct bsm_p4 mirrored(struct bsm_p4 p)
{
	return (struct bsm_p4){p.e, -p.x, -p.y, -p.z};
}

/* |M|^2 of the conjugate at mirrored momenta and the same spin: equal where couplings are real. */
static enum bsm_status check_cp(struct bench *b)
{
	const struct bsm_process *row = &b->m->process[b->index];
	double u[BSM_DIMS], worst = 0;
	if (!(row->flags & BSM_CC))
		return BSM_OK;
	b->a.pol[0] = 0.3;
	b->a.pol[1] = -0.5;
	b->a.pol[2] = 0.6;
	for (int i = 0; i < EXACT_POINTS; i++) {
		struct bsm_rng rng = bsm_rng_make(3, BSM_FOR_VERIFY, (uint64_t)i, (uint64_t)b->index);
		bsm_rng_fill(&rng, u, bsm_phase_space_ndim(b->n));
		bsm_phase_space(b->a.p, b->a.m, b->n, b->out, -1, NULL, u);
		struct bsm_in in = in_of(b, 0), cc = in_of(b, 1);
		double direct = row->me2(&in, b->out);
		struct bsm_particle anti = b->a;
		anti.pdg = bsm_model_conj(b->m, b->point.par, anti.pdg);
		cc.a = &anti;
		struct bsm_particle out[BSM_OUT];
		memcpy(out, b->out, sizeof out);
		for (int k = 0; k < b->n; k++) {
			out[k].pdg = bsm_model_conj(b->m, b->point.par, out[k].pdg);
			out[k].p = mirrored(out[k].p);
		}
		double other = row->me2(&cc, out);
		worst = fmax(worst, fabs(other - direct) / fmax(fabs(direct), 1e-300));
	}
	memset(b->a.pol, 0, sizeof b->a.pol);
	return check(b, "CP conjugate at mirrored momenta and the same spin", worst, 0, 1e-9);
}

/* Sum of the branching ratios of each species, from the widths as shown. */
static enum bsm_status check_species(struct bench *b)
{
	for (int i = 0; b->m->species && b->m->species[i].name; i++) {
		int32_t pdg = b->m->species[i].pdg;
		double total = bsm_model_width(b->m, b->point.par, b->derived, pdg), sum = 0;
		if (!(total > 0))
			continue;
		for (int k = 0; b->m->process[k].name; k++) {
			const struct bsm_process *p = &b->m->process[k];
			int twice = (p->flags & BSM_CC) && bsm_model_selfconj(b->m, b->point.par, p->in);
			if (p->target == BSM_DECAY && p->in == pdg)
				sum += bsm_row_width(b->m, b->point.par, b->derived, k) / total * (twice ? 2 : 1);
		}
		BSM_TRY(bsm_finding_exact(b->ctx, b->list, "branching ratios sum to 1", contract, sum, 1, 1e-12));
	}
	return BSM_OK;
}

/* Couplings at zero: nothing decays and nothing is made. Couplings doubled: each width changes by a whole power of two. */
static enum bsm_status check_couplings(struct bench *b, const struct bsm_model *m)
{
	struct bsm_point zero = b->point, twice = b->point, weak = b->point;
	for (int i = 0; m->param && m->param[i].name; i++)
		if (m->couplings && bsm_name_matches(m->couplings, m->param[i].name)) {
			zero.par[i] = 0;
			weak.par[i] = 1e-4 * b->point.par[i]; /* so that what a coupling adds to the width of a propagator is nothing */
			twice.par[i] = 2 * weak.par[i];
		}
	if (!m->couplings)
		return BSM_OK;
	size_t n = (size_t)m->nderived + 1;
	double *dz = calloc(n, sizeof *dz), *dt = calloc(n, sizeof *dt), *dw = calloc(n, sizeof *dw);
	double left = 0, worst = 0;
	enum bsm_status status = dz && dt && dw ? BSM_OK : bsm_fail(b->ctx, BSM_E_MEMORY, "out of memory");
	if (status == BSM_OK)
		status = bsm_point_prepare(b->ctx, &zero, dz);
	if (status == BSM_OK)
		status = bsm_point_prepare(b->ctx, &twice, dt);
	if (status == BSM_OK)
		status = bsm_point_prepare(b->ctx, &weak, dw);
	for (int i = 0; status == BSM_OK && m->process[i].name; i++) {
		double w = bsm_row_width(m, weak.par, dw, i);
		left = fmax(left, fabs(bsm_row_width(m, zero.par, dz, i)));
		double power = w > 0 ? log2(bsm_row_width(m, twice.par, dt, i) / w) : 0;
		worst = fmax(worst, fabs(power - round(power)));
	}
	free(dz);
	free(dt);
	free(dw);
	BSM_TRY(status);
	BSM_TRY(bsm_finding_exact(b->ctx, b->list, "couplings at zero: every width is zero", contract, left, 0, 0));
	return bsm_finding_exact(b->ctx, b->list, "weak couplings doubled: each width by a whole power of two", contract, worst, 0,
				 1e-9);
}

static enum bsm_status check_rows(struct bench *b)
{
	for (int i = 0; b->m->process[i].name; i++) {
		if (!setup(b, i))
			continue;
		BSM_TRY(check_total(b));
		BSM_TRY(check_conservation(b));
		BSM_TRY(check_cp(b));
		BSM_TRY(bsm_check_cancel(b->ctx));
	}
	return BSM_OK;
}

enum bsm_status bsm_verify_contract(struct bsm_ctx *ctx, const struct bsm_model *m, struct bsm_findings *list)
{
	struct bench b = {.ctx = ctx, .list = list, .m = m};
	bsm_point_default(&b.point, m);
	b.derived = calloc((size_t)m->nderived + 1, sizeof *b.derived);
	enum bsm_status status = b.derived ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	if (status == BSM_OK)
		status = bsm_point_prepare(ctx, &b.point, b.derived);
	if (status == BSM_OK)
		status = check_rows(&b);
	if (status == BSM_OK)
		status = check_species(&b);
	if (status == BSM_OK)
		status = check_couplings(&b, m);
	free(b.derived);
	return status;
}
