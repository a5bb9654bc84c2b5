#include "after/decay_shapes.h"

#include <stdlib.h>

#include "core/constants.h"
#include "kinematics/split.h"
#include "physics/chiral.h"

/* The rho, as a fixed-width pole in decays of light mesons (masses of the particle table). */
#define RHO_MASS  0.77526
#define RHO_WIDTH 0.1474

/* ---- tools ---- */
double bsm_phase_space_max(double m, int n, const struct bsm_particle *out)
{
	/* p/m of a split rises with the mass that splits, falls with the mass that recoils; so does the range of s. */
	double rest = 0, w = 1;
	for (int i = 0; i < n; i++)
		rest += out[i].m;
	for (int i = 0; i < n - 1; i++) {
		rest -= out[i].m;
		w *= bsm_two_body_p(m, out[i].m, rest) / (4 * BSM_PI * m);
		m -= out[i].m;
		if (i < n - 2)
			w *= (m - rest) * (m + rest) / (2 * BSM_PI);
	}
	return w;
}

/* The mass squared of k > 2 legs that remain rises from threshold as u; theirs in turn has a range of at most u times
 * the largest, and so on: dPhi <= max prod u^(k-2). So u is drawn with that density, which is returned up to its
 * constant. */
static double favour_heavy(int n, double *u)
{
	double density = 1;
	for (int i = 0, k = n - 1; k > 2; i++, k--) {
		double v = k == 3 ? sqrt(u[3 * i]) : pow(u[3 * i], 1.0 / (k - 1));
		u[3 * i] = v;
		for (int j = 2; j < k; j++)
			density *= v;
	}
	return density;
}

int bsm_decay_by_weight(double m, int n, struct bsm_particle *out,
			double (*shape)(const struct bsm_particle *, const void *), const void *arg, double max,
			struct bsm_rng *rng)
{
	double u[3 * BSM_OUT], top = bsm_phase_space_max(m, n, out) * max;
	if (!(top > 0))
		return 0;
	for (;;) {
		bsm_rng_fill(rng, u, bsm_phase_space_ndim(n));
		double density = favour_heavy(n, u);
		double w = bsm_phase_space((struct bsm_p4){m, 0, 0, 0}, m, n, out, -1, NULL, u) / density;
		if (w > 0 && shape)
			w *= shape(out, arg);
		if (!(w <= top * (1 + 1e-9)))
			return 0;
		if (bsm_rng_uniform(rng) * top < w)
			return 1;
	}
}

struct bsm_p4 bsm_decay_direction(const double axis[3], double slope, struct bsm_rng *rng)
{
	double length = sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]), a = slope * length;
	double n[3] = {0, 0, 1};
	for (int i = 0; i < 3 && length > 0; i++)
		n[i] = axis[i] / length;
	double k = a - 2 + 4 * bsm_rng_uniform(rng), phi = 2 * BSM_PI * bsm_rng_uniform(rng);
	double c = k / (1 + sqrt(fmax(0, 1 + a * k))), s = sqrt(fmax(0, (1 - c) * (1 + c)));
	/* A pair across n: Duff et al., JCGT 6 (2017) 1. */
	double g = copysign(1, n[2]), h = -1 / (g + n[2]), q = n[0] * n[1] * h, x = s * cos(phi), y = s * sin(phi);
	return (struct bsm_p4){0, c * n[0] + x * (1 + g * n[0] * n[0] * h) + y * q,
			       c * n[1] + x * g * q + y * (g + n[1] * n[1] * h), c * n[2] - x * g * n[0] - y * n[1]};
}

void bsm_decay_back_to_back(double m, double m1, double m2, struct bsm_p4 along, struct bsm_p4 *p1, struct bsm_p4 *p2)
{
	double p = bsm_two_body_p(m, m1, m2);
	*p1 = bsm_p4_scale(p, along);
	*p2 = bsm_p4_scale(-p, along);
	p1->e = sqrt(p * p + m1 * m1);
	p2->e = sqrt(p * p + m2 * m2);
}

double bsm_decay_draw_pole(double lo, double hi, double mass, double width, struct bsm_rng *rng)
{
	double m2 = mass * mass, mw = mass * width, a = atan((lo - m2) / mw), b = atan((hi - m2) / mw);
	return fmin(hi, fmax(lo, m2 + mw * tan(a + bsm_rng_uniform(rng) * (b - a))));
}

double bsm_decay_pole_max(double hi, double mass, double width)
{
	double m2 = mass * mass;
	return hi < m2 ? m2 / hypot(m2 - hi, mass * width) : mass / width;
}

