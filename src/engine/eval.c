/* The integrand: one trial, from u in [0,1]^D to a weighted event. Pure: it may run on any thread. */
#include <math.h>
#include <string.h>

#include "core/constants.h"
#include "engine/walk.h"
#include "kinematics/split.h"

static const struct bsm_channel *pick(const struct bsm_link *l, const struct bsm_menu *menu, double u)
{
	const double *c = l->cumulative + menu->first;
	int lo = 0, hi = menu->count - 1;
	while (lo < hi) {
		int mid = (lo + hi) / 2;
		if (u < c[mid])
			hi = mid;
		else
			lo = mid + 1;
	}
	return &l->channel[menu->first + lo];
}

const struct bsm_menu *bsm_walk_menu(const struct bsm_link *l, int32_t pdg)
{
	for (int i = 0; i < l->nmenu; i++)
		if (l->menu[i].in == pdg)
			return &l->menu[i];
	return NULL;
}

/* The narrowest cone around the direction to the detector's middle that holds its bounding box, seen from x. */
static struct bsm_cone cone_towards(const struct bsm_job *job, const struct bsm_aim_at *at, struct bsm_p4 x)
{
	struct bsm_cone everywhere = {{0, 0, 0, 1}, 4};
	struct bsm_p4 d = bsm_p4_sub(at->center, x);
	double D = bsm_p4_mag(d), most = 0;
	if (job->spec.free_aim || !(D > at->radius))
		return everywhere;
	for (int i = 0; i < 8; i++) {
		struct bsm_p4 c = bsm_p4_sub(at->corner[i], x);
		double along = bsm_p4_dot3(c, d);
		if (!(along > 0))
			return everywhere;
		/* tan^2 of the angle between c and d */
		double tan2 = (bsm_p4_dot3(c, c) * D * D - along * along) / (along * along);
		most = fmax(most, tan2);
	}
	return (struct bsm_cone){bsm_p4_scale(1 / D, d), atan(sqrt(most)) * (1 + 1e-9) + 1e-12};
}

/* Inverse decay length in the lab [1/m] for a width of 1 GeV. */
double bsm_walk_per_metre(const struct bsm_particle *leg)
{
	return leg->m / (bsm_p4_mag(leg->p) * BSM_HBARC);
}

/* Number of targets of a channel per cm3 of a material. */
static double target_density(const struct bsm_channel *c, const struct bsm_material *m)
{
	double n = bsm_material_nuclei(m, c->nucleus.Z); /* of all elements where there is none to name */
	switch (c->row->target) {
	case BSM_ELECTRON:
		return bsm_material_electrons(m);
	case BSM_PROTON:
		return n * c->nucleus.Z;
	case BSM_NEUTRON:
		return n * (bsm_material_mass_number(m, c->nucleus.Z) - c->nucleus.Z);
	case BSM_NUCLEUS:
		return n;
	case BSM_DECAY:
		break;
	}
	return 0;
}

double bsm_walk_targets(const struct bsm_job *job, const struct bsm_channel *c, int volume)
{
	const struct bsm_volume *v = &job->spec.detector->volume[volume];
	return target_density(c, v->material) * bsm_volume_density_ratio(v);
}

void bsm_walk_set_target(const struct bsm_channel *c, struct bsm_particle *b)
{
	*b = (struct bsm_particle){.m = c->target_mass, .p = {c->target_mass, 0, 0, 0}};
	switch (c->row->target) {
	case BSM_ELECTRON:
		b->pdg = 11;
		break;
	case BSM_PROTON:
		b->pdg = 2212;
		break;
	case BSM_NEUTRON:
		b->pdg = 2112;
		break;
	default:
		b->pdg = 1000000000 + 10000 * c->nucleus.Z + 10 * c->nucleus.A;
	}
}

