/* Millicharged particles chi of charge eps e: pairs by virtual photons of mesons and quarks, scattering on electrons by the exchange
 * of a photon, once, twice along one line, or as faint ionisation. docs/physics/millicharge.md. */
#include <math.h>
#include <string.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/dark_production.h"
#include "physics/dark_scattering.h"
#include "physics/vector_mesons.h"

enum { CHI = 9900051 };
enum { MASS, EPS };

static const struct bsm_param parameters[] = {
	{"mass", "GeV", "mass of chi, a Dirac fermion", 0.01, 1e-5, 5, NULL},
	{"eps", "", "charge of chi in units of e", 1e-3, 0, 1, NULL},
	{0},
};

static double mass(const double *par)
{
	return par[MASS];
}
static const struct bsm_species species[] = {
	{CHI, "mCP", 1, 0, NULL, mass},
	{0},
};

/* ---- production ---- */
enum { MESONS = 9, PSEUDOSCALARS = 3 };
static const int32_t meson_pdg[MESONS] = {111, 221, 331, 113, 223, 333, 443, 100443, 553};

static int meson_of(int32_t pdg)
{
	int i = 0;
	while (i < MESONS - 1 && meson_pdg[i] != pdg)
		i++;
	return i;
}
static int prepare(const double *par, double *derived)
{
	struct bsm_portal photon = bsm_portal_photon(par[EPS], BSM_CHI_DIRAC);
	for (int i = 0; i < MESONS; i++)
		derived[i] = i < PSEUDOSCALARS ? bsm_portal_br(&photon, meson_pdg[i], mass(par), mass(par))
					       : bsm_portal_br_vector(&photon, meson_pdg[i], mass(par), mass(par));
	return 0;
}
static const char *refuse(const double *par)
{
	return par[EPS] > 0.3 ? "eps above 0.3: chi would radiate and ionise like a charged particle, which one exchanged photon does not describe"
			      : NULL;
}
static double meson_width(const struct bsm_in *in)
{
	return in->derived[meson_of(in->row->in)] * bsm_pdg_width(in->row->in);
}
static double dalitz(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_portal photon = bsm_portal_photon(in->par[EPS], BSM_CHI_DIRAC);
	return bsm_portal_me2(&photon, in->row->in, out[0].p, out[1].p, out[2].p);
}
static double drell_yan(const struct bsm_in *in, const double *u, struct bsm_particle *out)
{
	struct bsm_portal photon = bsm_portal_photon(in->par[EPS], BSM_CHI_DIRAC);
	struct bsm_vector v = bsm_vector_kinetic(0, 1); /* quarks have the charges of the photon's current */
	return bsm_dark_drell_yan(in, &v, &photon, 0, u, out);
}

/* ---- scattering: photon exchange ---- */
static double coupling2(const double *par)
{
	double e2 = 4 * BSM_PI * BSM_ALPHA;
	return e2 * e2 * par[EPS] * par[EPS];
}
static double on_electron(const struct bsm_in *in, const struct bsm_particle *out)
{
	double l2 = bsm_p4_dot3(out[1].p, out[1].p), q2 = 2 * out[1].m * l2 / (out[1].p.e + out[1].m);
	struct bsm_dark_target t = bsm_dark_lepton(in->b->p, out[1].p, q2);
	struct bsm_dark_current c = {BSM_DARK_DIRAC, in->a->p, out[0].p, in->a->m, out[0].m};
	return coupling2(in->par) / (q2 * q2) * bsm_dark_contract(&c, &t);
}
static double on_electron_total(const struct bsm_in *in)
{
	return bsm_dark_electron_sigma(BSM_DARK_DIRAC, in->a->p.e, in->a->m, 0, coupling2(in->par), in->tmin, in->tmax);
}
static double no_mass(const double *par)
{
	(void)par;
	return 0;
}

