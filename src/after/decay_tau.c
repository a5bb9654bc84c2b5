/* Hadronic decays of a polarised tau. The current [nu gamma_mu (1 - g5) tau] J^mu is contracted in the rest frame,
 * where with two-component spinors the amplitude is chi(nu, left-handed) (J0 + sigma.J) xi(tau). */
#include "after/decay_shapes.h"
#include "core/constants.h"
#include "kinematics/split.h"

struct current { struct bsm_p4 re, im; };
struct pole { double mass, width; };

/* Kuehn and Santamaria, Z. Phys. C 48 (1990) 445: rho, rho' (weight -0.145) and a1; K*: particle table. */
static const struct pole rho = {0.773, 0.145}, rho_prime = {1.370, 0.510}, a1 = {1.251, 0.599},
			 k_star = {0.89167, 0.0514};
#define RHO_PRIME (-0.145)

static struct bsm_p4 cross(struct bsm_p4 a, struct bsm_p4 b)
{
	return (struct bsm_p4){0, a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/* Trace of (1 - sigma.k)(J0 + sigma.J)(1 + sigma.P)(J0 + sigma.J)^+ over 2: |M|^2 for a neutrino along the unit vector
 * k. The antiparticle is the mirror image: k and J change sign, the spin does not. */
double bsm_tau_weight(struct bsm_p4 k, struct bsm_p4 re, struct bsm_p4 im, const double pol[3], int antiparticle)
{
	struct bsm_p4 P = {0, pol[0], pol[1], pol[2]}, R = re, I = im;
	if (antiparticle) {
		k = bsm_p4_scale(-1, k);
		R = bsm_p4_scale(-1, re);
		I = bsm_p4_scale(-1, im);
	}
	double r0 = re.e, i0 = im.e, t2 = r0 * r0 + i0 * i0, v2 = bsm_p4_dot3(R, R) + bsm_p4_dot3(I, I);
	struct bsm_p4 mixed = bsm_p4_add(bsm_p4_scale(r0, R), bsm_p4_scale(i0, I));  /* Re J0* J */
	struct bsm_p4 phase = bsm_p4_sub(bsm_p4_scale(r0, I), bsm_p4_scale(i0, R));  /* Im J0* J */
	struct bsm_p4 turn = cross(R, I);
	double A = t2 + v2 + 2 * bsm_p4_dot3(mixed, P) - 2 * bsm_p4_dot3(P, turn);
	struct bsm_p4 B = bsm_p4_scale(t2 - v2, P);
	B = bsm_p4_add(B, bsm_p4_scale(2, bsm_p4_add(mixed, turn)));
	B = bsm_p4_sub(B, bsm_p4_scale(2, cross(phase, P)));
	B = bsm_p4_add(B, bsm_p4_scale(2 * bsm_p4_dot3(R, P), R));
	B = bsm_p4_add(B, bsm_p4_scale(2 * bsm_p4_dot3(I, P), I));
	return A - bsm_p4_dot3(k, B);
}

/* Neutrino and system of mass w whose current, space-like in the system's own frame, is j there: a free choice of the
 * direction weighted by the square above. For one helicity of the neutrino a unit current along the flight counts
 * m^2/s, one that turns the right way 2, and they do not interfere without a spin: hence the bound. */
static int orient(const struct bsm_decay *d, double w, const struct current *j, struct bsm_rng *rng, struct bsm_p4 *nu,
		  struct bsm_p4 *system)
{
	double length = sqrt(d->pol[0] * d->pol[0] + d->pol[1] * d->pol[1] + d->pol[2] * d->pol[2]);
	double j2 = bsm_p4_dot3(j->re, j->re) + bsm_p4_dot3(j->im, j->im);
	double top = fmax(2, d->m * d->m / (w * w)) * (1 + length) * j2, weight;
	do {
		struct bsm_p4 k = bsm_decay_direction((const double[3]){0, 0, 0}, 0, rng);
		bsm_decay_back_to_back(d->m, 0, w, k, nu, system);
		weight = bsm_tau_weight(k, bsm_p4_boost_from_rest(j->re, *system, w),
					bsm_p4_boost_from_rest(j->im, *system, w), d->pol, d->antiparticle);
		if (!(weight <= top * (1 + 1e-9)))
			return 0;
	} while (bsm_rng_uniform(rng) * top >= weight);
	return 1;
}

/* Two-body: |M|^2 ~ 1 + P.n for a meson along n, with the other sign for the antiparticle. */
static int meson(struct bsm_decay *d, struct bsm_rng *rng)
{
	struct bsm_p4 n = bsm_decay_direction(d->pol, d->antiparticle ? -1 : 1, rng);
	bsm_decay_back_to_back(d->m, d->out[0].m, d->out[1].m, n, &d->out[0].p, &d->out[1].p);
	return 1;
}

/* Adds weight m^2/(m^2 - s - i sqrt(s) G(s)), G(s) = G (m^2/s) (p/p0)^3, to z[2]. */
static void add_pole(struct pole r, double weight, double s, double m1, double m2, double z[2])
{
	double w = sqrt(s), p = bsm_two_body_p(w, m1, m2) / bsm_two_body_p(r.mass, m1, m2), msq = r.mass * r.mass;
	double re = msq - s, im = r.width * msq / w * p * p * p, n = weight * msq / (re * re + im * im);
	z[0] += n * re;
	z[1] += n * im;
}

/* dGamma/ds over the Breit-Wigner that s is drawn from: (1-x)^2 (1+2x) (p/w)^3 |F|^2 [(s-m^2)^2 + m^2 G^2],
 * x = s/M^2. */
double bsm_tau_pair_weight(int kaon, double s, double M, double m1, double m2)
{
	struct pole r = kaon ? k_star : rho;
	double x = s / (M * M), q = bsm_two_body_p(sqrt(s), m1, m2) / sqrt(s), z[2] = {0, 0};
	if (kaon) {
		add_pole(r, 1, s, m1, m2, z);
	} else {
		add_pole(rho, 1 / (1 + RHO_PRIME), s, m1, m2, z);
		add_pole(rho_prime, RHO_PRIME / (1 + RHO_PRIME), s, m1, m2, z);
	}
	double d = s - r.mass * r.mass, g = r.mass * r.width;
	return (1 - x) * (1 - x) * (1 + 2 * x) * q * q * q * (z[0] * z[0] + z[1] * z[1]) * (d * d + g * g);
}

static int pair(struct bsm_decay *d, struct bsm_rng *rng)
{
	int kaon = d->mode->shape == BSM_TAU_KSTAR;
	double m1 = d->out[0].m, m2 = d->out[1].m, lo = (m1 + m2) * (m1 + m2), s, w, u[2],
	       top = kaon ? BSM_TAU_MAX_KSTAR : BSM_TAU_MAX_RHO;
	struct pole r = kaon ? k_star : rho;
	do {
		s = bsm_decay_draw_pole(lo, d->m * d->m, r.mass, r.width, rng);
		w = bsm_tau_pair_weight(kaon, s, d->m, m1, m2);
		if (!(w <= top))
			return 0;
	} while (bsm_rng_uniform(rng) * top >= w);
	double mass = sqrt(s);
	struct bsm_p4 system, p1, p2, rest = {mass, 0, 0, 0};
	bsm_rng_fill(rng, u, 2);
	bsm_split(rest, mass, m1, m2, u, &p1, &p2);
	struct current j = {{0, p1.x, p1.y, p1.z}, {0, 0, 0, 0}};
	if (!orient(d, mass, &j, rng, &d->out[2].p, &system))
		return 0;
	d->out[0].p = bsm_p4_boost_from_rest(p1, system, mass);
	d->out[1].p = bsm_p4_boost_from_rest(p2, system, mass);
	return 1;
}

/* Kuehn and Santamaria's fit of the a1's three-pion width, with the pion of charge. */
static double a1_width_function(double s)
{
	double m2 = bsm_pdg_mass(211) * bsm_pdg_mass(211), x = s - 9 * m2, edge = rho.mass + bsm_pdg_mass(211);
	if (x <= 0)
		return 0;
	if (s < edge * edge)
		return 4.1 * x * x * x * (1 - 3.3 * x + 5.8 * x * x);
	return s * (1.623 + 10.38 / s - 9.32 / (s * s) + 0.65 / (s * s * s));
}

double bsm_tau_a1_weight(double s, double M)
{
	double x = s / (M * M), g = a1_width_function(s), d = s - a1.mass * a1.mass, mw = a1.mass * a1.width;
	double run = mw * g / a1_width_function(a1.mass * a1.mass);
	return (1 - x) * (1 - x) * (1 + 2 * x) * g / s * (d * d + mw * mw) / (d * d + run * run);
}

/* J = (p0 - p2) F(s_02) + (p1 - p2) F(s_12), space parts in the rest frame of the three: legs 0, 1 alike. */
static struct current three_pion_current(const struct bsm_particle *out)
{
	struct current j = {{0, 0, 0, 0}, {0, 0, 0, 0}};
	for (int i = 0; i < 2; i++) {
		double s = bsm_p4_s(out[i].p, out[2].p), m2 = rho.mass * rho.mass, g = rho.mass * rho.width;
		double n = m2 / ((m2 - s) * (m2 - s) + g * g);
		struct bsm_p4 v = bsm_p4_sub(out[i].p, out[2].p);
		v.e = 0;
		j.re = bsm_p4_add(j.re, bsm_p4_scale(n * (m2 - s), v));
		j.im = bsm_p4_add(j.im, bsm_p4_scale(n * g, v));
	}
	return j;
}

static double three_pion_weight(const struct bsm_particle *out, const void *arg)
{
	(void)arg;
	struct current j = three_pion_current(out);
	return bsm_p4_dot3(j.re, j.re) + bsm_p4_dot3(j.im, j.im);
}

static int three_pions(struct bsm_decay *d, struct bsm_rng *rng)
{
	struct bsm_particle *o = d->out;
	double lo = o[0].m + o[1].m + o[2].m, s, w;
	lo = fmax(lo, 3 * bsm_pdg_mass(211)); /* where the fitted width begins */
	do {
		s = bsm_decay_draw_pole(lo * lo, d->m * d->m, a1.mass, a1.width, rng);
		w = bsm_tau_a1_weight(s, d->m);
		if (!(w <= BSM_TAU_MAX_A1))
			return 0;
	} while (bsm_rng_uniform(rng) * BSM_TAU_MAX_A1 >= w);
	/* |p_i - p_j| <= 2 p for the largest momentum p, that of the lightest leg against the other two at rest. */
	double mass = sqrt(s), l = fmin(o[0].m, o[2].m), p = bsm_two_body_p(mass, l, 2 * l);
	double f = bsm_decay_pole_max((mass - l) * (mass - l), rho.mass, rho.width);
	if (!bsm_decay_by_weight(mass, 3, o, three_pion_weight, NULL, 16 * p * p * f * f, rng))
		return 0;
	struct current j = three_pion_current(o);
	struct bsm_p4 system;
	if (!orient(d, mass, &j, rng, &o[3].p, &system))
		return 0;
	for (int i = 0; i < 3; i++)
		o[i].p = bsm_p4_boost_from_rest(o[i].p, system, mass);
	return 1;
}

/* Many hadrons: phase space of all legs times what a vector system of mass squared s gives, (M^2 - s)(M^2 + 2s) B(s)
 * with B a Breit-Wigner of height 1; the spin enters through the system's direction, as its own decay is taken as
 * isotropic. */
static double vector_system(const struct bsm_particle *out, const void *arg)
{
	const struct bsm_decay *d = arg;
	struct bsm_p4 q = out[0].p;
	for (int i = 1; i < d->n - 1; i++)
		q = bsm_p4_add(q, out[i].p);
	double M2 = d->m * d->m, s = bsm_p4_dot(q, q), w = (M2 - s) * (M2 + 2 * s), p = bsm_p4_mag(q);
	double sign = d->antiparticle ? -1 : 1, alpha = sign * (M2 - 2 * s) / (M2 + 2 * s);
	if (d->mode->arg[1] > 0) {
		double off = s - d->mode->arg[0] * d->mode->arg[0], g = d->mode->arg[0] * d->mode->arg[1];
		w *= g * g / (off * off + g * g);
	}
	return p > 0 ? w * (1 + alpha * (d->pol[0] * q.x + d->pol[1] * q.y + d->pol[2] * q.z) / p) : w;
}

static int many(struct bsm_decay *d, struct bsm_rng *rng)
{
	double M2 = d->m * d->m, length = sqrt(d->pol[0] * d->pol[0] + d->pol[1] * d->pol[1] + d->pol[2] * d->pol[2]);
	return bsm_decay_by_weight(d->m, d->n, d->out, vector_system, d, 9.0 / 8 * M2 * M2 * (1 + length), rng);
}

int bsm_decay_sample_tau(struct bsm_decay *d, struct bsm_rng *rng)
{
	switch (d->mode->shape) {
	case BSM_TAU_MESON:
		return meson(d, rng);
	case BSM_TAU_RHO:
	case BSM_TAU_KSTAR:
		return pair(d, rng);
	case BSM_TAU_3PI:
		return three_pions(d, rng);
	case BSM_TAU_MANY:
		return many(d, rng);
	default:
		return 0;
	}
}