struct bsm_in bsm_walk_in(const struct bsm_job *job, const struct bsm_channel *c, const struct bsm_particle *a,
			  const struct bsm_particle *b, const struct bsm_cone *cone)
{
	const struct bsm_job_spec *s = &job->spec;
	int in_nucleus = c->row->target == BSM_NUCLEUS || c->row->target == BSM_PROTON || c->row->target == BSM_NEUTRON;
	return (struct bsm_in){.par = s->point.par, .derived = job->derived, .row = c->row, .index = c->index,
			       .conjugate = c->conjugate, .a = a, .b = b, .nuc = in_nucleus ? &c->nucleus : NULL, .tmin = s->tmin,
			       .tmax = s->tmax > 0 ? s->tmax : INFINITY, .take = c->take, .aim = cone};
}

/* dPhi_n/du of the channel's legs out of a and, in a scattering, b. */
static double phase_space(const struct bsm_channel *c, const struct bsm_particle *a, const struct bsm_particle *b, const double *x,
			  const struct bsm_cone *cone, struct bsm_particle *out)
{
	if (b && c->nout == 2 && c->exchange.power)
		return cone ? bsm_exchange_aimed(&c->exchange, a, b, cone, c->take, out, x) : bsm_exchange_split(&c->exchange, a, b, out, x);
	struct bsm_p4 P = b ? bsm_p4_add(a->p, b->p) : a->p;
	double m = b ? sqrt(bsm_p4_dot(P, P)) : a->m;
	return bsm_phase_space_peaked(P, m, c->nout, out, c->take, cone, c->resonance.width > 0 ? &c->resonance : NULL, x);
}

/* 2 m of a decay; 4 sqrt((pa.pb)^2 - ma^2 mb^2) of a scattering, for cm2; 1 of a capture, which total() has normalised. */
static double flux_factor(const struct bsm_channel *c, const struct bsm_particle *a, const struct bsm_particle *b)
{
	if (!b)
		return 2 * a->m;
	if (c->width > 0)
		return 1;
	double ab = bsm_p4_dot(a->p, b->p), mm = a->m * b->m;
	return 4 * sqrt(fmax(0, (ab - mm) * (ab + mm))) / BSM_HBARC2_CM2;
}

/* Is the final state one that the Fermi gas has room for, with a recoil that is asked for? */
static int is_wanted(const struct bsm_job *job, const struct bsm_channel *c, const struct bsm_particle *b,
		     const struct bsm_particle *out)
{
	if (!b || c->width > 0)
		return 1;
	for (int i = 0; c->gas.kf > 0 && i < c->nout; i++)
		if ((out[i].pdg == 2212 || out[i].pdg == 2112) && !bsm_fermi_gas_allows(&c->gas, out[i].p))
			return 0;
	if (c->nout != 2 || c->take >= 0 || (c->exchange.power && !(c->gas.kf > 0))) /* the sampling has seen to it */
		return 1;
	double T = out[1].p.e - out[1].m;
	return T >= job->spec.tmin && !(job->spec.tmax > 0 && T > job->spec.tmax);
}

/* Density of the process at the vertex, per unit of the row's numbers x: GeV for a decay, cm2 for a scattering. */
double bsm_walk_interact(const struct bsm_walk *w, const struct bsm_channel *c, const double *x, const struct bsm_cone *cone,
		       const struct bsm_particle *b, struct bsm_particle *out)
{
	const struct bsm_process *row = c->row;
	struct bsm_in in = bsm_walk_in(w->job, c, &w->leg, b, cone);
	memcpy(out, c->out, (size_t)c->nout * sizeof *out);
	for (int i = 0; i < c->nout; i++)
		out[i].x = w->leg.x;
	double density;
	if (row->map) {
		density = row->map(&in, x, out);
	} else {
		density = phase_space(c, &w->leg, b, x, cone, out);
		if (!(density > 0) || !is_wanted(w->job, c, b, out))
			return 0;
		density *= (row->me2 ? row->me2(&in, out) : c->norm) / flux_factor(c, &w->leg, b);
	}
	if (row->spin && density > 0)
		row->spin(&in, out);
	return density;
}

/* Turns a beam-frame particle into the detector's frame. */
struct bsm_particle bsm_walk_in_detector(const struct bsm_job *job, const struct bsm_particle *p)
{
	struct bsm_particle q = *p;
	q.x = bsm_frame_point(job->frame, p->x);
	q.p = bsm_frame_direction(job->frame, p->p);
	struct bsm_p4 s = bsm_frame_direction(job->frame, (struct bsm_p4){0, p->pol[0], p->pol[1], p->pol[2]});
	q.pol[0] = s.x;
	q.pol[1] = s.y;
	q.pol[2] = s.z;
	return q;
}

