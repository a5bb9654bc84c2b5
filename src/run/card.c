#include "run/card.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

/* ---- --set ---- */

static const char *const run_keys[] = {"events", "seed", "unweighted", "invisible", "split", "pilot", NULL};
static const char *const top_keys[] = {"title", "chain", "source", "detector", "exposure", "production", "decays", "after", "output",
				       "beam", "recoil_min", "recoil_max", "nucleons", NULL};

static int among(const char *const *list, const char *key)
{
	for (; *list; list++)
		if (!strcmp(*list, key))
			return 1;
	return 0;
}

/* A key without a point: of the run, of the card, else of the model. */
static enum bsm_status apply(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_setting *s)
{
	char path[256];
	if (strchr(s->key, '.') || among(top_keys, s->key))
		return bsm_node_set(ctx, root, s->key, s->value, NULL);
	snprintf(path, sizeof path, "%s.%s", among(run_keys, s->key) ? "run" : "model", s->key);
	return bsm_node_set(ctx, root, path, s->value, NULL);
}

/* ---- parts ---- */

/* The message of bsm_point_set begins with the parameter's name, which file, line and key say already. */
static enum bsm_status refuse(struct bsm_ctx *ctx, const struct bsm_node *n, const struct bsm_ctx *inner)
{
	size_t len = strlen(n->key);
	int twice = !strncmp(inner->message, n->key, len) && !strncmp(inner->message + len, ": ", 2);
	return bsm_node_fail(ctx, n, inner->status, "%s", inner->message + (twice ? len + 2 : 0));
}

static enum bsm_status read_model(struct bsm_ctx *ctx, const struct bsm_registry *r, struct bsm_card *c)
{
	struct bsm_node *map, *name;
	const struct bsm_model *m;
	const char *text;
	BSM_TRY(bsm_node_need(ctx, c->tree, "model", &map));
	BSM_TRY(bsm_node_need(ctx, map, "name", &name));
	BSM_TRY(bsm_node_string(ctx, name, &text));
	struct bsm_ctx inner = {0};
	if (bsm_registry_find(&inner, r, text, &m) != BSM_OK)
		return bsm_node_fail(ctx, name, inner.status, "%s", inner.message);
	bsm_point_default(&c->point, m);
	for (struct bsm_node *n = map->child; n; n = n->next) {
		if (n == name)
			continue;
		BSM_TRY(bsm_node_string(ctx, n, &text));
		int i = bsm_param_index(m, n->key);
		const struct bsm_param *p = i >= 0 ? &m->param[i] : NULL;
		double v;
		/* A card says the unit; the parameter's range and choices are checked by bsm_point_set. */
		if (p && !p->choices && p->unit && *p->unit)
			BSM_TRY(bsm_node_quantity(ctx, n, bsm_unit_dim(p->unit), &v));
		inner = (struct bsm_ctx){0};
		if (bsm_point_set(&inner, &c->point, n->key, text) != BSM_OK)
			return refuse(ctx, n, &inner);
	}
	return BSM_OK;
}

static enum bsm_status read_chain(struct bsm_ctx *ctx, struct bsm_card *c)
{
	const struct bsm_model *m = c->point.model;
	const char *name = NULL;
	BSM_TRY(bsm_get_string_or(ctx, c->tree, "chain", &name));
	if (!m->chain || !m->chain[0].name)
		return bsm_fail(ctx, BSM_E_MODEL, "model %s has no chain: it can be shown, but not run", m->name);
	c->chain = &m->chain[0];
	if (!name)
		return BSM_OK;
	c->chain_named = true;
	for (c->chain = m->chain; c->chain->name; c->chain++)
		if (!strcmp(c->chain->name, name))
			return BSM_OK;
	return bsm_node_fail(ctx, bsm_node_get(c->tree, "chain"), BSM_E_NAME, "model %s has no chain '%s'; its first is '%s'",
			     m->name, name, m->chain[0].name);
}

