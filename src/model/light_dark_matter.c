/* Light dark matter chi of a vector portal: a mediator V, by kinetic mixing or of baryon number, that mesons, protons and quarks
 * radiate and that decays to chi chibar; chi scatters in the detector. The amplitudes stand in src/physics/vector_*.c (mesons,
 * bremsstrahlung, Drell-Yan) and dark_*.c (scattering); docs/physics/light_dark_matter.md explains formulas and choices. */
#include <math.h>
#include <string.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "kinematics/exchange.h"
#include "physics/dark_final_states.h"
#include "physics/dark_production.h"
#include "physics/dark_scattering.h"
#include "physics/form_factors.h"
#include "physics/nucleon_form_factors.h"
#include "physics/partons.h"
#include "physics/vector_hadrons.h"

enum { CHI = 52, CHI2 = 9900052 }; /* 52: fermionic dark matter in the numbering scheme; a scalar chi has the same code here */
enum { MASS, M_V, RATIO, EPS, ALPHA_D, MEDIATOR, NATURE, SPLITTING, BREM, Z_MIN, Z_MAX, PT_MAX, LAMBDA, CAPTURE };
enum { DIRAC, SCALAR, INELASTIC };

static const struct bsm_param parameters[] = {
	{"mass", "GeV", "mass of chi (of the lighter state, if there are two)", 0.03, 1e-4, 10, NULL},
	{"m_V", "GeV", "mass of the mediator V", 0.09, 1e-3, 30, NULL},
	{"m_V_over_mass", "", "0, or m_V in units of the mass of chi (3 in the benchmark): then m_V is not read", 0, 0, 1e4, NULL},
	{"eps", "", "kinetic mixing; of a baryonic mediator g_B/e", 1e-3, 0, 1, NULL},
	{"alpha_D", "", "g_D^2/(4 pi), coupling of V to chi", 0.5, 0, 4, NULL},
	{"coupling", "", "what V couples to", 0, 0, 1, "kinetic|baryonic"},
	{"chi", "", "Dirac fermion, complex scalar, or two Majorana states apart by `splitting`", 0, 0, 2, "dirac|scalar|inelastic"},
	{"splitting", "GeV", "mass of chi2 less that of chi1 (chi: inelastic)", 0.01, 0, 10, NULL},
	{"bremsstrahlung", "", "prescription of p A -> V X; its spread is an uncertainty of the result", 0, 0, 2,
	 "modern|bluemlein_brunner|none"},
	{"z_min", "", "bremsstrahlung: smallest share of the proton's momentum", 0.1, 1e-3, 0.99, NULL},
	{"z_max", "", "bremsstrahlung: largest share", 0.9, 1e-3, 0.999, NULL},
	{"pT_max", "GeV", "bremsstrahlung: largest transverse momentum", 1, 1e-3, 10, NULL},
	{"lambda", "GeV", "bremsstrahlung (modern): scale of the off-shell form factor", 1.5, 0.1, 10, NULL},
	{"capture_fraction", "", "share of pi- captures on a nucleus that radiate a photon", 0.02, 0, 1, NULL},
	{0},
};

static double mass(const double *par)
{
	return par[MASS];
}
static double mass2(const double *par)
{
	return par[MASS] + (par[NATURE] == INELASTIC ? par[SPLITTING] : 0);
}
static double mV(const double *par)
{
	return par[RATIO] > 0 ? par[RATIO] * par[MASS] : par[M_V];
}
static int two_states(const double *par)
{
	return par[NATURE] == INELASTIC;
}
static int one_state(const double *par)
{
	return par[NATURE] != INELASTIC;
}
static int couples_to_leptons(const double *par)
{
	return par[MEDIATOR] < 0.5; /* a baryonic V does so by loops alone, of which only the size is known: left out */
}
static int elastic_on_electrons(const double *par)
{
	return one_state(par) && couples_to_leptons(par);
}
static int inelastic_on_electrons(const double *par)
{
	return two_states(par) && couples_to_leptons(par);
}

static const struct bsm_species species[] = {
	{CHI, "chi", 1, 0, two_states, mass},
	{CHI2, "chi2", 1, 0, two_states, mass2},
	{0},
};

