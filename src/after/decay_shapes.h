/* Momenta of one decay in the rest frame of the parent, with the axes of the lab (a pure boost leads there). Every
 * shape is inverted or accepted and rejected under a bound that docs/physics/afterburner.md derives; none clips. */
#ifndef BSM_DECAY_SHAPES_H
#define BSM_DECAY_SHAPES_H
#include "after/decay_tables.h"
#include "core/random.h"

struct bsm_decay {
	const struct bsm_mode *mode;
	double m;                         /* of the parent */
	double pol[3];                    /* of the parent */
	int antiparticle;                 /* 1: of the parent; the codes are conjugated already */
	int n;
	struct bsm_particle out[BSM_OUT]; /* pdg and m are set; p is written */
};

/* 1: done. 0: a weight above its bound, or no room for the masses: nothing may be made of the momenta. */
int bsm_decay_sample(struct bsm_decay *, struct bsm_rng *);
/* The same for the tau's hadronic modes (BSM_TAU_...). */
int bsm_decay_sample_tau(struct bsm_decay *, struct bsm_rng *);
/* Spin of a charged lepton among the products, once all momenta are in the lab; parent: its momentum there. */
void bsm_decay_spin(struct bsm_decay *, struct bsm_p4 parent);

/* ---- shared by the shapes ---- */
/* Largest dPhi_n/du of bsm_phase_space for legs in the order of the list: each factor at its own largest. */
double bsm_phase_space_max(double m, int n, const struct bsm_particle *out);
/* Legs by phase space times shape(legs, arg) <= max; 0 as above. */
int bsm_decay_by_weight(double m, int n, struct bsm_particle *out,
			double (*shape)(const struct bsm_particle *, const void *), const void *arg, double max,
			struct bsm_rng *);
/* Unit vector whose cosine c with `axis` has the density (1 + a c)/2, |a| <= 1, a = slope |axis|. */
struct bsm_p4 bsm_decay_direction(const double axis[3], double slope, struct bsm_rng *);
/* Back to back from rest: leg 1 along the unit vector. */
void bsm_decay_back_to_back(double m, double m1, double m2, struct bsm_p4 along, struct bsm_p4 *p1, struct bsm_p4 *p2);
/* s in [lo, hi] with the density of a Breit-Wigner. */
double bsm_decay_draw_pole(double lo, double hi, double mass, double width, struct bsm_rng *);
/* Largest |m^2/(m^2 - s - i m G)| for s in [.., hi]. */
double bsm_decay_pole_max(double hi, double mass, double width);

/* ---- of the tau, here for the tests ---- */
/* Square of the amplitude with current re + i im, polarisation pol and the neutrino along the unit vector k. */
double bsm_tau_weight(struct bsm_p4 k, struct bsm_p4 re, struct bsm_p4 im, const double pol[3], int antiparticle);
/* Lineshapes divided by the Breit-Wigner that s is drawn from, M the tau's mass, and their largest values for it: found
 * by a scan, which the tests repeat. */
double bsm_tau_pair_weight(int kaon, double s, double M, double m1, double m2);
double bsm_tau_a1_weight(double s, double M);
#define BSM_TAU_MAX_RHO   0.0527
#define BSM_TAU_MAX_KSTAR 0.0234
#define BSM_TAU_MAX_A1    5.31
#endif
