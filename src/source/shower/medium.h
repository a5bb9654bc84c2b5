/* A medium as showers see it: cross-sections per metre and losses in GeV per metre, tabulated over energy. */
#ifndef BSM_SHOWER_MEDIUM_H
#define BSM_SHOWER_MEDIUM_H
#include "core/context.h"
#include "source/shower/atom.h"

struct bsm_em_row {                /* at one energy: of the photon, or the kinetic energy of e- and e+ */
	double photon;             /* 1/m, all processes */
	double pair, compton;      /* shares of it; the rest is photoelectric */
	double hard[2];            /* 1/m; electron, positron: bremsstrahlung, delta rays, annihilation in flight */
	double brems[2], delta[2]; /* shares of it; the rest is annihilation */
	double most[2]; /* 1/m: no smaller than hard at any energy from 0.8 times this one to the next row's */
	double loss[2]; /* GeV/m, everything below threshold */
};

struct bsm_em_medium {
	const struct bsm_material *material; /* not owned */
	double radiation_length;             /* m; infinite in vacuum */
	double threshold; /* GeV: kinetic energy of the softest particle that is followed or hit loose */
	double cut;       /* GeV: softest photon that takes its energy at once; softer ones brake evenly */
	int atoms;
	struct bsm_em_atom atom[BSM_ELEMENTS];
	int n; /* energies threshold exp(i / per_log) */
	double ln0, per_log;
	struct bsm_em_row *row;
	/* By energy and element: shares of the elements added up, and the largest value of k pair_density and of
	 * brems_density between threshold and end. */
	double *pair_share, *brems_share, *pair_peak, *brems_peak;
};

enum { BSM_EM_PER_DECADE = 24 };
/* The cut over the threshold. Near a threshold that is a cut as well, electrons would creep where they should jump, and
 * their track length come out a fourth too small. */
#define BSM_EM_CUT 0.1

/* Up to energy `top` [GeV]. A material of no density is vacuum, and has no table. */
enum bsm_status bsm_em_medium_init(struct bsm_ctx *, struct bsm_em_medium *, const struct bsm_material *,
				   double threshold, double top);
void bsm_em_medium_free(struct bsm_em_medium *);

/* Where an energy stands in the tables. */
struct bsm_em_place {
	int i;
	double f;
};
struct bsm_em_place bsm_em_place(const struct bsm_em_medium *, double energy);
static inline double bsm_em_mix(double a, double b, double f)
{
	return a + f * (b - a);
}
double bsm_em_photon_rate(const struct bsm_em_medium *, double k);             /* 1/m */
double bsm_em_hard_rate(const struct bsm_em_medium *, int positron, double t); /* 1/m */
double bsm_em_loss(const struct bsm_em_medium *, int positron, double t);      /* GeV/m, below threshold only */
/* Collision loss without a threshold, and all of bremsstrahlung [GeV/m], straight from the formulas. */
double bsm_em_stopping(const struct bsm_material *, int positron, double t);
double bsm_em_radiating(const struct bsm_material *, double t);
#endif
