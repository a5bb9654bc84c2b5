/* write_samples DIR: one small file of every format and compression, for the foreign readers of the tests. */
#include "core/stream.h"
#include "format/format.h"
#include "sample_event.h"

#include <stdio.h>

static enum bsm_status add(struct bsm_ctx *ctx, struct bsm_output *o, enum bsm_compression kind, struct bsm_text *block)
{
	struct bsm_text frame = {0};
	enum bsm_status status = bsm_compress_frame(ctx, kind, block, &frame);
	if (status == BSM_OK)
		status = bsm_output_write(ctx, o, frame.data, frame.len);
	bsm_text_clear(block);
	bsm_text_free(&frame);
	return status;
}

static enum bsm_status write_file(struct bsm_ctx *ctx, const char *path, const struct bsm_format *f,
				  const struct bsm_run *run)
{
	struct bsm_output *o;
	struct bsm_text block = {0};
	struct bsm_event e;
	enum bsm_compression kind = bsm_compression_of(path);
	BSM_TRY(bsm_output_open(ctx, path, &o));
	enum bsm_status status = f->header(ctx, run, &block);
	for (uint64_t id = 0; id < 300 && status == BSM_OK; id++) {
		sample_event(id, &e);
		if (!run->weighted)
			e.unweighted = id == 7 ? 2.25 : 1;
		status = f->event(ctx, run, &e, &block);
		if (status == BSM_OK && id % 50 == 49)
			status = add(ctx, o, kind, &block);
	}
	if (status == BSM_OK)
		status = f->footer(ctx, run, &block);
	if (status == BSM_OK)
		status = add(ctx, o, kind, &block);
	bsm_text_free(&block);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int weighted;
	} files[] = {{"weighted.hepmc3", 1},    {"unweighted.hepmc3", 0},       {"weighted.hepmc3.zst", 1},
		     {"weighted.hepmc3.gz", 1}, {"unweighted.wcsim.hepmc3", 0}, {"unweighted.hepevt", 0}};
	struct bsm_ctx ctx = {0};
	char path[4096];
	if (argc != 2)
		return 2;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct bsm_run run = sample_run(files[i].weighted);
		snprintf(path, sizeof path, "%s/%s", argv[1], files[i].name);
		if (write_file(&ctx, path, bsm_format_find(path), &run) != BSM_OK) {
			fprintf(stderr, "%s\n", ctx.message);
			return 1;
		}
	}
	return 0;
}
