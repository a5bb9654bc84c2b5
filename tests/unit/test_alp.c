/* Axion-like particles: limits, closed forms, other derivations (tests/derive/alp_formulas.py, alp_chiral.py),
 * published widths, and the maps against their totals. Monte Carlo: fixed seeds, five standard deviations. */
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "core/random.h"
#include "kinematics/exchange.h"
#include "kinematics/split.h"
#include "physics/alp.h"

extern const struct bsm_model bsm_model_alp;
enum { MAX_PAR = 7 };

struct point {
	double par[MAX_PAR], derived[BSM_ALP_DERIVED];
};

static struct point at(double mass, double photon, double electron, double lepton, double gluon, double quark)
{
	struct point p = {.par = {mass, photon, electron, lepton, gluon, quark, 1000}};
	bsm_alp_prepare(p.par, p.derived);
	return p;
}

static const struct bsm_process *row_of(const char *name)
{
	const struct bsm_process *r = bsm_model_alp.process;
	while (r->name && strcmp(r->name, name))
		r++;
	ck_assert_msg(r->name != NULL, "no row %s", name);
	return r;
}

static double width(const struct point *p, const char *name)
{
	const struct bsm_process *r = row_of(name);
	struct bsm_particle a = {.pdg = r->in, .m = r->in == BSM_ALP ? p->par[0] : bsm_pdg_mass(r->in)};
	a.p.e = a.m;
	struct bsm_in in = {.par = p->par, .derived = p->derived, .row = r, .a = &a};
	return r->total(&in);
}

START_TEST(test_widths)
{
	struct point p = at(0.1, 1e-5, 0, 0, 0, 0);
	ck_close(width(&p, "a -> gamma gamma"), 1e-10 * 1e-3 / (64 * BSM_PI), 1e-14);
	p = at(0.3, 0, 1e-3, 0.01, 0, 0);
	double me = bsm_pdg_mass(11), mmu = bsm_pdg_mass(13), y = 1e-3 + 0.01 * me;
	ck_close(width(&p, "a -> e- e+"), y * y * 0.3 / (8 * BSM_PI) * sqrt(1 - 4 * me * me / 0.09), 1e-14);
	y = 0.01 * mmu;
	ck_close(width(&p, "a -> mu- mu+"), y * y * 0.3 / (8 * BSM_PI) * sqrt(1 - 4 * mmu * mmu / 0.09), 1e-14);
	ck_assert_double_eq(width(&p, "a -> tau- tau+"), 0);
	p = at(2 * mmu * (1 - 1e-12), 0, 0, 1, 0, 0);
	ck_assert_double_eq(width(&p, "a -> mu- mu+"), 0);
	p = at(0.5, 0, 0, 0, 0, 0);
	for (const struct bsm_process *r = bsm_model_alp.process; r->name; r++)
		if (r->target == BSM_DECAY)
			ck_assert_double_eq(width(&p, r->name), 0);
}
END_TEST

/* B_1: 1 - O(tau) and -1/(3 tau) at the ends, continuous where series, arc sine and logarithm meet. */
START_TEST(test_loop)
{
	double re, im, re2, im2;
	bsm_alp_loop(1e-12, &re, &im);
	ck_close(re, 1, 1e-9);
	bsm_alp_loop(1e6, &re, &im);
	ck_close(re, -1 / 3e6, 1e-6);
	ck_assert_double_eq(im, 0);
	bsm_alp_loop(1, &re, &im);
	ck_close(re, 1 - BSM_PI * BSM_PI / 4, 1e-14);
	bsm_alp_loop(1 - 1e-14, &re2, &im2);
	ck_close(re2, re, 1e-6);
	bsm_alp_loop(1000, &re, &im);
	bsm_alp_loop(1000 * (1 + 1e-15), &re2, &im2);
	ck_close(re2, re, 1e-9);
	/* A lepton of tau = 1/2 by hand: f = pi/2 + i ln(1 + sqrt 2). */
	double l = log(1 + sqrt(2.0));
	bsm_alp_loop(0.5, &re, &im);
	ck_close(re, 1 - 0.5 * (BSM_PI * BSM_PI / 4 - l * l), 1e-14);
	ck_close(im, -0.5 * BSM_PI * l, 1e-14);
	/* A light electron alone: g = (alpha/pi) y/m_e. */
	struct point p = at(1, 0, 1e-3, 0, 0, 0);
	double g = BSM_ALPHA / BSM_PI * 1e-3 / bsm_pdg_mass(11);
	ck_close(p.derived[BSM_ALP_PHOTON2], g * g, 1e-3);
}
END_TEST

/* f_a of the tables in jjerhot/ALPINIST, widths/integrated: eV at Lambda = 1 TeV, 1/f_a = 32 pi^2/Lambda. */
static double aloni(double ev)
{
	double per_f = 32 * BSM_PI * BSM_PI / 1000;
	return ev * 1e-9 / (per_f * per_f);
}

