#include "kinematics/split.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

void bsm_split(struct bsm_p4 P, double m, double m1, double m2, const double *u, struct bsm_p4 *p1, struct bsm_p4 *p2)
{
	double p = bsm_two_body_p(m, m1, m2), c = 2 * u[0] - 1, s = 2 * sqrt(u[0] * (1 - u[0])), f = 2 * pi * u[1];
	struct bsm_p4 k = {sqrt(p * p + m1 * m1), p * s * cos(f), p * s * sin(f), p * c};
	if (p1)
		*p1 = bsm_p4_boost_from_rest(k, P, m);
	if (p2) {
		struct bsm_p4 q = {sqrt(p * p + m2 * m2), -k.x, -k.y, -k.z};
		*p2 = bsm_p4_boost_from_rest(q, P, m);
	}
}

struct branch { double lo, hi; }; /* an interval of the rest-frame cosine */

/* Rest-frame cosines that give the lab polar angle with sine st and cosine ct: roots of
 * (k^2 + t^2) c^2 + 2 t^2 g c + t^2 g^2 - k^2 = 0 with t = gamma st, k = ct, g = beta E1 / p in the rest frame. */
static double root(double gamma, double g, double st, double ct, int forward)
{
	double t = gamma * st, k2 = ct * ct, t2 = t * t, d = k2 + t2 * (1 - g * g);
	double r = fabs(ct) * sqrt(d > 0 ? d : 0);
	double c = (-t2 * g + (forward ? r : -r)) / (k2 + t2);
	return c < -1 ? -1 : c > 1 ? 1 : c;
}

/* The rest-frame cosines whose lab angle lies in [lo, hi]: up to two intervals. Returns how many. */
static int preimage(double gamma, double g, double lo, double hi, struct branch *b)
{
	double slo = sin(lo), clo = cos(lo), shi = sin(hi), chi = cos(hi);
	if (g < 1) { /* every lab angle once, falling cosine with rising angle */
		b[0].hi = lo <= 0 ? 1 : root(gamma, g, slo, clo, clo >= 0);
		b[0].lo = hi >= pi ? -1 : root(gamma, g, shi, chi, chi >= 0);
		return 1;
	}
	double most = g > 1 ? atan(1 / (gamma * sqrt(g * g - 1))) : pi / 2; /* the largest lab angle: two solutions below */
	if (lo >= most)
		return 0;
	double up = lo <= 0 ? 1 : root(gamma, g, slo, clo, 1), down = lo <= 0 ? -1 : root(gamma, g, slo, clo, 0);
	if (hi >= most) {
		b[0] = (struct branch){down, up};
		return 1;
	}
	b[0] = (struct branch){root(gamma, g, shi, chi, 1), up};
	b[1] = (struct branch){down, root(gamma, g, shi, chi, 0)};
	return 2;
}

/* Half width in azimuth of a cone (centre at polar angle a, half angle h) at polar angle t. */
static double azimuth_width(double st, double ct, double a, double h)
{
	double s = st * sin(a), c = cos(h) - ct * cos(a);
	if (c <= -s)
		return pi;
	return c >= s ? 0 : acos(c / s);
}

/* An aimed split but for its numbers: where the cone is seen from the parent, and which rest-frame cosines reach it. */
struct aimed { double p, gamma, shift, a, len0, len; struct bsm_p4 n; struct branch b[2]; };