/* Puts the value at `path` of the tree; a map key by key. */
static enum bsm_status override(struct bsm_ctx *ctx, struct bsm_node *tree, const char *path, struct bsm_node *value)
{
	char longer[256];
	const char *text;
	if (value->kind != BSM_MAP) {
		BSM_TRY(bsm_node_string(ctx, value, &text));
		return bsm_node_set(ctx, tree, path, text, value);
	}
	for (struct bsm_node *o = value->child; o; o = o->next) {
		int n = snprintf(longer, sizeof longer, "%s.%s", path, o->key);
		if (n < 0 || n >= (int)sizeof longer)
			return bsm_node_fail(ctx, o, BSM_E_RANGE, "nested too deeply");
		BSM_TRY(override(ctx, tree, longer, o));
	}
	value->used = true;
	return BSM_OK;
}

/* `key: name` or `key: {name: ..., other: override}`; the file's tree with the overrides in it. */
static enum bsm_status read_file_key(struct bsm_ctx *ctx, struct bsm_card *c, const char *key, const char *kind,
				     struct bsm_node **tree)
{
	struct bsm_node *n, *name;
	const char *text;
	char path[4096];
	BSM_TRY(bsm_node_need(ctx, c->tree, key, &n));
	name = n;
	if (n->kind == BSM_MAP)
		BSM_TRY(bsm_node_need(ctx, n, "name", &name));
	BSM_TRY(bsm_node_string(ctx, name, &text));
	struct bsm_ctx inner = {0};
	if (bsm_data_find(&inner, kind, text, path, sizeof path) != BSM_OK)
		return bsm_node_fail(ctx, name, inner.status, "%s", inner.message);
	BSM_TRY(bsm_node_read(ctx, path, tree));
	for (struct bsm_node *o = n->kind == BSM_MAP ? n->child : NULL; o; o = o->next) {
		if (o == name)
			continue;
		if (!strcmp(o->key, "schema") || !strcmp(o->key, "kind"))
			return bsm_node_fail(ctx, o, BSM_E_KEY, "this key belongs to the file, it cannot be overridden");
		BSM_TRY(override(ctx, *tree, o->key, o));
	}
	return BSM_OK;
}

/* Flux tables spread their rays over a disc that holds the detector. */
static enum bsm_status aim_source(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_p4 lo, hi;
	const struct bsm_frame *f = bsm_detector_frame(&c->detector, c->beam ? c->beam : c->source.frame);
	if (!c->source.aim || !f)
		return BSM_OK; /* a missing frame is the job's failure, with its remedy */
	bsm_detector_bounds(&c->detector, c->detector.wanted, &lo, &hi);
	struct bsm_aperture aperture = {bsm_frame_to_beam(f, bsm_p4_scale(0.5, bsm_p4_add(lo, hi))),
					0.5 * bsm_p4_mag(bsm_p4_sub(hi, lo))};
	return c->source.aim(ctx, &c->source, &aperture);
}

/* A file, or a sphere around a point of the beam: `[x, y, z]` or `{position: [x, y, z], ...}`. */
static enum bsm_status read_detector(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_node *tree = NULL, *n;
	BSM_TRY(bsm_node_need(ctx, c->tree, "detector", &n));
	if (n->kind == BSM_LIST || (n->kind == BSM_MAP && bsm_node_get(n, "position")))
		return bsm_detector_point(ctx, n, c->beam ? c->beam : c->source.frame, &c->detector);
	enum bsm_status status = read_file_key(ctx, c, "detector", "detectors", &tree);
	if (status == BSM_OK)
		status = bsm_detector_open(ctx, tree, &c->detector);
	bsm_node_free(tree);
	return status;
}

static enum bsm_status read_places(struct bsm_ctx *ctx, struct bsm_card *c)
{
	BSM_TRY(read_file_key(ctx, c, "source", "sources", &c->source_tree));
	BSM_TRY(bsm_source_parse(ctx, c->source_tree, &c->source));
	BSM_TRY(bsm_get_string_or(ctx, c->tree, "beam", &c->beam));
	BSM_TRY(read_detector(ctx, c));
	return aim_source(ctx, c);
}

/* The long work of a source, once everything else is known to be good. */
static enum bsm_status fill_source(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_job job = {.spec = {.source = &c->source, .detector = &c->detector, .beam = c->beam}};
	struct bsm_ctx inner = {0};
	if (c->source.kind->fill && bsm_job_place(&inner, &job) != BSM_OK)
		return bsm_node_fail(ctx, bsm_node_get(c->tree, "detector"), inner.status, "%s", inner.message);
	return bsm_source_fill(ctx, c->source_tree, &c->source);
}

