/* `bsmnu verify light_dark_matter`: a private part of light_dark_matter.c. */

static double sigma_e(const double *par, double lo)
{
	return bsm_dark_electron_sigma(spin_of(par), 5, mass(par), mV(par), coupling2(par, par[EPS]), lo, INFINITY);
}
static double sigma_30_mev(const double *par)
{
	return sigma_e(par, 0.03);
}
static double dsigma_half_gev(const double *par)
{
	return bsm_dark_electron_dsigma(spin_of(par), 5, mass(par), mV(par), coupling2(par, par[EPS]), 0.5);
}
static double recoil_max(const double *par)
{
	return bsm_dark_recoil_max(5, mass(par), bsm_pdg_mass(11));
}
/* Two photons count as all of the pi0's decays there. */
static double br_pi0_per_photons(const double *par)
{
	double d[DERIVED];
	prepare(par, d);
	return d[D_BR + PI0] / bsm_br_gamma_gamma(111);
}
/* V on its shell: BR(pi0 -> gamma V) BR(V -> chi chibar). */
static double narrow_width(const double *par)
{
	double d[DERIVED];
	struct bsm_vector v = vector_of(par);
	prepare(par, d);
	return d[D_BR + PI0] / (bsm_br_gamma_vector(&v, 111) * d[D_BR_CHI]);
}
static double width_over_closed(const double *par)
{
	double r = mass(par) / mV(par), b = sqrt(1 - 4 * r * r);
	return width_chi(par) / (spin_of(par) == BSM_DARK_SCALAR ? par[ALPHA_D] / 12 * mV(par) * b * b * b
								 : par[ALPHA_D] / 3 * mV(par) * b * (1 + 2 * r * r));
}

/* Width of chi2 -> chi1 e e through the amplitude. */
static double width_chi2(const double *par)
{
	double d[DERIVED], m[3] = {mass(par), bsm_pdg_mass(11), bsm_pdg_mass(11)};
	prepare(par, d);
	struct bsm_particle a = {.pdg = CHI2, .m = mass2(par), .p = {mass2(par), 0, 0, 0}};
	int i = 0;
	while (strcmp(rows[i].name, "chi2 -> chi1 e- e+") != 0)
		i++;
	struct bsm_in in = {.par = par, .derived = d, .row = &rows[i], .index = i, .a = &a};
	return bsm_three_body_width(&in, mass2(par), m);
}
static double width_chi2_over_limit(const double *par)
{
	double dm = par[SPLITTING], e = par[EPS], M = mV(par);
	return width_chi2(par) / (4 * e * e * BSM_ALPHA * par[ALPHA_D] * pow(dm, 5) / (15 * BSM_PI * pow(M, 4)));
}

/* A row on its target at rest: energy E of chi, q2 wanted. Fills in and out; returns dsigma/dq2 [cm2/GeV2]. */
static double dsigma_dq2(const double *par, const char *name, double E, double q2)
{
	double d[DERIVED];
	int i = 0;
	while (strcmp(rows[i].name, name) != 0)
		i++;
	prepare(par, d);
	const struct bsm_nucleus argon = {40, 18, 37.2155}, one = {1, 1, bsm_pdg_mass(2212)};
	int nucleus = rows[i].target == BSM_NUCLEUS;
	struct bsm_particle a = {.pdg = CHI, .m = mass(par), .p = {E, 0, 0, sqrt(E * E - mass(par) * mass(par))}};
	struct bsm_particle b = {.pdg = rows[i].out[1], .m = nucleus ? argon.mass_GeV : bsm_pdg_mass(rows[i].out[1])}, out[2] = {{0}};
	b.p.e = b.m;
	out[0].m = rows[i].out[0] == CHI2 ? mass2(par) : mass(par);
	out[1].m = b.m;
	double near, far, s = a.m * a.m + b.m * b.m + 2 * b.m * E;
	if (!bsm_exchange_range(s, a.m, b.m, out[0].m, b.m, &near, &far) || !(q2 >= near && q2 <= far))
		return 0;
	/* the u that gives this q2: 1/(M^2 + q2) is linear in it */
	double M2 = mV(par) * mV(par), u[2] = {(1 / (M2 + near) - 1 / (M2 + q2)) / (1 / (M2 + near) - 1 / (M2 + far)), 0.2};
	struct bsm_exchange x = {mV(par), 2, 0, INFINITY};
	bsm_exchange_split(&x, &a, &b, out, u);
	struct bsm_in in = {.par = par, .derived = d, .row = &rows[i], .index = i, .a = &a, .b = &b, .nuc = nucleus ? &argon : &one,
			    .tmax = INFINITY};
	double p = sqrt(E * E - a.m * a.m);
	return rows[i].me2(&in, out) / (16 * BSM_PI * b.m * p) / (4 * b.m * p) * BSM_HBARC2_CM2;
}
/* Rosenbluth's formula for a massless Dirac particle on the proton. */
static double rosenbluth(const double *par)
{
	double E = 2, q2 = 0.3, M = bsm_pdg_mass(2212), nu = q2 / (2 * M), e1 = E - nu, s2 = q2 / (4 * E * e1), tau = nu / (2 * M);
	struct bsm_sachs f = bsm_sachs_proton(q2);
	double pole = q2 + mV(par) * mV(par), mott = coupling2(par, par[EPS]) / (16 * BSM_PI * BSM_PI) * 4 * e1 * e1 * (1 - s2) / (pole * pole);
	/* dsigma/dOmega = mott' E'/E (...), dq2 = E'^2 dOmega / pi */
	double shape = (f.ge * f.ge + tau * f.gm * f.gm) / (1 + tau) + 2 * tau * f.gm * f.gm * s2 / (1 - s2);
	double published = mott * e1 / E * shape * BSM_PI / (e1 * e1) * BSM_HBARC2_CM2;
	return dsigma_dq2(par, "chi p -> chi p", E, q2) / published;
}
/* chi on a whole nucleus, soft recoils: dsigma/dT = 8 pi eps^2 alpha alpha_D Z^2 m_A E^2 / (p^2 (m_V^2 + 2 m_A T)^2). */
static double soft_nucleus(const double *par)
{
	double E = 1, q2 = 1e-6, M = 37.2155, p2 = E * E - mass(par) * mass(par), pole = mV(par) * mV(par) + q2, e = par[EPS];
	double f = 18 * bsm_helm(q2, 40), published = 8 * BSM_PI * e * e * BSM_ALPHA * par[ALPHA_D] * f * f * M * E * E / (p2 * pole * pole);
	return dsigma_dq2(par, "chi A -> chi A", E, q2) / (published / (2 * M) * BSM_HBARC2_CM2);
}
/* Smallest energy of chi1 for chi1 e -> chi2 e, by bisection of the kinematics that events are made with. */
static double threshold(const double *par)
{
	double lo = mass(par), hi = 10, me = bsm_pdg_mass(11);
	for (int i = 0; i < 100; i++) {
		double E = 0.5 * (lo + hi), near, far, s = mass(par) * mass(par) + me * me + 2 * me * E;
		*(bsm_exchange_range(s, mass(par), me, mass2(par), me, &near, &far) ? &hi : &lo) = E;
	}
	return hi;
}
static double photon_delta(const double *par)
{
	(void)par;
	return bsm_delta_sigma_t(0, 1.232) * 389.3793721; /* 1/GeV2 -> ub */
}

