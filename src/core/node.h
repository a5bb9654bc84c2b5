/* A strict tree of a YAML file: maps, lists and scalars, each with its line. Anchors, aliases, tags and duplicate keys
 * are refused. A reader takes what it knows; bsm_node_finish then names every key that nobody asked for. */
#ifndef BSM_CORE_NODE_H
#define BSM_CORE_NODE_H
#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"
#include "core/units.h"

enum bsm_node_kind { BSM_SCALAR, BSM_LIST, BSM_MAP };

struct bsm_node {
	enum bsm_node_kind kind;
	char *key;              /* in a map; NULL else */
	char *text;             /* of a scalar; "" if empty */
	int line;               /* 1-based; 0: no file, but --set */
	bool used;
	const char *file;       /* owned by the root */
	struct bsm_node *parent, *child, *next; /* first child; next sibling */
	int nchild;
	void *root_memory;      /* root only: file name */
};

/* Reads a file, or a text under a name for messages. The root is always a map. */
enum bsm_status bsm_node_read(struct bsm_ctx *, const char *path, struct bsm_node **out);
enum bsm_status bsm_node_parse(struct bsm_ctx *, const char *name, const char *text, size_t len, struct bsm_node **out);
/* The bytes of a small file (16 MiB at most), to be freed. */
enum bsm_status bsm_read_file(struct bsm_ctx *, const char *path, char **text, size_t *len);
void bsm_node_free(struct bsm_node *root);

/* "file:line: path.to.key: " + message, as a failure. */
enum bsm_status bsm_node_fail(struct bsm_ctx *, const struct bsm_node *, enum bsm_status, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Sets the scalar at "a.b.c", making it (and maps on the way) where it is absent. Messages about it will name the file
 * and line of `by`, whose tree has to live as long; NULL: the option --set. */
enum bsm_status bsm_node_set(struct bsm_ctx *, struct bsm_node *root, const char *path, const char *value,
			     const struct bsm_node *by);

/* Child of a map by key, marked as used; NULL if absent. */
struct bsm_node *bsm_node_get(struct bsm_node *map, const char *key);
/* The same, but its absence is a failure. */
enum bsm_status bsm_node_need(struct bsm_ctx *, struct bsm_node *map, const char *key, struct bsm_node **out);

/* Scalars. Quantities are given in the unit of the dimension: "350 MeV" for BSM_DIM_ENERGY gives 0.35. */
enum bsm_status bsm_node_quantity(struct bsm_ctx *, struct bsm_node *, enum bsm_dim, double *out);
enum bsm_status bsm_node_number(struct bsm_ctx *, struct bsm_node *, double *out); /* a plain number, finite */
enum bsm_status bsm_node_int(struct bsm_ctx *, struct bsm_node *, int64_t min, int64_t max, int64_t *out);
enum bsm_status bsm_node_bool(struct bsm_ctx *, struct bsm_node *, bool *out);
enum bsm_status bsm_node_string(struct bsm_ctx *, struct bsm_node *, const char **out); /* lives as long as the tree */
enum bsm_status bsm_node_quantities(struct bsm_ctx *, struct bsm_node *list, enum bsm_dim, int n, double *out); /* exactly n */

/* The same by key in a map. *_or: leaves *out alone where the key is absent. */
enum bsm_status bsm_get_quantity(struct bsm_ctx *, struct bsm_node *map, const char *key, enum bsm_dim, double *out);
enum bsm_status bsm_get_quantity_or(struct bsm_ctx *, struct bsm_node *map, const char *key, enum bsm_dim, double *out);
enum bsm_status bsm_get_number(struct bsm_ctx *, struct bsm_node *map, const char *key, double *out);
enum bsm_status bsm_get_number_or(struct bsm_ctx *, struct bsm_node *map, const char *key, double *out);
enum bsm_status bsm_get_int_or(struct bsm_ctx *, struct bsm_node *map, const char *key, int64_t min, int64_t max, int64_t *out);
/* A whole number from 0 to 2^53 that has to be there. */
enum bsm_status bsm_get_count(struct bsm_ctx *, struct bsm_node *map, const char *key, uint64_t *out);
enum bsm_status bsm_get_bool_or(struct bsm_ctx *, struct bsm_node *map, const char *key, bool *out);
enum bsm_status bsm_get_string(struct bsm_ctx *, struct bsm_node *map, const char *key, const char **out);
enum bsm_status bsm_get_string_or(struct bsm_ctx *, struct bsm_node *map, const char *key, const char **out);
/* Reads `schema: N` and refuses a newer one. */
enum bsm_status bsm_get_schema(struct bsm_ctx *, struct bsm_node *root, int newest);

/* Fails at the first key below `map` that was never asked for, and names its neighbours. */
enum bsm_status bsm_node_finish(struct bsm_ctx *, const struct bsm_node *map);
/* Marks the node and all below as used (free text such as `sources:`). */
void bsm_node_ignore(struct bsm_node *);
#endif
