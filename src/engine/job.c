/* Building a job: which rows take part, in which order of numbers. */
#include "engine/job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "kinematics/phase_volume.h"
#include "kinematics/particles.h"
#include "kinematics/split.h"

/* What add_channels knows while it walks the table. */
struct builder {
	struct bsm_ctx *ctx;
	struct bsm_job *job;
	struct bsm_link *link;
	int level, capacity;
	int nrow;            /* rows that take what the source gives, closed or not */
	int nclosed;         /* rows that the masses close, the first few of them in words */
	char closed[320];
};

static const struct bsm_model *model_of(const struct bsm_job *job)
{
	return job->spec.point.model;
}

static void note_closed(struct builder *b, const struct bsm_channel *c, double has, double needs)
{
	size_t n = strlen(b->closed);
	if (b->nclosed++ < 3)
		snprintf(b->closed + n, sizeof b->closed - n, "%s%s (products of %.4g GeV, there are %.4g)", n ? "; " : ": ",
			 c->row->name, needs, has);
}

static int last(const struct builder *b)
{
	return b->level == b->job->nlink - 1;
}

/* Is leg i one that the next step takes? */
static int takes(const struct builder *b, const struct bsm_channel *c, int i)
{
	return abs(c->out[i].pdg) == abs(b->link[1].step->take);
}

static int wanted_row(const struct builder *b, const struct bsm_process *row)
{
	const struct bsm_job_spec *s = &b->job->spec;
	if (row->open && !row->open(s->point.par))
		return 0;
	if (b->link->step->process && !bsm_name_matches(b->link->step->process, row->name))
		return 0;
	if (b->level && !last(b))
		return 1;
	if (!b->level)
		return !s->production || bsm_name_matches(s->production, row->name) ||
		       (row->group && bsm_name_matches(s->production, row->group));
	if (s->decays)
		return bsm_name_matches(s->decays, row->name) || (row->group && bsm_name_matches(s->decays, row->group));
	return s->invisible || !(row->flags & BSM_INVISIBLE);
}

static enum bsm_status push(struct builder *b, const struct bsm_channel *c)
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

/* Scattering where the source's particle is: on what it flies through. */
static int at_source(const struct builder *b)
{
	return b->level == 0 && !b->link->flies;
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
static enum bsm_status finish(struct builder *b, struct bsm_channel *c)
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

static enum bsm_status set_peak(const struct builder *b, struct bsm_channel *c)
{
	const struct bsm_peak *peak = &c->row->peak;
	const struct bsm_job_spec *s = &b->job->spec;
	const double *par = s->point.par;
	if (peak->kind == BSM_BREIT_WIGNER)
		c->resonance = (struct bsm_resonance){peak->i, peak->j, peak->mass(par), peak->width(par)};
	if (peak->kind == BSM_T_CHANNEL || peak->kind == BSM_T_CHANNEL_LOG)
		c->exchange = (struct bsm_exchange){peak->mass(par), peak->kind == BSM_T_CHANNEL ? 2 : 1, 0, INFINITY};
	if (c->exchange.power && !at_source(b)) { /* nobody looks at recoils at the source */
		c->exchange.tmin = s->tmin;
		c->exchange.tmax = s->tmax > 0 ? s->tmax : INFINITY;
	}
	if (peak->kind == BSM_T_CHANNEL && !(c->exchange.mass > 0) && !(c->exchange.tmin > 0) && c->out[0].m == c->in_mass)
		return bsm_fail(b->ctx, BSM_E_MODEL, "process '%s': the exchange of a massless particle has no finite cross-section "
				"without a threshold: give the card a recoil_min", c->row->name);
	return BSM_OK;
}

static int is_capture(const struct builder *b, const struct bsm_channel *c)
{
	return at_source(b) && b->job->spec.source->component[c->component].captured;
}

static double capture_probability(const struct builder *b, const struct bsm_channel *c)
{
	struct bsm_particle rests = {.pdg = c->in, .m = c->in_mass, .p = {c->in_mass, 0, 0, 0}};
	struct bsm_in in = {.par = b->job->spec.point.par, .derived = b->job->derived, .row = c->row, .index = c->index,
			    .conjugate = c->conjugate, .a = &rests, .tmax = INFINITY};
	return c->row->total ? c->row->total(&in) : 0;
}

/* Masses, width, taken leg of a channel whose row, conjugate flag and incoming are set. Skips what is closed. Where two legs
 * may fly on, each does: one channel for either. */
static enum bsm_status complete(struct builder *b, struct bsm_channel *c)
{
	const struct bsm_model *m = model_of(b->job);
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
	if (last(b))
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
static enum bsm_status complete_elements(struct builder *b, const struct bsm_channel *proto, const struct bsm_material *m, int *seen)
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

static enum bsm_status complete_targets(struct builder *b, const struct bsm_channel *proto)
{
	const struct bsm_detector *d = b->job->spec.detector;
	int seen[128] = {0};
	struct bsm_channel one = *proto;
	if (proto->row->target == BSM_DECAY || proto->row->target == BSM_ELECTRON || is_capture(b, proto))
		return complete(b, &one);
	if (at_source(b))
		return complete_elements(b, proto, proto->medium, seen);
	for (int i = 0; i < d->nvolume; i++)
		BSM_TRY(complete_elements(b, proto, d->volume[i].material, seen));
	return BSM_OK;
}

/* Does the component of the source meet what the row asks for? */
static int row_fits_component(const struct builder *b, const struct bsm_process *row, int component)
{
	if (!at_source(b))
		return 1;
	const struct bsm_component *c = &b->job->spec.source->component[component];
	return (row->target != BSM_DECAY) == (c->medium || c->captured);
}

/* All rows, and their conjugates, that `pdg` may do in this step. */
static enum bsm_status add_channels(struct builder *b, int32_t pdg, int component)
{
	const struct bsm_model *m = model_of(b->job);
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
			if (at_source(b))
				c.medium = b->job->spec.source->component[component].medium;
			BSM_TRY(complete_targets(b, &c));
		}
	}
	return BSM_OK;
}

