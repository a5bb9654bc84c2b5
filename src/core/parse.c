/* Numbers from text, without locale. Short decimals are exact by one multiplication or division (W. Clinger, 1990);
 * up to 19 digits go through a 128-bit product (D. Lemire, "Number parsing at a gigabyte per second", 2021); what is
 * left (more digits, subnormals, near ties) goes to strtod in the C locale. */
#define _GNU_SOURCE /* strtod_l */
#include "core/pow10.h"
#include "core/text.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { LONGEST = 1100 }; /* characters; 767 significant digits decide any double */

static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;
static locale_t c_locale; /* written once, then only read */

static void make_c_locale(void)
{
	c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static int parse_slowly(const char *text, size_t n, double *out)
{
	char copy[LONGEST + 1];
	pthread_once(&c_locale_once, make_c_locale);
	if (n > LONGEST || c_locale == (locale_t)0)
		return 1;
	memcpy(copy, text, n);
	copy[n] = '\0';
	char *end;
	double v = strtod_l(copy, &end, c_locale);
	if (end != copy + n || isinf(v))
		return 1;
	*out = v;
	return 0;
}

/* w 10^k rounded to nearest, w != 0; 0 where this method cannot decide. */
static int product(uint64_t w, int k, double *out)
{
	__extension__ typedef unsigned __int128 u128;
	if (k < BSM_POW10_FIRST || k > 308)
		return 0;
	const uint64_t *ceiling = bsm_pow10_table[k - BSM_POW10_FIRST];
	uint64_t high = ceiling[0], low = ceiling[1];
	if (k < 0 || k > BSM_POW10_EXACT) /* the method wants the floor */
		high -= low-- == 0;
	int shift = __builtin_clzll(w);
	w <<= shift;
	u128 first = (u128)w * high;
	uint64_t top = (uint64_t)(first >> 64), rest = (uint64_t)first;
	if ((top & 0x1ff) == 0x1ff) {
		uint64_t more = (uint64_t)((u128)w * low >> 64);
		rest += more;
		top += rest < more;
		if (rest == UINT64_MAX)
			return 0;
	}
	int leading = (int)(top >> 63), drop = leading + 9;
	int exponent = ((k * 217706) >> 16) + 63 + leading - shift + 1023;
	uint64_t m = top >> drop; /* 54 bits */
	if (exponent <= 0 || exponent >= 0x7fe)
		return 0;
	if (rest <= 1 && k >= -4 && k <= 23 && (m & 3) == 1 && m << drop == top)
		m &= ~(uint64_t)1; /* a tie: to even */
	m = (m + (m & 1)) >> 1;
	if (m >> 53) {
		m >>= 1;
		exponent++;
	}
	uint64_t bits = (m & 0xfffffffffffff) | (uint64_t)exponent << 52;
	memcpy(out, &bits, sizeof bits);
	return 1;
}

static int combine(uint64_t w, int k, double *out)
{
	static const double small[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
				       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	if (w == 0) {
		*out = 0;
		return 1;
	}
	if (w >> 53 == 0 && k >= -22 && k <= 22) {
		*out = k < 0 ? (double)w / small[-k] : (double)w * small[k];
		return 1;
	}
	return product(w, k, out);
}

struct scan {
	const char *at, *end;
	uint64_t digits; /* value of the significant digits */
	int count;       /* of significant digits */
	int any;         /* a digit was seen */
	int exponent;
};

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void scan_digits(struct scan *s, int after_point)
{
	const char *from = s->at;
	uint64_t v = s->digits;
	int count = s->count;
	for (; s->at < s->end && is_digit(*s->at); s->at++) {
		v = v * 10 + (uint64_t)(*s->at - '0');
		count += count > 0 || *s->at != '0';
	}
	s->digits = v;
	s->count = count;
	s->any |= s->at > from;
	if (after_point)
		s->exponent -= (int)(s->at - from);
}

/* After 'e' or 'E': sign and digits; exponents beyond any double are capped. */
static int scan_exponent(struct scan *s)
{
	int negative = 0, value = 0;
	if (s->at < s->end && (*s->at == '-' || *s->at == '+'))
		negative = *s->at++ == '-';
	if (s->at == s->end || !is_digit(*s->at))
		return 1;
	for (; s->at < s->end && is_digit(*s->at); s->at++)
		if (value < 100000)
			value = value * 10 + (*s->at - '0');
	s->exponent += negative ? -value : value;
	return 0;
}

static int parse_word(const char *text, size_t n, double *out)
{
	if (n != 3 || (memcmp(text, "nan", 3) && memcmp(text, "inf", 3)))
		return 1;
	*out = text[0] == 'n' ? (double)NAN : (double)INFINITY;
	return 0;
}

int bsm_parse_double(const char *text, const char *end, double *out)
{
	if (text >= end || end - text > LONGEST)
		return 1;
	struct scan s = {.at = text, .end = end};
	int negative = *text == '-';
	if (negative || *text == '+')
		s.at++;
	const char *start = s.at;
	double v;
	scan_digits(&s, 0);
	if (s.at < end && *s.at == '.') {
		s.at++;
		scan_digits(&s, 1);
	}
	if (!s.any) {
		if (parse_word(start, (size_t)(end - start), &v))
			return 1;
	} else {
		if (s.at < end && (*s.at == 'e' || *s.at == 'E')) {
			s.at++;
			if (scan_exponent(&s))
				return 1;
		}
		if (s.at != end)
			return 1;
		if ((s.count > 19 || !combine(s.digits, s.exponent, &v)) &&
		    parse_slowly(start, (size_t)(end - start), &v))
			return 1;
	}
	*out = negative ? -v : v;
	return 0;
}

int bsm_parse_int(const char *text, const char *end, int64_t *out)
{
	int negative = text < end && *text == '-';
	if (text < end && (*text == '-' || *text == '+'))
		text++;
	if (text >= end)
		return 1;
	uint64_t limit = (uint64_t)INT64_MAX + (uint64_t)negative, v = 0;
	for (; text < end; text++) {
		if (!is_digit(*text))
			return 1;
		uint64_t d = (uint64_t)(*text - '0');
		if (v > (limit - d) / 10)
			return 1;
		v = v * 10 + d;
	}
	*out = negative ? (int64_t)(0 - v) : (int64_t)v;
	return 0;
}
