#include <stdio.h>
#include <unistd.h>

#include "check_main.h"
#include "event_file.h"
#include "format/reader.h"
#include "format/root_tree.h"

static char dir[] = "/tmp/bsmnu-gtrac-XXXXXX";
static uint8_t bytes[1 << 20], spoilt[1 << 20];
static size_t size;

static const char *at(const char *name)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

START_TEST(begin)
{
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(1);
	ck_assert_ptr_nonnull(mkdtemp(dir));
	ck_assert_int_eq(write_event_file(&ctx, at("x.gtrac.root"), &bsm_format_gtrac, &run, 30, sample_event), BSM_OK);
	FILE *f = fopen(at("x.gtrac.root"), "rb");
	size = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	ck_assert(size > 1000 && size < sizeof bytes);
}
END_TEST

static enum bsm_status read_all(struct bsm_ctx *ctx, const uint8_t *from, size_t n, int *events)
{
	struct bsm_reader *r;
	struct bsm_run run;
	struct bsm_event e;
	int more = 1;
	*events = 0;
	BSM_TRY(bsm_reader_memory(ctx, "x.gtrac.root", from, n, NULL, &r, &run));
	enum bsm_status status;
	while ((status = bsm_reader_next(ctx, r, &e, &more)) == BSM_OK && more)
		++*events;
	bsm_reader_close(r);
	return status;
}

/* Cut at any place: the header knows the length. */
START_TEST(cut_off)
{
	int events;
	for (size_t n = 0; n < size; n += n < 300 ? 1 : 97) {
		struct bsm_ctx ctx = {0};
		ck_assert_msg(read_all(&ctx, bytes, n, &events) != BSM_OK, "%d bytes", (int)n);
		ck_assert_ptr_nonnull(strstr(ctx.message, "x.gtrac.root"));
	}
	struct bsm_ctx ctx = {0};
	ck_assert_int_eq(read_all(&ctx, bytes, size, &events), BSM_OK);
	ck_assert_int_eq(events, 30);
}
END_TEST

/* Each byte changed, one at a time: an error that names the file, or the same events (free bytes, the UUID, numbers). */
START_TEST(spoilt_bytes)
{
	int refused = 0, events;
	memcpy(spoilt, bytes, size);
	for (size_t k = 0; k < size; k += k < 400 ? 1 : 13) {
		struct bsm_ctx ctx = {0};
		spoilt[k] ^= 0x55;
		if (read_all(&ctx, spoilt, size, &events) != BSM_OK) {
			ck_assert_msg(strstr(ctx.message, "x.gtrac.root") != NULL, "%s", ctx.message);
			refused++;
		} else {
			ck_assert_int_eq(events, 30);
		}
		spoilt[k] = bytes[k];
	}
	ck_assert_int_gt(refused, 500);
}
END_TEST

START_TEST(says_where)
{
	static const struct { size_t at; const char *word; } places[] = {
		{0, "magic"}, {4, "version of ROOT"}, {11, "fBEGIN"}, {40, "fUnits"}, {104, "version of TKey"}, {126, "TKey of the directory"}};
	int events;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct bsm_ctx ctx = {0};
		memcpy(spoilt, bytes, size);
		spoilt[places[i].at] ^= 1;
		ck_assert_int_eq(read_all(&ctx, spoilt, size, &events), BSM_E_FORMAT);
		ck_assert_msg(strstr(ctx.message, places[i].word) && strstr(ctx.message, "byte ") && strstr(ctx.message, "expected"), "%d: %s",
			      (int)places[i].at, ctx.message);
	}
	struct bsm_ctx ctx = {0};
	ck_assert_int_eq(read_all(&ctx, (const uint8_t *)"not a root file", 15, &events), BSM_E_FORMAT);
	ck_assert_msg(strstr(ctx.message, "byte 0") && strstr(ctx.message, "magic"), "%s", ctx.message);
}
END_TEST

