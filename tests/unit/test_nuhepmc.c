/* NuHepMC: what is written comes back; other generators' files are read; hostile ones are refused with file and line.
 */
#include "check_main.h"
#include "format/reader.h"
#include "sample_event.h"

#include <locale.h>
#include <stdio.h>

static void write_run(const struct bsm_format *f, const struct bsm_run *run, uint64_t n, struct bsm_text *t)
{
	struct bsm_ctx ctx = {0};
	struct bsm_event e;
	ck_assert_msg(f->header(&ctx, run, t) == BSM_OK, "%s", ctx.message);
	for (uint64_t id = 0; id < n; id++) {
		sample_event(id, &e);
		e.unweighted = run->weighted ? (double)NAN : id == 1 ? 1.5 : 1;
		ck_assert_msg(f->event(&ctx, run, &e, t) == BSM_OK, "%s", ctx.message);
	}
	ck_assert_int_eq(f->footer(&ctx, run, t), BSM_OK);
}

static void close_p4(struct bsm_p4 a, struct bsm_p4 b)
{
	ck_close(a.e, b.e, 1e-15);
	ck_close(a.x, b.x, 1e-15);
	ck_close(a.y, b.y, 1e-15);
	ck_close(a.z, b.z, 1e-15);
}

static void same_event(const struct bsm_event *a, const struct bsm_event *b)
{
	ck_assert_uint_eq(a->id, b->id);
	ck_assert(a->weight == b->weight);
	ck_assert_int_eq(a->n, b->n);
	ck_assert_int_eq(a->nvertex, b->nvertex);
	ck_assert_int_eq(a->history.parent_pdg, b->history.parent_pdg);
	ck_assert_int_eq(a->history.process, b->history.process);
	close_p4(a->history.parent_p, b->history.parent_p);
	close_p4(a->history.decay_x, b->history.decay_x);
	ck_assert(a->history.decay_x.e == b->history.decay_x.e);
	ck_assert(a->history.flight_m == b->history.flight_m && a->history.path_m == b->history.path_m);
	ck_assert(a->history.probability == b->history.probability);
	ck_close(a->history.delay_s, b->history.delay_s, 1e-15);
	ck_assert(a->vertex[0].x.e == b->vertex[0].x.e); /* seconds, to the last bit */
	for (int k = 0; k < a->nvertex; k++) {
		close_p4(a->vertex[k].x, b->vertex[k].x);
		ck_assert_int_eq(a->vertex[k].status, b->vertex[k].status);
		ck_assert_int_eq(a->vertex[k].process, b->vertex[k].process);
	}
	for (int i = 0; i < a->n; i++) {
		ck_assert_int_eq(a->p[i].pdg, b->p[i].pdg);
		ck_assert_int_eq(a->p[i].status, b->p[i].status);
		ck_assert_int_eq(a->from[i], b->from[i]);
		ck_assert_int_eq(a->to[i], b->to[i]);
		close_p4(a->p[i].p, b->p[i].p);
		close_p4(a->p[i].x, b->p[i].x);
		ck_close(a->p[i].m, b->p[i].m, 1e-15);
	}
}