START_TEST(test_gluon_widths)
{
	/* What was read off curves keeps to 2 %; 3 pi of theirs has small terms that are not known, 3 and 5 %. */
	static const struct {
		double m, ev;
	} gg[] = {{0.2370691263944225, 0.024959979759894498},
		  {0.309452087308015, 0.07867932101124586},
		  {0.3843310123910416, 0.23693028324456342},
		  {0.4404902062033116, 0.613400458584436},
		  {0.5159144893111639, 6.507932992980383}};
	static const struct {
		double m, ev;
	} neutral[] = {{0.44894, 0.14801809550920889}, {0.49894, 1.7485192223422488}, {0.53894, 72.38734089207614}};
	static const struct {
		double m, ev;
	} charged[] = {{0.45012, 0.07976365458630082}, {0.50012, 1.2016958963355224}, {0.52012, 4.435704129652017}};
	for (int i = 0; i < 5; i++) {
		struct point p = at(gg[i].m, 0, 0, 0, 1, 0);
		ck_close(width(&p, "a -> gamma gamma"), aloni(gg[i].ev), 0.02);
	}
	for (int i = 0; i < 3; i++) {
		struct point p = at(neutral[i].m, 0, 0, 0, 1, 0), q = at(charged[i].m, 0, 0, 0, 1, 0);
		ck_close(width(&p, "a -> pi0 pi0 pi0"), aloni(neutral[i].ev), 0.03);
		ck_close(width(&q, "a -> pi+ pi- pi0"), aloni(charged[i].ev), 0.05);
	}
	/* c tau of KlingFelix/FORESEE, Models/ALP-g/model/ctau.txt: g_s^2/8 g there, 1/f_a = 4 pi^2 g. */
	static const struct {
		double m, ctau;
	} foresee[] = {{0.25348196481756, 3.9197594592235493e-10},
		       {0.30091279485709355, 1.8443851318198178e-10},
		       {0.3931889397648175, 4.591645306034017e-11},
		       {0.4503199094815996, 1.256000839550842e-11},
		       {0.5022441865775013, 1.8603881351127673e-12}};
	for (int i = 0; i < 5; i++) {
		struct point p = at(foresee[i].m, 0, 0, 0, 4 * BSM_PI * BSM_PI, 0);
		double sum = 0;
		for (const struct bsm_process *r = bsm_model_alp.process; r->name; r++)
			sum += r->target == BSM_DECAY && r->in == BSM_ALP ? width(&p, r->name) : 0;
		ck_close(BSM_HBARC / sum, foresee[i].ctau, 0.03);
	}
}
END_TEST

/* ---- above the eta: curves ---- */
static double group(const struct point *p, const char *name)
{
	double sum = 0;
	for (const struct bsm_process *r = bsm_model_alp.process; r->name; r++)
		if (r->in == BSM_ALP && r->target == BSM_DECAY && (!name || !strcmp(r->group ? r->group : r->name, name)))
			sum += width(p, r->name);
	return sum;
}

/* Somebody else's tables. SensCalc, phenomenology/ALPs with gluon coupling/decay widths, GammaTotALP.dat (keV at Lambda = 1
 * TeV) times BrseparateALP.dat: the same digitised curves by another way of interpolation, so 5 %. FORESEE's c tau is the
 * line of the total of the same figure, read by itself: 15 % where it rises steeply. */
