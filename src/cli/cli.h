/* The command line: options that all commands share, and one file per command. Only this folder prints. */
#ifndef BSM_CLI_H
#define BSM_CLI_H
#include <stdio.h>

#include "core/json.h"
#include "run/run.h"

enum { BSM_SETTINGS = 64, BSM_WORDS = 4096 };

enum bsm_option {        /* bits: which options a command takes */
	OPT_OUT = 1, OPT_THREADS = 2, OPT_SEED = 4, OPT_SET = 8, OPT_JSON = 16, OPT_PLUGIN = 32, OPT_SHARD = 64,
	OPT_RESUME = 128, OPT_SPLIT = 256, OPT_EVENTS = 512, OPT_FORMAT = 1024, OPT_OFF_AXIS = 2048, OPT_UNIVERSES = 4096
};

struct bsm_cli {
	struct bsm_ctx ctx;
	struct bsm_registry registry;
	const char *out, *format;
	int threads, shard, shards;
	long long split, events;
	bool json, resume;
	int nset, nword;
	struct bsm_setting set[BSM_SETTINGS];
	char *set_text[BSM_SETTINGS]; /* owned copies that set[] points into */
	const char *word[BSM_WORDS];  /* positional */
	const char *line;             /* the whole command line */
	int argc;
	const char *const *argv;
};

struct bsm_command {
	const char *name, *usage, *doc, *example;
	unsigned options;
	int least, most;     /* positional arguments; most < 0: any number */
	int (*run)(struct bsm_cli *); /* exit code: 0, 1 */
};

extern const struct bsm_command bsm_cmd_run, bsm_cmd_generate, bsm_cmd_rate, bsm_cmd_list, bsm_cmd_show, bsm_cmd_flux,
	bsm_cmd_scan, bsm_cmd_verify, bsm_cmd_new, bsm_cmd_convert, bsm_cmd_merge, bsm_cmd_plot, bsm_cmd_doc, bsm_cmd_shower;
extern const struct bsm_command *const bsm_commands[];

/* Prints ctx->message on stderr, returns 1: `return bsm_cli_fail(cli);` */
int bsm_cli_fail(struct bsm_cli *);
/* Prints a text on stdout; 0, or 1 with a message if stdout is full or closed. */
int bsm_cli_print(struct bsm_cli *, struct bsm_text *);
/* run.json, summary, report and pictures of a production whose tally is complete. */
enum bsm_status bsm_cli_results(struct bsm_cli *, const struct bsm_production *, const char *dir, long begin, bool report);
/* `show` of a source file: its components. (show_source.c) */
int bsm_cli_show_source(struct bsm_cli *, const char *path);
/* The model that word 0 names, with --set applied. */
enum bsm_status bsm_cli_point(struct bsm_cli *, struct bsm_point *);
#endif
