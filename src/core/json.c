#include "core/json.h"

#include <math.h>

enum { DEEPEST = 63 };

/* Length of the well-formed UTF-8 sequence at s (NUL-terminated), 0 if there is none. */
static size_t utf8_length(const unsigned char *s)
{
	if (s[0] < 0x80)
		return 1;
	size_t n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)) /* too long a form, surrogates */
		return 0;
	if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)) /* too long a form, above U+10FFFF */
		return 0;
	return n;
}

static void quote_control(struct bsm_text *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef", from[] = "\n\t\r\b\f", to[] = "ntrbf";
	const char *known = c ? strchr(from, c) : NULL;
	if (known) {
		bsm_text_char(out, '\\');
		bsm_text_char(out, to[known - from]);
		return;
	}
	bsm_text_str(out, "\\u00");
	bsm_text_char(out, hex[c >> 4]);
	bsm_text_char(out, hex[c & 15]);
}

void bsm_json_quote(struct bsm_text *out, const char *value)
{
	const unsigned char *s = (const unsigned char *)value;
	bsm_text_char(out, '"');
	while (*s) {
		size_t n = utf8_length(s);
		if (n == 0) {
			bsm_text_str(out, "\xef\xbf\xbd");
			n = 1;
		} else if (*s < 0x20 || *s == 0x7f) {
			quote_control(out, *s);
		} else {
			if (*s == '"' || *s == '\\')
				bsm_text_char(out, '\\');
			bsm_text_add(out, (const char *)s, n);
		}
		s += n;
	}
	bsm_text_char(out, '"');
}

static void new_line(struct bsm_json *j)
{
	bsm_text_char(j->out, '\n');
	for (int i = 0; i < j->depth; i++)
		bsm_text_add(j->out, "  ", 2);
}

/* Comma, line, indentation and key of the next item. */
static void item(struct bsm_json *j, const char *key)
{
	uint64_t level = (uint64_t)1 << j->depth;
	int in_object = j->depth > 0 && !(j->is_array & level);
	if (in_object != (key != NULL) || (j->depth == 0 && (j->has_items & level)))
		j->out->failed = 1;
	if (j->has_items & level)
		bsm_text_char(j->out, ',');
	j->has_items |= level;
	if (j->depth)
		new_line(j);
	if (key) {
		bsm_json_quote(j->out, key);
		bsm_text_add(j->out, ": ", 2);
	}
}

static void start(struct bsm_json *j, const char *key, int array)
{
	item(j, key);
	bsm_text_char(j->out, array ? '[' : '{');
	if (j->depth == DEEPEST) {
		j->out->failed = 1;
		return;
	}
	uint64_t level = (uint64_t)1 << ++j->depth;
	j->has_items &= ~level;
	j->is_array = array ? j->is_array | level : j->is_array & ~level;
}

void bsm_json_object(struct bsm_json *j, const char *key)
{
	start(j, key, 0);
}

void bsm_json_array(struct bsm_json *j, const char *key)
{
	start(j, key, 1);
}

void bsm_json_end(struct bsm_json *j)
{
	if (j->depth == 0) {
		j->out->failed = 1;
		return;
	}
	uint64_t level = (uint64_t)1 << j->depth--;
	if (j->has_items & level)
		new_line(j);
	bsm_text_char(j->out, j->is_array & level ? ']' : '}');
	if (j->depth == 0)
		bsm_text_char(j->out, '\n');
}

static void put_number(struct bsm_text *out, double value)
{
	if (isfinite(value))
		bsm_text_double(out, value);
	else
		bsm_text_str(out, "null");
}

void bsm_json_string(struct bsm_json *j, const char *key, const char *value)
{
	item(j, key);
	if (value)
		bsm_json_quote(j->out, value);
	else
		bsm_text_str(j->out, "null");
}

void bsm_json_number(struct bsm_json *j, const char *key, double value)
{
	item(j, key);
	put_number(j->out, value);
}

void bsm_json_int(struct bsm_json *j, const char *key, int64_t value)
{
	item(j, key);
	bsm_text_int(j->out, value);
}

void bsm_json_uint(struct bsm_json *j, const char *key, uint64_t value)
{
	item(j, key);
	bsm_text_uint(j->out, value);
}

void bsm_json_bool(struct bsm_json *j, const char *key, bool value)
{
	item(j, key);
	bsm_text_str(j->out, value ? "true" : "false");
}

void bsm_json_null(struct bsm_json *j, const char *key)
{
	item(j, key);
	bsm_text_str(j->out, "null");
}

void bsm_json_numbers(struct bsm_json *j, const char *key, const double *value, size_t n)
{
	item(j, key);
	bsm_text_char(j->out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			bsm_text_add(j->out, ", ", 2);
		put_number(j->out, value[i]);
	}
	bsm_text_char(j->out, ']');
}
