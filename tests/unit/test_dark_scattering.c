/* Scattering of light dark matter against tests/derive/dark_scattering.py: spinors, currents and phase space done there by
 * numbers alone. Expected values are its output. */
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "engine/job.h"
#include "kinematics/exchange.h"
#include "physics/dark_final_states.h"
#include "physics/dark_production.h"
#include "physics/nucleon_form_factors.h"

extern const struct bsm_model bsm_model_light_dark_matter;

static const struct bsm_process *row_of(const char *name)
{
	int i = 0;
	while (strcmp(bsm_model_light_dark_matter.process[i].name, name))
		i++;
	return &bsm_model_light_dark_matter.process[i];
}

/* The model at a point of parameters. */
struct at {
	struct bsm_point p;
	double derived[64], coupling2; /* (g_D eps e)^2 */
};

static void at_init(struct at *m, const char *set)
{
	struct bsm_ctx ctx = {0};
	bsm_point_default(&m->p, &bsm_model_light_dark_matter);
	ck_assert_int_le(bsm_model_light_dark_matter.nderived, 64);
	ck_assert_msg(bsm_point_set_list(&ctx, &m->p, set) == BSM_OK, "%s", ctx.message);
	ck_assert_int_eq(bsm_model_light_dark_matter.prepare(m->p.par, m->derived), 0);
	m->coupling2 = 16 * BSM_PI * BSM_PI * BSM_ALPHA * m->p.par[4] * m->p.par[3] * m->p.par[3];
}

struct hit {
	struct at *model;
	const struct bsm_process *row;
	double E, m1, m2, mt;
};

/* |M|^2 of a row at -t = q2, target at rest, chi along an axis that is none of the frame's. */
static double me2_at(const struct hit *h, double q2)
{
	const struct bsm_nucleus argon = {40, 18, 37.2247}, hydrogen = {1, 1, 0.938};
	double k = sqrt(h->E * h->E - h->m1 * h->m1), T = q2 / (2 * h->mt), P = sqrt(T * (T + 2 * h->mt)), e2 = h->E - T;
	double c = (k * k + P * P - (e2 * e2 - h->m2 * h->m2)) / (2 * k * P), s = sqrt(fmax(0, 1 - c * c)), f = 0.7;
	struct bsm_particle a = {.pdg = h->row->in, .m = h->m1, .p = {h->E, 0.48 * k, 0.6 * k, 0.64 * k}};
	struct bsm_particle b = {.pdg = h->row->out[1], .m = h->mt, .p = {h->mt, 0, 0, 0}}, out[2] = {{.m = h->m2}, {.m = h->mt}};
	/* n, e, g: an orthonormal frame */
	const double n[3] = {0.48, 0.6, 0.64}, e[3] = {0.8, 0, -0.6}, g[3] = {-0.36, 0.8, -0.48};
	double v[3];
	for (int i = 0; i < 3; i++)
		v[i] = P * (c * n[i] + s * (cos(f) * e[i] + sin(f) * g[i]));
	out[1].p = (struct bsm_p4){h->mt + T, v[0], v[1], v[2]};
	out[0].p = bsm_p4_sub(bsm_p4_add(a.p, b.p), out[1].p);
	struct bsm_in in = {.par = h->model->p.par, .derived = h->model->derived, .row = h->row, .a = &a, .b = &b, .tmax = INFINITY,
			    .nuc = h->row->target == BSM_NUCLEUS ? &argon : &hydrogen};
	return h->row->me2(&in, out);
}

/* y = 1/(q2 + mV^2) takes the peak out. */
static double integrand(double y, void *arg)
{
	struct hit *h = arg;
	double mV = h->model->p.par[1], q2 = 1 / y - mV * mV, p2 = h->E * h->E - h->m1 * h->m1;
	return me2_at(h, q2) / (64 * BSM_PI * h->mt * h->mt * p2) / (y * y);
}

static double total(struct hit *h)
{
	double near, far, mV2 = h->model->p.par[1] * h->model->p.par[1];
	double s = h->m1 * h->m1 + h->mt * h->mt + 2 * h->mt * h->E;
	ck_assert(bsm_exchange_range(s, h->m1, h->mt, h->m2, h->mt, &near, &far));
	return bsm_integrate(integrand, h, 1 / (far + mV2), 1 / (near + mV2), 1e-9, NULL) * BSM_HBARC2_CM2;
}

