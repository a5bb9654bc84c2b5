#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "report/report.h"

struct bsm_result bsm_result_of(const struct bsm_tally *t, double pot, double pot_per_year)
{
	double n = (double)t->trials, w = bsm_sum_value(t->w), w2 = bsm_sum_value(t->w2);
	struct bsm_result r = {.trials = t->trials, .hits = t->hits, .events = t->events};
	r.rate = n > 0 ? w / n : 0; /* no trial: nothing was open */
	r.rate_error = n > 0 ? sqrt(fmax(0, w2 / n - r.rate * r.rate) / n) : 0;
	r.per_year = pot_per_year > 0 ? r.rate * pot_per_year : NAN;
	r.per_year_error = pot_per_year > 0 ? r.rate_error * pot_per_year : NAN;
	r.expected = r.rate * pot;
	r.expected_error = r.rate_error * pot;
	r.ess = w2 > 0 ? w * w / w2 : 0;
	double kept = bsm_sum_value(t->kept);
	r.overweight_share = kept > 0 ? bsm_sum_value(t->over) / kept : 0;
	return r;
}

void bsm_result_write(struct bsm_json *j, const struct bsm_result *r)
{
	bsm_json_number(j, "rate_per_pot", r->rate);
	bsm_json_number(j, "rate_per_pot_error", r->rate_error);
	bsm_json_number(j, "rate_per_year", r->per_year);
	bsm_json_number(j, "rate_per_year_error", r->per_year_error);
	bsm_json_number(j, "expected_events", r->expected);
	bsm_json_number(j, "expected_events_error", r->expected_error);
	bsm_json_uint(j, "trials", r->trials);
	bsm_json_uint(j, "trials_with_weight", r->hits);
	bsm_json_uint(j, "events", r->events);
	bsm_json_number(j, "effective_sample_size", r->ess);
	bsm_json_number(j, "overweight_share", r->overweight_share);
}

static const char *const hist_name[BSM_HISTS] = {"energy", "delay", "flight", "visible"};

static void spectrum_csv(struct bsm_text *t, const struct bsm_hist *h, double scale, double trials, const char *x)
{
	bsm_text_printf(t, "# %s_low,%s_high,expected_events_per_bin,error\n", x, x);
	double width = (h->hi - h->lo) / BSM_HIST_BINS;
	for (int i = 0; i < BSM_HIST_BINS; i++) {
		double w = bsm_sum_value(h->w[i]) / trials, w2 = bsm_sum_value(h->w2[i]) / trials;
		const double v[4] = {h->lo + i * width, h->lo + (i + 1) * width, w * scale,
				     sqrt(fmax(0, w2 - w * w) / trials) * scale};
		for (int k = 0; k < 4; k++) {
			bsm_text_double(t, v[k]);
			bsm_text_char(t, k < 3 ? ',' : '\n');
		}
	}
}

static enum bsm_status spectrum(struct bsm_ctx *ctx, const struct bsm_production *p, const char *dir, int which,
				const char *column, const char *label, double factor)
{
	struct bsm_text csv = {0}, gp = {0};
	struct bsm_hist h = p->tally.hist[which];
	h.lo *= factor;
	h.hi *= factor;
	const char *name = hist_name[which];
	double years = p->card->years, scale = years > 0 ? p->card->source.pot_per_year : p->card->pot;
	spectrum_csv(&csv, &h, scale, fmax(1, (double)p->tally.trials), column);
	bsm_plot_head(&gp, name, *p->card->title ? p->card->title : p->card->point.model->name);
	bsm_text_printf(&gp, "set xlabel '%s'\nset ylabel 'events in the detector per bin%s'\n", label,
			years > 0 ? " and year" : ", whole exposure");
	bsm_text_str(&gp, "set yrange [0:*]\n");
	bsm_text_printf(&gp, "plot '%s.csv' using 1:3 with steps ls 1 notitle, "
			     "'' using (($1+$2)/2):3:4 with yerrorbars lc rgb '#1f5fa8' pt 0 title 'Monte Carlo error'\n", name);
	enum bsm_status status = bsm_plot_write(ctx, dir, name, &csv, &gp);
	bsm_text_free(&csv);
	bsm_text_free(&gp);
	return status;
}

static void write_rows(struct bsm_json *j, const char *key, const struct bsm_production *p, const struct bsm_sum *sums)
{
	bsm_json_array(j, key);
	for (int i = 0; i < p->info.nprocess && i < BSM_TALLY_ROWS; i++) {
		double w = bsm_sum_value(sums[i]) / (double)p->tally.trials;
		if (!(w > 0))
			continue;
		bsm_json_object(j, NULL);
		bsm_json_string(j, "name", p->process[i].name);
		bsm_json_number(j, "expected_events", w * p->card->pot);
		bsm_json_end(j);
	}
	bsm_json_end(j);
}

void bsm_channels_write(struct bsm_json *j, const struct bsm_production *p)
{
	write_rows(j, "channels", p, p->tally.row);
	write_rows(j, "production", p, p->tally.made);
}

