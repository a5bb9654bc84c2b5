/* Small HDF5 files: made in memory, then written like every other output, under the final name only when whole. Without
 * object times: the same content is the same bytes. One thread at a time. */
#ifndef BSM_CORE_HDF5_FILE_H
#define BSM_CORE_HDF5_FILE_H
#include <stdint.h>

#include "core/context.h"

struct bsm_hdf5;

/* What fails between begin and commit is remembered; commit says it. */
enum bsm_status bsm_hdf5_begin(struct bsm_ctx *, const char *path, struct bsm_hdf5 **out);
void bsm_hdf5_group(struct bsm_hdf5 *, const char *name); /* from here on in this group of the root; NULL: the root */
/* Chunked, deflate level 1. */
void bsm_hdf5_numbers(struct bsm_hdf5 *, const char *name, const double *v, size_t n);
void bsm_hdf5_integers(struct bsm_hdf5 *, const char *name, const int32_t *v, size_t n);
void bsm_hdf5_table(struct bsm_hdf5 *, const char *name, const double *v, size_t rows, size_t columns);
/* Attributes of the group, or of the data set that was written last. */
enum bsm_hdf5_owner { BSM_HDF5_OF_GROUP, BSM_HDF5_OF_DATA };
void bsm_hdf5_text(struct bsm_hdf5 *, enum bsm_hdf5_owner, const char *name, const char *text);
void bsm_hdf5_number(struct bsm_hdf5 *, enum bsm_hdf5_owner, const char *name, double v);
void bsm_hdf5_integer(struct bsm_hdf5 *, enum bsm_hdf5_owner, const char *name, int64_t v);
/* Both end it. */
enum bsm_status bsm_hdf5_commit(struct bsm_ctx *, struct bsm_hdf5 *);
void bsm_hdf5_discard(struct bsm_hdf5 *);
#endif
