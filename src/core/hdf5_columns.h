/* HDF5 files of tables of any length: a group is a table, each column of it a one-dimensional dataset with its unit as attribute.
 * Columns are written and read in blocks, so that memory does not grow with the file. Without object times: the same content is
 * the same bytes. One thread at a time. */
#ifndef BSM_CORE_HDF5_COLUMNS_H
#define BSM_CORE_HDF5_COLUMNS_H
#include <stdint.h>

#include "core/context.h"
#include "core/stream.h"

enum bsm_h5_type { BSM_H5_DOUBLE, BSM_H5_INT, BSM_H5_LONG, BSM_H5_UNSIGNED }; /* 64, 32, 64, 64 bits */
struct bsm_h5_column { const char *name; enum bsm_h5_type type; const char *unit, *doc; };

/* ---- writing, into an output that nothing was written to; not a device or pipe ---- */
struct bsm_h5_writer;
struct bsm_h5_table;

enum bsm_status bsm_h5_create(struct bsm_ctx *, struct bsm_output *, struct bsm_h5_writer **out);
/* What fails between create and finish is remembered; finish says it. The tables end with the writer. NULL: out of memory. */
struct bsm_h5_table *bsm_h5_table(struct bsm_h5_writer *, const char *group, const struct bsm_h5_column *, int n);
/* The next row's entry of a column; row by row, each column once. */
void bsm_h5_put_double(struct bsm_h5_table *, int column, double v);
void bsm_h5_put_int(struct bsm_h5_table *, int column, int64_t v); /* the integers, and BSM_H5_UNSIGNED by its bits */
void bsm_h5_end_row(struct bsm_h5_table *);
/* A group without columns (path "/": the root), for attributes. */
void bsm_h5_group(struct bsm_h5_writer *, const char *path);
void bsm_h5_text(struct bsm_h5_writer *, const char *path, const char *name, const char *text);     /* attributes of `path` */
void bsm_h5_number(struct bsm_h5_writer *, const char *path, const char *name, double v);
void bsm_h5_integer(struct bsm_h5_writer *, const char *path, const char *name, int64_t v);
void bsm_h5_document(struct bsm_h5_writer *, const char *path, const char *text, size_t n); /* a dataset that is one text */
enum bsm_status bsm_h5_finish(struct bsm_ctx *, struct bsm_h5_writer *); /* ends it, whatever the status */
void bsm_h5_abandon(struct bsm_h5_writer *);

/* ---- reading, of a file or of its bytes in memory, which must outlive it ---- */
struct bsm_h5_source;

enum bsm_status bsm_h5_open(struct bsm_ctx *, const char *name, const void *bytes, size_t n, struct bsm_h5_source **out);
void bsm_h5_close(struct bsm_h5_source *);
int bsm_h5_has(struct bsm_h5_source *, const char *path);
/* The text of a document, to be freed. */
enum bsm_status bsm_h5_read_document(struct bsm_ctx *, struct bsm_h5_source *, const char *path, char **text, size_t *n);
/* The table `group`: all its columns must be there, numbers of one length. Ends with the source. */
struct bsm_h5_rows;
enum bsm_status bsm_h5_rows(struct bsm_ctx *, struct bsm_h5_source *, const char *group, const struct bsm_h5_column *, int n,
			    struct bsm_h5_rows **out);
uint64_t bsm_h5_length(const struct bsm_h5_rows *);
/* To the next row, the first at the first call. */
enum bsm_status bsm_h5_next_row(struct bsm_ctx *, struct bsm_h5_rows *);
double bsm_h5_double(const struct bsm_h5_rows *, int column);
int64_t bsm_h5_int(const struct bsm_h5_rows *, int column);
#endif
