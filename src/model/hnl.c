/* Heavy neutral lepton N that mixes with nu_e, nu_mu, nu_tau: production in meson and lepton decays, and decay.
 * The amplitudes are in src/physics/hnl_*.c; docs/physics/hnl.md explains every formula and choice.
 * References: GS = Gorbunov, Shaposhnikov 0705.1729; APS = Atre et al. 0901.3589; BBGR = Bondarenko et al. 1805.08567;
 * CFGH = Coloma et al. 2007.03701. */
#include <stdlib.h>
#include <string.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/decay_constants.h"
#include "physics/hnl_rows.h"
#include "physics/hnl_widths.h"
#include "physics/meson_form_factors.h"

enum { N = BSM_HNL, E = 0, MU = 1, TAU = 2 }; /* flavour of the mixing: arg[0] of a row */

static const struct bsm_param parameters[] = {
	{"mass", "GeV", "mass of N", 1, 1e-3, 6, NULL},
	{"Ue2", "", "mixing |U_e|^2", 0, 0, 1, NULL},
	{"Umu2", "", "mixing |U_mu|^2", 1e-9, 0, 1, NULL},
	{"Utau2", "", "mixing |U_tau|^2", 0, 0, 1, NULL},
	{"nature", "", "Dirac N has an antiparticle; Majorana N decays to both charges", 0, 0, 1, "dirac|majorana"},
	{0},
};

static int majorana(const double *par)
{
	return par[BSM_HNL_NATURE] > 0.5;
}

static double mass(const double *par)
{
	return par[BSM_HNL_MASS];
}

static const struct bsm_species species[] = {
	{N, "N", 1, 0, majorana, mass},
	{0},
};

/* ---- rows ---- one charge state each; the engine adds the conjugate (BSM_CC) */
#define ROW(text, channel, source, parent, bits, flavour, amplitude, ...)                                              \
	.name = text, .group = channel, .cite = source, .in = parent, .out = {__VA_ARGS__}, .flags = BSM_CC | (bits), \
	.me2 = bsm_hnl_me2_##amplitude, .total = bsm_hnl_total, .arg = {flavour}
