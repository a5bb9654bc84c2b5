#include "source/variants.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum { GROUPS = 8 };
static const char *const group_name[GROUPS] = {"all", "pion", "kaon", "eta", "vector", "charm", "beauty", "charmonium"};
static const char known[] = "a variant scales all, pion, kaon, eta, vector, charm, beauty, charmonium, or one pdg code";

static int in_group(int group, int32_t pdg)
{
	int32_t a = abs(pdg);
	switch (group) {
	case 0: return 1;
	case 1: return a == 211 || a == 111;
	case 2: return a == 321 || a == 130 || a == 310;
	case 3: return a == 221 || a == 331;
	case 4: return a == 113 || a == 223 || a == 333;
	case 5: return a == 411 || a == 421 || a == 431;
	case 6: return a / 100 == 5 && a != 553;
	default: return a == 441 || a == 443 || a == 445 || a == 100443 || a == 553;
	}
}

static int group_of_name(const char *key)
{
	for (int i = 0; i < GROUPS; i++)
		if (strcmp(key, group_name[i]) == 0)
			return i;
	return -1;
}

static enum bsm_status check(struct bsm_ctx *ctx, const struct bsm_node *row)
{
	for (struct bsm_node *c = row->child; c; c = c->next) {
		double factor;
		int64_t pdg;
		if (group_of_name(c->key) < 0 && bsm_parse_int(c->key, c->key + strlen(c->key), &pdg))
			return bsm_node_fail(ctx, c, BSM_E_KEY, "%s", known);
		BSM_TRY(bsm_node_number(ctx, c, &factor));
		if (!(factor >= 0))
			return bsm_node_fail(ctx, c, BSM_E_RANGE, "a factor is not negative");
	}
	return BSM_OK;
}

enum bsm_status bsm_variant_read(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_variant *v)
{
	const char *name = "nominal";
	struct bsm_node *list = bsm_node_get(root, "variants"), *key = bsm_node_get(root, "variant");
	BSM_TRY(bsm_get_string_or(ctx, root, "variant", &name));
	v->row = NULL;
	if (list && list->kind != BSM_MAP)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX, "expected a map: name: {charm: factor}");
	for (struct bsm_node *c = list ? list->child : NULL; c; c = c->next) {
		if (c->kind != BSM_MAP)
			return bsm_node_fail(ctx, c, BSM_E_SYNTAX, "expected a map of factors");
		BSM_TRY(check(ctx, c));
		bsm_node_ignore(c);
		if (strcmp(c->key, name) == 0)
			v->row = c;
	}
	if (!v->row && strcmp(name, "nominal") != 0)
		return bsm_node_fail(ctx, key, BSM_E_NAME,
				     "no variant \"%s\" under variants: (nominal is always there)", name);
	return BSM_OK;
}

enum bsm_status bsm_variant_factor(struct bsm_ctx *ctx, const struct bsm_variant *v, int32_t pdg, double *out)
{
	*out = 1;
	for (struct bsm_node *c = v->row ? v->row->child : NULL; c; c = c->next) {
		double factor;
		int64_t code = 0;
		BSM_TRY(bsm_node_number(ctx, c, &factor));
		int group = group_of_name(c->key);
		if (group < 0 && bsm_parse_int(c->key, c->key + strlen(c->key), &code) == 0 && code == pdg)
			*out *= factor;
		if (group >= 0 && in_group(group, pdg))
			*out *= factor;
	}
	return BSM_OK;
}
