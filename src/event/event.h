/* The one event record: what the engine makes, afterburners extend and formats write. GeV, m, s. */
#ifndef BSM_EVENT_H
#define BSM_EVENT_H
#include <stdint.h>

#include "bsmnu/model.h"

enum { BSM_EVENT_PARTICLES = 96, BSM_EVENT_VERTICES = 32 };

enum bsm_particle_status { /* NuHepMC P.R.1 */
	BSM_FINAL = 1,
	BSM_DECAYED = 2,
	BSM_DOCUMENTATION = 3,
	BSM_BEAM_PARTICLE = 4,
	BSM_TARGET_PARTICLE = 20,
	BSM_STRUCK = 21
};

struct bsm_vertex {
	struct bsm_p4 x;     /* m; x.e = t in s after the start of the spill */
	int32_t status;      /* NuHepMC V.R.1: 1 primary, 22 and up: decays by the afterburner */
	int32_t process;     /* index into bsm_run.process, -1 for an afterburner's */
};

struct bsm_history {         /* how the primary's incoming particle came about, in the detector's frame */
	int32_t parent_pdg;
	int32_t process;     /* index into bsm_run.process: the production */
	struct bsm_p4 parent_p, decay_x; /* at its decay */
	double flight_m;     /* from there to the primary vertex */
	double path_m;       /* inside the detector, along the line of flight */
	double probability;  /* of the primary process inside the detector, given this particle */
	double delay_s;      /* after a light-speed neutrino from the target to the same vertex */
};

struct bsm_event {
	uint64_t id;         /* index of the trial: unique in a run and across its shards */
	double weight;       /* expected number of events that it stands for, in the run's exposure */
	double unweighted;   /* 1; above 1 for an overweight of an unweighted run (NaN in a weighted run) */
	struct bsm_history history;
	int nvertex, n;
	struct bsm_vertex vertex[BSM_EVENT_VERTICES]; /* [0] is the primary */
	struct bsm_particle p[BSM_EVENT_PARTICLES];
	int16_t from[BSM_EVENT_PARTICLES]; /* vertex that made it; -1: came in */
	int16_t to[BSM_EVENT_PARTICLES];   /* vertex where it ends; -1: leaves */
};

/* What holds for all events of a run: the header of every output. */
struct bsm_run_process { int id; const char *name, *doc, *cite; };
struct bsm_run_species { int32_t pdg; const char *name; double mass_GeV, width_GeV; int spin2, charge3; };
struct bsm_run_value { const char *name, *unit; double value; const char *word; /* of a choice, else NULL */ };

struct bsm_run {
	const char *program, *version;
	const char *model, *detector, *source, *card; /* names; the card's text */
	const char *hash;            /* of everything that fixes the events: shards with another one are refused */
	uint64_t seed;
	int weighted;
	double pot;                  /* exposure that the weights are normalised to; 0: none */
	double livetime_s;
	double xsec_pb, xsec_error_pb; /* flux-averaged, per atom: rate / (flux of the beam particle x atoms) */
	int32_t beam_pdg;
	int nprocess, nspecies, nvalue;
	const struct bsm_run_process *process;
	const struct bsm_run_species *species;
	const struct bsm_run_value *value;
	int32_t spectator_pdg;       /* nucleus at rest that stands for the target of a decay in flight; 0: argon-40 */
	double spectator_mass_GeV;   /* 0: from the code, argon-40 exactly, others without their binding energy */
};
#endif
