/* Keys `variants` and `variant` of a source: named sets of factors on its yields. */
#ifndef BSM_SOURCE_VARIANTS_H
#define BSM_SOURCE_VARIANTS_H
#include "core/node.h"

struct bsm_variant { struct bsm_node *row; }; /* the chosen row; NULL: nominal */

/* variant: NAME picks one row of variants: NAME: {group or pdg: factor}. All rows are checked. Groups: all, pion (pi0
 * too), kaon, eta (and eta'), vector (rho, omega, phi), charm, beauty, charmonium. */
enum bsm_status bsm_variant_read(struct bsm_ctx *, struct bsm_node *root, struct bsm_variant *);
/* The chosen factor on the yield of a species: its groups' times its own. */
enum bsm_status bsm_variant_factor(struct bsm_ctx *, const struct bsm_variant *, int32_t pdg, double *out);
#endif
