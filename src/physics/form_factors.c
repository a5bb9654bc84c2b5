#include "physics/form_factors.h"

#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"

static const double dipole2 = 0.71; /* GeV2: electric form factor of the proton */
static const double fm = 1e-15 / BSM_HBARC;

/* Skin and squared radius of the sphere [1/GeV, 1/GeV2]. */
static double skin(void)
{
	return 0.9 * fm;
}

static double sphere2(int A)
{
	double c = 1.23 * cbrt(A) - 0.6, a = 0.52, s = 0.9;
	return (c * c + 7.0 / 3 * BSM_PI * BSM_PI * a * a - 5 * s * s) * fm * fm;
}

double bsm_helm(double q2, int A)
{
	if (A <= 1)
		return 1 / ((1 + q2 / dipole2) * (1 + q2 / dipole2));
	double x2 = q2 * sphere2(A), x = sqrt(x2), s = skin();
	/* 3 j1(x)/x: the difference of the closed form loses x^-3 of its digits, the series is short where that hurts.
	 */
	double ball = x < 0.3 ? 1 - x2 / 10 * (1 - x2 / 28 * (1 - x2 / 54 * (1 - x2 / 88 * (1 - x2 / 130))))
			      : 3 * (sin(x) - x * cos(x)) / (x2 * x);
	return ball * exp(-q2 * s * s / 2);
}

double bsm_helm_r2(int A)
{
	return A <= 1 ? 12 / dipole2 : 3.0 / 5 * sphere2(A) + 3 * skin() * skin();
}

double bsm_atomic_radius(int Z)
{
	static const double light[] = {5.31, 4.79, 4.74, 4.71}; /* Tsai, table B2: H, He, Li, Be */
	double log_ = Z < 5 ? light[Z > 1 ? Z - 1 : 0] : log(184.15) - log(Z) / 3;
	return exp(log_ - 0.5) / bsm_pdg_mass(11);
}

double bsm_atomic_screening(double q2, int Z)
{
	double a = bsm_atomic_radius(Z), x = a * a * q2;
	return x / (1 + x);
}

double bsm_atomic_inelastic(double q2, int Z)
{
	static const double moment2 = 2.7928473446 * 2.7928473446; /* of the proton, nuclear magnetons: CODATA 2018 */
	double a = 773 / cbrt((double)Z * Z) / bsm_pdg_mass(11), x = a * a * q2, atom = x / (1 + x),
	       m = bsm_pdg_mass(2212);
	double d = 1 + q2 / dipole2, proton = (1 + q2 / (4 * m * m) * (moment2 - 1)) / (d * d * d * d);
	return Z * atom * atom * proton * proton;
}
