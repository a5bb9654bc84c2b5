/* References: Gorbunov and Shaposhnikov 0705.1729; Atre et al. 0901.3589; Bondarenko et al. 1805.08567 (BBGR). */
#include "physics/hnl_widths.h"

#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"

/* BBGR section 3.2.1; the FairShip and HNLCalc codes have the same kinematics. */
double bsm_width_f_fp(double M, double m, double mh)
{
	double x = m * m / (M * M), y = mh * mh / (M * M);
	double kin = (1 - x) * (1 - x) - y * (1 + x);
	return BSM_GF * BSM_GF * M * M / (8 * BSM_PI) * bsm_two_body_p(M, m, mh) * kin;
}

/* BBGR section 3.2.1, with g_V = f m. */
double bsm_width_f_fv(double M, double m, double mh)
{
	double x = m * m / (M * M), y = mh * mh / (M * M);
	double kin = (1 - x) * (1 - x) + y * (1 + x) - 2 * y * y;
	return BSM_GF * BSM_GF * M * M / (8 * BSM_PI) * bsm_two_body_p(M, m, mh) * kin;
}

/* The kinematics is Shrock's rho factor (Phys. Rev. D 24, 1232) before the division. */
double bsm_width_p_ln(double M, double ml, double mN)
{
	double x = ml * ml / (M * M), y = mN * mN / (M * M);
	return BSM_GF * BSM_GF * M * M / (4 * BSM_PI) * bsm_two_body_p(M, ml, mN) * (x + y - (x - y) * (x - y));
}

/* ---- three-body: integrals over the mass of one pair ---- */
struct pair {
	double M, m1, m2, m3;
	int weight;
};
enum { PRODUCT, SCALAR };

/* PRODUCT: (1.2)(b.3); SCALAR: (b.3). Pair 1 2 has mass s; phase space of both splittings. */
static double over_pair(double x, void *arg)
{
	const struct pair *p = arg;
	double low = (p->m1 + p->m2) * (p->m1 + p->m2), high = (p->M - p->m3) * (p->M - p->m3);
	double sx = sin(x), s = low + (high - low) * sx * sx, q = sqrt(s);
	if (!(q > 0))
		return 0;
	double phase = bsm_two_body_p(p->M, q, p->m3) / (4 * BSM_PI * p->M) * bsm_two_body_p(q, p->m1, p->m2) /
		       (4 * BSM_PI * q) / (2 * BSM_PI);
	double b3 = (p->M * p->M + p->m3 * p->m3 - s) / 2, r12 = (s - p->m1 * p->m1 - p->m2 * p->m2) / 2;
	return phase * b3 * (p->weight == PRODUCT ? r12 : 1) * (high - low) * 2 * sx * cos(x);
}

static double integral(double M, double m1, double m2, double m3, int weight)
{
	struct pair p = {M, m1, m2, m3, weight};
	if (!(M > m1 + m2 + m3))
		return 0;
	return bsm_integrate(over_pair, &p, 0, BSM_PI / 2, 1e-12, NULL) * 64 * BSM_GF * BSM_GF / (2 * M);
}

double bsm_width_four_lepton(double M, double ma, double mc, double md)
{
	return integral(M, ma, mc, md, PRODUCT);
}

/* The same as C1 f1 + C2 f2 of BBGR section 3.1.2, without the cancellations of their logarithm at small masses. */
double bsm_width_nff(double M, double mf, double gl, double gr)
{
	if (!(M > 2 * mf))
		return 0;
	double direct = (gl * gl + gr * gr) * integral(M, 0, mf, mf, PRODUCT);
	return mf > 0 ? direct + gl * gr * mf * mf * integral(M, mf, mf, 0, SCALAR) : direct;
}

/* G_F^2 M^5/(768 pi^3) for each other flavour b, twice that for b = a: in all G_F^2 M^5/(192 pi^3). */
double bsm_width_3nu(double M, int same_flavour)
{
	return BSM_GF * BSM_GF * pow(M, 5) / (768 * pow(BSM_PI, 3)) * (same_flavour ? 2 : 1);
}

/* Pal and Wolfenstein, Phys. Rev. D 25, 766, without GIM suppression; half of the Majorana width of X-ray limits. */
double bsm_width_nu_gamma(double M)
{
	return 9 * BSM_ALPHA * BSM_GF * BSM_GF * pow(M, 5) / (512 * pow(BSM_PI, 4));
}
