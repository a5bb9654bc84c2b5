/* One event file into another format. */
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/cli.h"
#include "core/stream.h"
#include "format/reader.h"
#include "format/run_json.h"

struct conversion {
	const char *in_name, *out_name;
	const struct bsm_format *from, *to;
	struct bsm_reader *reader;
	struct bsm_output *out;
	enum bsm_compression compression;
	struct bsm_run run;
	struct bsm_text text;
	long long events;         /* read */
	uint64_t copies;          /* written, where overweights are written several times */
	double sum_w, sum_w2, over, largest;
};

static enum bsm_status flush_text(struct bsm_ctx *ctx, struct conversion *c)
{
	struct bsm_text packed = {0};
	enum bsm_status status = bsm_compress_frame(ctx, c->compression, &c->text, &packed);
	if (status == BSM_OK)
		status = bsm_output_write(ctx, c->out, packed.data, packed.len);
	bsm_text_free(&packed);
	bsm_text_clear(&c->text);
	return status;
}

/* A format may need what the file that was read does not say. */
static enum bsm_status start(struct bsm_ctx *ctx, struct conversion *c)
{
	struct bsm_ctx inner = {0};
	if (c->to->header(&inner, &c->run, &c->text) != BSM_OK)
		return bsm_fail(ctx, inner.status, "%s: cannot be made of %s: %s", c->out_name, c->in_name, inner.message);
	return BSM_OK;
}

static enum bsm_status write_event(struct bsm_ctx *ctx, struct conversion *c, const struct bsm_event *e)
{
	struct bsm_ctx inner = {0};
	if (c->to->event(&inner, &c->run, e, &c->text) != BSM_OK)
		return bsm_fail(ctx, inner.status, "%s: cannot be made of %s: %s", c->out_name, c->in_name, inner.message);
	return BSM_OK;
}

static void count(struct conversion *c, const struct bsm_event *e)
{
	c->events++;
	c->copies += c->to->holds_weight ? 1 : (uint64_t)bsm_format_copies(e->unweighted, e->id);
	c->sum_w += e->weight;
	c->sum_w2 += e->weight * e->weight;
	if (e->unweighted > 1) {
		c->over += e->weight * (1 - 1 / e->unweighted);
		c->largest = fmax(c->largest, e->unweighted);
	}
}

static enum bsm_status next_event(struct bsm_ctx *ctx, void *arg, struct bsm_event *e, int *more)
{
	struct conversion *c = arg;
	BSM_TRY(bsm_reader_next(ctx, c->reader, e, more));
	if (*more)
		count(c, e);
	return BSM_OK;
}

static enum bsm_status copy_events(struct bsm_ctx *ctx, struct conversion *c)
{
	struct bsm_event e;
	int more = 1;
	const struct bsm_event_source source = {next_event, c};
	if (c->to->build)
		return c->to->build(ctx, &c->run, &source, c->out);
	while (BSM_OK == bsm_check_cancel(ctx)) {
		BSM_TRY(next_event(ctx, c, &e, &more));
		if (!more)
			break;
		BSM_TRY(write_event(ctx, c, &e));
		if (c->text.len > 4 << 20)
			BSM_TRY(flush_text(ctx, c));
	}
	BSM_TRY(bsm_check_cancel(ctx));
	BSM_TRY(c->to->footer(ctx, &c->run, &c->text));
	return c->text.len ? flush_text(ctx, c) : BSM_OK;
}

