/* Inclusive pi+ of protons of 585 to 800 MeV on nuclei: R. L. Burman and E. S. Smith, Los Alamos report LA-11502-MS
 * (1989), in the form of the public code pgdeniverville/BdNMC (src/BurmanSmith.cpp; its splines counted twice at the
 * knots). */
#ifndef BSM_SOURCE_YIELDS_BURMAN_SMITH_H
#define BSM_SOURCE_YIELDS_BURMAN_SMITH_H

struct bsm_burman_smith {
	double T_fermi;     /* MeV: where the spectrum is cut off */
	double theta_T, s0; /* degrees; MeV */
	double a[5];        /* ub/(MeV sr): of the splines in the angle */
	double pmax;        /* GeV */
};
/* Z: of the nucleus; T: kinetic energy of the protons [GeV], 0.3 to 1.1. 0, or -1 outside. */
int bsm_burman_smith_init(struct bsm_burman_smith *, double Z, double T);
/* d2 sigma / dp dOmega per nucleus [mb/(GeV sr)]. */
double bsm_burman_smith_density(const struct bsm_burman_smith *, double p, double ct, double st);
#endif
