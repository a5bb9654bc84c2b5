/* Any bytes as a ROOT file, and those of a good file with some changed: the first two bytes of the input say where each of the next
 * ones goes, so that the fuzzer comes past the header. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../event_file.h"
#include "format/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t good[1 << 18], bytes[1 << 18];
static size_t ngood;

static void make_good(void)
{
	char path[] = "/tmp/bsmnu-fuzz-XXXXXX";
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(1);
	int fd = mkstemp(path);
	if (fd < 0 || write_event_file(&ctx, path, &bsm_format_gtrac, &run, 4, sample_event) != BSM_OK)
		abort();
	close(fd);
	FILE *f = fopen(path, "rb");
	ngood = f ? fread(good, 1, sizeof good, f) : 0;
	if (!ngood || fclose(f))
		abort();
	unlink(path);
}

static void read_file(const void *from, size_t n)
{
	struct bsm_ctx ctx = {0};
	struct bsm_reader *r;
	struct bsm_run run;
	struct bsm_event e;
	int more = 1;
	if (bsm_reader_memory(&ctx, "fuzz", from, n, &bsm_format_gtrac, &r, &run) != BSM_OK)
		return;
	while (bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more)
		if (e.n < 0 || e.n > BSM_EVENT_PARTICLES || e.nvertex < 0 || e.nvertex > BSM_EVENT_VERTICES)
			abort();
	bsm_reader_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!ngood)
		make_good();
	read_file(data, size);
	memcpy(bytes, good, ngood);
	for (size_t k = 0; k + 3 <= size && k < 3000; k += 3)
		bytes[((size_t)data[k] << 8 | data[k + 1]) % ngood] = data[k + 2];
	read_file(bytes, ngood);
	return 0;
}
