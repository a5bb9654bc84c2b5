#include "core/node.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <yaml.h>

enum { DEPTH_MAX = 32, NODES_MAX = 200000, FILE_MAX = 16 << 20 };

struct builder {
	struct bsm_ctx *ctx;
	const char *file;
	struct bsm_node *root, *open[DEPTH_MAX];
	struct bsm_node *last[DEPTH_MAX]; /* last child of open[i]: appending stays linear */
	char *key;                        /* read, waiting for its value */
	int depth, count;
};

static char *copy(const char *text, size_t len)
{
	char *s = malloc(len + 1);
	if (s) {
		memcpy(s, text, len);
		s[len] = 0;
	}
	return s;
}

static enum bsm_status no_memory(struct bsm_ctx *ctx)
{
	return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
}

void bsm_node_free(struct bsm_node *node)
{
	while (node) {
		struct bsm_node *next = node->next;
		bsm_node_free(node->child); /* depth is bounded by DEPTH_MAX */
		free(node->key);
		free(node->text);
		free(node->root_memory);
		free(node);
		node = next;
	}
}

static enum bsm_status fail_at(struct builder *b, size_t line, enum bsm_status status, const char *text)
{
	return bsm_fail(b->ctx, status, "%s:%zu: %s", b->file, line + 1, text);
}

static enum bsm_status duplicate_check(struct builder *b, const struct bsm_node *map, const char *key, size_t line)
{
	for (const struct bsm_node *n = map->child; n; n = n->next)
		if (!strcmp(n->key, key))
			return bsm_fail(b->ctx, BSM_E_KEY, "%s:%zu: %s: duplicate key, first given on line %d", b->file,
					line + 1, key, n->line);
	return BSM_OK;
}

/* A new node as the next child of the innermost open map or list. */
static enum bsm_status append(struct builder *b, enum bsm_node_kind kind, size_t line, struct bsm_node **out)
{
	if (++b->count > NODES_MAX)
		return fail_at(b, line, BSM_E_SYNTAX, "the file has too many entries");
	struct bsm_node *n = calloc(1, sizeof *n);
	if (!n)
		return no_memory(b->ctx);
	n->kind = kind;
	n->line = (int)line + 1;
	n->file = b->file;
	*out = n;
	if (!b->depth) {
		b->root = n;
		return BSM_OK;
	}
	struct bsm_node *up = b->open[b->depth - 1];
	n->parent = up;
	n->key = b->key;
	b->key = NULL;
	if (b->last[b->depth - 1])
		b->last[b->depth - 1]->next = n;
	else
		up->child = n;
	b->last[b->depth - 1] = n;
	up->nchild++;
	return BSM_OK;
}

static enum bsm_status open_node(struct builder *b, enum bsm_node_kind kind, size_t line)
{
	struct bsm_node *n;
	if (b->depth == DEPTH_MAX)
		return fail_at(b, line, BSM_E_SYNTAX, "maps and lists are nested too deep");
	if (b->depth && b->open[b->depth - 1]->kind == BSM_MAP && !b->key)
		return fail_at(b, line, BSM_E_SYNTAX, "a key has to be plain text");
	BSM_TRY(append(b, kind, line, &n));
	b->open[b->depth] = n;
	b->last[b->depth++] = NULL;
	return BSM_OK;
}

static enum bsm_status scalar(struct builder *b, const yaml_event_t *e)
{
	size_t line = e->start_mark.line, len = e->data.scalar.length;
	const char *text = (const char *)e->data.scalar.value;
	if (!b->depth)
		return fail_at(b, line, BSM_E_SYNTAX, "expected `key: value` lines");
	if (memchr(text, 0, len))
		return fail_at(b, line, BSM_E_SYNTAX, "a value holds a NUL byte");
	char *s = copy(text, len);
	if (!s)
		return no_memory(b->ctx);
	struct bsm_node *up = b->open[b->depth - 1];
	if (up->kind == BSM_MAP && !b->key) {
		b->key = s;
		return duplicate_check(b, up, s, line);
	}
	struct bsm_node *n;
	enum bsm_status status = append(b, BSM_SCALAR, line, &n);
	if (status != BSM_OK) {
		free(s);
		return status;
	}
	n->text = s;
	return BSM_OK;
}

