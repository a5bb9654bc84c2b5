/* Sources.
 * K -> pi: f+(0) of FLAG 2021 (2111.09849, N_f = 2+1+1); pole masses 878 and 1252 MeV of K_L l3 data (RPP listings).
 * D -> K, D -> pi: z-expansion of ETM, Lubicz et al., 1706.03017, in the form that 1805.08567 uses; Ds and eta
 * modes take the shape of the same quark transition (spectator independence: HPQCD, 1111.0225); their f(0) is set
 * to what the branching fraction asks for, and drops out of every rate below.
 * P -> V: Melikhov and Stech, Phys. Rev. D 62, 014006: single pole times (1 - sigma_1 x + sigma_2 x^2).
 * Branching fractions: RPP 2026 fits (Particle Data Group API, edition 2026). */
#include "physics/meson_form_factors.h"

#include <math.h>
#include <stdlib.h>

#include "bsmnu/model.h"
#include "core/constants.h"

#define MSTAR_CS 2.1122 /* Ds* */
#define MSTAR_CD 2.01026 /* D* */
#define M_DS 1.96835
#define M_D  1.86966

/* clang-format off */
static const struct bsm_semileptonic table[] = {
	{321, 111, BSM_VUS, 0.5, BSM_POLES, .f0 = 0.9698, .pole = {0.878, 1.252}, .br = {0.05072, 0.03352}},
	{130, 211, BSM_VUS, 1, BSM_POLES, .f0 = 0.9698, .pole = {0.878, 1.252}, .br = {0.4055, 0.2704}},
	{310, 211, BSM_VUS, 1, BSM_POLES, .f0 = 0.9698, .pole = {0.878, 1.252}, .br = {7.14e-4, 4.56e-4}},
	{411, 311, BSM_VCS, 1, BSM_Z_CS, .f0 = 0.7647, .br = {0.0881, 0.0868}},
	{421, 321, BSM_VCS, 1, BSM_Z_CS, .f0 = 0.7647, .br = {0.03537, 0.03418}},
	{411, 111, BSM_VCD, 0.5, BSM_Z_CD, .f0 = 0.6117, .br = {3.72e-3, 3.50e-3}},
	{421, 211, BSM_VCD, 1, BSM_Z_CD, .f0 = 0.6117, .br = {2.911e-3, 2.674e-3}},
	{411, 221, BSM_VCD, 1, BSM_Z_CD, .f0 = 0.37, .br = {1.11e-3, 1.04e-3}},
	{411, 331, BSM_VCD, 1, BSM_Z_CD, .f0 = 0.33, .br = {1.84e-4, 1.92e-4}},
	{431, 221, BSM_VCS, 1, BSM_Z_CS, .f0 = 0.49, .br = {0.0227, 0.0224}},
	{431, 331, BSM_VCS, 1, BSM_Z_CS, .f0 = 0.57, .br = {8.06e-3, 8.04e-3}},
	{431, 311, BSM_VCD, 1, BSM_Z_CD, .f0 = 0.6117, .br = {2.88e-3, 0}},
	{411, 313, BSM_VCS, 1, BSM_POLES, .pole = {MSTAR_CS, M_DS}, .v = {1.03, 0.27}, .a0 = {0.76, 0.17},
	 .a1 = {0.66, 0.30, 0.20}, .a2 = {0.49, 0.67, 0.16}, .br = {0.0540, 0.0526}},
	{421, 323, BSM_VCS, 1, BSM_POLES, .pole = {MSTAR_CS, M_DS}, .v = {1.03, 0.27}, .a0 = {0.76, 0.17},
	 .a1 = {0.66, 0.30, 0.20}, .a2 = {0.49, 0.67, 0.16}, .br = {0.0216, 0.0201}},
	{421, 213, BSM_VCD, 1, BSM_POLES, .pole = {MSTAR_CD, M_D}, .v = {0.90, 0.46}, .a0 = {0.66, 0.36},
	 .a1 = {0.59, 0.50}, .a2 = {0.49, 0.89}, .br = {1.46e-3, 1.35e-3}},
	{411, 113, BSM_VCD, 0.5, BSM_POLES, .pole = {MSTAR_CD, M_D}, .v = {0.90, 0.46}, .a0 = {0.66, 0.36},
	 .a1 = {0.59, 0.50}, .a2 = {0.49, 0.89}, .br = {1.87e-3, 1.64e-3}},
	{411, 223, BSM_VCD, 0.5, BSM_POLES, .pole = {MSTAR_CD, M_D}, .v = {0.90, 0.46}, .a0 = {0.66, 0.36},
	 .a1 = {0.59, 0.50}, .a2 = {0.49, 0.89}, .br = {1.69e-3, 1.77e-3}},
	{431, 333, BSM_VCS, 1, BSM_POLES, .pole = {MSTAR_CS, M_DS}, .v = {1.10, 0.26}, .a0 = {0.73, 0.10},
	 .a1 = {0.64, 0.29}, .a2 = {0.47, 0.63}, .br = {0.0234, 0.0224}},
	{431, 313, BSM_VCD, 1, BSM_POLES, .pole = {MSTAR_CD, M_D}, .v = {1.04, 0.24}, .a0 = {0.67, 0.20},
	 .a1 = {0.57, 0.29, 0.42}, .a2 = {0.42, 0.58}, .br = {2.05e-3, 0}},
};
/* clang-format on */
enum { ROWS = sizeof table / sizeof *table };