START_TEST(test_curves)
{
	static const struct {
		double m, total, gg, rho, pions, eta, kaons;
	} sens[] = {{0.605, 0.006249946723, 0.161381316, 0.353420626, 0.485198058, 0, 0},
		    {0.65, 0.0025499698, 0.0357819067, 0.687245035, 0.276973059, 0, 0},
		    {0.749, 0.002521982994, 0.10529824, 0.770132276, 0.124569484, 0, 0},
		    {0.803, 0.003296582447, 0.373925978, 0.312316466, 0.313757555, 0, 0},
		    {0.875, 0.0324503548, 0.292792796, 0.389919656, 0.183396372, 0.133891177, 0},
		    {1, 6.245184215, 0.00807829438, 0.202866426, 0, 0.789055279, 0},
		    {1.05, 6.990181399, 0.00294671028, 0.109042876, 0, 0.888010413, 0},
		    {1.1, 12.9208809674, 0.00104576134, 0.0506246731, 0, 0.948329566, 0},
		    {1.3, 127.857783303, 7.09166624e-5, 0.00729873628, 0, 0.900335269, 0.0922950778},
		    {1.5, 273.845401109, 2.75256553e-5, 0.00430119862, 0, 0.8999395, 0.0957317722},
		    {1.7, 226.80318973, 1.59311249e-5, 0.00352344429, 0, 0.909641349, 0.0868192955}};
	for (size_t i = 0; i < sizeof sens / sizeof *sens; i++) {
		struct point p = at(sens[i].m, 0, 0, 0, 1, 0);
		double total = aloni(1e3 * sens[i].total);
		ck_close(group(&p, "a -> gamma gamma"), total * sens[i].gg, 0.05);
		ck_close(group(&p, "a -> pi+ pi- gamma"), total * sens[i].rho, 0.05);
		ck_close(group(&p, "3pi"), total * sens[i].pions, 0.05);
		ck_close(group(&p, "eta pi pi") + group(&p, "eta' pi pi"), total * sens[i].eta, 0.05);
		ck_close(group(&p, "K K pi"), total * sens[i].kaons, 0.05);
		ck_close(group(&p, NULL) - group(&p, "4pi") - group(&p, "omega omega"), total, 0.05);
	}
	static const struct {
		double m, ctau;
	} foresee[] = {{0.6185745381481275, 2.9819081352734623e-12}, {0.6672535479255354, 5.894265530622023e-12},
		       {0.7383997929848239, 5.561762968719748e-12},  {0.8345096328017576, 2.9568708964539036e-12},
		       {0.8814055286679052, 2.7059739777842814e-13}, {1.0005175379400975, 2.067540061583365e-15},
		       {1.112140468784996, 8.509738380163306e-16},   {1.2114599136421986, 2.0113975201599653e-16},
		       {1.4086723122275948, 5.770294925551815e-17},  {1.6320964853085185, 4.102035975489543e-17},
		       {1.7743889754270956, 5.1787114339913755e-17}};
	for (size_t i = 0; i < sizeof foresee / sizeof *foresee; i++) {
		struct point p = at(foresee[i].m, 0, 0, 0, 4 * BSM_PI * BSM_PI, 0);
		ck_close(BSM_HBARC / group(&p, NULL), foresee[i].ctau, 0.15);
	}
}
END_TEST

START_TEST(test_curves_whole)
{
	/* The formulas of below the eta carry over to the curves on its other side; so 3 pi joins. */
	for (double m = 0.57; m < 0.595; m += 0.01) {
		struct point p = at(m, 0, 0, 0, 1, 0);
		struct bsm_alp_pions pions = bsm_alp_pions(m, 1);
		ck_close(width(&p, "a -> pi+ pi- pi0"), bsm_alp_pipipi0_width(&pions, m), 0.05);
		ck_close(width(&p, "a -> pi0 pi0 pi0"), bsm_alp_3pi0_width(&pions, m), 0.05);
	}
	/* No step anywhere, coupling squared, no width below a threshold. */
	for (double m = 0.56; m < 1.7995; m += 1e-3) {
		if (m > BSM_ALP_ETAP_FROM - 1e-3 && m < BSM_ALP_ETAP_TO)
			continue;
		struct point p = at(m, 0, 0, 0, 1e-3, 0), q = at(m + 1e-9, 0, 0, 0, 2e-3, 0);
		ck_close(group(&q, NULL), 4 * group(&p, NULL), 1e-5);
		for (const struct bsm_process *r = bsm_model_alp.process; r->name; r++) {
			double sum = 0;
			for (int i = 0; i < BSM_OUT && r->out[i]; i++)
				sum += r->out[i] == BSM_ALP ? 0 : bsm_pdg_mass(r->out[i]);
			if (r->in == BSM_ALP && r->target == BSM_DECAY && sum >= m)
				ck_assert_msg(width(&p, r->name) == 0, "%s at %g", r->name, m);
		}
	}
	double pi = bsm_pdg_mass(211), eta = bsm_pdg_mass(221);
	struct point p = at(0.8177, 0, 0, 0, 1, 0), r = at(1.2, 0, 0, 0, 1, 0);
	struct point q = at(eta + 2 * pi - 1e-6, 0, 0, 0, 1, 0);
	ck_assert_double_eq(group(&p, "eta pi pi"), 0);
	ck_assert_double_eq(width(&q, "a -> eta pi+ pi-"), 0);
	ck_assert(width(&q, "a -> eta pi0 pi0") > 0);
	/* Isospin 0 */
	ck_close(width(&r, "a -> eta pi+ pi-"), 2 * width(&r, "a -> eta pi0 pi0"), 1e-14);
	ck_close(group(&r, "eta pi pi"), bsm_alp_curve(BSM_ALP_ETA_PI_PI, 1.2, 0, 2), 1e-14);
	ck_close(group(&r, "K K pi"), bsm_alp_curve(BSM_ALP_KKPI, 1.2, 0, 2), 1e-14);
	double neutral = width(&r, "a -> K+ K- pi0") + width(&r, "a -> K_S K_S pi0") + width(&r, "a -> K_L K_L pi0");
	ck_close(3 * neutral, group(&r, "K K pi"), 1e-14);
	ck_close(2 * width(&r, "a -> pi+ pi- pi+ pi-"), width(&r, "a -> pi+ pi- pi0 pi0"), 1e-14);
	/* A curve says nothing out of its range. */
	ck_assert_double_eq(bsm_alp_curve(BSM_ALP_GAMMA_GAMMA, 0.559, 0, 0), 0);
	ck_assert_double_eq(bsm_alp_curve(BSM_ALP_GAMMA_GAMMA, 1.801, 0, 0), 0);
	/* Photons of gluons and of leptons, no interference. */
	p = at(1.2, 0, 0, 1e-3, 0, 0), q = at(1.2, 0, 0, 1e-3, 1e-6, 0), r = at(1.2, 0, 0, 0, 1e-6, 0);
	ck_close(q.derived[BSM_ALP_PHOTON2], p.derived[BSM_ALP_PHOTON2] + r.derived[BSM_ALP_PHOTON2], 1e-13);
}
END_TEST

