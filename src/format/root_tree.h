/* One TTree of plain columns in a ROOT file, with a text beside it; written in one pass, read back if this wrote it.
 * Layout: docs/formats.md. */
#ifndef BSM_FORMAT_ROOT_TREE_H
#define BSM_FORMAT_ROOT_TREE_H
#include "core/stream.h"
#include "format/root_io.h"

enum { BSM_ROOT_BRANCHES = 64, BSM_ROOT_CLUSTER = 2000, BSM_ROOT_TEXT = 256 };

/* Of a row in memory: int32_t (I, i: unsigned), uint64_t (l), double (D) or char[BSM_ROOT_TEXT] (S: a TObjString). */
struct bsm_root_branch {
	const char *name;
	char type;
	int width;      /* numbers an entry; of a counted one, of each */
	int counter;    /* branch that says how many (before this one); -1: not counted */
	int most;       /* of a counter: what the row has room for, else 0 */
	size_t offset;
};
struct bsm_root_schema { const char *tree, *title, *text; const struct bsm_root_branch *branch; int n; }; /* text: its name */

struct bsm_root_baskets { /* of one branch */
	uint64_t *bytes, *entry, *seek;
	uint64_t raw, packed; /* sums */
	uint64_t maximum;     /* of a counter */
	size_t leaf;          /* where its leaf stands, as references call it */
};
struct bsm_root_state { /* what a file says of itself: the same for writer and reader */
	const struct bsm_root_schema *schema;
	uint64_t entries, nbasket, room; /* room in the tables of baskets */
	double weight;
	uint64_t end, seek_free, bytes_free, seek_info, bytes_info, seek_keys, bytes_keys, bytes_name;
	uint8_t uuid[16];
	struct bsm_root_key tree, text;
	struct bsm_root_baskets basket[BSM_ROOT_BRANCHES];
};

/* Parts of the layout, written or read. */
void bsm_root_header(struct bsm_root_io *, struct bsm_root_state *);    /* 100 bytes */
void bsm_root_directory(struct bsm_root_io *, struct bsm_root_state *); /* the record at 100 */
/* The object of TTree, and its begin alone, which tells the number of entries: reading the whole, nbasket and the room for
 * baskets must be there before. */
void bsm_root_tree(struct bsm_root_io *, struct bsm_root_state *);
size_t bsm_root_tree_head(struct bsm_root_io *, struct bsm_root_state *);
void bsm_root_basket_head(struct bsm_root_io *, struct bsm_root_key *, const struct bsm_root_branch *, uint64_t *entries, uint64_t *last);
uint64_t bsm_root_basket_length(const struct bsm_root_key *);
void bsm_root_text(struct bsm_root_io *, const char *name, const char *title, size_t n); /* TNamed */
void bsm_root_infos(struct bsm_root_io *);                              /* TList of TStreamerInfo (root_info.c) */
enum bsm_status bsm_root_more_baskets(struct bsm_ctx *, struct bsm_root_state *, uint64_t room);
void bsm_root_free_baskets(struct bsm_root_state *);
int bsm_root_size(char type); /* bytes of a number in the file */

/* ---- writer (root_write.c) ---- */
struct bsm_root_writer;
enum bsm_status bsm_root_create(struct bsm_ctx *, struct bsm_output *, const struct bsm_root_schema *, double weight,
				const char *identity, struct bsm_root_writer **out);
enum bsm_status bsm_root_fill(struct bsm_ctx *, struct bsm_root_writer *, const void *row);
enum bsm_status bsm_root_finish(struct bsm_ctx *, struct bsm_root_writer *, const char *text, size_t n);
void bsm_root_free(struct bsm_root_writer *); /* always, at the end */

/* ---- reader (root_read.c) ---- */
struct bsm_root_file;
enum bsm_status bsm_root_open(struct bsm_ctx *, const char *name, const void *bytes, size_t n, const struct bsm_root_schema *,
			      struct bsm_root_file **out);
const char *bsm_root_text_of(const struct bsm_root_file *, size_t *n);
uint64_t bsm_root_entries(const struct bsm_root_file *);
enum bsm_status bsm_root_read(struct bsm_ctx *, struct bsm_root_file *, void *row); /* the next entry */
void bsm_root_close(struct bsm_root_file *);
#endif
