/* The engine's scatterings: hits along a line, bound nucleons, exchange peaks, tracks and captures at the source. */
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "core/random.h"
#include "engine/job.h"
#include "kinematics/exchange.h"
#include "kinematics/particles.h"
#include "nucleus/fermi_gas.h"
#include "physics/dark_scattering.h"
#include "physics/nucleon_form_factors.h"
#include "source/beamline/cross_sections.h"

extern const struct bsm_model bsm_model_millicharge, bsm_model_light_dark_matter;

/* ---- a gun and a box of argon behind it ---- */
struct gun { int32_t pdg; double m, p; };
static double fire(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct gun *g = s->data;
	(void)component;
	*out = (struct bsm_particle){.pdg = g->pdg, .m = g->m, .p = {sqrt(g->p * g->p + g->m * g->m), 1e-9 * u[0], 0, g->p}};
	return 1;
}

struct bench {
	struct gun gun;
	struct bsm_component component;
	struct bsm_source source;
	struct bsm_detector detector;
	struct bsm_job_spec spec;
};

static void setup(struct bench *b, const struct bsm_model *m, const char *settings, const struct bsm_chain *chain)
{
	memset(b, 0, sizeof *b);
	b->source = (struct bsm_source){.name = "gun", .ncomponent = 1, .component = &b->component, .ndim = 1, .ray = fire, .data = &b->gun};
	struct bsm_detector *d = &b->detector;
	d->nvolume = d->nframe = 1;
	strcpy(d->frame[0].beam, "gun");
	d->frame[0].origin.z = 50;
	for (int i = 0; i < 3; i++)
		d->frame[0].R[i][i] = 1;
	d->volume[0] = (struct bsm_volume){.shape = BSM_BOX, .role = BSM_FIDUCIAL, .half = {0, 1, 1, 2.5}, .material = bsm_material_find("LAr")};
	d->wanted = 1u << BSM_FIDUCIAL;
	b->spec = (struct bsm_job_spec){.chain = chain, .source = &b->source, .detector = d, .beam = "gun"};
	bsm_point_default(&b->spec.point, m);
	struct bsm_ctx ctx = {0};
	ck_assert_msg(bsm_point_set_list(&ctx, &b->spec.point, settings) == BSM_OK, "%s", ctx.message);
}

static double rate(const struct bench *b, long n, double *error)
{
	struct bsm_ctx ctx = {0};
	struct bsm_job job;
	double u[BSM_STEPS * (BSM_DIMS + 1)], sum = 0, sum2 = 0;
	ck_assert_msg(bsm_job_init(&ctx, &b->spec, &job) == BSM_OK, "%s", ctx.message);
	for (long i = 0; i < n; i++) {
		struct bsm_rng rng = bsm_rng_make(7, BSM_FOR_VERIFY, (uint64_t)i, 0);
		bsm_rng_fill(&rng, u, job.ndim);
		double w = bsm_job_eval(&job, u, NULL, NULL);
		sum += w;
		sum2 += w * w;
	}
	bsm_job_free(&job);
	*error = sqrt((sum2 / (double)n - sum * sum / (double)n / (double)n) / (double)n);
	return sum / (double)n;
}

static void same(double value, double error, double expected)
{
	ck_assert_msg(fabs(value - expected) < 5 * error + 1e-9 * expected, "%.6g +- %.2g, expected %.6g", value, error, expected);
	ck_assert_msg(error < 0.02 * expected, "%.6g +- %.2g: too few to tell", value, error);
}

