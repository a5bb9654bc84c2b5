/* From the words of a beam file to slabs: every z at which anything begins, ends or bends cuts all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "source/beamline/layout.h"

enum { PARTS = 64, POINTS = 64, CUTS = BSM_SLABS + 1 };
static const double touch = 1e-7; /* m: parts may overlap by rounding */

struct profile { int n; double z[POINTS], r[POINTS]; };
struct part {                  /* a ring of matter between two profiles, or a box (hx, hy) around the axis */
	enum bsm_shape shape;
	const struct bsm_node *at;
	struct profile in, out;
	double hx, hy;
	int matter;
	enum bsm_current field;
	double kA2;
};
struct section { double z0, z1; enum bsm_shape shape; double x0, x1, y0, y1; int fill, wall; };

struct builder {
	struct bsm_ctx *ctx;
	struct bsm_layout *l;
	const struct bsm_layout_dials *dials;
	struct part part[PARTS];
	int npart;
	struct section section[PARTS];
	int nsection;
	double cut[CUTS];
	int ncut;
};

static enum bsm_status add_matter(struct builder *b, const struct bsm_node *at, const char *name, double density, int *out)
{
	const struct bsm_material *m = bsm_material_find(name);
	if (!m)
		return bsm_node_fail(b->ctx, at, BSM_E_NAME, "no material \"%s\": see geometry/material.c or `bsmnu list materials`", name);
	density = density >= 0 ? density : m->density;
	for (int i = 0; i < b->l->nmatter; i++)
		if (b->l->matter[i].material == m && b->l->matter[i].density == density) {
			*out = i;
			return BSM_OK;
		}
	if (b->l->nmatter == BSM_MATTERS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "more than %d materials", BSM_MATTERS);
	bsm_matter_init(&b->l->matter[b->l->nmatter], m, density);
	*out = b->l->nmatter++;
	return BSM_OK;
}

static enum bsm_status matter_of(struct builder *b, struct bsm_node *map, const char *key, const char *density_key, const char *otherwise, int *out)
{
	const char *name = otherwise;
	double density = -1;
	BSM_TRY(bsm_get_string_or(b->ctx, map, key, &name));
	if (!name)
		return bsm_node_fail(b->ctx, map, BSM_E_KEY, "`%s` is missing: the name of a material", key);
	if (density_key)
		BSM_TRY(bsm_get_quantity_or(b->ctx, map, density_key, BSM_DIM_DENSITY, &density));
	return add_matter(b, map, name, density, out);
}

static enum bsm_status cut_at(struct builder *b, const struct bsm_node *at, double z)
{
	if (b->ncut == CUTS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "the beamline has more than %d sections along z", BSM_SLABS);
	b->cut[b->ncut++] = z;
	return BSM_OK;
}

static enum bsm_status new_part(struct builder *b, const struct bsm_node *at, struct part **out)
{
	if (b->npart == PARTS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "more than %d parts", PARTS);
	*out = &b->part[b->npart++];
	**out = (struct part){.at = at};
	return BSM_OK;
}

static struct profile straight(double z0, double z1, double r0, double r1)
{
	return (struct profile){2, {z0, z1}, {r0, r1}};
}

/* At z, of the piece that `within` lies in: a slab asks at both its ends for the piece of its middle, so that a step in the
 * profile stays a step when the slab's end has been moved by rounding. */
static double radius_at(const struct profile *p, double z, double within)
{
	for (int i = 1; i < p->n; i++) {
		double a = p->z[i - 1], c = p->z[i];
		if (within >= a && within < c)
			return p->r[i - 1] + (p->r[i] - p->r[i - 1]) * (z - a) / (c - a);
	}
	return p->r[within <= p->z[0] ? 0 : p->n - 1];
}

static enum bsm_status positive(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, double *out)
{
	BSM_TRY(bsm_get_quantity(ctx, map, key, BSM_DIM_LENGTH, out));
	return *out > 0 ? BSM_OK : bsm_node_fail(ctx, bsm_node_get(map, key), BSM_E_RANGE, "%g m has to be positive", *out);
}

