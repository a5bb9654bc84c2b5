/* Reads NUANCE text. Masses are not in it: they come from the particle table, from the sidecar for those of the model, and of a
 * nucleus at rest from its energy; else mass and momentum are NaN, and the energy is what is known. */
#include <math.h>

#include "format/nuance.h"
#include "kinematics/particles.h"

struct line {
	struct bsm_ctx *ctx;
	const struct bsm_reader *r;
	const char *at, *end, *key, *key_end;
};

static enum bsm_status bad(const struct line *l, const char *what)
{
	return bsm_input_fail(l->ctx, l->r->in, BSM_E_SYNTAX, "%s", what);
}

static int is(const struct line *l, const char *key)
{
	return l->key && (size_t)(l->key_end - l->key) == strlen(key) && !memcmp(l->key, key, strlen(key));
}

/* The next line that is no comment: "$ KEY rest". key = NULL at the end of the file. */
static enum bsm_status next_line(struct line *l)
{
	const char *from, *to;
	do
		BSM_TRY(bsm_input_line(l->ctx, l->r->in, &l->at, &l->end));
	while (l->at && l->at < l->end && *l->at == '#');
	l->key = NULL;
	if (!l->at)
		return BSM_OK;
	if (bsm_input_unended(l->r->in))
		return bad(l, "the last line has no end: the file is cut off");
	if (!bsm_reader_word(&l->at, l->end, &from, &to) || to - from != 1 || *from != '$' ||
	    !bsm_reader_word(&l->at, l->end, &l->key, &l->key_end))
		return bad(l, "expected \"$\" and begin, nuance, vertex, track, info, end or stop");
	return BSM_OK;
}

static enum bsm_status next_inside(struct line *l)
{
	BSM_TRY(next_line(l));
	return l->key ? BSM_OK
		      : bsm_fail(l->ctx, BSM_E_SYNTAX, "%s: the file is cut off inside an event", bsm_input_name(l->r->in));
}

static enum bsm_status number(struct line *l, double unit, double *out)
{
	const char *from, *to;
	if (!bsm_reader_word(&l->at, l->end, &from, &to))
		return bad(l, "a column is missing");
	if (bsm_parse_double(from, to, out) || !isfinite(*out) || !isfinite(*out * unit))
		return bad(l, "expected a finite number");
	*out *= unit;
	return BSM_OK;
}

static enum bsm_status whole(struct line *l, int64_t *out)
{
	const char *from, *to;
	if (!bsm_reader_word(&l->at, l->end, &from, &to))
		return bad(l, "a column is missing");
	if (bsm_parse_int(from, to, out) || *out < INT32_MIN || *out > INT32_MAX)
		return bad(l, "expected a whole number");
	return BSM_OK;
}

static enum bsm_status end_of_line(struct line *l)
{
	const char *from, *to;
	return bsm_reader_word(&l->at, l->end, &from, &to) ? bad(l, "more columns than expected") : BSM_OK;
}

/* Code 8016 is oxygen-16 where a generator says Z * 1000 + A. */
static int32_t nucleus(int32_t pdg)
{
	int z = pdg / 1000, a = pdg % 1000;
	return z >= 1 && z <= 118 && a >= z && a <= 300 && (a >= 2 * z || z <= 3) && pdg < 120000 && pdg > 4000
		       ? 1000000000 + z * 10000 + a * 10
		       : pdg;
}

static double mass_of(const struct bsm_reader *r, int32_t pdg)
{
	for (int i = 0; i < r->nspecies; i++)
		if (r->species[i].pdg == pdg || r->species[i].pdg == -pdg)
			return r->species[i].mass_GeV;
	return bsm_pdg_mass(pdg);
}

static void set_momentum(const struct bsm_reader *r, struct bsm_particle *p, double energy, const double dir[3], int initial)
{
	double m = mass_of(r, p->pdg), length = sqrt(dir[0] * dir[0] + dir[1] * dir[1] + dir[2] * dir[2]);
	if (isnan(m) && initial && p->pdg > 1000000000)
		m = energy; /* at rest */
	if (energy < m)
		m = energy; /* bound: its momentum is not in the file */
	double k = sqrt((energy - m) * (energy + m)) / (length > 0 ? length : 1);
	p->m = m;
	p->p = (struct bsm_p4){energy, k * dir[0], k * dir[1], k * dir[2]};
}

