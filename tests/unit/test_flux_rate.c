/* Flux x cross-section x exposure, closed: neutrino-electron scattering in liquid argon with the published flux of DUNE's
 * near detector. Reference: 156 per ton and 1.1e21 protons at tree level, 123 with T > 0.5 GeV. Needs the published flux
 * table (folder named by BSMNU_SHARED_DATA, or ../shared/data beside the tree); skipped by name without it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check_main.h"
#include "core/constants.h"
#include "engine/job.h"

static const struct bsm_param param[] = {{"s2w", "", "", 0.23122, 0, 1, 0}, {0}};

/* g_L, g_R of nu_mu; the charged current adds 1 to g_L for nu_e; an antineutrino swaps them. */
static double nu_e(const struct bsm_in *in, const struct bsm_particle *out)
{
	double s = in->par[0], l = s - 0.5 + (in->a->pdg == 12 || in->a->pdg == -12), r = s;
	double gl = in->a->pdg > 0 ? l : r, gr = in->a->pdg > 0 ? r : l, m = in->b->m;
	double a = bsm_p4_dot(in->a->p, in->b->p), b = bsm_p4_dot(in->a->p, out[1].p), c = bsm_p4_dot(in->a->p, out[0].p);
	if (out[1].p.e - m < in->tmin)
		return 0;
	return 64 * BSM_GF * BSM_GF * (gl * gl * a * a + gr * gr * b * b - gl * gr * m * m * c);
}
static const struct bsm_process process[] = {
	{.name = "nu_mu e", .in = 14, .target = BSM_ELECTRON, .out = {14, 11}, .me2 = nu_e},
	{.name = "nubar_mu e", .in = -14, .target = BSM_ELECTRON, .out = {-14, 11}, .me2 = nu_e},
	{.name = "nu_e e", .in = 12, .target = BSM_ELECTRON, .out = {12, 11}, .me2 = nu_e},
	{.name = "nubar_e e", .in = -12, .target = BSM_ELECTRON, .out = {-12, 11}, .me2 = nu_e},
	{0}};
static const struct bsm_chain chain[] = {{"scatter", "", {{.where = BSM_IN_DETECTOR}}}, {0}};
static const struct bsm_model model = {BSM_MODEL_HEAD(nu_electron), .param = param, .process = process, .chain = chain};

static int flux_file(char *path, size_t size)
{
	const char *folder = getenv("BSMNU_SHARED_DATA"), *root = getenv("BSMNU_TEST_ROOT");
	if (folder)
		snprintf(path, size, "%s/dune_nd_flux/flux_dune_neutrino_ND_globes.txt", folder);
	else
		snprintf(path, size, "%s/../shared/data/dune_nd_flux/flux_dune_neutrino_ND_globes.txt", root ? root : ".");
	return !access(path, R_OK);
}

static void open_source(const char *file, struct bsm_node **tree, struct bsm_source *s)
{
	char text[4096];
	struct bsm_ctx ctx = {0};
	snprintf(text, sizeof text, "schema: 1\nkind: flux_table\nname: lbnf\nfile: %s\narea: m2\ninterpolation: histogram\n", file);
	ck_assert_msg(bsm_node_parse(&ctx, "flux.yaml", text, strlen(text), tree) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_source_open(&ctx, *tree, s) == BSM_OK, "%s", ctx.message);
}

static double per_ton(struct bsm_source *s, struct bsm_detector *d, double tmin, double *error)
{
	struct bsm_ctx ctx = {0};
	struct bsm_job job;
	struct bsm_pilot pilot = bsm_pilot_default();
	struct bsm_job_spec spec = {.chain = chain, .source = s, .detector = d, .beam = "lbnf", .tmin = tmin};
	bsm_point_default(&spec.point, &model);
	ck_assert_msg(bsm_job_init(&ctx, &spec, &job) == BSM_OK, "%s", ctx.message);
	pilot.final = 400000;
	ck_assert_msg(bsm_job_pilot(&ctx, &job, &pilot) == BSM_OK, "%s", ctx.message);
	double tons = job.detector.volume_m3 * d->volume[0].material->density, n = job.rate * 1.1e21 / tons;
	*error = job.rate_error * 1.1e21 / tons;
	bsm_job_free(&job);
	return n;
}

START_TEST(test_nu_electron_at_the_near_detector)
{
	char path[4000];
	if (!flux_file(path, sizeof path)) {
		printf("skipped: nu_electron_at_the_near_detector (no published DUNE flux here)\n");
		return;
	}
	struct bsm_node *tree;
	struct bsm_source s;
	struct bsm_detector d;
	double error;
	memset(&d, 0, sizeof d);
	d.nvolume = d.nframe = 1;
	strcpy(d.frame[0].beam, "lbnf");
	d.frame[0].origin = (struct bsm_p4){0, 0, 0, 574};
	for (int i = 0; i < 3; i++)
		d.frame[0].R[i][i] = 1;
	d.volume[0] = (struct bsm_volume){.shape = BSM_BOX, .role = BSM_FIDUCIAL, .half = {0, 3, 1, 1.5}};
	d.volume[0].material = bsm_material_find("LAr");
	d.wanted = 1u << BSM_FIDUCIAL;
	open_source(path, &tree, &s);
	struct bsm_ctx ctx = {0};
	struct bsm_aperture a = {{0, 0, 0, 574}, sqrt(9 + 1 + 2.25)};
	ck_assert_int_eq(s.aim(&ctx, &s, &a), BSM_OK);
	double n = per_ton(&s, &d, 0, &error);
	ck_assert_msg(fabs(n / 156 - 1) < 0.01 + 4 * error / n, "%g +- %g per ton, expected 156", n, error);
	n = per_ton(&s, &d, 0.5, &error);
	ck_assert_msg(fabs(n / 123 - 1) < 0.01 + 4 * error / n, "%g +- %g per ton above 0.5 GeV, expected 123", n, error);
	bsm_source_close(&s);
	bsm_node_free(tree);
}
END_TEST

TEST_MAIN("flux_rate", test_nu_electron_at_the_near_detector)
