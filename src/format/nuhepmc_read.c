/* Reads the events of a HepMC3 Asciiv3 file, of any generator: vertices may be implicit ("P 5 3 ...": particle 5 comes
 * from the end of particle 3), positions may be missing, lab_pos places the whole event. */
#include "format/nuhepmc.h"
#include "format/nuhepmc_graph.h"

#include <math.h>

struct words {
	struct bsm_ctx *ctx;
	const struct bsm_nuhepmc_graph *g;
	const char *at, *end;
};

static enum bsm_status bad(struct words *w, const char *what)
{
	return bsm_input_fail(w->ctx, w->g->r->in, BSM_E_SYNTAX, "%s", what);
}

static enum bsm_status next_double(struct words *w, double *out)
{
	const char *from, *to;
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "a number is missing at the end of the line");
	if (bsm_parse_double(from, to, out) || !isfinite(*out))
		return bsm_input_fail(w->ctx, w->g->r->in, BSM_E_SYNTAX, "\"%.*s\" is not a finite number",
				      (int)(to - from > 60 ? 60 : to - from), from);
	return BSM_OK;
}

static enum bsm_status next_int(struct words *w, int64_t min, int64_t max, int32_t *out)
{
	const char *from, *to;
	int64_t v;
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "a number is missing at the end of the line");
	if (bsm_parse_int(from, to, &v) || v < min || v > max)
		return bsm_input_fail(w->ctx, w->g->r->in, BSM_E_SYNTAX,
				      "\"%.*s\" is not a whole number from %lld to %lld",
				      (int)(to - from > 60 ? 60 : to - from), from, (long long)min, (long long)max);
	*out = (int32_t)v;
	return BSM_OK;
}

/* x y z, then the time in the unit given. */
static enum bsm_status next_position(struct words *w, double time_unit, struct bsm_p4 *x)
{
	const struct bsm_nuhepmc_graph *g = w->g;
	BSM_TRY(next_double(w, &x->x));
	BSM_TRY(next_double(w, &x->y));
	BSM_TRY(next_double(w, &x->z));
	BSM_TRY(next_double(w, &x->e));
	*x = (struct bsm_p4){x->e * time_unit, x->x * g->length, x->y * g->length, x->z * g->length};
	return BSM_OK;
}

static enum bsm_status next_momentum(struct words *w, struct bsm_p4 *p)
{
	BSM_TRY(next_double(w, &p->x));
	BSM_TRY(next_double(w, &p->y));
	BSM_TRY(next_double(w, &p->z));
	BSM_TRY(next_double(w, &p->e));
	*p = bsm_p4_scale(w->g->energy, *p);
	return BSM_OK;
}

/* "@ x y z t" at the end of E and V lines, or nothing. */
static enum bsm_status maybe_position(struct words *w, struct bsm_p4 *x, uint8_t *present)
{
	const char *from, *to;
	*present = 0;
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return BSM_OK;
	if (to - from != 1 || *from != '@')
		return bad(w, "expected \"@\" and a position");
	*present = 1;
	return next_position(w, w->g->time, x);
}

static enum bsm_status units_line(struct bsm_nuhepmc_graph *g, struct words *w)
{
	const char *from, *to;
	int ok = bsm_reader_word(&w->at, w->end, &from, &to) && to - from == 3;
	int mev = ok && memcmp(from, "MEV", 3) == 0;
	ok = ok && (mev || memcmp(from, "GEV", 3) == 0) && bsm_reader_word(&w->at, w->end, &from, &to) &&
	     to - from == 2;
	int cm = ok && memcmp(from, "CM", 2) == 0;
	if (!ok || (!cm && memcmp(from, "MM", 2) != 0))
		return bad(w, "the units must be MEV or GEV, then MM or CM");
	if (g->has_graph || g->has_units)
		return bad(w, "the units are there before, or come after particles or vertices");
	g->has_units = 1;
	g->energy = mev ? 1e-3 : 1;
	g->length = cm ? 1e-2 : 1e-3;
	g->time = g->r->wcsim ? 1e-9 : g->length / 299792458;
	g->event_x = (struct bsm_p4){g->event_x.e * g->time, g->event_x.x * g->length, g->event_x.y * g->length,
				     g->event_x.z * g->length};
	return BSM_OK;
}

