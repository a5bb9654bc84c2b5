/* One beam proton and all that comes of it, down to the decays: weighted parents at their decay points. */
#ifndef BSM_BEAMLINE_CASCADE_H
#define BSM_BEAMLINE_CASCADE_H
#include "source/beamline/charm.h"
#include "source/beamline/hadroproduction.h"
#include "source/beamline/track.h"
#include "source/parents.h"

struct bsm_proton_beam {
	double momentum;                     /* GeV */
	double z, offset_x, offset_y;        /* m: where the protons start */
	double spot_x, spot_y;               /* m: standard deviations there */
	double divergence_x, divergence_y;   /* rad; negative: converging, in proportion to the distance from the axis */
};

enum { BSM_CASCADE_STACK = 4096 };
struct bsm_cascade {
	const struct bsm_layout *layout;
	const struct bsm_hadroproduction *make;
	struct bsm_proton_beam beam;
	struct bsm_charmed charm;            /* of beam protons; none in a beam that has none */
	int generations;                     /* interactions after the beam proton's that are followed */
	double keep;                         /* rows below this weight x importance are thinned to it */
};

/* history = first + 64 x last: regions of the hadrons that the first and the last interaction made (0: none). A region is
 * 1 + 6 x species + 2 x (0, 1, 2: xF below .1, to .25, above) + (0, 1: pT below, above .3 GeV); species pi+ pi- K+ K- K0 p n. */
enum { BSM_REGION_SPECIES = 7, BSM_REGION_BINS = 6 };
int bsm_history_region(int32_t pdg, double xF, double pT);

struct bsm_decay_row { struct bsm_parent parent; int history; };
struct bsm_decay_rows { struct bsm_decay_row *row; size_t n, cap; int failed; double seen, kept; }; /* seen, kept: weights */

/* Scratch of a worker. */
struct bsm_cascade_work { struct bsm_trail trail; struct bsm_flying stack[BSM_CASCADE_STACK]; int n; };

void bsm_cascade_proton(const struct bsm_cascade *, struct bsm_rng *, struct bsm_cascade_work *, struct bsm_decay_rows *);
/* What a row is worth for a flux far away; used to thin. */
double bsm_row_importance(const struct bsm_parent *);
#endif
