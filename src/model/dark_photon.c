/* Dark photon V (kinetic mixing), or a vector of baryon number: made in meson decays, by protons that radiate and by
 * positrons of showers that annihilate; decays to what V couples to. Physics in src/physics/vector_*.c; formulas and
 * choices in docs/physics/vector_portal.md. Decays to dark matter are another model's. */
#include <math.h>
#include <string.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/vector_bremsstrahlung.h"
#include "physics/vector_hadrons.h"
#include "physics/vector_mesons.h"

enum { V = BSM_DARK_PHOTON };
enum { MASS, EPS, COUPLING, BREM, Z_MIN, Z_MAX, PT_MAX, LAMBDA, WINDOW, ANGLE };

static const struct bsm_param parameters[] = {
	{"mass", "GeV", "mass of V", 0.1, 1.1e-3, 10, NULL},
	{"eps", "", "kinetic mixing; of baryon number g_B/e", 1e-4, 0, 1, NULL},
	{"coupling", "", "to the electric charge, or to baryon number (leptons then by a loop alone)", 0, 0, 1,
	 "kinetic|baryonic"},
	{"bremsstrahlung", "", "by protons: prescription", 0, 0, 1, "modern|bluemlein_brunner"},
	{"z_min", "", "bremsstrahlung: lowest share of the proton's momentum", 0.1, 0.001, 1, NULL},
	{"z_max", "", "bremsstrahlung: highest share of the proton's momentum", 0.9, 0.001, 1, NULL},
	{"pT_max", "GeV", "bremsstrahlung: highest transverse momentum", 1, 0.01, 10, NULL},
	{"lambda", "GeV", "bremsstrahlung, modern: scale of the off-shell form factor", 1.5, 0.5, 10, NULL},
	{"window", "", "e+ e- -> V: relative half width of the window in energy that stands for the resonance", 0.1,
	 1e-3, 0.3, NULL},
	{"angle", "rad", "e+ e- -> V: angle by which V may leave the direction of the track", 0.01, 1e-6, 0.3, NULL},
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

static const struct bsm_species species[] = {{V, "V", 2, 0, itself, mass}, {0}};

static struct bsm_vector vector(const double *par)
{
	return par[COUPLING] > 0.5 ? bsm_vector_baryonic(par[MASS], par[EPS]) : bsm_vector_kinetic(par[MASS], par[EPS]);
}

static struct bsm_brem brem(const double *par)
{
	return (struct bsm_brem){par[BREM] > 0.5 ? BSM_BREM_BLUEMLEIN_BRUNNER : BSM_BREM_MODERN, par[LAMBDA],
				 par[Z_MIN], par[Z_MAX], par[PT_MAX]};
}

/* ---- decays: derived[index] is the width ---- */
static double width(const struct bsm_in *in)
{
	return in->derived[in->index];
}

static double two_body(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_two_body_me2(width(in), in->a->m, out[0].m, out[1].m);
}

static double three_pions(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_vector v = vector(in->par);
	return bsm_vector_me2_3pi(&v, out);
}

/* ---- production by scattering ---- */
static int radiates(const double *par)
{
	return par[MASS] < 2 * bsm_pdg_mass(2212); /* where the proton's form factor is known no more */
}

static double radiate(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_vector v = vector(in->par);
	struct bsm_brem b = brem(in->par);
	return bsm_brem_map(in, &b, &v, u, &out[0]);
}

/* V within `drop` = 1 - cos of the track's direction: evenly, or where the detector asks for it. Returns the share of
 * the cap that u stands for. */
static double near(const struct bsm_in *in, struct bsm_p4 track, double drop, const double *u, struct bsm_p4 *n)
{
	double solid = bsm_aim(in, u, n);
	if (solid > 0) {
		struct bsm_p4 d = bsm_p4_sub(*n, track); /* |d|^2 = 2 (1 - cos) */
		return bsm_p4_dot3(d, d) < 2 * drop ? solid / (2 * BSM_PI * drop) : 0;
	}
	struct bsm_p4 x, y;
	bsm_p4_across(track, &x, &y);
	double d = drop * u[0], s = sqrt(d * (2 - d)), f = 2 * BSM_PI * u[1];
	*n = bsm_p4_add(bsm_p4_scale(1 - d, track),
			bsm_p4_add(bsm_p4_scale(s * cos(f), x), bsm_p4_scale(s * sin(f), y)));
	return 1;
}

/* Nardi et al. 1802.04756; 4 pi^2 alpha q^2 (1 + 2 m_e^2/m^2)/sqrt(1 - 4 m_e^2/m^2) delta(s - m^2), s = 2 m_e (E +
 * m_e), as an even window in E and in angle: a list of tracks has few at the resonance, and fewer that point at a
 * detector. V has the energy of the resonance. */
static double annihilate(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_vector v = vector(in->par);
	double me = bsm_pdg_mass(11), m2 = v.mass * v.mass, E = m2 / (2 * me) - me, half = in->par[WINDOW] * E,
	       r = me * me / m2;
	double p = bsm_p4_mag(in->a->p);
	if (!(fabs(in->a->p.e - E) < half) || !(p > 0) || !(4 * r < 1))
		return 0;
	double k = sqrt((E - me) * (E + me)), h = sin(in->par[ANGLE] / 2);
	struct bsm_p4 n;
	double share = near(in, bsm_p4_scale(1 / p, in->a->p), 2 * h * h, u, &n);
	if (!(share > 0))
		return 0;
	out[0].p = bsm_p4_scale(k, n);
	out[0].p.e = E + me;
	double area = 2 * BSM_PI * BSM_PI * BSM_ALPHA * v.lepton * v.lepton * (1 + 2 * r) / (me * sqrt(1 - 4 * r));
	return area / (2 * half) * share * BSM_HBARC2_CM2;
}

/* A row's arg: what its width is made of. */
enum { GAMMA_V, MESON_V, LEPTONS, HADRONS };
#define MAKE(text, meson, what, child)                                                                                 \
	{                                                                                                              \
		.name = text, .cite = what##_CITE, .in = meson, .out = {child, V}, .me2 = two_body, .total = width,    \
		.arg = { what,                                                                                         \
			 child }                                                                                       \
	}
#define GAMMA_V_CITE "Batell, Pospelov, Ritz 0906.5614 eq. 5; BR of RPP 2024"
#define MESON_V_CITE "photon mode of RPP 2024 times (p_V/p_gamma)^3 and the vector meson's pole"
#define LL(text, channel, pdg_)                                                                                        \
	{                                                                                                              \
		.name = text, .group = channel, .cite = "Pospelov, Ritz, Voloshin 0711.4866", .in = V,                 \
		.out = {pdg_, -(pdg_)}, .me2 = two_body, .total = width,                                               \
		.arg = { LEPTONS,                                                                                      \
			 pdg_ }                                                                                        \
	}
#define HADRON(text, channel, source, share, density, bits, ...)                                                       \
	{                                                                                                              \
		.name = text, .cite = source, .in = V, .out = {__VA_ARGS__}, .flags = bits, .me2 = density,            \
		.total = width,                                                                                        \
		.arg = { HADRONS,                                                                                      \
			 channel,                                                                                      \
			 share }                                                                                       \
	}
#define REST(text, ...)                                                                                                \
	{                                                                                                              \
		.name = text, .group = "hadrons", .cite = "R less the exclusive channels; 1911.11147, RPP 2024",       \
		.in = V, .out = {__VA_ARGS__}, .flags = BSM_INCLUSIVE, .total = width,                                 \
		.arg = { HADRONS,                                                                                      \
			 BSM_V_REST,                                                                                   \
			 0.5 }                                                                                         \
	}

/* clang-format off */
static const struct bsm_process rows[] = {
	MAKE("pi0 -> gamma V", 111, GAMMA_V, 22),
	MAKE("eta -> gamma V", 221, GAMMA_V, 22),
	MAKE("eta' -> gamma V", 331, GAMMA_V, 22),
	MAKE("omega -> pi0 V", 223, MESON_V, 111),
	MAKE("phi -> eta V", 333, MESON_V, 221),
	{.name = "p A -> V X", .cite = "2108.05900, 2409.09123; or Bluemlein, Brunner 1311.3870", .in = 2212, .target = BSM_NUCLEUS,
	 .out = {V}, .flags = BSM_INCLUSIVE, .open = radiates, .ndim = 3, .map = radiate},
	{.name = "e+ e- -> V", .cite = "Nardi et al. 1802.04756; Marsicano et al. 1802.03794", .in = -11, .target = BSM_ELECTRON,
	 .out = {V}, .flags = BSM_INCLUSIVE, .ndim = 2, .map = annihilate},
	LL("V -> e- e+", "e e", 11), LL("V -> mu- mu+", "mu mu", 13), LL("V -> tau- tau+", "tau tau", 15),
	HADRON("V -> pi+ pi-", BSM_V_PIPI, "Czyz, Grzelinska, Kuhn 1002.0279", 1, two_body, 0, 211, -211),
	HADRON("V -> pi+ pi- pi0", BSM_V_3PI, "Czyz et al. hep-ph/0512180", 1, three_pions, 0, 211, -211, 111),
	HADRON("V -> K+ K-", BSM_V_KK, "1002.0279; 1911.11147", 1, two_body, 0, 321, -321),
	HADRON("V -> K_S K_L", BSM_V_KSKL, "1002.0279; 1911.11147", 1, two_body, 0, 310, 130),
	HADRON("V -> pi0 gamma", BSM_V_PIGAMMA, "1911.11147", 1, two_body, 0, 111, 22),
	HADRON("V -> eta gamma", BSM_V_ETAGAMMA, "SND hep-ex/0605109; 1911.11147", 1, two_body, 0, 221, 22),
	REST("V -> pi+ pi- pi+ pi-", 211, -211, 211, -211),
	REST("V -> pi+ pi- pi0 pi0", 211, -211, 111, 111),
	{0},
};
/* clang-format on */
enum { ROWS = sizeof rows / sizeof *rows - 1 };

static const struct bsm_chain chains[] = {
	{"decay",
	 "V from mesons, protons and showers at the source, decay in the detector",
	 {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = V}}},
	{0},
};

