/* Source kind `stopped`: pions, muons and kaons that come to rest in a target and decay there. Nothing is tracked: the
 * file gives the number of decays per proton and where they happen. Negative pions and kaons are captured instead.
 * Numbers of a ray: u0 u1 u2 place, u3 time of the decay, u4 time of the decay that made it. */
#include "source/stopped.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "core/text.h"
#include "kinematics/particles.h"

/* Exponential, finite at u = 1. */
static double delay(double lifetime, double u)
{
	return -lifetime * log1p(-u * (1 - DBL_EPSILON));
}

static struct bsm_p4 place(const struct bsm_stopped *src, const double *u)
{
	struct bsm_p4 x = {0};
	if (src->box) {
		x.x = src->lo[0] + u[0] * (src->hi[0] - src->lo[0]);
		x.y = src->lo[1] + u[1] * (src->hi[1] - src->lo[1]);
	} else {
		double r = src->radius * sqrt(u[0]), phi = 2 * BSM_PI * u[1];
		x.x = r * cos(phi);
		x.y = r * sin(phi);
	}
	x.z = src->lo[2] + u[2] * (src->hi[2] - src->lo[2]);
	return x;
}

static double stopped_ray(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct bsm_stopped *src = s->data;
	const struct bsm_stopped_row *r = &src->row[component];
	*out = (struct bsm_particle){
		.pdg = s->component[component].pdg, .m = r->m, .p = {r->m, 0, 0, 0}, .x = place(src, u)};
	/* A proton crosses the target in a few ns at most: it counts as stopped at once. */
	out->x.e = delay(r->lifetime, u[3]) + delay(r->before, u[4]);
	return s->component[component].yield;
}

static const double capture_s = 1e-12; /* a pi- cascades to the nucleus in picoseconds: at once */

static void stopped_close(struct bsm_source *s)
{
	struct bsm_stopped *src = s->data;
	if (src) {
		free(src->row);
		free(src);
	}
	free(s->component);
}

static double lifetime_of(int32_t pdg)
{
	return bsm_pdg_ctau(pdg) / BSM_C;
}

static enum bsm_status check_species(struct bsm_ctx *ctx, const struct bsm_node *n, int64_t pdg)
{
	if (pdg == -321)
		return bsm_node_fail(
			ctx, n, BSM_E_NAME,
			"%d: a nucleus captures a stopped %s before it decays; 211, 321, -13 and 13 decay at rest, -211 is captured",
			(int)pdg, bsm_pdg_name((int32_t)pdg));
	if (pdg != -211 && pdg != 211 && pdg != 321 && pdg != 13 && pdg != -13)
		return bsm_node_fail(ctx, n, BSM_E_NAME,
				     "found pdg %d, expected 211 (pi+), -211 (pi-, captured), 321 (K+), -13 (mu+) or 13 (mu-)", (int)pdg);
	return BSM_OK;
}

static void add(struct bsm_source *s, int32_t pdg, double yield)
{
	struct bsm_stopped *src = s->data;
	struct bsm_component *c = &s->component[s->ncomponent];
	const char *name = bsm_pdg_name(pdg), *rest = " at rest in the target";
	size_t n = strlen(name);
	*c = (struct bsm_component){.pdg = pdg, .yield = yield, .decays = pdg != -211, .captured = pdg == -211};
	memcpy(c->label, name, n);
	memcpy(c->label + n, rest, strlen(rest) + 1);
	/* Stopped mu+ are the daughters of stopped pi+; stopped mu- come from pi- in flight. */
	src->row[s->ncomponent++] =
		(struct bsm_stopped_row){bsm_pdg_mass(pdg), pdg == -211 ? capture_s : lifetime_of(pdg),
					 pdg == -13 ? lifetime_of(211) : 0};
}

/* {211: 0.08, -13: 0.08} */
static enum bsm_status read_map_row(struct bsm_ctx *ctx, struct bsm_node *n, struct bsm_source *s)
{
	int64_t pdg = 0;
	double yield;
	if (bsm_parse_int(n->key, n->key + strlen(n->key), &pdg))
		return bsm_node_fail(ctx, n, BSM_E_KEY, "found \"%s\", expected a pdg code", n->key);
	BSM_TRY(check_species(ctx, n, pdg));
	n->used = true;
	BSM_TRY(bsm_node_number(ctx, n, &yield));
	add(s, (int32_t)pdg, yield);
	return BSM_OK;
}

/* {pdg: 13, per_proton: 1e-4, lifetime: 76 ns, from: 211, spread: 0.1, source: text} */
static enum bsm_status read_list_row(struct bsm_ctx *ctx, struct bsm_node *n, struct bsm_source *s)
{
	struct bsm_stopped *src = s->data;
	struct bsm_stopped_row *r = &src->row[s->ncomponent];
	struct bsm_component *c = &s->component[s->ncomponent];
	struct bsm_node *key, *text;
	int64_t pdg = 0, from = 0;
	double yield;
	if (n->kind != BSM_MAP)
		return bsm_node_fail(ctx, n, BSM_E_SYNTAX, "expected {pdg, per_proton}");
	BSM_TRY(bsm_node_need(ctx, n, "pdg", &key));
	BSM_TRY(bsm_node_int(ctx, key, -100000, 100000, &pdg));
	BSM_TRY(check_species(ctx, key, pdg));
	BSM_TRY(bsm_get_number(ctx, n, "per_proton", &yield));
	if ((text = bsm_node_get(n, "source")))
		bsm_node_ignore(text);
	add(s, (int32_t)pdg, yield);
	BSM_TRY(bsm_get_quantity_or(ctx, n, "lifetime", BSM_DIM_TIME, &r->lifetime));
	BSM_TRY(bsm_get_number_or(ctx, n, "spread", &c->spread));
	if (bsm_node_get(n, "from")) {
		BSM_TRY(bsm_get_int_or(ctx, n, "from", -100000, 100000, &from));
		if (from && from != 211 && from != 321)
			return bsm_node_fail(ctx, bsm_node_get(n, "from"), BSM_E_NAME,
					     "found %d, expected 211, 321 or 0 (made at once)", (int)from);
		r->before = from ? lifetime_of((int32_t)from) : 0;
	}
	if (!(r->lifetime > 0 && r->lifetime <= lifetime_of((int32_t)pdg) * (1 + 1e-9)))
		return bsm_node_fail(ctx, n, BSM_E_RANGE,
				     "lifetime %g s: expected more than 0, at most the %g s of the free %s",
				     r->lifetime, lifetime_of((int32_t)pdg), bsm_pdg_name((int32_t)pdg));
	if (!(c->spread >= 0))
		return bsm_node_fail(ctx, n, BSM_E_RANGE, "spread %g is negative", c->spread);
	return BSM_OK;
}

