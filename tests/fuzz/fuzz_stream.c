/* Any bytes as a plain, gzip or zstd file of lines; any line as a number; any bytes through a frame and back. */
#include "core/stream.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_lines(const char *name, const void *data, size_t size, size_t *total)
{
	struct bsm_ctx ctx = {0};
	struct bsm_input *in;
	const char *line, *end;
	double v, w;
	int64_t k;
	if (bsm_input_memory(&ctx, name, data, size, &in) != BSM_OK)
		return;
	while (bsm_input_line(&ctx, in, &line, &end) == BSM_OK && line && *total < ((size_t)1 << 26)) {
		*total += (size_t)(end - line) + 1;
		char text[32];
		if (bsm_parse_double(line, end, &v) == 0 &&
		    (bsm_parse_double(text, bsm_put_double(text, v), &w) || (v == v && v != w)))
			abort();
		if (bsm_parse_int(line, end, &k) == 0 && bsm_parse_int(text, bsm_put_int(text, k), &k))
			abort();
	}
	bsm_input_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t total = 0;
	read_lines("fuzz", data, size, &total);
	for (int kind = BSM_ZSTD; kind <= BSM_GZIP && size; kind++) {
		struct bsm_ctx ctx = {0};
		struct bsm_text plain = {0}, frame = {0};
		bsm_text_add(&plain, (const char *)data, size);
		if (bsm_compress_frame(&ctx, (enum bsm_compression)kind, &plain, &frame) != BSM_OK)
			abort();
		total = 0;
		read_lines("frame", frame.data, frame.len, &total);
		if (total < size / 2 && data[size - 1] != '\r') /* carriage returns are dropped */
			abort();
		bsm_text_free(&plain);
		bsm_text_free(&frame);
	}
	return 0;
}
