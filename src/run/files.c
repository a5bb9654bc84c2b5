/* The event files of a run: header, blocks and footer as independent frames; rolled over every `split` events. Of a format that is
 * no stream of frames, these are records in a part file beside it; when it ends, the file is built of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/reader.h"
#include "run/run.h"

struct one_file {
	struct bsm_file_plan plan;
	struct bsm_output *out;   /* frames, or records */
	struct bsm_output *built; /* of the records, until all files are whole */
	struct bsm_output *old;   /* records of a finished file, to which the last checkpoint still goes back */
	uint64_t header_bytes, body_bytes, footer_bytes;
};

struct bsm_event_files {
	char dir[2048];
	const struct bsm_run *run;
	int n;
	int64_t split;
	int64_t events, number;  /* in the current file; which file it is, from 1 (0: no split) */
	struct one_file file[BSM_OUTPUTS];
};

enum bsm_status bsm_files_plan(struct bsm_ctx *ctx, const struct bsm_card *c, struct bsm_file_plan *out)
{
	/* Where to point at: the entry of the list, the one value, or the card if it has no such key. */
	const struct bsm_node *key = bsm_node_get(c->tree, "output"), *n = !key ? c->tree : key->child ? key->child : key;
	for (int i = 0; i < c->noutput; i++, n = n->next) {
		char name[64];
		snprintf(name, sizeof name, "x.%.50s", c->output[i]);
		out[i] = (struct bsm_file_plan){bsm_format_find(name), bsm_compression_of(name), c->output[i]};
		if (!out[i].format)
			out[i].format = bsm_format_find(c->output[i]);
		if (!out[i].format)
			return bsm_node_fail(ctx, n, BSM_E_NAME, "no format '%s' (`bsmnu list formats`)", c->output[i]);
		if (!c->unweighted && !out[i].format->holds_weight)
			return bsm_node_fail(ctx, n, BSM_E_FORMAT,
					     "%s holds no weights: set run.unweighted to true, or leave it out", out[i].format->name);
		if (out[i].format->build && out[i].compression != BSM_PLAIN)
			return bsm_node_fail(ctx, n, BSM_E_FORMAT, "%s is compressed inside: ask for %s alone", out[i].format->name,
					     out[i].format->extension + 1);
		if (out[i].format->build)
			out[i].compression = BSM_ZSTD; /* of the records */
		for (int k = 0; k < i; k++)
			if (!strcmp(out[k].ending, out[i].ending))
				return bsm_node_fail(ctx, n, BSM_E_KEY, "'%s' is asked for twice", c->output[i]);
	}
	return BSM_OK;
}

/* DIR/events.hepmc3.zst, or DIR/events-0003.hepmc3.zst. */
static void path_of(const struct bsm_event_files *f, int i, char *to, size_t size)
{
	const char *ending = f->file[i].plan.ending;
	if (f->split)
		snprintf(to, size, "%s/events-%04lld.%s", f->dir, (long long)f->number, ending);
	else
		snprintf(to, size, "%s/events.%s", f->dir, ending);
}

/* Where the frames go: the file itself, or its records, which never get a final name. */
static void frames_of(const struct bsm_event_files *f, int i, char *to, size_t size)
{
	path_of(f, i, to, size);
	size_t n = strlen(to);
	if (f->file[i].plan.format->build)
		snprintf(to + n, size - n, ".records");
}

static enum bsm_status write_frame(struct bsm_ctx *ctx, struct one_file *o, struct bsm_text *text, uint64_t *bytes)
{
	struct bsm_text packed = {0};
	enum bsm_status status = text->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
	if (status == BSM_OK && text->len)
		status = bsm_compress_frame(ctx, o->plan.compression, text, &packed);
	if (status == BSM_OK && packed.len)
		status = bsm_output_write(ctx, o->out, packed.data, packed.len);
	*bytes += packed.len;
	bsm_text_free(&packed);
	return status;
}

static enum bsm_status begin(struct bsm_ctx *ctx, struct bsm_event_files *f)
{
	f->events = 0;
	for (int i = 0; i < f->n; i++) {
		struct one_file *o = &f->file[i];
		char path[4096];
		struct bsm_text text = {0};
		frames_of(f, i, path, sizeof path);
		o->header_bytes = o->body_bytes = o->footer_bytes = 0;
		enum bsm_status status = bsm_output_open(ctx, path, &o->out);
		if (status == BSM_OK)
			status = o->plan.format->header(ctx, f->run, &text);
		if (status == BSM_OK)
			status = write_frame(ctx, o, &text, &o->header_bytes);
		bsm_text_free(&text);
		BSM_TRY(status);
	}
	return BSM_OK;
}

