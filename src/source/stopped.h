/* Inside of the source kind `stopped`: shared by its rays and the reader of its time structure. */
#ifndef BSM_SOURCE_STOPPED_H
#define BSM_SOURCE_STOPPED_H
#include "source/source.h"
#include "source/variants.h"

struct bsm_stopped_row {
	double m;
	double lifetime; /* s: mean time from the stop to the decay; shorter where capture competes */
	double before; /* s: mean time from the proton to the stop: the lifetime of the stopped particle it comes of, or
			  0 */
};

enum { BSM_STOPPED_NDIM = 5 };
struct bsm_stopped {
	int box;                     /* 0: a cylinder along z */
	double lo[3], hi[3], radius; /* m; a cylinder uses z and the radius */
	struct bsm_stopped_row *row; /* one a component */
};

/* Keys `beam` and `pulse` -> the time structure of the protons. (stopped_pulse.c) */
enum bsm_status bsm_pulse_read(struct bsm_ctx *, struct bsm_node *root, struct bsm_bunches *);
#endif
