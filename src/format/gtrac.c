/* gRooTracker: GENIE's tree for detector simulations (edep-sim and the DUNE near detector read it), in a ROOT file. One entry an
 * event. EvtVtx in m and s; StdHepP4 in GeV; StdHepX4, as GENIE has it, from the vertex in fm. What the tree has no place for
 * stands in branches Bsm..., so that reading it gives the event back to the bit (docs/formats.md). */
#include <math.h>

#include "core/constants.h"
#include "format/gtrac_row.h"
#include "format/run_json.h"

#define FM_PER_M 1e15
#define XSEC_PER_PB 100 /* 1e-38 cm2 */

enum { EVT_CODE, EVT_NUM, EVT_XSEC, EVT_DXSEC, EVT_KPS, EVT_WGHT, EVT_PROB, EVT_VTX, STDHEP_N, AFTER_STDHEP_N, BSM_VTX_N = 36 };
enum { INITIAL = 0, FINAL = 1, INTERMEDIATE = 2, DECAYED = 3, STRUCK_NUCLEON = 11 }; /* GENIE's codes of status */

#define AT(member) offsetof(struct bsm_gtrac_row, member)
static const struct bsm_root_branch branches[] = {
	[EVT_CODE] = {"EvtCode", 'S', 1, -1, 0, AT(code)},
	[EVT_NUM] = {"EvtNum", 'I', 1, -1, 0, AT(num)},
	[EVT_XSEC] = {"EvtXSec", 'D', 1, -1, 0, AT(xsec)},
	[EVT_DXSEC] = {"EvtDXSec", 'D', 1, -1, 0, AT(dxsec)},
	[EVT_KPS] = {"EvtKPS", 'i', 1, -1, 0, AT(kps)},
	[EVT_WGHT] = {"EvtWght", 'D', 1, -1, 0, AT(weight)},
	[EVT_PROB] = {"EvtProb", 'D', 1, -1, 0, AT(probability)},
	[EVT_VTX] = {"EvtVtx", 'D', 4, -1, 0, AT(vertex)},
	[STDHEP_N] = {"StdHepN", 'I', 1, -1, BSM_EVENT_PARTICLES, AT(n)},
	[AFTER_STDHEP_N] = {"StdHepPdg", 'I', 1, STDHEP_N, 0, AT(pdg)},
	{"StdHepStatus", 'I', 1, STDHEP_N, 0, AT(status)},
	{"StdHepRescat", 'I', 1, STDHEP_N, 0, AT(rescat)},
	{"StdHepX4", 'D', 4, STDHEP_N, 0, AT(x4)},
	{"StdHepP4", 'D', 4, STDHEP_N, 0, AT(p4)},
	{"StdHepPolz", 'D', 3, STDHEP_N, 0, AT(pol)},
	{"StdHepFd", 'I', 1, STDHEP_N, 0, AT(fd)},
	{"StdHepLd", 'I', 1, STDHEP_N, 0, AT(ld)},
	{"StdHepFm", 'I', 1, STDHEP_N, 0, AT(fm)},
	{"StdHepLm", 'I', 1, STDHEP_N, 0, AT(lm)},
	{"NuParentPdg", 'I', 1, -1, 0, AT(parent_pdg)},
	{"NuParentDecMode", 'I', 1, -1, 0, AT(parent_mode)},
	{"NuParentDecP4", 'D', 4, -1, 0, AT(parent_dec_p4)},
	{"NuParentDecX4", 'D', 4, -1, 0, AT(parent_dec_x4)},
	{"NuParentProP4", 'D', 4, -1, 0, AT(parent_pro_p4)},
	{"NuParentProX4", 'D', 4, -1, 0, AT(parent_pro_x4)},
	{"NuParentProNVtx", 'I', 1, -1, 0, AT(parent_nvertex)},
	{"BsmId", 'l', 1, -1, 0, AT(id)},
	{"BsmOverweight", 'D', 1, -1, 0, AT(overweight)},
	{"BsmFlight", 'D', 1, -1, 0, AT(flight)},
	{"BsmPath", 'D', 1, -1, 0, AT(path)},
	{"BsmDelay", 'D', 1, -1, 0, AT(delay)},
	{"BsmProduction", 'I', 1, -1, 0, AT(production)},
	{"BsmStatus", 'I', 1, STDHEP_N, 0, AT(own_status)},
	{"BsmOrigin", 'I', 1, STDHEP_N, 0, AT(origin)},
	{"BsmMass", 'D', 1, STDHEP_N, 0, AT(mass)},
	{"BsmX4", 'D', 4, STDHEP_N, 0, AT(own_x4)},
	[BSM_VTX_N] = {"BsmVtxN", 'I', 1, -1, BSM_EVENT_VERTICES, AT(nvertex)},
	{"BsmVtxStatus", 'I', 1, BSM_VTX_N, 0, AT(vertex_status)},
	{"BsmVtxProcess", 'I', 1, BSM_VTX_N, 0, AT(vertex_process)},
	{"BsmVtxX4", 'D', 4, BSM_VTX_N, 0, AT(vertex_x4)},
	{"BsmFrom", 'I', 1, STDHEP_N, 0, AT(from)},
	{"BsmTo", 'I', 1, STDHEP_N, 0, AT(to)},
};
const struct bsm_root_schema bsm_gtrac_schema = {"gRooTracker", "bsmnu events, gRooTracker", "bsmnu", branches,
						 sizeof branches / sizeof *branches};

static int status_of(int status)
{
	return status == BSM_FINAL					     ? FINAL
	       : status == BSM_BEAM_PARTICLE || status == BSM_TARGET_PARTICLE ? INITIAL
	       : status == BSM_DECAYED					     ? DECAYED
	       : status == BSM_STRUCK					     ? STRUCK_NUCLEON
									     : INTERMEDIATE;
}

