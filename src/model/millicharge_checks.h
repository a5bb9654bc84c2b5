/* `bsmnu verify millicharge`: a private part of millicharge.c. */

static double fraction(const double *par, int meson)
{
	double d[MESONS];
	prepare(par, d);
	return d[meson] / (par[EPS] * par[EPS]);
}
static double br_pi0(const double *par)
{
	return fraction(par, 0);
}
static double br_pi0_per_photons(const double *par)
{
	return fraction(par, 0) / bsm_br_gamma_gamma(111);
}
static double br_eta_per_photons(const double *par)
{
	return fraction(par, 1) / bsm_br_gamma_gamma(221);
}
static double br_jpsi(const double *par)
{
	return fraction(par, 6);
}
static double jpsi_over_ee(const double *par)
{
	return fraction(par, 6) / bsm_br_ee(443);
}
static double sigma_mev(const double *par)
{
	return bsm_dark_electron_sigma(BSM_DARK_DIRAC, 5, mass(par), 0, coupling2(par), 1e-3, INFINITY) / (par[EPS] * par[EPS]);
}
/* Hits on 5 m of liquid argon at T > 1 MeV: 3.788e23 electrons/cm3. */
static double hits(const double *par)
{
	return bsm_dark_electron_sigma(BSM_DARK_DIRAC, 5, mass(par), 0, coupling2(par), 1e-3, INFINITY) * 3.788e23 * 500;
}
static double one_or_more(const double *par)
{
	return -expm1(-hits(par));
}
static double two_or_more(const double *par)
{
	double n = hits(par);
	return -expm1(-n) - n * exp(-n);
}
/* Soft recoils of a fast chi: 2 pi alpha^2 eps^2/(m_e T). */
static double soft(const double *par)
{
	double lo = 1e-6, e = par[EPS] * BSM_ALPHA;
	return bsm_dark_electron_sigma(BSM_DARK_DIRAC, 50, mass(par), 0, coupling2(par), lo, INFINITY) /
	       (2 * BSM_PI * e * e / (bsm_pdg_mass(11) * lo) * BSM_HBARC2_CM2);
}

#define TWO "formula of this model in another program, 40 digits"
static const struct bsm_check checks[] = {
	{"pi0 -> gamma e e, eps = 1, over gamma gamma", "PDG: 1.174 +- .035 % over 98.823 %; no form factor, no radiative correction",
	 br_pi0_per_photons, 0.01174 / 0.98823, 0.02, "mass=0.51099895 MeV, eps=0.1"},
	{"pi0 -> gamma chi chi, m = 10 MeV, /eps2", TWO, br_pi0, 2.75531e-3, 1e-4, "mass=10 MeV"},
	{"eta -> gamma chi chi, m = 100 MeV, /eps2 and gamma gamma", TWO ", BR(gamma gamma) .3941", br_eta_per_photons, 2.53147e-4 / 0.3941,
	 1e-3, "mass=0.1 GeV"},
	{"J/psi -> chi chi, m = 1 GeV, /eps2", TWO, br_jpsi, 0.055095, 3e-3, "mass=1 GeV"},
	{"J/psi -> chi chi over ee, massless", "Magill et al., 1806.03310: the same amplitude", jpsi_over_ee, 1, 1e-6, "mass=1e-4 GeV"},
	{"sigma(T > 1 MeV)/eps2 at 5 GeV, m = .1 [cm2]", TWO, sigma_mev, 2.53794e-25, 1e-5, "mass=0.1 GeV"},
	{"sigma(T > 1 keV) over 2 pi alpha2 eps2/(m_e T)", "Magill et al., 1806.03310, eq. 5: soft recoils", soft, 1, 1e-3, "mass=10 MeV"},
	{"one hit or more on 5 m of LAr, T > 1 MeV", "Poisson; Harnik, Liu, Palamara, 1902.03246", one_or_more, 4.7954e-3, 1e-4,
	 "mass=0.1 GeV, eps=1e-2"},
	{"two hits or more on 5 m of LAr", "Poisson; Harnik, Liu, Palamara, 1902.03246", two_or_more, 1.1516e-5, 1e-4, "mass=0.1 GeV, eps=1e-2"},
	{0},
};
