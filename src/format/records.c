/* Events between the workers and a format that is no stream: a line of the version and of this machine's number layout, the run
 * as JSON behind its length, records of fixed layout, an end mark. Read by the program that wrote it, or not at all. */
#include <stdlib.h>

#include "format/reader.h"
#include "format/run_json.h"

#define MAGIC "bsmnu records 1\n"

enum { EVENT_MARK = 'E', END_MARK = 'Z', LONGEST_HEADER = 15 << 20 };

struct fixed { /* of an event */
	uint64_t id;
	double weight, unweighted;
	struct bsm_history history;
	int32_t nvertex, n;
};

struct layout { double one; uint32_t sizes[5], header; };

static struct layout own_layout(size_t header)
{
	return (struct layout){1, {0x01020304, sizeof(struct fixed), sizeof(struct bsm_vertex), sizeof(struct bsm_particle),
				   sizeof(struct bsm_event)}, (uint32_t)header};
}

static void put(char **to, const void *from, size_t n)
{
	if (n)
		memcpy(*to, from, n);
	*to += n;
}

enum bsm_status bsm_records_header(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	struct bsm_text json = {0};
	enum bsm_status status = bsm_run_json_header(ctx, run, &json);
	if (status == BSM_OK && json.len > LONGEST_HEADER)
		status = bsm_fail(ctx, BSM_E_FORMAT, "the card and the tables of this run are longer than %d bytes", LONGEST_HEADER);
	struct layout l = own_layout(json.len);
	if (status == BSM_OK) {
		bsm_text_str(out, MAGIC);
		bsm_text_add(out, (const char *)&l, sizeof l);
		bsm_text_add(out, json.data, json.len);
		if (out->failed)
			status = bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	bsm_text_free(&json);
	return status;
}

static enum bsm_status bad_event(struct bsm_ctx *ctx, const char *format, const struct bsm_event *e, const char *what)
{
	return bsm_fail(ctx, BSM_E_FORMAT, "%s: event %llu: %s", format, (unsigned long long)e->id, what);
}

enum bsm_status bsm_event_check(struct bsm_ctx *ctx, const char *format, const struct bsm_run *run, const struct bsm_event *e)
{
	if (e->nvertex < 0 || e->nvertex > BSM_EVENT_VERTICES || e->n < 0 || e->n > BSM_EVENT_PARTICLES)
		return bad_event(ctx, format, e, "more particles or vertices than the record holds");
	for (int k = 0; k < e->nvertex; k++)
		if (e->vertex[k].process < -1 || e->vertex[k].process >= run->nprocess)
			return bad_event(ctx, format, e, "a vertex of no process of this run");
	if (e->history.process < -1 || e->history.process >= run->nprocess)
		return bad_event(ctx, format, e, "produced in no process of this run");
	for (int i = 0; i < e->n; i++)
		if (e->from[i] < -1 || e->from[i] >= e->nvertex || e->to[i] < -1 || e->to[i] >= e->nvertex)
			return bad_event(ctx, format, e, "a particle of a vertex that is not there");
	return BSM_OK;
}

enum bsm_status bsm_records_event(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e, struct bsm_text *out)
{
	BSM_TRY(bsm_event_check(ctx, "records", run, e));
	struct fixed f;
	memset(&f, 0, sizeof f); /* the same bytes every time, padding too */
	f.id = e->id;
	f.weight = e->weight;
	f.unweighted = e->unweighted;
	f.history = e->history;
	f.nvertex = e->nvertex;
	f.n = e->n;
	size_t nv = (size_t)e->nvertex, n = (size_t)e->n;
	char *begin = bsm_text_reserve(out, 1 + sizeof f + nv * sizeof *e->vertex + n * (sizeof *e->p + 2 * sizeof *e->from)),
	     *to = begin;
	if (!to)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	*to++ = EVENT_MARK;
	put(&to, &f, sizeof f);
	put(&to, e->vertex, nv * sizeof *e->vertex);
	put(&to, e->p, n * sizeof *e->p);
	put(&to, e->from, n * sizeof *e->from);
	put(&to, e->to, n * sizeof *e->to);
	out->len += (size_t)(to - begin);
	return BSM_OK;
}

enum bsm_status bsm_records_footer(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	(void)run;
	bsm_text_char(out, END_MARK);
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}

static enum bsm_status take(struct bsm_ctx *ctx, struct bsm_reader *r, void *to, size_t n)
{
	const char *bytes;
	size_t left;
	BSM_TRY(bsm_input_bytes(ctx, r->in, n, &bytes, &left));
	if (!bytes)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the records are cut off after event %llu: %llu bytes expected, %llu left",
				r->name, (unsigned long long)r->events, (unsigned long long)n, (unsigned long long)left);
	if (n)
		memcpy(to, bytes, n);
	return BSM_OK;
}

static enum bsm_status open_records(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	char magic[sizeof MAGIC - 1];
	struct layout l, own;
	const char *json;
	size_t left;
	BSM_TRY(take(ctx, r, magic, sizeof magic));
	if (memcmp(magic, MAGIC, sizeof magic))
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: these are no records of events", r->name);
	BSM_TRY(take(ctx, r, &l, sizeof l));
	own = own_layout(l.header);
	if (memcmp(&l, &own, sizeof l) || l.header > LONGEST_HEADER)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: records of another machine or another version of this program", r->name);
	BSM_TRY(bsm_input_bytes(ctx, r->in, l.header, &json, &left));
	if (!json)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the records are cut off in their header", r->name);
	return bsm_run_json_read(ctx, r, r->name, json, l.header, run, NULL, NULL);
}

static enum bsm_status next_record(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	struct fixed f;
	char mark;
	BSM_TRY(take(ctx, r, &mark, 1));
	*more = mark == EVENT_MARK;
	if (mark == END_MARK)
		return BSM_OK;
	if (mark != EVENT_MARK)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: damaged after event %llu", r->name, (unsigned long long)r->events);
	BSM_TRY(take(ctx, r, &f, sizeof f));
	memset(e, 0, sizeof *e);
	e->id = f.id;
	e->weight = f.weight;
	e->unweighted = f.unweighted;
	e->history = f.history;
	if (f.nvertex < 0 || f.nvertex > BSM_EVENT_VERTICES || f.n < 0 || f.n > BSM_EVENT_PARTICLES)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: damaged in event %llu", r->name, (unsigned long long)f.id);
	e->nvertex = f.nvertex;
	e->n = f.n;
	size_t nv = (size_t)e->nvertex, n = (size_t)e->n;
	BSM_TRY(take(ctx, r, e->vertex, nv * sizeof *e->vertex));
	BSM_TRY(take(ctx, r, e->p, n * sizeof *e->p));
	BSM_TRY(take(ctx, r, e->from, n * sizeof *e->from));
	BSM_TRY(take(ctx, r, e->to, n * sizeof *e->to));
	const struct bsm_run tables = {.nprocess = r->nprocess};
	return bsm_event_check(ctx, r->name, &tables, e);
}

const struct bsm_format bsm_format_records = {
	.name = "records",
	.extension = ".records",
	.doc = "events as they lie in memory",
	.holds_weight = 1,
	.holds_run = 1,
	.header = bsm_records_header,
	.event = bsm_records_event,
	.footer = bsm_records_footer,
	.open = open_records,
	.next = next_record,
};