/* 2201.05170 as in FORESEE, Models/ALP-g/ALP-g.ipynb: eta-eta' angle of -13 degrees, f_pi = 93 MeV. */
START_TEST(test_mixing)
{
	for (double m = 0.2; m < 1.8; m += 0.05) {
		struct bsm_alp_mixing x = bsm_alp_mix(m, 4 * BSM_PI * BSM_PI, 0, -13 * BSM_PI / 180);
		double pi = bsm_pdg_mass(111), eta = bsm_pdg_mass(221), etap = bsm_pdg_mass(331);
		ck_close(x.pi, 3.671 * 0.180 * m * m / (m * m - pi * pi), 0.02);
		ck_close(x.eta, 3.671 * (0.3596 * m * m - 0.0021) / (m * m - eta * eta), 0.02);
		ck_close(x.etap, 3.671 * (0.3362 * m * m - 0.0092) / (m * m - etap * etap), 0.05);
	}
	/* All quarks alike do not mix with the pi0. */
	ck_assert_double_eq(bsm_alp_mix(0.3, 0, 1, bsm_alp_eta_angle()).pi, 0);
	/* At low mass: the 1.92 of 2012.12272 (next orders in it), 2.0 here, and the pi0's share. */
	ck_close(bsm_alp_hadron_photon(1e-3, 1, 0), -BSM_ALPHA / (2 * BSM_PI) * 1.92, 0.06);
}
END_TEST

START_TEST(test_kaons)
{
	/* Amplitudes of tests/derive/alp_chiral.py. */
	static const struct {
		double m, amplitude;
	} plus[] = {{0.1, 1.732986816e-08}, {0.2, 1.673277040e-08}, {0.3, 1.538913464e-08}};
	static const struct {
		double m, amplitude;
	} zero[] = {{0.1, 1.251721486e-08}, {0.2, 1.209183637e-08}, {0.3, 1.114057695e-08}};
	for (int i = 0; i < 3; i++) {
		struct point p = at(plus[i].m, 0, 0, 0, 1, 0);
		double A2 = plus[i].amplitude * plus[i].amplitude, B2 = 2 * zero[i].amplitude * zero[i].amplitude;
		ck_close(width(&p, "K+ -> pi+ a"),
			 bsm_two_body_width(A2, bsm_pdg_mass(321), bsm_pdg_mass(211), plus[i].m), 1e-8);
		ck_close(width(&p, "K_S -> pi0 a"),
			 bsm_two_body_width(B2, bsm_pdg_mass(310), bsm_pdg_mass(111), zero[i].m), 1e-8);
		ck_close(width(&p, "K_L -> pi0 a") / width(&p, "K_S -> pi0 a"), 2.228e-3 * 2.228e-3, 1e-12);
	}
	/* The loop grows with the logarithm of the scale, and breaks CP by its CKM phase. */
	double M = bsm_pdg_mass(130), P = bsm_pdg_mass(111);
	ck_assert(bsm_alp_kplus_width(0.1, 0, 1, 1e4) > 2 * bsm_alp_kplus_width(0.1, 0, 1, 1e3));
	ck_assert(bsm_alp_klong_width(0.1, 0, 1, 1e3) > 0.05 * bsm_alp_kshort_width(0.1, 0, 1, 1e3));
	ck_assert_double_eq(bsm_alp_klong_width(M - P, 1, 1, 1e3), 0);
	/* Near the end of phase space the amplitude stays, the momentum goes. */
	double a = bsm_alp_kplus_width(bsm_pdg_mass(321) - bsm_pdg_mass(211) - 1e-9, 1, 0, 1e3);
	ck_assert(a > 0 && a < 1e-3 * bsm_alp_kplus_width(0.3, 1, 0, 1e3));
}
END_TEST

/* ---- scattering ---- */
struct bench {
	struct point point;
	struct bsm_particle a, b;
	struct bsm_nucleus nucleus;
	struct bsm_cone cone;
	struct bsm_in in;
};

static double nuclear_mass(int Z)
{
	return (Z == 6 ? 12.011 : 39.948) * BSM_AMU - Z * bsm_pdg_mass(11);
}

