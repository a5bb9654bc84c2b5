/* Vector portal: widths, hadrons, meson decays. Numbers of others: FORESEE (Models/DarkPhoton/model/br, from
 * 1911.11147), BdNMC, RPP; derived ones: tests/derive/vector.py. */
#include <string.h>

#include "bsmnu/model.h"
#include "check_main.h"
#include "core/constants.h"
#include "physics/vector_hadrons.h"
#include "physics/vector_mesons.h"

static double fraction(double mass, enum bsm_vector_channel channel)
{
	struct bsm_vector v = bsm_vector_kinetic(mass, 1e-4);
	return bsm_vector_hadron_width(&v, channel) / bsm_vector_visible(&v);
}

START_TEST(test_couplings)
{
	struct bsm_vector k = bsm_vector_kinetic(0.5, 1e-3), b = bsm_vector_baryonic(0.5, 2);
	ck_close(bsm_vector_proton(&k), 1e-3, 1e-12);
	ck_assert(fabs(bsm_vector_neutron(&k)) < 1e-18);
	ck_close(bsm_vector_proton(&b), 2.0, 1e-14);
	ck_close(bsm_vector_neutron(&b), 2.0, 1e-14);
	/* kinetic mixing: every hadron's current is the photon's */
	ck_close(bsm_vector_rho(&k), 1e-3, 1e-12);
	ck_close(bsm_vector_omega(&k), 1e-3, 1e-12);
	ck_close(bsm_vector_phi(&k), 1e-3, 1e-12);
	int32_t meson[] = {111, 221, 331, 113, 223, 333, 443, 100443};
	for (int i = 0; i < 3; i++)
		ck_close(bsm_vector_anomaly(&k, meson[i]), 1e-3, 1e-12);
	for (int i = 3; i < 8; i++)
		ck_close(bsm_vector_meson_charge(&k, meson[i]), 1e-3, 1e-12);
	/* baryon number has no isovector part; pi0 -> gamma V is g: Tulin 1404.4370, 1405.7049 */
	ck_assert_double_eq(bsm_vector_rho(&b), 0);
	ck_close(bsm_vector_omega(&b), 4.0, 1e-14);
	ck_close(bsm_vector_phi(&b), -2.0, 1e-14);
	ck_close(bsm_vector_anomaly(&b, 111), 2.0, 1e-14);
}
END_TEST

START_TEST(test_widths)
{
	struct bsm_vector v = bsm_vector_kinetic(0.1, 1);
	ck_close(BSM_HBARC / bsm_vector_visible(&v), 8.1123e-13, 1e-4);
	v.mass = 1;
	ck_close(bsm_vector_ll(&v, 11), BSM_ALPHA / 3, 1e-9);
	ck_assert_double_eq(bsm_vector_ll(&v, 15), 0);
	/* chi with the charge of the electron is an electron; a scalar is a quarter of it when light; equal Majorana
	 * masses are a Dirac fermion */
	ck_close(bsm_vector_chi(1, BSM_ALPHA, BSM_CHI_DIRAC, bsm_pdg_mass(13), 0), bsm_vector_ll(&v, 13), 1e-13);
	ck_close(bsm_vector_chi(1, 0.5, BSM_CHI_SCALAR, 1e-6, 0), bsm_vector_chi(1, 0.5, BSM_CHI_DIRAC, 1e-6, 0) / 4,
		 1e-10);
	ck_close(bsm_vector_chi(1, 0.5, BSM_CHI_INELASTIC, 0.3, 0.3), bsm_vector_chi(1, 0.5, BSM_CHI_DIRAC, 0.3, 0),
		 1e-12);
	for (int kind = BSM_CHI_DIRAC; kind <= BSM_CHI_INELASTIC; kind++) {
		ck_assert_double_eq(bsm_vector_chi(1, 0.5, (enum bsm_chi)kind, 0.5, 0.5), 0);
		ck_assert_double_eq(bsm_vector_chi(1, 0.5, (enum bsm_chi)kind, 3, 3), 0);
		/* digits at threshold: p of mass difference 1e-12 */
		double w = bsm_vector_chi(1, 1, (enum bsm_chi)kind, (1 - 1e-12) / 2, (1 - 1e-12) / 2);
		double b = sqrt(2e-12), expect = kind == BSM_CHI_SCALAR ? b * b * b / 12 : b * 1.5 / 3;
		ck_close(w, expect, 1e-3);
	}
}
END_TEST

