/* Form factors of e+e- fits, each current with V's charge in place of the photon's.
 * pi pi: Czyz, Grzelinska, Kuhn 1002.0279, eqs. 1-8 (Gounaris-Sakurai resonances of a dual-QCD tower, rho-omega
 * mixing). K K, pi0 gamma: Plehn, Reimitz, Richardson 1911.11147; eta gamma: SND, hep-ex/0605109, as used there. pi pi
 * pi0: Czyz, Grzelinska, Kuhn, Rodrigo hep-ph/0512180, as used in 1911.11147. Parameters as in Hazma 2.2
 * (hazma/form_factors/vector), the public code of these fits. */
#include "physics/vector_hadrons.h"

#include <complex.h>
#include <math.h>

#include "core/constants.h"
#include "physics/hnl_widths.h"

typedef double complex cplx;
enum { TOWER = 100 };
static const cplx I_ = _Complex_I;

static double beta(double s, double m)
{
	double b2 = 1 - 4 * m * m / s;
	return b2 > 0 ? sqrt(b2) : 0;
}

/* ---- line shapes ---- */
static cplx fixed_width(double s, double m, double g)
{
	return m * m / (m * m - s - I_ * m * g);
}

/* p-wave width into two particles of mass mp. */
static cplx p_wave(double s, double m, double g, double mp)
{
	double v = beta(s, mp) / beta(m * m, mp);
	return m * m / (m * m - s - I_ * s / m * v * v * v * g);
}

/* 1002.0279, eqs. 2-6. */
static cplx gounaris_sakurai(double s, double m, double g)
{
	double mp = bsm_pdg_mass(211), m2 = m * m, v = beta(s, mp), v0 = beta(m2, mp), r = 2 * mp * mp / m2;
	double k = g / (m * BSM_PI), q = v / v0, l0 = log((1 + v0) / (1 - v0));
	double h = k * s * q * q * q * log((1 + v) / (1 - v)), hm = k * m2 * l0;
	double slope = k / (v0 * v0) * ((3 - 2 * v0 * v0 - 3 * r) * l0 + 2 * v0 * (1 - r / (1 - v0 * v0)));
	double at0 = -8 * k * mp * mp / (v0 * v0 * v0) - hm + m2 * slope;
	return (m2 + at0) / (m2 - s + h - hm - (s - m2) * slope - I_ * s / m * q * q * q * g);
}

/* Couplings of a dual-QCD tower, 1002.0279 eq. 9: they add up to 1. */
static void dual(double b, cplx c[TOWER])
{
	double g = tgamma(2 - b), k = tgamma(b - 0.5) / sqrt(BSM_PI) * sin(BSM_PI * (b - 1)) / BSM_PI;
	for (int n = 0; n < TOWER; n++) {
		g *= n ? (1 - b + n) / n : 1;
		c[n] = k * g / (n + 0.5);
	}
}

static cplx sum(const cplx *c, int n)
{
	cplx s = 0;
	for (int i = 0; i < n; i++)
		s += c[i];
	return s;
}

/* ---- pi+ pi- ---- */
static cplx pion_form_factor(double s)
{
	static const double mass[6] = {0.77337, 1.490, 1.870, 2.12, 2.321, 2.567};
	static const double width[6] = {0.1471, 0.429, 0.357, 0.3, 0.444, 0.491};
	static const double size[5] = {1, 0.59, 0.048, 0.40, 0.43}, phase[5] = {0, -2.2, -2.0, -2.9, 1.19};
	cplx c[TOWER], w[5], mixing = 0.00187 * cexp(0.106 * I_), f = 0;
	dual(2.148, c);
	c[0] = 1.087633;
	for (int i = 0; i < 5; i++)
		w[i] = size[i] * cexp(phase[i] * I_);
	cplx k = sum(c + 1, 5) / sum(w, 5);
	for (int i = 0; i < 5; i++)
		c[i + 1] = w[i] * k;
	for (int n = 0; n < TOWER; n++) {
		double m = n < 6 ? mass[n] : mass[0] * sqrt(1 + 2.0 * n), g = n < 6 ? width[n] : width[0] / mass[0] * m;
		cplx t = c[n] * gounaris_sakurai(s, m, g);
		f += n ? t : t * (1 + mixing * fixed_width(s, 0.7824, 0.00833)) / (1 + mixing);
	}
	return f + 1 - sum(c, TOWER); /* the heavier ones: of 12 GeV and more, a constant */
}

