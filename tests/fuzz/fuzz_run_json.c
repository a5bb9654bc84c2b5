/* Any bytes as run.json, and as the records of events that begin with one. */
#include "format/reader.h"
#include "format/run_json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0}, other = {0};
	struct bsm_run run;
	struct bsm_run_sums sums;
	struct bsm_reader *r, *records;
	struct bsm_event e;
	int more = 1;
	if (bsm_reader_memory(&ctx, "host", "", 0, &bsm_format_hepevt, &r, &run) != BSM_OK)
		abort();
	bsm_run_json_read(&ctx, r, "fuzz", (const char *)data, size, &run, "events.hepevt", &sums);
	bsm_reader_close(r);
	if (bsm_reader_memory(&other, "fuzz", data, size, &bsm_format_records, &records, &run) != BSM_OK)
		return 0;
	while (bsm_reader_next(&other, records, &e, &more) == BSM_OK && more)
		if (e.n < 0 || e.n > BSM_EVENT_PARTICLES || e.nvertex < 0 || e.nvertex > BSM_EVENT_VERTICES)
			abort();
	bsm_reader_close(records);
	return 0;
}
