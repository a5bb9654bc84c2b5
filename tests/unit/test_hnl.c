/* Heavy neutral lepton: amplitudes against explicit spinors, widths against closed forms and integrals, spin. */
#include <string.h>

#include "bsmnu/model.h"
#include "check_main.h"
#include "core/constants.h"
#include "kinematics/particles.h"
#include "physics/hnl_widths.h"

extern const struct bsm_model bsm_model_hnl;
enum { N = 9900015, DERIVED = 600 };

struct point {
	const char *row;
	double mass;
	int conjugate;
	double a_pol[3], a[3], out[3][3], value, pol[3];
};
#include "hnl_points.h"

static double mass_of(int32_t pdg, double mN)
{
	return pdg == N || pdg == -N ? mN : bsm_pdg_mass(pdg);
}

static struct bsm_p4 four(double m, const double p[3])
{
	return (struct bsm_p4){sqrt(m * m + p[0] * p[0] + p[1] * p[1] + p[2] * p[2]), p[0], p[1], p[2]};
}

static int row_of(const char *name)
{
	for (int i = 0; bsm_model_hnl.process[i].name; i++)
		if (!strcmp(bsm_model_hnl.process[i].name, name))
			return i;
	ck_abort_msg("no row %s", name);
	return -1;
}

static int legs(const struct bsm_process *row)
{
	int n = 0;
	while (n < BSM_OUT && row->out[n])
		n++;
	return n;
}

static int32_t flip(int32_t pdg, int conjugate)
{
	return !conjugate ? pdg : pdg == N ? -N : bsm_pdg_conj(pdg);
}

/* 66 points, 33 rows of every kind of amplitude and their conjugates, spin included. */
START_TEST(test_spinors)
{
	for (size_t k = 0; k < sizeof points / sizeof *points; k++) {
		const struct point *q = &points[k];
		double par[] = {q->mass, 1, 1, 1, 0}, derived[DERIVED];
		ck_assert_int_eq(bsm_model_hnl.prepare(par, derived), 0);
		int i = row_of(q->row);
		const struct bsm_process *row = &bsm_model_hnl.process[i];
		struct bsm_particle a = {.pdg = flip(row->in, q->conjugate), .m = mass_of(row->in, q->mass)},
				    out[3] = {{0}};
		a.p = four(a.m, q->a);
		memcpy(a.pol, q->a_pol, sizeof a.pol);
		for (int j = 0; j < legs(row); j++) {
			out[j].pdg = flip(row->out[j], q->conjugate);
			out[j].m = mass_of(row->out[j], q->mass);
			out[j].p = four(out[j].m, q->out[j]);
		}
		struct bsm_in in = {.par = par, .derived = derived, .row = row, .index = i, .conjugate = q->conjugate, .a = &a};
		double value = row->me2(&in, out) / derived[2 * i + 1];
		ck_assert_msg(fabs(value / q->value - 1) < 1e-10, "%s (%d): %.15g, spinors %.15g", q->row, q->conjugate,
			      value, q->value);
		if (!row->spin)
			continue;
		row->spin(&in, out);
		for (int x = 0; x < 3; x++)
			ck_assert_msg(fabs(out[legs(row) - 1].pol[x] - q->pol[x]) < 1e-9,
				      "%s (%d): pol[%d] = %.12g, %.12g", q->row, q->conjugate, x,
				      out[legs(row) - 1].pol[x], q->pol[x]);
	}
}
END_TEST