static void round_trip(const struct bsm_format *f, int weighted)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(weighted), back;
	struct bsm_reader *r;
	struct bsm_event e, expected;
	int more;
	write_run(f, &run, 30, &t);
	ck_assert_msg(bsm_reader_memory(&ctx, "memory", t.data, t.len, f, &r, &back) == BSM_OK, "%s", ctx.message);
	ck_assert(back.pot == run.pot && back.xsec_pb == run.xsec_pb && back.xsec_error_pb == run.xsec_error_pb);
	ck_assert_uint_eq(back.seed, run.seed);
	ck_assert_str_eq(back.card, run.card);
	ck_assert_str_eq(back.hash, run.hash);
	ck_assert_str_eq(back.model, run.model);
	ck_assert_str_eq(back.program, "bsmnu");
	ck_assert_str_eq(back.version, "0.1.0");
	ck_assert_int_eq(back.nprocess, run.nprocess);
	ck_assert_str_eq(back.process[1].doc, run.process[1].doc);
	ck_assert_str_eq(back.process[0].cite, run.process[0].cite);
	ck_assert_int_eq(back.nspecies, 1);
	ck_assert(back.species[0].mass_GeV == 0.35 && back.species[0].spin2 == 1 &&
		  back.species[0].width_GeV == 1.5e-22);
	ck_assert_int_eq(back.nvalue, 3);
	ck_assert_str_eq(back.value[0].unit, "GeV");
	ck_assert(back.value[1].value == 1e-9);
	ck_assert_str_eq(back.value[2].word, "majorana");
	ck_assert_int_eq(back.weighted, weighted);
	for (uint64_t id = 0;; id++) {
		ck_assert_msg(bsm_reader_next(&ctx, r, &e, &more) == BSM_OK, "%s", ctx.message);
		if (!more)
			break;
		sample_event(id, &expected);
		same_event(&e, &expected);
		if (!weighted)
			ck_assert(e.unweighted == (id == 1 ? 1.5 : 1));
	}
	ck_assert_uint_eq(r->events, 30);
	bsm_reader_close(r);
	bsm_text_free(&t);
}

START_TEST(comes_back)
{
	round_trip(&bsm_format_nuhepmc, 1);
	round_trip(&bsm_format_nuhepmc, 0);
	round_trip(&bsm_format_nuhepmc_wcsim, 1);
}
END_TEST

/* What was read and is written again gives the same bytes but for rounding of positions: events count the same. */
START_TEST(other_locale)
{
	struct bsm_text a = {0}, b = {0};
	struct bsm_run run = sample_run(1);
	write_run(&bsm_format_nuhepmc, &run, 9, &a);
	static const char *const names[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		setlocale(LC_ALL, names[i]);
	write_run(&bsm_format_nuhepmc, &run, 9, &b);
	setlocale(LC_ALL, "C");
	ck_assert(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
	bsm_text_free(&a);
	bsm_text_free(&b);
}
END_TEST

/* Complaint: the exposure is wrong when weights differ from 1. The sum of CV is what is expected in Exposure.POT. */
START_TEST(exposure_and_weights)
{
	for (int weighted = 0; weighted < 2; weighted++) {
		struct bsm_ctx ctx = {0};
		struct bsm_text t = {0};
		struct bsm_run run = sample_run(weighted), back;
		struct bsm_reader *r;
		struct bsm_event e;
		double expected = 0, sum = 0;
		int more = 1;
		for (uint64_t id = 0; id < 30; id++) {
			sample_event(id, &e);
			expected += e.weight;
		}
		write_run(&bsm_format_nuhepmc, &run, 30, &t);
		ck_assert_ptr_nonnull(strstr(bsm_text_cstr(&t), "\nA NuHepMC.Exposure.POT 6.6e+20\n"));
		ck_assert_int_eq(bsm_reader_memory(&ctx, "memory", t.data, t.len, &bsm_format_nuhepmc, &r, &back),
				 BSM_OK);
		while (more) {
			ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
			sum += more ? e.weight : 0;
		}
		ck_close(sum, expected, 1e-15);
		ck_assert(back.pot == 6.6e20);
		bsm_reader_close(r);
		bsm_text_free(&t);
	}
}
END_TEST

/* Complaint: cross-sections per nucleon taken for per atom. */
START_TEST(per_atom)
{
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1);
	write_run(&bsm_format_nuhepmc, &run, 1, &t);
	ck_assert_ptr_nonnull(strstr(bsm_text_cstr(&t), "\nA NuHepMC.Units.CrossSection.TargetScale PerAtom\n"));
	ck_assert_ptr_nonnull(strstr(bsm_text_cstr(&t), "\nA NuHepMC.Units.CrossSection.Unit pb\n"));
	bsm_text_free(&t);
}
END_TEST

/* Complaint: times lost. A nanosecond and a femtosecond survive, in seconds. */
START_TEST(small_times)
{
	static const double times[] = {1e-9, 1.25e-15, 0, 12.5};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct bsm_ctx ctx = {0};
		struct bsm_text t = {0};
		struct bsm_run run = sample_run(1), back;
		struct bsm_reader *r;
		struct bsm_event e;
		int more;
		sample_decay(1, &e);
		e.vertex[0].x.e = times[i];
		ck_assert_int_eq(bsm_format_nuhepmc.header(&ctx, &run, &t), BSM_OK);
		ck_assert_int_eq(bsm_format_nuhepmc.event(&ctx, &run, &e, &t), BSM_OK);
		ck_assert_int_eq(bsm_format_nuhepmc.footer(&ctx, &run, &t), BSM_OK);
		ck_assert_int_eq(bsm_reader_memory(&ctx, "memory", t.data, t.len, &bsm_format_nuhepmc, &r, &back),
				 BSM_OK);
		ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
		ck_assert(e.vertex[0].x.e == times[i]);
		bsm_reader_close(r);
		bsm_text_free(&t);
	}
}
END_TEST

