#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void bsm_text_free(struct bsm_text *t)
{
	free(t->data);
	*t = (struct bsm_text){0};
}

void bsm_text_clear(struct bsm_text *t)
{
	t->len = 0;
}

static char *text_grow(struct bsm_text *t, size_t n)
{
	if (t->failed)
		return NULL;
	size_t cap = t->cap < 256 ? 256 : t->cap;
	while (cap - t->len < n) {
		if (cap > SIZE_MAX / 4) {
			t->failed = 1;
			return NULL;
		}
		cap *= 2;
	}
	char *data = realloc(t->data, cap);
	if (!data) {
		t->failed = 1;
		return NULL;
	}
	t->data = data;
	t->cap = cap;
	return data + t->len;
}

char *bsm_text_reserve(struct bsm_text *t, size_t n)
{
	if (!t->failed && t->cap - t->len >= n && t->data)
		return t->data + t->len;
	return text_grow(t, n);
}

void bsm_text_add(struct bsm_text *t, const char *bytes, size_t n)
{
	char *to = bsm_text_reserve(t, n);
	if (!to || !n)
		return;
	memcpy(to, bytes, n);
	t->len += n;
}

void bsm_text_str(struct bsm_text *t, const char *s)
{
	bsm_text_add(t, s, strlen(s));
}

void bsm_text_char(struct bsm_text *t, char c)
{
	bsm_text_add(t, &c, 1);
}

void bsm_text_int(struct bsm_text *t, int64_t v)
{
	char *to = bsm_text_reserve(t, 32);
	if (to)
		t->len = (size_t)(bsm_put_int(to, v) - t->data);
}

void bsm_text_uint(struct bsm_text *t, uint64_t v)
{
	char *to = bsm_text_reserve(t, 32);
	if (to)
		t->len = (size_t)(bsm_put_uint(to, v) - t->data);
}

void bsm_text_double(struct bsm_text *t, double v)
{
	char *to = bsm_text_reserve(t, 32);
	if (to)
		t->len = (size_t)(bsm_put_double(to, v) - t->data);
}

void bsm_text_printf(struct bsm_text *t, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *to = n < 0 ? NULL : bsm_text_reserve(t, (size_t)n + 1);
	if (to) {
		vsnprintf(to, (size_t)n + 1, fmt, again);
		t->len += (size_t)n;
	} else {
		t->failed = 1;
	}
	va_end(again);
}

const char *bsm_text_cstr(struct bsm_text *t)
{
	char *end = bsm_text_reserve(t, 1);
	if (!end)
		return "";
	*end = '\0';
	return t->data;
}