/* `a` of kinetic energy E - m along a tilted axis, at rest its target. */
static void set(struct bench *t, const char *name, struct point p, double E, int Z)
{
	const struct bsm_process *r = row_of(name);
	double m = r->in == BSM_ALP ? p.par[0] : bsm_pdg_mass(r->in), k = sqrt((E - m) * (E + m));
	*t = (struct bench){.point = p};
	t->a = (struct bsm_particle){.pdg = r->in, .m = m, .p = {E, 0.6 * k, 0, 0.8 * k}};
	t->nucleus = (struct bsm_nucleus){Z == 6 ? 12 : 40, Z, nuclear_mass(Z)};
	t->b.m = r->target == BSM_NUCLEUS ? t->nucleus.mass_GeV : bsm_pdg_mass(11);
	t->b.p.e = t->b.m;
	t->in = (struct bsm_in){.par = t->point.par,
				.derived = t->point.derived,
				.row = r,
				.a = &t->a,
				.b = &t->b,
				.nuc = r->target == BSM_NUCLEUS ? &t->nucleus : NULL,
				.tmax = INFINITY};
}

/* Density per u: the row's map, or as the engine samples an exchange. */
static double density(const struct bench *t, const double *u, struct bsm_particle *out)
{
	const struct bsm_process *row = t->in.row;
	if (row->map)
		return row->map(&t->in, u, out);
	struct bsm_exchange x = {0, 1, 0, INFINITY};
	double w = t->in.aim ? bsm_exchange_aimed(&x, &t->a, &t->b, t->in.aim, 0, out, u) : bsm_exchange_split(&x, &t->a, &t->b, out, u);
	return w > 0 ? w * row->me2(&t->in, out) / (4 * t->b.m * bsm_p4_mag(t->a.p)) * BSM_HBARC2_CM2 : 0;
}

/* Mean and error of a map; where `cone` is given and no aim, of what goes into the cone. */
static void integrate(const struct bench *t, long n, uint64_t seed, const struct bsm_cone *cone, double *mean,
		      double *error)
{
	double sum = 0, sum2 = 0, u[BSM_MAP_NDIM];
	struct bsm_particle out[BSM_OUT];
	for (long i = 0; i < n; i++) {
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_VERIFY, (uint64_t)i, 77);
		bsm_rng_fill(&rng, u, t->in.row->map ? t->in.row->ndim : 2);
		memset(out, 0, sizeof out);
		out[0].m = t->point.par[0];
		out[1].m = t->b.m;
		double w = density(t, u, out);
		ck_assert(isfinite(w) && w >= 0);
		if (w > 0 && cone)
			w *= bsm_p4_dot3(out[0].p, cone->axis) / bsm_p4_mag(out[0].p) >= cos(cone->half);
		sum += w;
		sum2 += w * w;
	}
	*mean = sum / (double)n;
	*error = sqrt(fmax(0, sum2 / (double)n - *mean * *mean) / (double)n);
}

START_TEST(test_primakoff)
{
	static const struct {
		double k, m;
		int Z, A;
		double sigma;
	} known[] = {{10, 0.1, 6, 12, 1.220391963e-28},
		     {1, 0.01, 6, 12, 1.805177168e-28},
		     {100, 0.1, 6, 12, 1.805888267e-28},
		     {3, 0.3, 18, 40, 2.623889087e-28},
		     {0.05, 0.001, 6, 12, 1.997595554e-28}};
	for (int i = 0; i < 5; i++)
		ck_close(bsm_alp_primakoff_total(1, known[i].k, known[i].m, known[i].Z, known[i].A,
						 nuclear_mass(known[i].Z)),
			 known[i].sigma, 1e-8);
	/* A light a at high energy, dipole instead of Helm: alpha g^2 Z^2/8 (ln(a^2 d) - 1 - 1), complete screening. */
	double me = bsm_pdg_mass(11), a = 184.15 / cbrt(6) * exp(-0.5) / me, d = 0.164 / cbrt(144.0);
	ck_close(bsm_alp_primakoff_total(1, 100, 1e-3, 6, 12, nuclear_mass(6)),
		 BSM_ALPHA * 36 / 8 * (log(a * a * d) - 2) * BSM_HBARC2_CM2, 0.02);
	/* The map, free, for all energies: no peak is missed. */
	struct bench t;
	for (double k = 0.05; k < 150; k *= 6)
		for (double m = 1e-3; m < k && m * m < 0.6 * k; m *= 9) { /* beyond, no nucleus stays whole */
			double mean, error;
			set(&t, "gamma A -> a A", at(m, 1, 0, 0, 0, 0), k, 18);
			integrate(&t, 4000, 1, NULL, &mean, &error);
			double total = t.in.row->total(&t.in);
			ck_assert_msg(fabs(mean - total) < 5 * error + 1e-9 * total, "k %g m %g: %g +- %g, total %g", k,
				      m, mean, error, total);
			ck_assert_msg(error < 0.1 * total, "k %g m %g: %g +- %g, total %g", k, m, mean, error, total);
		}
	set(&t, "gamma A -> a A", at(0.1, 1, 0, 0, 0, 0), 0.0999, 18);
	ck_assert_double_eq(t.in.row->total(&t.in), 0);
}
END_TEST

