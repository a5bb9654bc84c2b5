/* Masses, names and widths of what a model's rows speak of. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/job.h"
#include "engine/phase_volume.h"
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

/* The recursion dPhi_n = dPhi_2 ds/2pi dPhi_{n-1} over the mass mx of what recoils. With mx = rest + range sin^2 t the
 * square roots at both ends become analytic, and one Gauss rule does for each level. */
struct volume { double m, rest, range; const struct bsm_particle *out; int n; };

static double volume_slice(double t, void *arg)
{
	const struct volume *v = arg;
	double s = sin(t), mx = v->rest + v->range * s * s, dmx = 2 * s * cos(t) * v->range;
	return bsm_two_body_p(v->m, v->out[0].m, mx) / (4 * BSM_PI * v->m) * mx * dmx / BSM_PI *
	       bsm_phase_space_volume(mx, v->out + 1, v->n - 1);
}

double bsm_phase_space_volume(double m, const struct bsm_particle *out, int n)
{
	if (n == 2)
		return bsm_two_body_p(m, out[0].m, out[1].m) / (4 * BSM_PI * m);
	struct volume v = {.m = m, .out = out, .n = n};
	for (int i = 1; i < n; i++)
		v.rest += out[i].m;
	v.range = m - out[0].m - v.rest;
	return v.range > 0 ? bsm_integrate(volume_slice, &v, 0, BSM_PI / 2, 1e-10, NULL) : 0;
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
	if (row->target != BSM_DECAY || !(a.m > sum) || (row->open && !row->open(par)))
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
