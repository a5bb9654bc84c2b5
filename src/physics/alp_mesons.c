/* a in the space of U(3): Aloni, Soreq, Williams, 1811.03474 (ASW), whose couplings to gluons are first turned, by an
 * axial rotation of the quarks by kappa ~ 1/m_q, into a mass term and derivatives. docs/physics/alp.md derives the
 * formulas. */
#include <math.h>

#include "core/constants.h"
#include "physics/alp.h"

static const double f = BSM_F_PI / 1.41421356237309504880; /* 92 MeV */
static const double delta = 1.0 / 3;                       /* (m_d - m_u)/(m_d + m_u): ASW */

/* kappa of u, d, s: m_q^-1 over the sum. */
struct kappa {
	double u, d, s, mass;
}; /* mass: 1/sum(1/m_q) [GeV] */
static struct kappa kappas(void)
{
	double sum = 1 / BSM_M_UP + 1 / BSM_M_DOWN + 1 / BSM_M_STRANGE;
	return (struct kappa){1 / BSM_M_UP / sum, 1 / BSM_M_DOWN / sum, 1 / BSM_M_STRANGE / sum, 1 / sum};
}

double bsm_alp_eta_angle(void)
{
	return asin(-1.0 / 3);
}

/* -(K m^2 + D)/(m^2 - M^2) f: kinetic mixing of the axial currents and mass mixing of what the rotation leaves. */
struct bsm_alp_mixing bsm_alp_mix(double m, double gluon, double quark, double angle)
{
	struct kappa k = kappas();
	double u = gluon * k.u + quark / 2, d = gluon * k.d + quark / 2, s = gluon * k.s + quark / 2;
	double si = sin(angle), co = cos(angle), r3 = sqrt(3.0), r23 = sqrt(2.0 / 3), m2 = m * m;
	double pi = bsm_pdg_mass(111), eta = bsm_pdg_mass(221), etap = bsm_pdg_mass(331);
	double D = gluon * sqrt(6.0) * pi * pi / (BSM_M_UP + BSM_M_DOWN) * k.mass;
	double k_pi = -(u - d) / 2;
	double k_eta = -((u + d) * (co / r3 - r23 * si) - s * (2 * co / r3 + r23 * si)) / 2;
	double k_etap = -((u + d) * (si / r3 + r23 * co) - s * (2 * si / r3 - r23 * co)) / 2;
	return (struct bsm_alp_mixing){
		-f * k_pi * m2 / (m2 - pi * pi),
		-f * (k_eta * m2 - D * si) / (m2 - eta * eta),
		-f * (k_etap * m2 + D * co) / (m2 - etap * etap),
	};
}

/* 6 tr(Q Q' T) of the generators of pi0, eta, eta' at sin(angle) = -1/3, and of kappa/2: (alpha/pi f) times this is a
 * meson's coupling to two photons, its isovector one that to a photon and a rho. */
struct charges {
	double pi, eta, etap, rotation;
};

static double photon_sum(const struct charges *c, const struct bsm_alp_mixing *mix, double gluon)
{
	return BSM_ALPHA / (BSM_PI * f) *
	       (c->pi * mix->pi + c->eta * mix->eta + c->etap * mix->etap - c->rotation * gluon * f);
}

double bsm_alp_hadron_photon(double m, double gluon, double quark)
{
	struct kappa k = kappas();
	struct bsm_alp_mixing mix = bsm_alp_mix(m, gluon, quark, bsm_alp_eta_angle());
	struct charges c = {1, 6 * (4.0 / 9) / sqrt(6.0), 6 * (7.0 / 9) / (2 * sqrt(3.0)),
			    3 * (4 * k.u + k.d + k.s) / 9};
	return photon_sum(&c, &mix, gluon);
}

/* ---- a -> 3 pi ---- */
struct bsm_alp_pions bsm_alp_pions(double m, double gluon)
{
	struct kappa k = kappas();
	struct bsm_alp_mixing mix = bsm_alp_mix(m, gluon, 0, bsm_alp_eta_angle());
	double pi = bsm_pdg_mass(111), q = sqrt(2.0 / 3) * mix.eta + mix.etap / sqrt(3.0);
	/* pi0 and the isoscalars mix by delta m_pi^2: a pi0 that came of the isoscalars. */
	double v = mix.pi - delta * pi * pi * q / ((m - pi) * (m + pi));
	return (struct bsm_alp_pions){(v - gluon * f * (k.u - k.d) / 2) / f, (q - gluon * f * (k.u + k.d) / 2) / f};
}

/* Isoscalar part of a pi0 on its mass shell. */
static double pi0_isoscalar(void)
{
	double pi = bsm_pdg_mass(111), eta = bsm_pdg_mass(221), etap = bsm_pdg_mass(331), p = pi * pi;
	return delta * p * (2.0 / 3 / (eta * eta - p) + 1.0 / 3 / (etap * etap - p));
}

