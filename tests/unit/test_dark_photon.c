/* The model dark_photon: its scattering rows by themselves and through the engine, and what it refuses. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "engine/job.h"
#include "physics/vector_bremsstrahlung.h"
#include "physics/vector_widths.h"
#include "source/beamline/cross_sections.h"

extern const struct bsm_model bsm_model_dark_photon;

static int index_of(const char *name)
{
	int i = 0;
	while (strcmp(bsm_model_dark_photon.process[i].name, name))
		i++;
	return i;
}

/* ---- refusals ---- */
static int prepares(const char *list)
{
	struct bsm_ctx ctx = {0};
	struct bsm_point p;
	double derived[64];
	ck_assert_int_le(bsm_model_dark_photon.nderived, 64);
	bsm_point_default(&p, &bsm_model_dark_photon);
	ck_assert_msg(bsm_point_set_list(&ctx, &p, list) == BSM_OK, "%s", ctx.message);
	return bsm_model_dark_photon.prepare(p.par, derived) == 0;
}

START_TEST(test_refusals)
{
	ck_assert(prepares(""));
	ck_assert(prepares("mass=10 GeV"));
	ck_assert(!prepares("z_min=0.9"));
	ck_assert(!prepares("z_min=0.5, z_max=0.4"));
	struct bsm_point p;
	bsm_point_default(&p, &bsm_model_dark_photon);
	ck_assert(!bsm_model_dark_photon.refuse(p.par));
	p.par[0] = 1e-3;
	ck_assert(bsm_model_dark_photon.refuse(p.par) != NULL);
	/* the proton's form factor ends at 2 m_p */
	const struct bsm_process *row = &bsm_model_dark_photon.process[index_of("p A -> V X")];
	p.par[0] = 1.87;
	ck_assert(row->open(p.par));
	p.par[0] = 1.88;
	ck_assert(!row->open(p.par));
}
END_TEST

/* Every width over the whole range of masses: finite, and that of the closed formulas. */
START_TEST(test_range)
{
	const struct bsm_model *m = &bsm_model_dark_photon;
	struct bsm_point p;
	double derived[64];
	bsm_point_default(&p, m);
	for (int coupling = 0; coupling < 2; coupling++)
		for (double mass = 1.1e-3; mass < 10; mass *= 1.11) {
			p.par[0] = mass;
			p.par[2] = coupling;
			ck_assert_int_eq(m->prepare(p.par, derived), 0);
			double sum = 0;
			for (int i = 0; m->process[i].name; i++) {
				ck_assert(isfinite(derived[i]) && derived[i] >= 0);
				sum += m->process[i].in == BSM_DARK_PHOTON ? derived[i] : 0;
			}
			struct bsm_vector v =
				coupling ? bsm_vector_baryonic(mass, 1e-4) : bsm_vector_kinetic(mass, 1e-4);
			ck_close(sum, bsm_vector_visible(&v), 1e-9);
		}
}
END_TEST

/* ---- bremsstrahlung: the aimed sampling is the free one inside of the cone ---- */
static double brem_rate(const struct bsm_in *in, const struct bsm_cone *cone, const struct bsm_vector *v,
			const struct bsm_brem *b)
{
	enum { N = 60 };
	struct bsm_in i = *in;
	struct bsm_particle out = {.m = v->mass};
	double sum = 0;
	i.aim = cone;
	for (int k = 0; k < N * N * N; k++) {
		double u[3] = {(k % N + 0.5) / N, (k / N % N + 0.5) / N, (k / N / N + 0.5) / N};
		double w = bsm_brem_map(&i, b, v, u, &out);
		if (w > 0)
			ck_close(bsm_p4_dot(out.p, out.p), v->mass * v->mass, 1e-6);
		sum += w / (N * N * N);
	}
	return sum;
}

static double brem_inside(const struct bsm_in *in, const struct bsm_cone *cone, const struct bsm_vector *v,
			  const struct bsm_brem *b)
{
	enum { N = 100 };
	struct bsm_particle out = {.m = v->mass};
	double sum = 0;
	for (int k = 0; k < N * N * N; k++) {
		double u[3] = {(k % N + 0.5) / N, (k / N % N + 0.5) / N, (k / N / N + 0.5) / N};
		double w = bsm_brem_map(in, b, v, u, &out);
		double c = bsm_p4_dot3(out.p, cone->axis) / bsm_p4_mag(out.p);
		sum += c > cos(cone->half) ? w / ((double)N * N * N) : 0;
	}
	return sum;
}

