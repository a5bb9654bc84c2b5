/* Born approximation for relativistic electrons of any energy (Bethe and Heitler; as 3D-1000 and 3BN of Motz, Olsen,
 * Koch, Rev. Mod. Phys. 41 (1969) 581, and Koch, Motz, Rev. Mod. Phys. 31 (1959) 920), less what screening takes away,
 * as Tsai has it (Rev. Mod. Phys. 46 (1974) 815, eqs. 3.30 and 3.31), less the Coulomb correction of Davies,
 * Bethe and Maximon. At high energy this is Tsai's cross-section, near threshold the unscreened one with masses. */
#include "source/shower/radiation.h"

#include <math.h>

double bsm_em_gauss(double (*f)(double, const void *), const void *arg, double a, double b, int n)
{
	static const double x[4] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363};
	static const double w[4] = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763};
	double sum = 0, h = 0.5 * (b - a) / n;
	for (int i = 0; i < n; i++) {
		double mid = a + (2 * i + 1) * h;
		for (int j = 0; j < 4; j++)
			sum += w[j] * (f(mid - h * x[j], arg) + f(mid + h * x[j], arg));
	}
	return sum * h;
}

/* Slowest leptons that the formulas are evaluated for: terms of 1/p^3 cancel, and phase space closes with p. */
static const double slow = 1e-2;

/* 3D-1000, in alpha r^2 Z^2. */
static double pair_born(double k, double ep, double em)
{
	double pp = sqrt(ep * ep - 1), pm = sqrt(em * em - 1), p = pp * pm, e = ep * em, pp2 = pp * pp, pm2 = pm * pm;
	double lp = 2 * log(ep + pp), lm = 2 * log(em + pm), L = 2 * log((e + p + 1) / k);
	double a = -4.0 / 3 - 2 * e * (pp2 + pm2) / (p * p) + lp * em / (pp2 * pp) + lm * ep / (pm2 * pm) - lp * lm / p;
	double b = k * k * (e * e + p * p) / (p * p * p) - 8.0 / 3 * e / p;
	double c = (e - pm2) / (pm2 * pm) * lm + (e - pp2) / (pp2 * pp) * lp + 2 * k * e / (p * p);
	return p / (k * k * k) * (a + L * (b - k / (2 * p) * c));
}

/* What screening and Coulomb correction take from phi_1 in 1/k {...}. */
static double pair_less(double x, struct bsm_em_screen s, double coulomb)
{
	double xx = x * (1 - x);
	return (1 - 4.0 / 3 * xx) * (s.less + 4 * coulomb) + 2.0 / 3 * xx * s.split;
}

double bsm_em_pair_density(const struct bsm_em_atom *a, double k, double e)
{
	double other = k - e, Z = a->Z, g = k / (e * other);
	if (!(e * e > 1 + slow * slow) || !(other * other > 1 + slow * slow))
		return 0;
	double born = pair_born(k, e, other);
	double nucleus =
		born -
		pair_less(e / k, bsm_em_screen_nucleus(a->nucleus * g), a->coulomb * bsm_em_coulomb_share(k)) / k;
	double electrons = born - pair_less(e / k, bsm_em_screen_electrons(a->electrons * g), 0) / k;
	/* The electrons' share differs in size near its threshold (bsm_em_pair_electrons), not much in shape. */
	return BSM_EM_ALPHA_R2 * (Z * Z * fmax(nucleus, 0) + Z * fmax(electrons, 0));
}

struct at {
	const struct bsm_em_atom *a;
	double k;
	int electrons;
};

static double nucleus_at(double e, const void *arg)
{
	const struct at *t = arg;
	double g = t->k / (e * (t->k - e));
	return fmax(0, pair_born(t->k, e, t->k - e) - pair_less(e / t->k, bsm_em_screen_nucleus(t->a->nucleus * g),
								t->a->coulomb * bsm_em_coulomb_share(t->k)) /
							      t->k);
}

static double electrons_less_at(double e, const void *arg)
{
	const struct at *t = arg;
	double g = t->k / (e * (t->k - e));
	return pair_less(e / t->k, bsm_em_screen_electrons(t->a->electrons * g), 0) / t->k;
}

/* Twice the lower half, in ln(e - 1): the ends are steep at high energy. */
static double over_lepton(double (*f)(double, const void *), const struct at *t)
{
	double lo = sqrt(1 + slow * slow) - 1, hi = 0.5 * t->k - 1, sum = 0;
	if (!(hi > lo))
		return 0;
	int n = 2 + (int)(2 * log(hi / lo));
	double step = log(hi / lo) / n;
	for (int i = 0; i < n; i++)
		sum += bsm_em_gauss(f, t, 1 + lo * exp(i * step), 1 + lo * exp((i + 1) * step), 1);
	return 2 * sum;
}

