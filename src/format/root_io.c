#include "format/root_io.h"

#include <zlib.h>

enum { HAS_COUNT = 0x40000000, LEVEL = 1, BLOCK = 0xffffff, BLOCK_HEAD = 9 };

size_t bsm_root_at(const struct bsm_root_io *io)
{
	return io->out ? io->out->len : (size_t)(io->at - io->begin);
}

static void differs(struct bsm_root_io *io, const char *what, uint64_t found, uint64_t expected)
{
	if (io->wrong)
		return;
	io->wrong = what;
	io->where = bsm_root_at(io);
	io->found = found;
	io->expected = expected;
}

static int there(struct bsm_root_io *io, const char *what, size_t n)
{
	if (io->wrong)
		return 0;
	if ((size_t)(io->end - io->at) >= n)
		return 1;
	differs(io, what, (uint64_t)(io->end - io->at), n);
	return 0;
}

void bsm_root_uint(struct bsm_root_io *io, const char *what, int n, uint64_t *v)
{
	if (io->out) {
		char b[8];
		for (int i = 0; i < n; i++)
			b[i] = (char)(*v >> (8 * (n - 1 - i)));
		bsm_text_add(io->out, b, (size_t)n);
		return;
	}
	*v = 0;
	if (!there(io, what, (size_t)n))
		return;
	for (int i = 0; i < n; i++)
		*v = *v << 8 | *io->at++;
}

void bsm_root_const(struct bsm_root_io *io, const char *what, int n, uint64_t v)
{
	uint64_t mask = n == 8 ? UINT64_MAX : ((uint64_t)1 << (8 * n)) - 1, found = v;
	size_t where = bsm_root_at(io);
	bsm_root_uint(io, what, n, &found);
	if (io->wrong || (found & mask) == (v & mask))
		return;
	differs(io, what, found, v & mask);
	io->where = where;
}

void bsm_root_double(struct bsm_root_io *io, const char *what, double *v)
{
	uint64_t bits;
	memcpy(&bits, v, sizeof bits);
	bsm_root_uint(io, what, 8, &bits);
	memcpy(v, &bits, sizeof bits);
}

void bsm_root_bytes(struct bsm_root_io *io, const char *what, const void *bytes, size_t n)
{
	if (io->out) {
		bsm_text_add(io->out, bytes, n);
		return;
	}
	if (!there(io, what, n))
		return;
	for (size_t i = 0; i < n; i++)
		if (io->at[i] != ((const uint8_t *)bytes)[i]) {
			differs(io, what, io->at[i], ((const uint8_t *)bytes)[i]);
			io->where += i;
			return;
		}
	io->at += n;
}

void bsm_root_skip(struct bsm_root_io *io, const char *what, size_t n)
{
	if (io->out) {
		for (size_t i = 0; i < n; i++)
			bsm_text_char(io->out, 0);
	} else if (there(io, what, n)) {
		io->at += n;
	}
}

void bsm_root_string(struct bsm_root_io *io, const char *what, const char *s)
{
	size_t n = strlen(s);
	if (n < 255) {
		bsm_root_const(io, what, 1, n);
	} else {
		bsm_root_const(io, what, 1, 255);
		bsm_root_const(io, what, 4, n);
	}
	bsm_root_bytes(io, what, s, n);
}

void bsm_root_any_string(struct bsm_root_io *io, const char *what, char *s, size_t size)
{
	uint64_t n = 0;
	if (io->out) {
		bsm_root_string(io, what, s);
		return;
	}
	s[0] = '\0';
	bsm_root_uint(io, what, 1, &n);
	if (n == 255)
		bsm_root_uint(io, what, 4, &n);
	if (!io->wrong && n >= size)
		differs(io, what, n, size - 1);
	if (!there(io, what, (size_t)n))
		return;
	memcpy(s, io->at, (size_t)n);
	s[n] = '\0';
	io->at += n;
}

void bsm_root_name(struct bsm_root_io *io, const char *what, const char *s)
{
	bsm_root_bytes(io, what, s, strlen(s) + 1);
}

size_t bsm_root_open_object(struct bsm_root_io *io, const char *what, int version)
{
	uint64_t count = 0;
	size_t at = bsm_root_at(io);
	bsm_root_uint(io, what, 4, &count);
	if (version)
		bsm_root_const(io, what, 2, (uint64_t)version);
	return at;
}

void bsm_root_close_object(struct bsm_root_io *io, const char *what, size_t opened)
{
	uint64_t n = bsm_root_at(io) - opened - 4;
	if (io->out) {
		for (int i = 0; i < 4 && !io->out->failed; i++)
			io->out->data[opened + (size_t)i] = (char)((n | HAS_COUNT) >> (8 * (3 - i)));
		return;
	}
	if (io->wrong)
		return;
	struct bsm_root_io count = {.begin = io->begin, .at = io->begin + opened, .end = io->end};
	bsm_root_const(&count, what, 4, n | HAS_COUNT);
	if (count.wrong) {
		differs(io, what, count.found & ~(uint64_t)HAS_COUNT, n);
		io->where = opened;
	}
}