const struct bsm_semileptonic *bsm_semileptonic_table(int *rows)
{
	*rows = ROWS;
	return table;
}

const struct bsm_semileptonic *bsm_semileptonic_find(int32_t parent, int32_t child)
{
	parent = abs(parent), child = abs(child);
	for (int i = 0; i < ROWS; i++)
		if (table[i].parent == parent && table[i].child == child)
			return &table[i];
	return NULL;
}

int bsm_semileptonic_is_vector(const struct bsm_semileptonic *t)
{
	return t->v[0] > 0;
}

/* f(q2) = [f(0) + c (z - z0) (1 + (z + z0)/2)] / (1 - P q2), z0 = z(0), t0 = (M + m)(sqrt(M) - sqrt(m))^2. */
struct z_fit { double t_plus, t_zero, c, p; };

static double z_of(const struct z_fit *f, double q2)
{
	double a = sqrt(fmax(0, f->t_plus - q2)), b = sqrt(f->t_plus - f->t_zero);
	return (a - b) / (a + b);
}

static double z_form_factor(const struct z_fit *f, double f0, double q2)
{
	double z = z_of(f, q2), z0 = z_of(f, 0);
	return (f0 + f->c * (z - z0) * (1 + (z + z0) / 2)) / (1 - f->p * q2);
}

void bsm_form_factors_pp(const struct bsm_semileptonic *t, double q2, double *fplus, double *fzero)
{
	/* t_plus, t_zero of D -> K and D -> pi with isospin-averaged masses; then c, P of f+ and of f0. */
	static const struct z_fit cs[2] = {{5.5817, 1.0367, -0.066, 0.224}, {5.5817, 1.0367, -2.084, 0}};
	static const struct z_fit cd[2] = {{4.0239, 1.9832, -1.985, 0.1314}, {4.0239, 1.9832, -1.188, 0.0342}};
	if (t->shape == BSM_POLES) {
		*fplus = t->f0 / (1 - q2 / (t->pole[0] * t->pole[0]));
		*fzero = t->f0 / (1 - q2 / (t->pole[1] * t->pole[1]));
		return;
	}
	/* c is the slope at the fit's own f(0): scale the whole function for another transition. */
	const struct z_fit *fit = t->shape == BSM_Z_CS ? cs : cd;
	double reference = t->shape == BSM_Z_CS ? 0.7647 : 0.6117, k = t->f0 / reference;
	*fplus = k * z_form_factor(&fit[0], reference, q2);
	*fzero = k * z_form_factor(&fit[1], reference, q2);
}

