/* Yields of hadrons: integrals over an independent grid (momentum and angle each squared: fine where the yields peak),
 * quoted points, and the slips of other codes. Expected values: a separate numerical integration of the same published
 * formulas, on 1500 x 1500 points. */
#include "check_main.h"
#include "source/yields/bmpt.h"
#include "source/yields/burman_smith.h"
#include "source/yields/charm.h"
#include "source/yields/feynman_kaon.h"
#include "source/yields/sanford_wang.h"
#include "source/yields/yield_map.h"

static double f_bmpt(const void *law, double p, double ct, double st)
{
	return bsm_bmpt_density(law, p, ct, st);
}
static double f_sw(const void *law, double p, double ct, double st)
{
	return bsm_sanford_wang_density(law, p, ct, st);
}
static double f_kaon(const void *law, double p, double ct, double st)
{
	return bsm_feynman_kaon_density(law, p, ct, st);
}

struct result {
	double sigma, p, pT;
};

static struct result integrate(bsm_yield_density *f, const void *law, double pB)
{
	enum { N = 600 };
	struct result r = {0};
	for (int i = 0; i < N; i++) {
		double a = (i + 0.5) / N, p = pB * a * a, dp = 2 * a * pB / N;
		for (int j = 0; j < N; j++) {
			double b = (j + 0.5) / N, t = M_PI / 2 * b * b, dt = M_PI * b / N, s = sin(t);
			double w = f(law, p, cos(t), s) * 2 * M_PI * s * dp * dt;
			r.sigma += w;
			r.p += w * p;
			r.pT += w * p * s;
		}
	}
	r.p /= r.sigma;
	r.pT /= r.sigma;
	return r;
}

static void expect(struct result r, double sigma, double p, double pT, double digits_p, double digits_pT)
{
	ck_close(r.sigma, sigma, 0.01);
	/* The table rounds the means: 1 % and half of the last digit. */
	ck_assert_msg(fabs(r.p - p) <= 0.01 * p + digits_p, "mean p %g, expected %g", r.p, p);
	ck_assert_msg(fabs(r.pT - pT) <= 0.01 * pT + digits_pT, "mean pT %g, expected %g", r.pT, pT);
}

START_TEST(sanford_wang_table)
{
	static const struct {
		int pdg;
		const char *set;
		double sigma, n, p, pT;
	} row[] = {
		{211, "miniboone", 158.9, 0.894, 1.13, 0.276},
		{-211, "miniboone", 144.3, 0.812, 0.87, 0.275},
		{-211, "april07", 164.0, 0.923, 0.84, 0.292},
		{130, "miniboone", 4.49, 0.0253, 1.36, 0.363},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_sanford_wang law;
		ck_assert_int_eq(bsm_sanford_wang_init(&law, row[i].pdg, row[i].set, 8.89), 0);
		struct result r = integrate(f_sw, &law, 8.89);
		expect(r, row[i].sigma, row[i].p, row[i].pT, 0.005, 0.0005);
		ck_close(r.sigma / 177.7, row[i].n, 0.01);
	}
}
END_TEST

START_TEST(feynman_kaon_table)
{
	struct bsm_feynman_kaon law;
	double th = 3.7 * M_PI / 180;
	ck_assert_int_eq(bsm_feynman_kaon_init(&law, "miniboone", 8.89), 0);
	expect(integrate(f_kaon, &law, 8.89), 12.72, 1.74, 0.455, 0.005, 0.0005);
	ck_close(bsm_feynman_kaon_density(&law, 3.9, cos(th), sin(th)), 5.75, 0.002);
	ck_assert_int_eq(bsm_feynman_kaon_init(&law, "sciboone", 8.89), 0);
	expect(integrate(f_kaon, &law, 8.89), 12.35, 1.74, 0.455, 0.005, 0.0005);
	ck_close(bsm_feynman_kaon_density(&law, 3.9, cos(th), sin(th)), 5.61, 0.002);
}
END_TEST

START_TEST(bmpt_table)
{
	static const struct {
		double pB, A;
		int pdg;
		double sigma, p, pT;
	} row[] = {
		{8.89, 9.01, 211, 122, 1.02, 0.28},   {8.89, 9.01, -211, 63.6, 0.88, 0.25},
		{8.89, 9.01, 321, 5.5, 1.64, 0.38},   {8.89, 9.01, -321, 0.53, 1.38, 0.29},
		{120, 12.01, 211, 709, 6.4, 0.333},   {120, 12.01, -211, 532, 5.4, 0.314},
		{120, 12.01, 321, 59.8, 10.1, 0.471}, {120, 12.01, -321, 29.9, 8.1, 0.434},
		{31, 12.01, 211, 382, 2.5, 0.33},     {31, 12.01, -211, 251, 2.1, 0.30},
		{31, 12.01, 321, 28, 3.9, 0.46},      {31, 12.01, -321, 9.1, 3.3, 0.40},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_bmpt law;
		ck_assert_int_eq(bsm_bmpt_init(&law, row[i].pdg, row[i].pB, row[i].A), 0);
		expect(integrate(f_bmpt, &law, row[i].pB), row[i].sigma, row[i].p, row[i].pT, 0.05, 0.005);
	}
}
END_TEST

