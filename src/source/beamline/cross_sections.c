#include "source/beamline/cross_sections.h"

#include <math.h>
#include <stdlib.h>

#include "bsmnu/model.h"
#include "core/constants.h"

/* Evaluated total and inelastic cross-sections [mb] against kinetic energy [GeV]: V. S. Barashenkov, Cross sections of
 * interactions of particles and nuclei with nuclei, JINR, Dubna 1993, as Geant4 tabulates them; pions: mean of both
 * charges. Inelastic includes the quasi-elastic part. */
enum { PION_T = 27, NUCLEON_T = 17, NUCLEI = 6 };
static const double mass_number[NUCLEI] = {4.0026, 9.0122, 12.011, 14.007, 26.982, 55.845};
static const double pion_T[PION_T] = {.02, .04, .06, .08, .1, .12, .14, .16, .18, .2, .25, .3,  .35, .4,
				      .5,  .6,  .7,  .8,  1,  2,   3,   5,   10,  20, 50,  100, 500};
static const double pion_total[NUCLEI][PION_T] = {
	{40,  70,  108, 152, 208, 276, 320, 333, 328, 310, 250, 196, 144, 125,
	 108, 110, 117, 123, 135, 110, 96,  87,  85,  84,  84,  84,  84},
	{123, 180, 258, 358, 475, 557, 600, 607, 584, 549, 467, 384, 327, 285,
	 234, 233, 244, 257, 276, 250, 230, 215, 205, 194, 188, 186, 186},
	{172, 226, 330, 472, 612, 678, 698, 695, 666, 639, 558, 482, 421, 372,
	 321, 313, 319, 333, 348, 310, 290, 268, 250, 245, 237, 234, 234},
	{246, 308, 424, 590, 729, 800, 822, 800, 768, 728, 634, 556, 480, 430,
	 373, 370, 375, 388, 397, 364, 337, 310, 291, 275, 268, 268, 268},
	{378, 494, 724, 1001, 1164, 1202, 1184, 1151, 1110, 1070, 952, 880, 797, 740,
	 668, 658, 665, 670,  682,  618,  574,  546,  520,  507,  495, 488, 488},
	{752,  969,  1340, 1725, 1944, 1958, 1898, 1818, 1762, 1704, 1542, 1435, 1342, 1244,
	 1165, 1146, 1153, 1170, 1190, 1150, 1135, 975,  945,  925,  905,  905,  905}};
static const double pion_inelastic[NUCLEI][PION_T] = {
	{18, 38, 62, 98, 136, 176, 200, 212, 208, 196, 157, 124, 98, 90,
	 82, 86, 93, 98, 102, 83,  77,  75,  74,  72,  72,  72,  72},
	{75,  110, 160, 217, 291, 350, 386, 387, 368, 340, 284, 226, 208, 194,
	 182, 182, 187, 193, 207, 179, 172, 165, 159, 155, 144, 144, 144},
	{111, 146, 204, 288, 379, 419, 435, 432, 408, 393, 330, 284, 260, 244,
	 232, 234, 238, 246, 256, 220, 210, 198, 187, 183, 176, 174, 174},
	{155, 188, 256, 360, 456, 512, 526, 504, 475, 450, 386, 340, 300, 282,
	 265, 268, 273, 280, 288, 256, 237, 226, 218, 208, 202, 202, 202},
	{210, 299, 442, 638, 731, 750, 735, 716, 678, 648, 560, 512, 482, 462,
	 444, 448, 448, 451, 460, 408, 392, 376, 356, 347, 338, 332, 332},
	{418, 568, 808, 1095, 1200, 1200, 1150, 1110, 1055, 1000, 850, 802, 785, 765,
	 732, 732, 735, 745,  760,  690,  660,  635,  615,  600,  585, 585, 585}};
