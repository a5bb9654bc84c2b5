/* Inside of the layout's reader: parts and sections as the file gives them (layout_read.c), before they are cut into slabs
 * (layout_slabs.c). */
#ifndef BSM_BEAMLINE_LAYOUT_PARTS_H
#define BSM_BEAMLINE_LAYOUT_PARTS_H
#include "source/beamline/layout.h"

enum { BSM_PARTS = 64, BSM_POINTS = 64, BSM_CUTS = BSM_SLABS + 1 };
static const double touch = 1e-7; /* m: parts may overlap by rounding */

struct bsm_profile {
	int n;
	double z[BSM_POINTS], r[BSM_POINTS];
};
struct bsm_part { /* a ring of matter between two profiles, or a box (hx, hy) around the axis */
	enum bsm_shape shape;
	const struct bsm_node *at;
	struct bsm_profile in, out;
	double hx, hy;
	int matter;
	enum bsm_current field;
	double kA2;
};
struct bsm_section {
	const struct bsm_node *at;
	double z0, z1;
	enum bsm_shape shape;
	double x0, x1, y0, y1;
	int fill, wall;
};

struct bsm_builder {
	struct bsm_ctx *ctx;
	struct bsm_layout *l;
	const struct bsm_layout_dials *dials;
	struct bsm_part part[BSM_PARTS];
	int npart;
	struct bsm_section section[BSM_PARTS];
	int nsection;
	double cut[BSM_CUTS];
	int ncut;
};

/* Cuts everything at every z of b->cut. */
enum bsm_status bsm_layout_slabs(struct bsm_builder *b);
#endif
