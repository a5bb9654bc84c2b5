/* Cross-sections of showers against tables of others: PDG (radiation lengths, critical energies), NIST's XCOM (photons)
 * and ESTAR (losses), tests/derive/showers.py (integrals from other variables); samplers against the formulas: chi2 in
 * 20 equal bins of the distribution, 40000 draws of a fixed seed, 5 standard deviations. */
#include "check_main.h"
#include "source/shower/processes.h"
#include "source/shower/radiation.h"
#include "source/shower/track.h"

static const double me = 0.51099895e-3;

static struct bsm_material element(int Z, double A, double density)
{
	return (struct bsm_material){"element", "", density, {{Z, A, 1}}};
}

START_TEST(radiation_lengths)
{
	static const struct {
		int Z;
		double A, X0;
	} row[] = {{4, 9.0122, 65.19},  {6, 12.011, 42.70},  {13, 26.982, 24.01}, {18, 39.95, 19.55},
		   {26, 55.845, 13.84}, {29, 63.546, 12.86}, {74, 183.84, 6.76},  {82, 207.2, 6.37}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_material m = element(row[i].Z, row[i].A, 1);
		ck_close(bsm_em_radiation_length(&m), row[i].X0, 1e-3);
	}
	ck_close(bsm_em_radiation_length(bsm_material_find("water")), 36.08, 2e-3);
	ck_close(bsm_em_radiation_length(bsm_material_find("air")), 36.62, 2e-3);
}
END_TEST

/* At high energy: 7/9 of 1/X0, less Tsai's alpha r^2 4 (Z^2 + Z)/54; bremsstrahlung: 1/X0 and (Z^2 + Z)/18 more. */
START_TEST(high_energy)
{
	static const int Z[] = {1, 4, 6, 13, 26, 82};
	for (size_t i = 0; i < sizeof Z / sizeof *Z; i++) {
		struct bsm_em_atom a = bsm_em_atom(Z[i]);
		double X = bsm_em_radiation(&a), small = 4 * BSM_EM_ALPHA_R2 * Z[i] * (Z[i] + 1), e = 1e7;
		ck_close(bsm_em_pair_total(&a, e), 7.0 / 9 * X - small / 54, 1e-3);
		ck_close(bsm_em_brems_soft(&a, e, e - 1) / e, X + small / 18, 2e-3);
	}
}
END_TEST

/* XCOM, barn per atom, without coherent scattering. */
START_TEST(photons_of_xcom)
{
	static const struct {
		int Z;
		double mev, barn, rtol;
	} row[] = {{6, 1, 1.268, 0.003},   {6, 10, 0.3908, 0.01},   {6, 100, 0.2905, 0.01}, {6, 1e3, 0.3395, 0.01},
		   {6, 1e4, 0.3561, 0.01}, {26, 1, 5.519, 0.005},   {26, 10, 2.776, 0.01},  {26, 100, 4.015, 0.01},
		   {26, 1e3, 4.940, 0.01}, {26, 1e4, 5.149, 0.01},  {82, 1, 23.41, 0.03},   {82, 10, 17.08, 0.025},
		   {82, 100, 32.03, 0.01}, {82, 1e3, 39.42, 0.015}, {82, 1e4, 40.95, 0.015}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_em_atom a = bsm_em_atom(row[i].Z);
		double k = row[i].mev * 1e-3 / me;
		double sum =
			row[i].Z * bsm_em_compton(k) + bsm_em_pair_total(&a, k) + bsm_em_photoelectric(row[i].Z, k);
		ck_close(sum * 1e24, row[i].barn, row[i].rtol);
	}
	/* Pairs alone, nucleus and electrons, near threshold. */
	static const struct {
		int Z;
		double mev, barn, rtol;
	} pair[] = {{6, 1.5, 1.594e-3, 0.02}, {6, 3, 1.844e-2, 0.02}, {6, 10, 8.388e-2, 0.02}, {6, 50, 0.1963, 0.02},
		    {26, 1.5, 3.32e-2, 0.02}, {26, 5, 0.7534, 0.02},  {82, 1.5, 0.6215, 0.04}, {82, 2, 1.875, 0.04},
		    {82, 5, 7.416, 0.03},     {82, 20, 18.78, 0.02}};
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
		struct bsm_em_atom a = bsm_em_atom(pair[i].Z);
		ck_close(bsm_em_pair_total(&a, pair[i].mev * 1e-3 / me) * 1e24, pair[i].barn, pair[i].rtol);
	}
}
END_TEST