#define TDR "eps = 1e-3, alpha_D = .5, E = 5 GeV, m = .03, m_V = .09; two independent computations"
#define POINT "eps=1e-3, alpha_D=0.5, mass=0.03 GeV, m_V=0.09 GeV"
#define BDNMC_POINT "eps=1e-3, alpha_D=0.1, mass=5 MeV, m_V=0.1 GeV, chi=scalar"
static const struct bsm_check checks[] = {
	{"sigma(chi e, T > 30 MeV) [cm2], Dirac", TDR, sigma_30_mev, 5.04976e-34, 1e-5, POINT ", chi=dirac"},
	{"sigma(chi e, T > 30 MeV) [cm2], scalar", TDR, sigma_30_mev, 4.31226e-34, 1e-5, POINT ", chi=scalar"},
	{"dsigma/dT at .5 GeV [cm2/GeV], Dirac", TDR, dsigma_half_gev, 2.18367e-34, 1e-5, POINT ", chi=dirac"},
	{"largest recoil of an electron [GeV]", TDR, recoil_max, 4.25091, 1e-5, POINT},
	{"BR(pi0 -> gamma chi chi) per gamma gamma", "BdNMC's standard card (pgdeniverville/BdNMC): branching factor 1.82783e-7",
	 br_pi0_per_photons, 1.82783e-7, 3e-4, BDNMC_POINT},
	{"pi0 -> gamma chi chi over V on its shell", "narrow width: BR(pi0 -> gamma V) BR(V -> chi chi)", narrow_width, 1, 1e-3,
	 "eps=1e-4, alpha_D=1e-4, mass=5 MeV, m_V=0.1 GeV"},
	{"V -> chi chi over alpha_D m/3 sqrt(1-4r)(1+2r)", "deNiverville et al., 1107.4580, eq. 4", width_over_closed, 1, 1e-12, POINT},
	{"V -> chi chi over alpha_D m/12 (1-4r)^1.5, scalar", "deNiverville et al., 1107.4580, eq. 4", width_over_closed, 1, 1e-12,
	 POINT ", chi=scalar"},
	{"chi2 -> chi1 e e over 4 eps2 alpha alpha_D dm^5/(15 pi m_V^4)", "Izaguirre et al., 1703.06881, eq. 3: the limit of a small splitting",
	 width_chi2_over_limit, 1, 0.01, "chi=inelastic, mass=10 GeV, splitting=0.05 GeV, m_V=30 GeV"},
	{"E_min of chi1 e -> chi2 e, 5 and 15 MeV [GeV]", "((m2+me)^2 - m1^2 - me^2)/(2 me)", threshold, 0.2107, 3e-4,
	 "chi=inelastic, mass=5 MeV, splitting=10 MeV"},
	{"chi p at q2 = .3 over Rosenbluth", "M. N. Rosenbluth, Phys. Rev. 79 (1950) 615", rosenbluth, 1, 1e-5,
	 "mass=1e-4 GeV, m_V=0.09 GeV"},
	{"chi A at small recoil over its limit", "deNiverville, Pospelov, Ritz, 1505.07805, eq. 10, soft", soft_nucleus, 1, 1e-4,
	 "mass=0.03 GeV, m_V=0.09 GeV"},
	{"sigma(gamma N -> Delta) at 1.232 GeV [ub]", "RPP: A_1/2 = -.135, A_3/2 = -.255 /sqrt(GeV), width .117 GeV", photon_delta, 422.30, 1e-4,
	 NULL},
	{0},
};
