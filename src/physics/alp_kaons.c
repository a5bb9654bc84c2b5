/* K -> pi a at leading order of the weak chiral Lagrangian: Bauer, Neubert, Renner, Schnubel, Thamm, 2102.13112 (K+)
 * and 2110.10698 (K0), octet operator alone, with s -> d a of a top and W loop for couplings to quarks. */
#include <math.h>

#include "core/constants.h"
#include "physics/alp.h"

static const double N8 = 1.53e-7; /* G_F/sqrt2 V_ud V_us f_pi^2 g_8: 2110.10698; its sign: -N8 */

struct complex_ {
	double re, im;
};

/* Coupling of d_mu a/f to the current of s and d, [k_D]_12 over f: one loop, Lambda -> m_t in the leading logarithm
 * (2110.10698, as in jjerhot/ALPINIST, effective_coupling.py) for couplings of all quarks alike at Lambda. */
static struct complex_ flavour_change(double quark, double scale)
{
	double w = bsm_pdg_mass(24), x = BSM_M_TOP * BSM_M_TOP / (w * w),
	       y2 = 2 * sqrt(2.0) * BSM_GF * BSM_M_TOP * BSM_M_TOP;
	double loop = log(scale / BSM_M_TOP) - 0.25 - 1.5 * (1 - x + log(x)) / ((1 - x) * (1 - x));
	double k = quark * y2 / (16 * BSM_PI * BSM_PI) * loop * BSM_CKM_A * BSM_CKM_A * pow(BSM_CKM_LAMBDA, 5);
	return (struct complex_){-k * (1 - BSM_CKM_RHO), -k * BSM_CKM_ETA}; /* V_td^* V_ts */
}

static double width(double amplitude2, double M, double child, double m)
{
	return bsm_two_body_width(amplitude2, M, child, m);
}

/* Amplitude of K+ -> pi+ a: real part and what the loop's phase adds. */
double bsm_alp_kplus_width(double m, double gluon, double quark, double scale)
{
	double M = bsm_pdg_mass(321), child = bsm_pdg_mass(211), K = M * M, P = child * child, a = m * m;
	double octet = 8 * gluon * (K - P) * (K - a) / (4 * K - P - 3 * a) + 4 * quark * (K - P);
	struct complex_ k = flavour_change(quark, scale);
	double re = -N8 / 4 * octet - (K - P) / 2 * k.re, im = -(K - P) / 2 * k.im;
	return width(re * re + im * im, M, child, m);
}

/* sqrt(2) times the amplitude of K0bar -> pi0 a. The mesons' masses in the octet part are the isospin limit's. */
static struct complex_ neutral(double m, double gluon, double quark, double scale)
{
	double M = bsm_pdg_mass(130), child = bsm_pdg_mass(111), K = M * M, P = child * child, a = m * m;
	double octet = 8 * gluon * (K - P) * (K - a) / (4 * K - P - 3 * a) + 4 * quark * (K - P);
	struct complex_ k = flavour_change(quark, scale);
	return (struct complex_){-N8 / 4 * octet - (K - P) / 2 * k.re, -(K - P) / 2 * k.im};
}

double bsm_alp_kshort_width(double m, double gluon, double quark, double scale)
{
	double re = neutral(m, gluon, quark, scale).re;
	return width(re * re, bsm_pdg_mass(310), bsm_pdg_mass(111), m);
}

/* CP violated: by the K_S in it and by the loop. */
double bsm_alp_klong_width(double m, double gluon, double quark, double scale)
{
	struct complex_ A = neutral(m, gluon, quark, scale);
	double phase = BSM_EPSILON_K_PHASE * BSM_PI / 180, re = BSM_EPSILON_K * cos(phase) * A.re,
	       im = BSM_EPSILON_K * sin(phase) * A.re + A.im;
	return width(re * re + im * im, bsm_pdg_mass(130), bsm_pdg_mass(111), m);
}
