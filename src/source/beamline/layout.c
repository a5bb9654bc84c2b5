#include "source/beamline/layout.h"

#include <math.h>
#include <stdlib.h>

void bsm_layout_free(struct bsm_layout *l)
{
	free(l->slab);
	*l = (struct bsm_layout){0};
}

int bsm_edge_inside(const struct bsm_edge *e, double x, double y, double dz)
{
	double rx = bsm_edge_x(e, dz);
	if (e->shape == BSM_CONE)
		return x * x + y * y < rx * rx;
	return fabs(x) < rx && fabs(y) < bsm_edge_y(e, dz);
}

/* |x + d s| = a + b (z + dz s), whichever wall comes first. */
static double to_flat(double x, double d, double r, double b)
{
	double best = INFINITY;
	for (int side = -1; side <= 1; side += 2) {
		double rate = side * d - b, gap = r - side * x;
		if (rate > 0 && gap >= 0)
			best = fmin(best, gap / rate);
	}
	return best;
}

/* From outside a box: the wall that is entered last, if the line is inside the others there. */
static double into_box(const struct bsm_edge *e, const double r[3], const double d[3])
{
	double best = INFINITY, hx = bsm_edge_x(e, r[2]), hy = bsm_edge_y(e, r[2]);
	for (int k = 0; k < 4; k++) {
		int side = k & 1 ? 1 : -1, y = k > 1;
		double v = y ? r[1] : r[0], dv = y ? d[1] : d[0], h = y ? hy : hx, b = (y ? e->by : e->bx) * d[2];
		double gap = side * v - h, rate = b - side * dv; /* gap shrinks at `rate` */
		if (gap < -1e-12 || !(rate > 0))
			continue;
		double s = fmax(gap, 0) / rate, o = y ? r[0] + s * d[0] : r[1] + s * d[1];
		if (fabs(o) <= (y ? hx + e->bx * d[2] * s : hy + e->by * d[2] * s))
			best = fmin(best, s);
	}
	return best;
}

static double to_cone(const struct bsm_edge *e, int inside, const double r[3], const double d[3])
{
	double R = bsm_edge_x(e, r[2]), k = e->bx * d[2];
	double A = d[0] * d[0] + d[1] * d[1] - k * k, B = r[0] * d[0] + r[1] * d[1] - R * k;
	double C = r[0] * r[0] + r[1] * r[1] - R * R; /* below 0 inside */
	if (inside ? C > 0 : C < 0)
		C = 0; /* on the edge but for rounding */
	double disc = B * B - A * C;
	if (inside) { /* first s > 0 with f = A s^2 + 2 B s + C >= 0 */
		if (A > 0)
			return (sqrt(disc > 0 ? disc : 0) - B) / A;
		if (A == 0)
			return B > 0 ? -C / (2 * B) : INFINITY;
		return B > 0 && disc >= 0 ? -C / (B + sqrt(disc)) : INFINITY;
	}
	if (disc < 0 && A >= 0)
		return INFINITY;
	if (A >= 0)
		return B < 0 ? C / (sqrt(disc > 0 ? disc : 0) - B) : INFINITY;
	return (-B - sqrt(fmax(disc, 0))) / A; /* a cone that opens faster than the particle leaves */
}

double bsm_edge_distance(const struct bsm_edge *e, int inside, const double r[3], const double d[3])
{
	if (e->shape == BSM_CONE)
		return to_cone(e, inside, r, d);
	if (!inside)
		return into_box(e, r, d);
	return fmin(to_flat(r[0], d[0], bsm_edge_x(e, r[2]), e->bx * d[2]),
		    to_flat(r[1], d[1], bsm_edge_y(e, r[2]), e->by * d[2]));
}

double bsm_layout_radius(const struct bsm_layout *l)
{
	double r = 0;
	for (int i = 0; i < l->nslab; i++)
		for (int end = 0; end < 2; end++) {
			const struct bsm_slab *s = &l->slab[i];
			const struct bsm_edge *e = &s->region[s->n - 1].edge;
			double dz = end ? s->z1 - s->z0 : 0, x = bsm_edge_x(e, dz);
			r = fmax(r, e->shape == BSM_BOX ? hypot(x, bsm_edge_y(e, dz)) : x);
		}
	return r;
}

struct bsm_place bsm_layout_find(const struct bsm_layout *l, double x, double y, double z)
{
	int lo = 0, hi = l->nslab;
	if (z < l->slab[0].z0)
		return (struct bsm_place){-1, 0};
	if (z >= l->slab[l->nslab - 1].z1)
		return (struct bsm_place){l->nslab, 0};
	while (hi - lo > 1) {
		int mid = (lo + hi) / 2;
		if (l->slab[mid].z0 <= z)
			lo = mid;
		else
			hi = mid;
	}
	const struct bsm_slab *s = &l->slab[lo];
	int k = 0;
	while (k < s->n && !bsm_edge_inside(&s->region[k].edge, x, y, z - s->z0))
		k++;
	return (struct bsm_place){lo, k};
}

/* Share of the current inside radius r of a conductor between a and b. */
static double enclosed(double r, double a, double b, double skin)
{
	if (r <= a)
		return 0;
	if (r >= b)
		return 1;
	if (skin > 0) /* falls from the outer surface inwards */
		return (exp((r - b) / skin) * (r - skin) - exp((a - b) / skin) * (a - skin)) /
		       ((b - skin) - exp((a - b) / skin) * (a - skin));
	return (r * r - a * a) / (b * b - a * a);
}

void bsm_layout_field(const struct bsm_layout *l, const struct bsm_slab *s, int region, double x, double y, double dz,
		      double B[2])
{
	const struct bsm_region *g = &s->region[region];
	double r2 = x * x + y * y, k = g->kA2 / r2;
	if (g->field == BSM_INNER_CONDUCTOR) {
		double a = region ? bsm_edge_x(&s->region[region - 1].edge, dz) : 0;
		k *= enclosed(sqrt(r2), a, bsm_edge_x(&g->edge, dz), l->skin);
	}
	B[0] = -k * y; /* azimuthal: the current runs along +z inside and back outside */
	B[1] = k * x;
}