/* a A -> gamma A is gamma A -> a A read backwards: sigma p_a^2 = 2 sigma' k^2 at equal energy of the centre of mass;
 * the amplitude, as the engine samples it, against the totals. */
START_TEST(test_inverse_primakoff)
{
	struct bench t, r;
	for (double E = 0.2; E < 150; E *= 8) {
		double m = 0.1, M = nuclear_mass(18), sum[2] = {0, 0};
		set(&t, "a A -> gamma A", at(m, 1, 0, 0, 0, 0), E, 18);
		double s = m * m + M * M + 2 * M * E, k = (s - M * M) / (2 * M), w = sqrt(s);
		set(&r, "gamma A -> a A", at(m, 1, 0, 0, 0, 0), k, 18);
		double p = bsm_two_body_p(w, m, M), q = bsm_two_body_p(w, 0, M);
		ck_close(t.in.row->total(&t.in) * p * p, 2 * r.in.row->total(&r.in) * q * q, 1e-7);
		struct bsm_exchange how = {0, 1, 0, INFINITY};
		enum { N = 20000 };
		for (int i = 0; i < N; i++) {
			double u[2] = {(i + 0.5) / N, 0.3};
			struct bsm_particle out[2] = {{.m = 0}, {.m = M}};
			double phi = bsm_exchange_split(&how, &t.a, &t.b, out, u);
			sum[0] += phi * t.in.row->me2(&t.in, out) / N;
			out[0].m = m;
			phi = bsm_exchange_split(&how, &r.a, &r.b, out, u);
			sum[1] += phi * r.in.row->me2(&r.in, out) / N;
		}
		ck_close(sum[0] / (4 * M * bsm_p4_mag(t.a.p)) * BSM_HBARC2_CM2, t.in.row->total(&t.in), 1e-5);
		ck_close(sum[1] / (4 * M * k) * BSM_HBARC2_CM2, r.in.row->total(&r.in), 1e-5);
	}
}
END_TEST

/* Aimed at a cone or not, on the axis and beside it: the same cross-section into the cone. */
static void check_aim(const char *name, struct point p, double E, int Z, double angle, double half, long n)
{
	struct bench t;
	double free_mean, free_error, mean, error;
	set(&t, name, p, E, Z);
	double c = cos(angle), s = sin(angle); /* turned in the plane of the axis */
	t.cone = (struct bsm_cone){{0, 0.6 * c + 0.8 * s, 0, 0.8 * c - 0.6 * s}, half};
	integrate(&t, 20 * n, 3, &t.cone, &free_mean, &free_error);
	t.in.aim = &t.cone;
	integrate(&t, n, 4, &t.cone, &mean, &error);
	ck_assert_msg(fabs(mean - free_mean) < 5 * hypot(error, free_error),
		      "%s at %g GeV, cone %g rad off: %g +- %g, free %g +- %g", name, E, angle, mean, error, free_mean,
		      free_error);
	ck_assert_msg(error < 0.1 * mean, "%s at %g GeV, cone %g rad off: %g +- %g", name, E, angle, mean, error);
}

START_TEST(test_aim)
{
	struct point photon = at(0.03, 1, 0, 0, 0, 0), electron = at(0.03, 0, 1, 0, 0, 0);
	check_aim("gamma A -> a A", photon, 2, 6, 0, 0.01, 5000);
	check_aim("gamma A -> a A", photon, 2, 6, 0.03, 0.01, 5000);
	check_aim("gamma A -> a A", photon, 40, 6, 0.001, 0.01, 5000);
	check_aim("gamma A -> a A", photon, 0.05, 6, 0.5, 0.05, 5000);
	check_aim("e- A -> e- A a", electron, 2, 6, 0, 0.01, 3000);
	check_aim("e- A -> e- A a", electron, 2, 6, 0.03, 0.01, 3000);
	check_aim("e- A -> e- A a", electron, 40, 6, 0.001, 0.01, 3000);
}
END_TEST

