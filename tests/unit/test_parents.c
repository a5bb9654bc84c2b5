/* Source kind `parents`: text and HDF5 lists, at decay and at production, and every way to be refused. */
#include <hdf5.h>

#include "core/constants.h"
#include "core/random.h"
#include "engine/job.h"
#include "source/parents.h"
#include "source_files.h"

#define HEAD "schema: 1\nkind: parents\nname: t\n"
#define PIPE "decay_volume: [{from: 0 m, to: 200 m, radius: 2 m}]\n"
#define K_E "10.012178855" /* K+ of 10 GeV */

/* Three K+ of weights 1, 2, 5 and energies out of order, a pi-, a weightless D+; positions. */
static const char decays[] = "# at: decay\n# pot: 1000\n# some words\n"
			     "0 0 10 " K_E " 321 1 0 0 30 1e-7\n"
			     "0 0.1 5 5.0254 321 2 0 0.5 40 1.4e-7\n"
			     "0.2 0 20 20.00709 321 5 0.1 0 50 2e-7   # a comment\n"
			     "\n"
			     "0 0 1 1.009692914 -211 4 0 0 1 1e-8\n"
			     "0 0 10 10.173 411 0 0 0 1 1e-8\n";

START_TEST(at_decay)
{
	struct bsm_source s;
	struct bsm_particle a;
	test_write("p.txt", decays);
	test_open_good(HEAD "file: p.txt\nsum_of_weights: 12\n", &s);
	ck_assert_int_eq(s.ncomponent, 2);
	ck_assert_int_eq(s.component[0].pdg, -211);
	ck_assert_int_eq(s.component[1].pdg, 321);
	ck_close(s.component[0].yield, 4e-3, 1e-14);
	ck_close(s.component[1].yield, 8e-3, 1e-14);
	ck_assert(s.component[1].decays == 1 && s.norm == BSM_PER_POT);
	/* In order of energy: 2/8, 1/8, 5/8. */
	static const double at[6] = {0, 0.2499, 0.2501, 0.3749, 0.3751, 0.9999}, pz[6] = {5, 5, 10, 10, 20, 20};
	for (int i = 0; i < 6; i++) {
		double u[2] = {at[i], 0.5};
		ck_close(s.ray(&s, 1, u, &a), 8e-3, 1e-14);
		ck_close(a.p.z, pz[i], 1e-14);
		ck_assert(fabs(bsm_p4_dot(a.p, a.p) - a.m * a.m) < 1e-12 * a.p.e * a.p.e);
	}
	ck_close(a.x.z, 50, 1e-14);
	ck_close(a.x.e, 2e-7, 1e-14);
	bsm_source_close(&s);
}
END_TEST

/* Selection by weight, against the list itself: 20000 draws of a fixed seed, 1000 entries; mean energy within 4 sigma.
 */
START_TEST(selection)
{
	static char text[200000];
	double sum = 0, mean = 0, mean2 = 0;
	size_t n = (size_t)sprintf(text, "# at: decay\n");
	for (int i = 0; i < 1000; i++) {
		struct bsm_rng g = bsm_rng_make(1, BSM_FOR_VERIFY, (uint64_t)i, 0);
		double p = 1 + 9 * bsm_rng_uniform(&g), w = pow(bsm_rng_uniform(&g), 6),
		       e = sqrt(p * p + 0.493677 * 0.493677);
		n += (size_t)sprintf(text + n, "0 0 %.9g %.9g 321 %.9g 0 0 1 0\n", p, e, w);
		sum += w;
		mean += w * e;
		mean2 += w * e * e;
	}
	mean /= sum;
	mean2 = mean2 / sum - mean * mean;
	test_write("p.txt", text);
	struct bsm_source s;
	test_open_good(HEAD "file: p.txt\npot: 1\n", &s);
	double got = 0;
	enum { N = 20000 };
	for (int i = 0; i < N; i++) {
		struct bsm_rng g = bsm_rng_make(2, BSM_FOR_VERIFY, (uint64_t)i, 0);
		double u[2] = {bsm_rng_uniform(&g), bsm_rng_uniform(&g)};
		struct bsm_particle a;
		ck_close(s.ray(&s, 0, u, &a), sum, 1e-6);
		got += a.p.e / N;
	}
	ck_assert_msg(fabs(got - mean) < 4 * sqrt(mean2 / N), "mean energy %g, expected %g", got, mean);
	double u[2] = {1, 1};
	struct bsm_particle a;
	ck_assert(s.ray(&s, 0, u, &a) > 0);
	bsm_source_close(&s);
}
END_TEST

