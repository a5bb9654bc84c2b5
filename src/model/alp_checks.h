/* `bsmnu verify alp`: a private part of alp.c. */

static double width_of(const double *par, const char *name)
{
	double derived[BSM_ALP_DERIVED];
	bsm_alp_prepare(par, derived);
	for (const struct bsm_process *r = rows; r->name; r++) {
		if (strcmp(r->name, name))
			continue;
		struct bsm_particle a = {.pdg = r->in, .m = r->in == A ? mass(par) : bsm_pdg_mass(r->in)};
		struct bsm_in in = {.par = par, .derived = derived, .row = r, .a = &a};
		return r->total(&in);
	}
	return NAN;
}

static double ctau(const double *par)
{
	double sum = 0;
	for (const struct bsm_process *r = rows; r->name; r++)
		sum += r->in == A && r->target == BSM_DECAY ? width_of(par, r->name) : 0;
	return BSM_HBARC / sum;
}

/* Share of the decays in a row's channel. */
static double share_of(const double *par, const char *group)
{
	double sum = 0;
	for (const struct bsm_process *r = rows; r->name; r++)
		if (r->in == A && r->target == BSM_DECAY && !strcmp(r->group ? r->group : r->name, group))
			sum += width_of(par, r->name);
	return sum * ctau(par) / BSM_HBARC;
}

/* Amplitude of a three-body row, integrated, over its width. */
static double three_body(const double *par, const char *name)
{
	double derived[BSM_ALP_DERIVED], m[3];
	bsm_alp_prepare(par, derived);
	for (const struct bsm_process *r = rows; r->name; r++) {
		if (strcmp(r->name, name))
			continue;
		struct bsm_in in = {.par = par, .derived = derived, .row = r};
		for (int j = 0; j < 3; j++)
			m[j] = bsm_pdg_mass(r->out[j]);
		return bsm_three_body_width(&in, mass(par), m) / r->total(&in);
	}
	return NAN;
}

static double carbon(void)
{
	return 12.011 * BSM_AMU - 6 * bsm_pdg_mass(11);
}

static double primakoff_carbon(const double *par)
{
	return bsm_alp_primakoff_total(1, 10, mass(par), 6, 12, carbon());
}

/* alpha g^2 Z^2/8 (ln(a^2 d) - 2), the dipole d of the nuclear form factor in the place of Helm's. */
static double primakoff_screened(const double *par)
{
	double a = 184.15 / cbrt(6) * exp(-0.5) / bsm_pdg_mass(11), d = 0.164 / cbrt(144.0);
	double closed = BSM_ALPHA * 36 / 8 * (log(a * a * d) - 2) * BSM_HBARC2_CM2;
	return bsm_alp_primakoff_total(1, 100, mass(par), 6, 12, carbon()) / closed;
}

static double compton_1gev(const double *par)
{
	return bsm_alp_compton_total(1, 1, mass(par));
}

/* Close to the least momentum transfer the square is that of a real photon, Liu, McKeen and Miller's A, 1609.06781: averaged
 * over the azimuth, 4 E^2 (1 - x)^2 (q2 - near) A/U^2 makes their cross-section (Weizsaecker and Williams). */
static double brems_limit(const double *par)
{
	double E = 1e3, x = 0.7, w = x * E, rest = E - w, m2 = mass(par) * mass(par), me = bsm_pdg_mass(11), U = 3 * m2, sum = 0;
	double A_ = x * x / (1 - x) + 2 * m2 / (U * U) * (-U * x + m2 * (1 - x) + me * me * x * x);
	/* U fixes the momentum of a across what is left of the electron's */
	double kt = sqrt(U * x - m2 * (1 - x) - me * me * x * x) / (1 - x);
	double near = U * U / (4 * rest * rest), q2 = 4 * near, qt = sqrt(q2 - near);
	enum { N = 64 };
	for (int i = 0; i < N; i++) {
		double y = x / (1 - x) - 2 * qt * kt * cos(2 * BSM_PI * (i + 0.5) / N) / U;
		sum += bsm_alp_brems_square(w, rest, U, y, q2, m2) / N;
	}
	return sum / (4 * rest * rest * (q2 - near) * A_ / (U * U));
}

