/* Reading events from a file or from memory, whatever its format. */
#ifndef BSM_FORMAT_READER_H
#define BSM_FORMAT_READER_H
#include "core/stream.h"
#include "format/format.h"

enum { BSM_READER_TABLE = 4096 }; /* most processes, species or parameters in a header */

struct bsm_reader_block;

struct bsm_reader {
	struct bsm_input *in;            /* NULL: of a format with `build`, which uses the next three */
	const char *name;                /* of the file, for messages */
	const void *bytes;               /* of memory; NULL: a file of that name */
	size_t nbytes;
	void *state;                     /* the format's own */
	int quiet;                       /* an empty file is no news */
	double copy_weight;              /* of events in a format without weights, from the sidecar; 1 without one */
	const struct bsm_format *format;
	uint64_t events;                 /* read so far */
	struct bsm_reader_block *memory; /* strings and tables of the run, freed with the reader */
	struct bsm_run_process *process;
	struct bsm_run_species *species;
	struct bsm_run_value *value;
	int nprocess, nspecies, nvalue;
	int weighted;
	/* NuHepMC */
	int nweight, cv; /* weights declared; which is the central value */
	int ours, wcsim; /* written by this program; with times in ns */
};

/* format NULL: by the file's ending. `run` is filled from the header; its strings live as long as the reader. */
enum bsm_status bsm_reader_open(struct bsm_ctx *, const char *path, const struct bsm_format *, struct bsm_reader **out,
				struct bsm_run *run);
/* From memory, which must outlive the reader. */
enum bsm_status bsm_reader_memory(struct bsm_ctx *, const char *name, const void *bytes, size_t n,
				  const struct bsm_format *, struct bsm_reader **out, struct bsm_run *run);
/* Next event; *more = 0 where there is none. Of a file without any event a warning says so. */
enum bsm_status bsm_reader_next(struct bsm_ctx *, struct bsm_reader *, struct bsm_event *, int *more);
void bsm_reader_close(struct bsm_reader *);
/* Its events, for `build`. */
struct bsm_event_source bsm_reader_source(struct bsm_reader *);

/* For the formats: memory and text owned by the reader; NULL if out of memory. */
void *bsm_reader_alloc(struct bsm_reader *, size_t n);
char *bsm_reader_string(struct bsm_reader *, const char *text, size_t n);
/* Next blank-separated word of a line, or 0. */
int bsm_reader_word(const char **at, const char *end, const char **word, const char **word_end);
#endif
