/* The layout: facts of ROOT's own descriptions of TFile, TKey, TDirectory, TTree (version 20), TBranch (13), TBranchElement (10)
 * and the leaves, held against files that ROOT 6 wrote. */
#include <stdio.h>
#include <stdlib.h>

#include "format/root_tree.h"

enum {
	FILE_VERSION = 62400, BIG = 1000000, BEGIN = 100, UNITS = 8, COMPRESSION = 101, BUFFER = 32000, OFFSETS = 1000,
	NO_BUFFER_MAP = 0x00400000, MUST_CLEAN_UP = 0x00000008, LEAST_BASKETS = 10
};

static const struct bsm_root_key file_key = {.class = "TFile", .name = "events", .title = ""};

int bsm_root_size(char type)
{
	return type == 'D' || type == 'l' ? 8 : 4;
}

void bsm_root_header(struct bsm_root_io *io, struct bsm_root_state *s)
{
	bsm_root_bytes(io, "magic of a ROOT file", "root", 4);
	bsm_root_const(io, "version of ROOT", 4, BIG + FILE_VERSION);
	bsm_root_const(io, "fBEGIN", 4, BEGIN);
	bsm_root_uint(io, "fEND", 8, &s->end);
	bsm_root_uint(io, "fSeekFree", 8, &s->seek_free);
	bsm_root_uint(io, "fNbytesFree", 4, &s->bytes_free);
	bsm_root_const(io, "number of free segments", 4, 1);
	bsm_root_uint(io, "fNbytesName", 4, &s->bytes_name);
	bsm_root_const(io, "fUnits", 1, UNITS);
	bsm_root_const(io, "fCompress", 4, COMPRESSION);
	bsm_root_uint(io, "fSeekInfo", 8, &s->seek_info);
	bsm_root_uint(io, "fNbytesInfo", 4, &s->bytes_info);
	bsm_root_const(io, "version of TUUID", 2, 1);
	for (int i = 0; i < 16; i++) {
		uint64_t b = s->uuid[i];
		bsm_root_uint(io, "UUID", 1, &b);
		s->uuid[i] = (uint8_t)b;
	}
	bsm_root_skip(io, "header", BEGIN - bsm_root_at(io));
}

/* A key of which everything is known before. */
static void fixed_key(struct bsm_root_io *io, const struct bsm_root_key *known)
{
	struct bsm_root_key k = *known;
	size_t at = bsm_root_at(io);
	bsm_root_key(io, &k);
	if (io->wrong)
		return;
	const uint64_t found[] = {k.bytes, k.object, k.length, k.cycle, k.seek, k.parent},
		       expected[] = {known->bytes, known->object, known->length, known->cycle, known->seek, known->parent};
	for (int i = 0; i < 6; i++)
		if (found[i] != expected[i]) {
			io->wrong = "TKey of the directory";
			io->where = at;
			io->found = found[i];
			io->expected = expected[i];
			return;
		}
}

/* `io` begins at 100 in the file. */
void bsm_root_directory(struct bsm_root_io *io, struct bsm_root_state *s)
{
	struct bsm_root_key k = file_key;
	size_t begin = bsm_root_at(io);
	uint64_t object = 2 * 1 + strlen(k.name) + 60;
	k.length = bsm_root_key_length(&k);
	k.cycle = 1;
	k.seek = BEGIN;
	k.object = object;
	k.bytes = k.length + object;
	fixed_key(io, &k);
	bsm_root_string(io, "name of the file", file_key.name);
	bsm_root_string(io, "title of the file", file_key.title);
	s->bytes_name = bsm_root_at(io) - begin;
	bsm_root_const(io, "version of TDirectory", 2, 1005);
	bsm_root_const(io, "fDatimeC", 4, BSM_ROOT_DATE);
	bsm_root_const(io, "fDatimeM", 4, BSM_ROOT_DATE);
	bsm_root_uint(io, "fNbytesKeys", 4, &s->bytes_keys);
	bsm_root_const(io, "fNbytesName", 4, s->bytes_name);
	bsm_root_const(io, "fSeekDir", 8, BEGIN);
	bsm_root_const(io, "fSeekParent", 8, 0);
	bsm_root_uint(io, "fSeekKeys", 8, &s->seek_keys);
	bsm_root_const(io, "version of TUUID", 2, 1);
	bsm_root_bytes(io, "UUID", s->uuid, 16);
}

uint64_t bsm_root_basket_length(const struct bsm_root_key *k)
{
	return bsm_root_key_length(k) + 19;
}