START_TEST(test_bremsstrahlung)
{
	struct bsm_nucleus carbon = {12, 6, 11.178};
	struct bsm_vector v = bsm_vector_kinetic(0.3, 1);
	for (int kind = 0; kind < 2; kind++) {
		struct bsm_brem b = {(enum bsm_brem_kind)kind, 1.5, 0.1, 0.9, 1};
		/* a beam that is not along z */
		struct bsm_particle a = {.pdg = 2212, .m = bsm_pdg_mass(2212), .p = {0, 72, 0, 96}};
		a.p.e = sqrt(120 * 120 + a.m * a.m);
		struct bsm_in in = {.a = &a, .nuc = &carbon};
		double sigma = bsm_xsec_production(BSM_STRONG_NUCLEON, 120, 12) * 1e-27;
		ck_close(brem_rate(&in, NULL, &v, &b), bsm_brem_number(&b, &v, 120) * sigma, 1e-3);
		/* all of what goes forward within 12 mrad; 8 mrad beside the beam */
		struct bsm_cone on = {{0, 0.6, 0, 0.8}, 0.012}, off = {{0, 0.6, 0.008, 0.79996}, 0.005};
		off.axis = bsm_p4_scale(1 / bsm_p4_mag(off.axis), off.axis);
		ck_close(brem_rate(&in, &on, &v, &b), brem_inside(&in, &on, &v, &b), 1e-2);
		ck_close(brem_rate(&in, &off, &v, &b), brem_inside(&in, &off, &v, &b), 1e-2);
		struct bsm_cone behind = {{0, -0.6, 0, -0.8}, 0.1};
		ck_assert_double_eq(brem_rate(&in, &behind, &v, &b), 0);
	}
}
END_TEST

/* ---- the engine ---- */
static double engine_rate(const char *set, const char *production, int free_aim, double *error)
{
	struct bsm_ctx ctx = {0};
	struct bsm_job job;
	struct bsm_source s;
	struct bsm_node *tree;
	struct bsm_detector d = {.nvolume = 1, .nframe = 1, .wanted = 1u << BSM_FIDUCIAL};
	struct bsm_pilot pilot = bsm_pilot_default();
	char path[4096];
	strcpy(d.frame[0].beam, "b");
	d.frame[0].origin = (struct bsm_p4){0, 0.1, -0.2, 240};
	for (int i = 0; i < 3; i++)
		d.frame[0].R[i][i] = 1;
	d.volume[0] = (struct bsm_volume){
		.shape = BSM_SPHERE, .role = BSM_FIDUCIAL, .half = {0, 5, 5, 5}, .axis = {0, 0, 1, 0}};
	d.volume[0].material = bsm_material_find("LAr");
	snprintf(path, sizeof path, "%s/sources/lbnf_target.yaml", BSM_SOURCE_DATA);
	ck_assert_msg(bsm_node_read(&ctx, path, &tree) == BSM_OK && bsm_source_open(&ctx, tree, &s) == BSM_OK, "%s",
		      ctx.message);
	struct bsm_job_spec spec = {.chain = bsm_model_dark_photon.chain,
				    .production = production,
				    .source = &s,
				    .detector = &d,
				    .beam = "b",
				    .free_aim = free_aim};
	bsm_point_default(&spec.point, &bsm_model_dark_photon);
	ck_assert(bsm_point_set_list(&ctx, &spec.point, set) == BSM_OK);
	pilot.final = free_aim ? 1000000 : 200000;
	ck_assert_msg(bsm_job_init(&ctx, &spec, &job) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_job_pilot(&ctx, &job, &pilot) == BSM_OK, "%s", ctx.message);
	double r = job.rate;
	*error = job.rate_error;
	bsm_job_free(&job);
	bsm_source_close(&s);
	bsm_node_free(tree);
	return r;
}

/* Protons x nuclei x cross-section x decays along the chord of the sphere: a sum over directions, no engine. */
static double rate_by_hand(double mass, double eps)
{
	enum { N = 150 };
	struct bsm_ctx ctx = {0};
	struct bsm_source s;
	struct bsm_node *tree;
	char path[4096];
	snprintf(path, sizeof path, "%s/sources/lbnf_target.yaml", BSM_SOURCE_DATA);
	ck_assert(bsm_node_read(&ctx, path, &tree) == BSM_OK && bsm_source_open(&ctx, tree, &s) == BSM_OK);
	double targets = 0; /* metres x nuclei per cm3, per proton on target */
	for (int i = 0; i < s.ncomponent; i++)
		if (s.component[i].pdg == 2212)
			targets += s.component[i].yield * bsm_material_nuclei(s.component[i].medium, 0);
	bsm_source_close(&s);
	bsm_node_free(tree);
	struct bsm_vector v = bsm_vector_kinetic(mass, eps);
	struct bsm_brem b = {BSM_BREM_MODERN, 1.5, 0.1, 0.9, 1};
	struct bsm_nucleus carbon = {12, 6, 11.178};
	struct bsm_particle a = {.pdg = 2212, .m = bsm_pdg_mass(2212), .p = {0, 0, 0, 120}}, out = {.m = mass};
	a.p.e = sqrt(120 * 120 + a.m * a.m);
	struct bsm_in in = {.a = &a, .nuc = &carbon};
	double sum = 0, width = bsm_vector_visible(&v);
	for (int k = 0; k < N * N * N; k++) {
		double u[3] = {(k % N + 0.5) / N, (k / N % N + 0.5) / N, (k / N / N + 0.5) / N};
		double w = bsm_brem_map(&in, &b, &v, u, &out), p = bsm_p4_mag(out.p);
		struct bsm_p4 c = {0, 0.1, -0.2, 240 - 0.6}; /* the middle of the interactions */
		double along = bsm_p4_dot3(c, out.p) / p, miss2 = bsm_p4_dot3(c, c) - along * along;
		double mu = width * mass / (p * BSM_HBARC);
		if (w > 0 && miss2 < 25)
			sum += w * exp(-mu * along) * mu * 2 * sqrt(25 - miss2) / ((double)N * N * N);
	}
	return 100 * targets * sum;
}

