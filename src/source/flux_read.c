/* Flux tables: rows of text -> intervals in energy, with the density at both ends of each. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "source/flux_table.h"

struct rows {
	double (*v)[BSM_COLUMNS];
	size_t n, cap;
};

void bsm_flux_free(struct bsm_flux *f)
{
	free(f->lo);
	free(f->hi);
	for (int k = 0; k < BSM_FLAVOURS; k++) {
		free(f->f0[k]);
		free(f->f1[k]);
		free(f->sum[k]);
	}
	*f = (struct bsm_flux){0};
}

static enum bsm_status check_row(struct bsm_ctx *ctx, struct bsm_input *in, const struct bsm_flux_layout *l,
				 const double *v, const double *before)
{
	double at = NAN, then = NAN;
	for (int i = 0; i < l->n; i++) {
		int c = l->column[i];
		if (c >= 0 && !(v[i] >= 0))
			return bsm_input_fail(ctx, in, BSM_E_RANGE, "column %d: flux %g, expected 0 or more", i + 1,
					      v[i]);
		if (c == BSM_FLUX_E || c == BSM_FLUX_LO) {
			at = v[i];
			then = before ? before[i] : -1;
		}
	}
	if (!(at >= 0) || !(at > then))
		return bsm_input_fail(ctx, in, BSM_E_RANGE,
				      "energy %g GeV after %g: expected ascending energies, not negative", at, then);
	return BSM_OK;
}

static enum bsm_status read_rows(struct bsm_ctx *ctx, struct bsm_input *in, const struct bsm_flux_layout *l,
				 struct rows *r)
{
	for (;;) {
		double v[BSM_COLUMNS];
		int n;
		BSM_TRY(bsm_columns_next(ctx, in, v, &n, NULL, NULL));
		if (!n)
			break;
		if (n != l->n)
			return bsm_input_fail(ctx, in, BSM_E_SYNTAX, "%d columns, expected %d", n, l->n);
		BSM_TRY(check_row(ctx, in, l, v, r->n ? r->v[r->n - 1] : NULL));
		if (r->n == r->cap) {
			size_t cap = r->cap ? 2 * r->cap : 64;
			void *more = realloc(r->v, cap * sizeof *r->v);
			if (!more)
				return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu rows", cap);
			r->v = more;
			r->cap = cap;
		}
		memcpy(r->v[r->n++], v, sizeof v);
	}
	if (r->n < 2)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %zu rows, expected 2 or more", bsm_input_name(in), r->n);
	return BSM_OK;
}

static int find(const struct bsm_flux_layout *l, int what)
{
	for (int i = 0; i < l->n; i++)
		if (l->column[i] == what)
			return i;
	return -1;
}

/* Edges of bins whose centres are given. */
static enum bsm_status edges_of_centres(struct bsm_ctx *ctx, struct bsm_input *in, const struct rows *r, int e,
					double first, struct bsm_flux *f)
{
	double step = r->v[1][e] - r->v[0][e];
	if (isnan(first)) {
		for (size_t i = 1; i < r->n; i++)
			if (fabs(r->v[i][e] - r->v[i - 1][e] - step) > 1e-4 * step)
				return bsm_fail(
					ctx, BSM_E_KEY,
					"%s: the bin centres are not evenly spaced: give first_edge, or E_lo and "
					"E_hi columns",
					bsm_input_name(in));
		first = fmax(r->v[0][e] - step / 2, 0);
	}
	for (size_t i = 0; i < r->n; i++) {
		double end = 2 * r->v[i][e] - first;
		if (!(end > first))
			return bsm_fail(ctx, BSM_E_RANGE,
					"%s: row %zu: first_edge and the centres before leave no width for the bin at "
					"%g GeV",
					bsm_input_name(in), i + 1, r->v[i][e]);
		f->lo[i] = first;
		f->hi[i] = first = end;
	}
	return BSM_OK;
}

