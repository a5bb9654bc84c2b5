/* Form factors of nuclei and atoms: limits, series against closed form, numbers of others. */
#include "bsmnu/model.h"
#include "check_main.h"
#include "core/constants.h"
#include "physics/form_factors.h"

static const double fm = 1e-15 / BSM_HBARC;

START_TEST(test_helm)
{
	for (int A = 1; A < 240; A += 17) {
		ck_assert_double_eq(bsm_helm(0, A), 1);
		double q2 = 1e-4 / bsm_helm_r2(A); /* slope at the origin */
		ck_close((1 - bsm_helm(q2, A)) / q2, bsm_helm_r2(A) / 6, 1e-4);
	}
	/* Radii of electron scattering (Angeli, Marinova 2013: C 2.4702, Al 3.0610, Ar 3.4274, Pb 5.5012 fm): Helm's
	 * law with one set of constants for all nuclei keeps to 7 %. */
	static const struct {
		int A;
		double r;
	} radius[] = {{12, 2.4702}, {27, 3.0610}, {40, 3.4274}, {208, 5.5012}};
	for (int i = 0; i < 4; i++)
		ck_close(sqrt(bsm_helm_r2(radius[i].A)) / fm, radius[i].r, 0.07);
	/* Series and closed form meet. */
	double q2 = 0.3 * 0.3 / (5.0 / 3 * (bsm_helm_r2(40) - 3 * 0.81 * fm * fm));
	ck_close(bsm_helm(q2 * (1 - 1e-12), 40), bsm_helm(q2 * (1 + 1e-12), 40), 1e-11);
	/* First zero of j1, at 4.493409. */
	q2 *= (4.493409457909064 / 0.3) * (4.493409457909064 / 0.3);
	ck_assert(bsm_helm(q2 * 0.999, 40) > 0 && bsm_helm(q2 * 1.001, 40) < 0);
	/* Argon at q = 0.1 GeV: 40 digits, tests/derive/alp_formulas.py. */
	ck_close(bsm_helm(0.01, 40), 0.59534042983726353, 1e-9);
}
END_TEST

START_TEST(test_atom)
{
	for (int Z = 1; Z < 93; Z++) {
		double a = bsm_atomic_radius(Z);
		ck_assert_double_eq(bsm_atomic_screening(0, Z), 0);
		ck_close(bsm_atomic_screening(1 / (a * a), Z), 0.5, 1e-12);
		ck_close(bsm_atomic_screening(1e6 / (a * a), Z), 1, 2e-6);
		/* 111 Z^(-1/3)/m_e of the beam-dump papers. */
		if (Z > 4)
			ck_close(a * bsm_pdg_mass(11), 111 / cbrt(Z), 0.01);
	}
	/* Free protons at large q2 but small against their own size; nothing from a bound atom at rest. */
	ck_close(bsm_atomic_inelastic(1e-5, 6), 6, 0.02);
	ck_assert_double_eq(bsm_atomic_inelastic(0, 6), 0);
	for (double q2 = 1e-20; q2 < 1e4; q2 *= 3)
		ck_assert(isfinite(bsm_helm(q2, 40)) && bsm_atomic_inelastic(q2, 18) >= 0);
}
END_TEST

TEST_MAIN("form_factors", test_helm, test_atom)
