/* Which particles the afterburner can decay, into what, and how the momenta go. Numbers: decay_tables.c. */
#ifndef BSM_DECAY_TABLES_H
#define BSM_DECAY_TABLES_H
#include "bsmnu/model.h"

/* Order of the legs in bsm_mode.out, where it matters, and meaning of arg. Formulas: docs/physics/afterburner.md. */
enum bsm_decay_shape {
	BSM_FLAT_DECAY = 0,  /* phase space */
	BSM_GAMMA_PAIR,      /* gamma l- l+: Kroll-Wada; arg: linear slope of the form factor, or its pole mass [GeV] */
	BSM_ETA_3PI,         /* pi0 pi+ pi-: polynomial in the Dalitz variables */
	BSM_ETA_3PI0,        /* pi0 pi0 pi0 */
	BSM_ETAP_CHARGED,    /* eta pi+ pi- */
	BSM_ETAP_NEUTRAL,    /* eta pi0 pi0 */
	BSM_PIPI_GAMMA,      /* gamma pi+ pi-: magnetic, through the rho */
	BSM_VECTOR_3PI,      /* pi0 pi+ pi- of a vector meson: P wave through the three rho */
	BSM_LEPTON_3,        /* of mu-: e- nubar_e nu_mu; V-A with the polarisation */
	BSM_LEPTON_2,        /* of a charged meson: l nu */
	BSM_SEMI_P,          /* meson l nu of a pseudoscalar, to a pseudoscalar; arg[0]: mass of the pole of f+ [GeV] */
	BSM_SEMI_V,          /* meson l nu, to a vector: as of free quarks */
	BSM_TAU_MESON,       /* meson nu */
	BSM_TAU_RHO,         /* pi- pi0 nu through rho and rho' */
	BSM_TAU_KSTAR,       /* K pi nu (either order) through K* */
	BSM_TAU_3PI,         /* like, like, odd pion, nu, through the a1 */
	BSM_TAU_MANY         /* hadrons, nu: a vector system; arg: mass and width of its resonance [GeV], 0: none */
};

struct bsm_mode {
	double br;            /* of the edition's table, not normalised */
	int32_t out[BSM_OUT]; /* of the particle; 311 stands for K_S or K_L, evenly */
	enum bsm_decay_shape shape;
	double arg[2];
};

struct bsm_decay_table {
	int32_t pdg;         /* positive */
	int count;
	const struct bsm_mode *mode;
	const char *note;    /* edition, and what is left out */
};

/* Of a code of either sign; NULL: not decayed here. */
const struct bsm_decay_table *bsm_decay_table_find(int32_t pdg);
const struct bsm_decay_table *bsm_decay_table_all(int *rows);
#endif
