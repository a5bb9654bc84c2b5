/* Volume of n-body phase space for masses out[i].m, dPhi_n as in bsmnu/model.h; deterministic, relative 1e-6 or better. */
#ifndef BSM_KINEMATICS_PHASE_VOLUME_H
#define BSM_KINEMATICS_PHASE_VOLUME_H
#include "bsmnu/model.h"
double bsm_phase_space_volume(double m, const struct bsm_particle *out, int n);
#endif
