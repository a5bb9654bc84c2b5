/* Building a job: which rows take part, in which order of numbers. */
#include "engine/channels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/walk.h"
#include "kinematics/split.h"

static enum bsm_status new_menu(struct bsm_builder *b, int32_t in, struct bsm_menu **out)
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

static enum bsm_status first_link(struct bsm_builder *b)
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
		BSM_TRY(bsm_builder_add(b, c->pdg, i));
	}
	if (!some)
		return bsm_fail(b->ctx, BSM_E_MODEL, "source %s gives particles that %s, the chain '%s' asks for such that %s",
				s->name, b->link->flies ? "stay at the source" : "fly on to the detector",
				b->job->spec.chain->name, b->link->flies ? "fly on" : "decay or interact at the source");
	close_menu(b->link, menu);
	if (!b->nrow)
		return bsm_fail(b->ctx, BSM_E_MODEL, "model %s: no production process takes what source %s gives (`bsmnu show %s` and "
				"`bsmnu show %s` tell which particles)", bsm_builder_model(b->job)->name, s->name, bsm_builder_model(b->job)->name, s->name);
	if (!menu->count)
		return bsm_fail(b->ctx, BSM_E_CLOSED,
				"model %s: nothing that source %s gives takes part in the chain '%s' at these parameters: "
				"every production channel is closed, zero or left out by the card%s",
				bsm_builder_model(b->job)->name, s->name, b->job->spec.chain->name, b->closed);
	return BSM_OK;
}

/* Share of the decays of a species that the invisible rows take. */
static double invisible_share(const struct bsm_job *job, int32_t pdg, double total)
{
	const struct bsm_model *m = bsm_builder_model(job);
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

static enum bsm_status later_link(struct bsm_builder *b)
{
	const struct bsm_link *before = b->link - 1;
	const struct bsm_model *m = bsm_builder_model(b->job);
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
			BSM_TRY(bsm_builder_add(b, pdg, -1));
		close_menu(b->link, menu);
		menu->width = bsm_model_width(m, par, b->job->derived, pdg);
		if (bsm_builder_last(b) && !b->job->spec.invisible && !b->job->spec.decays)
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
	       job->link[0].step->where == BSM_AT_SOURCE && (job->link[1].step->where & BSM_IN_DETECTOR) &&
	       bsm_p4_mag(job->next.center) - job->next.radius > s->reach_m;
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

static void aim_at(const struct bsm_job *job, unsigned roles, struct bsm_aim_at *at)
{
	const struct bsm_detector *d = job->spec.detector;
	struct bsm_p4 lo, hi;
	bsm_detector_bounds(d, roles, &lo, &hi);
	*at = (struct bsm_aim_at){.roles = roles, .radius = 0.5 * bsm_p4_mag(bsm_p4_sub(hi, lo))};
	at->center = bsm_frame_to_beam(job->frame, bsm_p4_scale(0.5, bsm_p4_add(lo, hi)));
	for (int i = 0; i < d->nvolume; i++)
		if ((roles >> d->volume[i].role) & 1)
			at->volume_m3 += bsm_volume_size(&d->volume[i]);
	for (int i = 0; i < 8; i++) {
		struct bsm_p4 c = {0, i & 1 ? lo.x : hi.x, i & 2 ? lo.y : hi.y, i & 4 ? lo.z : hi.z};
		at->corner[i] = bsm_frame_to_beam(job->frame, c);
	}
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
	const struct bsm_step *next = &chain->step[job->nlink > 1];
	aim_at(job, bsm_walk_roles(job, next->where), &job->next);
	job->turns = can_turn(job);
	for (int i = 0; i < job->nlink; i++) {
		struct bsm_link *l = &job->link[i];
		struct bsm_builder b = {.ctx = ctx, .job = job, .link = l, .level = i};
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
	aim_at(job, (unsigned)d->wanted, &job->detector);
	double zmax = -INFINITY;
	for (int i = 0; i < 8; i++)
		zmax = fmax(zmax, job->detector.corner[i].z);
	double aside = hypot(job->detector.center.x, job->detector.center.y) - job->detector.radius;
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
	job->derived = calloc((size_t)bsm_builder_model(job)->nderived + 1, sizeof(double));
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
