/* Reads the ROOT files that root_write.c wrote, and says of others at which byte they differ. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/root_tree.h"

struct column {
	uint8_t *data;
	struct bsm_root_io io; /* over the numbers of the basket */
	size_t offsets;        /* where their table begins; 0: none */
};

struct bsm_root_file {
	char *name;
	int fd;                /* -1: memory */
	const uint8_t *bytes;
	uint64_t size;
	struct bsm_root_state s;
	uint8_t *text;
	size_t text_begin, text_length;
	uint64_t done;
	struct column column[BSM_ROOT_BRANCHES];
};

enum { DIRECTORY = 100, HEAD = 100 + 34 + 14 + 68, LEAST_BASKETS = 10, INFLATES = 1100, LONGEST = 1 << 30 };

static enum bsm_status read_at(struct bsm_ctx *ctx, struct bsm_root_file *f, uint64_t at, uint8_t *to, size_t n)
{
	if (at > f->size || n > f->size - at)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: cut off: %llu bytes at %llu expected, the file has %llu", f->name,
				(unsigned long long)n, (unsigned long long)at, (unsigned long long)f->size);
	if (f->fd < 0) {
		memcpy(to, f->bytes + at, n);
		return BSM_OK;
	}
	while (n > 0) {
		ssize_t got = pread(f->fd, to, n, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return bsm_fail(ctx, BSM_E_IO, "%s: cannot be read at byte %llu", f->name, (unsigned long long)at);
		to += got;
		n -= (size_t)got;
		at += (uint64_t)got;
	}
	return BSM_OK;
}

/* `base`: where the stream begins in the file; inside: it is packed, and offsets are those of the unpacked object. */
static enum bsm_status check(struct bsm_ctx *ctx, const struct bsm_root_file *f, const struct bsm_root_io *io, uint64_t base,
			     const char *inside)
{
	if (!io->wrong)
		return BSM_OK;
	return bsm_fail(ctx, BSM_E_FORMAT, "%s: byte %llu%s%s: %s: found %lld, expected %lld: not a ROOT file of bsmnu", f->name,
			(unsigned long long)(base + io->where), inside ? " of the unpacked " : "", inside ? inside : "", io->wrong,
			(long long)io->found, (long long)io->expected);
}

static enum bsm_status read_head(struct bsm_ctx *ctx, struct bsm_root_file *f)
{
	uint8_t head[HEAD];
	size_t n = f->size < HEAD ? (size_t)f->size : HEAD;
	uint64_t name;
	if (n == 0)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file has no bytes", f->name);
	BSM_TRY(read_at(ctx, f, 0, head, n));
	struct bsm_root_io io = {.begin = head, .at = head, .end = head + n};
	bsm_root_header(&io, &f->s);
	name = f->s.bytes_name;
	bsm_root_directory(&io, &f->s);
	BSM_TRY(check(ctx, f, &io, 0, NULL));
	if (name != f->s.bytes_name)
		return bsm_fail(ctx, BSM_E_FORMAT, "%s: byte 36: fNbytesName: found %llu, expected %llu", f->name, (unsigned long long)name,
				(unsigned long long)f->s.bytes_name);
	if (f->s.end != f->size)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: cut off, or not ended: the header says %llu bytes, the file has %llu", f->name,
				(unsigned long long)f->s.end, (unsigned long long)f->size);
	return BSM_OK;
}

/* What stands on disk at a key: into *packed, to be freed. */
static enum bsm_status read_record(struct bsm_ctx *ctx, struct bsm_root_file *f, uint64_t seek, uint64_t bytes, uint64_t least,
				   uint8_t **packed)
{
	*packed = NULL;
	if (bytes < least || bytes > LONGEST || seek > f->size || bytes > f->size - seek)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %llu bytes at %llu: outside the file", f->name, (unsigned long long)bytes,
				(unsigned long long)seek);
	*packed = malloc(bytes);
	if (!*packed)
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", f->name);
	return read_at(ctx, f, seek, *packed, bytes);
}