static struct bsm_p4 isotropic(struct bsm_rng *rng)
{
	return bsm_decay_direction((const double[3]){0, 0, 0}, 0, rng);
}

/* ---- a photon and a pair ---- */
/* Cosine in the pair's rest frame between the photon and leg 1; the pair's legs have one mass. */
static double pair_cosine(const struct bsm_particle *out, struct bsm_p4 pair, double s)
{
	double k = bsm_p4_dot(out[0].p, pair) / sqrt(s), p = bsm_two_body_p(sqrt(s), out[1].m, out[2].m);
	return -bsm_p4_dot(out[0].p, bsm_p4_sub(out[1].p, out[2].p)) / (2 * k * p);
}

/* The pair of mass squared s: density a0 + a2 c^2 over its largest value 1. */
static int photon_and_pair(struct bsm_decay *d, double s, double a0, double a2, struct bsm_rng *rng)
{
	struct bsm_p4 pair;
	bsm_decay_back_to_back(d->m, 0, sqrt(s), isotropic(rng), &d->out[0].p, &pair);
	for (;;) {
		double u[2], c;
		bsm_rng_fill(rng, u, 2);
		bsm_split(pair, sqrt(s), d->out[1].m, d->out[2].m, u, &d->out[1].p, &d->out[2].p);
		c = pair_cosine(d->out, pair, s);
		if (bsm_rng_uniform(rng) < a0 + a2 * c * c)
			return 1;
	}
}

/* Kroll and Wada, Phys. Rev. 98 (1955) 1355: x = s/m^2 with density (1-x)^3/x sqrt(1-r/x) (1+r/2x) |F|^2,
 * r = 4 l^2/m^2. */
static int gamma_pair(struct bsm_decay *d, struct bsm_rng *rng)
{
	double r = 4 * d->out[1].m * d->out[1].m / (d->m * d->m), x, w;
	double slope = d->mode->arg[0], L = d->mode->arg[1], pole = L > 0 ? d->m * d->m / (L * L) : 0;
	if (!(r < 1))
		return 0;
	do {
		x = exp(log(r) * bsm_rng_uniform(rng));
		double y = r / x, form = (1 + slope * x) / (1 - pole * x);
		w = (1 - x) * (1 - x) * (1 - x) * sqrt(fmax(0, 1 - y)) * (1 + y / 2) * form * form;
		if (!(w <= 1))
			return 0;
	} while (bsm_rng_uniform(rng) >= w);
	double y = r / x; /* lepton angle: 1 + c^2 + y (1 - c^2) */
	return photon_and_pair(d, x * d->m * d->m, (1 + y) / 2, (1 - y) / 2, rng);
}

/* dGamma/ds ~ (m^2 - s)^3 s beta^3 |F|^2 and sin^2 of the pion's angle; F: the rho's pole. */
static int pipi_gamma(struct bsm_decay *d, struct bsm_rng *rng)
{
	double hi = d->m * d->m, lo = (d->out[1].m + d->out[2].m) * (d->out[1].m + d->out[2].m), s, w;
	double top = 27.0 / 256 * (hi - lo) * (hi - lo) * (hi - lo) * (hi - lo);
	do {
		s = bsm_decay_draw_pole(lo, hi, RHO_MASS, RHO_WIDTH, rng);
		w = (hi - s) * (hi - s) * (hi - s) * (s - lo) * sqrt((s - lo) / s);
	} while (bsm_rng_uniform(rng) * top >= w);
	return photon_and_pair(d, s, 1, -1, rng);
}

/* ---- three mesons ---- */
struct polynomial { double m, scale, a, b, d, f; }; /* 1 + aY + bY^2 + dX^2 + fY^3, Y = scale T_0/Q - 1 */

static double dalitz(const struct bsm_particle *out, const void *arg)
{
	const struct polynomial *c = arg;
	double q = c->m - out[0].m - out[1].m - out[2].m;
	double y = c->scale * (out[0].p.e - out[0].m) / q - 1, x = sqrt(3) * (out[1].p.e - out[2].p.e) / q;
	return 1 + y * (c->a + y * (c->b + y * c->f)) + c->d * x * x;
}

static double dalitz_3pi0(const struct bsm_particle *out, const void *arg)
{
	const struct polynomial *c = arg;
	double q = c->m - 3 * out[0].m, z = 0;
	for (int i = 0; i < 3; i++) {
		double t = 3 * (out[i].p.e - out[i].m) / q - 1;
		z += t * t;
	}
	return 1 + 2 * c->a * (2.0 / 3 * z);
}

