/* Any text as the state of a run: what --resume and merge read. What is taken, written and read again is the same. */
#include <stdlib.h>

#include "run/run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bsm_state state;
	struct bsm_ctx ctx = {0};
	struct bsm_node *tree;
	if (bsm_node_parse(&ctx, "fuzz.json", (const char *)data, size, &tree) != BSM_OK)
		return 0;
	enum bsm_status status = bsm_state_parse(&ctx, tree, &state);
	if (status == BSM_OK && (state.first > state.next || state.next > state.blocks))
		abort();
	if (status != BSM_OK && !ctx.message[0])
		abort();
	if (status == BSM_OK) {
		struct bsm_text text = {0};
		struct bsm_json j = {.out = &text};
		struct bsm_node *again;
		struct bsm_tally back;
		bsm_json_object(&j, NULL);
		bsm_tally_write(&j, &state.tally);
		bsm_json_end(&j);
		if (text.failed || bsm_node_parse(&ctx, "again.json", text.data, text.len, &again) != BSM_OK ||
		    bsm_tally_read(&ctx, again, &back) != BSM_OK || memcmp(&back, &state.tally, sizeof back))
			abort();
		bsm_node_free(again);
		bsm_text_free(&text);
	}
	bsm_node_free(tree);
	return 0;
}
