#include "physics/dark_production.h"

#include <math.h>

#include "core/constants.h"

double bsm_dark_bremsstrahlung(const struct bsm_in *in, const struct bsm_brem *b, const struct bsm_vector *v, double br,
			       const double *u, struct bsm_particle *out)
{
	struct bsm_in free = *in; /* V goes anywhere, its daughter is aimed */
	struct bsm_particle V;
	free.aim = NULL;
	double density = br > 0 ? bsm_brem_map(&free, b, v, u, &V) : 0;
	return density > 0 ? density * br * bsm_aimed_split(in, V.p, v->mass, 0, 1, out, u + 3) : 0;
}

/* M2 between lo and hi: half of the numbers along V's peak where that is inside, half as 1/M2 falls. */
static double draw_mass2(const struct bsm_portal *t, double lo, double hi, double u, double *weight)
{
	double m2 = t->mass * t->mass, mw = t->mass * t->width, l = log(hi / lo);
	if (!(mw > 0) || m2 <= lo || m2 >= hi) {
		double M2 = lo * exp(u * l);
		*weight = M2 * l;
		return M2;
	}
	double a = atan((lo - m2) / mw), b = atan((hi - m2) / mw), M2;
	if (u < 0.5)
		M2 = fmin(hi, fmax(lo, m2 + mw * tan(a + 2 * u * (b - a))));
	else
		M2 = lo * exp((2 * u - 1) * l);
	double peak = mw / ((b - a) * ((M2 - m2) * (M2 - m2) + mw * mw));
	*weight = 2 / (peak + 1 / (M2 * l));
	return M2;
}

double bsm_dark_drell_yan(const struct bsm_in *in, const struct bsm_vector *v, const struct bsm_portal *t, double from, const double *u,
			  struct bsm_particle *out)
{
	double mp = in->a->m, E = in->a->p.e, s = 2 * mp * (mp + E), low = fmax(BSM_DRELL_YAN_FROM, fmax(from, out[0].m + out[1].m));
	double p = bsm_p4_mag(in->a->p), w;
	if (!(low * low < s))
		return 0;
	double M2 = draw_mass2(t, low * low, s, u[0], &w), ymax = bsm_drell_yan_y_max(s, M2), y = ymax * (2 * u[1] - 1);
	double density = bsm_drell_yan(v, t, s, (double)in->nuc->Z / in->nuc->A, M2, y, out[0].m, out[1].m) * in->nuc->A * w * 2 * ymax;
	if (!(density > 0))
		return 0;
	double lab = y + 0.5 * log((E + mp + p) / (E + mp - p)), M = sqrt(M2); /* rapidity of the centre of mass added */
	struct bsm_p4 V = bsm_p4_scale(M * sinh(lab) / p, in->a->p);
	V.e = M * cosh(lab);
	double reaches = bsm_aimed_split(in, V, M, 0, 1, out, u + 2);
	if (!(reaches > 0))
		return 0;
	struct bsm_p4 k = bsm_p4_boost_to_rest(out[0].p, V, M);
	double c = bsm_p4_dot3(k, in->a->p) / (bsm_p4_mag(k) * p);
	return density * reaches * 2 * bsm_drell_yan_angle(t->kind, M2, out[0].m, out[1].m, c);
}

double bsm_dark_capture(const struct bsm_vector *v, double radiative)
{
	double m = bsm_pdg_mass(211) + bsm_pdg_mass(2212), k0 = bsm_two_body_p(m, bsm_pdg_mass(2112), 0);
	double k = bsm_two_body_p(m, bsm_pdg_mass(2112), v->mass), e2 = k * k + v->mass * v->mass, q = bsm_vector_proton(v);
	return radiative * q * q * k / k0 * (2 + v->mass * v->mass / e2) / 2;
}

double bsm_dark_capture_map(const struct bsm_in *in, const struct bsm_vector *v, double probability, const double *u,
			    struct bsm_particle *out)
{
	struct bsm_p4 P = {in->a->m + bsm_pdg_mass(2212), 0, 0, 0}, V;
	double m = P.e, p = bsm_two_body_p(m, out[0].m, v->mass), c = 2 * u[0] - 1, s = 2 * sqrt(u[0] * (1 - u[0]));
	double f = 2 * BSM_PI * u[1];
	if (!(p > 0))
		return 0;
	V = (struct bsm_p4){sqrt(p * p + v->mass * v->mass), p * s * cos(f), p * s * sin(f), p * c};
	out[0].p = bsm_p4_sub(P, V);
	return probability * bsm_aimed_split(in, V, v->mass, 1, 2, out, u + 2);
}
