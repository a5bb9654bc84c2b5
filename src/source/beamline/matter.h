/* What a beam's particles pass through: a material with its density, the chance of nuclear interactions, energy loss and
 * scattering, tabulated once. */
#ifndef BSM_BEAMLINE_MATTER_H
#define BSM_BEAMLINE_MATTER_H
#include <stdint.h>

#include "geometry/material.h"

/* What tells hadrons apart in matter. */
enum bsm_strong { BSM_STRONG_NUCLEON, BSM_STRONG_PION, BSM_STRONG_KAON_PLUS, BSM_STRONG_KAON_MINUS, BSM_STRONG_KAON_ZERO, BSM_STRONG_NONE };
enum bsm_strong bsm_strong_of(int32_t pdg); /* K_L and K_S: KAON_ZERO; leptons: NONE */

enum { BSM_MATTER_BINS = 96, BSM_IONISING = 4 };
struct bsm_matter {
	const struct bsm_material *material;
	double density;               /* g/cm3 */
	double X0;                    /* radiation length [m]; infinity in vacuum */
	double electrons;             /* g/cm3 x Z/A */
	double I;                     /* mean excitation energy [GeV] */
	double hw;                    /* plasma energy [GeV] */
	/* Macroscopic cross-sections [1/m] in bins of ln p: of production, and of scattering without it. */
	double absorb[BSM_STRONG_NONE][BSM_MATTER_BINS], scatter[BSM_STRONG_NONE][BSM_MATTER_BINS];
	double loss[BSM_IONISING][BSM_MATTER_BINS]; /* dE/dx [GeV/m] of muon, pion, kaon, proton */
};

/* All that a step asks for at one momentum. */
struct bsm_passage { double absorb, scatter, loss; };

void bsm_matter_init(struct bsm_matter *, const struct bsm_material *, double density);
struct bsm_passage bsm_matter_passage(const struct bsm_matter *, enum bsm_strong, int ionising, double lnp);
int bsm_ionising(int32_t pdg); /* row of `loss`; -1 if it does not ionise */
double bsm_matter_absorb(const struct bsm_matter *, enum bsm_strong, double p);  /* 1/m */
/* Mean ionisation loss of a singly charged particle heavier than the electron [GeV/m]. */
double bsm_matter_dedx(const struct bsm_matter *, double p, double m);
/* The element that is hit, with its share of the cross-section chosen by u: index into material->element. */
int bsm_matter_element(const struct bsm_matter *, enum bsm_strong, double p, double u);
#endif
