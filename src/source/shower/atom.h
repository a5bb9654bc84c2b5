/* What pair production and bremsstrahlung need of an atom: its screening and its Coulomb correction. Energies of the
 * formulas in this folder that say "m" are in electron masses; cross-sections in cm2 per atom. */
#ifndef BSM_SHOWER_ATOM_H
#define BSM_SHOWER_ATOM_H
#include "geometry/material.h"

#define BSM_EM_ALPHA_R2 5.794672712e-28 /* alpha times the classical electron radius squared [cm2] (CODATA 2022) */
#define BSM_EM_PI_R2 2.494672014e-25    /* pi r_e^2 [cm2] */

struct bsm_em_atom {
	int Z;
	double coulomb; /* f(Z): Davies, Bethe, Maximon, Phys. Rev. 93 (1954) 788 */
	double nucleus; /* gamma = nucleus k/(E E'), epsilon = electrons k/(E E') of Tsai's screening functions [m] */
	double electrons;
};

struct bsm_em_screen {
	double less, split;
}; /* how far phi_1 lies below its unscreened form; phi_1 - phi_2 */

struct bsm_em_atom bsm_em_atom(int Z);
/* Thomas-Fermi functions of Tsai, Rev. Mod. Phys. 46 (1974) 815, eqs. 3.30 and 3.31, for the field of the nucleus and
 * that of the electrons. */
struct bsm_em_screen bsm_em_screen_nucleus(double gamma);
struct bsm_em_screen bsm_em_screen_electrons(double epsilon);
/* Share of the Coulomb correction that there is at photon energy k [m]: 1 far above 10 MeV, none or of the other sign
 * below. */
double bsm_em_coulomb_share(double k);
/* 1/X0 of the atom [cm2]: Tsai, as in the PDG's passage of particles through matter. */
double bsm_em_radiation(const struct bsm_em_atom *);
double bsm_em_radiation_length(const struct bsm_material *); /* g/cm2 */
/* Mean excitation energy [eV] of an element: ICRU 37, as in NIST's ESTAR; 0 for a Z that is not there. */
double bsm_em_excitation(int Z);
#endif
