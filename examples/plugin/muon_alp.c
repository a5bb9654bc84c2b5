/* muon_alp: mu+ -> e+ a by a flavour-violating coupling, a -> e+ e- in the detector. A whole signature in one file:
 *     cc -shared -fPIC -O2 -I include examples/plugin/muon_alp.c -o muon_alp.so
 *     bsmnu run examples/plugin/muon_alp.yaml --plugin ./muon_alp.so
 * Lagrangian: y a (ebar_R mu_L) + h.c. + i g_ee a (ebar gamma5 e); conventions of Calibbi et al., arXiv:2006.04795. */
#include "bsmnu/model.h"

#define ALP 9900036
enum { MASS, Y_EMU, G_EE };
static const struct bsm_param param[] = {
	{"mass", "GeV", "mass of a", 0.02, 0.0011, 0.105, 0},
	{"y_emu", "", "flavour-violating coupling to e and mu", 1e-11, 0, 1, 0},
	{"g_ee", "", "pseudoscalar coupling to electrons", 1e-9, 0, 1, 0},
	{0},
};

static double mass(const double *par)
{
	return par[MASS];
}
static int itself(const double *par)
{
	return par != 0;
}
static const struct bsm_species species[] = {{ALP, "a", 0, 0, itself, mass}, {0}};

/* y^2 p_e.(p_mu - m S): the muon's polarisation S steers the direction; the other sign for mu+. */
static double make(const struct bsm_in *in, const struct bsm_particle *out)
{
	double y = in->par[Y_EMU], m = in->a->m, sign = in->conjugate ? -1 : 1;
	struct bsm_p4 q = bsm_p4_sub(in->a->p, bsm_p4_scale(sign * m, bsm_pol_vector(in->a)));
	return y * y * bsm_p4_dot(out[0].p, q);
}
static double make_width(const struct bsm_in *in)
{
	double m = in->a->m, me = bsm_pdg_mass(11), ma = in->par[MASS], y = in->par[Y_EMU];
	return bsm_two_body_width(y * y * (m * m + me * me - ma * ma) / 2, m, me, ma);
}

/* sum |g ubar gamma5 v|^2 = 2 g^2 m_a^2 */
static double decay(const struct bsm_in *in, const struct bsm_particle *out)
{
	(void)out;
	return 2 * in->par[G_EE] * in->par[G_EE] * in->a->m * in->a->m;
}
static double decay_width(const struct bsm_in *in)
{
	double r = bsm_pdg_mass(11) / in->par[MASS], g = in->par[G_EE];
	return r < 0.5 ? g * g * in->par[MASS] / (8 * 3.14159265358979324) * sqrt(1 - 4 * r * r) : 0;
}
static const struct bsm_process process[] = {
	{.name = "mu- -> e- a", .cite = "arXiv:2006.04795 eq. 2.6", .in = 13, .out = {11, ALP}, .flags = BSM_CC, .me2 = make,
	 .total = make_width},
	{.name = "a -> e- e+", .cite = "arXiv:1008.0636 eq. 4", .in = ALP, .out = {11, -11}, .me2 = decay, .total = decay_width},
	{0},
};
static const struct bsm_chain chain[] = {
	{"decay_in_flight", "a from muons in the decay pipe, seen by a -> e e",
	 {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = ALP}}},
	{0},
};
BSM_MODEL(muon_alp) = {BSM_MODEL_HEAD(muon_alp), .doc = "axion-like particle from flavour-violating muon decay",
	.param = param, .species = species, .process = process, .chain = chain, .couplings = "y_emu,g_ee"};