static const double nucleon_T[NUCLEON_T] = {.2, .3, .4, .5, .6, .8, 1, 1.5, 2, 3, 5, 7, 10, 20, 50, 100, 500};
static const double nucleon_total[NUCLEI][NUCLEON_T] = {
	{107, 106, 110, 120, 126, 140, 146, 148, 152, 150, 146, 142, 138, 132, 129, 126, 127},
	{235, 225, 238, 252, 270, 288, 294, 303, 303, 300, 292, 284, 277, 267, 263, 264, 268},
	{294, 280, 296, 314, 330, 356, 364, 384, 388, 384, 364, 352, 344, 330, 324, 324, 332},
	{345, 324, 336, 356, 372, 400, 415, 430, 435, 432, 415, 402, 390, 375, 367, 370, 382},
	{567, 560, 592, 616, 644, 688, 720, 736, 754, 736, 706, 680, 672, 646, 632, 632, 632},
	{1030, 1020, 1043, 1075, 1110, 1163, 1225, 1252, 1260, 1260, 1233, 1207, 1185, 1140, 1110, 1110, 1110}};
static const double nucleon_inelastic[NUCLEI][NUCLEON_T] = {
	{79, 80, 88, 94, 100, 108, 108, 112, 114, 114, 112, 110, 108, 106, 104, 101, 102},
	{175, 170, 176, 184, 194, 209, 214, 216, 216, 212, 210, 210, 210, 210, 210, 210, 210},
	{210, 210, 216, 228, 240, 254, 260, 262, 260, 256, 252, 252, 250, 250, 248, 248, 248},
	{245, 240, 250, 260, 268, 280, 290, 295, 300, 294, 292, 290, 285, 285, 282, 282, 282},
	{410, 402, 408, 424, 438, 450, 456, 472, 480, 466, 456, 452, 448, 444, 440, 440, 440},
	{700, 700, 705, 735, 750, 775, 795, 810, 813, 810, 784, 757, 743, 735, 720, 720, 720}};

static double at_energy(const double *T, const double *s, int n, double t)
{
	if (t <= T[0])
		return s[0];
	for (int i = 1; i < n; i++)
		if (t < T[i])
			return s[i - 1] + (s[i] - s[i - 1]) * log(t / T[i - 1]) / log(T[i] / T[i - 1]);
	return s[n - 1];
}

static double tabulated(enum bsm_strong h, int nucleus, int inelastic, double t)
{
	if (h == BSM_STRONG_PION)
		return at_energy(pion_T, inelastic ? pion_inelastic[nucleus] : pion_total[nucleus], PION_T, t);
	return at_energy(nucleon_T, inelastic ? nucleon_inelastic[nucleus] : nucleon_total[nucleus], NUCLEON_T, t);
}

/* A power of A between two tabulated nuclei, whose exponent is their own; beyond the ends A^0.7. */
static double at_nucleus(enum bsm_strong h, double A, int inelastic, double t)
{
	int i = 0;
	while (i < NUCLEI - 1 && A > mass_number[i] * 1.02)
		i++;
	double s = tabulated(h, i, inelastic, t);
	if (fabs(A - mass_number[i]) < 0.02 * mass_number[i])
		return s;
	if (i == 0 || A > mass_number[i])
		return s * pow(A / mass_number[i], 0.7);
	double below = tabulated(h, i - 1, inelastic, t);
	return below * pow(s / below, log(A / mass_number[i - 1]) / log(mass_number[i] / mass_number[i - 1]));
}

/* Donnachie-Landshoff and PDG fits do not hold below 3 GeV/c, where kaons are frozen or rise with 1/p^0.6 (K-). Fit:
 * RPP 2006, X + B ln^2(s/s0) + Y1 s^-eta -+ Y2 s^-eta. */
