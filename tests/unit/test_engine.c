/* The engine on models of this file: closed forms for rates of decay and scattering, reweighting, and refusals. */
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "core/random.h"
#include "core/blocks.h"
#include "engine/job.h"
#include "kinematics/phase_volume.h"
#include "engine/reweight.h"
#include "kinematics/particles.h"

/* ---- a model: K+ -> pi+ X, X -> e e; nu e -> nu e with a massive mediator; K_L -> X X, muons in the detector ---- */
#define X 9900099
enum { MASS, G, GE, MEDIATOR };
static const struct bsm_param param[] = {
	{"mass", "GeV", "", 0.2, 0.01, 0.35, 0}, {"g", "", "", 1, 0, 10, 0}, {"ge", "", "", 1e-9, 0, 1, 0},
	{"mediator", "GeV", "", 0.05, 1e-4, 10, 0}, {0}};
static double mass(const double *par)
{
	return par[MASS];
}
static int itself(const double *par)
{
	return par != NULL;
}
static const struct bsm_species species[] = {{X, "X", 0, 0, itself, mass}, {0}};
static double make(const struct bsm_in *in, const struct bsm_particle *out)
{
	return in->par[G] * in->par[G] * bsm_two_body_me2(0.1 * bsm_pdg_width(321), in->a->m, out[0].m, out[1].m);
}
static double decay(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)out;
	return 2 * in->par[GE] * in->par[GE] * in->a->m * in->a->m;
}
/* |M|^2 = 64 G^2 (p_nu.p_e)^2 M^4/(M^2 - t)^2: a constant dsigma/dT = 2 G^2 m_e/pi for M -> infinity */
static double scatter(const struct bsm_in *in, const struct bsm_particle *out)
{
	double G2 = BSM_GF * BSM_GF * in->par[G] * in->par[G], s = bsm_p4_dot(in->a->p, in->b->p), M2 = in->par[MEDIATOR];
	M2 *= M2;
	double t = 2 * in->b->m * (in->b->m - out[1].p.e), T = out[1].p.e - in->b->m;
	return T < in->tmin ? 0 : 64 * G2 * s * s * M2 * M2 / ((M2 - t) * (M2 - t));
}
static double pair(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_two_body_me2(0.1 * bsm_pdg_width(130), in->a->m, out[0].m, out[1].m);
}
static double constant(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)in, (void)out;
	return 1e-14;
}
static const struct bsm_process process[] = {
	{.name = "K+ -> pi+ X", .in = 321, .out = {211, X}, .flags = BSM_CC, .me2 = make},
	{.name = "X -> e- e+", .in = X, .out = {11, -11}, .me2 = decay},
	{.name = "K_L -> X X", .in = 130, .out = {X, X}, .me2 = pair},
	{.name = "mu- -> e- X", .in = 13, .out = {11, X}, .me2 = constant},
	{.name = "mu- e -> mu- e", .in = 13, .target = BSM_ELECTRON, .out = {13, 11}, .me2 = constant},
	{.name = "nu e -> nu e", .in = 14, .target = BSM_ELECTRON, .out = {14, 11}, .me2 = scatter},
	{0}};
static const struct bsm_chain chain[] = {
	{"decay", "", {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = X}}},
	{"scatter", "", {{.process = "nu e*", .where = BSM_IN_DETECTOR}}},
	{"muon decay", "", {{.process = "mu- -> e- X", .where = BSM_IN_DETECTOR}}},
	{"muon scatter", "", {{.process = "mu- e*", .where = BSM_IN_DETECTOR}}},
	{"both at the source", "", {{.where = BSM_AT_SOURCE}, {.where = BSM_AT_SOURCE, .take = X}}},
	{0}};
static const struct bsm_model model = {BSM_MODEL_HEAD(test), .doc = "", .param = param, .species = species,
				       .process = process, .chain = chain, .couplings = "g,ge"};

/* ---- a source: one particle along z at the origin ---- */
struct beam { int32_t pdg; double p, spread; };
static double ray(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct beam *b = s->data;
	double m = bsm_pdg_mass(b->pdg), r = b->spread * sqrt(u[0]), f = 2 * BSM_PI * u[1];
	(void)component;
	*out = (struct bsm_particle){.pdg = b->pdg, .m = m};
	out->p = (struct bsm_p4){sqrt(b->p * b->p + m * m), 0, 0, b->p};
	out->x = (struct bsm_p4){0, r * cos(f), r * sin(f), 0};
	return 2;
}

