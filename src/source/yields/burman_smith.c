#include "source/yields/burman_smith.h"

#include <math.h>

#include "bsmnu/model.h"

static const double knot[8] = {0, 0, 0, 30, 70, 180, 180, 180}; /* degrees */

int bsm_burman_smith_init(struct bsm_burman_smith *k, double Z, double T)
{
	double t = 1e3 * T, L = log(Z), f = (t - 585) / 145, far = (730 - t) / 145;
	double norm = cbrt(Z) * (0.8851 + L * (-0.1015 + L * (0.1459 - 0.0265 * L)));
	if (!(Z >= 1) || !(t >= 300 && t <= 1100))
		return -1;
	*k = (struct bsm_burman_smith){
		.T_fermi = t - 190,
		/* linear between the two energies of the fit */
		.theta_T = Z <= 8 ? 28.9 + 5.3 * f : 26.0 + 3.9 * f,
		.s0 = Z <= 8 ? 130 + 20 * f : 135 + 31 * f,
		.a = {27 - 4 * far * far, 18.2, 8, 13 + (Z - 12) / 10, 9 + (Z - 12) / 10 - (t - 685) / 20},
		.pmax = sqrt(T * (T + 2 * bsm_pdg_mass(211))),
	};
	for (int i = 0; i < 5; i++)
		k->a[i] *= norm;
	return 0;
}

/* Quadratic B-splines by the recurrence of de Boor, half-open between knots. */
static double angular(const struct bsm_burman_smith *k, double x)
{
	double b[7], sum = 0;
	for (int i = 0; i < 7; i++)
		b[i] = x >= knot[i] && x < knot[i + 1];
	for (int n = 1; n <= 2; n++)
		for (int i = 0; i < 7 - n; i++) {
			double left = knot[i + n] - knot[i], right = knot[i + n + 1] - knot[i + 1];
			b[i] = (left > 0 ? (x - knot[i]) / left * b[i] : 0) +
			       (right > 0 ? (knot[i + n + 1] - x) / right * b[i + 1] : 0);
		}
	for (int i = 0; i < 5; i++)
		sum += k->a[i] * b[i];
	return fmax(sum, 0);
}

double bsm_burman_smith_density(const struct bsm_burman_smith *k, double p, double ct, double st)
{
	const double m = bsm_pdg_mass(211);
	double e = sqrt(p * p + m * m), T = 1e3 * (e - m), theta = atan2(st, ct) * 57.29577951308232;
	if (!(p < k->pmax))
		return 0;
	double center = 48 + 330 * exp(-theta / k->theta_T), s = k->s0 * exp(-theta / 85), x = (T - center) / s;
	/* ub/(MeV sr) are mb/(GeV sr); dT = p/E dp */
	return angular(k, theta) * exp(-0.5 * x * x) / (1 + exp((T - k->T_fermi) / 25)) * p / e;
}