/* ---- K K ---- */
struct family {
	int sizes, masses;
	double size[5], mass[4], width[4], dual, broad; /* width over mass of the tower's rest */
};

static const struct family kaon_rho = {5,
				       4,
				       {1.114892, -0.05037478, -0.01490891, -0.03902476, -0.03834147},
				       {0.77549, 1.5207, 1.740972, 1.992281},
				       {0.1494, 0.2134173, 0.08412224, 0.2899733},
				       2.1968,
				       0.1494 / 0.77549};
static const struct family kaon_omega = {4,
					 3,
					 {1.365323, -0.02775157, -0.3249717, 1.399315},
					 {0.78265, 1.414434, 1.655375},
					 {8.49e-3, 0.08544139, 0.1603176},
					 2.6936,
					 0.5};
static const struct family kaon_phi = {4,
				       3,
				       {0.9658425, -0.002379766, -0.1956212, 0.1652777},
				       {1.019421, 1.594759, 2.156971},
				       {0.004252653, 0.02874182, 0.6737556},
				       1.9452,
				       0.2};

/* first: factor of the lightest resonance. */
static cplx family_sum(const struct family *t, double s, double mk, double first)
{
	cplx c[TOWER], f = 0;
	dual(t->dual, c);
	for (int n = 0; n < t->sizes; n++)
		c[n] = t->size[n];
	c[t->sizes] += 1 - sum(c, TOWER);
	for (int n = 0; n < TOWER; n++) {
		double m = n < t->masses ? t->mass[n] : t->mass[0] * sqrt(1 + 2.0 * n);
		double g = n < t->masses ? t->width[n] : t->broad * m;
		cplx shape = t == &kaon_rho   ? gounaris_sakurai(s, m, g)
			     : t == &kaon_phi ? p_wave(s, m, g, mk)
					      : fixed_width(s, m, g);
		f += c[n] * shape * (n ? 1 : first);
	}
	return f;
}

static cplx kaon_form_factor(const struct bsm_vector *v, double s, int charged)
{
	double mk = bsm_pdg_mass(charged ? 321 : 311), sign = charged ? 1 : -1;
	return sign * bsm_vector_rho(v) / 2 * family_sum(&kaon_rho, s, mk, 1) +
	       bsm_vector_omega(v) / 6 * family_sum(&kaon_omega, s, mk, 1) +
	       bsm_vector_phi(v) / 3 * family_sum(&kaon_phi, s, mk, charged ? 1 : 1.055);
}

/* Two pseudoscalars of mass mp with form factor squared f2. */
static double pair_width(double m, double mp, double f2)
{
	double b = beta(m * m, mp);
	return BSM_ALPHA * m / 12 * b * b * b * f2;
}

/* ---- pi0 gamma, eta gamma: in 1/GeV, with the photon's e ---- */
static cplx pi0_gamma(const struct bsm_vector *v, double m)
{
	double s = m * m, f = 0.09266, e = sqrt(4 * BSM_PI * BSM_ALPHA);
	cplx a = bsm_vector_rho(v) / (s - 0.77526 * 0.77526 + I_ * m * 0.1491) +
		 0.884654 * bsm_vector_omega(v) / (s - 0.78265 * 0.78265 + I_ * m * 0.00849) -
		 0.06460651 * bsm_vector_phi(v) / (s - 1.01946 * 1.01946 + I_ * m * 0.004247);
	double anomaly = (2 * v->up + v->down) / (4 * BSM_PI * BSM_PI * f);
	return e * (0.007594981 * 4 * sqrt(2) * s / (3 * f) * a - anomaly);
}

static cplx eta_gamma(const struct bsm_vector *v, double m)
{
	static const double mass[4] = {0.77526, 0.78284, 1.01952, 1.465}, width[4] = {0.1491, 0.00868, 0.00421, 0.40};
	static const double size[4] = {0.0861, 0.00824, 0.0158, 0.0147}, degrees[4] = {0, 11.3, 170, 61};
	double s = m * m, charge[4] = {bsm_vector_rho(v), bsm_vector_omega(v), bsm_vector_phi(v), bsm_vector_rho(v)};
	cplx f = 0;
	for (int i = 0; i < 4; i++) {
		double v3 = i ? 1 : pow(beta(s, bsm_pdg_mass(211)) / beta(mass[0] * mass[0], bsm_pdg_mass(211)), 3);
		double g = i ? width[i] : width[0] * m / mass[0] * v3;
		f += charge[i] * size[i] * cexp(degrees[i] * BSM_PI / 180 * I_) * mass[i] * mass[i] /
		     (mass[i] * mass[i] - s - I_ * m * g);
	}
	return f;
}

