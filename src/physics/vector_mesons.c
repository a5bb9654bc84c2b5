/* P -> gamma V: Batell, Pospelov, Ritz 0906.5614 eq. 5; the squares of P -> gamma chi chibar are
 * derived in docs/physics/vector_portal.md and, from Dirac matrices, in tests/derive/vector.py. */
#include "physics/vector_mesons.h"

#include <math.h>

#include "core/constants.h"

/* RPP 2024 listings. */
static const struct {
	int32_t meson;
	double br;
} two_photons[] = {{111, 0.98823}, {221, 0.3936}, {331, 0.02307}};
static const struct {
	int32_t meson;
	double br;
} electrons[] = {{113, 4.72e-5}, {223, 7.38e-5}, {333, 2.979e-4}, {443, 0.05971}, {100443, 0.00794}, {553, 0.0239}};
static const struct {
	int32_t parent, child, pole;
	double br;
} radiative[] = {{223, 111, 113, 0.0833},  {223, 221, 223, 4.5e-4}, {333, 221, 333, 0.01301},
		 {333, 111, 113, 1.32e-3}, {113, 111, 223, 4.7e-4}, {113, 221, 113, 3.00e-4}};

double bsm_br_gamma_gamma(int32_t meson)
{
	for (int i = 0; i < 3; i++)
		if (two_photons[i].meson == meson)
			return two_photons[i].br;
	return 0;
}

double bsm_br_ee(int32_t meson)
{
	for (int i = 0; i < 6; i++)
		if (electrons[i].meson == meson)
			return electrons[i].br;
	return 0;
}

/* Trace of the meson's flavour with the charges of photon and V, over that with two photons. eta = cos q - sin s, eta'
 * = sin q + cos s; Feldmann, Kroll, Stech hep-ph/9802409: 39.3 degrees, f_q = 1.07 f_pi, f_s = 1.34 f_pi. */
double bsm_vector_anomaly(const struct bsm_vector *v, int32_t meson)
{
	if (meson == 111)
		return 2 * v->up + v->down;
	double phi = 39.3 * BSM_PI / 180, q = (2 * v->up - v->down) / (3 * sqrt(2) * 1.07), s = -v->down / (3 * 1.34);
	double q0 = 5 / (9 * sqrt(2) * 1.07), s0 = 1 / (9 * 1.34);
	if (meson == 221)
		return (cos(phi) * q - sin(phi) * s) / (cos(phi) * q0 - sin(phi) * s0);
	return meson == 331 ? (sin(phi) * q + cos(phi) * s) / (sin(phi) * q0 + cos(phi) * s0) : 0;
}

double bsm_br_gamma_vector(const struct bsm_vector *v, int32_t meson)
{
	double br = bsm_br_gamma_gamma(meson), r = br > 0 ? v->mass / bsm_pdg_mass(meson) : 2, f;
	if (!(r < 1))
		return 0;
	f = bsm_vector_anomaly(v, meson);
	return 2 * f * f * br * pow((1 - r) * (1 + r), 3);
}

/* ---- P -> gamma chi chibar ---- */
struct bsm_portal bsm_portal_photon(double eps, enum bsm_chi kind)
{
	return (struct bsm_portal){.charge = 1, .alpha_D = eps * eps * BSM_ALPHA, .kind = kind};
}

/* |s - mV^2 + i mV Gamma|^2 */
static double propagator(const struct bsm_portal *t, double s)
{
	double d = s - t->mass * t->mass, w = t->mass * t->width;
	return d * d + w * w;
}

/* F^2 of the amplitude F eps(e1 k1 e2 k2) of P -> gamma gamma, width F^2 M^3/(64 pi). */
static double anomaly2(int32_t meson)
{
	double M = bsm_pdg_mass(meson);
	return 64 * BSM_PI * bsm_br_gamma_gamma(meson) * bsm_pdg_width(meson) / (M * M * M);
}

/* Amplitude F f g_D eps(e* k J q)/D: with k^2 = 0 the sum over the photon's spins is a Gram determinant,
 * -s kJJk + 2 (k.q) kJJq - (k.q)^2 J.J, where JJ is the spin-summed square of the current. */
double bsm_portal_me2(const struct bsm_portal *t, int32_t meson, struct bsm_p4 k, struct bsm_p4 p1, struct bsm_p4 p2)
{
	struct bsm_p4 q = bsm_p4_add(p1, p2);
	double s = bsm_p4_dot(q, q), kq = bsm_p4_dot(k, q), k1 = bsm_p4_dot(k, p1), k2 = bsm_p4_dot(k, p2);
	double m1 = sqrt(fmax(0, bsm_p4_dot(p1, p1))), m2 = sqrt(fmax(0, bsm_p4_dot(p2, p2))), sum;
	if (!(bsm_br_gamma_gamma(meson) > 0) || !(s > 0))
		return 0;
	if (t->kind == BSM_CHI_SCALAR) {
		sum = kq * kq * (s - 4 * m1 * m1) - s * (k1 - k2) * (k1 - k2);
	} else {
		double q1 = bsm_p4_dot(q, p1), q2 = bsm_p4_dot(q, p2), mm = bsm_p4_dot(p1, p2) + m1 * m2;
		double kk_ = 8 * k1 * k2, kq_ = 4 * (k1 * q2 + k2 * q1 - kq * mm),
		       qq = -8 * bsm_p4_dot(p1, p2) - 16 * m1 * m2;
		sum = -s * kk_ + 2 * kq * kq_ - kq * kq * qq;
	}
	double f2 = anomaly2(meson) * t->charge * t->charge * 4 * BSM_PI * t->alpha_D;
	return fmax(0, sum) * f2 / propagator(t, s);
}