/* ---- what prepare() makes of a point ---- */
enum { PI0, ETA, ETAP, RHO, OMEGA, PHI, JPSI, MESONS };
static const int32_t meson_pdg[MESONS] = {111, 221, 331, 113, 223, 333, 443};
enum { D_WIDTH, D_BR_CHI, D_CAPTURE, D_BR, D_CHARGE = D_BR + MESONS, DERIVED = D_CHARGE + MESONS };

static enum bsm_chi kind_of(const double *par)
{
	return par[NATURE] == INELASTIC ? BSM_CHI_INELASTIC : par[NATURE] == SCALAR ? BSM_CHI_SCALAR : BSM_CHI_DIRAC;
}
static enum bsm_dark_spin spin_of(const double *par)
{
	return par[NATURE] == SCALAR ? BSM_DARK_SCALAR : BSM_DARK_DIRAC;
}
static struct bsm_vector vector_of(const double *par)
{
	return couples_to_leptons(par) ? bsm_vector_kinetic(mV(par), par[EPS]) : bsm_vector_baryonic(mV(par), par[EPS]);
}
static struct bsm_brem brem_of(const double *par)
{
	return (struct bsm_brem){par[BREM] < 0.5 ? BSM_BREM_MODERN : BSM_BREM_BLUEMLEIN_BRUNNER, par[LAMBDA], par[Z_MIN], par[Z_MAX],
				 par[PT_MAX]};
}
static double width_chi(const double *par)
{
	return bsm_vector_chi(mV(par), par[ALPHA_D], kind_of(par), mass(par), mass2(par));
}
static double width_V(const double *par)
{
	struct bsm_vector v = vector_of(par);
	return width_chi(par) + bsm_vector_visible(&v);
}
static struct bsm_portal portal_of(const double *par, const double *derived, int meson)
{
	return (struct bsm_portal){derived[D_CHARGE + meson], par[ALPHA_D], mV(par), derived[D_WIDTH], kind_of(par)};
}

static int prepare(const double *par, double *derived)
{
	struct bsm_vector v = vector_of(par);
	double w = width_V(par);
	derived[D_WIDTH] = w;
	derived[D_BR_CHI] = w > 0 ? width_chi(par) / w : 0;
	derived[D_CAPTURE] = derived[D_BR_CHI] * bsm_dark_capture(&v, par[CAPTURE]);
	for (int i = 0; i < MESONS; i++) {
		derived[D_CHARGE + i] = i <= ETAP ? bsm_vector_anomaly(&v, meson_pdg[i]) : bsm_vector_meson_charge(&v, meson_pdg[i]);
		struct bsm_portal p = portal_of(par, derived, i);
		derived[D_BR + i] = i <= ETAP ? bsm_portal_br(&p, meson_pdg[i], mass(par), mass2(par))
					      : bsm_portal_br_vector(&p, meson_pdg[i], mass(par), mass2(par));
	}
	return 0;
}

static const char *refuse(const double *par)
{
	struct bsm_vector v = vector_of(par);
	if (par[Z_MIN] >= par[Z_MAX])
		return "z_min has to be below z_max: no bremsstrahlung lies between them";
	if (two_states(par) && par[SPLITTING] >= mV(par))
		return "splitting is above m_V: chi2 decays to a real V, which is not in this model: take a smaller splitting";
	if (par[ALPHA_D] > 1 && width_chi(par) > 0.5 * mV(par))
		return "alpha_D is so large that V is wider than half its mass: a propagator of fixed width means nothing there";
	for (int i = RHO; i < MESONS; i++)
		if (fabs(bsm_pdg_mass(meson_pdg[i]) - mV(par)) < bsm_pdg_width(meson_pdg[i]) && bsm_vector_meson_charge(&v, meson_pdg[i]) != 0 &&
		    par[EPS] > 0.1)
			return "m_V lies within the width of a vector meson and eps is above 0.1: V and meson mix, which the formulas leave out";
	return NULL;
}