static enum bsm_status read_exposure(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_node *map;
	double year = c->source.pot_per_year, years = 0;
	BSM_TRY(bsm_node_need(ctx, c->tree, "exposure", &map));
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {years: N} or {pot: N}; on the command line "
				     "--set exposure.years=N or --set exposure.pot=N");
	BSM_TRY(bsm_get_number_or(ctx, map, "pot", &c->pot));
	BSM_TRY(bsm_get_number_or(ctx, map, "years", &years));
	if ((c->pot > 0) == (years > 0))
		return bsm_node_fail(ctx, map, BSM_E_KEY, "expected either `pot` or `years`, above zero");
	if (years > 0 && !(year > 0))
		return bsm_node_fail(ctx, map, BSM_E_KEY, "source %s gives no pot_per_year: give `pot`", c->source.name);
	if (years > 0)
		c->pot = years * year;
	c->years = year > 0 ? c->pot / year : 0;
	return BSM_OK;
}

static enum bsm_status read_run(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_node *map = bsm_node_get(c->tree, "run"), *out;
	int64_t seed = 1, pilot = c->pilot.final;
	if (map && map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected `key: value` lines");
	if (map) {
		BSM_TRY(bsm_get_int_or(ctx, map, "events", 1, (int64_t)1 << 40, &c->events));
		BSM_TRY(bsm_get_int_or(ctx, map, "split", 1, (int64_t)1 << 40, &c->split));
		BSM_TRY(bsm_get_int_or(ctx, map, "seed", 0, (int64_t)1 << 53, &seed));
		BSM_TRY(bsm_get_int_or(ctx, map, "pilot", 1000, 1 << 28, &pilot));
		BSM_TRY(bsm_get_bool_or(ctx, map, "unweighted", &c->unweighted));
		BSM_TRY(bsm_get_bool_or(ctx, map, "invisible", &c->invisible));
	}
	c->seed = c->pilot.seed = (uint64_t)seed;
	c->pilot.final = (long)pilot;
	c->pilot.round = (long)pilot * 3 / 8;
	out = bsm_node_get(c->tree, "output");
	if (!out)
		return BSM_OK;
	c->noutput = 0;
	if (out->kind == BSM_SCALAR)
		return bsm_node_string(ctx, out, &c->output[c->noutput++]);
	if (out->kind != BSM_LIST || out->nchild > BSM_OUTPUTS)
		return bsm_node_fail(ctx, out, BSM_E_SYNTAX, "expected a list of at most %d formats: [hepmc3.zst, hepevt]",
				     BSM_OUTPUTS);
	for (struct bsm_node *n = out->child; n; n = n->next)
		BSM_TRY(bsm_node_string(ctx, n, &c->output[c->noutput++]));
	return BSM_OK;
}

static enum bsm_status read_axis(struct bsm_ctx *ctx, struct bsm_card *c, struct bsm_node *map, struct bsm_scan_axis *a)
{
	int64_t points = 0;
	struct bsm_node *n;
	bool logarithmic = true;
	map->used = true;
	snprintf(a->name, sizeof a->name, "%.31s", map->key);
	int i = bsm_param_index(c->point.model, a->name);
	if (i < 0)
		return bsm_node_fail(ctx, map, BSM_E_KEY, "model %s has no parameter of this name", c->point.model->name);
	const struct bsm_param *p = &c->point.model->param[i];
	enum bsm_dim dim = bsm_unit_dim(p->unit ? p->unit : "");
	BSM_TRY(bsm_get_quantity(ctx, map, "from", dim, &a->from));
	BSM_TRY(bsm_get_quantity(ctx, map, "to", dim, &a->to));
	BSM_TRY(bsm_node_need(ctx, map, "points", &n));
	BSM_TRY(bsm_node_int(ctx, n, 2, 100000, &points));
	BSM_TRY(bsm_get_bool_or(ctx, map, "log", &logarithmic));
	a->points = (int)points;
	a->log = logarithmic;
	if (!(a->from < a->to) || (a->log && !(a->from > 0)) || a->from < p->min || a->to > p->max)
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "expected from < to within the parameter's range%s",
				     a->log ? ", above zero for a logarithmic axis" : "");
	return BSM_OK;
}

