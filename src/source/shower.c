/* Source kind `shower`: electromagnetic showers of a beam, or of the pi0 that protons make, in target and absorber.
 * Rays are pieces of the tracks of photons, electrons and positrons; their weight is track length per POT (source.h).
 * One component per material and species; u0 picks a piece in proportion to its length, in order of energy, u1 the
 * point along it. */
#include "source/shower.h"

#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "kinematics/particles.h"

static double shower_ray(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct bsm_shower *src = s->data;
	const struct bsm_shower_slice *c = &src->slice[component];
	size_t bin = (size_t)(u[0] * (double)c->n);
	size_t i = c->guide[bin < c->n ? bin : c->n - 1];
	while (i + 1 < c->n && c->cumulative[i + 1] <= u[0])
		i++;
	const struct bsm_em_segment *g = &c->row[i].s;
	double m = g->pdg == 22 ? 0 : bsm_pdg_mass(g->pdg), e = g->e0 + u[1] * (g->e1 - g->e0), l = u[1] * g->length;
	double p = sqrt(fmax(0, e * e - m * m));
	*out = (struct bsm_particle){.pdg = g->pdg, .m = m, .p = {e, p * g->dir[0], p * g->dir[1], p * g->dir[2]}};
	out->x = (struct bsm_p4){g->x.e + l * e / (p * BSM_C), g->x.x + l * g->dir[0], g->x.y + l * g->dir[1],
				 g->x.z + l * g->dir[2]};
	return c->total;
}

static void shower_close(struct bsm_source *s)
{
	struct bsm_shower *src = s->data;
	for (int i = 0; src && i < src->slices; i++) {
		free(src->slice[i].row);
		free(src->slice[i].cumulative);
		free(src->slice[i].guide);
	}
	if (src) {
		for (int i = 0; i < src->media; i++)
			bsm_em_medium_free(&src->medium[i]);
		free(src->slice);
		free(src);
	}
	free(s->component);
}

const struct bsm_shower *bsm_shower_of(const struct bsm_source *s)
{
	return s->kind == &bsm_source_shower ? s->data : NULL;
}

static int by_energy(const void *a, const void *b)
{
	const struct bsm_shower_row *x = a, *y = b;
	if (x->s.e0 < y->s.e0 || x->s.e0 > y->s.e0)
		return x->s.e0 < y->s.e0 ? -1 : 1;
	return x->tag < y->tag ? -1 : x->tag > y->tag;
}

/* The pieces stand for what was left out: each by one over the chance that it had to be kept, and all of an energy bin
 * by what was counted in it. */
static void weigh(const struct bsm_shower *src, struct bsm_shower_slice *c, double keep,
		  double (*counted)[BSM_SHOWER_ANGLES])
{
	double sample[BSM_SHOWER_ENERGIES] = {0}, all[BSM_SHOWER_ENERGIES] = {0};
	for (size_t i = 0; i < c->n; i++) {
		struct bsm_shower_row *r = &c->row[i];
		r->weight /= fmin(1, keep * r->weight * r->s.e0);
		sample[bsm_shower_energy_bin(src, &r->s)] += r->weight;
	}
	for (int i = 0; i < BSM_SHOWER_ENERGIES; i++)
		for (int j = 0; j < BSM_SHOWER_ANGLES; j++)
			all[i] += counted[i][j];
	for (size_t i = 0; i < c->n; i++) {
		int bin = bsm_shower_energy_bin(src, &c->row[i].s);
		c->row[i].weight *= all[bin] / sample[bin];
	}
}

static enum bsm_status init_slice(struct bsm_ctx *ctx, struct bsm_shower_slice *c)
{
	double sum = 0;
	qsort(c->row, c->n, sizeof *c->row, by_energy);
	c->cumulative = malloc((c->n + 1) * sizeof *c->cumulative);
	c->guide = malloc((c->n + 1) * sizeof *c->guide);
	if (!c->cumulative || !c->guide)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu pieces of tracks", c->n);
	for (size_t i = 0; i < c->n; i++) {
		c->cumulative[i] = sum;
		sum += c->row[i].weight;
	}
	for (size_t i = 0; i < c->n; i++)
		c->cumulative[i] /= sum;
	c->cumulative[c->n] = 1;
	for (size_t bin = 0, i = 0; bin <= c->n; bin++) {
		while (i + 1 < c->n && c->cumulative[i + 1] <= (double)bin / (double)c->n)
			i++;
		c->guide[bin] = (uint32_t)i;
	}
	return BSM_OK;
}

/* "e- in iron" */
static void label(struct bsm_component *c)
{
	const char *parts[3] = {bsm_pdg_name(c->pdg), " in ", c->medium->name};
	size_t n = 0;
	for (int i = 0; i < 3; i++) {
		size_t len = strlen(parts[i]), room = sizeof c->label - 1 - n;
		len = len < room ? len : room;
		memcpy(c->label + n, parts[i], len);
		n += len;
	}
	c->label[n] = 0;
}

static enum bsm_status init_slices(struct bsm_ctx *ctx, struct bsm_source *s, struct bsm_shower *src,
				   struct bsm_shower_sample *sample)
{
	for (int k = 0; k < BSM_SHOWER_PARTS; k++) {
		if (!sample[k].n)
			continue;
		struct bsm_shower_slice *c = &src->slice[src->slices++];
		int medium = k / BSM_SHOWER_SPECIES, species = k % BSM_SHOWER_SPECIES;
		*c = (struct bsm_shower_slice){
			.row = sample[k].row, .n = sample[k].n, .total = src->tally.length[medium][species]};
		sample[k].row = NULL; /* the slice's now */
		weigh(src, c, sample[k].keep, src->tally.bin[medium][species]);
		BSM_TRY(init_slice(ctx, c));
		struct bsm_component *o = &s->component[s->ncomponent++];
		*o = (struct bsm_component){
			.pdg = bsm_shower_pdg[species], .yield = c->total, .medium = &src->material[medium]};
		label(o);
	}
	return BSM_OK;
}

static enum bsm_status simulate(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s,
				struct bsm_shower *src)
{
	struct bsm_shower_sample sample[BSM_SHOWER_PARTS];
	BSM_TRY(bsm_check_cancel(ctx));
	src->slice = calloc(BSM_SHOWER_PARTS, sizeof *src->slice);
	s->component = calloc(BSM_SHOWER_PARTS, sizeof *s->component);
	if (!src->slice || !s->component)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	enum bsm_status status = bsm_shower_simulate(ctx, src, sample);
	if (status == BSM_OK)
		status = init_slices(ctx, s, src, sample);
	for (int k = 0; k < BSM_SHOWER_PARTS; k++)
		free(sample[k].row);
	if (status == BSM_OK && !s->ncomponent)
		return bsm_node_fail(ctx, root, BSM_E_GEOMETRY, "no particle above the threshold comes into matter");
	return status;
}

static enum bsm_status shower_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct bsm_shower *src = calloc(1, sizeof *src);
	if (!src)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	s->data = src;
	s->close = shower_close;
	s->ray = shower_ray;
	s->norm = BSM_PER_POT;
	s->ndim = 2;
	BSM_TRY(bsm_shower_read(ctx, root, src));
	s->dump_z = src->setup.cylinder[src->setup.cylinders - 1].z1;
	return simulate(ctx, root, s, src);
}

const struct bsm_source_kind bsm_source_shower = {
	"shower", "track lengths of photons, e- and e+ in electromagnetic showers of a beam or of pi0", shower_open, NULL};
