/* Dials of a beam and universes of its flux: pulls are unit normals of their own, weights multiply by history, and a
 * universe is the same beam wherever it is looked at. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "core/node.h"
#include "source/beamline/cascade.h"
#include "source/beamline/dials.h"

static struct bsm_ctx ctx;

static enum bsm_status read(const char *text, struct bsm_dials *d)
{
	struct bsm_node *root;
	ctx = (struct bsm_ctx){0};
	ck_assert_msg(bsm_node_parse(&ctx, "beam.yaml", text, strlen(text), &root) == BSM_OK, "%s", ctx.message);
	enum bsm_status status = bsm_dials_read(&ctx, root, d);
	bsm_node_free(root);
	return status;
}

#define SIGMAS "dials: {pion_yield: 4 %, pion_region: 8 %, kaon_region: 10 %, horn_current: 1 %, target_shift: 2 mm}\n"

START_TEST(weights_follow_the_history)
{
	struct bsm_dials d;
	double pull[BSM_DIALS] = {0};
	ck_assert_msg(read(SIGMAS, &d) == BSM_OK, "%s", ctx.message);
	int soft = bsm_history_region(211, 0.02, 0.1), hard = bsm_history_region(321, 0.3, 0.5),
	    i = bsm_dials_find(&d, "pip_xF0_pT0"), k = bsm_dials_find(&d, "Kp_xF2_pT1");
	ck_assert(soft == 1 && i >= 0 && k >= 0);
	ck_close(d.dial[i].sigma, 0.08, 1e-12);
	ck_close(d.dial[bsm_dials_find(&d, "target_shift")].sigma, 2e-3, 1e-12);
	ck_close(bsm_dials_weight(&d, pull, soft), 1, 1e-15);
	pull[i] = 1;
	ck_close(bsm_dials_weight(&d, pull, soft), 1.08, 1e-12);
	ck_close(bsm_dials_weight(&d, pull, hard), 1, 1e-12);
	pull[k] = -2;
	ck_close(bsm_dials_weight(&d, pull, soft + 64 * hard), 1.08 * 0.8, 1e-12);
	pull[bsm_dials_find(&d, "pion_yield")] = 1;
	ck_close(bsm_dials_weight(&d, pull, soft + 64 * soft), 1.08 * 1.08 * 1.04 * 1.04, 1e-12);
	pull[i] = -100; /* a yield is never negative */
	ck_assert(bsm_dials_weight(&d, pull, soft) == 0);
	ck_close(bsm_dials_weight(&d, pull, 0), 1, 1e-15);
}
END_TEST

/* 4000 universes: mean 0, variance 1, no correlation between two dials, 5 sigma each; dials without a size stay. */
START_TEST(pulls_are_normal)
{
	enum { N = 4000 };
	struct bsm_dials d;
	double pull[BSM_DIALS], again[BSM_DIALS], sum = 0, sum2 = 0, cross = 0;
	ck_assert(read(SIGMAS, &d) == BSM_OK);
	for (uint64_t u = 1; u <= N; u++) {
		bsm_dials_draw(&d, 1, u, pull);
		sum += pull[0];
		sum2 += pull[0] * pull[0];
		cross += pull[0] * pull[bsm_dials_find(&d, "horn_current")];
		ck_assert(pull[bsm_dials_find(&d, "nucleon_yield")] == 0);
	}
	ck_assert(fabs(sum / N) < 5 / sqrt(N) && fabs(sum2 / N - 1) < 5 * sqrt(2.0 / N) &&
		  fabs(cross / N) < 5 / sqrt(N));
	bsm_dials_draw(&d, 1, 7, pull);
	bsm_dials_draw(&d, 1, 7, again);
	ck_assert(memcmp(pull, again, sizeof(double) * (size_t)d.n) == 0);
	bsm_dials_draw(&d, 2, 7, again);
	ck_assert(pull[0] != again[0]);
	struct bsm_dials one;
	ck_assert(read(SIGMAS "universe: 7\n", &one) == BSM_OK);
	ck_assert(one.dial[0].pull == pull[0]);
}
END_TEST

static void refuses(const char *text, const char *words)
{
	struct bsm_dials d;
	ck_assert_msg(read(text, &d) != BSM_OK, "taken: %s", text);
	ck_assert_msg(strstr(ctx.message, words) != NULL, "%s", ctx.message);
}

START_TEST(refusals)
{
	refuses(SIGMAS "pull: {horn_curent: 1}\n", "no dial of this name");
	refuses(SIGMAS "pull: {nucleon_yield: 1}\n", "no standard deviation");
	refuses("pull: {horn_current: 1}\n", "no dial of this name");
	refuses("dials: {pion_yield: 200 %}\n", "0 to 1");
	refuses("dials: {target_shift: -2 mm}\n", "negative");
	refuses("dials: [1]\n", "expected a map");
	refuses(SIGMAS "pull: 3\n", "expected a map");
}
END_TEST

TEST_MAIN("dials", weights_follow_the_history, pulls_are_normal, refusals)