/* ---- production ---- */
static int meson_of(int32_t pdg)
{
	int i = 0;
	while (i < MESONS - 1 && meson_pdg[i] != pdg)
		i++;
	return i;
}
static double meson_width(const struct bsm_in *in)
{
	return in->derived[D_BR + meson_of(in->row->in)] * bsm_pdg_width(in->row->in);
}
static double dalitz(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_portal p = portal_of(in->par, in->derived, meson_of(in->row->in));
	return bsm_portal_me2(&p, in->row->in, out[0].p, out[1].p, out[2].p);
}
static double bremsstrahlung(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_brem b = brem_of(in->par);
	struct bsm_vector v = vector_of(in->par);
	return bsm_dark_bremsstrahlung(in, &b, &v, in->derived[D_BR_CHI], u, out);
}
static double drell_yan(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_vector v = vector_of(in->par);
	struct bsm_portal p = portal_of(in->par, in->derived, 0);
	return bsm_dark_drell_yan(in, &v, &p, 0, u, out);
}
static double capture_total(const struct bsm_in *in)
{
	return in->derived[D_CAPTURE];
}
static double capture(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_vector v = vector_of(in->par);
	return bsm_dark_capture_map(in, &v, in->derived[D_CAPTURE], u, out);
}
static int makes_pairs(const double *par)
{
	return mV(par) > mass(par) + mass2(par);
}
static int radiates(const double *par)
{
	return makes_pairs(par) && par[BREM] < 1.5 && one_state(par);
}
static int radiates_two(const double *par)
{
	return makes_pairs(par) && par[BREM] < 1.5 && two_states(par);
}
static int captures(const double *par)
{
	return makes_pairs(par) && one_state(par);
}
static int captures_two(const double *par)
{
	return makes_pairs(par) && two_states(par);
}

/* ---- scattering ---- */
/* -t: from the struck particle where that was at rest, so that soft recoils keep their digits. */
static double q2_of(const struct bsm_in *in, const struct bsm_particle *out)
{
	double l2 = bsm_p4_dot3(out[1].p, out[1].p);
	if (!(bsm_p4_dot3(in->b->p, in->b->p) > 0) && in->b->m == out[1].m)
		return 2 * out[1].m * l2 / (out[1].p.e + out[1].m);
	struct bsm_p4 q = bsm_p4_sub(in->a->p, out[0].p);
	return -bsm_p4_dot(q, q);
}
/* g_D^2 times the square of a charge in units of e. */
static double coupling2(const double *par, double charge)
{
	return 16 * BSM_PI * BSM_PI * par[ALPHA_D] * BSM_ALPHA * charge * charge;
}
static double exchange(const struct bsm_in *in, const struct bsm_particle *out, const struct bsm_dark_target *t, double q2, double charge)
{
	double pole = q2 + mV(in->par) * mV(in->par);
	struct bsm_dark_current c = {spin_of(in->par), in->a->p, out[0].p, in->a->m, out[0].m};
	return coupling2(in->par, charge) / (pole * pole) * bsm_dark_contract(&c, t);
}
static double on_electron(const struct bsm_in *in, const struct bsm_particle *out)
{
	double q2 = q2_of(in, out);
	struct bsm_dark_target t = bsm_dark_lepton(in->b->p, out[1].p, q2);
	return exchange(in, out, &t, q2, in->par[EPS]);
}
static double on_electron_total(const struct bsm_in *in)
{
	return bsm_dark_electron_sigma(spin_of(in->par), in->a->p.e, in->a->m, mV(in->par), coupling2(in->par, in->par[EPS]), in->tmin,
				       in->tmax);
}
static double on_nucleon(const struct bsm_in *in, const struct bsm_particle *out)
{
	double q2 = q2_of(in, out);
	int proton = in->b->pdg == 2212;
	struct bsm_sachs f = !couples_to_leptons(in->par) ? bsm_sachs_baryon(q2) : proton ? bsm_sachs_proton(q2) : bsm_sachs_neutron(q2);
	struct bsm_dark_target t = bsm_dark_nucleon(in->b->p, out[1].p, out[1].m, q2, f.ge, f.gm);
	return exchange(in, out, &t, q2, in->par[EPS]);
}
static double on_nucleus(const struct bsm_in *in, const struct bsm_particle *out)
{
	double q2 = q2_of(in, out), charge = couples_to_leptons(in->par) ? in->nuc->Z : in->nuc->A;
	struct bsm_dark_target t = bsm_dark_nucleus(in->b->p, out[1].p, charge * bsm_helm(q2, in->nuc->A));
	return exchange(in, out, &t, q2, in->par[EPS]);
}
static double to_delta(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	static const struct bsm_dark_hadrons h = {1.07, 1.7, 1.232, 0.117, 0, bsm_dark_delta};
	struct bsm_dark_exchange e = {spin_of(in->par), mV(in->par), coupling2(in->par, in->par[EPS])};
	return in->row->arg[0] * bsm_dark_to_hadrons(in, &e, &h, 2, u, out);
}
/* Quark-parton model; the charges stand in F2. */
static void partons(const struct bsm_in *in, double q2, double W, double *a1, double *a2)
{
	double M = in->b->m, nu = (W * W - M * M + q2) / (2 * M), x = q2 / (2 * M * nu);
	struct bsm_vector v = vector_of(in->par);
	struct bsm_partons f = bsm_partons_nucleon(x, q2, in->b->pdg == 2212);
	double F2 = v.up * v.up * (f.u + f.ubar) + v.down * v.down * (f.d + f.dbar + 2 * f.s);
	*a1 = 4 * BSM_PI * F2 / (2 * x);
	*a2 = 4 * BSM_PI * F2 / (nu * M);
}
static double deep(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	static const struct bsm_dark_hadrons h = {1.7, 1e3, 0, 0, 1, partons};
	struct bsm_dark_exchange e = {spin_of(in->par), mV(in->par), coupling2(in->par, 1)};
	return in->row->arg[0] * bsm_dark_to_hadrons(in, &e, &h, 3, u, out);
}

