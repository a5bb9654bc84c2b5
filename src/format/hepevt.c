/* HEPEVT text as LArSoft's TextFileGen and edep-sim (flavour "marley") read it: per event a line "event n", then n
 * lines "status pdg mother1 mother2 daughter1 daughter2 px py pz E mass x y z t" in GeV, cm and ns. No comments, no
 * blank lines, no weight: events of weighted runs are refused, overweights are written several times
 * (bsm_format_copies). Only final particles are written, status 1, without mothers and daughters. */
#include "format/reader.h"

#include <math.h>

enum { LINE = 9 * 27 + 64, MOST_COPIES = 1000000 };

static enum bsm_status header(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	(void)out;
	if (run->weighted)
		return bsm_fail(ctx, BSM_E_FORMAT,
				"HEPEVT text holds no weight, and this run is weighted: "
				"generate unweighted events or write another format");
	return BSM_OK;
}

static enum bsm_status footer(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	(void)ctx;
	(void)run;
	(void)out;
	return BSM_OK;
}

static char *put_number(char *to, double v)
{
	*to = ' ';
	return bsm_put_double(to + 1, v);
}

static char *put_particle(char *to, const struct bsm_particle *p, const struct bsm_p4 *x)
{
	*to++ = '1';
	*to++ = ' ';
	to = bsm_put_int(to, p->pdg);
	memcpy(to, " 0 0 0 0", 8);
	to = put_number(to + 8, p->p.x);
	to = put_number(to, p->p.y);
	to = put_number(to, p->p.z);
	to = put_number(to, p->p.e);
	to = put_number(to, p->m);
	to = put_number(to, x->x * 100);
	to = put_number(to, x->y * 100);
	to = put_number(to, x->z * 100);
	to = put_number(to, x->e * 1e9);
	*to = '\n';
	return to + 1;
}

static enum bsm_status check(struct bsm_ctx *ctx, const struct bsm_event *e, int *finals)
{
	unsigned long long id = e->id;
	*finals = 0;
	if (isnan(e->unweighted) || e->unweighted > MOST_COPIES)
		return bsm_fail(ctx, BSM_E_FORMAT, "HEPEVT text holds no weight, and event %llu is weighted", id);
	if (e->n < 0 || e->n > BSM_EVENT_PARTICLES)
		return bsm_fail(ctx, BSM_E_FORMAT, "HEPEVT: event %llu: %d particles", id, e->n);
	for (int i = 0; i < e->n; i++) {
		const struct bsm_particle *p = &e->p[i];
		if (e->to[i] >= 0 || e->from[i] < 0 || p->status != BSM_FINAL)
			continue;
		if (e->from[i] >= e->nvertex || e->nvertex > BSM_EVENT_VERTICES)
			return bsm_fail(ctx, BSM_E_FORMAT, "HEPEVT: event %llu: particle %d from no vertex", id, i);
		const struct bsm_p4 *x = &e->vertex[e->from[i]].x;
		if (!isfinite(p->p.e) || !isfinite(p->p.x) || !isfinite(p->p.y) || !isfinite(p->p.z) ||
		    !isfinite(p->m) || !isfinite(x->e) || !isfinite(x->x) || !isfinite(x->y) || !isfinite(x->z))
			return bsm_fail(ctx, BSM_E_FORMAT, "HEPEVT: event %llu: particle %d is not finite", id, i);
		++*finals;
	}
	return BSM_OK;
}

static enum bsm_status event(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e,
			     struct bsm_text *out)
{
	int finals;
	(void)run;
	BSM_TRY(check(ctx, e, &finals));
	int copies = bsm_format_copies(e->unweighted, e->id);
	if (copies == 0)
		return BSM_OK;
	size_t begin = out->len;
	char *to = bsm_text_reserve(out, 64 + (size_t)finals * LINE);
	if (!to)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	to = bsm_put_uint(to, e->id);
	*to = ' ';
	to = bsm_put_int(to + 1, finals);
	*to++ = '\n';
	for (int i = 0; i < e->n; i++)
		if (e->to[i] < 0 && e->from[i] >= 0 && e->p[i].status == BSM_FINAL)
			to = put_particle(to, &e->p[i], &e->vertex[e->from[i]].x);
	out->len = (size_t)(to - out->data);
	size_t n = out->len - begin;
	for (int k = 1; k < copies; k++) {
		if (!bsm_text_reserve(out, n))
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
		bsm_text_add(out, out->data + begin, n);
	}
	return BSM_OK;
}

/* ---- reading ---- */

struct words {
	struct bsm_ctx *ctx;
	const struct bsm_reader *r;
	const char *at, *end;
};

