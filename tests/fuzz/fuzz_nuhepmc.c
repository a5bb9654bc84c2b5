/* Any bytes as a NuHepMC file; what is read must be accepted or refused by the writer without harm. */
#include "format/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0};
	struct bsm_reader *r = NULL;
	struct bsm_run run;
	struct bsm_event e;
	int more = 1;
	if (bsm_reader_memory(&ctx, "fuzz", data, size, &bsm_format_nuhepmc, &r, &run) != BSM_OK)
		return 0;
	struct bsm_text out = {0};
	struct bsm_ctx write = {0};
	if (bsm_format_nuhepmc.header(&write, &run, &out) != BSM_OK)
		write.status = BSM_OK;
	while (bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more) {
		bsm_format_nuhepmc.event(&write, &run, &e, &out);
		bsm_format_nuhepmc_wcsim.event(&write, &run, &e, &out);
		bsm_format_hepevt.event(&write, &run, &e, &out);
		bsm_text_clear(&out);
	}
	bsm_text_free(&out);
	bsm_reader_close(r);
	return 0;
}
