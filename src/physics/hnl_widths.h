/* Widths [GeV] of a heavy neutral lepton's production and decay channels for |U|^2 = 1, one charge state, and couplings
 * of 1 where a meson takes part. Zero below threshold. */
#ifndef BSM_PHYSICS_HNL_WIDTHS_H
#define BSM_PHYSICS_HNL_WIDTHS_H

/* Fermion M -> fermion m + pseudoscalar (vector) meson of mass mh: N -> l H, N -> nu H, tau -> H N. */
double bsm_width_f_fp(double M, double m, double mh);
double bsm_width_f_fv(double M, double m, double mh);
/* Pseudoscalar meson -> l N. */
double bsm_width_p_ln(double M, double ml, double mN);
/* |M|^2 = 128 G_F^2 (a.c)(b.d)/2 for parent b of mass M: N -> l l' nu, mu -> e N nu, tau -> l N nu. */
double bsm_width_four_lepton(double M, double ma, double mc, double md);
/* N -> nu f fbar through gl, gr (no colour factor). */
double bsm_width_nff(double M, double mf, double gl, double gr);
/* N -> nu_a nu_b nubar_b. */
double bsm_width_3nu(double M, int same_flavour);
double bsm_width_nu_gamma(double M);

/* Quark-level widths with QCD correction, minus the single mesons; 0 up to 1 GeV, never negative. */
double bsm_width_l_hadrons(double M, int lepton_pdg);
double bsm_width_nu_hadrons(double M);
double bsm_alpha_s(double mu); /* strong coupling, four loops from the tau mass, 3 or 4 flavours */
#endif
