/* A card: the one file that says what a run is. docs/card.md lists its keys. */
#ifndef BSM_CARD_H
#define BSM_CARD_H
#include "core/text.h"
#include "engine/job.h"

enum { BSM_OUTPUTS = 8 };

struct bsm_scan_axis {
	char name[32];           /* of the model's parameter */
	double from, to;
	int points;
	int log;
};

enum { BSM_FLUX_PLACES = 64 };
struct bsm_card_flux {           /* of `bsmnu flux` */
	int bins;                /* from 0 to max GeV (0: as far as it goes) */
	double max;
	int64_t trials;          /* of each chain and place */
	int places;              /* 0: the detector stands where it stands */
	double off_axis[BSM_FLUX_PLACES]; /* m: it is moved by this along the beam's x */
	int universes;           /* how many to draw; 0: none */
};

struct bsm_card {
	struct bsm_node *tree, *source_tree; /* strings below live in them */
	char *text;              /* as read, with --set applied to it as comment lines */
	const char *title;
	struct bsm_point point;
	const struct bsm_chain *chain;
	const char *production, *decays;
	struct bsm_source source;
	struct bsm_detector detector;
	const char *beam;
	double pot;              /* exposure */
	double years;            /* the same in years of the source's nominal POT; 0 if that is not known */
	int64_t events;
	int64_t split;           /* events a file; 0: one file */
	uint64_t seed;
	bool unweighted, invisible;
	double recoil_min, recoil_max; /* of a scattering [GeV]; 0: any */
	bool free_nucleons;      /* bound ones are as free ones */
	struct bsm_pilot pilot;
	int noutput;
	const char *output[BSM_OUTPUTS]; /* file endings: "hepmc3.zst", "hepevt" */
	bool chain_named;        /* the card says which chain */
	struct bsm_card_flux flux;
	bool scan;
	struct bsm_scan_axis mass, coupling;
	const char *after;       /* comma list of what the afterburner decays; "none" */
};

struct bsm_setting { const char *key, *value; };

/* Reads path, applies the settings of --set in order ("model.mass" or "mass", "events", ...), opens model, source and
 * detector. A name without a slash and ending is looked up in the data folders. */
enum bsm_status bsm_card_open(struct bsm_ctx *, const struct bsm_registry *, const char *path,
			      const struct bsm_setting *, int nsetting, struct bsm_card *);
/* The same of a text in memory; `name` is for messages. */
enum bsm_status bsm_card_parse(struct bsm_ctx *, const struct bsm_registry *, const char *name, const char *text, size_t len,
			       const struct bsm_setting *, int nsetting, struct bsm_card *);
/* The card that a finished run's run.json holds, settings included. */
enum bsm_status bsm_card_reopen(struct bsm_ctx *, const struct bsm_registry *, const char *run_json, struct bsm_card *);
void bsm_card_close(struct bsm_card *);
/* The card's job at a point of its model; the job keeps pointers into the card. */
enum bsm_status bsm_card_job(struct bsm_ctx *, const struct bsm_card *, const struct bsm_point *, struct bsm_job *);

/* Reads the key `flux` of the card's tree. */
enum bsm_status bsm_card_flux(struct bsm_ctx *, struct bsm_card *);

/* "sources/lbnf" -> the file of that name: $BSMNU_DATA, the source tree, the installed folder. */
enum bsm_status bsm_data_find(struct bsm_ctx *, const char *kind, const char *name, char *path, size_t size);
/* Calls back for each data/<kind>/<name>.yaml. */
enum bsm_status bsm_data_list(struct bsm_ctx *, const char *kind, void (*each)(void *arg, const char *name, const char *path),
			      void *arg);
/* mkdir -p */
#endif
