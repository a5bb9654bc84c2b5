/* Scans: a second parameter that moves masses is sampled at each value, and a scan without an open point is no answer. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "report/scan.h"
#include "run/card.h"

static struct bsm_ctx ctx;
static struct bsm_registry registry;

static void open_card(const char *more, struct bsm_card *c)
{
	char text[1024];
	snprintf(text, sizeof text, "schema: 1\nmodel: {name: hnl, mass: 1 GeV, Umu2: 1e-9}\nsource: lbnf_target\ndetector: dune_nd_lar\n"
				    "exposure: {years: 1}\n%s", more);
	ctx = (struct bsm_ctx){0};
	ck_assert_msg(bsm_registry_init(&ctx, &registry) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_card_parse(&ctx, &registry, "card", text, strlen(text), NULL, 0, c) == BSM_OK, "%s", ctx.message);
}

START_TEST(masses_on_either_axis)
{
	struct bsm_card a, b;
	struct bsm_scan x, y;
	open_card("scan:\n  mass: {from: 0.5 GeV, to: 1.4 GeV, points: 2}\n  Umu2: {from: 1e-9, to: 4e-9, points: 2}\n", &a);
	ck_assert_msg(bsm_scan_run(&ctx, &a, 2, &x) == BSM_OK, "%s", ctx.message);
	open_card("scan:\n  Umu2: {from: 1e-9, to: 4e-9, points: 2}\n  mass: {from: 0.5 GeV, to: 1.4 GeV, points: 2}\n", &b);
	ck_assert_msg(bsm_scan_run(&ctx, &b, 2, &y) == BSM_OK, "%s", ctx.message);
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++) {
			struct bsm_scan_point p = x.point[2 * i + k], q = y.point[2 * k + i];
			ck_assert_double_gt(p.rate, 0);
			ck_assert_msg(fabs(p.rate - q.rate) < 5 * hypot(p.error, q.error), "%g +- %g and %g +- %g", p.rate,
				      p.error, q.rate, q.error);
		}
	bsm_scan_free(&x);
	bsm_scan_free(&y);
	bsm_card_close(&a);
	bsm_card_close(&b);
	bsm_registry_free(&registry);
}
END_TEST

START_TEST(closed_points)
{
	struct bsm_card c;
	struct bsm_scan s;
	open_card("scan:\n  Umu2: {from: 1e-9, to: 4e-9, points: 2}\n  mass: {from: 1 GeV, to: 3 GeV, points: 2}\n", &c);
	ck_assert_msg(bsm_scan_run(&ctx, &c, 2, &s) == BSM_OK, "%s", ctx.message);
	for (int i = 0; i < 2; i++) {
		ck_assert_double_gt(s.point[2 * i].rate, 0);
		ck_assert_double_eq(s.point[2 * i + 1].rate, 0);
	}
	bsm_scan_free(&s);
	bsm_card_close(&c);
	open_card("production: pi+ -> mu+ N\nscan:\n  mass: {from: 0.5 GeV, to: 1 GeV, points: 2}\n"
		  "  Umu2: {from: 1e-9, to: 4e-9, points: 2}\n", &c);
	ck_assert_int_eq(bsm_scan_run(&ctx, &c, 2, &s), BSM_E_CLOSED);
	ck_assert_ptr_nonnull(strstr(ctx.message, "no point of the scan is open: card:6: production: "));
	bsm_card_close(&c);
	bsm_registry_free(&registry);
}
END_TEST

TEST_MAIN("scan", masses_on_either_axis, closed_points)
