#include <stdio.h>
#include <unistd.h>

#include "check_main.h"
#include "event_file.h"
#include "format/reader.h"
#include "format/run_json.h"

static void write_one(struct bsm_text *t, const struct bsm_event *e)
{
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(0);
	ck_assert_int_eq(bsm_format_nuance.header(&ctx, &run, t), BSM_OK);
	ck_assert_msg(bsm_format_nuance.event(&ctx, &run, e, t) == BSM_OK, "%s", ctx.message);
	ck_assert_int_eq(bsm_format_nuance.footer(&ctx, &run, t), BSM_OK);
}

/* MeV, cm, ns; unit vectors; both lines of what came in, code 0 for the target that a decay has not. */
START_TEST(decay)
{
	struct bsm_text t = {0};
	struct bsm_event e;
	sample_decay(4, &e);
	e.vertex[0].x = (struct bsm_p4){1.5e-6, 0.25, -1, 3};
	e.p[0].p = (struct bsm_p4){1.25, 0, 0, 1.2};
	e.p[1].p = (struct bsm_p4){0.5, 0, 0.3, 0.4};
	e.p[2].p = (struct bsm_p4){0.75, -0.5, 0, 0};
	write_one(&t, &e);
	ck_assert_str_eq(bsm_text_cstr(&t), "$ begin\n"
					    "$ nuance 700\n"
					    "$ vertex 25 -100 300 1500\n"
					    "$ track 5914 1250 0 0 1 -1\n"
					    "$ track 0 0 0 0 1 -1\n"
					    "$ info 0 0 4\n"
					    "$ track 13 500 0 0.6 0.8 0\n"
					    "$ track 211 750 -1 0 0 0\n"
					    "$ end\n"
					    "$ stop\n");
	bsm_text_free(&t);
}
END_TEST

static int lines_with(const char *text, const char *word)
{
	int n = 0;
	for (const char *p = text; (p = strstr(p, word)); p++)
		n++;
	return n;
}

/* Two vertices: each with its place and time, the new particle leaves the first untracked and comes in at the second. */
START_TEST(two_vertices)
{
	struct bsm_text t = {0};
	struct bsm_event e;
	char line[256];
	sample_scatter(5, &e);
	write_one(&t, &e);
	const char *s = bsm_text_cstr(&t);
	ck_assert_int_eq(lines_with(s, "$ nuance 750\n"), 1);
	ck_assert_int_eq(lines_with(s, "$ nuance 700\n"), 1);
	ck_assert_int_eq(lines_with(s, "$ vertex "), 2);
	ck_assert_int_eq(lines_with(s, "$ begin"), 1);
	ck_assert_int_eq(lines_with(s, "$ info 0 0 5\n"), 2);
	ck_assert_int_eq(lines_with(s, "$ track 5914"), 2);
	char *to = line + snprintf(line, sizeof line, "$ vertex ");
	to = bsm_put_double(to, e.vertex[1].x.x * 100);
	*to = '\0';
	const char *second = strstr(s, line);
	ck_assert_msg(second != NULL, "no %s in\n%s", line, s);
	ck_assert_ptr_nonnull(strstr(second, "$ track 13 "));
	ck_assert_ptr_null(strstr(second, "$ track 14 "));
	ck_assert_int_eq(lines_with(s, "$ track 1000180400"), 2);
	bsm_text_free(&t);
}
END_TEST

/* WCSim looks up what is tracked and ends where it has no name: neither particles of the model nor rests of nuclei have flag 0. */
START_TEST(unknown_to_simulations)
{
	struct bsm_text t = {0};
	struct bsm_event e;
	sample_decay(1, &e);
	sample_add(&e, SAMPLE_N, BSM_FINAL, 0.35, (struct bsm_p4){0.5, 0, 0, 0.3}, 0, -1);
	sample_add(&e, -SAMPLE_N, BSM_FINAL, 0.35, (struct bsm_p4){0.5, 0, 0, 0.3}, 0, -1);
	sample_add(&e, 2009900000, BSM_FINAL, 30, (struct bsm_p4){30, 0, 0, 0}, 0, -1);
	write_one(&t, &e);
	ck_assert_int_eq(lines_with(bsm_text_cstr(&t), " 0\n"), 2);
	ck_assert_int_eq(lines_with(bsm_text_cstr(&t), " -2\n"), 3);
	bsm_text_free(&t);
}
END_TEST

START_TEST(weighted_is_refused)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1);
	struct bsm_event e;
	ck_assert_int_eq(bsm_format_nuance.header(&ctx, &run, &t), BSM_E_FORMAT);
	ctx.status = BSM_OK;
	sample_decay(4, &e);
	e.unweighted = (double)NAN;
	ck_assert_int_eq(bsm_format_nuance.event(&ctx, &run, &e, &t), BSM_E_FORMAT);
	e.unweighted = 1;
	e.p[1].p.z = (double)NAN;
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_format_nuance.event(&ctx, &run, &e, &t), BSM_E_FORMAT);
	e.p[1].p.z = 0;
	e.from[1] = 4;
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_format_nuance.event(&ctx, &run, &e, &t), BSM_E_FORMAT);
	ck_assert_uint_eq(t.len, 0);
	bsm_text_free(&t);
}
END_TEST

