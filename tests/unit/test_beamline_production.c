/* What a collision makes: draws against integrals, published tables and data, symmetries, energy. Draws: fixed seed, 4
 * standard errors. */
#include "beamline_bench.h"
#include "bsmnu/model.h"
#include "source/beamline/cross_sections.h"
#include "source/beamline/hadroproduction.h"

static struct bsm_hadroproduction make;
static const int32_t mesons[6] = {211, -211, 321, -321, 130, 310};

static struct bsm_collision collide(int32_t pdg, double p, double A)
{
	struct bsm_collision c;
	if (!make.map)
		ck_assert_int_eq(bsm_hadroproduction_init(&make, 400), 0);
	bsm_collision_init(&c, &make, pdg, p, A, bsm_xsec_production(bsm_strong_of(pdg), p, A));
	return c;
}

struct sums {
	double mb, p, pT, E;
};
/* Integral of the density over p and the forward half, finer where it peaks. */
static struct sums integral(struct bsm_collision *c, int32_t pdg, double pmin, int NP)
{
	int NT = NP / 2;
	const double thmax = M_PI / 2;
	double m = bsm_pdg_mass(pdg);
	struct sums s = {0};
	for (int i = 0; i < NP; i++) {
		double lp = log(c->pB / pmin) / NP, p = pmin * exp((i + 0.5) * lp);
		for (int j = 0; j < NT; j++) {
			double b = (j + 0.5) / NT, top = fmin(thmax, p > 4 ? asin(4 / p) : thmax), t = top * b * b;
			double w = bsm_collision_density(c, pdg, p, cos(t), sin(t)) * 2 * M_PI * sin(t) * p * lp * 2 *
				   b * top / NT;
			s.mb += w;
			s.p += w * p;
			s.pT += w * p * sin(t);
			s.E += w * sqrt(p * p + m * m);
		}
	}
	s.p /= s.mb;
	s.pT /= s.mb;
	return s;
}

/* BNB: Sanford-Wang on beryllium; BEAMS table: mb, mean p, mean pT of 8.89 GeV/c protons, from a separate integration.
 */
START_TEST(sanford_wang)
{
	static const struct {
		int32_t pdg;
		double mb, p, pT;
	} row[] = {{211, 158.9, 1.13, 0.276},
		   {-211, 144.3, 0.87, 0.275},
		   {130, 4.49, 1.36, 0.363},
		   {310, 4.49, 1.36, 0.363},
		   {321, 12.72, 1.74, 0.455}};
	struct bsm_collision c = collide(2212, 8.89, 9.0122);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct sums s = integral(&c, row[i].pdg, 0.003, 300);
		ck_close(s.mb, row[i].mb, 0.01);
		ck_assert_msg(fabs(s.p - row[i].p) < 0.01 * row[i].p + 0.005, "%d: mean p %g", row[i].pdg, s.p);
		ck_assert_msg(fabs(s.pT - row[i].pT) < 0.01 * row[i].pT + 0.0005, "%d: mean pT %g", row[i].pdg, s.pT);
	}
}
END_TEST

