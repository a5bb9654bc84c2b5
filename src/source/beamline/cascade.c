#include "source/beamline/cascade.h"

#include <math.h>
#include <stdlib.h>

#include "core/constants.h"
#include "source/beamline/cross_sections.h"
#include "source/beamline/daughters.h"

int bsm_history_region(int32_t pdg, double xF, double pT)
{
	static const int32_t species[BSM_REGION_SPECIES] = {211, -211, 321, -321, 130, 2212, 2112};
	int k = 0;
	if (pdg == 310)
		pdg = 130;
	while (k < BSM_REGION_SPECIES && species[k] != pdg)
		k++;
	return k == BSM_REGION_SPECIES ? 0 : 1 + 6 * k + 2 * (xF < 0.1 ? 0 : xF < 0.25 ? 1 : 2) + (pT > 0.3);
}

double bsm_row_importance(const struct bsm_parent *r)
{
	int32_t a = abs(r->pdg);
	double p = bsm_p4_mag(r->p), rare = a == 13 ? 10 : a == 211 ? 1 : a < 400 && a != 15 ? 5 : 1e5;
	return r->weight * (p + 0.2) * rare;
}

static void add_row(const struct bsm_cascade *c, struct bsm_rng *rng, struct bsm_decay_rows *rows,
		    const struct bsm_flying *f, double weight)
{
	struct bsm_decay_row r = {
		{.pdg = f->pdg, .weight = weight, .p = f->p, .x = f->x, .pol = {f->pol[0], f->pol[1], f->pol[2]}},
		f->history};
	double worth = bsm_row_importance(&r.parent), p = bsm_p4_mag(f->p),
	       s = sqrt(f->pol[0] * f->pol[0] + f->pol[1] * f->pol[1] + f->pol[2] * f->pol[2]);
	r.parent.p.e = sqrt(p * p + f->m * f->m); /* to the last bit what a reader of the list makes of p */
	for (int i = 0; i < 3 && s > 1; i++)
		r.parent.pol[i] /= s * (1 + 1e-15);
	if (!(weight > 0))
		return;
	rows->seen += weight;
	if (worth < c->keep) {
		if (bsm_rng_uniform(rng) * c->keep >= worth)
			return;
		r.parent.weight *= c->keep / worth;
	}
	rows->kept += r.parent.weight;
	if (rows->n == rows->cap) {
		size_t cap = rows->cap ? 2 * rows->cap : 4096;
		struct bsm_decay_row *more = realloc(rows->row, cap * sizeof *more);
		if (!more) {
			rows->failed = 1;
			return;
		}
		rows->row = more;
		rows->cap = cap;
	}
	rows->row[rows->n++] = r;
}

/* Lightest weight with which a particle is followed as it is; lighter ones are thinned to it. Rare and fast ones tell
 * more, those that leave the axis less. */
static double light(int32_t pdg, struct bsm_p4 k)
{
	double p = bsm_p4_mag(k), aside = fmin(1 + 40 * (1 - k.z / fmax(p, 1e-9)), 10);
	switch (abs(pdg)) {
	case 211:
	case 310:
		return aside * (2.4 + 2.5 / (p + 0.1));
	case 321:
	case 130:
		return aside * (0.5 + 0.5 / (p + 0.1));
	case 13:
		return 3 * aside;
	case 15:
		return 0; /* rare as they are */
	default:
		return 0.8 + 8 / (p + 0.1);
	}
}

static double slowest_followed(int32_t pdg)
{
	switch (abs(pdg)) {
	case 2212:
	case 2112:
		return 1.4; /* below, no meson comes of it */
	default:
		return 0.03;
	}
}

static void push(struct bsm_cascade_work *w, struct bsm_rng *rng, struct bsm_flying f)
{
	double least = light(f.pdg, f.p);
	if (!(f.weight > 0) || w->n == BSM_CASCADE_STACK)
		return;
	if (f.p.e > f.m && bsm_p4_dot3(f.p, f.p) < slowest_followed(f.pdg) * slowest_followed(f.pdg) &&
	    bsm_charge_of(f.pdg) == 0)
		return;
	if ((f.pdg == 2212 || f.pdg == 2112) && bsm_p4_mag(f.p) < slowest_followed(f.pdg))
		return;
	if (f.weight < least) {
		if (bsm_rng_uniform(rng) * least >= f.weight)
			return;
		f.weight = least;
	}
	w->stack[w->n++] = f;
}

static void decay(const struct bsm_cascade *c, struct bsm_rng *rng, struct bsm_cascade_work *w,
		  struct bsm_decay_rows *rows, struct bsm_flying f, double weight)
{
	struct bsm_flying out[BSM_DAUGHTERS];
	if (f.pdg != 310)
		add_row(c, rng, rows, &f, weight);
	f.weight = weight;
	f.p.e = sqrt(bsm_p4_dot3(f.p, f.p) + f.m * f.m);
	int n = bsm_daughters(&f, rng, out);
	for (int i = 0; i < n; i++)
		push(w, rng, out[i]);
}