static enum bsm_status new_menu(struct builder *b, int32_t in, struct bsm_menu **out)
{
	struct bsm_link *l = b->link;
	struct bsm_menu *bigger = realloc(l->menu, (size_t)(l->nmenu + 1) * sizeof *bigger);
	if (!bigger)
		return bsm_fail(b->ctx, BSM_E_MEMORY, "out of memory");
	l->menu = bigger;
	*out = &l->menu[l->nmenu++];
	**out = (struct bsm_menu){.in = in, .first = l->nchannel};
	return BSM_OK;
}

static void close_menu(struct bsm_link *l, struct bsm_menu *menu)
{
	menu->count = l->nchannel - menu->first;
	for (int i = menu->first; i < l->nchannel; i++)
		menu->chosen += l->channel[i].width;
}

static enum bsm_status first_link(struct builder *b)
{
	struct bsm_menu *menu;
	const struct bsm_source *s = b->job->spec.source;
	BSM_TRY(new_menu(b, 0, &menu));
	int some = 0;
	for (int i = 0; i < s->ncomponent; i++) {
		const struct bsm_component *c = &s->component[i];
		if ((c->decays || c->medium || c->captured) == b->link->flies)
			continue;
		some = 1;
		BSM_TRY(add_channels(b, c->pdg, i));
	}
	if (!some)
		return bsm_fail(b->ctx, BSM_E_MODEL, "source %s gives particles that %s, the chain '%s' asks for such that %s",
				s->name, b->link->flies ? "stay at the source" : "fly on to the detector",
				b->job->spec.chain->name, b->link->flies ? "fly on" : "decay or interact at the source");
	close_menu(b->link, menu);
	if (!b->nrow)
		return bsm_fail(b->ctx, BSM_E_MODEL, "model %s: no production process takes what source %s gives (`bsmnu show %s` and "
				"`bsmnu show %s` tell which particles)", model_of(b->job)->name, s->name, model_of(b->job)->name, s->name);
	if (!menu->count)
		return bsm_fail(b->ctx, BSM_E_CLOSED,
				"model %s: nothing that source %s gives takes part in the chain '%s' at these parameters: "
				"every production channel is closed, zero or left out by the card%s",
				model_of(b->job)->name, s->name, b->job->spec.chain->name, b->closed);
	return BSM_OK;
}

