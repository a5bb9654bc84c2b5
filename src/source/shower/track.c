#include "source/shower/track.h"

#include <math.h>

#include "core/constants.h"

static const double me = 0.51099895e-3;

/* The softer of two products is followed first, so that what waits halves at least with every one: log2(E/threshold) +
 * 2 places are enough. */
enum { STACK = 80 };

struct walk {
	const struct bsm_em_setup *setup;
	const struct bsm_em_watch *watch;
	struct bsm_rng *rng;
	struct bsm_em_balance *balance;
	struct bsm_em_particle p;
	int cylinder, waiting; /* cylinder: -1 outside */
	struct {
		struct bsm_em_particle p;
		int cylinder;
	} stack[STACK];
};

static double worth(const struct bsm_em_particle *p)
{
	return p->energy + (p->pdg < 0 ? 2 * me : 0);
}

static void deposit(const struct walk *w, struct bsm_p4 x, double energy)
{
	if (w->watch->deposit)
		w->watch->deposit(w->watch->arg, w->setup->cylinder[w->cylinder].medium, x, energy);
}

static void absorb(struct walk *w, double energy)
{
	w->balance->below += energy;
	deposit(w, w->p.x, energy);
}

static void push(struct walk *w, const struct bsm_em_particle *p)
{
	if (p->energy < w->setup->threshold || w->waiting == STACK) {
		absorb(w, worth(p));
		return;
	}
	w->stack[w->waiting].p = *p;
	w->stack[w->waiting++].cylinder = w->cylinder;
}

static void push_products(struct walk *w, const struct bsm_em_products *p)
{
	int swap = p->n == 2 && p->out[0].energy < p->out[1].energy;
	for (int i = 0; i < p->n; i++)
		push(w, &p->out[i ^ swap]);
	if (p->absorbed > 0)
		absorb(w, p->absorbed);
}

/* Length of the line inside the cylinder that it is in. */
static double way_out(const struct bsm_em_cylinder *c, struct bsm_p4 x, const double d[3])
{
	double a = d[0] * d[0] + d[1] * d[1], b = x.x * d[0] + x.y * d[1], r2 = x.x * x.x + x.y * x.y;
	double s = d[2] > 0 ? (c->z1 - x.z) / d[2] : d[2] < 0 ? (c->z0 - x.z) / d[2] : INFINITY;
	if (a > 0) {
		double room = fmax(0, c->radius * c->radius - r2), root = sqrt(b * b + a * room);
		s = fmin(s, b > 0 ? room / (b + root) : (root - b) / a);
	}
	return fmax(s, 0);
}

/* Distance to a cylinder that it is outside of; infinite if the line misses it. */
static double way_in(const struct bsm_em_cylinder *c, struct bsm_p4 x, const double d[3])
{
	double in = 0, out = INFINITY, slack = 1e-9;
	if (fabs(d[2]) > 0) {
		double t0 = (c->z0 - x.z) / d[2], t1 = (c->z1 - x.z) / d[2];
		in = fmax(in, fmin(t0, t1));
		out = fmax(t0, t1);
	} else if (!(x.z > c->z0 && x.z < c->z1)) {
		return INFINITY;
	}
	double a = d[0] * d[0] + d[1] * d[1], b = x.x * d[0] + x.y * d[1];
	double room = c->radius * c->radius - x.x * x.x - x.y * x.y, disc = b * b + a * room;
	if (a > 0) {
		if (!(disc > 0))
			return INFINITY;
		in = fmax(in, (-b - sqrt(disc)) / a);
		out = fmin(out, (-b + sqrt(disc)) / a);
	} else if (!(room > 0)) {
		return INFINITY;
	}
	return out > in + slack ? in : INFINITY;
}

static void move(struct bsm_em_particle *p, double s)
{
	double speed = BSM_C;
	if (p->pdg != 22)
		speed *= sqrt(p->energy * (p->energy + 2 * me)) / (p->energy + me);
	p->x.x += s * p->dir[0];
	p->x.y += s * p->dir[1];
	p->x.z += s * p->dir[2];
	p->x.e += s / speed;
}

