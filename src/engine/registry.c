#include "engine/registry.h"

#include <dlfcn.h>
#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xmmintrin.h>

#include "core/text.h"
#include "core/units.h"

extern const struct bsm_model *const bsm_builtin_models[];

int bsm_model_nparam(const struct bsm_model *m)
{
	int n = 0;
	while (m->param && m->param[n].name)
		n++;
	return n;
}

int bsm_model_nprocess(const struct bsm_model *m)
{
	int n = 0;
	while (m->process && m->process[n].name)
		n++;
	return n;
}

static enum bsm_status check_process(struct bsm_ctx *ctx, const struct bsm_model *m, const struct bsm_process *p)
{
	if (!p->me2 && !p->map && !p->total)
		return bsm_fail(ctx, BSM_E_ABI, "model %s: process '%s' has no me2, map or total", m->name, p->name);
	if (p->map && (p->ndim < 0 || p->ndim > BSM_MAP_NDIM))
		return bsm_fail(ctx, BSM_E_ABI, "model %s: process '%s' has a map of %d numbers", m->name, p->name, p->ndim);
	if (!p->out[0])
		return bsm_fail(ctx, BSM_E_ABI, "model %s: process '%s' has no outgoing leg", m->name, p->name);
	for (const struct bsm_process *q = m->process; q != p; q++)
		if (!strcmp(q->name, p->name))
			return bsm_fail(ctx, BSM_E_ABI, "model %s: two processes are called '%s'", m->name, p->name);
	return BSM_OK;
}

/* What every model has to keep, built in or loaded. */
static enum bsm_status check_model(struct bsm_ctx *ctx, const struct bsm_model *m)
{
	if (m->abi != BSM_ABI || m->size != sizeof *m)
		return bsm_fail(ctx, BSM_E_ABI,
				"model has ABI %u, size %u; this program has ABI %d, size %zu: compile it again "
				"with this program's include/bsmnu/model.h",
				m->abi, m->size, BSM_ABI, sizeof *m);
	if (!m->name || !*m->name || bsm_model_nparam(m) > BSM_PARAMS)
		return bsm_fail(ctx, BSM_E_ABI, "model without a name, or with more than %d parameters", BSM_PARAMS);
	for (int i = 0; m->param && m->param[i].name; i++) {
		const struct bsm_param *p = &m->param[i];
		if (!(p->min <= p->value && p->value <= p->max))
			return bsm_fail(ctx, BSM_E_ABI, "model %s: default of %s is outside its range", m->name, p->name);
		if (bsm_unit_dim(p->unit ? p->unit : "") == BSM_DIM_COUNT)
			return bsm_fail(ctx, BSM_E_ABI, "model %s: parameter %s has an unknown unit '%s'", m->name, p->name,
					p->unit);
	}
	for (int i = 0; m->process && m->process[i].name; i++)
		BSM_TRY(check_process(ctx, m, &m->process[i]));
	return BSM_OK;
}

static enum bsm_status add(struct bsm_ctx *ctx, struct bsm_registry *r, const struct bsm_model *m, void *handle)
{
	BSM_TRY(check_model(ctx, m));
	for (int i = 0; i < r->count; i++)
		if (!strcmp(r->model[i]->name, m->name))
			return bsm_fail(ctx, BSM_E_NAME, "there is a model '%s' already", m->name);
	if (r->count == BSM_MODELS)
		return bsm_fail(ctx, BSM_E_RANGE, "more than %d models", BSM_MODELS);
	r->handle[r->count] = handle;
	r->model[r->count++] = m;
	return BSM_OK;
}

enum bsm_status bsm_registry_init(struct bsm_ctx *ctx, struct bsm_registry *r)
{
	memset(r, 0, sizeof *r);
	for (int i = 0; bsm_builtin_models[i]; i++)
		BSM_TRY(add(ctx, r, bsm_builtin_models[i], NULL));
	return BSM_OK;
}

