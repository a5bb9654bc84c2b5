#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/constants.h"
#include "kinematics/particles.h"

/* One line of a table: a group of rows with the same name, or a single row. */
struct line { const char *name; double width; };

struct sheet {
	const struct bsm_model *m;
	const struct bsm_point *point;
	double *derived;
	struct bsm_text *text;
	struct bsm_json *json; /* NULL: text */
};

static double row_width(const struct sheet *s, int i)
{
	return bsm_row_width(s->m, s->point->par, s->derived, i);
}

static int doubled(const struct sheet *s, const struct bsm_process *p)
{
	return (p->flags & BSM_CC) && bsm_model_selfconj(s->m, s->point->par, p->in) ? 2 : 1;
}

static void final_state(const struct sheet *s, const struct bsm_process *p)
{
	double pdg[BSM_OUT];
	size_t n = 0;
	for (; n < BSM_OUT && p->out[n]; n++)
		pdg[n] = p->out[n];
	bsm_json_numbers(s->json, "final_state", pdg, n);
}

/* Decay rows of a species, summed over flavours and charges of a group; both charge states for a self-conjugate one. */
static int groups(const struct sheet *s, int32_t in, struct line *line)
{
	int n = 0;
	for (int i = 0; s->m->process[i].name; i++) {
		const struct bsm_process *p = &s->m->process[i];
		if (p->target != BSM_DECAY || p->in != in)
			continue;
		const char *name = p->group ? p->group : p->name;
		double w = row_width(s, i) * doubled(s, p);
		int k = 0;
		while (k < n && strcmp(line[k].name, name))
			k++;
		if (k == n)
			line[n++] = (struct line){name, 0};
		line[k].width += w;
	}
	return n;
}

static void show_decays(struct sheet *s, const struct bsm_species *sp)
{
	double total = bsm_model_width(s->m, s->point->par, s->derived, sp->pdg);
	double ctau = total > 0 ? BSM_HBARC / total : INFINITY;
	struct line *line = calloc((size_t)bsm_model_nprocess(s->m) + 1, sizeof *line);
	int n = line ? groups(s, sp->pdg, line) : 0;
	if (s->json) {
		bsm_json_number(s->json, "total_width_GeV", total);
		bsm_json_number(s->json, "lifetime_s", ctau / BSM_C);
		bsm_json_number(s->json, "ctau_m", ctau);
		bsm_json_array(s->json, "channels");
	} else {
		bsm_text_printf(s->text, "\n%s: mass %.6g GeV, width %.6g GeV, c tau %.6g m\n", sp->name, sp->mass(s->point->par),
				total, ctau);
	}
	for (int k = 0; k < n; k++) {
		if (s->json) {
			bsm_json_object(s->json, NULL);
			bsm_json_string(s->json, "name", line[k].name);
			bsm_json_number(s->json, "width_GeV", line[k].width);
			bsm_json_number(s->json, "branching_ratio", total > 0 ? line[k].width / total : 0);
			bsm_json_end(s->json);
		} else if (line[k].width > 0) {
			bsm_text_printf(s->text, "  %-24s %12.6g GeV  %10.6f %%\n", line[k].name, line[k].width,
					100 * line[k].width / total);
		}
	}
	if (s->json)
		bsm_json_end(s->json);
	free(line);
}

static double row_ratio(const struct sheet *s, int i)
{
	struct bsm_in in = {.par = s->point->par, .derived = s->derived, .row = &s->m->process[i], .index = i};
	return s->m->process[i].ratio(&in);
}

/* Every row by itself. For production from a Standard Model parent the branching ratio is that of the parent. */
static void show_rows(struct sheet *s, const char *key, int production)
{
	if (s->json)
		bsm_json_array(s->json, key);
	else
		bsm_text_printf(s->text, "\n%s:\n", production ? "production" : "decay rows, one charge state each");
	for (int i = 0; s->m->process[i].name; i++) {
		const struct bsm_process *p = &s->m->process[i];
		if (p->target != BSM_DECAY || (bsm_model_species(s->m, p->in) == NULL) != production)
			continue;
		double w = row_width(s, i), total = bsm_model_width(s->m, s->point->par, s->derived, p->in);
		double br = total > 0 ? w / total : 0;
		if (s->json) {
			bsm_json_object(s->json, NULL);
			bsm_json_string(s->json, "name", p->name);
			bsm_json_string(s->json, "group", p->group ? p->group : p->name);
			bsm_json_int(s->json, "parent", p->in);
			final_state(s, p);
			bsm_json_number(s->json, "width_GeV", w);
			bsm_json_number(s->json, "branching_ratio", br);
			if (p->ratio)
				bsm_json_number(s->json, "production_ratio", row_ratio(s, i));
			bsm_json_string(s->json, "reference", p->cite);
			bsm_json_end(s->json);
		} else if (w > 0) {
			bsm_text_printf(s->text, "  %-28s %12.6g GeV  branching ratio %.6g", p->name, w, br);
			if (p->ratio)
				bsm_text_printf(s->text, "  rho %.6g", row_ratio(s, i));
			bsm_text_char(s->text, '\n');
		}
	}
	if (s->json)
		bsm_json_end(s->json);
}

