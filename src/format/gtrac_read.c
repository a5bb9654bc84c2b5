/* From the tree back to events. */
#include <stdlib.h>

#include "format/gtrac_row.h"
#include "format/run_json.h"

struct state {
	struct bsm_root_file *file;
	struct bsm_gtrac_row row;
	uint64_t done;
};

void bsm_gtrac_close(struct bsm_reader *r)
{
	struct state *s = r->state;
	if (s)
		bsm_root_close(s->file);
	free(s);
	r->state = NULL;
}

enum bsm_status bsm_gtrac_open(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	size_t n;
	struct state *s = r->state = calloc(1, sizeof *s);
	if (!s)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	BSM_TRY(bsm_root_open(ctx, r->name, r->bytes, r->nbytes, &bsm_gtrac_schema, &s->file));
	const char *json = bsm_root_text_of(s->file, &n);
	return bsm_run_json_read(ctx, r, r->name, json, n, run, NULL, NULL);
}

static struct bsm_p4 p4_of(const double *v)
{
	return (struct bsm_p4){v[3], v[0], v[1], v[2]};
}

static void take_particle(const struct bsm_gtrac_row *row, struct bsm_event *e, int i)
{
	struct bsm_particle *p = &e->p[i];
	p->pdg = row->pdg[i];
	p->status = row->own_status[i];
	p->m = row->mass[i];
	p->p = p4_of(row->p4[i]);
	p->x = p4_of(row->own_x4[i]);
	memcpy(p->pol, row->pol[i], sizeof p->pol);
	p->origin = row->origin[i];
	e->from[i] = (int16_t)row->from[i];
	e->to[i] = (int16_t)row->to[i];
}

static enum bsm_status take_event(struct bsm_ctx *ctx, const struct bsm_reader *r, const struct bsm_gtrac_row *row,
				  struct bsm_event *e)
{
	memset(e, 0, sizeof *e);
	e->id = row->id;
	e->weight = row->weight;
	e->unweighted = row->overweight;
	e->history = (struct bsm_history){row->parent_pdg, row->production, p4_of(row->parent_dec_p4), p4_of(row->parent_dec_x4),
					  row->flight, row->path, row->probability, row->delay};
	e->nvertex = row->nvertex;
	for (int k = 0; k < e->nvertex; k++)
		e->vertex[k] = (struct bsm_vertex){p4_of(row->vertex_x4[k]), row->vertex_status[k], row->vertex_process[k]};
	for (int i = 0; i < row->n; i++)
		if (row->from[i] < -1 || row->from[i] >= e->nvertex || row->to[i] < -1 || row->to[i] >= e->nvertex)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: event %llu: particle %d from vertex %d to %d of %d", r->name,
					(unsigned long long)e->id, i, row->from[i], row->to[i], e->nvertex);
	for (e->n = 0; e->n < row->n; e->n++)
		take_particle(row, e, e->n);
	const struct bsm_run tables = {.nprocess = r->nprocess};
	return bsm_event_check(ctx, r->name, &tables, e);
}

enum bsm_status bsm_gtrac_next(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	struct state *s = r->state;
	*more = s->done < bsm_root_entries(s->file);
	if (!*more)
		return BSM_OK;
	BSM_TRY(bsm_root_read(ctx, s->file, &s->row));
	s->done++;
	return take_event(ctx, r, &s->row, e);
}
