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
	int i, j, k;                     /* legs i, j make the pair whose s is the outer variable */
	double low, high;                /* of sqrt(s) of the pair */
	double pole, width;              /* Breit-Wigner of the pair; width = 0: none */
	double map_low, map_high;        /* range of the outer map's variable */
	struct bsm_p4 pair;              /* of the present s, along -z */
	double pair_mass, p_star;
};

static double over_cosine(double c, void *arg)
{
	struct dalitz *d = arg;
	double p = d->p_star, mi = d->mass[d->i], mj = d->mass[d->j], s = sqrt(fmax(0, (1 - c) * (1 + c)));
	struct bsm_p4 i = {sqrt(p * p + mi * mi), p * s, 0, p * c}, j = {sqrt(p * p + mj * mj), -i.x, 0, -i.z};
	d->out[d->i].p = d->width > 0 ? i : bsm_p4_boost_from_rest(i, d->pair, d->pair_mass);
	d->out[d->j].p = d->width > 0 ? j : bsm_p4_boost_from_rest(j, d->pair, d->pair_mass);
	return d->in.row->me2(&d->in, d->out);
}

/* ds/dx with s of the pair: sin^2 softens the square roots of both ends, atan flattens a Breit-Wigner. */
static double pair_map(const struct dalitz *d, double x, double *jacobian)
{
	double lo = d->low * d->low, hi = d->high * d->high;
	if (d->width > 0) {
		double t = tan(x), mw = d->pole * d->width;
		*jacobian = mw * (1 + t * t);
		return fmin(hi, fmax(lo, d->pole * d->pole + mw * t));
	}
	double s = sin(x);
	*jacobian = (hi - lo) * 2 * s * cos(x);
	return lo + (hi - lo) * s * s;
}

static double over_pair(double x, void *arg)
{
	struct dalitz *d = arg;
	double jacobian, s = pair_map(d, x, &jacobian);
	double pair_mass = sqrt(s), mk = d->mass[d->k];
	double p = bsm_two_body_p(d->m, pair_mass, mk);
	double p_star = bsm_two_body_p(pair_mass, d->mass[d->i], d->mass[d->j]);
	if (!(p_star > 0) || !(pair_mass > 0))
		return 0;
	d->pair_mass = pair_mass;
	d->p_star = p_star;
	d->pair = (struct bsm_p4){sqrt(p * p + s), 0, 0, -p};
	d->out[d->k].p = (struct bsm_p4){sqrt(p * p + mk * mk), 0, 0, p};
	if (d->width > 0) { /* in the pair's rest frame its s is exact for every cosine, so no rounding at the peak */
		p *= d->m / pair_mass;
		d->a.p = (struct bsm_p4){sqrt(p * p + d->m * d->m), 0, 0, p};
		d->out[d->k].p = (struct bsm_p4){sqrt(p * p + mk * mk), 0, 0, p};
		p *= pair_mass / d->m;
	}
	/* dPhi_3 = ds/(2 pi) p/(4 pi m) p_star/(4 pi sqrt(s)) dcos/2 after the three trivial angles. */
	double inner = bsm_integrate(over_cosine, d, -1, 1, 1e-12, NULL);
	return inner * p * p_star / (d->m * pair_mass) / (64 * BSM_PI * BSM_PI * BSM_PI) * jacobian;
}

static void choose_pair(struct dalitz *d, const struct bsm_process *row)
{
	const struct bsm_peak *peak = NULL;
	for (int n = 0; n < 4 && !peak; n++)
		if (row->peak[n].kind == BSM_BREIT_WIGNER && row->peak[n].mass && row->peak[n].width)
			peak = &row->peak[n];
	d->i = peak ? peak->i : 0;
	d->j = peak ? peak->j : 1;
	d->k = 3 - d->i - d->j;
	d->low = d->mass[d->i] + d->mass[d->j];
	d->high = d->m - d->mass[d->k];
	if (peak) {
		d->pole = peak->mass(d->in.par);
		d->width = peak->width(d->in.par);
	}
	d->map_low = 0;
	d->map_high = BSM_PI / 2;
	if (d->width > 0) {
		double mw = d->pole * d->width;
		d->map_low = atan((d->low * d->low - d->pole * d->pole) / mw);
		d->map_high = atan((d->high * d->high - d->pole * d->pole) / mw);
	}
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
	choose_pair(&d, in->row);
	return bsm_integrate(over_pair, &d, d.map_low, d.map_high, 1e-10, NULL) / (2 * m);
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
