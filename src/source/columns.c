#include "source/columns.h"

#include <math.h>
#include <string.h>

#include "core/text.h"

static int blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *skip(const char *p, const char *end)
{
	while (p < end && blank(*p))
		p++;
	return p;
}

/* "# key: value" -> key, value; 0 if it is plain words. */
static int key_value(const char *p, const char *end, char key[64], char value[128])
{
	while (p < end && (*p == '#' || blank(*p)))
		p++;
	const char *colon = memchr(p, ':', (size_t)(end - p));
	if (!colon)
		return 0;
	const char *v = skip(colon + 1, end), *k = colon;
	while (end > v && blank(end[-1]))
		end--;
	while (k > p && blank(k[-1]))
		k--;
	if (k == p || k - p > 63 || end - v > 127)
		return 0;
	memcpy(key, p, (size_t)(k - p));
	key[k - p] = 0;
	memcpy(value, v, (size_t)(end - v));
	value[end - v] = 0;
	return 1;
}

static enum bsm_status numbers(struct bsm_ctx *ctx, struct bsm_input *in, const char *p, const char *end, double *out,
			       int *n)
{
	for (*n = 0; (p = skip(p, end)) < end && *p != '#';) {
		const char *q = p;
		while (q < end && !blank(*q) && *q != '#')
			q++;
		if (*n == BSM_COLUMNS)
			return bsm_input_fail(ctx, in, BSM_E_SYNTAX, "more than %d columns", BSM_COLUMNS);
		if (bsm_parse_double(p, q, &out[*n]) || !isfinite(out[*n]))
			return bsm_input_fail(ctx, in, BSM_E_SYNTAX,
					      "column %d: found \"%.*s\", expected a finite number", *n + 1,
					      (int)(q - p > 40 ? 40 : q - p), p);
		++*n;
		p = q;
	}
	return BSM_OK;
}

enum bsm_status bsm_columns_next(struct bsm_ctx *ctx, struct bsm_input *in, double *out, int *n,
				 enum bsm_status (*comment)(struct bsm_ctx *, void *, const char *, const char *),
				 void *arg)
{
	for (;;) {
		const char *line, *end;
		char key[64], value[128];
		*n = 0;
		BSM_TRY(bsm_input_line(ctx, in, &line, &end));
		if (!line)
			return BSM_OK;
		const char *p = skip(line, end);
		if (p < end && *p == '#') {
			if (comment && key_value(p, end, key, value))
				BSM_TRY(comment(ctx, arg, key, value));
			continue;
		}
		BSM_TRY(numbers(ctx, in, p, end, out, n));
		if (*n && bsm_input_unended(in))
			return bsm_input_fail(
				ctx, in, BSM_E_SYNTAX,
				"the last line has no line end: the file may be cut off; add one if it is whole");
		if (*n)
			return BSM_OK;
	}
}

enum bsm_status bsm_source_path(struct bsm_ctx *ctx, struct bsm_node *node, char out[BSM_PATH])
{
	const char *name, *slash;
	BSM_TRY(bsm_node_string(ctx, node, &name));
	slash = *name == '/' || !node->file ? NULL : strrchr(node->file, '/');
	size_t dir = slash ? (size_t)(slash - node->file) + 1 : 0, len = strlen(name);
	if (!len || dir + len >= BSM_PATH)
		return bsm_node_fail(ctx, node, BSM_E_RANGE, "a path of 1 to %d bytes was expected", BSM_PATH - 1);
	if (dir)
		memcpy(out, node->file, dir);
	memcpy(out + dir, name, len + 1);
	return BSM_OK;
}