/* eps = .01, 5 GeV, 100 MeV, T > 1 MeV, 5 m of argon: Poisson with a mean of 4.807e-3; and where hits are many. */
START_TEST(hits_on_a_line)
{
	static const struct bsm_chain one = {"one", "", {{.process = "chi*", .where = BSM_IN_DETECTOR, .first = 1}}};
	static const struct bsm_chain two = {
		"two", "", {{.process = "chi*", .where = BSM_IN_DETECTOR, .first = 1},
			    {.process = "chi*", .where = BSM_IN_DETECTOR, .take = 9900051, .first = 1}}};
	static const struct { const char *set; double eps; } row[] = {{"mass=0.1 GeV, eps=1e-2", 1e-2}, {"mass=0.1 GeV, eps=0.2", 0.2}};
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++) {
			struct bench b;
			setup(&b, &bsm_model_millicharge, row[i].set, k ? &two : &one);
			b.gun = (struct gun){9900051, 0.1, sqrt(25 - 0.01)};
			b.component.pdg = 9900051;
			b.spec.tmin = 1e-3;
			double e, e2 = pow(4 * BSM_PI * BSM_ALPHA * row[i].eps, 2), n;
			n = bsm_dark_electron_sigma(BSM_DARK_DIRAC, 5, 0.1, 0, e2, 1e-3, INFINITY) *
			    bsm_material_electrons(bsm_material_find("LAr")) * 500;
			double value = rate(&b, 40000, &e), expected = k ? -expm1(-n) - n * exp(-n) : -expm1(-n);
			/* the first hit takes a little of the energy */
			same(value, hypot(e, k ? 2e-3 * expected : 0), expected);
		}
}
END_TEST

/* Without recoil threshold the exchange of a photon is refused, in words. */
START_TEST(photon_needs_threshold)
{
	static const struct bsm_chain one = {"one", "", {{.process = "chi*", .where = BSM_IN_DETECTOR}}};
	struct bench b;
	struct bsm_ctx ctx = {0};
	struct bsm_job job;
	setup(&b, &bsm_model_millicharge, "", &one);
	b.gun = (struct gun){9900051, 0.01, 5};
	b.component.pdg = 9900051;
	ck_assert_int_eq(bsm_job_init(&ctx, &b.spec, &job), BSM_E_MODEL);
	ck_assert_ptr_nonnull(strstr(ctx.message, "recoil_min"));
}
END_TEST

/* On bound nucleons: fewer than on free ones where recoils are soft, for there Pauli blocks; almost as many where they are hard. */
START_TEST(bound_nucleons)
{
	static const struct bsm_chain protons = {"p", "", {{.process = "chi p -> chi p", .where = BSM_IN_DETECTOR}}};
	/* a heavy mediator makes recoils hard, a light one soft */
	static const struct { const char *set; double tmin, lo, hi; } row[] = {
		{"mass=0.01 GeV, m_V=10 GeV", 0, 0.85, 1}, {"mass=0.01 GeV, m_V=0.05 GeV", 0, 0.02, 0.5}};
	for (int i = 0; i < 2; i++) {
		double value[2], e;
		for (int k = 0; k < 2; k++) {
			struct bench b;
			setup(&b, &bsm_model_light_dark_matter, row[i].set, &protons);
			b.gun = (struct gun){52, 0.01, 5};
			b.component.pdg = 52;
			b.spec.tmin = row[i].tmin;
			b.spec.free_nucleons = k;
			value[k] = rate(&b, 60000, &e);
			ck_assert(value[k] > 0 && e < 0.05 * value[k]);
		}
		ck_assert_msg(value[0] / value[1] > row[i].lo && value[0] / value[1] < row[i].hi, "bound / free %g", value[0] / value[1]);
	}
}
END_TEST

