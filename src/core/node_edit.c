/* Changing a tree after it was read: --set, and a card that overrides keys of a file it names. */
#include <stdlib.h>
#include <string.h>

#include "core/node.h"

static struct bsm_node *child_of(struct bsm_node *map, const char *key, size_t len)
{
	for (struct bsm_node *n = map->child; n; n = n->next)
		if (n->key && strlen(n->key) == len && !strncmp(n->key, key, len))
			return n;
	return NULL;
}

static enum bsm_status add_child(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, size_t len,
				 enum bsm_node_kind kind, struct bsm_node **out)
{
	struct bsm_node *n = calloc(1, sizeof *n);
	char *copy = n ? malloc(len + 1) : NULL;
	char *text = copy && kind == BSM_SCALAR ? calloc(1, 1) : NULL;
	if (!copy || (kind == BSM_SCALAR && !text)) {
		free(n);
		free(copy);
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	memcpy(copy, key, len);
	copy[len] = 0;
	*n = (struct bsm_node){.kind = kind, .key = copy, .text = text, .line = map->line, .file = map->file, .parent = map};
	struct bsm_node **end = &map->child;
	while (*end)
		end = &(*end)->next;
	*end = n;
	map->nchild++;
	*out = n;
	return BSM_OK;
}

/* `source: lbnf` is short for `source: {name: lbnf}`: written out, so that source.variant can stand beside it. */
static enum bsm_status scalar_to_map(struct bsm_ctx *ctx, struct bsm_node *n)
{
	struct bsm_node *name;
	char *text = n->text;
	n->kind = BSM_MAP;
	n->text = NULL;
	enum bsm_status status = add_child(ctx, n, "name", 4, BSM_SCALAR, &name);
	if (status == BSM_OK) {
		free(name->text);
		name->text = text;
	} else {
		free(text);
	}
	return status;
}

/* Says where a node's value comes from. */
static void stamp(struct bsm_node *n, const struct bsm_node *by)
{
	n->file = by ? by->file : "--set";
	n->line = by ? by->line : 0;
}

static enum bsm_status set_text(struct bsm_ctx *ctx, struct bsm_node *n, const char *value, const struct bsm_node *by)
{
	char *text = malloc(strlen(value) + 1);
	if (!text)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	strcpy(text, value);
	bsm_node_free(n->child);
	free(n->text);
	n->child = NULL;
	n->nchild = 0;
	n->kind = BSM_SCALAR;
	n->text = text;
	stamp(n, by);
	return BSM_OK;
}

static void stamp_all(struct bsm_node *n, const struct bsm_node *by)
{
	for (; n; n = n->next) {
		stamp(n, by);
		stamp_all(n->child, by);
	}
}

/* A value "[a, b]" or "{a: b}" is a list or a map, read as YAML. */
static enum bsm_status set_list(struct bsm_ctx *ctx, struct bsm_node *n, const char *path, const char *value,
				const struct bsm_node *by)
{
	struct bsm_node *root;
	char *text = malloc(strlen(value) + 8);
	if (!text)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	strcat(strcpy(text, "v: "), value);
	enum bsm_status status = bsm_node_parse(ctx, path, text, strlen(text), &root);
	free(text);
	BSM_TRY(status);
	struct bsm_node *list = root->child;
	bsm_node_free(n->child);
	free(n->text);
	n->text = NULL;
	n->kind = list->kind;
	n->child = list->child;
	n->nchild = list->nchild;
	list->child = NULL;
	for (struct bsm_node *c = n->child; c; c = c->next)
		c->parent = n;
	bsm_node_free(root);
	stamp(n, by);
	stamp_all(n->child, by);
	return BSM_OK;
}

enum bsm_status bsm_node_set(struct bsm_ctx *ctx, struct bsm_node *root, const char *path, const char *value,
			     const struct bsm_node *by)
{
	struct bsm_node *at = root;
	for (const char *key = path;;) {
		size_t len = strcspn(key, ".");
		int last = !key[len];
		if (at->kind == BSM_SCALAR && len)
			BSM_TRY(scalar_to_map(ctx, at));
		if (at->kind != BSM_MAP || !len)
			return bsm_fail(ctx, BSM_E_KEY, "--set %s: there is no such key", path);
		struct bsm_node *next = child_of(at, key, len);
		if (!next) {
			BSM_TRY(add_child(ctx, at, key, len, last ? BSM_SCALAR : BSM_MAP, &next));
			stamp(next, by);
		}
		at = next;
		if (last)
			break;
		key += len + 1;
	}
	return value[0] == '[' || value[0] == '{' ? set_list(ctx, at, path, value, by) : set_text(ctx, at, value, by);
}
