/* Files: whole or not there, compressed or not, cut off or not. */
#include "check_main.h"
#include "core/stream.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(const char *name)
{
	static char path[4][256];
	static int turn;
	char *p = path[turn++ % 4];
	snprintf(p, 256, "%s/%s", folder, name);
	return p;
}

static void make_folder(void)
{
	strcpy(folder, "/tmp/bsmnu_stream_XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static int exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static void write_text(struct bsm_ctx *ctx, const char *path, const char *text, size_t n)
{
	struct bsm_output *o;
	ck_assert_msg(bsm_output_open(ctx, path, &o) == BSM_OK, "%s", ctx->message);
	ck_assert_int_eq(bsm_output_write(ctx, o, text, n), BSM_OK);
	ck_assert_int_eq(bsm_output_commit(ctx, o), BSM_OK);
}

static void check_content(const char *path, const char *expected)
{
	char text[256] = "";
	FILE *f = fopen(path, "rb");
	ck_assert_ptr_nonnull(f);
	size_t n = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	text[n] = '\0';
	ck_assert_str_eq(text, expected);
}

START_TEST(appears_whole)
{
	struct bsm_ctx ctx = {0};
	struct bsm_output *o;
	make_folder();
	const char *path = in_folder("events.txt"), *part = in_folder(".events.txt.part");
	ck_assert_int_eq(bsm_output_open(&ctx, path, &o), BSM_OK);
	ck_assert_int_eq(bsm_output_write(&ctx, o, "hello\n", 6), BSM_OK);
	ck_assert_uint_eq(bsm_output_offset(o), 6);
	ck_assert(!exists(path) && exists(part));
	ck_assert_int_eq(bsm_output_commit(&ctx, o), BSM_OK);
	ck_assert(exists(path) && !exists(part));
	check_content(path, "hello\n");
	/* A second run that is given up leaves the old file alone. */
	ck_assert_int_eq(bsm_output_open(&ctx, path, &o), BSM_OK);
	ck_assert_int_eq(bsm_output_write(&ctx, o, "new\n", 4), BSM_OK);
	bsm_output_discard(o);
	ck_assert(!exists(part));
	check_content(path, "hello\n");
	remove_folder();
}
END_TEST

START_TEST(resume)
{
	struct bsm_ctx ctx = {0};
	struct bsm_output *o;
	make_folder();
	const char *path = in_folder("events.txt");
	ck_assert_int_eq(bsm_output_resume(&ctx, path, 0, &o), BSM_E_IO);
	ck_assert_ptr_nonnull(strstr(ctx.message, "nothing to resume"));
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_output_open(&ctx, path, &o), BSM_OK);
	ck_assert_int_eq(bsm_output_write(&ctx, o, "block 1\nblock 2\nhalf a bl", 25), BSM_OK);
	ck_assert_int_eq(bsm_output_sync(&ctx, o), BSM_OK);
	bsm_output_keep(o);
	ck_assert_int_eq(bsm_output_resume(&ctx, path, 999, &o), BSM_E_IO);
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_output_resume(&ctx, path, 16, &o), BSM_OK);
	ck_assert_uint_eq(bsm_output_offset(o), 16);
	ck_assert_int_eq(bsm_output_write(&ctx, o, "block 3\n", 8), BSM_OK);
	ck_assert_int_eq(bsm_output_commit(&ctx, o), BSM_OK);
	check_content(path, "block 1\nblock 2\nblock 3\n");
	remove_folder();
}
END_TEST

START_TEST(two_writers)
{
	struct bsm_ctx ctx = {0};
	struct bsm_output *first, *second;
	make_folder();
	const char *path = in_folder("events.txt");
	ck_assert_int_eq(bsm_output_open(&ctx, path, &first), BSM_OK);
	ck_assert_int_eq(bsm_output_open(&ctx, path, &second), BSM_E_IO);
	ck_assert_ptr_null(second);
	ck_assert_ptr_nonnull(strstr(ctx.message, "another run"));
	bsm_output_discard(first);
	remove_folder();
}
END_TEST