/* Share of the decays of a species that the invisible rows take. */
static double invisible_share(const struct bsm_job *job, int32_t pdg, double total)
{
	const struct bsm_model *m = model_of(job);
	const double *par = job->spec.point.par;
	double sum = 0;
	for (int i = 0; m->process[i].name; i++) {
		const struct bsm_process *p = &m->process[i];
		int twice = (p->flags & BSM_CC) && bsm_model_selfconj(m, par, p->in);
		if (p->target == BSM_DECAY && (p->flags & BSM_INVISIBLE) && abs(p->in) == abs(pdg))
			sum += bsm_row_width(m, par, job->derived, i) * (twice ? 2 : 1);
	}
	return total > 0 ? sum / total : 0;
}

static enum bsm_status later_link(struct builder *b)
{
	const struct bsm_link *before = b->link - 1;
	const struct bsm_model *m = model_of(b->job);
	const double *par = b->job->spec.point.par;
	for (int i = 0; i < before->nchannel; i++) {
		int32_t pdg = before->channel[i].out[before->channel[i].take].pdg;
		int known = 0;
		for (int k = 0; k < b->link->nmenu; k++)
			known |= b->link->menu[k].in == pdg;
		if (known)
			continue;
		struct bsm_menu *menu;
		BSM_TRY(new_menu(b, pdg, &menu));
		if (!b->link->passes)
			BSM_TRY(add_channels(b, pdg, -1));
		close_menu(b->link, menu);
		menu->width = bsm_model_width(m, par, b->job->derived, pdg);
		if (last(b) && !b->job->spec.invisible && !b->job->spec.decays)
			b->job->invisible_share = invisible_share(b->job, pdg, menu->width);
		if (!menu->count && !b->link->passes)
			return bsm_fail(b->ctx, BSM_E_CLOSED,
					"model %s: %s has no open channel in the last step at these parameters%s", m->name,
					bsm_model_pdg_name(m, pdg),
					b->job->spec.decays ? " (the card's `decays` names none that is open)" : "");
	}
	return BSM_OK;
}

/* Starting probabilities: by width where there is one, equal else; the pilot improves the first step's. */
static enum bsm_status probabilities(struct bsm_ctx *ctx, struct bsm_link *l)
{
	l->cumulative = malloc((size_t)(l->nchannel + 1) * sizeof(double));
	if (!l->cumulative)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	for (int k = 0; k < l->nmenu; k++) {
		const struct bsm_menu *menu = &l->menu[k];
		double sum = 0;
		for (int i = menu->first; i < menu->first + menu->count; i++) {
			struct bsm_channel *c = &l->channel[i];
			c->probability = menu->in && menu->chosen > 0 ? c->width / menu->chosen : 1.0 / menu->count;
			l->cumulative[i] = sum += c->probability;
		}
		if (menu->count)
			l->cumulative[menu->first + menu->count - 1] = 1;
	}
	return BSM_OK;
}

/* Drafts serve a chain that goes straight from the source to a detector behind all of the source. */
static int can_turn(const struct bsm_job *job)
{
	const struct bsm_source *s = job->spec.source;
	return s->draft && !job->spec.free_aim && !job->spec.rays_only && job->nlink > 1 &&
	       job->link[0].step->where == BSM_AT_SOURCE && job->link[1].step->where == BSM_IN_DETECTOR &&
	       bsm_p4_mag(job->center) - job->radius > s->reach_m;
}

/* First hits need to know how likely an earlier one was. */
static enum bsm_status set_thins(struct bsm_ctx *ctx, const struct bsm_chain *chain, struct bsm_link *l)
{
	l->thins = l->step->first && l->flies && l->nchannel;
	for (int i = 0; l->thins && i < l->nchannel; i++)
		if (l->channel[i].row->target == BSM_DECAY || !l->channel[i].row->total)
			return bsm_fail(ctx, BSM_E_MODEL, "the chain '%s' asks for first hits, process '%s' has no total()", chain->name,
					l->channel[i].row->name);
	return BSM_OK;
}

