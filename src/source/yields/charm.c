#include "source/yields/charm.h"

#include <stdlib.h>

static int allowed(const struct bsm_charm *k, double xF, double pT2)
{
	double pz = xF * k->pmax;
	return pT2 + pz * pz <= k->pmax * k->pmax;
}

/* Share of the distribution below the energy limit: the pT^2 integral in closed form, xF on a midpoint grid of equal
 * probability (the integrand is smooth and close to 1: 2000 points give 1e-7). */
static double share_inside(const struct bsm_charm *k)
{
	enum { N = 2000 };
	double sum = 0;
	for (int i = 0; i < N; i++) {
		double x = 1 - pow((i + 0.5) / N, 1 / (k->n + 1));
		sum -= expm1(-k->b * k->pmax * k->pmax * (1 - x * x));
	}
	return sum / N;
}

/* Mass of the lightest meson that takes the other heavy quark: strangeness stays with it. */
static double partner(int32_t pdg)
{
	int32_t a = abs(pdg);
	if (a == 441 || a == 443 || a == 445 || a == 100443 || a == 553)
		return 0;
	if (a / 100 == 5)
		return bsm_pdg_mass(a == 531 ? 531 : 521);
	return bsm_pdg_mass(a == 431 ? 431 : 421);
}

int bsm_charm_init(struct bsm_charm *k, int32_t pdg, double pB, double n, double b)
{
	*k = (struct bsm_charm){.frame = bsm_cm_frame(pB), .m = bsm_pdg_mass(pdg), .n = n, .b = b};
	double mx = 2 * bsm_pdg_mass(2212) + partner(pdg);
	if (!(k->m + mx < k->frame.sqrt_s))
		return -1;
	k->emax = bsm_cm_energy_max(&k->frame, k->m, mx);
	k->pmax = sqrt(k->emax * k->emax - k->m * k->m);
	k->inside = share_inside(k);
	return 0;
}

double bsm_charm_density(const struct bsm_charm *k, double xF, double pT2)
{
	if (!(fabs(xF) < 1) || !(pT2 >= 0) || !allowed(k, xF, pT2))
		return 0;
	return 0.5 * (k->n + 1) * pow(1 - fabs(xF), k->n) * k->b * exp(-k->b * pT2) / k->inside;
}

double bsm_charm_lab_density(const struct bsm_charm *k, double p, double ct, double st)
{
	double e = sqrt(p * p + k->m * k->m), e_cm = bsm_cm_energy(&k->frame, e, p * ct);
	double xF = bsm_cm_pz(&k->frame, e, p * ct) / k->pmax;
	/* dxF dpT^2 = d3p* / (pi p*max), and d3p/E is invariant */
	return bsm_charm_density(k, xF, p * p * st * st) / (3.14159265358979323846 * k->pmax) * (e_cm / e) * p * p;
}

double bsm_charm_map(const struct bsm_charm *k, double u0, double u1, double *p, double *ct, double *st)
{
	double side = 2 * u0 - 1, left = 1 - fabs(side);
	double xF = copysign(1 - (left > 0 ? exp(log(left) / (k->n + 1)) : 0), side);
	double pT2 = -log1p(-u1) / k->b;
	if (!allowed(k, xF, pT2))
		return 0;
	double pz = xF * k->pmax, e = sqrt(k->m * k->m + pz * pz + pT2);
	double lz = k->frame.gamma * pz + k->frame.bg * e;
	*p = sqrt(lz * lz + pT2);
	*ct = lz / *p;
	*st = sqrt(pT2) / *p;
	return 1 / k->inside;
}
