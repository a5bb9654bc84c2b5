/* Two-body splits, free and aimed, and phase space: conservation, closed volumes, both kinematic solutions. */
#include <string.h>

#include "check_main.h"
#include "core/grid.h"
#include "core/random.h"
#include "kinematics/split.h"

/* Share of isotropic decays whose leg 1 goes into the cone, hit or miss, against the aimed weights. */
static void compare(struct bsm_p4 P, double m, double m1, double m2, struct bsm_cone cone, uint64_t step)
{
	enum { N = 40000 };
	double hits = 0, sum = 0, sum2 = 0, hit_e = 0, sum_e = 0, largest = 0;
	int wrong = 0; /* counted: an assertion writes a line of Check's own, millions of them take a minute */
	double len = bsm_p4_mag(cone.axis);
	cone.axis = bsm_p4_scale(1 / len, cone.axis);
	for (uint64_t i = 0; i < N; i++) {
		struct bsm_rng rng = bsm_rng_make(7, BSM_FOR_VERIFY, i, step);
		double u[4];
		struct bsm_p4 p1, p2;
		bsm_rng_fill(&rng, u, 4);
		bsm_split(P, m, m1, m2, u, &p1, &p2);
		if (bsm_p4_dot3(p1, cone.axis) > bsm_p4_mag(p1) * cos(cone.half)) {
			hits++;
			hit_e += p1.e;
		}
		double w = bsm_split_aimed(P, m, m1, m2, &cone, u + 2, &p1, &p2);
		if (!(w > 0))
			continue;
		wrong += !(bsm_p4_dot3(p1, cone.axis) >= bsm_p4_mag(p1) * cos(cone.half) * (1 - 1e-9) - 1e-12);
		struct bsm_p4 d = bsm_p4_sub(bsm_p4_add(p1, p2), P);
		wrong += !(fabs(d.e) + fabs(d.x) + fabs(d.y) + fabs(d.z) < 1e-11 * P.e);
		sum += w;
		sum2 += w * w;
		sum_e += w * p1.e;
		largest = fmax(largest, w);
	}
	ck_assert_int_eq(wrong, 0);
	double share = hits / N, error = sqrt(fmax(share, 1.0 / N) / N), mean = sum / N;
	error = hypot(error, sqrt(fmax(0, sum2 / N - mean * mean) / N));
	ck_assert_msg(fabs(mean - share) < 4.5 * error, "aimed %g, hit or miss %g +- %g", mean, share, error);
	ck_assert(largest <= 1 + 1e-12);
	if (hits > 100)
		ck_assert_msg(fabs(sum_e / sum / (hit_e / hits) - 1) < 5 / sqrt(hits), "mean energies %g, %g", sum_e / sum, hit_e / hits);
}

START_TEST(test_aimed_is_free)
{
	static const double momentum[] = {0, 1e-12, 0.1, 0.5, 1, 3, 30};
	static const double mass1[] = {0, 0.139, 0.35};
	static const double half[] = {0.02, 0.3, 1.2, 3};
	uint64_t step = 0;
	for (int i = 0; i < 7; i++)
		for (int j = 0; j < 3; j++)
			for (int k = 0; k < 4; k++) {
				double p = momentum[i], m = 0.494;
				struct bsm_p4 P = {sqrt(p * p + m * m), 0.6 * p, 0, 0.8 * p};
				compare(P, m, mass1[j], 0.1057, (struct bsm_cone){{0, 0.55, 0.05, 0.8}, half[k]}, step++);
				compare(P, m, mass1[j], 0.1057, (struct bsm_cone){{0, 0.6, 0, 0.8}, half[k]}, step++);
			}
}
END_TEST

START_TEST(test_two_solutions)
{
	/* A heavy leg of a fast parent comes with two energies along one direction: both have to be there. */
	double m = 1.968, m1 = 1.0, m2 = 0.1057, p = 20;
	struct bsm_p4 P = {sqrt(p * p + m * m), 0, 0, p};
	struct bsm_cone cone = {{0, sin(0.01), 0, cos(0.01)}, 0.003};
	int low = 0, high = 0;
	double middle = 0.5 * P.e * (m * m + m1 * m1 - m2 * m2) / (m * m) * 2 / 2;
	for (uint64_t i = 0; i < 1000; i++) {
		struct bsm_rng rng = bsm_rng_make(7, BSM_FOR_VERIFY, i, 999);
		double u[2];
		struct bsm_p4 p1;
		bsm_rng_fill(&rng, u, 2);
		if (bsm_split_aimed(P, m, m1, m2, &cone, u, &p1, NULL) > 0) {
			low += p1.e < middle;
			high += p1.e > middle;
		}
	}
	ck_assert_msg(low > 50 && high > 50, "%d slow and %d fast solutions", low, high);
}
END_TEST

