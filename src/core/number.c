/* Doubles as the shortest decimal text that reads back as the same double, after R. Giulietti, "The Schubfach way to
 * render doubles" (2020). No locale, no printf, no state. Reading is in parse.c. */
#include "core/pow10.h"
#include "core/text.h"

static const char digit_pairs[] = "00010203040506070809"
				  "10111213141516171819"
				  "20212223242526272829"
				  "30313233343536373839"
				  "40414243444546474849"
				  "50515253545556575859"
				  "60616263646566676869"
				  "70717273747576777879"
				  "80818283848586878889"
				  "90919293949596979899";

static void put_pair(char *to, uint32_t v)
{
	memcpy(to, digit_pairs + 2 * v, 2);
}

static void put_8(char *to, uint32_t v)
{
	uint32_t high = v / 10000, low = v % 10000;
	put_pair(to, high / 100);
	put_pair(to + 2, high % 100);
	put_pair(to + 4, low / 100);
	put_pair(to + 6, low % 100);
}

static int count_digits(uint64_t v)
{
	static const uint64_t power[] = {0,
					 10,
					 100,
					 1000,
					 10000,
					 100000,
					 1000000,
					 10000000,
					 100000000,
					 1000000000,
					 10000000000,
					 100000000000,
					 1000000000000,
					 10000000000000,
					 100000000000000,
					 1000000000000000,
					 10000000000000000,
					 100000000000000000,
					 1000000000000000000,
					 10000000000000000000u};
	int below = (64 - __builtin_clzll(v | 1)) * 1233 >> 12; /* bits times log10(2): right, or one too few */
	return below + (v >= power[below]);
}

/* Exactly n digits of v < 10^n. */
static void put_digits(char *to, uint64_t v, int n)
{
	for (; n > 8; n -= 8, v /= 100000000)
		put_8(to + n - 8, (uint32_t)(v % 100000000));
	uint32_t u = (uint32_t)v;
	for (; n >= 2; n -= 2, u /= 100)
		put_pair(to + n - 2, u % 100);
	if (n)
		*to = (char)('0' + u);
}

char *bsm_put_uint(char *to, uint64_t v)
{
	int n = count_digits(v);
	put_digits(to, v, n);
	return to + n;
}

char *bsm_put_int(char *to, int64_t v)
{
	if (v >= 0)
		return bsm_put_uint(to, (uint64_t)v);
	*to = '-';
	return bsm_put_uint(to + 1, 0 - (uint64_t)v);
}

struct decimal {
	uint64_t digits;
	int exponent; /* value = digits 10^exponent */
};

/* floor(g cp / 2^128), its last bit set where the rest is not zero ("round to odd"): g has 128 bits. */
static uint64_t round_to_odd(const uint64_t g[2], uint64_t cp)
{
	__extension__ typedef unsigned __int128 u128;
	u128 low = (u128)g[1] * cp;
	u128 sum = (u128)g[0] * cp + (uint64_t)(low >> 64);
	return (uint64_t)(sum >> 64) | ((uint64_t)sum > 1);
}

/* floor(log2(10^k)), |k| <= 1233; floor(log10(2^q)) and floor(log10(3/4 2^q)), |q| <= 1500: exact in these ranges.
 * A right shift of a negative number is arithmetic in both supported compilers. */
static int log2_pow10(int k)
{
	return (k * 1741647) >> 19;
}

static int log10_pow2(int q, int closer)
{
	return (q * 1262611 - (closer ? 524031 : 0)) >> 22;
}

/* The shortest decimal inside the rounding interval of c 2^q, the closest to it among the shortest. `closer`: the lower
 * neighbour is half as far as the upper one. */