struct set {
	struct beam beam;
	struct bsm_component component;
	struct bsm_source source;
	struct bsm_detector detector;
	struct bsm_job_spec spec;
};

static void prepare(struct set *t, int which, int32_t pdg, double p)
{
	memset(t, 0, sizeof *t);
	t->beam = (struct beam){pdg, p, which ? 0.5 : 0};
	t->component = (struct bsm_component){.pdg = pdg, .decays = !which};
	t->source = (struct bsm_source){.name = "b", .frame = "b", .ncomponent = 1, .component = &t->component, .ndim = 2, .ray = ray, .data = &t->beam};
	t->detector.nvolume = t->detector.nframe = 1;
	strcpy(t->detector.name, "box");
	strcpy(t->detector.frame[0].beam, "b");
	t->detector.frame[0].origin = (struct bsm_p4){0, 0, 0, 100};
	for (int i = 0; i < 3; i++)
		t->detector.frame[0].R[i][i] = 1;
	t->detector.volume[0] = (struct bsm_volume){.shape = BSM_BOX, .role = BSM_FIDUCIAL, .half = {0, 1, 1, 2}};
	t->detector.volume[0].material = bsm_material_find("LAr");
	t->detector.wanted = 1u << BSM_FIDUCIAL;
	bsm_point_default(&t->spec.point, &model);
	t->spec.chain = &chain[which];
	t->spec.source = &t->source;
	t->spec.detector = &t->detector;
}

static struct bsm_ctx ctx;

static void measure(struct bsm_job *job, double *rate, double *error)
{
	struct bsm_pilot pilot = bsm_pilot_default();
	ctx = (struct bsm_ctx){0};
	ck_assert_msg(bsm_job_pilot(&ctx, job, &pilot) == BSM_OK, "%s", ctx.message);
	*rate = job->rate;
	*error = job->rate_error;
}

static void ignore_step(void *arg, const struct bsm_kept *step)
{
	(void)arg, (void)step;
}

/* Every trial of this source has the same fluence but for the Jacobian of the adapted grid, which is divided out. */
static double mean_fluence(const struct bsm_job *job)
{
	double sum = 0, u[64];
	enum { N = 400 };
	for (int i = 0; i < N; i++) {
		struct bsm_rng rng = bsm_rng_make(2, BSM_FOR_VERIFY, (uint64_t)i, 9);
		bsm_rng_fill(&rng, u, job->ndim);
		double x[BSM_DIMS], w = bsm_job_flux(job, u, ignore_step, NULL);
		sum += w / bsm_grid_map(&job->link[0].channel[0].grid, u + 1, x, NULL) / N;
	}
	return sum;
}

START_TEST(test_scattering_total)
{
	/* sigma = (2 G^2 m_e / pi) int dT M^4/(M^2 + 2 m_e T)^2 from T_min to T_max, over 4 m of argon, weight 2 */
	static const double mass_of[] = {5e-4, 0.05, 5};
	static const double tmin[] = {0, 1e-3, 0.5};
	for (int i = 0; i < 9; i++) {
		struct set t;
		struct bsm_job job;
		double M = mass_of[i % 3], E = 2, me = bsm_pdg_mass(11), T0 = tmin[i / 3], T1 = 2 * E * E / (me + 2 * E);
		prepare(&t, 1, 14, E);
		t.spec.point.par[MEDIATOR] = M;
		t.spec.tmin = T0;
		ctx = (struct bsm_ctx){0};
		ck_assert_msg(bsm_job_init(&ctx, &t.spec, &job) == BSM_OK, "%s", ctx.message);
		double M2 = M * M, integral = M2 * M2 * (T1 - T0) / ((M2 + 2 * me * T0) * (M2 + 2 * me * T1));
		double sigma = 2 * BSM_GF * BSM_GF * me / BSM_PI * integral * BSM_HBARC2_CM2;
		double expected = 2 * sigma * bsm_material_electrons(t.detector.volume[0].material) * 400, rate, error;
		measure(&job, &rate, &error);
		/* fluence: weight 2, 4 m of track in 16 m3 */
		ck_close(mean_fluence(&job), 0.5, 1e-12);
		ck_assert_msg(fabs(rate - expected) < 4.5 * error + 1e-9 * expected && error < 0.02 * expected,
			      "M = %g, T > %g: %g +- %g, expected %g", M, T0, rate, error, expected);
		bsm_job_free(&job);
	}
}
END_TEST

