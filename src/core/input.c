/* Lines of plain, gzip and zstd files, or of memory. Bytes come in chunks from the source, go through the decoder into
 * a window, and lines are cut from the window: memory is bounded by the longest line. */
#include "core/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { CHUNK = 1 << 17 };

struct bsm_input {
	char *name;
	int fd;                      /* -1: memory */
	const unsigned char *source; /* bytes not yet decoded */
	size_t left;
	unsigned char *chunk; /* what `source` points into when it is a file */
	int source_ended;
	enum bsm_compression kind;
	int inside; /* a frame is begun and not ended */
	ZSTD_DCtx *zstd;
	z_stream gzip;
	int gzip_ready;
	struct bsm_text window;   /* decoded bytes */
	size_t at, searched;      /* next line's begin; no line end between it and `searched` */
	size_t line_at, line_len; /* last line given */
	int has_line, again, unended, ended;
	int64_t lineno;
};

static enum bsm_status out_of_memory(struct bsm_ctx *ctx, const char *name)
{
	return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", name);
}

static enum bsm_status fill_source(struct bsm_ctx *ctx, struct bsm_input *in)
{
	if (in->left > 0 || in->source_ended)
		return BSM_OK;
	if (in->fd < 0) {
		in->source_ended = 1;
		return BSM_OK;
	}
	ssize_t n;
	do
		n = read(in->fd, in->chunk, CHUNK);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		char text[128];
		if (strerror_r(errno, text, sizeof text))
			text[0] = '\0';
		return bsm_fail(ctx, BSM_E_IO, "%s: cannot be read: %s", in->name, text);
	}
	in->source = in->chunk;
	in->left = (size_t)n;
	in->source_ended = n == 0;
	return BSM_OK;
}

static void take(struct bsm_input *in, size_t n)
{
	in->source += n;
	in->left -= n;
}

static enum bsm_status decode_plain(struct bsm_input *in, char *to, size_t room, size_t *made)
{
	*made = in->left < room ? in->left : room;
	if (*made)
		memcpy(to, in->source, *made);
	take(in, *made);
	return BSM_OK;
}

static enum bsm_status decode_zstd(struct bsm_ctx *ctx, struct bsm_input *in, char *to, size_t room, size_t *made)
{
	ZSTD_inBuffer from = {in->source, in->left, 0};
	ZSTD_outBuffer into = {to, room, 0};
	size_t rest = ZSTD_decompressStream(in->zstd, &into, &from);
	if (ZSTD_isError(rest))
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: damaged zstd data: %s", in->name, ZSTD_getErrorName(rest));
	in->inside = rest != 0;
	*made = into.pos;
	take(in, from.pos);
	return BSM_OK;
}

static enum bsm_status decode_gzip(struct bsm_ctx *ctx, struct bsm_input *in, char *to, size_t room, size_t *made)
{
	z_stream *z = &in->gzip;
	size_t offered = in->left > UINT32_MAX / 2 ? UINT32_MAX / 2 : in->left;
	if (!in->inside && inflateReset(z) != Z_OK)
		return out_of_memory(ctx, in->name);
	in->inside = 1;
	z->next_in = (Bytef *)in->source;
	z->avail_in = (uInt)offered;
	z->next_out = (Bytef *)to;
	z->avail_out = (uInt)room;
	int code = inflate(z, Z_NO_FLUSH);
	if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: damaged gzip data: %s", in->name,
				z->msg ? z->msg : "wrong form");
	if (code == Z_STREAM_END)
		in->inside = 0;
	*made = room - z->avail_out;
	take(in, offered - z->avail_in);
	return BSM_OK;
}

static enum bsm_status decode(struct bsm_ctx *ctx, struct bsm_input *in, char *to, size_t room, size_t *made)
{
	if (in->kind == BSM_ZSTD)
		return decode_zstd(ctx, in, to, room, made);
	if (in->kind == BSM_GZIP)
		return decode_gzip(ctx, in, to, room, made);
	return decode_plain(in, to, room, made);
}