static double box(bsm_yield_density *f, const void *law)
{
	enum { N = 600 };
	double sum = 0;
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			double p = 0.75 + (8.89 - 0.75) * (i + 0.5) / N, t = 0.21 * (j + 0.5) / N;
			sum += f(law, p, cos(t), sin(t)) * 2 * M_PI * sin(t);
		}
	return sum * (8.89 - 0.75) * 0.21 / N / N;
}

/* Why the BNB takes Sanford-Wang: forward pi+ of BMPT are a third short at 8.89 GeV/c. */
START_TEST(forward_pions)
{
	struct bsm_sanford_wang sw;
	struct bsm_bmpt bmpt;
	bsm_sanford_wang_init(&sw, 211, "miniboone", 8.89);
	bsm_bmpt_init(&bmpt, 211, 8.89, 9.01);
	ck_close(box(f_sw, &sw), 42.6, 0.005);
	ck_close(box(f_bmpt, &bmpt), 28.5, 0.005);
}
END_TEST

/* The slips of a public implementation of BMPT: (1+x) for (1-x) in K+/K- (K- above K+), one recoil mass for all
 * species, the nuclear factor different from 1 on beryllium, xF half as large. */
START_TEST(bmpt_slips)
{
	struct bsm_bmpt plus, minus, on_c, zero, pi0, pim, pip;
	bsm_bmpt_init(&plus, 321, 120, 12.01);
	bsm_bmpt_init(&minus, -321, 120, 12.01);
	double ratio = integrate(f_bmpt, &minus, 120).sigma / integrate(f_bmpt, &plus, 120).sigma;
	ck_close(ratio, 0.50, 0.01);
	bsm_bmpt_init(&pip, 211, 120, 9.01);
	bsm_bmpt_init(&pim, -211, 120, 9.01);
	ck_close((pip.frame.s + pip.part[0].m * pip.part[0].m - 1.878 * 1.878) / (2 * pip.frame.sqrt_s),
		 pip.part[0].emax, 1e-12);
	ck_assert(plus.part[0].emax > minus.part[0].emax && pip.part[0].emax > pim.part[0].emax);
	ck_assert(pip.ln_target == 0);
	/* Forward pi+ on carbon over beryllium: A^(0.74 - 0.55 xF + 0.26 xF^2), at pT = 0 times 0.98. */
	bsm_bmpt_init(&on_c, 211, 120, 12.01);
	double p = 60, e = sqrt(p * p + 0.13957039 * 0.13957039), w = pip.frame.sqrt_s;
	double xF = 2 * (pip.frame.gamma * p - pip.frame.bg * e) / w;
	ck_assert(xF > 0.49 && xF < 0.51);
	ck_close(bsm_bmpt_density(&on_c, p, 1, 0) / bsm_bmpt_density(&pip, p, 1, 0),
		 pow(12.01 / 9.01, 0.98 * (0.74 - 0.55 * xF + 0.26 * xF * xF)), 1e-12);
	/* Neutral mesons: the stated means of the charged ones, to the mass difference. */
	bsm_bmpt_init(&zero, 130, 120, 9.01);
	bsm_bmpt_init(&plus, 321, 120, 9.01);
	bsm_bmpt_init(&minus, -321, 120, 9.01);
	ck_close(bsm_bmpt_density(&zero, 20, 0.9999, 0.0141),
		 (bsm_bmpt_density(&plus, 20, 0.9999, 0.0141) + 3 * bsm_bmpt_density(&minus, 20, 0.9999, 0.0141)) / 4,
		 0.005);
	bsm_bmpt_init(&pi0, 111, 120, 9.01);
	ck_close(bsm_bmpt_density(&pi0, 20, 0.9999, 0.0141),
		 (bsm_bmpt_density(&pip, 20, 0.9999, 0.0141) + bsm_bmpt_density(&pim, 20, 0.9999, 0.0141)) / 2, 0.005);
}
END_TEST

START_TEST(outside_the_range)
{
	struct bsm_bmpt bmpt;
	struct bsm_sanford_wang sw;
	struct bsm_feynman_kaon kaon;
	struct bsm_charm charm;
	ck_assert_int_eq(bsm_bmpt_init(&bmpt, 2212, 120, 12), -1);
	ck_assert_int_eq(bsm_sanford_wang_init(&sw, 2212, "miniboone", 8.89), -1);
	ck_assert_int_eq(bsm_sanford_wang_init(&sw, 211, "nosuch", 8.89), -1);
	ck_assert_int_eq(bsm_feynman_kaon_init(&kaon, "nosuch", 8.89), -1);
	ck_assert_int_eq(bsm_charm_init(&charm, 411, 8.89, 6.1, 1.08), -1);
	bsm_bmpt_init(&bmpt, 211, 120, 12);
	bsm_sanford_wang_init(&sw, 211, "miniboone", 8.89);
	bsm_feynman_kaon_init(&kaon, "miniboone", 8.89);
	ck_assert(bsm_bmpt_density(&bmpt, 125, 1, 0) == 0);
	ck_assert(bsm_sanford_wang_density(&sw, 7.9, 1, 0) == 0);
	ck_assert(bsm_feynman_kaon_density(&kaon, 8.5, 1, 0) == 0);
	ck_assert(bsm_feynman_kaon_density(&kaon, 1, 1, 0) > 0);
}
END_TEST