/* ---- electrons ---- */
START_TEST(test_electrons)
{
	static const struct { enum bsm_dark_spin spin; double E, m, mV, T, d, from, sigma; } t[] = {
		{BSM_DARK_DIRAC, 5, 0.03, 0.09, 1.7003636, 2.48050622e-28, 0.42509089, 8.12870751e-28},
		{BSM_DARK_DIRAC, 1, 0.2, 0.05, 0.009566689, 3.71765907e-27, 0.0023916722, 6.13109371e-29},
		{BSM_DARK_DIRAC, 50, 0.5, 2, 3.393873, 1.37155455e-33, 0.84846826, 7.91799895e-33},
		{BSM_DARK_DIRAC, 0.3, 0.01, 1e-3, 0.090328369, 2.70928342e-24, 0.022582092, 1.02437620e-24},
		{BSM_DARK_DIRAC, 100, 2, 0.3, 0.99613777, 2.64496407e-30, 0.24903444, 4.44830446e-30},
		{BSM_DARK_SCALAR, 5, 0.03, 0.09, 1.7003636, 2.26253274e-28, 0.42509089, 6.65635148e-28},
		{BSM_DARK_SCALAR, 1, 0.2, 0.05, 0.009566689, 3.71739767e-27, 0.0023916722, 6.12977186e-29},
		{BSM_DARK_SCALAR, 50, 0.5, 2, 3.393873, 1.36630980e-33, 0.84846826, 7.82551814e-33},
		{BSM_DARK_SCALAR, 0.3, 0.01, 1e-3, 0.090328369, 2.52018571e-24, 0.022582092, 9.85958845e-25},
		{BSM_DARK_SCALAR, 100, 2, 0.3, 0.99613777, 2.64474555e-30, 0.24903444, 4.44719340e-30},
	};
	double unit = 16 * BSM_PI * BSM_PI * BSM_ALPHA; /* of eps^2 alpha_D */
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		ck_close(bsm_dark_electron_dsigma(t[i].spin, t[i].E, t[i].m, t[i].mV, unit, t[i].T), t[i].d, 1e-6);
		ck_close(bsm_dark_electron_sigma(t[i].spin, t[i].E, t[i].m, t[i].mV, unit, t[i].from, INFINITY), t[i].sigma, 1e-6);
		/* pieces add up, at both ends of the range */
		double whole = bsm_dark_electron_sigma(t[i].spin, t[i].E, t[i].m, t[i].mV, unit, 0, t[i].T);
		double cut = 1e-3 * t[i].T, a = bsm_dark_electron_sigma(t[i].spin, t[i].E, t[i].m, t[i].mV, unit, 0, cut);
		ck_close(a + bsm_dark_electron_sigma(t[i].spin, t[i].E, t[i].m, t[i].mV, unit, cut, t[i].T), whole, 1e-11);
	}
	double top = bsm_dark_recoil_max(5, 0.03, bsm_pdg_mass(11));
	ck_assert(bsm_dark_electron_dsigma(BSM_DARK_DIRAC, 5, 0.03, 0.09, 1, top) > 0);
	ck_assert_double_eq(bsm_dark_electron_dsigma(BSM_DARK_DIRAC, 5, 0.03, 0.09, 1, top * (1 + 1e-9)), 0);
	ck_assert_double_eq(bsm_dark_electron_dsigma(BSM_DARK_DIRAC, 5, 0.03, 0.09, 1, -1e-3), 0);
	ck_assert_double_eq(bsm_dark_electron_sigma(BSM_DARK_DIRAC, 5, 0.03, 0.09, 1, top, INFINITY), 0);
	ck_assert_double_eq(bsm_dark_electron_sigma(BSM_DARK_SCALAR, 5, 0.03, 0.09, 1, 0.2, 0.1), 0);
	ck_assert_double_eq(bsm_dark_electron_sigma(BSM_DARK_DIRAC, 0.03, 0.03, 0.09, 1, 0, INFINITY), 0);
	ck_assert_double_eq(bsm_dark_electron_sigma(BSM_DARK_DIRAC, 0.02, 0.03, 0.09, 1, 0, INFINITY), 0);
}
END_TEST

