/* Mesons that decay into a vector V, or through a virtual V or photon into chi chibar.
 * Branching fractions are relative to the measured ones of the photon; no transition form factor for pseudoscalars (the
 * point-like anomaly), a vector meson's pole for vectors. Masses and widths from the particle table. */
#ifndef BSM_PHYSICS_VECTOR_MESONS_H
#define BSM_PHYSICS_VECTOR_MESONS_H
#include "bsmnu/model.h"
#include "physics/vector_coupling.h"
#include "physics/vector_widths.h"

/* ---- pi0, eta, eta' (111, 221, 331) ---- */
double bsm_br_gamma_gamma(int32_t meson); /* measured; 0 for others */
/* Amplitude of P -> gamma V over that of P -> gamma gamma: eps for kinetic mixing; for baryon number g (pi0), by the
 * quark-flavour mixing of eta and eta' otherwise. */
double bsm_vector_anomaly(const struct bsm_vector *v, int32_t meson);
/* BR(P -> gamma V) = 2 f^2 (1 - mV^2/mP^2)^3 BR(P -> gamma gamma). 0 for mesons that are none of the three. */
double bsm_br_gamma_vector(const struct bsm_vector *v, int32_t meson);

/* What P -> gamma (V* -> chi chibar) and X -> chi chibar go through. */
struct bsm_portal {
	double charge;  /* anomaly of the meson (bsm_vector_anomaly), or V's coupling to a vector meson (bsm_vector_rho
			   ...) */
	double alpha_D; /* g_D^2/(4 pi); a virtual photon and charge eps e: eps^2 alpha, with charge = 1, mass = width =
			   0 */
	double mass, width; /* of V [GeV]; on shell where s = mass^2 lies inside, the peak has this width */
	enum bsm_chi kind;
};
struct bsm_portal bsm_portal_photon(double eps, enum bsm_chi kind); /* millicharged chi: charge eps e */
/* |M|^2 of P -> gamma(k) chi(p1) chibar(p2), summed over spins: dGamma = me2 dPhi_3/(2 mP). */
double bsm_portal_me2(const struct bsm_portal *, int32_t meson, struct bsm_p4 k, struct bsm_p4 p1, struct bsm_p4 p2);
/* BR of the same, by an integral over s (relative 1e-9) that finds the peak of V. m2 = m1 but for BSM_CHI_INELASTIC.
 * Infinite for massless chi through a photon. */
double bsm_portal_br(const struct bsm_portal *, int32_t meson, double m1, double m2);
/* dBR/ds at s = (p1 + p2)^2 [1/GeV2]. */
double bsm_portal_dbr(const struct bsm_portal *, int32_t meson, double s, double m1, double m2);

/* ---- rho, omega, phi, J/psi, psi(2S), Upsilon (113, 223, 333, 443, 100443, 553) ---- */
double bsm_br_ee(int32_t meson); /* measured e+e- fraction (mu+mu- where it is better); 0 for others */
/* V's coupling to the current that the meson has, over the photon's. */
double bsm_vector_meson_charge(const struct bsm_vector *v, int32_t meson);
/* X -> chi chibar through s-channel V (portal.charge = bsm_vector_meson_charge): BR(X -> ee) (charge^2 alpha_D/alpha)
 * |mX^2/(mX^2 - mV^2 + i mV Gamma)|^2 and phase space. A V within Gamma_X of X mixes with it: not in here. */
double bsm_portal_br_vector(const struct bsm_portal *, int32_t meson, double m1, double m2);
/* omega -> pi0 V, phi -> eta V, rho -> pi0 V ...: BR over the row's photon BR, (p_V/p_gamma)^3 and the pole of the
 * vector meson that V turns into. parent 223 or 113 or 333, child 111 or 221; 0 for a pair without measured photon
 * mode. */
double bsm_br_meson_vector(const struct bsm_vector *v, int32_t parent, int32_t child);
#endif