/* Key of a basket with what follows it; `last`: end of the numbers, from the begin of the key. */
void bsm_root_basket_head(struct bsm_root_io *io, struct bsm_root_key *k, const struct bsm_root_branch *b, uint64_t *entries,
			  uint64_t *last)
{
	int counted = b->counter >= 0 || b->type == 'S';
	bsm_root_key(io, k);
	bsm_root_const(io, "version of TBasket", 2, 3);
	bsm_root_const(io, "fBufferSize", 4, BUFFER);
	bsm_root_const(io, "fNevBufSize", 4, counted ? BSM_ROOT_CLUSTER + 1 : (uint64_t)(b->width * bsm_root_size(b->type)));
	bsm_root_uint(io, "fNevBuf", 4, entries);
	bsm_root_uint(io, "fLast", 4, last);
	bsm_root_const(io, "flag of TBasket", 1, 0);
}

void bsm_root_text(struct bsm_root_io *io, const char *name, const char *title, size_t n)
{
	size_t at = bsm_root_open_object(io, "TNamed", 1);
	bsm_root_object(io, 0);
	bsm_root_string(io, "TNamed.fName", name);
	bsm_root_const(io, "TNamed.fTitle", 1, 255);
	bsm_root_const(io, "TNamed.fTitle", 4, n);
	bsm_root_bytes(io, "TNamed.fTitle", title, n);
	bsm_root_close_object(io, "TNamed", at);
}

enum bsm_status bsm_root_more_baskets(struct bsm_ctx *ctx, struct bsm_root_state *s, uint64_t room)
{
	if (room <= s->room)
		return BSM_OK;
	for (int i = 0; i < s->schema->n; i++) {
		struct bsm_root_baskets *b = &s->basket[i];
		uint64_t **table[] = {&b->bytes, &b->entry, &b->seek};
		for (int k = 0; k < 3; k++) {
			uint64_t *bigger = realloc(*table[k], room * sizeof *bigger);
			if (!bigger)
				return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
			*table[k] = bigger;
			memset(bigger + s->room, 0, (room - s->room) * sizeof *bigger);
		}
	}
	s->room = room;
	return BSM_OK;
}

void bsm_root_free_baskets(struct bsm_root_state *s)
{
	for (int i = 0; s->schema && i < s->schema->n; i++) {
		free(s->basket[i].bytes);
		free(s->basket[i].entry);
		free(s->basket[i].seek);
	}
}

static void empty_array(struct bsm_root_io *io, const char *what)
{
	size_t at = bsm_root_open_object(io, what, 3);
	bsm_root_array_head(io, 0);
	bsm_root_close_object(io, what, at);
}

static void features(struct bsm_root_io *io)
{
	size_t at = bsm_root_open_object(io, "TIOFeatures", 0);
	bsm_root_const(io, "version of TIOFeatures", 2, 0); /* foreign class: its checksum follows */
	bsm_root_const(io, "checksum of TIOFeatures", 4, 0x1aa12f10);
	bsm_root_const(io, "fIOBits", 1, 0);
	bsm_root_close_object(io, "TIOFeatures", at);
}

static void fill_style(struct bsm_root_io *io)
{
	size_t at = bsm_root_open_object(io, "TAttFill", 2);
	bsm_root_const(io, "fFillColor", 2, 0);
	bsm_root_const(io, "fFillStyle", 2, 1001);
	bsm_root_close_object(io, "TAttFill", at);
}

static void dims(const struct bsm_root_schema *s, const struct bsm_root_branch *b, char *to, size_t size)
{
	int n = snprintf(to, size, "%s", b->name);
	if (b->counter >= 0)
		n += snprintf(to + n, size - (size_t)n, "[%s]", s->branch[b->counter].name);
	if (b->width > 1)
		snprintf(to + n, size - (size_t)n, "[%d]", b->width);
}

static const char *leaf_class(char type)
{
	return type == 'D' ? "TLeafD" : type == 'l' ? "TLeafL" : type == 'S' ? "TLeafElement" : "TLeafI";
}

static void leaf(struct bsm_root_io *io, struct bsm_root_state *s, int i)
{
	const struct bsm_root_branch *b = &s->schema->branch[i];
	char title[128];
	const char *class = leaf_class(b->type);
	dims(s->schema, b, title, sizeof title);
	s->basket[i].leaf = bsm_root_at(io) + bsm_root_key_length(&s->tree) + 2;
	size_t pointer = bsm_root_open_pointer(io, class), at = bsm_root_open_object(io, class, 1),
	       base = bsm_root_open_object(io, "TLeaf", 2);
	bsm_root_named(io, b->name, title, 0);
	bsm_root_const(io, "fLen", 4, (uint64_t)b->width);
	bsm_root_const(io, "fLenType", 4, b->type == 'S' ? 0 : (uint64_t)bsm_root_size(b->type));
	bsm_root_const(io, "fOffset", 4, 0);
	bsm_root_const(io, "fIsRange", 1, b->most > 0);
	bsm_root_const(io, "fIsUnsigned", 1, b->type == 'i' || b->type == 'l');
	bsm_root_const(io, "fLeafCount", 4, b->counter >= 0 ? s->basket[b->counter].leaf : 0);
	bsm_root_close_object(io, "TLeaf", base);
	if (b->type == 'S') {
		bsm_root_const(io, "TLeafElement.fID", 4, UINT64_MAX);
		bsm_root_const(io, "TLeafElement.fType", 4, UINT64_MAX);
	} else {
		bsm_root_const(io, "fMinimum", bsm_root_size(b->type), 0);
		bsm_root_uint(io, "fMaximum", bsm_root_size(b->type), &s->basket[i].maximum);
	}
	bsm_root_close_object(io, class, at);
	bsm_root_close_object(io, class, pointer);
}