/* The width of every row is the integral of its amplitude; closed rows are dark. */
START_TEST(test_widths_are_integrals)
{
	static const double masses[] = {0.01, 0.1, 0.137, 0.35, 0.5, 0.98, 1.3, 1.9, 3.5};
	double derived[DERIVED];
	ck_assert_int_le(bsm_model_hnl.nderived, DERIVED);
	for (size_t k = 0; k < sizeof masses / sizeof *masses; k++) {
		double M = masses[k], par[] = {M, 0.5, 1, 0.25, 0};
		ck_assert_int_eq(bsm_model_hnl.prepare(par, derived), 0);
		for (int i = 0; bsm_model_hnl.process[i].name; i++) {
			const struct bsm_process *row = &bsm_model_hnl.process[i];
			struct bsm_particle a = {.pdg = row->in, .m = mass_of(row->in, M)}, out[3] = {{0}};
			struct bsm_in in = {.par = par, .derived = derived, .row = row, .index = i, .conjugate = 0, .a = &a};
			double mass[BSM_OUT], sum = 0, width = row->total(&in), integral = 0;
			int n = legs(row);
			a.p.e = a.m;
			for (int j = 0; j < n; j++)
				sum += mass[j] = mass_of(row->out[j], M);
			if (a.m <= sum)
				ck_assert_msg(width == 0 && derived[2 * i + 1] == 0, "%s at %g", row->name, M);
			if (!row->me2 || width == 0)
				continue;
			ck_assert(n == 2 || n == 3);
			if (n == 3) {
				integral = bsm_three_body_width(&in, a.m, mass);
			} else {
				double p = bsm_two_body_p(a.m, mass[0], mass[1]);
				out[0] = (struct bsm_particle){.pdg = row->out[0], .m = mass[0]};
				out[1] = (struct bsm_particle){.pdg = row->out[1], .m = mass[1]};
				out[0].p = four(mass[0], (double[]){0.6 * p, 0, 0.8 * p});
				out[1].p = four(mass[1], (double[]){-0.6 * p, 0, -0.8 * p});
				integral = bsm_two_body_width(row->me2(&in, out), a.m, mass[0], mass[1]);
			}
			ck_assert_msg(fabs(integral / width - 1) < 1e-8, "%s at %g: %.12g, integral %.12g", row->name,
				      M, width, integral);
		}
	}
}
END_TEST

/* Closed form of 1805.08567 section 3.1.2 (logarithms), 40 digits, mpmath: independent of the integral in hnl_widths.c.
 */
START_TEST(test_nff)
{
	double s = BSM_S2W_MZ, me = bsm_pdg_mass(11), mu = bsm_pdg_mass(13);
	ck_close(bsm_width_nff(0.1, me, s - 0.5, s), 2.87116771e-20, 2e-9);
	ck_close(bsm_width_nff(0.1, me, s + 0.5, s), 1.34351783e-19, 4e-9);
	ck_close(bsm_width_nff(0.35, me, s - 0.5, s), 1.50871258e-17, 4e-9);
	ck_close(bsm_width_nff(0.35, me, s + 0.5, s), 7.05872604e-17, 2e-9);
	ck_close(bsm_width_nff(0.35, mu, s - 0.5, s), 2.19738706e-18, 3e-9);
	ck_close(bsm_width_nff(0.35, mu, s + 0.5, s), 1.53268806e-17, 4e-9);
	ck_close(bsm_width_nff(1, mu, s - 0.5, s), 2.31299177e-15, 3e-9);
	ck_close(bsm_width_nff(1, mu, s + 0.5, s), 1.15143719e-14, 5e-9);
}
END_TEST

/* Longitudinal polarisation of N in P -> l N (Shrock 1981; Ballett et al. 1905.00284), for the row (N with l+):
 * (y - x) sqrt(lambda) / (x + y - (x - y)^2), x = m_l^2/M^2, y = m_N^2/M^2, along N's flight in the meson's frame;
 * the massless limit is -1. */
