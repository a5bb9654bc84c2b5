/* A growing byte buffer, and numbers written without locale or printf. */
#ifndef BSM_CORE_TEXT_H
#define BSM_CORE_TEXT_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bsm_text {       /* zero-initialise; free with bsm_text_free */
	char *data;     /* NUL-terminated after bsm_text_cstr only */
	size_t len, cap;
	int failed;     /* an allocation failed: everything after is dropped, check once at the end */
};

void bsm_text_free(struct bsm_text *);
void bsm_text_clear(struct bsm_text *);                  /* len = 0, keeps the memory */
char *bsm_text_reserve(struct bsm_text *, size_t n);     /* room for n more bytes at the end, or NULL */
void bsm_text_add(struct bsm_text *, const char *bytes, size_t n);
void bsm_text_str(struct bsm_text *, const char *s);
void bsm_text_char(struct bsm_text *, char c);
void bsm_text_int(struct bsm_text *, int64_t v);
void bsm_text_uint(struct bsm_text *, uint64_t v);
void bsm_text_double(struct bsm_text *, double v);       /* shortest text that reads back as the same double */
/* Cold paths only: never for doubles. */
void bsm_text_printf(struct bsm_text *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *bsm_text_cstr(struct bsm_text *);            /* NUL-terminated view; "" if failed */

/* Core of the number writers: write at `to` (room for 32 bytes), return the end. */
char *bsm_put_int(char *to, int64_t v);
char *bsm_put_uint(char *to, uint64_t v);
char *bsm_put_double(char *to, double v); /* "nan", "inf", "-inf" as such; 1 -> "1", 1e22 -> "1e+22" */

/* Reading, locale-free. Parses [text, end) as one whole number: 0 on success. "nan" and "inf" are numbers, hexadecimal
 * ones, blanks around and values beyond the range of the type are not. */
int bsm_parse_double(const char *text, const char *end, double *out);
int bsm_parse_int(const char *text, const char *end, int64_t *out);
#endif
