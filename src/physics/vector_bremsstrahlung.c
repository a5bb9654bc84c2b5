#include "physics/vector_bremsstrahlung.h"

#include <complex.h>
#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"

/* f m^2/(m^2 - q2 - i m Gamma) summed: couplings of 0910.5589, table II (as coded in BdNMC,
 * Proton_Brem_Distribution.cpp); the lightest two at their measured places, without which a narrow omega would stand 13
 * MeV beside V -> 3 pi. */
struct resonance {
	double f, m, g;
};

static double complex family(const struct resonance *r, double q2)
{
	double complex sum = 0;
	for (int i = 0; i < 3; i++)
		sum += r[i].f * r[i].m * r[i].m / (r[i].m * r[i].m - q2 - _Complex_I * r[i].m * r[i].g);
	return sum;
}

double bsm_proton_form_factor2(const struct bsm_vector *v, double q2)
{
	const struct resonance rho[3] = {
		{0.6165, bsm_pdg_mass(113), bsm_pdg_width(113)}, {0.2232, 1.25, 0.3}, {-0.3397, 1.45, 0.5}};
	const struct resonance omega[3] = {
		{1.0118, bsm_pdg_mass(223), bsm_pdg_width(223)}, {-0.8817, 1.25, 0.3}, {0.3699, 1.45, 0.5}};
	double f = cabs(bsm_vector_rho(v) * family(rho, q2) + bsm_vector_omega(v) * family(omega, q2));
	return f * f;
}

static double virtuality(double mV, double z, double pt2)
{
	double mp = bsm_pdg_mass(2212);
	return pt2 + (1 - z) * mV * mV + z * z * mp * mp;
}

/* Sum over the three spins of V of |ubar(p*) eps u(p)|^2 on the light front, the longitudinal one without its part
 * along q (which a conserved current does not see): tests/derive/vector.py. */
double bsm_split_modern(double mV, double z, double pt2)
{
	double H = virtuality(mV, z, pt2), mp = bsm_pdg_mass(2212);
	return BSM_ALPHA / (2 * BSM_PI * H) * ((1 + (1 - z) * (1 - z)) / z - z * (1 - z) * (2 * mp * mp + mV * mV) / H);
}

double bsm_split_bluemlein_brunner(double mV, double z, double pt2)
{
	double H = virtuality(mV, z, pt2), p2 = bsm_pdg_mass(2212) * bsm_pdg_mass(2212), v2 = mV * mV, y = 1 - z;
	double first = (1 + y * y) / z - 2 * z * y * ((2 * p2 + v2) / H - 2 * z * z * p2 * p2 / (H * H));
	return BSM_ALPHA / (2 * BSM_PI * H) *
	       (first + 2 * z * y * (1 + y * y) * p2 * v2 / (H * H) + 2 * z * y * y * v2 * v2 / (H * H));
}

double bsm_brem_off_shell(double mV, double lambda, double z, double pt2)
{
	double d = virtuality(mV, z, pt2) / (z * lambda * lambda);
	return 1 / (1 + d * d);
}

double bsm_sigma_pp(double s)
{
	double mp = bsm_pdg_mass(2212), M = 2 * mp + 2.1206, x = s / (M * M), l = log(x);
	return 0.2720 * l * l + 34.41 + 13.07 * pow(x, -0.4473) - 7.394 * pow(x, -0.5486);
}

double bsm_brem_density(const struct bsm_brem *b, const struct bsm_vector *v, double p, double z, double pt2)
{
	double mp = bsm_pdg_mass(2212), m = v->mass, E = sqrt(p * p + mp * mp),
	       left = E - sqrt(m * m + pt2 + z * z * p * p);
	/* what is left has to be a proton at least */
	if (!(z >= b->z_min && z <= b->z_max && pt2 <= b->pt_max * b->pt_max && z > 0 && z < 1 && left > mp))
		return 0;
	double flux = bsm_sigma_pp(2 * mp * (mp + left)) / bsm_sigma_pp(2 * mp * (mp + E));
	double f2 = bsm_proton_form_factor2(v, m * m) * flux;
	if (b->kind == BSM_BREM_BLUEMLEIN_BRUNNER)
		return f2 * bsm_split_bluemlein_brunner(m, z, pt2);
	double off = bsm_brem_off_shell(m, b->lambda, z, pt2);
	return f2 * off * off * bsm_split_modern(m, z, pt2);
}

struct range {
	const struct bsm_brem *b;
	const struct bsm_vector *v;
	double p, z;
};

/* pt2 = h (e^x - 1): even in the logarithm of the virtuality. */
static double over_pt(double x, void *arg)
{
	const struct range *r = arg;
	double h = virtuality(r->v->mass, r->z, 0);
	return bsm_brem_density(r->b, r->v, r->p, r->z, h * expm1(x)) * h * exp(x);
}

static double over_z(double z, void *arg)
{
	struct range *r = arg;
	r->z = z;
	double h = virtuality(r->v->mass, z, 0), mp = bsm_pdg_mass(2212), m = r->v->mass;
	/* energy ends the range before pt_max does where V takes nearly all */
	double e = sqrt(r->p * r->p + mp * mp) - mp,
	       most = fmin(r->b->pt_max * r->b->pt_max, e * e - m * m - z * z * r->p * r->p);
	return most > 0 ? bsm_integrate(over_pt, r, 0, log1p(most / h), 1e-9, NULL) : 0;
}

double bsm_brem_number(const struct bsm_brem *b, const struct bsm_vector *v, double p)
{
	struct range r = {b, v, p, 0};
	double mp = bsm_pdg_mass(2212), e = sqrt(p * p + mp * mp) - mp, q = e * e - v->mass * v->mass;
	double high = q > 0 ? fmin(b->z_max, sqrt(q) / p) : 0;
	return high > b->z_min ? bsm_integrate(over_z, &r, b->z_min, high, 1e-8, NULL) : 0;
}
