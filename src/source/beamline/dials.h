/* What is not known about a beam, as named dials: a pull is a shift in standard deviations. Yields of hadrons by species and
 * region of xF and pT change the weights of parents; currents and places need another simulation. A universe draws all
 * pulls from its number: the same ones for every detector and flavour. */
#ifndef BSM_BEAMLINE_DIALS_H
#define BSM_BEAMLINE_DIALS_H
#include "core/node.h"

enum { BSM_DIALS = 64 };
struct bsm_dial {
	char name[24];
	double sigma;      /* relative for yields and currents, m for places; 0: not in the file */
	double pull;
	int geometry;      /* 1: needs another simulation */
};
struct bsm_dials { int n; uint64_t seed; struct bsm_dial dial[BSM_DIALS]; };

/* `dials:` gives the sigmas (pion_yield, pion_region, kaon_yield, kaon_region, nucleon_yield, nucleon_region, horn_current,
 * target_shift, beam_offset), `pull:` the pulls by name, `universe:` a number that draws them. */
enum bsm_status bsm_dials_read(struct bsm_ctx *, struct bsm_node *root, struct bsm_dials *);
/* Pulls of universe 1, 2, ...: unit normals, a function of seed, universe and dial. */
void bsm_dials_draw(const struct bsm_dials *, uint64_t seed, uint64_t universe, double pull[BSM_DIALS]);
/* Factor of a parent with this history (source/beamline/cascade.h): product of 1 + sigma pull, never negative. */
double bsm_dials_weight(const struct bsm_dials *, const double pull[BSM_DIALS], int history);
int bsm_dials_any(const struct bsm_dials *); /* 1 if one has a size; 0 of NULL */
int bsm_dials_find(const struct bsm_dials *, const char *name); /* -1 if there is none */
#endif
