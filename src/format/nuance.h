/* What writer and reader of NUANCE text share. */
#ifndef BSM_FORMAT_NUANCE_H
#define BSM_FORMAT_NUANCE_H
#include "format/reader.h"

enum { BSM_NUANCE_TRACKED = 0, BSM_NUANCE_INITIAL = -1, BSM_NUANCE_UNTRACKED = -2 };

/* A particle of the model, or the rest of a nucleus: no simulation knows it. */
int bsm_nuance_unknown(const struct bsm_run *, int32_t pdg);

enum bsm_status bsm_nuance_open(struct bsm_ctx *, struct bsm_reader *, struct bsm_run *);
enum bsm_status bsm_nuance_next(struct bsm_ctx *, struct bsm_reader *, struct bsm_event *, int *more);
#endif
