#include "physics/dark_final_states.h"

#include <math.h>

#include "core/constants.h"
#include "kinematics/exchange.h"
#include "kinematics/phase_volume.h"
#include "kinematics/split.h"
#include "physics/nucleon_form_factors.h"

/* W2 between its limits: along a Breit-Wigner or flat; *weight gets dW2/du. */
static double draw_w2(const struct bsm_dark_hadrons *h, double lo, double hi, double u, double *weight)
{
	if (!(h->width > 0)) {
		*weight = hi * hi - lo * lo;
		return lo * lo + u * *weight;
	}
	double m2 = h->peak * h->peak, mw = h->peak * h->width, a = atan((lo * lo - m2) / mw), b = atan((hi * hi - m2) / mw);
	double x = mw * tan(a + u * (b - a));
	*weight = (b - a) * (x * x + mw * mw) / mw;
	return m2 + x;
}

/* Flat phase space of n hadrons, normalised to 1. */
static double share(struct bsm_p4 X, double W, int n, struct bsm_particle *out, const double *u)
{
	double w = bsm_phase_space(X, W, n, out, -1, NULL, u);
	return w / (n == 3 ? bsm_phase_space_volume_three(W, out) : bsm_phase_space_volume(W, out, n));
}

double bsm_dark_to_hadrons(const struct bsm_in *in, const struct bsm_dark_exchange *e, const struct bsm_dark_hadrons *h, int n,
			   const double *u, struct bsm_particle *out)
{
	const struct bsm_particle *a = in->a, *b = in->b;
	struct bsm_p4 P = bsm_p4_add(a->p, b->p);
	double s = bsm_p4_dot(P, P), w2_weight, lo = h->lo, hi = fmin(h->hi, sqrt(s) - out[0].m);
	double threshold = 0;
	for (int i = 1; i <= n; i++)
		threshold += out[i].m;
	lo = fmax(lo, threshold);
	if (!(hi > lo))
		return 0;
	double W = sqrt(draw_w2(h, lo, hi, u[0], &w2_weight));
	/* where small q2 is cut away the peak is not reached */
	struct bsm_exchange x = {sqrt(e->mass * e->mass + h->q2_min), 2, 0, INFINITY};
	struct bsm_particle leg[2] = {out[0], {.m = W}};
	double phase = bsm_exchange_split(&x, a, b, leg, u + 1), M = b->m;
	if (!(phase > 0))
		return 0;
	struct bsm_p4 q = bsm_p4_sub(leg[1].p, b->p);
	double nu = bsm_p4_dot(b->p, q) / M, q2 = 2 * M * nu - W * W + M * M, a1, a2;
	if (!(q2 > h->q2_min) || !(q2 > 0))
		return 0;
	h->structure(in, q2, W, &a1, &a2);
	struct bsm_dark_current c = {e->spin, a->p, leg[0].p, a->m, out[0].m};
	struct bsm_dark_target t = {a1, a2, bsm_p4_add(b->p, bsm_p4_scale(M * nu / q2, q))};
	double pole = q2 + e->mass * e->mass, flux = 4 * M * bsm_p4_mag(a->p); /* the nucleon rests */
	double density = e->coupling2 / (pole * pole) * bsm_dark_contract(&c, &t) / flux * phase * w2_weight / (2 * BSM_PI);
	out[0].p = leg[0].p;
	return density * BSM_HBARC2_CM2 * share(leg[1].p, W, n, out + 1, u + 3);
}

void bsm_dark_delta(const struct bsm_in *in, double q2, double W, double *a1, double *a2)
{
	double M = in->b->m, nu = (W * W - M * M + q2) / (2 * M);
	/* W1 = K sigma_T / (4 pi^2 alpha), K = (W2 - M2)/2M; no longitudinal part: W2/W1 = q2/(q2 + nu2) */
	*a1 = (W * W - M * M) * bsm_delta_sigma_t(q2, W) / (2 * BSM_PI * BSM_ALPHA);
	*a2 = *a1 * q2 / ((q2 + nu * nu) * M * M);
}
