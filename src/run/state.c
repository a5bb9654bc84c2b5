#include <math.h>
#include <stdio.h>
#include <string.h>

#include "run/run.h"

static void write_head(struct bsm_json *j, const struct bsm_state *s)
{
	bsm_json_int(j, "schema", 1);
	bsm_json_string(j, "hash", s->hash);
	bsm_json_uint(j, "blocks", s->blocks);
	bsm_json_uint(j, "first_block", s->first);
	bsm_json_uint(j, "next_block", s->next);
	bsm_json_uint(j, "split", s->split);
	bsm_json_number(j, "pot", s->pot);
	bsm_json_number(j, "pot_per_year", s->pot_per_year);
}

void bsm_state_file(struct bsm_json *j, const struct bsm_state_file *f)
{
	bsm_json_object(j, NULL);
	bsm_json_string(j, "ending", f->ending);
	bsm_json_uint(j, "header_bytes", f->header);
	bsm_json_uint(j, "body_bytes", f->body);
	bsm_json_uint(j, "footer_bytes", f->footer);
	bsm_json_end(j);
}

enum bsm_status bsm_state_save(struct bsm_ctx *ctx, const char *path, const struct bsm_state *s,
			       void (*files)(struct bsm_json *, const void *), const void *arg)
{
	struct bsm_text text = {0};
	struct bsm_json j = {.out = &text};
	bsm_json_object(&j, NULL);
	write_head(&j, s);
	files(&j, arg);
	bsm_json_object(&j, "tally");
	bsm_tally_write(&j, &s->tally);
	bsm_json_end(&j);
	bsm_json_end(&j);
	enum bsm_status status = bsm_output_text(ctx, path, &text);
	bsm_text_free(&text);
	return status;
}

enum bsm_status bsm_state_parse(struct bsm_ctx *ctx, struct bsm_node *tree, struct bsm_state *s)
{
	const char *hash;
	struct bsm_node *map;
	BSM_TRY(bsm_get_schema(ctx, tree, 1));
	BSM_TRY(bsm_get_string(ctx, tree, "hash", &hash));
	snprintf(s->hash, sizeof s->hash, "%.19s", hash);
	BSM_TRY(bsm_get_count(ctx, tree, "blocks", &s->blocks));
	BSM_TRY(bsm_get_count(ctx, tree, "first_block", &s->first));
	BSM_TRY(bsm_get_count(ctx, tree, "next_block", &s->next));
	BSM_TRY(bsm_get_count(ctx, tree, "split", &s->split));
	BSM_TRY(bsm_get_number(ctx, tree, "pot", &s->pot));
	BSM_TRY(bsm_get_number(ctx, tree, "pot_per_year", &s->pot_per_year));
	if (s->first > s->next || s->next > s->blocks)
		return bsm_node_fail(ctx, tree, BSM_E_RANGE, "blocks %llu to %llu of %llu: this is not the state of a run",
				     (unsigned long long)s->first, (unsigned long long)s->next, (unsigned long long)s->blocks);
	BSM_TRY(bsm_node_need(ctx, tree, "tally", &map));
	return bsm_tally_read(ctx, map, &s->tally);
}

struct bsm_state bsm_state_of(const struct bsm_production *p, uint64_t next)
{
	struct bsm_state s = {.blocks = p->plan.blocks, .first = p->plan.first, .next = next,
			      .split = (uint64_t)p->card->split, .pot = p->card->pot,
			      .pot_per_year = p->card->source.pot_per_year, .tally = p->tally};
	snprintf(s.hash, sizeof s.hash, "%s", p->plan.hash);
	return s;
}

enum bsm_status bsm_state_fits(struct bsm_ctx *ctx, const struct bsm_node *tree, const struct bsm_state *s,
			       const struct bsm_production *p)
{
	if (strcmp(s->hash, p->plan.hash))
		return bsm_node_fail(ctx, tree, BSM_E_RANGE,
				     "this is another run's state (%s, not %s): card, settings, data files, seed or program differ",
				     s->hash, p->plan.hash);
	if (s->first != p->plan.first || s->next > s->first + p->plan.count)
		return bsm_node_fail(ctx, tree, BSM_E_RANGE, "this is another shard's state");
	return BSM_OK;
}
