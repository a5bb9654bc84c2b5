/* Axion-like particle a that couples to photons, leptons, gluons and quarks. The amplitudes are in src/physics/alp_*.c;
 * docs/physics/alp.md explains every formula and choice. Benchmarks of Physics Beyond Colliders (1901.09966): BC9 is
 * g_photon alone, BC10 g_lepton = g_quark, BC11 g_gluon alone. */
#include "physics/alp.h"

#include <math.h>
#include <string.h>

#include "core/constants.h"

enum { A = BSM_ALP };

static const struct bsm_param parameters[] = {
	{"mass", "GeV", "mass of a", 0.1, 1e-3, 10, NULL},
	{"g_photon", "1/GeV", "coupling to photons, (g/4) a F F~ (BC9)", 1e-5, 0, 1, NULL},
	{"g_electron", "", "coupling to electrons alone, (g/2 m_e) da e gamma gamma5 e: a Yukawa coupling g", 0, 0, 1, NULL},
	{"g_lepton", "1/GeV", "coupling to e, mu, tau, (g/2) da l gamma gamma5 l: a Yukawa coupling g m_l (BC10)", 0, 0,
	 1, NULL},
	{"g_gluon", "1/GeV",
	 "coupling to gluons, g alpha_s/(8 pi) a G G~, g = 1/f_a (BC11); mass up to 1.8 GeV, not at the eta or eta'", 0, 0, 1, NULL},
	{"g_quark", "1/GeV", "coupling to all quarks, (g/2) da q gamma gamma5 q (BC10); mass up to 0.54 GeV", 0, 0, 1,
	 NULL},
	{"scale", "GeV", "where g_quark is given: cuts the loop of s -> d a", 1000, 200, 1e16, NULL},
	{0},
};

static double mass(const double *par)
{
	return par[BSM_ALP_MASS];
}

static int itself(const double *par)
{
	return par != NULL;
}

static double photon(const double *par)
{
	(void)par;
	return 0;
}

static const struct bsm_species species[] = {
	{A, "a", 0, 0, itself, mass},
	{0},
};

/* ---- widths ---- */
static double total_gg(const struct bsm_in *in)
{
	return bsm_alp_photon_width(in->derived[BSM_ALP_PHOTON2], mass(in->par));
}

static double total_ll(const struct bsm_in *in)
{
	int32_t l = in->row->out[0];
	return bsm_alp_lepton_width(bsm_alp_yukawa(in->par, l), mass(in->par), bsm_pdg_mass(l));
}

/* A width of the derived numbers: arg[0]. */
static double total_derived(const struct bsm_in *in)
{
	return in->derived[(int)in->row->arg[0]];
}

/* One charge of a channel of ASW's curves: arg = {channel, share, power at threshold}. */
static double total_curve(const struct bsm_in *in)
{
	double g = in->par[BSM_ALP_G_GLUON], threshold = 0;
	for (int i = 0; i < BSM_OUT && in->row->out[i]; i++)
		threshold += bsm_pdg_mass(in->row->out[i]);
	const double *arg = in->row->arg;
	return g * g * arg[1] * bsm_alp_curve((enum bsm_alp_channel)arg[0], mass(in->par), threshold, arg[2]);
}

static double two_body(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_two_body_me2(in->row->total(in), in->a->m, out[0].m, out[1].m);
}

static double me2_3pi0(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)out;
	if (in->derived[BSM_ALP_FLAT_3PI0] > 0)
		return in->derived[BSM_ALP_FLAT_3PI0];
	struct bsm_alp_pions p = {in->derived[BSM_ALP_PI3], in->derived[BSM_ALP_PIQ]};
	double amplitude = bsm_alp_amplitude_3pi0(&p);
	return BSM_ALP_K_FACTOR * amplitude * amplitude / 6; /* three alike */
}

static double me2_pipipi0(const struct bsm_in *in, const struct bsm_particle *out)
{
	if (in->derived[BSM_ALP_FLAT_PIPIPI0] > 0)
		return in->derived[BSM_ALP_FLAT_PIPIPI0];
	struct bsm_alp_pions p = {in->derived[BSM_ALP_PI3], in->derived[BSM_ALP_PIQ]};
	double amplitude = bsm_alp_amplitude_pipipi0(&p, in->a->m, bsm_p4_s(out[0].p, out[1].p));
	return BSM_ALP_K_FACTOR * amplitude * amplitude;
}

/* 4 c^2 |BW|^2 times the Gram determinant of the photon and the pions: s |k x p+|^2 in the pions' frame. */
static double me2_pipigamma(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_p4 k = out[2].p, p = out[0].p, q = out[1].p;
	double s = bsm_p4_s(p, q), c = in->derived[BSM_ALP_RHO], m2 = out[0].m * out[0].m;
	double kp = bsm_p4_dot(k, p), kq = bsm_p4_dot(k, q), pq = bsm_p4_dot(p, q);
	return 4 * c * c * bsm_alp_rho_propagator2(s) * fmax(0, 2 * kp * kq * pq - m2 * (kp * kp + kq * kq));
}

