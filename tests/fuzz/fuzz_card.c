/* Any text as a card, with the built-in models and the files of data/. What is taken can be closed, and what is refused has
 * a reason. */
#include <stdlib.h>

#include "run/card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bsm_registry registry;
	static const volatile int at_once = 1;
	struct bsm_ctx ctx = {.cancel = &at_once}; /* no simulation of a beam */
	struct bsm_card card;
	if (!registry.count && bsm_registry_init(&ctx, &registry) != BSM_OK)
		abort();
	/* The first byte asks for settings of the command line as well. */
	static const struct bsm_setting set[2] = {{"model.mass", "0.5 GeV"}, {"run.events", "7"}};
	int n = size ? data[0] % 3 : 0;
	if (bsm_card_parse(&ctx, &registry, "fuzz.yaml", (const char *)data, size, set, n, &card) != BSM_OK) {
		if (!ctx.message[0])
			abort();
		return 0;
	}
	if (!(card.pot > 0) || card.events < 1 || card.noutput > BSM_OUTPUTS || !card.chain || !card.source.kind)
		abort();
	bsm_card_close(&card);
	return 0;
}
