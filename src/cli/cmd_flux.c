/* Flux of what a chain brings to the detector: neutrinos of the beam, or a new particle. */
#include <string.h>

#include "core/cache.h"
#include "cli/cli.h"
#include "report/flux.h"

static const char *const formats[] = {"csv", "globes", "darknews", NULL};

static enum bsm_status check_format(struct bsm_cli *cli, const struct bsm_card *card)
{
	int known = !cli->format;
	for (int i = 0; formats[i]; i++)
		known |= cli->format && !strcmp(cli->format, formats[i]);
	if (!known)
		return bsm_fail(&cli->ctx, BSM_E_NAME, "--format: found '%s', expected csv, globes or darknews", cli->format);
	if (cli->format && strcmp(cli->format, "csv") && card->flux.places > 1 && !cli->out)
		return bsm_fail(&cli->ctx, BSM_E_FORMAT, "--format %s holds one place: give -o DIR for a file of each",
				cli->format);
	return BSM_OK;
}

/* How well the totals are known, for people. */
static void tell(struct bsm_ctx *ctx, const struct bsm_flux_scan *s)
{
	for (int i = 0; i < s->places; i++)
		for (int k = 0; k < s->n; k++) {
			double error, total = bsm_flux_total(&s->at[i], s->pdg[k], &error);
			char where[48] = "";
			if (s->moved)
				snprintf(where, sizeof where, " at %g m", s->card->flux.off_axis[i]);
			if (total > 0)
				bsm_note(ctx, BSM_NOTE, "%s%s: %.5g per m2 and POT, +- %.2g %%", s->name[k],
					 where, total, 100 * error / total);
			if (total > 0 && s->at[i].universes)
				bsm_note(ctx, BSM_NOTE, "%s%s: +- %.2g %% of the beam (%d universes)", s->name[k], where,
					 100 * bsm_flux_spread(&s->at[i], s->pdg[k], s->at[i].bins), s->at[i].universes);
		}
}

static enum bsm_status flux(struct bsm_cli *cli, const struct bsm_card *card, struct bsm_text *text)
{
	struct bsm_flux_scan s;
	const char *format = cli->format ? cli->format : "csv";
	BSM_TRY(check_format(cli, card));
	BSM_TRY(bsm_flux_scan(&cli->ctx, card, cli->threads, &s));
	enum bsm_status status = cli->out ? bsm_flux_write(&cli->ctx, &s, cli->out) : BSM_OK;
	tell(&cli->ctx, &s);
	if (status == BSM_OK && cli->json)
		status = bsm_flux_json(&cli->ctx, text, &s);
	else if (status == BSM_OK && !strcmp(format, "csv"))
		bsm_flux_csv(text, &s);
	else if (status == BSM_OK && s.places == 1)
		bsm_flux_columns(text, &s, 0, *format == 'g' ? BSM_FLUX_GLOBES : BSM_FLUX_DARKNEWS);
	bsm_flux_scan_free(&s);
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
	if (status == BSM_OK)
		return bsm_cli_print(cli, &text);
	bsm_text_free(&text);
	return bsm_cli_fail(cli);
}

const struct bsm_command bsm_cmd_flux = {"flux", "CARD [-o DIR] [OPTIONS]",
					 "flux of neutrinos or of a new particle at the detector, mean over its volume",
					 "bsmnu flux examples/neutrino_flux.yaml -o out/flux --off-axis '0 m, 6 m, ..., 30 m'",
					 OPT_OUT | OPT_THREADS | OPT_SEED | OPT_SET | OPT_JSON | OPT_PLUGIN | OPT_FORMAT | OPT_OFF_AXIS | OPT_UNIVERSES,
					 1, 1, cmd_flux};
