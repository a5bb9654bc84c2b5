/* The words of a beam file: target, horns, tubes and sections. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "source/beamline/layout_parts.h"

static enum bsm_status add_matter(struct bsm_builder *b, const struct bsm_node *at, const char *name, double density,
				  int *out)
{
	const struct bsm_material *m = bsm_material_find(name);
	if (!m)
		return bsm_node_fail(b->ctx, at, BSM_E_NAME,
				     "no material \"%s\": see geometry/material.c or `bsmnu list materials`", name);
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

static enum bsm_status matter_of(struct bsm_builder *b, struct bsm_node *map, const char *key, const char *density_key,
				 const char *otherwise, int *out)
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

static enum bsm_status cut_at(struct bsm_builder *b, const struct bsm_node *at, double z)
{
	if (b->ncut == BSM_CUTS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "the beamline has more than %d sections along z",
				     BSM_SLABS);
	b->cut[b->ncut++] = z;
	return BSM_OK;
}

static enum bsm_status new_part(struct bsm_builder *b, const struct bsm_node *at, struct bsm_part **out)
{
	if (b->npart == BSM_PARTS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "more than %d parts", BSM_PARTS);
	*out = &b->part[b->npart++];
	**out = (struct bsm_part){.at = at};
	return BSM_OK;
}

static struct bsm_profile straight(double z0, double z1, double r0, double r1)
{
	return (struct bsm_profile){2, {z0, z1}, {r0, r1}};
}

/* At z, of the piece that `within` lies in: a slab asks at both its ends for the piece of its middle, so that a step in
 * the profile stays a step when the slab's end has been moved by rounding. */

static enum bsm_status positive(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, double *out)
{
	BSM_TRY(bsm_get_quantity(ctx, map, key, BSM_DIM_LENGTH, out));
	return *out > 0 ? BSM_OK
			: bsm_node_fail(ctx, bsm_node_get(map, key), BSM_E_RANGE, "%g m has to be positive", *out);
}

static enum bsm_status read_target(struct bsm_builder *b, struct bsm_node *map)
{
	double z, length;
	struct bsm_part *p = NULL;
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
static enum bsm_status read_profile(struct bsm_builder *b, struct bsm_node *list, double unit, double start,
				    struct bsm_profile *p)
{
	p->n = 0;
	if (list->kind != BSM_LIST || list->nchild < 2 || list->nchild > BSM_POINTS)
		return bsm_node_fail(b->ctx, list, BSM_E_SYNTAX, "expected 2 to %d points [z, r]", BSM_POINTS);
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
			return bsm_node_fail(b->ctx, c, BSM_E_GEOMETRY,
					     "z = %g goes back behind the point before: points ascend in z", v[0]);
		p->n++;
	}
	return p->z[p->n - 1] > p->z[0] ? BSM_OK
					: bsm_node_fail(b->ctx, list, BSM_E_GEOMETRY, "the profile has no length");
}

static enum bsm_status read_inner_conductor(struct bsm_builder *b, struct bsm_node *map, double unit, double start,
					    struct bsm_part *ic)
{
	struct bsm_node *outer, *inner = bsm_node_get(map, "inner"), *thickness = bsm_node_get(map, "thickness");
	BSM_TRY(bsm_node_need(b->ctx, map, "outer", &outer));
	BSM_TRY(read_profile(b, outer, unit, start, &ic->out));
	if (!inner == !thickness)
		return bsm_node_fail(b->ctx, map, BSM_E_KEY,
				     "the inner conductor needs either `thickness` or its `inner` profile");
	if (inner)
		return read_profile(b, inner, unit, start, &ic->in);
	double t;
	BSM_TRY(positive(b->ctx, map, "thickness", &t));
	ic->in = ic->out;
	for (int i = 0; i < ic->in.n; i++) {
		ic->in.r[i] -= t;
		if (!(ic->in.r[i] > 0))
			return bsm_node_fail(b->ctx, thickness, BSM_E_GEOMETRY,
					     "thicker than the conductor's radius %g m", ic->out.r[i]);
	}
	return BSM_OK;
}

/* Conductors and what is between them; the field stands in gap and inner conductor. */
static enum bsm_status add_horn_parts(struct bsm_builder *b, struct bsm_node *map, struct bsm_horn *h, double unit,
				      double start)
{
	struct bsm_part *ic = NULL, *gap = NULL, *oc = NULL;
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

static enum bsm_status read_horn(struct bsm_builder *b, struct bsm_node *map)
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
		return bsm_node_fail(b->ctx, bsm_node_get(map, "unit"), BSM_E_UNIT, "\"%s\" is no unit of length",
				     unit_name);
	return add_horn_parts(b, map, h, unit, start);
}

