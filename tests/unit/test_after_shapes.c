/* Spectra of the afterburner against closed forms and numerical integrals that it does not use. Every statistical test
 * has a fixed seed; histograms are within 5 sigma of their chi2, means within 5 standard errors. */
#include "after/decay_shapes.h"
#include "check_main.h"
#include "core/constants.h"
#include "kinematics/particles.h"
#include "physics/chiral.h"

enum { N = 200000, BINS = 20 };

static struct bsm_rng stream(uint64_t trial)
{
	return bsm_rng_make(20261122, BSM_FOR_VERIFY, trial, 1);
}

static const struct bsm_mode *mode_of(int32_t pdg, int k)
{
	return &bsm_decay_table_find(pdg)->mode[k];
}

static struct bsm_decay prepare(const struct bsm_mode *mode, double m, int antiparticle, double polarisation)
{
	struct bsm_decay d = {
		.mode = mode, .m = m, .antiparticle = antiparticle, .pol = {0, 0.6 * polarisation, 0.8 * polarisation}};
	for (; d.n < BSM_OUT && mode->out[d.n]; d.n++) {
		d.out[d.n].pdg = antiparticle ? bsm_pdg_conj(mode->out[d.n]) : mode->out[d.n];
		d.out[d.n].m = bsm_pdg_mass(mode->out[d.n]);
	}
	return d;
}

/* Cosine to the polarisation axis of prepare(). */
static double cosine(struct bsm_p4 p)
{
	return (0.6 * p.y + 0.8 * p.z) / bsm_p4_mag(p);
}

static double integral(double (*f)(double, void *), void *arg, double a, double b)
{
	return bsm_integrate(f, arg, a, b, 1e-9, NULL);
}

/* Counts against the density f over [lo, hi] in equal bins. */
static void check_histogram(const char *what, const int *count, int total, double (*f)(double, void *), void *arg,
			    double lo, double hi)
{
	double all = integral(f, arg, lo, hi), chi2 = 0, step = (hi - lo) / BINS;
	int used = 0;
	for (int i = 0; i < BINS; i++) {
		double e = total * integral(f, arg, lo + i * step, lo + (i + 1) * step) / all;
		if (e < 10) /* the rest is too few for a chi2 */
			continue;
		chi2 += (count[i] - e) * (count[i] - e) / e;
		used++;
	}
	ck_assert_msg(used > 5 && chi2 < used + 5 * sqrt(2.0 * used), "%s: chi2 %g for %d bins", what, chi2, used);
}

static int bin(double x, double lo, double hi)
{
	int i = (int)((x - lo) / (hi - lo) * BINS);
	return i < 0 ? 0 : i >= BINS ? BINS - 1 : i;
}

static void check_mean(const char *what, double sum, double sum2, int n, double expected)
{
	double mean = sum / n, error = sqrt(fmax(0, sum2 / n - mean * mean) / n);
	ck_assert_msg(fabs(mean - expected) < 5 * error, "%s: %g +- %g, expected %g", what, mean, error, expected);
}

/* ---- l -> l' nu nu: RPP, review "Muon decay parameters", rho = delta = 3/4, xi = 1, eta = 0 ---- */
struct michel { double x0, cosines; }; /* x0 = m/W; integral over cos of (1, cos) picked by `cosines` P */

static double michel(double x, void *arg)
{
	const struct michel *c = arg;
	double x2 = c->x0 * c->x0, p = sqrt(fmax(0, x * x - x2)), root = sqrt(1 - x2);
	double even = x * (1 - x) + (4 * x * x - 3 * x - x2) / 6;
	double odd = p / 3 * (1 - x + (4 * x - 3 + root - 1) / 2);
	return p * (even + c->cosines * odd);
}

static double michel_odd(double x, void *arg)
{
	struct michel with = *(const struct michel *)arg, without = with;
	with.cosines = 1;
	without.cosines = 0;
	return michel(x, &with) - michel(x, &without);
}

