/* Charge form factors of nuclei and of the electrons around them. q2 = -t >= 0 in GeV2. */
#ifndef BSM_PHYSICS_FORM_FACTORS_H
#define BSM_PHYSICS_FORM_FACTORS_H

/* Amplitude of a nucleus of A nucleons over its charge, F(0) = 1; has zeros, and is negative. Helm, Phys. Rev.
 * 104 (1956) 1466, with the radius and the skin of Lewin, Smith, Astropart. Phys. 6 (1996) 87, section 4; A = 1: the
 * dipole of the proton. */
double bsm_helm(double q2, int A);
/* <r2> of the above: F = 1 - q2 <r2>/6 + ... [1/GeV2]. */
double bsm_helm_r2(int A);

/* Factor of the amplitude of a neutral atom: the share of the nuclear charge that its electrons leave, a2 q2/(1 + a2
 * q2), 0 at q2 = 0. Tsai, Rev. Mod. Phys. 46 (1974) 815, eq. B38 (Thomas and Fermi); up to beryllium, where that fails,
 * the radius is the one that gives Tsai's logarithm of the radiation length. */
double bsm_atomic_screening(double q2, int Z);
double bsm_atomic_radius(int Z); /* a [1/GeV] */

/* What incoherent scattering on the protons of an atom, bound, adds to (Z F)^2 in the equivalent-photon flux: Kim,
 * Tsai, Phys. Rev. D 8 (1973) 3109; Bjorken et al., 0906.0580, eq. A19. */
double bsm_atomic_inelastic(double q2, int Z);
#endif
