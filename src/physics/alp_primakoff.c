/* Conversion of photons and a in the field of an atom, elastic on the nucleus as a whole. The nucleus is a heavy
 * particle of charge Z F, spin 0, at rest; it recoils. */
#include <math.h>

#include "core/constants.h"
#include "kinematics/exchange.h"
#include "kinematics/split.h"
#include "physics/alp.h"
#include "physics/form_factors.h"

static const double e2 = 4 * BSM_PI * BSM_ALPHA;

/* |M|^2 = 2 g^2 e^2 Z^2 F^2 M^2 |k x p|^2/t^2 averaged over the spin of the photon, from V.V* of
 * V_mu = 2 eps_(mu nu rho sigma) k^rho q^sigma P^nu; with recoil for p - k the product loses no digits. */
static double squared(double g2, double Z, int A, double M, double photons, struct bsm_p4 k, struct bsm_p4 recoil)
{
	double p2 = bsm_p4_dot3(recoil, recoil), T = p2 / (recoil.e + M), q2 = 2 * M * T;
	if (!(q2 > 0))
		return 0;
	struct bsm_p4 c = bsm_p4_cross(k, recoil);
	double F = Z * bsm_helm(q2, A) * bsm_atomic_screening(q2, (int)Z), F2 = F * F;
	return photons * 2 * g2 * e2 * F2 * M * M * bsm_p4_dot3(c, c) / (q2 * q2);
}

static double me2(const struct bsm_in *in, double photons, struct bsm_p4 recoil)
{
	return squared(in->derived[BSM_ALP_PHOTON2], in->nuc->Z, in->nuc->A, in->b->m, photons, in->a->p, recoil);
}

double bsm_alp_primakoff_me2(const struct bsm_in *in, const struct bsm_particle *out)
{
	return me2(in, in->row->in == 22 ? 1 : 2, out[1].p);
}

/* ---- total: d sigma/dt over the logarithm of -t ---- */
struct range {
	double g2, p, m_in, m_out, M, s, near;
	int Z, A;
	double photons;
};

static double over_log(double l, void *arg)
{
	const struct range *r = arg;
	/* k x p from the Gram determinant: 4 s |k x p|^2 M^2 = (-t - near)(far + t) times the initial momenta */
	double x = expm1(l), q2 = r->near * (x + 1), gap = r->near * x;
	double w = sqrt(r->s), pi_ = bsm_two_body_p(w, r->m_in, r->M), pf = bsm_two_body_p(w, r->m_out, r->M);
	double far_gap = fmax(0, 4 * pi_ * pf - gap), F = r->Z * bsm_helm(q2, r->A) * bsm_atomic_screening(q2, r->Z);
	double cross2 = gap * far_gap * r->s / 4; /* M^2 |k x p|^2 */
	double me = r->photons * 2 * r->g2 * e2 * F * F * cross2 / (q2 * q2);
	return me / (64 * BSM_PI * r->M * r->M * r->p * r->p) * q2; /* dt = q2 dl */
}

static double total(double g2, double E, double m_in, double m_out, int Z, int A, double M, double photons)
{
	double near, far, s = m_in * m_in + M * M + 2 * M * E;
	if (!bsm_exchange_range(s, m_in, M, m_out, M, &near, &far) || !(near > 0))
		return 0;
	struct range r = {g2, sqrt((E - m_in) * (E + m_in)), m_in, m_out, M, s, near, Z, A, photons};
	/* Screening, the growth away from forward and the nucleus each bend the integrand: short pieces. */
	double sum = 0, end = log(far / near), a = 0;
	for (int i = 0, n = (int)ceil(end / 4); i < n; i++) {
		double b = i == n - 1 ? end : a + end / n;
		sum += bsm_integrate(over_log, &r, a, b, 1e-9, NULL);
		a = b;
	}
	return sum * BSM_HBARC2_CM2;
}

double bsm_alp_primakoff_total(double g2, double k, double m, int Z, int A, double M)
{
	return total(g2, k, 0, m, Z, A, M, 1);
}

double bsm_alp_primakoff_row_total(const struct bsm_in *in)
{
	return total(in->derived[BSM_ALP_PHOTON2], in->a->p.e, 0, in->par[BSM_ALP_MASS], in->nuc->Z, in->nuc->A,
		     in->b->m, 1);
}

double bsm_alp_inverse_primakoff_row_total(const struct bsm_in *in)
{
	return total(in->derived[BSM_ALP_PHOTON2], in->a->p.e, in->par[BSM_ALP_MASS], 0, in->nuc->Z, in->nuc->A,
		     in->b->m, 2);
}
