/* The particle table: order, lookup of every row, conjugates, charges, and values against the review. */
#include <stdint.h>
#include <string.h>

#include "bsmnu/model.h"
#include "check_main.h"
#include "core/constants.h"
#include "kinematics/particles.h"

START_TEST(test_rows)
{
	int rows;
	const struct bsm_pdg *table = bsm_pdg_table(&rows);
	ck_assert_int_gt(rows, 80);
	for (int i = 0; i < rows; i++) {
		const struct bsm_pdg *r = &table[i];
		if (i)
			ck_assert_int_lt(table[i - 1].pdg, r->pdg);
		ck_assert_ptr_eq(bsm_pdg_find(r->pdg), r);
		ck_assert_ptr_eq(bsm_pdg_find(-r->pdg), r->antiname ? r : NULL);
		ck_assert_int_eq(bsm_pdg_conj(r->pdg), r->antiname ? -r->pdg : r->pdg);
		ck_assert_int_eq(bsm_pdg_conj(bsm_pdg_conj(r->pdg)), r->pdg);
		ck_assert(r->mass >= 0 && r->width >= 0 && r->width < 3);
		ck_assert_int_eq(bsm_pdg_charge3(r->pdg), r->charge3);
		/* Fermions have an odd twice-spin: leptons, and the baryons with their four digits of quarks and spin.
		 */
		int digits = r->pdg % 10000;
		ck_assert_int_eq(r->spin2 & 1, r->pdg < 20 || digits >= 1000);
		if (r->antiname) {
			ck_assert_int_eq(bsm_pdg_charge3(-r->pdg), -r->charge3);
			ck_assert_str_ne(r->name, r->antiname);
		} else {
			ck_assert_int_eq(r->charge3, 0);
		}
	}
}
END_TEST

START_TEST(test_unknown)
{
	static const int32_t codes[] = {0,  1,          10,       -111,      -22,       -130,
					99, 1000180400, -9900015, INT32_MAX, INT32_MIN, INT32_MIN + 1};
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		ck_assert_ptr_null(bsm_pdg_find(codes[i]));
		ck_assert_ptr_null(bsm_pdg_name(codes[i]));
		ck_assert(isnan(bsm_pdg_mass(codes[i])));
		ck_assert_int_eq(bsm_pdg_charge3(codes[i]), 0);
	}
}
END_TEST

START_TEST(test_values)
{
	ck_assert_str_eq(bsm_pdg_name(-13), "mu+");
	ck_assert_str_eq(bsm_pdg_name(211), "pi+");
	ck_assert_str_eq(bsm_pdg_name(-411), "D-");
	ck_assert_int_eq(bsm_pdg_charge3(2224), 6);
	ck_assert_double_eq(bsm_pdg_mass(-13), 0.1056583755);
	ck_assert_double_eq(bsm_pdg_mass(14), 0);
	/* Lifetimes [s] of the listings, against hbar/width: the table has four digits or more. */
	ck_close(bsm_pdg_ctau(13) / BSM_C, 2.1969811e-6, 1e-6);
	ck_close(bsm_pdg_ctau(211) / BSM_C, 2.6033e-8, 1e-4);
	ck_close(bsm_pdg_ctau(321) / BSM_C, 1.2380e-8, 2e-4);
	ck_close(bsm_pdg_ctau(130) / BSM_C, 5.116e-8, 5e-4);
	ck_close(bsm_pdg_ctau(310) / BSM_C, 0.8954e-10, 1e-4);
	ck_close(bsm_pdg_ctau(15) / BSM_C, 290.3e-15, 5e-4);
	ck_close(bsm_pdg_ctau(411) / BSM_C, 1.033e-12, 1e-3);
	ck_assert(isinf(bsm_pdg_ctau(2212)) && isinf(bsm_pdg_ctau(11)));
	ck_assert_double_eq(bsm_pdg_width(22), 0);
}
END_TEST

TEST_MAIN("particles", test_rows, test_unknown, test_values)
