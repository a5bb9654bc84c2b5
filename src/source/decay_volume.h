/* Where parents fly and decay: coaxial cylinders and cones along z, one behind the other. What meets a wall, or the
 * end, is lost. */
#ifndef BSM_SOURCE_DECAY_VOLUME_H
#define BSM_SOURCE_DECAY_VOLUME_H
#include "bsmnu/model.h"
#include "core/node.h"

enum { BSM_WALLS = 32 };
struct bsm_wall {
	double z0, z1;    /* m, beam frame */
	double r0, slope; /* radius at z0; its change per metre */
};
struct bsm_decay_volume {
	int n;
	struct bsm_wall wall[BSM_WALLS]; /* contiguous, ascending in z */
};

/* Reads a list of maps: from, to, radius, radius_end (where it differs), comment. */
enum bsm_status bsm_decay_volume_read(struct bsm_ctx *, struct bsm_node *list, struct bsm_decay_volume *);
static inline double bsm_decay_volume_begin(const struct bsm_decay_volume *v)
{
	return v->wall[0].z0;
}
static inline double bsm_decay_volume_end(const struct bsm_decay_volume *v)
{
	return v->wall[v->n - 1].z1;
}
/* Around a decay volume there is shielding and rock: a detector stands at least this far aside of it, or behind it [m]. */
#define BSM_SHIELD 5.0
/* Largest radius [m]. */
double bsm_decay_volume_radius(const struct bsm_decay_volume *);
/* Largest distance of a point inside from the origin [m]. */
double bsm_decay_volume_reach(const struct bsm_decay_volume *);
/* Length [m] of the straight line from x along p up to the wall or the end; 0 outside, or for a particle that does not
 * move towards +z. */
double bsm_decay_volume_path(const struct bsm_decay_volume *, struct bsm_p4 x, struct bsm_p4 p);
/* Moves `a` (p, m, x set) to its decay point, with its time, and returns the probability that it decays inside: the
 * distribution over u in [0,1] is the exponential, cut at the wall. A particle at rest inside decays where it is. */
double bsm_decay_in_flight(const struct bsm_decay_volume *, struct bsm_particle *a, double ctau, double u);
#endif