static enum bsm_status read_scan(struct bsm_ctx *ctx, struct bsm_card *c)
{
	struct bsm_node *map = bsm_node_get(c->tree, "scan");
	if (!map)
		return BSM_OK;
	c->scan = true;
	if (map->kind != BSM_MAP || map->nchild != 2)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected two parameters: the mass first, then the coupling");
	BSM_TRY(read_axis(ctx, c, map->child, &c->mass));
	return read_axis(ctx, c, map->child->next, &c->coupling);
}

/* A list of processes or channels: each word of it has to mean some row of the model, open or not. */
static enum bsm_status read_names(struct bsm_ctx *ctx, struct bsm_card *c, const char *key, const char **out)
{
	const struct bsm_process *rows = c->point.model->process;
	BSM_TRY(bsm_get_string_or(ctx, c->tree, key, out));
	for (const char *at = *out; at && *at;) {
		char word[128];
		size_t n = strcspn(at, ",");
		int known = 0;
		snprintf(word, sizeof word, "%.*s", (int)n, at + strspn(at, " "));
		for (int i = 0; rows && rows[i].name; i++)
			known |= bsm_name_matches(word, rows[i].name) || (rows[i].group && bsm_name_matches(word, rows[i].group));
		if (!known)
			return bsm_node_fail(ctx, bsm_node_get(c->tree, key), BSM_E_NAME,
					     "'%s' is no process or channel of model %s (`bsmnu show %s` has them; antiparticles are "
					     "meant along)", word, c->point.model->name, c->point.model->name);
		at += n + (at[n] == ',');
	}
	return BSM_OK;
}

/* What is asked of scatterings: recoil_min, recoil_max, nucleons. */
static enum bsm_status read_recoil(struct bsm_ctx *ctx, struct bsm_card *c)
{
	const char *word = "fermi_gas";
	BSM_TRY(bsm_get_quantity_or(ctx, c->tree, "recoil_min", BSM_DIM_ENERGY, &c->recoil_min));
	BSM_TRY(bsm_get_quantity_or(ctx, c->tree, "recoil_max", BSM_DIM_ENERGY, &c->recoil_max));
	if (!(c->recoil_min >= 0))
		return bsm_node_fail(ctx, bsm_node_get(c->tree, "recoil_min"), BSM_E_RANGE, "expected an energy of 0 or more");
	if (bsm_node_get(c->tree, "recoil_max") && !(c->recoil_max > c->recoil_min))
		return bsm_node_fail(ctx, bsm_node_get(c->tree, "recoil_max"), BSM_E_RANGE, "expected an energy above recoil_min");
	BSM_TRY(bsm_get_string_or(ctx, c->tree, "nucleons", &word));
	c->free_nucleons = !strcmp(word, "free");
	if (!c->free_nucleons && strcmp(word, "fermi_gas") != 0)
		return bsm_node_fail(ctx, bsm_node_get(c->tree, "nucleons"), BSM_E_NAME, "found '%s', expected fermi_gas or free", word);
	return BSM_OK;
}

static enum bsm_status read_all(struct bsm_ctx *ctx, const struct bsm_registry *r, struct bsm_card *c)
{
	BSM_TRY(bsm_get_schema(ctx, c->tree, 1));
	BSM_TRY(bsm_get_string_or(ctx, c->tree, "title", &c->title));
	BSM_TRY(read_model(ctx, r, c));
	BSM_TRY(read_chain(ctx, c));
	BSM_TRY(read_names(ctx, c, "production", &c->production));
	BSM_TRY(read_names(ctx, c, "decays", &c->decays));
	BSM_TRY(bsm_get_string_or(ctx, c->tree, "after", &c->after));
	BSM_TRY(read_recoil(ctx, c));
	BSM_TRY(read_places(ctx, c));
	BSM_TRY(read_exposure(ctx, c));
	BSM_TRY(read_run(ctx, c));
	BSM_TRY(bsm_card_flux(ctx, c));
	BSM_TRY(read_scan(ctx, c));
	BSM_TRY(bsm_node_finish(ctx, c->tree));
	return fill_source(ctx, c);
}

