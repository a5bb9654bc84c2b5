/* Source kind `hadrons`. Monte Carlo checks: fixed seed, 40000 points (unless stated), 4 standard errors. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "core/random.h"
#include "source/hadrons.h"

/* A proton beam without a spot, in a volume where everything decays. */
#define HEAD "schema: 1\nkind: hadrons\nname: t\n"
#define BEAM "beam: {momentum: 120 GeV}\n"
#define TARGET "target: {start: 0 m, length: 1.5 m, radius: 8 mm, density: 1.78 g/cm3, A: 12.01, production: 230 mb}\n"
#define WIDE "decay_volume: [{from: 0 m, to: 1e9 km, radius: 1e9 km}]\n"
#define CHARM "charm: {cross_section: 51.98 ub, n: 6.1, b: 1.08 1/GeV^2}\n"
#define PIONS                                                                                                          \
	"production: [{pdg: 211, model: bmpt}, {pdg: -321, model: bmpt}, {pdg: 431, model: charm, fraction: 0.08}]\n"
#define LEPTONS "leptons: [{pdg: -13, from: 211, branching: 0.5}, {pdg: -15, from: 431, branching: 0.0532}]\n"

static enum bsm_status open_text(struct bsm_ctx *ctx, const char *text, struct bsm_source *s)
{
	struct bsm_node *root;
	*ctx = (struct bsm_ctx){0};
	*s = (struct bsm_source){0};
	enum bsm_status status = bsm_node_parse(ctx, "t.yaml", text, strlen(text), &root);
	if (status != BSM_OK)
		return status;
	status = bsm_source_open(ctx, root, s);
	bsm_node_free(root);
	return status;
}

static void open_file(const char *name, struct bsm_source *s)
{
	struct bsm_ctx ctx = {0};
	struct bsm_node *root;
	char path[1024];
	const char *top = getenv("BSMNU_TEST_ROOT");
	snprintf(path, sizeof path, "%s/data/sources/%s.yaml", top ? top : ".", name);
	ck_assert_msg(bsm_node_read(&ctx, path, &root) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_source_open(&ctx, root, s) == BSM_OK, "%s", ctx.message);
	bsm_node_free(root);
}

static void open_good(const char *text, struct bsm_source *s)
{
	struct bsm_ctx ctx;
	ck_assert_msg(open_text(&ctx, text, s) == BSM_OK, "%s", ctx.message);
}

static void integral_is(const struct bsm_source *s, int component, double expected, double rtol)
{
	double error, value = bsm_source_integral(s, component, 1, 40000, &error);
	ck_assert_msg(fabs(value - expected) < 4 * error + rtol * expected, "component %d: %g +- %g, expected %g",
		      component, value, error, expected);
	ck_assert_msg(error < 0.01 * expected, "component %d: error %g of %g", component, error, expected);
}

/* With decay certain, ray() integrates to interactions x multiplicity x branching. */
START_TEST(yields)
{
	struct bsm_source s;
	open_good(HEAD BEAM TARGET WIDE CHARM PIONS LEPTONS, &s);
	double interacts = 1 - exp(-1.78 * BSM_AVOGADRO / 12.01 * 230e-27 * 150), charm = 0.08 * 51.98e-3 / 230;
	ck_assert_int_eq(s.ncomponent, 6);
	/* the track of the beam, times nuclei and cross-section, is the number of interactions */
	ck_assert_int_eq(s.component[5].pdg, 2212);
	ck_assert_int_eq(s.component[5].medium->element[0].Z, 6);
	double per_m = 100 * bsm_material_nuclei(s.component[5].medium, 6) * 230e-27;
	ck_assert_double_eq_tol(s.component[5].yield * per_m, interacts, 1e-12);
	integral_is(&s, 5, interacts / per_m, 0.002);
	integral_is(&s, 0, interacts * 709.4 / 230, 0.002);
	integral_is(&s, 1, interacts * 29.92 / 230, 0.002);
	integral_is(&s, 2, interacts * charm * 0.9998, 0.002); /* a few in 1e4 go backwards in the lab */
	integral_is(&s, 3, 0.5 * interacts * 709.4 / 230, 0.01);
	integral_is(&s, 4, 0.0532 * interacts * charm, 0.002);
	ck_assert_str_eq(s.component[1].label, "K- from the target");
	ck_assert_str_eq(s.component[3].label, "mu+ from pi+ in flight");
	ck_assert(isnan(s.component[0].yield) && s.component[0].decays == 1);
	bsm_source_close(&s);
}
END_TEST

