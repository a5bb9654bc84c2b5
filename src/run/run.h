/* A run: the planned trials of a job, in blocks, through afterburners into event files, with what was counted. */
#ifndef BSM_RUN_H
#define BSM_RUN_H
#include "after/after.h"
#include "core/stream.h"
#include "format/format.h"
#include "run/card.h"
#include "run/tally.h"

struct bsm_run_options {
	const char *dir;
	int threads;             /* 0: all */
	int shard, shards;       /* 1..shards; 0, 0: the whole */
	bool resume;
};

struct bsm_run_plan {        /* fixed after the pilot: the same for every shard and any number of threads */
	uint64_t trials, blocks; /* of the whole */
	uint64_t first, count;   /* blocks of this shard */
	double weight;           /* expected events in the exposure per unit of weight: pot / trials */
	double range[BSM_HISTS][2];
	char hash[20];
};

/* Everything that lives as long as the run. */
struct bsm_production {
	struct bsm_card *card;
	struct bsm_job job;
	struct bsm_run_plan plan;
	struct bsm_after_plan after;
	struct bsm_run info;     /* header of the files */
	struct bsm_run_process *process;
	struct bsm_run_species *species;
	struct bsm_run_value *value;
	char word[BSM_PARAMS][32]; /* of parameters that are choices */
	struct bsm_tally tally;
	double pilot_seconds, run_seconds;
};

enum bsm_status bsm_production_init(struct bsm_ctx *, struct bsm_card *, struct bsm_production *);
void bsm_production_free(struct bsm_production *);
/* Shares the planned blocks out to a shard. */
enum bsm_status bsm_production_shard(struct bsm_ctx *, struct bsm_production *, int shard, int shards);
/* Makes the events and writes DIR/events.<ending> for each output, run.json, state.json. */
enum bsm_status bsm_production_run(struct bsm_ctx *, struct bsm_production *, const struct bsm_run_options *);
/* One event of the run (trial), complete: 0 if the trial gives none. `trial` counts hits of the whole run. */
enum bsm_status bsm_production_event(struct bsm_ctx *, const struct bsm_production *, uint64_t trial, struct bsm_event *,
				     struct bsm_tally *, int *made);

/* ---- event files of a run (run/files.c) ---- */
struct bsm_file_plan { const struct bsm_format *format; enum bsm_compression compression; const char *ending; };
struct bsm_event_files;
enum bsm_status bsm_files_plan(struct bsm_ctx *, const struct bsm_card *, struct bsm_file_plan *out);
enum bsm_status bsm_files_open(struct bsm_ctx *, const char *dir, const struct bsm_file_plan *, int n, int64_t split,
			       const struct bsm_run *, struct bsm_event_files **out);
/* Takes one block's events: text[i] is format i's, event k at [start[i][k], start[i][k+1]); packed[i] the same compressed. */
enum bsm_status bsm_files_add(struct bsm_ctx *, struct bsm_event_files *, const struct bsm_text *text,
			      const struct bsm_text *packed, size_t *const *start, int64_t events);
enum bsm_status bsm_files_close(struct bsm_ctx *, struct bsm_event_files *); /* footers, final names; frees */
void bsm_files_saved(struct bsm_event_files *);   /* a checkpoint, or the end, is on disk: what only an older one needs goes */
void bsm_files_keep(struct bsm_event_files *);    /* leaves the parts for a resume; frees */
void bsm_files_discard(struct bsm_event_files *);
enum bsm_status bsm_files_sync(struct bsm_ctx *, struct bsm_event_files *);
void bsm_files_write_state(struct bsm_json *, const void *files);
enum bsm_status bsm_files_resume(struct bsm_ctx *, const char *dir, const struct bsm_file_plan *, int n, int64_t split,
				 const struct bsm_run *, struct bsm_node *state, struct bsm_event_files **out);

/* ---- state.json (run/state.c): what a resume or a merge needs ---- */
struct bsm_state {
	char hash[20];
	uint64_t blocks, first, next; /* of the whole run; of this part: from, and up to */
	uint64_t split;
	double pot, pot_per_year;
	struct bsm_tally tally;
};
struct bsm_state_file { const char *ending; uint64_t header, body, footer; }; /* bytes */

struct bsm_state bsm_state_of(const struct bsm_production *, uint64_t next_block);
/* `files` writes the keys file_number, file_events and files, with bsm_state_file for each of the last. */
enum bsm_status bsm_state_save(struct bsm_ctx *, const char *path, const struct bsm_state *,
			       void (*files)(struct bsm_json *, const void *arg), const void *arg);
void bsm_state_file(struct bsm_json *, const struct bsm_state_file *);
enum bsm_status bsm_state_parse(struct bsm_ctx *, struct bsm_node *tree, struct bsm_state *);
/* Refuses the state of another run or shard. */
enum bsm_status bsm_state_fits(struct bsm_ctx *, const struct bsm_node *tree, const struct bsm_state *,
			       const struct bsm_production *);

/* ---- merge: events.* and state.json as the undivided run writes them ---- */
enum bsm_status bsm_merge(struct bsm_ctx *, const char *const *dirs, int n, const char *out, struct bsm_state *whole);

/* ---- results ---- */
double bsm_effective_size(const struct bsm_tally *);
#endif