double bsm_alp_amplitude_3pi0(const struct bsm_alp_pions *a)
{
	double p = bsm_pdg_mass(111) * bsm_pdg_mass(111);
	return p / f * (a->isovector + (3 * pi0_isoscalar() - delta) * a->isoscalar);
}

double bsm_alp_amplitude_pipipi0(const struct bsm_alp_pions *a, double m, double s)
{
	double p = bsm_pdg_mass(111) * bsm_pdg_mass(111);
	return ((s - (m * m + 2 * p) / 3) * a->isovector + (pi0_isoscalar() - delta / 3) * p * a->isoscalar) / f;
}

struct dalitz {
	const struct bsm_alp_pions *a;
	double m, charged, neutral;
};

static double over_s(double t, void *arg)
{
	const struct dalitz *d = arg;
	/* sin^2 softens the square roots at both ends */
	double lo = 4 * d->charged * d->charged, hi = (d->m - d->neutral) * (d->m - d->neutral), sn = sin(t);
	double s = lo + (hi - lo) * sn * sn, w = sqrt(s), A = bsm_alp_amplitude_pipipi0(d->a, d->m, s);
	double p = bsm_two_body_p(d->m, w, d->neutral), q = bsm_two_body_p(w, d->charged, d->charged);
	/* dPhi_3 = ds p q/(32 pi^3 m w) */
	return A * A * p * q / (d->m * w) * (hi - lo) * 2 * sn * cos(t);
}

static double three_body(const struct bsm_alp_pions *a, double m, double charged, double (*integrand)(double, void *))
{
	struct dalitz d = {a, m, charged, bsm_pdg_mass(111)};
	if (!(m > 2 * charged + d.neutral))
		return 0;
	double sum = bsm_integrate(integrand, &d, 0, BSM_PI / 2, 1e-11, NULL) / (32 * BSM_PI * BSM_PI * BSM_PI);
	return BSM_ALP_K_FACTOR * sum / (2 * m);
}

static double over_s_flat(double t, void *arg)
{
	const struct dalitz *d = arg;
	double lo = 4 * d->charged * d->charged, hi = (d->m - d->neutral) * (d->m - d->neutral), sn = sin(t);
	double w = sqrt(lo + (hi - lo) * sn * sn);
	return bsm_two_body_p(d->m, w, d->neutral) * bsm_two_body_p(w, d->charged, d->charged) / (d->m * w) *
	       (hi - lo) * 2 * sn * cos(t);
}

double bsm_alp_pipipi0_width(const struct bsm_alp_pions *a, double m)
{
	return three_body(a, m, bsm_pdg_mass(211), over_s);
}

double bsm_alp_3pi0_width(const struct bsm_alp_pions *a, double m)
{
	double A = bsm_alp_amplitude_3pi0(a);
	return A * A / 6 * three_body(a, m, bsm_pdg_mass(111), over_s_flat);
}

/* ---- a -> gamma pi+ pi- ---- */
static double beta3(double s)
{
	double x = 1 - 4 * bsm_pdg_mass(211) * bsm_pdg_mass(211) / s;
	return x > 0 ? x * sqrt(x) : 0;
}

double bsm_alp_rho_propagator2(double s)
{
	double M = bsm_pdg_mass(113), M2 = M * M, width = bsm_pdg_width(113) * s / M2 * beta3(s) / beta3(M2);
	return M2 * M2 / ((M2 - s) * (M2 - s) + M2 * width * width);
}

static double over_rho(double s, void *arg)
{
	double m = *(const double *)arg, x = 1 - s / (m * m);
	return s * x * x * x * beta3(s) * bsm_alp_rho_propagator2(s);
}

double bsm_alp_pipigamma_width(double c, double m)
{
	double lo = 4 * bsm_pdg_mass(211) * bsm_pdg_mass(211);
	if (!(m * m > lo))
		return 0;
	double sum = bsm_integrate(over_rho, &m, lo, m * m, 1e-10, NULL);
	return c * c * m * m * m / (1536 * BSM_PI * BSM_PI * BSM_PI) * sum;
}

/* Isovector photon to pi+ pi- by the rho; the size is that of the measured eta -> pi+ pi- gamma: vector dominance
 * alone, with g^2 = m_rho^2/(2 f^2), has it three times too large. */
double bsm_alp_rho_photon(double m, double gluon)
{
	struct kappa k = kappas();
	struct bsm_alp_mixing mix = bsm_alp_mix(m, gluon, 0, bsm_alp_eta_angle());
	struct charges c = {0.5, 3 / sqrt(6.0), 3 / (2 * sqrt(3.0)), k.u + k.d / 2};
	static const double br = 0.0428; /* RPP 2024: eta -> pi+ pi- gamma */
	double eta = bsm_pdg_mass(221);
	double one = bsm_alp_pipigamma_width(BSM_ALPHA / (BSM_PI * f) * c.eta, eta);
	return photon_sum(&c, &mix, gluon) * sqrt(br * bsm_pdg_width(221) / one);
}
