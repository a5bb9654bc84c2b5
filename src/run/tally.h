/* What a run counts: trials, weights, spectra, channels. Adds up over blocks and shards to the same bits. */
#ifndef BSM_TALLY_H
#define BSM_TALLY_H
#include "core/json.h"
#include "core/node.h"
#include "core/blocks.h"
#include "event/event.h"

enum { BSM_HIST_BINS = 60, BSM_TALLY_ROWS = 512, BSM_HISTS = 4 };

struct bsm_hist {            /* weights are per unit of norm times trials: divide by trials */
	double lo, hi;
	struct bsm_sum w[BSM_HIST_BINS], w2[BSM_HIST_BINS];
};

enum bsm_hist_kind { BSM_HIST_ENERGY, BSM_HIST_DELAY, BSM_HIST_FLIGHT, BSM_HIST_VISIBLE };

struct bsm_tally {
	uint64_t trials, hits, events;   /* trials; with a weight above zero; written */
	struct bsm_sum w, w2;            /* weights of all trials */
	struct bsm_sum kept, kept2;      /* weights of what was written: 1, or above for overweights */
	struct bsm_sum over;             /* weight above the maximum, in units of it */
	uint64_t overweights;
	uint64_t copies;                 /* events of a format without weights: overweights are written more than once */
	double largest;                  /* overweight; 1: none */
	struct bsm_hist hist[BSM_HISTS];
	struct bsm_sum row[BSM_TALLY_ROWS]; /* weight by process of the primary vertex */
	struct bsm_sum made[BSM_TALLY_ROWS]; /* and by the process that made its incoming particle */
};

void bsm_tally_clear(struct bsm_tally *, const double (*range)[2]); /* ranges of the histograms */
/* Energy that a detector can see of an event [GeV]: kinetic of nucleons and nuclei, total of all else but neutrinos and what the
 * particle table does not know. */
double bsm_visible_energy(const struct bsm_event *);
/* Counts a trial of weight w > 0. */
void bsm_tally_add(struct bsm_tally *, const struct bsm_event *, double w);
void bsm_tally_merge(struct bsm_tally *, const struct bsm_tally *);
void bsm_tally_write(struct bsm_json *, const struct bsm_tally *);
enum bsm_status bsm_tally_read(struct bsm_ctx *, struct bsm_node *map, struct bsm_tally *);
#endif