static enum bsm_status read_target(struct builder *b, struct bsm_node *map)
{
	double z, length;
	struct part *p = NULL;
	BSM_TRY(bsm_get_quantity(b->ctx, map, "start", BSM_DIM_LENGTH, &z));
	BSM_TRY(positive(b->ctx, map, "length", &length));
	BSM_TRY(new_part(b, map, &p));
	z += b->dials->target_z;
	BSM_TRY(matter_of(b, map, "material", "density", NULL, &p->matter));
	if (bsm_node_get(map, "half_x")) {
		p->shape = BSM_BOX;
		BSM_TRY(positive(b->ctx, map, "half_x", &p->hx));
		BSM_TRY(positive(b->ctx, map, "half_y", &p->hy));
		p->in = straight(z, z + length, 0, 0);
		p->out = straight(z, z + length, hypot(p->hx, p->hy), hypot(p->hx, p->hy));
	} else {
		double r;
		BSM_TRY(positive(b->ctx, map, "radius", &r));
		p->in = straight(z, z + length, 0, 0);
		p->out = straight(z, z + length, r, r);
	}
	BSM_TRY(cut_at(b, map, z));
	return cut_at(b, map, z + length);
}

/* [[z, r], ...] in the horn's unit. */
static enum bsm_status read_profile(struct builder *b, struct bsm_node *list, double unit, double start, struct profile *p)
{
	p->n = 0;
	if (list->kind != BSM_LIST || list->nchild < 2 || list->nchild > POINTS)
		return bsm_node_fail(b->ctx, list, BSM_E_SYNTAX, "expected 2 to %d points [z, r]", POINTS);
	for (struct bsm_node *c = list->child; c; c = c->next) {
		double v[2];
		if (c->kind != BSM_LIST || c->nchild != 2)
			return bsm_node_fail(b->ctx, c, BSM_E_SYNTAX, "expected a point [z, r]");
		BSM_TRY(bsm_node_number(b->ctx, c->child, &v[0]));
		BSM_TRY(bsm_node_number(b->ctx, c->child->next, &v[1]));
		p->z[p->n] = start + v[0] * unit;
		p->r[p->n] = v[1] * unit;
		if (!(p->r[p->n] > 0))
			return bsm_node_fail(b->ctx, c, BSM_E_GEOMETRY, "radius %g has to be positive", v[1]);
		if (p->n && p->z[p->n] < p->z[p->n - 1])
			return bsm_node_fail(b->ctx, c, BSM_E_GEOMETRY, "z = %g goes back behind the point before: points ascend in z", v[0]);
		p->n++;
	}
	return p->z[p->n - 1] > p->z[0] ? BSM_OK : bsm_node_fail(b->ctx, list, BSM_E_GEOMETRY, "the profile has no length");
}

static enum bsm_status read_inner_conductor(struct builder *b, struct bsm_node *map, double unit, double start, struct part *ic)
{
	struct bsm_node *outer, *inner = bsm_node_get(map, "inner"), *thickness = bsm_node_get(map, "thickness");
	BSM_TRY(bsm_node_need(b->ctx, map, "outer", &outer));
	BSM_TRY(read_profile(b, outer, unit, start, &ic->out));
	if (!inner == !thickness)
		return bsm_node_fail(b->ctx, map, BSM_E_KEY, "the inner conductor needs either `thickness` or its `inner` profile");
	if (inner)
		return read_profile(b, inner, unit, start, &ic->in);
	double t;
	BSM_TRY(positive(b->ctx, map, "thickness", &t));
	ic->in = ic->out;
	for (int i = 0; i < ic->in.n; i++) {
		ic->in.r[i] -= t;
		if (!(ic->in.r[i] > 0))
			return bsm_node_fail(b->ctx, thickness, BSM_E_GEOMETRY, "thicker than the conductor's radius %g m", ic->out.r[i]);
	}
	return BSM_OK;
}

/* Conductors and what is between them; the field stands in gap and inner conductor. */
static enum bsm_status add_horn_parts(struct builder *b, struct bsm_node *map, struct bsm_horn *h, double unit, double start)
{
	struct part *ic = NULL, *gap = NULL, *oc = NULL;
	double R, t;
	int metal, fill;
	struct bsm_node *outer;
	BSM_TRY(matter_of(b, map, "material", NULL, "aluminium", &metal));
	BSM_TRY(matter_of(b, map, "fill", NULL, "air", &fill));
	BSM_TRY(new_part(b, map, &ic));
	BSM_TRY(read_inner_conductor(b, map, unit, start, ic));
	BSM_TRY(bsm_node_need(b->ctx, map, "outer_conductor", &outer));
	BSM_TRY(positive(b->ctx, outer, "radius", &R));
	BSM_TRY(positive(b->ctx, outer, "thickness", &t));
	BSM_TRY(new_part(b, map, &gap));
	BSM_TRY(new_part(b, map, &oc));
	double z0 = fmax(ic->out.z[0], ic->in.z[0]), z1 = fmin(ic->out.z[ic->out.n - 1], ic->in.z[ic->in.n - 1]);
	ic->matter = oc->matter = metal;
	ic->field = BSM_INNER_CONDUCTOR;
	gap->field = BSM_GAP;
	ic->kA2 = gap->kA2 = 2e-7 * h->current;
	gap->matter = fill;
	gap->in = ic->out;
	gap->out = oc->in = straight(z0, z1, R, R);
	oc->out = straight(z0, z1, R + t, R + t);
	h->z0 = z0;
	h->z1 = z1;
	for (int i = 0; i < ic->out.n; i++)
		BSM_TRY(cut_at(b, map, fmin(fmax(ic->out.z[i], z0), z1)));
	for (int i = 0; i < ic->in.n; i++)
		BSM_TRY(cut_at(b, map, fmin(fmax(ic->in.z[i], z0), z1)));
	return BSM_OK;
}

