/* Hadrons on nuclei: cross-sections per nucleus in mb. */
#ifndef BSM_BEAMLINE_CROSS_SECTIONS_H
#define BSM_BEAMLINE_CROSS_SECTIONS_H
#include "source/beamline/matter.h"

/* With new hadrons made (inelastic less quasi-elastic). p: lab momentum [GeV]. */
double bsm_xsec_production(enum bsm_strong, double p, double A);
double bsm_xsec_quasi_elastic(enum bsm_strong, double p, double A); /* a nucleon is knocked out, nothing is made */
double bsm_xsec_elastic(enum bsm_strong, double p, double A);       /* the nucleus stays whole */
/* Slopes in q2 [1/GeV2] of the two kinds of scattering. */
double bsm_slope_quasi_elastic(double p);
double bsm_slope_elastic(double A);
/* Total on a nucleon, mean of proton and neutron: what the above are made of. */
double bsm_xsec_nucleon(enum bsm_strong, double p);
#endif
