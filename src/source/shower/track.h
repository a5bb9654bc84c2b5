/* Showers through coaxial cylinders: photons, electrons and positrons from a primary down to a threshold. */
#ifndef BSM_SHOWER_TRACK_H
#define BSM_SHOWER_TRACK_H
#include "bsmnu/model.h"
#include "core/random.h"
#include "source/shower/medium.h"

enum { BSM_EM_CYLINDERS = 32 };

struct bsm_em_cylinder {
	double z0, z1, radius;
	int medium;
}; /* m; along z, one behind the other, gaps are vacuum */

struct bsm_em_setup {
	int cylinders;
	struct bsm_em_cylinder cylinder[BSM_EM_CYLINDERS];
	const struct bsm_em_medium *medium; /* the same threshold in all */
	double threshold;                   /* GeV of photon energy, and of kinetic energy */
};

struct bsm_em_particle {
	int32_t pdg;     /* 22, 11, -11 */
	double energy;   /* GeV: of the photon; kinetic of e- and e+ */
	struct bsm_p4 x; /* m; x.e: s */
	double dir[3];
};

struct bsm_em_segment { /* a straight piece of a track in one medium */
	int32_t pdg;
	int medium;
	double e0, e1;         /* total energy at its start and end [GeV] */
	struct bsm_p4 x;       /* start */
	double dir[3], length; /* m */
};

/* What became of the energy [GeV]. An electron stands for its kinetic energy, a positron for that and two masses: so
 * nothing changes when electrons of the medium are set free or annihilate. */
struct bsm_em_balance {
	double in;
	double along;             /* collisions and soft photons along the tracks */
	double below;             /* particles under the threshold, absorbed where they were made */
	double front, back, side; /* left the geometry: towards +z, -z, sideways of the last cylinder passed */
};

struct bsm_em_watch { /* any may be NULL */
	void *arg;
	void (*segment)(void *arg, const struct bsm_em_segment *);
	void (*deposit)(void *arg, int medium, struct bsm_p4 x, double energy);
	void (*leave)(void *arg, const struct bsm_em_particle *);
};

/* Follows the primary and all it makes; adds to the balance. The numbers come from `rng` alone. */
void bsm_em_shower(const struct bsm_em_setup *, const struct bsm_em_particle *primary, struct bsm_rng *rng,
		   const struct bsm_em_watch *, struct bsm_em_balance *);

/* ---- what becomes of a particle at a vertex: interact.c ---- */
struct bsm_em_products {
	int n;
	struct bsm_em_particle out[2];
	double absorbed;
}; /* absorbed: GeV */
void bsm_em_photon_interacts(const struct bsm_em_medium *, const struct bsm_em_particle *, struct bsm_rng *,
			     struct bsm_em_products *);
void bsm_em_electron_interacts(const struct bsm_em_medium *, const struct bsm_em_particle *, struct bsm_rng *,
			       struct bsm_em_products *);
/* Samplers, in electron masses: energy of one lepton; of the photon; of the hit electron; share of a photon. */
double bsm_em_sample_pair(const struct bsm_em_atom *, double k, double peak, struct bsm_rng *);
double bsm_em_sample_brems(const struct bsm_em_atom *, double e0, double cut, double peak, struct bsm_rng *);
double bsm_em_sample_delta(int positron, double t, double cut, struct bsm_rng *);
double bsm_em_sample_compton(double k, struct bsm_rng *);      /* k'/k */
double bsm_em_sample_annihilation(double t, struct bsm_rng *); /* k1/(t + 2) */
/* dir turned by the polar angle and the azimuth. */
void bsm_em_turn(double dir[3], double cos_theta, double phi);
#endif
