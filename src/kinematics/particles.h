/* The particles of the Standard Model that sources, models and event files know. */
#ifndef BSM_KINEMATICS_PARTICLES_H
#define BSM_KINEMATICS_PARTICLES_H
#include <stdint.h>

struct bsm_pdg {
	int32_t pdg;          /* of the particle, positive (Monte Carlo numbering scheme) */
	const char *name;
	const char *antiname; /* NULL: its own antiparticle */
	double mass;          /* GeV */
	double width;         /* GeV; 0: stable, or too short for the table to know */
	int charge3, spin2;   /* three times the charge, twice the spin */
};

/* Row of a code of either sign; NULL if unknown (also for minus a self-conjugate particle). */
const struct bsm_pdg *bsm_pdg_find(int32_t pdg);
int bsm_pdg_charge3(int32_t pdg);       /* three times the charge; 0 for an unknown code */
const char *bsm_pdg_name(int32_t pdg);  /* "mu+"; NULL for an unknown code */
int32_t bsm_pdg_conj(int32_t pdg);      /* code of the antiparticle; an unknown code changes sign */
/* The whole table, in ascending order of pdg. */
const struct bsm_pdg *bsm_pdg_table(int *rows);
#endif
