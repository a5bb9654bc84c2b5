#include <math.h>
#include <stddef.h>

#include "core/constants.h"
#include "physics/alp.h"

double bsm_alp_yukawa(const double *par, int32_t lepton)
{
	double y = par[BSM_ALP_G_LEPTON] * bsm_pdg_mass(lepton);
	return lepton == 11 ? y + par[BSM_ALP_G_ELECTRON] : y;
}

/* 1 - tau f^2, f = asin(1/sqrt(tau)), continued to tau < 1. */
void bsm_alp_loop(double tau, double *re, double *im)
{
	if (tau > 1000) { /* asin^2(x) = x^2 + x^4/3 + 8 x^6/45 + 4 x^8/35 + 128 x^10/1575 + ... */
		double x2 = 1 / tau;
		*re = -x2 * (1.0 / 3 + x2 * (8.0 / 45 + x2 * (4.0 / 35 + x2 * 128.0 / 1575)));
		*im = 0;
		return;
	}
	if (tau >= 1) {
		double f = asin(1 / sqrt(tau));
		*re = 1 - tau * f * f;
		*im = 0;
		return;
	}
	double r = sqrt(1 - tau), l = log((1 + r) * (1 + r) / tau) / 2; /* f = pi/2 + i l */
	*re = 1 - tau * (BSM_PI * BSM_PI / 4 - l * l);
	*im = -tau * BSM_PI * l;
}

double bsm_alp_photon_width(double g2, double m)
{
	return g2 * m * m * m / (64 * BSM_PI);
}

double bsm_alp_lepton_width(double y, double m, double ml)
{
	return m > 2 * ml ? y * y / (8 * BSM_PI) * sqrt((m - 2 * ml) * (m + 2 * ml)) : 0;
}

/* Leptons that run in the loop, and what the hadrons add. */
static double photon_coupling2(const double *par)
{
	double m = par[BSM_ALP_MASS], re = par[BSM_ALP_G_PHOTON], im = 0;
	for (int32_t l = 11; l <= 15; l += 2) {
		double ml = bsm_pdg_mass(l), c = BSM_ALPHA / BSM_PI * bsm_alp_yukawa(par, l) / ml, b, bi;
		bsm_alp_loop(4 * ml * ml / (m * m), &b, &bi);
		re += c * b;
		im += c * bi;
	}
	if (bsm_alp_by_curves(m)) { /* their phase is not known: no interference */
		double g = par[BSM_ALP_G_GLUON], hadrons = g * g * bsm_alp_curve(BSM_ALP_GAMMA_GAMMA, m, 0, 0);
		return re * re + im * im + hadrons / bsm_alp_photon_width(1, m);
	}
	if (par[BSM_ALP_G_GLUON] > 0 || par[BSM_ALP_G_QUARK] > 0)
		re += bsm_alp_hadron_photon(m, par[BSM_ALP_G_GLUON], par[BSM_ALP_G_QUARK]);
	return re * re + im * im;
}

static void widths_by_formulas(double m, double gluon, double *d)
{
	struct bsm_alp_pions pions = bsm_alp_pions(m, gluon);
	d[BSM_ALP_PI3] = pions.isovector;
	d[BSM_ALP_PIQ] = pions.isoscalar;
	d[BSM_ALP_RHO] = bsm_alp_rho_photon(m, gluon);
	d[BSM_ALP_W_3PI0] = bsm_alp_3pi0_width(&pions, m);
	d[BSM_ALP_W_PIPIPI0] = bsm_alp_pipipi0_width(&pions, m);
	d[BSM_ALP_W_PIPIGAMMA] = bsm_alp_pipigamma_width(d[BSM_ALP_RHO], m);
}

