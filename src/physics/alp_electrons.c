/* a at electrons: Compton, annihilation, bremsstrahlung. tests/derive/alp_formulas.py and
 * alp_bremsstrahlung.py multiply the matrices out. */
#include <math.h>

#include "core/constants.h"
#include "kinematics/split.h"
#include "physics/alp.h"
#include "physics/form_factors.h"

static const double e2 = 4 * BSM_PI * BSM_ALPHA;

/* x = s - m_e^2 > 0, y = u - m_e^2 < 0. */
double bsm_alp_compton_core(double x, double y, double t, double m2, double me2)
{
	double sum = m2 - t; /* x + y, without what cancels */
	return -(sum * sum + 2 * m2 * t - 2 * m2 * me2 * sum * sum / (x * y)) / (x * y);
}

/* 2 p.k of an electron p and a photon k, in the frame where they are given. */
static double twice_product(struct bsm_p4 p, double m, struct bsm_p4 k)
{
	double w = bsm_p4_mag(k), along = bsm_p4_dot3(p, k) / w;
	struct bsm_p4 c = bsm_p4_cross(p, k);
	double across2 = bsm_p4_dot3(c, c) / (w * w);
	return 2 * w * (along > 0 ? (m * m + across2) / (p.e + along) : p.e - along);
}

/* The electron b at rest, hit by a; core of the photon that comes, or leaves (time reversed). */
static double core(const struct bsm_in *in, struct bsm_p4 electron, struct bsm_p4 photon, int comes)
{
	double me = bsm_pdg_mass(11), m = in->par[BSM_ALP_MASS];
	double p2 = bsm_p4_dot3(electron, electron), t = -2 * me * p2 / (electron.e + me);
	double with_b = twice_product(in->b->p, me, photon), with_out = twice_product(electron, me, photon);
	double x = comes ? with_b : with_out, y = comes ? -with_out : -with_b;
	return bsm_alp_compton_core(x, y, t, m * m, me * me);
}

static double strength(const struct bsm_in *in)
{
	double y = bsm_alp_yukawa(in->par, 11);
	return e2 * y * y;
}

double bsm_alp_compton_me2(const struct bsm_in *in, const struct bsm_particle *out)
{
	return strength(in) * core(in, out[1].p, in->a->p, 1);
}

double bsm_alp_inverse_compton_me2(const struct bsm_in *in, const struct bsm_particle *out)
{
	return 2 * strength(in) * core(in, out[1].p, out[0].p, 0);
}

/* Over the logarithm of -y, along which the amplitude is smooth. */
struct compton {
	double x, m2, me2;
};
static double over_log(double l, void *arg)
{
	const struct compton *c = arg;
	double y = -exp(l);
	return -y * bsm_alp_compton_core(c->x, y, c->m2 - c->x - y, c->m2, c->me2);
}

/* Range of -y = 2 p'.k = (x/w)(E' -+ p), E' and p of the electron in the centre of mass: the near end without
 * cancellation. */
static int compton_range(double x, double m, double *near, double *far)
{
	double me = bsm_pdg_mass(11), w = sqrt(x + me * me), p = bsm_two_body_p(w, me, m), E = sqrt(p * p + me * me);
	*near = x / w * me * me / (E + p);
	*far = x / w * (E + p);
	return p > 0;
}

double bsm_alp_compton_total(double yukawa, double k, double m)
{
	double me = bsm_pdg_mass(11), near, far;
	struct compton c = {2 * me * k, m * m, me * me};
	if (!compton_range(c.x, m, &near, &far))
		return 0;
	double sum = bsm_integrate(over_log, &c, log(near), log(far), 1e-10, NULL);
	return e2 * yukawa * yukawa * sum / (16 * BSM_PI * c.x * c.x) * BSM_HBARC2_CM2;
}

double bsm_alp_compton_row_total(const struct bsm_in *in)
{
	return bsm_alp_compton_total(bsm_alp_yukawa(in->par, 11), in->a->p.e, in->par[BSM_ALP_MASS]);
}