double bsm_em_pair_nucleus(const struct bsm_em_atom *a, double k)
{
	struct at t = {a, k, 0};
	return BSM_EM_ALPHA_R2 * a->Z * a->Z * over_lepton(nucleus_at, &t);
}

/* Free electrons, in alpha r^2: the fits of E. Haug, Z. Naturforsch. 36a (1981) 413, digits unverified but for XCOM's
 * pairs on the electrons of carbon, to 2 %; above 18 m his expansion, its last constant moved so that the two join. */
static double triplet(double k)
{
	if (k <= 4)
		return 0;
	if (k < 4.6) {
		double d = k - 4;
		return (5.6 + d * (20.4 - d * (10.9 + d * (3.6 - 7.4 * d)))) * 1e-3 * d * d;
	}
	if (k < 6)
		return 0.582814 + k * (-0.29842 + k * (0.04354 - k * 0.0012977));
	if (k < 18)
		return (3.1247 + k * (-1.3394 + k * 0.14612)) / (1 + k * (0.4648 + k * 0.016683));
	double l = log(2 * k), first = 28.0 / 9 * l - 218.0 / 27;
	return first + (l * (-6.8407 + l * (3 - 4.0 / 3 * l)) + 24.12) / k;
}

double bsm_em_pair_electrons(const struct bsm_em_atom *a, double k)
{
	struct at t = {a, k, 1};
	double free = triplet(k);
	return free > 0 ? BSM_EM_ALPHA_R2 * a->Z * fmax(0, free - over_lepton(electrons_less_at, &t)) : 0;
}

double bsm_em_pair_total(const struct bsm_em_atom *a, double k)
{
	return bsm_em_pair_nucleus(a, k) + bsm_em_pair_electrons(a, k);
}

/* 3BN, k d sigma/dk in alpha r^2 Z^2. */
static double brems_born(double e0, double e, double k)
{
	double p0 = sqrt(e0 * e0 - 1), p = sqrt(e * e - 1), pp = p0 * p, ee = e0 * e, p02 = p0 * p0, p2 = p * p;
	double l0 = 2 * log(e0 + p0), l = 2 * log(e + p), L = 2 * log((ee + pp - 1) / k);
	double a = 4.0 / 3 - 2 * ee * (p2 + p02) / (pp * pp) + l0 * e / (p02 * p0) + l * e0 / (p2 * p) - l * l0 / pp;
	double b = 8.0 / 3 * ee / pp + k * k * (ee * ee + pp * pp) / (pp * pp * pp);
	double c = (ee + p02) / (p02 * p0) * l0 - (ee + p2) / (p2 * p) * l + 2 * k * ee / (pp * pp);
	return p / p0 * (a + L * (b + k / (2 * pp) * c));
}

static double brems_less(double y, struct bsm_em_screen s, double coulomb)
{
	return (4.0 / 3 * (1 - y) + y * y) * (s.less + 4 * coulomb) - 2.0 / 3 * (1 - y) * s.split;
}

double bsm_em_brems_density(const struct bsm_em_atom *a, double e0, double k)
{
	double e = e0 - k, Z = a->Z, y = k / e0, g = k / (e0 * e);
	if (!(e * e > 1 + slow * slow) || !(k > 0))
		return 0;
	double born = brems_born(e0, e, k), coulomb = a->coulomb * fmax(0, bsm_em_coulomb_share(e0));
	double nucleus = born - brems_less(y, bsm_em_screen_nucleus(a->nucleus * g), coulomb);
	double electrons = born - brems_less(y, bsm_em_screen_electrons(a->electrons * g), 0);
	return BSM_EM_ALPHA_R2 * (Z * Z * fmax(nucleus, 0) + Z * fmax(electrons, 0));
}

static double brems_at(double k, const void *arg)
{
	const struct at *t = arg;
	return bsm_em_brems_density(t->a, t->k, k);
}

static double brems_at_log(double x, const void *arg)
{
	return brems_at(exp(x), arg);
}

double bsm_em_brems_hard(const struct bsm_em_atom *a, double e0, double cut)
{
	struct at t = {a, e0, 0};
	double end = e0 - 1;
	if (!(end > cut))
		return 0;
	return bsm_em_gauss(brems_at_log, &t, log(cut), log(end), 3 + (int)log(end / cut));
}

double bsm_em_brems_soft(const struct bsm_em_atom *a, double e0, double cut)
{
	struct at t = {a, e0, 0};
	cut = fmin(cut, e0 - 1);
	/* Dielectric suppression is neglected: k d sigma goes to a constant. */
	return bsm_em_gauss(brems_at, &t, 1e-6 * cut, cut, 4);
}
