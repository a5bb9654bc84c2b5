/* Reads run.json, a sidecar or the header of a record file: what bsm_run_json writes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/node.h"
#include "format/reader.h"
#include "format/run_json.h"

struct job {
	struct bsm_ctx *ctx;
	struct bsm_reader *r;
};

static enum bsm_status text_of(struct job *j, struct bsm_node *map, const char *key, const char **out)
{
	struct bsm_node *n = bsm_node_get(map, key);
	const char *s = NULL;
	if (!n)
		return BSM_OK;
	BSM_TRY(bsm_node_string(j->ctx, n, &s));
	if (!strcmp(s, "null")) /* what was NULL */
		return BSM_OK;
	*out = bsm_reader_string(j->r, s, strlen(s));
	return *out ? BSM_OK : bsm_fail(j->ctx, BSM_E_MEMORY, "out of memory");
}

/* NaN and infinities were written as null. */
static enum bsm_status number_of(struct job *j, struct bsm_node *map, const char *key, double *out)
{
	struct bsm_node *n = bsm_node_get(map, key);
	if (!n)
		return BSM_OK;
	if (n->kind == BSM_SCALAR && !strcmp(n->text, "null")) {
		*out = (double)NAN;
		return BSM_OK;
	}
	return bsm_node_number(j->ctx, n, out);
}

static enum bsm_status int_of(struct job *j, struct bsm_node *map, const char *key, int64_t *out)
{
	return bsm_get_int_or(j->ctx, map, key, INT32_MIN, INT32_MAX, out);
}

/* Up to 2^64 - 1: seeds use all of it. */
static enum bsm_status seed_of(struct job *j, struct bsm_node *map, uint64_t *out)
{
	struct bsm_node *n = bsm_node_get(map, "seed");
	if (!n)
		return BSM_OK;
	uint64_t v = 0;
	const char *s = n->kind == BSM_SCALAR ? n->text : "";
	int digits = 0;
	for (; s[digits] >= '0' && s[digits] <= '9' && digits < 20; digits++)
		v = 10 * v + (uint64_t)(s[digits] - '0');
	if (!digits || s[digits])
		return bsm_node_fail(j->ctx, n, BSM_E_SYNTAX, "expected a whole number");
	*out = v;
	return BSM_OK;
}

/* The list `key` with room for its rows; n = 0 where there is none. */
static enum bsm_status list_of(struct job *j, struct bsm_node *root, const char *key, size_t size, struct bsm_node **first,
			       int *n, void *rows)
{
	struct bsm_node *list = bsm_node_get(root, key);
	*n = 0;
	*first = NULL;
	if (!list || !list->nchild)
		return BSM_OK;
	if (list->kind != BSM_LIST || list->nchild > BSM_READER_TABLE || list->child->kind != BSM_MAP)
		return bsm_node_fail(j->ctx, list, BSM_E_SYNTAX, "expected a list of at most %d maps", BSM_READER_TABLE);
	void *memory = calloc((size_t)list->nchild, size);
	if (!memory)
		return bsm_fail(j->ctx, BSM_E_MEMORY, "out of memory");
	free(*(void **)rows);
	memcpy(rows, &memory, sizeof memory);
	*first = list->child;
	*n = list->nchild;
	return BSM_OK;
}

static enum bsm_status processes(struct job *j, struct bsm_node *root)
{
	struct bsm_node *n;
	int64_t id;
	BSM_TRY(list_of(j, root, "processes", sizeof *j->r->process, &n, &j->r->nprocess, &j->r->process));
	for (int i = 0; n; n = n->next, i++) {
		struct bsm_run_process *p = &j->r->process[i];
		*p = (struct bsm_run_process){.name = "", .doc = "", .cite = ""};
		id = 0;
		BSM_TRY(int_of(j, n, "id", &id));
		p->id = (int)id;
		BSM_TRY(text_of(j, n, "name", &p->name));
		BSM_TRY(text_of(j, n, "description", &p->doc));
		BSM_TRY(text_of(j, n, "cite", &p->cite));
	}
	return BSM_OK;
}

