/* Hadronic decays of the polarised tau against closed forms, traces and matrices that the afterburner does not use.
 * Every statistical test has a fixed seed and allows 5 standard errors. */
#include <complex.h>

#include "after_samples.h"
#include "kinematics/split.h"
#include "physics/chiral.h"

START_TEST(tau_to_pion)
{
	for (int anti = 0; anti < 2; anti++)
		for (int k = 2; k < 4; k++) {
			struct bsm_decay d = prepare(mode_of(15, k), bsm_pdg_mass(15), anti, 0.9);
			struct bsm_rng rng = stream((uint64_t)k);
			double sum = 0, sum2 = 0;
			for (int n = 0; n < N; n++) {
				ck_assert(bsm_decay_sample(&d, &rng));
				double c = cosine(d.out[0].p);
				sum += c;
				sum2 += c * c;
			}
			check_mean("tau -> pi nu", sum, sum2, N, (anti ? -1 : 1) * 0.9 / 3);
		}
}
END_TEST

/* Mean cosine of the hadrons for every hadronic row: alpha P/3 with alpha = (M^2 - 2s)/(M^2 + 2s), whatever the
 * lineshape. */
START_TEST(tau_to_vector_systems)
{
	for (int k = 4; k < bsm_decay_table_find(15)->count; k++)
		for (int anti = 0; anti < 2; anti++) {
			struct bsm_decay d = prepare(mode_of(15, k), bsm_pdg_mass(15), anti, 1);
			struct bsm_rng rng = stream((uint64_t)(k + 50 * anti));
			double sum = 0, sum2 = 0, M2 = d.m * d.m;
			int n = k < 7 ? N / 4 : N / 100;
			for (int i = 0; i < n; i++) {
				ck_assert(bsm_decay_sample(&d, &rng));
				struct bsm_p4 nu = d.out[d.n - 1].p;
				double s = M2 - 2 * d.m * nu.e, alpha = (anti ? -1 : 1) * (M2 - 2 * s) / (M2 + 2 * s);
				double c = -cosine(nu) - alpha / 3;
				sum += c;
				sum2 += c * c;
			}
			check_mean("tau -> hadrons nu", sum, sum2, n, 0);
		}
}
END_TEST

/* pi pi0: the squared cosine between pion and neutrino in the pair's frame follows 1 + c^2 (M^2 - s)/s. */
START_TEST(tau_to_rho_spin)
{
	struct bsm_decay d = prepare(mode_of(15, 4), bsm_pdg_mass(15), 0, 0.7);
	struct bsm_rng rng = stream(8);
	double sum = 0, sum2 = 0, peak = 0;
	for (int n = 0; n < N; n++) {
		ck_assert(bsm_decay_sample(&d, &rng));
		struct bsm_p4 q = bsm_p4_add(d.out[0].p, d.out[1].p);
		double s = bsm_p4_dot(q, q), w = sqrt(s), g = (d.m * d.m - s) / s;
		struct bsm_p4 a = bsm_p4_boost_to_rest(d.out[0].p, q, w), b = bsm_p4_boost_to_rest(d.out[2].p, q, w);
		double c = bsm_p4_dot3(a, b) / (bsm_p4_mag(a) * bsm_p4_mag(b)),
		       v = c * c - (1.0 / 3 + g / 5) / (1 + g / 3);
		sum += v;
		sum2 += v * v;
		peak += w > 0.65 && w < 0.90;
	}
	check_mean("tau -> rho nu", sum, sum2, N, 0);
	ck_assert_msg(peak / N > 0.7, "%g in the peak", peak / N);
}
END_TEST

/* The spinor square against the traces of physics/chiral.c for a real current, and its helicity limits for a complex
 * one. */