START_TEST(variants)
{
	struct bsm_source s;
	static const char *const rows = "variants: {two: {charm: 2}, mixed: {kaon: 3, -321: 0.5}}\n";
	char text[4096];
	double u[BSM_SOURCE_NDIM];
	struct bsm_particle p;
	double w[3][3];
	static const char *const pick[3] = {"", "variant: two\n", "variant: mixed\n"};
	for (int i = 0; i < BSM_SOURCE_NDIM; i++)
		u[i] = 0.3;
	for (int v = 0; v < 3; v++) {
		snprintf(text, sizeof text, "%s%s%s", HEAD BEAM TARGET WIDE CHARM PIONS, rows, pick[v]);
		open_good(text, &s);
		for (int c = 0; c < 3; c++)
			w[v][c] = s.ray(&s, c, u, &p);
		bsm_source_close(&s);
	}
	ck_close(w[1][0], w[0][0], 1e-14);
	ck_close(w[1][2], 2 * w[0][2], 1e-14);
	ck_close(w[2][0], w[0][0], 1e-14);
	ck_close(w[2][1], 1.5 * w[0][1], 1e-14);
}
END_TEST

/* Fixed momentum in a pipe: probability, mean decay length and time against the closed form. */
START_TEST(decay_in_flight)
{
	struct bsm_decay_volume v = {1, {{0, 194, 2, 0}}};
	double m = bsm_pdg_mass(321), ctau = bsm_pdg_ctau(321), p = 10, lambda = p / m * ctau, mean = 0,
	       k = 1 - exp(-194 / lambda);
	enum { N = 20000 };
	for (int i = 0; i < N; i++) {
		struct bsm_particle a = {.pdg = 321, .m = m, .p = {sqrt(p * p + m * m), 0, 0, p}, .x = {1e-9, 0, 0, 0}};
		double w = bsm_decay_in_flight(&v, &a, ctau, (i + 0.5) / N);
		ck_close(w, k, 1e-12);
		ck_close(a.x.e, 1e-9 + a.x.z * a.p.e / p / BSM_C, 1e-12);
		mean += a.x.z / N;
	}
	ck_close(mean, lambda - 194 * exp(-194 / lambda) / k, 1e-6);
	/* 30 mrad from the axis: the wall ends it at 2 m / tan. Backwards, or outside: nothing. */
	struct bsm_p4 x = {0};
	ck_close(bsm_decay_volume_path(&v, x, (struct bsm_p4){0, sin(0.03), 0, cos(0.03)}), 2 / sin(0.03), 1e-12);
	ck_assert(bsm_decay_volume_path(&v, x, (struct bsm_p4){0, 0, 0, -1}) == 0);
	ck_assert(bsm_decay_volume_path(&v, (struct bsm_p4){0, 2.1, 0, 0}, (struct bsm_p4){0, 0, 0, 1}) == 0);
}
END_TEST

