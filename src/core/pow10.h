/* Powers of ten for the number writer and reader of number.c. */
#ifndef BSM_CORE_POW10_H
#define BSM_CORE_POW10_H
#include <stdint.h>

enum { BSM_POW10_FIRST = -292, BSM_POW10_LAST = 324, BSM_POW10_EXACT = 55 }; /* exact from 0 to 55 */

/* 10^k = m 2^e with 2^127 <= m < 2^128: ceil(m) as {high, low} words. Made by scripts/make_pow10.py. */
extern const uint64_t bsm_pow10_table[BSM_POW10_LAST - BSM_POW10_FIRST + 1][2];
#endif
