#include "kinematics/exchange.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

int bsm_exchange_range(double s, double ma, double mb, double m1, double m2, double *near, double *far)
{
	double w = sqrt(s), A = ma * ma, B = mb * mb, C = m1 * m1, D = m2 * m2;
	if (!(w > m1 + m2) || !(w > ma + mb))
		return 0;
	double pi_ = bsm_two_body_p(w, ma, mb), pf = bsm_two_body_p(w, m1, m2);
	/* 4 s (pi^2 - pf^2) = lambda(s, A, B) - lambda(s, C, D), without the terms that cancel */
	double difference = (A - C) * (A + C - 2 * s) + (B - D) * (B + D - 2 * s) - 2 * (A * (B - D) + (A - C) * D);
	double dp = difference / (4 * s * (pi_ + pf)), dE = (A - B - C + D) / (2 * w);
	*near = dp * dp - dE * dE;
	*far = *near + 4 * pi_ * pf;
	return *far > *near;
}

/* The part of the range where leg 2 has its wanted kinetic energies; b at rest. */
static int cut_range(const struct bsm_exchange *x, double mb, double m2, double *near, double *far)
{
	/* t = mb^2 + m2^2 - 2 mb (m2 + T) */
	double at_rest = -(mb - m2) * (mb - m2);
	*near = fmax(*near, at_rest + 2 * mb * x->tmin);
	*far = fmin(*far, at_rest + 2 * mb * x->tmax);
	return *far > *near;
}

/* -t between near and far; *weight gets d(-t)/du. */
static double draw(const struct bsm_exchange *x, double near, double far, double u, double *weight)
{
	/* t > 0 is reached where b is lighter than leg 2, a bound nucleon: any point in front of it does as a pole there. */
	double M2 = fmax(x->mass * x->mass, near < 0 ? -near + 1e-6 * (far - near) : 0), a = M2 + near, b = M2 + far, y;
	if (!(a > 0)) {
		*weight = 0;
		return near;
	}
	if (x->power == 2) {
		y = 1 / ((1 - u) / a + u / b);
		*weight = y * y * (b - a) / (a * b);
	} else {
		double l = log(b / a);
		y = a * exp(u * l);
		*weight = y * l;
	}
	return fmin(far, fmax(near, y - M2));
}

/* d(-t)/du of draw() at q2. */
static double drawn_at(const struct bsm_exchange *x, double near, double far, double q2)
{
	double M2 = fmax(x->mass * x->mass, near < 0 ? -near + 1e-6 * (far - near) : 0), a = M2 + near, b = M2 + far, y = M2 + q2;
	if (!(a > 0))
		return 0;
	return x->power == 2 ? y * y * (b - a) / (a * b) : y * log(b / a);
}

double bsm_exchange_split(const struct bsm_exchange *x, const struct bsm_particle *a, const struct bsm_particle *b,
			  struct bsm_particle *out, const double *u)
{
	int rests = !(bsm_p4_dot3(b->p, b->p) > 0);
	struct bsm_p4 p = rests ? a->p : bsm_p4_boost_to_rest(a->p, b->p, b->m); /* of a, where b rests */
	double k = bsm_p4_mag(p), mb = b->m, m2 = out[1].m, near, far, weight;
	double s = a->m * a->m + mb * mb + 2 * mb * p.e;
	if (!(k > 0) || !bsm_exchange_range(s, a->m, mb, out[0].m, m2, &near, &far))
		return 0;
	if (rests && !cut_range(x, mb, m2, &near, &far))
		return 0;
	double q2 = draw(x, near, far, u[0], &weight);
	if (!(weight > 0))
		return 0;
	/* Leg 2 takes kinetic energy T and, along a, momentum l. */
	double gap = mb - m2, T = (q2 + gap * gap) / (2 * mb), nu = T - gap, p2 = T * (T + 2 * m2);
	double l = ((out[0].m - a->m) * (out[0].m + a->m) + q2 + 2 * p.e * nu) / (2 * k);
	double across2 = fmax(0, p2 - l * l);
	struct bsm_p4 n = bsm_p4_scale(1 / k, p), e, f;
	bsm_p4_across(n, &e, &f);
	e = bsm_p4_add(bsm_p4_scale(cos(2 * pi * u[1]), e), bsm_p4_scale(sin(2 * pi * u[1]), f));
	struct bsm_p4 two = bsm_p4_add(bsm_p4_scale(l, n), bsm_p4_scale(sqrt(across2), e));
	two.e = sqrt(bsm_p4_dot3(two, two) + m2 * m2);
	out[1].p = rests ? two : bsm_p4_boost_from_rest(two, b->p, mb);
	out[0].p = bsm_p4_sub(bsm_p4_add(a->p, b->p), out[1].p);
	out[0].p.e = sqrt(bsm_p4_dot3(out[0].p, out[0].p) + out[0].m * out[0].m);
	return weight / (16 * pi * mb * k);
}

double bsm_exchange_aimed(const struct bsm_exchange *x, const struct bsm_particle *a, const struct bsm_particle *b,
			  const struct bsm_cone *cone, int leg, struct bsm_particle *out, const double *u)
{
	struct bsm_p4 P = bsm_p4_add(a->p, b->p);
	double m = sqrt(bsm_p4_dot(P, P)), near, far, v[2] = {u[0] < 0.5 ? 2 * u[0] : 2 * u[0] - 1, u[1]};
	struct bsm_particle *first = &out[leg], *other = &out[1 - leg];
	int rests = !(bsm_p4_dot3(b->p, b->p) > 0);
	if (!bsm_exchange_range(m * m, a->m, b->m, out[0].m, out[1].m, &near, &far) ||
	    (rests && !cut_range(x, b->m, out[1].m, &near, &far)))
		return 0;
	double aimed = bsm_two_body_p(m, first->m, other->m) / (4 * pi * m), peaked;
	if (u[0] < 0.5)
		aimed *= bsm_split_aimed(P, m, first->m, other->m, cone, v, &first->p, &other->p);
	else if (!(bsm_exchange_split(x, a, b, out, v) > 0))
		return 0;
	else
		aimed *= bsm_split_aimed_fraction(P, m, first->m, other->m, cone, first->p);
	if (!(aimed > 0))
		return 0;
	struct bsm_p4 q = bsm_p4_sub(out[1].p, b->p);
	double k = sqrt(bsm_kallen(m * m, a->m * a->m, b->m * b->m)) / (2 * b->m), q2 = -bsm_p4_dot(q, q), slack = 1e-9 * (far + m * m);
	if (q2 < near - slack || q2 > far + slack) /* a recoil that was not asked for */
		return 0;
	peaked = drawn_at(x, near, far, fmin(far, fmax(near, q2))) / (16 * pi * b->m * k);
	return peaked > 0 ? 1 / (0.5 / aimed + 0.5 / peaked) : 2 * aimed;
}
