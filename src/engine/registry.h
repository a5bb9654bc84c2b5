/* Models by name: built in, or loaded from a shared object. Parameters by name. */
#ifndef BSM_REGISTRY_H
#define BSM_REGISTRY_H
#include "bsmnu/model.h"
#include "core/context.h"

enum { BSM_MODELS = 128, BSM_PARAMS = 64 };

struct bsm_registry {
	int count;
	const struct bsm_model *model[BSM_MODELS];
	void *handle[BSM_MODELS]; /* of a plug-in, else NULL */
};

enum bsm_status bsm_registry_init(struct bsm_ctx *, struct bsm_registry *); /* the built-in models, contract checked */
void bsm_registry_free(struct bsm_registry *);
/* Loads path/NAME.so, symbol bsm_model_NAME. Refuses another ABI, a name that is taken, tables that break the contract. */
enum bsm_status bsm_registry_load(struct bsm_ctx *, struct bsm_registry *, const char *path);
enum bsm_status bsm_registry_find(struct bsm_ctx *, const struct bsm_registry *, const char *name,
				  const struct bsm_model **);

/* A point in parameter space. */
struct bsm_point {
	const struct bsm_model *model;
	double par[BSM_PARAMS];
};
int bsm_model_nparam(const struct bsm_model *);
int bsm_model_nprocess(const struct bsm_model *);
int bsm_param_index(const struct bsm_model *, const char *name); /* -1 if none */
void bsm_point_default(struct bsm_point *, const struct bsm_model *);
/* "0.35 GeV", "0.35" (in the parameter's own unit), or a word of its choices. Message without file and line. */
enum bsm_status bsm_point_set(struct bsm_ctx *, struct bsm_point *, const char *name, const char *value);
/* The word of a parameter that is a choice, in `to`; NULL for a number. */
const char *bsm_choice_word(const struct bsm_param *, double value, char *to, size_t size);
/* A list "mass=0.35 GeV, Umu2=1". */
enum bsm_status bsm_point_set_list(struct bsm_ctx *, struct bsm_point *, const char *list);
/* Calls prepare(); derived has model->nderived numbers. */
enum bsm_status bsm_point_prepare(struct bsm_ctx *, const struct bsm_point *, double *derived);
/* Does a name match a comma list of patterns with '*' and '?'? */
int bsm_name_matches(const char *list, const char *name);
#endif