static enum bsm_status species(struct job *j, struct bsm_node *root)
{
	struct bsm_node *n;
	BSM_TRY(list_of(j, root, "particles", sizeof *j->r->species, &n, &j->r->nspecies, &j->r->species));
	for (int i = 0; n; n = n->next, i++) {
		struct bsm_run_species *s = &j->r->species[i];
		int64_t pdg = 0;
		double spin = 0, charge = 0;
		s->name = "";
		BSM_TRY(int_of(j, n, "pdg", &pdg));
		s->pdg = (int32_t)pdg;
		BSM_TRY(text_of(j, n, "name", &s->name));
		BSM_TRY(number_of(j, n, "mass_GeV", &s->mass_GeV));
		BSM_TRY(number_of(j, n, "width_GeV", &s->width_GeV));
		BSM_TRY(number_of(j, n, "spin", &spin));
		BSM_TRY(number_of(j, n, "charge", &charge));
		if (!(fabs(spin) < 100) || !(fabs(charge) < 1000))
			return bsm_node_fail(j->ctx, n, BSM_E_RANGE, "no such spin or charge");
		s->spin2 = (int)lround(2 * spin);
		s->charge3 = (int)lround(3 * charge);
	}
	return BSM_OK;
}

static enum bsm_status values(struct job *j, struct bsm_node *root)
{
	struct bsm_node *n;
	BSM_TRY(list_of(j, root, "parameters", sizeof *j->r->value, &n, &j->r->nvalue, &j->r->value));
	for (int i = 0; n; n = n->next, i++) {
		struct bsm_run_value *v = &j->r->value[i];
		v->name = v->unit = "";
		BSM_TRY(text_of(j, n, "name", &v->name));
		BSM_TRY(text_of(j, n, "unit", &v->unit));
		BSM_TRY(number_of(j, n, "value", &v->value));
		BSM_TRY(text_of(j, n, "word", &v->word));
	}
	return BSM_OK;
}

static enum bsm_status scalars(struct job *j, struct bsm_node *root, struct bsm_run *run)
{
	bool weighted = false;
	int64_t beam = 0, spectator = 0;
	struct {
		const char *key, **to;
	} text[] = {{"program", &run->program}, {"version", &run->version}, {"model", &run->model}, {"source", &run->source},
		    {"detector", &run->detector}, {"hash", &run->hash}, {"card", &run->card}};
	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		BSM_TRY(text_of(j, root, text[i].key, text[i].to));
	BSM_TRY(seed_of(j, root, &run->seed));
	BSM_TRY(bsm_get_bool_or(j->ctx, root, "weighted", &weighted));
	BSM_TRY(int_of(j, root, "beam_pdg", &beam));
	BSM_TRY(int_of(j, root, "spectator_pdg", &spectator));
	BSM_TRY(number_of(j, root, "spectator_mass_GeV", &run->spectator_mass_GeV));
	j->r->weighted = run->weighted = weighted;
	run->beam_pdg = (int32_t)beam;
	run->spectator_pdg = (int32_t)spectator;
	struct bsm_node *exposure = bsm_node_get(root, "exposure"), *xsec = bsm_node_get(root, "cross_section");
	if (exposure) {
		BSM_TRY(number_of(j, exposure, "pot", &run->pot));
		BSM_TRY(number_of(j, exposure, "livetime_s", &run->livetime_s));
	}
	if (xsec) {
		BSM_TRY(number_of(j, xsec, "flux_averaged_pb", &run->xsec_pb));
		BSM_TRY(number_of(j, xsec, "error_pb", &run->xsec_error_pb));
	}
	return BSM_OK;
}

