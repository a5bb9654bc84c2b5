/* FNV-1a, 64 bits: for content hashes of settings and grids. Not for secrets. */
#ifndef BSM_CORE_HASH_H
#define BSM_CORE_HASH_H
#include <stddef.h>
#include <stdint.h>

#define BSM_HASH_START 0xcbf29ce484222325u

static inline uint64_t bsm_hash_bytes(uint64_t h, const void *data, size_t n)
{
	const unsigned char *p = data;
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	return h;
}
#endif