/* Normalised to one; mean pT with the phase space of pT^2: Gamma(3/2)/sqrt(b) = 0.853, not the 0.54 of a sampling
 * without the factor 2 pT; the map gives the density back. */
START_TEST(charm)
{
	enum { N = 1000 };
	struct bsm_charm law;
	ck_assert_int_eq(bsm_charm_init(&law, 431, 120, 6.1, 1.08), 0);
	double sum = 0, pT = 0, top = 40;
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			double x = -1 + 2 * (i + 0.5) / N, b = (j + 0.5) / N, t = top * b * b;
			double w = bsm_charm_density(&law, x, t) * 2.0 / N * 2 * b * top / N;
			sum += w;
			pT += w * sqrt(t);
		}
	ck_close(sum, 1, 1e-4);
	ck_close(pT / sum, 0.853, 0.003);
	double mean = 0, norm = 0;
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			double p, ct, st, w = bsm_charm_map(&law, (i + 0.5) / N, (j + 0.5) / N, &p, &ct, &st);
			norm += w / N / N;
			mean += w > 0 ? w * p * st / N / N : 0;
			if (w > 0)
				ck_close(ct * ct + st * st, 1, 1e-12);
		}
	ck_close(norm, 1, 1e-4);
	ck_close(mean, pT, 2e-3);
}
END_TEST

/* pi+ totals and mean kinetic energies from a separate integration of the same form, over all angles. */
START_TEST(burman_smith)
{
	static const struct { double Z, T, mb, mean; } row[] = {
		{6, 0.730, 35.0, 137}, {29, 0.730, 78.0, 129}, {74, 0.800, 111, 131}, {80, 1.000, 126, 151}};
	enum { N = 600 };
	struct bsm_burman_smith k;
	for (int i = 0; i < 4; i++) {
		double sum = 0, T = 0, m = 0.13957039;
		ck_assert_int_eq(bsm_burman_smith_init(&k, row[i].Z, row[i].T), 0);
		for (int a = 0; a < N; a++)
			for (int b = 0; b < N; b++) {
				double p = k.pmax * (a + 0.5) / N, t = M_PI * (b + 0.5) / N, s = sin(t);
				double w = bsm_burman_smith_density(&k, p, cos(t), s) * 2 * M_PI * s * k.pmax * M_PI / N / N;
				sum += w;
				T += w * 1e3 * (sqrt(p * p + m * m) - m);
			}
		ck_close(sum, row[i].mb, 0.005);
		ck_assert_msg(fabs(T / sum - row[i].mean) < 0.7, "mean T %g, expected %g", T / sum, row[i].mean);
	}
	ck_assert_int_eq(bsm_burman_smith_init(&k, 74, 2), -1);
	ck_assert_int_eq(bsm_burman_smith_init(&k, 0, 0.8), -1);
}
END_TEST

/* The importance map: covers the range (its own integral equals the grid's) and stays close to the density. */
START_TEST(map)
{
	enum { N = 400 };
	struct bsm_bmpt law;
	struct bsm_yield_map m;
	bsm_bmpt_init(&law, 211, 120, 12.01);
	bsm_yield_map_init(&m, f_bmpt, &law, 0.02, 120);
	double sum = 0, sum2 = 0;
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			double p, ct, st, w = bsm_yield_map_draw(&m, (i + 0.5) / N, (j + 0.5) / N, &p, &ct, &st);
			w *= bsm_bmpt_density(&law, p, ct, st) / N / N;
			sum += w;
			sum2 += w * w;
		}
	ck_close(sum, 709.4, 0.002);
	ck_assert_msg(sum * sum / sum2 / N / N > 0.9, "effective sample %g", sum * sum / sum2 / N / N);
	double mean;
	ck_close(bsm_yield_integral(f_bmpt, &law, 0.02, 120, 4, &mean, NULL), 709.4, 0.002);
	ck_close(mean, 6.42, 0.002);
	double p, ct, st;
	ck_assert(bsm_yield_map_draw(&m, 0, 0, &p, &ct, &st) >= 0 && isfinite(p));
	ck_assert(bsm_yield_map_draw(&m, 1, 1, &p, &ct, &st) >= 0 && p <= 120 * (1 + 1e-12));
}
END_TEST

TEST_MAIN("yields", sanford_wang_table, feynman_kaon_table, bmpt_table, forward_pions, bmpt_slips, outside_the_range,
	  charm, burman_smith, map)