START_TEST(overweights)
{
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(0);
	struct bsm_text once = {0}, more = {0};
	struct bsm_event e;
	sample_decay(4, &e);
	ck_assert_int_eq(bsm_format_nuance.event(&ctx, &run, &e, &once), BSM_OK);
	e.unweighted = 3;
	ck_assert_int_eq(bsm_format_nuance.event(&ctx, &run, &e, &more), BSM_OK);
	ck_assert_uint_eq(more.len, 3 * once.len);
	bsm_text_free(&once);
	bsm_text_free(&more);
}
END_TEST

/* With its sidecar a file gives the run, the weights and the particles of the model; masses are those of the tables. */
START_TEST(comes_back)
{
	char dir[] = "/tmp/bsmnu-nuance-XXXXXX", path[200], json[256];
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(0), back;
	struct bsm_text t = {0};
	struct bsm_reader *r;
	struct bsm_event e, expected;
	int more;
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/x.nuance", dir);
	snprintf(json, sizeof json, "%s.json", path);
	ck_assert_int_eq(write_event_file(&ctx, path, &bsm_format_nuance, &run, 6, sample_event), BSM_OK);
	static const struct bsm_run_output out[] = {{"x.nuance", "nuance", 6, 1}};
	struct bsm_run_record record = {.run = &run, .events = 6, .expected = 3, .sum_w = 3, .sum_w2 = 1.5, .noutput = 1, .output = out};
	ck_assert_int_eq(bsm_run_json(&ctx, &record, &t), BSM_OK);
	ck_assert_int_eq(bsm_output_text(&ctx, json, &t), BSM_OK);
	ck_assert_msg(bsm_reader_open(&ctx, path, NULL, &r, &back) == BSM_OK, "%s", ctx.message);
	ck_assert(back.pot == 6.6e20 && back.xsec_pb == 1.25e-9 && back.nprocess == 3 && !back.weighted);
	for (uint64_t id = 0; id < 6; id++) {
		ck_assert_msg(bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more, "%s", ctx.message);
		sample_event(id, &expected);
		ck_assert(e.id == id && e.weight == 0.5 && e.unweighted == 1);
		ck_assert(e.n == expected.n && e.nvertex == expected.nvertex);
		for (int i = 0; i < e.n; i++) {
			int k = 0;
			while (k < e.n && !(expected.p[k].pdg == e.p[i].pdg && expected.from[k] == e.from[i]))
				k++;
			ck_assert_int_lt(k, e.n);
			ck_assert(e.p[i].status == expected.p[k].status && e.to[i] == expected.to[k]);
			ck_close(e.p[i].p.e, expected.p[k].p.e, 1e-15);
			ck_close(e.p[i].x.e, expected.p[k].x.e, 1e-15);
			ck_close(e.p[i].x.z, expected.p[k].x.z, 1e-15);
			if (expected.p[k].pdg < 100000) {
				ck_close(e.p[i].m, expected.p[k].m, 1e-12);
				ck_assert(fabs(e.p[i].p.x - expected.p[k].p.x) < 1e-12 * expected.p[k].p.e);
				ck_assert(fabs(e.p[i].p.z - expected.p[k].p.z) < 1e-12 * expected.p[k].p.e);
			}
		}
		for (int k = 0; k < e.nvertex; k++)
			ck_assert_int_eq(e.vertex[k].process, expected.vertex[k].process);
	}
	ck_assert(bsm_reader_next(&ctx, r, &e, &more) == BSM_OK);
	bsm_reader_close(r);
	/* Without it: the energy of what has no mass in the tables, not a momentum made up. */
	unlink(json);
	ck_assert_int_eq(bsm_reader_open(&ctx, path, NULL, &r, &back), BSM_OK);
	ck_assert(back.pot == 0 && back.nprocess == 0);
	ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
	ck_assert(e.p[0].pdg == SAMPLE_N && isnan(e.p[0].m) && isnan(e.p[0].p.z) && e.p[0].p.e > 1 && e.weight == 1);
	ck_assert(e.vertex[0].process == -1);
	bsm_reader_close(r);
	/* A sidecar that is broken is not passed over. */
	FILE *f = fopen(json, "w");
	fputs("{\"schema\": 1, \"exposure\": {\"pot\": \"many\"}, \"outputs\": [{\"file\": \"x.nuance\", \"events\": 6}]}\n", f);
	fclose(f);
	ck_assert_int_ne(bsm_reader_open(&ctx, path, NULL, &r, &back), BSM_OK);
	ck_assert_msg(strstr(ctx.message, "x.nuance.json") && strstr(ctx.message, "pot"), "%s", ctx.message);
	unlink(json);
	unlink(path);
	rmdir(dir);
	bsm_text_free(&t);
}
END_TEST

