/* Sampling of a vector that a proton radiates: free, even in z and in the logarithm of the virtuality; or towards a
 * distant detector, where the direction is given and the momentum is left. */
#include <math.h>

#include "core/constants.h"
#include "physics/vector_bremsstrahlung.h"
#include "source/beamline/cross_sections.h"

#define MB_CM2 1e-27

static void set(struct bsm_particle *V, double m, struct bsm_p4 k)
{
	V->p = k;
	V->p.e = sqrt(bsm_p4_dot3(k, k) + m * m);
}

/* Momentum along n, even in its logarithm between the limits of z and pt; dN/d3k = dN/(dz dpt2)/(pi p). */
static double towards(const struct bsm_brem *b, const struct bsm_vector *v, struct bsm_p4 beam, double p,
		      struct bsm_p4 n, double solid, double u, struct bsm_particle *V)
{
	double c = bsm_p4_dot3(beam, n), s = bsm_p4_mag(bsm_p4_cross(beam, n));
	if (!(c > 0))
		return 0;
	double low = b->z_min * p / c, high = b->z_max * p / c;
	if (s > 0)
		high = fmin(high, b->pt_max / s);
	if (!(high > low) || !(low > 0))
		return 0;
	double range = log(high / low), k = low * exp(u * range);
	set(V, v->mass, bsm_p4_scale(k, n));
	return bsm_brem_density(b, v, p, k * c / p, k * k * s * s) / (BSM_PI * p) * k * k * k * range * solid;
}

static double anywhere(const struct bsm_brem *b, const struct bsm_vector *v, struct bsm_p4 beam, double p,
		       const double u[3], struct bsm_particle *V)
{
	double mp = bsm_pdg_mass(2212), z = b->z_min + u[0] * (b->z_max - b->z_min);
	double h = (1 - z) * v->mass * v->mass + z * z * mp * mp, range = log1p(b->pt_max * b->pt_max / h);
	double pt2 = h * expm1(u[1] * range), f = 2 * BSM_PI * u[2], pt = sqrt(pt2);
	/* two directions across the beam */
	struct bsm_p4 other = fabs(beam.x) < 0.6 ? (struct bsm_p4){0, 1, 0, 0} : (struct bsm_p4){0, 0, 1, 0};
	struct bsm_p4 x = bsm_p4_cross(beam, other), y;
	x = bsm_p4_scale(1 / bsm_p4_mag(x), x);
	y = bsm_p4_cross(beam, x);
	struct bsm_p4 k = bsm_p4_add(bsm_p4_scale(z * p, beam),
				     bsm_p4_add(bsm_p4_scale(pt * cos(f), x), bsm_p4_scale(pt * sin(f), y)));
	set(V, v->mass, k);
	return bsm_brem_density(b, v, p, z, pt2) * (b->z_max - b->z_min) * (h + pt2) * range;
}

double bsm_brem_map(const struct bsm_in *in, const struct bsm_brem *b, const struct bsm_vector *v, const double u[3],
		    struct bsm_particle *V)
{
	double p = bsm_p4_mag(in->a->p);
	if (!(p > 0) || !in->nuc)
		return 0;
	struct bsm_p4 beam = bsm_p4_scale(1 / p, in->a->p), n;
	double solid = bsm_aim(in, u + 1, &n);
	double number = solid > 0 ? towards(b, v, beam, p, n, solid, u[0], V) : anywhere(b, v, beam, p, u, V);
	return number * bsm_xsec_production(BSM_STRONG_NUCLEON, p, in->nuc->A) * MB_CM2;
}
