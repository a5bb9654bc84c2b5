/* Flux of what the source gives, or of the chain's new particle, through the detector's face. */
#include <math.h>
#include <string.h>

#include "cli/cli.h"
#include "report/report.h"

enum { BINS = 60, TRIALS = 400000 };

struct spectrum { double hi, w[BINS], w2[BINS], total, total2; };

static void fill(struct spectrum *s, double e, double w)
{
	int i = (int)(e / s->hi * BINS);
	s->total += w;
	s->total2 += w * w;
	if (i >= 0 && i < BINS) {
		s->w[i] += w;
		s->w2[i] += w * w;
	}
}

/* Weights of the flux alone: the rate's weight without what happens in the detector, per m2 of the face. */
struct probe { const struct bsm_job *job; double weight, energy; };

static void at_last_step(void *arg, int level, const struct bsm_channel *c, const struct bsm_particle *leg,
			 const struct bsm_particle *target, const struct bsm_particle *out, double length)
{
	struct probe *p = arg;
	(void)c;
	(void)target;
	(void)out;
	(void)length;
	if (level == p->job->nlink - 1)
		p->energy = leg->p.e;
}

static double largest_energy(const struct bsm_job *job, uint64_t seed)
{
	double hi = 0, u[BSM_STEPS * (BSM_DIMS + 1)];
	for (int i = 0; i < 20000; i++) {
		struct probe p = {job, 0, 0};
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_PILOT, (uint64_t)i, 2);
		bsm_rng_fill(&rng, u, job->ndim);
		if (bsm_job_flux(job, u, at_last_step, &p) > 0)
			hi = fmax(hi, p.energy);
	}
	return hi;
}

static void measure(const struct bsm_job *job, uint64_t seed, struct spectrum *s)
{
	double u[BSM_STEPS * (BSM_DIMS + 1)];
	for (int i = 0; i < TRIALS; i++) {
		struct probe p = {job, 0, 0};
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_EVENTS, (uint64_t)i, 0);
		bsm_rng_fill(&rng, u, job->ndim);
		double w = bsm_job_flux(job, u, at_last_step, &p);
		if (w > 0)
			fill(s, p.energy, w);
	}
}

static void table(struct bsm_text *t, const struct spectrum *s)
{
	double width = s->hi / BINS;
	bsm_text_str(t, "# energy_low_GeV,energy_high_GeV,flux_per_m2_GeV_POT,error\n");
	for (int i = 0; i < BINS; i++) {
		double mean = s->w[i] / TRIALS, error = sqrt(fmax(0, s->w2[i] / TRIALS - mean * mean) / TRIALS);
		const double v[4] = {i * width, (i + 1) * width, mean / width, error / width};
		for (int k = 0; k < 4; k++) {
			bsm_text_double(t, v[k]);
			bsm_text_char(t, k < 3 ? ',' : '\n');
		}
	}
}

static enum bsm_status write_files(struct bsm_cli *cli, const struct bsm_card *c, const struct spectrum *s)
{
	struct bsm_text csv = {0}, gp = {0};
	table(&csv, s);
	bsm_plot_head(&gp, "flux", *c->title ? c->title : c->point.model->name);
	bsm_text_str(&gp, "set xlabel 'energy [GeV]'\nset ylabel 'flux [1/(m^2 GeV POT)]'\nset format y '%.1e'\n"
			  "plot 'flux.csv' using 1:3 with steps ls 1 notitle\n");
	enum bsm_status status = bsm_make_dir(&cli->ctx, cli->out);
	if (status == BSM_OK)
		status = bsm_plot_write(&cli->ctx, cli->out, "flux", &csv, &gp);
	bsm_text_free(&csv);
	bsm_text_free(&gp);
	return status;
}

static void print_json(struct bsm_text *text, const struct bsm_card *c, const struct spectrum *s)
{
	struct bsm_json j = {.out = text};
	double width = s->hi / BINS, edge[BINS + 1], flux[BINS], error[BINS], mean = s->total / TRIALS;
	for (int i = 0; i <= BINS; i++)
		edge[i] = i * width;
	for (int i = 0; i < BINS; i++) {
		double m = s->w[i] / TRIALS;
		flux[i] = m / width;
		error[i] = sqrt(fmax(0, s->w2[i] / TRIALS - m * m) / TRIALS) / width;
	}
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "model", c->point.model->name);
	bsm_json_string(&j, "detector", c->detector.name);
	bsm_json_string(&j, "unit", "1/(m2 GeV POT)");
	bsm_json_number(&j, "total_per_m2_POT", mean);
	bsm_json_number(&j, "total_error", sqrt(fmax(0, s->total2 / TRIALS - mean * mean) / TRIALS));
	bsm_json_numbers(&j, "energy_edges_GeV", edge, BINS + 1);
	bsm_json_numbers(&j, "flux", flux, BINS);
	bsm_json_numbers(&j, "error", error, BINS);
	bsm_json_end(&j);
}

static enum bsm_status flux(struct bsm_cli *cli, struct bsm_card *card, struct bsm_text *text)
{
	struct bsm_job job;
	struct spectrum s = {0};
	BSM_TRY(bsm_card_job(&cli->ctx, card, &card->point, &job));
	enum bsm_status status = bsm_job_pilot(&cli->ctx, &job, &card->pilot);
	if (status == BSM_OK) {
		s.hi = largest_energy(&job, card->seed) * 1.0001;
		measure(&job, card->seed, &s);
	}
	bsm_job_free(&job);
	BSM_TRY(status);
	if (!(s.total > 0))
		return bsm_fail(&cli->ctx, BSM_E_MODEL, "nothing reaches the detector at these parameters");
	if (cli->out)
		BSM_TRY(write_files(cli, card, &s));
	if (cli->json)
		print_json(text, card, &s);
	else
		table(text, &s);
	return BSM_OK;
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
					 "flux of the chain's particle at the detector, mean over its volume",
					 "bsmnu flux examples/hnl_nd_lar.yaml -o out/flux",
					 OPT_OUT | OPT_SEED | OPT_SET | OPT_JSON | OPT_PLUGIN, 1, 1, cmd_flux};
