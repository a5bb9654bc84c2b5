/* Scattering rows, from 0.05 to 100 GeV of kinetic energy: the cross-section may depend neither on the tolerance nor on the variable
 * that it is integrated in, and equals the row's closed form where there is one; momenta are conserved. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/constants.h"
#include "kinematics/exchange.h"
#include "run/verify.h"

static const double energy[] = {0.05, 0.5, 5, 100}; /* GeV, kinetic */
static const double threshold = 1e-3;               /* GeV: where the exchange of a massless particle needs one */

struct slice {
	const struct bsm_in *in;
	struct bsm_exchange how;
	struct bsm_particle *out;
	double worst;         /* violation of four-momentum, in units of the energy */
};

/* dsigma/du [cm2] */
static double density(double u, void *arg)
{
	struct slice *s = arg;
	const struct bsm_particle *a = s->in->a, *b = s->in->b;
	const double at[2] = {u, 0.3};
	double phase = bsm_exchange_split(&s->how, a, b, s->out, at);
	if (!(phase > 0))
		return 0;
	struct bsm_p4 d = bsm_p4_sub(bsm_p4_add(a->p, b->p), bsm_p4_add(s->out[0].p, s->out[1].p));
	s->worst = fmax(s->worst, (fabs(d.e) + fabs(d.x) + fabs(d.y) + fabs(d.z)) / (a->p.e + b->m));
	double ab = bsm_p4_dot(a->p, b->p), mm = a->m * b->m;
	return phase * s->in->row->me2(s->in, s->out) / (4 * sqrt((ab - mm) * (ab + mm))) * BSM_HBARC2_CM2;
}

static double sigma(struct slice *s, int power, double rtol)
{
	s->how.power = power;
	return bsm_integrate(density, s, 0, 1, rtol, NULL);
}

static enum bsm_status check_energy(struct bsm_ctx *ctx, struct bsm_findings *list, struct bsm_in *in, struct slice *s, double T)
{
	struct bsm_particle a = *in->a;
	char what[160];
	static const char limit[] = "no dependence on variable and tolerance";
	a.p = (struct bsm_p4){a.m + T, 0, 0, sqrt(T * (T + 2 * a.m))};
	in->a = &a;
	double fine = sigma(s, 2, 1e-9), coarse = sigma(s, 2, 1e-5), other = sigma(s, 1, 1e-9);
	if (!(fine > 0) && !(other > 0))
		return BSM_OK;
	snprintf(what, sizeof what, "%s at %g GeV: cross-section [cm2] by another variable", in->row->name, T);
	BSM_TRY(bsm_finding_exact(ctx, list, what, limit, other, fine, 1e-6));
	snprintf(what, sizeof what, "%s at %g GeV: cross-section [cm2] at a coarse tolerance", in->row->name, T);
	BSM_TRY(bsm_finding_exact(ctx, list, what, limit, coarse, fine, 1e-4));
	snprintf(what, sizeof what, "%s at %g GeV: four-momentum to round-off", in->row->name, T);
	BSM_TRY(bsm_finding_exact(ctx, list, what, "conservation", s->worst, 0, 1e-9));
	if (!in->row->total)
		return BSM_OK;
	snprintf(what, sizeof what, "%s at %g GeV: closed form of the cross-section [cm2]", in->row->name, T);
	return bsm_finding_exact(ctx, list, what, "integral of |M|^2", in->row->total(in), fine, 1e-6);
}

static void set_target(const struct bsm_process *row, struct bsm_particle *b, struct bsm_nucleus *nuc)
{
	*nuc = row->target == BSM_NUCLEUS ? (struct bsm_nucleus){40, 18, 37.2155} : (struct bsm_nucleus){1, 1, bsm_pdg_mass(2212)};
	b->pdg = row->target == BSM_ELECTRON ? 11 : row->target == BSM_PROTON ? 2212 : row->target == BSM_NEUTRON ? 2112 : 1000180400;
	b->m = row->target == BSM_NUCLEUS ? nuc->mass_GeV : bsm_pdg_mass(b->pdg);
	b->p = (struct bsm_p4){b->m, 0, 0, 0};
}

static enum bsm_status check_row(struct bsm_ctx *ctx, const struct bsm_model *m, const struct bsm_point *point, const double *derived,
				 int index, struct bsm_findings *list)
{
	const struct bsm_process *row = &m->process[index];
	int exchange = row->peak.kind == BSM_T_CHANNEL || row->peak.kind == BSM_T_CHANNEL_LOG;
	if (row->target == BSM_DECAY || !row->me2 || !exchange || row->out[2] || (row->open && !row->open(point->par)))
		return BSM_OK;
	struct bsm_nucleus nuc;
	struct bsm_particle a = {.pdg = row->in, .m = bsm_model_mass(m, point->par, row->in)}, b = {0}, out[2] = {{0}};
	set_target(row, &b, &nuc);
	for (int i = 0; i < 2; i++) {
		out[i].pdg = row->out[i];
		out[i].m = row->out[i] == BSM_STRUCK_NUCLEUS ? b.m : bsm_model_mass(m, point->par, row->out[i]);
	}
	double mass = row->peak.mass(point->par), tmin = mass > 0 || out[0].m != a.m ? 0 : threshold;
	struct bsm_in in = {.par = point->par, .derived = derived, .row = row, .index = index, .a = &a, .b = &b, .tmin = tmin,
			    .tmax = INFINITY, .take = -1, .nuc = row->target == BSM_ELECTRON ? NULL : &nuc};
	for (size_t i = 0; i < sizeof energy / sizeof *energy; i++) {
		struct slice s = {&in, {mass, 2, tmin, INFINITY}, out, 0};
		in.a = &a;
		BSM_TRY(check_energy(ctx, list, &in, &s, energy[i]));
	}
	return bsm_check_cancel(ctx);
}

enum bsm_status bsm_verify_scattering(struct bsm_ctx *ctx, const struct bsm_model *m, struct bsm_findings *list)
{
	struct bsm_point point;
	bsm_point_default(&point, m);
	double *derived = calloc((size_t)m->nderived + 1, sizeof *derived);
	enum bsm_status status = derived ? bsm_point_prepare(ctx, &point, derived) : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (int i = 0; status == BSM_OK && m->process[i].name; i++)
		status = check_row(ctx, m, &point, derived, i, list);
	free(derived);
	return status;
}
