/* A massive vector V that couples to the Standard Model through vector currents. All charges are in units of the
 * proton's charge e: the Lagrangian is e V_mu (sum_f q_f fbar gamma^mu f). The functions of vector_*.h take one of
 * these. Kinetic mixing eps: q_f = eps Q_f. Baryon number: q = g_B/(3 e) for each quark; leptons only by the loop that
 * mixes V with the photon, for which there is an order of magnitude alone (see bsm_vector_baryonic). */
#ifndef BSM_PHYSICS_VECTOR_COUPLING_H
#define BSM_PHYSICS_VECTOR_COUPLING_H

enum { BSM_DARK_PHOTON = 9900022 }; /* code of V, the same in every model that has one */

struct bsm_vector {
	double mass;     /* GeV */
	double up, down; /* of u, c, t and of d, s, b */
	double lepton;   /* of e, mu, tau */
};

/* The photon itself is eps = 1: with it the formulas give the e+e- annihilation ratios. */
struct bsm_vector bsm_vector_kinetic(double mass, double eps);
/* g = g_B/e. Leptons get -g alpha/(4 pi): eps e with eps = e g_B/(4 pi)^2, S. Tulin, 1404.4370, an estimate. */
struct bsm_vector bsm_vector_baryonic(double mass, double g);
/* Charge of the proton and of the neutron. */
double bsm_vector_proton(const struct bsm_vector *v);
double bsm_vector_neutron(const struct bsm_vector *v);

/* What hadrons of definite quark content see; all are eps for kinetic mixing. Isovector (rho), isoscalar (omega), s
 * sbar (phi). */
double bsm_vector_rho(const struct bsm_vector *v);
double bsm_vector_omega(const struct bsm_vector *v);
double bsm_vector_phi(const struct bsm_vector *v);
#endif
