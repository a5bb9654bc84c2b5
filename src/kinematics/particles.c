/* Masses and widths: RPP 2025 computer-readable table "mass_width_2025.txt" (Particle Data Group, 22 April 2025; the
 * 2025 update of Navas et al., Phys. Rev. D 110, 030001). Widths of weakly decaying particles are hbar/lifetime there.
 * Neutrinos are massless here: a scenario that gives them a mass carries it itself.
 * K0 (311) is a mixture of 130 and 310 and has no width of its own; Ds*, B* and B*0 have no measured width. */
#include "kinematics/particles.h"

#include <math.h>
#include <stddef.h>

#include "bsmnu/model.h"
#include "core/constants.h"

/* Ascending in pdg: bsm_pdg_find halves it. */
static const struct bsm_pdg table[] = {
	/* Leptons. (Quarks and the gluon are absent on purpose: they leave no vertex free.) */
	{11, "e-", "e+", 0.00051099895, 0, -3, 1},
	{12, "nu_e", "nubar_e", 0, 0, 0, 1},
	{13, "mu-", "mu+", 0.1056583755, 2.9959836e-19, -3, 1},
	{14, "nu_mu", "nubar_mu", 0, 0, 0, 1},
	{15, "tau-", "tau+", 1.77693, 2.267e-12, -3, 1},
	{16, "nu_tau", "nubar_tau", 0, 0, 0, 1},
	/* Bosons. */
	{22, "gamma", NULL, 0, 0, 0, 2},
	{23, "Z", NULL, 91.188, 2.4955, 0, 2},
	{24, "W+", "W-", 80.369, 2.14, 3, 2},
	{25, "H", NULL, 125.2, 0.0037, 0, 0},
	/* Light mesons. */
	{111, "pi0", NULL, 0.1349768, 7.81e-9, 0, 0},
	{113, "rho0", NULL, 0.77526, 0.1474, 0, 2},
	{115, "a2(1320)0", NULL, 1.3182, 0.107, 0, 4},
	{130, "K_L", NULL, 0.497611, 1.287e-17, 0, 0},
	{211, "pi+", "pi-", 0.13957039, 2.5284e-17, 3, 0},
	{213, "rho+", "rho-", 0.77511, 0.1491, 3, 2},
	{215, "a2(1320)+", "a2(1320)-", 1.3182, 0.107, 3, 4},
	{221, "eta", NULL, 0.547862, 0.00000131, 0, 0},
	{223, "omega", NULL, 0.78266, 0.00868, 0, 2},
	{225, "f2(1270)", NULL, 1.2754, 0.1866, 0, 4},
	{310, "K_S", NULL, 0.497611, 7.3508e-15, 0, 0},
	{311, "K0", "K0bar", 0.497611, 0, 0, 0},
	{313, "K*0", "K*0bar", 0.89555, 0.0473, 0, 2},
	{315, "K2*(1430)0", "K2*(1430)0bar", 1.4324, 0.109, 0, 4},
	{321, "K+", "K-", 0.493677, 5.317e-17, 3, 0},
	{323, "K*+", "K*-", 0.89167, 0.0514, 3, 2},
	{325, "K2*(1430)+", "K2*(1430)-", 1.4273, 0.1, 3, 4},
	{331, "eta'", NULL, 0.95778, 0.000188, 0, 0},
	{333, "phi", NULL, 1.01946, 0.004249, 0, 2},
	{335, "f2'(1525)", NULL, 1.5173, 0.072, 0, 4},
	/* Charm and bottom mesons, quarkonia. */
	{411, "D+", "D-", 1.86966, 6.37e-13, 3, 0},
	{413, "D*+", "D*-", 2.01026, 0.0000834, 3, 2},
	{421, "D0", "D0bar", 1.86484, 1.604e-12, 0, 0},
	{423, "D*0", "D*0bar", 2.00685, 0.0021, 0, 2},
	{431, "Ds+", "Ds-", 1.96835, 1.313e-12, 3, 0},
	{433, "Ds*+", "Ds*-", 2.1122, 0, 3, 2},
	{441, "eta_c", NULL, 2.9841, 0.0305, 0, 0},
	{443, "J/psi", NULL, 3.0969, 0.0000926, 0, 2},
	{445, "chi_c2", NULL, 3.55617, 0.00197, 0, 4},
	{511, "B0", "B0bar", 5.27972, 4.339e-13, 0, 0},
	{513, "B*0", "B*0bar", 5.32475, 0, 0, 2},
	{521, "B+", "B-", 5.27941, 4.018e-13, 3, 0},
	{523, "B*+", "B*-", 5.32475, 0, 3, 2},
	{531, "Bs0", "Bs0bar", 5.36693, 4.342e-13, 0, 0},
	{541, "Bc+", "Bc-", 6.27447, 1.291e-12, 3, 0},
	{553, "Upsilon", NULL, 9.4604, 0.000054, 0, 2},
	/* Baryons. */
	{1114, "Delta-", "Delta-bar", 1.232, 0.117, -3, 3},
	{1214, "N(1520)0", "N(1520)0bar", 1.515, 0.11, 0, 3},
	{2112, "n", "nbar", 0.9395654205, 7.493e-28, 0, 1},
	{2114, "Delta0", "Delta0bar", 1.232, 0.117, 0, 3},
	{2124, "N(1520)+", "N(1520)+bar", 1.515, 0.11, 3, 3},
	{2212, "p", "pbar", 0.93827208816, 0, 3, 1},
	{2214, "Delta+", "Delta+bar", 1.232, 0.117, 3, 3},
	{2224, "Delta++", "Delta++bar", 1.232, 0.117, 6, 3},
	{3112, "Sigma-", "Sigma-bar", 1.197449, 4.45e-15, -3, 1},
	{3114, "Sigma*-", "Sigma*-bar", 1.3872, 0.0394, -3, 3},
	{3122, "Lambda", "Lambdabar", 1.115683, 2.515e-15, 0, 1},
	{3212, "Sigma0", "Sigma0bar", 1.192642, 0.0000089, 0, 1},
	{3214, "Sigma*0", "Sigma*0bar", 1.3837, 0.036, 0, 3},
	{3222, "Sigma+", "Sigma+bar", 1.18937, 8.209e-15, 3, 1},
	{3224, "Sigma*+", "Sigma*+bar", 1.38283, 0.0362, 3, 3},
	{3312, "Xi-", "Xi-bar", 1.32171, 4.02e-15, -3, 1},
	{3314, "Xi*-", "Xi*-bar", 1.535, 0.0099, -3, 3},
	{3322, "Xi0", "Xi0bar", 1.31486, 2.27e-15, 0, 1},
	{3324, "Xi*0", "Xi*0bar", 1.5318, 0.0091, 0, 3},
	{3334, "Omega-", "Omega-bar", 1.67245, 8.02e-15, -3, 3},
	{4112, "Sigma_c0", "Sigma_c0bar", 2.45375, 0.00183, 0, 1},
	{4122, "Lambda_c+", "Lambda_c+bar", 2.28646, 3.248e-12, 3, 1},
	{4132, "Xi_c0", "Xi_c0bar", 2.47044, 4.38e-12, 0, 1},
	{4212, "Sigma_c+", "Sigma_c+bar", 2.45265, 0.0023, 3, 1},
	{4222, "Sigma_c++", "Sigma_c++bar", 2.45397, 0.00189, 6, 1},
	{4232, "Xi_c+", "Xi_c+bar", 2.46771, 1.453e-12, 3, 1},
	{4332, "Omega_c0", "Omega_c0bar", 2.6953, 2.41e-12, 0, 1},
	{5122, "Lambda_b0", "Lambda_b0bar", 5.61957, 4.484e-13, 0, 1},
	/* Further resonances of the neutrino generators. */
	{10113, "b1(1235)0", NULL, 1.2295, 0.142, 0, 2},
	{10211, "a0(1450)+", "a0(1450)-", 1.439, 0.258, 3, 0},
	{10213, "b1(1235)+", "b1(1235)-", 1.2295, 0.142, 3, 2},
	{10223, "h1(1170)", NULL, 1.166, 0.375, 0, 2},
	{10311, "K0*(1430)0", "K0*(1430)0bar", 1.43, 0.27, 0, 0},
	{10313, "K1(1270)0", "K1(1270)0bar", 1.253, 0.09, 0, 2},
	{10321, "K0*(1430)+", "K0*(1430)-", 1.43, 0.27, 3, 0},
	{10323, "K1(1270)+", "K1(1270)-", 1.253, 0.09, 3, 2},
	{12112, "N(1440)0", "N(1440)0bar", 1.44, 0.35, 0, 1},
	{12212, "N(1440)+", "N(1440)+bar", 1.44, 0.35, 3, 1},
	{20113, "a1(1260)0", NULL, 1.23, 0.42, 0, 2},
	{20213, "a1(1260)+", "a1(1260)-", 1.23, 0.42, 3, 2},
	{20223, "f1(1285)", NULL, 1.2818, 0.023, 0, 2},
	{20313, "K1(1400)0", "K1(1400)0bar", 1.403, 0.174, 0, 2},
	{20323, "K1(1400)+", "K1(1400)-", 1.403, 0.174, 3, 2},
	{22112, "N(1535)0", "N(1535)0bar", 1.53, 0.15, 0, 1},
	{22212, "N(1535)+", "N(1535)+bar", 1.53, 0.15, 3, 1},
	{30313, "K*(1680)0", "K*(1680)0bar", 1.718, 0.32, 0, 2},
	{30323, "K*(1680)+", "K*(1680)-", 1.718, 0.32, 3, 2},
	{100313, "K*(1410)0", "K*(1410)0bar", 1.414, 0.232, 0, 2},
	{100323, "K*(1410)+", "K*(1410)-", 1.414, 0.232, 3, 2},
	{100443, "psi(2S)", NULL, 3.686097, 0.000293, 0, 2},
	{9000111, "a0(980)0", NULL, 0.98, 0.075, 0, 0},
	{9000211, "a0(980)+", "a0(980)-", 0.98, 0.075, 3, 0},
	{9000311, "K0*(700)0", "K0*(700)0bar", 0.845, 0.468, 0, 0},
	{9000321, "K0*(700)+", "K0*(700)-", 0.845, 0.468, 3, 0},
	{9010221, "f0(980)", NULL, 0.99, 0.06, 0, 0},
};
enum { ROWS = sizeof table / sizeof *table };

