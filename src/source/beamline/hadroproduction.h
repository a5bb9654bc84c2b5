/* What a hadron makes on a nucleus: mesons by the published fits, scaled to the projectile's momentum, and the leading
 * particle that carries the rest. Every draw is weighted: number of such particles per production interaction. */
#ifndef BSM_BEAMLINE_HADROPRODUCTION_H
#define BSM_BEAMLINE_HADROPRODUCTION_H
#include "core/random.h"
#include "source/yields/bmpt.h"
#include "source/yields/feynman_kaon.h"
#include "source/yields/sanford_wang.h"
#include "source/yields/yield_map.h"

/* Laws of a proton on a nucleus; a K0 stands for K_L and K_S each. */
enum bsm_law { BSM_LAW_PI_PLUS, BSM_LAW_PI_MINUS, BSM_LAW_K_PLUS, BSM_LAW_K_MINUS, BSM_LAW_K_ZERO, BSM_LAWS };
enum { BSM_HADROPRODUCTION_GRID = 24, BSM_PRODUCTS = 10 };

struct bsm_hadroproduction {
	int n;
	double lnp0, step;                /* projectile momenta of the maps */
	struct bsm_yield_map *map;        /* n x BSM_LAWS */
	double low_end, high_begin;       /* GeV: Sanford-Wang and Feynman scaling below, BMPT above, mixed between */
};

struct bsm_product { int32_t pdg; double p, ct, st, weight; }; /* momentum [GeV] and angle to the projectile */

/* One projectile on one nucleus. */
struct bsm_collision {
	const struct bsm_hadroproduction *make;
	int32_t pdg;
	double pB, A, sigma;              /* momentum; mass number; cross-section of production [mb] */
	double high;                      /* share of BMPT */
	struct bsm_cm_frame frame;        /* as if the projectile were a proton */
	double ln_target;                 /* ln(A / 9.01) */
	struct bsm_bmpt bmpt[BSM_LAWS];
	struct bsm_sanford_wang low_pion[2], low_kaon;
	struct bsm_feynman_kaon low_kplus;
	unsigned ready;                   /* laws whose numbers below are made */
	const struct bsm_yield_map *map;  /* of the grid momentum above */
};

/* 0, or -1 without memory. pmax: the beam's momentum. */
int bsm_hadroproduction_init(struct bsm_hadroproduction *, double pmax);
void bsm_hadroproduction_free(struct bsm_hadroproduction *);
void bsm_collision_init(struct bsm_collision *, const struct bsm_hadroproduction *, int32_t pdg, double pB, double A, double sigma);
/* d2 sigma / dp dOmega [mb/(GeV sr)] of a meson out of pi+-, K+-, K_L, K_S, but for the leading particle. */
double bsm_collision_density(struct bsm_collision *, int32_t pdg, double p, double ct, double st);
/* Draws one of each kind: mesons, then what the projectile leaves; returns how many. Rare kinds are skipped at random: a
 * kind whose expected importance x `weight` is below that of a particle of weight 1 is drawn as seldom, with more weight.
 * The importance of a meson goes as p / (p + .6 GeV), and is 5 times larger for kaons. */
int bsm_collision_draw(struct bsm_collision *, double weight, struct bsm_rng *, struct bsm_product out[BSM_PRODUCTS]);
#endif