static enum bsm_status read_horn(struct builder *b, struct bsm_node *map)
{
	const char *name, *unit_name;
	double start = 0, unit;
	struct bsm_node *comment = bsm_node_get(map, "comment");
	if (comment)
		bsm_node_ignore(comment);
	if (b->l->nhorn == BSM_HORNS)
		return bsm_node_fail(b->ctx, map, BSM_E_RANGE, "more than %d horns", BSM_HORNS);
	struct bsm_horn *h = &b->l->horn[b->l->nhorn++];
	BSM_TRY(bsm_get_string(b->ctx, map, "name", &name));
	snprintf(h->name, sizeof h->name, "%s", name);
	BSM_TRY(bsm_get_quantity(b->ctx, map, "current", BSM_DIM_CURRENT, &h->current));
	h->current *= b->dials->current;
	BSM_TRY(bsm_get_quantity_or(b->ctx, map, "start", BSM_DIM_LENGTH, &start));
	BSM_TRY(bsm_get_string(b->ctx, map, "unit", &unit_name));
	char one[16];
	snprintf(one, sizeof one, "1 %.8s", unit_name);
	if (bsm_parse_quantity(&(struct bsm_ctx){0}, one, BSM_DIM_LENGTH, &unit) != BSM_OK)
		return bsm_node_fail(b->ctx, bsm_node_get(map, "unit"), BSM_E_UNIT, "\"%s\" is no unit of length", unit_name);
	return add_horn_parts(b, map, h, unit, start);
}

static enum bsm_status read_tube(struct builder *b, struct bsm_node *map)
{
	double z0, z1, in = 0, out;
	struct part *p = NULL;
	struct bsm_node *comment = bsm_node_get(map, "comment");
	if (comment)
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_quantity(b->ctx, map, "from", BSM_DIM_LENGTH, &z0));
	BSM_TRY(bsm_get_quantity(b->ctx, map, "to", BSM_DIM_LENGTH, &z1));
	BSM_TRY(bsm_get_quantity_or(b->ctx, map, "inner", BSM_DIM_LENGTH, &in));
	BSM_TRY(positive(b->ctx, map, "outer", &out));
	if (!(z1 > z0) || !(in >= 0 && out > in))
		return bsm_node_fail(b->ctx, map, BSM_E_GEOMETRY, "a tube from %g to %g m between radii %g and %g m has no matter", z0, z1, in, out);
	BSM_TRY(new_part(b, map, &p));
	BSM_TRY(matter_of(b, map, "material", "density", NULL, &p->matter));
	p->in = straight(z0, z1, in, in);
	p->out = straight(z0, z1, out, out);
	BSM_TRY(cut_at(b, map, z0));
	return cut_at(b, map, z1);
}

static enum bsm_status read_section(struct builder *b, struct bsm_node *map)
{
	struct section *s = &b->section[b->nsection];
	struct bsm_node *comment = bsm_node_get(map, "comment");
	if (comment)
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_quantity(b->ctx, map, "from", BSM_DIM_LENGTH, &s->z0));
	BSM_TRY(bsm_get_quantity(b->ctx, map, "to", BSM_DIM_LENGTH, &s->z1));
	s->shape = bsm_node_get(map, "half_x") ? BSM_BOX : BSM_CONE;
	BSM_TRY(positive(b->ctx, map, s->shape == BSM_BOX ? "half_x" : "radius", &s->x0));
	s->x1 = s->x0;
	BSM_TRY(bsm_get_quantity_or(b->ctx, map, s->shape == BSM_BOX ? "half_x_end" : "radius_end", BSM_DIM_LENGTH, &s->x1));
	if (s->shape == BSM_BOX) {
		BSM_TRY(positive(b->ctx, map, "half_y", &s->y0));
		s->y1 = s->y0;
		BSM_TRY(bsm_get_quantity_or(b->ctx, map, "half_y_end", BSM_DIM_LENGTH, &s->y1));
	}
	if (!(s->z1 > s->z0) || !(s->x1 > 0) || (s->shape == BSM_BOX && !(s->y1 > 0)))
		return bsm_node_fail(b->ctx, map, BSM_E_GEOMETRY, "the section from %g to %g m has no inside", s->z0, s->z1);
	BSM_TRY(matter_of(b, map, "fill", "density", NULL, &s->fill));
	BSM_TRY(matter_of(b, map, "wall", NULL, "iron", &s->wall));
	if (b->nsection && fabs(s->z0 - s[-1].z1) > touch)
		return bsm_node_fail(b->ctx, map, BSM_E_GEOMETRY, "starts at %g m, but the section before it ends at %g m", s->z0, s[-1].z1);
	if (b->l->matter[s->fill].density < 0.1)
		b->l->pipe_end = s->z1;
	b->nsection++;
	BSM_TRY(cut_at(b, map, s->z0));
	return cut_at(b, map, s->z1);
}