/* A direction at 1 - cos = drop from the unit vector n. */
static struct bsm_p4 around(struct bsm_p4 n, double drop, double phi)
{
	struct bsm_p4 t = fabs(n.x) < 0.7 ? (struct bsm_p4){0, 1, 0, 0} : (struct bsm_p4){0, 0, 1, 0};
	struct bsm_p4 a = bsm_p4_cross(n, t);
	a = bsm_p4_scale(1 / bsm_p4_mag(a), a);
	struct bsm_p4 b = bsm_p4_cross(n, a);
	double s = sqrt(fmax(0, drop * (2 - drop)));
	a = bsm_p4_add(bsm_p4_scale(s * cos(phi), a), bsm_p4_scale(s * sin(phi), b));
	return bsm_p4_add(bsm_p4_scale(1 - drop, n), a);
}

/* sigma = pi y^2/(2 beta) delta(s - m^2). A source of rays has no density at one energy in one direction: the
 * positron's energy is spread over a kernel that is flat in its logarithm (arg[0] wide) and its direction over a cone
 * of arg[1]/E, less than what it scatters by within a radiation length. a flies as at the resonance. */
double bsm_alp_resonance(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	double me = bsm_pdg_mass(11), m = in->par[BSM_ALP_MASS], y = bsm_alp_yukawa(in->par, 11),
	       kernel = in->row->arg[0];
	double E = (m * m - 2 * me * me) / (2 * me), p = bsm_p4_mag(in->a->p);
	if (!(m > 2 * me) || !(p > 0) || fabs(log(in->a->p.e / E)) > kernel / 2)
		return 0;
	double beta = sqrt((m - 2 * me) * (m + 2 * me)) / m, half = sin(fmin(BSM_PI, in->row->arg[1] / E) / 2);
	double drop = 2 * half * half, sr = 1;
	struct bsm_p4 axis = bsm_p4_scale(1 / p, in->a->p), n;
	double cone = bsm_aim(in, u, &n);
	if (cone > 0 && cone < 2 * BSM_PI * drop) { /* aimed: the share of the kernel that the cone is */
		struct bsm_p4 d = bsm_p4_sub(n, axis);
		sr = bsm_p4_dot3(d, d) / 2 <= drop ? cone / (2 * BSM_PI * drop) : 0;
	} else {
		n = around(axis, drop * u[0], 2 * BSM_PI * u[1]);
	}
	out[0].p = bsm_p4_scale(sqrt((E - me) * (E + me)), n);
	out[0].p.e = E + me;
	return sr * BSM_PI * y * y / (2 * beta) / (2 * me) / (kernel * in->a->p.e) * BSM_HBARC2_CM2;
}

/* ---- bremsstrahlung ---- */
/* -u + m_e^2 at x and 1 - cos = drop. */
static double virtuality(double E, double x, double drop, double m, double me)
{
	return 2 * x * E * E * drop + m * m * (1 - x) / x + me * me * x;
}

double bsm_alp_brems_square(double w, double rest, double U, double y, double q2, double m2)
{
	double off = w - y * rest, point = 4 * w * w * q2 - y * y * U * U;
	return ((1 + y) * point + y * y * m2 * q2 - 4 * m2 * off * off) / (U * U * (1 + y) * (1 + y));
}

/* Direction: half of the numbers follow 1/U^2 about the electron, half the detector's cone. Returns 1/density [sr]. */
static double direction(const struct bsm_in *in, double x, const double *u, struct bsm_p4 *n, double *drop)
{
	double me = bsm_pdg_mass(11), m = in->par[BSM_ALP_MASS], E = in->a->p.e, p = bsm_p4_mag(in->a->p);
	double U0 = virtuality(E, x, 0, m, me), U2 = virtuality(E, x, 2, m, me);
	double cone = bsm_aim(in, u + 1, n);
	struct bsm_p4 axis = bsm_p4_scale(1 / p, in->a->p);
	int along = !(cone > 0) || u[0] < 0.5;
	if (along) {
		double U = U0 * U2 / (U2 - u[1] * (U2 - U0)), d = (U - U0) / (2 * x * E * E);
		*n = around(axis, d, 2 * BSM_PI * u[2]);
		*drop = d;
	} else {
		struct bsm_p4 d = bsm_p4_sub(*n, axis);
		*drop = bsm_p4_dot3(d, d) / 2;
	}
	double U = virtuality(E, x, *drop, m, me);
	double own = 2 * x * E * E * U0 * U2 / (U2 - U0) / (U * U) / (2 * BSM_PI);
	if (!(cone > 0))
		return 1 / own;
	int inside = !along;
	if (along) {
		struct bsm_p4 off = bsm_p4_sub(*n, in->aim->axis);
		double half = sin(in->aim->half / 2);
		inside = bsm_p4_dot3(off, off) <= 4 * half * half;
	}
	return 1 / (0.5 * own + (inside ? 0.5 / cone : 0));
}

