/* A job is model + parameters + chain + source + detector, frozen. Its integrand is pure: [0,1]^D -> weighted event, in
 * expected events per unit of the source's norm (per POT). Built once, adapted by the pilot, then shared by threads. */
#ifndef BSM_JOB_H
#define BSM_JOB_H
#include "core/context.h"
#include "core/grid.h"
#include "engine/registry.h"
#include "event/event.h"
#include "geometry/geometry.h"
#include "kinematics/exchange.h"
#include "kinematics/split.h"
#include "nucleus/fermi_gas.h"
#include "source/source.h"

enum { BSM_DIMS = 40 };       /* of one channel */

/* One row, or its CP conjugate, as the engine runs it. */
struct bsm_channel {
	const struct bsm_process *row;
	int index, conjugate;
	int component;        /* of the source: first step only */
	int32_t in;
	int nout, take;       /* `take`: the outgoing leg that flies on; -1 in the last step. Two legs: two channels */
	struct bsm_particle out[BSM_OUT]; /* pdg, status, mass */
	struct bsm_nucleus nucleus; /* struck, or around the struck nucleon */
	double target_mass;
	struct bsm_fermi_gas gas;   /* that the struck nucleon is of; kf = 0: it rests */
	const struct bsm_material *medium; /* first step: what the source's particle flies through; NULL: it decays or stops */
	int turns;            /* first step: the source's drafts are turned towards the detector */
	struct bsm_resonance resonance; /* width 0: none */
	struct bsm_exchange exchange;   /* power 0: none */
	double in_mass, in_width; /* mass and total width of the incoming [GeV] */
	double width;         /* partial [GeV]; 0 for a scattering; probability per capture */
	double norm;          /* of a row that has only total(): width / phase-space volume */
	double probability;   /* of being picked */
	struct bsm_grid grid;
	/* pilot sums, of f = weight x probability */
	double sum2, rms;
	long tries, hits;     /* since its share was last set; hits since its grid was last refined */
};

struct bsm_menu {             /* what one incoming species may do in a step */
	int32_t in;           /* 0 in the first step: any of the source */
	int first, count;     /* channels */
	double width;         /* total width [GeV] of the incoming, of all its decays, chosen here or not */
	double chosen;        /* sum over the channels */
};

struct bsm_link {             /* one step of the chain */
	const struct bsm_step *step;
	int nmenu, nchannel;
	struct bsm_menu *menu;
	struct bsm_channel *channel;
	double *cumulative;   /* per channel, from 0 to 1 within its menu */
	int passes;           /* BSM_PASS: nothing happens here */
	int flies;            /* an own number for the position of the vertex */
	int thins;            /* its vertex is the first on the line: fewer and fewer legs have not been hit before */
	int offset;           /* of its numbers in u: [pick, channel's grid ...] */
};

struct bsm_job_spec {
	struct bsm_point point;
	const struct bsm_chain *chain;
	const char *production, *decays; /* comma lists with wildcards, or NULL: all but the invisible */
	int invisible;        /* 1: channels that leave nothing are generated too */
	int free_aim;         /* 1: no aiming (hit or miss): a check of the aimed sampling */
	int rays_only;        /* 1: rays even where the source has drafts: a check of those */
	double tmin, tmax;    /* recoils wanted [GeV]; tmax 0: any */
	int free_nucleons;    /* 1: bound nucleons rest and are as free ones: no Fermi motion, binding or blocking */
	const struct bsm_source *source;
	const struct bsm_detector *detector;
	const char *beam;     /* name of the frame of the detector; NULL: the source's name */
};

/* Volumes to aim at, as seen from afar. */
struct bsm_aim_at {
	unsigned roles;       /* bit mask of bsm_role */
	struct bsm_p4 corner[8], center; /* of their bounding box, beam frame */
	double radius;        /* of the sphere around them */
	double volume_m3;
};

