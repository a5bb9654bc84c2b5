/* Merging shards: header of the first, bodies in the order of blocks, footer: the bytes of an undivided run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/run.h"

enum { SHARDS = 4096, COPY = 1 << 20 };

struct shard {
	char path[2304];
	struct bsm_node *tree;
	double first, next, blocks;
	const char *hash;
	struct bsm_tally tally;
};

static enum bsm_status read_shard(struct bsm_ctx *ctx, const char *dir, struct shard *s)
{
	uint64_t next;
	snprintf(s->path, sizeof s->path, "%s/state.json", dir);
	BSM_TRY(bsm_state_read(ctx, s->path, NULL, &s->tree, &next, &s->tally));
	s->next = (double)next;
	BSM_TRY(bsm_get_number(ctx, s->tree, "first_block", &s->first));
	BSM_TRY(bsm_get_number(ctx, s->tree, "blocks", &s->blocks));
	BSM_TRY(bsm_get_string(ctx, s->tree, "hash", &s->hash));
	snprintf(s->path, sizeof s->path, "%s", dir);
	return BSM_OK;
}

static int by_block(const void *a, const void *b)
{
	const struct shard *const *x = a, *const *y = b;
	return ((*x)->first > (*y)->first) - ((*x)->first < (*y)->first);
}

static enum bsm_status check(struct bsm_ctx *ctx, struct shard **s, int n)
{
	double next = 0;
	for (int i = 0; i < n; i++) {
		if (strcmp(s[i]->hash, s[0]->hash))
			return bsm_fail(ctx, BSM_E_RANGE, "%s: a shard of another run (%s, not %s)", s[i]->path, s[i]->hash, s[0]->hash);
		if (s[i]->first != next)
			return bsm_fail(ctx, BSM_E_RANGE, "%s: starts at block %.0f, expected %.0f: a shard is missing or given twice",
					s[i]->path, s[i]->first, next);
		next = s[i]->next;
	}
	if (next != s[0]->blocks)
		return bsm_fail(ctx, BSM_E_RANGE, "the shards end at block %.0f of %.0f: the last ones are missing", next,
				s[0]->blocks);
	return BSM_OK;
}

/* Bytes [from, from + n) of a file to the end of the output. */
static enum bsm_status copy(struct bsm_ctx *ctx, const char *path, double from, double n, struct bsm_output *out)
{
	FILE *f = fopen(path, "rb");
	char *buffer = malloc(COPY);
	enum bsm_status status = !buffer ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
	if (status == BSM_OK && (!f || fseek(f, (long)from, SEEK_SET)))
		status = bsm_fail(ctx, BSM_E_IO, "%s: cannot be read", path);
	while (status == BSM_OK && n > 0) {
		size_t want = n < COPY ? (size_t)n : COPY, got = fread(buffer, 1, want, f);
		if (got < want)
			status = bsm_fail(ctx, BSM_E_IO, "%s: shorter than its state.json says", path);
		else
			status = bsm_output_write(ctx, out, buffer, got);
		n -= (double)got;
	}
	free(buffer);
	if (f)
		fclose(f);
	return status;
}

static enum bsm_status sizes(struct bsm_ctx *ctx, struct bsm_node *file, double *header, double *body, double *footer)
{
	BSM_TRY(bsm_get_number(ctx, file, "header_bytes", header));
	BSM_TRY(bsm_get_number(ctx, file, "body_bytes", body));
	return bsm_get_number(ctx, file, "footer_bytes", footer);
}

/* The k-th file of a shard's state, NULL if it has fewer. */
static struct bsm_node *file_of(const struct shard *s, int k)
{
	struct bsm_node *list = bsm_node_get(s->tree, "files"), *n = list ? list->child : NULL;
	while (n && k--)
		n = n->next;
	return n;
}

static enum bsm_status merge_file(struct bsm_ctx *ctx, struct shard **s, int n, int k, const char *ending,
				  struct bsm_output *out)
{
	char path[4096];
	double header, body, footer;
	for (int i = 0; i < n; i++) {
		struct bsm_node *file = file_of(s[i], k);
		const char *other = "";
		if (file)
			BSM_TRY(bsm_get_string(ctx, file, "ending", &other));
		if (strcmp(other, ending))
			return bsm_fail(ctx, BSM_E_FORMAT, "%s: has no events.%s as the first shard has", s[i]->path, ending);
		BSM_TRY(sizes(ctx, file, &header, &body, &footer));
		snprintf(path, sizeof path, "%s/events.%s", s[i]->path, ending);
		if (i == 0)
			BSM_TRY(copy(ctx, path, 0, header, out));
		BSM_TRY(copy(ctx, path, header, body, out));
		if (i == n - 1)
			BSM_TRY(copy(ctx, path, header + body, footer, out));
	}
	return BSM_OK;
}

static enum bsm_status merge_files(struct bsm_ctx *ctx, struct shard **s, int n, const char *dir)
{
	for (int k = 0;; k++) {
		struct bsm_node *file = file_of(s[0], k);
		const char *ending;
		char path[4096];
		struct bsm_output *out;
		if (!file)
			return BSM_OK;
		BSM_TRY(bsm_get_string(ctx, file, "ending", &ending));
		snprintf(path, sizeof path, "%s/events.%s", dir, ending);
		BSM_TRY(bsm_output_open(ctx, path, &out));
		enum bsm_status status = merge_file(ctx, s, n, k, ending, out);
		if (status != BSM_OK) {
			bsm_output_discard(out);
			return status;
		}
		BSM_TRY(bsm_output_commit(ctx, out));
	}
}

enum bsm_status bsm_merge(struct bsm_ctx *ctx, const char *const *dirs, int n, const char *out)
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
		qsort(s, (size_t)n, sizeof *s, by_block);
	if (status == BSM_OK)
		status = check(ctx, s, n);
	if (status == BSM_OK)
		status = bsm_make_dir(ctx, out);
	if (status == BSM_OK)
		status = merge_files(ctx, s, n, out);
	for (int i = 0; s && i < n; i++) {
		if (s[i])
			bsm_node_free(s[i]->tree);
		free(s[i]);
	}
	free(s);
	return status;
}
