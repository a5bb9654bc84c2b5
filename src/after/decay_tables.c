/* Branching fractions of leptons and light mesons: RPP 2025 (S. Navas et al., Phys. Rev. D 110 (2024) 030001 and 2025
 * update), fits and averages of the machine-readable edition, for every particle of this file. A table need not sum to
 * 1: the sampler divides by its sum, so that what is left out (each table's note) is shared among what is there. */
#include <stdlib.h>

#include "after/decay_tables.h"
#include "after/decay_tables_charm.h"

#define PAIR_SLOPE 0.0332 /* pi0 electromagnetic form factor, 1 + a s/m^2 (RPP 2025 average) */
#define PAIR_ETA   0.721  /* GeV: eta -> l+ l- gamma, 1/(1 - s/L^2) (RPP 2025 average) */

static const struct bsm_mode pi0[] = {
	{0.988231, {22, 22}, BSM_FLAT_DECAY, {0}},
	{0.0117354, {22, 11, -11}, BSM_GAMMA_PAIR, {PAIR_SLOPE}},
};

static const struct bsm_mode eta[] = {
	{0.393588, {22, 22}, BSM_FLAT_DECAY, {0}},
	{0.325618, {111, 111, 111}, BSM_ETA_3PI0, {0}},
	{0.230188, {111, 211, -211}, BSM_ETA_3PI, {0}},
	{0.042769, {22, 211, -211}, BSM_PIPI_GAMMA, {0}},
	{0.0070044, {22, 11, -11}, BSM_GAMMA_PAIR, {0, PAIR_ETA}},
	{0.000310149, {22, 13, -13}, BSM_GAMMA_PAIR, {0, PAIR_ETA}},
	{0.000255384, {111, 22, 22}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode eta_prime[] = {
	{0.424686, {221, 211, -211}, BSM_ETAP_CHARGED, {0}},
	{0.294808, {22, 211, -211}, BSM_PIPI_GAMMA, {0}},
	{0.223714, {221, 111, 111}, BSM_ETAP_NEUTRAL, {0}},
	{0.02519, {223, 22}, BSM_FLAT_DECAY, {0}},
	{0.023068, {22, 22}, BSM_FLAT_DECAY, {0}},
	{0.00360576, {111, 211, -211}, BSM_FLAT_DECAY, {0}},
	{0.00249944, {111, 111, 111}, BSM_FLAT_DECAY, {0}},
	{0.00242802, {211, -211, 11, -11}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode rho0[] = {
	{0.9891, {211, -211}, BSM_FLAT_DECAY, {0}}, /* 1 less the others: pi pi is "about 100 %" in the edition */
	{0.0099, {22, 211, -211}, BSM_PIPI_GAMMA, {0}},
	{0.000466934, {111, 22}, BSM_FLAT_DECAY, {0}},
	{0.000299702, {221, 22}, BSM_FLAT_DECAY, {0}},
	{0.0000472291, {11, -11}, BSM_FLAT_DECAY, {0}},
	{0.0000455022, {13, -13}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode rho_plus[] = {
	{0.99955, {211, 111}, BSM_FLAT_DECAY, {0}},
	{0.000449955, {211, 22}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode omega[] = {
	{0.892458, {111, 211, -211}, BSM_VECTOR_3PI, {0}},
	{0.0832642, {111, 22}, BSM_FLAT_DECAY, {0}},
	{0.0153487, {211, -211}, BSM_FLAT_DECAY, {0}},
	{0.000767314, {111, 11, -11}, BSM_FLAT_DECAY, {0}},
	{0.000447792, {221, 22}, BSM_FLAT_DECAY, {0}},
	{0.0000741196, {11, -11}, BSM_FLAT_DECAY, {0}},
	{0.0000740471, {13, -13}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode phi[] = {
	{0.498884, {321, -321}, BSM_FLAT_DECAY, {0}},
	{0.336407, {130, 310}, BSM_FLAT_DECAY, {0}},
	{0.149016, {111, 211, -211}, BSM_VECTOR_3PI, {0}},
	{0.0130622, {221, 22}, BSM_FLAT_DECAY, {0}},
	{0.00132797, {111, 22}, BSM_FLAT_DECAY, {0}},
	{0.000296379, {11, -11}, BSM_FLAT_DECAY, {0}},
	{0.000286211, {13, -13}, BSM_FLAT_DECAY, {0}},
};

/* (K pi) shared 2 : 1 between charged and neutral pion or the other way round by isospin. */
static const struct bsm_mode k_star0[] = {
	{0.665024, {321, -211}, BSM_FLAT_DECAY, {0}},
	{0.332512, {311, 111}, BSM_FLAT_DECAY, {0}},
	{0.00246445, {311, 22}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode k_star_plus[] = {
	{0.666012, {311, 211}, BSM_FLAT_DECAY, {0}},
	{0.333006, {321, 111}, BSM_FLAT_DECAY, {0}},
	{0.000982015, {321, 22}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode k0[] = {{1, {311}, BSM_FLAT_DECAY, {0}}};

static const struct bsm_mode k_short[] = {
	{0.691951, {211, -211}, BSM_FLAT_DECAY, {0}},
	{0.306879, {111, 111}, BSM_FLAT_DECAY, {0}},
};

static const struct bsm_mode mu[] = {{1, {11, -12, 14}, BSM_LEPTON_3, {0}}};

/* The tau's exclusive basis modes; "ex. K0, omega" where the edition has it, so that nothing counts twice. */
static const struct bsm_mode tau[] = {
	{0.178468, {11, -12, 16}, BSM_LEPTON_3, {0}},
	{0.173657, {13, -14, 16}, BSM_LEPTON_3, {0}},
	{0.108151, {-211, 16}, BSM_TAU_MESON, {0}},
	{0.00696539, {-321, 16}, BSM_TAU_MESON, {0}},
	{0.254931, {-211, 111, 16}, BSM_TAU_RHO, {0}},
	{0.0925899, {111, 111, -211, 16}, BSM_TAU_3PI, {0}},
	{0.0898601, {-211, -211, 211, 16}, BSM_TAU_3PI, {0}},
	{0.0274045, {-211, -211, 211, 111, 16}, BSM_TAU_MANY, {1.465, 0.4}},
	{0.0104352, {-211, 111, 111, 111, 16}, BSM_TAU_MANY, {1.465, 0.4}},
	{0.0194942, {-211, 223, 16}, BSM_TAU_MANY, {1.465, 0.4}},
	{0.00408535, {-211, 223, 111, 16}, BSM_TAU_MANY, {0}},
	{0.00838399, {-211, -311, 16}, BSM_TAU_KSTAR, {0}},
	{0.00432807, {-321, 111, 16}, BSM_TAU_KSTAR, {0}},
	{0.00148573, {-321, 311, 16}, BSM_TAU_MANY, {1.465, 0.4}},
	{0.00381703, {-211, -311, 111, 16}, BSM_TAU_MANY, {1.253, 0.09}},
	{0.00292716, {-321, 211, -211, 16}, BSM_TAU_MANY, {1.253, 0.09}},
	{0.000647354, {-321, 111, 111, 16}, BSM_TAU_MANY, {1.253, 0.09}},
	{0.00149997, {-321, 311, 111, 16}, BSM_TAU_MANY, {0}},
	{0.00154993, {-211, 311, -311, 16}, BSM_TAU_MANY, {0}},
	{0.00143493, {-321, 321, -211, 16}, BSM_TAU_MANY, {0}},
	{0.00138859, {221, -211, 111, 16}, BSM_TAU_MANY, {0}},
	{0.0011211, {-211, 111, 111, 111, 111, 16}, BSM_TAU_MANY, {0}},
	{0.00097969, {-211, -211, 211, 111, 111, 16}, BSM_TAU_MANY, {0}},
	{0.000827122, {-211, -211, -211, 211, 211, 16}, BSM_TAU_MANY, {0}},
};

#define MODES(list) (int)(sizeof list / sizeof *list), list
/* Ascending in pdg. */
static const struct bsm_decay_table table[] = {
	{13, MODES(mu), "RPP 2025; photons and e+e- pairs on top are left out"},
	{15, MODES(tau), "RPP 2025; radiation and modes below 0.07 % are left out, 0.36 % together"},
	{111, MODES(pi0), "RPP 2025; 2(e+e-), 3e-5, is left out"},
	{113, MODES(rho0), "RPP 2025; four pions and pi0 pi0 gamma, 2e-4, are left out"},
	{213, MODES(rho_plus), "RPP 2025"},
	{221, MODES(eta), "RPP 2025; pi pi e e and four leptons, 3e-4, are left out"},
	{223, MODES(omega), "RPP 2025; other neutral modes and pi0 mu mu, below 0.8 %, are left out"},
	{310, MODES(k_short), "RPP 2025; semileptonic modes, 0.12 %, are left out"},
	{311, MODES(k0), "half K_S, half K_L; CP violation left out"},
	{313, MODES(k_star0), "RPP 2025; K pi shared by isospin"},
	{323, MODES(k_star_plus), "RPP 2025; K pi shared by isospin"},
	{331, MODES(eta_prime), "RPP 2025; pi0 gamma gamma, leptonic and four-pion modes, 0.2 %, are left out"},
	{333, MODES(phi), "RPP 2025; radiative modes below 4e-4 are left out"},
	{411, BSM_MODES_D_PLUS, BSM_NOTE_CHARM},
	{421, BSM_MODES_D_ZERO, BSM_NOTE_CHARM},
	{431, BSM_MODES_D_S, BSM_NOTE_CHARM},
};
enum { ROWS = sizeof table / sizeof *table };

const struct bsm_decay_table *bsm_decay_table_all(int *rows)
{
	*rows = ROWS;
	return table;
}

const struct bsm_decay_table *bsm_decay_table_find(int32_t pdg)
{
	int64_t code = pdg < 0 ? -(int64_t)pdg : pdg;
	for (int i = 0; i < ROWS && table[i].pdg <= code; i++)
		if (table[i].pdg == code)
			return &table[i];
	return NULL;
}