START_TEST(test_polarisation)
{
	static const char *const names[] = {"pi+ -> mu+ N", "K+ -> mu+ N", "K+ -> e+ N", "Ds+ -> tau+ N",
					    "D+ -> mu+ N"};
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		for (double mN = 0.001; mN < 0.16; mN += 0.013) {
			double par[] = {mN, 1, 1, 1, 0}, derived[DERIVED];
			bsm_model_hnl.prepare(par, derived);
			int i = row_of(names[k]);
			const struct bsm_process *row = &bsm_model_hnl.process[i];
			double M = bsm_pdg_mass(row->in), ml = bsm_pdg_mass(row->out[0]), p = bsm_two_body_p(M, ml, mN);
			if (!(p > 0))
				continue;
			double x = ml * ml / (M * M), y = mN * mN / (M * M);
			double expected = (y - x) * 2 * p / M / (x + y - (x - y) * (x - y));
			for (int conjugate = 0; conjugate < 2; conjugate++) {
				struct bsm_particle a = {.pdg = flip(row->in, conjugate), .m = M, .p = {M, 0, 0, 0}},
						    out[2] = {{0}};
				struct bsm_in in = {.par = par, .derived = derived, .row = row, .index = i, .conjugate = conjugate, .a = &a};
				out[0] = (struct bsm_particle){.pdg = flip(row->out[0], conjugate), .m = ml};
				out[1] = (struct bsm_particle){.pdg = flip(N, conjugate), .m = mN};
				out[0].p = four(ml, (double[]){0, 0, -p});
				out[1].p = four(mN, (double[]){0, 0, p});
				row->spin(&in, out);
				ck_assert(fabs(out[1].pol[0]) < 1e-12 && fabs(out[1].pol[1]) < 1e-12);
				ck_close(out[1].pol[2], (conjugate ? -1 : 1) * expected, 1e-8);
			}
		}
	}
}
END_TEST

static double towards(int i, const struct bsm_process *row, const double *par, const double *derived, double cosine,
		      int conjugate)
{
	double M = par[0], m[2] = {bsm_pdg_mass(row->out[0]), bsm_pdg_mass(row->out[1])};
	double p = bsm_two_body_p(M, m[0], m[1]), s = sqrt(1 - cosine * cosine);
	struct bsm_particle a = {.pdg = N, .m = M, .p = {M, 0, 0, 0}, .pol = {0, 0, 1}}, out[2] = {{0}};
	for (int j = 0; j < 2; j++) {
		double k = j ? -p : p;
		out[j] = (struct bsm_particle){.pdg = flip(row->out[j], conjugate), .m = m[j]};
		out[j].p = four(m[j], (double[]){0, k * s, k * cosine});
	}
	struct bsm_in in = {.par = par, .derived = derived, .row = row, .index = i, .conjugate = conjugate, .a = &a};
	return row->me2(&in, out);
}

/* Angle of the lepton against the spin: 1 + alpha cos. l H (pseudoscalar): alpha = -sqrt(lambda)(1-x)/((1-x)^2-y(1+x));
 * nu gamma: +1 for the neutrino. A Majorana N adds the conjugate with -alpha: isotropic. */
START_TEST(test_asymmetry)
{
	static const struct {
		const char *row;
		double mass;
	} t[] = {
		{"N -> mu- pi+", 0.35},  {"N -> e- pi+", 0.35}, {"N -> tau- pi+", 2.5},
		{"N -> nu_mu pi0", 0.3}, {"N -> e- K+", 0.6},   {"N -> nu_mu gamma", 0.05},
	};
	for (size_t k = 0; k < sizeof t / sizeof *t; k++) {
		double M = t[k].mass, par[] = {M, 1, 1, 1, 0}, derived[DERIVED];
		bsm_model_hnl.prepare(par, derived);
		int i = row_of(t[k].row);
		const struct bsm_process *row = &bsm_model_hnl.process[i];
		double m1 = bsm_pdg_mass(row->out[0]), m2 = bsm_pdg_mass(row->out[1]);
		double x = m1 * m1 / (M * M), y = m2 * m2 / (M * M), p = bsm_two_body_p(M, m1, m2);
		double alpha = row->out[1] == 22 ? 1 : -2 * p / M * (1 - x) / ((1 - x) * (1 - x) - y * (1 + x));
		double up = towards(i, row, par, derived, 1, 0), down = towards(i, row, par, derived, -1, 0);
		double side = towards(i, row, par, derived, 0, 0);
		ck_close((up - down) / (up + down), alpha, 1e-12);
		ck_close((up + down) / 2, side, 1e-12);
		for (double c = -1; c <= 1; c += 0.25)
			ck_close(towards(i, row, par, derived, c, 0) + towards(i, row, par, derived, c, 1), 2 * side,
				 1e-12);
	}
}
END_TEST