/* ---- mixing: a with the momentum of the meson it replaces; |theta|^2 of them per meson ---- */
static double mixing(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	(void)u;
	double theta = in->derived[(int)in->row->arg[0]], m = mass(in->par);
	out[0].p = in->a->p;
	out[0].p.e = sqrt(bsm_p4_dot3(in->a->p, in->a->p) + m * m);
	return theta * theta * bsm_pdg_width(in->a->pdg);
}

static double mixing_total(const struct bsm_in *in)
{
	double theta = in->derived[(int)in->row->arg[0]];
	return theta * theta * bsm_pdg_width(in->row->in);
}

#define WIDTH(what) .me2 = two_body, .total = total_derived, .arg = {what}
#define BAUER "Bauer et al., 2102.13112, 2110.10698: leading order, octet; loop of s -> d a for g_quark"
#define ASW "Aloni, Soreq, Williams, 1811.03474, supplement S31 to S33"
#define CURVE "width by ASW 1811.03474, figures 1 and 2, as in jjerhot/ALPINIST, widths/integrated"
#define HADRONS(text, channel, which, share, power, ...)                                                               \
	{                                                                                                              \
		.name = text, .group = channel, .cite = CURVE, .in = A, .out = {__VA_ARGS__}, .total = total_curve,    \
		.arg = { which, share, power }                                                                         \
	}
#define MIX "Jerhot et al., 2201.05170; ASW 1811.03474: |theta|^2 mesons, lab momentum kept"

