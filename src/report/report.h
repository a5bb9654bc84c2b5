/* What a run leaves for people: summary.json, report.md, spectra as CSV with a gnuplot script and a picture. */
#ifndef BSM_REPORT_H
#define BSM_REPORT_H
#include "run/run.h"

/* The numbers of a run in physical units. */
struct bsm_result {
	double rate, rate_error;          /* per unit of norm (POT) */
	double per_year, per_year_error;  /* NaN where the source gives no POT a year */
	double expected, expected_error;  /* in the exposure */
	double ess, overweight_share;
	uint64_t trials, hits, events;
};
struct bsm_result bsm_result_of(const struct bsm_tally *, double pot, double pot_per_year);
void bsm_result_write(struct bsm_json *, const struct bsm_result *);
/* `channels`: expected events of the exposure by the primary's process. */
void bsm_channels_write(struct bsm_json *, const struct bsm_production *);

/* DIR/summary.json, DIR/report.md, DIR/energy.{csv,gp,png}, DIR/delay.{csv,gp,png}. */
enum bsm_status bsm_report_write(struct bsm_ctx *, const struct bsm_production *, const char *dir, const char *command_line);

/* A plot: DIR/<name>.csv beside DIR/<name>.gp; gnuplot makes DIR/<name>.png where it is installed (else a note). */
enum bsm_status bsm_plot_write(struct bsm_ctx *, const char *dir, const char *name, const struct bsm_text *csv,
			       const struct bsm_text *script);
/* Runs gnuplot on a script that sits in dir. */
enum bsm_status bsm_plot_run(struct bsm_ctx *, const char *dir, const char *script);
/* The head of every script: terminal, fonts, separator. */
void bsm_plot_head(struct bsm_text *, const char *name, const char *title);
#endif
