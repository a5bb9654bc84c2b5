/* Charmed mesons' modes, for decay_tables.c. */
#ifndef BSM_DECAY_TABLES_CHARM_H
#define BSM_DECAY_TABLES_CHARM_H
#include "after/decay_tables.h"

enum { BSM_COUNT_D_PLUS = 37, BSM_COUNT_D_ZERO = 37, BSM_COUNT_D_S = 32 };
extern const struct bsm_mode bsm_modes_d_plus[BSM_COUNT_D_PLUS], bsm_modes_d_zero[BSM_COUNT_D_ZERO],
	bsm_modes_d_s[BSM_COUNT_D_S];
#define BSM_MODES_D_PLUS BSM_COUNT_D_PLUS, bsm_modes_d_plus
#define BSM_MODES_D_ZERO BSM_COUNT_D_ZERO, bsm_modes_d_zero
#define BSM_MODES_D_S    BSM_COUNT_D_S, bsm_modes_d_s
#define BSM_NOTE_CHARM   "RPP 2025; the main modes, the rest (below 30 % of the width) shared among them"
#endif
