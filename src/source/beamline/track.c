#include "source/beamline/track.h"

#include <math.h>
#include <stdlib.h>

#include "core/constants.h"
#include "source/beamline/cross_sections.h"

static const double slowest = 2e-3; /* GeV of kinetic energy: below, a charged particle has stopped */
static const double sagitta = 4e-4; /* m: how far a step in the field may leave its chord */

struct bsm_p4 bsm_turn_from(struct bsm_p4 d, double ct, double st, double f)
{
	double s = copysign(1, d.z), k = -1 / (s + d.z), q = d.x * d.y * k;
	double a = st * cos(f), b = st * sin(f);
	return (struct bsm_p4){0, a * (1 + s * d.x * d.x * k) + b * q + ct * d.x,
			       a * s * q + b * (s + d.y * d.y * k) + ct * d.y, -a * s * d.x - b * d.y + ct * d.z};
}

/* Without the library's care for NaN and the sign of zero: these stand in the innermost loop. */
static inline double least(double a, double b)
{
	return a < b ? a : b;
}

static inline double most(double a, double b)
{
	return a > b ? a : b;
}

struct walker {
	const struct bsm_layout *l;
	struct bsm_rng *rng;
	struct bsm_trail *trail;
	const struct bsm_slab *slab;
	int islab, region;
	enum bsm_strong strong;
	struct bsm_flying f;
	int ionising;
	double P, E, lnP;       /* momentum and energy */
	struct bsm_p4 d;        /* direction */
	double age, depth_left; /* age; interaction lengths to the next interaction */
	int polarised;
};

static const struct bsm_matter *matter_of(const struct walker *w, int *index)
{
	int i = w->region == w->slab->n ? w->slab->wall : w->slab->region[w->region].matter;
	if (index)
		*index = i;
	return &w->l->matter[i];
}

static void record(struct walker *w)
{
	struct bsm_trail *t = w->trail;
	t->age[t->n] = w->age;
	t->x[t->n] = w->f.x;
	t->p[t->n] = bsm_p4_scale(w->P, w->d);
	t->p[t->n].e = w->E;
	if (w->polarised)
		for (int i = 0; i < 3; i++)
			t->pol[t->n][i] = w->f.pol[i];
	t->n++;
}

/* Which boundary is met first, and where. */
enum crossing { INNER, OUTER, FRONT, BACK, NOTHING };
static double to_boundary(const struct walker *w, enum crossing *which)
{
	const struct bsm_slab *s = w->slab;
	double r[3] = {w->f.x.x, w->f.x.y, w->f.x.z - s->z0}, d[3] = {w->d.x, w->d.y, w->d.z}, best = INFINITY, at;
	*which = NOTHING;
	if (d[2] > 0) {
		best = (s->z1 - w->f.x.z) / d[2];
		*which = FRONT;
	} else if (d[2] < 0) {
		best = (s->z0 - w->f.x.z) / d[2];
		*which = BACK;
	}
	if (w->region < s->n && (at = bsm_edge_distance(&s->region[w->region].edge, 1, r, d)) < best) {
		best = at;
		*which = OUTER;
	}
	if (w->region > 0 && (at = bsm_edge_distance(&s->region[w->region - 1].edge, 0, r, d)) < best) {
		best = at;
		*which = INNER;
	}
	return most(best, 0);
}

static enum bsm_current field_of(const struct walker *w)
{
	return w->region < w->slab->n && w->f.charge ? w->slab->region[w->region].field : BSM_NO_FIELD;
}

/* Longest step that the field allows: curvature, and the change of 1/r. */
static double field_step(const struct walker *w)
{
	double r2 = w->f.x.x * w->f.x.x + w->f.x.y * w->f.x.y, r = sqrt(r2), k = fabs(w->slab->region[w->region].kA2);
	double curvature = 0.299792458 * k / (r * w->P); /* 1/m */
	double radial = fabs(w->f.x.x * w->d.x + w->f.x.y * w->d.y) / r;
	return least(sqrt(8 * sagitta / curvature), 0.15 * r / (radial + 0.1));
}

static void rotate(double v[3], const double axis[3], double angle)
{
	double a2 = angle * angle;
	int small = fabs(angle) < 0.1; /* to 1e-9 */
	double s = small ? angle * (1 - a2 / 6 * (1 - a2 / 20)) : sin(angle),
	       c = small ? a2 / 2 * (1 - a2 / 12) : 1 - cos(angle),
	       d = axis[0] * v[0] + axis[1] * v[1] + axis[2] * v[2];
	double x[3] = {axis[1] * v[2] - axis[2] * v[1], axis[2] * v[0] - axis[0] * v[2],
		       axis[0] * v[1] - axis[1] * v[0]};
	for (int i = 0; i < 3; i++)
		v[i] += s * x[i] + c * (axis[i] * d - v[i]);
}

