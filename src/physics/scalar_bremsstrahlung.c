#include "physics/scalar_bremsstrahlung.h"

#include <complex.h>
#include <math.h>

#include "core/constants.h"

/* 2108.05900, as ALPINIST codes it (general/exotic_constants.py: f_f0, m_f0, Gamma_f0). |F(0)| = 0.99: the broad
 * resonances keep their widths there. */
double bsm_scalar_nucleon_form_factor2(double q2)
{
	static const struct {
		double f, m, g;
	} r[] = {{0.28, 0.475, 0.55}, {1.8, 0.98, 0.055}, {-0.99, 1.35, 0.35}};
	double complex sum = 0;
	for (int i = 0; i < 3; i++)
		sum += r[i].f * r[i].m * r[i].m / (r[i].m * r[i].m - q2 - _Complex_I * r[i].m * r[i].g);
	double f = cabs(sum);
	return f * f;
}

double bsm_split_scalar(double mass, double z, double pt2)
{
	double H = bsm_radiator_virtuality(mass, z, pt2), mp = bsm_pdg_mass(2212), a = (2 - z) * mp;
	return z * (a * a + pt2) / (16 * BSM_PI * BSM_PI * H * H);
}

static double density(const void *what, double p, double z, double pt2)
{
	return bsm_scalar_brem_density(what, p, z, pt2);
}

static struct bsm_radiator radiator(const struct bsm_scalar_brem *b)
{
	return (struct bsm_radiator){b->mass, b->z_min, b->z_max, b->pt_max, density, b};
}

double bsm_scalar_brem_density(const struct bsm_scalar_brem *b, double p, double z, double pt2)
{
	struct bsm_radiator r = radiator(b);
	double flux = bsm_radiator_flux(&r, p, z, pt2), g = BSM_SCALAR_NUCLEON * b->sin_theta;
	if (!(flux > 0))
		return 0;
	double rate =
		g * g * flux * bsm_scalar_nucleon_form_factor2(b->mass * b->mass) * bsm_split_scalar(b->mass, z, pt2);
	if (b->kind == BSM_SCALAR_BREM_BOIARSKA)
		return 2 * rate;
	double off = bsm_radiator_off_shell(b->mass, b->lambda, z, pt2);
	return off * off * rate;
}

double bsm_scalar_brem_number(const struct bsm_scalar_brem *b, double p)
{
	struct bsm_radiator r = radiator(b);
	return bsm_radiator_number(&r, p);
}

double bsm_scalar_brem_map(const struct bsm_in *in, const struct bsm_scalar_brem *b, const double u[3],
			   struct bsm_particle *S)
{
	struct bsm_radiator r = radiator(b);
	return bsm_radiator_map(in, &r, u, S);
}
