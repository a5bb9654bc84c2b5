/* Drell, Yan, Phys. Rev. Lett. 25 (1970) 316; V: deNiverville, McKeen, Ritz 1205.3499, section III. */
#include "physics/vector_drell_yan.h"

#include <math.h>

#include "core/constants.h"
#include "physics/partons.h"

/* sum of charge^2 (x1 q(x1) x2 qbar(x2) + 1 <-> 2) */
static double luminosity(const struct bsm_vector *v, double s, double protons, double M2, double y)
{
	double t = sqrt(M2 / s), x1 = t * exp(y), x2 = t * exp(-y);
	if (!(x1 < 1 && x2 < 1) || !(M2 >= BSM_DRELL_YAN_FROM * BSM_DRELL_YAN_FROM))
		return 0;
	struct bsm_partons a = bsm_partons_proton(x1, M2), b = bsm_partons_nucleon(x2, M2, protons);
	double up = a.u * b.ubar + a.ubar * b.u;
	double down = a.d * b.dbar + a.dbar * b.d + 2 * a.s * b.s;
	return v->up * v->up * up + v->down * v->down * down;
}

double bsm_drell_yan_y_max(double s, double M2)
{
	return M2 < s ? log(s / M2) / 2 : 0;
}

double bsm_drell_yan(const struct bsm_vector *v, const struct bsm_portal *t, double s, double protons, double M2,
		     double y, double m1, double m2)
{
	double M = sqrt(M2), d = M2 - t->mass * t->mass, w = t->mass * t->width;
	/* 4 pi alpha alpha_D q^2 M^2/(9 |D|^2), massless Dirac chi; 3 Gamma(M)/(alpha_D M) is 1 for them */
	double chi = 3 * bsm_vector_chi(M, 1, t->kind, m1, t->kind == BSM_CHI_INELASTIC ? m2 : m1) / M;
	double hard = 4 * BSM_PI / 9 * BSM_ALPHA * t->alpha_D * M2 / (d * d + w * w) * chi;
	return hard / M2 * luminosity(v, s, protons, M2, y) * BSM_HBARC2_CM2;
}

double bsm_drell_yan_on_shell(const struct bsm_vector *v, double s, double protons, double y)
{
	double m2 = v->mass * v->mass;
	return 4 * BSM_PI * BSM_PI * BSM_ALPHA / (3 * m2) * luminosity(v, s, protons, m2, y) * BSM_HBARC2_CM2;
}

double bsm_drell_yan_angle(enum bsm_chi kind, double M2, double m1, double m2, double c)
{
	double M = sqrt(M2);
	if (kind != BSM_CHI_INELASTIC)
		m2 = m1;
	double p = bsm_two_body_p(M, m1, m2), p2 = p * p;
	if (!(p > 0))
		return 0;
	if (kind == BSM_CHI_SCALAR)
		return 0.75 * (1 - c) * (1 + c);
	double flat = sqrt(p2 + m1 * m1) * sqrt(p2 + m2 * m2) + m1 * m2;
	return (flat + p2 * c * c) / (2 * flat + 2 * p2 / 3);
}
