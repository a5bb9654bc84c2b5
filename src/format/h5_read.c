/* Reads the HDF5 event files of this program. */
#include <math.h>
#include <stdlib.h>

#include "format/reader.h"
#include "format/h5_columns.h"
#include "format/run_json.h"

struct state {
	struct bsm_h5_source *source;
	struct bsm_h5_rows *event, *vertex, *particle;
	uint64_t row, vertices, particles; /* so far */
};

void bsm_h5_events_close(struct bsm_reader *r)
{
	struct state *s = r->state;
	if (s)
		bsm_h5_close(s->source);
	free(s);
	r->state = NULL;
}

static enum bsm_status read_header(struct bsm_ctx *ctx, struct bsm_reader *r, struct state *s, struct bsm_run *run)
{
	char *json;
	size_t n;
	if (!bsm_h5_has(s->source, BSM_H5_HEADER) || !bsm_h5_has(s->source, "events"))
		return bsm_fail(ctx, BSM_E_FORMAT, "%s: an HDF5 file, but not one of events that bsmnu wrote: no " BSM_H5_HEADER
				" or no events in it", r->name);
	BSM_TRY(bsm_h5_read_document(ctx, s->source, BSM_H5_HEADER, &json, &n));
	enum bsm_status status = bsm_run_json_read(ctx, r, r->name, json, n, run, NULL, NULL);
	free(json);
	return status;
}

enum bsm_status bsm_h5_events_open(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	struct state *s = r->state = calloc(1, sizeof *s);
	if (!s)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	BSM_TRY(bsm_h5_open(ctx, r->name, r->bytes, r->nbytes, &s->source));
	BSM_TRY(read_header(ctx, r, s, run));
	BSM_TRY(bsm_h5_rows(ctx, s->source, "events", bsm_h5_event_columns, EV_COLUMNS, &s->event));
	BSM_TRY(bsm_h5_rows(ctx, s->source, "vertices", bsm_h5_vertex_columns, VX_COLUMNS, &s->vertex));
	return bsm_h5_rows(ctx, s->source, "particles", bsm_h5_particle_columns, PA_COLUMNS, &s->particle);
}

static struct bsm_p4 p4_of(const struct bsm_h5_rows *t, int first)
{
	return (struct bsm_p4){bsm_h5_double(t, first), bsm_h5_double(t, first + 1), bsm_h5_double(t, first + 2),
			       bsm_h5_double(t, first + 3)};
}

static void take_event(const struct bsm_h5_rows *t, struct bsm_event *e)
{
	struct bsm_history *h = &e->history;
	e->id = (uint64_t)bsm_h5_int(t, EV_ID);
	e->weight = bsm_h5_double(t, EV_WEIGHT);
	e->unweighted = bsm_h5_double(t, EV_OVERWEIGHT);
	h->parent_pdg = (int32_t)bsm_h5_int(t, EV_PARENT);
	h->process = (int32_t)bsm_h5_int(t, EV_PRODUCTION);
	h->parent_p = p4_of(t, EV_PARENT_E);
	h->decay_x = p4_of(t, EV_PARENT_T);
	h->flight_m = bsm_h5_double(t, EV_FLIGHT);
	h->path_m = bsm_h5_double(t, EV_PATH);
	h->probability = bsm_h5_double(t, EV_PROBABILITY);
	h->delay_s = bsm_h5_double(t, EV_DELAY);
}

static enum bsm_status of_this_event(struct bsm_ctx *ctx, const struct bsm_reader *r, const struct state *s, const char *table,
				     int64_t event)
{
	if (event == (int64_t)s->row)
		return BSM_OK;
	return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %s/event: %lld where a row of event %llu is expected", r->name, table, (long long)event,
			(unsigned long long)s->row);
}

static enum bsm_status take_vertex(struct bsm_ctx *ctx, const struct bsm_reader *r, struct state *s, struct bsm_vertex *v)
{
	BSM_TRY(bsm_h5_next_row(ctx, s->vertex));
	BSM_TRY(of_this_event(ctx, r, s, "vertices", bsm_h5_int(s->vertex, VX_EVENT)));
	*v = (struct bsm_vertex){.x = p4_of(s->vertex, VX_T), .status = (int32_t)bsm_h5_int(s->vertex, VX_STATUS),
				 .process = (int32_t)bsm_h5_int(s->vertex, VX_PROCESS)};
	return BSM_OK;
}

static enum bsm_status take_particle(struct bsm_ctx *ctx, const struct bsm_reader *r, struct state *s, struct bsm_event *e, int i)
{
	const struct bsm_h5_rows *t = s->particle;
	struct bsm_particle *p = &e->p[i];
	BSM_TRY(bsm_h5_next_row(ctx, s->particle));
	BSM_TRY(of_this_event(ctx, r, s, "particles", bsm_h5_int(t, PA_EVENT)));
	int64_t from = bsm_h5_int(t, PA_FROM), to = bsm_h5_int(t, PA_TO);
	if (from < -1 || from >= e->nvertex || to < -1 || to >= e->nvertex)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: particles: event %llu: a particle of vertex %lld of %d", r->name,
				(unsigned long long)s->row, (long long)(from < -1 || from >= e->nvertex ? from : to), e->nvertex);
	e->from[i] = (int16_t)from;
	e->to[i] = (int16_t)to;
	p->pdg = (int32_t)bsm_h5_int(t, PA_PDG);
	p->status = (int32_t)bsm_h5_int(t, PA_STATUS);
	p->m = bsm_h5_double(t, PA_M);
	p->p = p4_of(t, PA_E);
	p->x = p4_of(t, PA_T);
	for (int k = 0; k < 3; k++)
		p->pol[k] = bsm_h5_double(t, PA_POLX + k);
	p->origin = (int32_t)bsm_h5_int(t, PA_ORIGIN);
	return BSM_OK;
}

enum bsm_status bsm_h5_events_next(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	struct state *s = r->state;
	*more = s->row < bsm_h5_length(s->event);
	if (!*more && (s->vertices != bsm_h5_length(s->vertex) || s->particles != bsm_h5_length(s->particle)))
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %llu vertices and %llu particles belong to events, but the tables have %llu and %llu",
				r->name, (unsigned long long)s->vertices, (unsigned long long)s->particles,
				(unsigned long long)bsm_h5_length(s->vertex), (unsigned long long)bsm_h5_length(s->particle));
	if (!*more)
		return BSM_OK;
	memset(e, 0, sizeof *e);
	BSM_TRY(bsm_h5_next_row(ctx, s->event));
	take_event(s->event, e);
	int64_t nv = bsm_h5_int(s->event, EV_VERTICES), n = bsm_h5_int(s->event, EV_PARTICLES);
	if (nv < 0 || nv > BSM_EVENT_VERTICES || n < 0 || n > BSM_EVENT_PARTICLES)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: events: row %llu: %lld vertices and %lld particles, at most %d and %d are expected",
				r->name, (unsigned long long)s->row, (long long)nv, (long long)n, BSM_EVENT_VERTICES,
				BSM_EVENT_PARTICLES);
	for (e->nvertex = 0; e->nvertex < nv; e->nvertex++)
		BSM_TRY(take_vertex(ctx, r, s, &e->vertex[e->nvertex]));
	for (e->n = 0; e->n < n; e->n++)
		BSM_TRY(take_particle(ctx, r, s, e, e->n));
	s->row++;
	s->vertices += (uint64_t)nv;
	s->particles += (uint64_t)n;
	const struct bsm_run tables = {.nprocess = r->nprocess};
	return bsm_event_check(ctx, r->name, &tables, e);
}