/* chi2 -> chi1 e- e+ by a virtual V. */
static double to_pair(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_p4 p = in->a->p, k = out[0].p, a = out[1].p, b = out[2].p;
	double me = out[1].m, kp = bsm_p4_dot(k, p), ab = bsm_p4_dot(a, b), s = 2 * me * me + 2 * ab, pole = s - mV(in->par) * mV(in->par);
	double mm = in->a->m * out[0].m; /* V is below its threshold: no width */
	/* 8 {2 (k.a)(p.b) + 2 (k.b)(p.a) + ...}/2: crossing of the electron's side of the scattering */
	double sum = bsm_p4_dot(k, a) * bsm_p4_dot(p, b) + bsm_p4_dot(k, b) * bsm_p4_dot(p, a) + kp * me * me - mm * ab - 2 * mm * me * me;
	return 16 * coupling2(in->par, in->par[EPS]) / (pole * pole) * sum;
}

/* ---- rows ---- chi and chibar apart: the targets of their conjugates are not in any detector */
#define PAIRS(parent, in_, source)                                                                                            \
	{.name = parent " -> gamma chi chibar", .group = parent, .cite = source, .in = in_, .out = {22, CHI, -CHI},           \
	 .open = one_state, .me2 = dalitz, .total = meson_width, .peak = {BSM_BREIT_WIGNER, 1, 2, mV, width_V}},              \
		{.name = parent " -> gamma chi1 chi2", .group = parent, .cite = source, .in = in_, .out = {22, CHI, CHI2},    \
		 .open = two_states, .me2 = dalitz, .total = meson_width, .peak = {BSM_BREIT_WIGNER, 1, 2, mV, width_V}}
#define VECTOR(parent, in_)                                                                                                   \
	{.name = parent " -> chi chibar", .group = parent, .cite = MIXING, .in = in_, .out = {CHI, -CHI}, .open = one_state,  \
	 .total = meson_width},                                                                                               \
		{.name = parent " -> chi1 chi2", .group = parent, .cite = MIXING, .in = in_, .out = {CHI, CHI2},              \
		 .open = two_states, .total = meson_width}
#define PROTON(text, source, opens, n, map_, second, suffix)                                                                  \
	{.name = text suffix, .group = text, .cite = source, .in = 2212, .target = BSM_NUCLEUS, .out = {CHI, second},         \
	 .flags = BSM_INCLUSIVE, .open = opens, .ndim = n, .map = map_}
#define HITS(text, target_, sign, after, struck, opens, amplitude, ...)                                                       \
	{.name = text, .cite = SCATTERING, .in = (sign) * CHI, .target = target_, .out = {after, struck}, .open = opens,      \
	 .me2 = amplitude, .peak = {.kind = BSM_T_CHANNEL, .mass = mV}, __VA_ARGS__}
