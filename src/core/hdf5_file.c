#include "core/hdf5_file.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

#include "core/stream.h"

enum { CHUNK = 65536 };

struct bsm_hdf5 {
	char *path;
	hid_t file, group, set; /* set: written last, or -1 */
	int failed;
	H5E_auto2_t report;
	void *report_arg;
};

static hid_t keep(struct bsm_hdf5 *h, hid_t id)
{
	h->failed |= id < 0;
	return id;
}

/* A list of properties of objects that remember no time. */
static hid_t timeless(struct bsm_hdf5 *h, hid_t class)
{
	hid_t list = keep(h, H5Pcreate(class));
	if (list >= 0)
		h->failed |= H5Pset_obj_track_times(list, 0) < 0;
	return list;
}

static void end_set(struct bsm_hdf5 *h)
{
	if (h->set >= 0)
		H5Dclose(h->set);
	h->set = -1;
}

static void end_group(struct bsm_hdf5 *h)
{
	end_set(h);
	if (h->group >= 0 && h->group != h->file)
		H5Gclose(h->group);
	h->group = h->file;
}

enum bsm_status bsm_hdf5_begin(struct bsm_ctx *ctx, const char *path, struct bsm_hdf5 **out)
{
	struct bsm_hdf5 *h = calloc(1, sizeof *h);
	*out = NULL;
	if (!h || !(h->path = malloc(strlen(path) + 1))) {
		free(h);
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", path);
	}
	strcpy(h->path, path);
	h->file = h->group = h->set = -1;
	/* The library prints its errors on its own: ours go to the context. */
	H5Eget_auto2(H5E_DEFAULT, &h->report, &h->report_arg);
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	hid_t create = timeless(h, H5P_FILE_CREATE), access = keep(h, H5Pcreate(H5P_FILE_ACCESS));
	h->failed |= H5Pset_fapl_core(access, 1 << 20, 0) < 0;
	/* In memory: the name is not that of a file, but two open ones may not share it. */
	if (!h->failed)
		h->file = h->group = keep(h, H5Fcreate(path, H5F_ACC_TRUNC, create, access));
	if (create >= 0)
		H5Pclose(create);
	if (access >= 0)
		H5Pclose(access);
	*out = h;
	return BSM_OK;
}

void bsm_hdf5_group(struct bsm_hdf5 *h, const char *name)
{
	end_group(h);
	if (h->failed || !name)
		return;
	hid_t create = timeless(h, H5P_GROUP_CREATE);
	hid_t group = keep(h, H5Gcreate2(h->file, name, H5P_DEFAULT, create, H5P_DEFAULT));
	if (group >= 0)
		h->group = group;
	if (create >= 0)
		H5Pclose(create);
}

static void write_set(struct bsm_hdf5 *h, const char *name, hid_t file_type, hid_t type, const void *v, int rank,
		      const hsize_t *size)
{
	end_set(h);
	if (h->failed)
		return;
	hsize_t chunk[2] = {size[0] < CHUNK ? size[0] : CHUNK, rank > 1 ? size[1] : 1};
	hid_t space = keep(h, H5Screate_simple(rank, size, NULL)), create = timeless(h, H5P_DATASET_CREATE);
	if (size[0] && (rank < 2 || size[1])) /* nothing cannot be cut in chunks */
		h->failed |= H5Pset_chunk(create, rank, chunk) < 0 || H5Pset_deflate(create, 1) < 0;
	if (!h->failed)
		h->set = keep(h, H5Dcreate2(h->group, name, file_type, space, H5P_DEFAULT, create, H5P_DEFAULT));
	if (h->set >= 0)
		h->failed |= H5Dwrite(h->set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, v) < 0;
	if (create >= 0)
		H5Pclose(create);
	if (space >= 0)
		H5Sclose(space);
}

void bsm_hdf5_numbers(struct bsm_hdf5 *h, const char *name, const double *v, size_t n)
{
	write_set(h, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, v, 1, (const hsize_t[]){n});
}

void bsm_hdf5_integers(struct bsm_hdf5 *h, const char *name, const int32_t *v, size_t n)
{
	write_set(h, name, H5T_STD_I32LE, H5T_NATIVE_INT32, v, 1, (const hsize_t[]){n});
}

void bsm_hdf5_table(struct bsm_hdf5 *h, const char *name, const double *v, size_t rows, size_t columns)
{
	write_set(h, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, v, 2, (const hsize_t[]){rows, columns});
}

static void write_attribute(struct bsm_hdf5 *h, enum bsm_hdf5_owner owner, const char *name, hid_t file_type, hid_t type,
			    const void *v)
{
	if (h->failed)
		return;
	hid_t space = keep(h, H5Screate(H5S_SCALAR)), a = -1;
	if (space >= 0)
		a = keep(h, H5Acreate2(owner == BSM_HDF5_OF_DATA ? h->set : h->group, name, file_type, space, H5P_DEFAULT,
				       H5P_DEFAULT));
	if (a >= 0) {
		h->failed |= H5Awrite(a, type, v) < 0;
		H5Aclose(a);
	}
	if (space >= 0)
		H5Sclose(space);
}

void bsm_hdf5_text(struct bsm_hdf5 *h, enum bsm_hdf5_owner owner, const char *name, const char *text)
{
	hid_t type = keep(h, H5Tcopy(H5T_C_S1));
	if (type < 0)
		return;
	/* A length of zero is not allowed: an empty text is its terminating zero. */
	h->failed |= H5Tset_size(type, strlen(text) + 1) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0;
	write_attribute(h, owner, name, type, type, text);
	H5Tclose(type);
}

void bsm_hdf5_number(struct bsm_hdf5 *h, enum bsm_hdf5_owner owner, const char *name, double v)
{
	write_attribute(h, owner, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &v);
}

void bsm_hdf5_integer(struct bsm_hdf5 *h, enum bsm_hdf5_owner owner, const char *name, int64_t v)
{
	write_attribute(h, owner, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &v);
}

void bsm_hdf5_discard(struct bsm_hdf5 *h)
{
	if (!h)
		return;
	end_group(h);
	if (h->file >= 0)
		H5Fclose(h->file);
	H5Eset_auto2(H5E_DEFAULT, h->report, h->report_arg);
	free(h->path);
	free(h);
}

static enum bsm_status write_image(struct bsm_ctx *ctx, struct bsm_hdf5 *h, const void *image, size_t n)
{
	struct bsm_output *o;
	BSM_TRY(bsm_output_open(ctx, h->path, &o));
	enum bsm_status status = bsm_output_write(ctx, o, image, n);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}

enum bsm_status bsm_hdf5_commit(struct bsm_ctx *ctx, struct bsm_hdf5 *h)
{
	end_group(h);
	ssize_t n = h->failed || H5Fflush(h->file, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(h->file, NULL, 0);
	void *image = n > 0 ? malloc((size_t)n) : NULL;
	enum bsm_status status;
	if (image && H5Fget_file_image(h->file, image, (size_t)n) == n)
		status = write_image(ctx, h, image, (size_t)n);
	else
		status = bsm_fail(ctx, BSM_E_IO, "%s: the HDF5 library could not make this file", h->path);
	free(image);
	bsm_hdf5_discard(h);
	return status;
}