/* |M|^2 never negative for |pol| = 1, and pol of production never longer than 1. */
START_TEST(test_positive)
{
	for (size_t k = 0; k < sizeof points / sizeof *points; k++) {
		const struct point *q = &points[k];
		double l2 = q->pol[0] * q->pol[0] + q->pol[1] * q->pol[1] + q->pol[2] * q->pol[2];
		ck_assert(q->value > 0 && l2 <= 1 + 1e-12);
	}
}
END_TEST

START_TEST(test_hadrons)
{
	/* alpha_s runs to the world average at other scales: RPP 2024 review 9: alpha_s(1.5 GeV) ~ 0.34-0.36; m_tau
	 * exact. */
	ck_close(bsm_alpha_s(bsm_pdg_mass(15)), 0.314, 1e-14);
	ck_assert(bsm_alpha_s(1.0) > 0.42 && bsm_alpha_s(1.0) < 0.55);
	ck_close(bsm_alpha_s(4.18), 0.2245, 0.02);
	/* Off up to 1 GeV, never negative, and a visible part above 1.5 GeV. */
	ck_assert_double_eq(bsm_width_l_hadrons(1.0, 13), 0);
	ck_assert_double_eq(bsm_width_nu_hadrons(0.9), 0);
	for (double M = 1.001; M < 6; M *= 1.05) {
		for (int l = 11; l <= 15; l += 2)
			ck_assert(bsm_width_l_hadrons(M, l) >= 0);
		ck_assert(bsm_width_nu_hadrons(M) >= 0);
	}
	ck_assert(bsm_width_l_hadrons(2, 13) > 0.1 * bsm_width_f_fp(2, 0.1057, 0.1396) * 0.0161);
}
END_TEST

/* Zero couplings: no rate and no failure; couplings scale rows linearly. */
START_TEST(test_couplings)
{
	double par[] = {0.4, 0, 0, 0, 0}, zero[DERIVED], one[DERIVED], three[DERIVED];
	ck_assert_int_eq(bsm_model_hnl.prepare(par, zero), 0);
	for (int i = 0; i < bsm_model_hnl.nderived; i++)
		ck_assert_double_eq(zero[i], 0);
	par[2] = 1e-8;
	bsm_model_hnl.prepare(par, one);
	par[2] = 3e-8;
	bsm_model_hnl.prepare(par, three);
	for (int i = 0; i < bsm_model_hnl.nderived; i++)
		ck_assert(fabs(three[i] - 3 * one[i]) <= 1e-12 * three[i]);
	par[0] = 0;
	ck_assert_int_ne(bsm_model_hnl.prepare(par, zero), 0);
}
END_TEST

/* Every check of `bsmnu verify hnl`. */
START_TEST(test_checks)
{
	for (const struct bsm_check *c = bsm_model_hnl.check; c->what; c++) {
		double par[5] = {1, 0, 1e-9, 0, 0};
		static const char *const keys[] = {"mass=", "Ue2=", "Umu2=", "Utau2="};
		for (int k = 0; k < 4; k++) {
			const char *at = c->set ? strstr(c->set, keys[k]) : NULL;
			if (at)
				par[k] = strtod(at + strlen(keys[k]), NULL);
		}
		if (c->set && strstr(c->set, "nature=majorana"))
			par[4] = 1;
		double value = c->value(par);
		ck_assert_msg(fabs(value / c->expected - 1) <= c->rtol,
			      "%s (%s; %s): %.9g, expected %.9g (%.2g, allowed %.2g)", c->what, c->source, c->set,
			      value, c->expected, value / c->expected - 1, c->rtol);
	}
}
END_TEST

TEST_MAIN("hnl", test_spinors, test_widths_are_integrals, test_nff, test_polarisation, test_asymmetry, test_positive,
	  test_hadrons, test_couplings, test_checks)
