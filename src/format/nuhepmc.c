/* NuHepMC 1.0.0 in HepMC3 Asciiv3 text: events. The lines are put together by hand into room reserved once an event.
 * Attribute values follow HepMC3's text forms; positions in attributes are in the event's length unit with the time in
 * SECONDS as fourth entry (E.C.5), momenta are px py pz E in its momentum unit. */
#include "format/nuhepmc.h"

#include <math.h>

#define C_MM_PER_S 299792458e3

const struct bsm_nuhepmc_units bsm_nuhepmc_units = {"GEV MM", 1, 1e3, C_MM_PER_S};
const struct bsm_nuhepmc_units bsm_nuhepmc_wcsim_units = {"MEV MM", 1e3, 1e3, 1e9};

enum { NUMBER = 28, PARTICLE_LINE = 5 * NUMBER + 64, VERTEX_LINES = 4 * NUMBER + 96, FIXED_LINES = 20 * NUMBER + 1024 };

struct job { /* one event being written */
	const struct bsm_run *run;
	const struct bsm_event *e;
	const struct bsm_nuhepmc_units *units;
	int wcsim, spectator;            /* spectator: a target at rest and its remnant are added */
	int written;                     /* particles so far */
	int number[BSM_EVENT_PARTICLES]; /* in the file, from 1 */
	int spectator_number, remnant_number;
	uint8_t order[BSM_EVENT_VERTICES];
	int vertex_number[BSM_EVENT_VERTICES]; /* in the file, from 1 */
	char place[3 * NUMBER];                /* of the primary vertex: its digits are needed twice */
	size_t nplace;
};

#define PUT(to, literal) put(to, literal, sizeof(literal) - 1)

static char *put(char *to, const char *s, size_t n)
{
	memcpy(to, s, n);
	return to + n;
}

static char *put_number(char *to, double v)
{
	*to = ' ';
	return bsm_put_double(to + 1, v);
}

static char *put_whole(char *to, int64_t v)
{
	*to = ' ';
	return bsm_put_int(to + 1, v);
}

static char *end_line(char *to)
{
	*to = '\n';
	return to + 1;
}

static char *put_position(const struct job *j, char *to, struct bsm_p4 x)
{
	to = put_number(to, x.x * j->units->length);
	to = put_number(to, x.y * j->units->length);
	return put_number(to, x.z * j->units->length);
}

static char *put_momentum(const struct job *j, char *to, struct bsm_p4 p)
{
	to = put_number(to, p.x * j->units->energy);
	to = put_number(to, p.y * j->units->energy);
	to = put_number(to, p.z * j->units->energy);
	return put_number(to, p.e * j->units->energy);
}

/* Numbers of particles and vertices in the order of writing: attributes name them before they appear. */
static void give_numbers(struct job *j)
{
	const struct bsm_event *e = j->e;
	int next = 1;
	for (int k = 0; k < e->nvertex; k++) {
		int v = j->order[k];
		j->vertex_number[v] = k + 1;
		for (int i = 0; i < e->n; i++)
			if (e->from[i] < 0 && e->to[i] == v)
				j->number[i] = next++;
		if (v == 0 && j->spectator)
			j->spectator_number = next++;
		for (int i = 0; i < e->n; i++)
			if (e->from[i] == v)
				j->number[i] = next++;
		if (v == 0 && j->spectator)
			j->remnant_number = next++;
	}
	j->written = next - 1;
}

/* What is not known (NaN) is left out. */
static char *put_history(const struct job *j, char *to)
{
	const struct bsm_history *h = &j->e->history;
	if (h->parent_pdg) {
		to = put_whole(PUT(to, "A 0 parent_pdg"), h->parent_pdg);
		to = put_position(j, PUT(to, "\nA 0 parent_decay_pos"), h->decay_x);
		to = put_number(to, h->decay_x.e);
		to = put_momentum(j, PUT(to, "\nA 0 parent_momentum"), h->parent_p);
		to = end_line(to);
		if (h->process >= 0 && h->process < j->run->nprocess)
			to = end_line(put_whole(PUT(to, "A 0 production_process_id"), j->run->process[h->process].id));
	}
	if (isfinite(h->flight_m))
		to = end_line(put_number(PUT(to, "A 0 flight_m"), h->flight_m));
	if (isfinite(h->path_m))
		to = end_line(put_number(PUT(to, "A 0 path_m"), h->path_m));
	if (isfinite(h->probability))
		to = end_line(put_number(PUT(to, "A 0 decay_probability"), h->probability));
	if (isfinite(h->delay_s))
		to = end_line(put_number(PUT(to, "A 0 delay_ns"), h->delay_s * 1e9));
	return to;
}

