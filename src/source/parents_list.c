/* The list of parents: checks of a row, text files. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/columns.h"
#include "source/parents.h"

void bsm_parent_list_free(struct bsm_parent_list *l)
{
	free(l->row);
	*l = (struct bsm_parent_list){0};
}

enum bsm_status bsm_parents_at_parse(struct bsm_ctx *ctx, const char *word, const char *where, enum bsm_parents_at *out)
{
	if (strcmp(word, "production") == 0)
		*out = BSM_AT_PRODUCTION;
	else if (strcmp(word, "decay") == 0)
		*out = BSM_AT_DECAY;
	else
		return bsm_fail(ctx, BSM_E_NAME, "%s: at: found \"%.40s\", expected production or decay", where, word);
	return BSM_OK;
}

/* A length of 1 that single precision has made a little longer is 1. */
static enum bsm_status check_polarisation(struct bsm_ctx *ctx, struct bsm_parent *r, const char *where)
{
	double length = sqrt(r->pol[0] * r->pol[0] + r->pol[1] * r->pol[1] + r->pol[2] * r->pol[2]);
	if (!(length <= 1 + 1e-5))
		return bsm_fail(ctx, BSM_E_RANGE, "%s: polarisation of length %.7g, expected 0 to 1", where, length);
	for (int i = 0; i < 3 && length > 1; i++)
		r->pol[i] /= length;
	return BSM_OK;
}

static enum bsm_status check(struct bsm_ctx *ctx, const struct bsm_parent_list *l, struct bsm_parent *r,
			     const char *where)
{
	double m = bsm_pdg_mass(r->pdg), p = bsm_p4_mag(r->p), e = sqrt(p * p + m * m);
	if (!isfinite(m))
		return bsm_fail(ctx, BSM_E_NAME, "%s: pdg %d is not in the particle table", where, r->pdg);
	if (!(r->p.e > 0))
		return bsm_fail(ctx, BSM_E_RANGE, "%s: E = %g GeV, expected a positive energy", where, r->p.e);
	if (!isfinite(e))
		return bsm_fail(ctx, BSM_E_RANGE, "%s: the momentum is out of range", where);
	if (fabs(r->p.e - e) > l->mass_tolerance * r->p.e)
		return bsm_fail(ctx, BSM_E_RANGE,
				"%s: E = %.8g GeV, but p and the mass of pdg %d give %.8g (mass_tolerance %g of E; "
				"units are GeV)",
				where, r->p.e, r->pdg, e, l->mass_tolerance);
	if (!(r->weight >= 0))
		return bsm_fail(ctx, BSM_E_RANGE, "%s: weight %g, expected 0 or more", where, r->weight);
	r->p.e = e;
	return check_polarisation(ctx, r, where);
}

static enum bsm_status grow(struct bsm_ctx *ctx, struct bsm_parent_list *l)
{
	if (l->n < l->cap)
		return BSM_OK;
	size_t cap = l->cap ? 2 * l->cap : 256;
	struct bsm_parent *row = realloc(l->row, cap * sizeof *row);
	if (!row)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu parents", cap);
	l->row = row;
	l->cap = cap;
	return BSM_OK;
}

enum bsm_status bsm_parent_list_add(struct bsm_ctx *ctx, struct bsm_parent_list *l, const double *c, int n,
				    const char *where)
{
	if (n != 6 && n != 10 && n != 13)
		return bsm_fail(ctx, BSM_E_SYNTAX,
				"%s: %d columns, expected 6 (px py pz E pdg weight), 10 (and x y z t) or 13 (and polx "
				"poly polz)",
				where, n);
	int before = l->has_polarisation ? 13 : l->has_positions ? 10 : 6;
	if (l->n && n != before)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %d columns, but the lines before have %d: a cut line?", where,
				n, before);
	l->has_positions = n >= 10;
	l->has_polarisation = n == 13;
	if (!(fabs(c[4]) < 2e9) || c[4] != floor(c[4]))
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: column 5: %g is no pdg code", where, c[4]);
	struct bsm_parent r = {.pdg = (int32_t)c[4], .weight = c[5], .p = {c[3], c[0], c[1], c[2]}};
	for (int i = 0; i < n; i++)
		if (!isfinite(c[i]))
			return bsm_fail(ctx, BSM_E_RANGE, "%s: column %d is not finite", where, i + 1);
	if (n >= 10)
		r.x = (struct bsm_p4){c[9], c[6], c[7], c[8]};
	for (int i = 0; n == 13 && i < 3; i++)
		r.pol[i] = c[10 + i];
	BSM_TRY(check(ctx, l, &r, where));
	BSM_TRY(grow(ctx, l));
	l->row[l->n++] = r;
	return BSM_OK;
}

struct text_reader {
	struct bsm_input *in;
	struct bsm_parent_list *list;
};

void bsm_parents_place(const struct bsm_input *in, char where[BSM_PATH + 32])
{
	snprintf(where, BSM_PATH + 32, "%.1000s:%lld", bsm_input_name(in), (long long)bsm_input_lineno(in));
}

static enum bsm_status header(struct bsm_ctx *ctx, void *arg, const char *key, const char *value)
{
	struct text_reader *r = arg;
	char where[BSM_PATH + 32];
	if (strcmp(key, "at") == 0) {
		bsm_parents_place(r->in, where);
		return bsm_parents_at_parse(ctx, value, where, &r->list->at);
	}
	if (strcmp(key, "pot") == 0) {
		if (bsm_parse_double(value, value + strlen(value), &r->list->pot) || !(r->list->pot > 0) ||
		    !isfinite(r->list->pot))
			return bsm_input_fail(ctx, r->in, BSM_E_RANGE,
					      "pot: found \"%.40s\", expected a positive number", value);
	}
	return BSM_OK;
}

enum bsm_status bsm_parents_read_text(struct bsm_ctx *ctx, struct bsm_input *in, struct bsm_parent_list *l)
{
	struct text_reader r = {in, l};
	for (;;) {
		double c[BSM_COLUMNS];
		int n;
		char where[BSM_PATH + 32];
		BSM_TRY(bsm_columns_next(ctx, in, c, &n, header, &r));
		if (!n)
			break;
		bsm_parents_place(in, where);
		BSM_TRY(bsm_parent_list_add(ctx, l, c, n, where));
	}
	if (!l->n)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: no parents in this file", bsm_input_name(in));
	return BSM_OK;
}