static void decay_along_a_line(int two)
{
	/* A light X from a fast kaon straight at a box that holds all of them: number = 2 BR (1 - e^-L/l) e^-D/l at one energy
	 * each; integrated over the flat energy spectrum of the two-body decay. Of K_L -> X X, each of the two counts. */
	struct set t;
	struct bsm_job job;
	double rate, error, sum = 0;
	prepare(&t, 0, two ? 130 : 321, 50);
	t.detector.volume[0].half = (struct bsm_p4){0, 40, 40, 2};
	t.spec.point.par[GE] = 3e-8;
	ctx = (struct bsm_ctx){0};
	ck_assert_msg(bsm_job_init(&ctx, &t.spec, &job) == BSM_OK, "%s", ctx.message);
	double m = 0.2, mK = bsm_pdg_mass(two ? 130 : 321), mpi = two ? m : bsm_pdg_mass(211), ps = bsm_two_body_p(mK, mpi, m), es = sqrt(ps * ps + m * m);
	double width = bsm_model_width(&model, t.spec.point.par, job.derived, X), EK = sqrt(2500 + mK * mK);
	enum { N = 2000 };
	for (int i = 0; i < N; i++) {
		double c = 2 * (i + 0.5) / N - 1, E = EK / mK * es + 50 / mK * ps * c, p = sqrt(E * E - m * m);
		double pz = EK / mK * ps * c + 50 / mK * es, mu = width * m / (p * BSM_HBARC), k = p / pz;
		if (sqrt(p * p - pz * pz) / pz * 102 < 40)
			sum += (two ? 4 : 2) * 0.1 * exp(-mu * 98 * k) * -expm1(-mu * 4 * k) / N;
	}
	measure(&job, &rate, &error);
	ck_assert_msg(fabs(rate - sum) < 4.5 * error + 2e-3 * sum, "%g +- %g, expected %g", rate, error, sum);
	bsm_job_free(&job);
}

START_TEST(test_decay_along_a_line)
{
	decay_along_a_line(0);
	decay_along_a_line(1);
}
END_TEST

/* A muon of 100 m decay length flies into the box, and decays or scatters there. */
START_TEST(test_unstable_rays)
{
	for (int which = 2; which <= 3; which++) {
		struct set t;
		struct bsm_job job;
		double m = bsm_pdg_mass(13), me = bsm_pdg_mass(11), p = m * 100 / bsm_pdg_ctau(13), rate, error;
		prepare(&t, which, 13, p);
		t.spec.point.par[MASS] = 0.05;
		ctx = (struct bsm_ctx){0};
		ck_assert_msg(bsm_job_init(&ctx, &t.spec, &job) == BSM_OK, "%s", ctx.message);
		double decays = 2 * exp(-0.98) * -expm1(-0.04), s = m * m + me * me + 2 * me * sqrt(p * p + m * m), expected;
		/* sigma = |M|^2/(16 pi s) of an elastic scattering */
		if (which == 2)
			expected = decays * bsm_two_body_width(1e-14, m, me, 0.05) / bsm_pdg_width(13);
		else
			expected = decays * 1e4 * bsm_material_electrons(t.detector.volume[0].material) * 1e-14 *
				   BSM_HBARC2_CM2 / (16 * BSM_PI * s);
		measure(&job, &rate, &error);
		ck_assert_msg(fabs(rate - expected) < 4.5 * error + 1e-9 * expected && error < 0.02 * expected,
			      "chain %d: %g +- %g, expected %g", which, rate, error, expected);
		bsm_job_free(&job);
	}
}
END_TEST

START_TEST(test_reweighting)
{
	struct set t;
	struct bsm_job job;
	struct bsm_sample *sample;
	double rate, error, other, other_error, ess;
	struct bsm_pilot pilot = bsm_pilot_default();
	prepare(&t, 0, 321, 5);
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_OK);
	ck_assert_int_eq(bsm_job_pilot(&ctx, &job, &pilot), BSM_OK);
	ck_assert_int_eq(bsm_sample_make(&ctx, &job, 50000, 1, &sample), BSM_OK);
	struct bsm_point p = t.spec.point;
	p.par[G] = 3;
	p.par[GE] = 2e-8;
	ck_assert_int_eq(bsm_sample_rate(&ctx, sample, &p, &rate, &error, &ess), BSM_OK);
	t.spec.point = p;
	struct bsm_job direct;
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &direct), BSM_OK);
	measure(&direct, &other, &other_error);
	ck_assert_msg(fabs(rate - other) < 4.5 * hypot(error, other_error), "reweighted %g +- %g, direct %g +- %g", rate, error,
		      other, other_error);
	bsm_sample_free(sample);
	bsm_job_free(&direct);
	bsm_job_free(&job);
}
END_TEST

