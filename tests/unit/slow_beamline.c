/* Whole simulations of a beam: what is made has to decay somewhere, no matter how rows and tracks are thinned; focusing
 * and its reverse; protons only divide. Fixed seeds; 4 standard errors of blocks of protons. */
#include "beamline_bench.h"
#include "source/beamline/cascade.h"
#include "source/beamline/cross_sections.h"
#include "source/source.h"

enum { SUMS = 8, BLOCKS = 50 };
static struct bsm_cascade_work work;

/* Rows of n protons in BLOCKS blocks: mean of each sum per proton. */
typedef void what_to_sum(const struct bsm_decay_row *, double *sum);
static void run(const struct bsm_cascade *c, int n, uint64_t seed, what_to_sum *f, struct bench_mean out[SUMS])
{
	struct bsm_decay_rows rows = {0};
	memset(out, 0, SUMS * sizeof *out);
	for (int b = 0; b < BLOCKS; b++) {
		double sum[SUMS] = {0};
		rows.n = 0;
		for (int i = 0; i < n / BLOCKS; i++) {
			struct bsm_rng g = bsm_rng_make(seed, BSM_FOR_VERIFY, (uint64_t)(b * (n / BLOCKS) + i), 0);
			bsm_cascade_proton(c, &g, &work, &rows);
		}
		for (size_t i = 0; i < rows.n; i++)
			f(&rows.row[i], sum);
		for (int k = 0; k < SUMS; k++)
			bench_take(&out[k], sum[k] * BLOCKS / n);
	}
	ck_assert(!rows.failed);
	free(rows.row);
}

static void equal(const struct bench_mean *a, const struct bench_mean *b, double rtol, const char *what)
{
	double d = bench_value(a) - bench_value(b), e = hypot(bench_error(a), bench_error(b));
	ck_assert_msg(bench_value(b) > 0 && fabs(d) < 4 * e + rtol * bench_value(b), "%s: %g +- %g and %g +- %g", what,
		      bench_value(a), bench_error(a), bench_value(b), bench_error(b));
}

/* Pions and kaons of the first interaction by species; muons of pi+. */
static void by_species(const struct bsm_decay_row *r, double *sum)
{
	static const int32_t species[5] = {211, -211, 321, -321, 130};
	const struct bsm_parent *p = &r->parent;
	int first = r->history % 64 ? (r->history % 64 - 1) / 6 : -1, k = 0;
	while (k < 5 && species[k] != p->pdg)
		k++;
	if (k < 5 && first == k)
		sum[k] += p->weight;
	if (p->pdg == -13 && first == 0)
		sum[5] += p->weight;
	if (p->pdg == 211 && first == 0)
		sum[6] += p->weight * bsm_p4_mag(p->p);
	sum[7] += p->weight;
}

/* A thin target in an endless vacuum: all that is made decays. Number of each meson = interactions x integral of the
 * density, and as many muons as pions. Pions leave through 5 mm of graphite on average, where 1 % are lost. */
START_TEST(all_that_is_made_decays)
{
	struct bsm_layout l;
	struct bsm_hadroproduction make;
	static const int32_t species[5] = {211, -211, 321, -321, 130};
	double pB = 31;
	bench_good("target: {start: 0 m, length: 1 cm, radius: 1 m, material: graphite}\n"
		   "sections: [{from: -1e5 km, to: 1e6 km, radius: 1e5 km, fill: vacuum, wall: vacuum}]\n",
		   &l);
	ck_assert_int_eq(bsm_hadroproduction_init(&make, pB), 0);
	double sigma = bsm_xsec_production(BSM_STRONG_NUCLEON, pB, 12.011),
	       hits = -expm1(-2.21 / 12.011 * BSM_AVOGADRO * 1e-27 * sigma);
	struct bsm_cascade c = {.layout = &l, .make = &make, .beam = {.momentum = pB, .z = -0.01}, .generations = 0};
	struct bench_mean s[SUMS], thin[SUMS];
	run(&c, 300000, 61, by_species, s);
	struct bsm_collision hit;
	bsm_collision_init(&hit, &make, 2212, pB, 12.011, sigma);
	for (int k = 0; k < 5; k++) {
		double n = 0, pmean = 0;
		for (int i = 0; i < 300; i++)
			for (int j = 0; j < 200; j++) {
				double lp = log(pB / 0.05) / 300, p = 0.05 * exp((i + 0.5) * lp),
				       top = fmin(M_PI / 2, p > 4 ? asin(4 / p) : 2), b = (j + 0.5) / 200,
				       t = top * b * b;
				double w = bsm_collision_density(&hit, species[k], p, cos(t), sin(t)) * 2 * M_PI *
					   sin(t) * p * lp * 2 * b * top / 200 / sigma;
				n += w;
				pmean += w * p;
			}
		bench_is(&s[k], hits * n, 4, 0.02, "decays of %d", species[k]);
		if (k == 0)
			bench_is(&s[6], hits * pmean, 4, 0.02, "momentum of pi+");
	}
	equal(&s[5], &s[0], 0.01, "mu+ and pi+");
	c.keep = 20; /* GeV: nearly all rows are thinned */
	run(&c, 300000, 62, by_species, thin);
	for (int k = 0; k < SUMS; k++)
		equal(&thin[k], &s[k], 0, "thinned rows");
	bsm_hadroproduction_free(&make);
	bsm_layout_free(&l);
}
END_TEST