static int aimed_init(struct bsm_p4 P, double m, double m1, double m2, const struct bsm_cone *cone, struct aimed *s)
{
	s->p = bsm_two_body_p(m, m1, m2);
	if (!(s->p > 0))
		return 0;
	double e1 = sqrt(s->p * s->p + m1 * m1), P3 = bsm_p4_mag(P);
	int rests = P3 < 1e-9 * m; /* then any axis does: take the cone's own */
	s->n = rests ? cone->axis : bsm_p4_scale(1 / P3, P);
	s->gamma = P.e / m;
	s->shift = rests ? 0 : P3 / P.e * e1;
	s->a = atan2(bsm_p4_mag(bsm_p4_cross(s->n, cone->axis)), bsm_p4_dot3(s->n, cone->axis));
	s->b[0] = s->b[1] = (struct branch){0, 0};
	int count = preimage(s->gamma, s->shift / s->p, fmax(0, s->a - cone->half), fmin(pi, s->a + cone->half), s->b);
	s->len0 = count ? s->b[0].hi - s->b[0].lo : 0;
	s->len = count == 2 ? s->len0 + s->b[1].hi - s->b[1].lo : s->len0;
	return s->len > 0;
}

double bsm_split_aimed_fraction(struct bsm_p4 P, double m, double m1, double m2, const struct bsm_cone *cone, struct bsm_p4 p1)
{
	struct aimed s;
	double lab = bsm_p4_mag(p1);
	struct bsm_p4 across_axis = bsm_p4_cross(p1, cone->axis);
	if (cone->half >= pi)
		return 1;
	if (!(lab > 0) || !(atan2(bsm_p4_mag(across_axis), bsm_p4_dot3(p1, cone->axis)) <= cone->half) ||
	    !aimed_init(P, m, m1, m2, cone, &s))
		return 0;
	double width = azimuth_width(bsm_p4_mag(bsm_p4_cross(p1, s.n)) / lab, bsm_p4_dot3(p1, s.n) / lab, s.a, cone->half);
	return s.len / 2 * (width / pi);
}

double bsm_split_aimed(struct bsm_p4 P, double m, double m1, double m2, const struct bsm_cone *cone, const double *u,
		       struct bsm_p4 *p1, struct bsm_p4 *p2)
{
	if (cone->half >= pi) {
		bsm_split(P, m, m1, m2, u, p1, p2);
		return 1;
	}
	struct aimed s;
	if (!aimed_init(P, m, m1, m2, cone, &s))
		return 0;
	struct bsm_p4 n = s.n, d = cone->axis;
	double at = u[0] * s.len, c = at < s.len0 ? s.b[0].lo + at : s.b[1].lo + (at - s.len0), a = s.a;
	double pt = s.p * sqrt(fmax(0, (1 - c) * (1 + c))), pl = s.gamma * (s.p * c + s.shift);
	double lab = hypot(pt, pl);
	if (!(lab > 0))
		return 0;
	double width = azimuth_width(pt / lab, pl / lab, a, cone->half);
	double f = (2 * u[1] - 1) * width;
	struct bsm_p4 x, y;
	if (a > 1e-12 && a < pi - 1e-12) { /* x: towards the cone, across the parent */
		x = bsm_p4_sub(d, bsm_p4_scale(bsm_p4_dot3(d, n), n));
		x = bsm_p4_scale(1 / bsm_p4_mag(x), x);
		y = bsm_p4_cross(n, x);
	} else {
		bsm_p4_across(n, &x, &y);
	}
	double cx = pt * cos(f), cy = pt * sin(f);
	*p1 = (struct bsm_p4){0, cx * x.x + cy * y.x + pl * n.x, cx * x.y + cy * y.y + pl * n.y,
			      cx * x.z + cy * y.z + pl * n.z};
	p1->e = sqrt(bsm_p4_dot3(*p1, *p1) + m1 * m1);
	if (p2) {
		*p2 = bsm_p4_sub(P, *p1);
		p2->e = sqrt(bsm_p4_dot3(*p2, *p2) + m2 * m2);
	}
	return s.len / 2 * (width / pi);
}

int bsm_phase_space_ndim(int n)
{
	return 3 * n - 4;
}

