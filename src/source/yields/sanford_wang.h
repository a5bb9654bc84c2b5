/* Inclusive mesons of 8.9 GeV/c protons on beryllium: the form of Sanford and Wang, with the parameters of the
 * MiniBooNE flux prediction (Phys. Rev. D 79 (2009) 072002, arXiv:0806.1449). Not to be moved far from that energy and
 * nucleus. */
#ifndef BSM_SOURCE_YIELDS_SANFORD_WANG_H
#define BSM_SOURCE_YIELDS_SANFORD_WANG_H
#include <stdint.h>

struct bsm_sanford_wang {
	double pB, scale5, c[9]; /* beam momentum; pB^c5; c1 .. c9 */
	double pmax;             /* pB - c9: the momentum where the density ends */
};

/* set: "miniboone" (211, -211, 130, 310, and 321 of the old fit) or "april07" (-211 only, the earlier fit).
 * 0, or -1 for a species or a set that is not in the table. */
int bsm_sanford_wang_init(struct bsm_sanford_wang *, int32_t pdg, const char *set, double pB);
/* d2 sigma / dp dOmega per nucleus [mb/(GeV sr)]. */
double bsm_sanford_wang_density(const struct bsm_sanford_wang *, double p, double ct, double st);
#endif
