/* Results of long work, kept between runs under the hash of all that went into them. */
#ifndef BSM_CORE_CACHE_H
#define BSM_CORE_CACHE_H
#include "core/hash.h"
#include "core/node.h"

/* The folder, with all above it. */
enum bsm_status bsm_make_dir(struct bsm_ctx *, const char *dir);
/* Continues the hash h with the tree: keys and values, but for those under the keys of `skip` (NULL-terminated). */
uint64_t bsm_node_hash(uint64_t h, const struct bsm_node *, const char *const *skip);
/* $BSMNU_CACHE ("off": none), $XDG_CACHE_HOME/bsmnu or ~/.cache/bsmnu. 1, or 0 if nothing is to be kept. */
int bsm_cache_path(const char *what, uint64_t hash, const char *suffix, char *path, size_t size);
int bsm_cache_has(const char *path);
enum bsm_status bsm_cache_make_room(struct bsm_ctx *, const char *path); /* the folder of the path */
#endif
