#include "core/hdf5_columns.h"

#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 8192, COLUMNS = 64, TABLES = 4, END_OF_FILE_AT = 40 };
#define MARGIN (1 << 20) /* what the library keeps back of its own bookkeeping */

union cell { double d; int64_t i; };

struct bsm_h5_table {
	struct bsm_h5_writer *w;
	const struct bsm_h5_column *column;
	int n;
	hid_t set[COLUMNS];
	union cell *block; /* n blocks of BLOCK cells */
	hsize_t written, waiting;
};

struct bsm_h5_writer {
	struct bsm_output *out;
	struct bsm_ctx full; /* says why there was no room */
	hid_t file;
	int failed, tables;
	struct bsm_h5_table table[TABLES];
	H5E_auto2_t report;
	void *report_arg;
};

/* The library prints its errors on its own: ours go to the context. */
static void silence(H5E_auto2_t *report, void **arg)
{
	H5Eget_auto2(H5E_DEFAULT, report, arg);
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

/* The library does not survive a write that fails: its files cannot be closed then, and the process ends badly. So that none
 * does, room for all that it may write until the next call is reserved before. */
static void reserve(struct bsm_h5_writer *w, uint64_t more)
{
	hsize_t size = 0;
	if (w->file >= 0 && H5Fget_filesize(w->file, &size) < 0)
		w->failed = 1;
	if (!w->failed)
		w->failed = bsm_output_reserve(&w->full, w->out, size + more + MARGIN) != BSM_OK;
}

static hid_t file_type(enum bsm_h5_type t)
{
	return t == BSM_H5_DOUBLE ? H5T_IEEE_F64LE : t == BSM_H5_INT ? H5T_STD_I32LE : t == BSM_H5_LONG ? H5T_STD_I64LE : H5T_STD_U64LE;
}

static hid_t memory_type(enum bsm_h5_type t)
{
	return t == BSM_H5_DOUBLE ? H5T_NATIVE_DOUBLE : t == BSM_H5_UNSIGNED ? H5T_NATIVE_UINT64 : H5T_NATIVE_INT64;
}

static hid_t keep(struct bsm_h5_writer *w, hid_t id)
{
	w->failed |= id < 0;
	return id;
}

static hid_t timeless(struct bsm_h5_writer *w, hid_t class)
{
	hid_t list = keep(w, H5Pcreate(class));
	if (list >= 0)
		w->failed |= H5Pset_obj_track_times(list, 0) < 0;
	return list;
}

enum bsm_status bsm_h5_create(struct bsm_ctx *ctx, struct bsm_output *output, struct bsm_h5_writer **out)
{
	struct bsm_h5_writer *w = calloc(1, sizeof *w);
	*out = NULL;
	if (!w)
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", bsm_output_name(output));
	w->out = output;
	silence(&w->report, &w->report_arg);
	hid_t create = timeless(w, H5P_FILE_CREATE), access = keep(w, H5Pcreate(H5P_FILE_ACCESS));
#if H5_VERSION_GE(1, 10, 7) /* the file is locked already, by its output */
	w->failed |= H5Pset_file_locking(access, 0, 1) < 0;
#endif
	w->file = -1;
	reserve(w, 0);
	if (!w->failed)
		w->file = keep(w, H5Fcreate(bsm_output_part(output), H5F_ACC_TRUNC, create, access));
	reserve(w, 0); /* creating it made it empty */
	if (create >= 0)
		H5Pclose(create);
	if (access >= 0)
		H5Pclose(access);
	*out = w; /* what failed, finish says */
	return BSM_OK;
}

void bsm_h5_group(struct bsm_h5_writer *w, const char *path)
{
	if (w->failed)
		return;
	hid_t create = timeless(w, H5P_GROUP_CREATE), group = keep(w, H5Gcreate2(w->file, path, H5P_DEFAULT, create, H5P_DEFAULT));
	if (group >= 0)
		H5Gclose(group);
	if (create >= 0)
		H5Pclose(create);
}

static void write_attribute(struct bsm_h5_writer *w, const char *path, const char *name, hid_t in_file, hid_t type, const void *v)
{
	if (w->failed)
		return;
	hid_t space = keep(w, H5Screate(H5S_SCALAR)), a = -1;
	if (space >= 0)
		a = keep(w, H5Acreate_by_name(w->file, path, name, in_file, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
	if (a >= 0) {
		w->failed |= H5Awrite(a, type, v) < 0;
		H5Aclose(a);
	}
	if (space >= 0)
		H5Sclose(space);
}

/* A length of zero is not allowed: an empty text is its terminating zero. */
static hid_t text_type(struct bsm_h5_writer *w, size_t n)
{
	hid_t type = keep(w, H5Tcopy(H5T_C_S1));
	if (type >= 0)
		w->failed |= H5Tset_size(type, n + 1) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0;
	return type;
}

/* Of variable length: h5py gives these as str, and there is no limit of 64 kB. */
void bsm_h5_text(struct bsm_h5_writer *w, const char *path, const char *name, const char *text)
{
	hid_t type = text_type(w, 0);
	if (type >= 0)
		w->failed |= H5Tset_size(type, H5T_VARIABLE) < 0;
	write_attribute(w, path, name, type, type, &text);
	if (type >= 0)
		H5Tclose(type);
}

void bsm_h5_number(struct bsm_h5_writer *w, const char *path, const char *name, double v)
{
	write_attribute(w, path, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &v);
}

void bsm_h5_integer(struct bsm_h5_writer *w, const char *path, const char *name, int64_t v)
{
	write_attribute(w, path, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &v);
}

void bsm_h5_document(struct bsm_h5_writer *w, const char *path, const char *text, size_t n)
{
	char *ended = malloc(n + 1);
	w->failed |= !ended;
	if (w->failed) {
		free(ended);
		return;
	}
	reserve(w, n);
	memcpy(ended, text, n);
	ended[n] = '\0';
	hid_t type = text_type(w, n), space = keep(w, H5Screate(H5S_SCALAR)), create = timeless(w, H5P_DATASET_CREATE), set = -1;
	if (!w->failed)
		set = keep(w, H5Dcreate2(w->file, path, type, space, H5P_DEFAULT, create, H5P_DEFAULT));
	if (set >= 0) {
		w->failed |= H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, ended) < 0;
		H5Dclose(set);
	}
	if (create >= 0)
		H5Pclose(create);
	if (space >= 0)
		H5Sclose(space);
	if (type >= 0)
		H5Tclose(type);
	free(ended);
}

static void make_column(struct bsm_h5_table *t, const char *group, int i)
{
	struct bsm_h5_writer *w = t->w;
	const hsize_t none = 0, any = H5S_UNLIMITED, chunk = BLOCK;
	char path[256];
	snprintf(path, sizeof path, "%s/%s", group, t->column[i].name);
	hid_t space = keep(w, H5Screate_simple(1, &none, &any)), create = timeless(w, H5P_DATASET_CREATE),
	      access = keep(w, H5Pcreate(H5P_DATASET_ACCESS));
	t->set[i] = -1;
	reserve(w, 0);
	if (!w->failed) /* a block is a chunk: it goes to the file at once */
		w->failed |= H5Pset_chunk_cache(access, 0, 0, 1) < 0;
	if (!w->failed)
		w->failed |= H5Pset_chunk(create, 1, &chunk) < 0 || H5Pset_shuffle(create) < 0 || H5Pset_deflate(create, 1) < 0;
	if (!w->failed)
		t->set[i] = keep(w, H5Dcreate2(w->file, path, file_type(t->column[i].type), space, H5P_DEFAULT, create, access));
	if (access >= 0)
		H5Pclose(access);
	if (create >= 0)
		H5Pclose(create);
	if (space >= 0)
		H5Sclose(space);
	bsm_h5_text(w, path, "unit", t->column[i].unit);
	bsm_h5_text(w, path, "description", t->column[i].doc);
}

struct bsm_h5_table *bsm_h5_table(struct bsm_h5_writer *w, const char *group, const struct bsm_h5_column *column, int n)
{
	if (w->tables == TABLES || n > COLUMNS) {
		w->failed = 1;
		return NULL;
	}
	struct bsm_h5_table *t = &w->table[w->tables];
	*t = (struct bsm_h5_table){.w = w, .column = column, .n = n};
	t->block = calloc((size_t)n * BLOCK, sizeof *t->block);
	if (!t->block)
		return NULL;
	w->tables++;
	bsm_h5_group(w, group);
	for (int i = 0; i < n; i++)
		make_column(t, group, i);
	return t;
}

static void flush_column(struct bsm_h5_table *t, int i)
{
	struct bsm_h5_writer *w = t->w;
	hsize_t size = t->written + t->waiting;
	if (w->failed || !t->waiting)
		return;
	w->failed |= H5Dset_extent(t->set[i], &size) < 0;
	hid_t there = keep(w, H5Dget_space(t->set[i])), here = keep(w, H5Screate_simple(1, &t->waiting, NULL));
	if (!w->failed)
		w->failed |= H5Sselect_hyperslab(there, H5S_SELECT_SET, &t->written, NULL, &t->waiting, NULL) < 0 ||
			     H5Dwrite(t->set[i], memory_type(t->column[i].type), here, there, H5P_DEFAULT,
				      t->block + (size_t)i * BLOCK) < 0;
	if (there >= 0)
		H5Sclose(there);
	if (here >= 0)
		H5Sclose(here);
}

static void flush(struct bsm_h5_table *t)
{
	if (!t->w->failed)
		reserve(t->w, (uint64_t)t->n * BLOCK * (sizeof *t->block + 1));
	for (int i = 0; i < t->n; i++)
		flush_column(t, i);
	t->written += t->waiting;
	t->waiting = 0;
}

void bsm_h5_put_double(struct bsm_h5_table *t, int column, double v)
{
	t->block[(size_t)column * BLOCK + t->waiting].d = v;
}

void bsm_h5_put_int(struct bsm_h5_table *t, int column, int64_t v)
{
	t->block[(size_t)column * BLOCK + t->waiting].i = v;
}

void bsm_h5_end_row(struct bsm_h5_table *t)
{
	if (++t->waiting == BLOCK)
		flush(t);
}

static int end(struct bsm_h5_writer *w)
{
	for (int k = 0; k < w->tables; k++) {
		for (int i = 0; i < w->table[k].n; i++)
			if (w->table[k].set[i] >= 0)
				w->failed |= H5Dclose(w->table[k].set[i]) < 0;
		free(w->table[k].block);
	}
	if (w->file >= 0)
		w->failed |= H5Fclose(w->file) < 0;
	H5Eset_auto2(H5E_DEFAULT, w->report, w->report_arg);
	int failed = w->failed;
	free(w);
	return failed;
}

void bsm_h5_abandon(struct bsm_h5_writer *w)
{
	if (w)
		end(w);
}

/* The superblock says where the file ends: what was reserved behind it goes. */
static enum bsm_status cut(struct bsm_ctx *ctx, struct bsm_output *out)
{
	uint8_t b[END_OF_FILE_AT + 8];
	uint64_t n = 0;
	FILE *f = fopen(bsm_output_part(out), "rb");
	size_t got = f ? fread(b, 1, sizeof b, f) : 0;
	if (f)
		fclose(f);
	for (int i = 7; i >= 0 && got == sizeof b; i--)
		n = n << 8 | b[END_OF_FILE_AT + i];
	if (n <= sizeof b || b[8] > 1) /* version of the superblock: 0 or 1, else it is laid out in another way */
		return bsm_fail(ctx, BSM_E_IO, "%s: the HDF5 library could not make this file", bsm_output_name(out));
	return bsm_output_cut(ctx, out, n);
}

enum bsm_status bsm_h5_finish(struct bsm_ctx *ctx, struct bsm_h5_writer *w)
{
	struct bsm_output *out = w->out;
	for (int k = 0; k < w->tables; k++)
		flush(&w->table[k]);
	struct bsm_ctx full = w->full;
	if (!end(w))
		return cut(ctx, out);
	return full.status != BSM_OK ? bsm_fail(ctx, full.status, "%s", full.message)
				     : bsm_fail(ctx, BSM_E_IO, "%s: the HDF5 library could not make this file", bsm_output_name(out));
}