START_TEST(bad_places)
{
	static const char *const places[] = {"", "/nowhere/at/all/x", "/tmp", "/tmp/", "/proc/version_not"};
	struct bsm_output *o;
	struct bsm_input *in;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct bsm_ctx ctx = {0};
		ck_assert_int_eq(bsm_output_open(&ctx, places[i], &o), BSM_E_IO);
		ck_assert_msg(strstr(ctx.message, places[i]) != NULL, "%s", ctx.message);
	}
	struct bsm_ctx ctx = {0};
	ck_assert_int_eq(bsm_input_open(&ctx, "/nowhere/x.txt", &in), BSM_E_IO);
	ck_assert_ptr_nonnull(strstr(ctx.message, "No such file"));
	ctx.status = BSM_OK;
	ck_assert_int_eq(bsm_input_open(&ctx, "/tmp", &in), BSM_E_IO);
}
END_TEST

START_TEST(full_disk)
{
	struct bsm_ctx ctx = {0};
	struct bsm_output *o;
	if (!exists("/dev/full"))
		return;
	ck_assert_int_eq(bsm_output_open(&ctx, "/dev/full", &o), BSM_OK);
	ck_assert_int_eq(bsm_output_write(&ctx, o, "x", 1), BSM_E_IO);
	ck_assert_ptr_nonnull(strstr(ctx.message, "/dev/full"));
	ck_assert_ptr_nonnull(strstr(ctx.message, "No space left"));
	bsm_output_discard(o);
	ck_assert(exists("/dev/full"));
}
END_TEST

/* Lines as one text with "|" for each line end; or the failure. */
static enum bsm_status all_lines(struct bsm_ctx *ctx, struct bsm_input *in, struct bsm_text *t)
{
	const char *line, *end;
	for (;;) {
		BSM_TRY(bsm_input_line(ctx, in, &line, &end));
		if (!line)
			return BSM_OK;
		bsm_text_add(t, line, (size_t)(end - line));
		bsm_text_char(t, '|');
	}
}

START_TEST(lines)
{
	struct bsm_ctx ctx = {0};
	struct bsm_input *in;
	struct bsm_text t = {0};
	static const char text[] = "one\r\n\ntwo\nthree";
	const char *line, *end;
	ck_assert_int_eq(bsm_input_memory(&ctx, "name", text, sizeof text - 1, &in), BSM_OK);
	ck_assert_int_eq(bsm_input_line(&ctx, in, &line, &end), BSM_OK);
	bsm_input_again(in);
	ck_assert_int_eq(all_lines(&ctx, in, &t), BSM_OK);
	ck_assert_str_eq(bsm_text_cstr(&t), "one||two|three|");
	ck_assert_int_eq((int)bsm_input_lineno(in), 4);
	ck_assert(bsm_input_unended(in));
	ck_assert_int_eq(bsm_input_fail(&ctx, in, BSM_E_SYNTAX, "wrong %d", 7), BSM_E_SYNTAX);
	ck_assert_str_eq(ctx.message, "name:4: wrong 7");
	bsm_input_close(in);
	bsm_text_free(&t);
}
END_TEST

static void sample_blocks(struct bsm_ctx *ctx, enum bsm_compression kind, struct bsm_text *plain, struct bsm_text *file)
{
	struct bsm_text block = {0};
	for (int b = 0; b < 5; b++) {
		bsm_text_clear(&block);
		for (int i = 0; i < 3000 * b; i++) {
			bsm_text_int(&block, i * 7919 + b);
			bsm_text_char(&block, '\n');
		}
		ck_assert_int_eq(bsm_compress_frame(ctx, kind, &block, file), BSM_OK);
		if (block.len)
			bsm_text_add(plain, block.data, block.len);
	}
	bsm_text_free(&block);
}

static void to_bars(struct bsm_text *t)
{
	for (size_t i = 0; i < t->len; i++)
		if (t->data[i] == '\n')
			t->data[i] = '|';
}