static void check_michel(int32_t lepton, int k, int antiparticle, double P)
{
	struct bsm_decay d = prepare(mode_of(lepton, k), bsm_pdg_mass(lepton), antiparticle, P);
	struct bsm_rng rng = stream((uint64_t)(lepton + 100 * k + 7 * antiparticle));
	double m = d.out[0].m, top = (d.m * d.m + m * m) / (2 * d.m), sum = 0, sum2 = 0, sign = antiparticle ? 1 : -1;
	int all[BINS] = {0}, forward[BINS] = {0}, nforward = 0;
	struct michel c = {m / top, 0}, half = {m / top, sign * P / 2};
	for (int n = 0; n < N; n++) {
		ck_assert(bsm_decay_sample(&d, &rng));
		double ct = cosine(d.out[0].p);
		int i = bin(d.out[0].p.e / top, c.x0, 1);
		all[i]++;
		sum += ct;
		sum2 += ct * ct;
		if (ct > 0) {
			forward[i]++;
			nforward++;
		}
	}
	check_histogram("Michel", all, N, michel, &c, c.x0, 1);
	check_histogram("Michel, forward", forward, nforward, michel, &half, c.x0, 1);
	double slope = integral(michel_odd, &c, c.x0, 1) / integral(michel, &c, c.x0, 1);
	check_mean("cos of the charged lepton", sum, sum2, N, sign * P * slope / 3);
	if (lepton == 13) /* the known -P/9 of the electron of a mu-, but for the electron's mass */
		ck_close(slope / 3, 1.0 / 9, 1e-3);
}

START_TEST(muon_decay)
{
	check_michel(13, 0, 0, 0);
	check_michel(13, 0, 0, 1);
	check_michel(13, 0, 1, 1);
	check_michel(13, 0, 1, 0.4);
}
END_TEST

START_TEST(tau_leptonic)
{
	check_michel(15, 0, 0, 1);
	check_michel(15, 1, 0, 0.8);
	check_michel(15, 1, 1, 0.8);
}
END_TEST

/* The lepton's own spin: full for a fast one, left-handed for l-, right-handed for l+. */
START_TEST(spin_of_products)
{
	for (int anti = 0; anti < 2; anti++) {
		struct bsm_decay d = prepare(mode_of(15, 1), bsm_pdg_mass(15), anti, 0);
		struct bsm_rng rng = stream(4);
		double sum = 0;
		for (int n = 0; n < 2000; n++) {
			bsm_decay_sample(&d, &rng);
			bsm_decay_spin(&d, (struct bsm_p4){d.m, 0, 0, 0});
			struct bsm_p4 s = {0, d.out[0].pol[0], d.out[0].pol[1], d.out[0].pol[2]};
			ck_close(bsm_p4_mag(s), 1, 1e-9);
			sum += bsm_p4_dot3(s, d.out[0].p) / bsm_p4_mag(d.out[0].p);
		}
		ck_assert((anti ? 1 : -1) * sum / 2000 > 0.9);
		struct bsm_decay ds = prepare(mode_of(431, 0), bsm_pdg_mass(431), anti, 0); /* Ds+ -> tau+ nu */
		bsm_decay_sample(&ds, &rng);
		bsm_decay_spin(&ds, (struct bsm_p4){ds.m, 0, 0, 0});
		struct bsm_p4 s = {0, ds.out[0].pol[0], ds.out[0].pol[1], ds.out[0].pol[2]};
		/* nu of Ds+ is left-handed and the sum is spinless: tau+ is left-handed too. */
		ck_close(bsm_p4_dot3(s, ds.out[0].p) / bsm_p4_mag(ds.out[0].p), anti ? 1 : -1, 1e-9);
	}
}
END_TEST

/* ---- hadronic tau ---- */
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
			int n = k < 7 ? N / 2 : N / 40;
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

/* ---- pi0 and eta -> gamma l l ---- */
struct dalitz { double r, slope, pole; };

/* In the logarithm of x: (1-x)^3 sqrt(1-r/x)(1+r/2x)|F|^2. */
static double kroll_wada(double t, void *arg)
{
	const struct dalitz *c = arg;
	double x = exp(t), f = (1 + c->slope * x) / (1 - c->pole * x);
	return pow(1 - x, 3) * sqrt(fmax(0, 1 - c->r / x)) * (1 + c->r / (2 * x)) * f * f;
}