START_TEST(walls)
{
	/* A step outwards, a cone, a step inwards. */
	struct bsm_decay_volume v = {3, {{0, 1, 0.5, 0}, {1, 3, 1, 0.5}, {3, 10, 0.2, 0}}};
	struct bsm_p4 x = {0};
	ck_close(bsm_decay_volume_path(&v, x, (struct bsm_p4){0, 0, 0, 1}), 10, 1e-12);
	ck_close(bsm_decay_volume_path(&v, x, (struct bsm_p4){0, 1, 0, 1}), 0.5 * sqrt(2), 1e-12);
	/* Slope 0.49: stays in the opening cone (radius 1 at z = 1), ends at the step to 0.2. */
	ck_close(bsm_decay_volume_path(&v, x, (struct bsm_p4){0, 0.49, 0, 1}), 3 * sqrt(1 + 0.49 * 0.49), 1e-12);
	/* From the axis at z = 1 with slope 0.8: 0.8 d = 1 + 0.5 d is beyond the cone's end, 0.8 * 2 < 2. Slope 1.2: d
	 * = 1/0.7. */
	struct bsm_p4 at = {0, 0, 0, 1};
	ck_close(bsm_decay_volume_path(&v, at, (struct bsm_p4){0, 0, 1.2, 1}), 1 / 0.7 * sqrt(1 + 1.44), 1e-12);
	/* A narrowing cone. */
	struct bsm_decay_volume c = {1, {{0, 2, 1, -0.25}}};
	ck_close(bsm_decay_volume_path(&c, x, (struct bsm_p4){0, 0.75, 0, 1}), 1.25, 1e-12);
	ck_assert(bsm_decay_volume_path(&c, (struct bsm_p4){0, 0, 0, -1}, (struct bsm_p4){0, 0, 0, 1}) == 0);
}
END_TEST

/* Mass shell, time order, positions inside the pipe, for every component of the shipped files. */
static void rays_hold(const char *name, double r, double end)
{
	struct bsm_source s;
	double u[BSM_SOURCE_NDIM];
	open_file(name, &s);
	ck_assert(!strncmp(s.name, name, strlen(s.name)));
	ck_close(s.dump_z, end, 1e-12);
	ck_assert(s.bunches.count > 0 && s.pot_per_year > 0);
	for (int c = 0; c < s.ncomponent; c++) {
		int hits = 0;
		for (int i = 0; i < 2000; i++) {
			struct bsm_rng g = bsm_rng_make(2, BSM_FOR_VERIFY, (uint64_t)i, (uint64_t)c);
			struct bsm_particle a;
			bsm_rng_fill(&g, u, s.ndim);
			double w = s.ray(&s, c, u, &a);
			ck_assert(w >= 0 && isfinite(w));
			if (!(w > 0))
				continue;
			hits++;
			ck_assert_int_eq(a.pdg, s.component[c].pdg);
			ck_assert(fabs(bsm_p4_dot(a.p, a.p) - a.m * a.m) < 1e-12 * a.p.e * a.p.e);
			ck_assert(a.x.e >= a.x.z / BSM_C * (1 - 1e-12) && a.x.z <= end &&
				  a.x.x * a.x.x + a.x.y * a.x.y <= r * r);
			double pol = sqrt(a.pol[0] * a.pol[0] + a.pol[1] * a.pol[1] + a.pol[2] * a.pol[2]);
			ck_assert(fabs(pol - (abs(a.pdg) < 20)) < 1e-9);
		}
		ck_assert_msg(hits > 500, "%s: %d of 2000", s.component[c].label, hits);
	}
	bsm_source_close(&s);
}

START_TEST(shipped_files)
{
	rays_hold("lbnf_target", 2, 221.5);
	rays_hold("bnb_target", 0.9144, 50.26);
}
END_TEST

