/* Charged particles of the decays on the way that may still decay into neutrinos: muons and pions. */
#ifndef BSM_BEAMLINE_DAUGHTERS_H
#define BSM_BEAMLINE_DAUGHTERS_H
#include "source/beamline/track.h"

enum { BSM_DAUGHTERS = 3 };
int bsm_charge_of(int32_t pdg); /* of what is followed here; 0 for others */
/* Draws a decay of `parent` (p, x set; p = 0 at rest) by the branching fractions; gives the daughters to follow, with weight,
 * depth and history of the parent. Returns how many. */
int bsm_daughters(const struct bsm_flying *parent, struct bsm_rng *, struct bsm_flying out[BSM_DAUGHTERS]);
#endif
