#include "kinematics/phase_volume.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* The recursion dPhi_n = dPhi_2 ds/2pi dPhi_{n-1} over the mass mx of what recoils. With mx = rest + range sin^2 t the
 * square roots at both ends become analytic, and one Gauss rule does for each level. */
struct volume { double m, rest, range; const struct bsm_particle *out; int n; };

static double volume_slice(double t, void *arg)
{
	const struct volume *v = arg;
	double s = sin(t), mx = v->rest + v->range * s * s, dmx = 2 * s * cos(t) * v->range;
	return bsm_two_body_p(v->m, v->out[0].m, mx) / (4 * pi * v->m) * mx * dmx / pi *
	       bsm_phase_space_volume(mx, v->out + 1, v->n - 1);
}

double bsm_phase_space_volume(double m, const struct bsm_particle *out, int n)
{
	if (n == 2)
		return bsm_two_body_p(m, out[0].m, out[1].m) / (4 * pi * m);
	struct volume v = {.m = m, .out = out, .n = n};
	for (int i = 1; i < n; i++)
		v.rest += out[i].m;
	v.range = m - out[0].m - v.rest;
	return v.range > 0 ? bsm_integrate(volume_slice, &v, 0, pi / 2, 1e-10, NULL) : 0;
}
