/* run, generate and rate: the same job, with more or less written. */
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/cli.h"
#include "core/progress.h"
#include "format/run_json.h"
#include "report/report.h"

static void default_dir(const char *card, char *to, size_t size)
{
	const char *base = strrchr(card, '/');
	base = base ? base + 1 : card;
	snprintf(to, size, "out/%.*s", (int)strcspn(base, "."), base);
}

static void print_result(struct bsm_text *t, const struct bsm_production *p, const struct bsm_result *r)
{
	if (r->per_year > 0)
		bsm_text_printf(t, "rate: %.5g +- %.2g events a year of %.3g POT\n", r->per_year, r->per_year_error,
				p->card->source.pot_per_year);
	bsm_text_printf(t, "expected: %.5g +- %.2g in %.4g POT; effective sample size %.0f\n", r->expected, r->expected_error,
			p->card->pot, r->ess);
	if (r->events && p->card->unweighted)
		bsm_text_printf(t, "events: %llu unweighted, %.2g of the weight in overweights\n", (unsigned long long)r->events,
				r->overweight_share);
	else if (r->events)
		bsm_text_printf(t, "events: %llu weighted\n", (unsigned long long)r->events);
}

/* Size of an output; of a split one, of all its files. */
static uint64_t bytes_of(const char *dir, const char *ending, int split)
{
	char path[4096];
	struct stat st;
	uint64_t sum = 0;
	for (int k = 1;; k++) {
		if (split)
			snprintf(path, sizeof path, "%s/events-%04d.%s", dir, k, ending);
		else
			snprintf(path, sizeof path, "%s/events.%s", dir, ending);
		if (stat(path, &st))
			return sum;
		sum += (uint64_t)st.st_size;
		if (!split)
			return sum;
	}
}

static enum bsm_status write_sidecar(struct bsm_cli *cli, const struct bsm_production *p, const char *dir, time_t begin)
{
	char path[4096];
	struct bsm_text text = {0};
	struct bsm_result r = bsm_result_of(&p->tally, p->card->pot, p->card->source.pot_per_year);
	struct bsm_run_output out[BSM_OUTPUTS];
	char name[BSM_OUTPUTS][64];
	for (int i = 0; i < p->card->noutput; i++) {
		snprintf(name[i], sizeof name[i], "events%s.%.40s", p->card->split ? "-*" : "", p->card->output[i]);
		const struct bsm_format *f = bsm_format_find(name[i]);
		out[i] = (struct bsm_run_output){name[i], p->card->output[i], f && f->holds_weight ? r.events : p->tally.copies,
						 bytes_of(dir, p->card->output[i], p->card->split > 0)};
	}
	/* Weights of the events as they stand in the files. */
	double unit = p->plan.weight * (p->card->unweighted ? p->job.max_weight : 1);
	double sum = bsm_sum_value(p->card->unweighted ? p->tally.kept : p->tally.w);
	double sum2 = bsm_sum_value(p->card->unweighted ? p->tally.kept2 : p->tally.w2);
	struct bsm_run_record record = {.run = &p->info, .trials = r.trials, .events = r.events, .expected = r.expected,
					.expected_error = r.expected_error, .sum_w = unit * sum, .sum_w2 = unit * unit * sum2,
					.overweight_share = r.overweight_share, .largest_overweight = p->tally.largest,
					.noutput = p->card->noutput, .output = out, .threads = cli->threads, .argc = cli->argc,
					.argv = cli->argv, .begin = begin, .end = time(NULL)};
	enum bsm_status status = bsm_run_json(&cli->ctx, &record, &text);
	snprintf(path, sizeof path, "%s/run.json", dir);
	if (status == BSM_OK)
		status = bsm_output_text(&cli->ctx, path, &text);
	bsm_text_free(&text);
	return status;
}

enum bsm_status bsm_cli_results(struct bsm_cli *cli, const struct bsm_production *p, const char *dir, long begin, bool report)
{
	BSM_TRY(write_sidecar(cli, p, dir, (time_t)begin));
	return report ? bsm_report_write(&cli->ctx, p, dir, cli->line) : BSM_OK;
}

static enum bsm_status produce(struct bsm_cli *cli, struct bsm_production *p, const char *dir, int report)
{
	struct bsm_run_options o = {.dir = dir, .threads = cli->threads, .shard = cli->shard, .shards = cli->shards,
				    .resume = cli->resume};
	time_t begin = time(NULL);
	BSM_TRY(bsm_production_shard(&cli->ctx, p, cli->shard, cli->shards));
	BSM_TRY(bsm_production_run(&cli->ctx, p, &o));
	return bsm_cli_results(cli, p, dir, (long)begin, report);
}

static int make(struct bsm_cli *cli, int report)
{
	struct bsm_card card;
	struct bsm_production p;
	struct bsm_text text = {0};
	char dir[2048];
	default_dir(cli->word[0], dir, sizeof dir);
	if (cli->out)
		snprintf(dir, sizeof dir, "%s", cli->out);
	if (bsm_card_open(&cli->ctx, &cli->registry, cli->word[0], cli->set, cli->nset, &card) != BSM_OK)
		return bsm_cli_fail(cli);
	if (bsm_production_init(&cli->ctx, &card, &p) != BSM_OK) {
		bsm_card_close(&card);
		return bsm_cli_fail(cli);
	}
	enum bsm_status status = produce(cli, &p, dir, report);
	if (status == BSM_OK) {
		struct bsm_result r = bsm_result_of(&p.tally, card.pot, card.source.pot_per_year);
		if (cli->json) {
			struct bsm_json j = {.out = &text};
			bsm_json_object(&j, NULL);
			bsm_json_string(&j, "folder", dir);
			bsm_result_write(&j, &r);
			bsm_json_end(&j);
		} else {
			print_result(&text, &p, &r);
			bsm_text_printf(&text, "written to %s\n", dir);
		}
	}
	bsm_production_free(&p);
	bsm_card_close(&card);
	return status == BSM_OK ? bsm_cli_print(cli, &text) : bsm_cli_fail(cli);
}