/* Photon exchange: the peak at small recoils, over twelve powers of ten. */
START_TEST(test_millicharge)
{
	static const double t[][4] = {
		{5, 0.1, 1e-3, 2.53793553e-25},
		{50, 0.01, 1e-6, 2.54954901e-22},
		{0.5, 0.2, 1e-3, 1.65990823e-25},
		{2, 0.03, 0.03, 7.65572796e-27},
	};
	double unit = pow(4 * BSM_PI * BSM_ALPHA, 2);
	for (int i = 0; i < 4; i++)
		ck_close(bsm_dark_electron_sigma(BSM_DARK_DIRAC, t[i][0], t[i][1], 0, unit, t[i][2], INFINITY), t[i][3], 1e-6);
	/* Rutherford's tail: sigma(T > lo) lo tends to a constant */
	double a = bsm_dark_electron_sigma(BSM_DARK_DIRAC, 5, 0.1, 0, unit, 1e-12, INFINITY) * 1e-12;
	ck_close(bsm_dark_electron_sigma(BSM_DARK_DIRAC, 5, 0.1, 0, unit, 1e-9, INFINITY) * 1e-9, a, 1e-6);
}
END_TEST

/* ---- rows, elastic ---- */
START_TEST(test_rows)
{
	static const struct { const char *set, *row; double E, m, mt, q2, me2; } t[] = {
		{"chi=dirac, mass=0.03 GeV, m_V=0.09 GeV", "chi p -> chi p", 2, 0.03, 0, 0.1, 3.14071338e3},
		{"chi=dirac, mass=0.2 GeV, m_V=0.5 GeV", "chi p -> chi p", 0.5, 0.2, 0, 0.2, 5.56680183},
		{"chi=dirac, mass=1 GeV, m_V=0.05 GeV", "chi p -> chi p", 20, 1, 0, 3, 3.37287893},
		{"chi=scalar, mass=0.03 GeV, m_V=0.09 GeV", "chi p -> chi p", 2, 0.03, 0, 0.1, 3.15007770e3},
		{"chi=scalar, mass=0.2 GeV, m_V=0.5 GeV", "chi p -> chi p", 0.5, 0.2, 0, 0.2, 5.68166926},
		{"chi=scalar, mass=1 GeV, m_V=0.05 GeV", "chibar p -> chibar p", 20, 1, 0, 3, 3.34945516},
		{"chi=dirac, mass=0.03 GeV, m_V=0.09 GeV", "chi n -> chi n", 2, 0.03, 0, 0.1, 2.67322146e2},
		{"chi=dirac, mass=0.2 GeV, m_V=0.5 GeV", "chi n -> chi n", 0.5, 0.2, 0, 0.2, 1.01531131},
		{"chi=dirac, mass=1 GeV, m_V=0.05 GeV", "chibar n -> chibar n", 20, 1, 0, 3, 1.31769529},
		{"chi=scalar, mass=0.03 GeV, m_V=0.09 GeV", "chi n -> chi n", 2, 0.03, 0, 0.1, 2.63918128e2},
		{"chi=scalar, mass=0.2 GeV, m_V=0.5 GeV", "chi n -> chi n", 0.5, 0.2, 0, 0.2, 5.25320659e-1},
		{"chi=scalar, mass=1 GeV, m_V=0.05 GeV", "chi n -> chi n", 20, 1, 0, 3, 1.30844883},
		{"chi=dirac, mass=0.01 GeV, m_V=0.03 GeV", "chi A -> chi A", 0.05, 0.01, 37.2247, 1e-3, 4.05299828e9},
		{"chi=dirac, mass=0.03 GeV, m_V=0.09 GeV", "chi A -> chi A", 1, 0.03, 37.2247, 0.01, 7.75095882e9},
		{"chi=dirac, mass=0.5 GeV, m_V=0.2 GeV", "chi A -> chi A", 10, 0.5, 37.2247, 0.05, 4.26629175e6},
		{"chi=scalar, mass=0.01 GeV, m_V=0.03 GeV", "chi A -> chi A", 0.05, 0.01, 37.2247, 1e-3, 4.50346596e9},
		{"chi=scalar, mass=0.03 GeV, m_V=0.09 GeV", "chibar A -> chibar A", 1, 0.03, 37.2247, 0.01, 7.77038743e9},
		{"chi=scalar, mass=0.5 GeV, m_V=0.2 GeV", "chi A -> chi A", 10, 0.5, 37.2247, 0.05, 4.26682514e6},
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct at m;
		at_init(&m, t[i].set);
		struct hit h = {&m, row_of(t[i].row), t[i].E, t[i].m, t[i].m, t[i].mt};
		if (!(h.mt > 0))
			h.mt = bsm_pdg_mass(h.row->out[1]);
		ck_close(me2_at(&h, t[i].q2) / m.coupling2, t[i].me2, 1e-6);
	}
}
END_TEST

