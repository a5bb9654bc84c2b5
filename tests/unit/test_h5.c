#include <hdf5.h>
#include <stdio.h>
#include <unistd.h>

#include "check_main.h"
#include "event_file.h"
#include "format/reader.h"

static char dir[] = "/tmp/bsmnu-h5-XXXXXX";

static const char *at(const char *name)
{
	static char path[4][256];
	static int turn;
	char *p = path[turn++ % 4];
	snprintf(p, 256, "%s/%s", dir, name);
	return p;
}

static int same_files(const char *a, const char *b)
{
	char command[600];
	snprintf(command, sizeof command, "cmp -s %s %s", a, b);
	return system(command) == 0;
}

/* What the reader gives, written again: every column of every format of this kind to the bit, and the run's header. */
static enum bsm_status rewrite(struct bsm_ctx *ctx, const char *from, const char *to, struct bsm_run *run, uint64_t *events)
{
	struct bsm_reader *r;
	struct bsm_output *o;
	const struct bsm_format *f = bsm_format_find(to);
	BSM_TRY(bsm_reader_open(ctx, from, NULL, &r, run));
	struct bsm_event_source source = bsm_reader_source(r);
	enum bsm_status status = bsm_output_open(ctx, to, &o);
	if (status == BSM_OK)
		status = f->build(ctx, run, &source, o);
	*events = r->events;
	bsm_reader_close(r);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}

/* Values that a rounding, a narrowing or a missing column would change. */
static void odd_event(uint64_t id, struct bsm_event *e)
{
	sample_event(id, e);
	e->id = id ? UINT64_MAX - id : UINT64_MAX;
	e->history.probability = (double)NAN;
	e->history.delay_s = -0.0;
	e->p[0].pol[0] = 0.1;
	e->p[0].pol[2] = -1;
	e->p[1].origin = -77;
	e->vertex[e->nvertex - 1].x.e = 1.23456789012345678e-5;
	e->weight = 0x1.fffffffffffffp-1000;
}

static void same_event(const struct bsm_event *a, const struct bsm_event *b)
{
	ck_assert(a->id == b->id && a->n == b->n && a->nvertex == b->nvertex && a->weight == b->weight);
	ck_assert(!memcmp(&a->history, &b->history, sizeof a->history));
	for (int k = 0; k < a->nvertex; k++)
		ck_assert(!memcmp(&a->vertex[k], &b->vertex[k], sizeof a->vertex[k]));
	for (int i = 0; i < a->n; i++) {
		ck_assert(a->from[i] == b->from[i] && a->to[i] == b->to[i]);
		ck_assert(a->p[i].pdg == b->p[i].pdg && a->p[i].status == b->p[i].status && a->p[i].origin == b->p[i].origin);
		ck_assert(a->p[i].m == b->p[i].m && !memcmp(&a->p[i].p, &b->p[i].p, sizeof a->p[i].p));
		ck_assert(!memcmp(&a->p[i].x, &b->p[i].x, sizeof a->p[i].x) && !memcmp(a->p[i].pol, b->p[i].pol, sizeof a->p[i].pol));
	}
}

/* Over more events than a block of rows (8192) or a cluster of entries (2000) holds. */
START_TEST(nothing_is_lost)
{
	static const char *const endings[] = {"h5", "gtrac.root"};
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(1), back;
	struct bsm_reader *r;
	struct bsm_event e, expected;
	for (int k = 0; k < 2; k++) {
		char name[64];
		int more;
		snprintf(name, sizeof name, "odd.%s", endings[k]);
		ck_assert_msg(write_event_file(&ctx, at(name), bsm_format_find(name), &run, 4001, odd_event) == BSM_OK, "%s", ctx.message);
		ck_assert_msg(bsm_reader_open(&ctx, at(name), NULL, &r, &back) == BSM_OK, "%s", ctx.message);
		ck_assert(back.pot == run.pot && back.xsec_pb == run.xsec_pb && back.seed == run.seed && back.weighted == 1);
		ck_assert(back.xsec_error_pb == run.xsec_error_pb && back.beam_pdg == run.beam_pdg);
		ck_assert_str_eq(back.card, run.card);
		ck_assert_str_eq(back.hash, run.hash);
		ck_assert_str_eq(back.model, run.model);
		ck_assert_int_eq(back.nprocess, 3);
		ck_assert_str_eq(back.process[1].doc, run.process[1].doc);
		ck_assert_str_eq(back.process[0].cite, run.process[0].cite);
		ck_assert(back.species[0].pdg == SAMPLE_N && back.species[0].mass_GeV == 0.35 && back.species[0].spin2 == 1);
		ck_assert_str_eq(back.value[2].word, "majorana");
		ck_assert(back.value[1].value == 1e-9 && !back.value[1].word);
		for (uint64_t id = 0; id < 4001; id++) {
			ck_assert_msg(bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more, "%s", ctx.message);
			odd_event(id, &expected);
			ck_assert(isnan(e.unweighted));
			same_event(&e, &expected);
		}
		ck_assert(bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && !more);
		bsm_reader_close(r);
	}
}
END_TEST