/* Gamma(V* -> chi chi)/sqrt(s) at V's mass squared s, without alpha_D. */
static double reduced(enum bsm_chi kind, double s, double m1, double m2)
{
	double m = sqrt(s);
	return bsm_vector_chi(m, 1, kind, m1, m2) / m;
}

/* dBR/ds = BR(P -> gamma V*) sqrt(s) Gamma(V* -> chi chi)/(pi |D|^2), V* of mass sqrt(s). */
double bsm_portal_dbr(const struct bsm_portal *t, int32_t meson, double s, double m1, double m2)
{
	double M = bsm_pdg_mass(meson), x = 1 - s / (M * M), br = bsm_br_gamma_gamma(meson);
	if (!(br > 0) || !(x > 0) || !(s > (m1 + m2) * (m1 + m2)))
		return 0;
	return 2 * t->charge * t->charge * br * x * x * x * s * t->alpha_D * reduced(t->kind, s, m1, m2) /
	       (BSM_PI * propagator(t, s));
}

struct peak {
	const struct bsm_portal *t;
	int32_t meson;
	double m1, m2, low, high;
};

/* s along the Breit-Wigner: ds/|D|^2 = dy/(mV Gamma). */
static double over_peak(double y, void *arg)
{
	const struct peak *p = arg;
	double w = p->t->mass * p->t->width, s = p->t->mass * p->t->mass + w * tan(y);
	if (!(s > p->low && s < p->high))
		return 0;
	return bsm_portal_dbr(p->t, p->meson, s, p->m1, p->m2) * propagator(p->t, s) / w;
}

/* s = low e^(y y): logarithmic for light chi, and without the square root at threshold. */
static double over_s(double y, void *arg)
{
	const struct peak *p = arg;
	double s = p->low * exp(y * y);
	return bsm_portal_dbr(p->t, p->meson, s, p->m1, p->m2) * s * 2 * y;
}

/* s = high y^2: for massless chi */
static double over_root(double y, void *arg)
{
	const struct peak *p = arg;
	return bsm_portal_dbr(p->t, p->meson, p->high * y * y, p->m1, p->m2) * 2 * p->high * y;
}

double bsm_portal_br(const struct bsm_portal *t, int32_t meson, double m1, double m2)
{
	if (t->kind != BSM_CHI_INELASTIC)
		m2 = m1;
	double M = bsm_pdg_mass(meson), low = (m1 + m2) * (m1 + m2), high = M * M;
	if (!(bsm_br_gamma_gamma(meson) > 0) || !(low < high))
		return 0;
	struct peak p = {t, meson, m1, m2, low, high};
	double w = t->mass * t->width, mv2 = t->mass * t->mass;
	int inside = w > 0 && mv2 > low && mv2 < high;
	if (!inside && !(low > 0))
		return mv2 > 0 ? bsm_integrate(over_root, &p, 0, 1, 1e-10, NULL) : (double)INFINITY;
	if (!inside)
		return bsm_integrate(over_s, &p, 0, sqrt(log(high / low)), 1e-10, NULL);
	/* on shell: the two sides of the peak and its tails each where they are smooth */
	double a = atan((low - mv2) / w), b = atan((high - mv2) / w);
	return bsm_integrate(over_peak, &p, a, 0, 1e-10, NULL) + bsm_integrate(over_peak, &p, 0, b, 1e-10, NULL);
}

/* ---- vector mesons ---- */
double bsm_vector_meson_charge(const struct bsm_vector *v, int32_t meson)
{
	switch (meson) {
	case 113:
		return bsm_vector_rho(v);
	case 223:
		return bsm_vector_omega(v);
	case 333:
	case 553:
		return bsm_vector_phi(v); /* b bbar: charge of s */
	case 443:
	case 100443:
		return 1.5 * v->up;
	}
	return 0;
}

double bsm_portal_br_vector(const struct bsm_portal *t, int32_t meson, double m1, double m2)
{
	double br = bsm_br_ee(meson);
	if (!(br > 0))
		return 0;
	double M = bsm_pdg_mass(meson), s = M * M;
	double chi = reduced(t->kind, s, m1, t->kind == BSM_CHI_INELASTIC ? m2 : m1);
	return br * t->charge * t->charge * t->alpha_D / BSM_ALPHA * s * s / propagator(t, s) * 3 * chi;
}

double bsm_br_meson_vector(const struct bsm_vector *v, int32_t parent, int32_t child)
{
	for (int i = 0; i < 6; i++) {
		if (radiative[i].parent != parent || radiative[i].child != child)
			continue;
		double M = bsm_pdg_mass(parent), m = bsm_pdg_mass(child), pole = bsm_pdg_mass(radiative[i].pole);
		double p = bsm_two_body_p(M, m, v->mass) / bsm_two_body_p(M, m, 0), s = v->mass * v->mass;
		double g = pole * bsm_pdg_width(radiative[i].pole), m4 = pole * pole * pole * pole;
		double f = bsm_vector_meson_charge(v, radiative[i].pole), d = pole * pole - s;
		return radiative[i].br * f * f * p * p * p * (m4 + g * g) / (d * d + g * g); /* 1 for a photon */
	}
	return 0;
}