static double eta_of_foresee(const double *par)
{
	return bsm_alp_mix(mass(par), 1, 0, -13 * BSM_PI / 180).eta;
}

static double kplus_amplitude(const double *par)
{
	return sqrt(bsm_two_body_me2(width_of(par, "K+ -> pi+ a"), bsm_pdg_mass(321), bsm_pdg_mass(211), mass(par)));
}

static double kl_over_ks(const double *par)
{
	return width_of(par, "K_L -> pi0 a") / width_of(par, "K_S -> pi0 a");
}

/* clang-format off */
#define W(id, name) static double id(const double *par) { return width_of(par, name); }
#define RATIO(id, name) static double id(const double *par) { return three_body(par, name); }
W(w_gg, "a -> gamma gamma") W(w_mumu, "a -> mu- mu+") W(w_3pi0, "a -> pi0 pi0 pi0") W(w_pipipi0, "a -> pi+ pi- pi0")
RATIO(r_3pi0, "a -> pi0 pi0 pi0") RATIO(r_pipipi0, "a -> pi+ pi- pi0") RATIO(r_pipigamma, "a -> pi+ pi- gamma")
#define SHARE(id, group) static double id(const double *par) { return share_of(par, group); }
SHARE(br_gg, "a -> gamma gamma") SHARE(br_rho, "a -> pi+ pi- gamma") SHARE(br_eta, "eta pi pi") SHARE(br_kkpi, "K K pi")

#define GLUON "g_photon=0, g_gluon=1, "
#define ALPINIST "curves of 1811.03474 in jjerhot/ALPINIST, widths/integrated; 1/f_a = 32 pi^2/TeV, eV"
#define PER_EV (1e-9 / ((32 * BSM_PI * BSM_PI * 1e-3) * (32 * BSM_PI * BSM_PI * 1e-3)))
#define FORESEE "KlingFelix/FORESEE, Models/ALP-g/model/ctau.txt; 1/f_a = 4 pi^2 g"
#define SENSCALC "maksymovchynnikov/SensCalc, phenomenology/ALPs with gluon coupling/decay widths/BrseparateALP.dat"
#define PER_G (16 * BSM_PI * BSM_PI * BSM_PI * BSM_PI)
#define OWN "tests/derive/alp_formulas.py: Levi-Civita tensor in the centre of mass, 25 digits"
#define LIMIT "limit that must hold"

