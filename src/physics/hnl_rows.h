/* What the rows of a heavy neutral lepton model share: amplitudes, widths, spin. Two models with other couplings (a
 * dipole, a Z') can reuse them. Rows carry arg[0] = flavour of the mixing: 0, 1, 2 for e, mu, tau. */
#ifndef BSM_PHYSICS_HNL_ROWS_H
#define BSM_PHYSICS_HNL_ROWS_H
#include "bsmnu/model.h"

enum { BSM_HNL = 9900015 };
enum { BSM_HNL_MASS, BSM_HNL_UE2, BSM_HNL_UMU2, BSM_HNL_UTAU2, BSM_HNL_NATURE }; /* order of the parameters */

/* derived[2 i], derived[2 i + 1]: width of row i [GeV]; factor of its amplitude squared, 0 where the width is. */
void bsm_hnl_prepare_row(const struct bsm_process *row, const double *par, double *derived2);
double bsm_hnl_total(const struct bsm_in *in);
/* rho of a production row: width at this mass over that of a massless N, both for |U|^2 = 1. */
double bsm_hnl_ratio(const struct bsm_in *in);

/* Decays. Legs: l H; nu H; nu l- l+; l- l'+ nu'; nu_a nu_b nubar_b; nu gamma. */
double bsm_hnl_me2_meson(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_nll(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_lln(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_3nu(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_gamma(const struct bsm_in *in, const struct bsm_particle *out);
/* Inclusive rows have no amplitude: their width is known by these two, and phase space does the rest. */
double bsm_hnl_total_l_hadrons(const struct bsm_in *in);
double bsm_hnl_total_nu_hadrons(const struct bsm_in *in);

/* Production, N always the last leg. P -> l N; tau -> H N; P -> H l N; mu, tau -> l nubar_l N (mixing of the parent);
 * mu+, tau+ -> l+ nubar N (mixing of the light lepton). */
double bsm_hnl_me2_leptonic(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_tau_meson(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_semileptonic(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_parent(const struct bsm_in *in, const struct bsm_particle *out);
double bsm_hnl_me2_child(const struct bsm_in *in, const struct bsm_particle *out);
/* Spin hooks of the same rows: polarisation of N (and of the charged lepton of P -> l N). */
void bsm_hnl_spin_leptonic(const struct bsm_in *in, struct bsm_particle *out);
void bsm_hnl_spin_tau_meson(const struct bsm_in *in, struct bsm_particle *out);
void bsm_hnl_spin_semileptonic(const struct bsm_in *in, struct bsm_particle *out);
void bsm_hnl_spin_parent(const struct bsm_in *in, struct bsm_particle *out);
void bsm_hnl_spin_child(const struct bsm_in *in, struct bsm_particle *out);
#endif
