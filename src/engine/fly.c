/* The flight of a leg to a point where its next vertex may be. */
#include <math.h>

#include "core/constants.h"
#include "engine/walk.h"

unsigned bsm_walk_roles(const struct bsm_job *job, unsigned where)
{
	unsigned roles = where & BSM_IN_DETECTOR ? job->spec.detector->wanted : 0;
	return where & BSM_IN_DIRT ? roles | 1u << BSM_DIRT : roles;
}

/* Probability to decay inside the segments. */
double bsm_walk_decay_probability(const struct bsm_segment *s, int n, double mu)
{
	double p = 0;
	for (int i = 0; i < n; i++)
		p += exp(-mu * s[i].from) * -expm1(-mu * (s[i].to - s[i].from));
	return p;
}

/* Chance to come as far as `length`, which is in segment `last`, without having been hit. */
static double not_hit_before(const struct bsm_walk *w, const struct bsm_link *l, const struct bsm_segment *s, int last, double length)
{
	double thickness = 0;
	int component = -2; /* of the source, in a first step: several may give the same particle */
	for (int k = 0; k < l->nchannel; k++) {
		const struct bsm_channel *c = &l->channel[k];
		struct bsm_particle target;
		if (c->in != w->leg.pdg || (component != -2 && c->component != component))
			continue;
		component = c->component;
		bsm_walk_set_target(c, &target);
		struct bsm_in in = bsm_walk_in(w->job, c, &w->leg, &target, NULL);
		double targets = 0; /* per cm2 */
		for (int i = 0; i <= last; i++)
			targets += 100 * (fmin(length, s[i].to) - s[i].from) *
				   bsm_walk_targets(w->job, c, s[i].volume);
		thickness += targets * c->row->total(&in);
	}
	return exp(-thickness);
}

/* Decay lengths in the detector from which on positions follow the decay law; a uniform one does as well below. */
static const double short_lived = 0.05;

/* A length along the line at which the next vertex is, and the length of line that u stands for there (one over its density). */
struct place { double length, line; int segment; };

static struct place uniform(const struct bsm_segment *s, int n, double total, double u)
{
	double at = u * total;
	int i = 0;
	for (; i < n - 1 && at > s[i].to - s[i].from; i++)
		at -= s[i].to - s[i].from;
	return (struct place){fmin(s[i].from + at, s[i].to), total, i};
}

/* By the decay law, for what decays at mu per metre with probability p inside the segments. */
static struct place decaying(const struct bsm_segment *s, int n, double mu, double p, double u)
{
	double left = u * p, here = 0;
	int i = 0;
	for (;; i++) {
		here = bsm_walk_decay_probability(&s[i], 1, mu);
		if (i == n - 1 || left <= here)
			break;
		left -= here;
	}
	/* left = exp(-mu from) (1 - exp(-mu x)) */
	double x = -log1p(-fmin(1 - 1e-16, left * exp(mu * s[i].from))) / mu;
	struct place at = {fmin(s[i].from + x, s[i].to), 0, i};
	at.line = p / mu * exp(mu * at.length);
	return at;
}

double bsm_walk_unhit(const struct bsm_walk *w, const struct bsm_link *l, struct bsm_p4 from, struct bsm_p4 n, double length)
{
	struct bsm_segment s[BSM_SEGMENTS];
	int count = bsm_detector_cross(w->job->spec.detector, bsm_walk_roles(w->job, l->step->where), bsm_frame_point(w->job->frame, from),
				       bsm_frame_direction(w->job->frame, n), s);
	int last = 0;
	while (last < count - 1 && s[last + 1].from < length)
		last++;
	return count ? not_hit_before(w, l, s, last, length) : 1;
}

double bsm_walk_fly(struct bsm_walk *w, const struct bsm_link *l, double u)
{
	const struct bsm_job *job = w->job;
	struct bsm_segment s[BSM_SEGMENTS];
	double p = bsm_p4_mag(w->leg.p);
	if (!(p > 0))
		return 0;
	struct bsm_p4 n = bsm_p4_scale(1 / p, w->leg.p);
	int count = bsm_detector_cross(job->spec.detector, bsm_walk_roles(job, l->step->where), bsm_frame_point(job->frame, w->leg.x),
				       bsm_frame_direction(job->frame, n), s);
	double total = 0;
	for (int i = 0; i < count; i++)
		total += s[i].to - s[i].from;
	if (!(total > 0))
		return 0;
	w->flight = (struct bsm_flight){.path = total, .probability = NAN, .unhit = 1};
	const struct bsm_menu *menu = bsm_walk_menu(l, w->leg.pdg);
	struct place at = uniform(s, count, total, u);
	if (menu && menu->width > 0) {
		double mu = bsm_walk_per_metre(&w->leg) * menu->width, chance = bsm_walk_decay_probability(s, count, mu);
		w->flight.probability = chance;
		if (mu * total > short_lived && menu->chosen > 0 && chance > 1e-250)
			at = decaying(s, count, mu, chance, u);
	}
	w->flight.length = at.length;
	w->flight.volume = s[at.segment].volume;
	if (l->thins)
		w->flight.unhit = not_hit_before(w, l, s, at.segment, at.length);
	double t = w->leg.x.e + at.length * w->leg.p.e / (p * BSM_C);
	w->leg.x = bsm_p4_add(w->leg.x, bsm_p4_scale(at.length, n));
	w->leg.x.e = t;
	return at.line;
}
