/* Samples of single decays and comparisons with densities, for the tests of the afterburner's shapes. */
#ifndef BSM_AFTER_SAMPLES_H
#define BSM_AFTER_SAMPLES_H
#include "after/decay_shapes.h"
#include "check_main.h"
#include "core/constants.h"
#include "kinematics/particles.h"

enum { N = 200000, BINS = 20 };

static inline struct bsm_rng stream(uint64_t trial)
{
	return bsm_rng_make(20261122, BSM_FOR_VERIFY, trial, 1);
}

static inline const struct bsm_mode *mode_of(int32_t pdg, int k)
{
	return &bsm_decay_table_find(pdg)->mode[k];
}

static inline struct bsm_decay prepare(const struct bsm_mode *mode, double m, int antiparticle, double polarisation)
{
	struct bsm_decay d = {
		.mode = mode, .m = m, .antiparticle = antiparticle, .pol = {0, 0.6 * polarisation, 0.8 * polarisation}};
	for (; d.n < BSM_OUT && mode->out[d.n]; d.n++) {
		d.out[d.n].pdg = antiparticle ? bsm_pdg_conj(mode->out[d.n]) : mode->out[d.n];
		d.out[d.n].m = bsm_pdg_mass(mode->out[d.n]);
	}
	return d;
}

/* Cosine to the polarisation axis of prepare(). */
static inline double cosine(struct bsm_p4 p)
{
	return (0.6 * p.y + 0.8 * p.z) / bsm_p4_mag(p);
}

static inline double integral(double (*f)(double, void *), void *arg, double a, double b)
{
	return bsm_integrate(f, arg, a, b, 1e-9, NULL);
}

/* Counts against the density f over [lo, hi] in equal bins. */
static inline void check_histogram(const char *what, const int *count, int total, double (*f)(double, void *),
				   void *arg, double lo, double hi)
{
	double all = integral(f, arg, lo, hi), chi2 = 0, step = (hi - lo) / BINS;
	int used = 0;
	for (int i = 0; i < BINS; i++) {
		double e = total * integral(f, arg, lo + i * step, lo + (i + 1) * step) / all;
		if (e < 10) /* the rest is too few for a chi2 */
			continue;
		chi2 += (count[i] - e) * (count[i] - e) / e;
		used++;
	}
	ck_assert_msg(used > 5 && chi2 < used + 5 * sqrt(2.0 * used), "%s: chi2 %g for %d bins", what, chi2, used);
}

static inline int bin(double x, double lo, double hi)
{
	int i = (int)((x - lo) / (hi - lo) * BINS);
	return i < 0 ? 0 : i >= BINS ? BINS - 1 : i;
}

static inline void check_mean(const char *what, double sum, double sum2, int n, double expected)
{
	double mean = sum / n, error = sqrt(fmax(0, sum2 / n - mean * mean) / n);
	ck_assert_msg(fabs(mean - expected) < 5 * error, "%s: %g +- %g, expected %g", what, mean, error, expected);
}
#endif