static void interact(const struct bsm_cascade *c, struct bsm_rng *rng, struct bsm_cascade_work *w,
		     struct bsm_decay_rows *rows, const struct bsm_flying *f, double weight)
{
	const struct bsm_trail *t = &w->trail;
	const struct bsm_matter *m = &c->layout->matter[t->matter];
	struct bsm_p4 end = t->p[t->n - 1], x = t->x[t->n - 1];
	double P = bsm_p4_mag(end);
	if (f->depth > c->generations || P < 1.2)
		return;
	enum bsm_strong strong = bsm_strong_of(f->pdg);
	double A = m->material->element[bsm_matter_element(m, strong, P, bsm_rng_uniform(rng))].A;
	struct bsm_collision hit;
	struct bsm_product out[BSM_PRODUCTS];
	bsm_collision_init(&hit, c->make, f->pdg, P, A, bsm_xsec_production(strong, P, A));
	int n = bsm_collision_draw(&hit, weight, rng, out);
	struct bsm_p4 d = bsm_p4_scale(1 / P, end);
	struct bsm_flying charmed;
	if (!f->depth && bsm_charmed_draw(&c->charm, x, d, hit.sigma, rng, &charmed))
		decay(c, rng, w, rows, charmed, weight * charmed.weight);
	for (int i = 0; i < n; i++) {
		if (!(out[i].weight > 0))
			continue;
		struct bsm_flying g = {.pdg = out[i].pdg,
				       .charge = bsm_charge_of(out[i].pdg),
				       .m = bsm_pdg_mass(out[i].pdg),
				       .ctau = out[i].pdg == 2112 ? INFINITY : bsm_pdg_ctau(out[i].pdg),
				       .x = x,
				       .weight = weight * out[i].weight,
				       .depth = f->depth + 1};
		const struct bsm_cm_frame *cm = &hit.frame;
		double e = sqrt(out[i].p * out[i].p + g.m * g.m);
		int region = bsm_history_region(g.pdg, 2 * bsm_cm_pz(cm, e, out[i].p * out[i].ct) / cm->sqrt_s,
						out[i].p * out[i].st);
		g.history = f->depth ? f->history % 64 + 64 * region : region;
		g.p = bsm_p4_scale(out[i].p, bsm_turn_from(d, out[i].ct, out[i].st, 2 * BSM_PI * bsm_rng_uniform(rng)));
		g.p.e = e;
		push(w, rng, g);
	}
}

/* Share of stopped negative particles that decay before the nucleus captures them: muons by Z (T. Suzuki, D. F. Measday
 * and J. P. Roalsvig, Phys. Rev. C 35 (1987) 2212: lifetimes), mesons never. */
static double free_share(const struct bsm_flying *f, const struct bsm_matter *m)
{
	static const struct {
		int Z;
		double tau;
	} life[] = {{1, 2195}, {2, 2195}, {4, 2162}, {6, 2026}, {7, 1907}, {8, 1795}, {13, 864},
		    {14, 756}, {18, 537}, {20, 333}, {26, 206}, {29, 163}, {74, 78},  {82, 75}};
	double sum = 0, share = 0;
	if (f->charge > 0)
		return 1;
	if (abs(f->pdg) != 13)
		return 0;
	for (const struct bsm_element *e = m->material->element; e->Z; e++) {
		size_t i = 0;
		while (i + 1 < sizeof life / sizeof *life && life[i + 1].Z <= e->Z)
			i++;
		/* atoms catch muons in proportion to Z; the bound lifetime over the free one is the share that decays
		 */
		sum += e->fraction / e->A * e->Z;
		share += e->fraction / e->A * e->Z * fmin(life[i].tau / 2197.0, 1);
	}
	return sum > 0 ? share / sum : 0;
}

static void follow(const struct bsm_cascade *c, struct bsm_rng *rng, struct bsm_cascade_work *w,
		   struct bsm_decay_rows *rows, struct bsm_flying f)
{
	bsm_fly(c->layout, &f, rng, &w->trail);
	struct bsm_trail *t = &w->trail;
	if (!t->n)
		return;
	double age = isfinite(f.ctau) ? t->age[t->n - 1] : 0, survives = exp(-age);
	struct bsm_flying at = f;
	if (t->fate == BSM_INTERACTS)
		interact(c, rng, w, rows, &f, f.weight * survives);
	if (t->fate == BSM_STOPPED && isfinite(f.ctau)) {
		at.x = t->x[t->n - 1];
		at.x.e += -log(bsm_rng_uniform(rng)) * f.ctau / BSM_C;
		at.p = (struct bsm_p4){f.m, 0, 0, 0};
		for (int i = 0; i < 3 && abs(f.pdg) == 13; i++)
			at.pol[i] = t->pol[t->n - 1][i];
		decay(c, rng, w, rows, at, f.weight * survives * free_share(&f, &c->layout->matter[t->matter]));
	}
	if (age > 0) {
		at = f;
		bsm_trail_at(t, -log1p(bsm_rng_uniform(rng) * expm1(-age)), &at);
		decay(c, rng, w, rows, at, f.weight * -expm1(-age));
	}
}

static struct bsm_flying beam_proton(const struct bsm_proton_beam *b, struct bsm_rng *rng)
{
	double m = bsm_pdg_mass(2212), gx = bsm_rng_normal(rng), gy = bsm_rng_normal(rng);
	double tx = b->divergence_x < 0 ? b->divergence_x * gx : b->divergence_x * bsm_rng_normal(rng);
	double ty = b->divergence_y < 0 ? b->divergence_y * gy : b->divergence_y * bsm_rng_normal(rng);
	double k = b->momentum / sqrt(1 + tx * tx + ty * ty);
	return (struct bsm_flying){
		.pdg = 2212,
		.charge = 1,
		.m = m,
		.ctau = INFINITY,
		.weight = 1,
		.p = {sqrt(b->momentum * b->momentum + m * m), k * tx, k * ty, k},
		.x = {b->z / BSM_C, b->offset_x + b->spot_x * gx, b->offset_y + b->spot_y * gy, b->z}};
}

void bsm_cascade_proton(const struct bsm_cascade *c, struct bsm_rng *rng, struct bsm_cascade_work *w,
			struct bsm_decay_rows *rows)
{
	w->n = 0;
	w->stack[w->n++] = beam_proton(&c->beam, rng);
	while (w->n) {
		struct bsm_flying f = w->stack[--w->n];
		follow(c, rng, w, rows, f);
	}
}
