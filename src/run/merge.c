/* Merging shards: header of the first, bodies in the order of blocks, footer: the bytes of an undivided run. A file that is no
 * stream of frames is built anew of the events of all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cache.h"
#include "format/reader.h"
#include "run/run.h"

enum { SHARDS = 4096, COPY = 1 << 20 };

struct shard {
	const char *dir;
	struct bsm_node *tree;
	struct bsm_state state;
	int64_t events;          /* in its files */
};

static enum bsm_status read_shard(struct bsm_ctx *ctx, const char *dir, struct shard *s)
{
	char path[4096];
	s->dir = dir;
	snprintf(path, sizeof path, "%s/state.json", dir);
	BSM_TRY(bsm_node_read(ctx, path, &s->tree));
	BSM_TRY(bsm_get_int_or(ctx, s->tree, "file_events", 0, (int64_t)1 << 53, &s->events));
	return bsm_state_parse(ctx, s->tree, &s->state);
}

/* A shard without blocks stands before the one that begins where it does. */
static int by_block(const void *a, const void *b)
{
	const struct bsm_state *x = &(*(struct shard *const *)a)->state, *y = &(*(struct shard *const *)b)->state;
	if (x->first != y->first)
		return x->first > y->first ? 1 : -1;
	return (x->next > y->next) - (x->next < y->next);
}

static enum bsm_status check(struct bsm_ctx *ctx, struct shard **s, int n)
{
	uint64_t next = 0, blocks = s[0]->state.blocks;
	for (int i = 0; i < n; i++) {
		const struct bsm_state *t = &s[i]->state;
		if (strcmp(t->hash, s[0]->state.hash))
			return bsm_fail(ctx, BSM_E_RANGE, "%s: a shard of another run (%s, not %s as %s)", s[i]->dir, t->hash,
					s[0]->state.hash, s[0]->dir);
		if (t->split)
			return bsm_fail(ctx, BSM_E_FORMAT, "%s: was made with --split, this cannot be merged", s[i]->dir);
		if (t->first != next || t->blocks != blocks)
			return bsm_fail(ctx, BSM_E_RANGE, "%s: starts at block %llu, expected %llu: a shard is missing or given twice",
					s[i]->dir, (unsigned long long)t->first, (unsigned long long)next);
		next = t->next;
	}
	if (next != blocks)
		return bsm_fail(ctx, BSM_E_RANGE, "the shards end at block %llu of %llu: the last ones are missing",
				(unsigned long long)next, (unsigned long long)blocks);
	return BSM_OK;
}

/* Bytes [from, from + n) of a file to the end of the output. */
static enum bsm_status copy(struct bsm_ctx *ctx, const char *path, uint64_t from, uint64_t n, struct bsm_output *out)
{
	FILE *f = fopen(path, "rb");
	char *buffer = malloc(COPY);
	enum bsm_status status = !buffer ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
	if (status == BSM_OK && (!f || fseeko(f, (off_t)from, SEEK_SET)))
		status = bsm_fail(ctx, BSM_E_IO, "%s: cannot be read", path);
	while (status == BSM_OK && n > 0) {
		size_t want = n < COPY ? (size_t)n : COPY, got = fread(buffer, 1, want, f);
		if (got < want)
			status = bsm_fail(ctx, BSM_E_IO, "%s: shorter than its state.json says", path);
		else
			status = bsm_output_write(ctx, out, buffer, got);
		if (status == BSM_OK)
			status = bsm_check_cancel(ctx);
		n -= got;
	}
	free(buffer);
	if (f)
		fclose(f);
	return status;
}

/* The k-th file of a shard's state, NULL if it has fewer. */
static struct bsm_node *file_of(const struct shard *s, int k)
{
	struct bsm_node *list = bsm_node_get(s->tree, "files"), *n = list ? list->child : NULL;
	while (n && k--)
		n = n->next;
	return n;
}

/* The events of all shards, one after the other. */
struct chain {
	struct shard **s;
	int n, at;
	const char *ending;
	const struct bsm_format *format;
	struct bsm_reader *reader;
};

static enum bsm_status open_shard(struct bsm_ctx *ctx, struct chain *c, struct bsm_run *run)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/events.%s", c->s[c->at]->dir, c->ending);
	BSM_TRY(bsm_reader_open(ctx, path, c->format, &c->reader, run));
	c->reader->quiet = 1;
	if (run->hash && !strcmp(run->hash, c->s[0]->state.hash))
		return BSM_OK;
	return bsm_fail(ctx, BSM_E_RANGE, "%s: not of the run that its folder's state.json tells of", path);
}

static enum bsm_status close_shard(struct bsm_ctx *ctx, struct chain *c)
{
	unsigned long long have = c->reader->events, expected = (unsigned long long)c->s[c->at]->events;
	bsm_reader_close(c->reader);
	c->reader = NULL;
	if (have == expected)
		return BSM_OK;
	return bsm_fail(ctx, BSM_E_RANGE, "%s/events.%s: %llu events, but its state.json says %llu", c->s[c->at]->dir, c->ending, have,
			expected);
}

static enum bsm_status next_of_chain(struct bsm_ctx *ctx, void *arg, struct bsm_event *e, int *more)
{
	struct chain *c = arg;
	struct bsm_run run;
	for (;;) {
		BSM_TRY(bsm_reader_next(ctx, c->reader, e, more));
		if (*more || c->at == c->n - 1)
			return *more ? BSM_OK : close_shard(ctx, c);
		BSM_TRY(close_shard(ctx, c));
		c->at++;
		BSM_TRY(open_shard(ctx, c, &run));
	}
}