/* Number, mean p and mean pT of the draws are the density's, whatever the projectile; `weight` only thins. */
START_TEST(draws)
{
	static const struct {
		int32_t pdg;
		double p, A, weight;
		int n;
	} row[] = {{2212, 8.89, 9.0122, 1, 40000}, {2212, 120, 12.011, 1, 40000}, {2112, 17, 26.982, 1, 40000},
		   {211, 6, 12.011, 0.3, 60000},   {-321, 40, 55.845, 1, 30000},  {2212, 120, 12.011, 0.02, 150000}};
	struct bsm_rng g = bench_rng(41);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_collision c = collide(row[i].pdg, row[i].p, row[i].A);
		struct bench_mean n[6] = {{0}}, p[6] = {{0}}, pT[6] = {{0}};
		for (int k = 0; k < row[i].n; k++) {
			struct bsm_product out[BSM_PRODUCTS];
			ck_assert_int_le(bsm_collision_draw(&c, row[i].weight, &g, out), BSM_PRODUCTS);
			for (int j = 0; j < 6; j++) {
				ck_assert_int_eq(out[j].pdg, mesons[j]);
				ck_assert(out[j].weight >= 0 && isfinite(out[j].weight));
				bench_take(&n[j], out[j].weight);
				bench_take(&p[j], out[j].weight > 0 ? out[j].weight * out[j].p : 0);
				bench_take(&pT[j], out[j].weight > 0 ? out[j].weight * out[j].p * out[j].st : 0);
			}
		}
		for (int j = 0; j < 6; j++) {
			struct sums s = integral(&c, mesons[j], 0.05, 200);
			bench_is(&n[j], s.mb / c.sigma, 4, 0.005, "%d of %g GeV/c, number of %d", row[i].pdg, row[i].p,
				 mesons[j]);
			bench_is(&p[j], s.mb / c.sigma * s.p, 4, 0.005, "%d of %g GeV/c, momentum of %d", row[i].pdg,
				 row[i].p, mesons[j]);
			bench_is(&pT[j], s.mb / c.sigma * s.pT, 4, 0.005, "%d of %g GeV/c, pT of %d", row[i].pdg,
				 row[i].p, mesons[j]);
		}
	}
}
END_TEST

/* Neutrons make pi- as protons pi+; K+ and K0 change places as (K+ + K-)/2. */
START_TEST(isospin)
{
	static const double pB[] = {5, 8.89, 16, 31, 120};
	for (int i = 0; i < 5; i++) {
		struct bsm_collision a = collide(2212, pB[i], 12.011), b = collide(2112, pB[i], 12.011),
				     plus = collide(211, pB[i], 12.011), minus = collide(-211, pB[i], 12.011);
		for (double x = 0.1; x < 0.9; x += 0.2) {
			double p = x * pB[i], st = 0.3 / p < 1 ? 0.3 / p : 0.5, ct = sqrt(1 - st * st);
			ck_close(bsm_collision_density(&b, 211, p, ct, st), bsm_collision_density(&a, -211, p, ct, st),
				 1e-12);
			ck_close(bsm_collision_density(&b, -211, p, ct, st), bsm_collision_density(&a, 211, p, ct, st),
				 1e-12);
			ck_close(bsm_collision_density(&b, -321, p, ct, st), bsm_collision_density(&a, -321, p, ct, st),
				 1e-12);
			ck_close(bsm_collision_density(&a, 130, p, ct, st), bsm_collision_density(&a, 310, p, ct, st),
				 1e-12);
			ck_close(bsm_collision_density(&plus, 211, p, ct, st),
				 bsm_collision_density(&minus, -211, p, ct, st), 1e-12);
			ck_close(bsm_collision_density(&plus, 321, p, ct, st),
				 bsm_collision_density(&minus, -321, p, ct, st), 1e-12);
		}
	}
}
END_TEST

static double carried(int32_t pdg, double p, double *mesonic)
{
	struct bsm_rng g = bench_rng(42);
	struct bsm_collision c = collide(pdg, p, 12.011);
	double m = bsm_pdg_mass(pdg), E = sqrt(p * p + m * m), baryon = abs(pdg) > 2000 ? m : 0, sum = 0;
	enum { N = 4000 };
	*mesonic = 0;
	for (int i = 0; i < N; i++) {
		struct bsm_product out[BSM_PRODUCTS];
		int n = bsm_collision_draw(&c, 1, &g, out);
		for (int j = 0; j < n; j++) {
			double mj = bsm_pdg_mass(out[j].pdg),
			       e = out[j].weight > 0
					   ? out[j].weight * (sqrt(out[j].p * out[j].p + mj * mj) - (mj > 0.9 ? mj : 0))
					   : 0;
			sum += e;
			*mesonic += j < 6 ? e : 0;
		}
	}
	*mesonic /= N * (E - baryon);
	return sum / N / (E - baryon);
}