static void show_parameters(struct sheet *s)
{
	if (s->json)
		bsm_json_array(s->json, "parameters");
	else
		bsm_text_printf(s->text, "%s: %s\n\nparameters:\n", s->m->name, s->m->doc);
	for (int i = 0; s->m->param && s->m->param[i].name; i++) {
		const struct bsm_param *p = &s->m->param[i];
		double v = s->point->par[i];
		const char *unit = p->unit ? p->unit : "";
		char word[64];
		bsm_choice_word(p, v, word, sizeof word);
		if (s->json) {
			bsm_json_object(s->json, NULL);
			bsm_json_string(s->json, "name", p->name);
			if (p->choices)
				bsm_json_string(s->json, "value", word);
			else
				bsm_json_number(s->json, "value", v);
			bsm_json_string(s->json, "unit", unit);
			bsm_json_number(s->json, "min", p->min);
			bsm_json_number(s->json, "max", p->max);
			if (p->choices)
				bsm_json_string(s->json, "choices", p->choices);
			bsm_json_string(s->json, "description", p->doc);
			bsm_json_end(s->json);
		} else if (p->choices) {
			bsm_text_printf(s->text, "  %-10s %-14s %s (%s)\n", p->name, word, p->doc, p->choices);
		} else {
			bsm_text_printf(s->text, "  %-10s %-8.6g %-5s %s\n", p->name, v, unit, p->doc);
		}
	}
	if (s->json)
		bsm_json_end(s->json);
}

static void show_all(struct sheet *s)
{
	if (s->json) {
		bsm_json_object(s->json, NULL);
		bsm_json_string(s->json, "model", s->m->name);
		bsm_json_string(s->json, "description", s->m->doc);
	}
	show_parameters(s);
	if (s->json)
		bsm_json_array(s->json, "species");
	for (int i = 0; s->m->species && s->m->species[i].name; i++) {
		const struct bsm_species *sp = &s->m->species[i];
		if (s->json) {
			bsm_json_object(s->json, NULL);
			bsm_json_string(s->json, "name", sp->name);
			bsm_json_int(s->json, "pdg", sp->pdg);
			bsm_json_number(s->json, "mass_GeV", sp->mass(s->point->par));
			bsm_json_bool(s->json, "self_conjugate", bsm_model_selfconj(s->m, s->point->par, sp->pdg));
		}
		show_decays(s, sp);
		if (s->json)
			bsm_json_end(s->json);
	}
	if (s->json) {
		bsm_json_end(s->json);
		/* The first species' numbers once more at the top, for scripts that know one new particle. */
		if (s->m->species && s->m->species[0].name)
			show_decays(s, &s->m->species[0]);
	}
	show_rows(s, "production", 1);
	show_rows(s, "decays", 0);
	if (s->json) {
		bsm_json_array(s->json, "chains");
		for (int i = 0; s->m->chain && s->m->chain[i].name; i++)
			bsm_json_string(s->json, NULL, s->m->chain[i].name);
		bsm_json_end(s->json);
		bsm_json_end(s->json);
	}
}

/* A source's name or file, where no model has that name; `why` says which models there are. */
static int show_source(struct bsm_cli *cli, const char *why)
{
	struct bsm_ctx quiet = {0};
	char path[4096];
	if (bsm_data_find(&quiet, "sources", cli->word[0], path, sizeof path) == BSM_OK)
		return bsm_cli_show_source(cli, path);
	bsm_fail(&cli->ctx, BSM_E_NAME, "%s; nor is it a source (`bsmnu list sources`)", why);
	return bsm_cli_fail(cli);
}

static int cmd_show(struct bsm_cli *cli)
{
	struct bsm_ctx quiet = {0};
	const struct bsm_model *m;
	if (bsm_registry_find(&quiet, &cli->registry, cli->word[0], &m) != BSM_OK)
		return show_source(cli, quiet.message);
	struct bsm_point point;
	struct bsm_text text = {0};
	struct bsm_json json = {.out = &text};
	if (bsm_cli_point(cli, &point) != BSM_OK)
		return bsm_cli_fail(cli);
	struct sheet s = {point.model, &point, calloc((size_t)point.model->nderived + 1, sizeof(double)), &text,
			  cli->json ? &json : NULL};
	if (!s.derived || bsm_point_prepare(&cli->ctx, &point, s.derived) != BSM_OK) {
		free(s.derived);
		return bsm_cli_fail(cli);
	}
	show_all(&s);
	free(s.derived);
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_show = {"show", "MODEL|SOURCE [--set KEY=VALUE]...",
					 "parameters, channels, widths, branching ratios, lifetime and references of a model; or what a "
					 "source gives per proton",
					 "bsmnu show hnl --set mass=0.35GeV --set Umu2=1 --json",
					 OPT_SET | OPT_JSON | OPT_PLUGIN, 1, 1, cmd_show};