/* A reader of the first shard stays open for its tables: they are those of the whole. */
static enum bsm_status build_file(struct bsm_ctx *ctx, struct shard **s, int n, const struct bsm_state_file *whole,
				  const struct bsm_format *format, struct bsm_output *out)
{
	struct chain first = {s, n, 0, whole->ending, format, NULL}, all = first;
	struct bsm_run run, again;
	enum bsm_status status = open_shard(ctx, &first, &run);
	if (status == BSM_OK)
		status = open_shard(ctx, &all, &again);
	struct bsm_event_source source = {next_of_chain, &all};
	if (status == BSM_OK)
		status = format->build(ctx, &run, &source, out);
	bsm_reader_close(all.reader);
	bsm_reader_close(first.reader);
	return status;
}

static enum bsm_status merge_file(struct bsm_ctx *ctx, struct shard **s, int n, int k, struct bsm_state_file *whole,
				  struct bsm_output *out)
{
	char path[4096];
	snprintf(path, sizeof path, "events.%s", whole->ending);
	const struct bsm_format *format = bsm_format_find(path);
	for (int i = 0; i < n; i++) {
		struct bsm_node *file = file_of(s[i], k);
		struct bsm_state_file part = {.ending = ""};
		if (file)
			BSM_TRY(bsm_get_string(ctx, file, "ending", &part.ending));
		if (strcmp(part.ending, whole->ending))
			return bsm_fail(ctx, BSM_E_FORMAT, "%s: has no events.%s as the first shard has", s[i]->dir, whole->ending);
		if (format && format->build)
			continue;
		BSM_TRY(bsm_get_count(ctx, file, "header_bytes", &part.header));
		BSM_TRY(bsm_get_count(ctx, file, "body_bytes", &part.body));
		BSM_TRY(bsm_get_count(ctx, file, "footer_bytes", &part.footer));
		snprintf(path, sizeof path, "%s/events.%s", s[i]->dir, part.ending);
		if (i == 0)
			BSM_TRY(copy(ctx, path, 0, whole->header = part.header, out));
		BSM_TRY(copy(ctx, path, part.header, part.body, out));
		whole->body += part.body;
		if (i == n - 1)
			BSM_TRY(copy(ctx, path, part.header + part.body, whole->footer = part.footer, out));
	}
	return format && format->build ? build_file(ctx, s, n, whole, format, out) : BSM_OK;
}

/* What bsm_state_save asks for. */
struct merged { int64_t events; int n; struct bsm_state_file file[BSM_OUTPUTS]; };

static void write_files(struct bsm_json *j, const void *arg)
{
	const struct merged *m = arg;
	bsm_json_int(j, "file_number", 0);
	bsm_json_int(j, "file_events", m->events);
	bsm_json_array(j, "files");
	for (int i = 0; i < m->n; i++)
		bsm_state_file(j, &m->file[i]);
	bsm_json_end(j);
}

static enum bsm_status merge_files(struct bsm_ctx *ctx, struct shard **s, int n, const char *dir, struct merged *m)
{
	for (struct bsm_node *file; m->n < BSM_OUTPUTS && (file = file_of(s[0], m->n)); m->n++) {
		struct bsm_state_file *whole = &m->file[m->n];
		char path[4096];
		struct bsm_output *out;
		BSM_TRY(bsm_get_string(ctx, file, "ending", &whole->ending));
		if (strchr(whole->ending, '/'))
			return bsm_node_fail(ctx, file, BSM_E_FORMAT, "'%s' is no ending of a file", whole->ending);
		snprintf(path, sizeof path, "%s/events.%s", dir, whole->ending);
		BSM_TRY(bsm_output_open(ctx, path, &out));
		enum bsm_status status = merge_file(ctx, s, n, m->n, whole, out);
		if (status != BSM_OK) {
			bsm_output_discard(out);
			return status;
		}
		BSM_TRY(bsm_output_commit(ctx, out));
	}
	return BSM_OK;
}

static enum bsm_status merge_all(struct bsm_ctx *ctx, struct shard **s, int n, const char *out, struct bsm_state *whole)
{
	struct merged m = {0};
	char path[4096];
	qsort(s, (size_t)n, sizeof *s, by_block);
	BSM_TRY(check(ctx, s, n));
	*whole = s[0]->state;
	whole->next = whole->blocks;
	m.events = s[0]->events;
	for (int i = 1; i < n; i++) {
		bsm_tally_merge(&whole->tally, &s[i]->state.tally);
		m.events += s[i]->events;
	}
	BSM_TRY(bsm_make_dir(ctx, out));
	BSM_TRY(merge_files(ctx, s, n, out, &m));
	snprintf(path, sizeof path, "%s/state.json", out);
	return bsm_state_save(ctx, path, whole, write_files, &m);
}

enum bsm_status bsm_merge(struct bsm_ctx *ctx, const char *const *dirs, int n, const char *out, struct bsm_state *whole)
{
	if (n < 1 || n > SHARDS)
		return bsm_fail(ctx, BSM_E_RANGE, "expected 1 to %d folders of shards", SHARDS);
	struct shard **s = calloc((size_t)n, sizeof *s);
	enum bsm_status status = s ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (int i = 0; status == BSM_OK && i < n; i++) {
		s[i] = calloc(1, sizeof **s);
		status = s[i] ? read_shard(ctx, dirs[i], s[i]) : bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	if (status == BSM_OK)
		status = merge_all(ctx, s, n, out, whole);
	for (int i = 0; s && i < n; i++) {
		if (s[i])
			bsm_node_free(s[i]->tree);
		free(s[i]);
	}
	free(s);
	return status;
}
