#include "geometry/geometry.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* The line x + t n against two planes at +-h around the centre. */
static int slab(double x, double n, double h, double *lo, double *hi)
{
	if (n == 0)
		return fabs(x) < h;
	double a = (-h - x) / n, b = (h - x) / n;
	*lo = fmax(*lo, fmin(a, b));
	*hi = fmin(*hi, fmax(a, b));
	return *lo < *hi;
}

/* Where |x + t n|^2 < r^2 for the part of x and n across an axis (or all of them). nn = n.n */
static int round_part(double xx, double xn, double nn, double r, double *lo, double *hi)
{
	if (!(nn > 1e-300))
		return xx < r * r;
	double d = xn * xn - nn * (xx - r * r);
	if (!(d > 0))
		return 0;
	double s = sqrt(d);
	*lo = fmax(*lo, (-xn - s) / nn);
	*hi = fmin(*hi, (-xn + s) / nn);
	return *lo < *hi;
}

/* The part of the half line inside one volume, all of which are convex. */
static int cross_one(const struct bsm_volume *v, struct bsm_p4 x, struct bsm_p4 n, double *lo, double *hi)
{
	x = bsm_p4_sub(x, v->center);
	*lo = 0;
	*hi = INFINITY;
	if (v->shape == BSM_BOX)
		return slab(x.x, n.x, v->half.x, lo, hi) && slab(x.y, n.y, v->half.y, lo, hi) &&
		       slab(x.z, n.z, v->half.z, lo, hi);
	double xx = bsm_p4_dot3(x, x), xn = bsm_p4_dot3(x, n), nn = bsm_p4_dot3(n, n);
	if (v->shape == BSM_SPHERE)
		return round_part(xx, xn, nn, v->half.x, lo, hi);
	double xa = bsm_p4_dot3(x, v->axis), na = bsm_p4_dot3(n, v->axis);
	return slab(xa, na, v->half.z, lo, hi) && round_part(xx - xa * xa, xn - xa * na, nn - na * na, v->half.x, lo, hi);
}

static int inside(const struct bsm_volume *v, struct bsm_p4 x)
{
	x = bsm_p4_sub(x, v->center);
	if (v->shape == BSM_BOX)
		return fabs(x.x) < v->half.x && fabs(x.y) < v->half.y && fabs(x.z) < v->half.z;
	double xx = bsm_p4_dot3(x, x), xa = bsm_p4_dot3(x, v->axis);
	if (v->shape == BSM_SPHERE)
		return xx < v->half.x * v->half.x;
	return fabs(xa) < v->half.z && xx - xa * xa < v->half.x * v->half.x;
}

int bsm_detector_at(const struct bsm_detector *d, struct bsm_p4 x)
{
	for (int i = 0; i < d->nvolume; i++)
		if (inside(&d->volume[i], x))
			return i;
	return -1;
}

/* Owner of the stretch around t: the first volume whose crossing holds it. */
static int owner(const double (*range)[2], int n, double t)
{
	for (int i = 0; i < n; i++)
		if (range[i][0] < t && t < range[i][1])
			return i;
	return -1;
}

int bsm_detector_cross(const struct bsm_detector *d, unsigned roles, struct bsm_p4 x, struct bsm_p4 n,
		       struct bsm_segment *out)
{
	double range[BSM_VOLUMES][2], cut[2 * BSM_VOLUMES];
	int ncut = 0;
	unsigned wanted = 0;
	for (int i = 0; i < d->nvolume; i++) {
		range[i][0] = range[i][1] = 0;
		if (!cross_one(&d->volume[i], x, n, &range[i][0], &range[i][1])) {
			range[i][0] = range[i][1] = 0;
			continue;
		}
		wanted += (roles >> d->volume[i].role) & 1;
		for (int side = 0; side < 2; side++) { /* insertion sort: a handful of numbers */
			int k = ncut++;
			for (; k > 0 && cut[k - 1] > range[i][side]; k--)
				cut[k] = cut[k - 1];
			cut[k] = range[i][side];
		}
	}
	if (!wanted)
		return 0;
	int count = 0;
	for (int k = 0; k + 1 < ncut; k++) {
		if (!(cut[k + 1] > cut[k]))
			continue;
		int own = owner((const double(*)[2])range, d->nvolume, 0.5 * (cut[k] + cut[k + 1]));
		if (own < 0 || !((roles >> d->volume[own].role) & 1))
			continue;
		if (count && out[count - 1].volume == own && out[count - 1].to == cut[k])
			out[count - 1].to = cut[k + 1];
		else
			out[count++] = (struct bsm_segment){cut[k], cut[k + 1], own};
	}
	return count;
}

