#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hdf5_columns.h"

enum { BLOCK = 8192, COLUMNS = 64, TABLES = 4, LONGEST_DOCUMENT = 16 << 20 };

union cell { double d; int64_t i; };

struct bsm_h5_rows {
	struct bsm_h5_source *s;
	const char *group;
	const struct bsm_h5_column *column;
	int n;
	hid_t set[COLUMNS];
	hsize_t length, from, have, at; /* rows: of the table; of the block: first, number; of it the next one */
	union cell *block;
};

struct bsm_h5_source {
	char *name;
	hid_t file;
	int tables;
	struct bsm_h5_rows table[TABLES];
	H5E_auto2_t report;
	void *report_arg;
};

enum bsm_status bsm_h5_open(struct bsm_ctx *ctx, const char *name, const void *bytes, size_t n, struct bsm_h5_source **out)
{
	struct bsm_h5_source *s = calloc(1, sizeof *s);
	*out = NULL;
	if (!s || !(s->name = malloc(strlen(name) + 1))) {
		free(s);
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", name);
	}
	strcpy(s->name, name);
	H5Eget_auto2(H5E_DEFAULT, &s->report, &s->report_arg);
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	hid_t access = H5Pcreate(H5P_FILE_ACCESS);
	int good = access >= 0;
	if (good && bytes) /* the library writes nothing back, but wants the bytes as void * */
		good = n > 0 && H5Pset_fapl_core(access, 1 << 20, 0) >= 0 && H5Pset_file_image(access, (void *)(uintptr_t)bytes, n) >= 0;
	s->file = good ? H5Fopen(name, H5F_ACC_RDONLY, access) : -1;
	if (access >= 0)
		H5Pclose(access);
	if (s->file >= 0) {
		*out = s;
		return BSM_OK;
	}
	FILE *there = bytes ? NULL : fopen(name, "rb");
	int opens = bytes || there;
	if (there)
		fclose(there);
	bsm_h5_close(s);
	return opens ? bsm_fail(ctx, BSM_E_SYNTAX, "%s: is not an HDF5 file, or is cut off", name)
		     : bsm_fail(ctx, BSM_E_IO, "%s: cannot be opened", name);
}

void bsm_h5_close(struct bsm_h5_source *s)
{
	if (!s)
		return;
	for (int k = 0; k < s->tables; k++) {
		for (int i = 0; i < s->table[k].n; i++)
			if (s->table[k].set[i] >= 0)
				H5Dclose(s->table[k].set[i]);
		free(s->table[k].block);
	}
	if (s->file >= 0)
		H5Fclose(s->file);
	H5Eset_auto2(H5E_DEFAULT, s->report, s->report_arg);
	free(s->name);
	free(s);
}

int bsm_h5_has(struct bsm_h5_source *s, const char *path)
{
	return H5Lexists(s->file, path, H5P_DEFAULT) > 0;
}

enum bsm_status bsm_h5_read_document(struct bsm_ctx *ctx, struct bsm_h5_source *s, const char *path, char **text, size_t *n)
{
	hid_t set = H5Dopen2(s->file, path, H5P_DEFAULT), type = set >= 0 ? H5Dget_type(set) : -1,
	      space = set >= 0 ? H5Dget_space(set) : -1;
	enum bsm_status status = BSM_OK;
	*text = NULL;
	size_t size = type >= 0 && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 ? H5Tget_size(type) : 0;
	if (size == 0 || size > LONGEST_DOCUMENT || space < 0 || H5Sget_simple_extent_npoints(space) != 1)
		status = bsm_fail(ctx, BSM_E_SYNTAX, "%s: %s: expected one text of fixed length", s->name, path);
	else if (!(*text = calloc(1, size + 1)))
		status = bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", s->name);
	else if (H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, *text) < 0)
		status = bsm_fail(ctx, BSM_E_IO, "%s: %s cannot be read", s->name, path);
	*n = *text ? strlen(*text) : 0;
	if (status != BSM_OK) {
		free(*text);
		*text = NULL;
	}
	if (space >= 0)
		H5Sclose(space);
	if (type >= 0)
		H5Tclose(type);
	if (set >= 0)
		H5Dclose(set);
	return status;
}

