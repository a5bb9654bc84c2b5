/* Axion-like particle a. Couplings as in Bauer, Neubert, Renner, Schnubel, Thamm, 2012.12272 and 2110.10698, but for
 * their names:
 *
 *     L = g_photon/4 a F F~ + g_gluon alpha_s/(8 pi) a G G~
 *         + (d_mu a)/2 (g_lepton sum lbar g^mu g5 l + g_electron/m_e ebar g^mu g5 e + g_quark sum qbar g^mu g5 q),
 *
 * so a couples to a lepton as y = g_lepton m_l (+ g_electron) in -i y a lbar g5 l, and g_photon = (alpha/pi) c_gg/f,
 * g_gluon = 1/f_a = 2 c_GG/f, g_lepton = c_ll/f, g_quark = c_qq/f. All functions take the card's parameters, or what
 * bsm_alp_prepare made of them. */
#ifndef BSM_PHYSICS_ALP_H
#define BSM_PHYSICS_ALP_H
#include "bsmnu/model.h"

enum { BSM_ALP = 9900036 };
enum { /* parameters */
       BSM_ALP_MASS,
       BSM_ALP_G_PHOTON, /* 1/GeV */
       BSM_ALP_G_ELECTRON,
       BSM_ALP_G_LEPTON, /* 1/GeV */
       BSM_ALP_G_GLUON,  /* 1/GeV */
       BSM_ALP_G_QUARK,  /* 1/GeV */
       BSM_ALP_SCALE     /* GeV */
};
enum {                   /* derived numbers */
       BSM_ALP_PHOTON2,  /* |coupling to two real photons|^2, loops and mixing included [1/GeV2] */
       BSM_ALP_THETA_PI, /* amplitudes of pi0, eta, eta' in a */
       BSM_ALP_THETA_ETA,
       BSM_ALP_THETA_ETAP,
       BSM_ALP_PI3, /* amplitudes [1/GeV]: see struct bsm_alp_pions */
       BSM_ALP_PIQ,
       BSM_ALP_RHO,
       BSM_ALP_FLAT_3PI0, /* |M|^2 over all of phase space, above the eta: see bsm_alp_flat_me2 */
       BSM_ALP_FLAT_PIPIPI0,
       BSM_ALP_W_3PI0, /* widths [GeV] */
       BSM_ALP_W_PIPIPI0,
       BSM_ALP_W_PIPIGAMMA,
       BSM_ALP_W_KPI, /* K+ -> pi+ a, K_S -> pi0 a, K_L -> pi0 a */
       BSM_ALP_W_KSPI,
       BSM_ALP_W_KLPI,
       BSM_ALP_DERIVED
};
void bsm_alp_prepare(const double *par, double *derived);
const char *bsm_alp_refuse(const double *par);

/* ---- couplings and simple widths ---- */
double bsm_alp_yukawa(const double *par, int32_t lepton);
/* B_1 of a fermion loop between a and two photons, 4 m_f^2/m_a^2 = tau: 1 for a light fermion, -m_a^2/(12 m_f^2) for a
 * heavy one. */
void bsm_alp_loop(double tau, double *re, double *im);
double bsm_alp_photon_width(double g2, double m);           /* g^2 m^3/(64 pi) */
double bsm_alp_lepton_width(double y, double m, double ml); /* y^2 m/(8 pi) sqrt(1 - 4 ml^2/m^2) */

/* ---- mesons (alp_mesons.c) ---- */
struct bsm_alp_mixing {
	double pi, eta, etap;
};
/* Mixing amplitudes of first order in the couplings; angle: of eta and eta' (sin = -1/3 everywhere but in checks). */
struct bsm_alp_mixing bsm_alp_mix(double m, double g_gluon, double g_quark, double angle);
double bsm_alp_eta_angle(void);
/* Amplitude a -> gamma gamma of gluon and quark couplings, as a coupling [1/GeV]. */
double bsm_alp_hadron_photon(double m, double g_gluon, double g_quark);