/* Flown in the pipe: yield = sum of weights x decay probability, exact, and what ray() integrates to. */
START_TEST(at_production)
{
	test_write("p.txt", "# at: production\n# pot: 100\n0 0 10 " K_E " 321 1\n0 0 3 3.040348 321 3\n");
	struct bsm_source s;
	test_open_good(HEAD "file: p.txt\nposition: [0 m, 0 m, 50 m]\n" PIPE, &s);
	double m = bsm_pdg_mass(321), ctau = bsm_pdg_ctau(321);
	double expected = (1 - exp(-150 * m / (10 * ctau)) + 3 * (1 - exp(-150 * m / (3 * ctau)))) / 100;
	ck_close(s.component[0].yield, expected, 1e-9);
	double error, value = bsm_source_integral(&s, 0, 3, 20000, &error);
	ck_assert_msg(fabs(value - expected) < 4 * error, "%g +- %g, expected %g", value, error, expected);
	ck_close(s.dump_z, 200, 1e-14);
	double u[2] = {0.9, 0.5};
	struct bsm_particle a;
	ck_assert(s.ray(&s, 0, u, &a) > 0);
	ck_assert(a.x.z > 50 && a.x.z < 200);
	ck_close(a.x.e, (a.x.z - 50) * a.p.e / a.p.z / BSM_C, 1e-12);
	bsm_source_close(&s);
	/* Without `position`, all come from the origin. */
	test_open_good(HEAD "file: p.txt\n" PIPE, &s);
	ck_close(s.component[0].yield, (1 - exp(-200 * m / (10 * ctau)) + 3 * (1 - exp(-200 * m / (3 * ctau)))) / 100,
		 1e-9);
	bsm_source_close(&s);
}
END_TEST