/* ---- rows ---- */
#define PSEUDOSCALAR(parent, in_)                                                                                             \
	{.name = parent " -> gamma chi chibar", .group = parent, .cite = DALITZ, .in = in_, .out = {22, CHI, -CHI},           \
	 .me2 = dalitz, .total = meson_width}
#define VECTOR(parent, in_)                                                                                                   \
	{.name = parent " -> chi chibar", .group = parent, .cite = ANNIHILATION, .in = in_, .out = {CHI, -CHI}, .total = meson_width}
#define HIT(text, sign)                                                                                                       \
	{.name = text, .cite = MOTT, .in = (sign) * CHI, .target = BSM_ELECTRON, .out = {(sign) * CHI, 11}, .me2 = on_electron, \
	 .total = on_electron_total, .peak = {.kind = BSM_T_CHANNEL, .mass = no_mass}}
#define DALITZ "Magill, Plestid, Pospelov, Tsai, 1806.03310; Kroll, Wada, Phys. Rev. 98 (1955) 1355"
#define ANNIHILATION "Magill, Plestid, Pospelov, Tsai, 1806.03310; e+e- width of RPP"
#define MOTT "Magill, Plestid, Pospelov, Tsai, 1806.03310, eq. 4; one photon exchanged"

/* clang-format off */
static const struct bsm_process rows[] = {
	PSEUDOSCALAR("pi0", 111), PSEUDOSCALAR("eta", 221), PSEUDOSCALAR("eta'", 331),
	VECTOR("rho", 113), VECTOR("omega", 223), VECTOR("phi", 333), VECTOR("J/psi", 443), VECTOR("psi(2S)", 100443), VECTOR("Upsilon", 553),
	{.name = "Drell-Yan: p A -> chi chibar X", .group = "Drell-Yan",
	 .cite = "Drell, Yan, Phys. Rev. Lett. 25 (1970) 316; GRV94 LO; above 1 GeV", .in = 2212, .target = BSM_NUCLEUS,
	 .out = {CHI, -CHI}, .flags = BSM_INCLUSIVE, .ndim = 4, .map = drell_yan},
	HIT("chi e- -> chi e-", 1), HIT("chibar e- -> chibar e-", -1),
	{0},
};
static const struct bsm_chain chains[] = {
	{"one_hit", "one recoil electron above recoil_min",
	 {{.where = BSM_AT_SOURCE}, {.process = "chi* e-*", .where = BSM_IN_DETECTOR, .take = CHI, .first = 1}}},
	{"two_hits", "two recoil electrons or more on one line that points at the target: the first two are made",
	 {{.where = BSM_AT_SOURCE}, {.process = "chi* e-*", .where = BSM_IN_DETECTOR, .take = CHI, .first = 1},
	  {.process = "chi* e-*", .where = BSM_IN_DETECTOR, .take = CHI, .first = 1}}},
	{"three_hits", "three or more: the first three are made",
	 {{.where = BSM_AT_SOURCE}, {.process = "chi* e-*", .where = BSM_IN_DETECTOR, .take = CHI, .first = 1},
	  {.process = "chi* e-*", .where = BSM_IN_DETECTOR, .take = CHI, .first = 1}, {.process = "chi* e-*", .where = BSM_IN_DETECTOR, .take = CHI, .first = 1}}},
	{"through", "flux of chi through the detector: for faint ionisation",
	 {{.where = BSM_AT_SOURCE}, {.process = BSM_PASS, .where = BSM_IN_DETECTOR, .take = CHI}}},
	{0},
};
/* clang-format on */

#include "model/millicharge_checks.h"

BSM_MODEL(millicharge) = {
	BSM_MODEL_HEAD(millicharge),
	.doc = "millicharged particles from mesons and quarks: one recoil electron, several on a line, faint ionisation",
	.param = parameters,
	.species = species,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = MESONS,
	.prepare = prepare,
	.refuse = refuse,
	.couplings = "eps",
};