static enum bsm_status read_tube(struct bsm_builder *b, struct bsm_node *map)
{
	double z0, z1, in = 0, out;
	struct bsm_part *p = NULL;
	struct bsm_node *comment = bsm_node_get(map, "comment");
	if (comment)
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_quantity(b->ctx, map, "from", BSM_DIM_LENGTH, &z0));
	BSM_TRY(bsm_get_quantity(b->ctx, map, "to", BSM_DIM_LENGTH, &z1));
	BSM_TRY(bsm_get_quantity_or(b->ctx, map, "inner", BSM_DIM_LENGTH, &in));
	BSM_TRY(positive(b->ctx, map, "outer", &out));
	if (!(z1 > z0) || !(in >= 0 && out > in))
		return bsm_node_fail(b->ctx, map, BSM_E_GEOMETRY,
				     "a tube from %g to %g m between radii %g and %g m has no matter", z0, z1, in, out);
	BSM_TRY(new_part(b, map, &p));
	BSM_TRY(matter_of(b, map, "material", "density", NULL, &p->matter));
	p->in = straight(z0, z1, in, in);
	p->out = straight(z0, z1, out, out);
	BSM_TRY(cut_at(b, map, z0));
	return cut_at(b, map, z1);
}

static enum bsm_status read_section(struct bsm_builder *b, struct bsm_node *map)
{
	struct bsm_section *s = &b->section[b->nsection];
	struct bsm_node *comment = bsm_node_get(map, "comment");
	s->at = map;
	if (comment)
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_quantity(b->ctx, map, "from", BSM_DIM_LENGTH, &s->z0));
	BSM_TRY(bsm_get_quantity(b->ctx, map, "to", BSM_DIM_LENGTH, &s->z1));
	s->shape = bsm_node_get(map, "half_x") ? BSM_BOX : BSM_CONE;
	BSM_TRY(positive(b->ctx, map, s->shape == BSM_BOX ? "half_x" : "radius", &s->x0));
	s->x1 = s->x0;
	BSM_TRY(bsm_get_quantity_or(b->ctx, map, s->shape == BSM_BOX ? "half_x_end" : "radius_end", BSM_DIM_LENGTH,
				    &s->x1));
	if (s->shape == BSM_BOX) {
		BSM_TRY(positive(b->ctx, map, "half_y", &s->y0));
		s->y1 = s->y0;
		BSM_TRY(bsm_get_quantity_or(b->ctx, map, "half_y_end", BSM_DIM_LENGTH, &s->y1));
	}
	if (!(s->z1 > s->z0) || !(s->x1 > 0) || (s->shape == BSM_BOX && !(s->y1 > 0)))
		return bsm_node_fail(b->ctx, map, BSM_E_GEOMETRY, "the section from %g to %g m has no inside", s->z0,
				     s->z1);
	BSM_TRY(matter_of(b, map, "fill", "density", NULL, &s->fill));
	BSM_TRY(matter_of(b, map, "wall", NULL, "iron", &s->wall));
	if (b->nsection && fabs(s->z0 - s[-1].z1) > touch)
		return bsm_node_fail(b->ctx, map, BSM_E_GEOMETRY,
				     "starts at %g m, but the section before it ends at %g m", s->z0, s[-1].z1);
	if (b->l->matter[s->fill].density < 0.1)
		b->l->pipe_end = s->z1;
	b->nsection++;
	BSM_TRY(cut_at(b, map, s->z0));
	return cut_at(b, map, s->z1);
}

static enum bsm_status each(struct bsm_builder *b, struct bsm_node *root, const char *key, int need,
			    enum bsm_status (*read)(struct bsm_builder *, struct bsm_node *))
{
	struct bsm_node *list = bsm_node_get(root, key);
	if (!list)
		return need ? bsm_node_need(b->ctx, root, key, &list) : BSM_OK;
	if (list->kind != BSM_LIST || list->nchild > BSM_PARTS || (need && !list->nchild))
		return bsm_node_fail(b->ctx, list, BSM_E_SYNTAX, "expected a list of %d to %d maps", need, BSM_PARTS);
	for (struct bsm_node *c = list->child; c; c = c->next) {
		if (c->kind != BSM_MAP)
			return bsm_node_fail(b->ctx, c, BSM_E_SYNTAX, "expected a map of keys");
		BSM_TRY(read(b, c));
	}
	return BSM_OK;
}

enum bsm_status bsm_layout_read(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_layout_dials *dials,
				struct bsm_layout *l)
{
	struct bsm_node *target = bsm_node_get(root, "target"); /* a dump has none */
	struct bsm_builder *b = calloc(1, sizeof *b);
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
		status = bsm_layout_slabs(b);
	free(b);
	if (status != BSM_OK)
		bsm_layout_free(l);
	return status;
}
