/* Reader of the source kind `hadrons`: how many of a species a proton makes, and with which momenta. */
#include <stdlib.h>
#include <string.h>

#include "kinematics/particles.h"
#include "source/hadrons_read.h"

static double bmpt(const void *law, double p, double ct, double st)
{
	return bsm_bmpt_density(law, p, ct, st);
}
static double sanford_wang(const void *law, double p, double ct, double st)
{
	return bsm_sanford_wang_density(law, p, ct, st);
}
static double feynman_kaon(const void *law, double p, double ct, double st)
{
	return bsm_feynman_kaon_density(law, p, ct, st);
}
static double burman_smith(const void *law, double p, double ct, double st)
{
	return bsm_burman_smith_density(law, p, ct, st);
}
static double pi0_mean(const void *law, double p, double ct, double st)
{
	return bsm_pi0_density(law, p, ct, st);
}
static double mt_scaled(const void *law, double p, double ct, double st)
{
	return bsm_mt_scaled_density(law, p, ct, st);
}

static const char *const flavour_name[BSM_FLAVOURS] = {"charm", "beauty", "charmonium"};

static int flavour_of(int32_t pdg)
{
	int32_t a = abs(pdg);
	return a == 411 || a == 421 || a == 431   ? 0
	       : a == 511 || a == 521 || a == 531 ? 1
	       : a == 443 || a == 100443 || a == 553 ? 2
						  : -1;
}

/* charm: {cross_section, A_power, n, b}, and beauty, charmonium alike. With A_power the cross-section is per nucleon.
 */
enum bsm_status bsm_hadrons_flavours(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_hadron_reader *r)
{
	for (int i = 0; i < BSM_FLAVOURS; i++) {
		struct bsm_node *map = bsm_node_get(root, flavour_name[i]), *comment;
		struct bsm_heavy *h = &r->heavy[i];
		double power = 0;
		if (!map)
			continue;
		if (map->kind != BSM_MAP)
			return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected cross_section, n and b");
		if ((comment = bsm_node_get(map, "comment")))
			bsm_node_ignore(comment);
		BSM_TRY(bsm_get_positive(ctx, map, "cross_section", BSM_DIM_AREA, &h->cm2));
		BSM_TRY(bsm_get_positive(ctx, map, "n", BSM_DIM_NONE, &h->n));
		BSM_TRY(bsm_get_positive(ctx, map, "b", BSM_DIM_PER_ENERGY2, &h->b));
		BSM_TRY(bsm_get_number_or(ctx, map, "A_power", &power));
		if (!(power >= 0 && power <= 2))
			return bsm_node_fail(ctx, bsm_node_get(map, "A_power"), BSM_E_RANGE, "%g is outside 0 to 2",
					     power);
		h->cm2 *= pow(r->A, power);
		BSM_TRY(bsm_get_number_or(ctx, map, "spread", &h->spread));
		if (!(h->spread >= 0))
			return bsm_node_fail(ctx, bsm_node_get(map, "spread"), BSM_E_RANGE, "%g is negative",
					     h->spread);
	}
	return BSM_OK;
}

static enum bsm_status init_heavy(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadron_reader *r,
				  int flavour, struct bsm_hadron *h)
{
	const struct bsm_heavy *f = &r->heavy[flavour];
	double fraction = 1;
	if (flavour_of(h->pdg) != flavour)
		return bsm_node_fail(ctx, map, BSM_E_NAME, "model %s has no parameters for %s", flavour_name[flavour],
				     bsm_pdg_name(h->pdg));
	BSM_TRY(flavour == 2 ? bsm_get_number_or(ctx, map, "fraction", &fraction)
			     : bsm_get_number(ctx, map, "fraction", &fraction));
	if (!(fraction >= 0 && fraction <= 1))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "fraction %g is outside 0 to 1", fraction);
	if (!(f->cm2 > 0))
		return bsm_node_fail(ctx, map, BSM_E_KEY, "model %s needs a section %s: {cross_section, n, b}",
				     flavour_name[flavour], flavour_name[flavour]);
	h->model = BSM_HADRON_CHARM;
	h->pmax = r->pB;
	h->spread = f->spread;
	if (bsm_charm_init(&h->law.charm, h->pdg, r->pB, f->n, f->b))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "%g GeV/c on a nucleon at rest is below the threshold of %s: leave the row out",
				     r->pB, bsm_pdg_name(h->pdg));
	h->scale *= fraction * f->cm2 / r->production_cm2;
	return BSM_OK;
}

static enum bsm_status base_law(struct bsm_ctx *ctx, struct bsm_node *map, const char **law)
{
	*law = "bmpt";
	BSM_TRY(bsm_get_string_or(ctx, map, "law", law));
	if (strcmp(*law, "bmpt") != 0 && strcmp(*law, "sanford_wang") != 0)
		return bsm_node_fail(ctx, bsm_node_get(map, "law"), BSM_E_NAME,
				     "found \"%s\", expected the law of the pions: bmpt or sanford_wang", *law);
	return BSM_OK;
}

static enum bsm_status init_pi0(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadron_reader *r,
				struct bsm_hadron *h)
{
	const char *law;
	BSM_TRY(base_law(ctx, map, &law));
	if (h->pdg != 111)
		return bsm_node_fail(ctx, map, BSM_E_NAME, "pi0_mean has no parameters for %s", bsm_pdg_name(h->pdg));
	h->model = BSM_HADRON_PI0_MEAN;
	h->density = pi0_mean;
	bsm_pions_init(&h->law.pions, law, r->pB, r->A);
	h->pmax = h->law.pions.pmax;
	return BSM_OK;
}