static enum bsm_status read_yields(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct bsm_stopped *src = s->data;
	struct bsm_node *rows;
	struct bsm_variant variant;
	BSM_TRY(bsm_node_need(ctx, root, "per_proton", &rows));
	if (rows->kind == BSM_SCALAR || !rows->nchild)
		return bsm_node_fail(ctx, rows, BSM_E_SYNTAX,
				     "expected a map {211: 0.08, -13: 0.08} or a list of {pdg, per_proton}");
	src->row = calloc((size_t)rows->nchild, sizeof *src->row);
	s->component = calloc((size_t)rows->nchild, sizeof *s->component);
	if (!src->row || !s->component)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %d components", rows->nchild);
	BSM_TRY(bsm_variant_read(ctx, root, &variant));
	for (struct bsm_node *n = rows->child; n; n = n->next) {
		double factor;
		BSM_TRY(rows->kind == BSM_MAP ? read_map_row(ctx, n, s) : read_list_row(ctx, n, s));
		struct bsm_component *c = &s->component[s->ncomponent - 1];
		for (int i = 0; i < s->ncomponent - 1; i++)
			if (s->component[i].pdg == c->pdg)
				return bsm_node_fail(ctx, n, BSM_E_KEY, "pdg %d is there twice", c->pdg);
		BSM_TRY(bsm_variant_factor(ctx, &variant, c->pdg, &factor));
		c->yield *= factor;
		if (!(c->yield >= 0 && c->yield < 10))
			return bsm_node_fail(ctx, n, BSM_E_RANGE, "%g per proton: expected 0 to 10", c->yield);
	}
	return BSM_OK;
}

static enum bsm_status read_box(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_stopped *src)
{
	struct bsm_node *center, *size;
	double c[3], d[3];
	BSM_TRY(bsm_node_need(ctx, map, "center", &center));
	BSM_TRY(bsm_node_need(ctx, map, "size", &size));
	BSM_TRY(bsm_node_quantities(ctx, center, BSM_DIM_LENGTH, 3, c));
	BSM_TRY(bsm_node_quantities(ctx, size, BSM_DIM_LENGTH, 3, d));
	src->box = 1;
	for (int i = 0; i < 3; i++) {
		if (!(d[i] >= 0))
			return bsm_node_fail(ctx, size, BSM_E_RANGE, "a size of %g m is negative", d[i]);
		src->lo[i] = c[i] - d[i] / 2;
		src->hi[i] = c[i] + d[i] / 2;
	}
	return BSM_OK;
}

/* A cylinder along z, {from, to, radius}, or a box, {center, size}; absent: the origin. */
static enum bsm_status read_place(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_stopped *src)
{
	struct bsm_node *map = bsm_node_get(root, "place"), *comment;
	if (!map)
		return BSM_OK;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected a cylinder {from, to, radius} or a box {center, size}");
	if ((comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	if (bsm_node_get(map, "size"))
		return read_box(ctx, map, src);
	BSM_TRY(bsm_get_quantity(ctx, map, "from", BSM_DIM_LENGTH, &src->lo[2]));
	BSM_TRY(bsm_get_quantity(ctx, map, "to", BSM_DIM_LENGTH, &src->hi[2]));
	BSM_TRY(bsm_get_quantity(ctx, map, "radius", BSM_DIM_LENGTH, &src->radius));
	if (!(src->hi[2] >= src->lo[2] && src->radius >= 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "from %g m to %g m, radius %g m: expected from <= to, radius >= 0", src->lo[2],
				     src->hi[2], src->radius);
	return BSM_OK;
}

static double reach(const struct bsm_stopped *src)
{
	double sum = src->box ? 0 : src->radius * src->radius;
	for (int i = 0; i < 3; i++)
		sum += pow(fmax(fabs(src->lo[i]), fabs(src->hi[i])), 2);
	return sqrt(sum);
}

static enum bsm_status stopped_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct bsm_stopped *src = calloc(1, sizeof *src);
	if (!src)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	s->data = src;
	s->close = stopped_close;
	s->ray = stopped_ray;
	s->norm = BSM_PER_POT;
	s->ndim = BSM_STOPPED_NDIM;
	BSM_TRY(read_place(ctx, root, src));
	s->reach_m = reach(src);
	BSM_TRY(bsm_pulse_read(ctx, root, &s->bunches));
	return read_yields(ctx, root, s);
}

const struct bsm_source_kind bsm_source_stopped = {"stopped", "pions, muons and kaons that decay at rest in a target",
						   stopped_open, NULL};