/* The file of its records, under no name yet. */
static enum bsm_status build(struct bsm_ctx *ctx, struct bsm_event_files *f, int i)
{
	struct one_file *o = &f->file[i];
	struct bsm_reader *records;
	struct bsm_run run;
	char path[4096];
	path_of(f, i, path, sizeof path);
	if (!bsm_output_part(o->out))
		return bsm_fail(ctx, BSM_E_IO, "%s: a device or pipe cannot hold format %s", path, o->plan.format->name);
	BSM_TRY(bsm_reader_open(ctx, bsm_output_part(o->out), &bsm_format_records, &records, &run));
	records->quiet = 1;
	struct bsm_event_source source = bsm_reader_source(records);
	/* Between two files of a block there is nothing to go back to: an interruption waits. */
	const volatile int *cancel = ctx->cancel;
	if (f->split)
		ctx->cancel = NULL;
	enum bsm_status status = bsm_output_open(ctx, path, &o->built);
	if (status == BSM_OK)
		status = o->plan.format->build(ctx, &run, &source, o->built);
	ctx->cancel = cancel;
	bsm_reader_close(records);
	return status == BSM_OK ? bsm_output_sync(ctx, o->built) : status;
}

static enum bsm_status take_name(struct bsm_ctx *ctx, struct one_file *o)
{
	struct bsm_output *whole = o->plan.format->build ? o->built : o->out;
	if (o->plan.format->build) {
		if (o->old) /* an earlier file's: the checkpoint has not come further */
			bsm_output_discard(o->out);
		else
			o->old = o->out;
		o->header_bytes = o->body_bytes = o->footer_bytes = 0;
	}
	o->out = o->built = NULL;
	return bsm_output_commit(ctx, whole);
}

static enum bsm_status finish(struct bsm_ctx *ctx, struct bsm_event_files *f)
{
	for (int i = 0; i < f->n; i++) {
		struct one_file *o = &f->file[i];
		struct bsm_text text = {0};
		enum bsm_status status = o->plan.format->footer(ctx, f->run, &text);
		if (status == BSM_OK)
			status = write_frame(ctx, o, &text, &o->footer_bytes);
		bsm_text_free(&text);
		BSM_TRY(status);
		BSM_TRY(bsm_output_sync(ctx, o->out));
		if (o->plan.format->build)
			BSM_TRY(build(ctx, f, i));
	}
	for (int i = 0; i < f->n; i++) /* all whole: none takes its name if the disk was too small for another */
		BSM_TRY(take_name(ctx, &f->file[i]));
	return BSM_OK;
}

static struct bsm_event_files *new_files(const char *dir, const struct bsm_file_plan *plan, int n, int64_t split,
					 const struct bsm_run *run)
{
	struct bsm_event_files *f = calloc(1, sizeof *f);
	if (!f)
		return NULL;
	snprintf(f->dir, sizeof f->dir, "%s", dir);
	f->run = run;
	f->n = n;
	f->split = split;
	f->number = split ? 1 : 0;
	for (int i = 0; i < n; i++)
		f->file[i].plan = plan[i];
	return f;
}

enum bsm_status bsm_files_open(struct bsm_ctx *ctx, const char *dir, const struct bsm_file_plan *plan, int n,
			       int64_t split, const struct bsm_run *run, struct bsm_event_files **out)
{
	struct bsm_event_files *f = new_files(dir, plan, n, split, run);
	if (!f)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	enum bsm_status status = begin(ctx, f);
	if (status != BSM_OK)
		bsm_files_discard(f);
	else
		*out = f;
	return status;
}

/* Events [from, to) of a block into the current file: the packed frame if it is all of them. */
static enum bsm_status put(struct bsm_ctx *ctx, struct bsm_event_files *f, const struct bsm_text *text,
			   const struct bsm_text *packed, size_t *const *start, int64_t from, int64_t to, int64_t all)
{
	for (int i = 0; i < f->n; i++) {
		struct one_file *o = &f->file[i];
		if (from == 0 && to == all) {
			BSM_TRY(bsm_output_write(ctx, o->out, packed[i].data, packed[i].len));
			o->body_bytes += packed[i].len;
			continue;
		}
		struct bsm_text part = {.data = text[i].data + start[i][from], .len = start[i][to] - start[i][from]};
		BSM_TRY(write_frame(ctx, o, &part, &o->body_bytes));
	}
	f->events += to - from;
	return BSM_OK;
}

