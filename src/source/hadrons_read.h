/* What the file of a source `hadrons` says, on the way to struct bsm_hadrons: shared by its two readers. */
#ifndef BSM_SOURCE_HADRONS_READ_H
#define BSM_SOURCE_HADRONS_READ_H
#include "source/hadrons.h"
#include "source/variants.h"

enum { BSM_FLAVOURS = 3 };
struct bsm_heavy {
	double cm2, n, b, spread;
}; /* per nucleus; 0: no such section */

struct bsm_hadron_reader {
	double pB, A, density, production_cm2, attenuation_cm2;
	struct bsm_heavy heavy[BSM_FLAVOURS]; /* charm, beauty, charmonium */
	struct bsm_variant variant;
};

/* A quantity above zero. */
enum bsm_status bsm_get_positive(struct bsm_ctx *, struct bsm_node *map, const char *key, enum bsm_dim, double *out);
/* hadrons_laws.c: the sections charm, beauty, charmonium; and a row's keys model, law, set, ratio, mt_ratio, fraction.
 */
enum bsm_status bsm_hadrons_flavours(struct bsm_ctx *, struct bsm_node *root, struct bsm_hadron_reader *);
enum bsm_status bsm_hadrons_law(struct bsm_ctx *, struct bsm_node *map, const struct bsm_hadron_reader *,
				struct bsm_hadron *);
#endif
