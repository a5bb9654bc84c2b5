/* bench_writers [DIR]: events a second of each event format, one thread, user CPU, median of five, on the same events
 * as libhepmc3's WriterAscii where that is installed. Files go to DIR (/dev/shm) and are removed. Prints JSON. */
#define _GNU_SOURCE /* RUSAGE_THREAD */
#include "core/json.h"
#include "core/stream.h"
#include "format/format.h"
#include "sample_event.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVENTS = 1500, PASSES = 40, RIVAL_PASSES = 8, RUNS = 5, BLOCK = 500 };

void *rival_load(const char *path);
int rival_count(const void *events);
void rival_write(const void *events, const char *path, int passes);
void rival_free(void *events);

static double user_seconds(void)
{
	struct rusage u;
	getrusage(RUSAGE_THREAD, &u);
	return (double)u.ru_utime.tv_sec + 1e-6 * (double)u.ru_utime.tv_usec;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static long long size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) ? -1 : (long long)st.st_size;
}

struct many { const struct bsm_event *e; int at, n; };

static enum bsm_status next_of_many(struct bsm_ctx *ctx, void *arg, struct bsm_event *e, int *more)
{
	struct many *m = arg;
	(void)ctx;
	*more = m->at < m->n;
	if (*more)
		*e = m->e[m->at++ % EVENTS];
	return BSM_OK;
}

/* As a run that ends does, without the records between. */
static enum bsm_status build_file(struct bsm_ctx *ctx, struct bsm_output *o, const struct bsm_format *f, const struct bsm_run *run,
				  const struct bsm_event *e, int passes)
{
	struct many m = {e, 0, passes * EVENTS};
	const struct bsm_event_source source = {next_of_many, &m};
	enum bsm_status status = f->build(ctx, run, &source, o);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}

/* As a worker does: a block of events, compressed to a frame, written. */
static enum bsm_status write_file(struct bsm_ctx *ctx, const char *path, const struct bsm_format *f,
				  enum bsm_compression kind, const struct bsm_run *run, const struct bsm_event *e,
				  int passes)
{
	struct bsm_output *o;
	struct bsm_text block = {0}, frame = {0};
	BSM_TRY(bsm_output_open(ctx, path, &o));
	if (f->build)
		return build_file(ctx, o, f, run, e, passes);
	enum bsm_status status = f->header(ctx, run, &block);
	for (int k = 0; k < passes * EVENTS && status == BSM_OK; k++) {
		status = f->event(ctx, run, &e[k % EVENTS], &block);
		if (status == BSM_OK && (k % BLOCK == BLOCK - 1)) {
			if (kind != BSM_PLAIN)
				status = bsm_compress_frame(ctx, kind, &block, &frame);
			const struct bsm_text *out = kind == BSM_PLAIN ? &block : &frame;
			if (status == BSM_OK)
				status = bsm_output_write(ctx, o, out->data, out->len);
			bsm_text_clear(&block);
			bsm_text_clear(&frame);
		}
	}
	if (status == BSM_OK)
		status = f->footer(ctx, run, &block);
	if (status == BSM_OK)
		status = bsm_compress_frame(ctx, kind, &block, &frame);
	if (status == BSM_OK)
		status = bsm_output_write(ctx, o, frame.data, frame.len);
	bsm_text_free(&block);
	bsm_text_free(&frame);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}

static double report(struct bsm_json *j, const char *name, double *seconds, int events, long long bytes, double rival)
{
	qsort(seconds, RUNS, sizeof *seconds, ascending);
	double rate = events / seconds[RUNS / 2];
	bsm_json_object(j, name);
	bsm_json_number(j, "events_per_s", rate);
	bsm_json_number(j, "slowest", events / seconds[RUNS - 1]);
	bsm_json_number(j, "fastest", events / seconds[0]);
	bsm_json_number(j, "bytes_per_event", (double)bytes / events);
	if (rival > 0)
		bsm_json_number(j, "times_WriterAscii", rate / rival);
	bsm_json_end(j);
	return rate;
}

struct bench_case {
	const char *name, *file;
	int weighted;
	double seconds[RUNS];
	long long bytes;
};

static enum bsm_status run_case(struct bsm_ctx *ctx, struct bench_case *c, const char *dir, const struct bsm_event *e,
				int i)
{
	char path[4096];
	struct bsm_run run = sample_run(c->weighted);
	snprintf(path, sizeof path, "%s/%s", dir, c->file);
	double begin = user_seconds();
	BSM_TRY(write_file(ctx, path, bsm_format_find(path), bsm_compression_of(path), &run, e, PASSES));
	c->seconds[i] = user_seconds() - begin;
	c->bytes = size_of(path);
	unlink(path);
	return BSM_OK;
}

