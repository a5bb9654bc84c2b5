/* Amplitudes: Leutwyler, Shifman, Nucl. Phys. B 343 (1990) 369; Batell, Pospelov, Ritz 0911.4938; form factors of B:
 * Boiarska et al. 1904.10447, appendix, with the sources given there; K: as of K_l3. tests/derive/scalar.py. */
#include "physics/scalar_mesons.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/meson_form_factors.h"
#include "physics/scalar_widths.h"

/* Standard parametrisation; s13 e^{i delta} of Buras, Lautenbacher, Ostermaier, hep-ph/9403384. */
struct bsm_top_mixing bsm_top_mixing(void)
{
	double s12 = BSM_CKM_LAMBDA, s23 = BSM_CKM_A * s12 * s12, a2 = s23 * s23;
	double complex z = BSM_CKM_RHO + _Complex_I * BSM_CKM_ETA;
	double complex s13 = s23 * s12 * z * sqrt(1 - a2) / (sqrt(1 - s12 * s12) * (1 - a2 * z));
	double c12 = sqrt(1 - s12 * s12), c23 = sqrt(1 - s23 * s23), c13 = sqrt(1 - creal(s13 * conj(s13)));
	double complex td = s12 * s23 - c12 * c23 * s13, ts = -c12 * s23 - s12 * c23 * s13, sd = conj(ts) * td;
	return (struct bsm_top_mixing){creal(sd), cimag(sd), cabs(ts) * c23 * c13, cabs(td) * c23 * c13};
}

double bsm_scalar_xi(double ckm)
{
	return 3 * sqrt(2) * BSM_GF * BSM_POLE_TOP * BSM_POLE_TOP * ckm / (16 * BSM_PI * BSM_PI);
}

static double width(double amplitude, double M, double m, double mass)
{
	return amplitude * amplitude * bsm_two_body_p(M, m, mass) / (8 * BSM_PI * M * M);
}

double bsm_scalar_from_kaon(double mass, int32_t kaon)
{
	struct bsm_top_mixing V = bsm_top_mixing();
	double M = bsm_pdg_mass(kaon), m = bsm_pdg_mass(kaon == 321 ? 211 : 111), fplus, fzero, ckm;
	if (!(M > m + mass))
		return 0;
	bsm_form_factors_pp(bsm_semileptonic_find(321, 111), mass * mass, &fplus, &fzero);
	switch (kaon) {
	case 321:
		ckm = hypot(V.sd_re, V.sd_im);
		break;
	case 130:
		ckm = fabs(V.sd_re);
		break;
	case 310:
		ckm = fabs(V.sd_im);
		break;
	default:
		return 0;
	}
	return width(bsm_scalar_xi(ckm) * (M * M - m * m) / 2 * fzero / bsm_scalar_vev(), M, m, mass);
}

/* ---- B ---- */
static double curved(double f0, double a, double b, double x)
{
	return f0 / (1 - x * (a - b * x));
}

/* Large-energy form factors: (1 - m^2/(M E)) xi_par + (m/M) xi_perp, both with the pole of the B. */
static double large_energy(double perp, double par, double m, double q2)
{
	double M = bsm_pdg_mass(521), E = (M * M + m * m - q2) / (2 * M);
	return ((1 - m * m / (M * E)) * par + m / M * perp) / (1 - q2 / (M * M));
}

/* Mixtures of K_1A, K_1B by -34 degrees. */
static double axial(double x, double m, double share_a, double share_b)
{
	return (share_a * 1.31 * curved(0.22, 2.4, 1.78, x) + share_b * 1.34 * curved(-0.45, 1.34, 0.69, x)) / m;
}

double bsm_scalar_form_factor(int32_t child, double q2)
{
	const double mix = -34 * BSM_PI / 180;
	double M = bsm_pdg_mass(521), m = bsm_pdg_mass(child), x = q2 / (M * M);
	switch (abs(child)) {
	case 211:
	case 111:
		return 0.258 / (1 - q2 / 38);
	case 321:
	case 311:
		return 0.33 / (1 - q2 / 38);
	case 323:
	case 313:
		return 1.364 / (1 - x) - 0.99 / (1 - q2 / 36.8);
	case 9000321:
	case 9000311:
		return curved(0.46, 1.6, 1.35, x) * (1 - q2 / (M * M - m * m));
	case 10321:
	case 10311:
		return curved(0.17, 4.4, 6.4, x) * (1 - q2 / (M * M - m * m));
	case 10323:
	case 10313:
		return axial(x, m, sin(mix), cos(mix));
	case 20323:
	case 20313:
		return axial(x, m, cos(mix), -sin(mix));
	case 100323:
	case 100313:
		return large_energy(0.28, 0.22, m, q2);
	case 30323:
	case 30313:
		return large_energy(0.24, 0.18, m, q2);
	case 325:
	case 315:
		return curved(0.23, 1.23, 0.76, x) / (1 - x);
	default:
		return 0;
	}
}

static int spin2(int32_t child)
{
	int last = abs(child) % 10;
	return last - 1;
}

/* Matrix elements of sbar (1 + g5) b/2, times m_b: m_s/m_b left out. A pi0 is uubar or ddbar by half. */
double bsm_scalar_from_b(double mass, int32_t b, int32_t child)
{
	double M = bsm_pdg_mass(b), m = bsm_pdg_mass(child), p = bsm_two_body_p(M, m, mass);
	if (!(M > m + mass))
		return 0;
	int pion = child == 211 || child == 111;
	double f = bsm_scalar_form_factor(child, mass * mass), isospin = child == 111 ? 0.5 : 1;
	double spin = spin2(child) == 0   ? (M * M - m * m) / 2
		      : spin2(child) == 2 ? M * p
					  : sqrt(2.0 / 3) * M * p * p / m;
	double xi = bsm_scalar_xi(pion ? bsm_top_mixing().db : bsm_top_mixing().sb);
	return isospin * width(xi * spin * f / bsm_scalar_vev(), M, m, mass);
}
