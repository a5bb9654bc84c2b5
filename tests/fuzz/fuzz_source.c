/* Any text as a source file of any kind. What is taken gives rays with finite momenta and weights. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void draw(const struct bsm_source *s)
{
	for (int k = 0; k < s->ncomponent; k++)
		for (int i = 0; i < 4; i++) {
			double u[BSM_SOURCE_NDIM];
			struct bsm_particle p = {0};
			for (int j = 0; j < s->ndim; j++)
				u[j] = (i + 0.5 + 0.01 * j) / 4.2;
			double w = s->ray(s, k, u, &p);
			if (!isfinite(w) || w < 0 || (w > 0 && !isfinite(p.p.e)))
				abort();
		}
}

/* Showers are simulated when a source is opened: one of them, and not the softest. */
static void bound(struct bsm_node *tree)
{
	struct bsm_ctx quiet = {0};
	struct bsm_node *kind = bsm_node_get(tree, "kind");
	if (kind && kind->kind == BSM_SCALAR && !strcmp(kind->text, "shower")) {
		bsm_node_set(&quiet, tree, "showers", "1", NULL);
		bsm_node_set(&quiet, tree, "threshold", "100 MeV", NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bsm_ctx ctx = {0};
	struct bsm_node *tree;
	struct bsm_source s;
	if (bsm_node_parse(&ctx, "fuzz.yaml", (const char *)data, size, &tree) != BSM_OK)
		return 0;
	bound(tree);
	if (bsm_source_parse(&ctx, tree, &s) == BSM_OK) {
		if (!s.kind->fill) /* no simulations here */
			draw(&s);
		bsm_source_close(&s);
	} else if (!ctx.message[0]) {
		abort();
	}
	bsm_node_free(tree);
	return 0;
}