static enum bsm_status intervals(struct bsm_ctx *ctx, struct bsm_input *in, const struct bsm_flux_layout *l,
				 const struct rows *r, struct bsm_flux *f)
{
	int e = find(l, BSM_FLUX_E), lo = find(l, BSM_FLUX_LO), hi = find(l, BSM_FLUX_HI);
	if (l->linear) {
		for (size_t i = 0; i < f->n; i++) {
			f->lo[i] = r->v[i][e];
			f->hi[i] = r->v[i + 1][e];
		}
		return BSM_OK;
	}
	if (e >= 0)
		return edges_of_centres(ctx, in, r, e, l->first_edge, f);
	for (size_t i = 0; i < f->n; i++) {
		f->lo[i] = r->v[i][lo];
		f->hi[i] = r->v[i][hi];
		if (!(f->hi[i] > f->lo[i]) || (i && f->lo[i] < f->hi[i - 1] * (1 - 1e-9)))
			return bsm_fail(ctx, BSM_E_RANGE,
					"%s: row %zu: the bin %g to %g GeV has no width, or overlaps the one before",
					bsm_input_name(in), i + 1, f->lo[i], f->hi[i]);
	}
	return BSM_OK;
}

static enum bsm_status allocate(struct bsm_ctx *ctx, const struct bsm_flux_layout *l, struct bsm_flux *f)
{
	int good = (f->lo = calloc(f->n, sizeof(double))) && (f->hi = calloc(f->n, sizeof(double)));
	for (int k = 0; good && k < BSM_FLAVOURS; k++)
		if (find(l, k) >= 0)
			good = (f->f0[k] = calloc(f->n, sizeof(double))) && (f->f1[k] = calloc(f->n, sizeof(double))) &&
			       (f->sum[k] = calloc(f->n + 1, sizeof(double)));
	return good ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "no memory for a flux of %zu rows", f->n);
}

static enum bsm_status fill(struct bsm_ctx *ctx, struct bsm_input *in, const struct bsm_flux_layout *l,
			    const struct rows *r, struct bsm_flux *f)
{
	f->n = l->linear ? r->n - 1 : r->n;
	BSM_TRY(allocate(ctx, l, f));
	BSM_TRY(intervals(ctx, in, l, r, f));
	for (int k = 0; k < BSM_FLAVOURS; k++) {
		int c = find(l, k);
		for (size_t i = 0; c >= 0 && i < f->n; i++) {
			f->f0[k][i] = r->v[i][c];
			f->f1[k][i] = r->v[l->linear ? i + 1 : i][c];
			f->sum[k][i + 1] = f->sum[k][i] + 0.5 * (f->f0[k][i] + f->f1[k][i]) * (f->hi[i] - f->lo[i]);
			if (!isfinite(f->sum[k][i + 1]))
				return bsm_fail(ctx, BSM_E_RANGE, "%s: row %zu: the integral overflows",
						bsm_input_name(in), i + 1);
		}
	}
	return BSM_OK;
}

enum bsm_status bsm_flux_read(struct bsm_ctx *ctx, struct bsm_input *in, const struct bsm_flux_layout *l,
			      struct bsm_flux *f)
{
	struct rows r = {0};
	enum bsm_status status = read_rows(ctx, in, l, &r);
	if (status == BSM_OK)
		status = fill(ctx, in, l, &r, f);
	free(r.v);
	if (status != BSM_OK)
		bsm_flux_free(f);
	return status;
}

/* Interval that holds u of the integral: bisection in the cumulative sums. */
static size_t interval(const double *sum, size_t n, double at)
{
	size_t lo = 0, hi = n;
	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;
		if (sum[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

double bsm_flux_energy(const struct bsm_flux *f, int k, double u)
{
	double at = u * f->sum[k][f->n];
	size_t i = interval(f->sum[k], f->n, at);
	while (i && !(f->f0[k][i] + f->f1[k][i] > 0)) /* u = 1 with a tail of zeros */
		i--;
	double w = f->hi[i] - f->lo[i], a = f->f0[k][i], slope = (f->f1[k][i] - a) / w, rest = at - f->sum[k][i];
	/* a x + slope x^2 / 2 = rest, in the form that does not cancel. */
	double root = sqrt(fmax(a * a + 2 * slope * rest, 0)), x = a + root > 0 ? 2 * rest / (a + root) : 0;
	return fmin(f->lo[i] + fmax(x, 0), f->hi[i]);
}

double bsm_flux_at(const struct bsm_flux *f, int k, double e)
{
	if (!f->sum[k] || !(e >= f->lo[0]) || !(e <= f->hi[f->n - 1]))
		return 0;
	size_t i = interval(f->lo, f->n, e);
	if (e > f->hi[i])
		return 0;
	/* The fraction first: it is at most 1, and the line cannot dip below its lower end by rounding. */
	return f->f0[k][i] + (f->f1[k][i] - f->f0[k][i]) * ((e - f->lo[i]) / (f->hi[i] - f->lo[i]));
}
