/* A run and events for the tests of formats: decays in flight (no target) and scatterings with a later decay. */
#ifndef BSM_SAMPLE_EVENT_H
#define BSM_SAMPLE_EVENT_H
#include <math.h>
#include <string.h>

#include "event/event.h"

enum { SAMPLE_N = 5914 };

static const struct bsm_run_process sample_process[] = {
	{700, "N -> mu- pi+", "Decay of a heavy neutral lepton into a muon and a pion",
	 "arXiv:2007.03701 eq. (3.5); Atre:2009rg"},
	{750, "nu A -> N A", "Coherent upscattering on a nucleus\nsecond line \\ with backslash",
	 "doi:10.1103/PhysRevD.100.115001"},
	{710, "K+ -> mu+ N", "", "hep-ph/0503065"},
};
static const struct bsm_run_species sample_species[] = {{SAMPLE_N, "N", 0.35, 1.5e-22, 1, 0}};
static const struct bsm_run_value sample_value[] = {
	{"mass", "GeV", 0.35, NULL}, {"Umu2", "", 1e-9, NULL}, {"nature", "", 1, "majorana"}};

static inline struct bsm_run sample_run(int weighted)
{
	return (struct bsm_run){.program = "bsmnu",
				.version = "0.1.0",
				.model = "hnl",
				.detector = "sbnd",
				.source = "bnb",
				.card = "model: hnl\nset: {mass: 350 MeV} # a \\ in a card\n",
				.hash = "0123abcd",
				.seed = UINT64_MAX,
				.weighted = weighted,
				.pot = 6.6e20,
				.xsec_pb = 1.25e-9,
				.xsec_error_pb = 3e-11,
				.beam_pdg = SAMPLE_N,
				.nprocess = 3,
				.nspecies = 1,
				.nvalue = 3,
				.process = sample_process,
				.species = sample_species,
				.value = sample_value};
}

/* Deterministic numbers in [0, 1). */
static inline double sample_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static inline void sample_add(struct bsm_event *e, int32_t pdg, int status, double m, struct bsm_p4 p, int from, int to)
{
	int i = e->n++;
	e->p[i] = (struct bsm_particle){
		.pdg = pdg, .status = status, .m = m, .p = p, .x = e->vertex[from >= 0 ? from : to].x};
	e->from[i] = (int16_t)from;
	e->to[i] = (int16_t)to;
}

/* Two-body decay at rest along a random direction, boosted to the parent's momentum. */
static inline void sample_two_body(uint64_t *s, struct bsm_p4 parent, double m, double m1, double m2,
				   struct bsm_p4 out[2])
{
	double a = m * m - (m1 + m2) * (m1 + m2), b = m * m - (m1 - m2) * (m1 - m2), q = sqrt(a * b) / (2 * m);
	double c = 2 * sample_random(s) - 1, phi = 6.283185307179586 * sample_random(s), t = sqrt(1 - c * c);
	struct bsm_p4 p = {sqrt(q * q + m1 * m1), q * t * cos(phi), q * t * sin(phi), q * c};
	out[0] = bsm_p4_boost_from_rest(p, parent, m);
	out[1] = bsm_p4_sub(parent, out[0]);
}

static inline void sample_history(uint64_t *s, struct bsm_event *e)
{
	double pz = 1 + 3 * sample_random(s), px = 0.1 * sample_random(s), mass = 0.493677;
	e->history = (struct bsm_history){
		.parent_pdg = 321,
		.process = 2,
		.parent_p = {sqrt(mass * mass + pz * pz + px * px), px, 0, pz},
		.decay_x = {1e-7 * sample_random(s), 0.1 * sample_random(s), 0.2, -90.5 * sample_random(s)},
		.flight_m = 110 + sample_random(s),
		.path_m = 4.5 * sample_random(s),
		.probability = 1e-12 * sample_random(s),
		.delay_s = 3.7e-9 * sample_random(s)};
}

/* N -> mu- pi+ in flight. */
static inline void sample_decay(uint64_t id, struct bsm_event *e)
{
	uint64_t s = id;
	struct bsm_p4 out[2];
	double pz = 1 + 2 * sample_random(&s), px = 0.02 * sample_random(&s);
	struct bsm_p4 n = {sqrt(0.35 * 0.35 + pz * pz + px * px), px, 0, pz};
	memset(e, 0, sizeof *e);
	e->id = id;
	e->weight = 0.001 * sample_random(&s);
	e->unweighted = 1;
	e->nvertex = 1;
	e->vertex[0] = (struct bsm_vertex){.x = {1.6e-6 * sample_random(&s), 4 * sample_random(&s) - 2,
						 4 * sample_random(&s) - 2, 5 * sample_random(&s)},
					   .status = 1,
					   .process = 0};
	sample_history(&s, e);
	sample_two_body(&s, n, 0.35, 0.1056583755, 0.13957039, out);
	sample_add(e, SAMPLE_N, BSM_BEAM_PARTICLE, 0.35, n, -1, 0);
	sample_add(e, 13, BSM_FINAL, 0.1056583755, out[0], 0, -1);
	sample_add(e, 211, BSM_FINAL, 0.13957039, out[1], 0, -1);
}

/* nu Ar -> N Ar, then N -> mu- pi+ 1.2 m further on. */
static inline void sample_scatter(uint64_t id, struct bsm_event *e)
{
	uint64_t s = id + 77;
	const double mass = 37.215541;
	struct bsm_p4 out[2], pair[2], nu, all;
	double energy = 1 + sample_random(&s);
	sample_decay(id, e);
	e->n = 0;
	e->nvertex = 2;
	e->vertex[0].process = 1;
	nu = (struct bsm_p4){energy, 0, 0, energy};
	all = (struct bsm_p4){energy + mass, 0, 0, energy};
	sample_two_body(&s, all, sqrt(bsm_p4_dot(all, all)), 0.35, mass, out);
	double beta = bsm_p4_mag(out[0]) / out[0].e, k = 1.2 / bsm_p4_mag(out[0]);
	struct bsm_p4 fly = {1.2 / (beta * 299792458), k * out[0].x, k * out[0].y, k * out[0].z};
	e->vertex[1] = (struct bsm_vertex){.x = bsm_p4_add(e->vertex[0].x, fly), .status = 22, .process = 0};
	sample_two_body(&s, out[0], 0.35, 0.1056583755, 0.13957039, pair);
	sample_add(e, 14, BSM_BEAM_PARTICLE, 0, nu, -1, 0);
	sample_add(e, 1000180400, BSM_TARGET_PARTICLE, mass, (struct bsm_p4){mass, 0, 0, 0}, -1, 0);
	sample_add(e, SAMPLE_N, BSM_DECAYED, 0.35, out[0], 0, 1);
	sample_add(e, 1000180400, BSM_FINAL, mass, out[1], 0, -1);
	sample_add(e, 13, BSM_FINAL, 0.1056583755, pair[0], 1, -1);
	sample_add(e, 211, BSM_FINAL, 0.13957039, pair[1], 1, -1);
}

static inline void sample_event(uint64_t id, struct bsm_event *e)
{
	if (id % 3 == 2)
		sample_scatter(id, e);
	else
		sample_decay(id, e);
}
#endif