static enum bsm_status bad(const struct words *w, const char *what)
{
	return bsm_input_fail(w->ctx, w->r->in, BSM_E_SYNTAX, "%s", what);
}

static enum bsm_status next_int(struct words *w, int64_t min, int64_t max, int64_t *out)
{
	const char *from, *to;
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "a column is missing");
	if (bsm_parse_int(from, to, out) || *out < min || *out > max)
		return bad(w, "expected a whole number");
	return BSM_OK;
}

static enum bsm_status next_double(struct words *w, double unit, double *out)
{
	const char *from, *to;
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "a column is missing: 15 are expected (edep-sim's \"marley\" flavour)");
	if (bsm_parse_double(from, to, out) || !isfinite(*out))
		return bad(w, "expected a finite number");
	*out *= unit;
	return BSM_OK;
}

static enum bsm_status end_of_line(struct words *w)
{
	const char *from, *to;
	if (bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "more columns than expected");
	if (bsm_input_unended(w->r->in))
		return bad(w, "the last line has no end: the file is cut off");
	return BSM_OK;
}

/* The vertex at this place and time, made where there is none. */
static enum bsm_status find_vertex(const struct words *w, struct bsm_event *e, struct bsm_p4 x, int16_t *vertex)
{
	for (int k = 0; k < e->nvertex; k++)
		if (e->vertex[k].x.e == x.e && e->vertex[k].x.x == x.x && e->vertex[k].x.y == x.y &&
		    e->vertex[k].x.z == x.z) {
			*vertex = (int16_t)k;
			return BSM_OK;
		}
	if (e->nvertex == BSM_EVENT_VERTICES)
		return bad(w, "an event with more vertices than the record holds");
	e->vertex[e->nvertex] = (struct bsm_vertex){.x = x, .status = e->nvertex ? 22 : 1, .process = -1};
	*vertex = (int16_t)e->nvertex++;
	return BSM_OK;
}

/* Particles of another status than 1 are not tracked by anybody: they are passed over. */
static enum bsm_status particle(struct words *w, struct bsm_event *e)
{
	struct bsm_particle p = {0};
	int64_t status, pdg, ignored;
	BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &status));
	BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &pdg));
	for (int i = 0; i < 4; i++)
		BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &ignored));
	double *const momentum[] = {&p.p.x, &p.p.y, &p.p.z, &p.p.e, &p.m};
	for (int i = 0; i < 5; i++)
		BSM_TRY(next_double(w, 1, momentum[i]));
	BSM_TRY(next_double(w, 0.01, &p.x.x));
	BSM_TRY(next_double(w, 0.01, &p.x.y));
	BSM_TRY(next_double(w, 0.01, &p.x.z));
	BSM_TRY(next_double(w, 1e-9, &p.x.e));
	BSM_TRY(end_of_line(w));
	if (status != BSM_FINAL)
		return BSM_OK;
	if (e->n == BSM_EVENT_PARTICLES)
		return bad(w, "an event with more particles than the record holds");
	p.pdg = (int32_t)pdg;
	p.status = BSM_FINAL;
	BSM_TRY(find_vertex(w, e, p.x, &e->from[e->n]));
	e->to[e->n] = -1;
	e->p[e->n++] = p;
	return BSM_OK;
}

static enum bsm_status open_text(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	(void)ctx;
	(void)run;
	r->weighted = 0;
	return BSM_OK;
}

static enum bsm_status next_event(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	struct words w = {.ctx = ctx, .r = r};
	int64_t id, n;
	memset(e, 0, sizeof *e);
	BSM_TRY(bsm_input_line(ctx, r->in, &w.at, &w.end));
	*more = w.at != NULL;
	if (!w.at)
		return BSM_OK;
	BSM_TRY(next_int(&w, 0, INT64_MAX, &id));
	BSM_TRY(next_int(&w, 0, 65535, &n));
	BSM_TRY(end_of_line(&w));
	for (; n > 0; n--) {
		BSM_TRY(bsm_input_line(ctx, r->in, &w.at, &w.end));
		if (!w.at)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is cut off inside event %lld",
					bsm_input_name(r->in), (long long)id);
		BSM_TRY(particle(&w, e));
	}
	e->id = (uint64_t)id;
	e->weight = r->copy_weight;
	e->unweighted = 1;
	e->history.process = -1;
	return BSM_OK;
}

const struct bsm_format bsm_format_hepevt = {
	.name = "hepevt",
	.extension = ".hepevt",
	.doc = "HEPEVT text, 15 columns (LArSoft TextFileGen, edep-sim flavour marley): unweighted events only",
	.holds_weight = 0,
	.header = header,
	.event = event,
	.footer = footer,
	.open = open_text,
	.next = next_event,
};