START_TEST(test_hadrons)
{
	struct bsm_vector v = bsm_vector_kinetic(0.5, 1e-4);
	double all = bsm_vector_visible(&v);
	ck_close(bsm_vector_ll(&v, 11) / all, 0.4035, 3e-4);
	ck_close(bsm_vector_ll(&v, 13) / all, 0.3984, 3e-4);
	ck_close(fraction(0.5, BSM_V_PIPI), 0.1980, 1e-3);
	ck_close(fraction(0.4000219978922003, BSM_V_PIPI), 0.0880092915, 1e-3);
	ck_close(fraction(0.3000219978922002, BSM_V_PIPI), 0.00940473797, 2e-3);
	ck_close(fraction(1.0200219978921985, BSM_V_KK), 0.46111852, 5e-3);
	ck_close(fraction(0.8500219978922007, BSM_V_3PI), 0.02550059, 5e-2);
	ck_close(fraction(0.7830219978922006, BSM_V_3PI), 0.51881518, 4e-2);
	/* vector mesons themselves: peaks of R against RPP, 12 pi BR(ee) BR(X)/(m^2) over 4 pi alpha^2/(3 m^2).
	 * Not exact: the fits are of cross-sections without vacuum polarisation, and of other data than RPP's average.
	 */
	double unit = 9 / (BSM_ALPHA * BSM_ALPHA);
	v = bsm_vector_kinetic(0.78266, 1);
	ck_close(bsm_vector_hadron_width(&v, BSM_V_3PI) / (BSM_ALPHA * v.mass / 3), unit * 7.38e-5 * 0.892, 0.1);
	v = bsm_vector_kinetic(1.019461, 1);
	ck_close(bsm_vector_hadron_width(&v, BSM_V_KK) / (BSM_ALPHA * v.mass / 3), unit * 2.979e-4 * 0.499, 0.1);
	ck_close(bsm_vector_hadron_width(&v, BSM_V_KSKL) / (BSM_ALPHA * v.mass / 3), unit * 2.979e-4 * 0.336, 0.1);
	ck_close(bsm_vector_hadron_width(&v, BSM_V_ETAGAMMA) / (BSM_ALPHA * v.mass / 3), unit * 2.979e-4 * 0.01301,
		 0.1);
	/* KEDR, 1610.02827, and BES: R is 2.2 +- 0.1 from 1.84 to 3.05 GeV; above charm and below bottom 3.5 to 3.6 */
	ck_close(bsm_r_ratio(2.5), 2.2, 5e-2);
	ck_close(bsm_r_ratio(9), 3.55, 3e-2);
	/* exclusive below, R above: they meet at 1.7 GeV */
	ck_close(bsm_r_ratio(1.7 - 1e-9), bsm_r_ratio(1.7 + 1e-9), 5e-2);
	ck_assert_double_eq(bsm_r_ratio(0.13), 0);
	for (double m = 1e-3; m < 100; m *= 1.03) {
		v = bsm_vector_kinetic(m, 1e-3);
		double w = bsm_vector_visible(&v);
		ck_assert(isfinite(w) && w >= 0);
		for (int c = BSM_V_PIPI; c <= BSM_V_REST; c++)
			ck_assert(bsm_vector_hadron_width(&v, (enum bsm_vector_channel)c) >= 0);
	}
	/* baryon number: no two pions */
	v = bsm_vector_baryonic(0.6, 1);
	ck_assert_double_eq(bsm_vector_hadron_width(&v, BSM_V_PIPI), 0);
	ck_assert(bsm_vector_hadron_width(&v, BSM_V_PIGAMMA) > 0 && bsm_vector_hadron_width(&v, BSM_V_3PI) > 0);
}
END_TEST

START_TEST(test_gamma_vector)
{
	struct bsm_vector v = bsm_vector_kinetic(0.05, 1);
	ck_close(bsm_br_gamma_vector(&v, 111), 1.26936, 1e-5);
	v.mass = 0.1349769;
	ck_assert_double_eq(bsm_br_gamma_vector(&v, 111), 0);
	ck_assert_double_eq(bsm_br_gamma_vector(&v, 211), 0);
	/* massless V: two photons, each of which could be V */
	v.mass = 1e-9;
	ck_close(bsm_br_gamma_vector(&v, 221), 2 * bsm_br_gamma_gamma(221), 1e-9);
	/* omega -> pi0 V at zero mass: the photon mode */
	ck_close(bsm_br_meson_vector(&v, 223, 111), 0.0833, 1e-9);
	v.mass = 0.64;
	ck_assert(bsm_br_meson_vector(&v, 223, 111) > 0);
	v.mass = 0.65;
	ck_assert_double_eq(bsm_br_meson_vector(&v, 223, 111), 0);
	ck_assert_double_eq(bsm_br_meson_vector(&v, 443, 111), 0);
}
END_TEST

static double scaled(const struct bsm_portal *t, int32_t meson, double m1, double m2)
{
	return bsm_portal_br(t, meson, m1, m2) / bsm_br_gamma_gamma(meson);
}