START_TEST(tau_current)
{
	struct bsm_rng rng = stream(12);
	double M = 1.77693;
	for (int n = 0; n < 1000; n++) {
		double u[8], pol[3];
		bsm_rng_fill(&rng, u, 8);
		struct bsm_p4 k = bsm_decay_direction((const double[3]){0, 0, 0}, 0, &rng), zero = {0, 0, 0, 0};
		struct bsm_p4 J = {u[0], u[1] - 0.5, u[2] - 0.5, u[3]}, nu = bsm_p4_scale(0.3 + u[4], k);
		nu.e = 0.3 + u[4];
		for (int i = 0; i < 3; i++)
			pol[i] = 0.5 * u[5 + i];
		struct bsm_particle tau = {.m = M, .p = {M, 0, 0, 0}, .pol = {pol[0], pol[1], pol[2]}};
		for (int anti = 0; anti < 2; anti++) {
			struct bsm_p4 G = bsm_chiral_vector(J, nu), S = bsm_pol_vector(&tau);
			double trace = bsm_p4_dot(G, bsm_p4_sub(tau.p, bsm_p4_scale((anti ? -1 : 1) * M, S)));
			ck_close(bsm_tau_weight(k, J, zero, pol, anti) * 4 * nu.e * M, trace, 1e-10);
		}
	}
	/* Hadrons along z, neutrino along -z with spin +1/2 there: helicity +1, the current eps* ~ x - iy, would need
	 * 3/2. Helicity -1 counts 2 and needs the tau's spin along -z. The antiparticle mirrors all this but for the
	 * spin. */
	struct bsm_p4 k = {0, 0, 0, -1}, x = {0, sqrt(0.5), 0, 0}, y = {0, 0, sqrt(0.5), 0},
		      minus = {0, 0, -sqrt(0.5), 0};
	const double none[3] = {0, 0, 0}, up[3] = {0, 0, 1}, down[3] = {0, 0, -1};
	ck_assert(fabs(bsm_tau_weight(k, x, minus, none, 0)) < 1e-15 && fabs(bsm_tau_weight(k, x, y, none, 1)) < 1e-15);
	ck_close(bsm_tau_weight(k, x, y, none, 0), 2, 1e-14);
	ck_close(bsm_tau_weight(k, x, minus, none, 1), 2, 1e-14);
	ck_close(bsm_tau_weight(k, x, y, down, 0), 4, 1e-14);
	ck_assert(fabs(bsm_tau_weight(k, x, y, up, 0)) < 1e-15);
	ck_close(bsm_tau_weight(k, x, minus, up, 1), 4, 1e-14);
}
END_TEST

/* The same product done with two-by-two matrices, for any complex current: the closed form has every term. */
typedef double complex matrix[2][2];

static void pauli(double complex one, const double complex v[3], matrix out)
{
	out[0][0] = one + v[2];
	out[1][1] = one - v[2];
	out[0][1] = v[0] - I * v[1];
	out[1][0] = v[0] + I * v[1];
}

static void times(matrix a, matrix b, matrix out)
{
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++)
			out[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
}

START_TEST(tau_current_as_matrices)
{
	struct bsm_rng rng = stream(13);
	for (int n = 0; n < 1000; n++) {
		double u[11], pol[3];
		bsm_rng_fill(&rng, u, 11);
		struct bsm_p4 k = bsm_decay_direction((const double[3]){0, 0, 0}, 0, &rng);
		struct bsm_p4 re = {u[0] - 0.5, u[1] - 0.5, u[2] - 0.5, u[3] - 0.5};
		struct bsm_p4 im = {u[4] - 0.5, u[5] - 0.5, u[6] - 0.5, u[7] - 0.5};
		for (int i = 0; i < 3; i++)
			pol[i] = u[8 + i] - 0.5;
		for (int anti = 0; anti < 2; anti++) {
			double s = anti ? -1 : 1;
			double complex J[3] = {s * (re.x + I * im.x), s * (re.y + I * im.y), s * (re.z + I * im.z)};
			double complex Jc[3] = {conj(J[0]), conj(J[1]), conj(J[2])}, P[3] = {pol[0], pol[1], pol[2]};
			double complex minus[3] = {-s * k.x, -s * k.y, -s * k.z}, j0 = re.e + I * im.e;
			matrix a, b, c, d, ab, cd, all;
			pauli(1, minus, a);
			pauli(j0, J, b);
			pauli(1, P, c);
			pauli(conj(j0), Jc, d);
			times(a, b, ab);
			times(c, d, cd);
			times(ab, cd, all);
			ck_close(bsm_tau_weight(k, re, im, pol, anti), creal(all[0][0] + all[1][1]) / 2, 1e-10);
			ck_assert(fabs(cimag(all[0][0] + all[1][1])) < 1e-14);
		}
	}
}
END_TEST