static void basket_tables(struct bsm_root_io *io, struct bsm_root_state *s, int i, uint64_t most)
{
	struct bsm_root_baskets *b = &s->basket[i];
	bsm_root_const(io, "fBasketBytes", 1, 1);
	for (uint64_t k = 0; k < most; k++)
		bsm_root_uint(io, "fBasketBytes", 4, &b->bytes[k]);
	bsm_root_const(io, "fBasketEntry", 1, 1);
	for (uint64_t k = 0; k < most; k++)
		bsm_root_uint(io, "fBasketEntry", 8, &b->entry[k]);
	bsm_root_const(io, "fBasketSeek", 1, 1);
	for (uint64_t k = 0; k < most; k++)
		bsm_root_uint(io, "fBasketSeek", 8, &b->seek[k]);
}

static void branch_base(struct bsm_root_io *io, struct bsm_root_state *s, int i)
{
	const struct bsm_root_branch *b = &s->schema->branch[i];
	uint64_t most = s->nbasket + 1 > LEAST_BASKETS ? s->nbasket + 1 : LEAST_BASKETS; /* the entry after the last has its place */
	char title[136];
	dims(s->schema, b, title, sizeof title - 2);
	if (b->type != 'S') {
		size_t n = strlen(title);
		title[n] = '/';
		title[n + 1] = b->type;
		title[n + 2] = '\0';
	}
	size_t at = bsm_root_open_object(io, "TBranch", 13);
	bsm_root_named(io, b->name, title, b->type == 'S' ? 0 : NO_BUFFER_MAP); /* objects: the map is cleared for each */
	fill_style(io);
	bsm_root_const(io, "TBranch.fCompress", 4, COMPRESSION);
	bsm_root_const(io, "fBasketSize", 4, BUFFER);
	bsm_root_const(io, "fEntryOffsetLen", 4, b->counter >= 0 || b->type == 'S' ? OFFSETS : 0);
	bsm_root_const(io, "fWriteBasket", 4, s->nbasket);
	bsm_root_const(io, "fEntryNumber", 8, s->entries);
	features(io);
	bsm_root_const(io, "fOffset", 4, 0);
	bsm_root_const(io, "fMaxBaskets", 4, most);
	bsm_root_const(io, "fSplitLevel", 4, 0);
	bsm_root_const(io, "TBranch.fEntries", 8, s->entries);
	bsm_root_const(io, "fFirstEntry", 8, 0);
	bsm_root_uint(io, "TBranch.fTotBytes", 8, &s->basket[i].raw);
	bsm_root_uint(io, "TBranch.fZipBytes", 8, &s->basket[i].packed);
	empty_array(io, "TBranch.fBranches");
	size_t leaves = bsm_root_open_object(io, "TBranch.fLeaves", 3);
	bsm_root_array_head(io, 1);
	leaf(io, s, i);
	bsm_root_close_object(io, "TBranch.fLeaves", leaves);
	empty_array(io, "TBranch.fBaskets");
	basket_tables(io, s, i, most);
	bsm_root_string(io, "fFileName", "");
	bsm_root_close_object(io, "TBranch", at);
}

/* One TObjString an entry, as an object without branches of its own. */
static void branch_of_text(struct bsm_root_io *io, struct bsm_root_state *s, int i)
{
	size_t pointer = bsm_root_open_pointer(io, "TBranchElement"), at = bsm_root_open_object(io, "TBranchElement", 10);
	branch_base(io, s, i);
	bsm_root_string(io, "fClassName", "TObjString");
	bsm_root_string(io, "fParentName", "");
	bsm_root_string(io, "fClonesName", "");
	bsm_root_const(io, "checksum of TObjString", 4, 0x9c8e4800);
	bsm_root_const(io, "version of TObjString", 2, 1);
	bsm_root_const(io, "TBranchElement.fID", 4, UINT64_MAX);
	bsm_root_const(io, "TBranchElement.fType", 4, 0);
	bsm_root_const(io, "fStreamerType", 4, UINT64_MAX);
	bsm_root_const(io, "TBranchElement.fMaximum", 4, 0);
	bsm_root_const(io, "fBranchCount", 4, 0);
	bsm_root_const(io, "fBranchCount2", 4, 0);
	bsm_root_close_object(io, "TBranchElement", at);
	bsm_root_close_object(io, "TBranchElement", pointer);
}