/* One libyaml event; *end is set at the end of the stream. */
static enum bsm_status take(struct builder *b, const yaml_event_t *e, bool *end)
{
	size_t line = e->start_mark.line;
	switch (e->type) {
	case YAML_MAPPING_START_EVENT:
		if (e->data.mapping_start.anchor || e->data.mapping_start.tag)
			return fail_at(b, line, BSM_E_SYNTAX, "anchors and tags are not used here");
		return open_node(b, BSM_MAP, line);
	case YAML_SEQUENCE_START_EVENT:
		if (e->data.sequence_start.anchor || e->data.sequence_start.tag)
			return fail_at(b, line, BSM_E_SYNTAX, "anchors and tags are not used here");
		if (!b->depth)
			return fail_at(b, line, BSM_E_SYNTAX, "expected `key: value` lines, found a list");
		return open_node(b, BSM_LIST, line);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		b->depth--;
		return BSM_OK;
	case YAML_SCALAR_EVENT:
		if (e->data.scalar.anchor || e->data.scalar.tag)
			return fail_at(b, line, BSM_E_SYNTAX, "anchors and tags are not used here");
		return scalar(b, e);
	case YAML_ALIAS_EVENT:
		return fail_at(b, line, BSM_E_SYNTAX, "aliases (*name) are not used here");
	case YAML_DOCUMENT_START_EVENT:
		if (b->root)
			return fail_at(b, line, BSM_E_SYNTAX, "a second document starts here, expected one");
		return BSM_OK;
	case YAML_STREAM_END_EVENT:
		*end = true;
		return BSM_OK;
	default:
		return BSM_OK;
	}
}

static enum bsm_status build(struct builder *b, yaml_parser_t *parser)
{
	for (bool end = false; !end;) {
		yaml_event_t e;
		if (!yaml_parser_parse(parser, &e))
			return fail_at(b, parser->problem_mark.line, BSM_E_SYNTAX,
				       parser->problem ? parser->problem : "unreadable");
		enum bsm_status status = take(b, &e, &end);
		yaml_event_delete(&e);
		BSM_TRY(status);
	}
	if (!b->root)
		return bsm_fail(b->ctx, BSM_E_SYNTAX, "%s: the file is empty", b->file);
	return BSM_OK;
}

enum bsm_status bsm_node_parse(struct bsm_ctx *ctx, const char *name, const char *text, size_t len,
			       struct bsm_node **out)
{
	*out = NULL;
	char *file = copy(name, strlen(name));
	if (!file)
		return no_memory(ctx);
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser)) {
		free(file);
		return no_memory(ctx);
	}
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	struct builder b = {.ctx = ctx, .file = file};
	enum bsm_status status = build(&b, &parser);
	yaml_parser_delete(&parser);
	free(b.key);
	if (status != BSM_OK) {
		bsm_node_free(b.root);
		free(file);
		return status;
	}
	b.root->root_memory = file;
	*out = b.root;
	return BSM_OK;
}

enum bsm_status bsm_read_file(struct bsm_ctx *ctx, const char *path, char **text, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return bsm_fail(ctx, BSM_E_IO, "%s: %s", path, strerror(errno));
	size_t cap = 1 << 16, n = 0, got = 0;
	char *s = malloc(cap);
	while (s && (got = fread(s + n, 1, cap - n, f)) > 0) {
		n += got;
		if (n == cap) {
			char *bigger = n > FILE_MAX ? NULL : realloc(s, cap *= 2);
			if (!bigger)
				free(s);
			s = bigger;
		}
	}
	int bad = ferror(f);
	fclose(f);
	if (!s)
		return bsm_fail(ctx, BSM_E_IO, "%s: too large for a text of settings", path);
	if (bad) {
		free(s);
		return bsm_fail(ctx, BSM_E_IO, "%s: %s", path, strerror(errno));
	}
	*text = s;
	*len = n;
	return BSM_OK;
}

enum bsm_status bsm_node_read(struct bsm_ctx *ctx, const char *path, struct bsm_node **out)
{
	char *text;
	size_t len;
	*out = NULL;
	BSM_TRY(bsm_read_file(ctx, path, &text, &len));
	enum bsm_status status = bsm_node_parse(ctx, path, text, len, out);
	free(text);
	return status;
}

