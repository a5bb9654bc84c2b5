#include "source/yields/bmpt.h"

/* hep-ph/0101163, table 2 (pions and kaons): A (1-x)^al (1+B x) x^-be (1 + a' pT + b' pT^2) exp(-a' pT), in mb/GeV2. */
static const struct {
	double A, B, al, be, a, g, d;
} fit[2] = {
	{62.3, 1.57, 3.45, 0.517, 6.10, 0.153, 0.478},
	{7.74, 0, 2.45, 0.444, 5.04, 0.121, 2 * 0.121},
};

static const struct {
	int32_t pdg;
	int kaon;
	double recoil;    /* lightest system that charge, baryon number and strangeness allow beside the meson [GeV] */
	double r, r1, r0; /* positive/negative = r (1+x)^r1 (1-x)^r0 */
} species[4] = {
	{211, 0, 1.878, 1, 0, 0},
	{-211, 0, 2.016, 1.05, 2.65, 0},
	{321, 1, 2.054, 1, 0, 0},
	/* (1 - x), not (1 + x): K- falls faster than K+. */
	{-321, 1, 2.370, 1.15, 0, -3.17},
};

static int add_part(struct bsm_bmpt *b, int32_t pdg, int32_t as, double share)
{
	for (int i = 0; i < 4; i++) {
		if (species[i].pdg != pdg)
			continue;
		int k = species[i].kaon;
		double m = bsm_pdg_mass(as);
		b->part[b->npart++] = (struct bsm_bmpt_part){share,
							     m,
							     bsm_cm_energy_max(&b->frame, m, species[i].recoil),
							     log(fit[k].A),
							     fit[k].B,
							     fit[k].al,
							     fit[k].be,
							     fit[k].a,
							     fit[k].g,
							     fit[k].d,
							     log(species[i].r),
							     species[i].r1,
							     species[i].r0};
		return 0;
	}
	return -1;
}

int bsm_bmpt_init(struct bsm_bmpt *b, int32_t pdg, double pB, double A)
{
	*b = (struct bsm_bmpt){.frame = bsm_cm_frame(pB), .ln_target = log(A / 9.01), .norm = 1, .stretch = 1};
	if (pdg == 111)
		return add_part(b, 211, pdg, 0.5) | add_part(b, -211, pdg, 0.5);
	if (pdg == 130 || pdg == 310)
		return add_part(b, 321, pdg, 0.25) | add_part(b, -321, pdg, 0.75);
	return add_part(b, pdg, pdg, 1);
}

void bsm_bmpt_to_data(struct bsm_bmpt *b, int32_t pdg)
{
	static const double at31[2][3] = {{1.218, 1.015, 0.317}, {1.365, 1.06, -0.145}};
	static const double at158[2][3] = {{1.10, 1.098, 0.42}, {1.206, 1.098, 0.42}};
	double f = fmin(fmax(log(b->frame.pB / 31) / log(158.0 / 31), 0), 1), v[3];
	if (pdg == 130 || pdg == 310)
		b->norm = 2.0 + f * (1.13 - 2.0);
	if (pdg != 211 && pdg != -211 && pdg != 111)
		return;
	for (int i = 0; i < 3; i++) {
		double minus = at31[1][i] + f * (at158[1][i] - at31[1][i]), plus = at31[0][i] + f * (at158[0][i] - at31[0][i]);
		v[i] = pdg == 211 ? plus : pdg == -211 ? minus : 0.5 * (plus + minus);
	}
	b->norm = v[0];
	b->stretch = v[1];
	b->power = v[2];
}

/* Power of A/9.01; the published one is for xF > 0, and its value at 0 is used backwards. */
static double target_power(double xF, double pT)
{
	xF = fmax(xF, 0);
	return (0.74 + xF * (0.26 * xF - 0.55)) * (0.98 + 0.21 * pT);
}

static double invariant(const struct bsm_bmpt *b, const struct bsm_bmpt_part *k, double e, double pz, double pT)
{
	double x = bsm_cm_energy(&b->frame, e, pz) / k->emax;
	if (!(x < 1))
		return 0;
	double lx = log(x), l1 = log1p(-x);
	double slope = k->a * exp(-k->g * lx), curve = 0.5 * k->a * k->a * exp(-k->d * lx);
	double ln = k->lnA + k->al * l1 - k->be * lx - slope * pT - k->lnr - k->r0 * l1;
	if (k->r1 > 0)
		ln -= k->r1 * log1p(x);
	double xF = 2 * bsm_cm_pz(&b->frame, e, pz) / b->frame.sqrt_s;
	ln += b->ln_target * target_power(xF, pT);
	return (1 + k->B * x) * (1 + pT * (slope + pT * curve)) * exp(ln);
}

double bsm_bmpt_density(const struct bsm_bmpt *b, double p, double ct, double st)
{
	double sum = 0, pz = p * ct, pT = p * st / b->stretch;
	for (int i = 0; i < b->npart; i++) {
		const struct bsm_bmpt_part *k = &b->part[i];
		double e = sqrt(pz * pz + pT * pT + k->m * k->m), e_true = sqrt(p * p + k->m * k->m), f = invariant(b, k, e, pz, pT);
		double left = 1 - bsm_cm_energy(&b->frame, e_true, pz) / k->emax;
		if (b->power != 0)
			f = left > 0 ? f * pow(left, b->power) : 0;
		sum += k->share * p * p / e_true * f;
	}
	return sum * b->norm / (b->stretch * b->stretch);
}
