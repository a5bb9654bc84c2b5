/* The channels of a step: which rows take part, with which masses, targets and grids. */
#include "engine/channels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "kinematics/particles.h"
#include "kinematics/phase_volume.h"

static void note_closed(struct bsm_builder *b, const struct bsm_channel *c, double has, double needs)
{
	size_t n = strlen(b->closed);
	if (b->nclosed++ < 3)
		snprintf(b->closed + n, sizeof b->closed - n, "%s%s (products of %.4g GeV, there are %.4g)", n ? "; " : ": ",
			 c->row->name, needs, has);
}

/* Is leg i one that the next step takes? */
static int takes(const struct bsm_builder *b, const struct bsm_channel *c, int i)
{
	return abs(c->out[i].pdg) == abs(b->link[1].step->take);
}

static int wanted_row(const struct bsm_builder *b, const struct bsm_process *row)
{
	const struct bsm_job_spec *s = &b->job->spec;
	if (row->open && !row->open(s->point.par))
		return 0;
	if (b->link->step->process && !bsm_name_matches(b->link->step->process, row->name))
		return 0;
	if (b->level && !bsm_builder_last(b))
		return 1;
	if (!b->level)
		return !s->production || bsm_name_matches(s->production, row->name) ||
		       (row->group && bsm_name_matches(s->production, row->group));
	if (s->decays)
		return bsm_name_matches(s->decays, row->name) || (row->group && bsm_name_matches(s->decays, row->group));
	return s->invisible || !(row->flags & BSM_INVISIBLE);
}

static enum bsm_status push(struct bsm_builder *b, const struct bsm_channel *c)
{
	struct bsm_link *l = b->link;
	if (l->nchannel == b->capacity) {
		b->capacity = b->capacity ? 2 * b->capacity : 32;
		struct bsm_channel *bigger = realloc(l->channel, (size_t)b->capacity * sizeof *bigger);
		if (!bigger)
			return bsm_fail(b->ctx, BSM_E_MEMORY, "out of memory");
		l->channel = bigger;
	}
	l->channel[l->nchannel++] = *c;
	return BSM_OK;
}

static int32_t nucleus_pdg(const struct bsm_nucleus *n)
{
	return 1000000000 + 10000 * n->Z + 10 * n->A;
}

static double target_mass(const struct bsm_channel *c)
{
	switch (c->row->target) {
	case BSM_ELECTRON:
		return bsm_pdg_mass(11);
	case BSM_PROTON:
		return bsm_pdg_mass(2212);
	case BSM_NEUTRON:
		return bsm_pdg_mass(2112);
	case BSM_NUCLEUS:
		return c->nucleus.mass_GeV;
	case BSM_DECAY:
		break;
	}
	return 0;
}

/* Grid of a channel that is known but for it. */
static enum bsm_status finish(struct bsm_builder *b, struct bsm_channel *c)
{
	int ndim = c->row->map ? c->row->ndim : bsm_phase_space_ndim(c->nout);
	ndim += c->gas.kf > 0 ? 3 : 0;
	c->turns = b->level == 0 && b->job->turns && c->row->target == BSM_DECAY;
	if (c->turns)
		ndim += b->job->spec.source->draft_ndim + 4; /* a point in the detector, and the roll */
	else
		ndim += (b->level == 0 ? b->job->spec.source->ndim + (b->link->flies ? 1 : 0) : 0) + (c->take >= 0 ? 1 : 0);
	if (ndim > BSM_DIMS)
		return bsm_fail(b->ctx, BSM_E_MODEL, "process '%s' takes %d numbers, more than %d", c->row->name, ndim, BSM_DIMS);
	if (bsm_grid_init(&c->grid, ndim))
		return bsm_fail(b->ctx, BSM_E_MEMORY, "out of memory");
	return push(b, c);
}