void bsm_registry_free(struct bsm_registry *r)
{
	for (int i = 0; i < r->count; i++)
		if (r->handle[i])
			dlclose(r->handle[i]);
	r->count = 0;
}

/* "dir/x.so" -> "bsm_model_x". */
static void symbol_of(const char *path, char *to, size_t size)
{
	const char *base = strrchr(path, '/');
	base = base ? base + 1 : path;
	snprintf(to, size, "bsm_model_%.*s", (int)strcspn(base, "."), base);
}

enum bsm_status bsm_registry_load(struct bsm_ctx *ctx, struct bsm_registry *r, const char *path)
{
	char symbol[128], file[4096];
	symbol_of(path, symbol, sizeof symbol);
	/* dlopen searches the system's folders for a name without a slash: we mean a file. */
	snprintf(file, sizeof file, "%s%s", strchr(path, '/') ? "" : "./", path);
	unsigned mode = _mm_getcsr() & 0xff80u;
	void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (!handle)
		return bsm_fail(ctx, BSM_E_IO, "%s: %s", path, dlerror());
	/* gcc's -ffast-math start-up code switches denormal numbers off for the whole process. */
	if ((_mm_getcsr() & 0xff80u) != mode) {
		_mm_setcsr((_mm_getcsr() & 0x7fu) | mode);
		dlclose(handle);
		return bsm_fail(ctx, BSM_E_ABI, "%s: the plug-in changes floating-point arithmetic of the whole program: "
				"compile it without -ffast-math", path);
	}
	const struct bsm_model *m = dlsym(handle, symbol);
	if (!m) {
		dlclose(handle);
		return bsm_fail(ctx, BSM_E_ABI, "%s: no symbol %s: the file has to be called after its model", path, symbol);
	}
	struct bsm_ctx inner = {0};
	if (add(&inner, r, m, handle) != BSM_OK) {
		dlclose(handle);
		return bsm_fail(ctx, inner.status, "%s: %s", path, inner.message);
	}
	return BSM_OK;
}

enum bsm_status bsm_registry_find(struct bsm_ctx *ctx, const struct bsm_registry *r, const char *name,
				  const struct bsm_model **out)
{
	char known[512];
	size_t len = 0;
	known[0] = 0;
	for (int i = 0; i < r->count; i++) {
		if (!strcmp(r->model[i]->name, name)) {
			*out = r->model[i];
			return BSM_OK;
		}
		if (len + strlen(r->model[i]->name) + 3 < sizeof known)
			len += (size_t)snprintf(known + len, sizeof known - len, "%s%s", len ? ", " : "", r->model[i]->name);
	}
	return bsm_fail(ctx, BSM_E_NAME, "no model '%s'; there are: %s", name, known);
}

int bsm_param_index(const struct bsm_model *m, const char *name)
{
	for (int i = 0; m->param && m->param[i].name; i++)
		if (!strcmp(m->param[i].name, name))
			return i;
	return -1;
}

void bsm_point_default(struct bsm_point *p, const struct bsm_model *m)
{
	memset(p, 0, sizeof *p);
	p->model = m;
	for (int i = 0; m->param && m->param[i].name; i++)
		p->par[i] = m->param[i].value;
}

/* Index of a word in "dirac|majorana", or -1. */
static int choice(const char *choices, const char *word)
{
	size_t n = strlen(word);
	for (int i = 0; *choices; i++) {
		size_t len = strcspn(choices, "|");
		if (len == n && !strncmp(choices, word, n))
			return i;
		choices += len + (choices[len] == '|');
	}
	return -1;
}

const char *bsm_choice_word(const struct bsm_param *p, double value, char *to, size_t size)
{
	const char *c = p->choices;
	if (!c)
		return NULL;
	for (int i = 0; i < (int)value && strchr(c, '|'); i++)
		c = strchr(c, '|') + 1;
	snprintf(to, size, "%.*s", (int)strcspn(c, "|"), c);
	return to;
}

