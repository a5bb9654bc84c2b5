/* What the writer and the reader of NuHepMC share. */
#ifndef BSM_FORMAT_NUHEPMC_H
#define BSM_FORMAT_NUHEPMC_H
#include "format/format.h"

enum {
	BSM_REMNANT_PDG = 2009900000, /* P.C.2: what is left of a nucleus */
	BSM_ARGON_PDG = 1000180400,
	BSM_STATUS_LATER_TARGET = 22,   /* target of a vertex after the primary: E.R.7 allows one 20 */
	BSM_LARGEST_NUMBER = 0x7fffffff /* HepMC3's event number is an int */
};

struct bsm_nuhepmc_units { /* what a number of the record is multiplied with */
	const char *name;  /* of the U line */
	double energy, length, time;
};

/* GEV MM, time as c t in mm; and for WCSim, which takes the numbers as MeV, mm and ns. */
extern const struct bsm_nuhepmc_units bsm_nuhepmc_units, bsm_nuhepmc_wcsim_units;

/* Order of the vertices in which each comes after those that made its incoming particles: 0, or 1 for a circle.
 * from, to and nvertex must be in range. */
int bsm_nuhepmc_order(const struct bsm_event *, uint8_t order[BSM_EVENT_VERTICES]);

/* May it be written? Then also its order, and whether a target at rest and its remnant must be added. */
enum bsm_status bsm_nuhepmc_check(struct bsm_ctx *, const struct bsm_run *, const struct bsm_event *,
				  uint8_t order[BSM_EVENT_VERTICES], int *spectator);

/* The nucleus that stands for the target of a decay. */
int32_t bsm_nuhepmc_spectator(const struct bsm_run *, double *mass_GeV);

/* Is this status of a vertex declared in the header? */
int bsm_nuhepmc_vertex_status_known(int32_t status);
enum bsm_status bsm_nuhepmc_header(struct bsm_ctx *, const struct bsm_run *, int wcsim, struct bsm_text *);

/* In the reader's file. */
enum bsm_status bsm_nuhepmc_open(struct bsm_ctx *, struct bsm_reader *, struct bsm_run *);
enum bsm_status bsm_nuhepmc_next(struct bsm_ctx *, struct bsm_reader *, struct bsm_event *, int *more);
#endif
