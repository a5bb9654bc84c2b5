/* Inside of the integrand: what a trial has gathered, shared by eval.c and turn.c. */
#ifndef BSM_WALK_H
#define BSM_WALK_H
#include "engine/job.h"

struct bsm_flight {           /* of a leg towards the place of its next vertex */
	double length, path, probability; /* to the vertex; inside the wanted volumes [m]; of a decay there */
	double unhit;         /* share that comes as far without an earlier hit, where the link asks for it */
	int volume;
};

struct bsm_walk {
	const struct bsm_job *job;
	double weight;
	struct bsm_particle leg;
	struct bsm_flight flight;
	struct bsm_event *event;  /* NULL: rate only */
	int entered;              /* event index of the leg, once it is in the event */
	int flux;                 /* 1: stop before the last step and give the fluence */
	bsm_keep_step *keep;      /* NULL, or told of each step */
	void *keep_arg;
};

const struct bsm_menu *bsm_walk_menu(const struct bsm_link *, int32_t pdg);
/* Inverse decay length in the lab [1/m] for a width of 1 GeV. */
double bsm_walk_per_metre(const struct bsm_particle *leg);
/* Probability to decay inside the segments, at mu [1/m]. */
double bsm_walk_decay_probability(const struct bsm_segment *, int n, double mu);
/* Bit mask of the volumes that `where` speaks of. */
unsigned bsm_walk_roles(const struct bsm_job *, unsigned where);
/* The leg flies to a point of the link's volumes: length of line that u stands for, 0 where there is none. (fly.c) */
double bsm_walk_fly(struct bsm_walk *, const struct bsm_link *, double u);
/* Chance that the leg gets from a point along n so far without being hit, where the link thins. */
double bsm_walk_unhit(const struct bsm_walk *, const struct bsm_link *, struct bsm_p4 from, struct bsm_p4 n, double length);
/* Targets of a channel per cm3 of a volume; the one that is struck, at rest. */
double bsm_walk_targets(const struct bsm_job *, const struct bsm_channel *, int volume);
void bsm_walk_set_target(const struct bsm_channel *, struct bsm_particle *);
/* What the channel's row may depend on. */
struct bsm_in bsm_walk_in(const struct bsm_job *, const struct bsm_channel *, const struct bsm_particle *a,
			  const struct bsm_particle *target, const struct bsm_cone *);
/* Density of the process at the vertex, per unit of the row's numbers x: GeV for a decay, cm2 for a scattering. */
double bsm_walk_interact(const struct bsm_walk *, const struct bsm_channel *, const double *x, const struct bsm_cone *,
			 const struct bsm_particle *target, struct bsm_particle *out);
/* A beam-frame particle in the detector's frame. */
struct bsm_particle bsm_walk_in_detector(const struct bsm_job *, const struct bsm_particle *);
void bsm_walk_history(struct bsm_walk *, const struct bsm_particle *ray, const struct bsm_channel *);

/* The first step of a job that turns drafts (source/source.h): from the source to the next vertex. Returns the length of
 * line that the vertex's volume stands for, as a flight does; 0 where nothing comes. */
double bsm_walk_turned(struct bsm_walk *, const struct bsm_channel *, const double *x);
#endif
