/* What `bsmnu shower` says of a source of the kind `shower`: energy, track lengths, longitudinal profile, per POT. */
#ifndef BSM_REPORT_SHOWER_H
#define BSM_REPORT_SHOWER_H
#include "core/json.h"
#include "core/text.h"
#include "source/source.h"

/* BSM_E_NAME if the source is of another kind. */
enum bsm_status bsm_shower_check(struct bsm_ctx *, const struct bsm_source *);
void bsm_shower_text(struct bsm_text *, const struct bsm_source *);
void bsm_shower_json(struct bsm_text *, const struct bsm_source *);
/* DIR/track_length.csv (material, particle, energy, angle), DIR/energy.{csv,gp,png}, DIR/profile.{csv,gp,png}. */
enum bsm_status bsm_shower_files(struct bsm_ctx *, const struct bsm_source *, const char *dir);
#endif
