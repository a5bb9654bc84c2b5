#include "source/yields/yield_map.h"

#include <math.h>
#include <stddef.h>

static const double pi = 3.14159265358979323846, pT_max = 4;
/* A share of flat sampling everywhere: no weight can run away where the grid misjudges the density. */
static const double flat = 0.05;

/* Angle at fraction y of the range: t = tan(theta/2) goes as y^1.5, finer where pT is small, and costs no trigonometry.
 * Returns dtheta/dy. */
static double angle(double p, double y, double *ct, double *st)
{
	double s = p > pT_max ? pT_max / p : 1, top = s / (1 + sqrt(1 - s * s)), r = sqrt(y), t = top * y * r;
	double k = 1 / (1 + t * t);
	*ct = (1 - t * t) * k;
	*st = 2 * t * k;
	return 3 * top * r * k;
}

/* Integral over one cell, with the sums for the means. */
static double cell(bsm_yield_density *f, const void *law, double ln0, double step, int j, int n, double *sp, double *sT)
{
	double sum = 0;
	for (int a = 0; a < n; a++) {
		double p = exp(ln0 + step * (a + 0.5) / n);
		for (int b = 0; b < n; b++) {
			double ct, s, jac = angle(p, (j + (b + 0.5) / n) / BSM_YIELD_T, &ct, &s);
			double w = f(law, p, ct, s) * 2 * pi * s * jac * p * step / (n * n * BSM_YIELD_T);
			sum += w;
			*sp += w * p;
			*sT += w * p * s;
		}
	}
	return sum;
}

double bsm_yield_integral(bsm_yield_density *f, const void *law, double pmin, double pmax, int n, double *p, double *pT)
{
	double ln0 = log(pmin), step = (log(pmax) - ln0) / BSM_YIELD_P, sum = 0, sp = 0, sT = 0;
	for (int i = 0; i < BSM_YIELD_P; i++)
		for (int j = 0; j < BSM_YIELD_T; j++)
			sum += cell(f, law, ln0 + i * step, step, j, n, &sp, &sT);
	if (p)
		*p = sp / sum;
	if (pT)
		*pT = sT / sum;
	return sum;
}

/* n weights in c[1..n] -> cumulative distribution with the flat share. */
static void accumulate(double *c, int n)
{
	double sum = 0, at = 0;
	for (int i = 1; i <= n; i++)
		sum += c[i];
	c[0] = 0;
	for (int i = 1; i <= n; i++) {
		at += (sum > 0 ? (1 - flat) * c[i] / sum + flat / n : 1.0 / n);
		c[i] = at;
	}
	c[n] = 1;
}

void bsm_yield_map_init(struct bsm_yield_map *m, bsm_yield_density *f, const void *law, double pmin, double pmax)
{
	double drop = 0;
	m->ln0 = log(pmin);
	m->step = (log(pmax) - m->ln0) / BSM_YIELD_P;
	for (int i = 0; i < BSM_YIELD_P; i++) {
		m->cp[i + 1] = 0;
		for (int j = 0; j < BSM_YIELD_T; j++) {
			double w = cell(f, law, m->ln0 + i * m->step, m->step, j, 2, &drop, &drop);
			m->ct[i][j + 1] = w;
			m->cp[i + 1] += w;
		}
		accumulate(m->ct[i], BSM_YIELD_T);
	}
	m->total = 0;
	for (int i = 1; i <= BSM_YIELD_P; i++)
		m->total += m->cp[i];
	accumulate(m->cp, BSM_YIELD_P);
}

/* Bin of u in a cumulative distribution of n bins: position in bins, and the width of the bin in u. */
static double invert(const double *c, int n, double u, int *bin, double *width)
{
	int lo = 0, hi = n;
	while (hi - lo > 1) {
		int mid = (lo + hi) / 2;
		if (c[mid] <= u)
			lo = mid;
		else
			hi = mid;
	}
	*bin = lo;
	*width = c[lo + 1] - c[lo];
	return lo + fmin((u - c[lo]) / *width, 1);
}

double bsm_yield_map_draw(const struct bsm_yield_map *m, double u0, double u1, double *p, double *ct, double *st)
{
	int i, j;
	double wp, wt;
	*p = exp(m->ln0 + m->step * invert(m->cp, BSM_YIELD_P, u0, &i, &wp));
	double jac = angle(*p, invert(m->ct[i], BSM_YIELD_T, u1, &j, &wt) / BSM_YIELD_T, ct, st);
	return *p * m->step / wp * jac / (BSM_YIELD_T * wt) * 2 * pi * *st;
}
