/* Fluxes as files: table and picture, HDF5, and the columns of GLoBES and DarkNews. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cache.h"
#include "core/hdf5_file.h"
#include "report/flux.h"
#include "report/report.h"

static const char *title(const struct bsm_flux_scan *s)
{
	return *s->card->title ? s->card->title : s->card->point.model->name;
}

/* One curve a particle; of several places one curve a place, of the most frequent particle. */
static void script(struct bsm_text *gp, const struct bsm_flux_scan *s)
{
	int step = s->at[0].universes ? 3 : 2; /* columns a particle */
	bsm_plot_head(gp, "flux", title(s));
	bsm_text_str(gp, "set xlabel 'energy [GeV]'\nset ylabel 'flux [1/(m^2 GeV POT)]'\nset format y '10^{%L}'\n"
			 "set logscale y\nplot ");
	for (int i = 0; s->moved && i < s->places; i++) {
		bsm_text_printf(gp, "%s'flux.csv' using ($1 == ", i ? ", " : "");
		bsm_text_double(gp, s->card->flux.off_axis[i]);
		bsm_text_str(gp, " ? $2 : NaN):($4 > 0 ? $4 : NaN) with steps lw 2 title '");
		bsm_text_printf(gp, "%s, ", s->name[0]);
		bsm_text_double(gp, s->card->flux.off_axis[i]);
		bsm_text_str(gp, " m' noenhanced");
	}
	for (int k = 0; !s->moved && k < s->n; k++)
		bsm_text_printf(gp, "%s'flux.csv' using 1:($%d > 0 ? $%d : NaN) with steps lw 2.5 title '%s' noenhanced",
				k ? ", " : "", 3 + step * k, 3 + step * k, s->name[k]);
	bsm_text_char(gp, '\n');
}

/* Data sets of one particle: [bin], or [place][bin]. */
static void hdf5_particle(struct bsm_hdf5 *h, const struct bsm_flux_scan *s, int k, double *v)
{
	int32_t pdg = s->pdg[k];
	size_t bins = (size_t)s->at[0].bins, all = bins * (size_t)s->places;
	double *error = v + all, *total = error + all, *total_error = total + s->places;
	for (int p = 0; p < s->places; p++) {
		total[p] = bsm_flux_total(&s->at[p], pdg, &total_error[p]);
		for (size_t i = 0; i < bins; i++)
			v[(size_t)p * bins + i] = bsm_flux_value(&s->at[p], pdg, (int)i, &error[(size_t)p * bins + i]);
	}
	bsm_hdf5_group(h, s->name[k]);
	bsm_hdf5_integer(h, BSM_HDF5_OF_GROUP, "pdg", pdg);
	if (s->moved)
		bsm_hdf5_table(h, "flux", v, (size_t)s->places, bins);
	else
		bsm_hdf5_numbers(h, "flux", v, bins);
	bsm_hdf5_text(h, BSM_HDF5_OF_DATA, "unit", "1/(m2 GeV POT)");
	if (s->moved)
		bsm_hdf5_table(h, "error", error, (size_t)s->places, bins);
	else
		bsm_hdf5_numbers(h, "error", error, bins);
	bsm_hdf5_text(h, BSM_HDF5_OF_DATA, "unit", "1/(m2 GeV POT)");
	bsm_hdf5_numbers(h, "total", total, (size_t)s->places);
	bsm_hdf5_text(h, BSM_HDF5_OF_DATA, "unit", "1/(m2 POT)");
	bsm_hdf5_numbers(h, "total_error", total_error, (size_t)s->places);
	bsm_hdf5_text(h, BSM_HDF5_OF_DATA, "unit", "1/(m2 POT)");
}

/* [universe][bin], and the totals: universe n is the same beam at every detector and for every particle. */
static enum bsm_status hdf5_universes(struct bsm_ctx *ctx, struct bsm_hdf5 *h, const struct bsm_flux_spectra *f, int32_t pdg)
{
	size_t bins = (size_t)f->bins, n = (size_t)f->universes;
	double *v = malloc((bins + 1) * n * sizeof *v), *total = v ? v + bins * n : NULL;
	if (!v)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (size_t u = 0; u < n; u++) {
		for (size_t i = 0; i < bins; i++)
			v[u * bins + i] = bsm_flux_universe(f, pdg, (int)i, (int)u);
		total[u] = bsm_flux_universe(f, pdg, f->bins, (int)u);
	}
	bsm_hdf5_table(h, "universes", v, n, bins);
	bsm_hdf5_text(h, BSM_HDF5_OF_DATA, "unit", "1/(m2 GeV POT)");
	bsm_hdf5_numbers(h, "universe_totals", total, n);
	bsm_hdf5_text(h, BSM_HDF5_OF_DATA, "unit", "1/(m2 POT)");
	free(v);
	return BSM_OK;
}