static struct decimal shortest(uint64_t c, int q, int closer)
{
	uint64_t odd = c & 1;
	int k = log10_pow2(q, closer);
	int h = q + log2_pow10(-k) + 1;
	const uint64_t *g = bsm_pow10_table[-k - BSM_POW10_FIRST];
	uint64_t lower = round_to_odd(g, (4 * c - 2 + (uint64_t)closer) << h) + odd;
	uint64_t middle = round_to_odd(g, (4 * c) << h);
	uint64_t upper = round_to_odd(g, (4 * c + 2) << h) - odd;
	uint64_t s = middle / 4;
	if (s >= 10) {
		uint64_t t = s / 10;
		int down = lower <= 40 * t, up = 40 * t + 40 <= upper;
		if (down != up)
			return (struct decimal){t + (uint64_t)up, k + 1};
	}
	int down = lower <= 4 * s, up = 4 * s + 4 <= upper;
	if (down != up)
		return (struct decimal){s + (uint64_t)up, k};
	uint64_t half = 4 * s + 2;
	int round_up = middle > half || (middle == half && (s & 1));
	return (struct decimal){s + (uint64_t)round_up, k};
}

static struct decimal strip_zeros(struct decimal d)
{
	if (d.digits % 10)
		return d;
	while (d.digits % 10000 == 0) {
		d.digits /= 10000;
		d.exponent += 4;
	}
	while (d.digits % 10 == 0) {
		d.digits /= 10;
		d.exponent++;
	}
	return d;
}

static char *put_exponent(char *to, int e)
{
	*to++ = 'e';
	*to++ = e < 0 ? '-' : '+';
	uint32_t u = (uint32_t)(e < 0 ? -e : e);
	if (u >= 100) {
		*to++ = (char)('0' + u / 100);
		u %= 100;
	}
	put_pair(to, u);
	return to + 2;
}

/* Plain from 0.0001 to below 1e16, else d.ddde+xx. */
static char *put_decimal(char *to, struct decimal d)
{
	int n = count_digits(d.digits), point = n + d.exponent; /* digits before the point */
	if (point < -3 || point > 16) {
		put_digits(to + 1, d.digits, n);
		to[0] = to[1];
		to[1] = '.';
		return put_exponent(to + (n > 1 ? n + 1 : 1), point - 1);
	}
	if (point <= 0) {
		memcpy(to, "0.000", 5);
		put_digits(to + 2 - point, d.digits, n);
		return to + 2 - point + n;
	}
	if (point >= n) {
		put_digits(to, d.digits, n);
		memset(to + n, '0', (size_t)(point - n));
		return to + point;
	}
	char digits[24];
	put_digits(digits, d.digits, n);
	memcpy(to, digits, 16);
	memcpy(to + point + 1, digits + point, (size_t)(n - point));
	to[point] = '.';
	return to + n + 1;
}

/* Whole numbers below 2^53 need no search. */
static int is_whole(uint64_t c, int q, uint64_t *value)
{
	if (q > 0 || q < -52)
		return 0;
	uint64_t mask = ((uint64_t)1 << -q) - 1;
	*value = c >> -q;
	return !(c & mask);
}

char *bsm_put_double(char *to, double v)
{
	uint64_t bits, fraction, whole;
	memcpy(&bits, &v, sizeof bits);
	fraction = bits & 0xfffffffffffff;
	int e = (int)(bits >> 52 & 0x7ff);
	if (e == 0x7ff && fraction) {
		memcpy(to, "nan", 3);
		return to + 3;
	}
	if (bits >> 63)
		*to++ = '-';
	if (e == 0x7ff) {
		memcpy(to, "inf", 3);
		return to + 3;
	}
	if (e == 0 && fraction == 0) {
		*to++ = '0';
		return to;
	}
	uint64_t c = e ? fraction | (uint64_t)1 << 52 : fraction;
	int q = (e ? e : 1) - 1075;
	if (is_whole(c, q, &whole))
		return bsm_put_uint(to, whole);
	return put_decimal(to, strip_zeros(shortest(c, q, fraction == 0 && e > 1)));
}