/* 2 p.k - m^2 without the approximation of small angles and masses. */
static double exact_virtuality(double E, double x, double drop, double m, double me)
{
	double w = x * E, p = sqrt((E - me) * (E + me)), k = sqrt((w - m) * (w + m));
	/* 2 (E w - p k) - m^2 + 2 p k drop; E^2 w^2 - p^2 k^2 = m^2 E^2 + m_e^2 k^2 */
	return 2 * (m * m * E * E + me * me * k * k) / (E * w + p * k) - m * m + 2 * p * k * drop;
}

/* Momentum that the atom takes, q, and what is left: |M|^2 (Z F)^2/q^4 over dq2 dphi. With R the momentum of the
 * electron less that of a, energy asks for R.q = -(U + q2)/2, so that nothing is the difference of large numbers. */
struct kick {
	double E, w, k, rest, left, drop, U, m, me;
	int Z, A;
};

static double kicked(const struct kick *c, const double *u)
{
	double p = sqrt((c->E - c->me) * (c->E + c->me));
	/* R2 = p'^2 + U; its parts along and across a's momentum */
	double R2 = c->left * c->left + c->U, R = sqrt(R2), near = c->U / (R + c->left), far = R + c->left;
	double l = 2 * log(far / near), q2 = near * near * exp(u[0] * l), along = -(c->U + q2) / (2 * R);
	double across = sqrt(fmax(0, q2 - along * along));
	double k_along = c->k * (p * (1 - c->drop) - c->k) / R,
	       k_across = c->k * p * sqrt(fmax(0, c->drop * (2 - c->drop))) / R;
	double y = -2 * (along * k_along + across * k_across * cos(2 * BSM_PI * u[1])) / c->U;
	if (!(1 + y > 0))
		return 0;
	double F = c->Z * bsm_helm(q2, c->A) * bsm_atomic_screening(q2, c->Z),
	       atom = F * F + bsm_atomic_inelastic(q2, c->Z);
	double X = fmax(0, bsm_alp_brems_square(c->w, c->rest, c->U, y, q2, c->m * c->m));
	/* dOmega' = dphi dq2/(2 R p'), dq2 = q2 l du */
	return X * atom * e2 * e2 / q2 * l * 2 * BSM_PI / (2 * R) * c->k / (2 * p);
}

double bsm_alp_brems(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	double me = bsm_pdg_mass(11), m = in->par[BSM_ALP_MASS], E = in->a->p.e, y = bsm_alp_yukawa(in->par, 11), drop;
	double lo = me / E, hi = 1 - m / E; /* of 1 - x: at most what leaves the electron at rest */
	if (!(hi > lo) || !(y != 0))
		return 0;
	double l = log(hi / lo), rest = lo * exp(u[0] * l), x = 1 - rest;
	struct bsm_p4 n;
	double sr = direction(in, x, u + 1, &n, &drop), k2 = (x * E - m) * (x * E + m),
	       left = (rest * E - me) * (rest * E + me);
	if (!(k2 > 0) || !(left > 0))
		return 0;
	struct kick c = {E, x * E, sqrt(k2), rest * E, sqrt(left), drop, 0, m, me, in->nuc->Z, in->nuc->A};
	c.U = exact_virtuality(E, x, drop, m, me);
	out[0].p = bsm_p4_scale(c.k, n);
	out[0].p.e = c.w;
	return y * y * kicked(&c, u + 4) / (4 * pow(2 * BSM_PI, 5)) * sr * rest * l * E * BSM_HBARC2_CM2;
}
