#include "source/yields/feynman_kaon.h"

#include <string.h>

static const struct {
	const char *set;
	double c[7];
} table[] = {
	{"miniboone", {11.70, 0.88, 4.77, 1.51, 2.21, 2.17, 1.51}},
	/* Recalled from the SciBooNE update, not re-read. */
	{"sciboone", {11.29, 0.87, 4.75, 1.51, 2.21, 2.17, 1.51}},
};
static const double recoil = 2.054; /* Lambda + p [GeV] */

int bsm_feynman_kaon_init(struct bsm_feynman_kaon *k, const char *set, double pB)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (strcmp(table[i].set, set) != 0)
			continue;
		*k = (struct bsm_feynman_kaon){.frame = bsm_cm_frame(pB), .m = bsm_pdg_mass(321)};
		k->emax = bsm_cm_energy_max(&k->frame, k->m, recoil);
		k->pmax = sqrt(k->emax * k->emax - k->m * k->m);
		memcpy(k->c, table[i].c, sizeof k->c);
		return 0;
	}
	return -1;
}

double bsm_feynman_kaon_density(const struct bsm_feynman_kaon *k, double p, double ct, double st)
{
	const double *c = k->c;
	double e = sqrt(p * p + k->m * k->m), pz = p * ct, pT = p * st;
	double xF = fabs(bsm_cm_pz(&k->frame, e, pz)) / k->pmax;
	if (!(bsm_cm_energy(&k->frame, e, pz) < k->emax) || !(p > 0))
		return 0;
	double a = xF > 0 ? exp(c[3] * log(xF)) : 0, y = pT * xF, b = y > 0 ? exp(c[5] * log(y)) : 0;
	return p * p / e * c[0] * exp(-c[2] * a - c[6] * b - c[1] * pT - c[4] * pT * pT);
}
