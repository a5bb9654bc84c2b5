/* Processes on single electrons of the medium, and the photoelectric effect. Energies in electron masses. */
#ifndef BSM_SHOWER_PROCESSES_H
#define BSM_SHOWER_PROCESSES_H

/* Photons of energy k. cm2 per electron: Klein and Nishina. cm2 per atom: photoelectric effect. */
double bsm_em_compton(double k);
double bsm_em_photoelectric(int Z, double k);

/* Electrons and positrons of kinetic energy t, in cm2 per electron.
 * d sigma / dw of a hit electron that gets the kinetic energy w: Moller (w up to t/2) and Bhabha (up to t). */
double bsm_em_moller(double t, double w);
double bsm_em_bhabha(double t, double w);
/* The same, integrated from cut to the end: of d sigma, and of w d sigma. */
double bsm_em_delta_hard(int positron, double t, double cut);
double bsm_em_delta_loss(int positron, double t, double cut);
/* e+ e- -> 2 gamma in flight: Heitler. */
double bsm_em_annihilation(double t);

/* What the collision loss needs of a medium: mean excitation energy in electron masses; the density effect in
 * Sternheimer's letters, at x' = log10(p/m) + shift. */
struct bsm_em_ionisation {
	double I, C, x0, x1, a, m, shift;
};
/* Z: of an element whose density effect is tabulated, or 0. I and the plasma energy in eV; density in g/cm3. */
struct bsm_em_ionisation bsm_em_ionisation(int Z, double I_eV, double plasma_eV, double density);
double bsm_em_density_effect(const struct bsm_em_ionisation *, double t);
/* Collision loss [m cm2 per electron], all energies of the hit electron: Bethe, Rohrlich and Carlson (ICRU 37). */
double bsm_em_collision_loss(const struct bsm_em_ionisation *, int positron, double t);
#endif