/* Kinetic energy of nucleons and energy of mesons, charged and K0 (pi0 are not made): below the projectile's, and with
 * room for pi0, which carry half of what charged pions do. */
START_TEST(energy)
{
	static const int32_t pdg[] = {2212, 2112, 211, -211, 321, -321, 130};
	static const double pB[] = {2, 4, 8.89, 17, 31, 60, 120, 400};
	for (int i = 0; i < 7; i++)
		for (int k = 0; k < 8; k++) {
			double mesonic, share = carried(pdg[i], pB[k], &mesonic);
			ck_assert_msg(share > 0.2 && share < 1, "%d of %g GeV/c: products carry %g of the energy",
				      pdg[i], pB[k], share);
			ck_assert_msg(mesonic < 0.75, "%d of %g GeV/c: mesons carry %g of the energy", pdg[i], pB[k],
				      mesonic);
		}
}
END_TEST

/* Mean over a bin of angle of dsigma/dp [mb/GeV]. */
static double in_angle(struct bsm_collision *c, int32_t pdg, double p, double t0, double t1)
{
	double sum = 0;
	for (int i = 0; i < 20; i++) {
		double t = t0 + (t1 - t0) * (i + 0.5) / 20;
		sum += bsm_collision_density(c, pdg, p, cos(t), sin(t)) * 2 * M_PI * sin(t) * (t1 - t0) / 20;
	}
	return sum;
}

/* NA61/SHINE, arXiv:1102.0983: pi+- of protons of 31 GeV/c on carbon, dsigma/dp [mb/(GeV/c)] in bins of angle. Errors
 * are 5 to 10 %. */
START_TEST(na61)
{
	static const struct {
		int32_t pdg;
		double t0, t1;
		int n;
		double point[24][2];
	} row[] = {{211,
		    0.1,
		    0.14,
		    18,
		    {{.25, 2.27},
		     {.45, 5.95},
		     {.75, 10.0},
		     {.95, 11.7},
		     {1.1, 13.2},
		     {1.5, 14.4},
		     {1.9, 12.3},
		     {2.3, 12.7},
		     {2.7, 9.7},
		     {3.1, 9.3},
		     {3.5, 7.7},
		     {3.9, 5.5},
		     {4.5, 3.9},
		     {5.1, 3.3},
		     {5.8, 2.64},
		     {6.6, 1.15},
		     {7.4, .86},
		     {8.6, .39}}},
		   {211, 0.04, 0.06, 23, {{.25, .34},  {.45, 1.22}, {.75, 2.22}, {.95, 2.6},   {1.3, 2.98}, {1.7, 3.94},
					  {2.1, 3.85}, {2.5, 3.69}, {2.9, 4.18}, {3.1, 4.91},  {3.7, 4.65}, {4.5, 4.16},
					  {5.1, 3.83}, {5.8, 2.64}, {6.6, 2.36}, {7.4, 2.18},  {8.2, 1.54}, {9.4, 1.19},
					  {10.4, .87}, {12, .56},   {13.6, .26}, {15.2, .168}, {16.8, .09}}},
		   {-211,
		    0.1,
		    0.14,
		    18,
		    {{.25, 1.96},
		     {.45, 4.92},
		     {.75, 8.0},
		     {.95, 9.67},
		     {1.1, 10.7},
		     {1.5, 10.5},
		     {1.9, 10.8},
		     {2.3, 9.7},
		     {2.7, 8.5},
		     {3.1, 7.4},
		     {3.5, 6.0},
		     {3.9, 4.7},
		     {4.5, 3.4},
		     {5.1, 2.46},
		     {5.8, 1.65},
		     {6.6, 1.06},
		     {7.4, .59},
		     {8.6, .22}}}};
	struct bsm_collision c = collide(2212, 31, 12.011);
	for (int i = 0; i < 3; i++) {
		double data = 0, fit = 0, far = 0;
		int n = 0;
		for (int k = 0; k < row[i].n; k++) {
			double p = row[i].point[k][0], d = row[i].point[k][1],
			       f = in_angle(&c, row[i].pdg, p, row[i].t0, row[i].t1);
			if (p < 0.5 || p > 10)
				continue;
			data += d;
			fit += f;
			far += log(f / d) * log(f / d);
			n++;
		}
		ck_assert_msg(fabs(fit / data - 1) < 0.1, "pion %d, %g rad: fit/data %g", row[i].pdg, row[i].t0,
			      fit / data);
		ck_assert_msg(sqrt(far / n) < 0.25, "pion %d, %g rad: rms of ln fit/data %g", row[i].pdg, row[i].t0,
			      sqrt(far / n));
	}
}
END_TEST

