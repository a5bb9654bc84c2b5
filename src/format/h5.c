/* HDF5 columns: groups events, vertices, particles (docs/formats.md). Everything that the record holds, to the bit. */
#include <math.h>
#include <stdio.h>

#include "core/stream.h"
#include "format/reader.h"
#include "format/h5_columns.h"
#include "format/run_json.h"

#define D BSM_H5_DOUBLE
#define I BSM_H5_INT
const struct bsm_h5_column bsm_h5_event_columns[EV_COLUMNS] = {
	[EV_ID] = {"id", BSM_H5_UNSIGNED, "", "index of the trial: unique in a run and its shards"},
	[EV_WEIGHT] = {"weight", D, "", "number of events expected in the exposure that it stands for"},
	[EV_OVERWEIGHT] = {"overweight", D, "", "of an unweighted run: 1, or more where one event stands for several; NaN in a weighted run"},
	[EV_VERTICES] = {"n_vertices", I, "", "rows of it in vertices"},
	[EV_PARTICLES] = {"n_particles", I, "", "rows of it in particles"},
	[EV_PARENT] = {"parent_pdg", I, "", "what made the incoming particle, 0: not known"},
	[EV_PRODUCTION] = {"production_process", I, "", "row of the process in which it was made, -1: none"},
	[EV_PARENT_E] = {"parent_E", D, "GeV", "of the parent at its decay"},
	[EV_PARENT_PX] = {"parent_px", D, "GeV", ""},
	[EV_PARENT_PY] = {"parent_py", D, "GeV", ""},
	[EV_PARENT_PZ] = {"parent_pz", D, "GeV", ""},
	[EV_PARENT_T] = {"parent_t", D, "s", "of the parent's decay"},
	[EV_PARENT_X] = {"parent_x", D, "m", ""},
	[EV_PARENT_Y] = {"parent_y", D, "m", ""},
	[EV_PARENT_Z] = {"parent_z", D, "m", ""},
	[EV_FLIGHT] = {"flight", D, "m", "from there to the primary vertex"},
	[EV_PATH] = {"path", D, "m", "inside the detector along the line of flight"},
	[EV_PROBABILITY] = {"probability", D, "", "of the primary process inside the detector"},
	[EV_DELAY] = {"delay", D, "s", "after a neutrino of the same proton"},
};
const struct bsm_h5_column bsm_h5_vertex_columns[VX_COLUMNS] = {
	[VX_EVENT] = {"event", BSM_H5_LONG, "", "row in events"},
	[VX_STATUS] = {"status", I, "", "NuHepMC: 1 primary, 22 and up later ones"},
	[VX_PROCESS] = {"process", I, "", "row of the process, -1: none of the model's"},
	[VX_T] = {"t", D, "s", "after the start of the spill"},
	[VX_X] = {"x", D, "m", ""},
	[VX_Y] = {"y", D, "m", ""},
	[VX_Z] = {"z", D, "m", ""},
};
const struct bsm_h5_column bsm_h5_particle_columns[PA_COLUMNS] = {
	[PA_EVENT] = {"event", BSM_H5_LONG, "", "row in events"},
	[PA_PDG] = {"pdg", I, "", "PDG code"},
	[PA_STATUS] = {"status", I, "", "NuHepMC: 1 final, 2 decayed, 3 documentation, 4 beam, 20 target"},
	[PA_FROM] = {"from_vertex", I, "", "number of its vertex in the event, from 0; -1: came in"},
	[PA_TO] = {"to_vertex", I, "", "where it ends; -1: leaves"},
	[PA_M] = {"m", D, "GeV", "mass"},
	[PA_E] = {"E", D, "GeV", ""},
	[PA_PX] = {"px", D, "GeV", ""},
	[PA_PY] = {"py", D, "GeV", ""},
	[PA_PZ] = {"pz", D, "GeV", ""},
	[PA_T] = {"t", D, "s", "where it was made; of one that came in, where it ends"},
	[PA_X] = {"x", D, "m", ""},
	[PA_Y] = {"y", D, "m", ""},
	[PA_Z] = {"z", D, "m", ""},
	[PA_POLX] = {"polx", D, "", "polarisation in its rest frame"},
	[PA_POLY] = {"poly", D, "", ""},
	[PA_POLZ] = {"polz", D, "", ""},
	[PA_ORIGIN] = {"origin", I, "", "history of a source's particle"},
};
#undef D
#undef I

static void text(struct bsm_h5_writer *w, const char *path, const char *name, const char *value)
{
	if (value)
		bsm_h5_text(w, path, name, value);
}

/* For people who look with h5ls or h5py; our reader takes the same from the document. */
static void put_attributes(struct bsm_h5_writer *w, const struct bsm_run *run)
{
	text(w, "/", "format", BSM_H5_FORMAT);
	bsm_h5_integer(w, "/", "format_version", 1);
	text(w, "/", "program", run->program);
	text(w, "/", "version", run->version);
	text(w, "/", "model", run->model);
	text(w, "/", "source", run->source);
	text(w, "/", "detector", run->detector);
	text(w, "/", "hash", run->hash);
	bsm_h5_integer(w, "/", "weighted", run->weighted);
	bsm_h5_number(w, "/", "pot", run->pot);
	bsm_h5_number(w, "/", "livetime_s", run->livetime_s);
	bsm_h5_number(w, "/", "cross_section_pb", run->xsec_pb);
	bsm_h5_number(w, "/", "cross_section_error_pb", run->xsec_error_pb);
	text(w, "/", "cross_section_per", "atom");
	text(w, "/", "card", run->card);
	bsm_h5_group(w, "parameters");
	for (int i = 0; i < run->nvalue; i++) {
		char unit[128];
		const struct bsm_run_value *v = &run->value[i];
		if (v->word)
			text(w, "parameters", v->name, v->word);
		else
			bsm_h5_number(w, "parameters", v->name, v->value);
		snprintf(unit, sizeof unit, "%.100s_unit", v->name);
		if (v->unit && *v->unit)
			text(w, "parameters", unit, v->unit);
	}
}

