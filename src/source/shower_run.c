/* The simulation behind the source kind `shower`: blocks of primaries on all threads, added up in order. */
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "kinematics/particles.h"
#include "kinematics/split.h"
#include "source/shower.h"

const int32_t bsm_shower_pdg[BSM_SHOWER_SPECIES] = {22, 11, -11};
const double bsm_shower_angle[BSM_SHOWER_ANGLES + 1] = {0,    1e-3, 2e-3, 5e-3, 0.01, 0.02,
							0.05, 0.1,  0.2,  0.5,  1,    BSM_PI};

enum { BLOCKS = 256 };

struct block { /* what one block of primaries has made */
	const struct bsm_shower *src;
	struct bsm_shower_tally tally;
	struct bsm_shower_sample sample[BSM_SHOWER_PARTS];
	struct bsm_rng tags;
	double weight;                                       /* of the primary at work, per POT */
	double length[BSM_SHOWER_MEDIA][BSM_SHOWER_SPECIES]; /* of it */
};

double bsm_shower_depth(const struct bsm_shower *s, double z)
{
	double t = 0;
	for (int i = 0; i < s->setup.cylinders; i++) {
		const struct bsm_em_cylinder *c = &s->setup.cylinder[i];
		t += fmax(0, fmin(z, c->z1) - c->z0) / s->medium[c->medium].radiation_length;
	}
	return t;
}

static double value(const struct bsm_shower_row *r)
{
	return r->weight * r->s.e0;
}

static int kept(const struct bsm_shower_sample *s, const struct bsm_shower_row *r)
{
	return r->tag < s->keep * value(r);
}

static void thin(struct bsm_shower_sample *s)
{
	while (s->n > s->most) {
		size_t n = 0;
		s->keep *= 0.5;
		for (size_t i = 0; i < s->n; i++)
			if (kept(s, &s->row[i]))
				s->row[n++] = s->row[i];
		s->n = n;
	}
}

static void add(struct bsm_shower_sample *s, const struct bsm_shower_row *r)
{
	if (s->failed || !kept(s, r))
		return;
	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 1024;
		struct bsm_shower_row *row = realloc(s->row, room * sizeof *row);
		s->failed = !row;
		if (!row)
			return;
		s->row = row;
		s->room = room;
	}
	s->row[s->n++] = *r;
	thin(s);
}

int bsm_shower_energy_bin(const struct bsm_shower *s, const struct bsm_em_segment *g)
{
	double e = 0.5 * (g->e0 + g->e1) - (g->pdg == 22 ? 0 : bsm_pdg_mass(11));
	int i = (int)(BSM_SHOWER_PER_DECADE * log10(fmax(1, e / s->setup.threshold)));
	return i < BSM_SHOWER_ENERGIES ? i : BSM_SHOWER_ENERGIES - 1;
}

static int bin_of_angle(double cos_theta)
{
	double theta = acos(fmin(fmax(cos_theta, -1), 1));
	int i = 0;
	while (i < BSM_SHOWER_ANGLES - 1 && theta >= bsm_shower_angle[i + 1])
		i++;
	return i;
}

static int bin_of_depth(const struct bsm_shower *s, double z)
{
	double t = bsm_shower_depth(s, z) / s->depth_step;
	return t < BSM_SHOWER_DEPTHS ? (int)t : BSM_SHOWER_DEPTHS - 1;
}

static void on_segment(void *arg, const struct bsm_em_segment *g)
{
	struct block *b = arg;
	const struct bsm_shower *src = b->src;
	if (!src->medium[g->medium].n)
		return;
	int species = g->pdg == 22 ? 0 : g->pdg == 11 ? 1 : 2;
	double l = b->weight * g->length;
	b->length[g->medium][species] += l;
	b->tally.bin[g->medium][species][bsm_shower_energy_bin(src, g)][bin_of_angle(g->dir[2])] += l;
	if (species)
		b->tally.charged[bin_of_depth(src, g->x.z + 0.5 * g->length * g->dir[2])] += l;
	struct bsm_shower_row r = {bsm_rng_uniform(&b->tags), l, *g};
	add(&b->sample[g->medium * BSM_SHOWER_SPECIES + species], &r);
}

static void on_deposit(void *arg, int medium, struct bsm_p4 x, double energy)
{
	struct block *b = arg;
	(void)medium;
	b->tally.deposit[bin_of_depth(b->src, x.z)] += b->weight * energy;
}

/* Adds what became of one particle that enters. */
static void shower(struct block *b, const struct bsm_em_particle *p, struct bsm_rng *rng)
{
	struct bsm_em_watch watch = {b, on_segment, on_deposit, NULL};
	struct bsm_em_balance e = {0}, *sum = &b->tally.balance;
	bsm_em_shower(&b->src->setup, p, rng, &watch, &e);
	b->tally.primaries += b->weight;
	sum->in += b->weight * e.in;
	sum->along += b->weight * e.along;
	sum->below += b->weight * e.below;
	sum->front += b->weight * e.front;
	sum->back += b->weight * e.back;
	sum->side += b->weight * e.side;
}

