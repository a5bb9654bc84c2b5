/* ROOT's big-endian streams, both ways: one walk over a layout writes it or reads it and holds it against what is expected. So
 * the reader knows exactly what the writer writes, and says where another file differs. */
#ifndef BSM_FORMAT_ROOT_IO_H
#define BSM_FORMAT_ROOT_IO_H
#include "core/context.h"
#include "core/text.h"

struct bsm_root_io { /* zero-initialise but for `out`, or `begin` and `end` */
	struct bsm_text *out;            /* writing; NULL: reading */
	const uint8_t *begin, *at, *end; /* reading: at = begin */
	const char *wrong;               /* first field that did not fit; NULL: none. All after it does nothing */
	size_t where;                    /* its offset */
	uint64_t found, expected;
};

size_t bsm_root_at(const struct bsm_root_io *); /* offset from the begin of the stream */
/* A number of n bytes, n = 1, 2, 4, 8. */
void bsm_root_uint(struct bsm_root_io *, const char *what, int n, uint64_t *v);
void bsm_root_const(struct bsm_root_io *, const char *what, int n, uint64_t v); /* written, or expected */
void bsm_root_double(struct bsm_root_io *, const char *what, double *v);
void bsm_root_bytes(struct bsm_root_io *, const char *what, const void *bytes, size_t n); /* written, or expected */
void bsm_root_skip(struct bsm_root_io *, const char *what, size_t n); /* zeros, or anything */
void bsm_root_string(struct bsm_root_io *, const char *what, const char *s);              /* with its length before it */
void bsm_root_name(struct bsm_root_io *, const char *what, const char *s);                /* ended by zero: a class */
/* The same with any content: reads up to size - 1 bytes into `s`. */
void bsm_root_any_string(struct bsm_root_io *, const char *what, char *s, size_t size);
/* A byte count, and the version where there is one (0: none); end fills it in or holds it against what was read. */
size_t bsm_root_open_object(struct bsm_root_io *, const char *what, int version);
void bsm_root_close_object(struct bsm_root_io *, const char *what, size_t opened);
/* Byte count and "new class" with its name, of an object behind a pointer; ends with bsm_root_close_object. */
size_t bsm_root_open_pointer(struct bsm_root_io *, const char *class);
void bsm_root_object(struct bsm_root_io *, uint32_t bits);                                           /* TObject */
void bsm_root_named(struct bsm_root_io *, const char *name, const char *title, uint32_t bits);       /* TNamed */
void bsm_root_array_head(struct bsm_root_io *, uint32_t n);                                          /* inside TObjArray, named "" */

struct bsm_root_key {
	uint64_t bytes, object; /* on disk with this header; of the object, unpacked */
	uint64_t length;        /* of this header */
	uint64_t cycle, seek, parent;
	const char *class, *name, *title;
};
/* length is found by bsm_root_key_length before. */
void bsm_root_key(struct bsm_root_io *, struct bsm_root_key *);
uint64_t bsm_root_key_length(const struct bsm_root_key *);
/* All that was written, as blocks of zlib where this makes it smaller. */
enum bsm_status bsm_root_pack(struct bsm_ctx *, const char *bytes, size_t n, struct bsm_text *out);
/* Back again into `to`, n bytes: 0, or 1 if it is not that. */
int bsm_root_unpack(const uint8_t *packed, size_t npacked, uint8_t *to, size_t n);

#define BSM_ROOT_DATE 0x00420000u /* 1995-01-01: the same run gives the same bytes */
#endif
