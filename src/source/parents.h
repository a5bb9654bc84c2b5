/* Inside of the source kind `parents`: the list, as it comes from a text or an HDF5 file. */
#ifndef BSM_SOURCE_PARENTS_H
#define BSM_SOURCE_PARENTS_H
#include "core/stream.h"
#include "source/columns.h"
#include "source/decay_volume.h"
#include "source/source.h"

enum bsm_parents_at { BSM_AT_UNKNOWN, BSM_AT_PRODUCTION, BSM_AT_DECAY };

struct bsm_parent {
	int32_t pdg;
	int32_t history; /* which hadrons it comes of, for universes of the flux (source/beamline/cascade.h); 0: unknown */
	double weight;
	struct bsm_p4 p, x; /* p.e is made from the particle table's mass; p may be 0: a decay at rest */
	double pol[3];      /* polarisation as in bsmnu/model.h; 0: none */
};

struct bsm_parent_list { /* zero-initialise; set mass_tolerance; free with bsm_parent_list_free */
	struct bsm_parent *row;
	size_t n, cap;
	double mass_tolerance; /* |E - sqrt(p^2 + m^2)| <= tolerance x E */
	double pot;            /* 0: the file does not say */
	enum bsm_parents_at at;
	int has_positions, has_polarisation, has_history;
	int at_origin; /* without positions the origin is meant, decays included */
};

void bsm_parent_list_free(struct bsm_parent_list *);
/* c[6], c[10] with positions or c[13] with polarisation: px py pz E pdg weight x y z t polx poly polz. `where` is for
 * messages. Checks and appends. */
enum bsm_status bsm_parent_list_add(struct bsm_ctx *, struct bsm_parent_list *, const double *c, int n,
				    const char *where);
/* "production" or "decay". */
enum bsm_status bsm_parents_at_parse(struct bsm_ctx *, const char *word, const char *where, enum bsm_parents_at *);
enum bsm_status bsm_parents_read_text(struct bsm_ctx *, struct bsm_input *, struct bsm_parent_list *);
/* "file:line" of the line read last, for messages. */
void bsm_parents_place(const struct bsm_input *, char where[BSM_PATH + 32]);
/* MeVPrtl's meson text, behind some lines of words; pot is the sum of its npot. */
enum bsm_status bsm_parents_read_mevprtl(struct bsm_ctx *, struct bsm_input *, int64_t skip_lines,
					 struct bsm_parent_list *);
enum bsm_status bsm_parents_read_hdf5(struct bsm_ctx *, const char *path, struct bsm_parent_list *);
/* The same layout, with what the list has: positions, polarisation, pot, at. */
enum bsm_status bsm_parents_write_hdf5(struct bsm_ctx *, const char *path, const struct bsm_parent_list *);
/* Lets the source (its name set) serve a list: sets components, ray, close and data. `at` and `pot` of the list have to be
 * set; the volume is copied, and required of a list at production. The list is the source's whatever the status, and empty
 * behind the pointer; after a failure bsm_source_close frees what is there. `where` is for messages. */
enum bsm_status bsm_parents_serve(struct bsm_ctx *, struct bsm_node *where, struct bsm_source *, struct bsm_parent_list *,
				  const struct bsm_decay_volume *volume);
#endif
