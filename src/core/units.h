/* Quantities with units: "350 MeV", "574 m", "2.4 MW". */
#ifndef BSM_CORE_UNITS_H
#define BSM_CORE_UNITS_H
#include "core/context.h"

enum bsm_dim {            /* and the unit that the program holds it in */
	BSM_DIM_NONE,     /* plain number ("", and "%") */
	BSM_DIM_ENERGY,   /* GeV: also masses and momenta (GeV/c, GeV/c2 are accepted) */
	BSM_DIM_PER_ENERGY, /* 1/GeV */
	BSM_DIM_LENGTH,   /* m */
	BSM_DIM_TIME,     /* s */
	BSM_DIM_ANGLE,    /* rad */
	BSM_DIM_MASS,     /* kg of matter: "147 t" */
	BSM_DIM_DENSITY,  /* g/cm3 */
	BSM_DIM_AREA,     /* cm2: "12 ub" */
	BSM_DIM_POWER,    /* W */
	BSM_DIM_CURRENT,  /* A */
	BSM_DIM_FIELD,    /* T */
	BSM_DIM_FREQUENCY, /* Hz */
	BSM_DIM_PER_ENERGY2, /* 1/GeV^2 */
	BSM_DIM_COUNT
};

const char *bsm_dim_unit(enum bsm_dim);    /* "GeV", "m", ... as printed */
enum bsm_dim bsm_unit_dim(const char *unit); /* of a unit's name; BSM_DIM_COUNT if unknown */
/* Parses "350 MeV" as a quantity of dimension dim. A zero needs no unit. Non-finite numbers are refused.
 * On failure the message says what was found and which units would do (without file and line). */
enum bsm_status bsm_parse_quantity(struct bsm_ctx *, const char *text, enum bsm_dim dim, double *out);
#endif
