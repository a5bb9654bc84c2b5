/* Flux of what a chain brings to the detector: neutrinos of the beam, or a new particle. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cache.h"
#include "cli/cli.h"
#include "report/flux.h"
#include "report/report.h"

static void table(struct bsm_text *t, const struct bsm_card *c, const struct bsm_flux_spectra *f)
{
	double width = f->max_GeV / f->bins;
	bsm_text_str(t, "# energy_low_GeV,energy_high_GeV");
	for (int s = 0; s < f->n; s++)
		bsm_text_printf(t, ",%s_per_m2_GeV_POT,%s_error", bsm_flux_name(c, f->species[s].pdg),
				bsm_flux_name(c, f->species[s].pdg));
	bsm_text_char(t, '\n');
	for (int i = 0; i < f->bins; i++) {
		bsm_text_double(t, i * width);
		bsm_text_char(t, ',');
		bsm_text_double(t, (i + 1) * width);
		for (int s = 0; s < f->n; s++) {
			double error, v = bsm_flux_value(f, s, i, &error);
			bsm_text_char(t, ',');
			bsm_text_double(t, v);
			bsm_text_char(t, ',');
			bsm_text_double(t, error);
		}
		bsm_text_char(t, '\n');
	}
}

/* GLoBES: bin centre, then nue numu nutau anue anumu anutau per m2, GeV and POT. */
static void globes(struct bsm_text *t, const struct bsm_flux_spectra *f)
{
	static const int32_t order[] = {12, 14, 16, -12, -14, -16};
	for (int i = 0; i < f->bins; i++) {
		bsm_text_double(t, (i + 0.5) * f->max_GeV / f->bins);
		for (int k = 0; k < 6; k++) {
			double v = 0, error;
			for (int s = 0; s < f->n; s++)
				if (f->species[s].pdg == order[k])
					v = bsm_flux_value(f, s, i, &error);
			bsm_text_char(t, ' ');
			bsm_text_double(t, v);
		}
		bsm_text_char(t, '\n');
	}
}

static enum bsm_status write_files(struct bsm_cli *cli, const struct bsm_card *c, const struct bsm_flux_spectra *f)
{
	struct bsm_text csv = {0}, gp = {0}, text = {0};
	char path[4096];
	table(&csv, c, f);
	globes(&text, f);
	bsm_plot_head(&gp, "flux", *c->title ? c->title : c->point.model->name);
	bsm_text_str(&gp, "set xlabel 'energy [GeV]'\nset ylabel 'flux [1/(m^2 GeV POT)]'\nset format y '10^{%L}'\n"
			  "set logscale y\nplot ");
	for (int s = 0; s < f->n; s++)
		bsm_text_printf(&gp, "%s'flux.csv' using 1:($%d > 0 ? $%d : NaN) with steps lw 2.5 title '%s' noenhanced",
				s ? ", " : "", 3 + 2 * s, 3 + 2 * s, bsm_flux_name(c, f->species[s].pdg));
	bsm_text_char(&gp, '\n');
	enum bsm_status status = bsm_make_dir(&cli->ctx, cli->out);
	snprintf(path, sizeof path, "%s/flux.globes.txt", cli->out);
	if (status == BSM_OK)
		status = bsm_output_text(&cli->ctx, path, &text);
	if (status == BSM_OK)
		status = bsm_plot_write(&cli->ctx, cli->out, "flux", &csv, &gp);
	bsm_text_free(&csv);
	bsm_text_free(&gp);
	bsm_text_free(&text);
	return status;
}

static enum bsm_status print_json(struct bsm_ctx *ctx, struct bsm_text *text, const struct bsm_card *c,
				  const struct bsm_flux_spectra *f)
{
	struct bsm_json j = {.out = text};
	double *edge = malloc(sizeof *edge * 3 * (size_t)(f->bins + 1)), *flux = edge ? edge + f->bins + 1 : NULL;
	double *error = flux ? flux + f->bins + 1 : NULL;
	if (!edge)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (int i = 0; i <= f->bins; i++)
		edge[i] = i * f->max_GeV / f->bins;
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "model", c->point.model->name);
	bsm_json_string(&j, "source", c->source.name);
	bsm_json_string(&j, "detector", c->detector.name);
	bsm_json_string(&j, "unit", "1/(m2 GeV POT)");
	bsm_json_numbers(&j, "energy_edges_GeV", edge, (size_t)f->bins + 1);
	bsm_json_array(&j, "fluxes");
	for (int s = 0; s < f->n; s++) {
		double total_error, total = bsm_flux_total(f, s, &total_error);
		for (int i = 0; i < f->bins; i++)
			flux[i] = bsm_flux_value(f, s, i, &error[i]);
		bsm_json_object(&j, NULL);
		bsm_json_string(&j, "name", bsm_flux_name(c, f->species[s].pdg));
		bsm_json_int(&j, "pdg", f->species[s].pdg);
		bsm_json_number(&j, "total_per_m2_POT", total);
		bsm_json_number(&j, "total_error", total_error);
		bsm_json_numbers(&j, "flux", flux, (size_t)f->bins);
		bsm_json_numbers(&j, "error", error, (size_t)f->bins);
		bsm_json_end(&j);
	}
	bsm_json_end(&j);
	bsm_json_end(&j);
	free(edge);
	return BSM_OK;
}

static enum bsm_status flux(struct bsm_cli *cli, const struct bsm_card *card, struct bsm_text *text)
{
	struct bsm_flux_spectra f;
	if (cli->format && strcmp(cli->format, "globes") && strcmp(cli->format, "csv"))
		return bsm_fail(&cli->ctx, BSM_E_NAME, "--format: found '%s', expected csv or globes", cli->format);
	BSM_TRY(bsm_flux_measure(&cli->ctx, card, cli->threads, &f));
	enum bsm_status status = cli->out ? write_files(cli, card, &f) : BSM_OK;
	if (status == BSM_OK && cli->json)
		status = print_json(&cli->ctx, text, card, &f);
	else if (status == BSM_OK && cli->format && !strcmp(cli->format, "globes"))
		globes(text, &f);
	else if (status == BSM_OK)
		table(text, card, &f);
	bsm_flux_spectra_free(&f);
	return status;
}

static int cmd_flux(struct bsm_cli *cli)
{
	struct bsm_card card;
	struct bsm_text text = {0};
	if (bsm_card_open(&cli->ctx, &cli->registry, cli->word[0], cli->set, cli->nset, &card) != BSM_OK)
		return bsm_cli_fail(cli);
	enum bsm_status status = flux(cli, &card, &text);
	bsm_card_close(&card);
	return status == BSM_OK ? bsm_cli_print(cli, &text) : bsm_cli_fail(cli);
}

const struct bsm_command bsm_cmd_flux = {"flux", "CARD [-o DIR] [OPTIONS]",
					 "flux of neutrinos or of a new particle at the detector, mean over its volume",
					 "bsmnu flux examples/neutrino_flux.yaml -o out/flux",
					 OPT_OUT | OPT_THREADS | OPT_SEED | OPT_SET | OPT_JSON | OPT_PLUGIN | OPT_FORMAT, 1, 1, cmd_flux};