/* a -> 3 pi at leading order, from the isovector and the isoscalar part of a in the space of U(3), over f_pi. */
#define BSM_ALP_K_FACTOR 2.7 /* of the next orders in the rate, from eta, eta' -> 3 pi: ASW 1811.03474 */
struct bsm_alp_pions {
	double isovector, isoscalar;
};
struct bsm_alp_pions bsm_alp_pions(double m, double g_gluon);
double bsm_alp_amplitude_3pi0(const struct bsm_alp_pions *);                        /* dimensionless */
double bsm_alp_amplitude_pipipi0(const struct bsm_alp_pions *, double m, double s); /* s of pi+ pi- */
/* Amplitude of a -> gamma rho* -> gamma pi+ pi-: 2 c BW(s) eps(photon, k, pi+, pi-), c in 1/GeV3. */
double bsm_alp_rho_photon(double m, double g_gluon);
double bsm_alp_rho_propagator2(double s); /* |BW|^2, 1 at s = 0 */
double bsm_alp_pipigamma_width(double c, double m);
double bsm_alp_3pi0_width(const struct bsm_alp_pions *, double m);
double bsm_alp_pipipi0_width(const struct bsm_alp_pions *, double m);

/* ---- widths by the published curves, above the eta (alp_hadrons.c) ---- */
#define BSM_ALP_FORMULAS_TO 0.54 /* GeV: gluons below by formulas, ... */
#define BSM_ALP_CURVES_FROM 0.56 /* ... from here on by curves, with a gap for the eta, */
#define BSM_ALP_ETAP_FROM 0.9    /* another for the eta', */
#define BSM_ALP_ETAP_TO 0.98
#define BSM_ALP_CURVES_TO 1.8 /* and no channels that make up the total from here on */
enum bsm_alp_channel { /* charges summed */
	BSM_ALP_GAMMA_GAMMA,
	BSM_ALP_PI_PI_GAMMA, /* pi+ pi- gamma */
	BSM_ALP_3PI0,
	BSM_ALP_PI_PI_PI0, /* pi+ pi- pi0 */
	BSM_ALP_ETA_PI_PI,
	BSM_ALP_ETAP_PI_PI,
	BSM_ALP_KKPI,
	BSM_ALP_RHO_RHO,
	BSM_ALP_OMEGA_OMEGA
};
int bsm_alp_by_curves(double m);
/* Width [GeV] at g_gluon = 1/GeV; 0 out of the range and below the threshold. Between that and the first point of the curve
 * like (m - threshold)^power. */
double bsm_alp_curve(enum bsm_alp_channel channel, double m, double threshold, double power);
/* Constant |M|^2 of a decay to three that has this width. */
double bsm_alp_flat_me2(double width, double m, const int32_t pdg[3]);

/* ---- kaons (alp_kaons.c) ---- */
double bsm_alp_kplus_width(double m, double g_gluon, double g_quark, double scale);
double bsm_alp_kshort_width(double m, double g_gluon, double g_quark, double scale);
double bsm_alp_klong_width(double m, double g_gluon, double g_quark, double scale);

/* ---- scattering: cross-sections [cm2] ---- */
/* gamma A -> a A and back, elastic on the atom. */
double bsm_alp_primakoff_total(double g2, double k, double m, int Z, int A, double M);
double bsm_alp_primakoff_me2(const struct bsm_in *, const struct bsm_particle *out); /* of either row */
double bsm_alp_primakoff_row_total(const struct bsm_in *);
double bsm_alp_inverse_primakoff_row_total(const struct bsm_in *);
/* gamma e -> a e and a e -> gamma e */
double bsm_alp_compton_core(double s, double u, double t, double m2,
			    double me2); /* |M|^2/(e^2 y^2), averaged, s and u less m_e^2 */
double bsm_alp_inverse_compton_me2(const struct bsm_in *, const struct bsm_particle *out);
double bsm_alp_compton_total(double y, double k, double m);
double bsm_alp_compton_row_total(const struct bsm_in *);
double bsm_alp_compton_me2(const struct bsm_in *, const struct bsm_particle *out);
/* e+ e- -> a on an electron at rest; arg[0] of the row: width of the kernel in ln E, arg[1]: angle times E. */
double bsm_alp_resonance(const struct bsm_in *, const double *u, struct bsm_particle *out);
/* e A -> e A a in the static field of the atom, in Born approximation. |M|^2/(e^2 Z F/q^2)^2/y^2, summed and averaged
 * over the electron's spin: w energy of a, rest that of the electron left, U = 2 p.k - m^2, (1 + y) U = 2 p'.k + m^2.
 */
double bsm_alp_brems_square(double w, double rest, double U, double y, double q2, double m2);
double bsm_alp_brems(const struct bsm_in *, const double *u, struct bsm_particle *out);
enum { BSM_ALP_BREMS_NDIM = 6 };
#endif