/* Parents within 60 mrad of the axis, .5 to 4 GeV/c, 3 m or more behind the horn. */
static void forward(const struct bsm_decay_row *r, double *sum)
{
	const struct bsm_parent *p = &r->parent;
	double k = bsm_p4_mag(p->p);
	if (abs(p->pdg) == 211 && p->x.z > 3 && k > 0.5 && k < 4 && p->p.z > 0.998 * k)
		sum[p->pdg < 0] += p->weight;
	if (!(k > 0)) /* stopped */
		return;
	sum[2] += p->weight;
	sum[3] += p->weight * (p->p.x > 0 ? 2 : 0);
	sum[4] += p->weight * (p->p.y > 0 ? 2 : 0);
}

START_TEST(focusing)
{
	struct bench_mean s[3][SUMS];
	struct bsm_hadroproduction make;
	ck_assert_int_eq(bsm_hadroproduction_init(&make, 8.89), 0);
	for (int mode = 0; mode < 3; mode++) {
		struct bsm_layout l;
		bench_beam("bnb", mode - 1, 0, &l); /* rhc, off, fhc */
		struct bsm_cascade c = {.layout = &l, .make = &make, .beam = {.momentum = 8.89, .z = 0.02, .spot_x = 1.51e-3, .spot_y = 0.75e-3, .divergence_x = -0.66e-3, .divergence_y = -0.4e-3}, .generations = 2};
		run(&c, 60000, 63, forward, s[mode]);
		equal(&s[mode][3], &s[mode][2], 0, "px > 0 in half of the rows");
		equal(&s[mode][4], &s[mode][2], 0, "py > 0 in half of the rows");
		bsm_layout_free(&l);
	}
	for (int k = 0; k < 2; k++) {
		double rhc = bench_value(&s[0][k]), off = bench_value(&s[1][k]), fhc = bench_value(&s[2][k]);
		ck_assert_msg(k ? rhc > 2 * off && fhc < 0.7 * off : fhc > 2 * off && rhc < 0.7 * off,
			      "pi%c: rhc %g, off %g, fhc %g", k ? '-' : '+', rhc, off, fhc);
	}
	bsm_hadroproduction_free(&make);
}
END_TEST

static void open_bnb(struct bsm_source *s, const char *more, int threads)
{
	struct bsm_ctx ctx = {.threads = threads};
	struct bsm_node *root;
	char path[1024], text[20000];
	const char *top = getenv("BSMNU_TEST_ROOT");
	snprintf(path, sizeof path, "%s/data/sources/bnb.yaml", top ? top : ".");
	FILE *f = fopen(path, "r");
	ck_assert(f != NULL);
	size_t n = fread(text, 1, sizeof text - 200, f);
	fclose(f);
	text[n] = 0;
	char *own = strstr(text, "\nprotons:"); /* the file's own number gives way */
	if (own)
		memcpy(own + 1, "#", 1);
	snprintf(text + n, 200, "%s", more);
	*s = (struct bsm_source){0};
	ck_assert_msg(bsm_node_parse(&ctx, "t.yaml", text, strlen(text), &root) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_source_open(&ctx, root, s) == BSM_OK, "%s", ctx.message);
	bsm_node_free(root);
}

static double yield_of(const struct bsm_source *s, int32_t pdg)
{
	for (int i = 0; i < s->ncomponent; i++)
		if (s->component[i].pdg == pdg)
			return s->component[i].yield;
	return NAN;
}

/* The source: threads change no bit, rows and protons nothing but the errors. */
START_TEST(rows_threads_protons)
{
	static const int32_t pdg[] = {211, -211, 321, -13};
	static const char *const more[] = {"protons: 20000\nparents: 100000\n", "protons: 20000\nparents: 100000\n",
					   "protons: 20000\nparents: 2000\n", "protons: 40000\nparents: 100000\n"};
	struct bsm_source s[4];
	setenv("BSMNU_CACHE", "off", 1);
	for (int i = 0; i < 4; i++)
		open_bnb(&s[i], more[i], i == 1 ? 2 : 1);
	for (int k = 0; k < 4; k++) {
		double y = yield_of(&s[0], pdg[k]), loose = pdg[k] == 321                     ? 0.15
							    : pdg[k] == -211 || pdg[k] == -13 ? 0.12
											      : 0.06;
		ck_assert(y > 0);
		ck_assert_msg(yield_of(&s[1], pdg[k]) == y, "%d: two threads give %.17g, one %.17g", pdg[k],
			      yield_of(&s[1], pdg[k]), y);
		ck_close(yield_of(&s[2], pdg[k]), y, 2 * loose);
		ck_close(yield_of(&s[3], pdg[k]), y, loose);
	}
	for (int i = 0; i < 4; i++)
		bsm_source_close(&s[i]);
}
END_TEST

TEST_MAIN("beamline", all_that_is_made_decays, focusing, rows_threads_protons)