/* Decodes at least one more byte into the window, or sets `ended`. */
static enum bsm_status fill_window(struct bsm_ctx *ctx, struct bsm_input *in)
{
	size_t made = 0;
	char *to = bsm_text_reserve(&in->window, CHUNK);
	if (!to)
		return out_of_memory(ctx, in->name);
	while (made == 0 && !in->ended) {
		BSM_TRY(bsm_check_cancel(ctx));
		BSM_TRY(fill_source(ctx, in));
		int dry = in->left == 0 && in->source_ended;
		if (!dry || in->inside) /* a decoder may still hold bytes when its source is dry */
			BSM_TRY(decode(ctx, in, to, CHUNK, &made));
		if (dry && made == 0) {
			if (in->inside)
				return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is cut off inside its compressed data",
						in->name);
			in->ended = 1;
		}
	}
	in->window.len += made;
	return BSM_OK;
}

/* Before the window grows, what has been read leaves it. */
static void compact(struct bsm_input *in)
{
	size_t rest = in->window.len - in->at;
	if (in->at == 0)
		return;
	if (rest)
		memmove(in->window.data, in->window.data + in->at, rest);
	in->window.len = rest;
	in->searched -= in->at;
	in->at = 0;
}

static void give(struct bsm_input *in, size_t length, size_t with_end, const char **line, const char **end)
{
	in->line_at = in->at;
	in->at += with_end;
	in->searched = in->at;
	if (length > 0 && in->window.data[in->line_at + length - 1] == '\r')
		length--;
	in->line_len = length;
	in->has_line = 1;
	in->lineno++;
	*line = in->window.data + in->line_at;
	*end = *line + length;
}

enum bsm_status bsm_input_line(struct bsm_ctx *ctx, struct bsm_input *in, const char **line, const char **end)
{
	*line = *end = NULL;
	if (in->again) {
		in->again = 0;
		if (!in->has_line)
			return BSM_OK;
		*line = in->window.data + in->line_at;
		*end = *line + in->line_len;
		return BSM_OK;
	}
	for (;;) {
		size_t length = in->window.len - in->at, seen = in->searched - in->at;
		const char *from = in->window.data + in->at;
		const char *newline = length > seen ? memchr(from + seen, '\n', length - seen) : NULL;
		if (newline) {
			give(in, (size_t)(newline - from), (size_t)(newline - from) + 1, line, end);
			return BSM_OK;
		}
		in->searched = in->window.len;
		if (length > BSM_LONGEST_LINE) {
			in->lineno++;
			return bsm_input_fail(ctx, in, BSM_E_SYNTAX, "a line is longer than 16 MiB");
		}
		if (in->ended) {
			in->has_line = length > 0;
			in->unended |= length > 0;
			if (length > 0)
				give(in, length, length, line, end);
			return BSM_OK;
		}
		compact(in);
		BSM_TRY(fill_window(ctx, in));
	}
}

enum bsm_status bsm_input_bytes(struct bsm_ctx *ctx, struct bsm_input *in, size_t n, const char **bytes, size_t *left)
{
	*bytes = NULL;
	while (in->window.len - in->at < n && !in->ended) {
		compact(in);
		BSM_TRY(fill_window(ctx, in));
	}
	*left = in->window.len - in->at;
	if (*left < n)
		return BSM_OK;
	*bytes = in->window.data + in->at;
	in->at += n;
	in->searched = in->at;
	return BSM_OK;
}

void bsm_input_again(struct bsm_input *in)
{
	in->again = 1;
}

int bsm_input_unended(const struct bsm_input *in)
{
	return in->unended;
}

const char *bsm_input_name(const struct bsm_input *in)
{
	return in->name;
}

int64_t bsm_input_lineno(const struct bsm_input *in)
{
	return in->lineno;
}

enum bsm_status bsm_input_fail(struct bsm_ctx *ctx, const struct bsm_input *in, enum bsm_status status, const char *fmt,
			       ...)
{
	char text[768];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	return bsm_fail(ctx, status, "%s:%lld: %s", in->name, (long long)in->lineno, text);
}