static enum bsm_status each(struct builder *b, struct bsm_node *root, const char *key, int need,
			    enum bsm_status (*read)(struct builder *, struct bsm_node *))
{
	struct bsm_node *list = bsm_node_get(root, key);
	if (!list)
		return need ? bsm_node_need(b->ctx, root, key, &list) : BSM_OK;
	if (list->kind != BSM_LIST || list->nchild > PARTS || (need && !list->nchild))
		return bsm_node_fail(b->ctx, list, BSM_E_SYNTAX, "expected a list of %d to %d maps", need, PARTS);
	for (struct bsm_node *c = list->child; c; c = c->next) {
		if (c->kind != BSM_MAP)
			return bsm_node_fail(b->ctx, c, BSM_E_SYNTAX, "expected a map of keys");
		BSM_TRY(read(b, c));
	}
	return BSM_OK;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int by_radius(const void *a, const void *b)
{
	const struct part *const *x = a, *const *y = b;
	double p = (*x)->in.r[0], q = (*y)->in.r[0];
	return (p > q) - (p < q);
}

static struct bsm_edge cone(double r0, double r1, double length)
{
	return (struct bsm_edge){.shape = BSM_CONE, .ax = r0, .bx = (r1 - r0) / length};
}

static enum bsm_status add_region(struct builder *b, const struct bsm_node *at, struct bsm_slab *s, struct bsm_region r)
{
	if (s->n == BSM_REGIONS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "more than %d layers around the axis at z = %g m", BSM_REGIONS, s->z0);
	s->region[s->n++] = r;
	return BSM_OK;
}

/* The parts of one slab, from the axis outwards, with the section's gas between them. */
static enum bsm_status fill_slab(struct builder *b, struct bsm_slab *s, const struct section *sec)
{
	struct part *in[PARTS];
	int n = 0;
	double length = s->z1 - s->z0, mid = 0.5 * (s->z0 + s->z1), at0 = 0, at1 = 0;
	const struct bsm_node *before = NULL;
	for (int i = 0; i < b->npart; i++)
		if (b->part[i].out.z[0] < mid && b->part[i].out.z[b->part[i].out.n - 1] > mid && b->part[i].in.z[0] < mid &&
		    b->part[i].in.z[b->part[i].in.n - 1] > mid)
			in[n++] = &b->part[i];
	qsort(in, (size_t)n, sizeof *in, by_radius);
	/* by_radius looks at the first radius; what counts is the one here */
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && radius_at(&in[k]->in, mid, mid) < radius_at(&in[k - 1]->in, mid, mid); k--) {
			struct part *t = in[k];
			in[k] = in[k - 1];
			in[k - 1] = t;
		}
	double f0 = (s->z0 - sec->z0) / (sec->z1 - sec->z0), f1 = (s->z1 - sec->z0) / (sec->z1 - sec->z0);
	double X0 = sec->x0 + f0 * (sec->x1 - sec->x0), X1 = sec->x0 + f1 * (sec->x1 - sec->x0);
	for (int i = 0; i < n; i++) {
		const struct part *p = in[i];
		double i0 = radius_at(&p->in, s->z0, mid), i1 = radius_at(&p->in, s->z1, mid);
		double o0 = radius_at(&p->out, s->z0, mid), o1 = radius_at(&p->out, s->z1, mid);
		if (i0 < at0 - touch || i1 < at1 - touch)
			return bsm_node_fail(b->ctx, p->at, BSM_E_GEOMETRY,
					     "at z = %g to %g m its inner radius, %g m, lies inside the part before it (line %d), which reaches to %g m",
					     s->z0, s->z1, fmin(i0, i1), before ? before->line : 0, fmax(at0, at1));
		if (o0 < i0 - touch || o1 < i1 - touch)
			return bsm_node_fail(b->ctx, p->at, BSM_E_GEOMETRY, "at z = %g to %g m the outer radius %g m is below the inner one, %g m",
					     s->z0, s->z1, fmin(o0, o1), fmax(i0, i1));
		if (o0 > X0 + touch || o1 > X1 + touch)
			return bsm_node_fail(b->ctx, p->at, BSM_E_GEOMETRY, "reaches to %g m at z = %g to %g m, beyond the section's %g m", fmax(o0, o1),
					     s->z0, s->z1, fmin(X0, X1));
		if (i0 > at0 + touch || i1 > at1 + touch)
			BSM_TRY(add_region(b, p->at, s, (struct bsm_region){.edge = cone(i0, i1, length), .matter = sec->fill}));
		struct bsm_region r = {.edge = cone(o0, o1, length), .matter = p->matter, .field = p->field, .kA2 = p->kA2};
		if (p->shape == BSM_BOX)
			r.edge = (struct bsm_edge){BSM_BOX, p->hx, 0, p->hy, 0};
		BSM_TRY(add_region(b, p->at, s, r));
		at0 = o0;
		at1 = o1;
		before = p->at;
	}
	struct bsm_region last = {.edge = cone(X0, X1, length), .matter = sec->fill};
	if (sec->shape == BSM_BOX) {
		double Y0 = sec->y0 + f0 * (sec->y1 - sec->y0), Y1 = sec->y0 + f1 * (sec->y1 - sec->y0);
		last.edge = (struct bsm_edge){BSM_BOX, X0, (X1 - X0) / length, Y0, (Y1 - Y0) / length};
	}
	return add_region(b, NULL, s, last);
}

