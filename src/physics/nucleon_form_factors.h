/* Elastic and Delta form factors of the electromagnetic current of nucleons. q2 = -t >= 0 in GeV2. */
#ifndef BSM_PHYSICS_NUCLEON_FORM_FACTORS_H
#define BSM_PHYSICS_NUCLEON_FORM_FACTORS_H

struct bsm_sachs { double ge, gm; };
/* J. J. Kelly, Phys. Rev. C 70 (2004) 068202, table I; magnetic moments of RPP. */
struct bsm_sachs bsm_sachs_proton(double q2);
struct bsm_sachs bsm_sachs_neutron(double q2);
/* Of the baryon-number current, the charge of a nucleon being 1: proton and neutron summed (isospin). */
struct bsm_sachs bsm_sachs_baryon(double q2);

/* Transverse cross-section [1/GeV2] of a virtual photon on a nucleon into the Delta(1232) at hadronic mass W: magnetic dipole
 * alone, helicity amplitudes of RPP at the photon point, Breit-Wigner with a width that runs as p-wave pi N. */
double bsm_delta_sigma_t(double q2, double W);
double bsm_delta_width(double W); /* GeV */
#endif
