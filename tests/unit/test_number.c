/* Numbers as text: shortest, exact, and read back without locale. */
#include "check_main.h"
#include "core/text.h"

#include <locale.h>
#include <stdio.h>

static uint64_t state = 20260701;

static uint64_t next_bits(void) /* splitmix64 */
{
	uint64_t z = state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static double from_bits(uint64_t bits)
{
	double v;
	memcpy(&v, &bits, sizeof v);
	return v;
}

static int same_bits(double a, double b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

/* Significant digits of a decimal text, without leading and trailing zeros. */
static size_t significant(const char *text, char *digits)
{
	size_t n = 0;
	for (; *text && *text != 'e'; text++)
		if (*text >= '0' && *text <= '9' && (n || *text != '0'))
			digits[n++] = *text;
	while (n && digits[n - 1] == '0')
		n--;
	digits[n] = '\0';
	return n;
}

static void check_value(double v)
{
	char text[40], other[40], mine[40], theirs[40];
	double back;
	char *end = bsm_put_double(text, v);
	ck_assert_int_le((int)(end - text), 25);
	*end = '\0';
	ck_assert_msg(bsm_parse_double(text, end, &back) == 0 && same_bits(back, v), "%a -> %s -> %a", v, text, back);
	ck_assert_msg(same_bits(strtod(text, NULL), v), "strtod: %a -> %s", v, text);
	int precision = 1;
	for (; precision < 17; precision++) {
		snprintf(other, sizeof other, "%.*e", precision - 1, v);
		if (strtod(other, NULL) == v)
			break;
	}
	snprintf(other, sizeof other, "%.*e", precision - 1, v);
	size_t n = significant(text, mine), m = significant(other, theirs);
	ck_assert_msg(n <= m, "%s is longer than %s", text, other);
	/* The nearest decimal of that length may fall outside the interval while another one is inside: then the %.*e
	 * search is longer than ours, never shorter. */
	if (n == m && v != 0)
		ck_assert_msg(strcmp(mine, theirs) == 0, "%s, but the nearest is %s", text, other);
}

START_TEST(edge_values)
{
	static const double values[] = {0,
					-0.0,
					1,
					-1,
					10,
					123,
					0.1,
					0.3,
					1.0 / 3,
					2.0 / 3,
					1e15,
					1e16,
					1e17,
					1e21,
					1e22,
					1e23,
					9007199254740991,
					9007199254740992,
					9007199254740993.0,
					123456789012345678.0,
					5e-324,
					2.2250738585072014e-308,
					2.2250738585072009e-308,
					1.7976931348623157e308,
					9.5e-3,
					1e-4,
					9.999e-5,
					1e-5,
					4.35,
					0.000001,
					2.98023223876953125e-8,
					9.5367431640625e-7,
					6.02214076e23,
					5e-320,
					1e-309,
					1.1e-308,
					299792458,
					299792458e3,
					2.5e-9,
					65535.5,
					4.9406564584124654e-324,
					8.41e21,
					9.409340012568248e18,
					2e-323,
					2.0019656e-321,
					7.2057594037927933e16};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		check_value(values[i]);
	for (int e = 0; e < 2047; e++) /* every power of two, its neighbours, every binade's end */
		for (int64_t d = -1; d <= 1; d++)
			if (e || d > 0)
				check_value(from_bits(((uint64_t)e << 52) + (uint64_t)d));
}
END_TEST

START_TEST(random_values)
{
	for (int i = 0; i < 100000; i++) {
		double v = from_bits(next_bits());
		if (isfinite(v))
			check_value(v);
		check_value(from_bits(next_bits() >> (12 + next_bits() % 52))); /* subnormal */
		check_value((double)(int64_t)(next_bits() >> next_bits() % 63) / 1000);
		check_value((double)(next_bits() >> 11) * 0x1p-53);
	}
}
END_TEST

static void check_text(double v, const char *expected)
{
	char text[40];
	*bsm_put_double(text, v) = '\0';
	ck_assert_str_eq(text, expected);
}

START_TEST(form)
{
	check_text(1, "1");
	check_text(-0.0, "-0");
	check_text(0.000123, "0.000123");
	check_text(0.0000123, "1.23e-05");
	check_text(123.45, "123.45");
	check_text(1e22, "1e+22");
	check_text(1.5e300, "1.5e+300");
	check_text(-2.5e-9, "-2.5e-09");
	check_text(1e15, "1000000000000000");
	check_text(120000, "120000");
	check_text((double)NAN, "nan");
	check_text((double)INFINITY, "inf");
	check_text(-(double)INFINITY, "-inf");
}
END_TEST

static int parses(const char *text, double *v)
{
	*v = -1;
	return bsm_parse_double(text, text + strlen(text), v) == 0;
}

START_TEST(reading)
{
	static const char *const good[] = {"1",
					   "+1",
					   "-1.5",
					   "1.",
					   ".5",
					   "1e5",
					   "1E+05",
					   "1e-400",
					   "0e999999999",
					   "1e0000000001",
					   "123456789012345678901234567890",
					   "0.00000000000000000000000000000000000000000000001",
					   "9007199254740993",
					   "9007199254740993.0000000000000000000000000000001",
					   "2.2250738585072011e-308",
					   "2.4703282292062327e-324",
					   "2.4703282292062328e-324",
					   "1.7976931348623158e308",
					   "8.5e-324",
					   "100000000000000008388608.000000001",
					   "1e23",
					   "6631236846766476e-323",
					   "3.2378839133029012895883524125015321748630094e-321"};
	static const char *const bad[] = {"",     " 1",    "1 ",    "1e",   "e5",       ".",     "-",     "+-1",
					  "0x10", "1,5",   "1e5.5", "1..2", "infinity", "NaN",   "1e999", "-1e400",
					  "1d5",  "1_000", "--1",   "1e+",  "1.8e308",  "nan(0)"};
	double v;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(parses(good[i], &v) && same_bits(v, strtod(good[i], NULL)), "%s -> %.17g", good[i], v);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!parses(bad[i], &v), "%s was taken as %.17g", bad[i], v);
	ck_assert(parses("nan", &v) && isnan(v));
	ck_assert(parses("-inf", &v) && isinf(v) && v < 0);
	char huge[4000];
	memset(huge, '1', sizeof huge);
	ck_assert_int_ne(bsm_parse_double(huge, huge + sizeof huge, &v), 0);
}
END_TEST

START_TEST(random_texts)
{
	for (int i = 0; i < 300000; i++) {
		char text[64];
		int n = 0, digits = 1 + (int)(next_bits() % 22);
		for (int k = 0; k < digits; k++)
			text[n++] = (char)('0' + next_bits() % 10);
		n += snprintf(text + n, sizeof text - (size_t)n, "e%d", (int)(next_bits() % 680) - 350);
		double expected = strtod(text, NULL), v = 0;
		int failed = bsm_parse_double(text, text + n, &v);
		ck_assert_msg(failed == !isfinite(expected) && (failed || same_bits(v, expected)), "%s -> %a, not %a",
			      text, v, expected);
	}
}
END_TEST

START_TEST(integers)
{
	static const int64_t values[] = {0,     1,        -1,        9,         10,        99,         100,
					 12345, 99999999, 100000000, INT64_MAX, INT64_MIN, -1000000007};
	int64_t back;
	char text[40], other[40];
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char *end = bsm_put_int(text, values[i]);
		*end = '\0';
		snprintf(other, sizeof other, "%lld", (long long)values[i]);
		ck_assert_str_eq(text, other);
		ck_assert(bsm_parse_int(text, end, &back) == 0 && back == values[i]);
	}
	*bsm_put_uint(text, UINT64_MAX) = '\0';
	ck_assert_str_eq(text, "18446744073709551615");
	static const char *const bad[] = {"",    "-", "9223372036854775808", "-9223372036854775809", "1.0", "1e3",
					  "0x1", " 1"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(bsm_parse_int(bad[i], bad[i] + strlen(bad[i]), &back) != 0, "%s was taken", bad[i]);
}
END_TEST

/* A decimal comma in the process's locale must change nothing. */
START_TEST(other_locale)
{
	static const char *const names[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ru_RU.UTF-8"};
	double v;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		setlocale(LC_ALL, names[i]);
	check_text(1.5, "1.5");
	ck_assert(parses("2.2250738585072011e-308", &v) && v == 2.2250738585072011e-308);
	ck_assert(parses("1.25", &v) && v == 1.25);
	setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(buffer)
{
	struct bsm_text t = {0};
	for (int i = 0; i < 1000; i++) {
		bsm_text_int(&t, i);
		bsm_text_char(&t, ' ');
		bsm_text_double(&t, i + 0.5);
		bsm_text_str(&t, "\n");
	}
	bsm_text_printf(&t, "%s-%d", "end", 7);
	ck_assert_int_eq(t.failed, 0);
	ck_assert(strncmp(bsm_text_cstr(&t), "0 0.5\n1 1.5\n", 12) == 0);
	ck_assert_str_eq(bsm_text_cstr(&t) + t.len - 5, "end-7");
	bsm_text_clear(&t);
	ck_assert_str_eq(bsm_text_cstr(&t), "");
	ck_assert_ptr_null(bsm_text_reserve(&t, SIZE_MAX / 2)); /* must fail, not wrap around */
	ck_assert_int_eq(t.failed, 1);
	bsm_text_str(&t, "dropped");
	ck_assert_uint_eq(t.len, 0);
	ck_assert_str_eq(bsm_text_cstr(&t), "");
	bsm_text_free(&t);
}
END_TEST

TEST_MAIN("number", edge_values, random_values, form, reading, random_texts, integers, other_locale, buffer)
