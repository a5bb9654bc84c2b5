/* An event format: pure functions that append to a buffer, so that worker threads format their own blocks. */
#ifndef BSM_FORMAT_H
#define BSM_FORMAT_H
#include "core/context.h"
#include "core/text.h"
#include "event/event.h"

struct bsm_reader;   /* a stream of lines with position and file name: format/reader.h */

struct bsm_output;

struct bsm_event_source { /* events one after the other; *more = 0 at the end */
	enum bsm_status (*next)(struct bsm_ctx *, void *arg, struct bsm_event *, int *more);
	void *arg;
};

struct bsm_format {
	const char *name, *extension, *doc;
	int holds_weight;    /* 0: weighted events are refused; overweights are written floor(w) or ceil(w) times */
	int holds_run;       /* 0: POT, cross-section and parameters stand in the sidecar alone */
	enum bsm_status (*header)(struct bsm_ctx *, const struct bsm_run *, struct bsm_text *);
	enum bsm_status (*event)(struct bsm_ctx *, const struct bsm_run *, const struct bsm_event *, struct bsm_text *);
	enum bsm_status (*footer)(struct bsm_ctx *, const struct bsm_run *, struct bsm_text *);
	/* NULL: the file is its frames, one after the other. Else header, event and footer are bsm_records_header and so on, and
	 * this makes the file, from its first byte, of the same events when all are there. Reads back what it writes to the
	 * bit: merging shards reads their files. Such a file is not compressed as a whole, and read by name or from memory,
	 * not through bsm_reader.in. */
	enum bsm_status (*build)(struct bsm_ctx *, const struct bsm_run *, const struct bsm_event_source *,
				 struct bsm_output *);
	/* NULL: cannot be read. open fills what the header tells of the run (owned by the reader);
	 * next sets *more = 0 at the end. */
	enum bsm_status (*open)(struct bsm_ctx *, struct bsm_reader *, struct bsm_run *);
	enum bsm_status (*next)(struct bsm_ctx *, struct bsm_reader *, struct bsm_event *, int *more);
	void (*close)(struct bsm_reader *); /* frees bsm_reader.state; NULL: nothing */
};

/* How often an event of an unweighted run is written where a format holds no weight: floor(w), and once more for the
 * share of event ids given by the rest of w (a fixed hash of the id decides, so that every shard and rerun agrees). */
int bsm_format_copies(double unweighted, uint64_t event_id);

extern const struct bsm_format bsm_format_nuhepmc, bsm_format_nuhepmc_wcsim, bsm_format_hepevt, bsm_format_nuance,
	bsm_format_gtrac, bsm_format_h5;
/* Between workers and `build`: events as they lie in memory, for one machine and one run. Not among bsm_formats. */
extern const struct bsm_format bsm_format_records;
enum bsm_status bsm_records_header(struct bsm_ctx *, const struct bsm_run *, struct bsm_text *);
enum bsm_status bsm_records_event(struct bsm_ctx *, const struct bsm_run *, const struct bsm_event *, struct bsm_text *);
enum bsm_status bsm_records_footer(struct bsm_ctx *, const struct bsm_run *, struct bsm_text *);
/* Do the indices of the event stay inside its tables, and its processes inside those of the run? */
enum bsm_status bsm_event_check(struct bsm_ctx *, const char *format, const struct bsm_run *, const struct bsm_event *);
/* All of them, NULL-terminated; by name or by a file's ending (".hepmc3", ".hepmc3.zst", ".hepevt"). */
extern const struct bsm_format *const bsm_formats[];
const struct bsm_format *bsm_format_find(const char *name_or_path);
#endif
