/* Afterburners: event -> event, unitary, any number of draws from the event's own random stream. */
#ifndef BSM_AFTER_H
#define BSM_AFTER_H
#include "core/context.h"
#include "core/random.h"
#include "event/event.h"
#include "source/source.h"

enum { BSM_AFTER_SPECIES = 32 };

struct bsm_after_plan {       /* which final-state particles decay here rather than in the detector simulation */
	int count;
	int32_t pdg[BSM_AFTER_SPECIES]; /* positive codes; both charges */
};

/* "default": pi0 and whatever is shorter-lived (eta, eta', rho, omega, phi, K*, tau, D, Ds; K0 as K_S or K_L); "none";
 * or a list of names ("pi0, tau, mu") in which "default" may stand too. Charges do not matter. */
enum bsm_status bsm_after_parse(struct bsm_ctx *, const char *list, struct bsm_after_plan *);
/* Decays what the plan names, decay products included, until none is left. A particle flies its exponential path first;
 * vertices get status 22, decayed particles status 2. Total four-momentum stays to round-off. A full event record
 * (particles or vertices) is a failure, never a truncated event. */
enum bsm_status bsm_after_decays(struct bsm_ctx *, const struct bsm_after_plan *, struct bsm_rng *, struct bsm_event *);

/* Time of a proton in its spill [s]: a filled bucket, uniform, plus the bunch's width; 0 without bunches. */
double bsm_bunch_time(const struct bsm_bunches *, struct bsm_rng *);
/* Adds dt to all times of the event. */
void bsm_event_delay(struct bsm_event *, double dt);
#endif
