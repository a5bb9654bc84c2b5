/* Text tables: numbers in columns, comments after #, `# key: value` in comments. */
#ifndef BSM_SOURCE_COLUMNS_H
#define BSM_SOURCE_COLUMNS_H
#include "core/node.h"
#include "core/stream.h"

enum { BSM_COLUMNS = 16, BSM_PATH = 1024 };

/* Next line with numbers in out[BSM_COLUMNS]; *n is 0 at the end of the file. Comment lines go to `comment` (may be
 * NULL) as key and value. Anything that is no finite number fails, and so does a last line without its line end: it may
 * be cut off inside a number. */
enum bsm_status bsm_columns_next(struct bsm_ctx *, struct bsm_input *, double *out, int *n,
				 enum bsm_status (*comment)(struct bsm_ctx *, void *arg, const char *key,
							    const char *value),
				 void *arg);
/* Path of a file named in a YAML file: absolute, or relative to that file. */
enum bsm_status bsm_source_path(struct bsm_ctx *, struct bsm_node *node, char out[BSM_PATH]);
#endif
