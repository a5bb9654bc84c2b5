/* Final states at a vertex. Energies and directions; the recoil of a nucleus is neglected. */
#include <math.h>

#include "core/constants.h"
#include "source/shower/processes.h"
#include "source/shower/radiation.h"
#include "source/shower/track.h"

static const double me = 0.51099895e-3;

void bsm_em_turn(double d[3], double c, double phi)
{
	double s = sqrt(fmax(0, 1 - c * c)), cp = cos(phi), sp = sin(phi), t2 = d[0] * d[0] + d[1] * d[1];
	double x = d[0], y = d[1], z = d[2];
	if (t2 > 1e-20) {
		double t = sqrt(t2), a = s / t;
		d[0] = x * c + a * (x * z * cp - y * sp);
		d[1] = y * c + a * (y * z * cp + x * sp);
		d[2] = z * c - s * t * cp;
	} else {
		double sign = z > 0 ? 1 : -1;
		d[0] = s * cp;
		d[1] = s * sp * sign;
		d[2] = c * sign;
	}
	double n = 1 / sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
	for (int i = 0; i < 3; i++)
		d[i] *= n;
}

/* out = direction of (a times x - b times y), x where that vanishes. */
static void left_over(double out[3], double a, const double x[3], double b, const double y[3])
{
	double v[3], n = 0;
	for (int i = 0; i < 3; i++) {
		v[i] = a * x[i] - b * y[i];
		n += v[i] * v[i];
	}
	for (int i = 0; i < 3; i++)
		out[i] = n > 0 ? v[i] / sqrt(n) : x[i];
}

static double momentum(double t) /* of kinetic energy t, both in any unit of mass me */
{
	return sqrt(t * (t + 2 * me));
}

double bsm_em_sample_pair(const struct bsm_em_atom *a, double k, double peak, struct bsm_rng *r)
{
	for (int i = 0; i < 1000; i++) {
		double e = 1 + (k - 2) * bsm_rng_uniform(r);
		if (bsm_rng_uniform(r) * peak < k * bsm_em_pair_density(a, k, e))
			return e;
	}
	return 0.5 * k;
}

double bsm_em_sample_brems(const struct bsm_em_atom *a, double e0, double cut, double peak, struct bsm_rng *r)
{
	double ratio = log((e0 - 1) / cut);
	for (int i = 0; i < 1000; i++) {
		double k = cut * exp(ratio * bsm_rng_uniform(r));
		if (bsm_rng_uniform(r) * peak < bsm_em_brems_density(a, e0, k))
			return k;
	}
	return cut;
}

double bsm_em_sample_delta(int positron, double t, double cut, struct bsm_rng *r)
{
	double end = positron ? t : 0.5 * t, g = t + 1, norm = (1 - 1 / (g * g)) / (2 * BSM_EM_PI_R2);
	double peak = positron ? 1 : fmax(1, norm * end * end * bsm_em_moller(t, end));
	for (int i = 0; i < 1000; i++) { /* from 1/w^2 */
		double w = 1 / (1 / cut - bsm_rng_uniform(r) * (1 / cut - 1 / end));
		double f = positron ? bsm_em_bhabha(t, w) : bsm_em_moller(t, w);
		if (bsm_rng_uniform(r) * peak < norm * w * w * f)
			return w;
	}
	return cut;
}

/* Butcher and Messel, Nucl. Phys. 20 (1960) 15. */
double bsm_em_sample_compton(double k, struct bsm_rng *r)
{
	double e0 = 1 / (1 + 2 * k), a1 = -log(e0), a2 = 0.5 * (1 - e0 * e0), e;
	for (;;) {
		double u = bsm_rng_uniform(r);
		if (bsm_rng_uniform(r) * (a1 + a2) < a1)
			e = exp(-a1 * u);
		else
			e = sqrt(e0 * e0 + (1 - e0 * e0) * u);
		double t = (1 - e) / (k * e), sin2 = t * (2 - t);
		if (bsm_rng_uniform(r) < 1 - e * sin2 / (1 + e * e))
			return e;
	}
}

double bsm_em_sample_annihilation(double t, struct bsm_rng *r)
{
	double low = 0.5 * (1 - sqrt(t / (t + 2))), ratio = log((1 - low) / low), q = t + 2;
	for (;;) {
		double e = low * exp(ratio * bsm_rng_uniform(r));
		if (bsm_rng_uniform(r) < 1 - e + (2 * (t + 1) * e - 1) / (e * q * q))
			return e;
	}
}

/* Angle of a lepton from the photon, or of the photon from the electron, in units of me/E: GEANT3's fit (PHYS211) to
 * Tsai's distribution. */
static double emission_angle(double e, struct bsm_rng *r)
{
	double a = bsm_rng_uniform(r) < 0.25 ? 0.625 : 1.875;
	double u = -log(bsm_rng_uniform(r) * bsm_rng_uniform(r)) / a;
	return fmin(u * me / e, BSM_PI);
}

static const struct bsm_em_atom *pick(const struct bsm_em_medium *m, const double *share, int i, struct bsm_rng *r)
{
	double u = bsm_rng_uniform(r);
	int j = 0;
	while (j < m->atoms - 1 && share[i * m->atoms + j] < u)
		j++;
	return &m->atom[j];
}

static double peak_of(const struct bsm_em_medium *m, const double *peak, int i, const struct bsm_em_atom *a)
{
	int j = (int)(a - m->atom);
	return fmax(peak[i * m->atoms + j], peak[(i + 1) * m->atoms + j]);
}

