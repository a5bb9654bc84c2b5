#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <omp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static volatile int interrupted;

static void on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

static void on_note(void *arg, enum bsm_level level, const char *text)
{
	(void)arg;
	if (level == BSM_PROGRESS) {
		if (isatty(STDERR_FILENO))
			fprintf(stderr, "\r\033[K%s", text);
		return;
	}
	fprintf(stderr, "bsmnu: %s%s\n", level == BSM_WARNING ? "warning: " : "", text);
}

/* Descriptors 0 to 2 have to be taken, or the first event file would become our standard output or error. Closed ones get
 * /dev/null opened for reading: writing there still fails. */
static void take_standard_files(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", O_RDONLY); /* the lowest free one */
}

/* Exit code of what only printed. */
static int printed(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	fprintf(stderr, "bsmnu: error: standard output: %s\n", strerror(errno));
	return 1;
}

static void usage(FILE *to)
{
	fprintf(to, "bsmnu %s: signals of new physics at neutrino experiments, from protons to events and reach\n\n"
		    "usage: bsmnu COMMAND [OPTIONS] ...\n\n", BSM_VERSION);
	for (int i = 0; bsm_commands[i]; i++)
		fprintf(to, "  %-10s %s\n", bsm_commands[i]->name, bsm_commands[i]->doc);
	fprintf(to, "\n`bsmnu COMMAND --help` shows a command's options and an example.\n");
}

struct option_row { int letter; const char *name, *arg, *doc; unsigned bit; };
static const struct option_row rows[] = {
	{'o', "output", "DIR", "folder (or file) to write to", OPT_OUT},
	{'j', "threads", "N", "threads; all processors if not given (results do not depend on it)", OPT_THREADS},
	{'S', "seed", "N", "seed: the same seed gives the same events", OPT_SEED},
	{'s', "set", "KEY=VALUE", "overrides a key of the card or a parameter of the model: mass=0.35GeV", OPT_SET},
	{'J', "json", NULL, "machine-readable output", OPT_JSON},
	{'p', "plugin", "FILE.so", "loads a model compiled outside the program", OPT_PLUGIN},
	{'h', "shard", "I/N", "makes only part I of N of the run; `bsmnu merge` puts them together", OPT_SHARD},
	{'r', "resume", NULL, "goes on with an interrupted run in the same folder", OPT_RESUME},
	{'l', "split", "N", "events a file", OPT_SPLIT},
	{'n', "events", "N", "number of events", OPT_EVENTS},
	{'f', "format", "NAME", "output format", OPT_FORMAT},
	{'x', "off-axis", "LIST", "the detector moved sideways: '0 m, 6 m, ..., 30 m'", OPT_OFF_AXIS},
	{'u', "universes", "N", "draws N universes of the beam's uncertainties", OPT_UNIVERSES},
	{'H', "help", NULL, "this text", ~0u},
};
enum { NROWS = sizeof rows / sizeof *rows };

static void help(const struct bsm_command *c)
{
	printf("usage: bsmnu %s %s\n\n%s\n\noptions:\n", c->name, c->usage, c->doc);
	for (int i = 0; i < NROWS; i++) {
		char left[64];
		if (!(rows[i].bit & c->options) && rows[i].letter != 'H')
			continue;
		int dash = rows[i].letter == 'o' || rows[i].letter == 'j' || rows[i].letter == 'n';
		char letter[5] = {dash ? '-' : ' ', dash ? (char)rows[i].letter : ' ', dash ? ',' : ' ', ' ', 0};
		snprintf(left, sizeof left, "%s--%s %s", letter, rows[i].name, rows[i].arg ? rows[i].arg : "");
		printf("  %-24s %s\n", left, rows[i].doc);
	}
	printf("\nexample:\n  %s\n", c->example);
}

static int complain(const struct bsm_command *c, const char *what, const char *arg)
{
	fprintf(stderr, "bsmnu: error: %s: %s '%s'; see `bsmnu %s --help`\n", c->name, what, arg, c->name);
	return 2;
}

static int whole(const char *text, long long least, long long *out)
{
	int64_t v = 0;
	int good = !bsm_parse_int(text, text + strlen(text), &v);
	*out = v;
	return good && v >= least;
}

/* "2/3" */
static int shard(struct bsm_cli *cli, const char *text)
{
	const char *slash = strchr(text, '/');
	int64_t i, n;
	if (!slash || bsm_parse_int(text, slash, &i) || bsm_parse_int(slash + 1, text + strlen(text), &n))
		return 0;
	if (i < 1 || i > n || n > 100000)
		return 0;
	cli->shard = (int)i;
	cli->shards = (int)n;
	return 1;
}

static int add_setting(struct bsm_cli *cli, const char *text)
{
	const char *eq = strchr(text, '=');
	if (!eq || eq == text || cli->nset == BSM_SETTINGS)
		return 0;
	char *copy = malloc(strlen(text) + 1);
	if (!copy)
		return 0;
	strcpy(copy, text);
	copy[eq - text] = 0;
	cli->set_text[cli->nset] = copy;
	cli->set[cli->nset++] = (struct bsm_setting){copy, copy + (eq - text) + 1};
	return 1;
}

/* "0 m, 6 m" is the card's list [0 m, 6 m]. */
static int add_places(struct bsm_cli *cli, const char *list)
{
	char *text = malloc(strlen(list) + sizeof "flux.off_axis=[]");
	if (!text)
		return 0;
	strcat(strcat(strcpy(text, "flux.off_axis=["), list), "]");
	int good = add_setting(cli, text);
	free(text);
	return good;
}