void bsm_input_close(struct bsm_input *in)
{
	if (!in)
		return;
	if (in->fd >= 0)
		close(in->fd);
	if (in->gzip_ready)
		inflateEnd(&in->gzip);
	ZSTD_freeDCtx(in->zstd);
	bsm_text_free(&in->window);
	free(in->chunk);
	free(in->name);
	free(in);
}

/* Gathers the first four bytes of a file, which a pipe may give in pieces. */
static enum bsm_status first_bytes(struct bsm_ctx *ctx, struct bsm_input *in)
{
	size_t have = 0;
	if (in->fd < 0)
		return BSM_OK;
	do {
		size_t before = have;
		ssize_t n = read(in->fd, in->chunk + have, CHUNK - have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			char text[128];
			if (strerror_r(errno, text, sizeof text))
				text[0] = '\0';
			return bsm_fail(ctx, BSM_E_IO, "%s: cannot be read: %s", in->name, text);
		}
		have += (size_t)n;
		if (have == before)
			break;
	} while (have < 4);
	in->source = in->chunk;
	in->left = have;
	return BSM_OK;
}

static enum bsm_status start_decoder(struct bsm_ctx *ctx, struct bsm_input *in)
{
	static const unsigned char zstd_magic[4] = {0x28, 0xb5, 0x2f, 0xfd};
	if (in->left >= 4 && memcmp(in->source, zstd_magic, 4) == 0) {
		in->kind = BSM_ZSTD;
		in->zstd = ZSTD_createDCtx();
		return in->zstd ? BSM_OK : out_of_memory(ctx, in->name);
	}
	if (in->left >= 2 && in->source[0] == 0x1f && in->source[1] == 0x8b) {
		in->kind = BSM_GZIP;
		in->gzip_ready = inflateInit2(&in->gzip, 15 + 16) == Z_OK; /* +16: gzip only */
		return in->gzip_ready ? BSM_OK : out_of_memory(ctx, in->name);
	}
	in->kind = BSM_PLAIN;
	return BSM_OK;
}

static struct bsm_input *input_make(const char *name)
{
	struct bsm_input *in = calloc(1, sizeof *in);
	size_t n = strlen(name) + 1;
	if (!in)
		return NULL;
	in->fd = -1;
	in->name = malloc(n);
	if (in->name)
		memcpy(in->name, name, n);
	if (!in->name || !bsm_text_reserve(&in->window, CHUNK)) {
		bsm_input_close(in);
		return NULL;
	}
	return in;
}

static enum bsm_status input_start(struct bsm_ctx *ctx, struct bsm_input *in, struct bsm_input **out)
{
	enum bsm_status status = first_bytes(ctx, in);
	if (status == BSM_OK)
		status = start_decoder(ctx, in);
	if (status == BSM_OK && in->kind == BSM_PLAIN && bsm_compression_of(in->name) != BSM_PLAIN && in->left > 0)
		status = bsm_fail(ctx, BSM_E_SYNTAX, "%s: is not compressed, though its name says so", in->name);
	if (status == BSM_OK)
		*out = in;
	else
		bsm_input_close(in);
	return status;
}

enum bsm_status bsm_input_open(struct bsm_ctx *ctx, const char *path, struct bsm_input **out)
{
	*out = NULL;
	struct bsm_input *in = input_make(path);
	if (!in)
		return out_of_memory(ctx, path);
	in->chunk = malloc(CHUNK);
	in->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (!in->chunk || in->fd < 0) {
		char text[128];
		if (strerror_r(errno, text, sizeof text))
			text[0] = '\0';
		bsm_input_close(in);
		return bsm_fail(ctx, BSM_E_IO, "%s: cannot be opened: %s", path, text);
	}
	return input_start(ctx, in, out);
}

enum bsm_status bsm_input_memory(struct bsm_ctx *ctx, const char *name, const void *bytes, size_t n,
				 struct bsm_input **out)
{
	*out = NULL;
	struct bsm_input *in = input_make(name);
	if (!in)
		return out_of_memory(ctx, name);
	in->source = bytes;
	in->left = n;
	return input_start(ctx, in, out);
}