/* zlib blocks of at most 2^24 - 1 bytes, and data that does not get smaller. */
START_TEST(packing)
{
	enum { BIG = (1 << 24) + 12345 };
	struct bsm_ctx ctx = {0};
	struct bsm_text out = {0};
	char *data = calloc(1, BIG);
	uint8_t *back = malloc(BIG);
	ck_assert(data && back);
	for (int i = 0; i < BIG; i += 7)
		data[i] = (char)(i / 7);
	ck_assert_int_eq(bsm_root_pack(&ctx, data, BIG, &out), BSM_OK);
	ck_assert(out.len < BIG / 2);
	ck_assert_int_eq(bsm_root_unpack((const uint8_t *)out.data, out.len, back, BIG), 0);
	ck_assert(!memcmp(data, back, BIG));
	ck_assert_int_eq(bsm_root_unpack((const uint8_t *)out.data, out.len - 1, back, BIG), 1);
	ck_assert_int_eq(bsm_root_unpack((const uint8_t *)out.data, out.len, back, BIG - 1), 1);
	bsm_text_clear(&out);
	uint64_t s = 1;
	for (int i = 0; i < 4096; i++)
		data[i] = (char)(int)(256 * sample_random(&s));
	ck_assert_int_eq(bsm_root_pack(&ctx, data, 4096, &out), BSM_OK);
	ck_assert_uint_eq(out.len, 4096);
	ck_assert_int_eq(bsm_root_unpack((const uint8_t *)out.data, out.len, back, 4096), 0);
	ck_assert(!memcmp(data, back, 4096));
	bsm_text_clear(&out);
	ck_assert_int_eq(bsm_root_pack(&ctx, data, 0, &out), BSM_OK);
	ck_assert_int_eq(bsm_root_unpack((const uint8_t *)out.data, 0, back, 0), 0);
	bsm_text_free(&out);
	free(data);
	free(back);
}
END_TEST

/* What the header of a stream says in one way and its content in another. */
START_TEST(streams)
{
	struct bsm_text t = {0};
	struct bsm_root_io w = {.out = &t};
	char s[8];
	size_t o = bsm_root_open_object(&w, "x", 3);
	bsm_root_string(&w, "s", "name");
	bsm_root_close_object(&w, "x", o);
	const uint8_t *b = (const uint8_t *)t.data;
	ck_assert(t.len == 11 && b[0] == 0x40 && b[3] == 7 && b[5] == 3 && b[6] == 4); /* count without itself, version, text */
	struct bsm_root_io r = {.begin = b, .at = b, .end = b + t.len};
	o = bsm_root_open_object(&r, "x", 3);
	bsm_root_any_string(&r, "s", s, sizeof s);
	bsm_root_close_object(&r, "x", o);
	ck_assert(!r.wrong && !strcmp(s, "name"));
	r = (struct bsm_root_io){.begin = b, .at = b, .end = b + t.len};
	bsm_root_open_object(&r, "x", 4);
	ck_assert(r.wrong && r.found == 3 && r.expected == 4 && r.where == 4);
	r = (struct bsm_root_io){.begin = b, .at = b, .end = b + t.len};
	o = bsm_root_open_object(&r, "x", 3);
	bsm_root_close_object(&r, "x", o);
	ck_assert(r.wrong && r.found == 7 && r.expected == 2);
	r = (struct bsm_root_io){.begin = b, .at = b + 6, .end = b + t.len};
	bsm_root_any_string(&r, "s", s, 4);
	ck_assert(r.wrong && r.found == 4 && r.expected == 3);
	bsm_text_free(&t);
}
END_TEST

START_TEST(end)
{
	unlink(at("x.gtrac.root"));
	ck_assert_int_eq(rmdir(dir), 0);
}
END_TEST

TEST_MAIN("gtrac", begin, cut_off, spoilt_bytes, says_where, packing, streams, end)