static char *put_event_lines(const struct job *j, char *to)
{
	const struct bsm_event *e = j->e;
	to = put_whole(PUT(to, "E"), (int64_t)(e->id & BSM_LARGEST_NUMBER));
	to = put_whole(put_whole(to, e->nvertex), j->written);
	to = put(PUT(to, "\nU "), j->units->name, 6);
	to = end_line(put_number(PUT(to, "\nW"), e->weight));
	to = put_whole(PUT(to, "A 0 signal_process_id"), j->run->process[e->vertex[0].process].id);
	to = put(PUT(to, "\nA 0 lab_pos"), j->place, j->nplace);
	to = end_line(put_number(to, e->vertex[0].x.e));
	if (e->id > BSM_LARGEST_NUMBER) {
		to = bsm_put_uint(PUT(to, "A 0 event_id "), e->id);
		to = end_line(to);
	}
	if (!j->run->weighted && e->unweighted != 1 && isfinite(e->unweighted))
		to = end_line(put_number(PUT(to, "A 0 overweight"), e->unweighted));
	to = put_history(j, to);
	if (j->spectator) {
		double mass;
		to = put_whole(PUT(to, "A"), j->remnant_number);
		to = PUT(to, " remnant_particle_number");
		to = end_line(put_whole(to, bsm_nuhepmc_spectator(j->run, &mass)));
	}
	for (int k = 1; k < e->nvertex; k++) {
		int v = j->order[k];
		if (v > 0 && e->vertex[v].process >= 0) {
			to = put_whole(PUT(to, "A"), -j->vertex_number[v]);
			to = end_line(put_whole(PUT(to, " process_id"), j->run->process[e->vertex[v].process].id));
		}
	}
	return to;
}

static int unknown_to_wcsim(const struct job *j, int32_t pdg)
{
	for (int i = 0; i < j->run->nspecies; i++)
		if (j->run->species[i].pdg == pdg || j->run->species[i].pdg == -pdg)
			return 1;
	return pdg == BSM_REMNANT_PDG;
}

static int status_in_file(const struct job *j, int i)
{
	int status = j->e->p[i].status;
	if (status == BSM_TARGET_PARTICLE && j->e->to[i] != 0)
		return BSM_STATUS_LATER_TARGET;
	if (j->wcsim && j->e->to[i] < 0 && unknown_to_wcsim(j, j->e->p[i].pdg))
		return BSM_DOCUMENTATION; /* WCSim looks every final pdg up and has no answer for these */
	return status;
}

static char *put_particle(const struct job *j, char *to, int i)
{
	const struct bsm_particle *p = &j->e->p[i];
	int from = j->e->from[i];
	to = put_whole(PUT(to, "P"), j->number[i]);
	to = put_whole(to, from < 0 ? 0 : -j->vertex_number[from]);
	to = put_momentum(j, put_whole(to, p->pdg), p->p);
	to = put_number(to, p->m * j->units->energy);
	return end_line(put_whole(to, status_in_file(j, i)));
}

static char *put_nucleus(const struct job *j, char *to, int number, int vertex, int32_t pdg, int status)
{
	double mass;
	int32_t spectator = bsm_nuhepmc_spectator(j->run, &mass);
	to = put_whole(put_whole(PUT(to, "P"), number), vertex);
	to = put_momentum(j, put_whole(to, pdg ? pdg : spectator), (struct bsm_p4){mass, 0, 0, 0});
	return end_line(put_whole(put_number(to, mass * j->units->energy), status));
}