static double stretched(const double c[3], double x)
{
	return c[0] / (1 - c[1] * x + c[2] * x * x);
}

struct bsm_pv bsm_form_factors_pv(const struct bsm_semileptonic *t, double q2)
{
	double xv = q2 / (t->pole[0] * t->pole[0]), xp = q2 / (t->pole[1] * t->pole[1]);
	return (struct bsm_pv){
		.v = t->v[0] / ((1 - xv) * (1 - t->v[1] * xv)),
		.a0 = t->a0[0] / ((1 - xp) * (1 - t->a0[1] * xp)),
		.a1 = stretched(t->a1, xv),
		.a2 = stretched(t->a2, xv),
	};
}

/* ---- widths: one integral over q2; the lepton side is A g + B q q after its angles ---- */
struct width { const struct bsm_semileptonic *t; double M, m, ml, mN, low, high; };

/* Sum of |H+|^2 + |H-|^2 + |H0|^2 and |H_t|^2 (the parts of spin 1 and 0 of the virtual W). */
static void helicities(const struct width *w, double q2, double lambda, double *one, double *zero)
{
	double M = w->M, m = w->m, diff = M * M - m * m;
	if (!bsm_semileptonic_is_vector(w->t)) {
		double fp, f0;
		bsm_form_factors_pp(w->t, q2, &fp, &f0);
		*one = fp * fp * lambda / q2;
		*zero = f0 * f0 * diff * diff / q2;
		return;
	}
	struct bsm_pv f = bsm_form_factors_pv(w->t, q2);
	double a = (M + m) * f.a1, v = sqrt(lambda) / (M + m) * f.v;
	double h0 = ((diff - q2) * a - lambda / (M + m) * f.a2) / (2 * m * sqrt(q2));
	*one = 2 * (a * a + v * v) + h0 * h0;
	*zero = lambda / q2 * f.a0 * f.a0;
}

static double over_q2(double x, void *arg)
{
	const struct width *w = arg;
	double s = sin(x), q2 = w->low + (w->high - w->low) * s * s;
	double a = w->ml * w->ml, b = w->mN * w->mN, one, zero;
	double lambda_h = bsm_kallen(w->M * w->M, w->m * w->m, q2), lambda_l = bsm_kallen(q2, a, b);
	if (!(q2 > 0))
		return 0;
	helicities(w, q2, lambda_h, &one, &zero);
	double ln = (q2 - a - b) / 2, g = lambda_l / (6 * q2);
	double square = 4 * (one * (ln - g) + zero * (ln - 3 * g));
	double phase = sqrt(lambda_l) / (8 * BSM_PI * q2) * sqrt(lambda_h) / (8 * BSM_PI * w->M * w->M) / (2 * BSM_PI);
	return square * phase / (2 * w->M) * (w->high - w->low) * 2 * s * cos(x);
}

double bsm_semileptonic_width(const struct bsm_semileptonic *t, double ml, double mN)
{
	struct width w = {.t = t, .M = bsm_pdg_mass(t->parent), .m = bsm_pdg_mass(t->child), .ml = ml, .mN = mN};
	if (!(w.M > w.m + ml + mN))
		return 0;
	w.low = (ml + mN) * (ml + mN);
	w.high = (w.M - w.m) * (w.M - w.m);
	double k = BSM_GF * t->ckm;
	return k * k * t->isospin * bsm_integrate(over_q2, &w, 0, BSM_PI / 2, 1e-11, NULL);
}

double bsm_semileptonic_scale(const struct bsm_semileptonic *t, int32_t lepton)
{
	int mu = abs(lepton) == 13, use = t->br[mu] > 0 ? mu : !mu;
	double sm = bsm_semileptonic_width(t, bsm_pdg_mass(use ? 13 : 11), 0);
	return t->br[use] * bsm_pdg_width(t->parent) / sm;
}