START_TEST(test_pure_and_consistent_event)
{
	struct set t;
	struct bsm_job job;
	static struct bsm_event a, b;
	prepare(&t, 0, 321, 5);
	t.detector.volume[0].half = (struct bsm_p4){0, 20, 20, 20};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_OK);
	int n = 0;
	for (uint64_t i = 0; i < 2000; i++) {
		double u[64];
		struct bsm_rng rng = bsm_rng_make(1, BSM_FOR_VERIFY, i, 77);
		bsm_rng_fill(&rng, u, job.ndim);
		double w = bsm_job_eval(&job, u, &a, NULL);
		ck_assert_double_eq(w, bsm_job_eval(&job, u, &b, NULL));
		ck_assert_double_eq(w, bsm_job_eval(&job, u, NULL, NULL));
		if (!(w > 0))
			continue;
		n++;
		/* the vertex is inside, where its particle points, at the time that its speed asks for */
		ck_assert_int_eq(bsm_detector_at(&t.detector, a.vertex[0].x), 0);
		double beta = bsm_p4_mag(a.p[0].p) / a.p[0].p.e;
		ck_close(a.vertex[0].x.e, a.history.decay_x.e + a.history.flight_m / (beta * BSM_C), 1e-12);
		ck_assert(a.history.delay_s > 0);
		struct bsm_p4 d = bsm_p4_sub(a.vertex[0].x, a.history.decay_x);
		ck_close(bsm_p4_dot3(d, a.p[0].p), a.history.flight_m * bsm_p4_mag(a.p[0].p), 1e-9);
		ck_assert(a.history.probability > 0 && a.history.probability < 1);
		struct bsm_p4 sum = bsm_p4_sub(bsm_p4_add(a.p[1].p, a.p[2].p), a.p[0].p);
		ck_assert(fabs(sum.e) + fabs(sum.x) + fabs(sum.y) + fabs(sum.z) < 1e-12 * a.p[0].p.e);
	}
	ck_assert_int_gt(n, 100);
	bsm_job_free(&job);
}
END_TEST

START_TEST(test_refusals)
{
	struct set t;
	struct bsm_job job;
	prepare(&t, 0, 321, 5);
	t.spec.beam = "numi";
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_E_GEOMETRY);
	ck_assert_ptr_nonnull(strstr(ctx.message, "gives no place in the beam 'numi'"));
	prepare(&t, 0, 321, 5);
	t.source.dump_z = 200;
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_E_GEOMETRY);
	ck_assert_ptr_nonnull(strstr(ctx.message, "has to stand behind it"));
	prepare(&t, 0, 211, 5);
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_E_MODEL);
	prepare(&t, 0, 321, 5);
	t.spec.decays = "mu mu";
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_E_CLOSED);
	ck_assert_ptr_nonnull(strstr(ctx.message, "no open channel"));
	prepare(&t, 0, 321, 5);
	t.component.decays = 0;
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_E_MODEL);
	ck_assert_ptr_nonnull(strstr(ctx.message, "fly on to the detector, the chain 'decay' asks for such that decay"));
	prepare(&t, 0, 321, 5);
	t.spec.chain = &chain[4];
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_job_init(&ctx, &t.spec, &job), BSM_E_MODEL);
	ck_assert_ptr_nonnull(strstr(ctx.message, "step 2 is at the source, only the first can be"));
}
END_TEST

START_TEST(test_phase_space_volume)
{
	/* massless: s^(n-2) / (2 (4 pi)^(2n-3) (n-1)! (n-2)!); massive: against Monte Carlo */
	struct bsm_particle out[4];
	memset(out, 0, sizeof out);
	ck_close(bsm_phase_space_volume(2, out, 3), 4 / (2 * pow(4 * BSM_PI, 3) * 2), 1e-10);
	ck_close(bsm_phase_space_volume(2, out, 4), 16 / (2 * pow(4 * BSM_PI, 5) * 6 * 2), 1e-10);
	static const double masses[] = {0.1057, 0.1396, 0.135, 0.135};
	for (int i = 0; i < 4; i++)
		out[i].m = masses[i];
	double sum = 0, sum2 = 0, u[8], v = bsm_phase_space_volume(0.8, out, 4);
	enum { N = 200000 };
	for (uint64_t i = 0; i < N; i++) {
		struct bsm_rng rng = bsm_rng_make(4, BSM_FOR_VERIFY, i, 4);
		bsm_rng_fill(&rng, u, 8);
		double w = bsm_phase_space((struct bsm_p4){0.8, 0, 0, 0}, 0.8, 4, out, -1, NULL, u);
		sum += w / N;
		sum2 += w * w / N;
	}
	ck_assert(fabs(sum - v) < 4 * sqrt((sum2 - sum * sum) / N));
}
END_TEST

