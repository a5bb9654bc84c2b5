#include "source/decay_volume.h"

#include <float.h>
#include <math.h>

#include "core/constants.h"

static enum bsm_status read_wall(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_wall *w)
{
	double end;
	BSM_TRY(bsm_get_quantity(ctx, map, "from", BSM_DIM_LENGTH, &w->z0));
	BSM_TRY(bsm_get_quantity(ctx, map, "to", BSM_DIM_LENGTH, &w->z1));
	BSM_TRY(bsm_get_quantity(ctx, map, "radius", BSM_DIM_LENGTH, &w->r0));
	end = w->r0;
	BSM_TRY(bsm_get_quantity_or(ctx, map, "radius_end", BSM_DIM_LENGTH, &end));
	struct bsm_node *comment = bsm_node_get(map, "comment");
	if (comment)
		bsm_node_ignore(comment);
	if (!(w->z1 > w->z0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "the section ends at %g m, not behind its start at %g m",
				     w->z1, w->z0);
	if (!(w->r0 > 0) || !(end > 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "radius has to be positive");
	w->slope = (end - w->r0) / (w->z1 - w->z0);
	return BSM_OK;
}

enum bsm_status bsm_decay_volume_read(struct bsm_ctx *ctx, struct bsm_node *list, struct bsm_decay_volume *v)
{
	v->n = 0;
	if (list->kind != BSM_LIST || list->nchild < 1 || list->nchild > BSM_WALLS)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX,
				     "expected a list of 1 to %d sections, each {from, to, radius}", BSM_WALLS);
	for (struct bsm_node *c = list->child; c; c = c->next) {
		if (c->kind != BSM_MAP)
			return bsm_node_fail(ctx, c, BSM_E_SYNTAX, "expected a section {from, to, radius}");
		struct bsm_wall *w = &v->wall[v->n];
		BSM_TRY(read_wall(ctx, c, w));
		if (v->n && w->z0 != v->wall[v->n - 1].z1)
			return bsm_node_fail(ctx, c, BSM_E_GEOMETRY,
					     "starts at %g m, but the section before it ends at %g m", w->z0,
					     v->wall[v->n - 1].z1);
		v->n++;
	}
	return BSM_OK;
}

double bsm_decay_volume_radius(const struct bsm_decay_volume *v)
{
	double r = 0;
	for (int i = 0; i < v->n; i++)
		r = fmax(r, fmax(v->wall[i].r0, v->wall[i].r0 + v->wall[i].slope * (v->wall[i].z1 - v->wall[i].z0)));
	return r;
}

/* Distance in z from (x, y) at radius limit r, moving with slopes tx, ty, to where the line leaves the wall; infinity
 * if never, negative if outside at the start. */
static double to_wall(double x, double y, double tx, double ty, double r, double slope)
{
	double c = x * x + y * y - r * r, b = x * tx + y * ty - r * slope, a = tx * tx + ty * ty - slope * slope;
	if (c > 0)
		return -1;
	double disc = b * b - a * c;
	if (disc < 0)
		return INFINITY; /* a < 0: the cone opens faster than the line */
	double root = sqrt(disc);
	if (b + root > 0)
		return b > 0 || !(a > 0) ? -c / (b + root) : (root - b) / a;
	return INFINITY;
}

double bsm_decay_volume_path(const struct bsm_decay_volume *v, struct bsm_p4 x, struct bsm_p4 p)
{
	if (!(p.z > 0) || x.z < v->wall[0].z0)
		return 0;
	double tx = p.x / p.z, ty = p.y / p.z, z = x.z;
	for (int i = 0; i < v->n; i++) {
		const struct bsm_wall *w = &v->wall[i];
		if (z >= w->z1)
			continue;
		double d = z - x.z;
		double free = to_wall(x.x + tx * d, x.y + ty * d, tx, ty, w->r0 + w->slope * (z - w->z0), w->slope);
		if (free < 0)
			break;
		if (z + free < w->z1) {
			z += free;
			break;
		}
		z = w->z1;
	}
	return (z - x.z) * sqrt(1 + tx * tx + ty * ty);
}

double bsm_decay_volume_reach(const struct bsm_decay_volume *v)
{
	double most = 0;
	for (int i = 0; i < v->n; i++) {
		const struct bsm_wall *w = &v->wall[i];
		most = fmax(most, fmax(hypot(w->z0, w->r0), hypot(w->z1, w->r0 + w->slope * (w->z1 - w->z0))));
	}
	return most;
}

double bsm_decay_in_flight(const struct bsm_decay_volume *v, struct bsm_particle *a, double ctau, double u)
{
	if (!(bsm_p4_dot3(a->p, a->p) > 0)) { /* at rest: it decays where it is, if the point is inside */
		if (!(bsm_decay_volume_path(v, a->x, (struct bsm_p4){0, 0, 0, 1}) > 0))
			return 0;
		a->x.e -= ctau / BSM_C * log1p(-u * (1 - DBL_EPSILON));
		return 1;
	}
	double path = bsm_decay_volume_path(v, a->x, a->p);
	if (!(path > 0))
		return 0;
	double p = bsm_p4_mag(a->p), lambda = p / a->m * ctau;
	double inside = -expm1(-path / lambda);
	double l = fmin(-lambda * log1p(-u * inside), path), k = l / p;
	a->x.x += k * a->p.x;
	a->x.y += k * a->p.y;
	a->x.z += k * a->p.z;
	a->x.e += k * a->p.e / BSM_C;
	return inside;
}
