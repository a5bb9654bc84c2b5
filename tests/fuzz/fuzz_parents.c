/* Text lists of parents: whatever comes in, a status or a list that holds its promises. */
#include <math.h>
#include <stdlib.h>

#include "source/parents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0};
	struct bsm_input *in;
	struct bsm_parent_list list = {.mass_tolerance = 1e-4};
	if (bsm_input_memory(&ctx, "fuzz", data, size, &in) != BSM_OK)
		return 0;
	if (bsm_parents_read_text(&ctx, in, &list) == BSM_OK) {
		if (!list.n)
			abort();
		for (size_t i = 0; i < list.n; i++)
			if (!isfinite(list.row[i].p.e) || !(list.row[i].p.e > 0) || !(list.row[i].weight >= 0) ||
			    !isfinite(list.row[i].x.z) ||
			    !(hypot(hypot(list.row[i].pol[0], list.row[i].pol[1]), list.row[i].pol[2]) < 1 + 1e-9))
				abort();
	} else if (!ctx.message[0]) {
		abort();
	}
	bsm_parent_list_free(&list);
	bsm_input_close(in);
	return 0;
}