static double photon_width(double m, double mp, double f2)
{
	double x = m > mp ? (m * m - mp * mp) / m : 0;
	return BSM_ALPHA * f2 * x * x * x / 24;
}

/* ---- pi+ pi- pi0 ---- */
static cplx rho_line(double q2, double m, double g, double m1, double m2)
{
	double low = (m1 + m2) * (m1 + m2), x = (q2 - low) / (m * m - low);
	double width = x > 0 ? g * m * m / q2 * x * sqrt(x) : 0;
	return m * m / (q2 - m * m + I_ * sqrt(q2) * width);
}

/* s, t, u: masses squared of pi+ pi-, pi0 pi, pi0 pi. */
static cplx three_rho(double s, double t, double u, double m, double g)
{
	double mp = bsm_pdg_mass(211), m0 = bsm_pdg_mass(111);
	return rho_line(s, m, g, mp, mp) + rho_line(t, m, g, m0, mp) + rho_line(u, m, g, m0, mp);
}

/* 1/GeV^3 */
static cplx three_pion_form_factor(const struct bsm_vector *v, double q2, double s, double t, double u)
{
	static const double mass[4] = {0.7824, 1.01924, 1.375, 1.631}, width[4] = {0.00869, 0.00414, 0.250, 0.245};
	static const double size[4] = {18.20, -0.87, -0.77, -1.12};
	double mp = bsm_pdg_mass(211), m0 = 0.77609, g0 = 0.14446, mw = 0.78259;
	double isoscalar = bsm_vector_omega(v), strange = bsm_vector_phi(v);
	cplx c = 0;
	for (int i = 0; i < 4; i++)
		c += (i == 1 ? strange : isoscalar) * size[i] * fixed_width(q2, mass[i], width[i]);
	cplx f = c * three_rho(s, t, u, m0, g0);
	f -= 0.72 * strange * fixed_width(q2, mass[1], width[1]) * three_rho(s, t, u, 1.465, 0.31);
	f -= 0.59 * isoscalar * fixed_width(q2, mass[3], width[3]) * three_rho(s, t, u, 1.7, 0.235);
	cplx isovector = rho_line(s, m0, g0, mp, mp) / (m0 * m0) - 0.1 * rho_line(s, 1.7, 0.26, mp, mp) / (1.7 * 1.7);
	return f + bsm_vector_rho(v) * isovector * 3.768 * m0 * m0 * 0.185 * fixed_width(q2, mw, 0.00849) / (mw * mw);
}

/* J_mu = F eps_{mu p+ p- p0}: its square is -m^2 |p+ x p-|^2 in the rest frame of V. */
double bsm_vector_me2_3pi(const struct bsm_vector *v, const struct bsm_particle *out)
{
	struct bsm_p4 a = out[0].p, b = out[1].p, c = out[2].p, P = bsm_p4_add(a, bsm_p4_add(b, c));
	double m2 = bsm_p4_dot(P, P), ma2 = bsm_p4_dot(a, a), mb2 = bsm_p4_dot(b, b);
	double ap = bsm_p4_dot(a, P), bp = bsm_p4_dot(b, P), ab = bsm_p4_dot(a, b);
	/* m^2 |a x b|^2 as a Gram determinant of a, b, P */
	double gram = ma2 * (mb2 * m2 - bp * bp) - ab * (ab * m2 - bp * ap) + ap * (ab * bp - mb2 * ap);
	double f = cabs(three_pion_form_factor(v, m2, bsm_p4_s(a, b), bsm_p4_s(b, c), bsm_p4_s(a, c)));
	return gram > 0 ? 4 * BSM_PI * BSM_ALPHA / 3 * f * f * gram : 0;
}

static double me2_3pi(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_vector_me2_3pi((const struct bsm_vector *)in->derived, out);
}

