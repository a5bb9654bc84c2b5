/* Dark scalar S that mixes with the Higgs boson: made in decays of kaons and B mesons and by protons that radiate,
 * decays to whatever is heavy. The physics is in src/physics/scalar_*.c; formulas and choices
 * are in docs/physics/dark_scalar.md. */
#include <math.h>
#include <string.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/meson_form_factors.h"
#include "physics/scalar_bremsstrahlung.h"
#include "physics/scalar_mesons.h"
#include "physics/scalar_widths.h"

enum { S = BSM_HIGGS_SCALAR };
enum { MASS, THETA, BREM, Z_MIN, Z_MAX, PT_MAX, LAMBDA, PARAMS };

static const struct bsm_param parameters[] = {
	{"mass", "GeV", "mass of S", 0.2, 1.1e-3, 5, NULL},
	{"sin_theta", "", "sine of the angle of mixing with the Higgs boson", 1e-4, 0, 1, NULL},
	{"bremsstrahlung", "", "by protons: prescription", 0, 0, 1, "quasi_real|boiarska"},
	{"z_min", "", "bremsstrahlung: lowest share of the proton's momentum", 0.1, 0.001, 1, NULL},
	{"z_max", "", "bremsstrahlung: highest share of the proton's momentum", 0.9, 0.001, 1, NULL},
	{"pT_max", "GeV", "bremsstrahlung: highest transverse momentum", 1, 0.01, 10, NULL},
	{"lambda", "GeV", "bremsstrahlung, quasi_real: scale of the off-shell form factor", 1.5, 0.5, 10, NULL},
	{0},
};

static int itself(const double *par)
{
	return par != NULL;
}

static double mass(const double *par)
{
	return par[MASS];
}

static const struct bsm_species species[] = {{S, "S", 0, 0, itself, mass}, {0}};

/* derived[index] is the width of a decay */
static double width(const struct bsm_in *in)
{
	return in->derived[in->index];
}

static double two_body(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_two_body_me2(width(in), in->a->m, out[0].m, out[1].m);
}

/* ---- protons that radiate ---- */
static int radiates(const double *par)
{
	return par[MASS] < 2 * bsm_pdg_mass(2212); /* where resonances describe the proton's form factor */
}

static struct bsm_scalar_brem brem(const double *par)
{
	return (struct bsm_scalar_brem){par[BREM] > 0.5 ? BSM_SCALAR_BREM_BOIARSKA : BSM_SCALAR_BREM_QUASI_REAL,
					par[MASS],
					par[THETA],
					par[LAMBDA],
					par[Z_MIN],
					par[Z_MAX],
					par[PT_MAX]};
}

static double radiate(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_scalar_brem b = brem(in->par);
	return bsm_scalar_brem_map(in, &b, u, &out[0]);
}

/* ---- rows: what the width is made of, and its share ---- */
enum { FROM_KAON, FROM_B, LEPTONS, HADRONS };
#define MAKE(text, what, source, bits, parent, child)                                                                  \
	{                                                                                                              \
		.name = text, .cite = source, .in = parent, .out = {child, S}, .flags = bits, .me2 = two_body,         \
		.total = width,                                                                                        \
		.arg = { what,                                                                                         \
			 child }                                                                                       \
	}
#define KAON(text, bits, parent, child) MAKE(text, FROM_KAON, PENGUIN, bits, parent, child)
#define B(text, plus, zero)                                                                                            \
	MAKE("B+ -> " text "+ S", FROM_B, B_TO_K, BSM_CC, 521, plus),                                                  \
		MAKE("B0 -> " text "0 S", FROM_B, B_TO_K, BSM_CC, 511, zero)
#define LL(text, channel, pdg_)                                                                                        \
	{                                                                                                              \
		.name = text, .group = channel, .cite = "hep-ph/0503172 eq. 2.6", .in = S, .out = {pdg_, -(pdg_)},     \
		.me2 = two_body, .total = width,                                                                       \
		.arg = { LEPTONS,                                                                                      \
			 pdg_ }                                                                                        \
	}
#define PAIR(text, report, channel, share, ...)                                                                        \
	{                                                                                                              \
		.name = text, .group = report, .cite = "Winkler 1809.01876 figure 3", .in = S, .out = {__VA_ARGS__},   \
		.me2 = two_body, .total = width,                                                                       \
		.arg = { HADRONS,                                                                                      \
			 channel,                                                                                      \
			 share }                                                                                       \
	}
#define MORE(text, report, channel, share, source, ...)                                                                \
	{                                                                                                              \
		.name = text, .group = report, .cite = source, .in = S, .out = {__VA_ARGS__}, .flags = BSM_INCLUSIVE,  \
		.total = width,                                                                                        \
		.arg = { HADRONS,                                                                                      \
			 channel,                                                                                      \
			 share }                                                                                       \
	}
#define PENGUIN "Leutwyler, Shifman, Nucl. Phys. B 343 (1990) 369; Batell, Berger, Ismail 1909.11670"
#define B_TO_K "Batell, Pospelov, Ritz 0911.4938; form factors of Boiarska et al. 1904.10447"
#define BREMS "Foroughi-Abari, Ritz 2108.05900; or Boiarska et al. 1904.10447"
#define MULTI "1809.01876 eq. 29, continuous at 2 GeV; shapes are phase space"
#define GLUE "hep-ph/0503172 section 2.3; final states stand for jets"
#define QUARKS "hep-ph/0503172 eq. 2.11; final states stand for jets"