/* "events-0003.hepevt" is of "events-*.hepevt", as a run with --split says. */
static int names(const char *pattern, const char *file)
{
	const char *star = strchr(pattern, '*');
	size_t n = strlen(file), before = star ? (size_t)(star - pattern) : 0, after = star ? strlen(star + 1) : 0;
	if (!star)
		return strcmp(pattern, file) == 0;
	return n >= before + after && !strncmp(pattern, file, before) && !strcmp(star + 1, file + n - after);
}

/* events stays 0 where the file is not among the outputs, and for the many files of a split run. */
static enum bsm_status sums_of(struct job *j, struct bsm_node *root, const char *file, struct bsm_run_sums *s, int *named)
{
	struct bsm_node *events = bsm_node_get(root, "events"), *list = bsm_node_get(root, "outputs");
	*s = (struct bsm_run_sums){.expected = (double)NAN, .sum_w = (double)NAN};
	*named = 0;
	if (events) {
		BSM_TRY(number_of(j, events, "expected", &s->expected));
		BSM_TRY(number_of(j, events, "sum_of_weights", &s->sum_w));
	}
	for (struct bsm_node *n = list && list->kind == BSM_LIST ? list->child : NULL; n; n = n->next) {
		const char *name = NULL;
		BSM_TRY(bsm_get_string(j->ctx, n, "file", &name));
		if (!file || !names(name, file))
			continue;
		*named = 1;
		BSM_TRY(bsm_get_count(j->ctx, n, "events", &s->events)); /* of all files, where it is a pattern: so is sum_w */
	}
	return BSM_OK;
}

static enum bsm_status read_tree(struct job *j, struct bsm_node *root, struct bsm_run *run, const char *file,
				 struct bsm_run_sums *sums, int *named)
{
	BSM_TRY(bsm_get_schema(j->ctx, root, 1));
	if (sums)
		BSM_TRY(sums_of(j, root, file, sums, named));
	if (sums && named && !*named)
		return BSM_OK;
	BSM_TRY(scalars(j, root, run));
	BSM_TRY(processes(j, root));
	BSM_TRY(species(j, root));
	return values(j, root);
}

enum bsm_status bsm_run_json_read(struct bsm_ctx *ctx, struct bsm_reader *r, const char *name, const char *text, size_t n,
				  struct bsm_run *run, const char *file, struct bsm_run_sums *sums)
{
	struct job j = {ctx, r};
	struct bsm_node *root = NULL;
	int named = 1;
	BSM_TRY(bsm_node_parse(ctx, name, text, n, &root));
	enum bsm_status status = sums ? sums_of(&j, root, file, sums, &named) : BSM_OK;
	if (status == BSM_OK)
		status = read_tree(&j, root, run, NULL, NULL, NULL);
	bsm_node_free(root);
	return status;
}

static enum bsm_status try_sidecar(struct bsm_ctx *ctx, struct bsm_reader *r, const char *json, const char *file,
				   struct bsm_run *run, struct bsm_run_sums *sums, int *found)
{
	struct job j = {ctx, r};
	struct bsm_node *root = NULL;
	if (access(json, F_OK))
		return BSM_OK;
	BSM_TRY(bsm_node_read(ctx, json, &root));
	enum bsm_status status = read_tree(&j, root, run, file, sums, found);
	bsm_node_free(root);
	return status;
}

enum bsm_status bsm_sidecar_read(struct bsm_ctx *ctx, struct bsm_reader *r, const char *path, struct bsm_run *run,
				 struct bsm_run_sums *sums, int *found)
{
	char json[4096];
	const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
	*found = 0;
	snprintf(json, sizeof json, "%s.json", path);
	BSM_TRY(try_sidecar(ctx, r, json, file, run, sums, found));
	if (*found)
		return BSM_OK;
	snprintf(json, sizeof json, "%.*srun.json", (int)(file - path), path);
	return try_sidecar(ctx, r, json, file, run, sums, found);
}