/* A uniform sphere: <p2> = 3/5 kf2; nothing inside is free; off the shell by the binding. */
START_TEST(fermi_gas)
{
	struct bsm_fermi_gas g = bsm_fermi_gas(12, 6, 2212);
	double m = bsm_pdg_mass(2212), sum = 0;
	enum { N = 20000 };
	ck_assert_double_eq(g.kf, 0.221);
	ck_assert_double_eq(bsm_fermi_gas(1, 1, 2212).kf, 0);
	ck_assert(bsm_fermi_gas(40, 18, 2112).kf > bsm_fermi_gas(40, 18, 2212).kf);
	for (int i = 0; i < N; i++) {
		double u[3];
		struct bsm_rng rng = bsm_rng_make(3, BSM_FOR_VERIFY, (uint64_t)i, 0);
		struct bsm_particle n;
		bsm_rng_fill(&rng, u, 3);
		bsm_fermi_gas_draw(&g, m, u, &n);
		double p2 = bsm_p4_dot3(n.p, n.p);
		sum += p2;
		ck_assert(!bsm_fermi_gas_allows(&g, n.p) && n.m < m);
		ck_assert_double_eq_tol(n.p.e, sqrt(m * m + p2) - 0.025, 1e-14);
	}
	ck_assert_double_eq_tol(sum / N, 0.6 * 0.221 * 0.221, 5 * 0.01 * 0.6 * 0.221 * 0.221 / 2);
}
END_TEST

/* Flat in the variable that the propagator gives: the integral of 1/(M2 - t)^2 over phase space in closed form, for peaks from
 * wide to thirteen powers of ten narrow; and the kinematics closes. */
START_TEST(exchange_peaks)
{
	static const double masses[] = {10, 1, 0.05, 1e-3, 1e-6};
	for (int i = 0; i < 5; i++)
		for (double E = 0.05; E < 200; E *= 8) {
			struct bsm_particle a = {.m = 0.01, .p = {0.01 + E, 0, 0, sqrt(E * (E + 0.02))}}, b = {.m = 0.938, .p = {0.938, 0, 0, 0}};
			struct bsm_particle out[2] = {{.m = 0.01}, {.m = 0.938}};
			struct bsm_exchange x = {masses[i], 2, 0, INFINITY};
			double near, far, s = 0.01 * 0.01 + 0.938 * 0.938 + 2 * 0.938 * a.p.e, M2 = masses[i] * masses[i], sum = 0;
			ck_assert(bsm_exchange_range(s, 0.01, 0.938, 0.01, 0.938, &near, &far));
			ck_assert(near >= 0 && near < 1e-20);
			for (int k = 0; k < 20; k++) {
				const double u[2] = {(k + 0.5) / 20, 0.37};
				double w = bsm_exchange_split(&x, &a, &b, out, u);
				struct bsm_p4 q = bsm_p4_sub(out[1].p, b.p), d = bsm_p4_sub(bsm_p4_add(a.p, b.p), bsm_p4_add(out[0].p, out[1].p));
				double q2 = -bsm_p4_dot(q, q);
				sum += w / ((M2 + q2) * (M2 + q2)) / 20;
				ck_assert(fabs(d.e) + fabs(d.x) + fabs(d.y) + fabs(d.z) < 1e-12 * (a.p.e + 1));
			}
			double p = bsm_p4_mag(a.p), closed = (1 / (M2 + near) - 1 / (M2 + far)) / (16 * BSM_PI * 0.938 * p);
			ck_assert_msg(fabs(sum / closed - 1) < 1e-6, "M %g E %g: %g", masses[i], E, sum / closed);
		}
}
END_TEST

/* Recoils of a target at rest stay within what is asked for. */
START_TEST(recoil_window)
{
	struct bsm_particle a = {.m = 0.03, .p = {5, 0, 0, sqrt(25 - 9e-4)}}, b = {.m = 0.000511, .p = {0.000511, 0, 0, 0}};
	struct bsm_particle out[2] = {{.m = 0.03}, {.m = 0.000511}};
	struct bsm_exchange x = {0, 2, 1e-3, 0.5};
	for (int k = 0; k <= 10; k++) {
		const double u[2] = {k / 10., 0.1};
		ck_assert(bsm_exchange_split(&x, &a, &b, out, u) > 0);
		double T = out[1].p.e - out[1].m;
		ck_assert(T > 1e-3 * (1 - 1e-9) && T < 0.5 * (1 + 1e-9));
	}
	x.tmin = 10;
	ck_assert(!(bsm_exchange_split(&x, &a, &b, out, (const double[2]){0.5, 0.5}) > 0));
}
END_TEST