static enum bsm_status unpack(struct bsm_ctx *ctx, const struct bsm_root_file *f, const struct bsm_root_key *k, uint64_t seek,
			      const uint8_t *record, uint64_t bytes, uint8_t **object)
{
	uint64_t packed = bytes - k->length;
	if (k->bytes != bytes || k->object > LONGEST || k->object > packed * INFLATES)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: byte %llu: a key of %llu bytes for %llu, where %llu bytes are", f->name,
				(unsigned long long)seek, (unsigned long long)k->bytes, (unsigned long long)k->object,
				(unsigned long long)bytes);
	*object = malloc(k->object + 1);
	if (!*object)
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", f->name);
	if (bsm_root_unpack(record + k->length, packed, *object, k->object))
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: byte %llu: damaged data of %s", f->name, (unsigned long long)seek, k->name);
	return BSM_OK;
}

/* The object that a key in the list of keys tells of. */
static enum bsm_status read_object(struct bsm_ctx *ctx, struct bsm_root_file *f, const struct bsm_root_key *listed, uint8_t **object)
{
	uint8_t *record;
	struct bsm_root_key k = *listed;
	enum bsm_status status = read_record(ctx, f, listed->seek, listed->bytes, bsm_root_key_length(listed), &record);
	if (status == BSM_OK) {
		struct bsm_root_io io = {.begin = record, .at = record, .end = record + listed->bytes};
		bsm_root_key(&io, &k);
		if (!io.wrong && k.length != bsm_root_key_length(&k))
			io = (struct bsm_root_io){.wrong = "TKey.fKeylen", .found = k.length, .expected = bsm_root_key_length(&k)};
		status = check(ctx, f, &io, listed->seek, NULL);
	}
	if (status == BSM_OK && k.object != listed->object)
		status = bsm_fail(ctx, BSM_E_SYNTAX, "%s: byte %llu: another length than in the list of keys", f->name,
				  (unsigned long long)listed->seek);
	if (status == BSM_OK)
		status = unpack(ctx, f, &k, listed->seek, record, listed->bytes, object);
	free(record);
	return status;
}

static enum bsm_status read_keys(struct bsm_ctx *ctx, struct bsm_root_file *f)
{
	struct bsm_root_key k = {.class = "TFile", .name = "events", .title = ""};
	uint8_t *record;
	f->s.text = (struct bsm_root_key){.class = "TNamed", .name = f->s.schema->text, .title = ""};
	f->s.tree = (struct bsm_root_key){.class = "TTree", .name = f->s.schema->tree, .title = f->s.schema->title};
	enum bsm_status status = read_record(ctx, f, f->s.seek_keys, f->s.bytes_keys, 1, &record);
	if (status == BSM_OK) {
		struct bsm_root_io io = {.begin = record, .at = record, .end = record + f->s.bytes_keys};
		bsm_root_key(&io, &k);
		bsm_root_const(&io, "number of keys", 4, 2);
		bsm_root_key(&io, &f->s.text);
		bsm_root_key(&io, &f->s.tree);
		status = check(ctx, f, &io, f->s.seek_keys, NULL);
	}
	free(record);
	return status;
}

static enum bsm_status read_text(struct bsm_ctx *ctx, struct bsm_root_file *f)
{
	BSM_TRY(read_object(ctx, f, &f->s.text, &f->text));
	struct bsm_root_io io = {.begin = f->text, .at = f->text, .end = f->text + f->s.text.object};
	uint64_t n = 0;
	size_t at = bsm_root_open_object(&io, "TNamed", 1);
	bsm_root_object(&io, 0);
	bsm_root_string(&io, "TNamed.fName", f->s.schema->text);
	bsm_root_const(&io, "TNamed.fTitle", 1, 255);
	bsm_root_uint(&io, "TNamed.fTitle", 4, &n);
	f->text_begin = bsm_root_at(&io);
	f->text_length = (size_t)n;
	bsm_root_skip(&io, "TNamed.fTitle", (size_t)n);
	bsm_root_close_object(&io, "TNamed", at);
	return check(ctx, f, &io, 0, f->s.schema->text);
}

static enum bsm_status walk_tree(struct bsm_ctx *ctx, struct bsm_root_file *f, const uint8_t *object, size_t n)
{
	struct bsm_root_io head = {.begin = object, .at = object, .end = object + n}, io = head;
	bsm_root_tree_head(&head, &f->s);
	BSM_TRY(check(ctx, f, &head, 0, f->s.schema->tree));
	uint64_t nbasket = f->s.entries / BSM_ROOT_CLUSTER + (f->s.entries % BSM_ROOT_CLUSTER > 0);
	if (nbasket > n / 20)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: %llu entries, but no room for so many in the tables of the tree", f->name,
				(unsigned long long)f->s.entries);
	f->s.nbasket = nbasket;
	BSM_TRY(bsm_root_more_baskets(ctx, &f->s, nbasket + 1 > LEAST_BASKETS ? nbasket + 1 : LEAST_BASKETS));
	bsm_root_tree(&io, &f->s);
	BSM_TRY(check(ctx, f, &io, 0, f->s.schema->tree));
	return io.at == io.end ? BSM_OK : bsm_fail(ctx, BSM_E_FORMAT, "%s: the tree goes on after its end", f->name);
}