/* Half a step straight, the turn of the field there, half a step straight: second order, and |p| stays. A muon's spin
 * turns with its momentum (g = 2 to 0.1 %). */
static void move(struct walker *w, double step, int field)
{
	struct bsm_p4 *x = &w->f.x;
	if (!field) {
		*x = bsm_p4_add(*x, bsm_p4_scale(step, w->d));
		return;
	}
	double B[2], t = x->e;
	*x = bsm_p4_add(*x, bsm_p4_scale(0.5 * step, w->d));
	bsm_layout_field(w->l, w->slab, w->region, x->x, x->y, x->z - w->slab->z0, B);
	double b = sqrt(B[0] * B[0] + B[1] * B[1]);
	if (b > 0) {
		double axis[3] = {B[0] / b, B[1] / b, 0}, angle = -0.299792458 * w->f.charge * b * step / w->P,
		       v[3] = {w->d.x, w->d.y, w->d.z};
		rotate(v, axis, angle);
		w->d = (struct bsm_p4){0, v[0], v[1], v[2]};
		if (w->polarised)
			rotate(w->f.pol, axis, angle);
	}
	*x = bsm_p4_add(*x, bsm_p4_scale(0.5 * step, w->d));
	x->e = t;
}

/* Highland's angle (RPP 2024, eq. 34.16), in two planes. */
static void scatter_many(struct walker *w, double step, double X0)
{
	double t = step / X0, beta = w->P / w->E;
	if (!(t > 1e-7))
		return;
	double theta0 = 0.0136 / (beta * w->P) * sqrt(t) * most(1 + 0.038 * log(t / (beta * beta)), 0.3);
	double a = theta0 * sqrt(-2 * log(bsm_rng_uniform(w->rng)));
	a = least(a, 1.5);
	w->d = bsm_turn_from(w->d, cos(a), sin(a), 2 * BSM_PI * bsm_rng_uniform(w->rng));
}

/* Loses energy over the step; 0 if that was all of it. */
static int slow_down(struct walker *w, double loss)
{
	w->E -= loss;
	if (w->E - w->f.m < slowest) {
		w->E = w->f.m;
		w->P = 0;
		return 0;
	}
	double before = w->P, change;
	w->P = sqrt((w->E - w->f.m) * (w->E + w->f.m));
	change = w->P / before - 1;
	w->lnP = fabs(change) < 1e-3 ? w->lnP + change * (1 - 0.5 * change) : log(w->P);
	return 1;
}

/* Elastic on the whole nucleus, or on one of its nucleons, which takes q2/2m. Returns 0 if nothing is left. */
static int scatter_once(struct walker *w, const struct bsm_matter *m)
{
	double A = m->material->element[bsm_matter_element(m, w->strong, w->P, bsm_rng_uniform(w->rng))].A;
	double qe = bsm_xsec_quasi_elastic(w->strong, w->P, A), el = bsm_xsec_elastic(w->strong, w->P, A);
	int nucleon = bsm_rng_uniform(w->rng) * (qe + el) < qe;
	double M = nucleon ? 0.938919 : A * BSM_AMU, b = nucleon ? bsm_slope_quasi_elastic(w->P) : bsm_slope_elastic(A);
	double s = w->f.m * w->f.m + M * M + 2 * M * w->E, k = w->P * M / sqrt(s), q2max = 4 * k * k;
	double q2 = -log1p(bsm_rng_uniform(w->rng) * expm1(-b * q2max)) / b;
	double before = w->P;
	if (!slow_down(w, q2 / (2 * M)))
		return 0;
	double ct = (before * before + w->P * w->P - q2 - (q2 / (2 * M)) * (q2 / (2 * M))) / (2 * before * w->P);
	ct = least(most(ct, -1), 1);
	w->d = bsm_turn_from(w->d, ct, sqrt(1 - ct * ct), 2 * BSM_PI * bsm_rng_uniform(w->rng));
	return 1;
}

/* Into the neighbour behind the boundary; 0 outside of all. */
static int cross(struct walker *w, enum crossing which)
{
	if (which == INNER) {
		w->region--;
		return 1;
	}
	if (which == OUTER) {
		w->region++;
		return 1;
	}
	w->islab += which == FRONT ? 1 : -1;
	if (w->islab < 0 || w->islab >= w->l->nslab)
		return 0;
	w->slab = &w->l->slab[w->islab];
	w->f.x.z = which == FRONT ? w->slab->z0 : w->slab->z1;
	w->region = 0;
	while (w->region < w->slab->n &&
	       !bsm_edge_inside(&w->slab->region[w->region].edge, w->f.x.x, w->f.x.y, w->f.x.z - w->slab->z0))
		w->region++;
	return 1;
}

