/* Holdom-type vector: Pospelov, Ritz, Voloshin 0711.4866; chi: Batell, Pospelov, Ritz 0906.5614, Izaguirre et al.
 * 1703.06881. */
#include "physics/vector_widths.h"

#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/vector_hadrons.h"

/* alpha/3 m sqrt(1 - 4r)(1 + 2r): the same for each Dirac fermion. */
static double fermion(double m, double alpha, double mf)
{
	double r = mf / m;
	return 2 * r < 1 ? alpha / 3 * m * sqrt((1 - 2 * r) * (1 + 2 * r)) * (1 + 2 * r * r) : 0;
}

double bsm_vector_ll(const struct bsm_vector *v, int lepton_pdg)
{
	return fermion(v->mass, BSM_ALPHA * v->lepton * v->lepton, bsm_pdg_mass(lepton_pdg));
}

double bsm_vector_chi(double mass, double alpha_D, enum bsm_chi kind, double m1, double m2)
{
	double r = m1 / mass, b2 = (1 - 2 * r) * (1 + 2 * r);
	if (kind == BSM_CHI_DIRAC)
		return fermion(mass, alpha_D, m1);
	if (kind == BSM_CHI_SCALAR)
		return b2 > 0 && r < 1 ? alpha_D / 12 * mass * b2 * sqrt(b2) : 0;
	/* sum over spins of |chi2bar gamma chi1|^2 = 4/(3 m^2) (m^2 - (m2 - m1)^2)(m^2 + (m1 + m2)^2/2) */
	double s = mass * mass, plus = (m1 + m2) * (m1 + m2), minus = (m2 - m1) * (m2 - m1);
	return alpha_D * bsm_two_body_p(mass, m1, m2) * (s - minus) * (2 * s + plus) / (3 * s * s);
}

double bsm_vector_visible(const struct bsm_vector *v)
{
	return bsm_vector_ll(v, 11) + bsm_vector_ll(v, 13) + bsm_vector_ll(v, 15) + bsm_vector_hadrons(v);
}
