/* Charmed hadrons of the beam protons' own interactions: they decay where they are made. */
#ifndef BSM_BEAMLINE_CHARM_H
#define BSM_BEAMLINE_CHARM_H
#include "core/node.h"
#include "core/random.h"
#include "source/beamline/track.h"
#include "source/yields/charm.h"

enum { BSM_CHARMED = 6 };
struct bsm_charmed {
	int n;
	double sigma_mb;                 /* of c cbar pairs on a nucleus */
	int32_t pdg[BSM_CHARMED];
	double fraction[BSM_CHARMED];
	struct bsm_charm law[BSM_CHARMED];
};

/* Reads `charm: {cross_section, n, b, fractions: {411: .., 421: .., 431: ..}}` of the source, if it is there: of particles and
 * antiparticles each. pB: momentum of the beam. */
enum bsm_status bsm_charmed_read(struct bsm_ctx *, struct bsm_node *root, double pB, struct bsm_charmed *);
/* One of the species at its decay, from an interaction at x of a proton along d, on a nucleus with sigma_mb of production; its
 * weight makes up for the species and interactions that were left out. Returns 0 if nothing was drawn. */
int bsm_charmed_draw(const struct bsm_charmed *, struct bsm_p4 x, struct bsm_p4 d, double sigma_mb, struct bsm_rng *,
		     struct bsm_flying *out);
#endif
