/* Fluxes at a detector: what a chain's last leg carries through the wanted volumes, by particle and energy. */
#ifndef BSM_FLUX_H
#define BSM_FLUX_H
#include "core/json.h"
#include "run/card.h"

enum { BSM_FLUX_SPECIES = 16, BSM_FLUX_BINS = 2000 };

struct bsm_flux_species {
	int32_t pdg;
	double *w, *w2;          /* sums by bin */
	double total, total2;
	double *u;               /* [bin, and the total last][universe]; NULL without universes */
};

struct bsm_flux_spectra {        /* per m2 and unit of norm, mean over the volumes */
	int bins, n, universes;
	double max_GeV;          /* edges from 0 to here */
	double trials;           /* of each chain */
	struct bsm_flux_species species[BSM_FLUX_SPECIES];
};

/* The card's chain, or all chains of the model that are fluxes (BSM_PASS) if the card names none and there are such. */
enum bsm_status bsm_flux_measure(struct bsm_ctx *, const struct bsm_card *, int threads, struct bsm_flux_spectra *);
void bsm_flux_spectra_free(struct bsm_flux_spectra *);
/* Of a particle; 0 where it does not come. Per GeV; the total over all energies. */
double bsm_flux_value(const struct bsm_flux_spectra *, int32_t pdg, int bin, double *error);
double bsm_flux_total(const struct bsm_flux_spectra *, int32_t pdg, double *error);

/* ---- universes (flux_universes.c) ---- */
/* factor[history][universe] of the card's source; NULL if the card asks for none. To be freed. */
enum bsm_status bsm_flux_factors(struct bsm_ctx *, const struct bsm_card *, float **factor);
/* Adds what needs other simulations: currents, places. */
enum bsm_status bsm_flux_geometry(struct bsm_ctx *, const struct bsm_card *, int threads, struct bsm_flux_spectra *);
/* Root mean square of universe / nominal - 1 in a bin; bin = bins: of the total. */
double bsm_flux_spread(const struct bsm_flux_spectra *, int32_t pdg, int bin);
double bsm_flux_universe(const struct bsm_flux_spectra *, int32_t pdg, int bin, int universe); /* as bsm_flux_value */

/* The same at each of the card's places (flux.off_axis), or at the one where the detector stands; one binning for all. */
struct bsm_flux_scan {
	const struct bsm_card *card;
	int places;              /* 1 at least */
	int moved;               /* 1: the card lists places */
	struct bsm_flux_spectra at[BSM_FLUX_PLACES];
	int n;                   /* particles seen anywhere, by falling total of the first place that has them */
	int32_t pdg[BSM_FLUX_SPECIES];
	char name[BSM_FLUX_SPECIES][48]; /* for columns and labels: "nu_mu", "N"; no two alike */
};
enum bsm_status bsm_flux_scan(struct bsm_ctx *, const struct bsm_card *, int threads, struct bsm_flux_scan *);
void bsm_flux_scan_free(struct bsm_flux_scan *);

/* ---- texts and files ---- */
void bsm_flux_csv(struct bsm_text *, const struct bsm_flux_scan *);
enum bsm_status bsm_flux_json(struct bsm_ctx *, struct bsm_text *, const struct bsm_flux_scan *);
/* One row a bin: centre, nue numu nutau and their antiparticles. GLoBES: per m2, GeV and POT. DarkNews: per cm2. */
enum bsm_flux_columns { BSM_FLUX_GLOBES, BSM_FLUX_DARKNEWS };
void bsm_flux_columns(struct bsm_text *, const struct bsm_flux_scan *, int place, enum bsm_flux_columns);
/* flux.csv, flux.gp, flux.png, flux.h5, and of each place flux.globes.txt and flux.darknews.dat. */
enum bsm_status bsm_flux_write(struct bsm_ctx *, const struct bsm_flux_scan *, const char *dir);
#endif
