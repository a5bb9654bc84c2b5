/* Fluxes at a detector: what a chain's last leg carries through the wanted volumes, by particle and energy. */
#ifndef BSM_FLUX_H
#define BSM_FLUX_H
#include "run/card.h"

enum { BSM_FLUX_SPECIES = 16, BSM_FLUX_BINS = 2000, BSM_FLUX_TRIALS = 400000 };

struct bsm_flux_species {
	int32_t pdg;
	double *w, *w2;          /* sums by bin */
	double total, total2;
};

struct bsm_flux_spectra {        /* per m2 and unit of norm, mean over the volumes */
	int bins, n;
	double max_GeV;          /* edges from 0 to here */
	struct bsm_flux_species species[BSM_FLUX_SPECIES];
};

/* The card's chain, or all chains of the model that are fluxes (BSM_PASS) if the card names none and there are such. */
enum bsm_status bsm_flux_measure(struct bsm_ctx *, const struct bsm_card *, int threads, struct bsm_flux_spectra *);
void bsm_flux_spectra_free(struct bsm_flux_spectra *);
double bsm_flux_value(const struct bsm_flux_spectra *, int species, int bin, double *error); /* per GeV */
double bsm_flux_total(const struct bsm_flux_spectra *, int species, double *error);
/* Name for columns and labels: "nu_mu", "N". */
const char *bsm_flux_name(const struct bsm_card *, int32_t pdg);
#endif