size_t bsm_root_open_pointer(struct bsm_root_io *io, const char *class)
{
	size_t at = bsm_root_open_object(io, class, 0);
	bsm_root_const(io, class, 4, 0xffffffff);
	bsm_root_name(io, class, class);
	return at;
}

void bsm_root_object(struct bsm_root_io *io, uint32_t bits)
{
	bsm_root_const(io, "version of TObject", 2, 1);
	bsm_root_const(io, "TObject.fUniqueID", 4, 0);
	bsm_root_const(io, "TObject.fBits", 4, bits);
}

void bsm_root_named(struct bsm_root_io *io, const char *name, const char *title, uint32_t bits)
{
	size_t at = bsm_root_open_object(io, "TNamed", 1);
	bsm_root_object(io, bits);
	bsm_root_string(io, "TNamed.fName", name);
	bsm_root_string(io, "TNamed.fTitle", title);
	bsm_root_close_object(io, "TNamed", at);
}

void bsm_root_array_head(struct bsm_root_io *io, uint32_t n)
{
	bsm_root_object(io, 0);
	bsm_root_string(io, "TObjArray.fName", "");
	bsm_root_const(io, "TObjArray.fSize", 4, n);
	bsm_root_const(io, "TObjArray.fLowerBound", 4, 0);
}

static uint64_t string_length(const char *s)
{
	size_t n = strlen(s);
	return n + (n < 255 ? 1 : 5);
}

uint64_t bsm_root_key_length(const struct bsm_root_key *k)
{
	return 34 + string_length(k->class) + string_length(k->name) + string_length(k->title);
}

/* Version 1004: positions of 64 bits, whatever the size of the file. */
void bsm_root_key(struct bsm_root_io *io, struct bsm_root_key *k)
{
	bsm_root_uint(io, "TKey.fNbytes", 4, &k->bytes);
	bsm_root_const(io, "version of TKey", 2, 1004);
	bsm_root_uint(io, "TKey.fObjlen", 4, &k->object);
	bsm_root_const(io, "TKey.fDatime", 4, BSM_ROOT_DATE);
	bsm_root_uint(io, "TKey.fKeylen", 2, &k->length);
	bsm_root_uint(io, "TKey.fCycle", 2, &k->cycle);
	bsm_root_uint(io, "TKey.fSeekKey", 8, &k->seek);
	bsm_root_uint(io, "TKey.fSeekPdir", 8, &k->parent);
	bsm_root_string(io, "TKey.fClassName", k->class);
	bsm_root_string(io, "TKey.fName", k->name);
	bsm_root_string(io, "TKey.fTitle", k->title);
}

static void put_size(char *to, size_t n) /* little-endian, 3 bytes: the only one in ROOT */
{
	for (int i = 0; i < 3; i++)
		to[i] = (char)(n >> (8 * i));
}

static size_t get_size(const uint8_t *from)
{
	return (size_t)from[0] | (size_t)from[1] << 8 | (size_t)from[2] << 16;
}

enum bsm_status bsm_root_pack(struct bsm_ctx *ctx, const char *bytes, size_t n, struct bsm_text *out)
{
	size_t begin = out->len;
	for (size_t at = 0; at < n;) {
		size_t part = n - at < BLOCK ? n - at : BLOCK;
		uLongf room = compressBound((uLong)part);
		char *to = bsm_text_reserve(out, BLOCK_HEAD + room);
		if (!to)
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
		if (compress2((Bytef *)to + BLOCK_HEAD, &room, (const Bytef *)bytes + at, (uLong)part, LEVEL) != Z_OK || room > BLOCK)
			break; /* hardly smaller: as it is */
		memcpy(to, "ZL\x08", 3);
		put_size(to + 3, room);
		put_size(to + 6, part);
		out->len += BLOCK_HEAD + room;
		at += part;
		if (at == n && out->len - begin < n)
			return BSM_OK;
	}
	out->len = begin;
	bsm_text_add(out, bytes, n);
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}

int bsm_root_unpack(const uint8_t *packed, size_t npacked, uint8_t *to, size_t n)
{
	if (npacked == n) {
		if (n)
			memcpy(to, packed, n);
		return 0;
	}
	while (n > 0) {
		if (npacked < BLOCK_HEAD || memcmp(packed, "ZL\x08", 3))
			return 1;
		size_t in = get_size(packed + 3), part = get_size(packed + 6);
		uLongf made = (uLongf)part;
		if (in > npacked - BLOCK_HEAD || part == 0 || part > n ||
		    uncompress((Bytef *)to, &made, packed + BLOCK_HEAD, (uLong)in) != Z_OK || made != part)
			return 1;
		packed += BLOCK_HEAD + in;
		npacked -= BLOCK_HEAD + in;
		to += part;
		n -= part;
	}
	return npacked != 0;
}
