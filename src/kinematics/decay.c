/* Two- and three-body decays, and the spin of particles made or destroyed by a left-chiral current. */
#include <stddef.h>

#include "bsmnu/model.h"
#include "core/constants.h"

double bsm_kallen(double a, double b, double c)
{
	double d = a - b - c, l = d * d - 4 * b * c;
	return l > 0 ? l : 0;
}

double bsm_two_body_p(double m, double m1, double m2)
{
	if (!(m > m1 + m2))
		return 0;
	/* As a product: exact close to threshold. */
	return sqrt((m - m1 - m2) * (m + m1 + m2) * (m - m1 + m2) * (m + m1 - m2)) / (2 * m);
}

double bsm_two_body_width(double me2, double m, double m1, double m2)
{
	return me2 * bsm_two_body_p(m, m1, m2) / (8 * BSM_PI * m * m);
}

double bsm_two_body_me2(double width, double m, double m1, double m2)
{
	double p = bsm_two_body_p(m, m1, m2);
	return p > 0 ? width * 8 * BSM_PI * m * m / p : 0;
}

/* ---- three-body width ---- */
struct dalitz {
	struct bsm_in in;
	struct bsm_particle a, out[3];
	double m, mass[3];
	double low, high;   /* of s of the pair of legs 0 and 1 */
	struct bsm_p4 pair; /* of the present s, along -z */
	double pair_mass, p_star;
};

static double over_cosine(double c, void *arg)
{
	struct dalitz *d = arg;
	double p = d->p_star, m0 = d->mass[0], m1 = d->mass[1], s = sqrt(fmax(0, (1 - c) * (1 + c)));
	struct bsm_p4 q = {sqrt(p * p + m0 * m0), p * s, 0, p * c};
	d->out[0].p = bsm_p4_boost_from_rest(q, d->pair, d->pair_mass);
	q = (struct bsm_p4){sqrt(p * p + m1 * m1), -q.x, 0, -q.z};
	d->out[1].p = bsm_p4_boost_from_rest(q, d->pair, d->pair_mass);
	return d->in.row->me2(&d->in, d->out);
}

static double over_pair(double x, void *arg)
{
	struct dalitz *d = arg;
	/* s = low + (high - low) sin^2 softens the square roots at both ends. */
	double sx = sin(x), jacobian = (d->high - d->low) * 2 * sx * cos(x), s = d->low + (d->high - d->low) * sx * sx;
	double pair_mass = sqrt(s), m2 = d->mass[2];
	double p = bsm_two_body_p(d->m, pair_mass, m2), p_star = bsm_two_body_p(pair_mass, d->mass[0], d->mass[1]);
	if (!(p_star > 0) || !(pair_mass > 0))
		return 0;
	d->pair_mass = pair_mass;
	d->p_star = p_star;
	d->pair = (struct bsm_p4){sqrt(p * p + s), 0, 0, -p};
	d->out[2].p = (struct bsm_p4){sqrt(p * p + m2 * m2), 0, 0, p};
	/* dPhi_3 = ds/(2 pi) p/(4 pi m) p_star/(4 pi sqrt(s)) dcos/2 after the three trivial angles. */
	double inner = bsm_integrate(over_cosine, d, -1, 1, 1e-12, NULL);
	return inner * p * p_star / (d->m * pair_mass) / (64 * BSM_PI * BSM_PI * BSM_PI) * jacobian;
}

double bsm_three_body_width(const struct bsm_in *in, double m, const double mass[3])
{
	if (!(m > mass[0] + mass[1] + mass[2]))
		return 0;
	struct dalitz d = {.in = *in, .m = m, .mass = {mass[0], mass[1], mass[2]}};
	d.a.m = m;
	d.a.p.e = m;
	if (in->a) {
		d.a.pdg = in->a->pdg;
		d.a.x = in->a->x;
	}
	d.in.a = &d.a;
	for (int n = 0; n < 3; n++) {
		d.out[n].pdg = in->row->out[n];
		d.out[n].m = mass[n];
	}
	d.low = (mass[0] + mass[1]) * (mass[0] + mass[1]);
	d.high = (m - mass[2]) * (m - mass[2]);
	return bsm_integrate(over_pair, &d, 0, BSM_PI / 2, 1e-10, NULL) / (2 * m);
}

/* ---- spin ---- */
/* u ubar = (p^ + m)(1 + g5 S^)/2, and between left projectors only p - m S survives; v vbar flips the sign of S. So
 * G.(p - sign m S) with S = (0, n) in the rest frame is G0 m + sign m G.n there: the polarisation is sign G/G0. */
void bsm_chiral_pol(struct bsm_p4 G, struct bsm_p4 p, double m, int sign, double pol[3])
{
	struct bsm_p4 g = bsm_p4_boost_to_rest(G, p, m);
	double k = g.e > 0 ? sign / g.e : 0;
	double length = k != 0 ? bsm_p4_mag(g) / g.e : 0;
	if (length > 1) /* only rounding can do this: G is never space-like */
		k /= length;
	pol[0] = k * g.x;
	pol[1] = k * g.y;
	pol[2] = k * g.z;
}

struct bsm_p4 bsm_pol_vector(const struct bsm_particle *a)
{
	return bsm_p4_boost_from_rest((struct bsm_p4){0, a->pol[0], a->pol[1], a->pol[2]}, a->p, a->m);
}
