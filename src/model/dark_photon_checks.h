/* `bsmnu verify dark_photon`: a private part of dark_photon.c. */

static double width_of(const double *par, const char *name)
{
	double derived[ROWS], sum = 0;
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		if (!strcmp(rows[i].name, name) || (rows[i].group && !strcmp(rows[i].group, name)))
			sum += derived[i];
	return sum;
}

static double all_decays(const double *par)
{
	double derived[ROWS], sum = 0;
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		sum += rows[i].in == V ? derived[i] : 0;
	return sum;
}

static double ctau_eps2(const double *par)
{
	return BSM_HBARC / all_decays(par) * par[EPS] * par[EPS];
}

static double br_ee(const double *par)
{
	return width_of(par, "V -> e- e+") / all_decays(par);
}

static double br_mumu(const double *par)
{
	return width_of(par, "V -> mu- mu+") / all_decays(par);
}

static double br_pipi(const double *par)
{
	return width_of(par, "V -> pi+ pi-") / all_decays(par);
}

static double br_kk(const double *par)
{
	return width_of(par, "V -> K+ K-") / all_decays(par);
}

static double br_hadrons(const double *par)
{
	return 1 - (width_of(par, "e e") + width_of(par, "mu mu")) / all_decays(par);
}

static double br_pi0(const double *par)
{
	return width_of(par, "pi0 -> gamma V") / bsm_pdg_width(111) / (par[EPS] * par[EPS]);
}

static double br_omega(const double *par)
{
	return width_of(par, "omega -> pi0 V") / bsm_pdg_width(223) / (par[EPS] * par[EPS]);
}

/* Amplitude of three pions through the integral of the row, over the closed width. */
static double three_pion_ratio(const double *par)
{
	double derived[ROWS], m[3];
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].name, "V -> pi+ pi- pi0"))
			continue;
		struct bsm_in in = {.par = par, .derived = derived, .row = &rows[i], .index = i};
		for (int k = 0; k < 3; k++)
			m[k] = bsm_pdg_mass(rows[i].out[k]);
		return bsm_three_body_width(&in, par[MASS], m) / derived[i];
	}
	return NAN;
}

/* Number radiated per proton of 120 GeV that interacts, over eps^2: by the sampling of the row, on a grid of its
 * numbers. */
static double radiated(const double *par)
{
	enum { N = 60 };
	struct bsm_particle a = {.pdg = 2212, .m = bsm_pdg_mass(2212), .p = {0, 0, 0, 120}}, out[1];
	struct bsm_nucleus carbon = {12, 6, 11.17};
	struct bsm_in in = {.par = par, .a = &a, .nuc = &carbon};
	struct bsm_vector v = vector(par);
	struct bsm_brem b = brem(par);
	double sum = 0;
	a.p.e = sqrt(a.m * a.m + 120 * 120);
	for (int i = 0; i < N * N; i++)
		sum += radiate(&in, (double[]){(i % N + 0.5) / N, (i / N + 0.5) / N, 0.3}, out) / (N * N);
	return sum / (bsm_brem_number(&b, &v, 120) * 222e-27);
}

/* Integral over the positron's energy of the cross-section, over 2 pi^2 alpha eps^2/m_e: whatever the window. */
static double annihilation(const double *par)
{
	enum { N = 20000 };
	double me = bsm_pdg_mass(11), top = par[MASS] * par[MASS] / me, sum = 0;
	struct bsm_particle a = {.pdg = -11, .m = me}, out[1];
	struct bsm_in in = {.par = par, .a = &a};
	for (int i = 0; i < N; i++) {
		a.p.e = me + (top - me) * (i + 0.5) / N;
		a.p.z = sqrt((a.p.e - me) * (a.p.e + me));
		sum += annihilate(&in, (double[]){0.5, 0.5}, out) * (top - me) / N;
	}
	return sum / BSM_HBARC2_CM2 * me / (2 * BSM_PI * BSM_PI * BSM_ALPHA * par[EPS] * par[EPS]);
}

static const struct bsm_check checks[] = {
	{"c tau eps^2 [m]", "two independent codes", ctau_eps2, 8.1123e-13, 1e-4, "mass=0.1 GeV, eps=1"},
	{"branching fraction of e e at .5 GeV", "FORESEE, Models/DarkPhoton", br_ee, 0.4035, 3e-4, "mass=0.5 GeV"},
	{"branching fraction of mu mu at .5 GeV", "FORESEE, Models/DarkPhoton", br_mumu, 0.3984, 3e-4, "mass=0.5 GeV"},
	{"branching fraction of pi pi at .5 GeV", "FORESEE, Models/DarkPhoton", br_pipi, 0.1980, 1e-3, "mass=0.5 GeV"},
	{"branching fraction of K+ K- at the phi", "FORESEE, singlebfrac_KK_c.txt", br_kk, 0.46112, 5e-3,
	 "mass=1.020022 GeV"},
	{"hadronic branching fraction at 1.425 GeV, between the nodes", "FORESEE, bfrac_qcd.txt", br_hadrons, 0.46702,
	 3e-3, "mass=1.425022 GeV"},
	{"BR(pi0 -> gamma V)/eps^2", "Batell, Pospelov, Ritz 0906.5614 eq. 5, by hand", br_pi0, 1.26936, 1e-5,
	 "mass=0.05 GeV, eps=1"},
	{"BR(omega -> pi0 V)/eps^2, light V", "RPP 2024: BR(omega -> pi0 gamma) 8.33 %", br_omega, 0.0833, 1e-4,
	 "mass=0.0012 GeV, eps=1"},
	{"three pions: amplitude over closed width", "1", three_pion_ratio, 1, 1e-8, "mass=0.9 GeV"},
	{"radiated: the row's sampling over the integral", "222 mb of carbon for making hadrons", radiated, 1, 5e-3,
	 "mass=0.3 GeV"},
	{"e+ e- -> V: area over 2 pi^2 alpha eps^2/m_e", "Nardi et al. 1802.04756", annihilation, 1, 2e-3,
	 "mass=0.05 GeV, window=0.03"},
	{"the same with another window", "Nardi et al. 1802.04756", annihilation, 1, 2e-3, "mass=0.05 GeV, window=0.2"},
	{0},
};
