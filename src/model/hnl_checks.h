/* `bsmnu verify hnl`: a private part of hnl.c. */
#include <math.h>

/* Partial width [GeV] of one row, or of a whole channel (group), counted once a charge state. */
static double width_of(const double *par, const char *name)
{
	double derived[2 * ROWS], sum = 0;
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		if (!strcmp(rows[i].name, name) || (rows[i].group && !strcmp(rows[i].group, name)))
			sum += derived[2 * i];
	return sum;
}

/* All decays of N, both charge states of a Majorana N. */
static double total_width(const double *par)
{
	double derived[2 * ROWS], sum = 0;
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		sum += rows[i].in == N ? derived[2 * i] : 0;
	return majorana(par) ? 2 * sum : sum;
}

static double rho(const double *par, int32_t meson, int32_t lepton)
{
	double M = bsm_pdg_mass(meson), ml = bsm_pdg_mass(lepton);
	return bsm_width_p_ln(M, ml, mass(par)) / bsm_width_p_ln(M, ml, 0);
}

/* 0.2 MeV of m_tau is 1e-3 here: with the mass that the reference number was made with. */
static double rho_dstau(const double *par)
{
	double M = bsm_pdg_mass(431), mtau = 1.77686;
	return bsm_width_p_ln(M, mtau, mass(par)) / bsm_width_p_ln(M, mtau, 0);
}

/* Amplitude over closed form, through the three-body integral of the row as the engine sees it. */
static double three_body(const double *par, const char *name)
{
	double derived[2 * ROWS], m[3];
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].name, name))
			continue;
		struct bsm_particle a = {.pdg = rows[i].in};
		struct bsm_in in = {.par = par, .derived = derived, .row = &rows[i], .index = i, .a = &a};
		double M = a.pdg == N ? mass(par) : bsm_pdg_mass(a.pdg);
		for (int j = 0; j < 3; j++)
			m[j] = rows[i].out[j] == N ? mass(par) : bsm_pdg_mass(rows[i].out[j]);
		return bsm_three_body_width(&in, M, m) / derived[2 * i];
	}
	return NAN;
}

/* Polarisation of N along its flight in P -> l N. */
static double helicity(const double *par, const char *name)
{
	double derived[2 * ROWS];
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].name, name))
			continue;
		double M = bsm_pdg_mass(rows[i].in), ml = bsm_pdg_mass(rows[i].out[0]),
		       p = bsm_two_body_p(M, ml, mass(par));
		struct bsm_particle a = {.pdg = rows[i].in, .m = M, .p = {M, 0, 0, 0}};
		struct bsm_particle out[2] = {
			{.pdg = rows[i].out[0], .m = ml, .p = {sqrt(ml * ml + p * p), 0, 0, -p}},
			{.pdg = N, .m = mass(par), .p = {sqrt(mass(par) * mass(par) + p * p), 0, 0, p}}};
		struct bsm_in in = {.par = par, .derived = derived, .row = &rows[i], .index = i, .a = &a};
		rows[i].spin(&in, out);
		return out[1].pol[2];
	}
	return NAN;
}

/* Left-right asymmetry of the lepton in the decay of N with spin along +z. */
static double asymmetry(const double *par, const char *name)
{
	double derived[2 * ROWS], side[2] = {0, 0};
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].name, name))
			continue;
		double m0 = bsm_pdg_mass(rows[i].out[0]), m1 = bsm_pdg_mass(rows[i].out[1]), M = mass(par);
		double p = bsm_two_body_p(M, m0, m1);
		struct bsm_particle a = {.pdg = N, .m = M, .p = {M, 0, 0, 0}, .pol = {0, 0, 1}};
		struct bsm_in in = {.par = par, .derived = derived, .row = &rows[i], .index = i, .a = &a};
		for (int k = 0; k < 2; k++, p = -p) {
			struct bsm_particle out[2] = {
				{.pdg = rows[i].out[0], .m = m0, .p = {sqrt(m0 * m0 + p * p), 0, 0, p}},
				{.pdg = rows[i].out[1], .m = m1, .p = {sqrt(m1 * m1 + p * p), 0, 0, -p}}};
			side[k] = rows[i].me2(&in, out);
		}
		return (side[0] - side[1]) / (side[0] + side[1]);
	}
	return NAN;
}

