/* docs/models.md, from the tables: what `make docs` writes and the tests compare. */
#include <math.h>
#include <string.h>

#include "cli/cli.h"

/* Text in a cell of a table: a bar would end it. */
static void cell(struct bsm_text *t, const char *s)
{
	for (; s && *s; s++) {
		if (*s == '|')
			bsm_text_char(t, '\\');
		bsm_text_char(t, *s);
	}
}

static void parameters(struct bsm_text *t, const struct bsm_model *m)
{
	bsm_text_str(t, "| parameter | default | unit | range | meaning |\n|---|---|---|---|---|\n");
	for (int i = 0; m->param && m->param[i].name; i++) {
		const struct bsm_param *p = &m->param[i];
		bsm_text_printf(t, "| `%s` | ", p->name);
		if (p->choices) {
			char word[64];
			bsm_text_printf(t, "%s | | ", bsm_choice_word(p, p->value, word, sizeof word));
			for (const char *c = p->choices; *c; c++)
				bsm_text_str(t, *c == '|' ? ", " : (char[2]){*c, 0});
		} else {
			bsm_text_printf(t, "%g | %s | %g to %g", p->value, p->unit ? p->unit : "", p->min, p->max);
		}
		bsm_text_str(t, " | ");
		cell(t, p->doc);
		bsm_text_str(t, " |\n");
	}
}

static void processes(struct bsm_text *t, const struct bsm_model *m)
{
	bsm_text_str(t, "\n| process | reported as | conjugate too | closed total | reference |\n|---|---|---|---|---|\n");
	for (int i = 0; m->process[i].name; i++) {
		const struct bsm_process *p = &m->process[i];
		bsm_text_printf(t, "| %s | %s | %s | %s | ", p->name, p->group ? p->group : "", p->flags & BSM_CC ? "yes" : "no",
				p->total ? "yes" : "no");
		cell(t, p->cite);
		bsm_text_str(t, " |\n");
	}
}

static void model(struct bsm_text *t, const struct bsm_model *m)
{
	bsm_text_printf(t, "\n## %s\n\n%s\n\n", m->name, m->doc);
	parameters(t, m);
	processes(t, m);
	for (int i = 0; m->chain && m->chain[i].name; i++)
		bsm_text_printf(t, "\nChain `%s`: %s.\n", m->chain[i].name, m->chain[i].doc);
	if (!m->check || !m->check[0].what)
		return;
	bsm_text_str(t, "\n| check | at | expected | relative tolerance | source |\n|---|---|---|---|---|\n");
	for (int i = 0; m->check[i].what; i++) {
		const struct bsm_check *c = &m->check[i];
		bsm_text_str(t, "| ");
		cell(t, c->what);
		bsm_text_printf(t, " | %s | %.9g | %.1g | ", c->set ? c->set : "", c->expected, c->rtol);
		cell(t, c->source);
		bsm_text_str(t, " |\n");
	}
}

static int cmd_doc(struct bsm_cli *cli)
{
	struct bsm_text t = {0};
	bsm_text_str(&t, "# Models\n\nMade by `bsmnu doc` from the tables of the program: edit those, not this file.\n");
	for (int i = 0; i < cli->registry.count; i++)
		model(&t, cli->registry.model[i]);
	return bsm_cli_print(cli, &t);
}

const struct bsm_command bsm_cmd_doc = {"doc", "", "the reference of all models (docs/models.md), from the tables",
					"bsmnu doc > docs/models.md", OPT_PLUGIN, 0, 0, cmd_doc};