static enum bsm_status write_summary(struct bsm_ctx *ctx, const struct bsm_production *p, const char *dir)
{
	struct bsm_text text = {0};
	struct bsm_json j = {.out = &text};
	struct bsm_result r = bsm_result_of(&p->tally, p->card->pot, p->card->source.pot_per_year);
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "title", p->card->title);
	bsm_json_string(&j, "model", p->info.model);
	bsm_json_string(&j, "source", p->info.source);
	bsm_json_string(&j, "detector", p->info.detector);
	bsm_json_object(&j, "parameters");
	for (int i = 0; i < p->info.nvalue; i++)
		if (p->value[i].word)
			bsm_json_string(&j, p->value[i].name, p->value[i].word);
		else
			bsm_json_number(&j, p->value[i].name, p->value[i].value);
	bsm_json_end(&j);
	bsm_json_number(&j, "ctau_m", p->info.nspecies ? BSM_HBARC / p->species[0].width_GeV : NAN);
	bsm_json_number(&j, "pot", p->card->pot);
	bsm_json_number(&j, "years", p->card->years);
	bsm_result_write(&j, &r);
	bsm_channels_write(&j, p);
	bsm_json_end(&j);
	char path[4096];
	snprintf(path, sizeof path, "%s/summary.json", dir);
	enum bsm_status status = bsm_output_text(ctx, path, &text);
	bsm_text_free(&text);
	return status;
}

static void report_rows(struct bsm_text *t, const char *head, const struct bsm_production *p, const struct bsm_sum *sums)
{
	bsm_text_printf(t, "\n| %s | events in the exposure |\n|---|---|\n", head);
	for (int i = 0; i < p->info.nprocess && i < BSM_TALLY_ROWS; i++) {
		double w = bsm_sum_value(sums[i]) / (double)p->tally.trials;
		if (w > 0)
			bsm_text_printf(t, "| %s | %.5g |\n", p->process[i].name, w * p->card->pot);
	}
}

static enum bsm_status write_report(struct bsm_ctx *ctx, const struct bsm_production *p, const char *dir,
				    const char *command_line)
{
	struct bsm_text t = {0};
	struct bsm_result r = bsm_result_of(&p->tally, p->card->pot, p->card->source.pot_per_year);
	bsm_text_printf(&t, "# %s\n\n", *p->card->title ? p->card->title : p->info.model);
	bsm_text_printf(&t, "Model %s, source %s, detector %s. Made by bsmnu %s:\n\n    %s\n\n", p->info.model, p->info.source,
			p->info.detector, BSM_VERSION, command_line);
	if (p->card->years > 0)
		bsm_text_printf(&t, "**%.5g +- %.2g events a year** (%.4g POT); ", r.per_year, r.per_year_error,
				p->card->source.pot_per_year);
	bsm_text_printf(&t, "%.5g +- %.2g in the exposure of %.4g POT. Errors are those of the Monte Carlo sample alone: "
			    "effective size %.0f of %llu weighted trials.\n\n", r.expected, r.expected_error, p->card->pot, r.ess,
			(unsigned long long)r.hits);
	if (p->job.invisible_share > 0)
		bsm_text_printf(&t, "Channels that leave nothing visible, %.3g of all decays, are not counted.\n\n",
				p->job.invisible_share);
	bsm_text_str(&t, "| parameter | value | unit |\n|---|---|---|\n");
	for (int i = 0; i < p->info.nvalue; i++)
		if (p->value[i].word)
			bsm_text_printf(&t, "| %s | %s | |\n", p->value[i].name, p->value[i].word);
		else
			bsm_text_printf(&t, "| %s | %.8g | %s |\n", p->value[i].name, p->value[i].value, p->value[i].unit);
	report_rows(&t, "channel", p, p->tally.row);
	report_rows(&t, "production", p, p->tally.made);
	bsm_text_str(&t, "\n![energy](energy.png)\n\n![visible energy](visible.png)\n\n![delay](delay.png)\n");
	char path[4096];
	snprintf(path, sizeof path, "%s/report.md", dir);
	enum bsm_status status = bsm_output_text(ctx, path, &t);
	bsm_text_free(&t);
	return status;
}

enum bsm_status bsm_report_write(struct bsm_ctx *ctx, const struct bsm_production *p, const char *dir,
				 const char *command_line)
{
	BSM_TRY(write_summary(ctx, p, dir));
	BSM_TRY(write_report(ctx, p, dir, command_line));
	BSM_TRY(spectrum(ctx, p, dir, BSM_HIST_ENERGY, "energy_GeV", "energy of the new particle at the vertex [GeV]", 1));
	BSM_TRY(spectrum(ctx, p, dir, BSM_HIST_VISIBLE, "visible_GeV", "visible energy [GeV]", 1));
	return spectrum(ctx, p, dir, BSM_HIST_DELAY, "delay_ns", "delay after a neutrino from the target [ns]", 1e9);
}
