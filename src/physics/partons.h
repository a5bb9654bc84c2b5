/* Parton densities of the proton, leading order: M. Glueck, E. Reya, A. Vogt, Z. Phys. C 67 (1995) 433 (GRV94 LO), the
 * analytic parametrisation of its appendix. For x in 1e-5 .. 1 and Q2 in 0.4 .. 1e6 GeV2. */
#ifndef BSM_PHYSICS_PARTONS_H
#define BSM_PHYSICS_PARTONS_H

struct bsm_partons {
	double u, d, ubar, dbar, s, gluon;
}; /* x times density; s = sbar. No charm: three flavours */
struct bsm_partons bsm_partons_proton(double x, double q2);
/* A nucleon of a nucleus with this share of protons: isospin, no other nuclear effect. */
struct bsm_partons bsm_partons_nucleon(double x, double q2, double protons);
#endif
