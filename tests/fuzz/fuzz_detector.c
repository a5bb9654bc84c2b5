/* Any text as a detector file. What is taken has a size and can be met by rays. */
#include <math.h>
#include <stdlib.h>

#include "geometry/geometry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0};
	struct bsm_node *tree;
	struct bsm_detector d;
	if (bsm_node_parse(&ctx, "fuzz.yaml", (const char *)data, size, &tree) != BSM_OK)
		return 0;
	enum bsm_status status = bsm_detector_open(&ctx, tree, &d);
	bsm_node_free(tree);
	if (status != BSM_OK) {
		if (!ctx.message[0])
			abort();
		return 0;
	}
	if (d.nvolume < 1 || d.nvolume > BSM_VOLUMES || d.nframe > BSM_FRAMES)
		abort();
	for (int i = 0; i < d.nvolume; i++)
		if (!(bsm_volume_size(&d.volume[i]) >= 0))
			abort();
	return 0;
}
