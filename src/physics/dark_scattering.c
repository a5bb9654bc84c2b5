#include "physics/dark_scattering.h"

#include <math.h>

#include "core/constants.h"

double bsm_dark_contract(const struct bsm_dark_current *c, const struct bsm_dark_target *t)
{
	struct bsm_p4 q = bsm_p4_sub(c->in, c->out);
	double kp = bsm_p4_dot(c->in, c->out), q2 = bsm_p4_dot(q, q), P2 = bsm_p4_dot(t->P, t->P);
	double kq = bsm_p4_dot(c->out, q), pq = bsm_p4_dot(c->in, q), kP = bsm_p4_dot(c->out, t->P), pP = bsm_p4_dot(c->in, t->P);
	if (c->spin == BSM_DARK_SCALAR) { /* L = (p + k)(p + k) */
		double s2 = c->m_in * c->m_in + c->m_out * c->m_out + 2 * kp, sq = kq + pq, sP = kP + pP;
		return t->a1 * (-s2 + sq * sq / q2) + t->a2 * sP * sP;
	}
	/* L = 2 [k p + p k - g (k.p - m m')] */
	double mass = kp - c->m_in * c->m_out;
	double g = -2 * kp + 4 * mass, qq = (2 * kq * pq - q2 * mass) / q2, PP = 2 * kP * pP - P2 * mass;
	return 2 * (t->a1 * (g + qq) + t->a2 * PP);
}

static struct bsm_p4 middle(struct bsm_p4 a, struct bsm_p4 b)
{
	return bsm_p4_scale(0.5, bsm_p4_add(a, b));
}

struct bsm_dark_target bsm_dark_lepton(struct bsm_p4 before, struct bsm_p4 after, double q2)
{
	return (struct bsm_dark_target){q2, 4, middle(before, after)};
}

struct bsm_dark_target bsm_dark_nucleon(struct bsm_p4 before, struct bsm_p4 after, double m, double q2, double ge, double gm)
{
	double tau = q2 / (4 * m * m);
	before.e = sqrt(m * m + bsm_p4_dot3(before, before));
	return (struct bsm_dark_target){q2 * gm * gm, 4 * (ge * ge + tau * gm * gm) / (1 + tau), middle(before, after)};
}

struct bsm_dark_target bsm_dark_nucleus(struct bsm_p4 before, struct bsm_p4 after, double charge)
{
	return (struct bsm_dark_target){0, 4 * charge * charge, middle(before, after)};
}

double bsm_dark_recoil_max(double E, double m, double mt)
{
	double p2 = (E - m) * (E + m), s = m * m + mt * mt + 2 * mt * E;
	return p2 > 0 ? 2 * mt * p2 / s : 0;
}

/* dsigma/dT = front (c0 + c1 T + c2 T^2) / (mV^2 + 2 me T)^2 */
struct recoil { double front, c0, c1, c2, me, mV2, hi; };

static int recoil_of(enum bsm_dark_spin spin, double E, double m, double mV, double coupling2, struct recoil *r)
{
	double me = bsm_pdg_mass(11), p2 = (E - m) * (E + m);
	if (!(p2 > 0))
		return 0;
	*r = (struct recoil){.c0 = 2 * me * E * E, .c1 = -(2 * me * E + m * m), .me = me, .mV2 = mV * mV};
	if (spin == BSM_DARK_DIRAC) {
		r->c1 -= me * me;
		r->c2 = me;
	}
	r->front = coupling2 / (4 * BSM_PI * p2) * BSM_HBARC2_CM2;
	r->hi = bsm_dark_recoil_max(E, m, me);
	return 1;
}

double bsm_dark_electron_dsigma(enum bsm_dark_spin spin, double E, double m, double mV, double coupling2, double T)
{
	struct recoil r;
	if (!recoil_of(spin, E, m, mV, coupling2, &r) || !(T >= 0 && T <= r.hi))
		return 0;
	double y = r.mV2 + 2 * r.me * T;
	return r.front * (r.c0 + T * (r.c1 + T * r.c2)) / (y * y);
}

double bsm_dark_electron_sigma(enum bsm_dark_spin spin, double E, double m, double mV, double coupling2, double lo, double hi)
{
	struct recoil r;
	if (!recoil_of(spin, E, m, mV, coupling2, &r))
		return 0;
	lo = fmax(lo, 0);
	hi = fmin(hi, r.hi);
	if (!(hi > lo))
		return 0;
	/* With T = lo + x, y = a + 2 me x: integrals of 1/y^2, x/y^2, x^2/y^2, written so that mV^2 >> 2 me x loses no digits. */
	double a = r.mV2 + 2 * r.me * lo, k = 2 * r.me, X = hi - lo, b = a + k * X, z = k * X / a;
	double i0 = X / (a * b), log1 = log1p(z), i1, i2;
	if (z > 1e-2) {
		i1 = (log1 - z / (1 + z)) / (k * k);
		i2 = (z - 2 * log1 + z / (1 + z)) * a / (k * k * k);
	} else { /* sum of (-1)^n (n + 1) z^n X^(j + 1) / (n + j + 1) / a^2 */
		double term = 1;
		i1 = i2 = 0;
		for (int n = 0; n < 12; n++, term *= -z) {
			i1 += (n + 1) * term / (n + 2);
			i2 += (n + 1) * term / (n + 3);
		}
		i1 *= X * X / (a * a);
		i2 *= X * X * X / (a * a);
	}
	double d0 = r.c0 + lo * (r.c1 + lo * r.c2), d1 = r.c1 + 2 * lo * r.c2;
	return r.front * (d0 * i0 + d1 * i1 + r.c2 * i2);
}
