#include "run/verify.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double bsm_finding_pull(const struct bsm_finding *f)
{
	double scale = f->error > 0 ? f->error : f->expected != 0 ? fabs(f->expected) : 1;
	return fabs(f->value - f->expected) / scale;
}

static enum bsm_status add(struct bsm_ctx *ctx, struct bsm_findings *list, const struct bsm_finding *f)
{
	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		struct bsm_finding *bigger = realloc(list->row, (size_t)list->room * sizeof *bigger);
		if (!bigger)
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
		list->row = bigger;
	}
	list->row[list->n] = *f;
	/* written so that NaN fails */
	list->row[list->n].passed = bsm_finding_pull(f) <= f->tolerance;
	list->failed += !list->row[list->n++].passed;
	return BSM_OK;
}

static struct bsm_finding finding(const char *what, const char *source, double value, double expected)
{
	struct bsm_finding f = {.value = value, .expected = expected};
	snprintf(f.what, sizeof f.what, "%s", what);
	snprintf(f.source, sizeof f.source, "%s", source);
	return f;
}

enum bsm_status bsm_finding_exact(struct bsm_ctx *ctx, struct bsm_findings *list, const char *what, const char *source,
				  double value, double expected, double rtol)
{
	struct bsm_finding f = finding(what, source, value, expected);
	f.tolerance = rtol;
	return add(ctx, list, &f);
}

enum bsm_status bsm_finding_statistical(struct bsm_ctx *ctx, struct bsm_findings *list, const char *what,
					const char *source, double value, double expected, double error, double sigmas)
{
	struct bsm_finding f = finding(what, source, value, expected);
	f.error = error > 0 ? error : 1e-15 * fabs(expected);
	f.tolerance = sigmas;
	return add(ctx, list, &f);
}

enum bsm_status bsm_verify_checks(struct bsm_ctx *ctx, const struct bsm_model *m, struct bsm_findings *list)
{
	for (int i = 0; m->check && m->check[i].what; i++) {
		const struct bsm_check *c = &m->check[i];
		struct bsm_point p;
		bsm_point_default(&p, m);
		BSM_TRY(bsm_point_set_list(ctx, &p, c->set ? c->set : ""));
		BSM_TRY(bsm_finding_exact(ctx, list, c->what, c->source, c->value(p.par), c->expected, c->rtol));
	}
	return BSM_OK;
}

enum bsm_status bsm_verify_model(struct bsm_ctx *ctx, const struct bsm_model *m, struct bsm_findings *list)
{
	memset(list, 0, sizeof *list);
	BSM_TRY(bsm_verify_checks(ctx, m, list));
	BSM_TRY(bsm_verify_contract(ctx, m, list));
	BSM_TRY(bsm_verify_scattering(ctx, m, list));
	return bsm_verify_engine(ctx, m, list);
}

void bsm_findings_free(struct bsm_findings *list)
{
	free(list->row);
	list->row = NULL;
	list->n = list->room = 0;
}
