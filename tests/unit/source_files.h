/* For tests of sources: opens one from YAML text, with files written beside it in a folder of their own. */
#ifndef BSM_TEST_SOURCE_FILES_H
#define BSM_TEST_SOURCE_FILES_H
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check_main.h"
#include "source/source.h"

static inline const char *test_dir(void)
{
	static char dir[] = "/tmp/bsmnu-source-XXXXXX";
	static int made;
	if (!made)
		ck_assert(mkdtemp(dir) != NULL);
	made = 1;
	return dir;
}

static inline void test_write(const char *name, const char *text)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", test_dir(), name);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL);
	ck_assert(fputs(text, f) >= 0);
	ck_assert(fclose(f) == 0);
}

static inline void test_remove(const char *const *names)
{
	char path[256];
	for (; *names; names++) {
		snprintf(path, sizeof path, "%s/%s", test_dir(), *names);
		unlink(path);
	}
	rmdir(test_dir());
}

static inline enum bsm_status test_open(struct bsm_ctx *ctx, const char *yaml, struct bsm_source *s)
{
	struct bsm_node *root;
	char name[256];
	*ctx = (struct bsm_ctx){0};
	*s = (struct bsm_source){0};
	snprintf(name, sizeof name, "%s/t.yaml", test_dir());
	enum bsm_status status = bsm_node_parse(ctx, name, yaml, strlen(yaml), &root);
	if (status != BSM_OK)
		return status;
	status = bsm_source_open(ctx, root, s);
	bsm_node_free(root);
	return status;
}

static inline void test_open_good(const char *yaml, struct bsm_source *s)
{
	struct bsm_ctx ctx;
	ck_assert_msg(test_open(&ctx, yaml, s) == BSM_OK, "%s", ctx.message);
}

static inline void test_open_bad(const char *yaml, const char *words)
{
	struct bsm_ctx ctx;
	struct bsm_source s;
	ck_assert_msg(test_open(&ctx, yaml, &s) != BSM_OK, "opened; expected \"%s\"", words);
	ck_assert_msg(strstr(ctx.message, words) != NULL, "\"%s\", expected \"%s\"", ctx.message, words);
	ck_assert(!s.data && !s.component);
}
#endif
