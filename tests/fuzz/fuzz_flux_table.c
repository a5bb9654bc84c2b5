/* Flux tables: the first byte picks the layout, the rest is the file. A table that is taken can be sampled. */
#include <math.h>
#include <stdlib.h>

#include "source/flux_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void sample(const struct bsm_flux *f)
{
	for (int k = 0; k < BSM_FLAVOURS; k++) {
		if (!f->sum[k] || !(f->sum[k][f->n] > 0))
			continue;
		for (int i = 0; i <= 8; i++) {
			double e = bsm_flux_energy(f, k, i / 8.0);
			if (!(e >= f->lo[0]) || !(e <= f->hi[f->n - 1]) || !(bsm_flux_at(f, k, e) >= 0))
				abort();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct bsm_flux_layout layouts[5] = {
		{7, {BSM_FLUX_E, 0, 1, 2, 3, 4, 5}, 1, NAN},
		{7, {BSM_FLUX_E, 0, 1, 2, 3, 4, 5}, 0, NAN},
		{2, {BSM_FLUX_E, 1}, 1, NAN},
		{2, {BSM_FLUX_E, 1}, 0, 0},
		{4, {BSM_FLUX_LO, BSM_FLUX_HI, BSM_FLUX_SKIP, 4}, 0, NAN},
	};
	struct bsm_ctx ctx = {0};
	struct bsm_input *in;
	struct bsm_flux flux = {0};
	if (!size || bsm_input_memory(&ctx, "fuzz", data + 1, size - 1, &in) != BSM_OK)
		return 0;
	if (bsm_flux_read(&ctx, in, &layouts[data[0] % 5], &flux) == BSM_OK)
		sample(&flux);
	else if (!ctx.message[0])
		abort();
	bsm_flux_free(&flux);
	bsm_input_close(in);
	return 0;
}
