/* A source gives rays: particles that decay, or fly on and interact, with their number per POT.
 * One file a kind; data/sources/<name>.yaml says kind and numbers. Frame: the beam's (z along the beam, origin as the
 * file says), GeV, m, s. */
#ifndef BSM_SOURCE_H
#define BSM_SOURCE_H
#include "bsmnu/model.h"
#include "core/context.h"
#include "core/node.h"

struct bsm_material;
enum bsm_norm { BSM_PER_POT, BSM_PER_SECOND, BSM_PER_TARGET_SECOND };

struct bsm_component {          /* one particle species that the source gives */
	int32_t pdg;
	double yield;           /* per unit of norm (POT); what ray() integrates to, or NaN if only ray() knows */
	int decays;             /* 1: the ray ends at x, where the particle decays; 0: it flies on from x */
	char label[48];         /* "K+ from the target": printed */
	/* NULL: rays are particles. Else rays are pieces of tracks inside this material, and the weight of ray() is track
	 * length [m] per unit of norm: a process on a target of which the material has n per cm3 (bsm_material_nuclei,
	 * bsm_material_electrons) makes 100 x weight x n x sigma[cm2] events per unit of norm, at the ray's x. The ray's
	 * particle is there with its momentum at x; it neither decays (decays = 0) nor flies on: the shower has done that. */
	const struct bsm_material *medium;
	int captured;           /* 1: it stops and a nucleus captures it (pi-): it neither decays nor flies on */
	double spread;          /* how well the yield is known: relative, one standard deviation; 0: not stated */
};

struct bsm_aperture {           /* where the rays of a flux table have to go: the sphere around the detector */
	struct bsm_p4 center;   /* beam frame, m */
	double radius;
};

enum bsm_bunch_shape { BSM_BUNCH_GAUSS, BSM_BUNCH_TRIANGLE, BSM_BUNCH_BOX };
struct bsm_bunches {            /* time structure of one spill; zero count: all at t = 0 */
	int count;              /* bunches a batch x batches */
	int batch, filled;      /* buckets a batch, and how many of them hold beam */
	double spacing_s, sigma_s, spill_s;
	double pot_per_spill, period_s;
	enum bsm_bunch_shape shape; /* of one bunch, around its middle; sigma_s: standard deviation, full width at half
				     * maximum of a triangle, width of a box */
};

/* A ray whose direction is left open: the whole history of one particle, hadron first along +z, seen from the point
 * where the proton interacted. The engine turns it as one piece until the new particle points at the detector, and the
 * source then says how often a history that is turned so happens. */
struct bsm_draft {
	struct bsm_p4 pivot;         /* the interaction, beam frame; pivot.e its time */
	struct bsm_particle leg;     /* the parent at its decay; x from the pivot, x.e the time since */
	double p;                    /* momentum of the hadron [GeV] */
	struct bsm_p4 bend;          /* where the hadron ended, if the leg is its daughter */
	int daughter;
};

struct bsm_dials;
struct bsm_source {
	const struct bsm_source_kind *kind;
	char name[64];
	char frame[64];         /* beam frame that detectors know: the name, or what `frame_name:` says */
	enum bsm_norm norm;
	int ncomponent;
	struct bsm_component *component;
	int ndim;               /* numbers that ray() takes */
	double pot_per_year;    /* nominal; 0: unknown */
	struct bsm_bunches bunches;
	struct bsm_dials *dials; /* what is uncertain, in words of its own (source/beamline/dials.h); NULL: nothing is said */
	double dump_z;          /* m: end of the decay volume; detectors have to lie behind it (0: no such check) ... */
	double dump_r;          /* m: ... or aside of the axis by more than this (0: behind it) */
	/* Weight dN/du per unit of norm of this component, 0 where nothing comes. Pure. */
	double (*ray)(const struct bsm_source *, int component, const double *u, struct bsm_particle *out);
	/* Optional, both or none: weight dN/du of a draft but for the angles; and the yield per solid angle [1/sr] of the draft
	 * turned by R, 0 where it meets a wall. draft() takes draft_ndim numbers. All within reach_m of the beam's origin. */
	int draft_ndim;
	double reach_m;
	double (*draft)(const struct bsm_source *, int component, const double *u, struct bsm_draft *);
	double (*turned)(const struct bsm_source *, int component, const struct bsm_draft *, const double R[3][3]);
	/* Optional: tells where the detector is (flux tables need it). Called once, before rays. */
	enum bsm_status (*aim)(struct bsm_ctx *, struct bsm_source *, const struct bsm_aperture *);
	void (*close)(struct bsm_source *);
	void *data;
};

struct bsm_source_kind {
	const char *name, *doc;
	/* Reads its keys from the map (which has had schema, kind, name, bunches ... taken); sets component, ray, data. */
	enum bsm_status (*open)(struct bsm_ctx *, struct bsm_node *, struct bsm_source *);
	/* Optional: the long work (a simulation), once every key has been found good. Sets what open has not. */
	enum bsm_status (*fill)(struct bsm_ctx *, struct bsm_node *, struct bsm_source *);
};
extern const struct bsm_source_kind bsm_source_beamline, bsm_source_hadrons, bsm_source_stopped, bsm_source_parents,
	bsm_source_flux_table, bsm_source_shower;
extern const struct bsm_source_kind *const bsm_source_kinds[]; /* NULL-terminated */

/* Opens from a tree: `kind:` and the kind's keys. Unknown keys fail. open = parse, which has no rays yet, and fill, the long
 * work; each of them closes the source when it fails. */
enum bsm_status bsm_source_parse(struct bsm_ctx *, struct bsm_node *, struct bsm_source *);
enum bsm_status bsm_source_fill(struct bsm_ctx *, struct bsm_node *, struct bsm_source *);
enum bsm_status bsm_source_open(struct bsm_ctx *, struct bsm_node *, struct bsm_source *);
void bsm_source_close(struct bsm_source *);

enum { BSM_SOURCE_NDIM = 16 };  /* no source takes more numbers */
/* Integral of ray() over u by n random points of a fixed seed (what `yield` would be), and its standard error. */
double bsm_source_integral(const struct bsm_source *, int component, uint64_t seed, int n, double *error);
#endif
