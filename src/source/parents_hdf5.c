/* Parents in HDF5: group `parents` with one-dimensional datasets px py pz E pdg weight, x y z t if there are positions,
 * polx poly polz if there is polarisation, and history if the beam was made here, all of one length; attributes of the
 * group: pot (number), at ("production" or "decay"). */
#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hdf5_file.h"
#include "source/columns.h"
#include "source/parents.h"

enum { COLUMNS = 13, HISTORY = COLUMNS, ROWS_MAX = 1 << 28 };
static const char *const column[COLUMNS + 1] = {"px", "py", "pz", "E", "pdg",  "weight", "x",
					    "y",  "z",	"t",  "polx", "poly", "polz", "history"};

struct reader {
	struct bsm_ctx *ctx;
	const char *path;
	hid_t file, group;
	hsize_t rows;
	double *data[COLUMNS + 1];
	int ncolumn;
};

static enum bsm_status read_column(struct reader *r, int i)
{
	enum bsm_status status = BSM_OK;
	hid_t set = H5Dopen2(r->group, column[i], H5P_DEFAULT);
	if (set < 0)
		return bsm_fail(r->ctx, BSM_E_KEY, "%s: no dataset parents/%s", r->path, column[i]);
	hid_t space = H5Dget_space(set), type = H5Dget_type(set);
	hsize_t n = 0;
	H5T_class_t class = H5Tget_class(type);
	if (space < 0 || H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &n, NULL) != 1 ||
	    (class != H5T_FLOAT && class != H5T_INTEGER))
		status = bsm_fail(r->ctx, BSM_E_SYNTAX, "%s: parents/%s: expected a one-dimensional list of numbers",
				  r->path, column[i]);
	else if (n == 0 || n > ROWS_MAX)
		status = bsm_fail(r->ctx, BSM_E_RANGE, "%s: parents/%s: %llu entries", r->path, column[i],
				  (unsigned long long)n);
	else if (i && n != r->rows)
		status = bsm_fail(r->ctx, BSM_E_SYNTAX, "%s: parents/%s: %llu entries, but parents/%s has %llu",
				  r->path, column[i], (unsigned long long)n, column[0], (unsigned long long)r->rows);
	else if (!(r->data[i] = malloc((size_t)n * sizeof(double))))
		status = bsm_fail(r->ctx, BSM_E_MEMORY, "%s: no memory for %llu entries", r->path,
				  (unsigned long long)n);
	else if (H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, r->data[i]) < 0)
		status = bsm_fail(r->ctx, BSM_E_IO, "%s: parents/%s cannot be read", r->path, column[i]);
	r->rows = n;
	if (type >= 0)
		H5Tclose(type);
	if (space >= 0)
		H5Sclose(space);
	H5Dclose(set);
	return status;
}

static enum bsm_status read_pot(struct reader *r, double *out)
{
	if (H5Aexists(r->group, "pot") <= 0)
		return BSM_OK;
	hid_t a = H5Aopen(r->group, "pot", H5P_DEFAULT), space = a >= 0 ? H5Aget_space(a) : -1;
	int good = space >= 0 && H5Sget_simple_extent_npoints(space) == 1 && H5Aread(a, H5T_NATIVE_DOUBLE, out) >= 0;
	if (space >= 0)
		H5Sclose(space);
	if (a >= 0)
		H5Aclose(a);
	return good && *out > 0 && isfinite(*out)
		       ? BSM_OK
		       : bsm_fail(r->ctx, BSM_E_RANGE, "%s: parents: attribute pot: expected one positive number",
				  r->path);
}

/* Text attribute of fixed or variable length, up to 31 bytes. */
static int text_attribute(hid_t group, const char *name, char out[32])
{
	int good = 0;
	hid_t a = H5Aopen(group, name, H5P_DEFAULT), type = a >= 0 ? H5Aget_type(a) : -1,
	      space = a >= 0 ? H5Aget_space(a) : -1;
	if (type >= 0 && space >= 0 && H5Tget_class(type) == H5T_STRING && H5Sget_simple_extent_npoints(space) == 1) {
		if (H5Tis_variable_str(type) > 0) {
			char *text = NULL;
			if (H5Aread(a, type, &text) >= 0 && text) {
				good = strlen(text) < 32;
				memcpy(out, text, good ? strlen(text) + 1 : 0);
			}
			H5free_memory(text);
		} else if (H5Tget_size(type) < 32) {
			memset(out, 0, 32);
			good = H5Aread(a, type, out) >= 0;
		}
	}
	if (space >= 0)
		H5Sclose(space);
	if (type >= 0)
		H5Tclose(type);
	if (a >= 0)
		H5Aclose(a);
	return good;
}

static enum bsm_status read_at(struct reader *r, enum bsm_parents_at *out)
{
	char word[32];
	if (H5Aexists(r->group, "at") <= 0)
		return BSM_OK;
	if (!text_attribute(r->group, "at", word))
		return bsm_fail(r->ctx, BSM_E_SYNTAX, "%s: parents: attribute at: expected production or decay",
				r->path);
	for (size_t n = strlen(word); n && word[n - 1] == ' ';)
		word[--n] = 0;
	return bsm_parents_at_parse(r->ctx, word, r->path, out);
}

