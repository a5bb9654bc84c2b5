/* Text lists of parents, ours and MeVPrtl's: whatever comes in, a status or a list that holds its promises. */
#include <math.h>
#include <stdlib.h>

#include "source/parents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct bsm_parent_list *list)
{
	if (!list->n)
		abort();
	for (size_t i = 0; i < list->n; i++) {
		const struct bsm_parent *r = &list->row[i];
		if (!isfinite(r->p.e) || !(r->p.e > 0) || !(r->weight >= 0) || !isfinite(r->x.z) ||
		    !(hypot(hypot(r->pol[0], r->pol[1]), r->pol[2]) < 1 + 1e-9))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int mevprtl = 0; mevprtl < 2; mevprtl++) {
		struct bsm_ctx ctx = {0};
		struct bsm_input *in;
		struct bsm_parent_list list = {.mass_tolerance = 1e-4};
		if (bsm_input_memory(&ctx, "fuzz", data, size, &in) != BSM_OK)
			return 0;
		enum bsm_status status = mevprtl ? bsm_parents_read_mevprtl(&ctx, in, size % 3, &list)
						 : bsm_parents_read_text(&ctx, in, &list);
		if (status == BSM_OK)
			check(&list);
		else if (!ctx.message[0])
			abort();
		if (status == BSM_OK && mevprtl && !(list.pot > 0))
			abort();
		bsm_parent_list_free(&list);
		bsm_input_close(in);
	}
	return 0;
}