/* What the format does not say of the run: OUT.json. Nothing is known of trials, and of what was expected only the events. */
static enum bsm_status write_sidecar(struct bsm_cli *cli, const struct conversion *c, const char *out)
{
	char path[4096];
	struct stat st = {0};
	struct bsm_text text = {0};
	const char *slash = strrchr(out, '/');
	stat(out, &st);
	struct bsm_run_output o = {slash ? slash + 1 : out, c->to->name, c->copies, (uint64_t)st.st_size};
	struct bsm_run_record r = {.run = &c->run, .events = (uint64_t)c->events, .expected = c->sum_w, .expected_error = sqrt(c->sum_w2),
				   .sum_w = c->sum_w, .sum_w2 = c->sum_w2, .overweight_share = c->sum_w > 0 ? c->over / c->sum_w : 0,
				   .largest_overweight = fmax(1, c->largest), .noutput = 1, .output = &o, .threads = 1,
				   .argc = cli->argc, .argv = cli->argv, .end = time(NULL)};
	snprintf(path, sizeof path, "%s.json", out);
	enum bsm_status status = bsm_run_json(&cli->ctx, &r, &text);
	if (status == BSM_OK)
		status = bsm_output_text(&cli->ctx, path, &text);
	bsm_text_free(&text);
	return status;
}

static enum bsm_status formats_of(struct bsm_ctx *ctx, struct conversion *c, const char *in, const char *out)
{
	c->from = bsm_format_find(in);
	if (!c->from || !c->from->open)
		return bsm_fail(ctx, BSM_E_NAME, "%s: no format for this ending that can be read (`bsmnu list formats`)", in);
	if (!c->to)
		c->to = bsm_format_find(out);
	if (!c->to)
		return bsm_fail(ctx, BSM_E_NAME, "%s: no format for this ending (`bsmnu list formats`)", out);
	c->compression = bsm_compression_of(out);
	if (c->to->build && c->compression != BSM_PLAIN)
		return bsm_fail(ctx, BSM_E_FORMAT, "%s: %s is compressed inside: leave out the last ending", out, c->to->name);
	if (c->from->build && bsm_compression_of(in) != BSM_PLAIN)
		return bsm_fail(ctx, BSM_E_FORMAT, "%s: %s is compressed inside: unpack it first", in, c->from->name);
	return BSM_OK;
}

static enum bsm_status convert(struct bsm_ctx *ctx, struct conversion *c, const char *in, const char *out)
{
	c->in_name = in;
	c->out_name = out;
	BSM_TRY(formats_of(ctx, c, in, out));
	BSM_TRY(bsm_reader_open(ctx, in, c->from, &c->reader, &c->run));
	BSM_TRY(start(ctx, c));
	BSM_TRY(bsm_output_open(ctx, out, &c->out));
	BSM_TRY(copy_events(ctx, c));
	struct bsm_output *whole = c->out;
	c->out = NULL;
	return bsm_output_commit(ctx, whole);
}

static int is_file(const char *path)
{
	struct stat st;
	return !stat(path, &st) && S_ISREG(st.st_mode);
}

static int cmd_convert(struct bsm_cli *cli)
{
	struct conversion c = {.to = cli->format ? bsm_format_find(cli->format) : NULL};
	struct bsm_text text = {0};
	if (cli->format && !c.to) {
		bsm_fail(&cli->ctx, BSM_E_NAME, "no format '%s' (`bsmnu list formats`)", cli->format);
		return bsm_cli_fail(cli);
	}
	enum bsm_status status = convert(&cli->ctx, &c, cli->word[0], cli->word[1]);
	bsm_output_discard(c.out);
	int sidecar = status == BSM_OK && !c.to->holds_run && is_file(cli->word[1]);
	if (sidecar)
		status = write_sidecar(cli, &c, cli->word[1]);
	if (c.reader)
		bsm_reader_close(c.reader);
	bsm_text_free(&c.text);
	if (status != BSM_OK)
		return bsm_cli_fail(cli);
	bsm_text_printf(&text, "%llu events written to %s%s\n", (unsigned long long)c.copies, cli->word[1],
			sidecar ? ", what it cannot hold to the same name with .json" : "");
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_convert = {"convert", "FROM TO [--format NAME]", "one event file into another format",
					    "bsmnu convert out/hnl/events.hepmc3.zst out/hnl/events.hepevt", OPT_FORMAT, 2, 2,
					    cmd_convert};
