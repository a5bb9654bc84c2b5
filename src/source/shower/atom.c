#include "source/shower/atom.h"

#include <math.h>

#include "core/constants.h"

/* Logarithms of the radiation length for the lightest atoms (Tsai's, as in the PDG's table), where Thomas and Fermi
 * fail. */
static const double light[4][2] = {{5.31, 6.144}, {4.79, 5.621}, {4.74, 5.805}, {4.71, 5.924}};

static double log_nucleus(int Z)
{
	return Z < 5 ? light[Z - 1][0] : log(184.15) - log(Z) / 3;
}

static double log_electrons(int Z)
{
	return Z < 5 ? light[Z - 1][1] : log(1194.0) - 2 * log(Z) / 3;
}

struct bsm_em_atom bsm_em_atom(int Z)
{
	struct bsm_em_atom a = {.Z = Z};
	double s = BSM_ALPHA * Z, s2 = s * s;
	a.coulomb = s2 * (1 / (1 + s2) + 0.20206 - s2 * (0.0369 - s2 * (0.0083 - 0.002 * s2)));
	/* Light atoms keep the shape of the screening, with the radius that gives Tsai's logarithm at high energy; the
	 * unscreened limit stays what it is. */
	a.nucleus = 100 / cbrt(Z) * exp(log_nucleus(Z) - (log(184.15) - log(Z) / 3));
	a.electrons = 100 / cbrt((double)Z * Z) * exp(log_electrons(Z) - (log(1194.0) - 2 * log(Z) / 3));
	return a;
}

struct bsm_em_screen bsm_em_screen_nucleus(double g)
{
	struct bsm_em_screen s = {2 * log1p(1 / (0.55846 * 0.55846 * g * g)), 2.0 / 3 / (1 + g * (6.5 + 6 * g))};
	if (g < 40)
		s.less -= 2.4 * exp(-0.9 * g) + 1.6 * exp(-1.5 * g);
	return s;
}

struct bsm_em_screen bsm_em_screen_electrons(double e)
{
	struct bsm_em_screen s = {2 * log1p(1 / (3.621 * 3.621 * e * e)), 2.0 / 3 / (1 + e * (40 + 400 * e))};
	if (e < 5)
		s.less -= 2.8 * exp(-8 * e) + 1.2 * exp(-29.2 * e);
	return s;
}

/* A fit of this program to the pair production of NIST's XCOM in lead (tests/unit/test_shower_physics.c): the full
 * correction above 100 MeV, of the other sign below 5 MeV. */
double bsm_em_coulomb_share(double k)
{
	double mev = 0.51099895 * k, x = mev / 12.5, c = 1 - 1.25 / (1 + x * sqrt(x));
	return c > 0 ? c : c * fmax(0, fmin(2.5, 3 * (mev - 1.022)));
}

double bsm_em_radiation(const struct bsm_em_atom *a)
{
	double Z = a->Z;
	return 4 * BSM_EM_ALPHA_R2 * (Z * Z * (log_nucleus(a->Z) - a->coulomb) + Z * log_electrons(a->Z));
}

double bsm_em_radiation_length(const struct bsm_material *m)
{
	double sum = 0;
	for (const struct bsm_element *e = m->element; e->Z; e++) {
		struct bsm_em_atom a = bsm_em_atom(e->Z);
		sum += e->fraction / e->A * bsm_em_radiation(&a);
	}
	return 1 / (BSM_AVOGADRO * sum);
}

double bsm_em_excitation(int Z)
{
	static const double I[] = {
		0,   19.2, 41.8, 40,  63.7, 76,  78,  82,  95,  115, 137, 149, 156, 166, 173, 173, 180, 174, 188, 190,
		191, 216,  233,  245, 257,  272, 286, 297, 311, 322, 330, 334, 350, 347, 348, 343, 352, 363, 366, 379,
		393, 417,  424,  428, 441,  449, 470, 470, 469, 488, 488, 487, 485, 491, 482, 488, 491, 501, 523, 535,
		546, 560,  574,  580, 591,  614, 628, 650, 658, 674, 684, 694, 705, 718, 727, 736, 746, 757, 790, 790,
		800, 810,  823,  823, 830,  825, 794, 827, 826, 841, 847, 878, 890, 902, 921, 934, 939, 952, 966};
	return Z > 0 && Z < (int)(sizeof I / sizeof *I) ? I[Z] : 0;
}