/* The row on electrons integrates to its closed form, Dirac and scalar. */
START_TEST(test_row_of_electrons)
{
	for (int scalar = 0; scalar < 2; scalar++) {
		struct at m;
		at_init(&m, scalar ? "chi=scalar" : "chi=dirac");
		double me = bsm_pdg_mass(11);
		struct hit h = {&m, row_of("chi e- -> chi e-"), 5, 0.03, 0.03, me};
		double whole = bsm_dark_electron_sigma(scalar ? BSM_DARK_SCALAR : BSM_DARK_DIRAC, 5, 0.03, 0.09, m.coupling2, 0, INFINITY);
		ck_close(total(&h), whole, 1e-7);
	}
}
END_TEST

/* ---- chi1 -> chi2 ---- */
START_TEST(test_inelastic)
{
	static const struct { const char *set, *row; double E, m1, m2, q2, me2, sigma; } t[] = {
		{"mass=0.03 GeV, splitting=0.01 GeV, m_V=0.09 GeV", "chi1 e- -> chi2 e-", 5, 0.03, 0.04, 0.001874605226, 5.27432579e-1,
		 7.84598747e-28},
		{"mass=0.01 GeV, splitting=0.01 GeV, m_V=0.3 GeV", "chi1 e- -> chi2 e-", 20, 0.01, 0.02, 0.004008327619, 1.52784926e-1,
		 4.85008576e-29},
		{"mass=0.03 GeV, splitting=0.03 GeV, m_V=0.09 GeV", "chi1 p -> chi2 p", 2, 0.03, 0.06, 0.9106545773, 4.80876776,
		 3.95435248e-27},
		{"mass=0.2 GeV, splitting=0.15 GeV, m_V=0.5 GeV", "chi1 p -> chi2 p", 1, 0.2, 0.35, 0.6604467945, 1.59778993,
		 5.33633159e-29},
		{"mass=0.5 GeV, splitting=0.5 GeV, m_V=0.3 GeV", "chi1 n -> chi2 n", 10, 0.5, 1, 1.691659795, 4.12626487, 1.45366831e-29},
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct at m;
		at_init(&m, "chi=inelastic");
		struct bsm_ctx ctx = {0};
		ck_assert(bsm_point_set_list(&ctx, &m.p, t[i].set) == BSM_OK);
		struct hit h = {&m, row_of(t[i].row), t[i].E, t[i].m1, t[i].m2, 0};
		h.mt = bsm_pdg_mass(h.row->out[1]);
		ck_close(me2_at(&h, t[i].q2) / m.coupling2, t[i].me2, 1e-6);
		double unit = m.p.par[3] * m.p.par[3] * m.p.par[4];
		ck_close(total(&h) / unit, t[i].sigma, 1e-6);
	}
}
END_TEST

