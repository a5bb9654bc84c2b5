#include <string.h>

#include "cli/cli.h"
#include "report/report.h"

static int cmd_merge(struct bsm_cli *cli)
{
	struct bsm_text text = {0};
	struct bsm_state whole;
	if (!cli->out) {
		fprintf(stderr, "bsmnu: error: merge: give the folder of the result with -o; see `bsmnu merge --help`\n");
		return 2;
	}
	if (bsm_merge(&cli->ctx, cli->word, cli->nword, cli->out, &whole) != BSM_OK)
		return bsm_cli_fail(cli);
	struct bsm_result r = bsm_result_of(&whole.tally, whole.pot, whole.pot_per_year);
	if (cli->json) {
		struct bsm_json j = {.out = &text};
		bsm_json_object(&j, NULL);
		bsm_json_string(&j, "folder", cli->out);
		bsm_result_write(&j, &r);
		bsm_json_end(&j);
		return bsm_cli_print(cli, &text);
	}
	bsm_text_printf(&text, "expected: %.5g +- %.2g in %.4g POT; %llu events\n", r.expected, r.expected_error, whole.pot,
			(unsigned long long)r.events);
	bsm_text_printf(&text, "merged %d shards into %s\n", cli->nword, cli->out);
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_merge = {"merge", "DIR... -o DIR", "puts the shards of a run together: the bytes of the whole",
					  "bsmnu merge out/1 out/2 out/3 -o out/all", OPT_OUT | OPT_JSON, 1, -1, cmd_merge};
