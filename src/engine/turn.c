/* Turning drafts. A history from the proton to the new particle, made along +z, is turned as one piece about the point
 * where the proton interacted, until the new particle's line meets a point y of the detector. With R = |y - pivot|, L the
 * flight from the last decay, n its direction and r its end, both in the draft's frame,
 *     dOmega_hadron dphi dL = d3y dphi' / (R r.n)       (Haar measure of the rotations; dR/dL = r.n / R),
 * so the weight is smooth: no ray misses, and the edge of the decay cone, where the Jacobian of one direction diverges, is
 * never divided by. tests/unit/slow_turn.c holds it against rays. */
#include <math.h>

#include "core/constants.h"
#include "engine/walk.h"

/* A point of these volumes, uniform; the detector's frame. -1 if an earlier volume owns it. */
static int point_in(const struct bsm_job *job, const struct bsm_aim_at *at, const double *u, struct bsm_p4 *y)
{
	const struct bsm_detector *d = job->spec.detector;
	double pick = u[0] * at->volume_m3;
	int i = 0, last = 0;
	for (; i < d->nvolume; i++) {
		if (!((at->roles >> d->volume[i].role) & 1))
			continue;
		double size = bsm_volume_size(&d->volume[i]);
		last = i;
		if (pick < size)
			break;
		pick -= size;
	}
	if (i == d->nvolume)
		i = last; /* rounding at u = 1 */
	const struct bsm_volume *v = &d->volume[i];
	bsm_volume_point(v, fmin(pick / bsm_volume_size(v), 1), u[1], u[2], y);
	return d->nvolume == 1 || bsm_detector_at(d, *y) == i ? i : -1;
}

/* A point where the next vertex may be. With dirt, which is large, half of the trials stay in the detector. *measure gets d3y/du. */
static int next_point(const struct bsm_job *job, const double *u, struct bsm_p4 *y, double *measure)
{
	const struct bsm_aim_at *small = &job->detector, *large = &job->next;
	*measure = large->volume_m3;
	if (large->roles == small->roles)
		return point_in(job, large, u, y);
	double v[3] = {u[0] < 0.5 ? 2 * u[0] : 2 * u[0] - 1, u[1], u[2]};
	int i = point_in(job, u[0] < 0.5 ? small : large, v, y);
	int inside = i >= 0 && ((small->roles >> job->spec.detector->volume[i].role) & 1);
	*measure = 1 / (0.5 / large->volume_m3 + (inside ? 0.5 / small->volume_m3 : 0));
	return i;
}

/* Two unit vectors that complete the unit vector n to a right-handed frame. */
static void complete(struct bsm_p4 n, struct bsm_p4 *a, struct bsm_p4 *b)
{
	struct bsm_p4 t = fabs(n.x) < 0.7 ? (struct bsm_p4){0, 1, 0, 0} : (struct bsm_p4){0, 0, 1, 0};
	*a = bsm_p4_cross(n, t);
	*a = bsm_p4_scale(1 / bsm_p4_mag(*a), *a);
	*b = bsm_p4_cross(n, *a);
}

/* The rotation that takes `from` to `to` (unit vectors), rolled by an angle about `to`. */
static void rotation(struct bsm_p4 from, struct bsm_p4 to, double roll, double R[3][3])
{
	struct bsm_p4 a, b, e, f;
	double c = cos(roll), s = sin(roll);
	complete(from, &a, &b);
	complete(to, &e, &f);
	struct bsm_p4 g = bsm_p4_add(bsm_p4_scale(c, e), bsm_p4_scale(s, f));
	struct bsm_p4 h = bsm_p4_sub(bsm_p4_scale(c, f), bsm_p4_scale(s, e));
	const double in[3][3] = {{a.x, a.y, a.z}, {b.x, b.y, b.z}, {from.x, from.y, from.z}};
	const double out[3][3] = {{g.x, g.y, g.z}, {h.x, h.y, h.z}, {to.x, to.y, to.z}};
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			R[i][j] = out[0][i] * in[0][j] + out[1][i] * in[1][j] + out[2][i] * in[2][j];
}