static enum bsm_status read_group(struct reader *r, struct bsm_parent_list *l)
{
	BSM_TRY(read_pot(r, &l->pot));
	BSM_TRY(read_at(r, &l->at));
	r->ncolumn = H5Lexists(r->group, "x", H5P_DEFAULT) > 0 ? 10 : 6;
	if (H5Lexists(r->group, "polx", H5P_DEFAULT) > 0)
		r->ncolumn = COLUMNS;
	for (int i = 0; i < r->ncolumn; i++)
		BSM_TRY(read_column(r, i));
	l->has_history = H5Lexists(r->group, column[HISTORY], H5P_DEFAULT) > 0;
	if (l->has_history)
		BSM_TRY(read_column(r, HISTORY));
	for (hsize_t k = 0; k < r->rows; k++) {
		double c[COLUMNS];
		char where[BSM_PATH + 64];
		for (int i = 0; i < r->ncolumn; i++)
			c[i] = r->data[i][k];
		snprintf(where, sizeof where, "%.1000s: parents, entry %llu", r->path, (unsigned long long)k);
		BSM_TRY(bsm_parent_list_add(r->ctx, l, c, r->ncolumn, where));
		if (l->has_history && !(fabs(r->data[HISTORY][k]) < 4096))
			return bsm_fail(r->ctx, BSM_E_RANGE, "%s: history %g, expected 0 to 4095", where, r->data[HISTORY][k]);
		l->row[l->n - 1].history = l->has_history ? (int32_t)r->data[HISTORY][k] : 0;
	}
	return BSM_OK;
}

static enum bsm_status read_file(struct reader *r, struct bsm_parent_list *l)
{
	r->file = H5Fopen(r->path, H5F_ACC_RDONLY, H5P_DEFAULT);
	if (r->file < 0)
		return bsm_fail(r->ctx, BSM_E_IO, "%s: not a readable HDF5 file", r->path);
	r->group = H5Gopen2(r->file, "parents", H5P_DEFAULT);
	if (r->group < 0)
		return bsm_fail(r->ctx, BSM_E_KEY, "%s: no group \"parents\"", r->path);
	return read_group(r, l);
}

enum bsm_status bsm_parents_read_hdf5(struct bsm_ctx *ctx, const char *path, struct bsm_parent_list *l)
{
	struct reader r = {.ctx = ctx, .path = path, .file = -1, .group = -1};
	enum bsm_status status;
	H5E_auto2_t report;
	void *report_arg;
	/* The library prints its errors on its own: ours go to the context. */
	H5Eget_auto2(H5E_DEFAULT, &report, &report_arg);
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	status = read_file(&r, l);
	for (int i = 0; i <= HISTORY; i++)
		free(r.data[i]);
	if (r.group >= 0)
		H5Gclose(r.group);
	if (r.file >= 0)
		H5Fclose(r.file);
	H5Eset_auto2(H5E_DEFAULT, report, report_arg);
	return status;
}

static double number(const struct bsm_parent *r, int i)
{
	const double v[COLUMNS] = {r->p.x, r->p.y, r->p.z, r->p.e,    r->pdg,    r->weight, r->x.x,
				   r->x.y, r->x.z, r->x.e, r->pol[0], r->pol[1], r->pol[2]};
	return v[i];
}

static enum bsm_status write_columns(struct bsm_ctx *ctx, struct bsm_hdf5 *h, const struct bsm_parent_list *l)
{
	double *v = malloc((l->n ? l->n : 1) * sizeof *v);
	int32_t *pdg = malloc((l->n ? l->n : 1) * sizeof *pdg);
	int n = l->has_polarisation ? COLUMNS : l->has_positions ? 10 : 6;
	for (int i = 0; v && pdg && i < n; i++) {
		for (size_t k = 0; k < l->n; k++) {
			v[k] = number(&l->row[k], i);
			pdg[k] = l->row[k].pdg;
		}
		if (i == 4)
			bsm_hdf5_integers(h, column[i], pdg, l->n);
		else
			bsm_hdf5_numbers(h, column[i], v, l->n);
	}
	if (v && pdg && l->has_history) {
		for (size_t k = 0; k < l->n; k++)
			pdg[k] = l->row[k].history;
		bsm_hdf5_integers(h, column[HISTORY], pdg, l->n);
	}
	enum bsm_status status = v && pdg ? BSM_OK : bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu parents", l->n);
	free(v);
	free(pdg);
	return status;
}

enum bsm_status bsm_parents_write_hdf5(struct bsm_ctx *ctx, const char *path, const struct bsm_parent_list *l)
{
	struct bsm_hdf5 *h;
	if (!l->n)
		return bsm_fail(ctx, BSM_E_RANGE, "%s: no parents to write", path);
	BSM_TRY(bsm_hdf5_begin(ctx, path, &h));
	bsm_hdf5_group(h, "parents");
	if (l->at)
		bsm_hdf5_text(h, BSM_HDF5_OF_GROUP, "at", l->at == BSM_AT_DECAY ? "decay" : "production");
	if (l->pot > 0)
		bsm_hdf5_number(h, BSM_HDF5_OF_GROUP, "pot", l->pot);
	enum bsm_status status = write_columns(ctx, h, l);
	if (status == BSM_OK)
		return bsm_hdf5_commit(ctx, h);
	bsm_hdf5_discard(h);
	return status;
}
