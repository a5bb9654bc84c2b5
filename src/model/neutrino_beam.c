/* The neutrinos of a beam: Standard Model decays of pi, K, D, Ds, mu and tau at the source, counted at the detector.
 * Chains end in BSM_PASS: `bsmnu flux` shows them. Amplitudes with form factors and muon polarisation are those that heavy
 * neutral leptons use, at zero mass (src/physics/chiral.h). */
#include <stdlib.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/chiral.h"
#include "physics/decay_constants.h"
#include "physics/meson_form_factors.h"

static const struct bsm_param parameters[] = {
	{"prompt", "", "yes: neutrinos of tau and of the main modes of D and Ds (K l nu, mu nu, tau nu) too", 1, 0, 1, "no|yes"},
	{0},
};

/* ---- P -> l nu: measured branching fraction, isotropic ---- */
static double leptonic_width(const struct bsm_in *in)
{
	int charmed = abs(in->row->in) > 400;
	return charmed && in->par[0] < 0.5 ? 0 : bsm_leptonic_br(in->row->in, in->row->out[0]) * bsm_pdg_width(in->row->in);
}

static double leptonic(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_two_body_me2(leptonic_width(in), in->a->m, out[0].m, 0);
}

/* ---- P -> H l nu: form factors, normalised to the measured branching fraction ---- */
static double semileptonic_scale(const struct bsm_in *in)
{
	const struct bsm_semileptonic *t = bsm_semileptonic_find(in->row->in, in->row->out[0]);
	if (abs(in->row->in) > 400 && in->par[0] < 0.5)
		return 0;
	return bsm_semileptonic_scale(t, in->row->out[1]) * (in->row->in == 130 ? 0.5 : 1); /* K_L: half in each charge */
}

static double semileptonic(const struct bsm_in *in, const struct bsm_particle *out)
{
	const struct bsm_semileptonic *t = bsm_semileptonic_find(in->row->in, in->row->out[0]);
	struct bsm_p4 q = bsm_p4_sub(in->a->p, out[0].p);
	double fplus, fzero, k = in->derived[in->index];
	bsm_form_factors_pp(t, bsm_p4_dot(q, q), &fplus, &fzero);
	struct bsm_p4 h = bsm_current_pp(in->a->p, out[0].p, fplus, fzero);
	return BSM_GF * BSM_GF * k * t->ckm * t->ckm * t->isospin * bsm_p4_dot(bsm_chiral_vector(h, out[1].p), out[2].p);
}

static double semileptonic_width(const struct bsm_in *in)
{
	const struct bsm_semileptonic *t = bsm_semileptonic_find(in->row->in, in->row->out[0]);
	return in->derived[in->index] * bsm_semileptonic_width(t, bsm_pdg_mass(in->row->out[1]), 0);
}

/* ---- mu- -> nu_mu e- nubar_e and tau alike: 128 (e.nu_mu)(mu - m S).nubar_e / 2, to the measured width ---- */
static double three_lepton_width(const struct bsm_in *in)
{
	int tau = abs(in->row->in) == 15;
	return tau && in->par[0] < 0.5 ? 0 : in->row->arg[0] * bsm_pdg_width(in->row->in);
}

static double three_lepton(const struct bsm_in *in, const struct bsm_particle *out)
{
	double sign = in->conjugate ? -1 : 1, m = in->a->m, k = in->derived[in->index];
	struct bsm_p4 seen = bsm_p4_sub(in->a->p, bsm_p4_scale(sign * m, bsm_pol_vector(in->a)));
	return k * bsm_four_lepton(out[0].p, seen, out[1].p, out[2].p) / 2;
}

/* ---- tau- -> h- nu_tau: pseudoscalar or vector meson, to the measured branching fraction ---- */
static double tau_width(const struct bsm_in *in)
{
	double share = in->row->arg[0] > 0 ? in->row->arg[0] : bsm_tau_br(in->row->out[1]);
	return in->par[0] < 0.5 ? 0 : share * bsm_pdg_width(15);
}

static double tau_meson(const struct bsm_in *in, const struct bsm_particle *out)
{
	int vector = abs(out[1].pdg) % 10 == 3;
	double sign = in->conjugate ? -1 : 1, m = in->a->m, h = out[1].m, x = h * h / (m * m);
	struct bsm_p4 seen = bsm_p4_sub(in->a->p, bsm_p4_scale(sign * m, bsm_pol_vector(in->a)));
	struct bsm_p4 G = vector ? bsm_chiral_vector_meson(out[1].p, h, seen) : bsm_chiral_vector(out[1].p, seen);
	/* G.nu of an unpolarised tau */
	double mean = 2 * m * m * m * m * (1 - x) * (vector ? 1 + 2 * x : 1);
	return bsm_two_body_me2(tau_width(in), m, h, 0) * bsm_p4_dot(G, out[0].p) / mean;
}

#define TWO(text, parent, lepton, nu)                                                                                  \
	{.name = text, .cite = "RPP 2026 branching fraction", .in = parent, .out = {lepton, nu}, .flags = BSM_CC,      \
	 .me2 = leptonic, .total = leptonic_width}
#define THREE(text, parent, hadron, lepton, nu)                                                                        \
	{.name = text, .cite = "RPP 2026 branching fraction; form factors FLAG, ETM 1706.03017", .in = parent,         \
	 .out = {hadron, lepton, nu}, .flags = BSM_CC, .me2 = semileptonic, .total = semileptonic_width}
#define LEPTON(text, parent, share, nu, light, other)                                                                  \
	{.name = text, .cite = "V-A; RPP 2026 branching fraction", .in = parent, .out = {nu, light, other},            \
	 .flags = BSM_CC, .me2 = three_lepton, .total = three_lepton_width, .arg = {share}}

