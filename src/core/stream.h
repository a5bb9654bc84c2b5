/* Files. An output appears under its final name only when whole; text is compressed block by block into independent
 * frames, whose concatenation is a valid file; an input gives lines of a plain, gzip or zstd file (told by its first
 * bytes) or of memory, and tells a truncated file from a whole one. */
#ifndef BSM_CORE_STREAM_H
#define BSM_CORE_STREAM_H
#include <stdint.h>

#include "core/context.h"
#include "core/text.h"

/* ---- output: <dir>/.<name>.part until committed; a device or pipe is written directly ---- */
struct bsm_output;

enum bsm_status bsm_output_open(struct bsm_ctx *, const char *path, struct bsm_output **out);
/* Goes on with the .part file that an interrupted run left, cut to its first `offset` bytes; if the run finished the file
 * after its last checkpoint, with that file, which loses its final name again. */
enum bsm_status bsm_output_resume(struct bsm_ctx *, const char *path, uint64_t offset, struct bsm_output **out);
enum bsm_status bsm_output_write(struct bsm_ctx *, struct bsm_output *, const void *bytes, size_t n);
uint64_t bsm_output_offset(const struct bsm_output *);                  /* bytes written so far */
/* Over bytes that are written already: what a header says of all that follows. Not on a device or pipe. */
enum bsm_status bsm_output_rewrite(struct bsm_ctx *, struct bsm_output *, uint64_t offset, const void *bytes, size_t n);
/* Room on the disk for the first n bytes, for a library that falls over a full disk; the file may be longer than it is written,
 * until it is cut. */
enum bsm_status bsm_output_reserve(struct bsm_ctx *, struct bsm_output *, uint64_t n);
enum bsm_status bsm_output_cut(struct bsm_ctx *, struct bsm_output *, uint64_t n);
/* The file that holds the bytes until they are committed, for a library that wants a name; NULL: a device or pipe. */
const char *bsm_output_part(const struct bsm_output *);
const char *bsm_output_name(const struct bsm_output *);
enum bsm_status bsm_output_sync(struct bsm_ctx *, struct bsm_output *); /* on disk: a checkpoint may count on it */
/* Each of these three ends the output and frees it, whatever the status. NULL is allowed in the last two. */
enum bsm_status bsm_output_commit(struct bsm_ctx *, struct bsm_output *); /* sync, close, rename to the final name */
void bsm_output_keep(struct bsm_output *);                                /* leaves the .part file for a resume */
void bsm_output_discard(struct bsm_output *);                             /* removes the .part file */
/* A whole small file (JSON, scripts, tables) in one call. */
enum bsm_status bsm_output_text(struct bsm_ctx *, const char *path, const struct bsm_text *);

/* ---- compression ---- */
enum bsm_compression { BSM_PLAIN, BSM_ZSTD, BSM_GZIP };

enum bsm_compression bsm_compression_of(const char *path); /* by ".zst", ".gz" */
/* Appends `text` to `out` as one frame: level 1, with a checksum, the same bytes every time. */
enum bsm_status bsm_compress_frame(struct bsm_ctx *, enum bsm_compression, const struct bsm_text *text,
				   struct bsm_text *out);

/* ---- input ---- */
enum { BSM_LONGEST_LINE = 16 << 20 };
struct bsm_input;

enum bsm_status bsm_input_open(struct bsm_ctx *, const char *path, struct bsm_input **out);
/* The bytes stay the caller's and must outlive the input; `name` is for messages. */
enum bsm_status bsm_input_memory(struct bsm_ctx *, const char *name, const void *bytes, size_t n,
				 struct bsm_input **out);
void bsm_input_close(struct bsm_input *);
/* Next line [*line, *end) without its line end (\n or \r\n), valid until the next call; NULL at the end of the file. */
enum bsm_status bsm_input_line(struct bsm_ctx *, struct bsm_input *, const char **line, const char **end);
/* Next n bytes (of a file that is not lines), valid until the next call; NULL where fewer are left, with their number in
 * *left. */
enum bsm_status bsm_input_bytes(struct bsm_ctx *, struct bsm_input *, size_t n, const char **bytes, size_t *left);
void bsm_input_again(struct bsm_input *);        /* the next call gives the same line once more */
int bsm_input_unended(const struct bsm_input *); /* the last line had no line end: the file may be cut off */
const char *bsm_input_name(const struct bsm_input *);
int64_t bsm_input_lineno(const struct bsm_input *); /* of the last line given, from 1 */
/* "name:line: " + message, as a failure. */
enum bsm_status bsm_input_fail(struct bsm_ctx *, const struct bsm_input *, enum bsm_status, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
#endif