static void pair(const struct bsm_em_medium *m, struct bsm_em_place at, const struct bsm_em_particle *in,
		 struct bsm_rng *r, struct bsm_em_products *p)
{
	const struct bsm_em_atom *a = pick(m, m->pair_share, at.i + (bsm_rng_uniform(r) < at.f), r);
	double k = in->energy / me, e = bsm_em_sample_pair(a, k, peak_of(m, m->pair_peak, at.i, a), r);
	double phi = 2 * BSM_PI * bsm_rng_uniform(r);
	p->n = 2;
	for (int i = 0; i < 2; i++) {
		struct bsm_em_particle *o = &p->out[i];
		*o = *in;
		o->pdg = i ? -11 : 11;
		o->energy = (i ? k - e - 1 : e - 1) * me;
		bsm_em_turn(o->dir, cos(emission_angle(o->energy + me, r)), phi + BSM_PI * i);
	}
	/* The positron takes what rounding leaves. */
	p->out[1].energy = in->energy - 2 * me - p->out[0].energy;
}

static void compton(const struct bsm_em_particle *in, struct bsm_rng *r, struct bsm_em_products *p)
{
	double k = in->energy / me, e = bsm_em_sample_compton(k, r);
	p->n = 2;
	p->out[0] = p->out[1] = *in;
	p->out[0].energy = e * in->energy;
	bsm_em_turn(p->out[0].dir, 1 - (1 - e) / (k * e), 2 * BSM_PI * bsm_rng_uniform(r));
	p->out[1].pdg = 11;
	p->out[1].energy = in->energy - p->out[0].energy;
	left_over(p->out[1].dir, in->energy, in->dir, p->out[0].energy, p->out[0].dir);
}

void bsm_em_photon_interacts(const struct bsm_em_medium *m, const struct bsm_em_particle *in, struct bsm_rng *r,
			     struct bsm_em_products *p)
{
	struct bsm_em_place at = bsm_em_place(m, in->energy);
	double u = bsm_rng_uniform(r), share = bsm_em_mix(m->row[at.i].pair, m->row[at.i + 1].pair, at.f);
	*p = (struct bsm_em_products){0};
	if (u < share && in->energy > 2.05 * me)
		pair(m, at, in, r, p);
	else if (u < share + bsm_em_mix(m->row[at.i].compton, m->row[at.i + 1].compton, at.f))
		compton(in, r, p);
	else
		p->absorbed = in->energy;
}

static void brems(const struct bsm_em_medium *m, struct bsm_em_place at, const struct bsm_em_particle *in,
		  struct bsm_rng *r, struct bsm_em_products *p)
{
	const struct bsm_em_atom *a = pick(m, m->brems_share, at.i + (bsm_rng_uniform(r) < at.f), r);
	double k = me * bsm_em_sample_brems(a, in->energy / me + 1, m->cut / me, peak_of(m, m->brems_peak, at.i, a), r);
	p->out[1].pdg = 22;
	p->out[1].energy = k;
	p->out[0].energy = in->energy - k;
	bsm_em_turn(p->out[1].dir, cos(emission_angle(in->energy + me, r)), 2 * BSM_PI * bsm_rng_uniform(r));
	left_over(p->out[0].dir, momentum(in->energy), in->dir, k, p->out[1].dir);
}

static void delta(const struct bsm_em_medium *m, const struct bsm_em_particle *in, struct bsm_rng *r,
		  struct bsm_em_products *p)
{
	double t = in->energy, w = me * bsm_em_sample_delta(in->pdg < 0, t / me, m->threshold / me, r);
	double phi = 2 * BSM_PI * bsm_rng_uniform(r), p0 = momentum(t), left = t - w;
	p->out[1].pdg = 11;
	p->out[1].energy = w;
	p->out[0].energy = left;
	bsm_em_turn(p->out[1].dir, w * (t + 2 * me) / (p0 * momentum(w)), phi);
	bsm_em_turn(p->out[0].dir, left > 0 ? left * (t + 2 * me) / (p0 * momentum(left)) : 0, phi + BSM_PI);
}

static void annihilate(const struct bsm_em_particle *in, struct bsm_rng *r, struct bsm_em_products *p)
{
	double t = in->energy / me, e = bsm_em_sample_annihilation(t, r), all = in->energy + 2 * me;
	double c = (e * (t + 2) - 1) / (e * sqrt(t * (t + 2)));
	p->out[0].pdg = p->out[1].pdg = 22;
	p->out[0].energy = e * all;
	p->out[1].energy = all - p->out[0].energy;
	bsm_em_turn(p->out[0].dir, fmin(fmax(c, -1), 1), 2 * BSM_PI * bsm_rng_uniform(r));
	left_over(p->out[1].dir, momentum(in->energy), in->dir, p->out[0].energy, p->out[0].dir);
}

void bsm_em_electron_interacts(const struct bsm_em_medium *m, const struct bsm_em_particle *in, struct bsm_rng *r,
			       struct bsm_em_products *p)
{
	struct bsm_em_place at = bsm_em_place(m, in->energy);
	const struct bsm_em_row *a = &m->row[at.i], *b = a + 1;
	int s = in->pdg < 0;
	double u = bsm_rng_uniform(r), share = bsm_em_mix(a->brems[s], b->brems[s], at.f), cut = m->threshold;
	*p = (struct bsm_em_products){.n = 2, .out = {*in, *in}};
	if (u < share)
		brems(m, at, in, r, p);
	else if (u < share + bsm_em_mix(a->delta[s], b->delta[s], at.f) && (s ? in->energy : 0.5 * in->energy) > cut)
		delta(m, in, r, p);
	else if (s)
		annihilate(in, r, p);
	else
		p->n = 1;
}