static enum bsm_status event_line(struct bsm_nuhepmc_graph *g, struct words *w)
{
	int32_t id;
	uint8_t present;
	BSM_TRY(next_int(w, 0, UINT32_MAX, &id));
	g->e->id = (uint32_t)id;
	BSM_TRY(next_int(w, 0, INT32_MAX, &g->nv));
	BSM_TRY(next_int(w, 0, INT32_MAX, &g->np));
	if (g->nv < 1 || g->np < 1)
		return bad(w, "an event without vertices or particles");
	if (g->nv > BSM_EVENT_VERTICES || g->np > BSM_EVENT_PARTICLES)
		return bsm_input_fail(w->ctx, g->r->in, BSM_E_FORMAT,
				      "an event of %d particles and %d vertices; the record holds %d and %d", g->np,
				      g->nv, BSM_EVENT_PARTICLES, BSM_EVENT_VERTICES);
	return maybe_position(w, &g->event_x, &present); /* units follow */
}

static enum bsm_status weight_line(struct bsm_nuhepmc_graph *g, struct words *w)
{
	const char *from, *to;
	int n = 0;
	if (g->has_weight || g->has_graph)
		return bad(w, "a second W line in an event: several run headers in a file are not read");
	while (bsm_reader_word(&w->at, w->end, &from, &to)) {
		double v;
		if (bsm_parse_double(from, to, &v))
			return bad(w, "a weight that is not a number");
		if (n == g->r->cv && !isfinite(v))
			return bad(w, "the central weight is not finite");
		if (n++ == g->r->cv)
			g->e->weight = v;
	}
	if (g->r->nweight && n != g->r->nweight)
		return bsm_input_fail(w->ctx, g->r->in, BSM_E_SYNTAX, "%d weights; the header names %d", n,
				      g->r->nweight);
	g->has_weight = 1;
	return BSM_OK;
}

static int word_is(const char *from, const char *to, const char *name)
{
	return (size_t)(to - from) == strlen(name) && memcmp(from, name, strlen(name)) == 0;
}

static enum bsm_status lab_pos(struct bsm_nuhepmc_graph *g, struct words *w)
{
	BSM_TRY(next_double(w, &g->lab.x));
	BSM_TRY(next_double(w, &g->lab.y));
	BSM_TRY(next_double(w, &g->lab.z));
	const char *at = w->at, *from, *to;
	g->nlab = bsm_reader_word(&at, w->end, &from, &to) ? 4 : 3;
	if (g->nlab == 4)
		BSM_TRY(next_double(w, &g->lab.e)); /* seconds */
	g->lab = (struct bsm_p4){g->lab.e, g->lab.x * g->length, g->lab.y * g->length, g->lab.z * g->length};
	return BSM_OK;
}

static enum bsm_status event_id(struct bsm_nuhepmc_graph *g, struct words *w)
{
	const char *from, *to;
	uint64_t id = 0;
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "event_id has no value");
	for (; from < to && *from >= '0' && *from <= '9'; from++)
		id = id * 10 + (uint64_t)(*from - '0');
	g->e->id = id;
	return BSM_OK;
}

static int process_index(const struct bsm_reader *r, int32_t id)
{
	for (int i = 0; i < r->nprocess; i++)
		if (r->process[i].id == id)
			return i;
	return -1;
}