static int three_mesons(struct bsm_decay *d, struct bsm_rng *rng)
{
	struct bsm_particle *o = d->out;
	double eta = 2 + o[0].m / o[1].m; /* of eta' -> eta pi pi: Y = (m_eta + 2 m_pi)/m_pi T/Q - 1 */
	switch (d->mode->shape) {
	case BSM_ETA_3PI: { /* KLOE-2, JHEP 05 (2016) 019: falls with Y >= -1, and X^2 < 3 */
		struct polynomial c = {d->m, 3, -1.095, 0.145, 0.081, 0.141};
		return bsm_decay_by_weight(d->m, 3, o, dalitz, &c, 1 + 1.095 + 0.145 - 0.141 + 3 * 0.081, rng);
	}
	case BSM_ETAP_CHARGED: { /* BESIII, Phys. Rev. D 97 (2018) 012003; all but a Y lower it, and Y >= -1 */
		struct polynomial c = {d->m, eta, -0.056, -0.049, -0.063, 0};
		return bsm_decay_by_weight(d->m, 3, o, dalitz, &c, 1.056, rng);
	}
	case BSM_ETAP_NEUTRAL: {
		struct polynomial c = {d->m, eta, -0.087, -0.073, -0.074, 0};
		return bsm_decay_by_weight(d->m, 3, o, dalitz, &c, 1.087, rng);
	}
	default: { /* eta -> 3 pi0, 1 + 2 alpha Z; RPP 2025 average */
		struct polynomial c = {d->m, 3, -0.0296, 0, 0, 0};
		return bsm_decay_by_weight(d->m, 3, o, dalitz_3pi0, &c, 1, rng);
	}
	}
}

/* |p+ x p-|^2 |sum of the three rho|^2. */
static double p_wave(const struct bsm_particle *out, const void *arg)
{
	(void)arg;
	struct bsm_p4 a = out[1].p, b = out[2].p;
	double x = a.y * b.z - a.z * b.y, y = a.z * b.x - a.x * b.z, z = a.x * b.y - a.y * b.x, re = 0, im = 0;
	for (int i = 0; i < 3; i++) {
		double s = bsm_p4_s(out[i].p, out[(i + 1) % 3].p), m2 = RHO_MASS * RHO_MASS, g = RHO_MASS * RHO_WIDTH;
		double norm = m2 / ((m2 - s) * (m2 - s) + g * g);
		re += norm * (m2 - s);
		im += norm * g;
	}
	return (x * x + y * y + z * z) * (re * re + im * im);
}

static int vector_3pi(struct bsm_decay *d, struct bsm_rng *rng)
{
	/* 4 m^2 |p x p|^2 is stu - l^2 (m^2 - l^2)^2 for one mass l, at most where s = t = u; lighter legs have more
	 * room. */
	double m2 = d->m * d->m, l = fmin(d->out[0].m, fmin(d->out[1].m, d->out[2].m)), l2 = l * l,
	       s = (m2 + 3 * l2) / 3;
	double cross = (s * s * s - l2 * (m2 - l2) * (m2 - l2)) / (4 * m2);
	double pole = 3 * bsm_decay_pole_max((d->m - l) * (d->m - l), RHO_MASS, RHO_WIDTH);
	return bsm_decay_by_weight(d->m, 3, d->out, p_wave, NULL, cross * pole * pole, rng);
}

/* ---- leptons ---- */
/* |M|^2 ~ (p - sign m S).k (l.n): k, leg 1, follows the spin; with x = s_ln/m^2, r = l^2/m^2 the rate is
 * (1-x)^2 (x-r)^2/x, drawn as y = (x-r)/(1-r) by y (1-y)^2 (second of four ordered numbers) times y/x <= 1. */
static int lepton_3(struct bsm_decay *d, struct bsm_rng *rng)
{
	double r = d->out[0].m / d->m, x, y;
	r *= r;
	do {
		double u[4];
		bsm_rng_fill(rng, u, 4);
		double a = fmin(u[0], u[1]), b = fmax(u[0], u[1]), c = fmin(u[2], u[3]), e = fmax(u[2], u[3]);
		y = fmax(a, c) < fmin(b, e) ? fmax(a, c) : fmin(b, e);
		x = r + (1 - r) * y;
	} while (bsm_rng_uniform(rng) * x >= y);
	struct bsm_p4 pair, k = bsm_decay_direction(d->pol, d->antiparticle ? -1 : 1, rng);
	double u[2];
	bsm_decay_back_to_back(d->m, 0, sqrt(x) * d->m, k, &d->out[1].p, &pair);
	bsm_rng_fill(rng, u, 2);
	bsm_split(pair, sqrt(x) * d->m, d->out[0].m, 0, u, &d->out[0].p, &d->out[2].p);
	return 1;
}

