#include "check_main.h"
#include "format/reader.h"
#include "format/run_json.h"
#include "sample_event.h"

START_TEST(one_event)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(0);
	struct bsm_event e;
	sample_decay(4, &e);
	e.vertex[0].x = (struct bsm_p4){1.5e-6, 0.25, -1, 3};
	e.p[1].p = (struct bsm_p4){0.5, 0.1, 0.2, 0.3};
	e.p[2].p = (struct bsm_p4){1.5, -0.1, -0.2, 1.25};
	ck_assert_int_eq(bsm_format_hepevt.header(&ctx, &run, &t), BSM_OK);
	ck_assert_int_eq(bsm_format_hepevt.event(&ctx, &run, &e, &t), BSM_OK);
	ck_assert_int_eq(bsm_format_hepevt.footer(&ctx, &run, &t), BSM_OK);
	/* The incoming particle is not tracked; cm and ns; no line but these. */
	ck_assert_str_eq(bsm_text_cstr(&t), "4 2\n"
					    "1 13 0 0 0 0 0.1 0.2 0.3 0.5 0.1056583755 25 -100 300 1500\n"
					    "1 211 0 0 0 0 -0.1 -0.2 1.25 1.5 0.13957039 25 -100 300 1500\n");
	bsm_text_free(&t);
}
END_TEST

START_TEST(weighted_is_refused)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1);
	struct bsm_event e;
	ck_assert_int_eq(bsm_format_hepevt.header(&ctx, &run, &t), BSM_E_FORMAT);
	ck_assert_ptr_nonnull(strstr(ctx.message, "unweighted"));
	ctx.status = BSM_OK;
	sample_decay(4, &e);
	e.unweighted = (double)NAN;
	ck_assert_int_eq(bsm_format_hepevt.event(&ctx, &run, &e, &t), BSM_E_FORMAT);
	ck_assert_uint_eq(t.len, 0);
	bsm_text_free(&t);
}
END_TEST

/* floor(w) or one more, by the id alone; on average w. 40000 ids: sigma of the mean 0.0025; 4 sigma allowed. */
START_TEST(overweights)
{
	static const double weights[] = {1, 2, 1.25, 2.5, 3.9, 0.5};
	for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
		double sum = 0, w = weights[i];
		for (uint64_t id = 0; id < 40000; id++) {
			int k = bsm_format_copies(w, id);
			ck_assert(k == (int)floor(w) || k == (int)ceil(w));
			ck_assert_int_eq(k, bsm_format_copies(w, id));
			sum += k;
		}
		ck_assert_double_eq_tol(sum / 40000, w, 0.01);
	}
	struct bsm_ctx ctx = {0};
	struct bsm_text once = {0}, more = {0};
	struct bsm_run run = sample_run(0);
	struct bsm_event e;
	sample_decay(4, &e);
	ck_assert_int_eq(bsm_format_hepevt.event(&ctx, &run, &e, &once), BSM_OK);
	e.unweighted = 3;
	ck_assert_int_eq(bsm_format_hepevt.event(&ctx, &run, &e, &more), BSM_OK);
	ck_assert_uint_eq(more.len, 3 * once.len);
	for (size_t k = 0; k < 3; k++)
		ck_assert(memcmp(more.data + k * once.len, once.data, once.len) == 0);
	bsm_text_free(&once);
	bsm_text_free(&more);
}
END_TEST

static enum bsm_status read_all(const char *text, size_t n, struct bsm_ctx *ctx, struct bsm_event *e, int *events)
{
	struct bsm_reader *r;
	struct bsm_run run;
	int more = 1;
	*events = 0;
	BSM_TRY(bsm_reader_memory(ctx, "x.hepevt", text, n, NULL, &r, &run));
	enum bsm_status status;
	struct bsm_event next;
	while ((status = bsm_reader_next(ctx, r, &next, &more)) == BSM_OK && more) {
		++*events;
		*e = next;
	}
	bsm_reader_close(r);
	return status;
}