static struct bsm_particle turn_particle(const double R[3][3], const struct bsm_draft *d, const struct bsm_particle *p)
{
	struct bsm_particle q = *p;
	q.p = bsm_p4_turn(R, p->p);
	q.x = bsm_p4_add(d->pivot, bsm_p4_turn(R, p->x));
	struct bsm_p4 s = bsm_p4_turn(R, (struct bsm_p4){0, p->pol[0], p->pol[1], p->pol[2]});
	q.pol[0] = s.x;
	q.pol[1] = s.y;
	q.pol[2] = s.z;
	return q;
}

/* For the event's record: the whole way inside the detector, and the chance of a decay there. */
static void look_along(struct bsm_walk *w, const struct bsm_link *next, struct bsm_p4 n)
{
	const struct bsm_job *job = w->job;
	struct bsm_segment s[BSM_SEGMENTS];
	int count = bsm_detector_cross(job->spec.detector, job->spec.detector->wanted, bsm_frame_point(job->frame, w->leg.x),
				       bsm_frame_direction(job->frame, n), s);
	const struct bsm_menu *menu = bsm_walk_menu(next, w->leg.pdg);
	w->flight.path = 0;
	for (int i = 0; i < count; i++)
		w->flight.path += s[i].to - s[i].from;
	w->flight.probability = NAN;
	if (menu && menu->width > 0)
		w->flight.probability = bsm_walk_decay_probability(s, count, bsm_walk_per_metre(&w->leg) * menu->width);
}

double bsm_walk_turned(struct bsm_walk *w, const struct bsm_channel *c, const double *x)
{
	const struct bsm_job *job = w->job;
	const struct bsm_source *s = job->spec.source;
	const double *tail = x + c->grid.ndim - 4; /* point and roll come last */
	struct bsm_particle out[BSM_OUT];
	struct bsm_draft d;
	struct bsm_p4 y;
	w->weight *= s->draft(s, c->component, x, &d);
	double measure;
	int volume = w->weight > 0 ? next_point(job, tail, &y, &measure) : -1;
	if (volume < 0)
		return 0;
	w->leg = d.leg;
	double density = bsm_walk_interact(w, c, x + s->draft_ndim, NULL, NULL, out);
	if (!(density > 0))
		return 0;
	w->weight *= density / c->in_width; /* it decays for certain: a branching ratio */
	if (w->keep)
		w->keep(w->keep_arg, &(struct bsm_kept){0, c, &w->leg, NULL, out, 0, 1, x + s->draft_ndim, NULL});
	struct bsm_p4 to = bsm_p4_sub(bsm_frame_to_beam(job->frame, y), d.pivot), p = out[c->take].p, start = d.leg.x;
	double speed = bsm_p4_mag(p), R2 = bsm_p4_dot3(to, to), reach = sqrt(R2);
	if (!(speed > 0))
		return 0;
	struct bsm_p4 n = bsm_p4_scale(1 / speed, p);
	double b = bsm_p4_dot3(start, n), root = b * b + R2 - bsm_p4_dot3(start, start);
	double rn = sqrt(fmax(root, 0)), L = rn - b; /* rn = r.n: r = start + L n */
	if (!(root > 0) || !(L > 0))
		return 0;
	double turned[3][3];
	struct bsm_p4 from = bsm_p4_scale(1 / reach, bsm_p4_add(start, bsm_p4_scale(L, n)));
	rotation(from, bsm_p4_scale(1 / reach, to), 2 * BSM_PI * tail[3], turned);
	w->weight *= s->turned(s, c->component, &d, (const double(*)[3])turned);
	if (!(w->weight > 0))
		return 0;
	struct bsm_particle ray = turn_particle((const double(*)[3])turned, &d, &d.leg);
	w->leg = turn_particle((const double(*)[3])turned, &d, &out[c->take]);
	n = bsm_p4_turn((const double(*)[3])turned, n);
	w->flight = (struct bsm_flight){.length = L, .path = NAN, .probability = NAN, .unhit = 1, .volume = volume};
	if (w->event) {
		bsm_walk_history(w, &ray, c);
		look_along(w, &job->link[1], n);
	}
	if (job->link[1].thins)
		w->flight.unhit = bsm_walk_unhit(w, &job->link[1], w->leg.x, n, L);
	double t = w->leg.x.e + L * w->leg.p.e / (speed * BSM_C);
	w->leg.x = bsm_p4_add(w->leg.x, bsm_p4_scale(L, n));
	w->leg.x.e = t;
	return measure / (reach * rn);
}