START_TEST(test_pairs)
{
	struct bsm_portal photon = bsm_portal_photon(1, BSM_CHI_DIRAC);
	/* pi0 -> gamma e e: 1.174 % (RPP), 1.1712 % without form factor */
	ck_close(bsm_portal_br(&photon, 111, bsm_pdg_mass(11), 0), 1.1712e-2, 5e-5);
	ck_close(bsm_portal_br(&photon, 111, bsm_pdg_mass(11), 0), 1.174e-2, 5e-3);
	ck_close(bsm_portal_br(&photon, 111, 0.01, 0), 2.75531e-3, 1e-5);
	ck_close(bsm_portal_br(&photon, 221, 0.1, 0), 2.53147e-4, 2e-3); /* BR(gg) .3936 here, .3941 there */
	ck_close(bsm_portal_br_vector(&photon, 443, 1, 0), 0.055095, 2e-5);
	/* tests/derive/vector.py: a two-dimensional integral of the square from traces */
	ck_close(scaled(&photon, 111, bsm_pdg_mass(11), 0), 0.011851395, 1e-7);
	ck_close(scaled(&photon, 221, 0.1, 0), 0.00064234079, 1e-7);
	struct bsm_portal t = {1, 0.3, 0.4, 0.01, BSM_CHI_INELASTIC};
	ck_close(scaled(&t, 221, 0.05, 0.15), 0.70094672, 1e-7);
	t = (struct bsm_portal){1, 0.3, 0.9, 0.02, BSM_CHI_SCALAR};
	ck_close(scaled(&t, 221, 0.05, 0), 0.00011664769, 1e-7);
	t = (struct bsm_portal){1, 0.1, 0.06, 1e-5, BSM_CHI_SCALAR};
	ck_close(scaled(&t, 111, 0.01, 0), 43.289088, 1e-6);
	/* BdNMC, branchingratios.cpp (no BR(gg) in it): eps 1e-3, m_chi 5 MeV, m_V .1, alpha_D .1 */
	struct bsm_vector v = bsm_vector_kinetic(0.1, 1e-3);
	double width = bsm_vector_visible(&v) + bsm_vector_chi(0.1, 0.1, BSM_CHI_SCALAR, 0.005, 0);
	t = (struct bsm_portal){bsm_vector_anomaly(&v, 111), 0.1, 0.1, width, BSM_CHI_SCALAR};
	ck_close(scaled(&t, 111, 0.005, 0), 1.82783e-7, 3e-4);
	/* a narrow V is on shell: BR(P -> gamma V) BR(V -> chi chi) */
	t = (struct bsm_portal){1, 1e-8, 0.1, bsm_vector_chi(0.1, 1e-8, BSM_CHI_DIRAC, 0.02, 0), BSM_CHI_DIRAC};
	v = bsm_vector_kinetic(0.1, 1);
	ck_close(bsm_portal_br(&t, 221, 0.02, 0), bsm_br_gamma_vector(&v, 221), 1e-5);
	/* massless chi: the limit of light ones; through a photon without end */
	t = (struct bsm_portal){1, 0.3, 0.9, 0.02, BSM_CHI_DIRAC};
	ck_close(bsm_portal_br(&t, 221, 0, 0), bsm_portal_br(&t, 221, 1e-5, 0), 1e-6);
	ck_assert(isinf(bsm_portal_br(&photon, 221, 0, 0)));
	/* a V without a width to speak of, on shell */
	t = (struct bsm_portal){1, 0, 0.1, 1e-22, BSM_CHI_SCALAR};
	t.alpha_D = t.width / bsm_vector_chi(0.1, 1, BSM_CHI_SCALAR, 0.02, 0);
	ck_close(bsm_portal_br(&t, 221, 0.02, 0), bsm_br_gamma_vector(&v, 221), 1e-6);
	/* closed */
	ck_assert_double_eq(bsm_portal_br(&photon, 111, 0.0675, 0), 0);
	ck_assert_double_eq(bsm_portal_br(&photon, 211, 0.01, 0), 0);
	ck_assert_double_eq(bsm_portal_br_vector(&photon, 443, 1.6, 0), 0);
	ck_assert_double_eq(bsm_portal_br_vector(&photon, 111, 0.01, 0), 0);
}
END_TEST

static struct bsm_portal portal;
static double pair_me2(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_portal_me2(&portal, in->row->in, out[2].p, out[0].p, out[1].p);
}

/* The squared amplitude integrated by the engine's routine is the branching fraction of the integral over s. */
START_TEST(test_me2)
{
	static const struct bsm_process row = {.in = 221, .out = {11, -11, 22}, .me2 = pair_me2};
	struct bsm_in in = {.row = &row};
	for (int kind = BSM_CHI_DIRAC; kind <= BSM_CHI_INELASTIC; kind++) {
		double m1 = 0.05, m2 = kind == BSM_CHI_INELASTIC ? 0.15 : m1;
		portal = (struct bsm_portal){0.01, 0.3, 0.4, 0.01, (enum bsm_chi)kind};
		double w = bsm_three_body_width(&in, bsm_pdg_mass(221), (double[]){m1, m2, 0});
		ck_close(w / bsm_pdg_width(221), bsm_portal_br(&portal, 221, m1, m2), 1e-8);
	}
}
END_TEST

TEST_MAIN("vector", test_couplings, test_widths, test_hadrons, test_gamma_vector, test_pairs, test_me2)
