/* What an event must be to be written as NuHepMC: E.R.1, 2, 6 and 7 before the first byte. */
#include "format/nuhepmc.h"

#include <math.h>

int bsm_nuhepmc_order(const struct bsm_event *e, uint8_t order[BSM_EVENT_VERTICES])
{
	uint32_t needs[BSM_EVENT_VERTICES] = {0}, done = 0;
	for (int i = 0; i < e->n; i++)
		if (e->to[i] >= 0 && e->from[i] >= 0)
			needs[e->to[i]] |= (uint32_t)1 << e->from[i];
	for (int k = 0; k < e->nvertex; k++) {
		int v = 0;
		while (v < e->nvertex && (done >> v & 1 || needs[v] & ~done))
			v++;
		if (v == e->nvertex)
			return 1;
		order[k] = (uint8_t)v;
		done |= (uint32_t)1 << v;
	}
	return 0;
}

int32_t bsm_nuhepmc_spectator(const struct bsm_run *run, double *mass_GeV)
{
	static const double argon_GeV = 37.215541, unit_GeV = 0.93149410242, electron_GeV = 0.00051099895;
	int32_t pdg = run->spectator_pdg ? run->spectator_pdg : BSM_ARGON_PDG;
	int z = pdg / 10000 % 1000, a = pdg / 10 % 1000;
	*mass_GeV = run->spectator_mass_GeV;
	if (!(*mass_GeV > 0))
		*mass_GeV = pdg == BSM_ARGON_PDG ? argon_GeV : a * unit_GeV - z * electron_GeV;
	return pdg;
}

static enum bsm_status bad_event(struct bsm_ctx *ctx, const struct bsm_event *e, const char *what, int number)
{
	return bsm_fail(ctx, BSM_E_FORMAT, "NuHepMC: event %llu: %s (%d)", (unsigned long long)e->id, what, number);
}

static int finite_p4(struct bsm_p4 a)
{
	return isfinite(a.e + a.x + a.y + a.z) || (isfinite(a.e) && isfinite(a.x) && isfinite(a.y) && isfinite(a.z));
}

static enum bsm_status check_vertices(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e,
				      int spectator)
{
	uint32_t in = spectator ? 1 : 0, out = in;
	for (int i = 0; i < e->n; i++) {
		if (e->to[i] >= 0)
			in |= (uint32_t)1 << e->to[i];
		if (e->from[i] >= 0)
			out |= (uint32_t)1 << e->from[i];
	}
	for (int k = 0; k < e->nvertex; k++) {
		const struct bsm_vertex *v = &e->vertex[k];
		if (!(in >> k & out >> k & 1))
			return bad_event(ctx, e, "a vertex without incoming or outgoing particles", k);
		if ((v->status == 1) != (k == 0) || !bsm_nuhepmc_vertex_status_known(v->status))
			return bad_event(ctx, e, "the first vertex has status 1, the others one of the header's",
					 v->status);
		if (!finite_p4(v->x))
			return bad_event(ctx, e, "a vertex at no finite place", k);
		if (v->process >= run->nprocess || (k == 0 && v->process < 0))
			return bad_event(ctx, e, "a vertex of no process of this run", v->process);
	}
	return BSM_OK;
}

static enum bsm_status check_particles(struct bsm_ctx *ctx, const struct bsm_event *e, int *spectator)
{
	int beams = 0, targets = 0;
	for (int i = 0; i < e->n; i++) {
		int from = e->from[i], to = e->to[i], status = e->p[i].status;
		if (from < -1 || from >= e->nvertex || to < -1 || to >= e->nvertex || (from < 0 && to < 0))
			return bad_event(ctx, e, "a particle that belongs to no vertex", i);
		if (!finite_p4(e->p[i].p) || !isfinite(e->p[i].m))
			return bad_event(ctx, e, "a particle whose momentum is not finite", i);
		beams += status == BSM_BEAM_PARTICLE;
		targets += status == BSM_TARGET_PARTICLE && to == 0;
	}
	if (beams != 1)
		return bad_event(ctx, e, "one incoming particle must have status 4", beams);
	if (targets > 1)
		return bad_event(ctx, e, "more than one target (status 20) at the primary vertex", targets);
	*spectator = targets == 0;
	return BSM_OK;
}

enum bsm_status bsm_nuhepmc_check(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e,
				  uint8_t order[BSM_EVENT_VERTICES], int *spectator)
{
	if (e->nvertex < 1 || e->nvertex > BSM_EVENT_VERTICES)
		return bad_event(ctx, e, "number of vertices", e->nvertex);
	if (e->n < 1 || e->n > BSM_EVENT_PARTICLES)
		return bad_event(ctx, e, "number of particles", e->n);
	if (!isfinite(e->weight))
		return bad_event(ctx, e, "a weight that is not finite", 0);
	if (e->history.parent_pdg && !(finite_p4(e->history.parent_p) && finite_p4(e->history.decay_x)))
		return bad_event(ctx, e, "a parent whose decay is not finite", e->history.parent_pdg);
	BSM_TRY(check_particles(ctx, e, spectator));
	BSM_TRY(check_vertices(ctx, run, e, *spectator));
	if (bsm_nuhepmc_order(e, order))
		return bad_event(ctx, e, "particles that run in a circle", 0);
	return BSM_OK;
}