static void leave(struct walk *w, int last)
{
	const struct bsm_em_cylinder *c = &w->setup->cylinder[last];
	double e = worth(&w->p);
	if (w->p.x.z >= c->z1)
		w->balance->front += e;
	else if (w->p.x.z <= c->z0)
		w->balance->back += e;
	else
		w->balance->side += e;
	if (w->watch->leave)
		w->watch->leave(w->watch->arg, &w->p);
}

/* From where the particle is, on or outside the surface of `from` (-1: anywhere), to the next cylinder. 0 if there is
 * none. */
static int next(struct walk *w, int from)
{
	double best = INFINITY;
	int at = -1;
	for (int i = 0; i < w->setup->cylinders; i++) {
		double s = i == from ? INFINITY : way_in(&w->setup->cylinder[i], w->p.x, w->p.dir);
		if (s < best) {
			best = s;
			at = i;
		}
	}
	if (at < 0) {
		leave(w, from < 0 ? 0 : from);
		return 0;
	}
	if (best > 0)
		move(&w->p, best);
	w->cylinder = at;
	return 1;
}

/* Onto the surface, and on. */
static int cross(struct walk *w)
{
	const struct bsm_em_cylinder *c = &w->setup->cylinder[w->cylinder];
	double tiny = 1e-9 * (1 + fabs(w->p.x.z));
	if (fabs(w->p.x.z - c->z1) < tiny && w->p.dir[2] > 0)
		w->p.x.z = c->z1;
	if (fabs(w->p.x.z - c->z0) < tiny && w->p.dir[2] < 0)
		w->p.x.z = c->z0;
	return next(w, w->cylinder);
}

/* A piece of length s that loses `loss`. */
static void segment(struct walk *w, double s, double loss)
{
	struct bsm_em_particle *p = &w->p;
	double rest = p->pdg == 22 ? 0 : me;
	if (w->watch->segment && s > 0) {
		struct bsm_em_segment g = {p->pdg,
					   w->setup->cylinder[w->cylinder].medium,
					   p->energy + rest,
					   p->energy + rest - loss,
					   p->x,
					   {p->dir[0], p->dir[1], p->dir[2]},
					   s};
		w->watch->segment(w->watch->arg, &g);
	}
	if (loss > 0) {
		struct bsm_em_particle half = *p;
		move(&half, 0.5 * s);
		deposit(w, half.x, loss);
		w->balance->along += loss;
	}
	move(p, s);
	p->energy -= loss;
}

static void photon(struct walk *w)
{
	for (;;) {
		const struct bsm_em_cylinder *c = &w->setup->cylinder[w->cylinder];
		const struct bsm_em_medium *m = &w->setup->medium[c->medium];
		double out = way_out(c, w->p.x, w->p.dir), s = INFINITY;
		if (m->n)
			s = -log(bsm_rng_uniform(w->rng)) / bsm_em_photon_rate(m, w->p.energy);
		if (s < out) {
			struct bsm_em_products made;
			segment(w, s, 0);
			bsm_em_photon_interacts(m, &w->p, w->rng, &made);
			push_products(w, &made);
			return;
		}
		segment(w, out, 0);
		if (!cross(w))
			return;
	}
}

enum glide { ON, CROSSED, GONE };

/* Straight on by s, at most to the surface or to where the energy meets the threshold. */
static enum glide glide(struct walk *w, const struct bsm_em_medium *m, double s)
{
	double out = way_out(&w->setup->cylinder[w->cylinder], w->p.x, w->p.dir), e = w->p.energy;
	int positron = w->p.pdg < 0, hits = s >= out;
	s = fmin(s, out);
	double rate = bsm_em_loss(m, positron, e), room = e - w->setup->threshold;
	rate = bsm_em_loss(m, positron, fmax(e - 0.5 * rate * s, w->setup->threshold));
	if (rate * s >= room) {
		segment(w, room / rate, room);
		absorb(w, worth(&w->p));
		return GONE;
	}
	segment(w, s, rate * s);
	if (!hits)
		return ON;
	return cross(w) ? CROSSED : GONE;
}

