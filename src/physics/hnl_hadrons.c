/* Semileptonic width at quark level: what is left of it above the single mesons is the multi-hadron width.
 * Recipe of 1805.08567, section 3.2: tree-level widths times 1 + a + 5.2 a^2 + 26.4 a^3 with a = alpha_s(M)/pi, the
 * series of hadronic tau decays; strange, charmed and tau thresholds softened by sqrt(1 - threshold^2/M^2). */
#include <math.h>
#include <stdlib.h>

#include "bsmnu/model.h"
#include "core/constants.h"
#include "physics/decay_constants.h"
#include "physics/hnl_widths.h"

#define EXCLUSIVE_UP_TO 1.0 /* GeV */

/* d a/d ln mu^2 = -a^2 (b0 + b1 a + ...), a = alpha_s/pi, MSbar: van Ritbergen, Vermaseren, Larin, hep-ph/9701390. */
static double beta(double a, double nf)
{
	double b0 = (11 - 2 * nf / 3) / 4, b1 = (102 - 38 * nf / 3) / 16;
	double b2 = (2857.0 / 2 - 5033 * nf / 18 + 325 * nf * nf / 54) / 64;
	double b3 = (29242.964 - 6946.2896 * nf + 405.08904 * nf * nf + 1.4993141 * nf * nf * nf) / 256;
	return -a * a * (b0 + a * (b1 + a * (b2 + a * b3)));
}

double bsm_alpha_s(double mu)
{
	enum { STEPS = 16 };
	/* alpha_s(m_tau) = 0.314: RPP 2024, QCD review, average of tau decays. */
	double a = 0.314 / BSM_PI, m = bsm_pdg_mass(15), h = 2 * log(mu / m) / STEPS, nf = mu > m ? 4 : 3;
	for (int i = 0; i < STEPS; i++) {
		double k1 = beta(a, nf), k2 = beta(a + h * k1 / 2, nf), k3 = beta(a + h * k2 / 2, nf);
		a += h / 6 * (k1 + 2 * k2 + 2 * k3 + beta(a + h * k3, nf));
	}
	return a * BSM_PI;
}

static double correction(double M)
{
	double a = bsm_alpha_s(M) / BSM_PI;
	return 1 + a + 5.2 * a * a + 26.4 * a * a * a;
}

static double threshold(double M, double at)
{
	return M > at ? sqrt(1 - at * at / (M * M)) : 0;
}

double bsm_width_l_hadrons(double M, int lepton_pdg)
{
	static const struct {
		double ckm, up, down;
		int32_t lightest;
	} quarks[] = {
		{BSM_VUD, BSM_M_UP, BSM_M_DOWN, 0},
		{BSM_VUS, BSM_M_UP, BSM_M_STRANGE, 321},
		{BSM_VCD, BSM_M_CHARM, BSM_M_DOWN, 411},
		{BSM_VCS, BSM_M_CHARM, BSM_M_STRANGE, 431},
	};
	double ml = bsm_pdg_mass(lepton_pdg), sum = 0;
	int tau = abs(lepton_pdg) == 15;
	if (!(M > EXCLUSIVE_UP_TO))
		return 0;
	for (int i = 0; i < 4; i++) {
		int32_t h = quarks[i].lightest ? quarks[i].lightest : tau ? 211 : 0;
		double tree =
			3 * quarks[i].ckm * quarks[i].ckm * bsm_width_four_lepton(M, ml, quarks[i].up, quarks[i].down);
		sum += tree * (h ? threshold(M, ml + bsm_pdg_mass(h)) : 1);
	}
	sum *= correction(M);
	for (const struct bsm_weak_meson *h = bsm_charged_mesons; h->pdg; h++) {
		double (*width)(double, double, double) = h->vector ? bsm_width_f_fv : bsm_width_f_fp;
		sum -= h->coupling * h->coupling * width(M, ml, bsm_pdg_mass(h->pdg));
	}
	return sum > 0 ? sum : 0;
}

double bsm_width_nu_hadrons(double M)
{
	static const struct {
		double charge, mass;
		int32_t lightest;
	} quarks[] = {
		{2.0 / 3, BSM_M_UP, 0},
		{-1.0 / 3, BSM_M_DOWN, 0},
		{-1.0 / 3, BSM_M_STRANGE, 321},
		{2.0 / 3, BSM_M_CHARM, 421},
	};
	double sum = 0;
	if (!(M > EXCLUSIVE_UP_TO))
		return 0;
	for (int i = 0; i < 4; i++) {
		double gr = -quarks[i].charge * BSM_S2W_MZ, gl = (quarks[i].charge > 0 ? 0.5 : -0.5) + gr;
		double tree = 3 * bsm_width_nff(M, quarks[i].mass, gl, gr);
		sum += tree * (quarks[i].lightest ? threshold(M, 2 * bsm_pdg_mass(quarks[i].lightest)) : 1);
	}
	sum *= correction(M);
	for (const struct bsm_weak_meson *h = bsm_neutral_mesons; h->pdg; h++) {
		double (*width)(double, double, double) = h->vector ? bsm_width_f_fv : bsm_width_f_fp;
		sum -= h->coupling * h->coupling * width(M, 0, bsm_pdg_mass(h->pdg));
	}
	return sum > 0 ? sum : 0;
}