/* Squared mass between lo and hi from u, flat or along a Breit-Wigner; *weight gets ds/du. */
static double pair_mass2(double lo, double hi, const struct bsm_resonance *r, double u, double *weight)
{
	if (!r || !(r->width > 0)) {
		*weight = hi - lo;
		return lo + u * (hi - lo);
	}
	double m2 = r->mass * r->mass, mw = r->mass * r->width, a = atan((lo - m2) / mw), b = atan((hi - m2) / mw);
	double s = fmin(hi, fmax(lo, m2 + mw * tan(a + u * (b - a))));
	*weight = (b - a) * ((s - m2) * (s - m2) + mw * mw) / mw;
	return s;
}

double bsm_phase_space(struct bsm_p4 P, double m, int n, struct bsm_particle *out, int first, const struct bsm_cone *cone,
		       const double *u)
{
	return bsm_phase_space_peaked(P, m, n, out, first, cone, NULL, u);
}

double bsm_phase_space_peaked(struct bsm_p4 P, double m, int n, struct bsm_particle *out, int first,
			      const struct bsm_cone *cone, const struct bsm_resonance *pair, const double *u)
{
	/* The leg that recoils against a resonance comes first, whatever is aimed. */
	int order[BSM_OUT], k = 0, lone = n == 3 && pair ? 3 - pair->i - pair->j : -1;
	if (lone >= 0)
		order[k++] = lone;
	if (first >= 0 && first != lone)
		order[k++] = first;
	for (int i = 0; i < n; i++)
		if (i != first && i != lone)
			order[k++] = i;
	double rest = 0; /* masses still to come */
	for (int i = 0; i < n; i++)
		rest += out[i].m;
	if (m <= rest)
		return 0;
	double weight = 1;
	for (int i = 0; i < n - 1; i++) {
		struct bsm_particle *leg = &out[order[i]];
		rest -= leg->m;
		double mx = out[order[n - 1]].m; /* of what recoils against the leg */
		if (i < n - 2) {
			double ds;
			mx = sqrt(pair_mass2(rest * rest, (m - leg->m) * (m - leg->m), pair, *u++, &ds));
			weight *= ds / (2 * pi);
		}
		struct bsm_p4 *other = i == n - 2 ? &out[order[n - 1]].p : &P, p;
		double fraction = 1;
		weight *= bsm_two_body_p(m, leg->m, mx) / (4 * pi * m);
		if (cone && order[i] == first)
			fraction = bsm_split_aimed(P, m, leg->m, mx, cone, u, &leg->p, &p);
		else
			bsm_split(P, m, leg->m, mx, u, &leg->p, &p);
		*other = p;
		weight *= fraction;
		if (!(weight > 0))
			return 0;
		u += 2;
		m = mx;
	}
	return weight;
}

double bsm_aim(const struct bsm_in *in, const double u[2], struct bsm_p4 *n)
{
	if (!in->aim || in->aim->half >= pi)
		return 0;
	struct bsm_p4 x, y, a = in->aim->axis;
	double drop = 2 * sin(in->aim->half / 2) * sin(in->aim->half / 2), d = drop * u[0], c = 1 - d; /* 1 - cos, precisely */
	double s = sqrt(d * (2 - d)), f = 2 * pi * u[1];
	bsm_p4_across(a, &x, &y);
	*n = (struct bsm_p4){0, c * a.x + s * (cos(f) * x.x + sin(f) * y.x), c * a.y + s * (cos(f) * x.y + sin(f) * y.y),
			     c * a.z + s * (cos(f) * x.z + sin(f) * y.z)};
	return 2 * pi * drop;
}

double bsm_aimed_split(const struct bsm_in *in, struct bsm_p4 P, double m, int i, int j, struct bsm_particle *out,
		       const double u[2])
{
	struct bsm_particle *first = &out[in->take == j ? j : i], *second = &out[in->take == j ? i : j];
	if (!(m > first->m + second->m))
		return 0;
	if (in->aim && (in->take == i || in->take == j))
		return bsm_split_aimed(P, m, first->m, second->m, in->aim, u, &first->p, &second->p);
	bsm_split(P, m, first->m, second->m, u, &first->p, &second->p);
	return 1;
}