/* ratio: number of this meson over that of pi0; or mt_ratio: the same at equal transverse mass. */
static enum bsm_status init_scaled(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadron_reader *r,
				   struct bsm_hadron *h)
{
	struct bsm_node *total = bsm_node_get(map, "ratio"), *local = bsm_node_get(map, "mt_ratio");
	struct bsm_mt_scaled *law = &h->law.mt_scaled;
	const char *word;
	double ratio;
	BSM_TRY(base_law(ctx, map, &word));
	int32_t a = h->pdg;
	if (a != 221 && a != 331 && a != 113 && a != 223 && a != 333)
		return bsm_node_fail(ctx, map, BSM_E_NAME,
				     "mt_scaled has no parameters for %s: it makes 221, 331, 113, 223, 333",
				     bsm_pdg_name(h->pdg));
	if (!total == !local)
		return bsm_node_fail(
			ctx, map, BSM_E_KEY,
			"expected either ratio (number over that of pi0) or mt_ratio (at equal transverse mass)");
	BSM_TRY(bsm_node_number(ctx, total ? total : local, &ratio));
	if (!(ratio > 0 && ratio < 10))
		return bsm_node_fail(ctx, total ? total : local, BSM_E_RANGE, "%g: expected more than 0, less than 10",
				     ratio);
	if (bsm_mt_scaled_init(law, h->pdg, word, r->pB, r->A, total ? 1 : ratio))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "%g GeV/c on a nucleon at rest is below the threshold of %s: leave the row out",
				     r->pB, bsm_pdg_name(h->pdg));
	if (total)
		bsm_mt_scaled_normalise(law, ratio);
	h->model = BSM_HADRON_MT_SCALED;
	h->density = mt_scaled;
	h->pmax = law->pions.pmax;
	return BSM_OK;
}

static enum bsm_status init_burman_smith(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadron_reader *r,
					 struct bsm_hadron *h)
{
	double Z, m = bsm_pdg_mass(2212), T = sqrt(r->pB * r->pB + m * m) - m;
	BSM_TRY(bsm_get_positive(ctx, map, "Z", BSM_DIM_NONE, &Z));
	if (h->pdg != 211)
		return bsm_node_fail(ctx, map, BSM_E_NAME, "burman_smith has no parameters for %s",
				     bsm_pdg_name(h->pdg));
	if (bsm_burman_smith_init(&h->law.burman_smith, Z, T))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "burman_smith is for protons of 0.3 to 1.1 GeV, these have %g", T);
	h->model = BSM_HADRON_BURMAN_SMITH;
	h->density = burman_smith;
	h->pmax = h->law.burman_smith.pmax;
	return BSM_OK;
}

static enum bsm_status init_fit(struct bsm_ctx *ctx, struct bsm_node *map, const char *model,
				const struct bsm_hadron_reader *r, struct bsm_hadron *h)
{
	const char *set = "miniboone";
	int bad;
	h->pmax = r->pB;
	if (strcmp(model, "bmpt") == 0) {
		h->model = BSM_HADRON_BMPT;
		h->density = bmpt;
		bad = bsm_bmpt_init(&h->law.bmpt, h->pdg, r->pB, r->A);
	} else if (strcmp(model, "sanford_wang") == 0) {
		h->model = BSM_HADRON_SANFORD_WANG;
		h->density = sanford_wang;
		BSM_TRY(bsm_get_string_or(ctx, map, "set", &set));
		bad = bsm_sanford_wang_init(&h->law.sanford_wang, h->pdg, set, r->pB);
		h->pmax = bad ? h->pmax : h->law.sanford_wang.pmax;
	} else if (strcmp(model, "feynman_kaon") == 0) {
		h->model = BSM_HADRON_FEYNMAN_KAON;
		h->density = feynman_kaon;
		BSM_TRY(bsm_get_string_or(ctx, map, "set", &set));
		bad = h->pdg != 321 || bsm_feynman_kaon_init(&h->law.feynman_kaon, set, r->pB);
	} else {
		return bsm_node_fail(
			ctx, bsm_node_get(map, "model"), BSM_E_NAME,
			"no model \"%s\": bmpt, sanford_wang, feynman_kaon, burman_smith, pi0_mean, mt_scaled, charm, "
			"beauty or charmonium",
			model);
	}
	if (bad)
		return bsm_node_fail(ctx, map, BSM_E_NAME, "%s (set %s) has no parameters for %s", model, set,
				     bsm_pdg_name(h->pdg));
	return BSM_OK;
}

enum bsm_status bsm_hadrons_law(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadron_reader *r,
				struct bsm_hadron *h)
{
	const char *model;
	BSM_TRY(bsm_get_string(ctx, map, "model", &model));
	for (int i = 0; i < BSM_FLAVOURS; i++)
		if (strcmp(model, flavour_name[i]) == 0)
			return init_heavy(ctx, map, r, i, h);
	if (strcmp(model, "burman_smith") != 0 && !(r->pB >= 2))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "%g GeV/c: %s holds from 2 GeV/c to 10 TeV/c; below there is burman_smith for pi+",
				     r->pB, model);
	if (strcmp(model, "burman_smith") == 0)
		BSM_TRY(init_burman_smith(ctx, map, r, h));
	else if (strcmp(model, "pi0_mean") == 0)
		BSM_TRY(init_pi0(ctx, map, r, h));
	else if (strcmp(model, "mt_scaled") == 0)
		BSM_TRY(init_scaled(ctx, map, r, h));
	else
		BSM_TRY(init_fit(ctx, map, model, r, h));
	if (!(h->pmax > 0.02))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "%s ends below the beam momentum %g GeV/c", model, r->pB);
	h->scale *= 1e-27 / r->production_cm2; /* mb */
	return BSM_OK;
}
