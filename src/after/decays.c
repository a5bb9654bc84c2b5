#include <stdlib.h>

#include "after/after.h"
#include "after/decay_shapes.h"
#include "core/constants.h"
#include "kinematics/particles.h"

enum { DECAY_VERTEX = 22 };      /* NuHepMC V.R.1: first free status */
#define AT_THE_VERTEX 1e-6       /* GeV: from this width (the eta's) on a flight, below 0.2 nm a GeV, is not drawn */
#define WIDE          1e-3       /* GeV: products this wide get a mass from their Breit-Wigner */
#define WINDOW        5          /* widths on both sides of it */
#define TWO_PIONS     0.28       /* GeV: nothing wide is lighter */

static int planned(const struct bsm_after_plan *plan, int32_t pdg)
{
	for (int i = 0; i < plan->count; i++)
		if (plan->pdg[i] == pdg || plan->pdg[i] == -(int64_t)pdg)
			return 1;
	return 0;
}

static int legs(const struct bsm_mode *mode)
{
	int n = 0;
	while (n < BSM_OUT && mode->out[n])
		n++;
	return n;
}

static int is_open(const struct bsm_mode *mode, double m)
{
	int n = legs(mode);
	if (n == 1)
		return 1;
	for (int i = 0; i < n; i++)
		m -= bsm_pdg_mass(mode->out[i]);
	return m > 0;
}

/* A mode by its branching fraction among those that the mass allows (an off-shell parent may be light). */
static const struct bsm_mode *choose(const struct bsm_decay_table *t, double m, struct bsm_rng *rng)
{
	double sum = 0, open = 0;
	for (int i = 0; i < t->count; i++)
		sum += t->mode[i].br;
	double u = bsm_rng_uniform(rng) * sum;
	int k = 0;
	while (k < t->count - 1 && u >= t->mode[k].br)
		u -= t->mode[k++].br;
	if (is_open(&t->mode[k], m))
		return &t->mode[k];
	const struct bsm_mode *last = NULL;
	for (int i = 0; i < t->count; i++)
		if (is_open(&t->mode[i], m))
			open += t->mode[i].br;
	u = bsm_rng_uniform(rng) * open;
	for (int i = 0; i < t->count && (!last || u >= 0); i++)
		if (is_open(&t->mode[i], m)) {
			last = &t->mode[i];
			u -= last->br;
		}
	return last;
}

/* Mass of a wide product, in what `room` the others leave. */
static double wide_mass(double m, double width, double room, struct bsm_rng *rng)
{
	double lo = fmax(TWO_PIONS, m - WINDOW * width), hi = fmin(room, m + WINDOW * width);
	return hi > lo ? sqrt(bsm_decay_draw_pole(lo * lo, hi * hi, m, width, rng)) : m;
}

/* Codes and masses of the legs. */
static void dress(struct bsm_decay *d, struct bsm_rng *rng)
{
	double room = d->m;
	d->n = legs(d->mode);
	for (int i = 0; i < d->n; i++) {
		int32_t pdg = d->mode->out[i];
		if (abs(pdg) == 311)
			pdg = bsm_rng_uniform(rng) < 0.5 ? 310 : 130;
		pdg = d->antiparticle ? bsm_pdg_conj(pdg) : pdg;
		d->out[i] = (struct bsm_particle){.pdg = pdg, .status = BSM_FINAL, .m = bsm_pdg_mass(pdg)};
		room -= d->out[i].m;
	}
	for (int i = 0; i < d->n; i++) {
		double width = bsm_pdg_width(d->out[i].pdg), m = d->out[i].m;
		if (width < WIDE)
			continue;
		d->out[i].m = wide_mass(m, width, m + room, rng);
		room += m - d->out[i].m;
	}
}

