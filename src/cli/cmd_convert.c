/* One event file into another format. */
#include <string.h>

#include "cli/cli.h"
#include "core/stream.h"
#include "format/reader.h"

struct conversion {
	const struct bsm_format *from, *to;
	struct bsm_reader *reader;
	struct bsm_output *out;
	enum bsm_compression compression;
	struct bsm_run run;
	struct bsm_text text;
	long long events;
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
static enum bsm_status start(struct bsm_ctx *ctx, struct conversion *c, const char *in, const char *out)
{
	struct bsm_ctx inner = {0};
	if (c->to->header(&inner, &c->run, &c->text) != BSM_OK)
		return bsm_fail(ctx, inner.status, "%s: cannot be made of %s: %s", out, in, inner.message);
	return BSM_OK;
}

static enum bsm_status copy_events(struct bsm_ctx *ctx, struct conversion *c)
{
	struct bsm_event e;
	int more = 1;
	while (BSM_OK == bsm_check_cancel(ctx)) {
		BSM_TRY(bsm_reader_next(ctx, c->reader, &e, &more));
		if (!more)
			break;
		BSM_TRY(c->to->event(ctx, &c->run, &e, &c->text));
		c->events++;
		if (c->text.len > 4 << 20)
			BSM_TRY(flush_text(ctx, c));
	}
	BSM_TRY(bsm_check_cancel(ctx));
	BSM_TRY(c->to->footer(ctx, &c->run, &c->text));
	return c->text.len ? flush_text(ctx, c) : BSM_OK;
}

static enum bsm_status convert(struct bsm_ctx *ctx, struct conversion *c, const char *in, const char *out)
{
	c->from = bsm_format_find(in);
	if (!c->from || !c->from->open)
		return bsm_fail(ctx, BSM_E_NAME, "%s: no format for this ending that can be read (`bsmnu list formats`)", in);
	if (!c->to)
		c->to = bsm_format_find(out);
	if (!c->to)
		return bsm_fail(ctx, BSM_E_NAME, "%s: no format for this ending (`bsmnu list formats`)", out);
	c->compression = bsm_compression_of(out);
	BSM_TRY(bsm_reader_open(ctx, in, c->from, &c->reader, &c->run));
	BSM_TRY(start(ctx, c, in, out));
	BSM_TRY(bsm_output_open(ctx, out, &c->out));
	BSM_TRY(copy_events(ctx, c));
	struct bsm_output *whole = c->out;
	c->out = NULL;
	return bsm_output_commit(ctx, whole);
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
	if (c.reader)
		bsm_reader_close(c.reader);
	bsm_text_free(&c.text);
	if (status != BSM_OK)
		return bsm_cli_fail(cli);
	bsm_text_printf(&text, "%lld events written to %s\n", c.events, cli->word[1]);
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_convert = {"convert", "FROM TO [--format NAME]", "one event file into another format",
					    "bsmnu convert out/hnl/events.hepmc3.zst out/hnl/events.hepevt", OPT_FORMAT, 2, 2,
					    cmd_convert};