static char *put_vertex(const struct job *j, char *to, int v)
{
	const struct bsm_event *e = j->e;
	to = put_whole(put_whole(PUT(to, "V"), -j->vertex_number[v]), e->vertex[v].status);
	to = PUT(to, " [");
	for (int i = 0; i < e->n; i++)
		if (e->to[i] == v) {
			to = bsm_put_int(to, j->number[i]);
			*to++ = ',';
		}
	if (v == 0 && j->spectator) {
		to = bsm_put_int(to, j->spectator_number);
		*to++ = ',';
	}
	to = PUT(to - 1, "] @");
	to = v == 0 ? put(to, j->place, j->nplace) : put_position(j, to, e->vertex[v].x);
	return end_line(put_number(to, e->vertex[v].x.e * j->units->time));
}

static char *put_graph(const struct job *j, char *to)
{
	const struct bsm_event *e = j->e;
	for (int k = 0; k < e->nvertex; k++) {
		int v = j->order[k], nucleus = v == 0 && j->spectator;
		for (int i = 0; i < e->n; i++)
			if (e->from[i] < 0 && e->to[i] == v)
				to = put_particle(j, to, i);
		if (nucleus)
			to = put_nucleus(j, to, j->spectator_number, 0, 0, BSM_TARGET_PARTICLE);
		to = put_vertex(j, to, v);
		for (int i = 0; i < e->n; i++)
			if (e->from[i] == v)
				to = put_particle(j, to, i);
		if (nucleus)
			to = put_nucleus(j, to, j->remnant_number, -j->vertex_number[v], BSM_REMNANT_PDG,
					 j->wcsim ? BSM_DOCUMENTATION : BSM_FINAL);
	}
	return to;
}

static enum bsm_status write_event(struct bsm_ctx *ctx, struct job *j, struct bsm_text *out)
{
	BSM_TRY(bsm_nuhepmc_check(ctx, j->run, j->e, j->order, &j->spectator));
	give_numbers(j);
	size_t room = FIXED_LINES + (size_t)(j->e->n + 2) * PARTICLE_LINE + (size_t)j->e->nvertex * VERTEX_LINES;
	char *to = bsm_text_reserve(out, room);
	if (!to)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	j->nplace = (size_t)(put_position(j, j->place, j->e->vertex[0].x) - j->place);
	to = put_graph(j, put_event_lines(j, to));
	out->len = (size_t)(to - out->data);
	return BSM_OK;
}

static enum bsm_status event(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e,
			     struct bsm_text *out)
{
	struct job j;
	j.run = run;
	j.e = e;
	j.units = &bsm_nuhepmc_units;
	j.wcsim = 0;
	return write_event(ctx, &j, out);
}

static enum bsm_status wcsim_event(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e,
				   struct bsm_text *out)
{
	struct job j;
	j.run = run;
	j.e = e;
	j.units = &bsm_nuhepmc_wcsim_units;
	j.wcsim = 1;
	return write_event(ctx, &j, out);
}

static enum bsm_status header(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	return bsm_nuhepmc_header(ctx, run, 0, out);
}

static enum bsm_status wcsim_header(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	return bsm_nuhepmc_header(ctx, run, 1, out);
}

static enum bsm_status footer(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	(void)run;
	bsm_text_str(out, "HepMC::Asciiv3-END_EVENT_LISTING\n\n");
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}

const struct bsm_format bsm_format_nuhepmc = {
	.name = "nuhepmc",
	.extension = ".hepmc3",
	.doc = "NuHepMC 1.0.0 (HepMC3 text): weights, history, exposure and citations; the interchange format",
	.holds_weight = 1,
	.holds_run = 1,
	.header = header,
	.event = event,
	.footer = footer,
	.open = bsm_nuhepmc_open,
	.next = bsm_nuhepmc_next,
};

const struct bsm_format bsm_format_nuhepmc_wcsim = {
	.name = "nuhepmc-wcsim",
	.extension = ".wcsim.hepmc3",
	.doc = "NuHepMC as WCSim reads it: MeV, times in ns in the vertices, new particles only as documentation",
	.holds_weight = 1,
	.holds_run = 1,
	.header = wcsim_header,
	.event = wcsim_event,
	.footer = footer,
	.open = bsm_nuhepmc_open,
	.next = bsm_nuhepmc_next,
};
