/* Time structure of a spallation source: keys `beam` (for people, and checked) and `pulse`. */
#include <math.h>
#include <string.h>

#include "core/constants.h"
#include "source/stopped.h"

static enum bsm_status at_least_zero(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, enum bsm_dim dim,
				     double *out)
{
	*out = 0;
	BSM_TRY(bsm_get_quantity_or(ctx, map, key, dim, out));
	if (!(*out >= 0))
		return bsm_node_fail(ctx, bsm_node_get(map, key), BSM_E_RANGE, "%g %s is negative", *out,
				     bsm_dim_unit(dim));
	return BSM_OK;
}

/* Power and protons are two statements of one thing: they have to agree. */
static enum bsm_status read_beam(struct bsm_ctx *ctx, struct bsm_node *root, double protons_per_s)
{
	struct bsm_node *map = bsm_node_get(root, "beam"), *text;
	double energy, power;
	if (!map)
		return BSM_OK;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {kinetic_energy, power, target}");
	BSM_TRY(at_least_zero(ctx, map, "kinetic_energy", BSM_DIM_ENERGY, &energy));
	BSM_TRY(at_least_zero(ctx, map, "power", BSM_DIM_POWER, &power));
	if ((text = bsm_node_get(map, "target")))
		bsm_node_ignore(text);
	double carried = energy * 1e9 * BSM_ELEMENTARY_CHARGE * protons_per_s;
	if (power > 0 && carried > 0 && !(fabs(carried / power - 1) < 0.1))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "power: %g W, but pot_per_pulse x frequency x kinetic_energy is %g W", power,
				     carried);
	return BSM_OK;
}

static enum bsm_status read_shape(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_bunches *b)
{
	static const char *const names[] = {"gaussian", "triangle", "box", "double_box"};
	static const char *const width[] = {"fwhm", "fwhm", "width", "width"};
	const char *shape;
	double w;
	int k = 0;
	BSM_TRY(bsm_get_string(ctx, map, "shape", &shape));
	while (k < 4 && strcmp(names[k], shape) != 0)
		k++;
	if (k == 4)
		return bsm_node_fail(ctx, bsm_node_get(map, "shape"), BSM_E_NAME,
				     "found \"%s\", expected gaussian, triangle, box or double_box", shape);
	BSM_TRY(bsm_get_quantity(ctx, map, width[k], BSM_DIM_TIME, &w));
	if (!(w > 0))
		return bsm_node_fail(ctx, bsm_node_get(map, width[k]), BSM_E_RANGE, "%g s: expected more than 0", w);
	b->count = b->batch = b->filled = k == 3 ? 2 : 1;
	b->shape = k == 0 ? BSM_BUNCH_GAUSS : k == 1 ? BSM_BUNCH_TRIANGLE : BSM_BUNCH_BOX;
	b->sigma_s = k == 0 ? w / (2 * sqrt(2 * log(2))) : w;
	if (k < 3)
		return BSM_OK;
	BSM_TRY(bsm_get_quantity(ctx, map, "spacing", BSM_DIM_TIME, &b->spacing_s));
	if (!(b->spacing_s >= w))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "spacing %g s is shorter than the width %g s", b->spacing_s,
				     w);
	return BSM_OK;
}

enum bsm_status bsm_pulse_read(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_bunches *b)
{
	struct bsm_node *map = bsm_node_get(root, "pulse"), *comment;
	double frequency;
	if (!map)
		return read_beam(ctx, root, b->period_s > 0 ? b->pot_per_spill / b->period_s : 0);
	if (b->count)
		return bsm_node_fail(ctx, map, BSM_E_KEY, "pulse and bunches both say when the protons come: keep one");
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected {shape, fwhm or width, spacing, frequency, pot_per_pulse}");
	if ((comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	BSM_TRY(read_shape(ctx, map, b));
	BSM_TRY(at_least_zero(ctx, map, "frequency", BSM_DIM_FREQUENCY, &frequency));
	BSM_TRY(at_least_zero(ctx, map, "pot_per_pulse", BSM_DIM_NONE, &b->pot_per_spill));
	b->spill_s = b->spacing_s + b->sigma_s;
	b->period_s = frequency > 0 ? 1 / frequency : 0;
	return read_beam(ctx, root, frequency * b->pot_per_spill);
}