double bsm_xsec_nucleon(enum bsm_strong h, double p)
{
	static const double fit[5][3] = {
		{35.6, 41.3, 31.7}, {20.86, 19.24, 0}, {17.89, 6.16, 10.34}, {17.89, 6.16, -10.34}, {17.89, 6.16, 0}};
	double m = h == BSM_STRONG_NUCLEON ? 0.938272 : h == BSM_STRONG_PION ? 0.139570 : 0.493677, M = 0.938919;
	double q = fmax(p, 3), s = m * m + M * M + 2 * M * sqrt(q * q + m * m), l = log(s / (5.38 * 5.38));
	double sigma = fit[h][0] + 0.308 * l * l + (fit[h][1] - fit[h][2]) * pow(s, -0.458);
	if (p < 3 && h == BSM_STRONG_KAON_MINUS)
		sigma *= pow(3 / fmax(p, 0.3), 0.6);
	return p < 3 && h == BSM_STRONG_KAON_ZERO ? sigma * pow(3 / fmax(p, 0.3), 0.3) : sigma;
}

/* Glauber-Gribov of a sharp sphere for kaons (V. M. Grichine, Nucl. Instrum. Meth. B 267 (2009) 2460): total and
 * inelastic. */
static double glauber(enum bsm_strong h, double p, double A, double inelastic)
{
	double R = 1.3 * cbrt(A), Q = 2 * BSM_PI * R * R * 10 /* fm2 -> mb */, x = A * bsm_xsec_nucleon(h, p) / Q;
	return inelastic > 0 ? Q * log1p(inelastic * x) / inelastic : Q * log1p(x);
}

static double evaluated(enum bsm_strong h, double p, double A, int inelastic)
{
	double m = h == BSM_STRONG_PION ? 0.139570 : 0.938272, t = p * p / (sqrt(p * p + m * m) + m);
	if (h != BSM_STRONG_PION && h != BSM_STRONG_NUCLEON)
		return glauber(h, p, A, inelastic ? 2.2 : 0);
	return at_nucleus(h, A, inelastic, t);
}

/* Quasi-elastic part of the inelastic cross-section. Nucleons: 34.6 of 212.3 mb on Be at 8.89 GeV/c (arXiv:0806.1449),
 * 27 of 258 mb on C at 31 GeV/c (NA61, arXiv:1510.02703). Pions on Be at .5 to 4 GeV/c: MiniBooNE's fits, ibid. */
static double quasi_elastic_share(enum bsm_strong h, double p)
{
	static const double q[6] = {0.3, 0.5, 1, 2, 4, 10}, pion[6] = {0.65, 0.63, 0.20, 0.17, 0.12, 0.09};
	if (h == BSM_STRONG_NUCLEON)
		return p > 31 ? 0.105 : p < 8.89 ? 0.163 : 0.163 - 0.058 * log(p / 8.89) / log(31 / 8.89);
	return at_energy(q, pion, 6, p);
}

double bsm_xsec_production(enum bsm_strong h, double p, double A)
{
	return evaluated(h, p, A, 1) * (1 - (A > 1.5 ? quasi_elastic_share(h, p) : 0));
}

double bsm_xsec_quasi_elastic(enum bsm_strong h, double p, double A)
{
	return A > 1.5 ? evaluated(h, p, A, 1) * quasi_elastic_share(h, p) : 0;
}

double bsm_xsec_elastic(enum bsm_strong h, double p, double A)
{
	return fmax(0, evaluated(h, p, A, 0) - evaluated(h, p, A, 1));
}

/* G4BNB: 5.21 + .8145 p - .0377 p^2 to about 9 GeV/c; then the slow rise of pp elastic scattering. */
double bsm_slope_quasi_elastic(double p)
{
	double q = fmin(p, 9.5);
	return 5.21 + 0.8145 * q - 0.0377 * q * q + (p > 9.5 ? 0.5 * log(p / 9.5) : 0);
}

/* Of the diffraction peak: R^2/4 of a black sphere of 1.3 fm A^(1/3), and the nucleon's own 10/GeV2 at the light end.
 */
double bsm_slope_elastic(double A)
{
	return 10 + 10.85 * pow(A, 2.0 / 3) * (A > 1.5);
}
