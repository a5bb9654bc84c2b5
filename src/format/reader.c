#include "format/reader.h"

#include <stdlib.h>

#include "format/run_json.h"

struct bsm_reader_block {
	struct bsm_reader_block *next;
	max_align_t data[];
};

void *bsm_reader_alloc(struct bsm_reader *r, size_t n)
{
	struct bsm_reader_block *block = calloc(1, sizeof *block + n);
	if (!block)
		return NULL;
	block->next = r->memory;
	r->memory = block;
	return block->data;
}

char *bsm_reader_string(struct bsm_reader *r, const char *text, size_t n)
{
	char *copy = bsm_reader_alloc(r, n + 1);
	if (copy && n)
		memcpy(copy, text, n);
	return copy;
}

int bsm_reader_word(const char **at, const char *end, const char **word, const char **word_end)
{
	const char *p = *at;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	*word = p;
	while (p < end && *p != ' ' && *p != '\t')
		p++;
	*word_end = *at = p;
	return *word < p;
}

void bsm_reader_close(struct bsm_reader *r)
{
	if (!r)
		return;
	if (r->format->close)
		r->format->close(r);
	bsm_input_close(r->in);
	while (r->memory) {
		struct bsm_reader_block *next = r->memory->next;
		free(r->memory);
		r->memory = next;
	}
	free(r->process);
	free(r->species);
	free(r->value);
	free(r);
}

static enum bsm_status new_reader(struct bsm_ctx *ctx, const char *name, const struct bsm_format *format,
				  struct bsm_reader **out)
{
	struct bsm_reader *r = calloc(1, sizeof *r);
	if (!r)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	r->format = format;
	r->copy_weight = 1;
	r->name = bsm_reader_string(r, name, strlen(name));
	if (!r->name) {
		bsm_reader_close(r);
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	*out = r;
	return BSM_OK;
}

/* What such a format cannot say of its run, its sidecar may. */
static enum bsm_status ask_sidecar(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	struct bsm_run_sums sums;
	int found;
	BSM_TRY(bsm_sidecar_read(ctx, r, r->name, run, &sums, &found));
	if (found && sums.events && sums.sum_w > 0)
		r->copy_weight = sums.sum_w / (double)sums.events;
	r->weighted = 0;
	return BSM_OK;
}

static enum bsm_status start(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	*run = (struct bsm_run){0};
	BSM_TRY(r->format->open(ctx, r, run));
	if (!r->format->holds_run && !r->bytes)
		BSM_TRY(ask_sidecar(ctx, r, run));
	run->weighted = r->weighted;
	run->nprocess = r->nprocess;
	run->process = r->process;
	run->nspecies = r->nspecies;
	run->species = r->species;
	run->nvalue = r->nvalue;
	run->value = r->value;
	return BSM_OK;
}

static enum bsm_status readable(struct bsm_ctx *ctx, const char *name, const struct bsm_format **format)
{
	if (!*format)
		*format = bsm_format_find(name);
	if (!*format)
		return bsm_fail(ctx, BSM_E_NAME, "%s: its ending tells no event format; name the format", name);
	if (!(*format)->open)
		return bsm_fail(ctx, BSM_E_FORMAT, "%s: files of format %s can be written, not read", name,
				(*format)->name);
	return BSM_OK;
}

enum bsm_status bsm_reader_open(struct bsm_ctx *ctx, const char *path, const struct bsm_format *format,
				struct bsm_reader **out, struct bsm_run *run)
{
	struct bsm_reader *r;
	*out = NULL;
	BSM_TRY(readable(ctx, path, &format));
	BSM_TRY(new_reader(ctx, path, format, &r));
	enum bsm_status status = format->build ? BSM_OK : bsm_input_open(ctx, path, &r->in);
	if (status == BSM_OK)
		status = start(ctx, r, run);
	if (status == BSM_OK)
		*out = r;
	else
		bsm_reader_close(r);
	return status;
}

enum bsm_status bsm_reader_memory(struct bsm_ctx *ctx, const char *name, const void *bytes, size_t n,
				  const struct bsm_format *format, struct bsm_reader **out, struct bsm_run *run)
{
	struct bsm_reader *r;
	*out = NULL;
	BSM_TRY(readable(ctx, name, &format));
	BSM_TRY(new_reader(ctx, name, format, &r));
	r->bytes = bytes ? bytes : "";
	r->nbytes = n;
	enum bsm_status status = format->build ? BSM_OK : bsm_input_memory(ctx, name, bytes, n, &r->in);
	if (status == BSM_OK)
		status = start(ctx, r, run);
	if (status == BSM_OK)
		*out = r;
	else
		bsm_reader_close(r);
	return status;
}

enum bsm_status bsm_reader_next(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	*more = 1;
	BSM_TRY(r->format->next(ctx, r, e, more));
	if (*more)
		r->events++;
	else if (r->events == 0 && !r->quiet)
		bsm_note(ctx, BSM_WARNING, "%s: the file holds no event", r->name);
	return BSM_OK;
}

static enum bsm_status next_of_reader(struct bsm_ctx *ctx, void *arg, struct bsm_event *e, int *more)
{
	return bsm_reader_next(ctx, arg, e, more);
}

struct bsm_event_source bsm_reader_source(struct bsm_reader *r)
{
	return (struct bsm_event_source){next_of_reader, r};
}