/* One option; 0, or the exit code. */
static int take_option(struct bsm_cli *cli, const struct bsm_command *c, int letter, const char *arg)
{
	long long v;
	char text[64];
	switch (letter) {
	case 'o':
		cli->out = arg;
		return 0;
	case 'f':
		cli->format = arg;
		return 0;
	case 'J':
		cli->json = true;
		return 0;
	case 'r':
		cli->resume = true;
		return 0;
	case 's':
		return add_setting(cli, arg) ? 0 : complain(c, "expected KEY=VALUE, found", arg);
	case 'j':
		cli->ctx.threads = cli->threads = whole(arg, 1, &v) && v < 4096 ? (int)v : 0;
		return cli->threads ? 0 : complain(c, "-j: expected a number of threads, found", arg);
	case 'S':
		if (!whole(arg, 0, &v))
			return complain(c, "--seed: expected a whole number, found", arg);
		snprintf(text, sizeof text, "seed=%lld", v);
		return !add_setting(cli, text);
	case 'l':
		if (!whole(arg, 1, &cli->split))
			return complain(c, "--split: expected a number of events, found", arg);
		snprintf(text, sizeof text, "split=%lld", cli->split);
		return !add_setting(cli, text);
	case 'n':
		if (!whole(arg, 1, &cli->events))
			return complain(c, "--events: expected a number of events, found", arg);
		snprintf(text, sizeof text, "events=%lld", cli->events);
		return !add_setting(cli, text);
	case 'x':
		return add_places(cli, arg) ? 0 : complain(c, "--off-axis: expected a list of lengths, found", arg);
	case 'u':
		if (!whole(arg, 1, &v))
			return complain(c, "--universes: expected a number above 0, found", arg);
		snprintf(text, sizeof text, "flux.universes=%lld", v);
		return !add_setting(cli, text);
	case 'h':
		if (shard(cli, arg))
			return 0;
		return complain(c, "--shard: expected I/N with 1 <= I <= N, found", arg);
	case 'p':
		return bsm_registry_load(&cli->ctx, &cli->registry, arg) == BSM_OK ? 0 : bsm_cli_fail(cli);
	default:
		return 2;
	}
}

static int parse(struct bsm_cli *cli, const struct bsm_command *c, int argc, char **argv, int *done)
{
	struct option longs[NROWS + 1];
	memset(longs, 0, sizeof longs);
	for (int i = 0; i < NROWS; i++)
		longs[i] = (struct option){rows[i].name, rows[i].arg ? required_argument : no_argument, NULL, rows[i].letter};
	optind = 1;
	opterr = 0;
	for (int letter; (letter = getopt_long(argc, argv, "o:j:n:", longs, NULL)) != -1;) {
		if (letter == 'H') {
			help(c);
			*done = 1;
			return printed();
		}
		if (letter == '?' || letter == ':')
			return complain(c, "unknown option, or one without its value:", argv[optind - 1]);
		for (int i = 0; i < NROWS; i++)
			if (rows[i].letter == letter && !(rows[i].bit & c->options))
				return complain(c, "this command does not take the option", rows[i].name);
		int code = take_option(cli, c, letter, optarg);
		if (code)
			return code;
	}
	for (; optind < argc && cli->nword < BSM_WORDS; optind++)
		cli->word[cli->nword++] = argv[optind];
	if (cli->nword < c->least || (c->most >= 0 && cli->nword > c->most)) {
		fprintf(stderr, "bsmnu: error: expected `bsmnu %s %s`; see `bsmnu %s --help`\n", c->name, c->usage, c->name);
		return 2;
	}
	return 0;
}

/* The command line as one string, for run.json. */
static char *joined(int argc, char **argv)
{
	size_t n = 1;
	for (int i = 0; i < argc; i++)
		n += strlen(argv[i]) + 1;
	char *s = calloc(1, n);
	for (int i = 0; s && i < argc; i++)
		strcat(strcat(s, i ? " " : ""), argv[i]);
	return s;
}

static int run_command(const struct bsm_command *c, int argc, char **argv)
{
	static struct bsm_cli cli;
	int done = 0, code;
	char *line = joined(argc, argv);
	cli.line = line ? line : "";
	cli.argc = argc;
	cli.argv = (const char *const *)argv;
	cli.ctx.cancel = &interrupted;
	cli.ctx.note = on_note;
	code = bsm_registry_init(&cli.ctx, &cli.registry) == BSM_OK ? parse(&cli, c, argc - 1, argv + 1, &done)
								      : bsm_cli_fail(&cli);
	if (!code && !done)
		code = c->run(&cli);
	for (int i = 0; i < cli.nset; i++)
		free(cli.set_text[i]);
	bsm_registry_free(&cli.registry);
	free(line);
	/* Ends the worker threads: a leak checker that looks at a process while its threads end may fall over them. */
	omp_pause_resource_all(omp_pause_hard);
	return code;
}

int main(int argc, char **argv)
{
	struct sigaction act = {.sa_handler = on_signal};
	take_standard_files();
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
		usage(argc < 2 ? stderr : stdout);
		return argc < 2 ? 2 : printed();
	}
	if (!strcmp(argv[1], "--version")) {
		printf("bsmnu %s\n", BSM_VERSION);
		return printed();
	}
	for (int i = 0; bsm_commands[i]; i++)
		if (!strcmp(argv[1], bsm_commands[i]->name))
			return run_command(bsm_commands[i], argc, argv);
	fprintf(stderr, "bsmnu: error: no command '%s'; see `bsmnu --help`\n", argv[1]);
	return 2;
}