static enum bsm_status open_column(struct bsm_ctx *ctx, struct bsm_h5_rows *t, int i)
{
	const struct bsm_h5_column *c = &t->column[i];
	char path[256];
	hsize_t n = 0;
	snprintf(path, sizeof path, "%s/%s", t->group, c->name);
	t->set[i] = H5Dopen2(t->s->file, path, H5P_DEFAULT);
	if (t->set[i] < 0)
		return bsm_fail(ctx, BSM_E_KEY, "%s: no dataset %s", t->s->name, path);
	hid_t space = H5Dget_space(t->set[i]), type = H5Dget_type(t->set[i]);
	H5T_class_t class = type >= 0 ? H5Tget_class(type) : H5T_NO_CLASS;
	int good = space >= 0 && H5Sget_simple_extent_ndims(space) == 1 && H5Sget_simple_extent_dims(space, &n, NULL) == 1 &&
		   class == (c->type == BSM_H5_DOUBLE ? H5T_FLOAT : H5T_INTEGER);
	if (space >= 0)
		H5Sclose(space);
	if (type >= 0)
		H5Tclose(type);
	if (!good)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %s: expected a one-dimensional list of %s", t->s->name, path,
				c->type == BSM_H5_DOUBLE ? "floating point numbers" : "whole numbers");
	if (i && n != t->length)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %s: %llu entries, but %s/%s has %llu", t->s->name, path, (unsigned long long)n,
				t->group, t->column[0].name, (unsigned long long)t->length);
	t->length = n;
	return BSM_OK;
}

enum bsm_status bsm_h5_rows(struct bsm_ctx *ctx, struct bsm_h5_source *s, const char *group, const struct bsm_h5_column *column,
			    int n, struct bsm_h5_rows **out)
{
	struct bsm_h5_rows *t = &s->table[s->tables];
	if (s->tables == TABLES || n > COLUMNS)
		return bsm_fail(ctx, BSM_E_RANGE, "%s: too many tables or columns", s->name);
	*t = (struct bsm_h5_rows){.s = s, .group = group, .column = column, .n = n};
	t->block = calloc((size_t)n * BLOCK, sizeof *t->block);
	if (!t->block)
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", s->name);
	s->tables++;
	for (int i = 0; i < n; i++)
		t->set[i] = -1;
	for (int i = 0; i < n; i++)
		BSM_TRY(open_column(ctx, t, i));
	*out = t;
	return BSM_OK;
}

uint64_t bsm_h5_length(const struct bsm_h5_rows *t)
{
	return t->length;
}

static enum bsm_status fill_column(struct bsm_ctx *ctx, struct bsm_h5_rows *t, int i)
{
	hid_t type = t->column[i].type == BSM_H5_DOUBLE     ? H5T_NATIVE_DOUBLE
		     : t->column[i].type == BSM_H5_UNSIGNED ? H5T_NATIVE_UINT64
							    : H5T_NATIVE_INT64;
	hid_t there = H5Dget_space(t->set[i]), here = H5Screate_simple(1, &t->have, NULL);
	int good = there >= 0 && here >= 0 && H5Sselect_hyperslab(there, H5S_SELECT_SET, &t->from, NULL, &t->have, NULL) >= 0 &&
		   H5Dread(t->set[i], type, here, there, H5P_DEFAULT, t->block + (size_t)i * BLOCK) >= 0;
	if (there >= 0)
		H5Sclose(there);
	if (here >= 0)
		H5Sclose(here);
	return good ? BSM_OK
		    : bsm_fail(ctx, BSM_E_SYNTAX, "%s: %s/%s cannot be read from row %llu: damaged, or cut off", t->s->name, t->group,
			       t->column[i].name, (unsigned long long)t->from);
}

enum bsm_status bsm_h5_next_row(struct bsm_ctx *ctx, struct bsm_h5_rows *t)
{
	if (t->at < t->have && ++t->at < t->have)
		return BSM_OK;
	t->from += t->have;
	t->at = 0;
	t->have = t->length - t->from < BLOCK ? t->length - t->from : BLOCK;
	if (t->have == 0)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %s has only %llu rows, and more are asked for", t->s->name, t->group,
				(unsigned long long)t->length);
	for (int i = 0; i < t->n; i++)
		BSM_TRY(fill_column(ctx, t, i));
	return BSM_OK;
}

double bsm_h5_double(const struct bsm_h5_rows *t, int column)
{
	return t->block[(size_t)column * BLOCK + t->at].d;
}

int64_t bsm_h5_int(const struct bsm_h5_rows *t, int column)
{
	return t->block[(size_t)column * BLOCK + t->at].i;
}