START_TEST(large_ids)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1), back;
	struct bsm_reader *r;
	struct bsm_event e;
	int more;
	sample_decay(1, &e);
	e.id = UINT64_MAX - 5;
	ck_assert_int_eq(bsm_format_nuhepmc.header(&ctx, &run, &t), BSM_OK);
	ck_assert_int_eq(bsm_format_nuhepmc.event(&ctx, &run, &e, &t), BSM_OK);
	ck_assert_ptr_nonnull(strstr(bsm_text_cstr(&t), "\nE 2147483642 ")); /* HepMC3's number is an int */
	ck_assert_int_eq(bsm_format_nuhepmc.footer(&ctx, &run, &t), BSM_OK);
	ck_assert_int_eq(bsm_reader_memory(&ctx, "memory", t.data, t.len, &bsm_format_nuhepmc, &r, &back), BSM_OK);
	ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
	ck_assert_uint_eq(e.id, UINT64_MAX - 5);
	bsm_reader_close(r);
	bsm_text_free(&t);
}
END_TEST

/* The writer refuses what the standard cannot hold, whatever came before. */
static int refused(void (*spoil)(struct bsm_event *), const char *word)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1);
	struct bsm_event e;
	sample_scatter(2, &e);
	spoil(&e);
	enum bsm_status status = bsm_format_nuhepmc.event(&ctx, &run, &e, &t);
	ck_assert_uint_eq(t.len, 0);
	bsm_text_free(&t);
	return status == BSM_E_FORMAT && strstr(ctx.message, word) && strstr(ctx.message, "event 2");
}

static void nan_momentum(struct bsm_event *e)
{
	e->p[3].p.x = (double)NAN;
}
static void infinite_place(struct bsm_event *e)
{
	e->vertex[1].x.e = (double)INFINITY;
}
static void nan_weight(struct bsm_event *e)
{
	e->weight = (double)NAN;
}
static void no_beam(struct bsm_event *e)
{
	e->p[0].status = 3;
}
static void two_beams(struct bsm_event *e)
{
	e->p[1].status = 4;
}
static void lost_particle(struct bsm_event *e)
{
	e->from[4] = -1;
}
static void bad_vertex(struct bsm_event *e)
{
	e->from[4] = 7;
}
static void circle(struct bsm_event *e)
{
	e->to[4] = 0;
}
static void unknown_status(struct bsm_event *e)
{
	e->vertex[1].status = 77;
}
static void unknown_process(struct bsm_event *e)
{
	e->vertex[0].process = 9;
}
static void too_many(struct bsm_event *e)
{
	e->n = 1000;
}

