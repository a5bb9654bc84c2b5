/* A detector: volumes of matter and its place in each beam. Metres, radians; the detector's own frame. */
#ifndef BSM_GEOMETRY_H
#define BSM_GEOMETRY_H
#include "bsmnu/p4.h"
#include "core/context.h"
#include "core/node.h"
#include "geometry/material.h"

enum { BSM_VOLUMES = 24, BSM_FRAMES = 8, BSM_SEGMENTS = 2 * BSM_VOLUMES };

enum bsm_shape { BSM_BOX, BSM_CYLINDER, BSM_SPHERE };
enum bsm_role { BSM_FIDUCIAL, BSM_ACTIVE, BSM_DIRT };

struct bsm_volume {
	char name[32];
	enum bsm_shape shape;
	enum bsm_role role;
	struct bsm_p4 center, half; /* box: half widths; cylinder: half.x radius, half.z half length; sphere: half.x */
	struct bsm_p4 axis;         /* unit, of a cylinder */
	const struct bsm_material *material;
	double density;             /* g/cm3, where it is not the material's; else 0 */
};
/* Density over the material's own. */
double bsm_volume_density_ratio(const struct bsm_volume *);

struct bsm_frame {                  /* x_detector = R (x_beam - origin) */
	char beam[32];
	struct bsm_p4 origin;       /* of the detector frame, in beam coordinates */
	double R[3][3];
};

struct bsm_detector {
	char name[64], doc[160];
	int nvolume, nframe;
	struct bsm_volume volume[BSM_VOLUMES]; /* the first that contains a point owns it */
	struct bsm_frame frame[BSM_FRAMES];
	int target_pdg;             /* nucleus that decays in flight are written upon */
	unsigned wanted;            /* bit mask of roles that count as "in the detector": fiducial, else active */
};

struct bsm_segment { double from, to; int volume; }; /* along a line, m */

enum bsm_status bsm_detector_open(struct bsm_ctx *, struct bsm_node *, struct bsm_detector *);
/* A sphere around a point of the beam's frame, with axes along the beam's, without a file: a list of three lengths, or
 * {position: [x, y, z], radius: 1 m, material: LAr}. */
enum bsm_status bsm_detector_point(struct bsm_ctx *, struct bsm_node *, const char *beam, struct bsm_detector *);
const struct bsm_frame *bsm_detector_frame(const struct bsm_detector *, const char *beam); /* NULL if not given */

struct bsm_p4 bsm_frame_point(const struct bsm_frame *, struct bsm_p4 x);     /* beam -> detector; keeps x.e */
struct bsm_p4 bsm_frame_direction(const struct bsm_frame *, struct bsm_p4 p); /* rotation alone; keeps p.e */
struct bsm_p4 bsm_frame_to_beam(const struct bsm_frame *, struct bsm_p4 x);   /* detector -> beam */

/* Pieces of the half line x + t n (t > 0, n a unit vector) inside volumes whose role is in the mask (1 << role), ordered,
 * not overlapping. Returns how many (at most BSM_SEGMENTS). */
int bsm_detector_cross(const struct bsm_detector *, unsigned roles, struct bsm_p4 x, struct bsm_p4 n, struct bsm_segment *);
/* Smallest box along the axes that holds all volumes of the roles. */
void bsm_detector_bounds(const struct bsm_detector *, unsigned roles, struct bsm_p4 *lo, struct bsm_p4 *hi);
double bsm_volume_size(const struct bsm_volume *); /* m3 */
/* Uniform over the volume. */
void bsm_volume_point(const struct bsm_volume *, double u0, double u1, double u2, struct bsm_p4 *x);
/* Index of the volume that owns the point, or -1. */
int bsm_detector_at(const struct bsm_detector *, struct bsm_p4 x);
#endif