/* Sachs form factors at rest and at 1 GeV2 against the dipole; the Delta at the photon point. */
START_TEST(form_factors)
{
	struct bsm_sachs p = bsm_sachs_proton(0), n = bsm_sachs_neutron(0), at = bsm_sachs_proton(1);
	ck_assert_double_eq_tol(p.ge, 1, 1e-12);
	ck_assert_double_eq_tol(p.gm, 2.7928473, 1e-6);
	ck_assert_double_eq_tol(n.ge, 0, 1e-12);
	ck_assert_double_eq_tol(n.gm, -1.9130427, 1e-6);
	double dipole = 1 / pow(1 + 1 / 0.71, 2);
	ck_assert_double_eq_tol(at.gm / 2.7928473 / dipole, 1.05, 0.03);
	ck_assert_double_eq_tol(at.ge / dipole, 0.98, 0.06); /* falls below the magnetic one */
	ck_assert(bsm_delta_sigma_t(0, 1.232) > bsm_delta_sigma_t(0, 1.1) && bsm_delta_sigma_t(0, 1.232) > bsm_delta_sigma_t(0.5, 1.232));
	ck_assert_double_eq_tol(bsm_delta_width(1.232), 0.117, 1e-12);
}
END_TEST

/* Events of a track = length x density x cross-section: the total radiated, without an aim, is the map's own integral. */
static const double track_m = 0.5;
static double proton_track(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	(void)component, (void)u;
	const struct gun *g = s->data;
	*out = (struct bsm_particle){.pdg = g->pdg, .m = g->m, .p = {sqrt(g->p * g->p + g->m * g->m), 0, 0, g->p}};
	return track_m;
}
static double flat(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	/* one microbarn per nucleus, forwards into the box for u < .25 */
	double p = u[0] < 0.25 ? 3 : -3;
	out[0].p = (struct bsm_p4){sqrt(9 + out[0].m * out[0].m), 0, 0, p};
	return in->nuc && in->nuc->Z == 6 ? 1e-30 : 0;
}
static double light(const double *par)
{
	(void)par;
	return 0.01;
}
static double once(const struct bsm_in *in)
{
	(void)in;
	return 1e-20;
}
START_TEST(tracks_at_the_source)
{
	static const struct bsm_species species[] = {{9900099, "X", 0, 0, NULL, light}, {0}};
	static const struct bsm_process rows[] = {
		{.name = "p A -> X", .in = 2212, .target = BSM_NUCLEUS, .out = {9900099}, .flags = BSM_INCLUSIVE, .ndim = 1, .map = flat},
		{.name = "X -> e e", .in = 9900099, .out = {11, -11}, .total = once}, {0}};
	static const struct bsm_chain chain = {"decay", "", {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = 9900099}}};
	static const struct bsm_param none[] = {{0}};
	static const struct bsm_model model = {BSM_MODEL_HEAD(flat), .param = none, .species = species, .process = rows, .chain = &chain};
	struct bench b;
	setup(&b, &model, "", &chain);
	b.gun = (struct gun){2212, bsm_pdg_mass(2212), 120};
	b.source.ray = proton_track;
	b.component = (struct bsm_component){.pdg = 2212, .yield = track_m, .medium = bsm_material_find("graphite")};
	double e, mu = 1e-20 * 0.01 / (3 * BSM_HBARC), value = rate(&b, 40000, &e);
	double made = 100 * track_m * bsm_material_nuclei(b.component.medium, 6) * 1e-30 * 0.25;
	same(value, e, made * exp(-mu * 47.5) * -expm1(-mu * 5));
}
END_TEST

TEST_MAIN("scattering", hits_on_a_line, photon_needs_threshold, bound_nucleons, fermi_gas, exchange_peaks, recoil_window, form_factors,
	  tracks_at_the_source)