/* clang-format off */
#define W(id, name)        static double id(const double *par) { return width_of(par, name); }
#define BR(id, pdg, name)  static double id(const double *par) { return width_of(par, name) / bsm_pdg_width(pdg); }
#define RHO(id, p, l)      static double id(const double *par) { return rho(par, p, l); }
#define RATIO(id, name)    static double id(const double *par) { return three_body(par, name); }

W(w_3nu, "3nu") W(w_nuee, "nu e e") W(w_numumu, "nu mu mu") W(w_nuemu, "nu e mu") W(w_nupi0, "nu pi0")
W(w_mupi, "mu pi") W(w_epi, "e pi") W(w_nugamma, "nu gamma")
W(w_mu_enun, "mu- -> e- nubar_e N") W(w_mu_child, "mu+ -> e+ nubar_mu N")
RHO(rho_kmu, 321, 13) RHO(rho_pimu, 211, 13) RHO(rho_ke, 321, 11) RHO(rho_dsmu, 431, 13)
BR(br_kmu, 321, "K+ -> mu+ N") BR(br_pimu, 211, "pi+ -> mu+ N") BR(br_ke3, 321, "K+ -> pi0 e+ N")
BR(br_kl, 130, "K_L -> pi- mu+ N") BR(br_dk, 411, "D+ -> K0bar mu+ N") BR(br_d0k, 421, "D0 -> K- mu+ N")
BR(br_d0kst, 421, "D0 -> K*- mu+ N") BR(br_dsphi, 431, "Ds+ -> phi e+ N") BR(br_dseta, 431, "Ds+ -> eta e+ N")
BR(br_taupi, 15, "tau- -> pi- N") BR(br_taue, 15, "tau- -> e- nubar_e N")
BR(br_taumu, 15, "tau- -> mu- nubar_mu N") BR(br_tauchild, 15, "tau+ -> e+ nubar_tau N")
RATIO(r_nuee, "N -> nu_e e- e+") RATIO(r_numumu, "N -> nu_mu mu- mu+") RATIO(r_muenu, "N -> mu- e+ nu_e")
RATIO(r_3nu, "N -> nu_mu nu_mu nubar_mu") RATIO(r_ke3, "K+ -> pi0 mu+ N") RATIO(r_dk, "D+ -> K0bar mu+ N")
RATIO(r_dkst, "D0 -> K*- mu+ N") RATIO(r_tau, "tau- -> mu- nubar_mu N") RATIO(r_mu, "mu+ -> e+ nubar_mu N")
/* clang-format on */

static double majorana_ratio(const double *par)
{
	double other[5];
	memcpy(other, par, sizeof other);
	other[BSM_HNL_NATURE] = !majorana(par);
	return total_width(other) / total_width(par);
}

/* The mu pi width behind the lifetime and branching fraction of FairShip's example, brought to its constants. */
static double fairship_mupi(const double *par)
{
	double k = 0.1307 * 0.9743 / (BSM_F_PI * BSM_VUD);
	return width_of(par, "mu pi") * k * k;
}

/* Shapes of production without the absolute normalisation: BR at this mass over BR at 0.1 GeV. */
static double shape(const double *par, const char *name)
{
	double light[5];
	memcpy(light, par, sizeof light);
	light[BSM_HNL_MASS] = 0.1;
	return width_of(par, name) / width_of(light, name);
}

static double shape_taupi(const double *par)
{
	return shape(par, "tau- -> pi- N");
}
static double shape_taurho(const double *par)
{
	return shape(par, "tau- -> rho- N");
}
static double shape_kmu(const double *par)
{
	return shape(par, "K+ -> mu+ N");
}