START_TEST(dalitz_pairs)
{
	const struct { int32_t pdg; int k; } rows[] = {{111, 1}, {221, 4}, {221, 5}};
	for (int i = 0; i < 3; i++) {
		const struct bsm_mode *mode = mode_of(rows[i].pdg, rows[i].k);
		double m = bsm_pdg_mass(rows[i].pdg), sum = 0, sum2 = 0;
		struct bsm_decay d = prepare(mode, m, 0, 0);
		struct bsm_rng rng = stream((uint64_t)i);
		struct dalitz c = {4 * d.out[1].m * d.out[1].m / (m * m), mode->arg[0],
				   mode->arg[1] > 0 ? m * m / (mode->arg[1] * mode->arg[1]) : 0};
		int count[BINS] = {0};
		for (int n = 0; n < N; n++) {
			ck_assert(bsm_decay_sample(&d, &rng));
			double x = 1 - 2 * d.out[0].p.e / m; /* rounds at 1e-16: fine down to r = 6e-5 */
			count[bin(log(fmax(c.r, x)), log(c.r), 0)]++;
			struct bsm_p4 q = bsm_p4_add(d.out[1].p, d.out[2].p);
			double s = x * m * m, k = bsm_p4_dot(d.out[0].p, q), y = c.r / x;
			double cs = bsm_p4_dot(d.out[0].p, bsm_p4_sub(d.out[1].p, d.out[2].p)) /
				    (k * sqrt(1 - 4 * d.out[1].m * d.out[1].m / s));
			double v = cs * cs - ((1 + y) / 3 + (1 - y) / 5) / ((1 + y) + (1 - y) / 3);
			if (y < 0.99) {
				sum += v;
				sum2 += v * v;
			}
		}
		check_histogram("Kroll-Wada", count, N, kroll_wada, &c, log(c.r), 0);
		check_mean("pair's angle", sum, sum2, N, 0);
		/* The rate: 2 alpha/(3 pi) of the two-photon width; the measured ones of the eta are not better than this. */
		double rate = 2 * BSM_ALPHA / (3 * BSM_PI) * integral(kroll_wada, &c, log(c.r), 0);
		ck_close(mode->br / mode_of(rows[i].pdg, 0)->br, rate, rows[i].pdg == 111 ? 0.01 : 0.09);
	}
}
END_TEST

/* ---- other mesons ---- */
static double pipi_gamma(double s, void *arg)
{
	double m = *(double *)arg, l = bsm_pdg_mass(211), b = sqrt(fmax(0, 1 - 4 * l * l / s)), r = 0.77526;
	double pole = (s - r * r) * (s - r * r) + r * r * 0.1474 * 0.1474;
	return pow(m * m - s, 3) * s * b * b * b / pole;
}

START_TEST(eta_prime_to_rho_gamma)
{
	double m = bsm_pdg_mass(331), lo = 4 * bsm_pdg_mass(211) * bsm_pdg_mass(211);
	struct bsm_decay d = prepare(mode_of(331, 1), m, 0, 0);
	struct bsm_rng rng = stream(2);
	int count[BINS] = {0};
	for (int n = 0; n < N; n++) {
		ck_assert(bsm_decay_sample(&d, &rng));
		count[bin(m * m - 2 * m * d.out[0].p.e, lo, m * m)]++;
	}
	check_histogram("eta' -> pi pi gamma", count, N, pipi_gamma, &m, lo, m * m);
}
END_TEST

/* Flat events reweighted by the polynomial give the same mean Y as the sampled ones; energies inside their limits. */
START_TEST(eta_to_three_pions)
{
	double m = bsm_pdg_mass(221);
	struct bsm_mode flat = *mode_of(221, 2);
	flat.shape = BSM_FLAT_DECAY;
	struct bsm_decay d = prepare(mode_of(221, 2), m, 0, 0), f = prepare(&flat, m, 0, 0);
	struct bsm_rng rng = stream(3);
	double q = m - d.out[0].m - d.out[1].m - d.out[2].m, sum = 0, sum2 = 0, w1 = 0, wy = 0;
	double most = (m * m + d.out[0].m * d.out[0].m - 4 * d.out[1].m * d.out[1].m) / (2 * m);
	for (int n = 0; n < N; n++) {
		ck_assert(bsm_decay_sample(&d, &rng) && bsm_decay_sample(&f, &rng));
		ck_assert(d.out[0].p.e <= most * (1 + 1e-12));
		double y = 3 * (d.out[0].p.e - d.out[0].m) / q - 1, g = 3 * (f.out[0].p.e - f.out[0].m) / q - 1;
		double x = sqrt(3) * (f.out[1].p.e - f.out[2].p.e) / q;
		double w = 1 - 1.095 * g + 0.145 * g * g + 0.081 * x * x + 0.141 * g * g * g;
		sum += y;
		sum2 += y * y;
		w1 += w;
		wy += w * g;
	}
	/* Both means fluctuate: the reference at most twice as much as the sample. */
	double mean = sum / N, error = sqrt((sum2 / N - mean * mean) / N);
	ck_assert_msg(fabs(mean - wy / w1) < 5 * sqrt(5) * error && mean < -0.2, "%g +- %g, %g", mean, error, wy / w1);
}
END_TEST

