/* Electromagnetic showers of a source: energy, track lengths, longitudinal profile. */
#include "cli/cli.h"
#include "report/shower.h"

static enum bsm_status open_source(struct bsm_cli *cli, struct bsm_node **tree, struct bsm_source *s)
{
	char path[4096];
	BSM_TRY(bsm_data_find(&cli->ctx, "sources", cli->word[0], path, sizeof path));
	BSM_TRY(bsm_node_read(&cli->ctx, path, tree));
	for (int i = 0; i < cli->nset; i++)
		BSM_TRY(bsm_node_set(&cli->ctx, *tree, cli->set[i].key, cli->set[i].value, NULL));
	return bsm_source_open(&cli->ctx, *tree, s);
}

static int cmd_shower(struct bsm_cli *cli)
{
	struct bsm_node *tree = NULL;
	struct bsm_source source = {0};
	struct bsm_text text = {0};
	enum bsm_status status = open_source(cli, &tree, &source);
	if (status == BSM_OK)
		status = bsm_shower_check(&cli->ctx, &source);
	if (status == BSM_OK && cli->out)
		status = bsm_shower_files(&cli->ctx, &source, cli->out);
	if (status == BSM_OK && cli->json)
		bsm_shower_json(&text, &source);
	else if (status == BSM_OK)
		bsm_shower_text(&text, &source);
	bsm_source_close(&source);
	bsm_node_free(tree);
	return status == BSM_OK ? bsm_cli_print(cli, &text) : bsm_cli_fail(cli);
}

const struct bsm_command bsm_cmd_shower = {"shower",
					   "SOURCE [-o DIR] [OPTIONS]",
					   "track lengths of photons, e- and e+ in the showers of a source",
					   "bsmnu shower e137 --set showers=100 -o out/shower",
					   OPT_OUT | OPT_SEED | OPT_SET | OPT_JSON,
					   1,
					   1,
					   cmd_shower};
