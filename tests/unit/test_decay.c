/* Two- and three-body widths, chiral polarisation, quadrature. */
#include <string.h>

#include "bsmnu/model.h"
#include "check_main.h"
#include "core/constants.h"

static struct bsm_p4 vec(double m, double x, double y, double z)
{
	return (struct bsm_p4){sqrt(m * m + x * x + y * y + z * z), x, y, z};
}

START_TEST(test_two_body)
{
	ck_close(bsm_kallen(4, 1, 0.25), 16 + 1 + 0.0625 - 2 * (4 + 1 + 0.25), 1e-15);
	ck_assert_double_eq(bsm_kallen(1, 1, 1), 0);
	/* RPP 2024 listings: K+ -> mu+ nu, p = 236 MeV; K+ -> pi+ pi0, p = 205 MeV; pi+ -> mu+ nu, p = 30 MeV. */
	ck_close(bsm_two_body_p(0.493677, 0.1056583755, 0), 0.236, 3e-3);
	ck_close(bsm_two_body_p(0.493677, 0.13957039, 0.1349768), 0.205, 3e-3);
	ck_close(bsm_two_body_p(0.13957039, 0.1056583755, 0), 0.030, 2e-2);
	ck_assert_double_eq(bsm_two_body_p(1, 0.6, 0.5), 0);
	ck_assert_double_eq(bsm_two_body_me2(1, 1, 0.6, 0.5), 0);
	/* Next to the threshold the product form keeps its digits: p^2 ~ 2 mu eps. */
	double eps = 1e-12, m1 = 0.4, m2 = 0.6;
	ck_close(bsm_two_body_p(1 + eps, m1, m2), sqrt(2 * 0.24 * ((1 + eps) - m1 - m2)), 1e-10);
	double w = bsm_two_body_width(0.37, 1.3, 0.2, 0.5);
	ck_close(bsm_two_body_me2(w, 1.3, 0.2, 0.5), 0.37, 1e-14);
}
END_TEST

static double flat(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)in, (void)out;
	return 1;
}

/* mu- -> e- nubar_e nu_mu, averaged over the spin of the muon. */
static double muon(const struct bsm_in *in, const struct bsm_particle *out)
{
	return 64 * BSM_GF * BSM_GF * bsm_p4_dot(in->a->p, out[1].p) * bsm_p4_dot(out[0].p, out[2].p);
}

static double resonance(const struct bsm_in *in, const struct bsm_particle *out)
{
	double m = in->par[0], g = in->par[1], d = bsm_p4_s(out[0].p, out[1].p) - m * m;
	return 1 / (d * d + m * m * g * g);
}

START_TEST(test_three_body)
{
	struct bsm_process row = {.name = "flat", .me2 = flat, .out = {14, 14, 14}};
	struct bsm_in in = {.row = &row};
	/* Three massless legs, me2 = 1: m / (512 pi^3). */
	ck_close(bsm_three_body_width(&in, 2, (double[]){0, 0, 0}), 2 / (512 * pow(BSM_PI, 3)), 1e-11);
	/* One massive leg: the two-body integral over s gives 1 - x^2 + 2 x ln x, x = (m1/m)^2. */
	double x = 0.3 * 0.3;
	for (int leg = 0; leg < 3; leg++) {
		double mass[3] = {0};
		mass[leg] = 0.3;
		ck_close(bsm_three_body_width(&in, 1, mass), (1 - x * x + 2 * x * log(x)) / (512 * pow(BSM_PI, 3)),
			 1e-10);
	}
	ck_assert_double_eq(bsm_three_body_width(&in, 1, (double[]){0.4, 0.4, 0.3}), 0);
	/* The muon: G_F^2 m^5 / (192 pi^3) (1 - 8x + 8x^3 - x^4 - 12 x^2 ln x). */
	row.me2 = muon;
	double m = 0.1056583755, me = 0.00051099895;
	x = me * me / (m * m);
	ck_close(bsm_three_body_width(&in, m, (double[]){me, 0, 0}),
		 BSM_GF * BSM_GF * pow(m, 5) / (192 * pow(BSM_PI, 3)) *
			 (1 - 8 * x + 8 * x * x * x - x * x * x * x - 12 * x * x * log(x)),
		 1e-10);
}
END_TEST