static void hdf5_head(struct bsm_hdf5 *h, const struct bsm_flux_scan *s, double *edge)
{
	const struct bsm_card *c = s->card;
	const struct bsm_flux_spectra *f = &s->at[0];
	const char *beam = c->beam ? c->beam : c->source.frame;
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "title", c->title);
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "model", c->point.model->name);
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "source", c->source.name);
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "detector", c->detector.name);
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "beam", beam);
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "unit", "1/(m2 GeV POT)");
	bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "program", "bsmnu " BSM_VERSION);
	if (strlen(c->text) < 60000) /* an attribute holds no more than 64 kB */
		bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "card", c->text);
	bsm_hdf5_number(h, BSM_HDF5_OF_GROUP, "pot", c->pot);
	bsm_hdf5_number(h, BSM_HDF5_OF_GROUP, "trials", f->trials);
	bsm_hdf5_integer(h, BSM_HDF5_OF_GROUP, "seed", (int64_t)c->seed);
	for (int i = 0; i <= f->bins; i++)
		edge[i] = i * f->max_GeV / f->bins;
	bsm_hdf5_numbers(h, "energy_edges_GeV", edge, (size_t)f->bins + 1);
	if (s->moved)
		bsm_hdf5_numbers(h, "off_axis_m", c->flux.off_axis, (size_t)s->places);
}

static enum bsm_status write_hdf5(struct bsm_ctx *ctx, const struct bsm_flux_scan *s, const char *path)
{
	struct bsm_hdf5 *h;
	double *v = malloc(2 * (size_t)(s->at[0].bins + 1) * (size_t)(s->places + 1) * sizeof *v);
	if (!v)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	enum bsm_status status = bsm_hdf5_begin(ctx, path, &h);
	if (status == BSM_OK) {
		hdf5_head(h, s, v);
		for (int k = 0; k < s->n && status == BSM_OK; k++) {
			hdf5_particle(h, s, k, v);
			if (s->at[0].universes)
				status = hdf5_universes(ctx, h, &s->at[0], s->pdg[k]);
		}
		if (status == BSM_OK)
			status = bsm_hdf5_commit(ctx, h);
		else
			bsm_hdf5_discard(h);
	}
	free(v);
	return status;
}

/* DIR/flux.<ending>, of several places DIR/flux.<metres>m.<ending> */
static enum bsm_status write_columns(struct bsm_ctx *ctx, const struct bsm_flux_scan *s, int place, const char *dir,
				     enum bsm_flux_columns kind)
{
	struct bsm_text text = {0}, path = {0};
	bsm_text_printf(&path, "%s/flux.", dir);
	if (s->moved) {
		bsm_text_double(&path, s->card->flux.off_axis[place]);
		bsm_text_str(&path, "m.");
	}
	bsm_text_str(&path, kind == BSM_FLUX_GLOBES ? "globes.txt" : "darknews.dat");
	bsm_flux_columns(&text, s, place, kind);
	enum bsm_status status = path.failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory")
					     : bsm_output_text(ctx, bsm_text_cstr(&path), &text);
	bsm_text_free(&text);
	bsm_text_free(&path);
	return status;
}

enum bsm_status bsm_flux_write(struct bsm_ctx *ctx, const struct bsm_flux_scan *s, const char *dir)
{
	struct bsm_text csv = {0}, gp = {0};
	char path[4096];
	BSM_TRY(bsm_make_dir(ctx, dir));
	snprintf(path, sizeof path, "%s/flux.h5", dir);
	BSM_TRY(write_hdf5(ctx, s, path));
	for (int i = 0; i < s->places; i++) {
		BSM_TRY(write_columns(ctx, s, i, dir, BSM_FLUX_GLOBES));
		BSM_TRY(write_columns(ctx, s, i, dir, BSM_FLUX_DARKNEWS));
	}
	bsm_flux_csv(&csv, s);
	script(&gp, s);
	enum bsm_status status = bsm_plot_write(ctx, dir, "flux", &csv, &gp);
	bsm_text_free(&csv);
	bsm_text_free(&gp);
	return status;
}
