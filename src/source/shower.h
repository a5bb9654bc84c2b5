/* Inside of the source kind `shower`, and what its simulation has counted. */
#ifndef BSM_SOURCE_SHOWER_H
#define BSM_SOURCE_SHOWER_H
#include "source/hadrons.h"
#include "source/shower/track.h"
#include "source/source.h"

enum {
	BSM_SHOWER_MEDIA = 8,   /* materials in one source */
	BSM_SHOWER_SPECIES = 3, /* photon, e-, e+ */
	BSM_SHOWER_PARTS = BSM_SHOWER_MEDIA * BSM_SHOWER_SPECIES,
	BSM_SHOWER_PER_DECADE = 5, /* energy bins, from the threshold */
	BSM_SHOWER_ENERGIES = 48,
	BSM_SHOWER_ANGLES = 11,
	BSM_SHOWER_DEPTHS = 400
};
extern const int32_t bsm_shower_pdg[BSM_SHOWER_SPECIES];
extern const double bsm_shower_angle[BSM_SHOWER_ANGLES + 1]; /* rad: edges */

struct bsm_shower_tally {              /* per POT once the simulation is over */
	double primaries;              /* beam particles, or photons of pi0 */
	struct bsm_em_balance balance; /* GeV */
	/* m, by material: with its square summed over primaries, and in bins of energy and polar angle */
	double length[BSM_SHOWER_MEDIA][BSM_SHOWER_SPECIES], error[BSM_SHOWER_MEDIA][BSM_SHOWER_SPECIES];
	double bin[BSM_SHOWER_MEDIA][BSM_SHOWER_SPECIES][BSM_SHOWER_ENERGIES][BSM_SHOWER_ANGLES];
	double deposit[BSM_SHOWER_DEPTHS]; /* GeV, by depth in radiation lengths along the axis */
	double charged[BSM_SHOWER_DEPTHS]; /* m of e- and e+ */
};

struct bsm_shower_row {     /* a piece of a track that was kept */
	double tag, weight; /* its number in (0,1); track length per POT that it stands for [m] */
	struct bsm_em_segment s;
};

/* A sample of bounded size, of one species in one material: a piece is kept if its tag is below `keep` times track
 * length times energy; `keep` halves whenever there are too many. What is kept at the end depends on the pieces alone,
 * not on their order. */
struct bsm_shower_sample {
	struct bsm_shower_row *row;
	size_t n, room, most;
	double keep;
	int failed; /* out of memory */
};

struct bsm_shower_slice { /* rows of one component, by energy; as the source kind `parents` serves its own */
	struct bsm_shower_row *row;
	size_t n;
	double *cumulative;
	uint32_t *guide;
	double total;
};

struct bsm_shower_pi0 { /* protons on the first cylinder; on = 0: the beam itself showers */
	int on;
	struct bsm_hadron_target target;
	union {
		struct bsm_bmpt bmpt;
		struct bsm_sanford_wang sanford_wang[2];
	} law;
	bsm_yield_density *density;
	struct bsm_yield_map map;
	double scale; /* per interaction and mb */
};

struct bsm_shower {
	struct bsm_em_setup setup;
	int media;
	struct bsm_material material[BSM_SHOWER_MEDIA]; /* with the density of the file */
	struct bsm_em_medium medium[BSM_SHOWER_MEDIA];
	int32_t beam;  /* pdg code */
	double energy; /* GeV: kinetic (of a photon: all) */
	double spot_x, spot_y;
	struct bsm_shower_pi0 pi0;
	uint64_t seed;
	int64_t showers, segments;
	double depth_step; /* radiation lengths */
	struct bsm_shower_tally tally;
	int slices;
	struct bsm_shower_slice *slice;
};

/* Reads the keys (shower_read.c). */
enum bsm_status bsm_shower_read(struct bsm_ctx *, struct bsm_node *root, struct bsm_shower *);
/* Simulates (shower_run.c): fills the tally, per POT, and the samples [BSM_SHOWER_PARTS], material by material, whose
 * rows the caller frees, also after a failure. */
enum bsm_status bsm_shower_simulate(struct bsm_ctx *, struct bsm_shower *, struct bsm_shower_sample *);
/* Radiation lengths from the first cylinder to z along the axis. */
double bsm_shower_depth(const struct bsm_shower *, double z);
/* Bin of a piece: by its mean energy, kinetic for e- and e+. */
int bsm_shower_energy_bin(const struct bsm_shower *, const struct bsm_em_segment *);
/* Of an open source; NULL if it is of another kind. */
const struct bsm_shower *bsm_shower_of(const struct bsm_source *);
#endif