/* A resonance inside the range, where the density is not smooth: the narrow-width limit is pi/(m g) at the pole. */
START_TEST(test_resonance)
{
	struct bsm_process row = {.me2 = resonance, .out = {14, 14, 14}};
	double par[2] = {0.7, 1e-5};
	struct bsm_in in = {.row = &row, .par = par};
	double M = 1.5, mass[3] = {0.1, 0.2, 0.3};
	double p = bsm_two_body_p(M, 0.7, 0.3), q = bsm_two_body_p(0.7, 0.1, 0.2);
	double expected = p * q / (M * 0.7) * 2 / (64 * pow(BSM_PI, 3)) * BSM_PI / (0.7 * 1e-5) / (2 * M);
	ck_close(bsm_three_body_width(&in, M, mass), expected, 1e-4);
}
END_TEST

/* Rotations and the two signs: pi+ -> mu+ nu. G of the muon is proportional to the neutrino's momentum. */
START_TEST(test_chiral)
{
	double mpi = 0.13957039, m = 0.1056583755, p = bsm_two_body_p(mpi, m, 0), pol[3];
	struct bsm_p4 mu = vec(m, 0, 0, p), nu = {p, 0, 0, -p};
	/* In pi+ decay the mu+ is left-handed, the mu- of pi- right-handed. */
	bsm_chiral_pol(nu, mu, m, -1, pol);
	ck_close(pol[2], 1.0, 1e-12);
	bsm_chiral_pol(nu, mu, m, 1, pol);
	ck_close(pol[2], -1.0, 1e-12);
	ck_assert(fabs(pol[0]) < 1e-12 && fabs(pol[1]) < 1e-12);
	/* G.(p - sign m S), S from the polarisation, is what the polarisation was made from: G.p (1 + |pol|^2). */
	struct bsm_p4 G = vec(0.4, 0.3, -0.2, 0.7);
	struct bsm_particle a = {.m = 0.35, .p = vec(0.35, 1, 2, -3)};
	for (int sign = -1; sign <= 1; sign += 2) {
		bsm_chiral_pol(G, a.p, a.m, sign, a.pol);
		struct bsm_p4 S = bsm_pol_vector(&a);
		double l2 = a.pol[0] * a.pol[0] + a.pol[1] * a.pol[1] + a.pol[2] * a.pol[2];
		ck_assert(l2 < 1);
		ck_assert(fabs(bsm_p4_dot(S, a.p)) < 1e-12);
		ck_close(bsm_p4_dot(S, S), -l2, 1e-12);
		ck_close(bsm_p4_dot(G, a.p) - sign * a.m * bsm_p4_dot(G, S), bsm_p4_dot(G, a.p) * (1 + l2), 1e-12);
	}
}
END_TEST

static double power(double x, void *arg)
{
	return pow(x, *(double *)arg);
}

static double tiny(double x, void *arg)
{
	return 1e-200 * power(x, arg);
}

static double peak(double x, void *arg)
{
	double w = *(double *)arg;
	return w / (x * x + w * w);
}

START_TEST(test_integrate)
{
	double k = 3, error;
	ck_close(bsm_integrate(power, &k, 0, 2, 1e-12, &error), 4.0, 1e-14);
	ck_assert(error < 1e-12);
	ck_close(bsm_integrate(power, &k, 2, 0, 1e-12, NULL), -4.0, 1e-14);
	ck_assert_double_eq(bsm_integrate(power, &k, 1, 1, 1e-12, NULL), 0);
	k = -0.5; /* end-point singularity */
	ck_close(bsm_integrate(power, &k, 0, 1, 1e-9, NULL), 2.0, 1e-8);
	k = 0.5; /* an absolute tolerance would accept anything for a function this small */
	ck_close(bsm_integrate(tiny, &k, 0, 1, 1e-10, NULL), 1e-200 * 2 / 3, 1e-10);
	k = 1e-5;
	ck_close(bsm_integrate(peak, &k, -1, 1, 1e-10, &error), 2 * atan(1e5), 1e-10);
	ck_assert(error <= 1e-9);
}
END_TEST

TEST_MAIN("decay", test_two_body, test_three_body, test_resonance, test_chiral, test_integrate)
