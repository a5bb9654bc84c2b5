/* `bsmnu verify dark_scalar`: a private part of dark_scalar.c. SensCalc is github maksymovchynnikov/SensCalc,
 * phenomenology/Scalar; FORESEE is github KlingFelix/FORESEE, Models/DarkHiggs/model/br; scalar_portal is github
 * JLTastet/scalar_portal. */

/* Width of the rows of that name or group; "S": of all decays. */
static double width_of(const double *par, const char *name)
{
	double derived[ROWS], sum = 0;
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		if (!strcmp(rows[i].name, name) || (rows[i].group && !strcmp(rows[i].group, name)) ||
		    (rows[i].in == S && !strcmp(name, "S")))
			sum += derived[i];
	return sum;
}

/* c tau sin^2(theta) [m] */
static double ctau(const double *par)
{
	return BSM_HBARC / width_of(par, "S") * par[THETA] * par[THETA];
}

static double br_mumu(const double *par)
{
	return width_of(par, "mu mu") / width_of(par, "S");
}

static double br_pipi(const double *par)
{
	return width_of(par, "pi pi") / width_of(par, "S");
}

static double br_kk(const double *par)
{
	return width_of(par, "K K") / width_of(par, "S");
}

static double br_4pi(const double *par)
{
	return width_of(par, "4 pi") / width_of(par, "S");
}

static double br_gluons(const double *par)
{
	return width_of(par, "g g") / width_of(par, "S");
}

static double hadrons(const double *par)
{
	return width_of(par, "S") - width_of(par, "e e") - width_of(par, "mu mu");
}

/* Above over below 2 GeV: mesons become quarks. */
static double step_at_2(const double *par)
{
	double low[PARAMS], high[PARAMS];
	memcpy(low, par, sizeof low);
	memcpy(high, par, sizeof high);
	low[MASS] = BSM_SCALAR_EXCLUSIVE_UP_TO;
	high[MASS] = BSM_SCALAR_EXCLUSIVE_UP_TO * (1 + 1e-9);
	return hadrons(high) / hadrons(low);
}

/* At the xi = 3.3e-6 of 1904.10447, table 1, and its form factor, .96. */
static double br_k_plus(const double *par)
{
	struct bsm_top_mixing V = bsm_top_mixing();
	double fplus, fzero;
	bsm_form_factors_pp(bsm_semileptonic_find(321, 111), par[MASS] * par[MASS], &fplus, &fzero);
	double k = 3.3e-6 / bsm_scalar_xi(hypot(V.sd_re, V.sd_im)) * 0.96 / fzero / par[THETA];
	return width_of(par, "K+ -> pi+ S") / bsm_pdg_width(321) * k * k;
}

/* Gamma of 1909.11670, eq. 5: (sin(theta) 3 V m_t^2 m_K^2/(32 pi^2 v^3))^2 lambda^(1/2)/(16 pi m_K). */
static double k_plus_over_eq5(const double *par)
{
	struct bsm_top_mixing V = bsm_top_mixing();
	double M = bsm_pdg_mass(321), v = bsm_scalar_vev(), mt = BSM_POLE_TOP;
	double A = par[THETA] * 3 * hypot(V.sd_re, V.sd_im) * mt * mt * M * M / (32 * BSM_PI * BSM_PI * v * v * v);
	double root = 2 * bsm_two_body_p(M, bsm_pdg_mass(211), par[MASS]) / M;
	return width_of(par, "K+ -> pi+ S") / (A * A * root / (16 * BSM_PI * M));
}

/* K_L and K_S of one amplitude: Gamma(K_S)/Gamma(K_L) = tan^2 of the phase of V_ts* V_td. */
static double kaon_phase(const double *par)
{
	return width_of(par, "K_S -> pi0 S") / width_of(par, "K_L -> pi0 S");
}

static double kstar_over_k(const double *par)
{
	return width_of(par, "B+ -> K*+ S") / width_of(par, "B+ -> K+ S");
}

static double k1_over_k(const double *par)
{
	return width_of(par, "B+ -> K1(1400)+ S") / width_of(par, "B+ -> K+ S");
}

/* All K, at the xi = 3.6e-4 of 1904.10447, table 1. */
static double b_to_strange(const double *par)
{
	double derived[ROWS], sum = 0, xi = bsm_scalar_xi(bsm_top_mixing().sb);
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		sum += rows[i].in == 521 && rows[i].out[0] != 211 ? derived[i] : 0;
	return sum / bsm_pdg_width(521) * (3.6e-4 * 3.6e-4) / (xi * xi * par[THETA] * par[THETA]);
}

