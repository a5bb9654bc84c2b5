/* Volume of n-body phase space for masses out[i].m, dPhi_n as in bsmnu/model.h; deterministic, relative 1e-6 or better. */
#ifndef BSM_KINEMATICS_PHASE_VOLUME_H
#define BSM_KINEMATICS_PHASE_VOLUME_H
#include "bsmnu/model.h"
double bsm_phase_space_volume(double m, const struct bsm_particle *out, int n);
/* Of three legs, by a rule of fixed length: relative 1e-6, a hundred times as fast. */
double bsm_phase_space_volume_three(double m, const struct bsm_particle *out);
#endif
