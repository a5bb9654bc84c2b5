#include "source/yields/scaled.h"

#include <string.h>

#include "source/yields/yield_map.h"

static const double pmin = 0.02; /* GeV */
enum { FINE = 3 };               /* points in each direction of a bin: 0.1 % */

int bsm_pions_init(struct bsm_pions *k, const char *law, double pB, double A)
{
	*k = (struct bsm_pions){.sanford_wang = strcmp(law, "sanford_wang") == 0, .pmax = pB};
	if (!k->sanford_wang && strcmp(law, "bmpt") != 0)
		return -1;
	if (!k->sanford_wang)
		return bsm_bmpt_init(&k->bmpt[0], 211, pB, A) | bsm_bmpt_init(&k->bmpt[1], -211, pB, A);
	int bad = bsm_sanford_wang_init(&k->sw[0], 211, "miniboone", pB) |
		  bsm_sanford_wang_init(&k->sw[1], -211, "miniboone", pB);
	k->pmax = k->sw[0].pmax;
	return bad;
}

double bsm_pi0_density(const struct bsm_pions *k, double p, double ct, double st)
{
	double plus, minus;
	if (k->sanford_wang) {
		plus = bsm_sanford_wang_density(&k->sw[0], p, ct, st);
		minus = bsm_sanford_wang_density(&k->sw[1], p, ct, st);
	} else {
		plus = bsm_bmpt_density(&k->bmpt[0], p, ct, st);
		minus = bsm_bmpt_density(&k->bmpt[1], p, ct, st);
	}
	return 0.5 * (plus + minus);
}

int bsm_mt_scaled_init(struct bsm_mt_scaled *k, int32_t pdg, const char *law, double pB, double A, double norm)
{
	double nucleons = 2 * bsm_pdg_mass(2212);
	int bad = bsm_pions_init(&k->pions, law, pB, A);
	k->frame = bsm_cm_frame(pB);
	k->m = bsm_pdg_mass(pdg);
	k->emax = bsm_cm_energy_max(&k->frame, k->m, nucleons);
	k->norm = norm;
	return bad || !(k->m + nucleons < k->frame.sqrt_s) ? -1 : 0;
}

double bsm_mt_scaled_density(const struct bsm_mt_scaled *k, double p, double ct, double st)
{
	const double m_pi = bsm_pdg_mass(211);
	double pz = p * ct, e = sqrt(p * p + k->m * k->m), q2 = e * e - m_pi * m_pi, q = sqrt(q2);
	(void)st; /* the meson's pT: of the pion it is what energy and pz leave */
	if (!(bsm_cm_energy(&k->frame, e, pz) < k->emax))
		return 0;
	/* d2s/dp dOmega = p^2/E x E d3s/dp3, for both */
	return k->norm * p * p / q2 * bsm_pi0_density(&k->pions, q, pz / q, sqrt(fmax(q2 - pz * pz, 0)) / q);
}

static double pi0(const void *law, double p, double ct, double st)
{
	return bsm_pi0_density(law, p, ct, st);
}
static double scaled(const void *law, double p, double ct, double st)
{
	return bsm_mt_scaled_density(law, p, ct, st);
}

double bsm_pi0_integral(const struct bsm_pions *k)
{
	return bsm_yield_integral(pi0, k, pmin, k->pmax, FINE, NULL, NULL);
}

double bsm_mt_scaled_integral(const struct bsm_mt_scaled *k)
{
	return bsm_yield_integral(scaled, k, pmin, k->pions.pmax, FINE, NULL, NULL);
}

void bsm_mt_scaled_normalise(struct bsm_mt_scaled *k, double ratio)
{
	double mine = bsm_mt_scaled_integral(k);
	k->norm = mine > 0 ? k->norm * ratio * bsm_pi0_integral(&k->pions) / mine : 0;
}
