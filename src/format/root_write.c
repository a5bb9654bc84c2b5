/* Writes a tree: baskets as they fill, then the text, the tree, the descriptions of classes, keys and free segments; the header
 * at the end, over zeros. */
#include <stdlib.h>

#include "core/hash.h"
#include "format/root_tree.h"

struct column {
	struct bsm_text data;
	uint32_t offset[BSM_ROOT_CLUSTER]; /* of each entry in data */
};

struct bsm_root_writer {
	struct bsm_output *out;
	struct bsm_root_state s;
	uint64_t waiting; /* entries in the columns */
	struct column *column;
};

enum { DIRECTORY = 100, LONGEST = 1 << 30 };

static enum bsm_status write_text(struct bsm_ctx *ctx, struct bsm_root_writer *w, const struct bsm_text *t)
{
	if (t->failed)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	return bsm_output_write(ctx, w->out, t->data, t->len);
}

static void make_uuid(uint8_t uuid[16], const char *identity)
{
	uint64_t h = bsm_hash_bytes(BSM_HASH_START, identity, strlen(identity));
	for (int i = 0; i < 16; i++) {
		h = bsm_hash_bytes(h, &i, sizeof i);
		uuid[i] = (uint8_t)(h >> 56);
	}
}

static enum bsm_status write_head(struct bsm_ctx *ctx, struct bsm_root_writer *w, int again)
{
	struct bsm_text t = {0};
	struct bsm_root_io io = {.out = &t};
	bsm_root_header(&io, &w->s);
	bsm_root_directory(&io, &w->s);
	enum bsm_status status = t.failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory")
				 : again  ? bsm_output_rewrite(ctx, w->out, 0, t.data, t.len)
					  : bsm_output_write(ctx, w->out, t.data, t.len);
	bsm_text_free(&t);
	return status;
}

enum bsm_status bsm_root_create(struct bsm_ctx *ctx, struct bsm_output *out, const struct bsm_root_schema *schema, double weight,
				const char *identity, struct bsm_root_writer **to)
{
	struct bsm_root_writer *w = *to = calloc(1, sizeof *w);
	if (!w || !(w->column = calloc((size_t)schema->n, sizeof *w->column)))
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	if (!bsm_output_part(out))
		return bsm_fail(ctx, BSM_E_IO, "%s: a ROOT file cannot be written to a device or pipe", bsm_output_name(out));
	w->out = out;
	w->s.schema = schema;
	w->s.weight = weight;
	make_uuid(w->s.uuid, identity);
	return write_head(ctx, w, 0);
}

void bsm_root_free(struct bsm_root_writer *w)
{
	if (!w)
		return;
	bsm_root_free_baskets(&w->s);
	for (int i = 0; w->column && w->s.schema && i < w->s.schema->n; i++)
		bsm_text_free(&w->column[i].data);
	free(w->column);
	free(w);
}

static void put_string(struct bsm_root_io *io, const char *s)
{
	bsm_root_object(io, 0);
	bsm_root_string(io, "TObjString.fString", s);
}

static int64_t count_of(const struct bsm_root_schema *s, const struct bsm_root_branch *b, const void *row)
{
	if (b->counter < 0)
		return b->width;
	int32_t n;
	memcpy(&n, (const char *)row + s->branch[b->counter].offset, sizeof n);
	return (int64_t)n * b->width;
}

static void put_numbers(struct bsm_text *out, const struct bsm_root_branch *b, const char *from, int64_t n)
{
	int size = bsm_root_size(b->type);
	char *to = bsm_text_reserve(out, (size_t)(n * size));
	if (!to)
		return;
	out->len += (size_t)(n * size);
	for (int64_t k = 0; k < n; k++, from += size) {
		uint64_t v;
		uint32_t half;
		if (size == 8) {
			memcpy(&v, from, 8);
		} else {
			memcpy(&half, from, 4);
			v = half;
		}
		for (int i = size - 1; i >= 0; i--)
			*to++ = (char)(v >> (8 * i));
	}
}

static void take_maximum(struct bsm_root_state *s, int i, const void *row)
{
	const struct bsm_root_branch *b = &s->schema->branch[i];
	int32_t n;
	if (!b->most)
		return;
	memcpy(&n, (const char *)row + b->offset, sizeof n);
	if (n > 0 && (uint64_t)n > s->basket[i].maximum)
		s->basket[i].maximum = (uint64_t)n;
}