/* Three pions of mass 1.2 GeV: flat events with |J|^2 from complex numbers give the same mean masses of the pairs. */
static double three_pion_square(const struct bsm_particle *o)
{
	double complex sum[3] = {0, 0, 0};
	for (int i = 0; i < 2; i++) {
		double complex f = 0.773 * 0.773 / (0.773 * 0.773 - bsm_p4_s(o[i].p, o[2].p) - I * 0.773 * 0.145);
		sum[0] += f * (o[i].p.x - o[2].p.x);
		sum[1] += f * (o[i].p.y - o[2].p.y);
		sum[2] += f * (o[i].p.z - o[2].p.z);
	}
	return creal(sum[0] * conj(sum[0]) + sum[1] * conj(sum[1]) + sum[2] * conj(sum[2]));
}

START_TEST(three_pions_inside)
{
	struct bsm_decay d = prepare(mode_of(15, 6), bsm_pdg_mass(15), 0, 0);
	struct bsm_particle plain[3] = {d.out[0], d.out[1], d.out[2]};
	struct bsm_rng rng = stream(14);
	double sum = 0, sum2 = 0, w0 = 0, w1 = 0, ww = 0, u[5];
	int n = 0;
	for (int i = 0; i < N; i++) {
		ck_assert(bsm_decay_sample(&d, &rng));
		double s = bsm_p4_s(d.out[0].p, d.out[1].p), w2 = s + bsm_p4_s(d.out[0].p, d.out[2].p) +
			bsm_p4_s(d.out[1].p, d.out[2].p) - 3 * d.out[0].m * d.out[0].m;
		if (fabs(sqrt(w2) - 1.2) > 0.02)
			continue;
		sum += s / w2;
		sum2 += s * s / (w2 * w2);
		n++;
	}
	for (int i = 0; i < 2 * N; i++) {
		bsm_rng_fill(&rng, u, 5);
		double w = bsm_phase_space((struct bsm_p4){1.2, 0, 0, 0}, 1.2, 3, plain, -1, NULL, u);
		w *= three_pion_square(plain);
		w0 += w;
		w1 += w * bsm_p4_s(plain[0].p, plain[1].p) / 1.44;
		ww += w * w;
	}
	double mean = sum / n, var = sum2 / n - mean * mean, error = sqrt(var / n + var * ww / (w0 * w0));
	ck_assert_int_gt(n, 5000);
	ck_assert_msg(fabs(mean - w1 / w0) < 5 * error, "%g, expected %g +- %g (%d)", mean, w1 / w0, error, n);
}
END_TEST

START_TEST(tau_lineshape_bounds)
{
	double M = bsm_pdg_mass(15), pi = bsm_pdg_mass(211), pi0 = bsm_pdg_mass(111), most[4] = {0};
	double K = bsm_pdg_mass(321), K0 = bsm_pdg_mass(311);
	for (int i = 1; i < 2000000; i++) {
		double s = M * M * i / 2e6;
		if (s > (pi + pi0) * (pi + pi0))
			most[0] = fmax(most[0], bsm_tau_pair_weight(0, s, M, pi, pi0));
		if (s > (pi + K0) * (pi + K0))
			most[1] = fmax(most[1], bsm_tau_pair_weight(1, s, M, pi, K0));
		if (s > (pi0 + K) * (pi0 + K))
			most[2] = fmax(most[2], bsm_tau_pair_weight(1, s, M, K, pi0));
		if (s > 9 * pi * pi)
			most[3] = fmax(most[3], bsm_tau_a1_weight(s, M));
	}
	ck_assert(most[0] < BSM_TAU_MAX_RHO && most[0] > 0.99 * BSM_TAU_MAX_RHO);
	ck_assert(most[1] < BSM_TAU_MAX_KSTAR && most[2] < BSM_TAU_MAX_KSTAR && most[2] > 0.99 * BSM_TAU_MAX_KSTAR);
	ck_assert(most[3] < BSM_TAU_MAX_A1 && most[3] > 0.99 * BSM_TAU_MAX_A1);
}
END_TEST

TEST_MAIN("after_tau", tau_to_pion, tau_to_vector_systems, tau_to_rho_spin, tau_current, tau_current_as_matrices,
	  three_pions_inside, tau_lineshape_bounds)