static int cmd_run(struct bsm_cli *cli)
{
	return make(cli, 1);
}

static int cmd_generate(struct bsm_cli *cli)
{
	return make(cli, 0);
}

/* The rate alone: weighted trials in blocks, nothing written. */
struct counter { struct bsm_production *p; struct bsm_progress progress; };
struct count_scratch { struct bsm_tally tally; struct bsm_event event; };

static enum bsm_status count_block(struct bsm_ctx *ctx, const void *arg, uint64_t block, void *scratch)
{
	const struct counter *c = arg;
	struct count_scratch *s = scratch;
	double u[BSM_STEPS * (BSM_DIMS + 1)];
	(void)ctx;
	bsm_tally_clear(&s->tally, (const double(*)[2])c->p->plan.range);
	s->tally.trials = BSM_BLOCK_TRIALS;
	for (uint64_t k = 0; k < BSM_BLOCK_TRIALS; k++) {
		struct bsm_rng rng = bsm_rng_make(c->p->card->seed, BSM_FOR_EVENTS, block * BSM_BLOCK_TRIALS + k, 0);
		bsm_rng_fill(&rng, u, c->p->job.ndim);
		double w = bsm_job_eval(&c->p->job, u, &s->event, NULL);
		if (w > 0)
			bsm_tally_add(&s->tally, &s->event, w);
	}
	return BSM_OK;
}

static enum bsm_status add_block(struct bsm_ctx *ctx, void *arg, uint64_t block, void *scratch)
{
	struct counter *c = arg;
	(void)ctx;
	(void)block;
	bsm_tally_merge(&c->p->tally, &((struct count_scratch *)scratch)->tally);
	bsm_progress_step(&c->progress, 1);
	return BSM_OK;
}

static enum bsm_status count(struct bsm_cli *cli, struct bsm_production *p)
{
	struct counter c = {.p = p};
	uint64_t blocks = p->plan.blocks ? (uint64_t)ceil((double)p->card->events / p->job.hit / BSM_BLOCK_TRIALS) : 0;
	struct bsm_blocks b = {.count = blocks, .threads = cli->threads, .scratch = sizeof(struct count_scratch),
			       .make = count_block, .take = add_block, .arg = &c};
	bsm_tally_clear(&p->tally, (const double(*)[2])p->plan.range);
	bsm_progress_begin(&c.progress, &cli->ctx, "rate", blocks);
	enum bsm_status status = bsm_blocks_run(&cli->ctx, &b);
	bsm_progress_end(&c.progress);
	return status;
}

static void rate_json(struct bsm_text *text, const struct bsm_production *p, const struct bsm_result *r)
{
	struct bsm_json j = {.out = text};
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "model", p->info.model);
	bsm_json_string(&j, "detector", p->info.detector);
	bsm_json_number(&j, "pot", p->card->pot);
	bsm_result_write(&j, r);
	bsm_channels_write(&j, p);
	bsm_json_end(&j);
}

static int cmd_rate(struct bsm_cli *cli)
{
	struct bsm_card card;
	struct bsm_production p;
	struct bsm_text text = {0};
	if (bsm_card_open(&cli->ctx, &cli->registry, cli->word[0], cli->set, cli->nset, &card) != BSM_OK)
		return bsm_cli_fail(cli);
	enum bsm_status status = bsm_production_init(&cli->ctx, &card, &p);
	if (status == BSM_OK) {
		status = count(cli, &p);
		struct bsm_result r = bsm_result_of(&p.tally, card.pot, card.source.pot_per_year);
		if (status == BSM_OK && cli->json)
			rate_json(&text, &p, &r);
		else if (status == BSM_OK)
			print_result(&text, &p, &r);
		bsm_production_free(&p);
	}
	bsm_card_close(&card);
	return status == BSM_OK ? bsm_cli_print(cli, &text) : bsm_cli_fail(cli);
}

enum { MAKE_OPTIONS = OPT_OUT | OPT_THREADS | OPT_SEED | OPT_SET | OPT_JSON | OPT_PLUGIN | OPT_SHARD | OPT_RESUME | OPT_SPLIT |
		      OPT_EVENTS };
const struct bsm_command bsm_cmd_run = {"run", "CARD [-o DIR] [OPTIONS]", "the whole chain: events, summary, plots, report",
					"bsmnu run examples/hnl_nd_lar.yaml -o out/hnl --set model.mass='350 MeV'", MAKE_OPTIONS, 1, 1,
					cmd_run};
const struct bsm_command bsm_cmd_generate = {"generate", "CARD [-o DIR] [OPTIONS]", "events alone, with their run.json",
					     "bsmnu generate examples/hnl_nd_lar.yaml -n 1000 -o out/few", MAKE_OPTIONS, 1, 1,
					     cmd_generate};
const struct bsm_command bsm_cmd_rate = {"rate", "CARD [OPTIONS]", "expected events with their error, nothing written",
					 "bsmnu rate examples/hnl_nd_lar.yaml --json",
					 OPT_THREADS | OPT_SEED | OPT_SET | OPT_JSON | OPT_PLUGIN | OPT_EVENTS, 1, 1, cmd_rate};
