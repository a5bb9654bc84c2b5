/* Nucleons in a nucleus as a relativistic Fermi gas (Smith, Moniz, Nucl. Phys. B 43 (1972) 605): a sphere of momenta, one
 * binding energy, and no final state inside the sphere. */
#ifndef BSM_NUCLEUS_FERMI_GAS_H
#define BSM_NUCLEUS_FERMI_GAS_H
#include "bsmnu/model.h"

struct bsm_fermi_gas { double kf, binding; }; /* GeV; kf = 0: a free nucleon (hydrogen) */

/* Of the protons (pdg 2212) or neutrons (2112) of a nucleus. */
struct bsm_fermi_gas bsm_fermi_gas(int A, int Z, int32_t pdg);
/* A nucleon of mass m from the sphere: p and the mass that it has off its shell, E = sqrt(m^2 + p^2) - binding. u[3]. */
void bsm_fermi_gas_draw(const struct bsm_fermi_gas *, double m, const double *u, struct bsm_particle *nucleon);
/* 0 where a nucleon of momentum p finds its state taken, else 1. */
int bsm_fermi_gas_allows(const struct bsm_fermi_gas *, struct bsm_p4 p);
#endif
