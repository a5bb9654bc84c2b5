/* S -> pi pi, K K. The widths of M. W. Winkler, 1809.01876, figure 3 (dispersive coupled channels pi pi, K K from
 * Donoghue, Gasser, Leutwyler 1990, continued to 2 GeV), read off the figure by J.-L. Tastet (github
 * JLTastet/scalar_portal, decay/winkler_pi.txt, winkler_K.txt); here every second to fifth point. Divided by the lowest
 * chiral order they are smooth down to the thresholds, where a figure cannot be read. */
#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/scalar_widths.h"

struct node {
	double mass, width; /* GeV; sum over charges, for sin(theta) = 1 */
};

/* clang-format off */
static const struct node pions[] = {
	{0.29687, 2.5173e-9}, {0.31712, 4.1913e-9}, {0.34779, 6.5474e-9}, {0.38575, 9.7486e-9}, {0.43055, 1.4120e-8},
	{0.48419, 1.9987e-8}, {0.54726, 2.7610e-8}, {0.60833, 3.5443e-8}, {0.66174, 4.3910e-8}, {0.71985, 5.4710e-8},
	{0.75954, 6.5668e-8}, {0.79638, 8.0220e-8}, {0.83508, 1.01409e-7}, {0.86351, 1.27075e-7}, {0.88544, 1.57002e-7},
	{0.90448, 1.91533e-7}, {0.92532, 2.45105e-7}, {0.94305, 2.89911e-7}, {0.95442, 3.70970e-7}, {0.96927, 4.90784e-7},
	{0.98829, 6.43069e-7}, {0.99597, 7.46350e-7}, {1.00367, 5.40650e-7}, {1.01354, 3.81567e-7}, {1.01953, 2.92233e-7},
	{1.02450, 2.59449e-7}, {1.03991, 1.80373e-7}, {1.05611, 1.16464e-7}, {1.07679, 7.93248e-8}, {1.09598, 5.65323e-8},
	{1.11808, 3.87939e-8}, {1.14285, 2.63483e-8}, {1.16939, 1.80934e-8}, {1.19523, 1.28567e-8}, {1.22267, 1.02122e-8},
	{1.24370, 9.40742e-9}, {1.27797, 9.64845e-9}, {1.31445, 1.07693e-8}, {1.35181, 1.14345e-8}, {1.39002, 1.03896e-8},
	{1.43391, 8.26090e-9}, {1.46569, 5.96921e-9}, {1.48701, 4.29219e-9}, {1.50673, 3.08453e-9}, {1.52915, 2.55491e-9},
	{1.55541, 3.23482e-9}, {1.58539, 4.79880e-9}, {1.60785, 6.07648e-9}, {1.65420, 7.63598e-9}, {1.69355, 7.41902e-9},
	{1.73291, 6.00616e-9}, {1.78704, 4.27973e-9}, {1.80932, 3.78334e-9}, {1.85538, 3.45790e-9}, {1.90773, 3.36379e-9},
	{1.96181, 3.46581e-9}, {2.00626, 3.60883e-9},
};
static const struct node kaons[] = {
	{1.00478, 1.22405e-7}, {1.00978, 1.43815e-7}, {1.03797, 1.39344e-7}, {1.06300, 1.24719e-7}, {1.09002, 1.11941e-7},
	{1.12059, 1.01772e-7}, {1.15209, 9.47203e-8}, {1.18453, 8.98891e-8}, {1.21794, 8.71725e-8}, {1.25235, 8.61985e-8},
	{1.28781, 8.74879e-8}, {1.32439, 9.24010e-8}, {1.36187, 9.32045e-8}, {1.40031, 9.11501e-8}, {1.43980, 8.81222e-8},
	{1.48040, 8.53079e-8}, {1.52215, 8.24376e-8}, {1.56505, 7.92073e-8}, {1.60910, 7.49351e-8}, {1.65429, 6.90681e-8},
	{1.69635, 6.22691e-8}, {1.73948, 5.59961e-8}, {1.78825, 5.05729e-8}, {1.83843, 4.62234e-8}, {1.89002, 4.21733e-8},
	{1.94305, 3.84271e-8}, {1.99253, 3.51794e-8}, {2.03312, 3.35305e-8},
};
/* clang-format on */
enum { PIONS = sizeof pions / sizeof *pions, KAONS = sizeof kaons / sizeof *kaons };

double bsm_scalar_vev(void)
{
	return 1 / sqrt(sqrt(2) * BSM_GF);
}

double bsm_scalar_chiral(double mass, double mP, int charged)
{
	if (!(mass > 2 * mP))
		return 0;
	double v = bsm_scalar_vev(), A = (2 * mass * mass + 11 * mP * mP) / (9 * v);
	return (charged ? 1 : 0.5) * A * A * bsm_two_body_p(mass, mP, mP) / (8 * BSM_PI * mass * mass);
}

/* Both charges of kaons; three of pions, of which the figure has the threshold of the charged ones. */
static double chiral(double mass, int kaon)
{
	if (kaon)
		return bsm_scalar_chiral(mass, bsm_pdg_mass(321), 1) + bsm_scalar_chiral(mass, bsm_pdg_mass(311), 1);
	return 1.5 * bsm_scalar_chiral(mass, bsm_pdg_mass(211), 1);
}

double bsm_scalar_enhancement(double mass, int kaon)
{
	const struct node *n = kaon ? kaons : pions;
	int last = (kaon ? KAONS : PIONS) - 1, i = 0;
	if (!(mass <= BSM_SCALAR_EXCLUSIVE_UP_TO))
		return 0;
	double first = n[0].width / chiral(n[0].mass, kaon);
	if (!(mass > n[0].mass)) {
		double next = n[1].width / chiral(n[1].mass, kaon);
		double slope = log(next / first) / (n[1].mass - n[0].mass);
		return first * exp(kaon ? 0 : slope * (mass - n[0].mass));
	}
	while (i < last - 1 && mass > n[i + 1].mass)
		i++;
	double a = log(n[i].width / chiral(n[i].mass, kaon)), b = log(n[i + 1].width / chiral(n[i + 1].mass, kaon));
	return exp(a + (b - a) * (mass - n[i].mass) / (n[i + 1].mass - n[i].mass));
}