/* Writes "a.b[2].c" of a node. */
static void path_of(const struct bsm_node *n, char *to, size_t size)
{
	const struct bsm_node *up[DEPTH_MAX];
	int depth = 0;
	for (; n && n->parent && depth < DEPTH_MAX; n = n->parent)
		up[depth++] = n;
	size_t len = 0;
	to[0] = 0;
	while (depth-- > 0 && len + 1 < size) {
		int wrote;
		if (up[depth]->key) {
			wrote = snprintf(to + len, size - len, "%s%.80s", len ? "." : "", up[depth]->key);
		} else {
			int i = 0;
			for (const struct bsm_node *s = up[depth]->parent->child; s != up[depth]; s = s->next)
				i++;
			wrote = snprintf(to + len, size - len, "[%d]", i);
		}
		len += wrote > 0 ? (size_t)wrote : 0;
	}
}

enum bsm_status bsm_node_fail(struct bsm_ctx *ctx, const struct bsm_node *n, enum bsm_status status, const char *fmt, ...)
{
	char path[256], text[640];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	path_of(n, path, sizeof path);
	if (!n->line)
		return bsm_fail(ctx, status, "%s %s: %s", n->file, path, text);
	return bsm_fail(ctx, status, "%s:%d: %s%s%s", n->file, n->line, path, path[0] ? ": " : "", text);
}

/* Says again what a failed inner call said, with file, line and key in front. */
static enum bsm_status prefix(struct bsm_ctx *ctx, const struct bsm_node *n, const struct bsm_ctx *inner)
{
	return bsm_node_fail(ctx, n, inner->status, "%s", inner->message);
}

struct bsm_node *bsm_node_get(struct bsm_node *map, const char *key)
{
	if (!map || map->kind != BSM_MAP)
		return NULL;
	for (struct bsm_node *n = map->child; n; n = n->next)
		if (!strcmp(n->key, key)) {
			n->used = true;
			return n;
		}
	return NULL;
}

enum bsm_status bsm_node_need(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, struct bsm_node **out)
{
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected `key: value` lines with a key '%s'", key);
	*out = bsm_node_get(map, key);
	return *out ? BSM_OK : bsm_node_fail(ctx, map, BSM_E_KEY, "the key '%s' is missing", key);
}

static enum bsm_status need_scalar(struct bsm_ctx *ctx, const struct bsm_node *n)
{
	if (n->kind == BSM_SCALAR)
		return BSM_OK;
	return bsm_node_fail(ctx, n, BSM_E_SYNTAX, "found a %s, expected one value",
			     n->kind == BSM_LIST ? "list" : "map");
}

enum bsm_status bsm_node_quantity(struct bsm_ctx *ctx, struct bsm_node *n, enum bsm_dim dim, double *out)
{
	n->used = true;
	BSM_TRY(need_scalar(ctx, n));
	struct bsm_ctx inner = {0};
	if (bsm_parse_quantity(&inner, n->text, dim, out) != BSM_OK)
		return prefix(ctx, n, &inner);
	return BSM_OK;
}

enum bsm_status bsm_node_number(struct bsm_ctx *ctx, struct bsm_node *n, double *out)
{
	return bsm_node_quantity(ctx, n, BSM_DIM_NONE, out);
}

enum bsm_status bsm_node_int(struct bsm_ctx *ctx, struct bsm_node *n, int64_t min, int64_t max, int64_t *out)
{
	double v;
	BSM_TRY(bsm_node_number(ctx, n, &v)); /* 1e5 is welcome as a number of events */
	if (v < -9007199254740992.0 || v > 9007199254740992.0 || v != (double)(int64_t)v)
		return bsm_node_fail(ctx, n, BSM_E_RANGE, "found '%s', expected a whole number", n->text);
	if ((int64_t)v < min || (int64_t)v > max)
		return bsm_node_fail(ctx, n, BSM_E_RANGE, "found %s, expected %lld to %lld", n->text, (long long)min,
				     (long long)max);
	*out = (int64_t)v;
	return BSM_OK;
}

enum bsm_status bsm_node_bool(struct bsm_ctx *ctx, struct bsm_node *n, bool *out)
{
	n->used = true;
	BSM_TRY(need_scalar(ctx, n));
	if (!strcmp(n->text, "true") || !strcmp(n->text, "yes"))
		*out = true;
	else if (!strcmp(n->text, "false") || !strcmp(n->text, "no"))
		*out = false;
	else
		return bsm_node_fail(ctx, n, BSM_E_SYNTAX, "found '%s', expected true or false", n->text);
	return BSM_OK;
}