static enum bsm_status read_tree(struct bsm_ctx *ctx, struct bsm_root_file *f)
{
	uint8_t *object = NULL;
	enum bsm_status status = read_object(ctx, f, &f->s.tree, &object);
	if (status == BSM_OK)
		status = walk_tree(ctx, f, object, f->s.tree.object);
	free(object);
	return status;
}

static enum bsm_status open_source(struct bsm_ctx *ctx, struct bsm_root_file *f, const void *bytes, size_t n)
{
	struct stat st;
	f->bytes = bytes;
	f->size = n;
	if (bytes)
		return BSM_OK;
	f->fd = open(f->name, O_RDONLY | O_CLOEXEC);
	if (f->fd < 0 || fstat(f->fd, &st))
		return bsm_fail(ctx, BSM_E_IO, "%s: cannot be opened", f->name);
	if (!S_ISREG(st.st_mode))
		return bsm_fail(ctx, BSM_E_IO, "%s: a ROOT file is read from a regular file only", f->name);
	f->size = (uint64_t)st.st_size;
	return BSM_OK;
}

enum bsm_status bsm_root_open(struct bsm_ctx *ctx, const char *name, const void *bytes, size_t n, const struct bsm_root_schema *schema,
			      struct bsm_root_file **out)
{
	struct bsm_root_file *f = *out = calloc(1, sizeof *f);
	if (!f || !(f->name = malloc(strlen(name) + 1)))
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	strcpy(f->name, name);
	f->fd = -1;
	f->s.schema = schema;
	BSM_TRY(open_source(ctx, f, bytes, n));
	BSM_TRY(read_head(ctx, f));
	BSM_TRY(read_keys(ctx, f));
	BSM_TRY(read_text(ctx, f));
	return read_tree(ctx, f);
}

void bsm_root_close(struct bsm_root_file *f)
{
	if (!f)
		return;
	if (f->name && f->fd >= 0)
		close(f->fd);
	for (int i = 0; i < BSM_ROOT_BRANCHES; i++)
		free(f->column[i].data);
	bsm_root_free_baskets(&f->s);
	free(f->text);
	free(f->name);
	free(f);
}

const char *bsm_root_text_of(const struct bsm_root_file *f, size_t *n)
{
	*n = f->text_length;
	return (const char *)f->text + f->text_begin;
}

uint64_t bsm_root_entries(const struct bsm_root_file *f)
{
	return f->s.entries;
}

/* Numbers from `key` bytes before the object to `last`, then the table of offsets. */
static enum bsm_status set_column(struct bsm_ctx *ctx, struct bsm_root_file *f, int i, const struct bsm_root_key *k, uint64_t entries,
				  uint64_t last, uint64_t expected)
{
	const struct bsm_root_branch *b = &f->s.schema->branch[i];
	struct column *c = &f->column[i];
	int table = b->counter >= 0 || b->type == 'S';
	uint64_t numbers = last - k->length;
	if (entries != expected || last < k->length || numbers > k->object ||
	    k->object - numbers != (table ? 4 * (entries + 2) : 0))
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: byte %llu: a basket of %s of %llu entries in %llu bytes, where %llu entries belong",
				f->name, (unsigned long long)k->seek, b->name, (unsigned long long)entries, (unsigned long long)k->object,
				(unsigned long long)expected);
	c->io = (struct bsm_root_io){.begin = c->data, .at = c->data, .end = c->data + numbers};
	c->offsets = table ? (size_t)numbers + 4 : 0;
	return BSM_OK;
}