#define TAU(text, hadron)                                                                                              \
	{.name = text, .cite = "RPP 2026 branching fraction", .in = 15, .out = {16, hadron}, .flags = BSM_CC,          \
	 .me2 = tau_meson, .total = tau_width}

static const struct bsm_process rows[] = {
	TWO("pi+ -> mu+ nu_mu", 211, -13, 14),
	TWO("pi+ -> e+ nu_e", 211, -11, 12),
	TWO("K+ -> mu+ nu_mu", 321, -13, 14),
	TWO("K+ -> e+ nu_e", 321, -11, 12),
	TWO("Ds+ -> mu+ nu_mu", 431, -13, 14),
	TWO("Ds+ -> tau+ nu_tau", 431, -15, 16),
	TWO("D+ -> tau+ nu_tau", 411, -15, 16),
	THREE("K+ -> pi0 e+ nu_e", 321, 111, -11, 12),
	THREE("K+ -> pi0 mu+ nu_mu", 321, 111, -13, 14),
	THREE("K_L -> pi- e+ nu_e", 130, -211, -11, 12),
	THREE("K_L -> pi- mu+ nu_mu", 130, -211, -13, 14),
	THREE("D+ -> K0bar e+ nu_e", 411, -311, -11, 12),
	THREE("D+ -> K0bar mu+ nu_mu", 411, -311, -13, 14),
	THREE("D0 -> K- e+ nu_e", 421, -321, -11, 12),
	THREE("D0 -> K- mu+ nu_mu", 421, -321, -13, 14),
	LEPTON("mu- -> nu_mu e- nubar_e", 13, 1, 14, 11, -12),
	LEPTON("tau- -> nu_tau e- nubar_e", 15, 0.1782, 16, 11, -12),
	LEPTON("tau- -> nu_tau mu- nubar_mu", 15, 0.1739, 16, 13, -14),
	TAU("tau- -> nu_tau pi-", -211),
	TAU("tau- -> nu_tau K-", -321),
	TAU("tau- -> nu_tau rho-", -213),
	TAU("tau- -> nu_tau K*-", -323),
	/* All the rest: each tau leaves one nu_tau. Three pions, phase space. */
	{.name = "tau- -> nu_tau pi- pi- pi+", .cite = "what the other tau rows leave of 1; phase space", .in = 15,
	 .out = {16, -211, -211, 211}, .flags = BSM_CC | BSM_INCLUSIVE, .total = tau_width, .arg = {0.26583}},
	{0},
};

/* derived[i]: factor of row i's amplitude that makes its width the measured one. */
static int prepare(const double *par, double *derived)
{
	for (int i = 0; rows[i].name; i++) {
		struct bsm_in in = {.par = par, .derived = derived, .row = &rows[i], .index = i};
		derived[i] = rows[i].me2 == semileptonic ? semileptonic_scale(&in) : 1;
		if (rows[i].me2 != three_lepton)
			continue;
		double mass[3], m = bsm_pdg_mass(rows[i].in);
		for (int k = 0; k < 3; k++)
			mass[k] = bsm_pdg_mass(rows[i].out[k]);
		double width = bsm_three_body_width(&in, m, mass);
		derived[i] = three_lepton_width(&in) / width;
	}
	return 0;
}

#define FLUX(id, text, neutrino) \
	{id, text, {{.where = BSM_AT_SOURCE}, {.process = BSM_PASS, .where = BSM_IN_DETECTOR, .take = neutrino}}}
static const struct bsm_chain chains[] = {
	FLUX("nu_mu", "muon neutrinos and antineutrinos at the detector", 14),
	FLUX("nu_e", "electron neutrinos and antineutrinos at the detector", 12),
	FLUX("nu_tau", "tau neutrinos and antineutrinos at the detector", 16),
	{0},
};

static double ke3(const double *par)
{
	double derived[sizeof rows / sizeof *rows];
	prepare(par, derived);
	struct bsm_in in = {.par = par, .derived = derived, .row = &rows[7], .index = 7};
	return semileptonic_width(&in) / bsm_pdg_width(321);
}

static double kl_e3(const double *par)
{
	double derived[sizeof rows / sizeof *rows];
	prepare(par, derived);
	struct bsm_in in = {.par = par, .derived = derived, .row = &rows[9], .index = 9};
	return 2 * semileptonic_width(&in) / bsm_pdg_width(130);
}

/* Neutrinos of the tau's flavour per tau. */
static double tau_all(const double *par)
{
	double derived[sizeof rows / sizeof *rows], sum = 0;
	prepare(par, derived);
	for (int i = 0; rows[i].name; i++) {
		struct bsm_in in = {.par = par, .derived = derived, .row = &rows[i], .index = i};
		sum += rows[i].in == 15 ? rows[i].total(&in) / bsm_pdg_width(15) : 0;
	}
	return sum;
}

static const struct bsm_check checks[] = {
	{"tau neutrinos per tau", "lepton number", tau_all, 1, 1e-9, ""},
	{"branching fraction of K+ -> pi0 e+ nu", "RPP 2024: 5.07 %", ke3, 0.0507, 5e-3, ""},
	{"branching fraction of K_L -> pi e nu", "RPP 2024: 40.55 %", kl_e3, 0.4055, 5e-3, ""},
	{0},
};

BSM_MODEL(neutrino_beam) = {
	BSM_MODEL_HEAD(neutrino_beam),
	.doc = "neutrinos of the beam, from the decays of its mesons and leptons",
	.param = parameters,
	.process = rows,
	.chain = chains,
	.check = checks,
	.nderived = sizeof rows / sizeof *rows,
	.prepare = prepare,
};