static double three_pion_width(const struct bsm_vector *v)
{
	static const struct bsm_process row = {.out = {211, -211, 111}, .me2 = me2_3pi};
	double mp = bsm_pdg_mass(211), mass[3] = {mp, mp, bsm_pdg_mass(111)};
	struct bsm_in in = {.row = &row, .derived = (const double *)v};
	return bsm_three_body_width(&in, v->mass, mass);
}

/* ---- the rest, and R ---- */
/* What the exclusive channels leave of R between 0.9 and 1.65 GeV: R of the fits of 1911.11147 and 2201.01788 (as
 * FORESEE tabulates branching fractions from them, Models/DarkPhoton/model/br/bfrac_qcd.txt) less the six channels
 * above. Four pions, mostly: isovector. */
static double rest_ratio(double m)
{
	enum { NODES = 17 };
	static const double node[NODES] = {0,      0.0255, 0.0748, 0.1456, 0.2282, 0.3370, 0.4732, 0.6364, 0.8333,
					   1.0865, 1.3772, 1.6422, 1.8463, 1.9700, 2.0340, 2.0752, 2.05};
	double x = (m - 0.9) / 0.05;
	int i = (int)x;
	if (!(x > 0))
		return 0;
	return i >= NODES - 1 ? node[NODES - 1] : node[i] + (x - i) * (node[i + 1] - node[i]);
}

/* 3 q^2 of the quarks that are open, with QCD corrections to third order (RPP 2024, QCD review, eq. 9.9). up2, down2:
 * charges squared. Charm and bottom open with the velocity of the lightest pair of mesons. */
static double quarks(double m, double up2, double down2)
{
	double a = bsm_alpha_s(m) / BSM_PI, c = beta(m * m, bsm_pdg_mass(421)), b = beta(m * m, bsm_pdg_mass(521));
	double nf = 3 + (c > 0) + (b > 0);
	double born = up2 + 2 * down2 + up2 * c * (3 - c * c) / 2 + down2 * b * (3 - b * b) / 2;
	double series = 1 + a + (1.9857 - 0.1152 * nf) * a * a + (-6.6369 - 1.2001 * nf - 0.0052 * nf * nf) * a * a * a;
	return 3 * born * series;
}

double bsm_vector_hadron_width(const struct bsm_vector *v, enum bsm_vector_channel channel)
{
	double m = v->mass, s = m * m, mp = bsm_pdg_mass(211), rho = bsm_vector_rho(v), unit = BSM_ALPHA * m / 3;
	double f;
	if (!(m < BSM_VECTOR_EXCLUSIVE_UP_TO))
		return channel == BSM_V_REST ? unit * quarks(m, v->up * v->up, v->down * v->down) : 0;
	switch (channel) {
	case BSM_V_PIPI:
		f = m > 2 * mp ? rho * cabs(pion_form_factor(s)) : 0;
		return pair_width(m, mp, f * f);
	case BSM_V_3PI:
		return three_pion_width(v);
	case BSM_V_KK:
		f = m > 2 * bsm_pdg_mass(321) ? cabs(kaon_form_factor(v, s, 1)) : 0;
		return pair_width(m, bsm_pdg_mass(321), f * f);
	case BSM_V_KSKL:
		f = m > 2 * bsm_pdg_mass(311) ? cabs(kaon_form_factor(v, s, 0)) : 0;
		return pair_width(m, bsm_pdg_mass(311), f * f);
	case BSM_V_PIGAMMA:
		f = m > bsm_pdg_mass(111) ? cabs(pi0_gamma(v, m)) : 0;
		return photon_width(m, bsm_pdg_mass(111), f * f);
	case BSM_V_ETAGAMMA:
		f = m > bsm_pdg_mass(221) ? cabs(eta_gamma(v, m)) : 0;
		return photon_width(m, bsm_pdg_mass(221), f * f);
	case BSM_V_REST:
		return unit * rest_ratio(m) * rho * rho;
	}
	return 0;
}

double bsm_vector_hadrons(const struct bsm_vector *v)
{
	double w = 0;
	for (int c = BSM_V_PIPI; c <= BSM_V_REST; c++)
		w += bsm_vector_hadron_width(v, (enum bsm_vector_channel)c);
	return w;
}

double bsm_r_ratio(double sqrts)
{
	struct bsm_vector photon = bsm_vector_kinetic(sqrts, 1);
	return sqrts > 0 ? bsm_vector_hadrons(&photon) / (BSM_ALPHA * sqrts / 3) : 0;
}