/* XCOM: pairs on the electrons of carbon, barn. */
START_TEST(triplets)
{
	static const struct {
		double mev, barn;
	} row[] = {{3, 2.421e-4}, {5, 1.970e-3}, {10, 7.018e-3}, {20, 1.415e-2}, {100, 3.294e-2}, {1e3, 5.198e-2}};
	struct bsm_em_atom C = bsm_em_atom(6);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		ck_close(bsm_em_pair_electrons(&C, row[i].mev * 1e-3 / me) * 1e24, row[i].barn, 0.025);
}
END_TEST

START_TEST(closed_forms)
{
	struct bsm_em_atom H = bsm_em_atom(1);
	/* Maximon's series, without screening. */
	ck_close(bsm_em_pair_nucleus(&H, 3.0) / BSM_EM_ALPHA_R2, 0.0873483, 3e-3);
	ck_close(bsm_em_pair_nucleus(&H, 3.9) / BSM_EM_ALPHA_R2, 0.2991716, 3e-3);
	ck_close(bsm_em_compton(2) / BSM_EM_PI_R2, 0.8376408, 1e-6);
	ck_close(bsm_em_compton(2000) / BSM_EM_PI_R2, 0.00439425, 1e-4);
	ck_close(bsm_em_annihilation(2) / BSM_EM_PI_R2, 0.6815587, 1e-6);
	ck_close(bsm_em_annihilation(20) / BSM_EM_PI_R2, 0.1510628, 1e-6);
	ck_close(bsm_em_annihilation(2000) / BSM_EM_PI_R2, 0.00365123, 1e-4);
	/* Soft collisions are Rutherford's: 2 pi r^2/(beta^2 w^2). */
	ck_close(bsm_em_moller(20, 1e-4) * 1e-8 * (1 - 1 / 441.0), 2 * BSM_EM_PI_R2, 1e-4);
	ck_close(bsm_em_bhabha(20, 1e-4) * 1e-8 * (1 - 1 / 441.0), 2 * BSM_EM_PI_R2, 1e-4);
	/* The loss to collisions below a cut does not know how fast the particle is, but for the density effect: what
	 * is lost above goes as 2 pi r^2 ln(end/cut). */
	ck_close(bsm_em_delta_loss(1, 1e4, 1) / (2 * BSM_EM_PI_R2), log(1e4) - 2 + 1.5 - 2.0 / 3 + 0.25, 2e-3);
}
END_TEST

/* ESTAR: californium (A = 251, 10 g/cm3), in MeV cm2/g; Z far from the metals whose density effect is tabulated. */
START_TEST(losses)
{
	struct bsm_material cf = element(98, 251, 10);
	ck_close(bsm_em_stopping(&cf, 0, 0.8), 1.554, 0.01);
	ck_close(bsm_em_stopping(&cf, 0, 1), 1.568, 0.01);
	ck_close(bsm_em_radiating(&cf, 0.8), 137.3, 0.03);
	ck_close(bsm_em_radiating(&cf, 1), 172.2, 0.03);
	/* Critical energies [MeV] of the PDG, where a radiation length of collisions costs the energy: tests dE/dx. */
	static const struct {
		const char *name;
		double ec;
	} row[] = {{"graphite", 81.74}, {"beryllium", 113.70}, {"aluminium", 42.70}, {"iron", 21.68},
		   {"copper", 19.42},   {"lead", 7.43},        {"tungsten", 7.97}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const struct bsm_material *m = bsm_material_find(row[i].name);
		double e = row[i].ec * 1e-3;
		for (int j = 0; j < 20; j++)
			e = bsm_em_stopping(m, 0, e - me) * 0.01 * bsm_em_radiation_length(m) / m->density;
		ck_close(e * 1e3, row[i].ec, 0.015);
	}
}
END_TEST