enum bsm_status bsm_files_add(struct bsm_ctx *ctx, struct bsm_event_files *f, const struct bsm_text *text,
			      const struct bsm_text *packed, size_t *const *start, int64_t events)
{
	for (int64_t at = 0; at < events;) {
		int64_t room = f->split ? f->split - f->events : events, to = events - at < room ? events : at + room;
		if (to == at) {
			BSM_TRY(finish(ctx, f));
			f->number++;
			BSM_TRY(begin(ctx, f));
			continue;
		}
		BSM_TRY(put(ctx, f, text, packed, start, at, to, events));
		at = to;
	}
	return BSM_OK;
}

enum bsm_status bsm_files_sync(struct bsm_ctx *ctx, struct bsm_event_files *f)
{
	for (int i = 0; i < f->n; i++)
		BSM_TRY(bsm_output_sync(ctx, f->file[i].out));
	return BSM_OK;
}

enum bsm_status bsm_files_close(struct bsm_ctx *ctx, struct bsm_event_files *f)
{
	enum bsm_status status = finish(ctx, f);
	if (status != BSM_OK && status != BSM_E_CANCELLED)
		bsm_files_discard(f);
	/* the caller still writes the state: freed by bsm_files_keep */
	return status;
}

void bsm_files_saved(struct bsm_event_files *f)
{
	for (int i = 0; i < f->n; i++) {
		bsm_output_discard(f->file[i].old);
		f->file[i].old = NULL;
	}
}

void bsm_files_keep(struct bsm_event_files *f)
{
	for (int i = 0; f && i < f->n; i++) {
		bsm_output_keep(f->file[i].out);
		bsm_output_keep(f->file[i].old);
		bsm_output_discard(f->file[i].built); /* made anew from the records */
	}
	free(f);
}

void bsm_files_discard(struct bsm_event_files *f)
{
	for (int i = 0; f && i < f->n; i++) {
		bsm_output_discard(f->file[i].out);
		bsm_output_discard(f->file[i].old);
		bsm_output_discard(f->file[i].built);
	}
	free(f);
}

void bsm_files_write_state(struct bsm_json *j, const void *files)
{
	const struct bsm_event_files *f = files;
	bsm_json_int(j, "file_number", f->number);
	bsm_json_int(j, "file_events", f->events);
	bsm_json_array(j, "files");
	for (int i = 0; i < f->n; i++) {
		const struct one_file *o = &f->file[i];
		bsm_state_file(j, &(struct bsm_state_file){o->plan.ending, o->header_bytes, o->body_bytes, o->footer_bytes});
	}
	bsm_json_end(j);
}

static enum bsm_status resume_one(struct bsm_ctx *ctx, struct bsm_event_files *f, int i, struct bsm_node *n)
{
	struct one_file *o = &f->file[i];
	const char *ending;
	char path[4096];
	BSM_TRY(bsm_get_string(ctx, n, "ending", &ending));
	if (strcmp(ending, o->plan.ending))
		return bsm_node_fail(ctx, n, BSM_E_FORMAT, "the interrupted run wrote %s where the card asks for %s", ending,
				     o->plan.ending);
	BSM_TRY(bsm_get_count(ctx, n, "header_bytes", &o->header_bytes));
	BSM_TRY(bsm_get_count(ctx, n, "body_bytes", &o->body_bytes));
	frames_of(f, i, path, sizeof path);
	return bsm_output_resume(ctx, path, o->header_bytes + o->body_bytes, &o->out);
}

enum bsm_status bsm_files_resume(struct bsm_ctx *ctx, const char *dir, const struct bsm_file_plan *plan, int n,
				 int64_t split, const struct bsm_run *run, struct bsm_node *state,
				 struct bsm_event_files **out)
{
	struct bsm_node *list;
	BSM_TRY(bsm_node_need(ctx, state, "files", &list));
	if (list->kind != BSM_LIST || list->nchild != n)
		return bsm_node_fail(ctx, list, BSM_E_FORMAT, "the interrupted run wrote %d files, the card asks for %d",
				     list->nchild, n);
	struct bsm_event_files *f = new_files(dir, plan, n, split, run);
	if (!f)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	enum bsm_status status = bsm_get_int_or(ctx, state, "file_number", 0, 1 << 30, &f->number);
	if (status == BSM_OK)
		status = bsm_get_int_or(ctx, state, "file_events", 0, (int64_t)1 << 50, &f->events);
	int i = 0;
	for (struct bsm_node *c = list->child; c && status == BSM_OK; c = c->next)
		status = resume_one(ctx, f, i++, c);
	if (status != BSM_OK)
		bsm_files_keep(f);
	else
		*out = f;
	return status;
}
