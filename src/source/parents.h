/* Inside of the source kind `parents`: the list, as it comes from a text or an HDF5 file. */
#ifndef BSM_SOURCE_PARENTS_H
#define BSM_SOURCE_PARENTS_H
#include "core/stream.h"
#include "source/source.h"

enum bsm_parents_at { BSM_AT_UNKNOWN, BSM_AT_PRODUCTION, BSM_AT_DECAY };

struct bsm_parent {
	int32_t pdg;
	double weight;
	struct bsm_p4 p, x; /* p.e is made from the particle table's mass */
};

struct bsm_parent_list { /* zero-initialise; set mass_tolerance; free with bsm_parent_list_free */
	struct bsm_parent *row;
	size_t n, cap;
	double mass_tolerance; /* |E - sqrt(p^2 + m^2)| <= tolerance x E */
	double pot;            /* 0: the file does not say */
	enum bsm_parents_at at;
	int has_positions;
};

void bsm_parent_list_free(struct bsm_parent_list *);
/* c[6], or c[10] with positions: px py pz E pdg weight x y z t. `where` is for messages. Checks and appends. */
enum bsm_status bsm_parent_list_add(struct bsm_ctx *, struct bsm_parent_list *, const double *c, int n,
				    const char *where);
/* "production" or "decay". */
enum bsm_status bsm_parents_at_parse(struct bsm_ctx *, const char *word, const char *where, enum bsm_parents_at *);
enum bsm_status bsm_parents_read_text(struct bsm_ctx *, struct bsm_input *, struct bsm_parent_list *);
enum bsm_status bsm_parents_read_hdf5(struct bsm_ctx *, const char *path, struct bsm_parent_list *);
#endif