struct semi { double m, pole; };

/* |f+|^2 (E_l E_nu + p_l.p_nu): half of 2 (P.l)(P.nu) - m^2 (l.nu), over m^2. */
static double to_pseudoscalar(const struct bsm_particle *out, const void *arg)
{
	const struct semi *c = arg;
	double q2 = bsm_p4_s(out[1].p, out[2].p), f = 1 / (1 - q2 / (c->pole * c->pole));
	return f * f * (out[1].p.e * out[2].p.e + bsm_p4_dot3(out[1].p, out[2].p));
}

/* (P.l)(V.nu) of c -> s l+ nu with the quarks' momenta those of the mesons. */
static double to_vector(const struct bsm_particle *out, const void *arg)
{
	const struct semi *c = arg;
	return c->m * out[1].p.e * bsm_p4_dot(out[0].p, out[2].p);
}

static int semileptonic(struct bsm_decay *d, struct bsm_rng *rng)
{
	struct semi c = {d->m, d->mode->arg[0]};
	double l = d->out[1].m, v = d->out[0].m;
	if (d->mode->shape == BSM_SEMI_V) { /* a parabola in E_l */
		double top = d->m * d->m + l * l - v * v;
		return bsm_decay_by_weight(d->m, 3, d->out, to_vector, &c, top * top / 16, rng);
	}
	double p = bsm_two_body_p(d->m, v, l), q = (d->m - v) / c.pole, f = 1 / (1 - q * q);
	if (!(q < 1))
		return 0;
	return bsm_decay_by_weight(d->m, 3, d->out, to_pseudoscalar, &c, f * f * (p * p + l * l) / 2, rng);
}

/* ---- all ---- */
static int phase_space(struct bsm_decay *d, struct bsm_rng *rng)
{
	struct bsm_p4 rest = {d->m, 0, 0, 0};
	double u[2];
	if (d->n == 1) { /* K0 as K_S or K_L */
		d->out[0].p = rest;
		return 1;
	}
	if (d->n > 2)
		return bsm_decay_by_weight(d->m, d->n, d->out, NULL, NULL, 1, rng);
	bsm_rng_fill(rng, u, 2);
	bsm_split(rest, d->m, d->out[0].m, d->out[1].m, u, &d->out[0].p, &d->out[1].p);
	return 1;
}

int bsm_decay_sample(struct bsm_decay *d, struct bsm_rng *rng)
{
	switch (d->mode->shape) {
	case BSM_FLAT_DECAY:
	case BSM_LEPTON_2:
		return phase_space(d, rng);
	case BSM_GAMMA_PAIR:
		return gamma_pair(d, rng);
	case BSM_ETA_3PI:
	case BSM_ETA_3PI0:
	case BSM_ETAP_CHARGED:
	case BSM_ETAP_NEUTRAL:
		return three_mesons(d, rng);
	case BSM_PIPI_GAMMA:
		return pipi_gamma(d, rng);
	case BSM_VECTOR_3PI:
		return vector_3pi(d, rng);
	case BSM_LEPTON_3:
		return lepton_3(d, rng);
	case BSM_SEMI_P:
	case BSM_SEMI_V:
		return semileptonic(d, rng);
	default:
		return bsm_decay_sample_tau(d, rng);
	}
}

void bsm_decay_spin(struct bsm_decay *d, struct bsm_p4 parent)
{
	int leg = d->mode->shape == BSM_SEMI_P || d->mode->shape == BSM_SEMI_V ? 1 : 0;
	struct bsm_particle *l = &d->out[leg];
	struct bsm_p4 G;
	if (abs(l->pdg) != 13 && abs(l->pdg) != 15)
		return;
	if (d->mode->shape == BSM_LEPTON_3)
		G = d->out[2].p;
	else if (d->mode->shape == BSM_LEPTON_2)
		G = bsm_chiral_vector(parent, d->out[1].p);
	else if (d->mode->shape == BSM_SEMI_P)
		G = bsm_chiral_vector(parent, d->out[2].p);
	else if (d->mode->shape == BSM_SEMI_V)
		G = parent;
	else
		return;
	bsm_chiral_pol(G, l->p, l->m, l->pdg > 0 ? 1 : -1, l->pol);
}
