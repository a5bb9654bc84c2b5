/* The beamline as slabs in z, each of them a nest of regions around the axis: target, horn conductors, gas, walls. Every
 * boundary is a cone (r linear in z) or a box (half widths linear in z). Beyond the outermost lies the wall. */
#ifndef BSM_BEAMLINE_LAYOUT_H
#define BSM_BEAMLINE_LAYOUT_H
#include "core/node.h"
#include "source/beamline/matter.h"

enum bsm_shape { BSM_CONE, BSM_BOX };
struct bsm_edge {            /* at z: rx = a + b (z - z0); boxes have a second half width */
	enum bsm_shape shape;
	double ax, bx, ay, by;
};

enum bsm_current { BSM_NO_FIELD, BSM_GAP, BSM_INNER_CONDUCTOR };
struct bsm_region {
	struct bsm_edge edge;        /* outer; the region reaches in to the one before it */
	int matter;                  /* index into layout->matter */
	enum bsm_current field;
	double kA2;                  /* 2e-7 I [T m]: field at radius r is kA2/r (current along +z focuses positives if > 0) */
};

enum { BSM_REGIONS = 12, BSM_SLABS = 512, BSM_MATTERS = 24 };
struct bsm_slab {
	double z0, z1;
	int n, wall;                 /* regions; matter beyond them */
	struct bsm_region region[BSM_REGIONS];
};

struct bsm_horn {
	char name[32];
	double current;              /* A, signed */
	double z0, z1;               /* m */
};

enum { BSM_HORNS = 6 };
struct bsm_layout {
	int nslab, nmatter, nhorn;
	struct bsm_slab *slab;       /* ascending, contiguous */
	struct bsm_matter matter[BSM_MATTERS];
	struct bsm_horn horn[BSM_HORNS];
	double skin;                 /* of the inner conductors' current [m]; 0: uniform density */
	double pipe_end;             /* m: where the decay volume ends; detectors lie behind it */
};

/* What is reported when the layout is asked about a point. */
struct bsm_place { int slab, region; }; /* region == n: in the wall; slab < 0 or == nslab: outside */

/* Factor of all currents; shifts of the target along z and of the beam sideways [m]. Horns stay on the axis. */
struct bsm_layout_dials { double current, target_z, beam_x; };
/* Reads target, horns, tubes and sections from the source's map. */
enum bsm_status bsm_layout_read(struct bsm_ctx *, struct bsm_node *root, const struct bsm_layout_dials *, struct bsm_layout *);
void bsm_layout_free(struct bsm_layout *);

static inline double bsm_edge_x(const struct bsm_edge *e, double dz) { return e->ax + e->bx * dz; }
static inline double bsm_edge_y(const struct bsm_edge *e, double dz) { return e->ay + e->by * dz; }
/* Inside the edge at (x, y), dz behind the slab's start. */
int bsm_edge_inside(const struct bsm_edge *, double x, double y, double dz);
/* Distance along the unit vector d from r (z counted from the slab's start) to the edge, from inside or from outside;
 * infinity if it is not met. */
double bsm_edge_distance(const struct bsm_edge *, int inside, const double r[3], const double d[3]);
double bsm_layout_radius(const struct bsm_layout *); /* largest distance of an aperture from the axis [m] */
struct bsm_place bsm_layout_find(const struct bsm_layout *, double x, double y, double z);
/* Toroidal field [T] at the point: components along x and y. */
void bsm_layout_field(const struct bsm_layout *, const struct bsm_slab *, int region, double x, double y, double dz, double B[2]);
#endif