static int event_add(struct bsm_event *e, struct bsm_particle p, int32_t status, int from, int to)
{
	p.status = status;
	e->p[e->n] = p;
	e->from[e->n] = (int16_t)from;
	e->to[e->n] = (int16_t)to;
	return e->n++;
}

void bsm_walk_history(struct bsm_walk *w, const struct bsm_particle *ray, const struct bsm_channel *c)
{
	struct bsm_particle r = bsm_walk_in_detector(w->job, ray);
	w->event->history = (struct bsm_history){.parent_pdg = ray->pdg, .process = c->index, .parent_p = r.p, .decay_x = r.x};
}

/* Writes the vertex of a step into the event: the first one in the detector is the primary. */
static void record_vertex(struct bsm_walk *w, const struct bsm_channel *c, const struct bsm_particle *b,
			  const struct bsm_particle *out)
{
	struct bsm_event *e = w->event;
	struct bsm_particle leg = bsm_walk_in_detector(w->job, &w->leg);
	int v = e->nvertex++;
	e->vertex[v] = (struct bsm_vertex){leg.x, v ? 22 : 1, c->index};
	if (v) {
		e->p[w->entered].status = BSM_DECAYED;
		e->to[w->entered] = (int16_t)v;
	} else {
		event_add(e, leg, BSM_BEAM_PARTICLE, -1, v);
		e->history.flight_m = w->flight.length;
		e->history.path_m = w->flight.path;
		e->history.probability = w->flight.probability;
		/* A neutrino that left the target with the same proton is at the vertex at |x|/c. */
		e->history.delay_s = w->leg.x.e - bsm_p4_mag(w->leg.x) / BSM_C;
	}
	if (b) {
		struct bsm_particle t = bsm_walk_in_detector(w->job, b);
		t.x = leg.x;
		event_add(e, t, BSM_TARGET_PARTICLE, -1, v);
	}
	for (int i = 0; i < c->nout; i++) {
		int k = event_add(e, bsm_walk_in_detector(w->job, &out[i]), BSM_FINAL, v, -1);
		if (i == c->take)
			w->entered = k;
	}
}

/* One step: the process of channel c at the leg's place, and the flight to the next step's. */
static void step(struct bsm_walk *w, int level, const struct bsm_channel *c, const double *x, double line)
{
	const struct bsm_job *job = w->job;
	const struct bsm_link *l = &job->link[level];
	struct bsm_particle out[BSM_OUT], target, *b = NULL;
	if (c->row->target != BSM_DECAY) {
		bsm_walk_set_target(c, &target);
		b = &target;
		if (c->gas.kf > 0) {
			bsm_fermi_gas_draw(&c->gas, c->target_mass, x, b);
			x += 3;
		}
	}
	struct bsm_cone cone, *aim = NULL;
	if (c->take >= 0) {
		cone = cone_towards(job, level ? &job->detector : &job->next, w->leg.x);
		aim = cone.half < BSM_PI ? &cone : NULL;
	}
	double density = bsm_walk_interact(w, c, x, aim, b, out);
	if (!(density > 0)) {
		w->weight = 0;
		return;
	}
	if (!l->flies) {
		if (!b)
			w->weight *= density / c->in_width; /* it decays here for certain: a branching ratio */
		else /* rays weigh metres of track; captures come with their probability */
			w->weight *= density * (c->medium ? 100 * target_density(c, c->medium) : 1);
	} else {
		double mu = bsm_walk_per_metre(&w->leg);
		w->weight *= line * density * (b ? 100 * bsm_walk_targets(job, c, w->flight.volume) : mu);
		if (l->thins)
			w->weight *= w->flight.unhit;
		if (c->in_width > 0) /* it has come as far as here */
			w->weight *= exp(-mu * c->in_width * w->flight.length);
	}
	if (w->keep)
		w->keep(w->keep_arg, &(struct bsm_kept){level, c, &w->leg, b, out, l->flies ? w->flight.length : 0,
					     l->flies && l->thins ? w->flight.unhit : 1, x, aim});
	if (w->event && l->flies)
		record_vertex(w, c, b, out);
	if (c->take < 0 || !(w->weight > 0))
		return;
	w->leg = out[c->take];
}