/* After a curved step: the boundary may have been passed without being aimed at. */
static void settle(struct walker *w)
{
	double dz = w->f.x.z - w->slab->z0;
	while (w->region > 0 && bsm_edge_inside(&w->slab->region[w->region - 1].edge, w->f.x.x, w->f.x.y, dz))
		w->region--;
	while (w->region < w->slab->n && !bsm_edge_inside(&w->slab->region[w->region].edge, w->f.x.x, w->f.x.y, dz))
		w->region++;
}

/* One step. Returns 1 to go on, 0 at the end (fate set). */
static int step(struct walker *w)
{
	enum crossing which;
	const struct bsm_matter *m = matter_of(w, &w->trail->matter);
	int field = field_of(w) != BSM_NO_FIELD, charged = w->f.charge != 0;
	double boundary = to_boundary(w, &which), ds = boundary;
	struct bsm_passage pass = bsm_matter_passage(m, w->strong, w->ionising, w->lnP);
	double absorb = pass.absorb, scatter = pass.scatter, dedx = pass.loss, T = w->E - w->f.m;
	if (field)
		ds = least(ds, field_step(w));
	if (dedx > 0)
		ds = least(ds, most(0.1 * T / dedx, 1e-4));
	double hit = absorb + scatter > 0 ? w->depth_left / (absorb + scatter) : INFINITY;
	int interacts = hit <= ds;
	ds = interacts ? hit : ds;
	if (!isfinite(ds)) {
		w->trail->fate = BSM_LOST;
		return 0;
	}
	double beta_gamma = w->P / w->f.m;
	move(w, ds, field);
	w->f.x.e += ds * w->E / (w->P * BSM_C);
	w->age += ds / (beta_gamma * w->f.ctau);
	w->depth_left -= ds * (absorb + scatter);
	if (charged && m->density > 0) {
		if (m->density > 0.1)
			scatter_many(w, ds, m->X0);
		if (!slow_down(w, dedx * ds)) {
			w->trail->fate = BSM_STOPPED;
			return 0;
		}
	}
	if (interacts) {
		if (bsm_rng_uniform(w->rng) * (absorb + scatter) < absorb) {
			w->trail->fate = BSM_INTERACTS;
			return 0;
		}
		w->depth_left = -log(bsm_rng_uniform(w->rng));
		if (!scatter_once(w, m)) {
			w->trail->fate = charged ? BSM_STOPPED : BSM_LOST;
			return 0;
		}
		return 1;
	}
	if (ds >= boundary) {
		if (!cross(w, which)) {
			w->trail->fate = BSM_LOST;
			return 0;
		}
	} else if (field) {
		settle(w);
	}
	return 1;
}

void bsm_fly(const struct bsm_layout *l, const struct bsm_flying *f, struct bsm_rng *rng, struct bsm_trail *trail)
{
	struct bsm_place at = bsm_layout_find(l, f->x.x, f->x.y, f->x.z);
	trail->n = 0;
	trail->fate = BSM_LOST;
	if (at.slab < 0 || at.slab >= l->nslab)
		return;
	struct walker w = {.l = l,
			   .rng = rng,
			   .trail = trail,
			   .slab = &l->slab[at.slab],
			   .islab = at.slab,
			   .region = at.region,
			   .strong = bsm_strong_of(f->pdg),
			   .ionising = bsm_ionising(f->pdg),
			   .f = *f,
			   .P = bsm_p4_mag(f->p),
			   .E = f->p.e,
			   .polarised = abs(f->pdg) == 13};
	if (!(w.P > 0)) {
		trail->fate = BSM_STOPPED;
		trail->matter = at.region == w.slab->n ? w.slab->wall : w.slab->region[at.region].matter;
		record(&w);
		return;
	}
	w.d = bsm_p4_scale(1 / w.P, f->p);
	w.d.e = 0; /* a direction: steps along it leave the time alone */
	w.lnP = log(w.P);
	w.depth_left = w.strong == BSM_STRONG_NONE ? INFINITY : -log(bsm_rng_uniform(rng));
	record(&w);
	while (trail->n < BSM_TRAIL && step(&w))
		record(&w);
	if (trail->n == BSM_TRAIL) /* it circles in a field: nothing that reaches a detector */
		trail->n--;
	record(&w);
}

void bsm_trail_at(const struct bsm_trail *t, double age, struct bsm_flying *f)
{
	int lo = 0, hi = t->n - 1;
	while (hi - lo > 1) {
		int mid = (lo + hi) / 2;
		if (t->age[mid] <= age)
			lo = mid;
		else
			hi = mid;
	}
	double part = hi > lo && t->age[hi] > t->age[lo] ? (age - t->age[lo]) / (t->age[hi] - t->age[lo]) : 0;
	f->x = bsm_p4_add(t->x[lo], bsm_p4_scale(part, bsm_p4_sub(t->x[hi], t->x[lo])));
	f->p = t->p[lo];
	for (int i = 0; i < 3 && abs(f->pdg) == 13; i++)
		f->pol[i] = t->pol[lo][i];
}