static void put_p4(double *to, struct bsm_p4 v) /* time or energy last */
{
	to[0] = v.x;
	to[1] = v.y;
	to[2] = v.z;
	to[3] = v.e;
}

/* GENIE's: first mother, and a last one where there are several; first and last daughter; -1: none. */
static void put_family(struct bsm_gtrac_row *row, const struct bsm_event *e, int i)
{
	row->fd[i] = row->ld[i] = row->fm[i] = row->lm[i] = -1;
	for (int k = 0; k < e->n; k++) {
		if (e->to[i] >= 0 && e->from[k] == e->to[i]) {
			row->fd[i] = row->fd[i] < 0 ? k : row->fd[i];
			row->ld[i] = k;
		}
		if (e->from[i] >= 0 && e->to[k] == e->from[i]) {
			row->lm[i] = row->fm[i] < 0 ? -1 : k;
			row->fm[i] = row->fm[i] < 0 ? k : row->fm[i];
		}
	}
}

static void put_particle(struct bsm_gtrac_row *row, const struct bsm_event *e, int i)
{
	const struct bsm_particle *p = &e->p[i];
	struct bsm_p4 away = {0, 0, 0, 0};
	if (e->nvertex && e->from[i] > 0)
		away = bsm_p4_sub(e->vertex[e->from[i]].x, e->vertex[0].x);
	away.e *= BSM_C;
	put_p4(row->x4[i], bsm_p4_scale(FM_PER_M, away));
	put_p4(row->p4[i], p->p);
	put_p4(row->own_x4[i], p->x);
	memcpy(row->pol[i], p->pol, sizeof row->pol[i]);
	row->pdg[i] = p->pdg;
	row->status[i] = status_of(p->status);
	row->rescat[i] = 0;
	row->own_status[i] = p->status;
	row->origin[i] = p->origin;
	row->mass[i] = p->m;
	row->from[i] = e->from[i];
	row->to[i] = e->to[i];
	put_family(row, e, i);
}

static void put_event(struct bsm_gtrac_row *row, const struct bsm_run *run, const struct bsm_event *e)
{
	const struct bsm_history *h = &e->history;
	int process = e->nvertex ? e->vertex[0].process : -1;
	const char *code = process >= 0 && run->process[process].name ? run->process[process].name : "";
	size_t n = strlen(code) < 254 ? strlen(code) : 254;
	memset(row, 0, sizeof *row);
	memcpy(row->code, code, n);
	row->num = (int32_t)(e->id & 0x7fffffff);
	row->xsec = run->xsec_pb * XSEC_PER_PB;
	row->weight = e->weight;
	row->probability = h->probability;
	if (e->nvertex)
		put_p4(row->vertex, e->vertex[0].x);
	row->parent_pdg = h->parent_pdg;
	row->parent_mode = h->process >= 0 ? run->process[h->process].id : 0;
	put_p4(row->parent_dec_p4, h->parent_p);
	put_p4(row->parent_dec_x4, h->decay_x);
	row->id = e->id;
	row->overweight = e->unweighted;
	row->flight = h->flight_m;
	row->path = h->path_m;
	row->delay = h->delay_s;
	row->production = h->process;
	row->nvertex = e->nvertex;
	for (int k = 0; k < e->nvertex; k++) {
		row->vertex_status[k] = e->vertex[k].status;
		row->vertex_process[k] = e->vertex[k].process;
		put_p4(row->vertex_x4[k], e->vertex[k].x);
	}
	row->n = e->n;
	for (int i = 0; i < e->n; i++)
		put_particle(row, e, i);
}

static enum bsm_status put_events(struct bsm_ctx *ctx, struct bsm_root_writer *w, const struct bsm_run *run,
				  const struct bsm_event_source *source)
{
	struct bsm_gtrac_row row;
	struct bsm_event e;
	for (;;) {
		int more;
		BSM_TRY(bsm_check_cancel(ctx));
		BSM_TRY(source->next(ctx, source->arg, &e, &more));
		if (!more)
			return BSM_OK;
		BSM_TRY(bsm_event_check(ctx, "gRooTracker", run, &e));
		put_event(&row, run, &e);
		BSM_TRY(bsm_root_fill(ctx, w, &row));
	}
}

/* The weight of the tree is the exposure, as in GENIE's. */
static enum bsm_status build(struct bsm_ctx *ctx, const struct bsm_run *run, const struct bsm_event_source *source,
			     struct bsm_output *out)
{
	struct bsm_root_writer *w = NULL;
	struct bsm_text json = {0};
	enum bsm_status status = bsm_root_create(ctx, out, &bsm_gtrac_schema, run->pot, run->hash ? run->hash : "", &w);
	if (status == BSM_OK)
		status = bsm_run_json_header(ctx, run, &json);
	if (status == BSM_OK)
		status = put_events(ctx, w, run, source);
	if (status == BSM_OK)
		status = bsm_root_finish(ctx, w, json.data, json.len);
	bsm_root_free(w);
	bsm_text_free(&json);
	return status;
}

const struct bsm_format bsm_format_gtrac = {
	.name = "gtrac",
	.extension = ".gtrac.root",
	.doc = "gRooTracker tree in a ROOT file, for edep-sim and what else reads GENIE's",
	.holds_weight = 1,
	.holds_run = 1,
	.header = bsm_records_header,
	.event = bsm_records_event,
	.footer = bsm_records_footer,
	.build = build,
	.open = bsm_gtrac_open,
	.next = bsm_gtrac_next,
	.close = bsm_gtrac_close,
};