static void attribute_text(hid_t g, const char *name, const char *text, int variable)
{
	hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
	H5Tset_size(type, variable ? H5T_VARIABLE : strlen(text));
	hid_t a = H5Acreate2(g, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
	H5Awrite(a, type, variable ? (const void *)&text : text);
	H5Aclose(a);
	H5Sclose(space);
	H5Tclose(type);
}

/* Columns of length n (the last one may be shorter). */
static void write_hdf5(const char *name, const char *at, int variable, int ncolumn, hsize_t n, hsize_t last)
{
	static const char *const column[13] = {"px", "py", "pz", "E",	 "pdg",	 "weight", "x",
					       "y",  "z",  "t",	 "polx", "poly", "polz"};
	static const double row[2][13] = {{0, 0, 10, 10.012178855, 321, 1, 0, 0, 30, 1e-7},
					  {0, 0, 1, 1.009692914, 211, 3, 0, 0, 1, 0}};
	char path[256];
	snprintf(path, sizeof path, "%s/%s", test_dir(), name);
	hid_t f = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
	hid_t g = H5Gcreate2(f, "parents", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
	for (int i = 0; i < ncolumn; i++) {
		double v[2] = {row[0][i], row[1][i]};
		hsize_t len = i == ncolumn - 1 ? last : n;
		hid_t space = H5Screate_simple(1, &len, NULL);
		hid_t set = H5Dcreate2(g, column[i], i == 4 ? H5T_STD_I32LE : H5T_IEEE_F64LE, space, H5P_DEFAULT,
				       H5P_DEFAULT, H5P_DEFAULT);
		H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, v);
		H5Dclose(set);
		H5Sclose(space);
	}
	double pot = 10;
	hid_t space = H5Screate(H5S_SCALAR), a = H5Acreate2(g, "pot", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
	H5Awrite(a, H5T_NATIVE_DOUBLE, &pot);
	H5Aclose(a);
	H5Sclose(space);
	if (at)
		attribute_text(g, "at", at, variable);
	H5Gclose(g);
	H5Fclose(f);
}

START_TEST(hdf5)
{
	struct bsm_source s;
	for (int variable = 0; variable < 2; variable++) {
		write_hdf5("p.h5", "decay", variable, 10, 2, 2);
		test_open_good(HEAD "file: p.h5\n", &s);
		ck_assert_int_eq(s.ncomponent, 2);
		ck_close(s.component[0].yield, 0.3, 1e-14);
		ck_close(s.component[1].yield, 0.1, 1e-14);
		bsm_source_close(&s);
	}
	write_hdf5("p.h5", NULL, 0, 6, 2, 2);
	test_open_good(HEAD "file: p.h5\nat: production\n" PIPE, &s);
	bsm_source_close(&s);
	test_open_bad(HEAD "file: p.h5\n" PIPE, "at: production");
	write_hdf5("p.h5", "elsewhere", 1, 6, 2, 2);
	test_open_bad(HEAD "file: p.h5\n" PIPE, "elsewhere");
	write_hdf5("p.h5", "decay", 1, 10, 2, 1);
	test_open_bad(HEAD "file: p.h5\n", "parents/t: 1 entries");
	write_hdf5("p.h5", "decay", 1, 11, 2, 2);
	test_open_bad(HEAD "file: p.h5\n", "no dataset parents/poly");
	write_hdf5("p.h5", "decay", 1, 13, 2, 2);
	test_open_good(HEAD "file: p.h5\n", &s);
	bsm_source_close(&s);
	write_hdf5("p.h5", "decay", 1, 5, 2, 2);
	test_open_bad(HEAD "file: p.h5\n", "no dataset parents/weight");
	test_write("p.h5", "no HDF5 at all\n");
	test_open_bad(HEAD "file: p.h5\n", "HDF5");
	test_open_bad(HEAD "file: nosuch.h5\n", "HDF5");
}
END_TEST

/* Muons with spin: through text, HDF5 and the ray; a length of 1 in single precision is 1. */
START_TEST(polarisation)
{
	struct bsm_source s;
	struct bsm_particle a;
	double u[2] = {0.5, 0.5};
	test_write("p.txt", "# at: decay\n# pot: 2\n0 0 1 1.005565788 13 1 0 0 1 0 0.3 -0.4 0.5\n");
	test_open_good(HEAD "file: p.txt\n", &s);
	ck_assert(s.ray(&s, 0, u, &a) > 0);
	ck_assert(a.pol[0] == 0.3 && a.pol[1] == -0.4 && a.pol[2] == 0.5);
	bsm_source_close(&s);
	test_write("p.txt", "# at: decay\n# pot: 2\n0 0 1 1.005565788 13 1 0 0 1 0 0 0 -1.000001\n");
	test_open_good(HEAD "file: p.txt\n", &s);
	ck_assert(s.ray(&s, 0, u, &a) > 0 && a.pol[2] == -1);
	bsm_source_close(&s);
}
END_TEST

static void add(struct bsm_parent_list *l, const double *row, int n)
{
	struct bsm_ctx ctx = {0};
	l->mass_tolerance = 1e-4;
	ck_assert_msg(bsm_parent_list_add(&ctx, l, row, n, "row") == BSM_OK, "%s", ctx.message);
}

/* Written and read: the same list, with 6, 10 and 13 columns; the same bytes for the same list. */
START_TEST(round_trip)
{
	static const double row[2][13] = {{0.1, 0, 10, 10.01267819, 321, 1.25, 0.1, 0.2, 30, 1e-7, 0, 0, 0},
					  {0, 0, 1, 1.005565788, -13, 3, 0, -0.3, 1, 0, 0.1, -0.2, 0.9}};
	static const int columns[3] = {6, 10, 13};
	char path[256];
	struct bsm_ctx ctx = {0};
	snprintf(path, sizeof path, "%s/p.h5", test_dir());
	for (int k = 0; k < 3; k++) {
		struct bsm_parent_list l = {.at = BSM_AT_DECAY, .pot = 1e20}, r = {.mass_tolerance = 1e-4};
		for (int i = 0; i < 200000; i++) /* more than a chunk */
			add(&l, row[i % 3 == 0], columns[k]);
		ck_assert_msg(bsm_parents_write_hdf5(&ctx, path, &l) == BSM_OK, "%s", ctx.message);
		ck_assert_msg(bsm_parents_read_hdf5(&ctx, path, &r) == BSM_OK, "%s", ctx.message);
		ck_assert(r.n == l.n && r.at == l.at && r.pot == l.pot);
		ck_assert(r.has_positions == (k > 0) && r.has_polarisation == (k > 1));
		for (size_t i = 0; i < l.n; i++) {
			const struct bsm_parent *x = &l.row[i], *y = &r.row[i];
			ck_assert(x->pdg == y->pdg && x->weight == y->weight && !memcmp(x->pol, y->pol, sizeof x->pol) &&
				  !memcmp(&x->p, &y->p, sizeof x->p) && !memcmp(&x->x, &y->x, sizeof x->x));
		}
		bsm_parent_list_free(&l);
		bsm_parent_list_free(&r);
	}
	struct bsm_parent_list none = {0}, one = {0};
	ck_assert(bsm_parents_write_hdf5(&ctx, path, &none) == BSM_E_RANGE && strstr(ctx.message, "no parents"));
	add(&one, row[0], 10);
	ctx = (struct bsm_ctx){0};
	snprintf(path, sizeof path, "%s/no/such/folder.h5", test_dir());
	ck_assert(bsm_parents_write_hdf5(&ctx, path, &one) == BSM_E_IO);
	ck_assert_msg(strstr(ctx.message, path) != NULL, "%s", ctx.message);
	bsm_parent_list_free(&one);
}
END_TEST

/* A list that another kind of source made. */
START_TEST(served)
{
	static const double kaon[10] = {0, 0, 10, 10.012178855, 321, 2, 0, 0, 30, 1e-7};
	struct bsm_ctx ctx = {0};
	struct bsm_source s = {.name = "memory"};
	struct bsm_node *where;
	ck_assert_int_eq(bsm_node_parse(&ctx, "beam.yaml", "kind: other\n", 12, &where), BSM_OK);
	struct bsm_parent_list l = {.at = BSM_AT_DECAY, .pot = 4};
	add(&l, kaon, 10);
	ck_assert_msg(bsm_parents_serve(&ctx, where, &s, &l, NULL) == BSM_OK, "%s", ctx.message);
	ck_assert(!l.row && !l.n && s.ncomponent == 1);
	ck_close(s.component[0].yield, 0.5, 1e-14);
	bsm_source_close(&s);
	/* Refused: the list is taken all the same. */
	l = (struct bsm_parent_list){.at = BSM_AT_PRODUCTION, .pot = 4};
	add(&l, kaon, 10);
	ck_assert_int_eq(bsm_parents_serve(&ctx, where, &s, &l, NULL), BSM_E_KEY);
	ck_assert(!l.row && strstr(ctx.message, "decay_volume"));
	bsm_source_close(&s);
	ctx = (struct bsm_ctx){0};
	l = (struct bsm_parent_list){.at = BSM_AT_DECAY, .pot = 4};
	ck_assert_int_eq(bsm_parents_serve(&ctx, where, &s, &l, NULL), BSM_E_RANGE);
	ck_assert_msg(strstr(ctx.message, "beam.yaml") && strstr(ctx.message, "0 parents"), "%s", ctx.message);
	bsm_source_close(&s);
	bsm_node_free(where);
}
END_TEST

static void catch_energy(void *arg, const struct bsm_kept *step)
{
	if (step->level == 1)
		*(double *)arg = step->leg->p.e;
}

/* pi+ at rest, at production and at decay: the flux of muon neutrinos at L is BR / (4 pi L^2), all of 29.79 MeV. */
static void flux_of_rest(const struct bsm_source *s)
{
	extern const struct bsm_model bsm_model_neutrino_beam;
	const double L = 20, m = bsm_pdg_mass(211), mu = bsm_pdg_mass(13), e = (m * m - mu * mu) / (2 * m);
	struct bsm_ctx ctx = {0};
	struct bsm_detector d = {.nvolume = 1, .nframe = 1, .wanted = 1u << BSM_FIDUCIAL};
	struct bsm_job job;
	struct bsm_pilot pilot = bsm_pilot_default();
	strcpy(d.frame[0].beam, "rest");
	d.frame[0].origin = (struct bsm_p4){0, 0.1 + L / sqrt(2), 0, 1 - L / sqrt(2)}; /* off axis, behind the pion */
	for (int i = 0; i < 3; i++)
		d.frame[0].R[i][i] = 1;
	d.volume[0] = (struct bsm_volume){.shape = BSM_SPHERE, .role = BSM_FIDUCIAL, .half = {0, 0.1, 0.1, 0.1}};
	d.volume[0].material = bsm_material_find("LAr");
	struct bsm_job_spec spec = {.chain = bsm_model_neutrino_beam.chain, .source = s, .detector = &d, .beam = "rest"};
	bsm_point_default(&spec.point, &bsm_model_neutrino_beam);
	ck_assert_msg(bsm_job_init(&ctx, &spec, &job) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_job_pilot(&ctx, &job, &pilot) == BSM_OK, "%s", ctx.message);
	double sum = 0, sum2 = 0, u[BSM_STEPS * (BSM_DIMS + 1)];
	enum { N = 100000 };
	for (int i = 0; i < N; i++) {
		struct bsm_rng g = bsm_rng_make(5, BSM_FOR_VERIFY, (uint64_t)i, 0);
		double seen = 0, w;
		bsm_rng_fill(&g, u, job.ndim);
		w = bsm_job_flux(&job, u, catch_energy, &seen);
		if (w > 0)
			ck_close(seen, e, 1e-12);
		sum += w / N;
		sum2 += w * w / N;
	}
	double expected = 0.999877 / (4 * BSM_PI * L * L), error = sqrt((sum2 - sum * sum) / N);
	ck_assert_msg(error < 0.01 * expected && fabs(sum - expected) < 4 * error + 1e-4 * expected,
		      "%g +- %g, expected %g", sum, error, expected);
	ck_close(e, 0.02979, 1e-3);
	bsm_job_free(&job);
}

START_TEST(at_rest)
{
	struct bsm_source s;
	test_write("p.txt", "0 0 0 0.13957039 211 3 0.1 0 1 0\n");
	test_open_good(HEAD "file: p.txt\nat: decay\npot: 3\n", &s);
	flux_of_rest(&s);
	bsm_source_close(&s);
	test_open_good(HEAD "file: p.txt\nat: production\npot: 3\n" PIPE, &s);
	ck_close(s.component[0].yield, 1, 1e-14);
	double u[2] = {0.5, 0.5}, last[2] = {1, 1};
	struct bsm_particle a;
	ck_close(s.ray(&s, 0, u, &a), 1, 1e-14);
	ck_assert(a.x.x == 0.1 && a.x.z == 1);
	ck_close(a.x.e, log(2) * bsm_pdg_ctau(211) / BSM_C, 1e-12);
	ck_assert(s.ray(&s, 0, last, &a) > 0 && isfinite(a.x.e));
	bsm_source_close(&s);
	/* Outside of the pipe: lost. */
	test_write("p.txt", "0 0 0 0.13957039 211 3 2.1 0 1 0\n");
	test_open_bad(HEAD "file: p.txt\nat: production\npot: 3\n" PIPE, "inside decay_volume");
}
END_TEST

/* MeVPrtl: decays at the origin, pot the sum of the last column. */
START_TEST(mevprtl)
{
	static const char text[] = "px py pz E id wgt pot\n0.1 0 1 1.119695 321 2 500\n0 0 0.5 0.517897 111 3 1500\n";
	static const struct { const char *text, *words; } bad[] = {
		{"0 0 0.5 0.517897 111 3\n", "p.txt:1: 6 columns, expected 7"},
		{"0 0 0.5 0.517897 111 3 -1\n", "p.txt:1: npot -1"},
		{"0 0 0.5 0.6 111 3 1\n", "mass_tolerance"},
		{"0 0 0.5 0.517897 111 3 0\n", "npot of all lines"},
		{"# words\n", "no parents"},
		{"0 0 0.5 0.517897 111 3 1", "cut off"}};
	struct bsm_source s;
	struct bsm_particle a;
	double u[2] = {0.5, 0.5};
	test_write("p.txt", text);
	test_open_good(HEAD "file: p.txt\nformat: mevprtl\nskip_lines: 1\n", &s);
	ck_assert_int_eq(s.ncomponent, 2);
	ck_close(s.component[0].yield, 1.5e-3, 1e-12);
	ck_close(s.component[1].yield, 1e-3, 1e-12);
	ck_assert(s.ray(&s, 1, u, &a) > 0 && a.p.z == 1 && a.x.z == 0 && a.x.e == 0);
	bsm_source_close(&s);
	test_open_good(HEAD "file: p.txt\nformat: mevprtl\nskip_lines: 1\nposition: [0 m, 0 m, 3 m]\n", &s);
	ck_assert(s.ray(&s, 1, u, &a) > 0 && a.x.z == 3);
	bsm_source_close(&s);
	test_open_bad(HEAD "file: p.txt\nformat: mevprtl\n", "p.txt:1: column 1: found \"px\"");
	test_open_bad(HEAD "file: p.txt\nformat: mevprtl\nskip_lines: 9\n", "ends within the 9 lines");
	test_open_bad(HEAD "file: p.txt\nformat: mevprtl\nskip_lines: 1\npot: 7\n", "2000 in the list");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		test_write("p.txt", bad[i].text);
		test_open_bad(HEAD "file: p.txt\nformat: mevprtl\n", bad[i].words);
	}
}
END_TEST

START_TEST(refused_rows)
{
	static const struct {
		const char *text, *words;
	} row[] = {
		{"# at: decay\n0 0 10 " K_E " 321\n", "p.txt:2: 5 columns"},
		{"# at: decay\n0 0 10 " K_E " 321 1 0 0 1 0\n0 0 10 " K_E " 321 1\n",
		 "p.txt:3: 6 columns, but the lines before have 10"},
		{"# at: decay\n0 0 10 " K_E " 321 1 0 0 1 0 0 0\n", "12 columns, expected 6"},
		{"# at: decay\n0 0 10 " K_E " 321 1 0 0 1 0 0 0 1\n0 0 10 " K_E " 321 1 0 0 1 0\n",
		 "p.txt:3: 10 columns, but the lines before have 13"},
		{"# at: decay\n0 0 10 " K_E " 321 1 0 0 1 0 0.8 0 0.7\n", "p.txt:2: polarisation of length 1.063015"},
		{"# at: decay\n0 0 10 nan 321 1 0 0 1 0\n", "p.txt:2: column 4: found \"nan\""},
		{"# at: decay\n0 0 10 inf 321 1 0 0 1 0\n", "column 4"},
		{"# at: decay\n0 0 10 1e999 321 1 0 0 1 0\n", "column 4"},
		{"# at: decay\n0 0 1O " K_E " 321 1 0 0 1 0\n", "column 3: found \"1O\""},
		{"# at: decay\n0 0 10 -" K_E " 321 1 0 0 1 0\n", "positive energy"},
		{"# at: decay\n0 0 10 " K_E " 999 1 0 0 1 0\n", "pdg 999"},
		{"# at: decay\n0 0 10 " K_E " 321.5 1 0 0 1 0\n", "no pdg code"},
		{"# at: decay\n0 0 10 " K_E " 211 1 0 0 1 0\n", "mass_tolerance"},
		{"# at: decay\n0 0 10000 10012.2 321 1 0 0 1 0\n", "units are GeV"},
		{"# at: decay\n0 0 10 " K_E " 321 -1 0 0 1 0\n", "weight -1"},
		{"# at: decay\n0 0 10 " K_E " 321 0 0 0 1 0\n", "0 parents"},
		{"# at: decay\n", "no parents"},
		{"", "no parents"},
		{"# at: decay\n0 0 10 " K_E " 321 1 0 0 1 0", "cut off"},
		{"# at: nowhere\n0 0 10 " K_E " 321 1 0 0 1 0\n", "p.txt:1: at: found \"nowhere\""},
		{"# pot: -3\n0 0 10 " K_E " 321 1 0 0 1 0\n", "p.txt:1: pot"},
		{"0 0 10 " K_E " 321 1 0 0 1 0\n", "`at: production` or `at: decay`"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		test_write("p.txt", row[i].text);
		test_open_bad(HEAD "file: p.txt\npot: 1\n", row[i].words);
	}
}
END_TEST

START_TEST(refused_keys)
{
	test_write("p.txt", decays);
	test_open_bad(HEAD, "file");
	test_open_bad(HEAD "file: nosuch.txt\n", "nosuch.txt");
	test_open_bad(HEAD "file: p.txt\nat: production\n" PIPE, "opposite");
	test_open_bad(HEAD "file: p.txt\nat: there\n", "there");
	test_open_bad(HEAD "file: p.txt\npot: 5\n", "1000 in the list");
	test_open_bad(HEAD "file: p.txt\nposition: [0 m, 0 m, 0 m]\n", "positions of its own");
	test_open_bad(HEAD "file: p.txt\nsum_of_weights: 13\n", "add up to 12");
	test_open_bad(HEAD "file: p.txt\nformat: root\n", "text, hdf5 or mevprtl");
	test_open_bad(HEAD "file: p.txt\nmass_tolerance: 2\n", "mass_tolerance");
	test_open_bad(HEAD "file: p.txt\ncolour: red\n", "colour");
	test_write("p.txt", "0 0 10 " K_E " 321 1\n");
	test_open_bad(HEAD "file: p.txt\nat: decay\npot: 1\n", "without positions");
	test_open_bad(HEAD "file: p.txt\nat: decay\n", "how many protons");
	test_open_bad(HEAD "file: p.txt\nat: production\npot: 1\n", "decay_volume");
	test_open_bad(HEAD "file: p.txt\nat: production\npot: 1\nposition: [0 m, 3 m, 0 m]\n" PIPE,
		      "inside decay_volume");
	test_write("p.txt", "0 0 10 10.04392 2212 1\n");
	test_open_bad(HEAD "file: p.txt\nat: production\npot: 1\n" PIPE, "does not decay");
	static const char *const names[] = {"p.txt", "p.h5", NULL};
	test_remove(names);
}
END_TEST

TEST_MAIN("parents", at_decay, selection, at_production, hdf5, polarisation, round_trip, served, at_rest, mevprtl,
	  refused_rows, refused_keys)
