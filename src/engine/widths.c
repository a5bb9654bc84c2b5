/* Masses, names and widths of what a model's rows speak of. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/job.h"
#include "core/constants.h"
#include "kinematics/particles.h"
#include "kinematics/split.h"

const struct bsm_species *bsm_model_species(const struct bsm_model *m, int32_t pdg)
{
	for (int i = 0; m->species && m->species[i].name; i++)
		if (m->species[i].pdg == abs(pdg))
			return &m->species[i];
	return NULL;
}

double bsm_model_mass(const struct bsm_model *m, const double *par, int32_t pdg)
{
	const struct bsm_species *s = bsm_model_species(m, pdg);
	return s ? s->mass(par) : bsm_pdg_mass(pdg);
}

int bsm_model_selfconj(const struct bsm_model *m, const double *par, int32_t pdg)
{
	const struct bsm_species *s = bsm_model_species(m, pdg);
	if (s)
		return s->selfconj && s->selfconj(par);
	return bsm_pdg_conj(pdg) == pdg;
}

int32_t bsm_model_conj(const struct bsm_model *m, const double *par, int32_t pdg)
{
	return bsm_model_selfconj(m, par, pdg) ? pdg : -pdg;
}

const char *bsm_model_pdg_name(const struct bsm_model *m, int32_t pdg)
{
	const struct bsm_species *s = bsm_model_species(m, pdg);
	return s ? s->name : bsm_pdg_name(pdg);
}

double bsm_row_width(const struct bsm_model *m, const double *par, const double *derived, int index)
{
	const struct bsm_process *row = &m->process[index];
	struct bsm_particle a = {.pdg = row->in, .m = bsm_model_mass(m, par, row->in)};
	a.p.e = a.m;
	struct bsm_in in = {.par = par, .derived = derived, .row = row, .index = index, .a = &a};
	int n = 0;
	double mass[BSM_OUT], sum = 0;
	for (; n < BSM_OUT && row->out[n]; n++)
		sum += mass[n] = bsm_model_mass(m, par, row->out[n]);
	int closed = !(a.m > sum) && !(row->flags & BSM_INCLUSIVE); /* an inclusive row names not all of its products */
	if (row->target != BSM_DECAY || closed || (row->open && !row->open(par)))
		return 0;
	if (row->total)
		return row->total(&in);
	if (!row->me2)
		return NAN;
	if (n == 2) {
		struct bsm_particle out[2] = {{.pdg = row->out[0], .m = mass[0]}, {.pdg = row->out[1], .m = mass[1]}};
		const double u[2] = {0.3, 0.4};
		bsm_split(a.p, a.m, mass[0], mass[1], u, &out[0].p, &out[1].p);
		return bsm_two_body_width(row->me2(&in, out), a.m, mass[0], mass[1]);
	}
	return n == 3 ? bsm_three_body_width(&in, a.m, mass) : NAN;
}

double bsm_model_width(const struct bsm_model *m, const double *par, const double *derived, int32_t pdg)
{
	if (!bsm_model_species(m, pdg))
		return bsm_pdg_width(pdg);
	double sum = 0;
	for (int i = 0; m->process[i].name; i++) {
		const struct bsm_process *p = &m->process[i];
		if (p->target != BSM_DECAY || abs(p->in) != abs(pdg))
			continue;
		int twice = (p->flags & BSM_CC) && bsm_model_selfconj(m, par, p->in);
		sum += bsm_row_width(m, par, derived, i) * (twice ? 2 : 1);
	}
	return sum;
}
