/* NUANCE text as WCSim and the simulations of Super-Kamiokande read it. An event is "$ begin", for each vertex a block "$ nuance
 * MODE", "$ vertex x y z t" (cm, ns), two "$ track" lines of what came in (-1), "$ info 0 0 NUMBER" and a "$ track pdg E dx dy dz
 * FLAG" (MeV, total energy; direction) for each particle that left, then "$ end"; the file ends with "$ stop". The readers go by
 * position: both lines of what came in are always there, with code 0 where there was none. FLAG 0 is tracked; what has no name in
 * a simulation would end it, and is written as untracked. No weights: as HEPEVT. */
#include "format/nuance.h"

#include <math.h>

#include "format/nuhepmc.h"

enum { LINE = 9 * 27 + 64, MOST_COPIES = 1000000, MEV = 1000 };

int bsm_nuance_unknown(const struct bsm_run *run, int32_t pdg)
{
	for (int i = 0; i < run->nspecies; i++)
		if (run->species[i].pdg == pdg || run->species[i].pdg == -pdg)
			return 1;
	return pdg == BSM_REMNANT_PDG;
}

static enum bsm_status header(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	(void)out;
	if (run->weighted)
		return bsm_fail(ctx, BSM_E_FORMAT,
				"NUANCE text holds no weight, and this run is weighted: generate unweighted events or write another format");
	return BSM_OK;
}

static enum bsm_status footer(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	(void)run;
	bsm_text_str(out, "$ stop\n");
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}

static char *put(char *to, const char *s)
{
	size_t n = strlen(s);
	memcpy(to, s, n);
	return to + n;
}

static char *put_number(char *to, double v)
{
	*to = ' ';
	return bsm_put_double(to + 1, v);
}

static char *put_track(char *to, const struct bsm_particle *p, int flag)
{
	double k = p ? bsm_p4_mag(p->p) : 0;
	to = bsm_put_int(put(to, "$ track "), p ? p->pdg : 0);
	to = put_number(to, p ? p->p.e * MEV : 0);
	to = put_number(to, k > 0 ? p->p.x / k : 0);
	to = put_number(to, k > 0 ? p->p.y / k : 0);
	to = put_number(to, k > 0 ? p->p.z / k : 1);
	*to++ = ' ';
	to = bsm_put_int(to, flag);
	*to++ = '\n';
	return to;
}

/* What came in: the beam first, or what decays; the target second. */
static void incoming(const struct bsm_event *e, int v, const struct bsm_particle *in[2])
{
	in[0] = in[1] = NULL;
	for (int i = 0; i < e->n; i++) {
		if (e->to[i] != v)
			continue;
		int target = e->p[i].status == BSM_TARGET_PARTICLE || e->p[i].status == BSM_STRUCK;
		if (!in[target])
			in[target] = &e->p[i];
		else if (!in[!target])
			in[!target] = &e->p[i];
	}
}

static char *put_vertex(char *to, const struct bsm_run *run, const struct bsm_event *e, int v)
{
	const struct bsm_vertex *x = &e->vertex[v];
	const struct bsm_particle *in[2];
	to = bsm_put_int(put(to, "$ nuance "), x->process >= 0 ? run->process[x->process].id : 0);
	to = put_number(put(to, "\n$ vertex"), x->x.x * 100);
	to = put_number(to, x->x.y * 100);
	to = put_number(to, x->x.z * 100);
	to = put_number(to, x->x.e * 1e9);
	*to++ = '\n';
	incoming(e, v, in);
	to = put_track(to, in[0], BSM_NUANCE_INITIAL);
	to = put_track(to, in[1], BSM_NUANCE_INITIAL);
	to = bsm_put_int(put(to, "$ info 0 0 "), (int64_t)(e->id & 0x7fffffff));
	*to++ = '\n';
	for (int i = 0; i < e->n; i++)
		if (e->from[i] == v) {
			int tracked = e->to[i] < 0 && e->p[i].status == BSM_FINAL && !bsm_nuance_unknown(run, e->p[i].pdg);
			to = put_track(to, &e->p[i], tracked ? BSM_NUANCE_TRACKED : BSM_NUANCE_UNTRACKED);
		}
	return to;
}

static enum bsm_status check(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e)
{
	unsigned long long id = e->id;
	if (isnan(e->unweighted) || e->unweighted > MOST_COPIES)
		return bsm_fail(ctx, BSM_E_FORMAT, "NUANCE text holds no weight, and event %llu is weighted", id);
	BSM_TRY(bsm_event_check(ctx, "NUANCE", run, e));
	if (e->nvertex < 1)
		return bsm_fail(ctx, BSM_E_FORMAT, "NUANCE: event %llu has no vertex", id);
	for (int k = 0; k < e->nvertex; k++) {
		const struct bsm_p4 *x = &e->vertex[k].x;
		if (!isfinite(x->e) || !isfinite(x->x) || !isfinite(x->y) || !isfinite(x->z))
			return bsm_fail(ctx, BSM_E_FORMAT, "NUANCE: event %llu: vertex %d is at no finite place", id, k);
	}
	for (int i = 0; i < e->n; i++) {
		const struct bsm_p4 *p = &e->p[i].p;
		if (!isfinite(p->e) || !isfinite(p->x) || !isfinite(p->y) || !isfinite(p->z))
			return bsm_fail(ctx, BSM_E_FORMAT, "NUANCE: event %llu: particle %d is not finite", id, i);
	}
	return BSM_OK;
}

static enum bsm_status event(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event *e, struct bsm_text *out)
{
	BSM_TRY(check(ctx, run, e));
	int copies = bsm_format_copies(e->unweighted, e->id);
	if (copies == 0)
		return BSM_OK;
	size_t begin = out->len;
	char *to = bsm_text_reserve(out, 64 + ((size_t)e->n + 5 * (size_t)e->nvertex) * LINE);
	if (!to)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	to = put(to, "$ begin\n");
	for (int v = 0; v < e->nvertex; v++)
		to = put_vertex(to, run, e, v);
	to = put(to, "$ end\n");
	out->len = (size_t)(to - out->data);
	size_t n = out->len - begin;
	for (int k = 1; k < copies; k++) {
		if (!bsm_text_reserve(out, n))
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
		bsm_text_add(out, out->data + begin, n);
	}
	return BSM_OK;
}

const struct bsm_format bsm_format_nuance = {
	.name = "nuance",
	.extension = ".nuance",
	.doc = "NUANCE text (WCSim, Super-Kamiokande), several vertices an event: unweighted events only",
	.holds_weight = 0,
	.header = header,
	.event = event,
	.footer = footer,
	.open = bsm_nuance_open,
	.next = bsm_nuance_next,
};