/* NA49, hep-ex/0606028: pi- of protons of 158 GeV/c on carbon: dN/dxF and mean pT. */
START_TEST(na49)
{
	static const double point[][3] = {{.05, 9.516, .3413}, {.075, 5.790, .3781}, {.1, 3.803, .4045},
					  {.15, 1.826, .4436}, {.2, .9555, .4730},   {.25, .5475, .4909},
					  {.3, .3190, .4993},  {.4, .1041, .5159}};
	struct bsm_collision c = collide(2212, 158, 12.011);
	double m = bsm_pdg_mass(-211), far = 0, off = 0;
	for (int i = 0; i < 8; i++) {
		double n = 0, pT = 0, pz = point[i][0] * c.frame.sqrt_s / 2;
		for (int k = 0; k < 400; k++) {
			double q = 4 * (k + 0.5) / 400, e = sqrt(pz * pz + q * q + m * m),
			       lz = c.frame.gamma * pz + c.frame.bg * e, E = c.frame.gamma * e + c.frame.bg * pz;
			double p = sqrt(lz * lz + q * q),
			       f = bsm_collision_density(&c, -211, p, lz / p, q / p) * E / (p * p); /* invariant */
			double w = f * M_PI * 2 * q * 4 / 400 / e * c.frame.sqrt_s / 2 / c.sigma;
			n += w;
			pT += w * q;
		}
		far += log(n / point[i][1]) * log(n / point[i][1]) / 8;
		off += log(n / point[i][1]) / 8;
		ck_assert_msg(fabs(pT / n / point[i][2] - 1) < 0.12, "xF %g: mean pT %g, data %g", point[i][0], pT / n,
			      point[i][2]);
	}
	ck_assert_msg(fabs(off) < 0.1 && sqrt(far) < 0.2, "mean ln fit/data %g, rms %g", off, sqrt(far));
}
END_TEST

/* From one law to the other between 12 and 24 GeV/c: no jump of multiplicity or mean momentum. */
START_TEST(change_of_law)
{
	for (int j = 0; j < 6; j++) {
		struct sums before = {0};
		double n0 = 0;
		for (double pB = 10; pB < 30; pB *= 1.06) {
			struct bsm_collision c = collide(2212, pB, 9.0122);
			struct sums s = integral(&c, mesons[j], 0.05, 80);
			double n = s.mb / c.sigma;
			if (n0 > 0)
				ck_assert_msg(fabs(n / n0 - 1) < (j == 3 ? 0.25 : 0.12) &&
						      fabs(s.p / before.p - 1) < 0.1,
					      "%d at %g GeV/c: number %g -> %g, p %g -> %g", mesons[j], pB, n0, n,
					      before.p, s.p);
			n0 = n;
			before = s;
		}
	}
}
END_TEST

TEST_MAIN("beamline production", sanford_wang, draws, isospin, energy, na61, na49, change_of_law)