/* Track length per volume of the leg that flew `line` in the wanted volumes. */
static double fluence(struct bsm_walk *w, int level, const struct bsm_channel *c, double line)
{
	const struct bsm_job *job = w->job;
	const struct bsm_menu *menu = bsm_walk_menu(&job->link[level], w->leg.pdg);
	double width = c ? c->in_width : menu ? menu->width : 0;
	if (width > 0)
		line *= exp(-bsm_walk_per_metre(&w->leg) * width * w->flight.length);
	if (w->keep)
		w->keep(w->keep_arg, &(struct bsm_kept){level, c, &w->leg, NULL, NULL, w->flight.length, 1, NULL, NULL});
	return w->weight * line / job->detector.volume_m3;
}

/* A source particle that interacts in several ways is one particle still. */
static double share_of_component(const struct bsm_link *l, const struct bsm_channel *c)
{
	int n = 0;
	for (int i = 0; i < l->nchannel; i++)
		n += l->channel[i].component == c->component;
	return 1.0 / n;
}

static double walk(struct bsm_walk *w, const double *u, struct bsm_trace *trace)
{
	const struct bsm_job *job = w->job;
	struct bsm_event *event = w->event;
	if (event)
		event->n = event->nvertex = 0;
	double line = 0;
	for (int i = 0; i < job->nlink; i++) {
		const struct bsm_link *l = &job->link[i];
		if (i && i == job->nlink - 1 && (w->flux || l->passes))
			return fluence(w, i, NULL, line);
		const struct bsm_menu *menu = i ? bsm_walk_menu(l, w->leg.pdg) : &l->menu[0];
		const struct bsm_channel *c = pick(l, menu, u[l->offset]);
		double grid[BSM_DIMS], *x = grid;
		w->weight *= bsm_grid_map(&c->grid, u + l->offset + 1, x, trace ? trace->bin[i] : NULL) / c->probability;
		if (trace)
			trace->channel[i] = &job->link[i].channel[c - l->channel];
		if (i == 0 && c->turns) {
			if (!((line = bsm_walk_turned(w, c, x)) > 0))
				return 0;
			continue;
		}
		if (i == 0) {
			const struct bsm_source *s = job->spec.source;
			w->weight *= s->ray(s, c->component, x, &w->leg);
			if (!(w->weight > 0))
				return 0;
			x += s->ndim;
			if (event)
				bsm_walk_history(w, &w->leg, c);
			if (l->flies && !((line = bsm_walk_fly(w, l, *x++)) > 0))
				return 0;
			if (w->flux && job->nlink == 1)
				return fluence(w, i, c, line) * share_of_component(l, c);
		}
		step(w, i, c, x, line);
		if (!(w->weight > 0))
			return 0;
		if (c->take >= 0) {
			line = bsm_walk_fly(w, &job->link[i + 1], grid[c->grid.ndim - 1]);
			if (!(line > 0))
				return 0;
		}
	}
	if (event)
		event->weight = w->weight;
	return isfinite(w->weight) ? w->weight : 0;
}

double bsm_job_eval(const struct bsm_job *job, const double *u, struct bsm_event *event, struct bsm_trace *trace)
{
	struct bsm_walk w = {.job = job, .weight = 1, .event = event};
	return walk(&w, u, trace);
}

double bsm_job_eval_steps(const struct bsm_job *job, const double *u, bsm_keep_step *keep, void *arg)
{
	struct bsm_walk w = {.job = job, .weight = 1, .keep = keep, .keep_arg = arg};
	return walk(&w, u, NULL);
}

double bsm_job_flux(const struct bsm_job *job, const double *u, bsm_keep_step *keep, void *arg)
{
	struct bsm_walk w = {.job = job, .weight = 1, .flux = 1, .keep = keep, .keep_arg = arg};
	return walk(&w, u, NULL);
}
