/* One block of text as one independent frame, so that workers compress their own blocks. */
#include "core/stream.h"

#include <zlib.h>
#include <zstd.h>

/* A hash table that stays in the first-level cache: a seventh faster on columns of numbers, half a percent larger. */
enum { LEVEL = 1, HASH_LOG = 12 };

static int has_ending(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);
	return n > m && strcmp(path + n - m, ending) == 0;
}

enum bsm_compression bsm_compression_of(const char *path)
{
	return has_ending(path, ".zst") ? BSM_ZSTD : has_ending(path, ".gz") ? BSM_GZIP : BSM_PLAIN;
}

static enum bsm_status zstd_frame(struct bsm_ctx *ctx, const struct bsm_text *text, struct bsm_text *out)
{
	size_t room = ZSTD_compressBound(text->len);
	char *to = bsm_text_reserve(out, room);
	ZSTD_CCtx *z = ZSTD_createCCtx();
	if (!to || !z) {
		ZSTD_freeCCtx(z);
		return bsm_fail(ctx, BSM_E_MEMORY, "zstd: out of memory");
	}
	size_t n = ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, LEVEL);
	if (!ZSTD_isError(n))
		n = ZSTD_CCtx_setParameter(z, ZSTD_c_hashLog, HASH_LOG);
	if (!ZSTD_isError(n))
		n = ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	if (!ZSTD_isError(n))
		n = ZSTD_compress2(z, to, room, text->data, text->len);
	ZSTD_freeCCtx(z);
	if (ZSTD_isError(n))
		return bsm_fail(ctx, BSM_E_MEMORY, "zstd: %s", ZSTD_getErrorName(n));
	out->len += n;
	return BSM_OK;
}

static enum bsm_status gzip_member(struct bsm_ctx *ctx, const struct bsm_text *text, struct bsm_text *out)
{
	z_stream z = {0};
	if (text->len > UINT32_MAX / 2)
		return bsm_fail(ctx, BSM_E_RANGE, "gzip: a block is larger than 2 GiB");
	if (deflateInit2(&z, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) /* +16: gzip, without a time */
		return bsm_fail(ctx, BSM_E_MEMORY, "gzip: out of memory");
	size_t room = deflateBound(&z, (uLong)text->len);
	char *to = bsm_text_reserve(out, room);
	if (!to) {
		deflateEnd(&z);
		return bsm_fail(ctx, BSM_E_MEMORY, "gzip: out of memory");
	}
	z.next_in = (Bytef *)text->data;
	z.avail_in = (uInt)text->len;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	int ended = deflate(&z, Z_FINISH) == Z_STREAM_END;
	out->len += ended ? room - z.avail_out : 0;
	deflateEnd(&z);
	return ended ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "gzip: the block could not be compressed");
}

enum bsm_status bsm_compress_frame(struct bsm_ctx *ctx, enum bsm_compression kind, const struct bsm_text *text,
				   struct bsm_text *out)
{
	if (text->failed)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	if (text->len == 0)
		return BSM_OK;
	if (kind == BSM_ZSTD)
		return zstd_frame(ctx, text, out);
	if (kind == BSM_GZIP)
		return gzip_member(ctx, text, out);
	bsm_text_add(out, text->data, text->len);
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}