START_TEST(test_massless_volumes)
{
	/* Phi_n of massless legs = s^(n-2) / (2 (4 pi)^(2n-3) (n-1)! (n-2)!) (Kleiss, Stirling, Ellis 1986) */
	for (int n = 2; n <= 4; n++) {
		struct bsm_particle out[4];
		memset(out, 0, sizeof out);
		double sum = 0, sum2 = 0, u[8];
		enum { N = 100000 };
		for (uint64_t i = 0; i < N; i++) {
			struct bsm_rng rng = bsm_rng_make(8, BSM_FOR_VERIFY, i, (uint64_t)n);
			bsm_rng_fill(&rng, u, bsm_phase_space_ndim(n));
			double w = bsm_phase_space((struct bsm_p4){1, 0, 0, 0}, 1, n, out, i % 2 ? -1 : n - 1, NULL, u);
			sum += w;
			sum2 += w * w;
		}
		double pi = 3.14159265358979324, fact[] = {1, 1, 2, 6};
		double expected = 1 / (2 * pow(4 * pi, 2 * n - 3) * fact[n - 1] * fact[n - 2]);
		double mean = sum / N, error = sqrt(fmax(0, sum2 / N - mean * mean) / N) + 1e-12 * expected;
		ck_assert_msg(fabs(mean - expected) < 4 * error, "n = %d: %g, expected %g +- %g", n, mean, expected, error);
	}
}
END_TEST

/* A resonance of 1e-6 of its mass: the integral of the Breit-Wigner over phase space in the narrow-width limit,
 * Phi_2(M; R, k) Phi_2(R; i, j) / (2 m w), with few points. */
START_TEST(test_narrow_resonance)
{
	struct bsm_particle out[3] = {{.m = 0.1}, {.m = 0.2}, {.m = 0.15}};
	struct bsm_resonance r = {2, 0, 0.6, 6e-7};
	double sum = 0, pi = 3.14159265358979324, u[5];
	enum { N = 20000 };
	for (uint64_t i = 0; i < N; i++) {
		struct bsm_rng rng = bsm_rng_make(8, BSM_FOR_VERIFY, i, 11);
		bsm_rng_fill(&rng, u, 5);
		double w = bsm_phase_space_peaked((struct bsm_p4){1, 0, 0, 0}, 1, 3, out, -1, NULL, &r, u);
		double s = bsm_p4_s(out[2].p, out[0].p), d = s - r.mass * r.mass, mw = r.mass * r.width;
		sum += w / (d * d + mw * mw) / N;
	}
	double expected = bsm_two_body_p(1, 0.6, 0.2) / (4 * pi) * bsm_two_body_p(0.6, 0.1, 0.15) / (4 * pi * 0.6) / (2 * 0.6 * 6e-7);
	ck_close(sum, expected, 1e-3);
}
END_TEST

START_TEST(test_below_threshold)
{
	struct bsm_particle out[3] = {{.m = 0.5}, {.m = 0.5}, {.m = 0.1}};
	const double u[5] = {.5, .5, .5, .5, .5};
	ck_assert_double_eq(bsm_phase_space((struct bsm_p4){1, 0, 0, 0}, 1, 3, out, -1, NULL, u), 0);
}
END_TEST

/* A grid that adapts to exp(-x/0.05) keeps the integral and cuts the variance. */
START_TEST(test_grid_adapts)
{
	struct bsm_grid g;
	double first = 0, last = 0;
	ck_assert_int_eq(bsm_grid_init(&g, 1), 0);
	for (int round = 0; round < 8; round++) {
		double sum = 0, sum2 = 0;
		enum { N = 20000 };
		for (uint64_t i = 0; i < N; i++) {
			struct bsm_rng rng = bsm_rng_make(9, BSM_FOR_VERIFY, i, (uint64_t)round);
			double u = bsm_rng_uniform(&rng), x;
			int bin;
			double w = bsm_grid_map(&g, &u, &x, &bin) * exp(-x / 0.05);
			bsm_grid_collect(&g, &bin, w * w);
			sum += w;
			sum2 += w * w;
		}
		double mean = sum / N, variance = sum2 / N - mean * mean;
		ck_assert(fabs(mean - 0.05) < 5 * sqrt(variance / N) + 1e-9);
		if (!round)
			first = variance;
		last = variance;
		bsm_grid_refine(&g, 1);
	}
	ck_assert_msg(last < first / 100, "variance went from %g to %g only", first, last);
	bsm_grid_free(&g);
}
END_TEST

TEST_MAIN("split", test_aimed_is_free, test_two_solutions, test_massless_volumes, test_narrow_resonance, test_below_threshold, test_grid_adapts)
