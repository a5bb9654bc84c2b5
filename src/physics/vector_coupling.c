#include "physics/vector_coupling.h"

#include "core/constants.h"

struct bsm_vector bsm_vector_kinetic(double mass, double eps)
{
	return (struct bsm_vector){mass, 2 * eps / 3, -eps / 3, -eps};
}

struct bsm_vector bsm_vector_baryonic(double mass, double g)
{
	return (struct bsm_vector){mass, g / 3, g / 3, -g * BSM_ALPHA / (4 * BSM_PI)};
}

double bsm_vector_proton(const struct bsm_vector *v)
{
	return 2 * v->up + v->down;
}

double bsm_vector_neutron(const struct bsm_vector *v)
{
	return v->up + 2 * v->down;
}

double bsm_vector_rho(const struct bsm_vector *v)
{
	return v->up - v->down;
}

double bsm_vector_omega(const struct bsm_vector *v)
{
	return 3 * (v->up + v->down);
}

double bsm_vector_phi(const struct bsm_vector *v)
{
	return -3 * v->down;
}
