/* Decays on the way: shares by count, momentum, spins, flat Dalitz plots; and the sum of what becomes of a beam. Draws:
 * fixed seed, 4 standard errors. */
#include "beamline_bench.h"
#include "kinematics/split.h"
#include "source/beamline/cascade.h"
#include "source/beamline/daughters.h"

static double mass2(struct bsm_p4 p)
{
	return p.e * p.e - bsm_p4_dot3(p, p);
}

static struct bsm_flying at(int32_t pdg, struct bsm_p4 p)
{
	double m = bsm_pdg_mass(pdg);
	p.e = sqrt(m * m + bsm_p4_dot3(p, p));
	return (struct bsm_flying){.pdg = pdg,
				   .charge = bsm_charge_of(pdg),
				   .m = m,
				   .ctau = bsm_pdg_ctau(pdg),
				   .p = p,
				   .x = {1e-7, 1, 2, 3},
				   .weight = 0.7,
				   .depth = 2,
				   .history = 77};
}

enum { OTHER, MU, PI, PI_MU, PI_PI, PI_PI_PI };
static int kind_of(const struct bsm_flying *d, int n)
{
	int mu = 0, pi = 0;
	for (int i = 0; i < n; i++)
		*(abs(d[i].pdg) == 13 ? &mu : &pi) += 1;
	return mu ? pi ? PI_MU : MU : pi == 3 ? PI_PI_PI : pi == 2 ? PI_PI : pi ? PI : OTHER;
}

/* Branching fractions: RPP 2024. */
START_TEST(shares)
{
	static const struct {
		int32_t pdg;
		int kind;
		double share;
	} row[] = {
		{211, MU, 0.99988},       {-211, MU, 0.99988},  {321, MU, 0.6356 + 0.03352}, {321, PI, 0.2067 + 0.0176},
		{-321, PI_PI_PI, 0.0558}, {130, PI_PI, 0.1254}, {130, PI, 0.4055},           {130, PI_MU, 0.2704},
		{310, PI_PI, 0.6920},     {13, OTHER, 1}};
	enum { N = 40000 };
	struct bsm_rng g = bench_rng(51);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_flying f = at(row[i].pdg, (struct bsm_p4){0, 0.1, -0.3, 2}), out[BSM_DAUGHTERS];
		double n = 0, charge = 0;
		for (int k = 0; k < N; k++) {
			int m = bsm_daughters(&f, &g, out);
			n += kind_of(out, m) == row[i].kind;
			struct bsm_p4 left = f.p;
			for (int j = 0; j < m; j++) {
				charge += out[j].charge;
				left = bsm_p4_sub(left, out[j].p);
				ck_assert(out[j].weight == 0.7 && out[j].depth == 2 && out[j].history == 77 &&
					  out[j].x.z == 3 && out[j].x.e == 1e-7);
				ck_assert_int_eq(out[j].charge, bsm_charge_of(out[j].pdg));
				ck_close(mass2(out[j].p), out[j].m * out[j].m, 1e-9);
			}
			ck_assert(m == 0 || (left.e > -1e-9 && mass2(left) > -1e-9)); /* what is not followed can be */
		}
		double e = 4 * sqrt(row[i].share * (1 - row[i].share) * N) + 1e-4 * N;
		ck_assert_msg(fabs(n - N * row[i].share) < e, "%d, kind %d: %g of %d, expected %g", row[i].pdg,
			      row[i].kind, n, N, N * row[i].share);
		if (row[i].pdg == 130)
			ck_assert(fabs(charge) < 4 * sqrt(2.0 * N));
	}
}
END_TEST

/* pi+ -> mu+ nu: the muon's spin lies along the neutrino in the muon's rest frame: backwards in the pion's, for mu+;
 * forwards for mu-. */
START_TEST(muon_spin)
{
	struct bsm_rng g = bench_rng(52);
	for (int q = -1; q <= 1; q += 2)
		for (int i = 0; i < 500; i++) {
			struct bsm_flying f = at(i % 2 ? 211 * q : 321 * q,
						 (struct bsm_p4){0, bench_flat(&g, -1, 1), bench_flat(&g, -1, 1),
								 bench_flat(&g, 0, 5)}),
					  out[BSM_DAUGHTERS];
			if (bsm_daughters(&f, &g, out) != 1 || abs(out[0].pdg) != 13)
				continue;
			ck_assert_int_eq(out[0].pdg, -13 * q);
			struct bsm_p4 nu = bsm_p4_sub(f.p, out[0].p), mu = out[0].p, v;
			if (fabs(mass2(nu)) > 1e-6) /* K mu3 */
				continue;
			/* neutrino in the muon's rest frame by a pure boost */
			double m = out[0].m, k = bsm_p4_dot3(nu, mu), c = (k / (mu.e + m) - nu.e) / m;
			v = bsm_p4_add(nu, bsm_p4_scale(c, mu));
			double len = sqrt(bsm_p4_dot3(v, v)),
			       a = (out[0].pol[0] * v.x + out[0].pol[1] * v.y + out[0].pol[2] * v.z) / len;
			ck_close(a, q, 1e-6);
		}
}
END_TEST

