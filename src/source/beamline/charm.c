#include "source/beamline/charm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "core/text.h"

static const double seldom = 0.25; /* share of interactions that are asked: charm is rare, and each row counts */

static enum bsm_status read_fractions(struct bsm_ctx *ctx, struct bsm_node *map, double pB, double n, double b,
				      struct bsm_charmed *c)
{
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected a map of pdg codes and fractions: {421: 0.61, 411: 0.24, 431: 0.08}");
	for (struct bsm_node *f = map->child; f; f = f->next) {
		int64_t pdg = 0;
		double fraction;
		if (bsm_parse_int(f->key, f->key + strlen(f->key), &pdg) || (pdg != 411 && pdg != 421 && pdg != 431))
			return bsm_node_fail(
				ctx, f, BSM_E_NAME,
				"expected 411 (D+), 421 (D0) or 431 (Ds); the antiparticles come with them");
		BSM_TRY(bsm_node_number(ctx, f, &fraction));
		f->used = true;
		if (!(fraction >= 0 && fraction <= 1))
			return bsm_node_fail(ctx, f, BSM_E_RANGE, "fraction %g is outside 0 to 1", fraction);
		for (int sign = 1; sign >= -1; sign -= 2) {
			if (c->n == BSM_CHARMED || bsm_charm_init(&c->law[c->n], sign * (int32_t)pdg, pB, n, b))
				return bsm_node_fail(ctx, f, BSM_E_RANGE,
						     "the beam of %g GeV/c is below the threshold of charm", pB);
			c->pdg[c->n] = sign * (int32_t)pdg;
			c->fraction[c->n++] = fraction;
		}
	}
	return BSM_OK;
}

enum bsm_status bsm_charmed_read(struct bsm_ctx *ctx, struct bsm_node *root, double pB, struct bsm_charmed *c)
{
	struct bsm_node *map = bsm_node_get(root, "charm"), *fractions, *comment;
	double cm2, n, b;
	*c = (struct bsm_charmed){0};
	if (!map)
		return BSM_OK;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {cross_section, n, b, fractions}");
	if ((comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_quantity(ctx, map, "cross_section", BSM_DIM_AREA, &cm2));
	BSM_TRY(bsm_get_number(ctx, map, "n", &n));
	BSM_TRY(bsm_get_quantity(ctx, map, "b", BSM_DIM_PER_ENERGY2, &b));
	BSM_TRY(bsm_node_need(ctx, map, "fractions", &fractions));
	if (!(cm2 >= 0) || !(n >= 0) || !(b > 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "cross_section and n may not be negative, b has to be positive");
	c->sigma_mb = cm2 * 1e27;
	return read_fractions(ctx, fractions, pB, n, b, c);
}

int bsm_charmed_draw(const struct bsm_charmed *c, struct bsm_p4 x, struct bsm_p4 d, double sigma_mb,
		     struct bsm_rng *rng, struct bsm_flying *out)
{
	double p, ct, st;
	if (!c->n || !(bsm_rng_uniform(rng) < seldom))
		return 0;
	int k = (int)(bsm_rng_uniform(rng) * c->n);
	double w = bsm_charm_map(&c->law[k], bsm_rng_uniform(rng), bsm_rng_uniform(rng), &p, &ct, &st);
	if (!(w > 0))
		return 0;
	*out = (struct bsm_flying){.pdg = c->pdg[k],
				   .m = bsm_pdg_mass(c->pdg[k]),
				   .ctau = bsm_pdg_ctau(c->pdg[k]),
				   .x = x,
				   .depth = 1,
				   .weight = w * c->fraction[k] * c->sigma_mb / sigma_mb * c->n / seldom};
	struct bsm_p4 along = bsm_turn_from(d, ct, st, 2 * BSM_PI * bsm_rng_uniform(rng));
	double flown = -log(bsm_rng_uniform(rng)) * p / out->m * out->ctau;
	out->p = bsm_p4_scale(p, along);
	out->p.e = sqrt(p * p + out->m * out->m);
	out->x = bsm_p4_add(x, bsm_p4_scale(flown, (struct bsm_p4){0, along.x, along.y, along.z}));
	out->x.e = x.e + flown * out->p.e / (p * BSM_C);
	return 1;
}