static enum bsm_status event_attribute(struct bsm_nuhepmc_graph *g, struct words *w, const char *from, const char *to)
{
	struct bsm_history *h = &g->e->history;
	int32_t id;
	if (word_is(from, to, "lab_pos") || word_is(from, to, "LabPos"))
		return lab_pos(g, w);
	if (word_is(from, to, "signal_process_id") || word_is(from, to, "ProcID")) {
		g->has_signal = 1;
		return next_int(w, INT32_MIN, INT32_MAX, &g->signal_id);
	}
	if (!g->r->ours)
		return BSM_OK;
	if (word_is(from, to, "event_id"))
		return event_id(g, w);
	if (word_is(from, to, "overweight"))
		return next_double(w, &g->overweight);
	if (word_is(from, to, "parent_pdg"))
		return next_int(w, INT32_MIN, INT32_MAX, &h->parent_pdg);
	if (word_is(from, to, "parent_decay_pos"))
		return next_position(w, 1, &h->decay_x);
	if (word_is(from, to, "parent_momentum"))
		return next_momentum(w, &h->parent_p);
	if (word_is(from, to, "production_process_id")) {
		BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &id));
		h->process = process_index(g->r, id);
		return BSM_OK;
	}
	if (word_is(from, to, "flight_m"))
		return next_double(w, &h->flight_m);
	if (word_is(from, to, "path_m"))
		return next_double(w, &h->path_m);
	if (word_is(from, to, "decay_probability"))
		return next_double(w, &h->probability);
	if (word_is(from, to, "delay_ns")) {
		BSM_TRY(next_double(w, &h->delay_s));
		h->delay_s *= 1e-9;
	}
	return BSM_OK;
}

static enum bsm_status attribute_line(struct bsm_nuhepmc_graph *g, struct words *w)
{
	const char *from, *to;
	int32_t owner;
	if (!g->has_units)
		return bad(w, "an attribute before the units");
	if (g->has_graph)
		return bad(w, "an attribute after particles or vertices: several run headers in a file are not read");
	BSM_TRY(next_int(w, -g->nv, g->np, &owner));
	if (!bsm_reader_word(&w->at, w->end, &from, &to))
		return bad(w, "an attribute without a name");
	if (owner == 0)
		return event_attribute(g, w, from, to);
	if (owner > 0 && word_is(from, to, "remnant_particle_number"))
		return next_int(w, INT32_MIN, INT32_MAX, &g->remnant_of[owner - 1]);
	if (owner < 0 && g->r->ours && word_is(from, to, "process_id")) {
		g->has_process[-owner - 1] = 1;
		return next_int(w, INT32_MIN, INT32_MAX, &g->process_id[-owner - 1]);
	}
	return BSM_OK;
}

static enum bsm_status vertex_line(struct bsm_nuhepmc_graph *g, struct words *w)
{
	int32_t id;
	BSM_TRY(next_int(w, -g->nv, -1, &id));
	int slot = -id - 1;
	if (g->vertex_seen[slot])
		return bad(w, "a vertex that was there before");
	g->vertex_seen[slot] = 1;
	BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &g->e->vertex[slot].status));
	while (w->at < w->end && *w->at == ' ')
		w->at++;
	const char *close = w->at < w->end ? memchr(w->at, ']', (size_t)(w->end - w->at)) : NULL;
	if (!close || *w->at != '[')
		return bad(w, "a vertex without its list of incoming particles");
	for (const char *at = w->at + 1; at < close;) {
		const char *comma = memchr(at, ',', (size_t)(close - at)), *stop = comma ? comma : close;
		int64_t in;
		if (bsm_parse_int(at, stop, &in) || in < 1 || in > g->np)
			return bad(w, "a vertex with an incoming particle that is not of this event");
		if (g->e->to[in - 1] != BSM_NO_VERTEX)
			return bad(w, "a particle that ends in two vertices");
		g->e->to[in - 1] = (int16_t)slot;
		at = stop + (comma != NULL);
	}
	w->at = close + 1;
	return maybe_position(w, &g->e->vertex[slot].x, &g->placed[slot]);
}

