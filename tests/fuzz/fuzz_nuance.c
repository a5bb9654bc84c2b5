/* Any bytes as NUANCE text; what is read and finite can be written and read again. */
#include "format/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0};
	struct bsm_reader *r = NULL, *again = NULL;
	struct bsm_run run, other;
	struct bsm_event e, back;
	int more = 1;
	if (bsm_reader_memory(&ctx, "fuzz", data, size, &bsm_format_nuance, &r, &run) != BSM_OK)
		return 0;
	struct bsm_text out = {0};
	while (bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more) {
		struct bsm_ctx write = {0};
		bsm_text_clear(&out);
		if (bsm_format_nuance.event(&write, &run, &e, &out) != BSM_OK || bsm_format_nuance.footer(&write, &run, &out) != BSM_OK)
			continue; /* a particle without a known mass */
		if (bsm_reader_memory(&write, "again", out.data, out.len, &bsm_format_nuance, &again, &other) != BSM_OK)
			abort();
		/* Directions and energies that are not those of a particle may not be read again; numbers of events must agree. */
		if (bsm_reader_next(&write, again, &back, &more) == BSM_OK && (back.nvertex != e.nvertex || back.id != e.id))
			abort();
		bsm_reader_close(again);
		more = 1;
	}
	bsm_text_free(&out);
	bsm_reader_close(r);
	return 0;
}
