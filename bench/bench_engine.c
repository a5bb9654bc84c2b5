/* Speed of the engine on the main job (examples/hnl_charm.yaml): weighted and unweighted decays per second of user CPU on
 * one thread, medians of five; wall-clock gain of two threads with the writer in it; the scan of 50 x 100 points. JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/progress.h"
#include "report/scan.h"
#include "speed.h"

/* Wall-clock seconds of the whole run with its writer. */
static double run_seconds(struct bsm_card *card, int threads, const char *dir)
{
	struct bsm_ctx ctx = {0};
	double t[ROUNDS];
	for (int round = 0; round < ROUNDS; round++) {
		struct bsm_production p;
		struct bsm_run_options o = {.dir = dir, .threads = threads};
		if (bsm_production_init(&ctx, card, &p) != BSM_OK)
			die(&ctx);
		double start = bsm_seconds();
		if (bsm_production_run(&ctx, &p, &o) != BSM_OK)
			die(&ctx);
		t[round] = bsm_seconds() - start;
		bsm_production_free(&p);
	}
	return median(t);
}

int main(void)
{
	struct bsm_ctx ctx = {0};
	struct bsm_registry r;
	struct bsm_card card;
	struct bsm_production p;
	char dir[64];
	double ess, over, drop;
	if (bsm_registry_init(&ctx, &r) != BSM_OK)
		die(&ctx);
	open_card(&r, "hnl_charm.yaml", NULL, 0, &card);
	if (bsm_production_init(&ctx, &card, &p) != BSM_OK)
		die(&ctx);
	double weighted = events_per_second(&p, 0, 500000, &ess, &drop);
	double unweighted = events_per_second(&p, 1, 100000, &drop, &over);
	bsm_production_free(&p);
	bsm_card_close(&card);

	snprintf(dir, sizeof dir, "/dev/shm/bsmnu-bench-%ld", (long)getpid());
	const struct bsm_setting many[] = {{"events", "400000"}};
	open_card(&r, "hnl_charm.yaml", many, 1, &card);
	card.noutput = 1;
	card.output[0] = "hepmc3";
	double one = run_seconds(&card, 1, dir), two = run_seconds(&card, 2, dir);
	bsm_card_close(&card);
	char path[128];
	snprintf(path, sizeof path, "%s/events.hepmc3", dir);
	remove(path);
	snprintf(path, sizeof path, "%s/state.json", dir);
	remove(path);
	remove(dir);

	open_card(&r, "hnl_scan.yaml", NULL, 0, &card);
	struct bsm_scan scan;
	double start = bsm_seconds();
	if (bsm_scan_run(&ctx, &card, 2, &scan) != BSM_OK)
		die(&ctx);
	double seconds = bsm_seconds() - start;
	bsm_scan_free(&scan);
	int points = card.mass.points * card.coupling.points;
	bsm_card_close(&card);
	bsm_registry_free(&r);
	printf("{\"weighted_per_s\": %.0f, \"effective_share\": %.3f, \"unweighted_per_s\": %.0f, \"overweight_share\": %.2e,\n"
	       "    \"run_1_thread_s\": %.3f, \"run_2_threads_s\": %.3f, \"gain_of_2_threads\": %.2f,\n"
	       "    \"scan_points\": %d, \"scan_s\": %.2f}",
	       weighted, ess, unweighted, over, one, two, one / two, points, seconds);
	return 0;
}