/* The card as it was used: settings of the command line stand below it as comments. */
static enum bsm_status keep_text(struct bsm_ctx *ctx, const char *text, size_t len, const struct bsm_setting *s, int n,
				 struct bsm_card *c)
{
	struct bsm_text t = {0};
	bsm_text_add(&t, text, len);
	for (int i = 0; i < n; i++)
		bsm_text_printf(&t, "# --set %s=%s\n", s[i].key, s[i].value);
	bsm_text_cstr(&t);
	c->text = t.data;
	return t.failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}

enum bsm_status bsm_card_parse(struct bsm_ctx *ctx, const struct bsm_registry *r, const char *name, const char *text,
			       size_t len, const struct bsm_setting *setting, int nsetting, struct bsm_card *c)
{
	memset(c, 0, sizeof *c);
	c->title = "";
	c->after = "default";
	c->events = 10000;
	c->unweighted = true;
	c->pilot = bsm_pilot_default();
	c->output[c->noutput++] = "hepmc3";
	enum bsm_status status = bsm_node_parse(ctx, name, text, len, &c->tree);
	for (int i = 0; i < nsetting && status == BSM_OK; i++)
		status = apply(ctx, c->tree, &setting[i]);
	if (status == BSM_OK)
		status = keep_text(ctx, text, len, setting, nsetting, c);
	if (status == BSM_OK)
		status = read_all(ctx, r, c);
	if (status != BSM_OK)
		bsm_card_close(c);
	return status;
}

enum bsm_status bsm_card_open(struct bsm_ctx *ctx, const struct bsm_registry *r, const char *path,
			      const struct bsm_setting *setting, int nsetting, struct bsm_card *c)
{
	char *text;
	size_t len;
	memset(c, 0, sizeof *c);
	BSM_TRY(bsm_read_file(ctx, path, &text, &len));
	enum bsm_status status = bsm_card_parse(ctx, r, path, text, len, setting, nsetting, c);
	free(text);
	return status;
}

void bsm_card_close(struct bsm_card *c)
{
	if (c->source.kind)
		bsm_source_close(&c->source);
	bsm_node_free(c->source_tree);
	bsm_node_free(c->tree);
	free(c->text);
	memset(c, 0, sizeof *c);
}

/* The key that a failed job is about: the one of `decays` and `production` without which it works, else the detector or
 * the model. */
static const struct bsm_node *culprit(const struct bsm_card *c, const struct bsm_job_spec *spec, enum bsm_status status)
{
	static const char *const keys[2] = {"decays", "production"};
	int about_model = status == BSM_E_MODEL || status == BSM_E_CLOSED;
	if (status == BSM_E_GEOMETRY)
		return bsm_node_get(c->tree, "detector");
	for (int i = 0; i < 2 && about_model; i++) {
		struct bsm_ctx quiet = {0};
		struct bsm_job_spec other = *spec;
		struct bsm_job job;
		*(i ? &other.production : &other.decays) = NULL;
		if (bsm_node_get(c->tree, keys[i]) && bsm_job_init(&quiet, &other, &job) == BSM_OK) {
			bsm_job_free(&job);
			return bsm_node_get(c->tree, keys[i]);
		}
	}
	return about_model ? bsm_node_get(c->tree, "model") : NULL;
}

enum bsm_status bsm_card_job(struct bsm_ctx *ctx, const struct bsm_card *c, const struct bsm_point *point,
			     struct bsm_job *job)
{
	struct bsm_job_spec spec = {.point = *point, .chain = c->chain, .production = c->production, .decays = c->decays,
				    .invisible = c->invisible, .tmin = c->recoil_min, .tmax = c->recoil_max,
				    .free_nucleons = c->free_nucleons, .source = &c->source,
				    .detector = &c->detector, .beam = c->beam};
	struct bsm_ctx inner = {.cancel = ctx->cancel, .note = ctx->note, .note_arg = ctx->note_arg};
	enum bsm_status status = bsm_job_init(&inner, &spec, job);
	if (status == BSM_OK)
		return BSM_OK;
	const struct bsm_node *n = culprit(c, &spec, status);
	return n ? bsm_node_fail(ctx, n, status, "%s", inner.message) : bsm_fail(ctx, status, "%s", inner.message);
}