START_TEST(same_bytes_again)
{
	struct bsm_ctx ctx = {0};
	struct bsm_run back;
	uint64_t n;
	ck_assert_int_eq(rewrite(&ctx, at("odd.h5"), at("again.h5"), &back, &n), BSM_OK);
	ck_assert_int_eq(rewrite(&ctx, at("odd.gtrac.root"), at("again.gtrac.root"), &back, &n), BSM_OK);
	ck_assert_int_eq(rewrite(&ctx, at("odd.gtrac.root"), at("other.h5"), &back, &n), BSM_OK);
	ck_assert_uint_eq(n, 4001);
	ck_assert(same_files(at("odd.h5"), at("again.h5")));
	ck_assert(same_files(at("odd.gtrac.root"), at("again.gtrac.root")));
	ck_assert(same_files(at("odd.h5"), at("other.h5")));
}
END_TEST

static void take_note(void *arg, enum bsm_level level, const char *text)
{
	if (level == BSM_WARNING)
		snprintf(arg, 256, "%s", text);
}

/* Of a file without events the reader says so, and what it holds of its run is there. */
START_TEST(empty)
{
	static const char *const endings[] = {"h5", "gtrac.root", "hepmc3", "nuance", "hepevt"};
	for (int k = 0; k < 5; k++) {
		char name[64], said[256] = "";
		struct bsm_ctx ctx = {.note = take_note, .note_arg = said};
		struct bsm_run run = sample_run(k < 3), back;
		struct bsm_reader *r;
		struct bsm_event e;
		int more;
		snprintf(name, sizeof name, "empty.%s", endings[k]);
		ck_assert_int_eq(write_event_file(&ctx, at(name), bsm_format_find(name), &run, 0, sample_event), BSM_OK);
		ck_assert_msg(bsm_reader_open(&ctx, at(name), NULL, &r, &back) == BSM_OK, "%s", ctx.message);
		ck_assert(k >= 3 || back.pot == run.pot);
		ck_assert_int_eq(bsm_reader_next(&ctx, r, &e, &more), BSM_OK);
		ck_assert_int_eq(more, 0);
		ck_assert_msg(strstr(said, name) && strstr(said, "no event"), "%s: %s", name, said);
		bsm_reader_close(r);
	}
}
END_TEST

static void spoil(const char *path, const char *set, int row, long long value)
{
	hid_t f = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT), d = H5Dopen2(f, set, H5P_DEFAULT), s = H5Dget_space(d), one;
	hsize_t from = (hsize_t)row, n = 1;
	one = H5Screate_simple(1, &n, NULL);
	ck_assert(H5Sselect_hyperslab(s, H5S_SELECT_SET, &from, NULL, &n, NULL) >= 0);
	ck_assert(H5Dwrite(d, H5T_NATIVE_LLONG, one, s, H5P_DEFAULT, &value) >= 0);
	H5Sclose(one);
	H5Sclose(s);
	H5Dclose(d);
	H5Fclose(f);
}

static void cut_column(const char *path, const char *set, hsize_t n)
{
	hid_t f = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT), d = H5Dopen2(f, set, H5P_DEFAULT);
	ck_assert(H5Dset_extent(d, &n) >= 0);
	H5Dclose(d);
	H5Fclose(f);
}

static void remove_link(const char *path, const char *set)
{
	hid_t f = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
	ck_assert(H5Ldelete(f, set, H5P_DEFAULT) >= 0);
	H5Fclose(f);
}

static enum bsm_status read_all(struct bsm_ctx *ctx, const char *path)
{
	struct bsm_reader *r;
	struct bsm_run run;
	struct bsm_event e;
	int more = 1;
	BSM_TRY(bsm_reader_open(ctx, path, NULL, &r, &run));
	enum bsm_status status = BSM_OK;
	while (status == BSM_OK && more)
		status = bsm_reader_next(ctx, r, &e, &more);
	bsm_reader_close(r);
	return status;
}

