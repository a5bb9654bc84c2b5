#include "core/cache.h"
#include "run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/progress.h"

/* A worker's memory for one block. */
struct piece {
	struct bsm_text text[BSM_OUTPUTS], packed[BSM_OUTPUTS];
	size_t *start[BSM_OUTPUTS]; /* of each event in text[i], and the end */
	size_t room;
	int64_t events;
	struct bsm_tally tally;
};

/* What the block functions share. */
struct sink {
	struct bsm_production *p;
	const struct bsm_run_options *o;
	struct bsm_file_plan plan[BSM_OUTPUTS];
	struct bsm_event_files *files;
	struct bsm_progress progress;
	time_t saved;
	uint64_t done;
	char checkpoint[2304];
};

enum bsm_status bsm_production_event(struct bsm_ctx *ctx, const struct bsm_production *p, uint64_t trial,
				     struct bsm_event *e, struct bsm_tally *t, int *made)
{
	const struct bsm_job *job = &p->job;
	double u[BSM_STEPS * (BSM_DIMS + 1)];
	struct bsm_rng rng = bsm_rng_make(p->card->seed, BSM_FOR_EVENTS, trial, 0);
	bsm_rng_fill(&rng, u, job->ndim);
	double w = bsm_job_eval(job, u, e, NULL), unit = job->max_weight;
	*made = 0;
	if (!(w > 0))
		return BSM_OK;
	bsm_tally_add(t, e, w);
	rng = bsm_rng_make(p->card->seed, BSM_FOR_EVENTS, trial, 1);
	double keep = 1;
	if (p->card->unweighted) {
		if (bsm_rng_uniform(&rng) * unit >= w)
			return BSM_OK;
		keep = fmax(1, w / unit);
		w = keep * unit;
		e->unweighted = keep;
		if (keep > 1) {
			t->overweights++;
			t->largest = fmax(t->largest, keep);
			bsm_sum_add(&t->over, keep - 1);
		}
	} else {
		e->unweighted = NAN;
	}
	e->id = trial;
	e->weight = w * p->plan.weight;
	BSM_TRY(bsm_after_decays(ctx, &p->after, &rng, e));
	bsm_event_delay(e, bsm_bunch_time(&p->card->source.bunches, &rng));
	t->events++;
	t->copies += p->card->unweighted ? (uint64_t)bsm_format_copies(keep, trial) : 1;
	bsm_sum_add(&t->kept, keep);
	bsm_sum_add(&t->kept2, keep * keep);
	*made = 1;
	return BSM_OK;
}

static enum bsm_status room_for_starts(struct bsm_ctx *ctx, struct piece *q, int n)
{
	if ((size_t)q->events + 2 <= q->room)
		return BSM_OK;
	size_t room = 2 * q->room + 1024;
	for (int i = 0; i < n; i++) {
		size_t *bigger = realloc(q->start[i], room * sizeof *bigger);
		if (!bigger)
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
		q->start[i] = bigger;
	}
	q->room = room;
	return BSM_OK;
}

static enum bsm_status make_block(struct bsm_ctx *ctx, const void *arg, uint64_t block, void *scratch)
{
	const struct sink *s = arg;
	const struct bsm_production *p = s->p;
	struct piece *q = scratch;
	int n = p->card->noutput;
	bsm_tally_clear(&q->tally, (const double(*)[2])p->plan.range);
	q->tally.trials = BSM_BLOCK_TRIALS;
	q->events = 0;
	for (int i = 0; i < n; i++) {
		bsm_text_clear(&q->text[i]);
		bsm_text_clear(&q->packed[i]);
	}
	struct bsm_event e;
	for (uint64_t k = 0; k < BSM_BLOCK_TRIALS; k++) {
		int made;
		BSM_TRY(bsm_production_event(ctx, p, block * BSM_BLOCK_TRIALS + k, &e, &q->tally, &made));
		if (!made)
			continue;
		BSM_TRY(room_for_starts(ctx, q, n));
		for (int i = 0; i < n; i++) {
			q->start[i][q->events] = q->text[i].len;
			BSM_TRY(s->plan[i].format->event(ctx, &p->info, &e, &q->text[i]));
			q->start[i][q->events + 1] = q->text[i].len;
		}
		q->events++;
	}
	for (int i = 0; i < n && q->events; i++) {
		if (q->text[i].failed)
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
		BSM_TRY(bsm_compress_frame(ctx, s->plan[i].compression, &q->text[i], &q->packed[i]));
	}
	return BSM_OK;
}

static enum bsm_status save(struct bsm_ctx *ctx, const struct sink *s, const char *path, uint64_t next)
{
	struct bsm_state state = bsm_state_of(s->p, next);
	return bsm_state_save(ctx, path, &state, bsm_files_write_state, s->files);
}

