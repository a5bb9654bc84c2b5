#include <errno.h>
#include <string.h>

#include "cli/cli.h"

const struct bsm_command *const bsm_commands[] = {
	&bsm_cmd_run, &bsm_cmd_list, &bsm_cmd_show, &bsm_cmd_flux, &bsm_cmd_shower, &bsm_cmd_generate, &bsm_cmd_rate, &bsm_cmd_scan,
	&bsm_cmd_verify, &bsm_cmd_new, &bsm_cmd_convert, &bsm_cmd_merge, &bsm_cmd_plot, &bsm_cmd_doc, NULL,
};

int bsm_cli_fail(struct bsm_cli *cli)
{
	fprintf(stderr, "bsmnu: error: %s\n",
		cli->ctx.message[0] ? cli->ctx.message : bsm_status_text(cli->ctx.status));
	return 1;
}

int bsm_cli_print(struct bsm_cli *cli, struct bsm_text *text)
{
	if (text->failed)
		bsm_fail(&cli->ctx, BSM_E_MEMORY, "out of memory");
	else if (fwrite(text->data ? text->data : "", 1, text->len, stdout) != text->len || fflush(stdout))
		bsm_fail(&cli->ctx, BSM_E_IO, "standard output: %s", strerror(errno));
	bsm_text_free(text);
	return cli->ctx.status == BSM_OK ? 0 : bsm_cli_fail(cli);
}

enum bsm_status bsm_cli_point(struct bsm_cli *cli, struct bsm_point *point)
{
	const struct bsm_model *m;
	BSM_TRY(bsm_registry_find(&cli->ctx, &cli->registry, cli->word[0], &m));
	bsm_point_default(point, m);
	for (int i = 0; i < cli->nset; i++)
		BSM_TRY(bsm_point_set(&cli->ctx, point, cli->set[i].key, cli->set[i].value));
	return BSM_OK;
}
