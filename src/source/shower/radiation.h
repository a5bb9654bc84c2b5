/* Pair production and bremsstrahlung in the field of an atom. Energies in electron masses, cross-sections in cm2 per
 * atom. */
#ifndef BSM_SHOWER_RADIATION_H
#define BSM_SHOWER_RADIATION_H
#include "source/shower/atom.h"

/* d sigma / dE of one lepton of total energy e, out of a photon of energy k. */
double bsm_em_pair_density(const struct bsm_em_atom *, double k, double e);
double bsm_em_pair_total(const struct bsm_em_atom *, double k);
/* Its two parts. */
double bsm_em_pair_nucleus(const struct bsm_em_atom *, double k);
double bsm_em_pair_electrons(const struct bsm_em_atom *, double k);

/* k d sigma / dk of an electron of total energy e0. */
double bsm_em_brems_density(const struct bsm_em_atom *, double e0, double k);
/* Integral of d sigma from cut to the end; of k d sigma from 0 to cut. */
double bsm_em_brems_hard(const struct bsm_em_atom *, double e0, double cut);
double bsm_em_brems_soft(const struct bsm_em_atom *, double e0, double cut);

/* Integral over [a, b] by n panels of 8 Gauss points. */
double bsm_em_gauss(double (*f)(double x, const void *arg), const void *arg, double a, double b, int n);
#endif