/* In the parent's rest frame l+ has helicity -1 and l- helicity +1: the spin four-vector is (-+p, -+E n)/m. */
START_TEST(polarisation)
{
	for (int i = 0; i < 200; i++) {
		struct bsm_rng g = bsm_rng_make(3, BSM_FOR_VERIFY, (uint64_t)i, 0);
		double u[5], m = bsm_pdg_mass(431), ml = bsm_pdg_mass(15);
		int sign = i % 2 ? 1 : -1;
		struct bsm_particle a = {.pdg = -sign * 431, .m = m}, l;
		bsm_rng_fill(&g, u, 5);
		a.p = (struct bsm_p4){0, 8 * u[0] - 4, 8 * u[1] - 4, 30 * u[2]};
		a.p.e = sqrt(bsm_p4_dot3(a.p, a.p) + m * m);
		bsm_lepton_of(&a, sign * 15, ml, u + 3, &l);
		struct bsm_p4 S = bsm_p4_boost_from_rest((struct bsm_p4){0, l.pol[0], l.pol[1], l.pol[2]}, l.p, ml);
		struct bsm_p4 at = bsm_p4_boost_to_rest(l.p, a.p, m), spin = bsm_p4_boost_to_rest(S, a.p, m);
		double p = bsm_p4_mag(at), k = sign * at.e / p / ml;
		ck_assert(fabs(p - bsm_two_body_p(m, ml, 0)) < 1e-9);
		ck_assert(fabs(spin.e - sign * p / ml) < 1e-8);
		ck_assert(fabs(spin.x - k * at.x) + fabs(spin.y - k * at.y) + fabs(spin.z - k * at.z) < 1e-8);
	}
}
END_TEST

/* Interaction depth: exponential along the target; protons beside the rod do nothing. */
START_TEST(target)
{
	struct bsm_source s;
	struct bsm_particle a;
	double u[BSM_SOURCE_NDIM], n = 1.78 * BSM_AVOGADRO / 12.01 * 230e-27 * 100;
	open_good(HEAD "beam: {momentum: 120 GeV, spot_x: 8 mm, spot_y: 8 mm}\n" TARGET WIDE CHARM
		       "production: [{pdg: 431, model: charm, fraction: 0.08}]\n",
		  &s);
	for (int i = 0; i < BSM_SOURCE_NDIM; i++)
		u[i] = 0.4;
	u[4] = 0;
	u[5] = 0.1;
	for (int i = 0; i <= 10; i++) {
		u[0] = i / 10.0;
		ck_assert(s.ray(&s, 0, u, &a) > 0);
		ck_assert(fabs((1 - exp(-n * a.x.z)) / (1 - exp(-n * 1.5)) - u[0]) < 1e-12);
		ck_assert(fabs(a.x.e - a.x.z / BSM_C) < 1e-20);
	}
	u[5] = 1 - exp(-0.5) + 1e-9; /* radius: one sigma = the rod's */
	ck_assert(s.ray(&s, 0, u, &a) == 0);
	bsm_source_close(&s);
}
END_TEST

/* Absorption on the way out lowers the yield; the loss of a thin rod is small. */
START_TEST(absorption)
{
	struct bsm_source a, b;
	open_good(HEAD BEAM TARGET WIDE "production: [{pdg: 211, model: bmpt}]\n", &a);
	open_good(HEAD BEAM TARGET WIDE "production: [{pdg: 211, model: bmpt, absorbed: 169 mb}]\n", &b);
	double e, full = bsm_source_integral(&a, 0, 5, 20000, &e), less = bsm_source_integral(&b, 0, 5, 20000, &e);
	ck_assert_msg(less < 0.95 * full && less > 0.7 * full, "%g of %g", less, full);
	bsm_source_close(&a);
	bsm_source_close(&b);
}
END_TEST

/* Charm and kaons of the shipped LBNF file, per POT: stated in docs/physics/hadrons.md. */
START_TEST(lbnf_numbers)
{
	struct bsm_source s;
	open_file("lbnf_target", &s);
	double interacts = 1 - exp(-1.78 * BSM_AVOGADRO / 12.011 * 230e-27 * 150),
	       on_rod = 1 - exp(-0.5 * 64 / 2.667 / 2.667);
	ck_assert_int_eq(s.component[5].pdg, 411);
	integral_is(&s, 5, on_rod * interacts * 0.24 * 51.98e-3 / 230, 0.003);
	ck_assert_int_eq(s.bunches.count, 486);
	bsm_source_close(&s);
}
END_TEST