START_TEST(comes_back)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(0), back;
	struct bsm_reader *r;
	struct bsm_event e, expected;
	int more;
	for (uint64_t id = 0; id < 20; id++) {
		sample_event(id, &e);
		ck_assert_int_eq(bsm_format_hepevt.event(&ctx, &run, &e, &t), BSM_OK);
	}
	ck_assert_int_eq(bsm_reader_memory(&ctx, "m", t.data, t.len, &bsm_format_hepevt, &r, &back), BSM_OK);
	for (uint64_t id = 0; id < 20; id++) {
		ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
		ck_assert_int_eq(more, 1);
		ck_assert_uint_eq(e.id, id);
		sample_event(id, &expected);
		int k = 0;
		for (int i = 0; i < expected.n; i++) {
			if (expected.p[i].status != BSM_FINAL)
				continue;
			ck_assert_int_eq(e.p[k].pdg, expected.p[i].pdg);
			ck_assert(e.p[k].p.x == expected.p[i].p.x && e.p[k].m == expected.p[i].m);
			ck_close(e.vertex[e.from[k]].x.e, expected.p[i].x.e, 1e-15);
			ck_close(e.p[k].x.z, expected.p[i].x.z, 1e-15);
			k++;
		}
		ck_assert_int_eq(e.n, k);
	}
	bsm_reader_close(r);
	bsm_text_free(&t);
}
END_TEST

#define ROW "1 13 0 0 0 0 0.1 0.2 0.3 0.5 0.1 25 -100 300 1500\n"

START_TEST(hostile)
{
	static const struct {
		const char *text, *word;
	} files[] = {{"\n", "x.hepevt:1"},
		     {"1\n", "column"},
		     {"1 2 3\n", "more columns"},
		     {"1 -1\n", "whole"},
		     {"1 65536\n", "whole"},
		     {"1 2\n" ROW, "cut off"},
		     {"x 1\n" ROW, "x.hepevt:1"},
		     {"0 1\n1 13 0 0 0 0 1 1 1 1 1\n", "15"},
		     {"0 1\n1 13 0 0 0 0 0.1 0.2 0.3 0.5 0.1 25 -100 300 15", "cut off"},
		     {"0 1\n1 13 0 0 0 0 nan 0 0 1 1 0 0 0 0\n", "finite"},
		     {"0 1\n1 13.5 0 0 0 0 0 0 0 1 1 0 0 0 0\n", "whole"},
		     {"0 1\n" ROW "\n", "x.hepevt:3"},
		     {"0 1\n# comment\n" ROW, "x.hepevt:2"}};
	int events;
	struct bsm_event e;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct bsm_ctx ctx = {0};
		ck_assert_msg(read_all(files[i].text, strlen(files[i].text), &ctx, &e, &events) == BSM_E_SYNTAX,
			      "file %d", (int)i);
		ck_assert_msg(strstr(ctx.message, "x.hepevt") && strstr(ctx.message, files[i].word), "file %d: %s",
			      (int)i, ctx.message);
	}
	struct bsm_ctx ctx = {0};
	ck_assert_int_eq(read_all("0 1\n" ROW "1 2\n" ROW ROW, strlen("0 1\n" ROW "1 2\n" ROW ROW), &ctx, &e, &events),
			 BSM_OK);
	ck_assert_int_eq(events, 2);
	ck_assert_int_eq(e.nvertex, 1);
}
END_TEST

/* The exposure of an unweighted file is in the sidecar: events of the file stand for pot_of_file. */
START_TEST(sidecar)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(0);
	static const char *const argv[] = {"bsmnu", "run", "card with \"quotes\".yaml"};
	static const struct bsm_run_output out[] = {{"events.hepevt", "hepevt", 1000, 12345}};
	struct bsm_run_record record = {.run = &run,
					.trials = 5000,
					.events = 998,
					.expected = 25,
					.expected_error = 0.8,
					.sum_w = 24,
					.sum_w2 = 0.64,
					.largest_overweight = 1.25,
					.noutput = 1,
					.output = out,
					.threads = 2,
					.argc = 3,
					.argv = argv,
					.begin = 86400,
					.end = 86401};
	ck_assert_int_eq(bsm_run_json(&ctx, &record, &t), BSM_OK);
	static const char *const lines[] = {"\"schema\": 1,",
					    "\"pot\": 6.6e+20,",
					    "\"trials\": 5000,",
					    "\"expected\": 25,",
					    "\"expected_error\": 0.8,",
					    "\"sum_of_weights\": 24,",
					    "\"effective_sample_size\": 900,",
					    "\"pot_of_file\": 2.64",
					    "\"per\": \"atom\"",
					    "\"begin\": \"1970-01-02T00:00:00Z\",",
					    "card with \\\"quotes\\\".yaml",
					    "\"seed\": 18446744073709551615,",
					    "\"word\": \"majorana\""};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		ck_assert_msg(strstr(bsm_text_cstr(&t), lines[i]) != NULL, "no %s in\n%s", lines[i], bsm_text_cstr(&t));
	bsm_text_free(&t);
}
END_TEST

TEST_MAIN("hepevt", one_event, weighted_is_refused, overweights, comes_back, hostile, sidecar)
