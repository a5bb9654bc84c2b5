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

double bsm_phase_space_volume_three(double m, const struct bsm_particle *out)
{
	/* Gauss and Legendre's 12 points (Abramowitz, Stegun, table 25.4) */
	static const double x[6] = {0.125233408511469, 0.367831498998180, 0.587317954286617, 0.769902674194305, 0.904117256370475, 0.981560634246719};
	static const double w[6] = {0.249147045813403, 0.233492536538355, 0.203167426723066, 0.160078328543346, 0.106939325995318, 0.047175336386512};
	struct volume v = {.m = m, .out = out, .n = 3, .rest = out[1].m + out[2].m};
	v.range = m - out[0].m - v.rest;
	double sum = 0;
	for (int i = 0; v.range > 0 && i < 6; i++)
		sum += w[i] * (volume_slice(pi / 4 * (1 + x[i]), &v) + volume_slice(pi / 4 * (1 - x[i]), &v));
	return sum * pi / 4;
}
