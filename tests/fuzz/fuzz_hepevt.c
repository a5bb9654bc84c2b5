/* Any bytes as HEPEVT text; what is read can be written and read again. */
#include "format/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0};
	struct bsm_reader *r = NULL, *again = NULL;
	struct bsm_run run;
	struct bsm_event e, back;
	int more = 1;
	if (bsm_reader_memory(&ctx, "fuzz", data, size, &bsm_format_hepevt, &r, &run) != BSM_OK)
		return 0;
	struct bsm_text out = {0};
	while (bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more) {
		struct bsm_ctx write = {0};
		bsm_text_clear(&out);
		if (bsm_format_hepevt.event(&write, &run, &e, &out) != BSM_OK)
			continue; /* a product with a unit may overflow */
		if (bsm_reader_memory(&write, "again", out.data, out.len, &bsm_format_hepevt, &again, &run) != BSM_OK ||
		    bsm_reader_next(&write, again, &back, &more) != BSM_OK || back.n != e.n || back.id != e.id)
			abort();
		bsm_reader_close(again);
	}
	bsm_text_free(&out);
	bsm_reader_close(r);
	return 0;
}