enum bsm_status bsm_node_string(struct bsm_ctx *ctx, struct bsm_node *n, const char **out)
{
	n->used = true;
	BSM_TRY(need_scalar(ctx, n));
	*out = n->text;
	return BSM_OK;
}

enum bsm_status bsm_node_quantities(struct bsm_ctx *ctx, struct bsm_node *list, enum bsm_dim dim, int n, double *out)
{
	list->used = true;
	if (list->kind != BSM_LIST || list->nchild != n)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX, "expected a list of %d values", n);
	for (struct bsm_node *c = list->child; c; c = c->next)
		BSM_TRY(bsm_node_quantity(ctx, c, dim, out++));
	return BSM_OK;
}

#define BY_KEY(name, reader, type, ...)                                                                        \
	enum bsm_status bsm_get_##name(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, __VA_ARGS__) \
	{                                                                                                      \
		struct bsm_node *n;                                                                            \
		BSM_TRY(bsm_node_need(ctx, map, key, &n));                                                     \
		return reader;                                                                                 \
	}
#define BY_KEY_OR(name, reader, type, ...)                                                                          \
	enum bsm_status bsm_get_##name##_or(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, __VA_ARGS__) \
	{                                                                                                           \
		struct bsm_node *n = bsm_node_get(map, key);                                                        \
		return n ? reader : BSM_OK;                                                                         \
	}
BY_KEY(quantity, bsm_node_quantity(ctx, n, dim, out), double, enum bsm_dim dim, double *out)
BY_KEY_OR(quantity, bsm_node_quantity(ctx, n, dim, out), double, enum bsm_dim dim, double *out)
BY_KEY(number, bsm_node_number(ctx, n, out), double, double *out)
BY_KEY_OR(number, bsm_node_number(ctx, n, out), double, double *out)
BY_KEY_OR(int, bsm_node_int(ctx, n, min, max, out), int64_t, int64_t min, int64_t max, int64_t *out)
BY_KEY_OR(bool, bsm_node_bool(ctx, n, out), bool, bool *out)
BY_KEY(string, bsm_node_string(ctx, n, out), char *, const char **out)
BY_KEY_OR(string, bsm_node_string(ctx, n, out), char *, const char **out)

enum bsm_status bsm_get_count(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, uint64_t *out)
{
	struct bsm_node *n;
	int64_t v = 0;
	BSM_TRY(bsm_node_need(ctx, map, key, &n));
	BSM_TRY(bsm_node_int(ctx, n, 0, (int64_t)1 << 53, &v));
	*out = (uint64_t)v;
	return BSM_OK;
}

enum bsm_status bsm_get_schema(struct bsm_ctx *ctx, struct bsm_node *root, int newest)
{
	struct bsm_node *n;
	int64_t v;
	BSM_TRY(bsm_node_need(ctx, root, "schema", &n));
	BSM_TRY(bsm_node_int(ctx, n, 1, 1000000, &v));
	if (v > newest)
		return bsm_node_fail(ctx, n, BSM_E_RANGE,
				     "found schema %d, this program reads up to %d: a newer bsmnu is needed", (int)v,
				     newest);
	return BSM_OK;
}

void bsm_node_ignore(struct bsm_node *n)
{
	if (!n)
		return;
	n->used = true;
	for (struct bsm_node *c = n->child; c; c = c->next)
		bsm_node_ignore(c);
}

/* Names the keys of the same map that were asked for: what the writer may have meant. */
static void neighbours(const struct bsm_node *map, char *to, size_t size)
{
	size_t len = 0;
	to[0] = 0;
	for (const struct bsm_node *n = map->child; n; n = n->next)
		if (n->used && n->key && len + strlen(n->key) + 3 < size)
			len += (size_t)snprintf(to + len, size - len, "%s%s", len ? ", " : "", n->key);
}

enum bsm_status bsm_node_finish(struct bsm_ctx *ctx, const struct bsm_node *map)
{
	for (const struct bsm_node *n = map->child; n; n = n->next) {
		if (!n->used && n->key) {
			char known[256];
			neighbours(map, known, sizeof known);
			return bsm_node_fail(ctx, n, BSM_E_KEY, "unknown key%s%s", known[0] ? "; understood here: " : "",
					     known);
		}
		if (n->kind != BSM_SCALAR)
			BSM_TRY(bsm_node_finish(ctx, n));
	}
	return BSM_OK;
}