struct tables { struct bsm_h5_table *event, *vertex, *particle; };

static void put_event(const struct tables *t, const struct bsm_event *e)
{
	const struct bsm_history *h = &e->history;
	const double numbers[] = {h->parent_p.e, h->parent_p.x, h->parent_p.y, h->parent_p.z, h->decay_x.e, h->decay_x.x,
				  h->decay_x.y, h->decay_x.z, h->flight_m, h->path_m, h->probability, h->delay_s};
	bsm_h5_put_int(t->event, EV_ID, (int64_t)e->id);
	bsm_h5_put_double(t->event, EV_WEIGHT, e->weight);
	bsm_h5_put_double(t->event, EV_OVERWEIGHT, e->unweighted);
	bsm_h5_put_int(t->event, EV_VERTICES, e->nvertex);
	bsm_h5_put_int(t->event, EV_PARTICLES, e->n);
	bsm_h5_put_int(t->event, EV_PARENT, h->parent_pdg);
	bsm_h5_put_int(t->event, EV_PRODUCTION, h->process);
	for (int i = EV_PARENT_E; i < EV_COLUMNS; i++)
		bsm_h5_put_double(t->event, i, numbers[i - EV_PARENT_E]);
	bsm_h5_end_row(t->event);
}

static void put_p4(struct bsm_h5_table *t, int first, struct bsm_p4 v)
{
	bsm_h5_put_double(t, first, v.e);
	bsm_h5_put_double(t, first + 1, v.x);
	bsm_h5_put_double(t, first + 2, v.y);
	bsm_h5_put_double(t, first + 3, v.z);
}

static void put_rows(const struct tables *t, const struct bsm_event *e, int64_t row)
{
	for (int k = 0; k < e->nvertex; k++) {
		bsm_h5_put_int(t->vertex, VX_EVENT, row);
		bsm_h5_put_int(t->vertex, VX_STATUS, e->vertex[k].status);
		bsm_h5_put_int(t->vertex, VX_PROCESS, e->vertex[k].process);
		put_p4(t->vertex, VX_T, e->vertex[k].x);
		bsm_h5_end_row(t->vertex);
	}
	for (int i = 0; i < e->n; i++) {
		const struct bsm_particle *p = &e->p[i];
		bsm_h5_put_int(t->particle, PA_EVENT, row);
		bsm_h5_put_int(t->particle, PA_PDG, p->pdg);
		bsm_h5_put_int(t->particle, PA_STATUS, p->status);
		bsm_h5_put_int(t->particle, PA_FROM, e->from[i]);
		bsm_h5_put_int(t->particle, PA_TO, e->to[i]);
		bsm_h5_put_double(t->particle, PA_M, p->m);
		put_p4(t->particle, PA_E, p->p);
		put_p4(t->particle, PA_T, p->x);
		for (int k = 0; k < 3; k++)
			bsm_h5_put_double(t->particle, PA_POLX + k, p->pol[k]);
		bsm_h5_put_int(t->particle, PA_ORIGIN, p->origin);
		bsm_h5_end_row(t->particle);
	}
}

static enum bsm_status put_events(struct bsm_ctx *ctx, struct bsm_h5_writer *w, const struct bsm_run *run,
				  const struct bsm_event_source *source)
{
	struct tables t = {bsm_h5_table(w, "events", bsm_h5_event_columns, EV_COLUMNS),
			   bsm_h5_table(w, "vertices", bsm_h5_vertex_columns, VX_COLUMNS),
			   bsm_h5_table(w, "particles", bsm_h5_particle_columns, PA_COLUMNS)};
	struct bsm_event e;
	if (!t.event || !t.vertex || !t.particle)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (int64_t row = 0;; row++) {
		int more;
		BSM_TRY(bsm_check_cancel(ctx));
		BSM_TRY(source->next(ctx, source->arg, &e, &more));
		if (!more)
			return BSM_OK;
		BSM_TRY(bsm_event_check(ctx, "HDF5", run, &e));
		put_event(&t, &e);
		put_rows(&t, &e, row);
	}
}

static enum bsm_status build(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event_source *source,
			     struct bsm_output *out)
{
	struct bsm_h5_writer *w;
	struct bsm_text json = {0};
	if (!bsm_output_part(out))
		return bsm_fail(ctx, BSM_E_IO, "%s: an HDF5 file cannot be written to a device or pipe", bsm_output_name(out));
	BSM_TRY(bsm_h5_create(ctx, out, &w));
	enum bsm_status status = bsm_run_json_header(ctx, run, &json);
	if (status == BSM_OK) {
		put_attributes(w, run);
		bsm_h5_document(w, BSM_H5_HEADER, json.data, json.len);
		status = put_events(ctx, w, run, source);
	}
	bsm_text_free(&json);
	if (status == BSM_OK)
		return bsm_h5_finish(ctx, w);
	bsm_h5_abandon(w);
	return status;
}

const struct bsm_format bsm_format_h5 = {
	.name = "h5",
	.extension = ".h5",
	.doc = "HDF5 columns for h5py and pandas: tables of events, vertices and particles, all that the record holds",
	.holds_weight = 1,
	.holds_run = 1,
	.header = bsm_records_header,
	.event = bsm_records_event,
	.footer = bsm_records_footer,
	.build = build,
	.open = bsm_h5_events_open,
	.next = bsm_h5_events_next,
	.close = bsm_h5_events_close,
};