/* Three bodies: |M|^2 constant, so the mass squared of a pair, flat for each mass of another pair: mean energy of each
 * daughter at rest against an integral over the Dalitz plot. */
static double mean_energy(double M, const double m[3])
{
	double sum = 0, w = 0;
	for (int i = 0; i < 20000; i++) { /* dGamma ~ k p3 dm12 */
		double m12 = m[0] + m[1] + (M - m[2] - m[0] - m[1]) * (i + 0.5) / 20000,
		       k = bsm_two_body_p(m12, m[0], m[1]) * bsm_two_body_p(M, m12, m[2]);
		sum += k * sqrt(m[2] * m[2] + pow(bsm_two_body_p(M, m12, m[2]), 2));
		w += k;
	}
	return sum / w;
}

START_TEST(dalitz)
{
	struct bsm_rng g = bench_rng(53);
	double mpi = bsm_pdg_mass(211), mK = bsm_pdg_mass(321), mL = bsm_pdg_mass(130), me = bsm_pdg_mass(11),
	       mmu = bsm_pdg_mass(13);
	struct bench_mean three = {0}, electron = {0}, pair = {0}, muon = {0};
	for (int i = 0; i < 60000; i++) {
		struct bsm_flying f = at(i % 2 ? 321 : 130, (struct bsm_p4){0}), out[BSM_DAUGHTERS];
		int n = bsm_daughters(&f, &g, out), kind = kind_of(out, n);
		if (kind == PI_PI_PI)
			for (int k = 0; k < 3; k++)
				bench_take(&three, out[k].p.e);
		else if (f.pdg == 130 && kind == PI)
			bench_take(&electron, out[0].p.e);
		else if (f.pdg == 130 && kind == PI_PI)
			bench_take(&pair, out[0].p.e);
		else if (f.pdg == 130 && kind == PI_MU)
			bench_take(&muon, abs(out[0].pdg) == 13 ? out[0].p.e : out[1].p.e);
	}
	bench_is(&three, mK / 3, 4, 1e-12, "pion of K -> 3 pi");
	bench_is(&electron, mean_energy(mL, (double[]){me, 0, mpi}), 4, 1e-3, "pion of K_e3");
	bench_is(&muon, mean_energy(mL, (double[]){mpi, 0, mmu}), 4, 1e-3, "muon of K_mu3");
	bench_is(&pair, mean_energy(mL, (double[]){mpi, bsm_pdg_mass(111), mpi}), 4, 1e-3,
		 "pion of K_L -> pi+ pi- pi0");
}
END_TEST

/* Protons of no interest: a beam of pions is made by hand, follows bsm_fly and its forced decays as the cascade does.
 * Decays in a vacuum pipe of length L: 1 - exp(-L m / (p c tau)); places of decay: mean of the truncated exponential.
 */
START_TEST(forced_decays)
{
	static struct bsm_trail t;
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(54);
	bench_good("target: {start: 0 m, length: 1 mm, radius: 1 mm, material: vacuum}\nsections: [{from: 0 m, to: 100 "
		   "m, radius: 1 km, fill: vacuum, wall: vacuum}]\n",
		   &l);
	static const struct {
		int32_t pdg;
		double p;
	} row[] = {{211, 0.5}, {211, 3}, {-211, 20}, {321, 5}, {130, 2}, {13, 1}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_flying f = at(row[i].pdg, (struct bsm_p4){0, 0, 0, row[i].p});
		f.x = (struct bsm_p4){0};
		bsm_fly(&l, &f, &g, &t);
		double age = t.age[t.n - 1], lambda = row[i].p / f.m * f.ctau;
		ck_close(-expm1(-age), -expm1(-100 / lambda), 1e-12);
		struct bench_mean z = {0};
		for (int k = 0; k < 20000; k++) {
			struct bsm_flying d = f;
			bsm_trail_at(&t, -log1p(bsm_rng_uniform(&g) * expm1(-age)), &d);
			ck_close(d.x.e, d.x.z * f.p.e / (row[i].p * BSM_C), 1e-9);
			bench_take(&z, d.x.z);
		}
		bench_is(&z, lambda - 100 * exp(-100 / lambda) / -expm1(-100 / lambda), 4, 1e-9,
			 "decay of %d at %g GeV/c", row[i].pdg, row[i].p);
	}
	bsm_layout_free(&l);
}
END_TEST

