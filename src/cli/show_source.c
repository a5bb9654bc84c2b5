/* `bsmnu show SOURCE`: what decays, or flies on, per proton. */
#include <math.h>
#include <string.h>

#include "cli/cli.h"

enum { POINTS = 40000 };

/* What only rays know is integrated, with a fixed seed: the same numbers every time. */
static double yield(const struct bsm_source *s, int i, double *error)
{
	*error = 0;
	if (isfinite(s->component[i].yield))
		return s->component[i].yield;
	if (s->aim) /* rays that need to know a detector first */
		return (double)NAN;
	return bsm_source_integral(s, i, 1, POINTS, error);
}

static void show_row(struct bsm_json *json, struct bsm_text *text, const struct bsm_source *s, int i)
{
	const struct bsm_component *c = &s->component[i];
	const char *unit = c->medium ? " [m of track]" : "";
	double error, value = yield(s, i, &error);
	if (!json && isfinite(value)) {
		bsm_text_printf(text, "  %9d  %-12.5g %8.1g  %8.3g  %s%s\n", c->pdg, value, error, c->spread, c->label,
				unit);
	} else if (!json) {
		bsm_text_printf(text, "  %9d  %-12s %8s  %8.3g  %s%s\n", c->pdg, "-", "", c->spread, c->label, unit);
	} else {
		bsm_json_object(json, NULL);
		bsm_json_int(json, "component", i);
		bsm_json_int(json, "pdg", c->pdg);
		bsm_json_string(json, "label", c->label);
		bsm_json_bool(json, "decays", c->decays);
		bsm_json_string(json, "unit", c->medium ? "m" : "1");
		bsm_json_number(json, "yield_per_pot", value);
		bsm_json_number(json, "yield_error", error);
		bsm_json_number(json, "spread", c->spread);
		bsm_json_end(json);
	}
}

static void show(struct bsm_json *json, struct bsm_text *text, const struct bsm_source *s, const char *doc)
{
	if (json) {
		bsm_json_object(json, NULL);
		bsm_json_string(json, "source", s->name);
		bsm_json_string(json, "kind", s->kind->name);
		bsm_json_string(json, "description", doc);
		bsm_json_number(json, "pot_per_year", s->pot_per_year);
		bsm_json_array(json, "components");
	} else {
		bsm_text_printf(text, "%s: %s\nkind %s, %g POT a year\n\n", s->name, doc, s->kind->name,
				s->pot_per_year);
		bsm_text_printf(text, "  %9s  %-12s %8s  %8s\n", "pdg", "per POT", "+-", "spread");
	}
	for (int i = 0; i < s->ncomponent; i++)
		show_row(json, text, s, i);
	if (json) {
		bsm_json_end(json);
		bsm_json_end(json);
	}
}

static enum bsm_status open_source(struct bsm_cli *cli, const char *path, struct bsm_node **tree, struct bsm_source *s)
{
	BSM_TRY(bsm_node_read(&cli->ctx, path, tree));
	for (int i = 0; i < cli->nset; i++)
		BSM_TRY(bsm_node_set(&cli->ctx, *tree, cli->set[i].key, cli->set[i].value, NULL));
	return bsm_source_open(&cli->ctx, *tree, s);
}

int bsm_cli_show_source(struct bsm_cli *cli, const char *path)
{
	struct bsm_text text = {0};
	struct bsm_json json = {.out = &text};
	struct bsm_node *tree = NULL;
	struct bsm_source s;
	const char *doc = "";
	if (open_source(cli, path, &tree, &s) != BSM_OK) {
		bsm_node_free(tree);
		return bsm_cli_fail(cli);
	}
	bsm_get_string_or(&cli->ctx, tree, "description", &doc);
	show(cli->json ? &json : NULL, &text, &s, doc);
	bsm_source_close(&s);
	bsm_node_free(tree);
	return bsm_cli_print(cli, &text);
}