static enum bsm_status particle_line(struct bsm_nuhepmc_graph *g, struct words *w)
{
	int32_t id, mother;
	BSM_TRY(next_int(w, 1, g->np, &id));
	struct bsm_particle *p = &g->e->p[id - 1];
	if (g->particle_seen[id - 1])
		return bad(w, "a particle that was there before");
	BSM_TRY(next_int(w, -g->nv, g->np, &mother));
	if (mother == id)
		return bad(w, "a particle that is its own mother");
	BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &p->pdg));
	BSM_TRY(next_momentum(w, &p->p));
	BSM_TRY(next_double(w, &p->m));
	BSM_TRY(next_int(w, INT32_MIN, INT32_MAX, &p->status));
	p->m *= g->energy;
	g->from[id - 1] = (int16_t)(mother > 0 ? BSM_IMPLICIT + mother - 1 : mother < 0 ? -mother - 1 : BSM_NO_VERTEX);
	g->particle_seen[id - 1] = 1;
	g->nread++;
	return BSM_OK;
}

static enum bsm_status one_line(struct bsm_nuhepmc_graph *g, struct words *w, char kind)
{
	if (kind == 'V' || kind == 'P') {
		if (!g->has_units)
			return bad(w, "particles or vertices before the units");
		g->has_graph = 1;
		return kind == 'V' ? vertex_line(g, w) : particle_line(g, w);
	}
	if (kind == 'A')
		return attribute_line(g, w);
	if (kind == 'W')
		return weight_line(g, w);
	if (kind == 'U')
		return units_line(g, w);
	return bad(w, "unknown line in an event: expected U, W, A, V, P or E");
}

/* All lines of the event whose E line was just found. */
static enum bsm_status lines(struct bsm_ctx *ctx, struct bsm_nuhepmc_graph *g)
{
	struct words w = {ctx, g, NULL, NULL};
	for (;;) {
		const char *line, *end;
		BSM_TRY(bsm_input_line(ctx, g->r->in, &line, &end));
		if (!line)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is cut off: no END_EVENT_LISTING line",
					bsm_input_name(g->r->in));
		if (line == end)
			continue;
		if (*line == 'E' || *line == 'H') {
			bsm_input_again(g->r->in);
			return BSM_OK;
		}
		if (end - line < 2 || line[1] != ' ')
			return bad(&w, "a line without its blank after the first letter");
		w.at = line + 2;
		w.end = end;
		BSM_TRY(one_line(g, &w, *line));
	}
}

static void clear(struct bsm_nuhepmc_graph *g, struct bsm_reader *r, struct bsm_event *e)
{
	memset(g, 0, sizeof *g);
	memset(e, 0, sizeof *e);
	g->r = r;
	g->e = e;
	g->energy = g->length = g->time = g->overweight = 1;
	e->weight = 1;
	e->history.process = -1;
	e->history.flight_m = e->history.path_m = e->history.probability = e->history.delay_s = (double)NAN;
	for (int i = 0; i < BSM_EVENT_PARTICLES; i++)
		e->to[i] = e->from[i] = BSM_NO_VERTEX;
}

/* After END_EVENT_LISTING nothing may follow: a second run would have an exposure of its own. */
static enum bsm_status end_of_listing(struct bsm_ctx *ctx, struct bsm_reader *r)
{
	const char *line, *end;
	do
		BSM_TRY(bsm_input_line(ctx, r->in, &line, &end));
	while (line && line == end);
	if (line)
		return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX,
				      "lines after END_EVENT_LISTING: several runs in a file");
	return BSM_OK;
}

enum bsm_status bsm_nuhepmc_next(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	struct bsm_nuhepmc_graph g;
	const char *line, *end;
	BSM_TRY(bsm_input_line(ctx, r->in, &line, &end));
	if (!line)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is cut off: no END_EVENT_LISTING line",
				bsm_input_name(r->in));
	if (word_is(line, end, "HepMC::Asciiv3-END_EVENT_LISTING")) {
		*more = 0;
		return end_of_listing(ctx, r);
	}
	clear(&g, r, e);
	struct words w = {ctx, &g, line + 1, end};
	if (*line != 'E' || end - line < 2 || line[1] != ' ')
		return bad(&w, "expected an event (E) or END_EVENT_LISTING");
	BSM_TRY(event_line(&g, &w));
	BSM_TRY(lines(ctx, &g));
	return bsm_nuhepmc_finish(ctx, &g);
}