/* The tables give the formulas back. */
START_TEST(tables)
{
	struct bsm_ctx ctx = {0};
	struct bsm_em_medium m;
	const struct bsm_material *C = bsm_material_find("concrete");
	ck_assert(bsm_em_medium_init(&ctx, &m, C, 1e-3, 100) == BSM_OK);
	static const double at[] = {1.7e-3, 0.0123, 0.7, 33};
	for (int i = 0; i < 4; i++) {
		double k = at[i] / me, rate = bsm_material_electrons(C) * bsm_em_compton(k);
		double hard = bsm_material_electrons(C) * bsm_em_delta_hard(0, k, 1e-3 / me);
		for (const struct bsm_element *e = C->element; e->Z; e++) {
			struct bsm_em_atom a = bsm_em_atom(e->Z);
			double n = bsm_material_nuclei(C, e->Z);
			rate += n * (bsm_em_pair_total(&a, k) + bsm_em_photoelectric(e->Z, k));
			hard += n * bsm_em_brems_hard(&a, k + 1, m.cut / me);
		}
		ck_close(bsm_em_photon_rate(&m, at[i]), 100 * rate, 2e-3);
		ck_close(bsm_em_hard_rate(&m, 0, at[i]), 100 * hard, i ? 5e-3 : 0.03);
	}
	/* Restricted and hard losses add up to all of the loss. */
	double t = 1 / me, hard = 100 * me * bsm_material_electrons(C) * bsm_em_delta_loss(0, t, 1e-3 / me), soft = 0;
	for (const struct bsm_element *e = C->element; e->Z; e++) {
		struct bsm_em_atom a = bsm_em_atom(e->Z);
		soft += 100 * me * bsm_material_nuclei(C, e->Z) * bsm_em_brems_soft(&a, t + 1, m.cut / me);
	}
	ck_close(bsm_em_loss(&m, 0, 1) + hard - soft, bsm_em_stopping(C, 0, 1), 1e-3);
	bsm_em_medium_free(&m);
}
END_TEST

struct law {
	struct bsm_em_atom a;
	double e, cut, peak;
	int positron;
};
typedef double density(double x, const void *);
typedef double sampler(const struct law *, struct bsm_rng *);

/* x from lo to hi; bins of equal probability by a cumulative on 20000 steps in ln(x). */
static void agrees(density *f, sampler *draw, const struct law *l, double lo, double hi, const char *what)
{
	enum { STEPS = 20000, BINS = 20, DRAWS = 40000 };
	static double sum[STEPS + 1];
	int count[BINS] = {0};
	double step = log(hi / lo) / STEPS, chi2 = 0;
	for (int i = 0; i < STEPS; i++) {
		double x = lo * exp((i + 0.5) * step);
		sum[i + 1] = sum[i] + f(x, l) * x;
	}
	struct bsm_rng r = bsm_rng_make(7, BSM_FOR_VERIFY, 1, 0);
	for (int n = 0; n < DRAWS; n++) {
		double at = log(draw(l, &r) / lo) / step;
		ck_assert_msg(at > -1e-6 && at < STEPS + 1e-6, "%s: out of range", what);
		int i = at < STEPS - 1 ? (int)fmax(at, 0) : STEPS - 1;
		double c = (sum[i] + (at - i) * (sum[i + 1] - sum[i])) / sum[STEPS];
		count[c < 1 ? (int)(fmax(c, 0) * BINS) : BINS - 1]++;
	}
	for (int b = 0; b < BINS; b++) {
		double d = count[b] - (double)DRAWS / BINS;
		chi2 += d * d / ((double)DRAWS / BINS);
	}
	ck_assert_msg(chi2 < BINS - 1 + 5 * sqrt(2 * (BINS - 1)), "%s: chi2 = %g for %d", what, chi2, BINS - 1);
}

