#include "source/beamline/matter.h"

#include <math.h>
#include <stdlib.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "source/beamline/cross_sections.h"

static const double lnp0 = -2.5, lnp_step = 0.1; /* 82 MeV to 1.1 TeV */

static const int32_t ionising_pdg[BSM_IONISING] = {13, 211, 321, 2212};

enum bsm_strong bsm_strong_of(int32_t pdg)
{
	switch (pdg) {
	case 211:
	case -211:
		return BSM_STRONG_PION;
	case 321:
		return BSM_STRONG_KAON_PLUS;
	case -321:
		return BSM_STRONG_KAON_MINUS;
	case 130:
	case 310:
		return BSM_STRONG_KAON_ZERO;
	case 2212:
	case 2112:
		return BSM_STRONG_NUCLEON;
	default:
		return BSM_STRONG_NONE;
	}
}

/* RPP 2024, Passage of particles through matter, eq. 34.25-34.26: L_rad, L'_rad of the light elements, the Coulomb
 * correction f(Z); 1/X0 = 4 alpha r_e^2 N_A/A ... in cm2/g. */
static double radiation_per_g(int Z, double A)
{
	static const double L[5] = {0, 5.31, 4.79, 4.74, 4.71}, L1[5] = {0, 6.144, 5.621, 5.805, 5.924};
	double a2 = (Z * BSM_ALPHA) * (Z * BSM_ALPHA), z = Z;
	double f = a2 * (1 / (1 + a2) + 0.20206 - 0.0369 * a2 + 0.0083 * a2 * a2 - 0.002 * a2 * a2 * a2);
	double l = Z < 5 ? L[Z] : log(184.15 * pow(z, -1.0 / 3)), l1 = Z < 5 ? L1[Z] : log(1194 * pow(z, -2.0 / 3));
	return (z * z * (l - f) + z * l1) / (716.408 * A);
}

/* Mean excitation energies [eV]: ICRU 49, as RPP's table of atomic properties has them; 10 Z elsewhere. */
static double excitation(int Z)
{
	static const struct {
		int Z;
		double eV;
	} known[] = {{1, 19.2}, {2, 41.8}, {4, 63.7}, {6, 78.0}, {7, 82.0}, {8, 95.0}, {11, 149}, {13, 166}, {14, 173},
		     {18, 188}, {20, 191}, {22, 233}, {26, 286}, {29, 322}, {74, 727}, {79, 790}, {80, 800}, {82, 823}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].Z == Z)
			return known[i].eV * 1e-9;
	return 10e-9 * Z;
}

/* Nuclei of element e per m3, in units that turn mb into 1/m: 1 mb = 1e-31 m2. */
static double per_mb(const struct bsm_matter *m, const struct bsm_element *e)
{
	return m->density * 1e6 * e->fraction / e->A * BSM_AVOGADRO * 1e-31;
}

static void fill(struct bsm_matter *m, int h, int i)
{
	double p = exp(lnp0 + i * lnp_step);
	enum bsm_strong strong = (enum bsm_strong)h;
	m->absorb[h][i] = m->scatter[h][i] = 0;
	for (const struct bsm_element *e = m->material->element; e->Z; e++) {
		double n = per_mb(m, e);
		m->absorb[h][i] += n * bsm_xsec_production(strong, p, e->A);
		m->scatter[h][i] += n * (bsm_xsec_quasi_elastic(strong, p, e->A) + bsm_xsec_elastic(strong, p, e->A));
	}
}

void bsm_matter_init(struct bsm_matter *m, const struct bsm_material *material, double density)
{
	double per_X0 = 0, zla = 0, lnI = 0;
	*m = (struct bsm_matter){.material = material, .density = density};
	for (const struct bsm_element *e = material->element; e->Z; e++) {
		per_X0 += e->fraction * radiation_per_g(e->Z, e->A);
		zla += e->fraction * e->Z / e->A;
		lnI += e->fraction * e->Z / e->A * log(excitation(e->Z));
	}
	m->X0 = density > 0 ? 0.01 / (per_X0 * density) : INFINITY;
	m->electrons = density * zla;
	m->I = zla > 0 ? exp(lnI / zla) : 0;
	m->hw = 28.816e-9 * sqrt(m->electrons);
	for (int h = 0; h < BSM_STRONG_NONE; h++)
		for (int i = 0; i < BSM_MATTER_BINS; i++)
			fill(m, h, i);
	for (int k = 0; k < BSM_IONISING; k++)
		for (int i = 0; i < BSM_MATTER_BINS; i++)
			m->loss[k][i] = bsm_matter_dedx(m, exp(lnp0 + i * lnp_step), bsm_pdg_mass(ionising_pdg[k]));
}