static enum bsm_status load_basket(struct bsm_ctx *ctx, struct bsm_root_file *f, int i, uint64_t cluster)
{
	const struct bsm_root_baskets *b = &f->s.basket[i];
	struct bsm_root_key k = {.class = "TBasket", .name = f->s.schema->branch[i].name, .title = f->s.schema->tree};
	uint64_t seek = b->seek[cluster], bytes = b->bytes[cluster], entries = 0, last = 0,
		 left = f->s.entries - cluster * BSM_ROOT_CLUSTER, expected = left < BSM_ROOT_CLUSTER ? left : BSM_ROOT_CLUSTER;
	uint8_t *record;
	enum bsm_status status = read_record(ctx, f, seek, bytes, bsm_root_basket_length(&k), &record);
	if (status == BSM_OK) {
		struct bsm_root_io io = {.begin = record, .at = record, .end = record + bytes};
		bsm_root_basket_head(&io, &k, &f->s.schema->branch[i], &entries, &last);
		if (!io.wrong && k.length != bsm_root_basket_length(&k))
			io = (struct bsm_root_io){.wrong = "TKey.fKeylen", .found = k.length, .expected = bsm_root_basket_length(&k)};
		status = check(ctx, f, &io, seek, NULL);
	}
	free(f->column[i].data);
	f->column[i].data = NULL;
	if (status == BSM_OK)
		status = unpack(ctx, f, &k, seek, record, bytes, &f->column[i].data);
	if (status == BSM_OK)
		status = set_column(ctx, f, i, &k, entries, last, expected);
	free(record);
	return status;
}

static void take_numbers(struct bsm_root_io *io, const struct bsm_root_branch *b, char *to, int64_t n)
{
	for (int64_t k = 0; k < n; k++, to += bsm_root_size(b->type)) {
		uint64_t v;
		bsm_root_uint(io, b->name, bsm_root_size(b->type), &v);
		uint32_t half = (uint32_t)v;
		if (bsm_root_size(b->type) == 8)
			memcpy(to, &v, 8);
		else
			memcpy(to, &half, 4);
	}
}

static void take_string(struct bsm_root_io *io, char *to)
{
	bsm_root_object(io, 0);
	bsm_root_any_string(io, "TObjString.fString", to, BSM_ROOT_TEXT);
}

/* -1: more than the row holds. */
static int64_t count_of(const struct bsm_root_schema *s, const struct bsm_root_branch *b, const void *row)
{
	int32_t n = 1;
	if (b->counter < 0)
		return b->width;
	memcpy(&n, (const char *)row + s->branch[b->counter].offset, sizeof n);
	return n < 0 || n > s->branch[b->counter].most ? -1 : (int64_t)n * b->width;
}

/* The table of offsets must tell the same as the lengths. */
static void check_offset(struct bsm_root_file *f, int i, uint64_t entry)
{
	struct column *c = &f->column[i];
	struct bsm_root_key k = {.class = "TBasket", .name = f->s.schema->branch[i].name, .title = f->s.schema->tree};
	const uint8_t *table = c->data + c->offsets + 4 * entry;
	struct bsm_root_io io = {.begin = table, .at = table, .end = table + 4};
	if (!c->offsets || c->io.wrong)
		return;
	bsm_root_const(&io, "fEntryOffset", 4, bsm_root_basket_length(&k) + bsm_root_at(&c->io));
	if (io.wrong) {
		c->io.wrong = io.wrong;
		c->io.where = c->offsets + 4 * (size_t)entry;
		c->io.found = io.found;
		c->io.expected = io.expected;
	}
}

enum bsm_status bsm_root_read(struct bsm_ctx *ctx, struct bsm_root_file *f, void *row)
{
	const struct bsm_root_schema *s = f->s.schema;
	uint64_t cluster = f->done / BSM_ROOT_CLUSTER, entry = f->done % BSM_ROOT_CLUSTER;
	for (int i = 0; i < s->n; i++) {
		const struct bsm_root_branch *b = &s->branch[i];
		struct column *c = &f->column[i];
		if (entry == 0)
			BSM_TRY(load_basket(ctx, f, i, cluster));
		check_offset(f, i, entry);
		int64_t n = count_of(s, b, row);
		if (n < 0)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: entry %llu: %s is outside 0 to %d", f->name, (unsigned long long)f->done,
					s->branch[b->counter].name, s->branch[b->counter].most);
		if (b->type == 'S')
			take_string(&c->io, (char *)row + b->offset);
		else
			take_numbers(&c->io, b, (char *)row + b->offset, n);
		BSM_TRY(check(ctx, f, &c->io, 0, b->name));
	}
	f->done++;
	return BSM_OK;
}