static enum bsm_status track(struct line *l, struct bsm_particle *p, int *flag)
{
	int64_t pdg, f;
	double energy, dir[3];
	memset(p, 0, sizeof *p);
	BSM_TRY(whole(l, &pdg));
	BSM_TRY(number(l, 1e-3, &energy));
	for (int i = 0; i < 3; i++) {
		BSM_TRY(number(l, 1, &dir[i]));
		if (!(fabs(dir[i]) < 1.001))
			return bad(l, "a direction is a unit vector");
	}
	BSM_TRY(whole(l, &f));
	BSM_TRY(end_of_line(l));
	if (f < BSM_NUANCE_UNTRACKED || f > 0)
		return bad(l, "the flag of a track is 0, -1 or -2");
	if (energy < 0)
		return bad(l, "an energy below zero");
	*flag = (int)f;
	p->pdg = *flag == BSM_NUANCE_INITIAL ? nucleus((int32_t)pdg) : (int32_t)pdg;
	set_momentum(l->r, p, energy, dir, *flag == BSM_NUANCE_INITIAL);
	return BSM_OK;
}

static enum bsm_status add(struct line *l, struct bsm_event *e, const struct bsm_particle *p, int from, int to)
{
	if (e->n == BSM_EVENT_PARTICLES)
		return bad(l, "an event with more particles than the record holds");
	e->p[e->n] = *p;
	e->p[e->n].x = e->vertex[from >= 0 ? from : to].x;
	e->from[e->n] = (int16_t)from;
	e->to[e->n++] = (int16_t)to;
	return BSM_OK;
}

static int same(const struct bsm_particle *a, const struct bsm_particle *b)
{
	return a->pdg == b->pdg && a->p.e == b->p.e && (a->p.x == b->p.x || isnan(a->p.x)) && (a->p.y == b->p.y || isnan(a->p.y)) &&
	       (a->p.z == b->p.z || isnan(a->p.z));
}

/* What comes in at a later vertex left an earlier one. */
static enum bsm_status came_in(struct line *l, struct bsm_event *e, struct bsm_particle *p, int v, int which)
{
	if (p->pdg == 0)
		return BSM_OK;
	for (int i = 0; v > 0 && i < e->n; i++)
		if (e->to[i] < 0 && e->from[i] >= 0 && e->p[i].status == BSM_DOCUMENTATION && same(&e->p[i], p)) {
			e->to[i] = (int16_t)v;
			e->p[i].status = BSM_DECAYED;
			return BSM_OK;
		}
	p->status = which > 0 ? BSM_TARGET_PARTICLE : v == 0 ? BSM_BEAM_PARTICLE : BSM_DECAYED;
	return add(l, e, p, -1, v);
}

static enum bsm_status vertex_line(struct line *l, struct bsm_event *e)
{
	struct bsm_vertex *v = &e->vertex[e->nvertex];
	BSM_TRY(next_inside(l));
	if (!is(l, "vertex"))
		return bad(l, "expected the line \"$ vertex\"");
	BSM_TRY(number(l, 0.01, &v->x.x));
	BSM_TRY(number(l, 0.01, &v->x.y));
	BSM_TRY(number(l, 0.01, &v->x.z));
	BSM_TRY(number(l, 1e-9, &v->x.e));
	return end_of_line(l);
}

static int process_index(const struct bsm_reader *r, int64_t id)
{
	for (int i = 0; i < r->nprocess; i++)
		if (r->process[i].id == id)
			return i;
	return -1;
}