START_TEST(test_engine)
{
	double e1, e2, a = engine_rate("mass=0.2 GeV, eps=1e-7", "p A*", 0, &e1),
		       b = engine_rate("mass=0.2 GeV, eps=1e-7", "p A*", 1, &e2);
	ck_assert_msg(fabs(a - b) < 4.5 * hypot(e1, e2) && a > 0, "aimed %g +- %g, free %g +- %g", a, e1, b, e2);
	/* long-lived: eps^2 of production times eps^2 of decay */
	double lo = engine_rate("mass=0.02 GeV, eps=1e-9", "p A*", 0, &e1),
	       hi = engine_rate("mass=0.02 GeV, eps=2e-9", "p A*", 0, &e2);
	ck_assert_msg(fabs(hi / lo - 16) < 4.5 * 16 * hypot(e1 / lo, e2 / hi), "%g and %g", lo, hi);
	ck_close(lo, rate_by_hand(0.02, 1e-9), 2e-2);
	/* light V: from pi0, most */
	ck_assert(engine_rate("mass=0.02 GeV, eps=1e-9", "pi0*", 0, &e1) > lo);
}
END_TEST

/* ---- e+ e- -> V ---- */
START_TEST(test_annihilation)
{
	int i = index_of("e+ e- -> V");
	const struct bsm_process *row = &bsm_model_dark_photon.process[i];
	struct bsm_point p;
	double me = bsm_pdg_mass(11);
	bsm_point_default(&p, &bsm_model_dark_photon);
	p.par[0] = 0.03;
	struct bsm_particle a = {.pdg = -11, .m = me}, out[1];
	struct bsm_in in = {.par = p.par, .a = &a, .row = row, .index = i};
	double E = 0.03 * 0.03 / (2 * me) - me, u[2] = {0, 0};
	a.p = (struct bsm_p4){E, 0.6 * sqrt(E * E - me * me), 0, 0.8 * sqrt(E * E - me * me)};
	double s = row->map(&in, u, out);
	/* 2 pi^2 alpha eps^2/m_e / (2 x 10 % x E) */
	ck_close(s, 2 * BSM_PI * BSM_PI * BSM_ALPHA * 1e-8 / me / (0.2 * E) * BSM_HBARC2_CM2, 2e-3);
	/* on the resonance V takes all: four-momentum of e+ and electron */
	ck_close(out[0].p.e, E + me, 1e-12);
	ck_close(out[0].p.x, a.p.x, 1e-9);
	ck_close(bsm_p4_dot(out[0].p, out[0].p), 0.03 * 0.03, 1e-6);
	/* elsewhere within 10 mrad of the track; towards a cone, as much as lies inside of the cap */
	u[0] = 1;
	ck_close(row->map(&in, u, out), s, 1e-12);
	double cosine = bsm_p4_dot3(out[0].p, a.p) / bsm_p4_mag(out[0].p) / bsm_p4_mag(a.p);
	ck_close(acos(cosine), 0.01, 1e-6);
	struct bsm_cone cone = {{0, 0.6, 0, 0.8}, 1e-4};
	in.aim = &cone;
	ck_close(row->map(&in, u, out) / s, 1e-4, 1e-3);
	cone.axis = (struct bsm_p4){0, 0, 0, 1};
	ck_assert_double_eq(row->map(&in, u, out), 0);
	in.aim = NULL;
	a.p.e = 1.11 * E;
	ck_assert_double_eq(row->map(&in, u, out), 0);
	a.p.e = 0.89 * E;
	ck_assert_double_eq(row->map(&in, u, out), 0);
	/* baryon number: leptons by the loop alone */
	p.par[2] = 1;
	a.p.e = E;
	ck_close(row->map(&in, u, out), s * pow(BSM_ALPHA / (4 * BSM_PI), 2), 1e-9);
}
END_TEST

TEST_MAIN("dark_photon", test_refusals, test_range, test_bremsstrahlung, test_engine, test_annihilation)