/* clang-format off */
static const struct bsm_process rows[] = {
	KAON("K+ -> pi+ S", BSM_CC, 321, 211),
	KAON("K_L -> pi0 S", 0, 130, 111),
	KAON("K_S -> pi0 S", 0, 310, 111),
	B("K", 321, 311), B("K*", 323, 313), B("K0*(700)", 9000321, 9000311), B("K0*(1430)", 10321, 10311),
	B("K1(1270)", 10323, 10313), B("K1(1400)", 20323, 20313), B("K*(1410)", 100323, 100313),
	B("K*(1680)", 30323, 30313), B("K2*(1430)", 325, 315), B("pi", 211, 111),
	{.name = "p A -> S X", .cite = BREMS, .in = 2212, .target = BSM_NUCLEUS, .out = {S}, .flags = BSM_INCLUSIVE,
	 .open = radiates, .ndim = 3, .map = radiate},

	LL("S -> e- e+", "e e", 11), LL("S -> mu- mu+", "mu mu", 13), LL("S -> tau- tau+", "tau tau", 15),
	PAIR("S -> pi+ pi-", "pi pi", BSM_S_PIPI, 1, 211, -211),
	PAIR("S -> pi0 pi0", "pi pi", BSM_S_PI0PI0, 1, 111, 111),
	PAIR("S -> K+ K-", "K K", BSM_S_KK, 1, 321, -321),
	PAIR("S -> K_S K_S", "K K", BSM_S_K0K0, 0.5, 310, 310),
	PAIR("S -> K_L K_L", "K K", BSM_S_K0K0, 0.5, 130, 130),
	/* two pairs of isospin 0 */
	MORE("S -> pi+ pi- pi+ pi-", "4 pi", BSM_S_MULTI, 4. / 9, MULTI, 211, -211, 211, -211),
	MORE("S -> pi+ pi- pi0 pi0", "4 pi", BSM_S_MULTI, 4. / 9, MULTI, 211, -211, 111, 111),
	MORE("S -> pi0 pi0 pi0 pi0", "4 pi", BSM_S_MULTI, 1. / 9, MULTI, 111, 111, 111, 111),
	MORE("S -> g g: pi+ pi- pi+ pi-", "g g", BSM_S_GLUONS, 4. / 9, GLUE, 211, -211, 211, -211),
	MORE("S -> g g: pi+ pi- pi0 pi0", "g g", BSM_S_GLUONS, 4. / 9, GLUE, 211, -211, 111, 111),
	MORE("S -> g g: pi0 pi0 pi0 pi0", "g g", BSM_S_GLUONS, 1. / 9, GLUE, 111, 111, 111, 111),
	MORE("S -> s sbar: K+ K- pi+ pi-", "s sbar", BSM_S_STRANGE, 0.5, QUARKS, 321, -321, 211, -211),
	MORE("S -> s sbar: K_S K_L pi+ pi-", "s sbar", BSM_S_STRANGE, 0.5, QUARKS, 310, 130, 211, -211),
	MORE("S -> c cbar: D0 D0bar", "c cbar", BSM_S_CHARM, 0.5, QUARKS, 421, -421),
	MORE("S -> c cbar: D+ D-", "c cbar", BSM_S_CHARM, 0.5, QUARKS, 411, -411),
	{0},
};
/* clang-format on */
enum { ROWS = sizeof rows / sizeof *rows - 1 };

static const struct bsm_chain chains[] = {
	{"decay",
	 "S from kaons, B mesons and protons at the source, decay in the detector",
	 {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = S}}},
	{0},
};

/* For sin(theta) = 1. D+ D- opens after D0 D0bar: until then all is of the latter. */
static double row_width(const struct bsm_process *row, double m)
{
	double share = row->arg[2], heavy = 0;
	switch ((int)row->arg[0]) {
	case FROM_KAON:
		return bsm_scalar_from_kaon(m, row->in);
	case FROM_B:
		return bsm_scalar_from_b(m, row->in, row->out[0]);
	case LEPTONS:
		return bsm_scalar_ll(m, row->out[0]);
	default:
		for (int i = 0; row->out[i]; i++)
			heavy += bsm_pdg_mass(row->out[i]);
		if ((int)row->arg[1] == BSM_S_CHARM && !(m > 2 * bsm_pdg_mass(411)))
			share = row->out[0] == 421 ? 1 : 0;
		return m > heavy ? share * bsm_scalar_hadron_width(m, (enum bsm_scalar_channel)row->arg[1]) : 0;
	}
}

static const char *refuse(const double *par)
{
	if (!(par[Z_MIN] < par[Z_MAX]))
		return "z_min is not below z_max: bremsstrahlung has no range left";
	if (!(par[MASS] > 2 * bsm_pdg_mass(11)))
		return "mass is below 2 m_e: S would decay to two photons, which are not in this model";
	return NULL;
}

static int prepare(const double *par, double *derived)
{
	if (refuse(par))
		return 1;
	for (int i = 0; i < ROWS; i++)
		derived[i] = rows[i].target == BSM_DECAY ? par[THETA] * par[THETA] * row_width(&rows[i], par[MASS]) : 0;
	return 0;
}

#include "model/dark_scalar_checks.h"

BSM_MODEL(dark_scalar) = {
	BSM_MODEL_HEAD(dark_scalar),
	.doc = "dark scalar that mixes with the Higgs boson, seen by its decay",
	.param = parameters,
	.species = species,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = ROWS,
	.prepare = prepare,
	.refuse = refuse,
	.couplings = "sin_theta",
};