START_TEST(test_chi2_decay)
{
	static const struct { const char *set; double m1, m2, width; } t[] = {
		{"mass=0.03 GeV, splitting=0.01 GeV, m_V=0.09 GeV", 0.03, 0.04, 3.09196470e-16},
		{"mass=0.03 GeV, splitting=0.02 GeV, m_V=0.09 GeV", 0.03, 0.05, 8.09654415e-15},
		{"mass=0.2 GeV, splitting=0.1 GeV, m_V=0.5 GeV", 0.2, 0.3, 2.98418080e-14},
		{"mass=1 GeV, splitting=0.02 GeV, m_V=3 GeV", 1, 1.02, 1.17644955e-20},
		{"mass=0.03 GeV, splitting=2.5 MeV, m_V=0.09 GeV", 0.03, 0.0325, 2.17507647e-19},
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct at m;
		struct bsm_ctx ctx = {0};
		at_init(&m, "chi=inelastic, eps=1e-3, alpha_D=0.5");
		ck_assert(bsm_point_set_list(&ctx, &m.p, t[i].set) == BSM_OK);
		struct bsm_particle a = {.m = t[i].m2, .p = {t[i].m2, 0, 0, 0}};
		struct bsm_in in = {.par = m.p.par, .derived = m.derived, .row = row_of("chi2 -> chi1 e- e+"), .a = &a};
		double me = bsm_pdg_mass(11), mass[3] = {t[i].m1, me, me};
		ck_close(bsm_three_body_width(&in, t[i].m2, mass), t[i].width, 1e-6);
	}
}
END_TEST

/* A conserved current gives nothing along q; that of chi1 -> chi2 the difference of masses times a scalar density. */
START_TEST(test_conservation)
{
	for (int spin = 0; spin < 2; spin++)
		for (int unequal = 0; unequal < 2; unequal++) {
			double m1 = 0.3, m2 = unequal ? 0.8 : 0.3;
			struct bsm_dark_current c = {.spin = (enum bsm_dark_spin)spin, .m_in = m1, .m_out = m2};
			c.in = (struct bsm_p4){sqrt(m1 * m1 + 14), 1, 2, 3};
			c.out = (struct bsm_p4){sqrt(m2 * m2 + 2.22), 0.1, -1, 1.1};
			struct bsm_dark_target t = {0, 1, bsm_p4_sub(c.in, c.out)};
			double kp = bsm_p4_dot(c.in, c.out), d = m2 - m1;
			double expected = spin == BSM_DARK_SCALAR ? pow(m2 * m2 - m1 * m1, 2) : d * d * 2 * (kp + m1 * m2);
			ck_assert(fabs(bsm_dark_contract(&c, &t) - expected) <= 1e-12 * kp * kp);
		}
}
END_TEST

/* ---- inclusive ---- */
static void callan_gross(const struct bsm_in *in, double q2, double W, double *a1, double *a2)
{
	double M = in->b->m, nu = (W * W - M * M + q2) / (2 * M);
	double F2 = q2 / (q2 + 1);
	*a1 = 4 * BSM_PI * F2 / (2 * q2 / (2 * M * nu)); /* 4 pi M W1 with M W1 = F2/2x */
	*a2 = 4 * BSM_PI * F2 / (nu * M);
}

static double sum_of_map(const struct bsm_in *in, const struct bsm_dark_exchange *e, const struct bsm_dark_hadrons *h, int pi)
{
	enum { N = 700 };
	double sum = 0;
	for (int k = 0; k < N * N; k++) {
		double v = (k / N + 0.5) / N, rest = 1 - v; /* fine where u is near 1: the largest q2 */
		double u[5] = {(k % N + 0.5) / N, 1 - pow(rest, 4), 0.3, 0.4, 0.7};
		struct bsm_particle out[3] = {{.m = in->a->m}, {.m = bsm_pdg_mass(2212)}, {.m = bsm_pdg_mass(pi)}};
		double w = bsm_dark_to_hadrons(in, e, h, 2, u, out);
		sum += w * 4 * pow(rest, 3) / ((double)N * N);
		if (w > 0 && k % 997 == 0) { /* four-momentum */
			struct bsm_p4 P = bsm_p4_add(out[0].p, bsm_p4_add(out[1].p, out[2].p));
			ck_close(P.e, in->a->p.e + in->b->m, 1e-9);
			ck_close(P.z, in->a->p.z, 1e-9);
		}
	}
	return sum;
}

static struct bsm_particle along_z(double m, double E)
{
	return (struct bsm_particle){.m = m, .p = {E, 0, 0, sqrt(E * E - m * m)}};
}