/* chi, chibar, or chi1 -> chi2 on one target */
#define HITS_ALL(on, struck_name, target_, struck, elastic, inelastic, amplitude, ...)                                        \
	HITS("chi " on " -> chi " struck_name, target_, 1, CHI, struck, elastic, amplitude, __VA_ARGS__),                     \
		HITS("chibar " on " -> chibar " struck_name, target_, -1, -CHI, struck, elastic, amplitude, __VA_ARGS__),     \
		HITS("chi1 " on " -> chi2 " struck_name, target_, 1, CHI2, struck, inelastic, amplitude, .arg = {0})
#define HADRONS_ONE(text, source, target_, sign, after, opens, n, amplitude, share, ...)                                      \
	{.name = text, .cite = source, .in = (sign) * CHI, .target = target_, .out = {after, __VA_ARGS__}, .open = opens,     \
	 .ndim = n, .map = amplitude, .arg = {share}}
#define HADRONS(on, products, source, target_, elastic, inelastic, n, amplitude, share, ...)                                  \
	HADRONS_ONE("chi " on " -> chi " products, source, target_, 1, CHI, elastic, n, amplitude, share, __VA_ARGS__),       \
		HADRONS_ONE("chibar " on " -> chibar " products, source, target_, -1, -CHI, elastic, n, amplitude, share,     \
			    __VA_ARGS__),                                                                                     \
		HADRONS_ONE("chi1 " on " -> chi2 " products, source, target_, 1, CHI2, inelastic, n, amplitude, share, __VA_ARGS__)
/* baryon number has no isovector part, so makes no Delta: open where electrons are */
#define DELTA(on, products, target_, share, ...)                                                                              \
	HADRONS(on, products, RESONANCE, target_, elastic_on_electrons, inelastic_on_electrons, 8, to_delta, share, __VA_ARGS__)
#define DEEP(on, products, target_, ...)                                                                                      \
	HADRONS(on, products, PARTONS, target_, one_state, two_states, 8, deep, 1, __VA_ARGS__)

#define ANOMALY "Batell, Pospelov, Ritz, 0906.5614; deNiverville, McKeen, Ritz, 1205.3499; Kahn et al., 1411.1055"
#define MIXING "Batell, Pospelov, Ritz, 0906.5614; BR of RPP"
#define BREMS "Foroughi-Abari, Ritz, 2108.05900; Bluemlein, Brunner, 1311.3870"
#define QUARKS "Drell, Yan, Phys. Rev. Lett. 25 (1970) 316; deNiverville, McKeen, Ritz, 1205.3499; GRV94 LO"
#define SCATTERING "one-vector exchange; Batell, Pospelov, Ritz, 0906.5614 (scalar); deNiverville et al., 1609.01770"
#define RESONANCE "virtual-photon cross-section of the Delta: RPP helicity amplitudes, MAID form factor"
#define PARTONS "quark-parton model, GRV94 LO"