static const struct bsm_check checks[] = {
	{"c tau, 0.1 GeV, g_photon = 1e-5/GeV", "independent computation", ctau, 0.39675, 1e-5, NULL},
	{"width mu mu, 0.3 GeV, g_lepton = 1/GeV", "ALP_rescale/alp/decay_widths.py of jjerhot/ALPINIST, a_2Mu", w_mumu,
	 9.458751299735574e-05, 1e-12, "g_photon=0, mass=0.3 GeV, g_lepton=1"},
	{"width gamma gamma of gluons, 0.3095 GeV", ALPINIST, w_gg, 0.07867932101124586 * PER_EV, 0.02,
	 GLUON "mass=0.309452087308015 GeV"},
	{"width gamma gamma of gluons, 0.5159 GeV", ALPINIST, w_gg, 6.507932992980383 * PER_EV, 0.02,
	 GLUON "mass=0.5159144893111639 GeV"},
	{"width 3 pi0, 0.4989 GeV", ALPINIST, w_3pi0, 1.7485192223422488 * PER_EV, 0.03, GLUON "mass=0.49894 GeV"},
	{"width pi+ pi- pi0, 0.5001 GeV", ALPINIST, w_pipipi0, 1.2016958963355224 * PER_EV, 0.05,
	 GLUON "mass=0.50012 GeV"},
	{"c tau of gluons, 0.3009 GeV", FORESEE, ctau, 1.8443851318198178e-10 * PER_G, 0.03,
	 GLUON "mass=0.30091279485709355 GeV"},
	{"c tau of gluons, 0.4503 GeV", FORESEE, ctau, 1.256000839550842e-11 * PER_G, 0.03,
	 GLUON "mass=0.4503199094815996 GeV"},
	{"c tau of gluons, 0.7035 GeV", FORESEE, ctau, 6.257230390685866e-12 * PER_G, 0.06,
	 GLUON "mass=0.7034507603241208 GeV"},
	{"c tau of gluons, 0.8058 GeV", FORESEE, ctau, 4.092706584111669e-12 * PER_G, 0.1,
	 GLUON "mass=0.8058014988304658 GeV"},
	{"c tau of gluons, 1.0589 GeV", FORESEE, ctau, 1.730718254125339e-15 * PER_G, 0.06,
	 GLUON "mass=1.058932349672987 GeV"},
	{"c tau of gluons, 1.5135 GeV", FORESEE, ctau, 4.467879639368136e-17 * PER_G, 0.06,
	 GLUON "mass=1.5135194102097043 GeV"},
	{"c tau of gluons, 1.7744 GeV", FORESEE, ctau, 5.1787114339913755e-17 * PER_G, 0.06,
	 GLUON "mass=1.7743889754270956 GeV"},
	{"BR(a -> gamma gamma), 0.803 GeV", SENSCALC, br_gg, 0.373926, 0.03, GLUON "mass=0.803 GeV"},
	{"BR(a -> pi+ pi- gamma), 0.704 GeV", SENSCALC, br_rho, 0.886886, 0.02, GLUON "mass=0.704 GeV"},
	{"BR(a -> eta pi pi), 1.05 GeV", SENSCALC, br_eta, 0.888010, 0.02, GLUON "mass=1.05 GeV"},
	{"BR(a -> K K pi), 1.3 GeV", SENSCALC, br_kkpi, 0.0922951, 0.03, GLUON "mass=1.3 GeV"},
	{"eta in a, 0.4 GeV, angle -13 degrees", "2201.05170 as in FORESEE, Models/ALP-g/ALP-g.ipynb", eta_of_foresee,
	 3.671 * (0.3596 * 0.16 - 0.0021) / (0.16 - 0.547862 * 0.547862) / (4 * BSM_PI * BSM_PI), 0.02, "mass=0.4 GeV"},
	{"Primakoff on carbon, 10 GeV, m = 0.1 GeV [cm2 GeV2]", OWN, primakoff_carbon, 1.220391963e-28, 1e-8, NULL},
	{"Primakoff on carbon, complete screening", "closed form for Tsai's form factors", primakoff_screened, 1, 0.02,
	 "mass=0.001 GeV"},
	{"Compton, 1 GeV, m = 0.01 GeV [cm2]", "closed form of 0807.2926, with 8 s m^2/(s - m_e^2)^2", compton_1gev,
	 3.890953092e-27, 1e-8, "mass=0.01 GeV"},
	{"bremsstrahlung: limit of equivalent photons", "A of Liu, McKeen, Miller, 1609.06781", brems_limit, 1, 1e-3, NULL},
	{"amplitude of K+ -> pi+ a, 0.2 GeV [GeV2]", "tests/derive/alp_chiral.py: vertices of the chiral Lagrangian", kplus_amplitude,
	 1.673277040e-8, 1e-8, GLUON "mass=0.2 GeV"},
	{"K_L over K_S -> pi0 a", LIMIT ": |epsilon|^2 without a phase of the coupling", kl_over_ks, 2.228e-3 * 2.228e-3, 1e-12,
	 GLUON "mass=0.2 GeV"},
	{"amplitude/width a -> 3 pi0", LIMIT, r_3pi0, 1, 1e-8, GLUON "mass=0.5 GeV"},
	{"amplitude/width a -> pi+ pi- pi0", LIMIT, r_pipipi0, 1, 1e-8, GLUON "mass=0.5 GeV"},
	{"amplitude/width a -> pi+ pi- gamma", LIMIT, r_pipigamma, 1, 1e-8, GLUON "mass=0.5 GeV"},
	{0},
};
/* clang-format on */
