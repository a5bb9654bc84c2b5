/* Source kind `beamline`: protons on target, horns, decay pipe and absorber, simulated once into a list of parents at
 * their decays, which is kept in the cache and served like any other list. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/blocks.h"
#include "core/cache.h"
#include "core/progress.h"
#include "source/beamline/cascade.h"
#include "source/beamline/dials.h"

/* Goes into the hash of a sample: to be raised with every change of the physics. */
enum { EDITION = 7 };
enum { BLOCK = 1024, PILOT = 2048 };

struct beamline {
	struct bsm_layout layout;
	struct bsm_hadroproduction make;
	struct bsm_cascade cascade;
	uint64_t seed, protons, hash;
	int64_t rows;
};

static void close_plan(struct bsm_source *s)
{
	struct beamline *b = s->data;
	if (!b)
		return;
	bsm_layout_free(&b->layout);
	bsm_hadroproduction_free(&b->make);
	free(b);
	s->data = NULL;
}

static enum bsm_status read_beam(struct bsm_ctx *ctx, struct bsm_node *root, struct beamline *b)
{
	struct bsm_node *map;
	struct bsm_proton_beam *p = &b->cascade.beam;
	BSM_TRY(bsm_node_need(ctx, root, "beam", &map));
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected a map: momentum or kinetic_energy, start, spot_x, spot_y");
	struct bsm_node *momentum = bsm_node_get(map, "momentum"), *kinetic = bsm_node_get(map, "kinetic_energy");
	if (!momentum == !kinetic)
		return bsm_node_fail(ctx, map, BSM_E_KEY, "expected either momentum or kinetic_energy");
	BSM_TRY(bsm_node_quantity(ctx, momentum ? momentum : kinetic, BSM_DIM_ENERGY, &p->momentum));
	if (kinetic)
		p->momentum = sqrt(p->momentum * (p->momentum + 2 * bsm_pdg_mass(2212)));
	if (!(p->momentum >= 3 && p->momentum <= 1000))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "%g GeV/c: hadron production is described from 3 to 1000 GeV/c", p->momentum);
	BSM_TRY(bsm_get_quantity(ctx, map, "start", BSM_DIM_LENGTH, &p->z));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "offset_x", BSM_DIM_LENGTH, &p->offset_x));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "offset_y", BSM_DIM_LENGTH, &p->offset_y));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spot_x", BSM_DIM_LENGTH, &p->spot_x));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spot_y", BSM_DIM_LENGTH, &p->spot_y));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "divergence_x", BSM_DIM_ANGLE, &p->divergence_x));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "divergence_y", BSM_DIM_ANGLE, &p->divergence_y));
	if (p->spot_x < 0 || p->spot_y < 0)
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "a spot cannot be negative");
	return BSM_OK;
}

static double shift_of(const struct bsm_dials *d, const char *name)
{
	int i = bsm_dials_find(d, name);
	return i < 0 ? 0 : d->dial[i].sigma * d->dial[i].pull;
}

/* The horns' currents: fhc as written, rhc reversed, off none; times `horn_current`. */
static enum bsm_status read_mode(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_dials *dials,
				 struct bsm_layout_dials *d)
{
	const char *mode = "fhc";
	*d = (struct bsm_layout_dials){.current = 1};
	BSM_TRY(bsm_get_number_or(ctx, root, "horn_current", &d->current));
	BSM_TRY(bsm_get_quantity_or(ctx, root, "target_shift", BSM_DIM_LENGTH, &d->target_z));
	BSM_TRY(bsm_get_string_or(ctx, root, "mode", &mode));
	d->current *= 1 + shift_of(dials, "horn_current");
	d->target_z += shift_of(dials, "target_shift");
	d->beam_x = shift_of(dials, "beam_offset");
	if (strcmp(mode, "rhc") == 0)
		d->current = -d->current;
	else if (strcmp(mode, "off") == 0)
		d->current = 0;
	else if (strcmp(mode, "fhc") != 0)
		return bsm_node_fail(ctx, bsm_node_get(root, "mode"), BSM_E_NAME,
				     "found \"%s\", expected fhc, rhc or off", mode);
	return BSM_OK;
}

