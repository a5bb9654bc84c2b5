/* Drafts of the source kind `hadrons`: histories without a direction. The yields are closed formulas of momentum and
 * angle, so a history can be turned towards the detector first and weighed after: no ray misses, and both kinematic
 * solutions of the decay come with a smooth weight.
 * Numbers of a draft: u0 depth, u1 u2 beam spot, u3 momentum, u4 flight; for leptons u5 u6 direction, u7 flight. */
#include "core/constants.h"
#include "source/hadrons.h"

static const double p_min = 0.02; /* GeV: below, nothing reaches a detector */

/* Flight along p until the decay, no farther than the volume is long: the walls come with the direction. Returns the
 * probability of a decay within that. */
static double fly(const struct bsm_decay_volume *v, struct bsm_particle *a, double from_z, double ctau, double u)
{
	double longest = 1.1 * (bsm_decay_volume_end(v) - from_z);
	if (!(longest > 0))
		return 0;
	double p = bsm_p4_mag(a->p), lambda = p / a->m * ctau, inside = -expm1(-longest / lambda);
	double k = -lambda * log1p(-u * inside) / p;
	a->x.x += k * a->p.x;
	a->x.y += k * a->p.y;
	a->x.z += k * a->p.z;
	a->x.e += k * a->p.e / BSM_C;
	return inside;
}

double bsm_hadrons_draft(const struct bsm_source *s, int component, const double *u, struct bsm_draft *d)
{
	const struct bsm_hadrons *src = s->data;
	const struct bsm_hadron_component *c = &src->component[component];
	const struct bsm_hadron *h = &src->species[c->species];
	double w = bsm_hadrons_interaction(&src->target, u[0], u[1], u[2], &d->pivot);
	if (!(w > 0))
		return 0;
	/* p = p_min (p_max/p_min)^u: the engine's grid finds the rest */
	double range = log(h->pmax / p_min);
	d->p = p_min * exp(range * u[3]);
	struct bsm_particle a = {.pdg = h->pdg, .m = h->m, .p = {sqrt(d->p * d->p + h->m * h->m), 0, 0, d->p}};
	w *= d->p * range * h->scale * fly(&src->volume, &a, d->pivot.z, h->ctau, u[4]);
	d->daughter = c->lepton != 0;
	d->bend = a.x;
	d->leg = a;
	if (!d->daughter || !(w > 0))
		return w;
	bsm_lepton_of(&a, c->lepton, c->m, u + 5, &d->leg);
	return w * c->branching * fly(&src->volume, &d->leg, d->pivot.z + d->bend.z, c->ctau, u[7]);
}

/* Is the straight way from `from` to `to` (relative to the pivot, not turned) inside the volume? */
static int open_way(const struct bsm_decay_volume *v, const struct bsm_draft *d, const double R[3][3], struct bsm_p4 from,
		    struct bsm_p4 to)
{
	struct bsm_p4 way = bsm_p4_turn(R, bsm_p4_sub(to, from));
	return bsm_decay_volume_path(v, bsm_p4_add(d->pivot, bsm_p4_turn(R, from)), way) >= bsm_p4_mag(way);
}

double bsm_hadrons_turned(const struct bsm_source *s, int component, const struct bsm_draft *d, const double R[3][3])
{
	const struct bsm_hadrons *src = s->data;
	const struct bsm_hadron *h = &src->species[src->component[component].species];
	double ct = R[2][2], st = hypot(R[0][2], R[1][2]);
	double yield = h->density ? h->density(&h->law, d->p, ct, st) : bsm_charm_lab_density(&h->law.charm, d->p, ct, st);
	struct bsm_p4 start = {0, 0, 0, 0};
	if (!(yield > 0) || !open_way(&src->volume, d, R, start, d->bend) ||
	    (d->daughter && !open_way(&src->volume, d, R, d->bend, d->leg.x)))
		return 0;
	struct bsm_p4 along = bsm_p4_turn(R, (struct bsm_p4){0, 0, 0, d->p});
	return yield * bsm_hadrons_escape(&src->target, h, d->pivot, along, bsm_p4_mag(d->bend));
}
