/* Where the data files are. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "run/card.h"

/* Folders in the order of search. */
static int folders(const char **out)
{
	int n = 0;
	const char *own = getenv("BSMNU_DATA");
	if (own && *own)
		out[n++] = own;
	out[n++] = BSM_SOURCE_DATA;
	out[n++] = BSM_INSTALL_DATA;
	return n;
}

static int exists(const char *path)
{
	struct stat s;
	return !stat(path, &s) && S_ISREG(s.st_mode);
}

enum bsm_status bsm_data_find(struct bsm_ctx *ctx, const char *kind, const char *name, char *path, size_t size)
{
	const char *folder[3];
	int n = folders(folder);
	int is_path = strchr(name, '/') || (strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".yaml"));
	if (is_path) {
		if ((size_t)snprintf(path, size, "%s", name) >= size || !exists(path))
			return bsm_fail(ctx, BSM_E_IO, "%s: no such file", name);
		return BSM_OK;
	}
	for (int i = 0; i < n; i++)
		if ((size_t)snprintf(path, size, "%s/%s/%s.yaml", folder[i], kind, name) < size && exists(path))
			return BSM_OK;
	return bsm_fail(ctx, BSM_E_NAME, "no '%s' among the %s (`bsmnu list %s`), nor a file of that name", name, kind, kind);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

enum bsm_status bsm_data_list(struct bsm_ctx *ctx, const char *kind, void (*each)(void *arg, const char *name, const char *path),
			      void *arg)
{
	const char *folder[3];
	int n = folders(folder);
	for (int i = 0; i < n; i++) {
		char dir[4096], path[8192], name[256];
		struct dirent **entry;
		snprintf(dir, sizeof dir, "%s/%s", folder[i], kind);
		int count = scandir(dir, &entry, NULL, by_name);
		if (count < 0)
			continue;
		for (int k = 0; k < count; k++) {
			size_t len = strlen(entry[k]->d_name);
			if (len > 5 && len < sizeof name && !strcmp(entry[k]->d_name + len - 5, ".yaml")) {
				snprintf(name, sizeof name, "%.*s", (int)(len - 5), entry[k]->d_name);
				snprintf(path, sizeof path, "%s/%s", dir, entry[k]->d_name);
				each(arg, name, path);
			}
			free(entry[k]);
		}
		free(entry);
		return BSM_OK; /* the first folder that is there holds all */
	}
	return bsm_fail(ctx, BSM_E_IO, "no data folder with %s: set BSMNU_DATA", kind);
}