START_TEST(test_compton)
{
	/* Traces of matrices, tests/derive/alp_formulas.py. */
	ck_close(bsm_alp_compton_core(4, -2.37263405762, 0.49 - 4 + 2.37263405762, 0.49, 0.25), 0.168806917837, 1e-10);
	ck_close(bsm_alp_compton_total(1, 1, 0.001), 4.698538606e-27, 1e-8);
	ck_close(bsm_alp_compton_total(1, 1, 0.01), 3.890953092e-27, 1e-8);
	ck_close(bsm_alp_compton_total(1, 10, 0.001), 6.30648862e-28, 1e-8);
	ck_close(bsm_alp_compton_total(1, 100, 0.1), 6.526789361e-29, 1e-8);
	ck_assert_double_eq(bsm_alp_compton_total(1, 0.05, 0.1), 0);
	/* me2 as the engine sees it, both directions, by the midpoint rule in the cosine. */
	for (double k = 0.3; k < 150; k *= 7) {
		struct bench t;
		double m = 0.01, me = bsm_pdg_mass(11), sum[2] = {0, 0};
		double s = me * me + 2 * me * k, w = sqrt(s), pa = bsm_two_body_p(w, m, me),
		       pk = bsm_two_body_p(w, 0, me);
		double E = (s - m * m - me * me) / (2 * me);
		enum { N = 20000 };
		for (int inverse = 0; inverse < 2; inverse++) {
			set(&t, inverse ? "a e -> gamma e" : "gamma e -> a e", at(m, 0, 1, 0, 0, 0), inverse ? E : k,
			    18);
			double edge = 1e-9, l = log(2 / edge), p = inverse ? pk : pa, q = inverse ? pa : pk;
			for (int i = 0; i < N; i++) {
				double d = edge * exp((i + 0.5) / N * l); /* 1 + cos */
				struct bsm_particle out[2] = {{.m = inverse ? 0 : m}, {.m = me}};
				struct bsm_p4 P = bsm_p4_add(t.a.p, t.b.p);
				/* along the incoming momentum in its frame: the boost keeps (0.6, 0, 0.8) */
				struct bsm_p4 n = {0, 0.6, 0, 0.8}, c = {0, 0, 1, 0};
				double sn = sqrt(d * (2 - d));
				struct bsm_p4 v = bsm_p4_add(bsm_p4_scale(p * (d - 1), n), bsm_p4_scale(p * sn, c));
				v.e = sqrt(p * p + out[0].m * out[0].m);
				out[0].p = bsm_p4_boost_from_rest(v, P, w);
				v = bsm_p4_scale(-1, v);
				v.e = sqrt(p * p + me * me);
				out[1].p = bsm_p4_boost_from_rest(v, P, w);
				sum[inverse] += t.in.row->me2(&t.in, out) * d * l / N;
			}
			sum[inverse] *= p / (32 * BSM_PI * s * q) * BSM_HBARC2_CM2;
		}
		ck_close(sum[0], bsm_alp_compton_total(1, k, m), 1e-4);
		ck_close(sum[1] * pa * pa, 2 * sum[0] * pk * pk, 1e-4);
	}
}
END_TEST

/* Integral over the positron's energy, whatever the kernel; and none without energy. */
START_TEST(test_resonance)
{
	struct bench t;
	double m = 0.03, me = bsm_pdg_mass(11), E0 = (m * m - 2 * me * me) / (2 * me);
	for (double kernel = 0.01; kernel < 0.2; kernel *= 3) {
		struct bsm_process row = *row_of("e+ e- -> a");
		row.arg[0] = kernel;
		double sum = 0;
		enum { N = 2000 };
		for (int i = 0; i < N; i++) {
			double x = -0.2 + 0.4 * (i + 0.5) / N, E = E0 * exp(x), u[2] = {0.3, 0.6};
			struct bsm_particle out[1] = {{.m = m}};
			set(&t, "e+ e- -> a", at(m, 0, 1, 0, 0, 0), E, 6);
			t.in.row = &row;
			sum += row.map(&t.in, u, out) * E * 0.4 / N;
			if (fabs(x) < kernel / 2.1)
				ck_close(out[0].p.e * out[0].p.e - bsm_p4_dot3(out[0].p, out[0].p), m * m, 1e-9);
		}
		ck_close(sum, 5.9862756e-25, 0.02);
	}
	/* Aimed at a cone smaller than the kernel's: the same in the mean over directions. */
	double mean, error, free_mean, free_error;
	set(&t, "e+ e- -> a", at(m, 0, 1, 0, 0, 0), E0, 6);
	double half = row_of("e+ e- -> a")->arg[1] / E0;
	t.cone = (struct bsm_cone){{0, 0.6, 0, 0.8}, half / 2};
	integrate(&t, 20000, 5, &t.cone, &free_mean, &free_error);
	t.in.aim = &t.cone;
	integrate(&t, 100, 6, &t.cone, &mean, &error);
	ck_assert(fabs(mean - free_mean) < 5 * hypot(error, free_error));
	ck_close(mean / free_mean, 1, 0.1);
}
END_TEST