/* The numbers, and, where entries differ in length, the begin of each, counted from the begin of the key. */
static void basket_body(const struct bsm_root_writer *w, int i, uint64_t head, struct bsm_text *body)
{
	const struct bsm_root_branch *b = &w->s.schema->branch[i];
	struct bsm_root_io io = {.out = body};
	bsm_text_add(body, w->column[i].data.data, w->column[i].data.len);
	if (b->counter < 0 && b->type != 'S')
		return;
	bsm_root_const(&io, "", 4, w->waiting + 1);
	for (uint64_t k = 0; k < w->waiting; k++)
		bsm_root_const(&io, "", 4, head + w->column[i].offset[k]);
	bsm_root_const(&io, "", 4, 0);
}

static enum bsm_status write_basket(struct bsm_ctx *ctx, struct bsm_root_writer *w, int i)
{
	struct bsm_root_state *s = &w->s;
	struct bsm_root_baskets *b = &s->basket[i];
	struct bsm_root_key k = {.class = "TBasket", .name = s->schema->branch[i].name, .title = s->schema->tree,
				 .seek = bsm_output_offset(w->out), .parent = DIRECTORY};
	struct bsm_text body = {0}, all = {0}, packed = {0};
	struct bsm_root_io io = {.out = &all};
	k.length = bsm_root_basket_length(&k);
	basket_body(w, i, k.length, &body);
	enum bsm_status status = body.failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory")
					     : bsm_root_pack(ctx, body.data, body.len, &packed);
	k.object = body.len;
	k.bytes = k.length + packed.len;
	uint64_t last = k.length + w->column[i].data.len;
	bsm_root_basket_head(&io, &k, &s->schema->branch[i], &w->waiting, &last);
	bsm_text_add(&all, packed.data, packed.len);
	b->bytes[s->nbasket] = k.bytes;
	b->seek[s->nbasket] = k.seek;
	b->entry[s->nbasket] = s->entries - w->waiting;
	b->entry[s->nbasket + 1] = s->entries;
	b->raw += k.length + k.object;
	b->packed += k.bytes;
	if (status == BSM_OK)
		status = write_text(ctx, w, &all);
	bsm_text_free(&body);
	bsm_text_free(&packed);
	bsm_text_free(&all);
	bsm_text_clear(&w->column[i].data);
	return status;
}

static enum bsm_status flush(struct bsm_ctx *ctx, struct bsm_root_writer *w)
{
	if (!w->waiting)
		return BSM_OK;
	if (w->s.nbasket + 2 > w->s.room)
		BSM_TRY(bsm_root_more_baskets(ctx, &w->s, 2 * w->s.room + 16));
	for (int i = 0; i < w->s.schema->n; i++)
		BSM_TRY(write_basket(ctx, w, i));
	w->s.nbasket++;
	w->waiting = 0;
	return BSM_OK;
}

enum bsm_status bsm_root_fill(struct bsm_ctx *ctx, struct bsm_root_writer *w, const void *row)
{
	const struct bsm_root_schema *schema = w->s.schema;
	for (int i = 0; i < schema->n; i++) {
		const struct bsm_root_branch *b = &schema->branch[i];
		const char *from = (const char *)row + b->offset;
		struct bsm_root_io io = {.out = &w->column[i].data};
		w->column[i].offset[w->waiting] = (uint32_t)io.out->len;
		if (b->type == 'S')
			put_string(&io, from);
		else
			put_numbers(io.out, b, from, count_of(schema, b, row));
		take_maximum(&w->s, i, row);
		if (io.out->failed)
			return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	}
	w->s.entries++;
	w->waiting++;
	return w->waiting == BSM_ROOT_CLUSTER ? flush(ctx, w) : BSM_OK;
}