START_TEST(failures)
{
	static const struct {
		const char *text, *words;
	} row[] = {
		{"schema: 1\nkind: nosuch\nname: t\n", "no source kind \"nosuch\""},
		{"schema: 1\nkind: hadrons\n", "name"},
		{"schema: 9\nkind: hadrons\nname: t\n", "schema"},
		{HEAD TARGET WIDE PIONS, "beam"},
		{HEAD "beam: {momentum: 120 GeV, kinetic_energy: 119 GeV}\n" TARGET WIDE PIONS, "either"},
		{HEAD "beam: {momentum: 1 GeV}\n" TARGET WIDE PIONS, "2 GeV/c"},
		{HEAD "beam: {momentum: 120 m}\n" TARGET WIDE PIONS, "GeV"},
		{HEAD BEAM "target: [1, 2]\n" WIDE PIONS, "map"},
		{HEAD BEAM "target: {start: 0 m, length: -1 m, radius: 8 mm, density: 1.78 g/cm3, A: 12, production: "
			   "230 mb}\n" WIDE,
		 "positive"},
		{HEAD BEAM
		 "target: {start: 0 m, length: 1 m, radius: 8 mm, density: 1.78 g/cm3, A: 12, production: 230 mb, "
		 "attenuation: 100 mb}\n" WIDE PIONS,
		 "attenuation"},
		{HEAD BEAM TARGET PIONS, "decay_volume"},
		{HEAD BEAM TARGET "decay_volume: [{from: 0 m, to: 0 m, radius: 1 m}]\n" PIONS, "behind"},
		{HEAD BEAM TARGET
		 "decay_volume: [{from: 0 m, to: 5 m, radius: 1 m}, {from: 6 m, to: 7 m, radius: 1 m}]\n" PIONS,
		 "section before"},
		{HEAD BEAM TARGET "decay_volume: [{from: 1 m, to: 5 m, radius: 1 m}]\n" PIONS, "front"},
		{HEAD BEAM TARGET WIDE "production: [{pdg: 2212, model: bmpt}]\n", "no meson"},
		{HEAD BEAM TARGET WIDE "production: [{pdg: 211, model: nosuch}]\n", "no model"},
		{HEAD BEAM TARGET WIDE "production: [{pdg: 411, model: bmpt}]\n", "no parameters"},
		{HEAD BEAM TARGET WIDE "production: [{pdg: 411, model: charm, fraction: 0.2}]\n", "section charm"},
		{HEAD BEAM TARGET WIDE CHARM "production: [{pdg: 411, model: charm, fraction: 2}]\n", "fraction"},
		{HEAD "beam: {momentum: 8.89 GeV}\n" TARGET WIDE CHARM
		      "production: [{pdg: 411, model: charm, fraction: 0.2}]\n",
		 "threshold"},
		{HEAD BEAM TARGET WIDE "production: [{pdg: 211, model: bmpt, colour: red}]\n", "colour"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "leptons: [{pdg: 13, from: 211, branching: 1}]\n", "does not exist"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "leptons: [{pdg: -13, from: 321, branching: 1}]\n", "production"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "leptons: [{pdg: -11, from: 211, branching: 1}]\n", "muon"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "leptons: [{pdg: -13, from: 211, branching: 1.5}]\n", "branching"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "variant: three\n", "no variant \"three\""},
		{HEAD BEAM TARGET WIDE CHARM PIONS "variants: {two: {lepton: 2}}\n", "scales"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "variants: {two: {charm: -2}}\n", "negative"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "bunches: {spacing: 1 ns, sigma: 1 ns}\n", "buckets"},
		{HEAD BEAM TARGET WIDE CHARM PIONS "colour: red\n", "colour"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_ctx ctx;
		struct bsm_source s;
		ck_assert_msg(open_text(&ctx, row[i].text, &s) != BSM_OK, "row %d opened", (int)i);
		ck_assert_msg(strstr(ctx.message, row[i].words) && strstr(ctx.message, "t.yaml"), "row %d: %s", (int)i,
			      ctx.message);
		ck_assert(!s.data && !s.component);
	}
}
END_TEST

TEST_MAIN("hadrons", yields, variants, decay_in_flight, walls, shipped_files, polarisation, target, absorption,
	  lbnf_numbers, failures)
