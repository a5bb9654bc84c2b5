#include <math.h>
#include <string.h>

#include "cli/cli.h"
#include "run/verify.h"

static void print_row(struct bsm_text *t, const struct bsm_finding *f)
{
	bsm_text_printf(t, "%s %-60s %14.8g expected %14.8g  ", f->passed ? "ok  " : "FAIL", f->what, f->value, f->expected);
	if (f->error > 0)
		bsm_text_printf(t, "pull %.2f of %.2g  [%s]\n", bsm_finding_pull(f), f->tolerance, f->source);
	else
		bsm_text_printf(t, "off by %.1e of %.1e  [%s]\n", bsm_finding_pull(f), f->tolerance, f->source);
}

static void json_row(struct bsm_json *j, const struct bsm_finding *f)
{
	bsm_json_object(j, NULL);
	bsm_json_string(j, "check", f->what);
	bsm_json_bool(j, "passed", f->passed);
	bsm_json_number(j, "value", f->value);
	bsm_json_number(j, "expected", f->expected);
	bsm_json_number(j, f->error > 0 ? "pull" : "relative_difference", bsm_finding_pull(f));
	bsm_json_number(j, "allowed", f->tolerance);
	if (f->error > 0)
		bsm_json_number(j, "error", f->error);
	bsm_json_string(j, "source", f->source);
	bsm_json_end(j);
}

static int cmd_verify(struct bsm_cli *cli)
{
	struct bsm_text text = {0};
	struct bsm_json j = {.out = &text};
	int failed = 0, total = 0, found = 0;
	if (cli->json) {
		bsm_json_object(&j, NULL);
		bsm_json_array(&j, "models");
	}
	for (int i = 0; i < cli->registry.count; i++) {
		const struct bsm_model *m = cli->registry.model[i];
		struct bsm_findings list;
		if (cli->nword && strcmp(cli->word[0], m->name))
			continue;
		found = 1;
		if (bsm_verify_model(&cli->ctx, m, &list) != BSM_OK) {
			bsm_text_free(&text);
			bsm_findings_free(&list);
			return bsm_cli_fail(cli);
		}
		if (cli->json) {
			bsm_json_object(&j, NULL);
			bsm_json_string(&j, "model", m->name);
			bsm_json_array(&j, "checks");
		}
		for (int k = 0; k < list.n; k++) {
			if (cli->json)
				json_row(&j, &list.row[k]);
			else
				print_row(&text, &list.row[k]);
		}
		if (cli->json) {
			bsm_json_end(&j);
			bsm_json_end(&j);
		} else {
			bsm_text_printf(&text, "%s: %d checks, %d failed\n", m->name, list.n, list.failed);
		}
		failed += list.failed;
		total += list.n;
		bsm_findings_free(&list);
	}
	if (cli->json) {
		bsm_json_end(&j);
		bsm_json_int(&j, "checks", total);
		bsm_json_int(&j, "failed", failed);
		bsm_json_end(&j);
	}
	if (!found) {
		const struct bsm_model *none;
		bsm_text_free(&text);
		bsm_registry_find(&cli->ctx, &cli->registry, cli->word[0], &none);
		return bsm_cli_fail(cli);
	}
	return bsm_cli_print(cli, &text) || failed;
}

const struct bsm_command bsm_cmd_verify = {"verify", "[MODEL]", "every check of a model, or of all: value, expected, source",
					   "bsmnu verify hnl", OPT_JSON | OPT_PLUGIN, 0, 1, cmd_verify};