/* clang-format off */
static const struct bsm_process rows[] = {
	PAIRS("pi0", 111, ANOMALY), PAIRS("eta", 221, ANOMALY), PAIRS("eta'", 331, ANOMALY),
	VECTOR("rho", 113), VECTOR("omega", 223), VECTOR("phi", 333), VECTOR("J/psi", 443),
	PROTON("bremsstrahlung", BREMS, radiates, 5, bremsstrahlung, -CHI, ": p A -> chi chibar X"),
	PROTON("bremsstrahlung", BREMS, radiates_two, 5, bremsstrahlung, CHI2, ": p A -> chi1 chi2 X"),
	PROTON("Drell-Yan", QUARKS, one_state, 4, drell_yan, -CHI, ": p A -> chi chibar X"),
	PROTON("Drell-Yan", QUARKS, two_states, 4, drell_yan, CHI2, ": p A -> chi1 chi2 X"),
	{.name = "pi- p -> n chi chibar", .group = "pi- capture", .cite = "dipole of the pion's current; docs/physics/light_dark_matter.md",
	 .in = -211, .target = BSM_PROTON, .out = {2112, CHI, -CHI}, .open = captures, .ndim = 4, .map = capture, .total = capture_total},
	{.name = "pi- p -> n chi1 chi2", .group = "pi- capture", .cite = "dipole of the pion's current; docs/physics/light_dark_matter.md",
	 .in = -211, .target = BSM_PROTON, .out = {2112, CHI, CHI2}, .open = captures_two, .ndim = 4, .map = capture, .total = capture_total},

	HITS_ALL("e-", "e-", BSM_ELECTRON, 11, elastic_on_electrons, inelastic_on_electrons, on_electron, .total = on_electron_total),
	HITS_ALL("p", "p", BSM_PROTON, 2212, one_state, two_states, on_nucleon, .arg = {0}),
	HITS_ALL("n", "n", BSM_NEUTRON, 2112, one_state, two_states, on_nucleon, .arg = {0}),
	HITS_ALL("A", "A", BSM_NUCLEUS, BSM_STRUCK_NUCLEUS, one_state, two_states, on_nucleus, .arg = {0}),
	DELTA("p", "Delta -> p pi0", BSM_PROTON, 0.994 * 2 / 3, 2212, 111),
	DELTA("n", "Delta -> n pi0", BSM_NEUTRON, 0.994 * 2 / 3, 2112, 111),
	DELTA("p", "Delta -> n pi+", BSM_PROTON, 0.994 / 3, 2112, 211),
	DELTA("n", "Delta -> p pi-", BSM_NEUTRON, 0.994 / 3, 2212, -211),
	DELTA("p", "Delta -> p gamma", BSM_PROTON, 0.006, 2212, 22), /* RPP 2024: .55 to .65 % */
	DELTA("n", "Delta -> n gamma", BSM_NEUTRON, 0.006, 2112, 22),
	DEEP("p", "p pi+ pi-", BSM_PROTON, 2212, 211, -211),
	DEEP("n", "n pi+ pi-", BSM_NEUTRON, 2112, 211, -211),
	{.name = "chi2 -> chi1 e- e+", .cite = "Izaguirre, Kahn, Krnjaic, Moschella, 1703.06881", .in = CHI2, .out = {CHI, 11, -11},
	 .open = inelastic_on_electrons, .me2 = to_pair},
	{0},
};

#define ON(target) "chi " target " *,chibar " target " *,chi1 " target " *"
#define FROM_SOURCE {.where = BSM_AT_SOURCE}
static const struct bsm_chain chains[] = {
	{"electron", "chi e -> chi e in the detector",
	 {FROM_SOURCE, {.process = ON("e- ->"), .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"nucleon", "elastic scattering on protons and neutrons",
	 {FROM_SOURCE, {.process = "chi [pn] -> chi [pn],chibar [pn] -> chibar [pn],chi1 [pn] -> chi2 [pn]", .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"coherent", "elastic scattering on whole nuclei",
	 {FROM_SOURCE, {.process = ON("A"), .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"pi0", "Delta excitation, seen by its pi0", {FROM_SOURCE, {.process = "*Delta -> [pn] pi0", .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"gamma", "Delta excitation, seen by its photon", {FROM_SOURCE, {.process = "*Delta -> [pn] gamma", .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"delta", "Delta excitation, any pion", {FROM_SOURCE, {.process = "*Delta -> [pn] pi*", .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"dis", "deep inelastic scattering", {FROM_SOURCE, {.process = "* pi+ pi-", .where = BSM_IN_DETECTOR, .take = CHI}}},
	{"chi2_decay", "chi2 made at the source, chi2 -> chi1 e e in the detector",
	 {FROM_SOURCE, {.process = "chi2 -> *", .where = BSM_IN_DETECTOR, .take = CHI2}}},
	{"upscatter", "chi1 e or chi1 N -> chi2 in the detector or the dirt before it, chi2 -> chi1 e e in the detector",
	 {FROM_SOURCE, {.process = "chi1 e- *,chi1 [pnA] -> chi2 [pnA]", .where = BSM_IN_DETECTOR | BSM_IN_DIRT, .take = CHI},
	  {.process = "chi2 -> *", .where = BSM_IN_DETECTOR, .take = CHI2}}},
	{0},
};
/* clang-format on */

#include "model/light_dark_matter_checks.h"

BSM_MODEL(light_dark_matter) = {
	BSM_MODEL_HEAD(light_dark_matter),
	.doc = "light dark matter of a vector portal: from mesons and protons, scattering on electrons, nucleons, nuclei",
	.param = parameters,
	.species = species,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = DERIVED,
	.prepare = prepare,
	.refuse = refuse,
	.couplings = "eps",
};
