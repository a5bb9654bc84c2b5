#include <math.h>
#include <string.h>

#include "core/cache.h"
#include "cli/cli.h"
#include "report/report.h"
#include "report/scan.h"

static void write_csv(struct bsm_text *t, const struct bsm_card *c, const struct bsm_scan *s)
{
	bsm_text_printf(t, "# %s,%s,expected_events,error,effective_trials\n", c->mass.name, c->coupling.name);
	for (int i = 0; i < s->masses; i++) {
		for (int k = 0; k < s->couplings; k++) {
			const struct bsm_scan_point *p = &s->point[i * s->couplings + k];
			const double v[5] = {p->mass, p->coupling, p->rate * c->pot, p->error * c->pot, p->ess};
			for (int n = 0; n < 5; n++) {
				bsm_text_double(t, v[n]);
				bsm_text_char(t, n < 4 ? ',' : '\n');
			}
		}
		bsm_text_char(t, '\n'); /* gnuplot's rows of a map */
	}
}

static void write_script(struct bsm_text *t, const struct bsm_card *c)
{
	bsm_plot_head(t, "scan", *c->title ? c->title : c->point.model->name);
	const struct bsm_param *x = &c->point.model->param[bsm_param_index(c->point.model, c->mass.name)];
	const struct bsm_param *y = &c->point.model->param[bsm_param_index(c->point.model, c->coupling.name)];
	bsm_text_printf(t, "set xlabel '%s%s%s' noenhanced\nset ylabel '%s%s%s' noenhanced\n%s%sset logscale cb\nset format y '10^{%%L}'\n"
			   "set cblabel 'expected events in %.3g POT'\nset view map\nset format cb '10^{%%L}'\n",
			x->doc, x->unit && *x->unit ? " in " : "", x->unit ? x->unit : "", y->doc,
			y->unit && *y->unit ? " in " : "", y->unit ? y->unit : "", c->mass.log ? "set logscale x\n" : "",
			c->coupling.log ? "set logscale y\n" : "", c->pot);
	bsm_text_str(t, "set cbrange [1e-3:*]\nset palette rgbformulae 22,13,-31\n"
			"set contour base\nset cntrparam levels discrete 2.3\nset cntrlabel onecolor\n"
			"splot 'scan.csv' using 1:2:($3 > 1e-3 ? $3 : 1e-3) with pm3d nocontour title '', "
			"'' using 1:2:($3 > 1e-30 ? $3 : 1e-30) with lines lc rgb 'black' lw 3 nosurface title '2.3 events'\n");
}

static void write_json(struct bsm_text *t, const struct bsm_card *c, const struct bsm_scan *s)
{
	struct bsm_json j = {.out = t};
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "model", c->point.model->name);
	bsm_json_string(&j, "mass", c->mass.name);
	bsm_json_string(&j, "coupling", c->coupling.name);
	bsm_json_number(&j, "pot", c->pot);
	bsm_json_array(&j, "points");
	for (int i = 0; i < s->masses * s->couplings; i++) {
		const struct bsm_scan_point *p = &s->point[i];
		bsm_json_object(&j, NULL);
		bsm_json_number(&j, "mass", p->mass);
		bsm_json_number(&j, "coupling", p->coupling);
		bsm_json_number(&j, "expected_events", p->rate * c->pot);
		bsm_json_number(&j, "error", p->error * c->pot);
		bsm_json_number(&j, "effective_trials", p->ess);
		bsm_json_end(&j);
	}
	bsm_json_end(&j);
	bsm_json_end(&j);
}

static enum bsm_status write_all(struct bsm_cli *cli, const struct bsm_card *c, const struct bsm_scan *s, const char *dir)
{
	struct bsm_text csv = {0}, script = {0};
	write_csv(&csv, c, s);
	write_script(&script, c);
	enum bsm_status status = bsm_make_dir(&cli->ctx, dir);
	if (status == BSM_OK)
		status = bsm_plot_write(&cli->ctx, dir, "scan", &csv, &script);
	bsm_text_free(&csv);
	bsm_text_free(&script);
	return status;
}

static int cmd_scan(struct bsm_cli *cli)
{
	struct bsm_card card;
	struct bsm_scan scan;
	struct bsm_text text = {0};
	const char *dir = cli->out ? cli->out : "out/scan";
	if (bsm_card_open(&cli->ctx, &cli->registry, cli->word[0], cli->set, cli->nset, &card) != BSM_OK)
		return bsm_cli_fail(cli);
	enum bsm_status status = BSM_OK;
	if (!card.scan)
		status = bsm_fail(&cli->ctx, BSM_E_KEY,
				  "%s: the card has no `scan:` with two parameters, the mass first: mass: {from: 0.2 GeV, to: 1.8 GeV, "
				  "points: 50}", cli->word[0]);
	if (status == BSM_OK)
		status = bsm_scan_run(&cli->ctx, &card, cli->threads, &scan);
	if (status == BSM_OK) {
		status = write_all(cli, &card, &scan, dir);
		if (cli->json)
			write_json(&text, &card, &scan);
		else
			bsm_text_printf(&text, "%d x %d points written to %s/scan.csv\n", scan.masses, scan.couplings, dir);
		bsm_scan_free(&scan);
	}
	bsm_card_close(&card);
	return status == BSM_OK ? bsm_cli_print(cli, &text) : bsm_cli_fail(cli);
}

const struct bsm_command bsm_cmd_scan = {"scan", "CARD [-o DIR] [OPTIONS]",
					 "expected events over mass and coupling, couplings by reweighting",
					 "bsmnu scan examples/hnl_scan.yaml -o out/scan",
					 OPT_OUT | OPT_THREADS | OPT_SEED | OPT_SET | OPT_JSON | OPT_PLUGIN, 1, 1, cmd_scan};