static enum bsm_status take_block(struct bsm_ctx *ctx, void *arg, uint64_t block, void *scratch)
{
	struct sink *s = arg;
	struct piece *q = scratch;
	BSM_TRY(bsm_files_add(ctx, s->files, q->text, q->packed, q->start, q->events));
	bsm_tally_merge(&s->p->tally, &q->tally);
	s->done = block + 1;
	bsm_progress_step(&s->progress, 1);
	time_t now = time(NULL);
	if (now - s->saved >= 5) {
		s->saved = now;
		BSM_TRY(bsm_files_sync(ctx, s->files));
		BSM_TRY(save(ctx, s, s->checkpoint, s->done));
		bsm_files_saved(s->files);
	}
	return BSM_OK;
}

static void release_piece(void *scratch)
{
	struct piece *q = scratch;
	for (int i = 0; i < BSM_OUTPUTS; i++) {
		bsm_text_free(&q->text[i]);
		bsm_text_free(&q->packed[i]);
		free(q->start[i]);
	}
}

static enum bsm_status open_files(struct bsm_ctx *ctx, struct sink *s)
{
	struct bsm_production *p = s->p;
	struct bsm_card *c = p->card;
	s->done = p->plan.first;
	bsm_tally_clear(&p->tally, (const double(*)[2])p->plan.range);
	if (!s->o->resume) {
		BSM_TRY(bsm_files_open(ctx, s->o->dir, s->plan, c->noutput, c->split, &p->info, &s->files));
		remove(s->checkpoint); /* another run's: its parts are gone now */
		return BSM_OK;
	}
	struct bsm_node *tree = NULL;
	struct bsm_state state = {0};
	if (access(s->checkpoint, F_OK))
		return bsm_fail(ctx, BSM_E_IO, "%s: nothing to resume: no run was interrupted in this folder", s->o->dir);
	BSM_TRY(bsm_node_read(ctx, s->checkpoint, &tree));
	enum bsm_status status = bsm_state_parse(ctx, tree, &state);
	if (status == BSM_OK)
		status = bsm_state_fits(ctx, tree, &state, p);
	s->done = state.next;
	p->tally = state.tally;
	if (status == BSM_OK)
		status = bsm_files_resume(ctx, s->o->dir, s->plan, c->noutput, c->split, &p->info, tree, &s->files);
	bsm_node_free(tree);
	return status;
}

/* After an interruption: what is whole stays in parts, with a checkpoint that --resume goes on from. */
static void park(struct sink *s)
{
	struct bsm_ctx quiet = {0};
	if (bsm_files_sync(&quiet, s->files) == BSM_OK)
		save(&quiet, s, s->checkpoint, s->done);
	bsm_files_keep(s->files);
}

enum bsm_status bsm_production_run(struct bsm_ctx *ctx, struct bsm_production *p, const struct bsm_run_options *o)
{
	struct sink s = {.p = p, .o = o}; /* the first block is saved at once */
	char path[2304];
	snprintf(s.checkpoint, sizeof s.checkpoint, "%s/.checkpoint.json", o->dir);
	BSM_TRY(bsm_files_plan(ctx, p->card, s.plan)); /* once more: to have the plan */
	BSM_TRY(bsm_make_dir(ctx, o->dir));
	BSM_TRY(open_files(ctx, &s));
	uint64_t end = p->plan.first + p->plan.count;
	bsm_progress_begin(&s.progress, ctx, "events", end - s.done);
	struct bsm_blocks blocks = {.first = s.done, .count = end - s.done, .threads = o->threads,
				    .scratch = sizeof(struct piece), .make = make_block, .take = take_block,
				    .release = release_piece, .arg = &s};
	enum bsm_status status = bsm_blocks_run(ctx, &blocks);
	bsm_progress_end(&s.progress);
	int made = status == BSM_OK;
	if (made)
		status = bsm_files_close(ctx, s.files); /* may be interrupted while it builds a file */
	if (status == BSM_E_CANCELLED) {
		park(&s);
		snprintf(ctx->message, sizeof ctx->message,
			 "interrupted: nothing was written under a final name; go on with --resume");
		return status;
	}
	if (!made)
		bsm_files_discard(s.files);
	if (status != BSM_OK) {
		remove(s.checkpoint); /* its parts are gone */
		return status;
	}
	snprintf(path, sizeof path, "%s/state.json", o->dir);
	status = save(ctx, &s, path, end);
	remove(s.checkpoint);
	bsm_files_saved(s.files);
	bsm_files_keep(s.files);
	return status;
}

double bsm_effective_size(const struct bsm_tally *t)
{
	double w = bsm_sum_value(t->w), w2 = bsm_sum_value(t->w2);
	return w2 > 0 ? w * w / w2 : 0;
}