/* Wrong contents, one at a time: each is told with file and place. */
START_TEST(hostile)
{
	static const struct { const char *set; int row; long long value; const char *word; } spoilt[] = {
		{"events/n_particles", 3, 97, "row 3"},	       {"events/n_vertices", 0, -1, "row 0"},
		{"events/n_vertices", 5, 33, "row 5"},	       {"events/n_particles", 2, 1, "particles/event"},
		{"events/n_particles", 9, 4, "particles"},     {"particles/event", 4, 2, "particles/event"},
		{"vertices/event", 0, 7, "vertices/event"},    {"particles/from_vertex", 1, 2, "vertex 2"},
		{"particles/to_vertex", 0, -2, "vertex -2"},   {"vertices/process", 0, 3, "process"},
		{"events/production_process", 1, -2, "process"}};
	struct bsm_run run = sample_run(1);
	const char *path = at("spoilt.h5");
	char copy[256];
	snprintf(copy, sizeof copy, "%s", path);
	for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++) {
		struct bsm_ctx ctx = {0};
		ck_assert_int_eq(write_event_file(&ctx, copy, &bsm_format_h5, &run, 10, sample_event), BSM_OK);
		spoil(copy, spoilt[i].set, spoilt[i].row, spoilt[i].value);
		ck_assert_msg(read_all(&ctx, copy) != BSM_OK, "%s: %d", spoilt[i].set, (int)i);
		ck_assert_msg(strstr(ctx.message, "spoilt.h5") && strstr(ctx.message, spoilt[i].word), "%s: %s", spoilt[i].set, ctx.message);
	}
	static const char *const gone[] = {"run", "events", "particles/px", "vertices", "events/delay"};
	for (size_t i = 0; i < 5; i++) {
		struct bsm_ctx ctx = {0};
		ck_assert_int_eq(write_event_file(&ctx, copy, &bsm_format_h5, &run, 10, sample_event), BSM_OK);
		remove_link(copy, gone[i]);
		ck_assert_int_ne(read_all(&ctx, copy), BSM_OK);
		ck_assert_msg(strstr(ctx.message, "spoilt.h5") && strstr(ctx.message, gone[i]), "%s: %s", gone[i], ctx.message);
	}
	struct bsm_ctx ctx = {0};
	ck_assert_int_eq(write_event_file(&ctx, copy, &bsm_format_h5, &run, 10, sample_event), BSM_OK);
	cut_column(copy, "particles/px", 7);
	ck_assert_int_eq(read_all(&ctx, copy), BSM_E_SYNTAX);
	ck_assert_msg(strstr(ctx.message, "7 entries"), "%s", ctx.message);
}
END_TEST

START_TEST(other_files)
{
	struct bsm_run run = sample_run(1);
	struct bsm_ctx ctx = {0};
	struct bsm_reader *r;
	ck_assert_int_eq(bsm_reader_memory(&ctx, "x.h5", "hello", 5, NULL, &r, &run), BSM_E_SYNTAX);
	ck_assert_msg(strstr(ctx.message, "x.h5") && strstr(ctx.message, "HDF5"), "%s", ctx.message);
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_reader_memory(&ctx, "x.h5", "", 0, NULL, &r, &run), BSM_E_SYNTAX);
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_reader_open(&ctx, at("missing.h5"), NULL, &r, &run), BSM_E_IO);
	ctx.status = BSM_OK;
	hid_t f = H5Fcreate(at("foreign.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
	H5Fclose(f);
	ck_assert_int_eq(bsm_reader_open(&ctx, at("foreign.h5"), NULL, &r, &run), BSM_E_FORMAT);
	ck_assert_msg(strstr(ctx.message, "not one of events"), "%s", ctx.message);
	/* A writer that cannot: a device. */
	ctx.status = BSM_OK;
	run = sample_run(1);
	ck_assert_int_eq(write_event_file(&ctx, "/dev/full", &bsm_format_h5, &run, 1, sample_event), BSM_E_IO);
	ctx.status = BSM_OK;
	ck_assert_int_eq(write_event_file(&ctx, "/dev/full", &bsm_format_gtrac, &run, 1, sample_event), BSM_E_IO);
}
END_TEST

START_TEST(cut_off)
{
	struct bsm_run run = sample_run(1);
	struct bsm_ctx ctx = {0};
	ck_assert_int_eq(write_event_file(&ctx, at("cut.h5"), &bsm_format_h5, &run, 100, sample_event), BSM_OK);
	FILE *f = fopen(at("cut.h5"), "rb");
	static char bytes[1 << 20];
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	ck_assert(n > 1000 && n < sizeof bytes);
	for (size_t keep = 0; keep < n; keep += 1 + n / 37) {
		struct bsm_reader *r;
		struct bsm_run back;
		ctx.status = BSM_OK;
		ck_assert_msg(bsm_reader_memory(&ctx, "cut.h5", bytes, keep, NULL, &r, &back) != BSM_OK, "%d of %d bytes", (int)keep, (int)n);
		ck_assert_ptr_nonnull(strstr(ctx.message, "cut.h5"));
	}
}
END_TEST

static void make_dir_once(void)
{
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

START_TEST(clean)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", dir);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(begin)
{
	make_dir_once();
}
END_TEST

TEST_MAIN("h5", begin, nothing_is_lost, same_bytes_again, empty, hostile, other_files, cut_off, clean)