static enum bsm_status make_slabs(struct builder *b, struct bsm_node *root)
{
	int n = 0, k = 0;
	qsort(b->cut, (size_t)b->ncut, sizeof *b->cut, ascending);
	for (int i = 0; i < b->ncut; i++)
		if (!n || b->cut[i] > b->cut[n - 1] + touch)
			b->cut[n++] = b->cut[i];
	b->l->slab = calloc((size_t)n, sizeof *b->l->slab);
	if (!b->l->slab)
		return bsm_fail(b->ctx, BSM_E_MEMORY, "no memory for a beamline");
	for (int i = 0; i < b->npart; i++)
		if (b->part[i].out.z[0] < b->section[0].z0 - touch || b->part[i].out.z[b->part[i].out.n - 1] > b->section[b->nsection - 1].z1 + touch)
			return bsm_node_fail(b->ctx, b->part[i].at, BSM_E_GEOMETRY, "reaches from %g to %g m, but the sections of the beamline only from %g to %g m",
					     b->part[i].out.z[0], b->part[i].out.z[b->part[i].out.n - 1], b->section[0].z0, b->section[b->nsection - 1].z1);
	for (int i = 0; i + 1 < n; i++) {
		struct bsm_slab *s = &b->l->slab[b->l->nslab++];
		s->z0 = b->cut[i];
		s->z1 = b->cut[i + 1];
		while (k + 1 < b->nsection && b->section[k].z1 <= s->z0 + touch)
			k++;
		s->wall = b->section[k].wall;
		BSM_TRY(fill_slab(b, s, &b->section[k]));
	}
	(void)root;
	return BSM_OK;
}

enum bsm_status bsm_layout_read(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_layout_dials *dials, struct bsm_layout *l)
{
	struct bsm_node *target = bsm_node_get(root, "target"); /* a dump has none */
	struct builder *b = calloc(1, sizeof *b);
	if (!b)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a beamline");
	*l = (struct bsm_layout){0};
	b->ctx = ctx;
	b->l = l;
	b->dials = dials;
	enum bsm_status status = each(b, root, "sections", 1, read_section);
	if (status == BSM_OK && target)
		status = read_target(b, target);
	if (status == BSM_OK)
		status = each(b, root, "horns", 0, read_horn);
	if (status == BSM_OK)
		status = each(b, root, "tubes", 0, read_tube);
	if (status == BSM_OK)
		status = bsm_get_quantity_or(ctx, root, "skin_depth", BSM_DIM_LENGTH, &l->skin);
	if (status == BSM_OK)
		status = make_slabs(b, root);
	free(b);
	if (status != BSM_OK)
		bsm_layout_free(l);
	return status;
}