static void branch(struct bsm_root_io *io, struct bsm_root_state *s, int i)
{
	if (s->schema->branch[i].type == 'S') {
		branch_of_text(io, s, i);
		return;
	}
	size_t pointer = bsm_root_open_pointer(io, "TBranch");
	branch_base(io, s, i);
	bsm_root_close_object(io, "TBranch", pointer);
}

static void styles(struct bsm_root_io *io)
{
	size_t at = bsm_root_open_object(io, "TAttLine", 2);
	bsm_root_const(io, "fLineColor", 2, 602);
	bsm_root_const(io, "fLineStyle", 2, 1);
	bsm_root_const(io, "fLineWidth", 2, 1);
	bsm_root_close_object(io, "TAttLine", at);
	fill_style(io);
	at = bsm_root_open_object(io, "TAttMarker", 2);
	bsm_root_const(io, "fMarkerColor", 2, 1);
	bsm_root_const(io, "fMarkerStyle", 2, 1);
	bsm_root_const(io, "fMarkerSize", 4, 0x3f800000);
	bsm_root_close_object(io, "TAttMarker", at);
}

static void tree_numbers(struct bsm_root_io *io, struct bsm_root_state *s)
{
	uint64_t raw = 0, packed = 0;
	for (int i = 0; i < s->schema->n; i++) {
		raw += s->basket[i].raw;
		packed += s->basket[i].packed;
	}
	bsm_root_uint(io, "TTree.fEntries", 8, &s->entries);
	bsm_root_uint(io, "TTree.fTotBytes", 8, &raw);
	bsm_root_uint(io, "TTree.fZipBytes", 8, &packed);
	bsm_root_const(io, "fSavedBytes", 8, 0);
	bsm_root_uint(io, "fFlushedBytes", 8, &packed);
	bsm_root_double(io, "fWeight", &s->weight);
	bsm_root_const(io, "fTimerInterval", 4, 0);
	bsm_root_const(io, "fScanField", 4, 25);
	bsm_root_const(io, "fUpdate", 4, 0);
	bsm_root_const(io, "fDefaultEntryOffsetLen", 4, OFFSETS);
	bsm_root_const(io, "fNClusterRange", 4, 0);
	bsm_root_const(io, "fMaxEntries", 8, 1000000000000);
	bsm_root_const(io, "fMaxEntryLoop", 8, 1000000000000);
	bsm_root_const(io, "fMaxVirtualSize", 8, 0);
	bsm_root_const(io, "fAutoSave", 8, (uint64_t)-300000000);
	bsm_root_const(io, "fAutoFlush", 8, BSM_ROOT_CLUSTER); /* entries a cluster: all branches are cut at the same ones */
	bsm_root_const(io, "fEstimate", 8, 1000000);
	bsm_root_const(io, "fClusterRangeEnd", 1, 0);
	bsm_root_const(io, "fClusterSize", 1, 0);
	features(io);
}

size_t bsm_root_tree_head(struct bsm_root_io *io, struct bsm_root_state *s)
{
	size_t at = bsm_root_open_object(io, "TTree", 20);
	bsm_root_named(io, s->schema->tree, s->schema->title, MUST_CLEAN_UP);
	styles(io);
	tree_numbers(io, s);
	return at;
}

void bsm_root_tree(struct bsm_root_io *io, struct bsm_root_state *s)
{
	int n = s->schema->n;
	size_t at = bsm_root_tree_head(io, s);
	size_t branches = bsm_root_open_object(io, "TTree.fBranches", 3);
	bsm_root_array_head(io, (uint32_t)n);
	for (int i = 0; i < n && !io->wrong; i++)
		branch(io, s, i);
	bsm_root_close_object(io, "TTree.fBranches", branches);
	size_t leaves = bsm_root_open_object(io, "TTree.fLeaves", 3);
	bsm_root_array_head(io, (uint32_t)n);
	for (int i = 0; i < n; i++)
		bsm_root_const(io, "reference to a leaf", 4, s->basket[i].leaf);
	bsm_root_close_object(io, "TTree.fLeaves", leaves);
	/* fAliases, fIndexValues, fIndex, fTreeIndex, fFriends, fUserInfo, fBranchRef: none */
	for (int i = 0; i < 7; i++)
		bsm_root_const(io, "end of TTree", 4, 0);
	bsm_root_close_object(io, "TTree", at);
}