/* Number radiated per proton of 120 GeV that interacts, by the sampling of the row, over its integral. */
static double radiated(const double *par)
{
	enum { N = 60 };
	struct bsm_particle a = {.pdg = 2212, .m = bsm_pdg_mass(2212), .p = {0, 0, 0, 120}}, out[1];
	struct bsm_nucleus carbon = {12, 6, 11.17};
	struct bsm_in in = {.par = par, .a = &a, .nuc = &carbon};
	struct bsm_scalar_brem b = brem(par);
	double sum = 0;
	a.p.e = sqrt(a.m * a.m + 120 * 120);
	for (int i = 0; i < N * N; i++)
		sum += radiate(&in, (double[]){(i % N + 0.5) / N, (i / N + 0.5) / N, 0.3}, out) / (N * N);
	return sum / (bsm_scalar_brem_number(&b, 120) * 222e-27);
}

#define LOW "mass=0.1 GeV, sin_theta=1"
static const struct bsm_check checks[] = {
	{"c tau sin^2 theta [m]", "SensCalc, ctauS.dat", ctau, 0.011534572669, 3e-3, LOW},
	{"c tau sin^2 theta at .25 GeV", "SensCalc, ctauS.dat", ctau, 7.068188179e-7, 3e-3, "mass=0.25 GeV"},
	{"c tau sin^2 theta at .3 GeV", "SensCalc, ctauS.dat", ctau, 5.459422212e-8, 3e-2, "mass=0.3 GeV"},
	{"c tau sin^2 theta at .5 GeV", "SensCalc, ctauS.dat", ctau, 7.965179069e-9, 3e-2, "mass=0.5 GeV"},
	{"c tau sin^2 theta at 1 GeV", "SensCalc, ctauS.dat", ctau, 2.646832381e-10, 3e-2, "mass=1 GeV"},
	{"branching fraction of mu mu at .5 GeV", "SensCalc, BrRatios.dat", br_mumu, 0.1098927, 3e-2, "mass=0.5 GeV"},
	{"branching fraction of pi pi at .649 GeV", "FORESEE, pi_pi.txt", br_pipi, 0.888367, 1e-2,
	 "mass=0.647915818 GeV"},
	{"branching fraction of K K at 1.497 GeV", "FORESEE, K_K.txt", br_kk, 0.67587, 5e-2, "mass=1.4968263 GeV"},
	{"branching fraction of 4 pi at 1.479 GeV", "FORESEE, 4pi.txt", br_4pi, 0.196193, 0.1, "mass=1.4786141 GeV"},
	{"branching fraction of g g at 3.008 GeV", "FORESEE, g_g.txt", br_gluons, 0.656475, 0.1, "mass=3.00756779 GeV"},
	{"hadrons above over below 2 GeV", "continuity", step_at_2, 1, 1e-6, "mass=2 GeV"},
	{"BR(K+ -> pi+ S)/sin^2 theta", "SensCalc, KplustoPiS.dat", br_k_plus, 1.350589e-3, 3e-2, LOW},
	{"the same over eq. 5 of Batell, Berger, Ismail",
	 "1909.11670: m_K^2 for (m_K^2 - m_pi^2) f0; tests/derive/scalar.py", k_plus_over_eq5, 0.80643, 1e-4, LOW},
	{"K_S over K_L", "tan^2 of the phase of V_ts* V_td, tests/derive/scalar.py", kaon_phase, 0.193834, 1e-4, LOW},
	{"B -> K* S over B -> K S at 1 GeV", "scalar_portal, test/test_production.py", kstar_over_k, 1.19034053, 1e-3,
	 "mass=1 GeV"},
	{"B -> K1(1400) S over B -> K S at 1 GeV", "scalar_portal, test/test_production.py", k1_over_k, 0.02860507,
	 1e-3, "mass=1 GeV"},
	{"BR(B+ -> strange S)/sin^2 theta, all", "SensCalc, BtoXsStotal.dat", b_to_strange, 3.309244, 5e-2, LOW},
	{"radiated: the row's sampling over the integral", "222 mb of carbon for making hadrons", radiated, 1, 5e-3,
	 "mass=0.3 GeV"},
	{0},
};
