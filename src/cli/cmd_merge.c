#include <string.h>

#include "cli/cli.h"

static int cmd_merge(struct bsm_cli *cli)
{
	struct bsm_text text = {0};
	if (!cli->out) {
		fprintf(stderr, "bsmnu merge: give the folder of the result with -o\n");
		return 2;
	}
	if (bsm_merge(&cli->ctx, cli->word, cli->nword, cli->out) != BSM_OK)
		return bsm_cli_fail(cli);
	bsm_text_printf(&text, "merged %d shards into %s\n", cli->nword, cli->out);
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_merge = {"merge", "DIR... -o DIR", "puts the shards of a run together: the bytes of the whole",
					  "bsmnu merge out/1 out/2 out/3 -o out/all", OPT_OUT, 1, -1, cmd_merge};
