/* Inclusive pions and kaons of protons above about 20 GeV: the fit of Bonesini, Marchionni, Pietropaolo and Tabarelli
 * de Fatis, Eur. Phys. J. C 20 (2001) 13, hep-ph/0101163, to 400-450 GeV/c data on beryllium, scaled in energy by x_R
 * and to other nuclei by a power of A. */
#ifndef BSM_SOURCE_YIELDS_BMPT_H
#define BSM_SOURCE_YIELDS_BMPT_H
#include "source/yields/cm_frame.h"

struct bsm_bmpt_part {  /* one charged species at one beam momentum on one nucleus */
	double share;   /* of the positive and the negative meson in a neutral one; 1 for a charged meson */
	double m, emax; /* mass; largest energy in the frame of proton + nucleon, from the recoil mass of the species */
	double lnA, B, al, be, a, g, d; /* the fit, with ln A for A */
	double lnr, r1,
		r0; /* ln(positive/negative) = lnr + r1 ln(1 + x) + r0 ln(1 - x); zeros for the positive meson */
};
struct bsm_bmpt {
	struct bsm_cm_frame frame;
	double ln_target; /* ln(A / 9.01) */
	double norm, stretch, power; /* of the fit to thin-target data: 1, 1, 0 without it */
	int npart;
	struct bsm_bmpt_part part[2];
};

/* pdg: 211 -211 321 -321, and 111 (mean of the charged pions), 130 and 310 (each (K+ + 3 K-)/4). pB: GeV; A: of the
 * target nucleus. Returns 0, or -1 for another code. */
int bsm_bmpt_init(struct bsm_bmpt *, int32_t pdg, double pB, double A);
/* Moves charged pions (and pi0) and K0 onto newer thin-target data: density x norm (1 - x_R)^power at pT / stretch, with numbers
 * fitted to NA61/SHINE p + C at 31 GeV/c (arXiv:1102.0983) and NA49 p + C at 158 GeV/c (hep-ex/0606028), in between by
 * ln pB and constant outside. The original fit is 10 % low at 158 GeV/c and 20-40 % low at 31 GeV/c. K_S (and K_L) get the
 * number that NA61 measured, .127 +- .023 at 31 GeV/c (arXiv:1309.1997; the original has .062), and .162 +- .011 in p + p at
 * 158 GeV/c (Eur. Phys. J. C 82 (2022) 96; figure recalled), carried to carbon like K+. Charged kaons stay. */
void bsm_bmpt_to_data(struct bsm_bmpt *, int32_t pdg);
/* d2 sigma / dp dOmega per nucleus [mb/(GeV sr)] at momentum p [GeV] and polar angle, given by its cosine and sine. */
double bsm_bmpt_density(const struct bsm_bmpt *, double p, double ct, double st);
#endif
