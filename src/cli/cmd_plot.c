#include <dirent.h>
#include <string.h>

#include "cli/cli.h"
#include "report/report.h"

/* Runs the gnuplot scripts of a folder again: after an edit, or where gnuplot came later. */
static int cmd_plot(struct bsm_cli *cli)
{
	struct bsm_text text = {0};
	DIR *dir = opendir(cli->word[0]);
	int n = 0;
	if (!dir) {
		bsm_fail(&cli->ctx, BSM_E_IO, "%s: no such folder", cli->word[0]);
		return bsm_cli_fail(cli);
	}
	for (struct dirent *e; (e = readdir(dir));) {
		size_t len = strlen(e->d_name);
		if (len < 4 || strcmp(e->d_name + len - 3, ".gp"))
			continue;
		if (bsm_plot_run(&cli->ctx, cli->word[0], e->d_name) != BSM_OK) {
			closedir(dir);
			bsm_text_free(&text);
			return bsm_cli_fail(cli);
		}
		bsm_text_printf(&text, "%s/%.*s.png\n", cli->word[0], (int)(len - 3), e->d_name);
		n++;
	}
	closedir(dir);
	if (!n) {
		bsm_fail(&cli->ctx, BSM_E_IO, "%s: no plot scripts (*.gp) in this folder", cli->word[0]);
		return bsm_cli_fail(cli);
	}
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_plot = {"plot", "DIR", "makes the pictures of a run's folder again from its CSV and scripts",
					 "bsmnu plot out/hnl", 0, 1, 1, cmd_plot};
