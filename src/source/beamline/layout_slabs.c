/* From parts to slabs: every z at which anything begins, ends or bends cuts all. */
#include <math.h>
#include <stdlib.h>

#include "source/beamline/layout_parts.h"

static double radius_at(const struct bsm_profile *p, double z, double within)
{
	for (int i = 1; i < p->n; i++) {
		double a = p->z[i - 1], c = p->z[i];
		if (within >= a && within < c)
			return p->r[i - 1] + (p->r[i] - p->r[i - 1]) * (z - a) / (c - a);
	}
	return p->r[within <= p->z[0] ? 0 : p->n - 1];
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int by_radius(const void *a, const void *b)
{
	const struct bsm_part *const *x = a, *const *y = b;
	double p = (*x)->in.r[0], q = (*y)->in.r[0];
	return (p > q) - (p < q);
}

static struct bsm_edge cone(double r0, double r1, double length)
{
	return (struct bsm_edge){.shape = BSM_CONE, .ax = r0, .bx = (r1 - r0) / length};
}

static enum bsm_status add_region(struct bsm_builder *b, const struct bsm_node *at, struct bsm_slab *s,
				  struct bsm_region r)
{
	if (s->n == BSM_REGIONS)
		return bsm_node_fail(b->ctx, at, BSM_E_RANGE, "more than %d layers around the axis at z = %g m",
				     BSM_REGIONS, s->z0);
	s->region[s->n++] = r;
	return BSM_OK;
}

/* The parts of one slab, from the axis outwards, with the section's gas between them. */
static enum bsm_status fill_slab(struct bsm_builder *b, struct bsm_slab *s, const struct bsm_section *sec)
{
	struct bsm_part *in[BSM_PARTS];
	int n = 0;
	double length = s->z1 - s->z0, mid = 0.5 * (s->z0 + s->z1), at0 = 0, at1 = 0;
	const struct bsm_node *before = NULL;
	for (int i = 0; i < b->npart; i++)
		if (b->part[i].out.z[0] < mid && b->part[i].out.z[b->part[i].out.n - 1] > mid &&
		    b->part[i].in.z[0] < mid && b->part[i].in.z[b->part[i].in.n - 1] > mid)
			in[n++] = &b->part[i];
	qsort(in, (size_t)n, sizeof *in, by_radius);
	/* by_radius looks at the first radius; what counts is the one here */
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && radius_at(&in[k]->in, mid, mid) < radius_at(&in[k - 1]->in, mid, mid); k--) {
			struct bsm_part *t = in[k];
			in[k] = in[k - 1];
			in[k - 1] = t;
		}
	double f0 = (s->z0 - sec->z0) / (sec->z1 - sec->z0), f1 = (s->z1 - sec->z0) / (sec->z1 - sec->z0);
	double X0 = sec->x0 + f0 * (sec->x1 - sec->x0), X1 = sec->x0 + f1 * (sec->x1 - sec->x0);
	for (int i = 0; i < n; i++) {
		const struct bsm_part *p = in[i];
		double i0 = radius_at(&p->in, s->z0, mid), i1 = radius_at(&p->in, s->z1, mid);
		double o0 = radius_at(&p->out, s->z0, mid), o1 = radius_at(&p->out, s->z1, mid);
		if (i0 < at0 - touch || i1 < at1 - touch)
			return bsm_node_fail(b->ctx, p->at, BSM_E_GEOMETRY,
					     "at z = %g to %g m its inner radius, %g m, lies inside the part before it "
					     "(line %d), which reaches to %g m",
					     s->z0, s->z1, fmin(i0, i1), before ? before->line : 0, fmax(at0, at1));
		if (o0 < i0 - touch || o1 < i1 - touch)
			return bsm_node_fail(b->ctx, p->at, BSM_E_GEOMETRY,
					     "at z = %g to %g m the outer radius %g m is below the inner one, %g m",
					     s->z0, s->z1, fmin(o0, o1), fmax(i0, i1));
		if (o0 > X0 + touch || o1 > X1 + touch)
			return bsm_node_fail(b->ctx, p->at, BSM_E_GEOMETRY,
					     "reaches to %g m at z = %g to %g m, beyond the section's %g m",
					     fmax(o0, o1), s->z0, s->z1, fmin(X0, X1));
		if (i0 > at0 + touch || i1 > at1 + touch)
			BSM_TRY(add_region(b, p->at, s,
					   (struct bsm_region){.edge = cone(i0, i1, length), .matter = sec->fill}));
		struct bsm_region r = {
			.edge = cone(o0, o1, length), .matter = p->matter, .field = p->field, .kA2 = p->kA2};
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
	return add_region(b, sec->at, s, last);
}

enum bsm_status bsm_layout_slabs(struct bsm_builder *b)
{
	int n = 0, k = 0;
	qsort(b->cut, (size_t)b->ncut, sizeof *b->cut, ascending);
	for (int i = 0; i < b->ncut; i++)
		if (!n || b->cut[i] > b->cut[n - 1] + touch)
			b->cut[n++] = b->cut[i];
	if (n < 2)
		return bsm_node_fail(b->ctx, b->section[0].at, BSM_E_GEOMETRY, "the sections are shorter than %g m", touch);
	b->l->slab = calloc((size_t)n, sizeof *b->l->slab);
	if (!b->l->slab)
		return bsm_fail(b->ctx, BSM_E_MEMORY, "no memory for a beamline");
	for (int i = 0; i < b->npart; i++)
		if (b->part[i].out.z[0] < b->section[0].z0 - touch ||
		    b->part[i].out.z[b->part[i].out.n - 1] > b->section[b->nsection - 1].z1 + touch)
			return bsm_node_fail(
				b->ctx, b->part[i].at, BSM_E_GEOMETRY,
				"reaches from %g to %g m, but the sections of the beamline only from %g to %g m",
				b->part[i].out.z[0], b->part[i].out.z[b->part[i].out.n - 1], b->section[0].z0,
				b->section[b->nsection - 1].z1);
	for (int i = 0; i + 1 < n; i++) {
		struct bsm_slab *s = &b->l->slab[b->l->nslab++];
		s->z0 = b->cut[i];
		s->z1 = b->cut[i + 1];
		while (k + 1 < b->nsection && b->section[k].z1 <= s->z0 + touch)
			k++;
		s->wall = b->section[k].wall;
		BSM_TRY(fill_slab(b, s, &b->section[k]));
	}
	return BSM_OK;
}
