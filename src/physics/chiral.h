/* Spin-summed squares of amplitudes in which a spin-1/2 particle N takes part through a left-chiral current, with all
 * masses kept. Each is linear in the momentum of N: |M|^2 summed over all spins = G.p_N; for a definite spin of N put
 * n/2 for p_N, n = p_N - sign m_N S (bsm_pol_vector). The functions return G without the factor G_F^2. */
#ifndef BSM_PHYSICS_CHIRAL_H
#define BSM_PHYSICS_CHIRAL_H
#include "bsmnu/p4.h"

/* [l g^mu (1 - g5) N] h_mu / sqrt(2), h real. l: momentum of the other lepton, or l - sign m S of a polarised one. */
struct bsm_p4 bsm_chiral_vector(struct bsm_p4 h, struct bsm_p4 l);

/* The same with h_mu = m eps*_mu, eps the polarisation of an outgoing vector meson of momentum v, mass m, summed. */
struct bsm_p4 bsm_chiral_vector_meson(struct bsm_p4 v, double m, struct bsm_p4 l);

/* Hadronic current of P -> P': h = f+ (P + P') + f- q, with f- made from f0. */
struct bsm_p4 bsm_current_pp(struct bsm_p4 parent, struct bsm_p4 child, double fplus, double fzero);

/* P(M) -> V(m) N l through V, A0, A1, A2 (Wirbel-Stech-Bauer), summed over V's polarisations. The sign of the V-A
 * interference is that of c -> s l+ nu: the charged lepton is the antiparticle. */
struct bsm_pv { double v, a0, a1, a2; };
struct bsm_p4 bsm_chiral_pv(struct bsm_p4 parent, double M, struct bsm_p4 child, double m, const struct bsm_pv *ff,
			    struct bsm_p4 l);

/* Four leptons, [a g^mu (1-g5) b][c g_mu (1-g5) d]/sqrt(2): |M|^2 = 128 (a.c)(b.d). */
double bsm_four_lepton(struct bsm_p4 a, struct bsm_p4 b, struct bsm_p4 c, struct bsm_p4 d);

/* N -> nu l-(minus) l+(plus) through gl, gr of the charged lepton (gl with the charged current added). */
struct bsm_p4 bsm_chiral_nll(struct bsm_p4 nu, struct bsm_p4 minus, struct bsm_p4 plus, double ml, double gl,
			     double gr);
#endif
