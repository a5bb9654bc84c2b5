/* The frame of a unit test program: TEST_MAIN(name, add_tests) runs one Check suite in this process. */
#ifndef BSM_CHECK_MAIN_H
#define BSM_CHECK_MAIN_H
#include <check.h>
#include <omp.h>
#include <math.h>
#include <stdlib.h>

/* Relative comparison in double: |a - b| <= rtol |b|. */
#define ck_close(a, b, rtol)                                                                          \
	do {                                                                                          \
		double ck_a_ = (a), ck_b_ = (b), ck_t_ = (rtol);                                      \
		ck_assert_msg(fabs(ck_a_ - ck_b_) <= ck_t_ * fabs(ck_b_), "%s = %.17g, expected %.17g " \
			      "(relative difference %.3g, allowed %.3g)", #a, ck_a_, ck_b_,           \
			      fabs(ck_b_) > 0 ? ck_a_ / ck_b_ - 1 : ck_a_, ck_t_);                    \
	} while (0)

#define TEST_MAIN(name, ...)                                                    \
	int main(void)                                                          \
	{                                                                       \
		const TTest *tests_[] = {__VA_ARGS__};                          \
		Suite *suite_ = suite_create(name);                             \
		TCase *case_ = tcase_create(name);                              \
		tcase_set_timeout(case_, 0);                                    \
		for (size_t i_ = 0; i_ < sizeof tests_ / sizeof *tests_; i_++)  \
			tcase_add_test(case_, tests_[i_]);                      \
		suite_add_tcase(suite_, case_);                                 \
		SRunner *runner_ = srunner_create(suite_);                      \
		srunner_run_all(runner_, CK_NORMAL);                            \
		int failed_ = srunner_ntests_failed(runner_);                   \
		srunner_free(runner_);                                          \
		omp_pause_resource_all(omp_pause_hard); /* no thread may end under the leak checker */ \
		return failed_ ? EXIT_FAILURE : EXIT_SUCCESS;                   \
	}
#endif