#ifdef BSM_HEPMC3
static void run_rival(struct bench_case *c, const char *dir, const void *events, int i)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", dir, c->file);
	double begin = user_seconds();
	rival_write(events, path, RIVAL_PASSES);
	c->seconds[i] = user_seconds() - begin;
	c->bytes = size_of(path);
	unlink(path);
}

static enum bsm_status load_rival(struct bsm_ctx *ctx, const char *dir, const struct bsm_event *e, void **events)
{
	char path[4096];
	struct bsm_run run = sample_run(1);
	snprintf(path, sizeof path, "%s/bench_sample.hepmc3", dir);
	BSM_TRY(write_file(ctx, path, &bsm_format_nuhepmc, BSM_PLAIN, &run, e, 1));
	*events = rival_load(path);
	unlink(path);
	return rival_count(*events) == EVENTS ? BSM_OK : bsm_fail(ctx, BSM_E_FORMAT, "libhepmc3 read too few events");
}
#endif

/* The writers take turns, so that a busy machine slows all of them. */
static enum bsm_status bench(struct bsm_ctx *ctx, struct bsm_json *j, const char *dir, const struct bsm_event *e)
{
	static struct bench_case rival = {.name = "libhepmc3_WriterAscii", .file = "bench_rival.hepmc3"};
	static struct bench_case cases[] = {{.name = "nuhepmc", .file = "bench.hepmc3", .weighted = 1},
					    {.name = "nuhepmc_zstd", .file = "bench.hepmc3.zst", .weighted = 1},
					    {.name = "hepevt", .file = "bench.hepevt"},
					    {.name = "hepevt_zstd", .file = "bench.hepevt.zst"},
					    {.name = "nuance", .file = "bench.nuance"},
					    {.name = "nuance_zstd", .file = "bench.nuance.zst"},
					    {.name = "h5", .file = "bench.h5", .weighted = 1},
					    {.name = "gtrac", .file = "bench.gtrac.root", .weighted = 1}};
	const size_t n = sizeof cases / sizeof *cases;
	double rate = 0;
#ifdef BSM_HEPMC3
	void *events;
	BSM_TRY(load_rival(ctx, dir, e, &events));
#endif
	for (int i = 0; i < RUNS; i++) {
#ifdef BSM_HEPMC3
		run_rival(&rival, dir, events, i);
#endif
		for (size_t k = 0; k < n; k++)
			BSM_TRY(run_case(ctx, &cases[k], dir, e, i));
	}
#ifdef BSM_HEPMC3
	rival_free(events);
	rate = report(j, rival.name, rival.seconds, RIVAL_PASSES * EVENTS, rival.bytes, 0);
#else
	bsm_json_null(j, rival.name);
#endif
	for (size_t k = 0; k < n; k++)
		report(j, cases[k].name, cases[k].seconds, PASSES * EVENTS, cases[k].bytes, rate);
	return BSM_OK;
}

static void bench_number(struct bsm_json *j)
{
	static char text[32 * 4096];
	double seconds[RUNS];
	uint64_t state = 1;
	static double v[4096];
	for (int i = 0; i < 4096; i++)
		v[i] = 5 * sample_random(&state) - 2;
	for (int i = 0; i < RUNS; i++) {
		double begin = user_seconds();
		for (int k = 0; k < 500; k++) {
			char *to = text;
			for (int n = 0; n < 4096; n++)
				to = bsm_put_double(to, v[n]);
		}
		seconds[i] = user_seconds() - begin;
	}
	qsort(seconds, RUNS, sizeof *seconds, ascending);
	bsm_json_number(j, "put_double_ns", 1e9 * seconds[RUNS / 2] / (500 * 4096));
}

int main(int argc, char **argv)
{
	struct bsm_ctx ctx = {0};
	struct bsm_text text = {0};
	struct bsm_json j = {.out = &text};
	struct bsm_event *e = malloc(EVENTS * sizeof *e);
	if (!e)
		return 1;
	for (uint64_t id = 0; id < EVENTS; id++)
		sample_event(id, &e[id]);
	bsm_json_object(&j, NULL);
	bench_number(&j);
	enum bsm_status status = bench(&ctx, &j, argc > 1 ? argv[1] : "/dev/shm", e);
	bsm_json_end(&j);
	free(e);
	if (status == BSM_OK)
		fputs(bsm_text_cstr(&text), stdout);
	else
		fprintf(stderr, "%s\n", ctx.message);
	bsm_text_free(&text);
	return status != BSM_OK;
}