/* N of 10 GeV decays between 574 and 579 m. */
static double decay_probability(const double *par)
{
	double energy = 10, M = mass(par), length = sqrt(energy * energy - M * M) / M * BSM_HBARC / total_width(par);
	return -exp(-574 / length) * expm1(-5 / length);
}

/* |V|^2 f(0)^2 alone against the measured branching fraction. */
static double dk_from_lattice(const double *par)
{
	(void)par;
	const struct bsm_semileptonic *t = bsm_semileptonic_find(411, 311);
	return bsm_semileptonic_width(t, bsm_pdg_mass(13), 0) / bsm_pdg_width(411);
}

/* Short-distance 1.0232 and, for K+, pi0-eta mixing (1 + 0.0252)^2: Cirigliano et al., Rev. Mod. Phys. 84, 399. */
static double ke3_from_lattice(const double *par)
{
	(void)par;
	const struct bsm_semileptonic *t = bsm_semileptonic_find(321, 111);
	return bsm_semileptonic_width(t, bsm_pdg_mass(11), 0) / bsm_pdg_width(321) * 1.0232 * 1.0252 * 1.0252;
}

static double f_rho_from_tau(const double *par)
{
	(void)par;
	double one = bsm_width_f_fv(bsm_pdg_mass(15), 0, bsm_pdg_mass(213));
	return sqrt(bsm_tau_br(213) * bsm_pdg_width(15) / one) / BSM_VUD;
}

static double kmu_from_decay_constant(const double *par)
{
	(void)par;
	double fv = BSM_F_K * BSM_VUS;
	return fv * fv * bsm_width_p_ln(bsm_pdg_mass(321), bsm_pdg_mass(13), 0) / bsm_pdg_width(321);
}

static double dsmu_from_decay_constant(const double *par)
{
	(void)par;
	double fv = BSM_F_DS * BSM_VCS;
	return fv * fv * bsm_width_p_ln(bsm_pdg_mass(431), bsm_pdg_mass(13), 0) / bsm_pdg_width(431);
}

static double helicity_k(const double *par)
{
	return helicity(par, "K+ -> mu+ N");
}
static double helicity_ke(const double *par)
{
	return helicity(par, "K+ -> e+ N");
}
static double asymmetry_mupi(const double *par)
{
	return asymmetry(par, "N -> mu- pi+");
}
static double asymmetry_nupi0(const double *par)
{
	return asymmetry(par, "N -> nu_mu pi0");
}
static double asymmetry_gamma(const double *par)
{
	return asymmetry(par, "N -> nu_mu gamma");
}

#define TWICE "two independent computations, one of them 40 digits; HNLCalc (2405.07330) to 3e-4"
#define LOGS "closed form with logarithms, 1805.08567 section 3.1.2, in 40 digits"
#define SHROCK "Shrock, Phys. Rev. D 24 (1981) 1232, computed independently"
#define TABLE "FORESEE, Models/HNL, table made with HNLCalc by Monte Carlo (some per cent)"
#define LIMIT "limit that must hold"
#define RPP "RPP 2026 branching fraction, m_N -> 0"
#define M10 "mass=0.1 GeV, "
#define M35 "mass=0.35 GeV, "
#define M100 "mass=1 GeV, "
#define UE "Ue2=1, Umu2=0"
#define UMU "Umu2=1"
#define UTAU "Utau2=1, Umu2=0"