const struct bsm_pdg *bsm_pdg_find(int32_t pdg)
{
	int64_t code = pdg < 0 ? -(int64_t)pdg : pdg;
	const struct bsm_pdg *low = table;
	/* No branch on the comparison, only a select: this is on the path of every event. */
	for (size_t n = ROWS; n > 1;) {
		size_t half = n / 2;
		low = low[half].pdg <= code ? low + half : low;
		n -= half;
	}
	if (low->pdg != code || (pdg < 0 && !low->antiname))
		return NULL;
	return low;
}

const struct bsm_pdg *bsm_pdg_table(int *rows)
{
	*rows = ROWS;
	return table;
}

int bsm_pdg_charge3(int32_t pdg)
{
	const struct bsm_pdg *row = bsm_pdg_find(pdg);
	return !row ? 0 : pdg < 0 ? -row->charge3 : row->charge3;
}

const char *bsm_pdg_name(int32_t pdg)
{
	const struct bsm_pdg *row = bsm_pdg_find(pdg);
	return !row ? NULL : pdg < 0 ? row->antiname : row->name;
}

int32_t bsm_pdg_conj(int32_t pdg)
{
	const struct bsm_pdg *row = bsm_pdg_find(pdg);
	return row && !row->antiname ? pdg : -pdg;
}

double bsm_pdg_mass(int32_t pdg)
{
	const struct bsm_pdg *row = bsm_pdg_find(pdg);
	return row ? row->mass : (double)NAN;
}

double bsm_pdg_width(int32_t pdg)
{
	const struct bsm_pdg *row = bsm_pdg_find(pdg);
	return row ? row->width : (double)NAN;
}

double bsm_pdg_ctau(int32_t pdg)
{
	const struct bsm_pdg *row = bsm_pdg_find(pdg);
	return !row ? (double)NAN : row->width > 0 ? BSM_HBARC / row->width : (double)INFINITY;
}