/* Object with its key; what the key says comes back in *k. */
static enum bsm_status write_object(struct bsm_ctx *ctx, struct bsm_root_writer *w, struct bsm_root_key *k, const struct bsm_text *object,
				    int pack)
{
	struct bsm_text packed = {0}, all = {0};
	struct bsm_root_io io = {.out = &all};
	enum bsm_status status = object->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
	if (status == BSM_OK && object->len > LONGEST)
		status = bsm_fail(ctx, BSM_E_RANGE, "%s: more entries than a ROOT file of this kind holds", bsm_output_name(w->out));
	if (status == BSM_OK && pack)
		status = bsm_root_pack(ctx, object->data, object->len, &packed);
	else
		bsm_text_add(&packed, object->data, object->len);
	k->length = bsm_root_key_length(k);
	k->object = object->len;
	k->bytes = k->length + packed.len;
	k->cycle = 1;
	k->seek = bsm_output_offset(w->out);
	k->parent = DIRECTORY;
	bsm_root_key(&io, k);
	bsm_text_add(&all, packed.data, packed.len);
	if (status == BSM_OK)
		status = write_text(ctx, w, &all);
	bsm_text_free(&packed);
	bsm_text_free(&all);
	return status;
}

static enum bsm_status write_keys(struct bsm_ctx *ctx, struct bsm_root_writer *w)
{
	struct bsm_root_key k = {.class = "TFile", .name = "events", .title = ""};
	struct bsm_text t = {0};
	struct bsm_root_io io = {.out = &t};
	bsm_root_const(&io, "", 4, 2);
	bsm_root_key(&io, &w->s.text);
	bsm_root_key(&io, &w->s.tree);
	enum bsm_status status = write_object(ctx, w, &k, &t, 0);
	w->s.seek_keys = k.seek;
	w->s.bytes_keys = k.bytes;
	bsm_text_free(&t);
	return status;
}

static enum bsm_status write_free(struct bsm_ctx *ctx, struct bsm_root_writer *w)
{
	struct bsm_root_key k = {.class = "TFile", .name = "events", .title = ""};
	struct bsm_text t = {0};
	struct bsm_root_io io = {.out = &t};
	uint64_t last = 2000000000;
	w->s.seek_free = bsm_output_offset(w->out);
	w->s.bytes_free = bsm_root_key_length(&k) + 18;
	w->s.end = w->s.seek_free + w->s.bytes_free;
	while (last <= w->s.end)
		last += 1000000000;
	bsm_root_const(&io, "", 2, 1001);
	bsm_root_const(&io, "", 8, w->s.end);
	bsm_root_const(&io, "", 8, last);
	enum bsm_status status = write_object(ctx, w, &k, &t, 0);
	bsm_text_free(&t);
	return status;
}

static enum bsm_status write_tree(struct bsm_ctx *ctx, struct bsm_root_writer *w)
{
	struct bsm_text t = {0};
	struct bsm_root_io io = {.out = &t};
	w->s.tree = (struct bsm_root_key){.class = "TTree", .name = w->s.schema->tree, .title = w->s.schema->title};
	bsm_root_tree(&io, &w->s);
	enum bsm_status status = write_object(ctx, w, &w->s.tree, &t, 1);
	bsm_text_free(&t);
	return status;
}

static enum bsm_status write_infos(struct bsm_ctx *ctx, struct bsm_root_writer *w)
{
	struct bsm_root_key k = {.class = "TList", .name = "StreamerInfo", .title = "Doubly linked list"};
	struct bsm_text t = {0};
	struct bsm_root_io io = {.out = &t};
	bsm_root_infos(&io);
	enum bsm_status status = write_object(ctx, w, &k, &t, 1);
	w->s.seek_info = k.seek;
	w->s.bytes_info = k.bytes;
	bsm_text_free(&t);
	return status;
}

enum bsm_status bsm_root_finish(struct bsm_ctx *ctx, struct bsm_root_writer *w, const char *text, size_t n)
{
	struct bsm_text t = {0};
	struct bsm_root_io io = {.out = &t};
	BSM_TRY(flush(ctx, w));
	BSM_TRY(bsm_root_more_baskets(ctx, &w->s, w->s.nbasket + 16));
	w->s.text = (struct bsm_root_key){.class = "TNamed", .name = w->s.schema->text, .title = ""};
	bsm_root_text(&io, w->s.schema->text, text, n);
	enum bsm_status status = write_object(ctx, w, &w->s.text, &t, 1);
	bsm_text_free(&t);
	BSM_TRY(status);
	BSM_TRY(write_tree(ctx, w));
	BSM_TRY(write_infos(ctx, w));
	BSM_TRY(write_keys(ctx, w));
	BSM_TRY(write_free(ctx, w));
	return write_head(ctx, w, 1);
}
