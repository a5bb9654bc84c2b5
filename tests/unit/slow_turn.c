/* Turned drafts against rays: the same rate from the same source by two samplings that share no Jacobian. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "engine/job.h"
#include "kinematics/particles.h"

#define X 9900099
static const struct bsm_param param[] = {{"mass", "GeV", "", 0.2, 0, 1.7, 0}, {0}};
static double mass(const double *par)
{
	return par[0];
}
static const struct bsm_species species[] = {{X, "X", 0, 0, NULL, mass}, {0}};
static double flat(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)out;
	return bsm_pdg_width(in->a->pdg) * in->a->m;
}
/* Leans on the spin of the muon and the tau, so that polarisation has to turn too. */
static double polarised(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_p4 S = bsm_pol_vector(in->a);
	double k = bsm_two_body_p(in->a->m, out[0].m, out[1].m);
	return flat(in, out) * (1 + 0.9 * bsm_p4_dot(S, out[1].p) / k);
}
static double decay(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)out;
	(void)in;
	return 1e-18;
}
static const struct bsm_process process[] = {
	{.name = "pi+ -> mu+ X", .in = 211, .out = {-13, X}, .flags = BSM_CC, .me2 = flat},
	{.name = "K+ -> pi+ X", .in = 321, .out = {211, X}, .flags = BSM_CC, .me2 = flat},
	{.name = "K+ -> pi0 e+ X", .in = 321, .out = {111, -11, X}, .flags = BSM_CC, .me2 = flat},
	{.name = "D+ -> K0 X", .in = 411, .out = {311, X}, .flags = BSM_CC, .me2 = flat},
	{.name = "mu- -> e- X", .in = 13, .out = {11, X}, .flags = BSM_CC, .me2 = polarised},
	{.name = "tau- -> pi- X", .in = 15, .out = {-211, X}, .flags = BSM_CC, .me2 = polarised},
	{.name = "X -> e e", .in = X, .out = {11, -11}, .flags = BSM_CC, .me2 = decay},
	{0}};
static const struct bsm_chain chain[] = {{"c", "", {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = X}}}, {0}};
static const struct bsm_model model = {BSM_MODEL_HEAD(test), .param = param, .species = species, .process = process,
				       .chain = chain};

struct site { double x, z; struct bsm_p4 half; enum bsm_shape shape; };

static void place(struct bsm_detector *d, const struct site *s)
{
	memset(d, 0, sizeof *d);
	d->nvolume = d->nframe = 1;
	strcpy(d->frame[0].beam, "b");
	d->frame[0].origin = (struct bsm_p4){0, s->x, 1, s->z};
	for (int i = 0; i < 3; i++)
		d->frame[0].R[i][i] = 1;
	d->volume[0] = (struct bsm_volume){.shape = s->shape, .role = BSM_FIDUCIAL, .half = s->half, .axis = {0, 1, 0, 0}};
	d->volume[0].material = bsm_material_find("LAr");
	d->wanted = 1u << BSM_FIDUCIAL;
}

static double rate(struct bsm_source *s, const struct site *site, const char *production, double m, int rays, double *error)
{
	struct bsm_ctx ctx = {0};
	struct bsm_job job;
	struct bsm_detector d;
	struct bsm_pilot pilot = bsm_pilot_default();
	struct bsm_job_spec spec = {.chain = chain, .production = production, .source = s, .detector = &d, .beam = "b",
				    .rays_only = rays};
	place(&d, site);
	bsm_point_default(&spec.point, &model);
	spec.point.par[0] = m;
	pilot.final = rays ? 400000 : 150000;
	ck_assert_msg(bsm_job_init(&ctx, &spec, &job) == BSM_OK, "%s", ctx.message);
	ck_assert_int_eq(job.turns, !rays);
	ck_assert_msg(bsm_job_pilot(&ctx, &job, &pilot) == BSM_OK, "%s", ctx.message);
	double r = job.rate;
	*error = job.rate_error;
	bsm_job_free(&job);
	return r;
}

static void open_lbnf(struct bsm_source *s, struct bsm_node **tree)
{
	struct bsm_ctx ctx = {0};
	char path[4096];
	snprintf(path, sizeof path, "%s/sources/lbnf_target.yaml", BSM_SOURCE_DATA);
	ck_assert_msg(bsm_node_read(&ctx, path, tree) == BSM_OK && bsm_source_open(&ctx, *tree, s) == BSM_OK, "%s", ctx.message);
}

START_TEST(test_turned_is_rays)
{
	static const struct site sites[] = {
		{0, 574, {0, 3.5, 1.5, 2.5}, BSM_BOX},
		{30, 574, {0, 2.6, 0, 2.5}, BSM_CYLINDER},
		{0, 300, {0, 10, 0, 0}, BSM_SPHERE},
	};
	static const struct { const char *production; double m; } row[] = {
		{"pi+*", 0.02}, {"K+ -> pi+*", 0.2}, {"K+ -> pi0*", 0.1}, {"D*", 1.2}, {"mu*", 0.05}, {"tau*", 1.0}};
	struct bsm_source s;
	struct bsm_node *tree;
	open_lbnf(&s, &tree);
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 6; k++) {
			double e1, e2, a = rate(&s, &sites[i], row[k].production, row[k].m, 0, &e1);
			double b = rate(&s, &sites[i], row[k].production, row[k].m, 1, &e2);
			ck_assert_msg(fabs(a - b) < 4.5 * hypot(e1, e2) && a > 0, "site %d, %s: turned %g +- %g, rays %g +- %g", i,
				      row[k].production, a, e1, b, e2);
		}
	bsm_source_close(&s);
	bsm_node_free(tree);
}
END_TEST

TEST_MAIN("turn", test_turned_is_rays)