static enum bsm_status unknown_param(struct bsm_ctx *ctx, const struct bsm_model *m, const char *name)
{
	char known[512];
	size_t len = 0;
	known[0] = 0;
	for (int i = 0; m->param && m->param[i].name && len + strlen(m->param[i].name) + 3 < sizeof known; i++)
		len += (size_t)snprintf(known + len, sizeof known - len, "%s%s", len ? ", " : "", m->param[i].name);
	return bsm_fail(ctx, BSM_E_KEY, "model %s has no parameter '%s'; there are: %s", m->name, name, known);
}

/* A plain number is taken in the parameter's own unit on the command line ("mass=0.35"). */
static enum bsm_status read_value(struct bsm_ctx *ctx, const char *text, const char *unit, double *out)
{
	double plain;
	if (!bsm_parse_double(text, text + strlen(text), &plain) && isfinite(plain)) {
		*out = plain;
		return BSM_OK;
	}
	return bsm_parse_quantity(ctx, text, bsm_unit_dim(unit ? unit : ""), out);
}

enum bsm_status bsm_point_set(struct bsm_ctx *ctx, struct bsm_point *p, const char *name, const char *value)
{
	int i = bsm_param_index(p->model, name);
	if (i < 0)
		return unknown_param(ctx, p->model, name);
	const struct bsm_param *q = &p->model->param[i];
	double v;
	if (q->choices) {
		int c = choice(q->choices, value);
		if (c < 0)
			return bsm_fail(ctx, BSM_E_NAME, "%s: found '%s', expected one of %s", name, value, q->choices);
		v = c;
	} else {
		struct bsm_ctx inner = {0};
		if (read_value(&inner, value, q->unit, &v) != BSM_OK)
			return bsm_fail(ctx, inner.status, "%s: %s", name, inner.message);
	}
	if (!(v >= q->min && v <= q->max))
		return bsm_fail(ctx, BSM_E_RANGE, "%s: found %g, expected %g to %g %s", name, v, q->min, q->max,
				q->unit ? q->unit : "");
	p->par[i] = v;
	return BSM_OK;
}

enum bsm_status bsm_point_set_list(struct bsm_ctx *ctx, struct bsm_point *p, const char *list)
{
	char item[256];
	while (*list) {
		list += strspn(list, " ,");
		size_t n = strcspn(list, ",");
		if (!n)
			break;
		if (n >= sizeof item)
			return bsm_fail(ctx, BSM_E_SYNTAX, "a setting is too long: %.60s", list);
		memcpy(item, list, n);
		item[n] = 0;
		list += n;
		char *eq = strchr(item, '=');
		if (!eq)
			return bsm_fail(ctx, BSM_E_SYNTAX, "found '%s', expected name=value", item);
		*eq = 0;
		BSM_TRY(bsm_point_set(ctx, p, item, eq + 1));
	}
	return BSM_OK;
}

enum bsm_status bsm_point_prepare(struct bsm_ctx *ctx, const struct bsm_point *p, double *derived)
{
	const char *why = p->model->refuse ? p->model->refuse(p->par) : NULL;
	if (why)
		return bsm_fail(ctx, BSM_E_MODEL, "model %s: %s", p->model->name, why);
	if (!p->model->prepare)
		return BSM_OK;
	int bad = p->model->prepare(p->par, derived);
	return bad ? bsm_fail(ctx, BSM_E_MODEL, "model %s: these parameters are not physical (code %d)", p->model->name, bad)
		   : BSM_OK;
}

int bsm_name_matches(const char *list, const char *name)
{
	char item[128];
	while (list && *list) {
		list += strspn(list, " ,");
		size_t n = strcspn(list, ",");
		size_t end = n;
		while (end && list[end - 1] == ' ')
			end--;
		if (end && end < sizeof item) {
			memcpy(item, list, end);
			item[end] = 0;
			if (!fnmatch(item, name, 0))
				return 1;
		}
		list += n;
	}
	return 0;
}