START_TEST(frames)
{
	for (int kind = BSM_PLAIN; kind <= BSM_GZIP; kind++) {
		struct bsm_ctx ctx = {0};
		struct bsm_text plain = {0}, file = {0}, again = {0}, back = {0};
		struct bsm_input *in;
		sample_blocks(&ctx, (enum bsm_compression)kind, &plain, &file);
		ck_assert_int_eq(bsm_input_memory(&ctx, "frames", file.data, file.len, &in), BSM_OK);
		ck_assert_msg(all_lines(&ctx, in, &back) == BSM_OK, "%s", ctx.message);
		bsm_input_close(in);
		bsm_text_clear(&plain);
		sample_blocks(&ctx, (enum bsm_compression)kind, &plain, &again);
		ck_assert(file.len == again.len && memcmp(file.data, again.data, file.len) == 0);
		to_bars(&plain);
		ck_assert_str_eq(bsm_text_cstr(&back), bsm_text_cstr(&plain));
		if (kind != BSM_PLAIN)
			ck_assert_uint_lt(file.len, plain.len / 2);
		bsm_text_free(&plain);
		bsm_text_free(&file);
		bsm_text_free(&again);
		bsm_text_free(&back);
	}
}
END_TEST

/* Every proper prefix of a compressed file that does not end with a frame is an error that names the file. */
START_TEST(cut_off)
{
	for (int kind = BSM_ZSTD; kind <= BSM_GZIP; kind++) {
		struct bsm_ctx ctx = {0};
		struct bsm_text plain = {0}, file = {0};
		bsm_text_str(&plain, "a line\nanother line\nand one more\n");
		ck_assert_int_eq(bsm_compress_frame(&ctx, (enum bsm_compression)kind, &plain, &file), BSM_OK);
		for (size_t n = 4; n < file.len; n++) {
			struct bsm_ctx cut = {0};
			struct bsm_text back = {0};
			struct bsm_input *in;
			ck_assert_int_eq(bsm_input_memory(&cut, "cut.file", file.data, n, &in), BSM_OK);
			ck_assert_msg(all_lines(&cut, in, &back) == BSM_E_SYNTAX, "%d of %d bytes", (int)n,
				      (int)file.len);
			ck_assert_ptr_nonnull(strstr(cut.message, "cut.file"));
			bsm_input_close(in);
			bsm_text_free(&back);
		}
		for (size_t n = 0; n < file.len; n++) { /* and no change of a byte goes unnoticed with other lines */
			struct bsm_ctx changed = {0};
			struct bsm_text back = {0};
			struct bsm_input *in = NULL;
			file.data[n] ^= 0x10;
			if (bsm_input_memory(&changed, "changed", file.data, file.len, &in) == BSM_OK && n >= 4 &&
			    !(kind == BSM_GZIP && n < 10)) { /* time and system in gzip's header are not checked */
				enum bsm_status status = all_lines(&changed, in, &back);
				ck_assert_msg(status != BSM_OK || strcmp(bsm_text_cstr(&back),
									 "a line|another line|and one more|") == 0,
					      "byte %d", (int)n);
			}
			bsm_input_close(in);
			bsm_text_free(&back);
			file.data[n] ^= 0x10;
		}
		bsm_text_free(&plain);
		bsm_text_free(&file);
	}
}
END_TEST

START_TEST(trailing_garbage)
{
	for (int kind = BSM_ZSTD; kind <= BSM_GZIP; kind++) {
		struct bsm_ctx ctx = {0};
		struct bsm_text plain = {0}, file = {0};
		struct bsm_input *in;
		bsm_text_str(&plain, "a line\n");
		ck_assert_int_eq(bsm_compress_frame(&ctx, (enum bsm_compression)kind, &plain, &file), BSM_OK);
		bsm_text_str(&file, "something else");
		bsm_text_clear(&plain);
		ck_assert_int_eq(bsm_input_memory(&ctx, "garbage", file.data, file.len, &in), BSM_OK);
		ck_assert_int_eq(all_lines(&ctx, in, &plain), BSM_E_SYNTAX);
		bsm_input_close(in);
		bsm_text_free(&plain);
		bsm_text_free(&file);
	}
}
END_TEST

