/* run.json, the sidecar of every event file: what the file's format cannot hold, and what must stay out of it so that
 * the same run gives the same bytes (time stamps, threads, command line). */
#ifndef BSM_FORMAT_RUN_JSON_H
#define BSM_FORMAT_RUN_JSON_H
#include <time.h>

#include "core/context.h"
#include "core/text.h"
#include "event/event.h"

struct bsm_run_output {
	const char *file, *format;
	uint64_t events, bytes; /* events: with copies of overweights */
};

struct bsm_run_record {
	const struct bsm_run *run;
	uint64_t trials;           /* all of them, also those of weight zero */
	uint64_t events;           /* kept */
	double expected, expected_error; /* events in the exposure, from all weighted trials */
	double sum_w, sum_w2;      /* of the events in the files: of a shard, a part of the whole */
	double overweight_share;   /* of sum_w, carried by events above the maximum weight */
	double largest_overweight; /* 1: none */
	int noutput;
	const struct bsm_run_output *output;
	/* How it was made. */
	int threads;
	int argc;
	const char *const *argv;
	time_t begin, end;
};

struct bsm_machine { /* of this binary on this machine; static strings */
	const char *cpu_class, *compiler, *libc;
};

struct bsm_machine bsm_machine(void);
enum bsm_status bsm_run_json(struct bsm_ctx *, const struct bsm_run_record *, struct bsm_text *out);
/* What holds for all events alone: the header of formats that have none of their own. Depends on the run only. */
enum bsm_status bsm_run_json_header(struct bsm_ctx *, const struct bsm_run *, struct bsm_text *out);

/* ---- reading it again (format/run_json_read.c) ---- */
struct bsm_reader;
struct bsm_run_sums { double expected, sum_w; uint64_t events; }; /* events: in the file asked for; 0: not said */
/* Either of the two above into the tables of the reader and the rest of *run. file: whose line of "outputs" is wanted, NULL:
 * none; sums: NULL, or what stands in "events". */
enum bsm_status bsm_run_json_read(struct bsm_ctx *, struct bsm_reader *, const char *name, const char *text, size_t n,
				  struct bsm_run *, const char *file, struct bsm_run_sums *);
/* The sidecar of an event file whose format says nothing of its run: PATH.json, or run.json in its folder where this names the
 * file. *found = 0, and nothing is changed, where there is none. */
enum bsm_status bsm_sidecar_read(struct bsm_ctx *, struct bsm_reader *, const char *path, struct bsm_run *,
				 struct bsm_run_sums *, int *found);
#endif
