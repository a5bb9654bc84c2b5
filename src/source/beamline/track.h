/* One particle through the layout: field, energy loss, scattering, up to where it interacts, stops or leaves. Decay is not
 * drawn on the way: the trail knows the particle's age everywhere, and the cascade picks the decay with its weight. */
#ifndef BSM_BEAMLINE_TRACK_H
#define BSM_BEAMLINE_TRACK_H
#include "bsmnu/model.h"
#include "core/random.h"
#include "source/beamline/layout.h"

struct bsm_flying {
	int32_t pdg;
	int charge;                /* in units of e */
	double m, ctau;            /* GeV; m (infinity if stable) */
	struct bsm_p4 p, x;
	double pol[3];
	double weight;
	int depth;                 /* interactions since the beam proton: 0 for itself */
	int history;               /* see cascade.h */
};

enum bsm_fate { BSM_LOST, BSM_STOPPED, BSM_INTERACTS };
enum { BSM_TRAIL = 2048 };
struct bsm_trail {
	int n;                     /* points; the last one is the end */
	enum bsm_fate fate;
	int matter;                /* where it ended */
	double age[BSM_TRAIL];     /* proper time over lifetime */
	struct bsm_p4 x[BSM_TRAIL], p[BSM_TRAIL];
	double pol[BSM_TRAIL][3];  /* of muons only */
};

void bsm_fly(const struct bsm_layout *, const struct bsm_flying *, struct bsm_rng *, struct bsm_trail *);
/* The particle at an age below the trail's last: straight between its points. */
void bsm_trail_at(const struct bsm_trail *, double age, struct bsm_flying *);
/* Unit vector at polar angle (ct, st) and azimuth f from the direction d. */
struct bsm_p4 bsm_turn_from(struct bsm_p4 d, double ct, double st, double f);
#endif
