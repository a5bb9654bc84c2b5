#include "format/reader.h"

#include <stdlib.h>

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

/* Takes over the input, also on failure. */
static enum bsm_status start(struct bsm_ctx *ctx, struct bsm_input *in, const struct bsm_format *format,
			     struct bsm_reader **out, struct bsm_run *run)
{
	struct bsm_reader *r = calloc(1, sizeof *r);
	if (!r) {
		bsm_input_close(in);
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	r->in = in;
	r->format = format;
	*run = (struct bsm_run){0};
	enum bsm_status status = format->open(ctx, r, run);
	if (status != BSM_OK) {
		bsm_reader_close(r);
		return status;
	}
	run->weighted = r->weighted;
	run->nprocess = r->nprocess;
	run->process = r->process;
	run->nspecies = r->nspecies;
	run->species = r->species;
	run->nvalue = r->nvalue;
	run->value = r->value;
	*out = r;
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
	struct bsm_input *in;
	*out = NULL;
	BSM_TRY(readable(ctx, path, &format));
	BSM_TRY(bsm_input_open(ctx, path, &in));
	return start(ctx, in, format, out, run);
}

enum bsm_status bsm_reader_memory(struct bsm_ctx *ctx, const char *name, const void *bytes, size_t n,
				  const struct bsm_format *format, struct bsm_reader **out, struct bsm_run *run)
{
	struct bsm_input *in;
	*out = NULL;
	BSM_TRY(readable(ctx, name, &format));
	BSM_TRY(bsm_input_memory(ctx, name, bytes, n, &in));
	return start(ctx, in, format, out, run);
}

enum bsm_status bsm_reader_next(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	*more = 1;
	BSM_TRY(r->format->next(ctx, r, e, more));
	if (*more)
		r->events++;
	else if (r->events == 0)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file holds no event", bsm_input_name(r->in));
	return BSM_OK;
}
