/* A whole event file of any format for tests and benchmarks: in blocks of 50 events where it is a stream, built where it is not. */
#ifndef BSM_EVENT_FILE_H
#define BSM_EVENT_FILE_H
#include "core/stream.h"
#include "format/format.h"
#include "sample_event.h"

struct event_list { const struct bsm_run *run; uint64_t n, at; void (*event)(uint64_t, struct bsm_event *); };

static inline void next_sample(struct event_list *l, struct bsm_event *e)
{
	l->event(l->at, e);
	e->unweighted = l->run->weighted ? (double)NAN : l->at == 7 ? 2.25 : 1;
	l->at++;
}

static inline enum bsm_status next_of_list(struct bsm_ctx *ctx, void *arg, struct bsm_event *e, int *more)
{
	struct event_list *l = arg;
	(void)ctx;
	*more = l->at < l->n;
	if (*more)
		next_sample(l, e);
	return BSM_OK;
}

static inline enum bsm_status add_block(struct bsm_ctx *ctx, struct bsm_output *o, enum bsm_compression kind, struct bsm_text *block)
{
	struct bsm_text frame = {0};
	enum bsm_status status = bsm_compress_frame(ctx, kind, block, &frame);
	if (status == BSM_OK && frame.len)
		status = bsm_output_write(ctx, o, frame.data, frame.len);
	bsm_text_clear(block);
	bsm_text_free(&frame);
	return status;
}

static inline enum bsm_status write_stream(struct bsm_ctx *ctx, struct bsm_output *o, enum bsm_compression kind,
					   const struct bsm_format *f, struct event_list *l)
{
	struct bsm_text block = {0};
	struct bsm_event e;
	enum bsm_status status = f->header(ctx, l->run, &block);
	while (status == BSM_OK && l->at < l->n) {
		next_sample(l, &e);
		status = f->event(ctx, l->run, &e, &block);
		if (status == BSM_OK && l->at % 50 == 0)
			status = add_block(ctx, o, kind, &block);
	}
	if (status == BSM_OK)
		status = f->footer(ctx, l->run, &block);
	if (status == BSM_OK)
		status = add_block(ctx, o, kind, &block);
	bsm_text_free(&block);
	return status;
}

static inline enum bsm_status write_event_file(struct bsm_ctx *ctx, const char *path, const struct bsm_format *f,
					       const struct bsm_run *run, uint64_t n, void (*event)(uint64_t, struct bsm_event *))
{
	struct bsm_output *o;
	struct event_list l = {run, n, 0, event};
	const struct bsm_event_source source = {next_of_list, &l};
	BSM_TRY(bsm_output_open(ctx, path, &o));
	enum bsm_status status = f->build ? f->build(ctx, run, &source, o) : write_stream(ctx, o, bsm_compression_of(path), f, &l);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}
#endif
