/* Writes JSON into a text: 2 spaces a level, strings escaped (what is not UTF-8 becomes U+FFFD), numbers as the
 * shortest text that reads back, NaN and infinities as null. In an array, and at the root, the key is NULL:
 *
 *     struct bsm_json j = {.out = &text};
 *     bsm_json_object(&j, NULL);
 *     bsm_json_string(&j, "model", "hnl");
 *     bsm_json_array(&j, "rates");
 *     bsm_json_number(&j, NULL, 0.5);
 *     bsm_json_end(&j);
 *     bsm_json_end(&j);             the last one ends the line
 *
 * Misuse (an end too many, a key in an array, nesting below 63 levels) sets text.failed. */
#ifndef BSM_CORE_JSON_H
#define BSM_CORE_JSON_H
#include <stdbool.h>

#include "core/text.h"

struct bsm_json { /* zero-initialise but for `out` */
	struct bsm_text *out;
	int depth;                    /* open objects and arrays */
	uint64_t is_array, has_items; /* one bit a level */
};

void bsm_json_object(struct bsm_json *, const char *key); /* ends with bsm_json_end */
void bsm_json_array(struct bsm_json *, const char *key);  /* ends with bsm_json_end */
void bsm_json_end(struct bsm_json *);
void bsm_json_string(struct bsm_json *, const char *key, const char *value); /* NULL becomes null */
void bsm_json_number(struct bsm_json *, const char *key, double value);
void bsm_json_int(struct bsm_json *, const char *key, int64_t value);
void bsm_json_uint(struct bsm_json *, const char *key, uint64_t value);
void bsm_json_bool(struct bsm_json *, const char *key, bool value);
void bsm_json_null(struct bsm_json *, const char *key);
/* An array of numbers on one line. */
void bsm_json_numbers(struct bsm_json *, const char *key, const double *value, size_t n);
/* Just the quoted, escaped string. */
void bsm_json_quote(struct bsm_text *, const char *value);
#endif
