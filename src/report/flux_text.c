/* Fluxes as text: CSV, JSON, and the columns that GLoBES and DarkNews read. */
#include <stdlib.h>

#include "report/flux.h"

static void rows(struct bsm_text *t, const struct bsm_flux_scan *s, int place)
{
	const struct bsm_flux_spectra *f = &s->at[place];
	double width = f->max_GeV / f->bins;
	for (int i = 0; i < f->bins; i++) {
		if (s->moved) {
			bsm_text_double(t, s->card->flux.off_axis[place]);
			bsm_text_char(t, ',');
		}
		bsm_text_double(t, i * width);
		bsm_text_char(t, ',');
		bsm_text_double(t, (i + 1) * width);
		for (int k = 0; k < s->n; k++) {
			double error, v = bsm_flux_value(f, s->pdg[k], i, &error);
			bsm_text_char(t, ',');
			bsm_text_double(t, v);
			bsm_text_char(t, ',');
			bsm_text_double(t, error);
			if (f->universes) {
				bsm_text_char(t, ',');
				bsm_text_double(t, v * bsm_flux_spread(f, s->pdg[k], i));
			}
		}
		bsm_text_char(t, '\n');
	}
}

void bsm_flux_csv(struct bsm_text *t, const struct bsm_flux_scan *s)
{
	bsm_text_printf(t, "# %senergy_low_GeV,energy_high_GeV", s->moved ? "off_axis_m," : "");
	for (int k = 0; k < s->n; k++) {
		bsm_text_printf(t, ",%s_per_m2_GeV_POT,%s_error", s->name[k], s->name[k]);
		if (s->at[0].universes)
			bsm_text_printf(t, ",%s_spread", s->name[k]);
	}
	bsm_text_char(t, '\n');
	for (int i = 0; i < s->places; i++)
		rows(t, s, i);
}

void bsm_flux_columns(struct bsm_text *t, const struct bsm_flux_scan *s, int place, enum bsm_flux_columns kind)
{
	static const int32_t order[] = {12, 14, 16, -12, -14, -16};
	const struct bsm_flux_spectra *f = &s->at[place];
	double unit = kind == BSM_FLUX_DARKNEWS ? 1e-4 : 1;
	if (kind == BSM_FLUX_DARKNEWS)
		bsm_text_str(t, "# Enu(GeV) nue numu nutau nuebar numubar nutaubar (all fluxes in nus/cm^2/POT/GeV)\n");
	for (int i = 0; i < f->bins; i++) {
		bsm_text_double(t, (i + 0.5) * f->max_GeV / f->bins);
		for (int k = 0; k < 6; k++) {
			double error;
			bsm_text_char(t, ' ');
			bsm_text_double(t, unit * bsm_flux_value(f, order[k], i, &error));
		}
		bsm_text_char(t, '\n');
	}
}

static void json_fluxes(struct bsm_json *j, const struct bsm_flux_scan *s, int place, double *flux, double *error)
{
	const struct bsm_flux_spectra *f = &s->at[place];
	bsm_json_array(j, "fluxes");
	for (int k = 0; k < s->n; k++) {
		double total_error, total = bsm_flux_total(f, s->pdg[k], &total_error);
		for (int i = 0; i < f->bins; i++)
			flux[i] = bsm_flux_value(f, s->pdg[k], i, &error[i]);
		bsm_json_object(j, NULL);
		bsm_json_string(j, "name", s->name[k]);
		bsm_json_int(j, "pdg", s->pdg[k]);
		bsm_json_number(j, "total_per_m2_POT", total);
		bsm_json_number(j, "total_error", total_error);
		bsm_json_number(j, "relative_error", total > 0 ? total_error / total : 0);
		bsm_json_numbers(j, "flux", flux, (size_t)f->bins);
		bsm_json_numbers(j, "error", error, (size_t)f->bins);
		if (f->universes) {
			bsm_json_number(j, "total_spread", bsm_flux_spread(f, s->pdg[k], f->bins));
			for (int i = 0; i < f->bins; i++)
				error[i] = bsm_flux_spread(f, s->pdg[k], i);
			bsm_json_numbers(j, "spread", error, (size_t)f->bins); /* relative, one standard deviation of the universes */
		}
		bsm_json_end(j);
	}
	bsm_json_end(j);
}

enum bsm_status bsm_flux_json(struct bsm_ctx *ctx, struct bsm_text *text, const struct bsm_flux_scan *s)
{
	const struct bsm_flux_spectra *f = &s->at[0];
	struct bsm_json j = {.out = text};
	double *edge = malloc(sizeof *edge * 3 * (size_t)(f->bins + 1));
	if (!edge)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	double *flux = edge + f->bins + 1, *error = flux + f->bins + 1;
	for (int i = 0; i <= f->bins; i++)
		edge[i] = i * f->max_GeV / f->bins;
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "model", s->card->point.model->name);
	bsm_json_string(&j, "source", s->card->source.name);
	bsm_json_string(&j, "detector", s->card->detector.name);
	bsm_json_string(&j, "unit", "1/(m2 GeV POT)");
	bsm_json_number(&j, "trials", f->trials);
	bsm_json_numbers(&j, "energy_edges_GeV", edge, (size_t)f->bins + 1);
	if (s->moved)
		bsm_json_array(&j, "places");
	for (int i = 0; i < s->places; i++) {
		if (s->moved) {
			bsm_json_object(&j, NULL);
			bsm_json_number(&j, "off_axis_m", s->card->flux.off_axis[i]);
		}
		json_fluxes(&j, s, i, flux, error);
		if (s->moved)
			bsm_json_end(&j);
	}
	if (s->moved)
		bsm_json_end(&j);
	bsm_json_end(&j);
	free(edge);
	return BSM_OK;
}