/* Vector -> 3 pi: nothing where the pions are along one line, rho bands in the phi, energies inside their limits. */
START_TEST(vectors_to_three_pions)
{
	for (int i = 0; i < 2; i++) {
		double m = bsm_pdg_mass(i ? 333 : 223), r = 0.77526, band = 0;
		struct bsm_decay d = prepare(mode_of(i ? 333 : 223, i ? 2 : 0), m, 0, 0);
		struct bsm_rng rng = stream(31);
		int line = 0, n = N / 10;
		for (int k = 0; k < n; k++) {
			ck_assert(bsm_decay_sample(&d, &rng));
			struct bsm_p4 a = d.out[1].p, b = d.out[2].p;
			double c = bsm_p4_dot3(a, b) / (bsm_p4_mag(a) * bsm_p4_mag(b));
			line += 1 - c * c < 0.01;
			ck_assert(d.out[0].p.e <=
				  (m * m + d.out[0].m * d.out[0].m - 4 * d.out[1].m * d.out[1].m) / (2 * m) + 1e-12);
			for (int j = 0; j < 3; j++)
				band += fabs(sqrt(bsm_p4_s(d.out[j].p, d.out[(j + 1) % 3].p)) - r) < 0.075;
		}
		ck_assert_msg(line < 0.01 * n, "%d on a line", line);
		ck_assert_msg(!i || band > 0.6 * n, "%g in the bands", band / n);
	}
}
END_TEST

/* D0 -> K- e+ nu: dGamma/dq2 ~ p^3 |f+|^2; D0 -> K*- e+ nu: E_l has the density of (P.l)(V.nu) integrated. */
struct charm { double M, m, pole; };

static double q2_spectrum(double q2, void *arg)
{
	const struct charm *c = arg;
	double f = 1 / (1 - q2 / (c->pole * c->pole));
	return pow(bsm_two_body_p(c->M, c->m, sqrt(q2)), 3) * f * f;
}

static double lepton_spectrum(double e, void *arg) /* massless lepton, from the invariant mass of V and nu */
{
	const struct charm *c = arg;
	double s = c->M * c->M - 2 * c->M * e, k = fmax(0, s - c->m * c->m);
	return e * e * k * k / s;
}

START_TEST(charm_semileptonic)
{
	struct charm c = {bsm_pdg_mass(421), bsm_pdg_mass(321), 2.1122}, v = {c.M, bsm_pdg_mass(323), 0};
	struct bsm_decay d = prepare(mode_of(421, 0), c.M, 0, 0), f = prepare(mode_of(421, 2), c.M, 0, 0);
	struct bsm_rng rng = stream(40);
	int q2[BINS] = {0}, energy[BINS] = {0};
	double top = (c.M - c.m) * (c.M - c.m), most = (v.M * v.M - v.m * v.m) / (2 * v.M);
	for (int n = 0; n < N / 4; n++) {
		ck_assert(bsm_decay_sample(&d, &rng) && bsm_decay_sample(&f, &rng));
		q2[bin(bsm_p4_s(d.out[1].p, d.out[2].p), 0, top)]++;
		energy[bin(f.out[1].p.e, 0, most)]++;
	}
	check_histogram("D -> K e nu", q2, N / 4, q2_spectrum, &c, 0, top);
	check_histogram("D -> K* e nu", energy, N / 4, lepton_spectrum, &v, 0, most);
}
END_TEST

TEST_MAIN("after_shapes", muon_decay, tau_leptonic, spin_of_products, tau_to_pion, tau_to_vector_systems,
	  tau_to_rho_spin, tau_current, tau_lineshape_bounds, dalitz_pairs, eta_prime_to_rho_gamma, eta_to_three_pions,
	  vectors_to_three_pions, charm_semileptonic)
