#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "report/report.h"

/* The run's own results for the merged whole: the card of the first shard, planned again, with all that was counted. */
static enum bsm_status write_results(struct bsm_cli *cli, const struct bsm_state *whole)
{
	struct bsm_card card;
	struct bsm_production p;
	char path[4096];
	snprintf(path, sizeof path, "%s/run.json", cli->word[0]);
	BSM_TRY(bsm_card_reopen(&cli->ctx, &cli->registry, path, &card));
	enum bsm_status status = bsm_production_init(&cli->ctx, &card, &p);
	if (status == BSM_OK && strcmp(p.plan.hash, whole->hash))
		status = bsm_fail(&cli->ctx, BSM_E_RANGE,
				  "%s: planning this card again gives another run (%s, not %s): data files or program have changed since; "
				  "events and state.json are merged, run.json and the report are not written", path, p.plan.hash, whole->hash);
	if (status == BSM_OK) {
		p.tally = whole->tally;
		status = bsm_cli_results(cli, &p, cli->out, (long)time(NULL), true);
	}
	if (p.card)
		bsm_production_free(&p);
	bsm_card_close(&card);
	return status;
}

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
	if (write_results(cli, &whole) != BSM_OK)
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
					  "bsmnu merge out/1 out/2 out/3 -o out/all", OPT_OUT | OPT_JSON | OPT_PLUGIN, 1, -1, cmd_merge};