static enum bsm_status read_plan(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s, struct beamline *b)
{
	struct bsm_layout_dials dials;
	int64_t protons = 200000, seed = 1, generations = 4;
	b->rows = 1000000;
	BSM_TRY(read_beam(ctx, root, b));
	BSM_TRY(bsm_charmed_read(ctx, root, b->cascade.beam.momentum, &b->cascade.charm));
	s->dials = calloc(1, sizeof *s->dials);
	if (!s->dials)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	BSM_TRY(bsm_dials_read(ctx, root, s->dials));
	BSM_TRY(read_mode(ctx, root, s->dials, &dials));
	b->cascade.beam.offset_x += dials.beam_x;
	BSM_TRY(bsm_layout_read(ctx, root, &dials, &b->layout));
	double geometry[3] = {dials.current, dials.target_z, dials.beam_x};
	BSM_TRY(bsm_get_int_or(ctx, root, "protons", 1, 1000000000, &protons));
	BSM_TRY(bsm_get_int_or(ctx, root, "parents", 1000, 20000000, &b->rows));
	BSM_TRY(bsm_get_int_or(ctx, root, "seed", 0, INT32_MAX, &seed));
	BSM_TRY(bsm_get_int_or(ctx, root, "generations", 0, 10, &generations));
	const struct bsm_layout *l = &b->layout;
	if (!(b->cascade.beam.z >= l->slab[0].z0 && b->cascade.beam.z < l->slab[l->nslab - 1].z1))
		return bsm_node_fail(ctx, bsm_node_get(root, "beam"), BSM_E_GEOMETRY,
				     "the beam starts at z = %g m, outside of the sections (%g to %g m)",
				     b->cascade.beam.z, l->slab[0].z0, l->slab[l->nslab - 1].z1);
	b->protons = (uint64_t)protons;
	b->seed = (uint64_t)seed;
	b->cascade.generations = (int)generations;
	b->cascade.layout = l;
	b->cascade.make = &b->make;
	s->norm = BSM_PER_POT;
	s->dump_z = l->pipe_end;
	s->dump_r = bsm_layout_radius(l) + BSM_SHIELD;
	static const char *const beside[] = {"description", "frame",  "frame_name", "sources",       "comment",
					     "licence",     "schema", "name",       "pot_per_year",  "bunches",
					     "dials",       "pull",   "universe",   "universe_seed", NULL};
	int edition = EDITION;
	b->hash = bsm_node_hash(bsm_hash_bytes(BSM_HASH_START, &edition, sizeof edition), root, beside);
	b->hash = bsm_hash_bytes(b->hash, &geometry, sizeof geometry);
	return BSM_OK;
}

static enum bsm_status beamline_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct beamline *b = calloc(1, sizeof *b);
	if (!b)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	s->data = b;
	s->close = close_plan;
	return read_plan(ctx, root, s, b);
}

struct scratch {
	struct bsm_cascade_work work;
	struct bsm_decay_rows rows;
};
struct gather {
	const struct beamline *b;
	struct bsm_parent_list *list;
	struct bsm_progress progress;
};

static enum bsm_status make_block(struct bsm_ctx *ctx, const void *arg, uint64_t block, void *scratch)
{
	const struct gather *g = arg;
	struct scratch *s = scratch;
	s->rows.n = 0;
	for (uint64_t i = block * BLOCK; i < (block + 1) * BLOCK && i < g->b->protons; i++) {
		struct bsm_rng rng = bsm_rng_make(g->b->seed, BSM_FOR_BEAM, i, 0);
		bsm_cascade_proton(&g->b->cascade, &rng, &s->work, &s->rows);
	}
	return s->rows.failed ? bsm_fail(ctx, BSM_E_MEMORY, "no memory for parents") : BSM_OK;
}

static enum bsm_status take_block(struct bsm_ctx *ctx, void *arg, uint64_t block, void *scratch)
{
	struct gather *g = arg;
	struct scratch *s = scratch;
	struct bsm_parent_list *l = g->list;
	(void)block;
	if (l->n + s->rows.n > l->cap) {
		size_t cap = 2 * l->cap + s->rows.n + 1024;
		struct bsm_parent *more = realloc(l->row, cap * sizeof *more);
		if (!more)
			return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu parents", cap);
		l->row = more;
		l->cap = cap;
	}
	for (size_t i = 0; i < s->rows.n; i++) {
		l->row[l->n] = s->rows.row[i].parent;
		l->row[l->n++].history = s->rows.row[i].history;
	}
	bsm_progress_step(&g->progress, BLOCK);
	return BSM_OK;
}

static void release(void *scratch)
{
	free(((struct scratch *)scratch)->rows.row);
}

