#include "after/after.h"
enum bsm_status bsm_after_decays(struct bsm_ctx *c, const struct bsm_after_plan *p, struct bsm_rng *r, struct bsm_event *e){(void)c;(void)p;(void)r;(void)e;return BSM_OK;}