START_TEST(refusals)
{
	ck_assert(refused(nan_momentum, "not finite"));
	ck_assert(refused(infinite_place, "finite"));
	ck_assert(refused(nan_weight, "weight"));
	ck_assert(refused(no_beam, "status 4"));
	ck_assert(refused(two_beams, "status 4"));
	ck_assert(refused(lost_particle, "no vertex"));
	ck_assert(refused(bad_vertex, "no vertex"));
	ck_assert(refused(circle, "circle"));
	ck_assert(refused(unknown_status, "status"));
	ck_assert(refused(unknown_process, "process"));
	ck_assert(refused(too_many, "particles"));
}
END_TEST

/* Two targets on a line (chi e twice): the standard has one target, the second gets a status of its own. */
START_TEST(two_targets)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1), back;
	struct bsm_reader *r;
	struct bsm_event e;
	int more;
	sample_scatter(2, &e);
	sample_add(&e, 11, BSM_TARGET_PARTICLE, 0.00051099895, (struct bsm_p4){0.00051099895, 0, 0, 0}, -1, 1);
	ck_assert_int_eq(bsm_format_nuhepmc.header(&ctx, &run, &t), BSM_OK);
	ck_assert_int_eq(bsm_format_nuhepmc.event(&ctx, &run, &e, &t), BSM_OK);
	ck_assert_ptr_nonnull(
		strstr(bsm_text_cstr(&t), "\nP 5 0 11 0 0 0 0.00051099895 0.00051099895 22\nV -2 22 [3,5] @"));
	ck_assert_int_eq(bsm_format_nuhepmc.footer(&ctx, &run, &t), BSM_OK);
	ck_assert_int_eq(bsm_reader_memory(&ctx, "memory", t.data, t.len, &bsm_format_nuhepmc, &r, &back), BSM_OK);
	ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
	ck_assert_int_eq(e.n, 7);
	ck_assert_int_eq(e.p[4].status, BSM_TARGET_PARTICLE);
	bsm_reader_close(r);
	bsm_text_free(&t);
}
END_TEST

/* ---- files of other generators ---- */

#define START "HepMC::Version 3.03.01\nHepMC::Asciiv3-START_EVENT_LISTING\n"
#define END "HepMC::Asciiv3-END_EVENT_LISTING\n\n"

static enum bsm_status read_first(const char *text, struct bsm_ctx *ctx, struct bsm_event *e)
{
	struct bsm_reader *r;
	struct bsm_run run;
	int more;
	enum bsm_status status = bsm_reader_memory(ctx, "x.hepmc3", text, strlen(text), NULL, &r, &run);
	if (status == BSM_OK)
		status = bsm_reader_next(ctx, r, e, &more);
	struct bsm_event rest;
	while (status == BSM_OK && more)
		status = bsm_reader_next(ctx, r, &rest, &more);
	bsm_reader_close(r);
	return status;
}

/* As NuWro's converter writes: target vertex first, a primary that is second, an FSI vertex, MEV and CM, two weights.
 */
