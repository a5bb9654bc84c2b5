#include "source/source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"

const struct bsm_source_kind *const bsm_source_kinds[] = {
	&bsm_source_beamline,
	&bsm_source_hadrons,
	&bsm_source_stopped,
	&bsm_source_parents,
	&bsm_source_flux_table,
	&bsm_source_shower,
	NULL,
};

static enum bsm_status find_kind(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_source_kind **out)
{
	const char *name;
	char known[256] = "";
	size_t n = 0;
	BSM_TRY(bsm_get_string(ctx, root, "kind", &name));
	for (int i = 0; bsm_source_kinds[i]; i++) {
		size_t len = strlen(bsm_source_kinds[i]->name);
		if (strcmp(bsm_source_kinds[i]->name, name) == 0) {
			*out = bsm_source_kinds[i];
			return BSM_OK;
		}
		if (n + len + 2 < sizeof known) {
			known[n++] = ' ';
			memcpy(known + n, bsm_source_kinds[i]->name, len + 1);
			n += len;
		}
	}
	return bsm_node_fail(ctx, bsm_node_get(root, "kind"), BSM_E_NAME, "no source kind \"%s\"; there are:%s", name,
			     known);
}

static enum bsm_status read_bunches(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_bunches *b)
{
	int64_t batches = 1, buckets = 0, filled = 0;
	struct bsm_node *comment;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected a map: batches, buckets, filled, spacing, sigma, ...");
	if ((comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_int_or(ctx, map, "batches", 1, 1000, &batches));
	BSM_TRY(bsm_get_int_or(ctx, map, "buckets", 1, 100000, &buckets));
	filled = buckets;
	BSM_TRY(bsm_get_int_or(ctx, map, "filled", 1, 100000, &filled));
	BSM_TRY(bsm_get_quantity(ctx, map, "spacing", BSM_DIM_TIME, &b->spacing_s));
	BSM_TRY(bsm_get_quantity(ctx, map, "sigma", BSM_DIM_TIME, &b->sigma_s));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spill", BSM_DIM_TIME, &b->spill_s));
	BSM_TRY(bsm_get_number_or(ctx, map, "pot_per_spill", &b->pot_per_spill));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "period", BSM_DIM_TIME, &b->period_s));
	if (!buckets || filled > buckets)
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "buckets (at least 1) and filled (at most as many) were expected");
	if (b->spacing_s < 0 || b->sigma_s < 0 || b->spill_s < 0 || b->pot_per_spill < 0 || b->period_s < 0)
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "nothing here may be negative");
	b->batch = (int)buckets;
	b->filled = (int)filled;
	b->count = (int)(batches * filled);
	return BSM_OK;
}

static void ignore(struct bsm_node *root, const char *key)
{
	struct bsm_node *n = bsm_node_get(root, key);
	if (n)
		bsm_node_ignore(n);
}

static enum bsm_status read_common(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	static const char *const words[] = {"description", "frame", "sources", "source", "licence", "comment"};
	const char *name;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		ignore(root, words[i]);
	BSM_TRY(bsm_get_schema(ctx, root, 1));
	BSM_TRY(bsm_get_string(ctx, root, "name", &name));
	if (!*name || strlen(name) >= sizeof s->name)
		return bsm_node_fail(ctx, bsm_node_get(root, "name"), BSM_E_RANGE,
				     "a name of 1 to %d letters was expected", (int)sizeof s->name - 1);
	memcpy(s->name, name, strlen(name) + 1);
	BSM_TRY(bsm_get_string_or(ctx, root, "frame_name", &name));
	if (!*name || strlen(name) >= sizeof s->frame)
		return bsm_node_fail(ctx, bsm_node_get(root, "frame_name"), BSM_E_RANGE,
				     "a name of 1 to %d letters was expected", (int)sizeof s->frame - 1);
	memcpy(s->frame, name, strlen(name) + 1);
	BSM_TRY(bsm_get_number_or(ctx, root, "pot_per_year", &s->pot_per_year));
	if (s->pot_per_year < 0)
		return bsm_node_fail(ctx, bsm_node_get(root, "pot_per_year"), BSM_E_RANGE, "it may not be negative");
	struct bsm_node *bunches = bsm_node_get(root, "bunches");
	return bunches ? read_bunches(ctx, bunches, &s->bunches) : BSM_OK;
}

static enum bsm_status open_source(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	BSM_TRY(find_kind(ctx, root, &s->kind));
	BSM_TRY(read_common(ctx, root, s));
	BSM_TRY(s->kind->open(ctx, root, s));
	return bsm_node_finish(ctx, root);
}

enum bsm_status bsm_source_parse(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	*s = (struct bsm_source){0};
	enum bsm_status status = open_source(ctx, root, s);
	if (status != BSM_OK)
		bsm_source_close(s);
	return status;
}

enum bsm_status bsm_source_fill(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	enum bsm_status status = s->kind->fill ? s->kind->fill(ctx, root, s) : BSM_OK;
	if (status != BSM_OK)
		bsm_source_close(s);
	return status;
}

enum bsm_status bsm_source_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	BSM_TRY(bsm_source_parse(ctx, root, s));
	return bsm_source_fill(ctx, root, s);
}

void bsm_source_close(struct bsm_source *s)
{
	if (s->close)
		s->close(s);
	free(s->dials);
	*s = (struct bsm_source){0};
}

double bsm_source_integral(const struct bsm_source *s, int component, uint64_t seed, int n, double *error)
{
	double sum = 0, sum2 = 0, u[BSM_SOURCE_NDIM];
	for (int i = 0; i < n; i++) {
		struct bsm_rng rng = bsm_rng_make(seed, BSM_FOR_VERIFY, (uint64_t)i, (uint64_t)component);
		struct bsm_particle p;
		bsm_rng_fill(&rng, u, s->ndim);
		double w = s->ray(s, component, u, &p);
		sum += w;
		sum2 += w * w;
	}
	double mean = sum / n;
	if (error)
		*error = sqrt(fmax(sum2 / n - mean * mean, 0) / n);
	return mean;
}