static double f_pair(double x, const void *l)
{
	const struct law *a = l;
	return bsm_em_pair_density(&a->a, a->e, x);
}
static double s_pair(const struct law *l, struct bsm_rng *r)
{
	return bsm_em_sample_pair(&l->a, l->e, l->peak, r);
}
static double f_brems(double x, const void *l)
{
	const struct law *a = l;
	return bsm_em_brems_density(&a->a, a->e, x) / x;
}
static double s_brems(const struct law *l, struct bsm_rng *r)
{
	return bsm_em_sample_brems(&l->a, l->e, l->cut, l->peak, r);
}
static double f_delta(double x, const void *l)
{
	const struct law *a = l;
	return a->positron ? bsm_em_bhabha(a->e, x) : bsm_em_moller(a->e, x);
}
static double s_delta(const struct law *l, struct bsm_rng *r)
{
	return bsm_em_sample_delta(l->positron, l->e, l->cut, r);
}
static double f_compton(double e, const void *l) /* Klein-Nishina in k'/k */
{
	double t = (1 - e) / (((const struct law *)l)->e * e);
	return e + 1 / e - t * (2 - t);
}
static double s_compton(const struct law *l, struct bsm_rng *r)
{
	return bsm_em_sample_compton(l->e, r);
}
/* Heitler: 1/(share) symmetrised over the two photons. */
static double f_annihilation(double e, const void *l)
{
	double g = ((const struct law *)l)->e + 1, q = g + 1, o = 1 - e;
	double one = (q + 2 * g / q - 1 / (q * e)) / e, two = (q + 2 * g / q - 1 / (q * o)) / o;
	return one - q + two - q;
}
static double s_annihilation(const struct law *l, struct bsm_rng *r)
{
	double e = bsm_em_sample_annihilation(l->e, r);
	return fmin(e, 1 - e);
}

START_TEST(samplers)
{
	static const struct {
		int Z;
		double e;
	} pair[] = {{6, 6}, {6, 40}, {82, 2000}, {26, 1e6}};
	for (int i = 0; i < 4; i++) {
		struct law l = {.a = bsm_em_atom(pair[i].Z), .e = pair[i].e};
		for (double x = 1.02; x < 0.5 * l.e; x *= 1.02)
			l.peak = fmax(l.peak, 1.01 * l.e * bsm_em_pair_density(&l.a, l.e, x));
		agrees(f_pair, s_pair, &l, 1, l.e - 1, "pair");
	}
	static const double brems[] = {30, 300, 1e5};
	for (int i = 0; i < 3; i++) {
		struct law l = {.a = bsm_em_atom(13), .e = brems[i], .cut = 2};
		for (double x = 2; x < l.e - 1; x *= 1.01)
			l.peak = fmax(l.peak, 1.01 * bsm_em_brems_density(&l.a, l.e, x));
		agrees(f_brems, s_brems, &l, 2, l.e - 1, "bremsstrahlung");
	}
	for (int i = 0; i < 6; i++) {
		static const double t[] = {6, 60, 6000};
		struct law l = {.e = t[i / 2], .cut = 2, .positron = i % 2};
		agrees(f_delta, s_delta, &l, 2, i % 2 ? l.e : 0.5 * l.e, i % 2 ? "Bhabha" : "Moller");
		agrees(f_compton, s_compton, &l, 1 / (1 + 2 * l.e), 1, "Compton");
		double low = 0.5 * (1 - sqrt(l.e / (l.e + 2)));
		agrees(f_annihilation, s_annihilation, &l, low, 0.5, "annihilation");
	}
}
END_TEST

TEST_MAIN("shower physics", radiation_lengths, high_energy, photons_of_xcom, triplets, closed_forms, losses, tables,
	  samplers)