static enum bsm_status read_all(const char *text, struct bsm_ctx *ctx, struct bsm_event *e, int *events)
{
	struct bsm_reader *r;
	struct bsm_run run;
	struct bsm_event next;
	int more = 1;
	*events = 0;
	BSM_TRY(bsm_reader_memory(ctx, "x.nuance", text, strlen(text), NULL, &r, &run));
	enum bsm_status status;
	while ((status = bsm_reader_next(ctx, r, &next, &more)) == BSM_OK && more) {
		++*events;
		*e = next;
	}
	bsm_reader_close(r);
	return status;
}

#define IN "$ track 14 1000 1 0 0 -1\n$ track 8016 14895.081 0 0 1 -1\n$ info 2 949000 0.0000E+00\n"
#define VERTEX "$ nuance 3\n$ vertex 811.5 -1030.4 -1681.7 5.86347E+04\n" IN
#define EVENT "$ begin\n" VERTEX "$ track 13 295.6312 0.6 0.8 0 -2\n$ track 13 295.6312 0.6 0.8 0 0\n$ end\n"

/* As the format's description has it: other generators' codes of nuclei, a mode, comments. */
START_TEST(foreign)
{
	struct bsm_ctx ctx = {0};
	struct bsm_event e;
	int events;
	ck_assert_msg(read_all("# made by hand\n" EVENT "$ begin\n" VERTEX VERTEX "$ end\n$ stop\n", &ctx, &e, &events) == BSM_OK, "%s",
		      ctx.message);
	ck_assert_int_eq(events, 2);
	ck_assert_int_eq(e.nvertex, 2);
	ck_assert_msg(read_all(EVENT "$ stop\n", &ctx, &e, &events) == BSM_OK, "%s", ctx.message);
	ck_assert(e.n == 4 && e.p[0].status == BSM_BEAM_PARTICLE && e.p[1].status == BSM_TARGET_PARTICLE);
	ck_assert(e.p[1].pdg == 1000080160 && e.p[2].status == BSM_DOCUMENTATION && e.p[3].status == BSM_FINAL);
	ck_close(e.p[1].m, 14.895081, 1e-15);
	ck_close(e.vertex[0].x.x, 8.115, 1e-15);
	ck_close(e.vertex[0].x.e, 5.86347e-5, 1e-15);
	ck_close(e.p[3].p.x, 0.6 * sqrt(0.2956312 * 0.2956312 - 0.1056583755 * 0.1056583755), 1e-12);
}
END_TEST

START_TEST(hostile)
{
	static const struct { const char *text, *word; } files[] = {
		{"", "cut off"},
		{"\n", "x.nuance:1"},
		{EVENT, "no line \"$ stop\""},
		{EVENT "$ stop", "cut off"},
		{EVENT "$ stop\n\n", "x.nuance:11"},
		{EVENT "$ stop\n$ begin\n", "after \"$ stop\""},
		{"$ begin\n", "cut off inside"},
		{"$ end\n", "$ begin"},
		{"$ begin\n$ vertex 0 0 0 0\n", "$ nuance"},
		{"$ begin\n$ nuance x\n", "whole"},
		{"$ begin\n$ nuance 1 2\n", "more columns"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0\n", "column is missing"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 nan\n", "finite"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n$ info 0 0 0\n", "what comes in"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n$ track 14 1 0 0 1 0\n", "flag -1"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n$ track 14 1 0 0 1 -1\n$ end\n", "$ info"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n" IN "$ track 13 -5 0 0 1 0\n", "below zero"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n" IN "$ track 13 5 0 0 2 0\n", "unit vector"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n" IN "$ track 13 5 0 0 1 7\n", "0, -1 or -2"},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n" IN "$ track 13 5 0 0 1 -1\n", "after \"$ info\""},
		{"$ begin\n$ nuance 1\n$ vertex 0 0 0 0\n" IN "$ stop\n", "x.nuance:7"},
		{"begin\n", "x.nuance:1"}};
	struct bsm_event e;
	int events;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct bsm_ctx ctx = {0};
		ck_assert_msg(read_all(files[i].text, &ctx, &e, &events) == BSM_E_SYNTAX, "file %d", (int)i);
		ck_assert_msg(strstr(ctx.message, "x.nuance") && strstr(ctx.message, files[i].word), "file %d: %s", (int)i, ctx.message);
	}
}
END_TEST

TEST_MAIN("nuance", decay, two_vertices, unknown_to_simulations, weighted_is_refused, overweights, comes_back, foreign, hostile)