/* pi0 -> 2 gamma is taken for all; the 1.2 % with a Dalitz pair instead of a photon develop alike. */
static void from_proton(struct block *b, struct bsm_rng *rng, double share)
{
	const struct bsm_shower_pi0 *pi0 = &b->src->pi0;
	double u[8], p, ct, st, m = bsm_pdg_mass(111);
	struct bsm_p4 x, k[2];
	bsm_rng_fill(rng, u, 8);
	b->weight = share * bsm_hadrons_interaction(&pi0->target, u[0], u[1], u[2], &x);
	if (!(b->weight > 0))
		return;
	b->weight *= pi0->scale * bsm_yield_map_draw(&pi0->map, u[3], u[4], &p, &ct, &st) *
		     pi0->density(&pi0->law, p, ct, st);
	if (!(b->weight > 0))
		return;
	double phi = 2 * BSM_PI * u[5];
	struct bsm_p4 P = {sqrt(p * p + m * m), p * st * cos(phi), p * st * sin(phi), p * ct};
	bsm_split(P, m, 0, 0, u + 6, &k[0], &k[1]);
	for (int i = 0; i < 2; i++) {
		struct bsm_em_particle g = {22, k[i].e, x, {k[i].x / k[i].e, k[i].y / k[i].e, k[i].z / k[i].e}};
		shower(b, &g, rng);
	}
}

static void from_beam(struct block *b, struct bsm_rng *rng, double share)
{
	const struct bsm_shower *s = b->src;
	struct bsm_em_particle p = {s->beam, s->energy, {0, 0, 0, s->setup.cylinder[0].z0}, {0, 0, 1}};
	p.x.x = s->spot_x * bsm_rng_normal(rng);
	p.x.y = s->spot_y * bsm_rng_normal(rng);
	p.x.e = p.x.z / BSM_C;
	b->weight = share;
	shower(b, &p, rng);
}

static void primary(struct block *b, uint64_t index)
{
	struct bsm_rng rng = bsm_rng_make(b->src->seed, BSM_FOR_SHOWERS, index, 0);
	double share = 1 / (double)b->src->showers;
	b->tags = bsm_rng_make(b->src->seed, BSM_FOR_SHOWERS, index, 1);
	memset(b->length, 0, sizeof b->length);
	if (b->src->pi0.on)
		from_proton(b, &rng, share);
	else
		from_beam(b, &rng, share);
	for (int i = 0; i < BSM_SHOWER_MEDIA; i++)
		for (int j = 0; j < BSM_SHOWER_SPECIES; j++) {
			b->tally.length[i][j] += b->length[i][j];
			b->tally.error[i][j] += b->length[i][j] * b->length[i][j];
		}
}

static void open_samples(struct bsm_shower_sample *sample, int64_t most)
{
	for (int k = 0; k < BSM_SHOWER_PARTS; k++) {
		sample[k].n = 0;
		sample[k].most = (size_t)most;
		sample[k].keep = 0x1p40;
	}
}

/* All members of the tally are doubles. Returns whether memory has run out. */
static int merge(struct bsm_shower *s, struct bsm_shower_sample *sample, const struct block *b)
{
	double *to = (double *)&s->tally;
	const double *from = (const double *)&b->tally;
	int failed = 0;
	for (size_t i = 0; i < sizeof s->tally / sizeof *to; i++)
		to[i] += from[i];
	for (int k = 0; k < BSM_SHOWER_PARTS; k++) {
		for (size_t i = 0; i < b->sample[k].n; i++)
			add(&sample[k], &b->sample[k].row[i]);
		failed |= sample[k].failed | b->sample[k].failed;
	}
	return failed;
}

static void make_block(struct block *b, int64_t first, int64_t last)
{
	memset(&b->tally, 0, sizeof b->tally);
	open_samples(b->sample, b->src->segments);
	for (int64_t i = first; i < last; i++)
		primary(b, (uint64_t)i);
}

static void free_block(struct block *b)
{
	for (int k = 0; b && k < BSM_SHOWER_PARTS; k++)
		free(b->sample[k].row);
	free(b);
}

static void close_tally(struct bsm_shower *s)
{
	double n = (double)s->showers;
	for (int i = 0; i < BSM_SHOWER_MEDIA; i++)
		for (int j = 0; j < BSM_SHOWER_SPECIES; j++) {
			double mean = s->tally.length[i][j], *e = &s->tally.error[i][j];
			*e = n > 1 ? sqrt(fmax(0, *e - mean * mean / n) * n / (n - 1)) : mean;
		}
}

/* What a block leaves, in its turn. */
static enum bsm_status take_block(struct bsm_ctx *ctx, struct bsm_shower *s, struct bsm_shower_sample *sample,
				  const struct block *b)
{
	if (!b || merge(s, sample, b))
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for the tracks of showers");
	return bsm_check_cancel(ctx);
}

enum bsm_status bsm_shower_simulate(struct bsm_ctx *ctx, struct bsm_shower *s, struct bsm_shower_sample *sample)
{
	enum bsm_status status = BSM_OK;
	int64_t size = (s->showers + BLOCKS - 1) / BLOCKS, blocks = (s->showers + size - 1) / size;
	int stop = 0;
	memset(sample, 0, BSM_SHOWER_PARTS * sizeof *sample);
	open_samples(sample, s->segments);
#pragma omp parallel
	{
		struct block *b = calloc(1, sizeof *b);
		if (b)
			b->src = s;
#pragma omp for ordered schedule(static, 1)
		for (int64_t i = 0; i < blocks; i++) {
			int stopped;
#pragma omp atomic read
			stopped = stop;
			if (b && !stopped)
				make_block(b, i * size, i * size + size < s->showers ? i * size + size : s->showers);
#pragma omp ordered
			if (!stopped && status == BSM_OK) {
				status = take_block(ctx, s, sample, b);
				if (status != BSM_OK) {
#pragma omp atomic write
					stop = 1;
				}
			}
		}
		free_block(b);
	}
	close_tally(s);
	return status;
}