static enum bsm_status set_peak(const struct bsm_builder *b, struct bsm_channel *c)
{
	const struct bsm_peak *peak = &c->row->peak;
	const struct bsm_job_spec *s = &b->job->spec;
	const double *par = s->point.par;
	if (peak->kind == BSM_BREIT_WIGNER)
		c->resonance = (struct bsm_resonance){peak->i, peak->j, peak->mass(par), peak->width(par)};
	if (peak->kind == BSM_T_CHANNEL || peak->kind == BSM_T_CHANNEL_LOG)
		c->exchange = (struct bsm_exchange){peak->mass(par), peak->kind == BSM_T_CHANNEL ? 2 : 1, 0, INFINITY};
	if (c->exchange.power && !bsm_builder_at_source(b)) { /* nobody looks at recoils at the source */
		c->exchange.tmin = s->tmin;
		c->exchange.tmax = s->tmax > 0 ? s->tmax : INFINITY;
	}
	if (peak->kind == BSM_T_CHANNEL && !(c->exchange.mass > 0) && !(c->exchange.tmin > 0) && c->out[0].m == c->in_mass)
		return bsm_fail(b->ctx, BSM_E_MODEL, "process '%s': the exchange of a massless particle has no finite cross-section "
				"without a threshold: give the card a recoil_min", c->row->name);
	return BSM_OK;
}

static int is_capture(const struct bsm_builder *b, const struct bsm_channel *c)
{
	return bsm_builder_at_source(b) && b->job->spec.source->component[c->component].captured;
}

static double capture_probability(const struct bsm_builder *b, const struct bsm_channel *c)
{
	struct bsm_particle rests = {.pdg = c->in, .m = c->in_mass, .p = {c->in_mass, 0, 0, 0}};
	struct bsm_in in = {.par = b->job->spec.point.par, .derived = b->job->derived, .row = c->row, .index = c->index,
			    .conjugate = c->conjugate, .a = &rests, .tmax = INFINITY};
	return c->row->total ? c->row->total(&in) : 0;
}

/* Masses, width, taken leg of a channel whose row, conjugate flag and incoming are set. Skips what is closed. Where two legs
 * may fly on, each does: one channel for either. */
static enum bsm_status complete(struct bsm_builder *b, struct bsm_channel *c)
{
	const struct bsm_model *m = bsm_builder_model(b->job);
	const double *par = b->job->spec.point.par;
	double sum = 0;
	for (; c->nout < BSM_OUT && c->row->out[c->nout]; c->nout++) {
		struct bsm_particle *p = &c->out[c->nout];
		int32_t pdg = c->row->out[c->nout];
		int nucleus = pdg == BSM_STRUCK_NUCLEUS;
		p->pdg = nucleus ? nucleus_pdg(&c->nucleus) : c->conjugate ? bsm_model_conj(m, par, pdg) : pdg;
		p->status = BSM_FINAL;
		p->m = nucleus ? c->nucleus.mass_GeV : bsm_model_mass(m, par, pdg);
		sum += p->m;
		if (isnan(p->m))
			return bsm_fail(b->ctx, BSM_E_MODEL, "process '%s': particle %d has no mass", c->row->name, pdg);
	}
	c->take = -1;
	c->target_mass = target_mass(c);
	BSM_TRY(set_peak(b, c));
	if (c->row->target == BSM_DECAY) {
		c->width = bsm_row_width(m, par, b->job->derived, c->index);
		if (isnan(c->width))
			return bsm_fail(b->ctx, BSM_E_MODEL, "process '%s' has no width at these parameters", c->row->name);
		int closed = !(c->in_mass > sum) && !(c->row->flags & BSM_INCLUSIVE); /* whose products are not all named */
		if (closed && !c->conjugate)
			note_closed(b, c, c->in_mass, sum);
		if (closed || !(c->width > 0))
			return BSM_OK;
		if (!c->row->me2 && !c->row->map)
			c->norm = c->width * 2 * c->in_mass / bsm_phase_space_volume(c->in_mass, c->out, c->nout);
	}
	if (is_capture(b, c)) {
		c->width = capture_probability(b, c);
		double both = c->in_mass + c->target_mass;
		if (!(both > sum) || !(c->width > 0))
			return BSM_OK;
		c->norm = c->width / bsm_phase_space_volume(both, c->out, c->nout);
	}
	if (bsm_builder_last(b))
		return finish(b, c);
	for (int i = 0; i < c->nout; i++) {
		struct bsm_channel one = *c;
		one.take = i;
		if (takes(b, c, i))
			BSM_TRY(finish(b, &one));
	}
	return BSM_OK;
}

