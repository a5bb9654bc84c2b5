/* From the particles and vertices of a HepMC3 event to the record: implicit vertices get their places, positions are
 * inherited where there are none, the primary vertex becomes the first, and what our own writer adds is taken out. */
#include "format/nuhepmc_graph.h"
#include "format/nuhepmc.h"

#include <math.h>

static enum bsm_status bad(struct bsm_ctx *ctx, const struct bsm_nuhepmc_graph *g, const char *what)
{
	return bsm_input_fail(ctx, g->r->in, BSM_E_SYNTAX, "in the event that ends here: %s", what);
}

static enum bsm_status link_particles(struct bsm_ctx *ctx, struct bsm_nuhepmc_graph *g)
{
	struct bsm_event *e = g->e;
	int slot = 0, used = 0;
	if (g->nread != g->np)
		return bad(ctx, g, "fewer particles than its E line says");
	for (int i = 0; i < g->np; i++) {
		e->from[i] = g->from[i];
		if (g->from[i] < BSM_IMPLICIT)
			continue;
		int mother = g->from[i] - BSM_IMPLICIT;
		if (e->to[mother] == BSM_NO_VERTEX) {
			while (slot < g->nv && g->vertex_seen[slot])
				slot++;
			if (slot == g->nv)
				return bad(ctx, g, "more vertices than its E line says");
			g->vertex_seen[slot] = 1;
			e->to[mother] = (int16_t)slot;
		}
		e->from[i] = e->to[mother];
	}
	for (int k = 0; k < g->nv; k++)
		used += g->vertex_seen[k];
	if (used != g->nv)
		return bad(ctx, g, "fewer vertices than its E line says");
	for (int i = 0; i < g->np; i++)
		if (e->from[i] >= 0 && !g->vertex_seen[e->from[i]])
			return bad(ctx, g, "a particle from a vertex that is not there");
	return BSM_OK;
}

/* A vertex without a position stands where its first incoming particle was made. */
static void inherit_positions(struct bsm_nuhepmc_graph *g, const uint8_t *order)
{
	struct bsm_event *e = g->e;
	for (int k = 0; k < g->nv; k++) {
		int v = order[k], i = 0;
		if (g->placed[v])
			continue;
		while (i < g->np && !(e->to[i] == v && e->from[i] >= 0))
			i++;
		e->vertex[v].x = i < g->np ? e->vertex[e->from[i]].x : g->event_x;
	}
}

/* The vertex of status 1; in a file without one, the end of the first beam particle. */
static int find_primary(const struct bsm_nuhepmc_graph *g)
{
	for (int k = 0; k < g->nv; k++)
		if (g->e->vertex[k].status == 1)
			return k;
	for (int i = 0; i < g->np; i++)
		if (g->e->p[i].status == BSM_BEAM_PARTICLE && g->e->to[i] >= 0)
			return g->e->to[i];
	return 0;
}

static int16_t swapped(int16_t v, int primary)
{
	return v == 0 ? (int16_t)primary : v == primary ? 0 : v;
}

static void primary_first(struct bsm_nuhepmc_graph *g)
{
	struct bsm_event *e = g->e;
	int primary = find_primary(g);
	struct bsm_vertex first = e->vertex[0];
	if (primary) {
		e->vertex[0] = e->vertex[primary];
		e->vertex[primary] = first;
		for (int i = 0; i < g->np; i++) {
			e->from[i] = swapped(e->from[i], primary);
			e->to[i] = swapped(e->to[i], primary);
		}
	}
	e->vertex[0].status = 1;
}

static int process_index(const struct bsm_reader *r, int has, int32_t id)
{
	for (int i = 0; has && i < r->nprocess; i++)
		if (r->process[i].id == id)
			return i;
	return -1;
}

/* lab_pos is where the primary vertex is; its time is in seconds and exact, where c t in mm is rounded. */
static void place_in_lab(struct bsm_nuhepmc_graph *g)
{
	struct bsm_event *e = g->e;
	struct bsm_p4 shift = bsm_p4_sub(g->lab, e->vertex[0].x);
	if (g->nlab == 0)
		return;
	if (g->nlab == 3)
		shift.e = 0;
	for (int k = 1; k < g->nv; k++)
		e->vertex[k].x = bsm_p4_add(e->vertex[k].x, shift);
	if (g->nlab == 3)
		g->lab.e = e->vertex[0].x.e;
	e->vertex[0].x = g->lab;
}

static void remove_particle(struct bsm_event *e, int i)
{
	e->n--;
	for (; i < e->n; i++) {
		e->p[i] = e->p[i + 1];
		e->from[i] = e->from[i + 1];
		e->to[i] = e->to[i + 1];
	}
}

/* Our writer gives a decay a target at rest and its remnant: neither is in the record. */
static void remove_spectator(struct bsm_nuhepmc_graph *g)
{
	struct bsm_event *e = g->e;
	int target = 0, remnant = 0;
	while (remnant < e->n &&
	       !(e->p[remnant].pdg == BSM_REMNANT_PDG && g->remnant_of[remnant] && e->from[remnant] == 0))
		remnant++;
	if (remnant == e->n)
		return;
	while (target < e->n && !(e->p[target].status == BSM_TARGET_PARTICLE && e->to[target] == 0 &&
				  e->p[target].pdg == g->remnant_of[remnant]))
		target++;
	if (target == e->n || target == remnant)
		return;
	remove_particle(e, target > remnant ? target : remnant);
	remove_particle(e, target > remnant ? remnant : target);
}

enum bsm_status bsm_nuhepmc_finish(struct bsm_ctx *ctx, struct bsm_nuhepmc_graph *g)
{
	struct bsm_event *e = g->e;
	uint8_t order[BSM_EVENT_VERTICES];
	e->n = g->np;
	e->nvertex = g->nv;
	if (g->r->nweight && !g->has_weight)
		return bad(ctx, g, "no weight");
	BSM_TRY(link_particles(ctx, g));
	if (bsm_nuhepmc_order(e, order))
		return bad(ctx, g, "particles that run in a circle");
	inherit_positions(g, order);
	for (int k = 0; k < g->nv; k++)
		e->vertex[k].process = process_index(g->r, g->has_process[k], g->process_id[k]);
	primary_first(g);
	e->vertex[0].process = process_index(g->r, g->has_signal, g->signal_id);
	place_in_lab(g);
	if (g->r->ours)
		remove_spectator(g);
	for (int i = 0; i < e->n; i++) {
		int at = e->from[i] >= 0 ? e->from[i] : e->to[i];
		if (at >= 0)
			e->p[i].x = e->vertex[at].x;
		if (g->r->ours && e->p[i].status == BSM_STATUS_LATER_TARGET)
			e->p[i].status = BSM_TARGET_PARTICLE;
		if (g->r->wcsim && e->p[i].status == BSM_DOCUMENTATION && e->to[i] < 0)
			e->p[i].status = BSM_FINAL;
	}
	e->unweighted = g->r->weighted ? (double)NAN : g->overweight;
	return BSM_OK;
}