#define MAKE(text, source, parent, flavour, amplitude, ...)                                                           \
	{ROW(text, NULL, source, parent, 0, flavour, amplitude, __VA_ARGS__, N), .spin = bsm_hnl_spin_##amplitude, .ratio = bsm_hnl_ratio}
#define DECAY(text, channel, source, flavour, amplitude, ...)                                                         \
	{ROW(text, channel, source, N, 0, flavour, amplitude, __VA_ARGS__)}

#define P_LN "BR of RPP 2026 times rho: Shrock, Phys. Rev. D 24 (1981) 1232; BBGR section 2.1"
#define P_HLN "BR of RPP 2026 at m_N = 0; form factors FLAG, ETM 1706.03017; BBGR section 2.1"
#define P_VLN "BR of RPP 2026 at m_N = 0; form factors Phys. Rev. D 62, 014006; BBGR section 2.1"
#define TAU_H "BR of RPP 2026 at m_N = 0; GS; BBGR section 2.2"
#define LEP_3 "G_F only; GS; BBGR section 2.2"

/* parent -> child l+ N for e and mu; of a self-conjugate parent the row is one of two charge states */
#define SEMILEPTONIC(parent, in_, child, out_, source)                                                                \
	MAKE(parent " -> " child " e+ N", source, in_, E, semileptonic, out_, -11),                                   \
		MAKE(parent " -> " child " mu+ N", source, in_, MU, semileptonic, out_, -13)
/* N -> l- H+, N -> nu H, for the three flavours */
#define L_MESON(hadron, channel, pdg_, source)                                                                        \
	DECAY("N -> e- " hadron, "e " channel, source, E, meson, 11, pdg_),                                           \
		DECAY("N -> mu- " hadron, "mu " channel, source, MU, meson, 13, pdg_),                                \
		DECAY("N -> tau- " hadron, "tau " channel, source, TAU, meson, 15, pdg_)
#define NU_MESON(hadron, pdg_, source)                                                                                \
	DECAY("N -> nu_e " hadron, "nu " hadron, source, E, meson, 12, pdg_),                                         \
		DECAY("N -> nu_mu " hadron, "nu " hadron, source, MU, meson, 14, pdg_),                               \
		DECAY("N -> nu_tau " hadron, "nu " hadron, source, TAU, meson, 16, pdg_)
#define NU_LL(minus, plus, channel, pdg_)                                                                             \
	DECAY("N -> nu_e " minus " " plus, channel, NLL, E, nll, 12, pdg_, -(pdg_)),                                  \
		DECAY("N -> nu_mu " minus " " plus, channel, NLL, MU, nll, 14, pdg_, -(pdg_)),                        \
		DECAY("N -> nu_tau " minus " " plus, channel, NLL, TAU, nll, 16, pdg_, -(pdg_))
#define INVISIBLE(nu, pdg_, flavour, other, pdg2)                                                                     \
	{ROW("N -> " nu " nu_" other " nubar_" other, "3nu", NLL, N, BSM_INVISIBLE, flavour, 3nu, pdg_, pdg2, -(pdg2))}
#define THREE_NU(nu, pdg_, flavour)                                                                                   \
	INVISIBLE(nu, pdg_, flavour, "e", 12), INVISIBLE(nu, pdg_, flavour, "mu", 14),                                \
		INVISIBLE(nu, pdg_, flavour, "tau", 16)
/* What quark-hadron duality leaves above the single mesons: three pions, as in tau decays (a_1: both charges alike). */
#define HADRONS(text, channel, flavour, what, ...)                                                                    \
	{.name = text, .group = channel, .cite = "BBGR section 3.2: quark-level width less single mesons",              \
	 .in = N, .out = {__VA_ARGS__}, .flags = BSM_CC | BSM_INCLUSIVE, .total = bsm_hnl_total_##what, .arg = {flavour}}

#define NLL "GS; APS; BBGR section 3.1.2"
#define NLLN "APS; BBGR section 3.1.1"
#define LH "GS; BBGR section 3.2.1; CFGH"
#define NUH "BBGR section 3.2.1; CFGH; f_pi0 = 130 MeV goes with 1/(32 pi)"

/* clang-format off */
static const struct bsm_process rows[] = {
	MAKE("pi+ -> e+ N", P_LN, 211, E, leptonic, -11),
	MAKE("pi+ -> mu+ N", P_LN, 211, MU, leptonic, -13),
	MAKE("K+ -> e+ N", P_LN, 321, E, leptonic, -11),
	MAKE("K+ -> mu+ N", P_LN, 321, MU, leptonic, -13),
	MAKE("D+ -> e+ N", P_LN, 411, E, leptonic, -11),
	MAKE("D+ -> mu+ N", P_LN, 411, MU, leptonic, -13),
	MAKE("D+ -> tau+ N", P_LN, 411, TAU, leptonic, -15),
	MAKE("Ds+ -> e+ N", P_LN, 431, E, leptonic, -11),
	MAKE("Ds+ -> mu+ N", P_LN, 431, MU, leptonic, -13),
	MAKE("Ds+ -> tau+ N", P_LN, 431, TAU, leptonic, -15),

	SEMILEPTONIC("K+", 321, "pi0", 111, P_HLN),
	MAKE("K_L -> pi- e+ N", P_HLN, 130, E, semileptonic, -211, -11),
	MAKE("K_L -> pi- mu+ N", P_HLN, 130, MU, semileptonic, -211, -13),
	MAKE("K_S -> pi- e+ N", P_HLN, 310, E, semileptonic, -211, -11),
	MAKE("K_S -> pi- mu+ N", P_HLN, 310, MU, semileptonic, -211, -13),
	SEMILEPTONIC("D+", 411, "K0bar", -311, P_HLN),
	SEMILEPTONIC("D0", 421, "K-", -321, P_HLN),
	SEMILEPTONIC("D+", 411, "pi0", 111, P_HLN),
	SEMILEPTONIC("D0", 421, "pi-", -211, P_HLN),
	SEMILEPTONIC("D+", 411, "eta", 221, P_HLN),
	SEMILEPTONIC("D+", 411, "eta'", 331, P_HLN),
	SEMILEPTONIC("Ds+", 431, "eta", 221, P_HLN),
	SEMILEPTONIC("Ds+", 431, "eta'", 331, P_HLN),
	SEMILEPTONIC("Ds+", 431, "K0", 311, P_HLN),
	SEMILEPTONIC("D+", 411, "K*0bar", -313, P_VLN),
	SEMILEPTONIC("D0", 421, "K*-", -323, P_VLN),
	SEMILEPTONIC("D0", 421, "rho-", -213, P_VLN),
	SEMILEPTONIC("D+", 411, "rho0", 113, P_VLN),
	SEMILEPTONIC("D+", 411, "omega", 223, P_VLN),
	SEMILEPTONIC("Ds+", 431, "phi", 333, P_VLN),
	SEMILEPTONIC("Ds+", 431, "K*0", 313, P_VLN),

	MAKE("tau- -> pi- N", TAU_H, 15, TAU, tau_meson, -211),
	MAKE("tau- -> K- N", TAU_H, 15, TAU, tau_meson, -321),
	MAKE("tau- -> rho- N", TAU_H, 15, TAU, tau_meson, -213),
	MAKE("tau- -> K*- N", TAU_H, 15, TAU, tau_meson, -323),
	MAKE("tau- -> e- nubar_e N", LEP_3, 15, TAU, parent, 11, -12),
	MAKE("tau- -> mu- nubar_mu N", LEP_3, 15, TAU, parent, 13, -14),
	MAKE("tau+ -> e+ nubar_tau N", LEP_3, -15, E, child, -11, -16),
	MAKE("tau+ -> mu+ nubar_tau N", LEP_3, -15, MU, child, -13, -16),
	MAKE("mu- -> e- nubar_e N", LEP_3, 13, MU, parent, 11, -12),
	MAKE("mu+ -> e+ nubar_mu N", LEP_3, -13, E, child, -11, -14),

	THREE_NU("nu_e", 12, E), THREE_NU("nu_mu", 14, MU), THREE_NU("nu_tau", 16, TAU),
	NU_LL("e-", "e+", "nu e e", 11), NU_LL("mu-", "mu+", "nu mu mu", 13), NU_LL("tau-", "tau+", "nu tau tau", 15),
	DECAY("N -> e- mu+ nu_mu", "nu e mu", NLLN, E, lln, 11, -13, 14),
	DECAY("N -> mu- e+ nu_e", "nu e mu", NLLN, MU, lln, 13, -11, 12),
	DECAY("N -> e- tau+ nu_tau", "nu e tau", NLLN, E, lln, 11, -15, 16),
	DECAY("N -> tau- e+ nu_e", "nu e tau", NLLN, TAU, lln, 15, -11, 12),
	DECAY("N -> mu- tau+ nu_tau", "nu mu tau", NLLN, MU, lln, 13, -15, 16),
	DECAY("N -> tau- mu+ nu_mu", "nu mu tau", NLLN, TAU, lln, 15, -13, 14),
	DECAY("N -> nu_e gamma", "nu gamma", "Pal, Wolfenstein, Phys. Rev. D 25 (1982) 766", E, gamma, 12, 22),
	DECAY("N -> nu_mu gamma", "nu gamma", "Pal, Wolfenstein, Phys. Rev. D 25 (1982) 766", MU, gamma, 14, 22),
	DECAY("N -> nu_tau gamma", "nu gamma", "Pal, Wolfenstein, Phys. Rev. D 25 (1982) 766", TAU, gamma, 16, 22),
	NU_MESON("pi0", 111, NUH), NU_MESON("eta", 221, NUH), NU_MESON("eta'", 331, NUH),
	NU_MESON("rho", 113, NUH), NU_MESON("omega", 223, NUH), NU_MESON("phi", 333, NUH),
	L_MESON("pi+", "pi", 211, LH), L_MESON("K+", "K", 321, LH), L_MESON("rho+", "rho", 213, LH),
	L_MESON("K*+", "K*", 323, LH), L_MESON("D+", "D", 411, LH), L_MESON("Ds+", "Ds", 431, LH),
	HADRONS("N -> e- pi+ pi+ pi-", "e hadrons", E, l_hadrons, 11, 211, 211, -211),
	HADRONS("N -> e- pi+ pi0 pi0", "e hadrons", E, l_hadrons, 11, 211, 111, 111),
	HADRONS("N -> mu- pi+ pi+ pi-", "mu hadrons", MU, l_hadrons, 13, 211, 211, -211),
	HADRONS("N -> mu- pi+ pi0 pi0", "mu hadrons", MU, l_hadrons, 13, 211, 111, 111),
	HADRONS("N -> tau- pi+ pi+ pi-", "tau hadrons", TAU, l_hadrons, 15, 211, 211, -211),
	HADRONS("N -> tau- pi+ pi0 pi0", "tau hadrons", TAU, l_hadrons, 15, 211, 111, 111),
	HADRONS("N -> nu_e pi+ pi- pi0", "nu hadrons", E, nu_hadrons, 12, 211, -211, 111),
	HADRONS("N -> nu_mu pi+ pi- pi0", "nu hadrons", MU, nu_hadrons, 14, 211, -211, 111),
	HADRONS("N -> nu_tau pi+ pi- pi0", "nu hadrons", TAU, nu_hadrons, 16, 211, -211, 111),
	{0},
};
/* clang-format on */
enum { ROWS = sizeof rows / sizeof *rows - 1 };

static const struct bsm_chain chains[] = {
	{"decay", "N from mesons, tau and mu at the source, decay in the detector",
	 {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = N}}},
	{0},
};

static int prepare(const double *par, double *derived)
{
	if (!(par[BSM_HNL_MASS] > 0))
		return 1;
	for (int i = 0; i < ROWS; i++)
		bsm_hnl_prepare_row(&rows[i], par, derived + 2 * i);
	return 0;
}

#include "model/hnl_checks.h"

BSM_MODEL(hnl) = {
	BSM_MODEL_HEAD(hnl),
	.doc = "heavy neutral lepton mixing with the light neutrinos (Dirac or Majorana)",
	.param = parameters,
	.species = species,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = 2 * ROWS,
	.prepare = prepare,
	.couplings = "Ue2,Umu2,Utau2",
};