static int holds_targets(const struct bsm_channel *c, const struct bsm_element *e)
{
	return c->row->target != BSM_NEUTRON || e->A - e->Z > 0.5;
}

/* Scattering on nuclei and on nucleons, bound or free: one channel an element of the material. */
static enum bsm_status complete_elements(struct bsm_builder *b, const struct bsm_channel *proto, const struct bsm_material *m, int *seen)
{
	for (const struct bsm_element *e = m->element; e->Z; e++) {
		if (seen[e->Z]++ || !holds_targets(proto, e))
			continue;
		struct bsm_channel c = *proto;
		c.nucleus.Z = e->Z;
		c.nucleus.A = (int)lround(e->A);
		c.nucleus.mass_GeV = e->A * BSM_AMU - e->Z * bsm_pdg_mass(11);
		if (c.row->target != BSM_NUCLEUS && c.row->me2 && !b->job->spec.free_nucleons)
			c.gas = bsm_fermi_gas(c.nucleus.A, e->Z, c.row->target == BSM_PROTON ? 2212 : 2112);
		BSM_TRY(complete(b, &c));
	}
	return BSM_OK;
}

static enum bsm_status complete_targets(struct bsm_builder *b, const struct bsm_channel *proto)
{
	const struct bsm_detector *d = b->job->spec.detector;
	int seen[128] = {0};
	struct bsm_channel one = *proto;
	if (proto->row->target == BSM_DECAY || proto->row->target == BSM_ELECTRON || is_capture(b, proto))
		return complete(b, &one);
	if (bsm_builder_at_source(b))
		return complete_elements(b, proto, proto->medium, seen);
	for (int i = 0; i < d->nvolume; i++)
		BSM_TRY(complete_elements(b, proto, d->volume[i].material, seen));
	return BSM_OK;
}

/* Does the component of the source meet what the row asks for? */
static int row_fits_component(const struct bsm_builder *b, const struct bsm_process *row, int component)
{
	if (!bsm_builder_at_source(b))
		return 1;
	const struct bsm_component *c = &b->job->spec.source->component[component];
	return (row->target != BSM_DECAY) == (c->medium || c->captured);
}

enum bsm_status bsm_builder_add(struct bsm_builder *b, int32_t pdg, int component)
{
	const struct bsm_model *m = bsm_builder_model(b->job);
	const double *par = b->job->spec.point.par;
	for (int i = 0; m->process && m->process[i].name; i++) {
		const struct bsm_process *row = &m->process[i];
		if (!wanted_row(b, row))
			continue;
		for (int cc = 0; cc <= !!(row->flags & BSM_CC); cc++) {
			int32_t in = cc ? bsm_model_conj(m, par, row->in) : row->in;
			if (in != pdg || !row_fits_component(b, row, component))
				continue;
			b->nrow++;
			struct bsm_channel c = {.row = row, .index = i, .conjugate = cc, .component = component, .in = pdg};
			c.in_mass = bsm_model_mass(m, par, pdg);
			c.in_width = bsm_model_width(m, par, b->job->derived, pdg);
			if (bsm_builder_at_source(b))
				c.medium = b->job->spec.source->component[component].medium;
			BSM_TRY(complete_targets(b, &c));
		}
	}
	return BSM_OK;
}
