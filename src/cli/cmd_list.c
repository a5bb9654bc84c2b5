#include <string.h>

#include "cli/cli.h"

struct listing { struct bsm_cli *cli; struct bsm_json *json; struct bsm_text *text; };

static void row(struct listing *l, const char *name, const char *doc)
{
	if (!l->cli->json) {
		bsm_text_printf(l->text, "  %-22s %s\n", name, doc);
		return;
	}
	bsm_json_object(l->json, NULL);
	bsm_json_string(l->json, "name", name);
	bsm_json_string(l->json, "description", doc);
	bsm_json_end(l->json);
}

static void data_row(void *arg, const char *name, const char *path)
{
	struct listing *l = arg;
	struct bsm_ctx quiet = {0};
	struct bsm_node *tree = NULL;
	const char *doc = "";
	if (bsm_node_read(&quiet, path, &tree) == BSM_OK)
		bsm_get_string_or(&quiet, tree, "description", &doc);
	row(l, name, doc);
	bsm_node_free(tree);
}

static void list_models(struct listing *l)
{
	const struct bsm_registry *r = &l->cli->registry;
	for (int i = 0; i < r->count; i++)
		row(l, r->model[i]->name, r->model[i]->doc);
}

static void list_formats(struct listing *l)
{
	for (int i = 0; bsm_formats[i]; i++)
		row(l, bsm_formats[i]->name, bsm_formats[i]->doc);
}

static int cmd_list(struct bsm_cli *cli)
{
	static const char *const kinds[] = {"models", "sources", "detectors", "formats"};
	struct bsm_text text = {0};
	struct bsm_json json = {.out = &text};
	struct listing l = {cli, &json, &text};
	const char *only = cli->nword ? cli->word[0] : NULL;
	int found = 0;
	if (cli->json)
		bsm_json_object(&json, NULL);
	for (int i = 0; i < 4; i++) {
		if (only && strcmp(only, kinds[i]))
			continue;
		found = 1;
		if (cli->json)
			bsm_json_array(&json, kinds[i]);
		else
			bsm_text_printf(&text, "%s:\n", kinds[i]);
		if (i == 0)
			list_models(&l);
		else if (i == 3)
			list_formats(&l);
		else if (bsm_data_list(&cli->ctx, kinds[i], data_row, &l) != BSM_OK) {
			bsm_text_free(&text);
			return bsm_cli_fail(cli);
		}
		if (cli->json)
			bsm_json_end(&json);
	}
	if (cli->json)
		bsm_json_end(&json);
	if (!found) {
		bsm_text_free(&text);
		bsm_fail(&cli->ctx, BSM_E_NAME, "no list of '%s'; there are: models, sources, detectors, formats", only);
		return bsm_cli_fail(cli);
	}
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_list = {
	"list", "[models|sources|detectors|formats]", "what the program knows", "bsmnu list detectors", OPT_JSON | OPT_PLUGIN, 0, 1,
	cmd_list};
