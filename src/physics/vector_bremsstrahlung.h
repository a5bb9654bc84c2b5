/* A proton that radiates V in an inelastic collision, p + A -> V X: density per inelastic interaction.
 * z = longitudinal momentum of V over the proton's momentum; pt2 = transverse momentum squared [GeV2], both in the lab
 * (the target at rest). */
#ifndef BSM_PHYSICS_VECTOR_BREMSSTRAHLUNG_H
#define BSM_PHYSICS_VECTOR_BREMSSTRAHLUNG_H
#include "bsmnu/model.h"
#include "physics/radiator.h"
#include "physics/vector_coupling.h"

/* Modern: initial-state radiation of a quasi-real proton (Foroughi-Abari, Ritz 2108.05900; gauge-invariant splitting as
 * in Foroughi-Abari, Reimitz, Ritz 2409.09123), the intermediate proton off its mass shell by a form factor.
 * Bluemlein-Brunner: 1311.3870, generalised Weizsaecker-Williams. */
enum bsm_brem_kind { BSM_BREM_MODERN, BSM_BREM_BLUEMLEIN_BRUNNER };
struct bsm_brem {
	enum bsm_brem_kind kind;
	double lambda;       /* of the off-shell form factor [GeV]: 1 to 2, 1.5 by default; modern only */
	double z_min, z_max; /* where the approximation is trusted: .1, .9 */
	double pt_max;       /* GeV: 1 */
};

/* dN/(dz dpt2) [1/GeV2] for a proton of momentum p [GeV]. 0 outside of the limits and where energy forbids. */
double bsm_brem_density(const struct bsm_brem *b, const struct bsm_vector *v, double p, double z, double pt2);
/* Its integral over the limits. */
double bsm_brem_number(const struct bsm_brem *b, const struct bsm_vector *v, double p);

/* The map of a row p + nucleus -> V X: bsm_radiator_map. */
double bsm_brem_map(const struct bsm_in *in, const struct bsm_brem *b, const struct bsm_vector *v, const double u[3],
		    struct bsm_particle *V);

/* ---- the parts ---- */
/* |F1|^2 of the proton at q2 > 0, with V's charges: rho and omega families, A. Faessler et al. 0910.5589. (e^2 left
 * out: eps^2 at q2 = 0 for kinetic mixing.) */
double bsm_proton_form_factor2(const struct bsm_vector *v, double q2);
/* Splitting functions [1/GeV2], charge and form factors left out. mV: mass of V. */
double bsm_split_modern(double mV, double z, double pt2);
double bsm_split_bluemlein_brunner(double mV, double z, double pt2);
/* 1/(1 + (p*^2 - m_p^2)^2/Lambda^4) with p*^2 - m_p^2 = -(pt2 + (1 - z) mV^2 + z^2 m_p^2)/z. */
double bsm_brem_off_shell(double mV, double lambda, double z, double pt2);
#endif
