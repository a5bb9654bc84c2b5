/* Form factors of semileptonic meson decays, and the branching fractions that fix their absolute size. */
#ifndef BSM_PHYSICS_MESON_FORM_FACTORS_H
#define BSM_PHYSICS_MESON_FORM_FACTORS_H
#include <stdint.h>

#include "physics/chiral.h"

enum bsm_shape { BSM_POLES, BSM_Z_CS, BSM_Z_CD }; /* f+ and f0: two poles; ETM z-expansion of c -> s and of c -> d */
struct bsm_semileptonic {
	int32_t parent, child;    /* positive codes: charge and antiparticle do not matter here */
	double ckm;               /* |V| */
	double isospin;           /* Clebsch-Gordan factor of the rate: 1/2 for a pi0 */
	enum bsm_shape shape;
	double f0;                /* f+(0), pseudoscalar child */
	double pole[2];           /* GeV: of f+ and of f0 (BSM_POLES); of V and of A0 (vector child) */
	double v[2], a0[2], a1[3], a2[3]; /* vector child: value at 0, sigma_1 (, sigma_2) */
	double br[2];             /* measured, e and mu mode; 0: from the other by lepton universality */
};

/* NULL for an unknown transition. */
const struct bsm_semileptonic *bsm_semileptonic_find(int32_t parent, int32_t child);
const struct bsm_semileptonic *bsm_semileptonic_table(int *rows);
int bsm_semileptonic_is_vector(const struct bsm_semileptonic *);
void bsm_form_factors_pp(const struct bsm_semileptonic *, double q2, double *fplus, double *fzero);
struct bsm_pv bsm_form_factors_pv(const struct bsm_semileptonic *, double q2);

/* Width of parent -> child l N with |U|^2 = 1 and the form factors as they are (no normalisation to data). */
double bsm_semileptonic_width(const struct bsm_semileptonic *, double ml, double mN);
/* Factor that brings the width at mN = 0 to the measured branching fraction of the lepton. */
double bsm_semileptonic_scale(const struct bsm_semileptonic *, int32_t lepton);
#endif