/* Half extents along the axes. */
static struct bsm_p4 extent(const struct bsm_volume *v)
{
	if (v->shape == BSM_BOX)
		return v->half;
	if (v->shape == BSM_SPHERE)
		return (struct bsm_p4){0, v->half.x, v->half.x, v->half.x};
	double r = v->half.x, h = v->half.z;
	struct bsm_p4 a = v->axis;
	return (struct bsm_p4){0, h * fabs(a.x) + r * sqrt(fmax(0, 1 - a.x * a.x)),
			       h * fabs(a.y) + r * sqrt(fmax(0, 1 - a.y * a.y)),
			       h * fabs(a.z) + r * sqrt(fmax(0, 1 - a.z * a.z))};
}

void bsm_detector_bounds(const struct bsm_detector *d, unsigned roles, struct bsm_p4 *lo, struct bsm_p4 *hi)
{
	*lo = (struct bsm_p4){0, INFINITY, INFINITY, INFINITY};
	*hi = (struct bsm_p4){0, -INFINITY, -INFINITY, -INFINITY};
	for (int i = 0; i < d->nvolume; i++) {
		const struct bsm_volume *v = &d->volume[i];
		if (!((roles >> v->role) & 1))
			continue;
		struct bsm_p4 e = extent(v), c = v->center;
		*lo = (struct bsm_p4){0, fmin(lo->x, c.x - e.x), fmin(lo->y, c.y - e.y), fmin(lo->z, c.z - e.z)};
		*hi = (struct bsm_p4){0, fmax(hi->x, c.x + e.x), fmax(hi->y, c.y + e.y), fmax(hi->z, c.z + e.z)};
	}
}

double bsm_volume_size(const struct bsm_volume *v)
{
	switch (v->shape) {
	case BSM_BOX:
		return 8 * v->half.x * v->half.y * v->half.z;
	case BSM_CYLINDER:
		return 2 * pi * v->half.x * v->half.x * v->half.z;
	case BSM_SPHERE:
		break;
	}
	return 4 * pi / 3 * v->half.x * v->half.x * v->half.x;
}

void bsm_volume_point(const struct bsm_volume *v, double u0, double u1, double u2, struct bsm_p4 *x)
{
	struct bsm_p4 d, h = v->half;
	double f = 2 * pi * u1;
	if (v->shape == BSM_BOX) {
		d = (struct bsm_p4){0, h.x * (2 * u0 - 1), h.y * (2 * u1 - 1), h.z * (2 * u2 - 1)};
	} else if (v->shape == BSM_SPHERE) {
		double r = h.x * cbrt(u0), c = 2 * u2 - 1, s = 2 * sqrt(u2 * (1 - u2));
		d = (struct bsm_p4){0, r * s * cos(f), r * s * sin(f), r * c};
	} else { /* a disc across the axis, moved along it */
		struct bsm_p4 t = fabs(v->axis.x) < 0.7 ? (struct bsm_p4){0, 1, 0, 0} : (struct bsm_p4){0, 0, 1, 0}, n = v->axis;
		struct bsm_p4 a = bsm_p4_cross(n, t);
		a = bsm_p4_scale(1 / bsm_p4_mag(a), a);
		struct bsm_p4 b = bsm_p4_cross(n, a);
		double r = h.x * sqrt(u0);
		d = bsm_p4_add(bsm_p4_scale(r * cos(f), a), bsm_p4_scale(r * sin(f), b));
		d = bsm_p4_add(d, bsm_p4_scale(h.z * (2 * u2 - 1), n));
	}
	*x = bsm_p4_add(v->center, d);
	x->e = 0;
}

struct bsm_p4 bsm_frame_direction(const struct bsm_frame *f, struct bsm_p4 p)
{
	return bsm_p4_turn(f->R, p);
}

struct bsm_p4 bsm_frame_point(const struct bsm_frame *f, struct bsm_p4 x)
{
	double t = x.e;
	x = bsm_frame_direction(f, bsm_p4_sub(x, f->origin));
	x.e = t;
	return x;
}

struct bsm_p4 bsm_frame_to_beam(const struct bsm_frame *f, struct bsm_p4 x)
{
	const double(*R)[3] = f->R;
	struct bsm_p4 o = f->origin;
	return (struct bsm_p4){x.e, o.x + R[0][0] * x.x + R[1][0] * x.y + R[2][0] * x.z,
			       o.y + R[0][1] * x.x + R[1][1] * x.y + R[2][1] * x.z,
			       o.z + R[0][2] * x.x + R[1][2] * x.y + R[2][2] * x.z};
}

const struct bsm_frame *bsm_detector_frame(const struct bsm_detector *d, const char *beam)
{
	for (int i = 0; i < d->nframe; i++)
		if (!strcmp(d->frame[i].beam, beam))
			return &d->frame[i];
	return NULL;
}

double bsm_volume_density_ratio(const struct bsm_volume *v)
{
	return v->density > 0 ? v->density / v->material->density : 1;
}
