#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "run/run.h"

void bsm_time_stamp(char *to, size_t size)
{
	struct tm tm;
	time_t now = time(NULL);
	gmtime_r(&now, &tm);
	strftime(to, size, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

enum bsm_status bsm_state_write(struct bsm_ctx *ctx, const char *path, const struct bsm_production *p, uint64_t next_block,
				const struct bsm_event_files *files)
{
	struct bsm_text text = {0};
	struct bsm_json j = {.out = &text};
	bsm_json_object(&j, NULL);
	bsm_json_int(&j, "schema", 1);
	bsm_json_string(&j, "hash", p->plan.hash);
	bsm_json_uint(&j, "blocks", p->plan.blocks);
	bsm_json_uint(&j, "first_block", p->plan.first);
	bsm_json_uint(&j, "next_block", next_block);
	bsm_json_int(&j, "split", p->card->split);
	bsm_json_number(&j, "pot", p->card->pot);
	bsm_json_number(&j, "pot_per_year", p->card->source.pot_per_year);
	bsm_files_write_state(&j, files);
	bsm_json_object(&j, "tally");
	bsm_tally_write(&j, &p->tally);
	bsm_json_end(&j);
	bsm_json_end(&j);
	enum bsm_status status = bsm_output_text(ctx, path, &text);
	bsm_text_free(&text);
	return status;
}

enum bsm_status bsm_state_read(struct bsm_ctx *ctx, const char *path, const struct bsm_production *p,
			       struct bsm_node **tree, uint64_t *next_block, struct bsm_tally *tally)
{
	const char *hash;
	double first, next;
	struct bsm_node *map;
	BSM_TRY(bsm_node_read(ctx, path, tree));
	BSM_TRY(bsm_get_schema(ctx, *tree, 1));
	BSM_TRY(bsm_get_string(ctx, *tree, "hash", &hash));
	if (p && strcmp(hash, p->plan.hash))
		return bsm_node_fail(ctx, *tree, BSM_E_RANGE,
				     "this is another run's state (%s, not %s): card, data files, seed or program differ", hash,
				     p->plan.hash);
	BSM_TRY(bsm_get_number(ctx, *tree, "first_block", &first));
	BSM_TRY(bsm_get_number(ctx, *tree, "next_block", &next));
	if (p && ((uint64_t)first != p->plan.first || next < first || next > first + (double)p->plan.count))
		return bsm_node_fail(ctx, *tree, BSM_E_RANGE, "this is another shard's state");
	*next_block = (uint64_t)next;
	BSM_TRY(bsm_node_need(ctx, *tree, "tally", &map));
	return bsm_tally_read(ctx, map, tally);
}
