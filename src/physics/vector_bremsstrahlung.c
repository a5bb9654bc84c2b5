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

/* Sum over the three spins of V of |ubar(p*) eps u(p)|^2 on the light front, the longitudinal one without its part
 * along q (which a conserved current does not see): tests/derive/vector.py. */
double bsm_split_modern(double mV, double z, double pt2)
{
	double H = bsm_radiator_virtuality(mV, z, pt2), mp = bsm_pdg_mass(2212);
	return BSM_ALPHA / (2 * BSM_PI * H) * ((1 + (1 - z) * (1 - z)) / z - z * (1 - z) * (2 * mp * mp + mV * mV) / H);
}

double bsm_split_bluemlein_brunner(double mV, double z, double pt2)
{
	double H = bsm_radiator_virtuality(mV, z, pt2), p2 = bsm_pdg_mass(2212) * bsm_pdg_mass(2212), v2 = mV * mV,
	       y = 1 - z;
	double first = (1 + y * y) / z - 2 * z * y * ((2 * p2 + v2) / H - 2 * z * z * p2 * p2 / (H * H));
	return BSM_ALPHA / (2 * BSM_PI * H) *
	       (first + 2 * z * y * (1 + y * y) * p2 * v2 / (H * H) + 2 * z * y * y * v2 * v2 / (H * H));
}

double bsm_brem_off_shell(double mV, double lambda, double z, double pt2)
{
	return bsm_radiator_off_shell(mV, lambda, z, pt2);
}

/* ---- as a radiator ---- */
struct what {
	const struct bsm_brem *b;
	const struct bsm_vector *v;
};

static double density(const void *what, double p, double z, double pt2)
{
	const struct what *w = what;
	return bsm_brem_density(w->b, w->v, p, z, pt2);
}

static struct bsm_radiator radiator(const struct what *w)
{
	return (struct bsm_radiator){w->v->mass, w->b->z_min, w->b->z_max, w->b->pt_max, density, w};
}

double bsm_brem_density(const struct bsm_brem *b, const struct bsm_vector *v, double p, double z, double pt2)
{
	struct what w = {b, v};
	struct bsm_radiator r = radiator(&w);
	double m = v->mass, flux = bsm_radiator_flux(&r, p, z, pt2);
	if (!(flux > 0))
		return 0;
	double f2 = bsm_proton_form_factor2(v, m * m) * flux;
	if (b->kind == BSM_BREM_BLUEMLEIN_BRUNNER)
		return f2 * bsm_split_bluemlein_brunner(m, z, pt2);
	double off = bsm_brem_off_shell(m, b->lambda, z, pt2);
	return f2 * off * off * bsm_split_modern(m, z, pt2);
}

double bsm_brem_number(const struct bsm_brem *b, const struct bsm_vector *v, double p)
{
	struct what w = {b, v};
	struct bsm_radiator r = radiator(&w);
	return bsm_radiator_number(&r, p);
}

double bsm_brem_map(const struct bsm_in *in, const struct bsm_brem *b, const struct bsm_vector *v, const double u[3],
		    struct bsm_particle *V)
{
	struct what w = {b, v};
	struct bsm_radiator r = radiator(&w);
	return bsm_radiator_map(in, &r, u, V);
}
