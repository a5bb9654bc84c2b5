/* Source kind `hadrons`: protons on a bare target, hadrons out of the published yields, straight flight, decay inside a
 * volume. No magnetic horns, no secondary interactions: docs/physics/hadrons.md says how much that is.
 * Numbers of a ray: u0 depth, u1 momentum or xF, u2 angle or pT, u3 azimuth, u4 flight, u5 u6 beam spot; for leptons of
 * two-body decays u7 u8 direction, u9 flight. */
#include "source/hadrons.h"

#include "core/constants.h"
#include "kinematics/split.h"

/* Where the proton interacts: weight per proton. */
double bsm_hadrons_interaction(const struct bsm_hadron_target *t, double u, double u5, double u6,
			       struct bsm_p4 *x)
{
	x->x = x->y = 0;
	if (t->spot_x > 0 || t->spot_y > 0) {
		double r = sqrt(-2 * log1p(-u5)), phi = 2 * BSM_PI * u6;
		x->x = t->spot_x * r * cos(phi);
		x->y = t->spot_y * r * sin(phi);
		if (!(x->x * x->x + x->y * x->y < t->radius * t->radius))
			return 0;
	}
	x->z = t->z0 - log1p(-u * t->removed) / t->attenuation;
	x->e = x->z / BSM_C; /* time 0: the proton at z = 0 */
	return t->produces * t->removed;
}

/* Momentum at production: number per interaction and du. */
static double production(const struct bsm_hadron *h, const struct bsm_yield_map *map, const double *u,
			 struct bsm_p4 *out)
{
	double p, ct, st, w;
	if (h->density) {
		w = bsm_yield_map_draw(map, u[0], u[1], &p, &ct, &st);
		w *= h->density(&h->law, p, ct, st);
	} else {
		w = bsm_charm_map(&h->law.charm, u[0], u[1], &p, &ct, &st);
	}
	if (!(w > 0))
		return 0;
	double phi = 2 * BSM_PI * u[2];
	*out = (struct bsm_p4){sqrt(p * p + h->m * h->m), p * st * cos(phi), p * st * sin(phi), p * ct};
	return w * h->scale;
}

/* Survival of the hadron on its way out of the target, or to its decay if that comes first. */
double bsm_hadrons_escape(const struct bsm_hadron_target *t, const struct bsm_hadron *h, struct bsm_p4 x,
			  struct bsm_p4 p, double flown)
{
	if (!(h->absorb > 0) || !(p.z > 0))
		return 1;
	return exp(-h->absorb * fmin(flown, bsm_decay_volume_path(&t->rod, x, p)));
}

void bsm_lepton_of(const struct bsm_particle *parent, int32_t lepton, double ml, const double *u,
		   struct bsm_particle *out)
{
	struct bsm_p4 nu;
	*out = (struct bsm_particle){.pdg = lepton, .m = ml, .x = parent->x};
	bsm_split(parent->p, parent->m, ml, 0, u, &out->p, &nu);
	/* Seen from the lepton at rest, parent and neutrino move along one line, and the neutrino's handedness fixes
	 * the spin: along the neutrino for l+ nu, against the antineutrino for l- nubar. */
	struct bsm_p4 k = bsm_p4_boost_to_rest(nu, out->p, ml);
	double n = (lepton < 0 ? 1 : -1) / bsm_p4_mag(k);
	out->pol[0] = n * k.x;
	out->pol[1] = n * k.y;
	out->pol[2] = n * k.z;
}

struct guide {
	const struct bsm_hadrons *src;
	const struct bsm_hadron *h;
	const struct bsm_hadron_component *c;
};

/* What the map aims at: the yield times the chance of all the decays, from a typical depth, the lepton taken to follow
 * its parent with the mean energy from half way. */
static double guide_density(const void *arg, double p, double ct, double st)
{
	const struct guide *g = arg;
	const struct bsm_hadron *h = g->h;
	const struct bsm_hadron_target *t = &g->src->target;
	double yield = h->density(&h->law, p, ct, st), w = yield;
	if (!(w > 0))
		return 0;
	struct bsm_particle a = {.pdg = h->pdg, .m = h->m, .p = {sqrt(p * p + h->m * h->m), p * st, 0, p * ct}};
	a.x.z = t->z0 + fmin(0.5 * t->length, 1 / t->attenuation);
	w *= bsm_hadrons_escape(t, h, a.x, a.p, INFINITY) * bsm_decay_in_flight(&g->src->volume, &a, h->ctau, 0.5);
	if (!g->c->lepton)
		return w;
	double ratio = g->c->m / h->m, k = 0.5 * (1 + ratio * ratio);
	if (ratio < 0.5) /* a light lepton leaves the line of its parent: half of the advice */
		return sqrt(w * yield);
	double path = bsm_decay_volume_path(&g->src->volume, a.x, a.p);
	return w * -expm1(-path * g->c->m / (k * p * g->c->ctau));
}

void bsm_hadrons_init_map(struct bsm_hadrons *src, int component)
{
	struct bsm_hadron_component *c = &src->component[component];
	struct guide g = {src, &src->species[c->species], c};
	if (g.h->density)
		bsm_yield_map_init(&c->map, guide_density, &g, 0.02, g.h->pmax);
}

/* A proton of the beam where it would interact: the weight is the track that all of them leave in the target. */
static double proton(const struct bsm_hadron_target *t, const double *u, struct bsm_particle *out)
{
	double m = bsm_pdg_mass(2212);
	*out = (struct bsm_particle){.pdg = 2212, .m = m, .p = {sqrt(t->beam_p * t->beam_p + m * m), 0, 0, t->beam_p}};
	double interacts = bsm_hadrons_interaction(t, u[0], u[5], u[6], &out->x);
	return interacts / (t->produces * t->attenuation);
}

double bsm_hadrons_ray(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct bsm_hadrons *src = s->data;
	const struct bsm_hadron_component *c = &src->component[component];
	if (c->species == BSM_BEAM_PROTON)
		return proton(&src->target, u, out);
	const struct bsm_hadron *h = &src->species[c->species];
	struct bsm_particle a = {.pdg = h->pdg, .m = h->m};
	double w = bsm_hadrons_interaction(&src->target, u[0], u[5], u[6], &a.x);
	if (!(w > 0))
		return 0;
	w *= production(h, &c->map, u + 1, &a.p);
	if (!(w > 0))
		return 0;
	struct bsm_p4 start = a.x;
	w *= bsm_decay_in_flight(&src->volume, &a, h->ctau, u[4]);
	if (!(w > 0))
		return 0;
	w *= bsm_hadrons_escape(&src->target, h, start, a.p, bsm_p4_mag(bsm_p4_sub(a.x, start)));
	if (!c->lepton) {
		*out = a;
		return w;
	}
	bsm_lepton_of(&a, c->lepton, c->m, u + 7, out);
	return w * c->branching * bsm_decay_in_flight(&src->volume, out, c->ctau, u[9]);
}