/* Up to "$ info", which is the next line to be worked on. */
static enum bsm_status initial_tracks(struct line *l, struct bsm_event *e, int v)
{
	for (int which = 0;; which++) {
		struct bsm_particle p;
		int flag;
		BSM_TRY(next_inside(l));
		if (is(l, "info"))
			return which ? BSM_OK : bad(l, "expected the line \"$ track\" of what comes in");
		if (!is(l, "track"))
			return bad(l, "expected the lines \"$ track\" of what comes in, then \"$ info\"");
		BSM_TRY(track(l, &p, &flag));
		if (flag != BSM_NUANCE_INITIAL)
			return bad(l, "before \"$ info\" tracks have the flag -1");
		BSM_TRY(came_in(l, e, &p, v, which));
	}
}

/* One vertex with what left it; then stands at the line after it. */
static enum bsm_status block(struct line *l, struct bsm_event *e)
{
	int v = e->nvertex;
	int64_t mode = 0, number_of_event;
	double ignored;
	if (v == BSM_EVENT_VERTICES)
		return bad(l, "an event with more vertices than the record holds");
	if (l->at < l->end && *l->at) {
		const char *peek = l->at, *from, *to;
		if (bsm_reader_word(&peek, l->end, &from, &to))
			BSM_TRY(whole(l, &mode));
	}
	BSM_TRY(end_of_line(l));
	BSM_TRY(vertex_line(l, e));
	e->vertex[v].status = v ? 22 : 1;
	e->vertex[v].process = process_index(l->r, mode);
	e->nvertex++;
	BSM_TRY(initial_tracks(l, e, v));
	BSM_TRY(number(l, 1, &ignored));
	BSM_TRY(number(l, 1, &ignored));
	BSM_TRY(number(l, 1, &ignored));
	number_of_event = ignored >= 0 && ignored <= INT32_MAX ? (int64_t)ignored : 0;
	BSM_TRY(end_of_line(l));
	if (v == 0)
		e->id = (uint64_t)number_of_event;
	for (;;) {
		struct bsm_particle p;
		int flag;
		BSM_TRY(next_inside(l));
		if (!is(l, "track"))
			return BSM_OK;
		BSM_TRY(track(l, &p, &flag));
		if (flag == BSM_NUANCE_INITIAL)
			return bad(l, "a track with the flag -1 after \"$ info\"");
		p.status = flag == BSM_NUANCE_TRACKED ? BSM_FINAL : BSM_DOCUMENTATION;
		BSM_TRY(add(l, e, &p, v, -1));
	}
}

enum bsm_status bsm_nuance_open(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	(void)ctx;
	(void)run;
	r->weighted = 0;
	return BSM_OK;
}

static enum bsm_status stopped(struct line *l)
{
	BSM_TRY(end_of_line(l));
	BSM_TRY(next_line(l));
	return l->key ? bad(l, "a line after \"$ stop\"") : BSM_OK;
}

enum bsm_status bsm_nuance_next(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_event *e, int *more)
{
	struct line l = {.ctx = ctx, .r = r};
	memset(e, 0, sizeof *e);
	BSM_TRY(next_line(&l));
	if (!l.key)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is cut off: no line \"$ stop\" at its end", bsm_input_name(r->in));
	*more = !is(&l, "stop");
	if (!*more)
		return stopped(&l);
	if (!is(&l, "begin"))
		return bad(&l, "expected \"$ begin\" or \"$ stop\"");
	BSM_TRY(end_of_line(&l));
	BSM_TRY(next_inside(&l));
	if (!is(&l, "nuance"))
		return bad(&l, "expected the line \"$ nuance\"");
	while (is(&l, "nuance"))
		BSM_TRY(block(&l, e));
	if (!is(&l, "end"))
		return bad(&l, "expected \"$ track\", \"$ nuance\" or \"$ end\"");
	BSM_TRY(end_of_line(&l));
	const struct bsm_run tables = {.nspecies = r->nspecies, .species = r->species};
	for (int i = 0; i < e->n; i++) /* final, but untracked for want of a name */
		if (e->p[i].status == BSM_DOCUMENTATION && bsm_nuance_unknown(&tables, e->p[i].pdg))
			e->p[i].status = BSM_FINAL;
	e->weight = r->copy_weight;
	e->unweighted = 1;
	e->history.process = -1;
	return BSM_OK;
}
