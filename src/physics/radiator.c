#include "physics/radiator.h"

#include <math.h>

#include "core/constants.h"
#include "source/beamline/cross_sections.h"

#define MB_CM2 1e-27

double bsm_radiator_virtuality(double mass, double z, double pt2)
{
	double mp = bsm_pdg_mass(2212);
	return pt2 + (1 - z) * mass * mass + z * z * mp * mp;
}

double bsm_radiator_off_shell(double mass, double lambda, double z, double pt2)
{
	double d = bsm_radiator_virtuality(mass, z, pt2) / (z * lambda * lambda);
	return 1 / (1 + d * d);
}

double bsm_sigma_pp(double s)
{
	double mp = bsm_pdg_mass(2212), M = 2 * mp + 2.1206, x = s / (M * M), l = log(x);
	return 0.2720 * l * l + 34.41 + 13.07 * pow(x, -0.4473) - 7.394 * pow(x, -0.5486);
}

double bsm_radiator_flux(const struct bsm_radiator *r, double p, double z, double pt2)
{
	double mp = bsm_pdg_mass(2212), m = r->mass, E = sqrt(p * p + mp * mp),
	       left = E - sqrt(m * m + pt2 + z * z * p * p);
	if (!(z >= r->z_min && z <= r->z_max && pt2 <= r->pt_max * r->pt_max && z > 0 && z < 1 && left > mp))
		return 0;
	return bsm_sigma_pp(2 * mp * (mp + left)) / bsm_sigma_pp(2 * mp * (mp + E));
}

/* ---- the integral ---- */
struct range {
	const struct bsm_radiator *r;
	double p, z;
};

/* pt2 = h (e^x - 1): even in the logarithm of the virtuality. */
static double over_pt(double x, void *arg)
{
	const struct range *a = arg;
	double h = bsm_radiator_virtuality(a->r->mass, a->z, 0);
	return a->r->density(a->r->what, a->p, a->z, h * expm1(x)) * h * exp(x);
}

static double over_z(double z, void *arg)
{
	struct range *a = arg;
	a->z = z;
	double m = a->r->mass, h = bsm_radiator_virtuality(m, z, 0), mp = bsm_pdg_mass(2212);
	/* energy ends the range before pt_max does where X takes nearly all */
	double e = sqrt(a->p * a->p + mp * mp) - mp,
	       most = fmin(a->r->pt_max * a->r->pt_max, e * e - m * m - z * z * a->p * a->p);
	return most > 0 ? bsm_integrate(over_pt, a, 0, log1p(most / h), 1e-9, NULL) : 0;
}

double bsm_radiator_number(const struct bsm_radiator *r, double p)
{
	struct range a = {r, p, 0};
	double mp = bsm_pdg_mass(2212), e = sqrt(p * p + mp * mp) - mp, q = e * e - r->mass * r->mass;
	double high = q > 0 ? fmin(r->z_max, sqrt(q) / p) : 0;
	return high > r->z_min ? bsm_integrate(over_z, &a, r->z_min, high, 1e-8, NULL) : 0;
}

/* ---- sampling ---- */
static void set(struct bsm_particle *X, double m, struct bsm_p4 k)
{
	X->p = k;
	X->p.e = sqrt(bsm_p4_dot3(k, k) + m * m);
}

/* Momentum along n, even in its logarithm between the limits of z and pt; dN/d3k = dN/(dz dpt2)/(pi p). */
static double towards(const struct bsm_radiator *r, struct bsm_p4 beam, double p, struct bsm_p4 n, double solid,
		      double u, struct bsm_particle *X)
{
	double c = bsm_p4_dot3(beam, n), s = bsm_p4_mag(bsm_p4_cross(beam, n));
	if (!(c > 0))
		return 0;
	double low = r->z_min * p / c, high = r->z_max * p / c;
	if (s > 0)
		high = fmin(high, r->pt_max / s);
	if (!(high > low) || !(low > 0))
		return 0;
	double range = log(high / low), k = low * exp(u * range);
	set(X, r->mass, bsm_p4_scale(k, n));
	return r->density(r->what, p, k * c / p, k * k * s * s) / (BSM_PI * p) * k * k * k * range * solid;
}

static double anywhere(const struct bsm_radiator *r, struct bsm_p4 beam, double p, const double u[3],
		       struct bsm_particle *X)
{
	double z = r->z_min + u[0] * (r->z_max - r->z_min);
	double h = bsm_radiator_virtuality(r->mass, z, 0), range = log1p(r->pt_max * r->pt_max / h);
	double pt2 = h * expm1(u[1] * range), f = 2 * BSM_PI * u[2], pt = sqrt(pt2);
	struct bsm_p4 x, y;
	bsm_p4_across(beam, &x, &y);
	struct bsm_p4 k = bsm_p4_add(bsm_p4_scale(z * p, beam),
				     bsm_p4_add(bsm_p4_scale(pt * cos(f), x), bsm_p4_scale(pt * sin(f), y)));
	set(X, r->mass, k);
	return r->density(r->what, p, z, pt2) * (r->z_max - r->z_min) * (h + pt2) * range;
}

double bsm_radiator_map(const struct bsm_in *in, const struct bsm_radiator *r, const double u[3],
			struct bsm_particle *X)
{
	double p = bsm_p4_mag(in->a->p);
	if (!(p > 0) || !in->nuc)
		return 0;
	struct bsm_p4 beam = bsm_p4_scale(1 / p, in->a->p), n;
	double solid = bsm_aim(in, u + 1, &n);
	double number = solid > 0 ? towards(r, beam, p, n, solid, u[0], X) : anywhere(r, beam, p, u, X);
	return number * bsm_xsec_production(BSM_STRONG_NUCLEON, p, in->nuc->A) * MB_CM2;
}