/* The whole cascade without a target to speak of and no interactions followed; K_S are no rows, muons of decays are. */
START_TEST(rows_of_a_cascade)
{
	static struct bsm_cascade_work work;
	struct bsm_layout l;
	struct bsm_hadroproduction make;
	struct bsm_rng g = bench_rng(55);
	struct bsm_decay_rows rows = {0};
	bench_beam("bnb", 1, 0, &l);
	ck_assert_int_eq(bsm_hadroproduction_init(&make, 8.89), 0);
	struct bsm_cascade c = {.layout = &l, .make = &make, .beam = {.momentum = 8.89, .z = 0.02, .spot_x = 1.51e-3, .spot_y = 0.75e-3, .divergence_x = -0.66e-3, .divergence_y = -0.4e-3}, .generations = 2};
	for (int i = 0; i < 6000; i++)
		bsm_cascade_proton(&c, &g, &work, &rows);
	ck_assert(!rows.failed && rows.n > 1000);
	ck_close(rows.kept, rows.seen, 1e-12);
	double muons = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct bsm_parent *p = &rows.row[i].parent;
		double m = bsm_pdg_mass(p->pdg);
		ck_assert(p->weight > 0 && isfinite(p->weight) && p->pdg != 310 && abs(p->pdg) != 2212);
		ck_close(p->p.e, sqrt(bsm_p4_dot3(p->p, p->p) + m * m), 1e-12);
		ck_assert(p->x.z >= l.slab[0].z0 && p->x.z <= l.slab[l.nslab - 1].z1);
		ck_assert_msg(p->x.e > 0 && p->x.e < 1e-3, "decay at %g s", p->x.e);
		/* no faster than light from the start of the proton; stopped ones wait */
		ck_assert(p->x.e * BSM_C > p->x.z - 1e-9);
		ck_assert(rows.row[i].history >= 0 && rows.row[i].history < 64 * 64);
		double pol = p->pol[0] * p->pol[0] + p->pol[1] * p->pol[1] + p->pol[2] * p->pol[2];
		ck_assert(pol < 1 + 1e-6 && (abs(p->pdg) == 13 || pol == 0));
		muons += abs(p->pdg) == 13;
	}
	ck_assert(muons > 20);
	free(rows.row);
	bsm_hadroproduction_free(&make);
	bsm_layout_free(&l);
}
END_TEST

/* Open charm: as many of each as fraction x sigma(c cbar) / sigma(production), at their decay, a fraction of a mm from the
 * interaction; 200000 draws, 5 sigma. Energies stay below the beam's. */
START_TEST(charm_is_made)
{
	static const char text[] = "charm: {cross_section: 46 ub, n: 6.1, b: 1.08 1/GeV^2, fractions: {411: 0.25, 431: 0.1}}\n";
	struct bsm_ctx ctx = {0};
	struct bsm_node *root;
	struct bsm_charmed c;
	struct bsm_flying f;
	double sum[2] = {0}, sum2[2] = {0};
	enum { N = 200000 };
	ck_assert(bsm_node_parse(&ctx, "beam.yaml", text, strlen(text), &root) == BSM_OK);
	ck_assert_msg(bsm_charmed_read(&ctx, root, 120, &c) == BSM_OK, "%s", ctx.message);
	struct bsm_rng g = bsm_rng_make(3, BSM_FOR_VERIFY, 0, 0);
	struct bsm_p4 x = {1e-9, 0, 0, 0.3}, d = {0, 0, 0, 1};
	for (int i = 0; i < N; i++) {
		if (!bsm_charmed_draw(&c, x, d, 230, &g, &f))
			continue;
		ck_assert(f.p.e < 120 && bsm_p4_mag(bsm_p4_sub(f.x, x)) < 0.5 && f.x.e >= x.e);
		sum[f.pdg > 0 ? f.pdg == 431 : 0] += f.pdg > 0 ? f.weight : 0;
		sum2[f.pdg > 0 ? f.pdg == 431 : 0] += f.pdg > 0 ? f.weight * f.weight : 0;
	}
	for (int k = 0; k < 2; k++)
		ck_assert_msg(fabs(sum[k] / N - (k ? 0.1 : 0.25) * 0.046 / 230) < 5 * sqrt(sum2[k]) / N, "species %d: %g", k, sum[k] / N);
	ck_assert(bsm_charmed_read(&ctx, root, 8.9, &c) != BSM_OK && strstr(ctx.message, "threshold"));
	bsm_node_free(root);
	ctx = (struct bsm_ctx){0};
	static const char wrong[] = "charm: {cross_section: 46 ub, n: 6.1, b: 1.08 1/GeV^2, fractions: {321: 0.25}}\n";
	ck_assert(bsm_node_parse(&ctx, "beam.yaml", wrong, strlen(wrong), &root) == BSM_OK);
	ck_assert(bsm_charmed_read(&ctx, root, 120, &c) != BSM_OK && strstr(ctx.message, "expected 411"));
	bsm_node_free(root);
}
END_TEST

TEST_MAIN("beamline decays", shares, muon_spin, dalitz, forced_decays, rows_of_a_cascade, charm_is_made)