START_TEST(test_deep)
{
	static const struct { enum bsm_dark_spin spin; double E, m, mV, all, above2; } t[] = {
		{BSM_DARK_DIRAC, 100, 0.03, 0.09, 3.4097669e-28, 2.4664146e-29},
		{BSM_DARK_SCALAR, 100, 0.03, 0.09, 3.3240811e-28, 2.3655202e-29},
		{BSM_DARK_DIRAC, 60, 2, 3, 2.8953364e-30, 2.4334513e-30},
		{BSM_DARK_SCALAR, 60, 2, 3, 2.5836383e-30, 2.1327426e-30},
	};
	struct bsm_particle b = along_z(bsm_pdg_mass(2212), bsm_pdg_mass(2212));
	for (size_t i = 0; i < 4; i++) {
		struct bsm_particle a = along_z(t[i].m, t[i].E);
		struct bsm_in in = {.a = &a, .b = &b, .take = -1};
		struct bsm_dark_exchange e = {t[i].spin, t[i].mV, 1};
		struct bsm_dark_hadrons h = {2, 10, 0, 0, 0, callan_gross};
		ck_close(sum_of_map(&in, &e, &h, 111), t[i].all, 5e-5); /* midpoints: 2e-5 here, a quarter at 2 N */
		h.q2_min = 2; /* a step, somewhere within a bin: 4 (1 - v)^3/N of u = .5, so 3.4e-3 of the half above it */
		ck_close(sum_of_map(&in, &e, &h, 111), t[i].above2, 3.4e-3);
		/* nothing where the threshold, or the smallest q2, is out of reach */
		h.lo = 11;
		ck_assert_double_eq(sum_of_map(&in, &e, &h, 111), 0);
		h.lo = 2;
		h.q2_min = 1e3;
		ck_assert_double_eq(sum_of_map(&in, &e, &h, 111), 0);
	}
}
END_TEST

START_TEST(test_delta)
{
	static const struct { enum bsm_dark_spin spin; double E, m, mV, sigma; } t[] = {
		{BSM_DARK_DIRAC, 2, 0.03, 0.09, 1.1345824e-28},
		{BSM_DARK_SCALAR, 2, 0.03, 0.09, 1.0712349e-28},
		{BSM_DARK_DIRAC, 20, 0.5, 1, 2.1054419e-30},
	};
	ck_close(bsm_delta_sigma_t(0, 1.232) * BSM_HBARC2_CM2 * 1e30, 422.298, 1e-5);
	ck_close(bsm_delta_sigma_t(1, 1.3), 1.24285542e-1, 1e-6);
	struct bsm_particle b = along_z(bsm_pdg_mass(2212), bsm_pdg_mass(2212));
	for (size_t i = 0; i < 3; i++) {
		struct bsm_particle a = along_z(t[i].m, t[i].E);
		struct bsm_in in = {.a = &a, .b = &b, .take = -1};
		struct bsm_dark_exchange e = {t[i].spin, t[i].mV, 16 * BSM_PI * BSM_PI * BSM_ALPHA};
		struct bsm_dark_hadrons h = {1.08, 1.7, 1.232, 0.117, 0, bsm_dark_delta};
		ck_close(sum_of_map(&in, &e, &h, 111), t[i].sigma, 1e-3);
	}
}
END_TEST

/* ---- pi- p -> n V: from the current sigma, conserved ---- */
START_TEST(test_capture)
{
	static const double mV[] = {0.03, 0.09, 0.12}, ratio[] = {1.00213385, 0.93165468, 0.68882352};
	for (int i = 0; i < 3; i++) {
		struct bsm_vector v = bsm_vector_kinetic(mV[i], 1);
		ck_close(bsm_dark_capture(&v, 1), ratio[i], 1e-7);
	}
	struct bsm_vector v = bsm_vector_kinetic(0.14, 1);
	ck_assert_double_eq(bsm_dark_capture(&v, 1), 0);
}
END_TEST

TEST_MAIN("dark_scattering", test_electrons, test_millicharge, test_rows, test_row_of_electrons, test_inelastic,
	  test_chi2_decay, test_conservation, test_deep, test_delta, test_capture)