static double row_width(const struct bsm_process *row, const struct bsm_vector *v)
{
	switch ((int)row->arg[0]) {
	case GAMMA_V:
		return bsm_br_gamma_vector(v, row->in) * bsm_pdg_width(row->in);
	case MESON_V:
		return bsm_br_meson_vector(v, row->in, row->out[0]) * bsm_pdg_width(row->in);
	case LEPTONS:
		return bsm_vector_ll(v, row->out[0]);
	default:
		return bsm_vector_hadron_width(v, (enum bsm_vector_channel)row->arg[1]) * row->arg[2];
	}
}

static const char *refuse(const double *par)
{
	if (!(par[Z_MIN] < par[Z_MAX]))
		return "z_min is not below z_max: bremsstrahlung has no range left";
	if (!(par[MASS] > 2 * bsm_pdg_mass(11)))
		return "mass is below 2 m_e: V would decay to three photons, which is not in this model";
	return NULL;
}

static int prepare(const double *par, double *derived)
{
	struct bsm_vector v = vector(par);
	if (refuse(par))
		return 1;
	for (int i = 0; i < ROWS; i++)
		derived[i] = rows[i].target == BSM_DECAY ? row_width(&rows[i], &v) : 0;
	return 0;
}

#include "model/dark_photon_checks.h"

BSM_MODEL(dark_photon) = {
	BSM_MODEL_HEAD(dark_photon),
	.doc = "dark photon (kinetic mixing) or vector of baryon number, seen by its decay",
	.param = parameters,
	.species = species,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = ROWS,
	.prepare = prepare,
	.refuse = refuse,
	.couplings = "eps",
};