/* ---- parameters ---- */
START_TEST(test_points)
{
	struct bsm_point p;
	bsm_point_default(&p, &model);
	ck_assert_int_eq(bsm_point_set_list(&ctx, &p, "mass=0.1 GeV, g=2"), BSM_OK);
	ck_close(p.par[MASS], 0.1, 1e-15);
	ck_assert_int_eq(bsm_point_set(&ctx, &p, "mass", "120MeV"), BSM_OK);
	ck_close(p.par[MASS], 0.12, 1e-15);
	static const struct { const char *name, *value; enum bsm_status status; } bad[] = {
		{"mass", "-1 GeV", BSM_E_RANGE}, {"mass", "nan", BSM_E_SYNTAX}, {"mass", "1 m", BSM_E_UNIT},
		{"mas", "1 GeV", BSM_E_KEY}, {"g", "1 GeV", BSM_E_UNIT}};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ctx = (struct bsm_ctx){0};
		ck_assert_msg(bsm_point_set(&ctx, &p, bad[i].name, bad[i].value) == bad[i].status, "%s=%s", bad[i].name, bad[i].value);
	}
	ck_assert(bsm_name_matches("a b, c*", "c d") && bsm_name_matches("a b, c*", "a b") && !bsm_name_matches("a b, c*", "a"));
}
END_TEST

/* ---- blocks: order, bits and failures for any number of threads ---- */
static enum bsm_status make_square(struct bsm_ctx *c, const void *arg, uint64_t block, void *scratch)
{
	if (arg && block == 40)
		return bsm_fail(c, BSM_E_NUMERIC, "block forty");
	*(uint64_t *)scratch = block * block;
	return BSM_OK;
}
static uint64_t taken[100], ntaken;
static enum bsm_status take_square(struct bsm_ctx *c, void *arg, uint64_t block, void *scratch)
{
	(void)c;
	(void)arg;
	ck_assert_uint_eq(*(uint64_t *)scratch, block * block);
	taken[ntaken++] = block;
	return BSM_OK;
}
START_TEST(test_blocks)
{
	for (int threads = 1; threads < 8; threads += 3) {
		struct bsm_blocks b = {.first = 5, .count = 90, .threads = threads, .scratch = 8, .make = make_square, .take = take_square};
		ntaken = 0;
		ctx = (struct bsm_ctx){0};
		ck_assert_int_eq(bsm_blocks_run(&ctx, &b), BSM_OK);
		ck_assert_uint_eq(ntaken, 90);
		for (uint64_t i = 0; i < 90; i++)
			ck_assert_uint_eq(taken[i], i + 5);
		b.arg = &b;
		ntaken = 0;
		ck_assert_int_eq(bsm_blocks_run(&ctx, &b), BSM_E_NUMERIC);
		ck_assert_str_eq(ctx.message, "block forty");
		ck_assert_uint_le(ntaken, 35); /* nothing after the failure */
	}
}
END_TEST

START_TEST(test_sums_of_shards)
{
	/* any cut of a list of terms adds up to the same double */
	struct bsm_sum whole = {0, 0};
	double v[1000];
	for (uint64_t i = 0; i < 1000; i++) {
		struct bsm_rng rng = bsm_rng_make(3, BSM_FOR_VERIFY, i, 5);
		v[i] = exp(40 * bsm_rng_uniform(&rng));
		bsm_sum_add(&whole, v[i]);
	}
	for (int cut = 1; cut < 1000; cut += 37) {
		struct bsm_sum a = {0, 0}, b = {0, 0};
		for (int i = 0; i < 1000; i++)
			bsm_sum_add(i < cut ? &a : &b, v[i]);
		bsm_sum_merge(&a, b);
		ck_assert_double_eq(bsm_sum_value(a), bsm_sum_value(whole));
	}
}
END_TEST

TEST_MAIN("engine", test_scattering_total, test_decay_along_a_line, test_unstable_rays, test_reweighting, test_phase_space_volume, test_pure_and_consistent_event,
	  test_refusals, test_points, test_blocks, test_sums_of_shards)
