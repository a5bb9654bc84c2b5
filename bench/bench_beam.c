/* Protons through LBNF on one thread, with reinteractions: protons per second and kept parents, median of three. JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/progress.h"
#include "source/source.h"

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(void)
{
	enum { PROTONS = 50000 };
	double rate[3];
	setenv("BSMNU_CACHE", "off", 1);
	for (int k = 0; k < 3; k++) {
		struct bsm_ctx ctx = {.threads = 1};
		struct bsm_node *tree;
		struct bsm_source s;
		char protons[32];
		snprintf(protons, sizeof protons, "%d", PROTONS);
		if (bsm_node_read(&ctx, BSM_SOURCE_DATA "/sources/lbnf.yaml", &tree) != BSM_OK ||
		    bsm_node_set(&ctx, tree, "protons", protons, NULL) != BSM_OK) {
			fprintf(stderr, "%s\n", ctx.message);
			return 1;
		}
		double start = bsm_seconds();
		if (bsm_source_open(&ctx, tree, &s) != BSM_OK) {
			fprintf(stderr, "%s\n", ctx.message);
			return 1;
		}
		rate[k] = PROTONS / (bsm_seconds() - start);
		bsm_source_close(&s);
		bsm_node_free(tree);
	}
	qsort(rate, 3, sizeof *rate, by_size);
	printf("{\"beam\": \"lbnf\", \"protons\": %d, \"protons_per_s\": %.0f, \"s_per_1e6_protons\": %.1f}", PROTONS,
	       rate[1], 1e6 / rate[1]);
	return 0;
}
