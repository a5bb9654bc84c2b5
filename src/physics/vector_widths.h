/* Widths [GeV] of a vector V. Zero below threshold. */
#ifndef BSM_PHYSICS_VECTOR_WIDTHS_H
#define BSM_PHYSICS_VECTOR_WIDTHS_H
#include "physics/vector_coupling.h"

/* Dark matter chi that V couples to with alpha_D = g_D^2/(4 pi).
 * BSM_CHI_DIRAC: g_D V_mu chibar gamma^mu chi. BSM_CHI_SCALAR: complex, i g_D V_mu (chi* d^mu chi - c.c.).
 * BSM_CHI_INELASTIC: g_D V_mu chi2bar gamma^mu chi1 between two Majorana fermions (pseudo-Dirac, i between them), m2 >=
 * m1: at m2 = m1 the same width as of a Dirac chi. */
enum bsm_chi { BSM_CHI_DIRAC, BSM_CHI_SCALAR, BSM_CHI_INELASTIC };

double bsm_vector_ll(const struct bsm_vector *v, int lepton_pdg);
/* V -> chi chibar of equal masses m1, or chi1 chi2. m2 is read by BSM_CHI_INELASTIC alone. */
double bsm_vector_chi(double mass, double alpha_D, enum bsm_chi kind, double m1, double m2);
/* e mu tau and hadrons (vector_hadrons.h): not cheap. */
double bsm_vector_visible(const struct bsm_vector *v);
#endif