/* Only the rho shapes a decay: curves are of widths. */
static void widths_by_curves(double m, double gluon, double *d)
{
	static const int32_t neutral[3] = {111, 111, 111}, charged[3] = {211, -211, 111};
	double g2 = gluon * gluon, pi = bsm_pdg_mass(211), pi0 = bsm_pdg_mass(111);
	d[BSM_ALP_W_3PI0] = g2 * bsm_alp_curve(BSM_ALP_3PI0, m, 3 * pi0, 2);
	d[BSM_ALP_W_PIPIPI0] = g2 * bsm_alp_curve(BSM_ALP_PI_PI_PI0, m, 2 * pi + pi0, 2);
	d[BSM_ALP_W_PIPIGAMMA] = g2 * bsm_alp_curve(BSM_ALP_PI_PI_GAMMA, m, 2 * pi, 2);
	d[BSM_ALP_FLAT_3PI0] = bsm_alp_flat_me2(d[BSM_ALP_W_3PI0], m, neutral);
	d[BSM_ALP_FLAT_PIPIPI0] = bsm_alp_flat_me2(d[BSM_ALP_W_PIPIPI0], m, charged);
	d[BSM_ALP_RHO] = sqrt(d[BSM_ALP_W_PIPIGAMMA] / bsm_alp_pipigamma_width(1, m));
}

void bsm_alp_prepare(const double *par, double *d)
{
	double m = par[BSM_ALP_MASS], gluon = par[BSM_ALP_G_GLUON], quark = par[BSM_ALP_G_QUARK],
	       scale = par[BSM_ALP_SCALE];
	for (int i = 0; i < BSM_ALP_DERIVED; i++)
		d[i] = 0;
	d[BSM_ALP_PHOTON2] = photon_coupling2(par);
	if (!(gluon > 0) && !(quark > 0))
		return;
	struct bsm_alp_mixing mix = bsm_alp_mix(m, gluon, quark, bsm_alp_eta_angle());
	d[BSM_ALP_THETA_PI] = mix.pi;
	d[BSM_ALP_THETA_ETA] = mix.eta;
	d[BSM_ALP_THETA_ETAP] = mix.etap;
	(bsm_alp_by_curves(m) ? widths_by_curves : widths_by_formulas)(m, gluon, d);
	d[BSM_ALP_W_KPI] = bsm_alp_kplus_width(m, gluon, quark, scale);
	d[BSM_ALP_W_KSPI] = bsm_alp_kshort_width(m, gluon, quark, scale);
	d[BSM_ALP_W_KLPI] = bsm_alp_klong_width(m, gluon, quark, scale);
}

const char *bsm_alp_refuse(const double *par)
{
	double m = par[BSM_ALP_MASS];
	if (!(par[BSM_ALP_G_GLUON] > 0) && !(par[BSM_ALP_G_QUARK] > 0))
		return NULL;
	if (fabs(m - bsm_pdg_mass(111)) < 0.002)
		return "with g_gluon or g_quark `mass` has to stay 2 MeV away from the pi0's: mixing is kept to first "
		       "order";
	if (!(m > BSM_ALP_FORMULAS_TO))
		return NULL;
	if (par[BSM_ALP_G_QUARK] > 0)
		return "g_quark is known to this model below the eta only: `mass` has to be 0.54 GeV or less with it";
	if (m < BSM_ALP_CURVES_FROM || (m > BSM_ALP_ETAP_FROM && m < BSM_ALP_ETAP_TO))
		return "with g_gluon `mass` must not be that of the eta or eta', 0.54 to 0.56 or 0.9 to 0.98 GeV: mixing is "
		       "kept to first order, and the curves of the widths cannot be read there";
	if (m > BSM_ALP_CURVES_TO)
		return "with g_gluon `mass` has to be 1.8 GeV or less: above, the decays are those of free gluons and which "
		       "hadrons they make is not in this model";
	if (par[BSM_ALP_G_PHOTON] > 0)
		return "with g_gluon above the eta g_photon has to be 0: only the size of the hadrons' coupling to photons is "
		       "known there, not its phase";
	return NULL;
}
