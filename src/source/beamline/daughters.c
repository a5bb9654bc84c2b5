#include "source/beamline/daughters.h"

#include <math.h>
#include <stdlib.h>

#include "core/constants.h"
#include "kinematics/split.h"
#include "source/hadrons.h"

/* RPP 2024. Of K_L half in each charge state. Modes without charged pion or muon are what is left of 1. */
static const struct mode {
	int32_t parent;
	double share;
	int n;
	int32_t out[3];
} modes[] = {
	{211, 0.99988, 2, {-13, 14}},        {321, 0.6356, 2, {-13, 14}},        {321, 0.2067, 2, {211, 111}},
	{321, 0.05583, 3, {211, 211, -211}}, {321, 0.01760, 3, {211, 111, 111}}, {321, 0.03352, 3, {-13, 111, 14}},
	{130, 0.20275, 3, {211, 11, -12}},   {130, 0.20275, 3, {-211, -11, 12}}, {130, 0.13520, 3, {211, 13, -14}},
	{130, 0.13520, 3, {-211, -13, 14}},  {130, 0.1254, 3, {211, -211, 111}}, {310, 0.6920, 2, {211, -211}},
	{431, 0.0532, 2, {-15, 16}},         {411, 0.00120, 2, {-15, 16}},
};

int bsm_charge_of(int32_t pdg)
{
	switch (abs(pdg)) {
	case 211:
	case 321:
	case 2212:
		return pdg > 0 ? 1 : -1;
	case 11:
	case 13:
		return pdg > 0 ? -1 : 1;
	default:
		return 0;
	}
}

static int32_t conjugate(int32_t pdg)
{
	return pdg == 111 || pdg == 130 || pdg == 310 ? pdg : -pdg;
}

/* Flat in the Dalitz plot, by rejection on the mass of the first two. */
static void three(struct bsm_p4 P, double M, const double m[3], struct bsm_rng *rng, struct bsm_p4 out[3])
{
	double lo = m[0] + m[1], hi = M - m[2], top = 0, w, k;
	for (int i = 1; i < 24; i++) {
		w = lo + (hi - lo) * i / 24;
		top = fmax(top, bsm_two_body_p(w, m[0], m[1]) * bsm_two_body_p(M, w, m[2]));
	}
	do {
		w = lo + (hi - lo) * bsm_rng_uniform(rng);
		k = bsm_two_body_p(w, m[0], m[1]) * bsm_two_body_p(M, w, m[2]);
	} while (bsm_rng_uniform(rng) * top * 1.02 > k);
	double u[4];
	struct bsm_p4 pair;
	bsm_rng_fill(rng, u, 4);
	bsm_split(P, M, w, m[2], u, &pair, &out[2]);
	bsm_split(pair, w, m[0], m[1], u + 2, &out[0], &out[1]);
}

static struct bsm_flying child(const struct bsm_flying *parent, int32_t pdg, struct bsm_p4 p)
{
	return (struct bsm_flying){.pdg = pdg,
				   .charge = bsm_charge_of(pdg),
				   .m = bsm_pdg_mass(pdg),
				   .ctau = bsm_pdg_ctau(pdg),
				   .p = p,
				   .x = parent->x,
				   .weight = parent->weight,
				   .depth = parent->depth,
				   .history = parent->history};
}

static int make(const struct bsm_flying *parent, const struct mode *mode, int bar, struct bsm_rng *rng,
		struct bsm_flying *out)
{
	double m[3] = {0};
	struct bsm_p4 p[3];
	int n = 0;
	int32_t pdg[3];
	for (int i = 0; i < mode->n; i++) {
		pdg[i] = bar ? conjugate(mode->out[i]) : mode->out[i];
		m[i] = bsm_pdg_mass(pdg[i]);
	}
	if (mode->n == 2 &&
	    (abs(pdg[0]) == 13 || abs(pdg[0]) == 15)) { /* the lepton's spin follows from its neutrino */
		double u[2] = {bsm_rng_uniform(rng), bsm_rng_uniform(rng)};
		struct bsm_particle a = {.pdg = parent->pdg, .m = parent->m, .p = parent->p, .x = parent->x}, muon;
		bsm_lepton_of(&a, pdg[0], m[0], u, &muon);
		out[0] = child(parent, pdg[0], muon.p);
		for (int i = 0; i < 3; i++)
			out[0].pol[i] = muon.pol[i];
		return 1;
	}
	if (mode->n == 2) {
		double u[2] = {bsm_rng_uniform(rng), bsm_rng_uniform(rng)};
		bsm_split(parent->p, parent->m, m[0], m[1], u, &p[0], &p[1]);
	} else {
		three(parent->p, parent->m, m, rng, p);
	}
	for (int i = 0; i < mode->n; i++)
		if (abs(pdg[i]) == 211 || abs(pdg[i]) == 13)
			out[n++] = child(parent, pdg[i], p[i]);
	return n;
}

int bsm_daughters(const struct bsm_flying *parent, struct bsm_rng *rng, struct bsm_flying out[BSM_DAUGHTERS])
{
	double u = bsm_rng_uniform(rng);
	int bar = parent->pdg < 0;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (modes[i].parent != abs(parent->pdg))
			continue;
		if (u < modes[i].share)
			return make(parent, &modes[i], bar, rng, out);
		u -= modes[i].share;
	}
	return 0;
}