struct bsm_job {
	struct bsm_job_spec spec;
	double *derived;
	int nlink, ndim;
	int turns;            /* drafts of the source can be turned towards the detector */
	struct bsm_link link[BSM_STEPS];
	const struct bsm_frame *frame;
	struct bsm_aim_at detector, next; /* the wanted volumes; where the first leg's vertex may be: with dirt, if the chain says so */
	double invisible_share; /* of the decays in the last step that were left out */
	/* set by the pilot */
	double rate, rate_error; /* per unit of norm */
	double max_weight;    /* the unit of unweighted events */
	double efficiency, ess; /* of unweighting; of the weighted sample: effective size / events */
	double hit;           /* share of trials with a weight above zero */
	uint64_t hash;
};

/* BSM_E_CLOSED: all is well, but no process is open at these parameters, and zero is the right answer. */
enum bsm_status bsm_job_init(struct bsm_ctx *, const struct bsm_job_spec *, struct bsm_job *);
/* The part of it that says where the detector stands in the beam, and whether that can be; of job->spec only source, detector
 * and beam are read. */
enum bsm_status bsm_job_place(struct bsm_ctx *, struct bsm_job *);
void bsm_job_free(struct bsm_job *);

/* Which grid bins a trial went through: for the pilot. */
struct bsm_trace { struct bsm_channel *channel[BSM_STEPS]; int bin[BSM_STEPS][BSM_DIMS]; };

/* The integrand. Fills event (may be NULL: rate only) but for id and exposure; trace may be NULL. */
double bsm_job_eval(const struct bsm_job *, const double *u, struct bsm_event *, struct bsm_trace *);

/* The same for the weight alone, handing each step to `keep`. */
struct bsm_kept {
	int level;
	const struct bsm_channel *channel;
	const struct bsm_particle *leg, *target, *out; /* before the process; or NULL; outgoing legs */
	double length;                 /* flown to the vertex [m] */
	double unhit;                  /* chance to have come as far without a hit; 1 where that is not asked */
	const double *x;               /* the row's numbers */
	const struct bsm_cone *aim;    /* or NULL */
};
typedef void bsm_keep_step(void *arg, const struct bsm_kept *);
double bsm_job_eval_steps(const struct bsm_job *, const double *u, bsm_keep_step *, void *arg);

/* Fluence of the last leg inside the wanted volumes, per m2 and unit of norm: length of track per volume, the particle's
 * own decay before and inside counted. What it does in the detector is left out. */
double bsm_job_flux(const struct bsm_job *, const double *u, bsm_keep_step *, void *arg);

struct bsm_pilot {            /* how much work the pilot does */
	long warm_up;         /* trials a round for each channel of the first step alone */
	int warm_rounds;
	int rounds;           /* of adaption, all together */
	long round, final;    /* trials in each, and in the final measurement */
	uint64_t seed;
	double overweight;    /* share of the weight that may lie above max_weight */
};
struct bsm_pilot bsm_pilot_default(void);
enum bsm_status bsm_job_pilot(struct bsm_ctx *, struct bsm_job *, const struct bsm_pilot *);

/* ---- widths ---- */
/* Partial width [GeV] of one row (or cross-section) with its incoming at rest; NaN where the row has no answer. */
double bsm_row_width(const struct bsm_model *, const double *par, const double *derived, int index);
double bsm_model_mass(const struct bsm_model *, const double *par, int32_t pdg); /* model's species, else the table */
const struct bsm_species *bsm_model_species(const struct bsm_model *, int32_t pdg);
int bsm_model_selfconj(const struct bsm_model *, const double *par, int32_t pdg);
int32_t bsm_model_conj(const struct bsm_model *, const double *par, int32_t pdg);
const char *bsm_model_pdg_name(const struct bsm_model *, int32_t pdg);
/* Total width: of a species the sum over the decay rows, of an SM particle the table's. */
double bsm_model_width(const struct bsm_model *, const double *par, const double *derived, int32_t pdg);
#endif