START_TEST(other_generator)
{
	static const char text[] = START "W other\\|CV\nT NuWro\\|1\\|x\nT conv\\|2\\|y\nA NuHepMC.ProcessIDs 600 "
					 "250\nA NuHepMC.ProcessInfo[250].Name NC\n"
					 "E 7 3 8\nU MEV CM\nW 3 0.5\nA 0 lab_pos 100 0.000000 -50 2e-9\nA 2 "
					 "remnant_particle_number 1000060110\n"
					 "A 0 signal_process_id 250\n"
					 "P 1 0 1000060120 0 0 0 0 0 20\nV -1 21 [1]\nP 2 -1 2009900000 0 0 0 0 0 3\nP "
					 "3 -1 2112 1e1 0 0 9.4e2 9.3956e+02 21\n"
					 "P 4 0 14 0 0 2.1e4 2.1e4 0 4\nV -2 1 [3,4]\nP 5 -2 13 0 0 2.0e4 2.0e4 "
					 "1.0565e+02 3\nP 6 -2 211 0 0 1e3 1e3 139.5 3\n"
					 "V -3 2 [2,5,6] @ 1 2 3 4\nP 7 -3 13 0 0 2.0e4 2.0e4 1.0565e+02 1\nP 8 -3 211 "
					 "0 0 1e3 1e3 139.5 1\n" END;
	struct bsm_ctx ctx = {0};
	struct bsm_event e;
	ck_assert_msg(read_first(text, &ctx, &e) == BSM_OK, "%s", ctx.message);
	ck_assert_uint_eq(e.id, 7);
	ck_assert(e.weight == 0.5 && isnan(e.unweighted));
	ck_assert_int_eq(e.n, 8);
	ck_assert_int_eq(e.vertex[0].status, 1);
	ck_assert_int_eq(e.vertex[0].process, 1);
	ck_assert_int_eq(e.vertex[1].status, 21);
	ck_assert_int_eq(e.to[3], 0);
	ck_assert_int_eq(e.from[4], 0);
	ck_assert_int_eq(e.to[0], 1);
	ck_assert_int_eq(e.from[1], 1);
	ck_assert_int_eq(e.to[1], 2);
	ck_close(e.p[3].p.z, 21, 1e-15);
	ck_close(e.p[6].m, 0.10565, 1e-15);
	ck_close(e.vertex[0].x.x, 1, 1e-15);
	ck_assert(e.vertex[0].x.e == 2e-9);
	ck_close(e.vertex[1].x.z, -0.5, 1e-15);
	ck_close(e.vertex[2].x.x, 1.01, 1e-15);
	ck_close(e.vertex[2].x.e, 2e-9 + 0.04 / 299792458, 1e-12);
	ck_assert_int_eq(e.p[1].pdg, 2009900000); /* only our own remnants are taken out */
}
END_TEST

/* Vertices that HepMC3 leaves implicit: "P id mother" with a particle as mother. */
START_TEST(implicit_vertices)
{
	static const char text[] =
		START "E 0 3 7\nU GEV MM\nW 1\nP 1 0 14 0 0 1 1 0 4\nP 2 0 2212 0 0 0 1 1 20\n"
		      "V -1 1 [1,2] @ 1000 2000 3000 0\nP 3 -1 111 0 0 1 1 0 2\nP 4 -1 2212 0 0 0 1 1 1\n"
		      "P 5 3 22 0 0 0.5 0.5 0 2\nP 6 3 22 0 0 0.5 0.5 0 1\nP 7 5 11 0 0 0.5 0.5 0 1\n" END;
	struct bsm_ctx ctx = {0};
	struct bsm_event e;
	ck_assert_msg(read_first(text, &ctx, &e) == BSM_OK, "%s", ctx.message);
	ck_assert_int_eq(e.nvertex, 3);
	ck_assert(e.to[2] == e.from[4] && e.to[2] == e.from[5] && e.to[2] > 0);
	ck_assert(e.to[4] == e.from[6] && e.to[4] != e.to[2]);
	ck_close(e.p[6].x.y, 2, 1e-15);
	ck_assert(e.weight == 1);
}
END_TEST

struct hostile {
	const char *text, *word;
};

#define EVENT                                                                                                          \
	"E 0 1 3\nU GEV MM\nW 1\nP 1 0 14 0 0 1 1 0 4\nP 2 0 2212 0 0 0 1 1 20\nV -1 1 [1,2]\nP 3 -1 13 0 0 1 2 0 1\n"
#define BEFORE START "E 0 1 3\nU GEV MM\nW 1\n"