START_TEST(test_brems)
{
	/* Traces of matrices over all of phase space: tests/derive/alp_bremsstrahlung.py, with its statistical errors.
	 */
	static const struct {
		double E, m, sigma, error;
	} exact[] = {{1, 0.01, 1.0528e-26, 1.7e-29},
		     {10, 0.001, 4.2932e-25, 1.2e-27},
		     {10, 0.01, 1.9494e-26, 3.6e-29},
		     {10, 0.1, 1.349e-28, 2.2e-31},
		     {100, 0.1, 3.0729e-28, 5.1e-31}};
	struct bench t;
	double mean, error;
	for (int i = 0; i < 5; i++) {
		set(&t, "e- A -> e- A a", at(exact[i].m, 0, 1, 0, 0, 0), exact[i].E, 6);
		integrate(&t, 40000, 7, NULL, &mean, &error);
		ck_assert_msg(fabs(mean - exact[i].sigma) < 5 * hypot(error, exact[i].error),
			      "%g GeV, m = %g: %g +- %g, expected %g", exact[i].E, exact[i].m, mean, error,
			      exact[i].sigma);
		ck_assert(error < 0.02 * mean);
	}
	/* Stable over energies and masses. */
	for (double E = 0.05; E < 150; E *= 6)
		for (double m = 1e-3; m < 0.9 * E && m * m < 0.6 * E; m *= 9) {
			set(&t, "e- A -> e- A a", at(m, 0, 1, 0, 0, 0), E, 18);
			integrate(&t, 5000, 8, NULL, &mean, &error);
			ck_assert_msg(mean > 0 && error < 0.1 * mean, "E %g m %g: %g +- %g", E, m, mean, error);
		}
	/* y^2 scales; nothing at the least momentum transfer, where (1 + y) U has to be U/(1 - x). */
	double w = 7, rest = 3, U = 1e-3, m2 = 1e-4, near = U * U / (4 * rest * rest);
	ck_assert(fabs(bsm_alp_brems_square(w, rest, U, w / rest, near, m2)) <
		  1e-6 * bsm_alp_brems_square(w, rest, U, w / rest, 4 * near, m2));
}
END_TEST

/* me2 of three-body rows, integrated, against the widths; the Levi-Civita tensor by another way. */
START_TEST(test_three_body)
{
	static const char *const name[] = {"a -> pi0 pi0 pi0", "a -> pi+ pi- pi0", "a -> pi+ pi- gamma"};
	static const double masses[] = {0.4185, 0.45, 0.53, 0.6, 0.75, 0.88};
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 6; k++) {
			struct point p = at(masses[k], 0, 0, 0, 1e-3, 0);
			const struct bsm_process *r = row_of(name[i]);
			struct bsm_in in = {.par = p.par, .derived = p.derived, .row = r};
			double m[3];
			for (int j = 0; j < 3; j++)
				m[j] = bsm_pdg_mass(r->out[j]);
			ck_close(bsm_three_body_width(&in, masses[k], m), width(&p, name[i]), 1e-8);
		}
	/* c = 1 and no rho, as the script has it: the program's integral over the same with |BW| there. */
	double with = bsm_alp_pipigamma_width(1, 0.5);
	ck_assert(with > 7.806301992e-10 && with < 7.806301992e-10 * bsm_alp_rho_propagator2(0.25));
	/* Size of the eta's: what it was made of. */
	ck_close(bsm_alp_rho_propagator2(0.6009), 0.77526 * 0.77526 / (0.1474 * 0.1474), 0.01);
}
END_TEST

START_TEST(test_refusals)
{
	double par[MAX_PAR] = {0.6, 0, 0, 0, 1e-3, 0, 1000};
	static const double good[] = {0.1, 0.54, 0.56, 0.7, 0.9, 0.98, 1, 1.8};
	static const double poor[] = {0.541, 0.559, 0.901, 0.96, 0.979, 1.81, 5};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg((par[0] = good[i], bsm_alp_refuse(par) == NULL), "%g refused", good[i]);
	for (size_t i = 0; i < sizeof poor / sizeof *poor; i++)
		ck_assert_msg((par[0] = poor[i], bsm_alp_refuse(par) != NULL), "%g taken", poor[i]);
	par[0] = 0.6;
	par[BSM_ALP_G_PHOTON] = 1e-5;
	ck_assert(bsm_alp_refuse(par) != NULL);
	par[0] = 0.5;
	ck_assert(bsm_alp_refuse(par) == NULL);
	par[0] = 0.135;
	ck_assert(bsm_alp_refuse(par) != NULL);
	par[0] = 0.14;
	ck_assert(bsm_alp_refuse(par) == NULL);
	par[BSM_ALP_G_GLUON] = 0;
	par[0] = 0.6;
	ck_assert(bsm_alp_refuse(par) == NULL);
	par[BSM_ALP_G_QUARK] = 1e-3;
	ck_assert(bsm_alp_refuse(par) != NULL);
	/* Nothing is not a number anywhere that is allowed. */
	for (double m = 1e-3; m < 10; m *= 1.07) {
		struct point p = at(m, 1e-3, 1e-3, 1e-3, m < 1.8 ? 1e-3 : 0, m < 0.54 ? 1e-3 : 0);
		for (int i = 0; i < BSM_ALP_DERIVED; i++)
			ck_assert_msg(isfinite(p.derived[i]), "derived number %d at m = %g", i, m);
	}
}
END_TEST

TEST_MAIN("alp", test_widths, test_loop, test_gluon_widths, test_curves, test_curves_whole, test_mixing, test_kaons, test_primakoff,
	  test_inverse_primakoff, test_aim, test_compton, test_resonance, test_brems, test_three_body, test_refusals)
