#include "source/beamline/dials.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/random.h"
#include "source/beamline/cascade.h"

enum { OVERALL = 3, GEOMETRY = 3 };
static const char *const overall[OVERALL] = {"pion_yield", "kaon_yield", "nucleon_yield"};
static const char *const region[OVERALL] = {"pion_region", "kaon_region", "nucleon_region"};
static const char *const geometry[GEOMETRY] = {"horn_current", "target_shift", "beam_offset"};
static const enum bsm_dim geometry_dim[GEOMETRY] = {BSM_DIM_NONE, BSM_DIM_LENGTH, BSM_DIM_LENGTH};
static const char *const species[BSM_REGION_SPECIES] = {"pip", "pim", "Kp", "Km", "K0", "p", "n"};
static const int family[BSM_REGION_SPECIES] = {0, 0, 1, 1, 1, 2, 2};

static struct bsm_dial *add(struct bsm_dials *d, const char *name, double sigma, int needs_simulation)
{
	struct bsm_dial *k = &d->dial[d->n++];
	*k = (struct bsm_dial){.sigma = sigma, .geometry = needs_simulation};
	snprintf(k->name, sizeof k->name, "%s", name);
	return k;
}

int bsm_dials_any(const struct bsm_dials *d)
{
	for (int i = 0; d && i < d->n; i++)
		if (d->dial[i].sigma > 0)
			return 1;
	return 0;
}

int bsm_dials_find(const struct bsm_dials *d, const char *name)
{
	for (int i = 0; i < d->n; i++)
		if (strcmp(d->dial[i].name, name) == 0)
			return i;
	return -1;
}

/* The order is fixed: three overall yields, three of geometry, then 7 x 6 regions, as bsm_dials_weight counts on. */
static enum bsm_status read_sigmas(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_dials *d)
{
	double of_region[OVERALL] = {0};
	for (int i = 0; i < OVERALL; i++) {
		double sigma = 0;
		BSM_TRY(bsm_get_quantity_or(ctx, map, overall[i], BSM_DIM_NONE, &sigma));
		BSM_TRY(bsm_get_quantity_or(ctx, map, region[i], BSM_DIM_NONE, &of_region[i]));
		if (!(sigma >= 0 && sigma < 1) || !(of_region[i] >= 0 && of_region[i] < 1))
			return bsm_node_fail(ctx, map, BSM_E_RANGE, "%s, %s: relative errors of 0 to 1 were expected",
					     overall[i], region[i]);
		add(d, overall[i], sigma, 0);
	}
	for (int i = 0; i < GEOMETRY; i++) {
		double sigma = 0;
		BSM_TRY(bsm_get_quantity_or(ctx, map, geometry[i], geometry_dim[i], &sigma));
		if (!(sigma >= 0))
			return bsm_node_fail(ctx, bsm_node_get(map, geometry[i]), BSM_E_RANGE,
					     "a standard deviation cannot be negative");
		add(d, geometry[i], sigma, 1);
	}
	for (int s = 0; s < BSM_REGION_SPECIES; s++)
		for (int b = 0; b < BSM_REGION_BINS; b++) {
			char name[24];
			snprintf(name, sizeof name, "%s_xF%d_pT%d", species[s], b / 2, b % 2);
			add(d, name, of_region[family[s]], 0);
		}
	return BSM_OK;
}

static enum bsm_status read_pulls(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_dials *d)
{
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected a map of dials and pulls, like {horn_current: 1}");
	for (struct bsm_node *n = map->child; n; n = n->next) {
		int i = bsm_dials_find(d, n->key);
		if (i < 0)
			return bsm_node_fail(
				ctx, n, BSM_E_NAME,
				"no dial of this name; there are pion_yield, horn_current, pip_xF0_pT0, ...");
		if (!(d->dial[i].sigma > 0))
			return bsm_node_fail(ctx, n, BSM_E_RANGE, "this dial has no standard deviation under `dials:`");
		BSM_TRY(bsm_node_number(ctx, n, &d->dial[i].pull));
		n->used = true;
	}
	return BSM_OK;
}

enum bsm_status bsm_dials_read(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_dials *d)
{
	struct bsm_node *map = bsm_node_get(root, "dials"), *pull = bsm_node_get(root, "pull"), *comment;
	int64_t universe = 0, seed = 1;
	*d = (struct bsm_dials){0};
	if (map && map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected a map: pion_yield, horn_current, ...");
	if (map && (comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	if (map)
		BSM_TRY(read_sigmas(ctx, map, d));
	BSM_TRY(bsm_get_int_or(ctx, root, "universe", 0, INT32_MAX, &universe));
	BSM_TRY(bsm_get_int_or(ctx, root, "universe_seed", 0, INT32_MAX, &seed));
	d->seed = (uint64_t)seed;
	if (universe) {
		double drawn[BSM_DIALS];
		bsm_dials_draw(d, (uint64_t)seed, (uint64_t)universe, drawn);
		for (int i = 0; i < d->n; i++)
			d->dial[i].pull = drawn[i];
	}
	return pull ? read_pulls(ctx, pull, d) : BSM_OK;
}

void bsm_dials_draw(const struct bsm_dials *d, uint64_t seed, uint64_t universe, double pull[BSM_DIALS])
{
	for (int i = 0; i < d->n; i++) {
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_UNIVERSES, universe, (uint64_t)i);
		double z = bsm_rng_normal(&rng);
		pull[i] = d->dial[i].sigma > 0 ? z : 0;
	}
}

double bsm_dials_weight(const struct bsm_dials *d, const double pull[BSM_DIALS], int history)
{
	double w = 1;
	int code[2] = {history % 64, history / 64};
	for (int k = 0; k < 2; k++) {
		int s = (code[k] - 1) / BSM_REGION_BINS;
		if (code[k] < 1 || s >= BSM_REGION_SPECIES || !d->n)
			continue;
		int i = OVERALL + GEOMETRY + code[k] - 1;
		w *= fmax(0, 1 + d->dial[i].sigma * pull[i]) * fmax(0, 1 + d->dial[family[s]].sigma * pull[family[s]]);
	}
	return w;
}