/* clang-format off */
static const struct bsm_process rows[] = {
	{.name = "gamma A -> a A", .cite = "docs/physics/alp.md; Tsai, Phys. Rev. D 34 (1986) 1326", .in = 22, .target = BSM_NUCLEUS,
	 .out = {A, BSM_STRUCK_NUCLEUS}, .me2 = bsm_alp_primakoff_me2,
	 .total = bsm_alp_primakoff_row_total, .peak = {.kind = BSM_T_CHANNEL_LOG, .mass = photon}},
	{.name = "gamma e -> a e", .cite = "docs/physics/alp.md; Gondolo, Raffelt, 0807.2926", .in = 22, .target = BSM_ELECTRON,
	 .out = {A, 11}, .me2 = bsm_alp_compton_me2, .total = bsm_alp_compton_row_total},
	{.name = "e- A -> e- A a", .cite = "docs/physics/alp.md: Born approximation; Liu, McKeen, Miller, 1609.06781", .in = 11,
	 .target = BSM_NUCLEUS, .out = {A}, .flags = BSM_INCLUSIVE | BSM_CC, .ndim = BSM_ALP_BREMS_NDIM, .map = bsm_alp_brems},
	{.name = "e+ e- -> a", .cite = "pi y^2/(2 beta) delta(s - m^2); 1802.04756", .in = -11, .target = BSM_ELECTRON, .out = {A},
	 .flags = BSM_INCLUSIVE, .ndim = 2, .map = bsm_alp_resonance, .arg = {0.05, 0.01}},
	{.name = "pi0 -> a", .group = "mixing", .cite = MIX, .in = 111, .out = {A}, .flags = BSM_INCLUSIVE, .map = mixing,
	 .total = mixing_total, .arg = {BSM_ALP_THETA_PI}},
	{.name = "eta -> a", .group = "mixing", .cite = MIX, .in = 221, .out = {A}, .flags = BSM_INCLUSIVE, .map = mixing,
	 .total = mixing_total, .arg = {BSM_ALP_THETA_ETA}},
	{.name = "eta' -> a", .group = "mixing", .cite = MIX, .in = 331, .out = {A}, .flags = BSM_INCLUSIVE, .map = mixing,
	 .total = mixing_total, .arg = {BSM_ALP_THETA_ETAP}},
	{.name = "K+ -> pi+ a", .cite = BAUER, .in = 321, .out = {211, A}, .flags = BSM_CC, WIDTH(BSM_ALP_W_KPI)},
	{.name = "K_S -> pi0 a", .cite = BAUER, .in = 310, .out = {111, A}, WIDTH(BSM_ALP_W_KSPI)},
	{.name = "K_L -> pi0 a", .cite = BAUER ", CP violated", .in = 130, .out = {111, A}, WIDTH(BSM_ALP_W_KLPI)},

	{.name = "a -> gamma gamma", .cite = "g^2 m^3/(64 pi); loops 2012.12272; hadrons ASW 1811.03474", .in = A,
	 .out = {22, 22}, .me2 = two_body, .total = total_gg},
	{.name = "a -> e- e+", .cite = "y^2 m beta/(8 pi)", .in = A, .out = {11, -11}, .me2 = two_body, .total = total_ll},
	{.name = "a -> mu- mu+", .cite = "y^2 m beta/(8 pi)", .in = A, .out = {13, -13}, .me2 = two_body, .total = total_ll},
	{.name = "a -> tau- tau+", .cite = "y^2 m beta/(8 pi)", .in = A, .out = {15, -15}, .me2 = two_body, .total = total_ll},
	{.name = "a -> pi0 pi0 pi0", .group = "3pi", .cite = ASW, .in = A, .out = {111, 111, 111}, .me2 = me2_3pi0,
	 .total = total_derived, .arg = {BSM_ALP_W_3PI0}},
	{.name = "a -> pi+ pi- pi0", .group = "3pi", .cite = ASW, .in = A, .out = {211, -211, 111}, .me2 = me2_pipipi0,
	 .total = total_derived, .arg = {BSM_ALP_W_PIPIPI0}},
	{.name = "a -> pi+ pi- gamma", .cite = "ASW 1811.03474, size of eta -> pi+ pi- gamma", .in = A, .out = {211, -211, 22},
	 .me2 = me2_pipigamma, .total = total_derived, .arg = {BSM_ALP_W_PIPIGAMMA}},
	HADRONS("a -> eta pi+ pi-", "eta pi pi", BSM_ALP_ETA_PI_PI, 2.0 / 3, 2, 221, 211, -211),
	HADRONS("a -> eta pi0 pi0", "eta pi pi", BSM_ALP_ETA_PI_PI, 1.0 / 3, 2, 221, 111, 111),
	HADRONS("a -> eta' pi+ pi-", "eta' pi pi", BSM_ALP_ETAP_PI_PI, 2.0 / 3, 2, 331, 211, -211),
	HADRONS("a -> eta' pi0 pi0", "eta' pi pi", BSM_ALP_ETAP_PI_PI, 1.0 / 3, 2, 331, 111, 111),
	HADRONS("a -> K+ K- pi0", "K K pi", BSM_ALP_KKPI, 1.0 / 6, 2, 321, -321, 111),
	HADRONS("a -> K_S K_S pi0", "K K pi", BSM_ALP_KKPI, 1.0 / 12, 2, 310, 310, 111),
	HADRONS("a -> K_L K_L pi0", "K K pi", BSM_ALP_KKPI, 1.0 / 12, 2, 130, 130, 111),
	HADRONS("a -> K+ K_S pi-", "K K pi", BSM_ALP_KKPI, 1.0 / 6, 2, 321, 310, -211),
	HADRONS("a -> K- K_S pi+", "K K pi", BSM_ALP_KKPI, 1.0 / 6, 2, -321, 310, 211),
	HADRONS("a -> K+ K_L pi-", "K K pi", BSM_ALP_KKPI, 1.0 / 6, 2, 321, 130, -211),
	HADRONS("a -> K- K_L pi+", "K K pi", BSM_ALP_KKPI, 1.0 / 6, 2, -321, 130, 211),
	HADRONS("a -> pi+ pi- pi0 pi0", "4pi", BSM_ALP_RHO_RHO, 2.0 / 3, 3.5, 211, -211, 111, 111),
	HADRONS("a -> pi+ pi- pi+ pi-", "4pi", BSM_ALP_RHO_RHO, 1.0 / 3, 3.5, 211, -211, 211, -211),
	HADRONS("a -> omega omega", "omega omega", BSM_ALP_OMEGA_OMEGA, 1, 1.5, 223, 223),

	{.name = "a A -> gamma A", .cite = "docs/physics/alp.md", .in = A, .target = BSM_NUCLEUS,
	 .out = {22, BSM_STRUCK_NUCLEUS}, .me2 = bsm_alp_primakoff_me2, .total = bsm_alp_inverse_primakoff_row_total,
	 .peak = {.kind = BSM_T_CHANNEL_LOG, .mass = photon}},
	{.name = "a e -> gamma e", .cite = "docs/physics/alp.md", .in = A, .target = BSM_ELECTRON, .out = {22, 11},
	 .me2 = bsm_alp_inverse_compton_me2},
	{0},
};
/* clang-format on */

static const struct bsm_chain chains[] = {
	{"decay",
	 "a made at the source, decay in flight in the detector",
	 {{.where = BSM_AT_SOURCE}, {.process = "a -> *", .where = BSM_IN_DETECTOR, .take = A}}},
	{"inverse_primakoff",
	 "a made at the source turns into a photon at a nucleus of the detector",
	 {{.where = BSM_AT_SOURCE}, {.process = "a A -> gamma A", .where = BSM_IN_DETECTOR, .take = A}}},
	{"compton",
	 "a made at the source turns into a photon at an electron of the detector",
	 {{.where = BSM_AT_SOURCE}, {.process = "a e -> gamma e", .where = BSM_IN_DETECTOR, .take = A}}},
	{0},
};

static int prepare(const double *par, double *derived)
{
	bsm_alp_prepare(par, derived);
	return 0;
}

#include "model/alp_checks.h"

BSM_MODEL(alp) = {
	BSM_MODEL_HEAD(alp),
	.doc = "axion-like particle with couplings to photons, leptons, gluons and quarks",
	.param = parameters,
	.species = species,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = BSM_ALP_DERIVED,
	.prepare = prepare,
	.refuse = bsm_alp_refuse,
	.couplings = "g_photon,g_electron,g_lepton,g_gluon,g_quark",
};
