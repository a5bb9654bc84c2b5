/* The card of a finished run, from its run.json: the text as it was, with its --set lines applied again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/card.h"

enum { SETTINGS = 64 };
static const char mark[] = "# --set ";

/* Takes the "# --set key=value" lines out of the text. Settings point into `lines`, a copy of the text. */
static int split(const char *text, struct bsm_text *card, char *lines, struct bsm_setting *s)
{
	int n = 0;
	strcpy(lines, text);
	for (char *at = lines; *at;) {
		char *end = at + strcspn(at, "\n"), *eq;
		int more = *end == '\n';
		*end = 0;
		if (!strncmp(at, mark, sizeof mark - 1) && n < SETTINGS && (eq = strchr(at, '='))) {
			*eq = 0;
			s[n++] = (struct bsm_setting){at + sizeof mark - 1, eq + 1};
		} else {
			bsm_text_str(card, at);
			if (more)
				bsm_text_char(card, '\n');
		}
		at = end + more;
	}
	return n;
}

enum bsm_status bsm_card_reopen(struct bsm_ctx *ctx, const struct bsm_registry *r, const char *run_json, struct bsm_card *c)
{
	struct bsm_node *tree = NULL;
	struct bsm_setting s[SETTINGS];
	struct bsm_text card = {0};
	const char *text = "";
	memset(c, 0, sizeof *c);
	enum bsm_status status = bsm_node_read(ctx, run_json, &tree);
	if (status == BSM_OK)
		status = bsm_get_string(ctx, tree, "card", &text);
	char *lines = status == BSM_OK ? malloc(strlen(text) + 1) : NULL;
	if (status == BSM_OK && !lines)
		status = bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	if (status == BSM_OK) {
		int n = split(text, &card, lines, s);
		status = card.failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory")
				     : bsm_card_parse(ctx, r, run_json, card.data ? card.data : "", card.len, s, n, c);
	}
	free(lines);
	bsm_text_free(&card);
	bsm_node_free(tree);
	return status;
}
