/* Inside of building a job: the channels of one step, from the rows of the model. */
#ifndef BSM_ENGINE_CHANNELS_H
#define BSM_ENGINE_CHANNELS_H
#include "engine/job.h"

/* What is known while the table is walked. */
struct bsm_builder {
	struct bsm_ctx *ctx;
	struct bsm_job *job;
	struct bsm_link *link;
	int level, capacity;
	int nrow;            /* rows that take what the source gives, closed or not */
	int nclosed;         /* rows that the masses close, the first few of them in words */
	char closed[320];
};

static inline const struct bsm_model *bsm_builder_model(const struct bsm_job *job)
{
	return job->spec.point.model;
}

static inline int bsm_builder_last(const struct bsm_builder *b)
{
	return b->level == b->job->nlink - 1;
}

/* Scattering where the source's particle is: on what it flies through. */
static inline int bsm_builder_at_source(const struct bsm_builder *b)
{
	return b->level == 0 && !b->link->flies;
}

/* All rows, and their conjugates, that `pdg` may do in this step; component of the source: of a first step, else -1. */
enum bsm_status bsm_builder_add(struct bsm_builder *, int32_t pdg, int component);
#endif
