#include "physics/nucleon_form_factors.h"

#include <math.h>

#include "bsmnu/model.h"
#include "core/constants.h"

static const double mu_p = 2.792847345, mu_n = -1.91304276; /* RPP 2024 */

/* (1 + a1 tau) / (1 + b1 tau + b2 tau^2 + b3 tau^3) */
static double kelly(double tau, double a1, double b1, double b2, double b3)
{
	return (1 + a1 * tau) / (1 + tau * (b1 + tau * (b2 + tau * b3)));
}

static double tau_of(double q2)
{
	double m = 0.5 * (bsm_pdg_mass(2212) + bsm_pdg_mass(2112));
	return q2 / (4 * m * m);
}

struct bsm_sachs bsm_sachs_proton(double q2)
{
	double t = tau_of(q2);
	return (struct bsm_sachs){kelly(t, -0.24, 10.98, 12.82, 21.97), mu_p * kelly(t, 0.12, 10.97, 18.86, 6.55)};
}

struct bsm_sachs bsm_sachs_neutron(double q2)
{
	double t = tau_of(q2), dipole = 1 / ((1 + q2 / 0.71) * (1 + q2 / 0.71));
	return (struct bsm_sachs){1.70 * t / (1 + 3.30 * t) * dipole, mu_n * kelly(t, 2.33, 14.72, 24.20, 84.1)};
}

struct bsm_sachs bsm_sachs_baryon(double q2)
{
	struct bsm_sachs p = bsm_sachs_proton(q2), n = bsm_sachs_neutron(q2);
	return (struct bsm_sachs){p.ge + n.ge, p.gm + n.gm};
}

/* ---- Delta(1232) ---- */
static const double m_delta = 1.232, width_delta = 0.117;     /* RPP 2024 */
static const double a_half = -0.135, a_three_half = -0.255;  /* 1/sqrt(GeV), RPP 2024 */

static double pion_p(double W)
{
	return bsm_two_body_p(W, 0.5 * (bsm_pdg_mass(2212) + bsm_pdg_mass(2112)), bsm_pdg_mass(211));
}

double bsm_delta_width(double W)
{
	double r = pion_p(W) / pion_p(m_delta), x = 0.5; /* GeV: p-wave barrier */
	double k2 = pion_p(W) * pion_p(W), k02 = pion_p(m_delta) * pion_p(m_delta);
	return width_delta * r * r * r * m_delta / W * (x * x + k02) / (x * x + k2);
}

double bsm_delta_sigma_t(double q2, double W)
{
	double M = 0.5 * (bsm_pdg_mass(2212) + bsm_pdg_mass(2112)), G = bsm_delta_width(W), x = W * W - m_delta * m_delta;
	double peak = 2 * M / (m_delta * width_delta) * (a_half * a_half + a_three_half * a_three_half);
	double shape = m_delta * m_delta * width_delta * G / (x * x + m_delta * m_delta * G * G);
	/* M1 of MAID2007 (Drechsel et al., Eur. Phys. J. A34 (2007) 69; its code has exp(-.21 q2) exp(-.02 q2)); the
	 * amplitude grows with the photon's momentum, here in the Delta's rest frame. */
	double s = m_delta * m_delta, k0 = (s - M * M) / (2 * m_delta), e = (s - M * M - q2) / (2 * m_delta);
	double k2 = e * e + q2, dipole = 1 / ((1 + q2 / 0.71) * (1 + q2 / 0.71)), ff = dipole * exp(-0.23 * q2) * (1 + 0.0095 * q2);
	return peak * shape * k2 / (k0 * k0) * ff * ff;
}