static enum bsm_status build_links(struct bsm_ctx *ctx, struct bsm_job *job)
{
	const struct bsm_chain *chain = job->spec.chain;
	while (job->nlink < BSM_STEPS && chain->step[job->nlink].where) {
		job->link[job->nlink].step = &chain->step[job->nlink];
		job->nlink++;
	}
	if (!job->nlink)
		return bsm_fail(ctx, BSM_E_MODEL, "the chain '%s' has no step", chain->name);
	job->turns = can_turn(job);
	for (int i = 0; i < job->nlink; i++) {
		struct bsm_link *l = &job->link[i];
		struct builder b = {.ctx = ctx, .job = job, .link = l, .level = i};
		l->flies = l->step->where != BSM_AT_SOURCE;
		l->passes = l->step->process && !strcmp(l->step->process, BSM_PASS);
		if (i && !l->flies)
			return bsm_fail(ctx, BSM_E_MODEL, "the chain '%s': step %d is at the source, only the first can be", chain->name,
					i + 1);
		BSM_TRY(i ? later_link(&b) : first_link(&b));
		BSM_TRY(probabilities(ctx, l));
		BSM_TRY(set_thins(ctx, chain, l));
		int most = 0;
		for (int k = 0; k < l->nchannel; k++)
			most = l->channel[k].grid.ndim > most ? l->channel[k].grid.ndim : most;
		l->offset = job->ndim;
		job->ndim += 1 + most;
	}
	return BSM_OK;
}

enum bsm_status bsm_job_place(struct bsm_ctx *ctx, struct bsm_job *job)
{
	const struct bsm_detector *d = job->spec.detector;
	const struct bsm_source *s = job->spec.source;
	const char *beam = job->spec.beam ? job->spec.beam : s->frame;
	job->frame = bsm_detector_frame(d, beam);
	if (!job->frame)
		return bsm_fail(ctx, BSM_E_GEOMETRY, "detector %s gives no place in the beam '%s': add it under `beams:`", d->name,
				beam);
	struct bsm_p4 lo, hi;
	bsm_detector_bounds(d, (unsigned)d->wanted, &lo, &hi);
	struct bsm_p4 mid = bsm_p4_scale(0.5, bsm_p4_add(lo, hi));
	job->radius = 0.5 * bsm_p4_mag(bsm_p4_sub(hi, lo));
	job->center = bsm_frame_to_beam(job->frame, mid);
	for (int i = 0; i < d->nvolume; i++)
		if ((d->wanted >> d->volume[i].role) & 1)
			job->volume_m3 += bsm_volume_size(&d->volume[i]);
	double zmax = -INFINITY;
	for (int i = 0; i < 8; i++) {
		struct bsm_p4 c = {0, i & 1 ? lo.x : hi.x, i & 2 ? lo.y : hi.y, i & 4 ? lo.z : hi.z};
		job->corner[i] = bsm_frame_to_beam(job->frame, c);
		zmax = fmax(zmax, job->corner[i].z);
	}
	double aside = hypot(job->center.x, job->center.y) - job->radius;
	if (s->dump_z != 0 && zmax <= s->dump_z && (!(s->dump_r > 0) || aside < s->dump_r))
		return bsm_fail(ctx, BSM_E_GEOMETRY,
				"detector %s ends at z = %g m in the beam %s, before the decay volume does (%g m): "
				"it has to stand behind it",
				d->name, zmax, beam, s->dump_z);
	return BSM_OK;
}

enum bsm_status bsm_job_init(struct bsm_ctx *ctx, const struct bsm_job_spec *spec, struct bsm_job *job)
{
	memset(job, 0, sizeof *job);
	job->spec = *spec;
	job->derived = calloc((size_t)model_of(job)->nderived + 1, sizeof(double));
	if (!job->derived)
		return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
	enum bsm_status status = bsm_point_prepare(ctx, &job->spec.point, job->derived);
	if (status == BSM_OK)
		status = bsm_job_place(ctx, job);
	if (status == BSM_OK)
		status = build_links(ctx, job);
	if (status != BSM_OK)
		bsm_job_free(job);
	return status;
}

void bsm_job_free(struct bsm_job *job)
{
	for (int i = 0; i < job->nlink; i++) {
		struct bsm_link *l = &job->link[i];
		for (int k = 0; k < l->nchannel; k++)
			bsm_grid_free(&l->channel[k].grid);
		free(l->channel);
		free(l->menu);
		free(l->cumulative);
	}
	free(job->derived);
	memset(job, 0, sizeof *job);
}