/* Where it decays: an exponential path from its vertex. */
static struct bsm_p4 flight(const struct bsm_particle *a, struct bsm_rng *rng)
{
	struct bsm_p4 x = a->x;
	double width = bsm_pdg_width(a->pdg);
	if (!(width > 0) || width >= AT_THE_VERTEX)
		return x;
	double d = -log(bsm_rng_uniform(rng)) * BSM_HBARC / (width * a->m);
	return (struct bsm_p4){x.e + d * a->p.e / BSM_C, x.x + d * a->p.x, x.y + d * a->p.y, x.z + d * a->p.z};
}

static enum bsm_status room_for(struct bsm_ctx *ctx, const struct bsm_event *e, int n)
{
	if (e->nvertex >= BSM_EVENT_VERTICES)
		return bsm_fail(ctx, BSM_E_RANGE,
				"after: event %llu has more than %d vertices; decay fewer species (after:)",
				(unsigned long long)e->id, BSM_EVENT_VERTICES);
	if (e->n + n > BSM_EVENT_PARTICLES)
		return bsm_fail(ctx, BSM_E_RANGE,
				"after: event %llu has more than %d particles; decay fewer species (after:)",
				(unsigned long long)e->id, BSM_EVENT_PARTICLES);
	return BSM_OK;
}

/* Writes the products behind the others, at a new vertex. */
static void attach(struct bsm_event *e, int parent, struct bsm_decay *d, struct bsm_p4 x)
{
	struct bsm_p4 P = e->p[parent].p;
	int16_t vertex = (int16_t)e->nvertex++;
	e->vertex[vertex] = (struct bsm_vertex){.x = x, .status = DECAY_VERTEX, .process = -1};
	for (int i = 0; i < d->n; i++)
		d->out[i].p = d->n == 1 ? P : bsm_p4_boost_from_rest(d->out[i].p, P, d->m);
	bsm_decay_spin(d, P);
	for (int i = 0; i < d->n; i++) {
		d->out[i].x = x;
		e->from[e->n] = vertex;
		e->to[e->n] = -1;
		e->p[e->n++] = d->out[i];
	}
	e->p[parent].status = BSM_DECAYED;
	e->to[parent] = vertex;
}

static enum bsm_status decay(struct bsm_ctx *ctx, struct bsm_rng *rng, struct bsm_event *e, int i)
{
	const struct bsm_particle *a = &e->p[i];
	const struct bsm_decay_table *t = bsm_decay_table_find(a->pdg);
	struct bsm_decay d;
	if (!t)
		return bsm_fail(ctx, BSM_E_NAME, "after: no decays of %s (%d) are known", bsm_pdg_name(a->pdg),
				(int)a->pdg);
	d.m = a->m;
	d.antiparticle = a->pdg < 0;
	for (int k = 0; k < 3; k++)
		d.pol[k] = a->pol[k];
	if (!(d.mode = choose(t, d.m, rng)))
		return bsm_fail(ctx, BSM_E_MODEL, "after: a %s of mass %g GeV is too light to decay",
				bsm_pdg_name(a->pdg), a->m);
	BSM_TRY(room_for(ctx, e, legs(d.mode)));
	struct bsm_p4 x = flight(a, rng);
	dress(&d, rng);
	if (!bsm_decay_sample(&d, rng))
		return bsm_fail(ctx, BSM_E_NUMERIC, "after: a decay of %s, mass %g GeV, to %d particles beat its bound",
				bsm_pdg_name(a->pdg), a->m, d.n);
	attach(e, i, &d, x);
	return BSM_OK;
}

enum bsm_status bsm_after_decays(struct bsm_ctx *ctx, const struct bsm_after_plan *plan, struct bsm_rng *rng,
				 struct bsm_event *e)
{
	if (!plan->count)
		return BSM_OK;
	for (int i = 0; i < e->n; i++) /* products come behind: they are met later */
		if (e->p[i].status == BSM_FINAL && planned(plan, e->p[i].pdg))
			BSM_TRY(decay(ctx, rng, e, i));
	return BSM_OK;
}