START_TEST(long_lines)
{
	size_t n = (size_t)17 << 20;
	char *text = malloc(n);
	struct bsm_input *in;
	const char *line, *end;
	struct bsm_ctx ctx = {0};
	ck_assert_ptr_nonnull(text);
	memset(text, 'x', n);
	text[1 << 20] = '\n'; /* the first is long, but allowed */
	ck_assert_int_eq(bsm_input_memory(&ctx, "long", text, n, &in), BSM_OK);
	ck_assert_int_eq(bsm_input_line(&ctx, in, &line, &end), BSM_OK);
	ck_assert_int_eq((int)(end - line), 1 << 20);
	ck_assert_int_eq(bsm_input_line(&ctx, in, &line, &end), BSM_OK); /* just 16 MiB */
	bsm_input_close(in);
	memset(text, 'x', n);
	ck_assert_int_eq(bsm_input_memory(&ctx, "long", text, n, &in), BSM_OK);
	ck_assert_int_eq(bsm_input_line(&ctx, in, &line, &end), BSM_E_SYNTAX);
	ck_assert_str_eq(ctx.message, "long:1: a line is longer than 16 MiB");
	bsm_input_close(in);
	free(text);
}
END_TEST

/* A few hundred bytes that unpack to a gigabyte stop at the longest line. */
START_TEST(bomb)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text zeros = {0}, file = {0};
	struct bsm_input *in;
	const char *line, *end;
	size_t n = (size_t)64 << 20;
	memset(bsm_text_reserve(&zeros, n), 'x', n);
	zeros.len = n;
	for (int i = 0; i < 16; i++)
		ck_assert_int_eq(bsm_compress_frame(&ctx, BSM_ZSTD, &zeros, &file), BSM_OK);
	bsm_text_free(&zeros);
	ck_assert_int_eq(bsm_input_memory(&ctx, "bomb", file.data, file.len, &in), BSM_OK);
	ck_assert_int_eq(bsm_input_line(&ctx, in, &line, &end), BSM_E_SYNTAX);
	bsm_input_close(in);
	bsm_text_free(&file);
}
END_TEST

START_TEST(wrong_name)
{
	struct bsm_ctx ctx = {0};
	struct bsm_input *in;
	ck_assert_int_eq(bsm_input_memory(&ctx, "x.zst", "plain\n", 6, &in), BSM_E_SYNTAX);
	ctx.status = BSM_OK;
	make_folder();
	write_text(&ctx, in_folder("empty"), "", 0);
	ck_assert_int_eq(bsm_input_open(&ctx, in_folder("empty"), &in), BSM_OK);
	const char *line, *end;
	ck_assert_int_eq(bsm_input_line(&ctx, in, &line, &end), BSM_OK);
	ck_assert_ptr_null(line);
	bsm_input_close(in);
	remove_folder();
}
END_TEST

/* What gzip and zstd themselves write and read. */
START_TEST(foreign_tools)
{
	make_folder();
	struct bsm_ctx ctx = {0};
	struct bsm_text text = {0};
	struct bsm_input *in;
	char command[512];
	snprintf(command, sizeof command,
		 "cd %s && printf 'a\\nb\\n' > x && gzip -k x && zstd -q x && cat x.zst x.zst > y.zst "
		 "&& cat x.gz x.gz > y.gz",
		 folder);
	if (system("command -v zstd gzip > /dev/null") == 0) {
		ck_assert_int_eq(system(command), 0);
		static const char *const names[] = {"y.zst", "y.gz"};
		for (int i = 0; i < 2; i++) {
			bsm_text_clear(&text);
			ck_assert_int_eq(bsm_input_open(&ctx, in_folder(names[i]), &in), BSM_OK);
			ck_assert_msg(all_lines(&ctx, in, &text) == BSM_OK, "%s", ctx.message);
			ck_assert_str_eq(bsm_text_cstr(&text), "a|b|a|b|");
			bsm_input_close(in);
		}
	}
	bsm_text_free(&text);
	remove_folder();
}
END_TEST

TEST_MAIN("stream", appears_whole, resume, two_writers, bad_places, full_disk, lines, frames, cut_off, trailing_garbage,
	  long_lines, bomb, wrong_name, foreign_tools)