int bsm_ionising(int32_t pdg)
{
	switch (abs(pdg)) {
	case 13:
		return 0;
	case 211:
		return 1;
	case 321:
		return 2;
	case 2212:
		return 3;
	default:
		return -1;
	}
}

struct bsm_passage bsm_matter_passage(const struct bsm_matter *m, enum bsm_strong h, int ionising, double lnp)
{
	struct bsm_passage q = {0, 0, 0};
	if (!(m->density > 0))
		return q;
	double at = (lnp - lnp0) / lnp_step;
	at = at < 0 ? 0 : at > BSM_MATTER_BINS - 1.001 ? BSM_MATTER_BINS - 1.001 : at;
	int i = (int)at;
	at -= i;
	if (h != BSM_STRONG_NONE) {
		q.absorb = m->absorb[h][i] + at * (m->absorb[h][i + 1] - m->absorb[h][i]);
		q.scatter = m->scatter[h][i] + at * (m->scatter[h][i + 1] - m->scatter[h][i]);
	}
	if (ionising >= 0)
		q.loss = m->loss[ionising][i] + at * (m->loss[ionising][i + 1] - m->loss[ionising][i]);
	return q;
}

double bsm_matter_absorb(const struct bsm_matter *m, enum bsm_strong h, double p)
{
	return bsm_matter_passage(m, h, -1, log(p)).absorb;
}

/* Half of the density effect, RPP 2024, eq. 34.6, with the general parameters of R. M. Sternheimer and R. F. Peierls,
 * Phys. Rev. B 3 (1971) 3681, which need only the mean excitation energy and the plasma energy. x = log10(beta gamma).
 */
static double density_effect(const struct bsm_matter *m, double bg)
{
	double x = log10(bg), C = 2 * log(m->I / m->hw) + 1, x0, x1 = 4, two_ln10 = 4.605170186;
	if (m->density < 0.01) { /* a gas */
		static const double step[5] = {10, 10.5, 11, 11.5, 12.25};
		x0 = 1.6;
		for (int i = 0; i < 5 && C >= step[i]; i++)
			x0 = fmin(x0 + 0.1, 2);
		x1 = C < 12.25 ? 4 : 5;
		x0 = C < 13.804 ? x0 : 0.326 * C - 2.5;
	} else {
		int light = m->I < 100e-9;
		x1 = light ? 2 : 3;
		x0 = C < (light ? 3.681 : 5.215) ? 0.2 : 0.326 * C - (light ? 1 : 1.5);
	}
	if (x <= x0)
		return 0;
	double t = fmax(x1 - x, 0) / (x1 - x0);
	return 0.5 * (two_ln10 * x - C + (C - two_ln10 * x0) * t * t * t);
}

/* RPP 2024, eq. 34.5. */
double bsm_matter_dedx(const struct bsm_matter *m, double p, double mass)
{
	const double K = 0.307075e-3 * 100, me = 0.51099895e-3; /* GeV m-1 (g/cm3)^-1 */
	if (!(m->electrons > 0))
		return 0;
	double bg = p / mass, bg2 = bg * bg, gamma = sqrt(1 + bg2), b2 = bg2 / (1 + bg2);
	double wmax = 2 * me * bg2 / (1 + 2 * gamma * me / mass + me * me / (mass * mass));
	double delta_half = density_effect(m, bg);
	double l = 0.5 * log(2 * me * bg2 * wmax / (m->I * m->I)) - b2 - delta_half;
	return K * m->electrons / b2 * fmax(l, 0.5);
}

int bsm_matter_element(const struct bsm_matter *m, enum bsm_strong h, double p, double u)
{
	int i = 0;
	if (!m->material->element[1].Z)
		return 0;
	double left = u * bsm_matter_absorb(m, h, p);
	for (; m->material->element[i + 1].Z; i++) {
		left -= per_mb(m, &m->material->element[i]) * bsm_xsec_production(h, p, m->material->element[i].A);
		if (left < 0)
			break;
	}
	return i;
}
