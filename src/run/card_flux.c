/* The card's key `flux`: what `bsmnu flux` measures. */
#include <math.h>
#include <string.h>

#include "run/card.h"
#include "source/beamline/dials.h"

static enum bsm_status add_place(struct bsm_ctx *ctx, struct bsm_node *n, struct bsm_card_flux *f, double x)
{
	if (f->places == BSM_FLUX_PLACES)
		return bsm_node_fail(ctx, n, BSM_E_RANGE, "more than %d places", BSM_FLUX_PLACES);
	f->off_axis[f->places++] = x;
	return BSM_OK;
}

/* `0 m, 6 m, ..., 30 m`: goes on in the step of the two before, up to the next, which has to be met. */
static enum bsm_status go_on(struct bsm_ctx *ctx, struct bsm_node *n, struct bsm_card_flux *f)
{
	double to, first, step;
	if (f->places < 2 || !n->next)
		return bsm_node_fail(ctx, n, BSM_E_SYNTAX, "`...` needs two places before and one behind it");
	BSM_TRY(bsm_node_quantity(ctx, n->next, BSM_DIM_LENGTH, &to));
	first = f->off_axis[f->places - 1];
	step = first - f->off_axis[f->places - 2];
	double count = (to - first) / step;
	if (!(count > 0.5) || !(fabs(count - round(count)) < 1e-6))
		return bsm_node_fail(ctx, n, BSM_E_RANGE, "steps of %g m from %g m do not lead to %g m", step, first, to);
	for (int i = 1; i < round(count); i++)
		BSM_TRY(add_place(ctx, n, f, first + i * step));
	return BSM_OK;
}

static enum bsm_status read_places(struct bsm_ctx *ctx, struct bsm_node *list, struct bsm_card_flux *f)
{
	if (list->kind != BSM_LIST || !list->nchild)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX,
				     "expected a list of lengths: [0 m, 6 m, 12 m] or [0 m, 6 m, ..., 30 m]");
	for (struct bsm_node *n = list->child; n; n = n->next) {
		double x;
		if (n->kind == BSM_SCALAR && !strcmp(n->text, "...")) {
			n->used = true;
			BSM_TRY(go_on(ctx, n, f));
			continue;
		}
		BSM_TRY(bsm_node_quantity(ctx, n, BSM_DIM_LENGTH, &x));
		BSM_TRY(add_place(ctx, n, f, x));
	}
	return BSM_OK;
}

enum bsm_status bsm_card_flux(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_node *map = bsm_node_get(c->tree, "flux"), *places;
	int64_t bins = 60, universes = 0;
	c->flux = (struct bsm_card_flux){.trials = 400000};
	if (map && map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {bins, max, trials, off_axis, universes}");
	BSM_TRY(bsm_get_int_or(ctx, map, "bins", 1, 2000, &bins));
	BSM_TRY(bsm_get_int_or(ctx, map, "trials", 1, (int64_t)1 << 40, &c->flux.trials));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "max", BSM_DIM_ENERGY, &c->flux.max));
	BSM_TRY(bsm_get_int_or(ctx, map, "universes", 0, 5000, &universes));
	c->flux.bins = (int)bins;
	c->flux.universes = (int)universes;
	if (c->flux.max < 0)
		return bsm_node_fail(ctx, bsm_node_get(map, "max"), BSM_E_RANGE, "expected an energy above zero");
	if (universes && !bsm_dials_any(c->source.dials))
		return bsm_node_fail(ctx, bsm_node_get(map, "universes"), BSM_E_MODEL, "source %s does not say how uncertain it is: universes need its `dials:`",
				     c->source.name);
	places = map ? bsm_node_get(map, "off_axis") : NULL;
	if (!places)
		return BSM_OK;
	if (universes)
		return bsm_node_fail(ctx, places, BSM_E_RANGE, "universes are made at one place at a time: the same number is the same beam everywhere");
	if (c->source.aim) /* a table */
		return bsm_node_fail(ctx, places, BSM_E_MODEL, "source %s knows its flux at one place only", c->source.name);
	return read_places(ctx, places, &c->flux);
}