/* Square of the projected scattering angle per step: V. L. Highland, Nucl. Instrum. Meth. 129 (1975) 497, with Lynch
 * and Dahl's 13.6 MeV, at one radiation length: the logarithm for thinner layers would make the result depend on the
 * step. */
static double scattering(const struct bsm_em_medium *m, double energy, double s)
{
	double pb = energy * (energy + 2 * me) / (energy + me), a = 13.6e-3 / pb;
	return a * a * s / m->radiation_length;
}

static void scatter(struct walk *w, double theta2)
{
	double mean = -expm1(-theta2), mu = -mean * log(bsm_rng_uniform(w->rng));
	if (mu > 2)
		mu = 2 * bsm_rng_uniform(w->rng);
	bsm_em_turn(w->p.dir, 1 - mu, 2 * BSM_PI * bsm_rng_uniform(w->rng));
}

/* No step loses more than a fifth, or bends by more than half a radian. */
static double longest_step(const struct bsm_em_medium *m, const struct bsm_em_particle *p)
{
	return fmin(0.2 * p->energy / bsm_em_loss(m, p->pdg < 0, p->energy), 0.2 / scattering(m, p->energy, 1));
}

/* One step: it scatters at a random point of it, so that the end is displaced as it should be on average. */
static enum glide step(struct walk *w, const struct bsm_em_medium *m, double s)
{
	double first = s * bsm_rng_uniform(w->rng);
	enum glide g = glide(w, m, first);
	if (g != ON)
		return g;
	scatter(w, scattering(m, w->p.energy, s));
	return glide(w, m, s - first);
}

static void electron(struct walk *w)
{
	for (;;) {
		const struct bsm_em_cylinder *c = &w->setup->cylinder[w->cylinder];
		const struct bsm_em_medium *m = &w->setup->medium[c->medium];
		if (!m->n) {
			segment(w, way_out(c, w->p.x, w->p.dir), 0);
			if (!cross(w))
				return;
			continue;
		}
		int positron = w->p.pdg < 0;
		double most = m->row[bsm_em_place(m, w->p.energy).i].most[positron];
		double s = -log(bsm_rng_uniform(w->rng)) / most, longest = longest_step(m, &w->p);
		enum glide g = step(w, m, fmin(s, longest));
		if (g == GONE)
			return;
		if (g == CROSSED || s > longest)
			continue;
		if (bsm_rng_uniform(w->rng) * most < bsm_em_hard_rate(m, positron, w->p.energy)) {
			struct bsm_em_products made;
			bsm_em_electron_interacts(m, &w->p, w->rng, &made);
			push_products(w, &made);
			return;
		}
	}
}

static void follow(struct walk *w)
{
	if (w->p.pdg == 22)
		photon(w);
	else
		electron(w);
}

void bsm_em_shower(const struct bsm_em_setup *setup, const struct bsm_em_particle *primary, struct bsm_rng *rng,
		   const struct bsm_em_watch *watch, struct bsm_em_balance *balance)
{
	struct walk w;
	w.setup = setup;
	w.watch = watch;
	w.rng = rng;
	w.balance = balance;
	w.p = *primary;
	w.cylinder = -1;
	w.waiting = 0;
	balance->in += worth(primary);
	if (!next(&w, -1))
		return;
	if (w.p.energy < setup->threshold) {
		absorb(&w, worth(&w.p));
		return;
	}
	follow(&w);
	while (w.waiting) {
		w.p = w.stack[--w.waiting].p;
		w.cylinder = w.stack[w.waiting].cylinder;
		follow(&w);
	}
}