/* Thinning that leaves about `rows` rows of all the protons: from a few protons, simulated in full. */
static enum bsm_status choose_thinning(struct bsm_ctx *ctx, struct beamline *b)
{
	BSM_TRY(bsm_check_cancel(ctx));
	struct scratch *s = calloc(1, sizeof *s);
	if (!s)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a beam");
	uint64_t n = b->protons < PILOT ? b->protons : PILOT;
	b->cascade.keep = 0;
	for (uint64_t i = 0; i < n; i++) {
		struct bsm_rng rng = bsm_rng_make(b->seed, BSM_FOR_PILOT, i, 0);
		bsm_cascade_proton(&b->cascade, &rng, &s->work, &s->rows);
	}
	double lo = 1e-12, hi = 1e6, wanted = (double)b->rows * (double)n / (double)b->protons;
	for (int k = 0; k < 60; k++) {
		double mid = sqrt(lo * hi), kept = 0;
		for (size_t i = 0; i < s->rows.n; i++)
			kept += fmin(1, bsm_row_importance(&s->rows.row[i].parent) / mid);
		if (kept > wanted)
			lo = mid;
		else
			hi = mid;
	}
	b->cascade.keep = (double)s->rows.n > wanted ? hi : 0;
	int failed = s->rows.failed;
	release(s);
	free(s);
	return failed ? bsm_fail(ctx, BSM_E_MEMORY, "no memory for parents") : BSM_OK;
}

static enum bsm_status simulate(struct bsm_ctx *ctx, const char *name, struct beamline *b, struct bsm_parent_list *list)
{
	struct gather g = {.b = b, .list = list};
	char what[80];
	if (bsm_hadroproduction_init(&b->make, b->cascade.beam.momentum))
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for hadron production");
	BSM_TRY(choose_thinning(ctx, b));
	snprintf(what, sizeof what, "protons through the beamline %.40s", name);
	bsm_progress_begin(&g.progress, ctx, what, b->protons);
	struct bsm_blocks blocks = {.count = (b->protons + BLOCK - 1) / BLOCK,
				    .threads = ctx->threads,
				    .scratch = sizeof(struct scratch),
				    .make = make_block,
				    .take = take_block,
				    .release = release,
				    .arg = &g};
	enum bsm_status status = bsm_blocks_run(ctx, &blocks);
	bsm_progress_end(&g.progress);
	list->pot = (double)b->protons;
	list->at = BSM_AT_DECAY;
	list->has_positions = list->has_polarisation = list->has_history = 1;
	if (status == BSM_OK && !list->n)
		return bsm_fail(ctx, BSM_E_GEOMETRY,
				"%s: of %llu protons nothing decays: does the beam meet the target?", name,
				(unsigned long long)b->protons);
	return status;
}

/* From the cache if it is there. A damaged file is made again. */
static enum bsm_status get_list(struct bsm_ctx *ctx, const char *name, struct beamline *b, struct bsm_parent_list *list)
{
	char path[4096];
	int cached = bsm_cache_path(name, b->hash, ".parents.h5", path, sizeof path);
	struct bsm_ctx quiet = {.cancel = ctx->cancel};
	if (cached && bsm_cache_has(path)) {
		list->mass_tolerance = 1e-6;
		if (bsm_parents_read_hdf5(&quiet, path, list) == BSM_OK)
			return BSM_OK;
		bsm_note(ctx, BSM_WARNING, "%s: %s: made again", path, quiet.message);
		bsm_parent_list_free(list);
	}
	BSM_TRY(simulate(ctx, name, b, list));
	quiet = (struct bsm_ctx){.cancel = ctx->cancel};
	if (!cached)
		return BSM_OK;
	if (bsm_cache_make_room(&quiet, path) != BSM_OK || bsm_parents_write_hdf5(&quiet, path, list) != BSM_OK)
		bsm_note(ctx, BSM_WARNING, "the parents are not kept: %s", quiet.message);
	else
		bsm_note(ctx, BSM_NOTE, "parents of %s kept in %s", name, path);
	return BSM_OK;
}

static enum bsm_status beamline_fill(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct beamline *b = s->data;
	struct bsm_parent_list list = {0};
	double dump = s->dump_z;
	enum bsm_status status = get_list(ctx, s->name, b, &list);
	close_plan(s);
	s->close = NULL;
	if (status != BSM_OK) {
		bsm_parent_list_free(&list);
		return status;
	}
	double pull[BSM_DIALS];
	for (int i = 0; i < s->dials->n; i++)
		pull[i] = s->dials->dial[i].pull;
	for (size_t i = 0; i < list.n; i++)
		list.row[i].weight *= bsm_dials_weight(s->dials, pull, list.row[i].history);
	status = bsm_parents_serve(ctx, root, s, &list, NULL);
	s->dump_z = dump;
	return status;
}

const struct bsm_source_kind bsm_source_beamline = {
	"beamline", "protons on target, horns, decay pipe and absorber, simulated into parents at their decays",
	beamline_open, beamline_fill};