START_TEST(hostile)
{
	static const struct hostile files[] = {
		{"", "empty"},
		{"\n\n", "empty"},
		{"hello\n", "x.hepmc3:1"},
		{"HepMC::Version 3\n", "empty or cut off"},
		{"HepMC::Version 3\nHepMC::IO_GenEvent-START_EVENT_LISTING\n", "x.hepmc3:2"},
		{START, "cut off"},
		{START EVENT, "END_EVENT_LISTING"},
		{START EVENT "E 1 1 3\n", "cut off"},
		{START EVENT END "more\n", "several runs"},
		{START EVENT END START EVENT END, "several runs"},
		{START EVENT EVENT "W CV\n" EVENT END, "second W"},
		{START EVENT "A NuHepMC.Version.Major 1\n" EVENT END, "several run"},
		{START "X\n" END, "x.hepmc3:3"},
		{START "E\n" END, "x.hepmc3:3"},
		{START "E 0 1\n" END, "missing"},
		{START "E 0 99999999999 1\n" END, "whole number"},
		{START "E 0 1 97\n" END, "97 particles"},
		{START "E 0 33 3\n" END, "33 vertices"},
		{START "E 0 0 0\n" END, "without"},
		{START "E -1 1 1\n" END, "whole number"},
		{START "E 0 1 3\nP 1 0 14 0 0 1 1 0 4\n" END, "before the units"},
		{START "E 0 1 3\nU TEV MM\n" END, "units"},
		{START "E 0 1 3\nU GEV M\n" END, "units"},
		{START "E 0 1 3\nU GEV MM\nU GEV MM\n" END, "units"},
		{START "W CV a\nE 0 1 3\nU GEV MM\nW 1\n" END, "1 weights"},
		{BEFORE "P 1 0 14 0 0 1 1 0\n" END, "missing"},
		{BEFORE "P 1 0 14 0 0 1 x 0 1\n" END, "x.hepmc3:6"},
		{BEFORE "P 1 0 14 0 0 nan 1 0 1\n" END, "finite"},
		{BEFORE "P 1 0 14 0 0 1e999 1 0 1\n" END, "finite"},
		{BEFORE "P 4 0 14 0 0 1 1 0 4\n" END, "from 1 to 3"},
		{BEFORE "P 0 0 14 0 0 1 1 0 4\n" END, "from 1 to 3"},
		{BEFORE "P 1 -2 14 0 0 1 1 0 4\n" END, "from -1 to 3"},
		{BEFORE "P 1 1 14 0 0 1 1 0 4\n" END, "own mother"},
		{BEFORE "P 1 0 99999999999 0 0 1 1 0 4\n" END, "whole number"},
		{BEFORE "P 1 0 14 0 0 1 1 0 4\nP 1 0 14 0 0 1 1 0 4\n" END, "before"},
		{BEFORE "V 1 1 [1]\n" END, "from -1 to -1"},
		{BEFORE "V -1 1 [1\n" END, "list"},
		{BEFORE "V -1 1\n" END, "list"},
		{BEFORE "V -1 1 [1,,2]\n" END, "not of this event"},
		{BEFORE "V -1 1 [1,4]\n" END, "not of this event"},
		{BEFORE "V -1 1 [1,1]\n" END, "two vertices"},
		{BEFORE "V -1 1 [1] @ 1 2 3\n" END, "missing"},
		{BEFORE "V -1 1 [1] 1 2 3 4\n" END, "\"@\""},
		{BEFORE "V -1 1 [1]\nV -1 1 [2]\n" END, "before"},
		{BEFORE "P 1 0 14 0 0 1 1 0 4\n" END, "fewer particles"},
		{BEFORE "P 1 3 1 0 0 1 1 0 1\nP 2 1 1 0 0 1 1 0 1\nP 3 2 1 0 0 1 1 0 1\n" END, "more vertices"},
		{START "E 0 3 3\nU GEV MM\nP 1 3 1 0 0 1 1 0 1\nP 2 1 1 0 0 1 1 0 1\nP 3 2 1 0 0 1 1 0 1\n" END,
		 "circle"},
		{START "E 0 1 1\nU GEV MM\nV -1 1 [1]\nP 1 -1 1 0 0 1 1 0 1\n" END, "circle"},
		{START "E 0 2 3\nU GEV MM\nP 1 0 14 0 0 1 1 0 4\nP 2 0 1 0 0 0 1 1 20\nV -1 1 [1,2]\nP 3 -2 13 0 0 1 2 "
		       "0 1\n" END,
		 "fewer vertices"},
		{BEFORE "A 9 x y\n" END, "from -1 to 3"},
		{BEFORE "A 0 lab_pos 1 2\n" END, "missing"},
		{START "A NuHepMC.Exposure.POT many\n" EVENT END, "x.hepmc3:3"},
		{START "A NuHepMC.ProcessIDs 1 2 x\n" EVENT END, "x.hepmc3:3"},
		{START "W CV\nE 0 1 1\nU GEV MM\nP 1 0 14 0 0 1 1 0 4\n" END, "no weight"},
	};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct bsm_ctx ctx = {0};
		struct bsm_event e;
		enum bsm_status status = read_first(files[i].text, &ctx, &e);
		ck_assert_msg(status == BSM_E_SYNTAX || status == BSM_E_FORMAT, "file %d was taken: %s", (int)i,
			      files[i].text);
		ck_assert_msg(strstr(ctx.message, "x.hepmc3") && strstr(ctx.message, files[i].word), "file %d: %s",
			      (int)i, ctx.message);
	}
	struct bsm_ctx ctx = {0};
	struct bsm_event e;
	ck_assert_msg(read_first(START EVENT EVENT END, &ctx, &e) == BSM_OK, "%s", ctx.message);
}
END_TEST

