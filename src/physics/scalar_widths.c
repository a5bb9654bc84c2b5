/* Leptons, gluons and quarks as a light Higgs boson: A. Djouadi, Phys. Rep. 457 (2008) 1, hep-ph/0503172, section 2;
 * thresholds of quarks at those of mesons: Bezrukov, Gorbunov 1310.8042, Winkler 1809.01876. */
#include "physics/scalar_widths.h"

#include <complex.h>
#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/hnl_widths.h"

/* (1 - 4 r^2)^(1/2) at r = m/M; 0 below threshold */
static double velocity(double M, double m)
{
	return M > 2 * m ? sqrt((1 - 2 * m / M) * (1 + 2 * m / M)) : 0;
}

/* N_c M m^2 beta^3/(8 pi v^2), beta of another mass where the final state is of hadrons */
static double fermions(double M, double m, double at)
{
	double b = velocity(M, at), v = bsm_scalar_vev();
	return M * m * m * b * b * b / (8 * BSM_PI * v * v);
}

double bsm_scalar_ll(double mass, int lepton_pdg)
{
	double m = bsm_pdg_mass(lepton_pdg);
	return fermions(mass, m, m);
}

/* c(x) of four flavours, x = alpha_s/pi: m(mu)/m(mu0) = c(x)/c(x0); Chetyrkin, hep-ph/9703278. */
static double running(double x)
{
	return pow(25 * x / 6, 12.0 / 25) * (1 + x * (1.01413 + x * (1.38921 + x * 1.09054)));
}

double bsm_running_mass(double mu, int charm)
{
	double m0 = charm ? BSM_M_CHARM : BSM_M_STRANGE, at = charm ? BSM_M_CHARM : 2;
	return m0 * running(bsm_alpha_s(mu) / BSM_PI) / running(bsm_alpha_s(at) / BSM_PI);
}

/* Djouadi eq. 2.11 to 2.13: QCD corrections, and those of the top's triangle. */
double bsm_scalar_quarks(double mass, int charm)
{
	const double nf = 4;
	double at = bsm_pdg_mass(charm ? 421 : 321);
	if (!(mass > 2 * at))
		return 0;
	double a = bsm_alpha_s(mass) / BSM_PI, m = bsm_running_mass(mass, charm), l = log(m * m / (mass * mass));
	double qcd = a * (5.67 + a * (35.94 - 1.36 * nf + a * (164.14 - 25.77 * nf + 0.259 * nf * nf)));
	double top = a * a * (1.57 - 2 * log(mass * mass / (BSM_POLE_TOP * BSM_POLE_TOP)) / 3 + l * l / 9);
	return 3 * fermions(mass, m, at) * (1 + qcd + top);
}

/* 3/4 of the loop of spin 1/2, 1 for a heavy quark, with t = 4 m^2/M^2: 3 t (1 + (1 - t) f)/2. */
static double complex loop(double M, double m)
{
	double t = 4 * m * m / (M * M);
	double complex x =
		t >= 1 ? asin(1 / sqrt(t)) : 0.5 * (BSM_PI + _Complex_I * log((1 + sqrt(1 - t)) / (1 - sqrt(1 - t))));
	/* 1 + 7/(30 t) + ...: the difference of two large numbers where the quark is heavy */
	return t > 1e3 ? 1 + 7 / (30 * t) : 1.5 * t * (1 + (1 - t) * x * x);
}

double bsm_scalar_gluons(double mass)
{
	double a = bsm_alpha_s(mass), v = bsm_scalar_vev();
	double F = cabs(loop(mass, BSM_POLE_CHARM) + loop(mass, BSM_POLE_BOTTOM) + loop(mass, BSM_POLE_TOP));
	return a * a * mass * mass * mass * F * F / (72 * BSM_PI * BSM_PI * BSM_PI * v * v);
}

/* M^3 times the velocity of pairs of 2 m_pi (Winkler 1809.01876, eq. 29), such that the sum of hadrons is continuous at
 * 2 GeV. */
static double multi(double mass)
{
	double top = BSM_SCALAR_EXCLUSIVE_UP_TO, pair = 2 * bsm_pdg_mass(211), quarks, mesons = 0;
	for (int c = BSM_S_PIPI; c <= BSM_S_K0K0; c++)
		mesons += bsm_scalar_hadron_width(top, (enum bsm_scalar_channel)c);
	quarks = bsm_scalar_gluons(top) + bsm_scalar_quarks(top, 0);
	double x = mass / top;
	return (quarks - mesons) * x * x * x * velocity(mass, pair) / velocity(top, pair);
}

double bsm_scalar_hadron_width(double mass, enum bsm_scalar_channel channel)
{
	int low = mass <= BSM_SCALAR_EXCLUSIVE_UP_TO;
	switch (channel) {
	case BSM_S_PIPI:
		return low ? bsm_scalar_enhancement(mass, 0) * bsm_scalar_chiral(mass, bsm_pdg_mass(211), 1) : 0;
	case BSM_S_PI0PI0:
		return low ? bsm_scalar_enhancement(mass, 0) * bsm_scalar_chiral(mass, bsm_pdg_mass(111), 0) : 0;
	case BSM_S_KK:
		return low ? bsm_scalar_enhancement(mass, 1) * bsm_scalar_chiral(mass, bsm_pdg_mass(321), 1) : 0;
	case BSM_S_K0K0:
		return low ? bsm_scalar_enhancement(mass, 1) * bsm_scalar_chiral(mass, bsm_pdg_mass(311), 1) : 0;
	case BSM_S_MULTI:
		return low && mass > 4 * bsm_pdg_mass(211) ? multi(mass) : 0;
	case BSM_S_GLUONS:
		return low ? 0 : bsm_scalar_gluons(mass);
	case BSM_S_STRANGE:
		return low ? 0 : bsm_scalar_quarks(mass, 0);
	case BSM_S_CHARM:
		return low ? 0 : bsm_scalar_quarks(mass, 1);
	}
	return 0;
}
