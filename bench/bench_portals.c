/* Speed of each signature on its example, one thread, user CPU, medians of five: effective events per second (weighted trials,
 * complete with their event), and accepted unweighted events per second. JSON. The first two are the standard card of BdNMC, which
 * makes 170 and 250 of them. */
#include <string.h>

#include "speed.h"

static const struct row {
	const char *name, *card, *set[4][2];
} rows[] = {
	{"chi e, BdNMC's card", "ldm_bdnmc.yaml", {{0}}},
	{"chi N, BdNMC's card", "ldm_bdnmc.yaml", {{"chain", "nucleon"}}},
	{"chi e, ND-LAr", "light_dark_matter.yaml", {{0}}},
	{"chi N, bound", "light_dark_matter.yaml", {{"chain", "nucleon"}}},
	{"chi A, T > 10 keV", "light_dark_matter.yaml", {{"chain", "coherent"}, {"recoil_min", "10 keV"}}},
	{"chi N -> Delta -> N pi0", "light_dark_matter.yaml", {{"chain", "pi0"}}},
	{"chi N, deep inelastic", "light_dark_matter.yaml", {{"chain", "dis"}}},
	{"chi2 -> chi1 e e", "light_dark_matter.yaml", {{"chain", "chi2_decay"}, {"chi", "inelastic"}, {"splitting", "15 MeV"}}},
	{"chi1 -> chi2 -> chi1 e e", "light_dark_matter.yaml", {{"chain", "upscatter"}, {"chi", "inelastic"}, {"splitting", "15 MeV"}, {"pilot", "1000000"}}},
	{"dark photon", "dark_photon.yaml", {{0}}},
	{"dark scalar", "dark_scalar.yaml", {{0}}},
	{"axion-like particle, photons", "alp.yaml", {{0}}},
	{"axion-like particle, a A -> gamma A", "alp.yaml", {{"chain", "inverse_primakoff"}, {"mass", "1 MeV"}}},
	{"axion-like particle, gluons", "alp_gluon.yaml", {{0}}},
	{"millicharge, one hit", "millicharge.yaml", {{0}}},
	{"millicharge, two hits", "millicharge.yaml", {{"chain", "two_hits"}}},
};

int main(int argc, char **argv)
{
	struct bsm_ctx ctx = {0};
	struct bsm_registry r;
	static struct bsm_production p;
	static struct bsm_card card;
	const char *only = argc > 1 ? argv[1] : "";
	if (bsm_registry_init(&ctx, &r) != BSM_OK)
		die(&ctx);
	printf("{");
	for (size_t i = 0, n = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bsm_setting set[4];
		int k = 0;
		double ess, over, drop;
		if (!strstr(rows[i].name, only))
			continue;
		for (; k < 4 && rows[i].set[k][0]; k++)
			set[k] = (struct bsm_setting){rows[i].set[k][0], rows[i].set[k][1]};
		open_card(&r, rows[i].card, set, k, &card);
		if (bsm_production_init(&ctx, &card, &p) != BSM_OK)
			die(&ctx);
		double weighted = events_per_second(&p, 0, 50000, &ess, &drop);
		double unweighted = events_per_second(&p, 1, 10000, &drop, &over);
		printf("%s\"%s\": {\"effective_per_s\": %.0f, \"unweighted_per_s\": %.0f, \"overweight_share\": %.1e}", n++ ? ",\n    " : "",
		       rows[i].name, weighted * ess, unweighted, over);
		fflush(stdout);
		bsm_production_free(&p);
		bsm_card_close(&card);
	}
	printf("}");
	bsm_registry_free(&r);
	return 0;
}
