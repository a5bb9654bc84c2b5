/* Mesons that decay into a scalar S mixed with the Higgs boson, by the flavour-changing penguin with a top quark:
 *   L = sin(theta) (S/v) xi m_b sbar (1 + g5)/2 b + h.c., xi = 3 sqrt(2) G_F m_t^2 V_ts* V_tb/(16 pi^2), and the like
 * for s -> d, b -> d. Widths [GeV] for sin(theta) = 1; 0 where a mode is closed or unknown. */
#ifndef BSM_PHYSICS_SCALAR_MESONS_H
#define BSM_PHYSICS_SCALAR_MESONS_H
#include <stdint.h>

/* K+ -> pi+ S; K_L -> pi0 S, the real part of V_ts* V_td; K_S -> pi0 S, the imaginary one. */
double bsm_scalar_from_kaon(double mass, int32_t kaon);
/* B+ or B0 -> child S, child one of K, K*(892), K0*(700), K0*(1430), K1(1270), K1(1400), K*(1410), K*(1680), K2*(1430)
 * and pi. */
double bsm_scalar_from_b(double mass, int32_t b, int32_t child);

/* ---- the parts ---- */
/* V_ts* V_td and the moduli of V_ts* V_tb, V_td* V_tb, by Wolfenstein's parameters to all orders. */
struct bsm_top_mixing {
	double sd_re, sd_im, sb, db;
};
struct bsm_top_mixing bsm_top_mixing(void);
double bsm_scalar_xi(double ckm); /* ckm = |V_ti* V_tj| */
/* Form factor of B -> child at q2, of f0 (spin 0), A0 or V0 (spin 1) or A0 (spin 2). */
double bsm_scalar_form_factor(int32_t child, double q2);
#endif