/* Every cut of a whole file is noticed. */
START_TEST(cut_anywhere)
{
	struct bsm_text t = {0};
	struct bsm_run run = sample_run(1);
	struct bsm_event e;
	write_run(&bsm_format_nuhepmc, &run, 2, &t);
	char *text = malloc(t.len);
	size_t whole = t.len - 2; /* the footer's line end and the empty line after it may be missing */
	for (size_t n = 0; n < whole; n += n < 200 ? 1 : 7) {
		struct bsm_ctx ctx = {0};
		memcpy(text, t.data, n);
		text[n] = '\0';
		ck_assert_msg(read_first(text, &ctx, &e) != BSM_OK, "cut after %d bytes", (int)n);
	}
	free(text);
	bsm_text_free(&t);
}
END_TEST

START_TEST(names)
{
	ck_assert_ptr_eq(bsm_format_find("nuhepmc"), &bsm_format_nuhepmc);
	ck_assert_ptr_eq(bsm_format_find("out/events.hepmc3"), &bsm_format_nuhepmc);
	ck_assert_ptr_eq(bsm_format_find("events.hepmc3.zst"), &bsm_format_nuhepmc);
	ck_assert_ptr_eq(bsm_format_find("events.hepmc3.gz"), &bsm_format_nuhepmc);
	ck_assert_ptr_eq(bsm_format_find("a.wcsim.hepmc3"), &bsm_format_nuhepmc_wcsim);
	ck_assert_ptr_eq(bsm_format_find("a.hepevt"), &bsm_format_hepevt);
	ck_assert_ptr_null(bsm_format_find("a.txt"));
	ck_assert_ptr_null(bsm_format_find(""));
	for (int i = 0; bsm_formats[i]; i++)
		ck_assert(bsm_formats[i]->header && bsm_formats[i]->event && bsm_formats[i]->footer &&
			  bsm_formats[i]->doc[0]);
}
END_TEST

TEST_MAIN("nuhepmc", comes_back, other_locale, exposure_and_weights, per_atom, small_times, large_ids, refusals,
	  two_targets, other_generator, implicit_vertices, hostile, cut_anywhere, names)