/* clang-format off */
static const struct bsm_check checks[] = {
	{"width 3nu, 0.1 GeV", TWICE, w_3nu, 2.28522e-19, 1e-5, M10 UMU},
	{"width 3nu, 0.35 GeV", TWICE, w_3nu, 1.20024e-16, 1e-5, M35 UMU},
	{"width 3nu, 1 GeV", TWICE, w_3nu, 2.28522e-14, 1e-5, M100 UMU},
	{"width nu e e (Umu), 0.1 GeV", LOGS, w_nuee, 2.87116771e-20, 1e-8, M10 UMU},
	{"width nu e e (Ue), 0.1 GeV", LOGS, w_nuee, 1.34351783e-19, 1e-8, M10 UE},
	{"width nu e e (Umu), 0.35 GeV", LOGS, w_nuee, 1.50871258e-17, 1e-8, M35 UMU},
	{"width nu e e (Ue), 0.35 GeV", LOGS, w_nuee, 7.05872604e-17, 1e-8, M35 UE},
	{"width nu e e (Umu), 1 GeV", TWICE, w_nuee, 2.87265e-15, 1e-5, M100 UMU},
	{"width nu e e (Ue), 1 GeV", TWICE, w_nuee, 1.34400e-14, 1e-5, M100 UE},
	{"width nu mu mu (Umu), 0.35 GeV", TWICE, w_numumu, 1.53269e-17, 1e-5, M35 UMU},
	{"width nu mu mu (Ue), 0.35 GeV", TWICE, w_numumu, 2.19739e-18, 1e-5, M35 UE},
	{"width nu mu mu (Umu), 1 GeV", TWICE, w_numumu, 1.15144e-14, 1e-5, M100 UMU},
	{"width nu mu mu (Ue), 1 GeV", TWICE, w_numumu, 2.31299e-15, 1e-5, M100 UE},
	{"width mu- e+ nu (Umu), 0.35 GeV", TWICE, w_nuemu, 6.18902e-17, 1e-5, M35 UMU},
	{"width mu- e+ nu (Umu), 1 GeV", TWICE, w_nuemu, 2.09651e-14, 1e-5, M100 UMU},
	{"width nu pi0, 0.35 GeV", TWICE, w_nupi0, 7.12764e-16, 1e-5, M35 UMU},
	{"width nu pi0, 1 GeV", TWICE, w_nupi0, 2.21121e-14, 1e-5, M100 UMU},
	{"width mu pi, 0.35 GeV", TWICE, w_mupi, 8.64290e-16, 1e-5, M35 UMU},
	{"width mu pi, 1 GeV", TWICE, w_mupi, 4.03833e-14, 1e-5, M100 UMU},
	{"width e pi, 0.35 GeV", TWICE, w_epi, 1.31911e-15, 1e-5, M35 UE},
	{"width e pi, 1 GeV", TWICE, w_epi, 4.18236e-14, 1e-5, M100 UE},
	{"width nu gamma, 1 keV scaled to 0.1 GeV",
	 "1.36e-22/s (m/keV)^5 sin^2(2 theta) of X-ray searches; half for Dirac", w_nugamma,
	  1.36e-22 * 4 / 2 * 6.582119569e-25 * 1e25, 5e-3, M10 UMU},

	{"rho K -> mu N, 0.1 GeV", SHROCK, rho_kmu, 1.8922, 1e-4, M10 UMU},
	{"rho K -> mu N, 0.3 GeV", SHROCK, rho_kmu, 3.8998, 1e-4, "mass=0.3 GeV"},
	{"rho pi -> mu N, 0.01 GeV", SHROCK, rho_pimu, 0.99763, 1e-4, "mass=0.01 GeV"},
	{"rho K -> e N, 0.3 GeV", SHROCK, rho_ke, 1.3711e5, 1e-4, "mass=0.3 GeV"},
	{"rho Ds -> mu N, 1 GeV", SHROCK, rho_dsmu, 50.383, 1e-4, "mass=1 GeV"},
	{"rho Ds -> tau N, 0.1 GeV, m_tau of RPP 2022", SHROCK, rho_dstau, 0.89083, 1e-4, "mass=0.1 GeV"},

	{"amplitude/closed form N -> nu_e e e", LIMIT, r_nuee, 1, 1e-8, M35 UE},
	{"amplitude/closed form N -> nu_mu mu mu", LIMIT, r_numumu, 1, 1e-8, M35 UMU},
	{"amplitude/closed form N -> mu e nu", LIMIT, r_muenu, 1, 1e-8, M35 UMU},
	{"amplitude/closed form N -> 3 nu_mu", LIMIT, r_3nu, 1, 1e-8, M35 UMU},
	{"amplitude/closed form K+ -> pi0 mu N", LIMIT, r_ke3, 1, 1e-8, M10 UMU},
	{"amplitude/closed form D+ -> K0bar mu N", LIMIT, r_dk, 1, 1e-8, M35 UMU},
	{"amplitude/closed form D0 -> K*- mu N", LIMIT, r_dkst, 1, 1e-8, M35 UMU},
	{"amplitude/closed form tau -> mu nu N", LIMIT, r_tau, 1, 1e-8, M100 UTAU},
	{"amplitude/closed form mu -> e nu N", LIMIT, r_mu, 1, 1e-8, "mass=0.05 GeV, " UE},

	{"Majorana/Dirac total width", LIMIT, majorana_ratio, 2, 1e-12, M35 UMU},
	{"N -> mu- pi+: analyser", "alpha = -sqrt(lambda)(1-x)/((1-x)^2-y(1+x)), x = (m_mu/M)^2, y = (m_pi/M)^2",
	 asymmetry_mupi,
	 -0.9891164, 1e-6, M35 UMU},
	{"N -> nu pi0: analyser, Dirac", LIMIT ": left-handed neutrino and a scalar", asymmetry_nupi0, -1, 1e-12,
	 M35 UMU},
	{"N -> nu gamma: analyser, Dirac", LIMIT ": left-handed neutrino and photon", asymmetry_gamma, 1, 1e-12,
	 M35 UMU},
	{"helicity of N in K+ -> mu+ N, 1 MeV", LIMIT ": left-handed", helicity_k, -1, 1e-3, "mass=0.001 GeV"},
	{"helicity of N in K+ -> e+ N, 0.35 GeV", LIMIT ": set by the electron's, right-handed", helicity_ke, 1, 1e-4,
	 M35 UE},

	{"BR K+ -> mu N", RPP, br_kmu, 0.6356, 2e-4, "mass=0.001 GeV, Umu2=1"},
	{"BR pi+ -> mu N", RPP, br_pimu, 0.999877, 2e-4, "mass=0.001 GeV, Umu2=1"},
	{"BR K+ -> pi0 e N", RPP, br_ke3, 0.05072, 2e-4, "mass=0.001 GeV, " UE},
	{"BR K_L -> pi- mu+ N, one charge state", RPP, br_kl, 0.2704 / 2, 2e-4, "mass=0.001 GeV, Umu2=1"},
	{"BR D+ -> K0bar mu N", RPP, br_dk, 0.0868, 2e-4, "mass=0.001 GeV, Umu2=1"},
	{"BR D0 -> K*- mu N", RPP, br_d0kst, 0.0201, 2e-4, "mass=0.001 GeV, Umu2=1"},
	{"BR Ds+ -> phi e N", RPP, br_dsphi, 0.0234, 2e-4, "mass=0.001 GeV, " UE},
	{"BR Ds+ -> eta e N", RPP, br_dseta, 0.0227, 2e-4, "mass=0.001 GeV, " UE},
	{"BR tau -> e nu N from G_F alone", RPP, br_taue, 0.1785, 5e-3, "mass=0.001 GeV, " UTAU},
	{"BR tau -> mu nu N from G_F alone", RPP, br_taumu, 0.1737, 5e-3, "mass=0.001 GeV, " UTAU},
	{"width mu -> e nu N: the muon's lifetime", "RPP 2025 lifetime; radiative correction 0.42 %", w_mu_enun,
	 2.9959836e-19, 6e-3,
	 "mass=0.001 GeV, Umu2=1"},
	{"width mu+ -> e+ nu N (Ue): the same", "RPP 2025 lifetime; radiative correction 0.42 %", w_mu_child,
	 2.9959836e-19, 6e-3,
	 "mass=0.001 GeV, " UE},
	{"BR D+ -> K0bar mu nu from |Vcs| f(0)", "ETM 1706.03017 form factors against RPP 2026", dk_from_lattice,
	 0.0868, 0.03, NULL},
	{"BR K+ -> pi0 e nu from |Vus| f(0)", "FLAG 2021 f(0), corrections of Cirigliano et al., against RPP 2026",
	 ke3_from_lattice,
	 0.05072, 0.02, NULL},
	{"BR K+ -> mu nu from f_K |Vus|", "FLAG 2021 against RPP 2026", kmu_from_decay_constant, 0.6356, 0.03, NULL},
	{"BR Ds+ -> mu nu from f_Ds |Vcs|", "FLAG 2021 against RPP 2026", dsmu_from_decay_constant, 5.37e-3, 0.03,
	 NULL},
	{"f_rho from tau -> pi pi0 nu", "1805.08567 table 8: 0.209 GeV", f_rho_from_tau, 0.209, 0.02, NULL},

	{"BR K+ -> mu N, 0.1 GeV", "FORESEE/HNLCalc table, with f_K 156.4 MeV instead of the measured BR", br_kmu,
	 1.24378, 0.04, M10 UMU},
	{"K+ -> mu N, 0.3 over 0.1 GeV", "FORESEE/HNLCalc table", shape_kmu, 2.5633710602533863 / 1.2437752039626897,
	 2e-4, "mass=0.3 GeV, " UMU},
	{"tau -> pi N, 1 over 0.1 GeV", "FORESEE/HNLCalc table", shape_taupi,
	 0.033046180166694764 / 0.10495151173590919, 5e-4, M100 UTAU},
	{"tau -> rho N, 0.7 over 0.1 GeV", "FORESEE/HNLCalc table", shape_taurho,
	 0.10533783354437527 / 0.19665520550257412, 5e-4,
	 "mass=0.7 GeV, " UTAU},
	{"BR tau -> pi N, 0.5 GeV", "FORESEE/HNLCalc table, from f_pi without radiative corrections", br_taupi,
	 0.0824584, 0.03,
	 "mass=0.5 GeV, " UTAU},
	{"BR tau -> e nu N (Utau), 0.4 GeV", TABLE, br_taue, 0.1205692, 0.05, "mass=0.4 GeV, " UTAU},
	{"BR tau -> e nu N (Utau), 0.7 GeV", TABLE, br_taue, 0.0581551, 0.05, "mass=0.7 GeV, " UTAU},
	{"BR tau -> nu_tau e N (Ue), 0.4 GeV", TABLE, br_tauchild, 0.1207764, 0.05, "mass=0.4 GeV, " UE},
	{"BR tau -> nu_tau e N (Ue), 0.9 GeV", TABLE, br_tauchild, 0.0272620, 0.05, "mass=0.9 GeV, " UE},
	{"BR D0 -> K- mu N, 0.2 GeV", TABLE, br_d0k, 0.0316503, 0.06, "mass=0.2 GeV, " UMU},
	{"BR D+ -> K0bar mu N, 0.3 GeV", TABLE, br_dk, 0.0686389, 0.06, "mass=0.3 GeV, " UMU},
	{"BR D0 -> K*- mu N, 0.3 GeV", TABLE ", other normalisation", br_d0kst, 0.0136822, 0.1, "mass=0.3 GeV, " UMU},
	{"width mu pi, 1 GeV, f_pi = 130.7 MeV",
	 "FairShip python/hnl.py: BR hbar/lifetime of the example in its header", fairship_mupi,
	 0.11826749348890987 * 6.58211928e-25 / 4.777721453160521e-05 / 4e-8, 1e-3, M100 UMU},
	{"decay probability 574-579 m, 10 GeV, Majorana", "independent computation", decay_probability, 3.176e-8, 1e-3,
	 "mass=0.35 GeV, Umu2=1e-8, nature=majorana"},
	{0},
};
/* clang-format on */
