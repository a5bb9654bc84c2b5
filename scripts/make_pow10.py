#!/usr/bin/env python3
"""Writes src/core/pow10.c: 128-bit mantissas of the powers of ten from 1e-292 to 1e324, by exact integer arithmetic.

10^k = m 2^e with 2^127 <= m < 2^128; the table holds ceil(m), which is exact for 0 <= k <= 55.
Usage: scripts/make_pow10.py > src/core/pow10.c
"""
from fractions import Fraction

FIRST, LAST = -292, 324


def mantissa(k):
    value = Fraction(10) ** k
    shift = 127 - (value.numerator.bit_length() - value.denominator.bit_length())
    scaled = value * Fraction(2) ** shift
    while scaled >= 2**128:
        scaled /= 2
    while scaled < 2**127:
        scaled *= 2
    return -(-scaled.numerator // scaled.denominator)


print("/* Made by scripts/make_pow10.py: 10^k = m 2^e with 2^127 <= m < 2^128; ceil(m) as {high, low} words. */")
print('#include "core/pow10.h"')
print()
print("const uint64_t bsm_pow10_table[BSM_POW10_LAST - BSM_POW10_FIRST + 1][2] = {")
rows = [mantissa(k) for k in range(FIRST, LAST + 1)]
cells = ["{0x%016x, 0x%016x}," % (m >> 64, m & (2**64 - 1)) for m in rows]
for i in range(0, len(cells), 2):
    print("\t" + " ".join(cells[i:i + 2]))
print("};")
