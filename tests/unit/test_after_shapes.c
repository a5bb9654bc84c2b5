/* Spectra of the afterburner against closed forms and numerical integrals that it does not use. Every statistical test
 * has a fixed seed; histograms are within 5 sigma of their chi2, means within 5 standard errors. */
#include "after_samples.h"
#include "kinematics/split.h"

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
		/* (P.l)(V.nu), parent at rest: helicity v/c, as in beta decay. */
		struct bsm_decay v = prepare(mode_of(421, 3), bsm_pdg_mass(421), anti, 0);
		struct bsm_decay p = prepare(mode_of(421, 1), bsm_pdg_mass(421), anti, 0);
		double helicity = 0;
		for (int n = 0; n < 2000; n++) {
			ck_assert(bsm_decay_sample(&v, &rng) && bsm_decay_sample(&p, &rng));
			bsm_decay_spin(&v, (struct bsm_p4){v.m, 0, 0, 0});
			bsm_decay_spin(&p, (struct bsm_p4){p.m, 0, 0, 0});
			s = (struct bsm_p4){0, v.out[1].pol[0], v.out[1].pol[1], v.out[1].pol[2]};
			double beta = bsm_p4_mag(v.out[1].p) / v.out[1].p.e;
			ck_close(bsm_p4_dot3(s, v.out[1].p) / bsm_p4_mag(v.out[1].p), anti ? -beta : beta, 1e-9);
			s = (struct bsm_p4){0, p.out[1].pol[0], p.out[1].pol[1], p.out[1].pol[2]};
			helicity += bsm_p4_dot3(s, p.out[1].p) / bsm_p4_mag(p.out[1].p) / 2000;
		}
		ck_assert_msg((anti ? -1 : 1) * helicity > 0.85, "%g", helicity);
	}
}
END_TEST

/* Four and five legs: mean energy of the first leg, against plain points with their weights. */
START_TEST(phase_space_is_flat)
{
	for (int k = 20; k < 26; k += 5) { /* D0 -> K- pi+ pi+ pi-; K- pi+ pi+ pi- pi0 */
		struct bsm_decay d = prepare(mode_of(421, k), bsm_pdg_mass(421), 0, 0), plain = d;
		struct bsm_rng rng = stream((uint64_t)k);
		double sum = 0, sum2 = 0, w0 = 0, w1 = 0, w11 = 0, u[3 * BSM_OUT];
		ck_assert_int_eq(d.n, k == 20 ? 4 : 5);
		for (int n = 0; n < N / 4; n++) {
			ck_assert(bsm_decay_sample(&d, &rng));
			double e = d.out[0].p.e;
			sum += e;
			sum2 += e * e;
		}
		for (int n = 0; n < 2 * N; n++) {
			bsm_rng_fill(&rng, u, bsm_phase_space_ndim(d.n));
			double w = bsm_phase_space((struct bsm_p4){d.m, 0, 0, 0}, d.m, d.n, plain.out, -1, NULL, u);
			double e = plain.out[0].p.e;
			w0 += w;
			w1 += w * e;
			w11 += w * w;
		}
		double mean = sum / (N / 4), var = sum2 / (N / 4) - mean * mean, expected = w1 / w0;
		double error = sqrt(var / (N / 4) + var * w11 / (w0 * w0));
		ck_assert_msg(fabs(mean - expected) < 5 * error, "%d: %g, expected %g +- %g", k, mean, expected, error);
	}
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
		/* The rate: 2 alpha/(3 pi) of the two-photon width; the eta's is not measured better than this. */
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

TEST_MAIN("after_shapes", muon_decay, tau_leptonic, spin_of_products, phase_space_is_flat, dalitz_pairs,
	  eta_prime_to_rho_gamma, eta_to_three_pions, vectors_to_three_pions, charm_semileptonic)
