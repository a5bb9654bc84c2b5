#include "core/cache.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum bsm_status bsm_make_dir(struct bsm_ctx *ctx, const char *dir)
{
	char part[2048];
	for (size_t i = 1; i <= strlen(dir) && i < sizeof part; i++) {
		if (dir[i] != '/' && dir[i])
			continue;
		memcpy(part, dir, i);
		part[i] = 0;
		if (mkdir(part, 0777) && errno != EEXIST)
			return bsm_fail(ctx, BSM_E_IO, "%s: this folder cannot be made: %s", part, strerror(errno));
	}
	struct stat s;
	if (stat(dir, &s) || !S_ISDIR(s.st_mode))
		return bsm_fail(ctx, BSM_E_IO, "%s: is not a folder", dir);
	return BSM_OK;
}

uint64_t bsm_node_hash(uint64_t h, const struct bsm_node *n, const char *const *skip)
{
	const char *const *all = skip;
	for (; n->key && skip && *skip; skip++)
		if (!strcmp(n->key, *skip))
			return h;
	if (n->key)
		h = bsm_hash_bytes(h, n->key, strlen(n->key) + 1);
	if (n->kind == BSM_SCALAR)
		return bsm_hash_bytes(h, n->text, strlen(n->text) + 1);
	h = bsm_hash_bytes(h, n->kind == BSM_MAP ? "{" : "[", 1);
	for (const struct bsm_node *c = n->child; c; c = c->next)
		h = bsm_node_hash(h, c, all);
	return bsm_hash_bytes(h, "}", 1);
}

int bsm_cache_path(const char *what, uint64_t hash, const char *suffix, char *path, size_t size)
{
	const char *own = getenv("BSMNU_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int n;
	if (own && !strcmp(own, "off"))
		return 0;
	if (own && *own)
		n = snprintf(path, size, "%s/%s-%016llx%s", own, what, (unsigned long long)hash, suffix);
	else if (xdg && *xdg)
		n = snprintf(path, size, "%s/bsmnu/%s-%016llx%s", xdg, what, (unsigned long long)hash, suffix);
	else if (home && *home)
		n = snprintf(path, size, "%s/.cache/bsmnu/%s-%016llx%s", home, what, (unsigned long long)hash, suffix);
	else
		return 0;
	return n > 0 && (size_t)n < size;
}

int bsm_cache_has(const char *path)
{
	return access(path, R_OK) == 0;
}

enum bsm_status bsm_cache_make_room(struct bsm_ctx *ctx, const char *path)
{
	char dir[4096];
	const char *slash = strrchr(path, '/');
	if (!slash || slash == path || (size_t)(slash - path) >= sizeof dir)
		return BSM_OK;
	memcpy(dir, path, (size_t)(slash - path));
	dir[slash - path] = 0;
	return bsm_make_dir(ctx, dir);
}
