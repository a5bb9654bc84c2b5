/* Source kind `parents`: mesons from a foreign simulation, as a list. One component per pdg code; u0 picks an entry
 * with a probability in proportion to its weight, in order of energy (so that an adaptive grid has something to learn),
 * u1 its flight where the list is at production. */
#include "source/parents.h"

#include <stdlib.h>
#include <string.h>

#include "kinematics/particles.h"

struct slice { /* the entries of one pdg code: row[first .. first + n - 1] */
	size_t first, n;
	double *cumulative; /* n + 1 numbers from 0 to 1 */
	uint32_t *guide;    /* n + 1: first entry to look at for u in [i/n, (i+1)/n) */
	double total;       /* sum of weights per POT */
	double m, ctau;
};

struct parents {
	struct bsm_parent_list list;
	struct slice *slice;
	struct bsm_decay_volume volume;
	int nslice, fly;
};

static double parents_ray(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct parents *src = s->data;
	const struct slice *c = &src->slice[component];
	size_t bin = (size_t)(u[0] * (double)c->n);
	size_t i = c->guide[bin < c->n ? bin : c->n - 1];
	while (i + 1 < c->n && c->cumulative[i + 1] <= u[0])
		i++;
	const struct bsm_parent *r = &src->list.row[c->first + i];
	*out = (struct bsm_particle){.pdg = r->pdg, .m = c->m, .p = r->p, .x = r->x, .origin = r->history, .pol = {r->pol[0], r->pol[1], r->pol[2]}};
	return src->fly ? c->total * bsm_decay_in_flight(&src->volume, out, c->ctau, u[1]) : c->total;
}

static void parents_close(struct bsm_source *s)
{
	struct parents *src = s->data;
	for (int i = 0; src && i < src->nslice; i++) {
		free(src->slice[i].cumulative);
		free(src->slice[i].guide);
	}
	if (src) {
		free(src->slice);
		bsm_parent_list_free(&src->list);
		free(src);
	}
	free(s->component);
}

/* All numbers count, so that the order does not depend on how the library sorts equal keys. */
static int by_pdg_and_energy(const void *a, const void *b)
{
	const struct bsm_parent *x = a, *y = b;
	if (x->pdg != y->pdg)
		return x->pdg < y->pdg ? -1 : 1;
	const double l[12] = {x->p.e, x->p.x, x->p.y, x->p.z,  x->x.e,    x->x.x,
			      x->x.y, x->x.z, x->weight, x->pol[0], x->pol[1], x->pol[2]};
	const double r[12] = {y->p.e, y->p.x, y->p.y, y->p.z,  y->x.e,    y->x.x,
			      y->x.y, y->x.z, y->weight, y->pol[0], y->pol[1], y->pol[2]};
	for (int i = 0; i < 12; i++)
		if (l[i] != r[i])
			return l[i] < r[i] ? -1 : 1;
	return 0;
}

/* Entries of no weight go; the rest is sorted. */
static void sort(struct bsm_parent_list *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (l->row[i].weight > 0)
			l->row[n++] = l->row[i];
	l->n = n;
	if (n)
		qsort(l->row, n, sizeof *l->row, by_pdg_and_energy);
}

static enum bsm_status init_slice(struct bsm_ctx *ctx, struct parents *src, struct slice *c, double pot, double *yield)
{
	const struct bsm_parent *row = src->list.row + c->first;
	double sum = 0, decaying = 0;
	c->m = bsm_pdg_mass(row->pdg);
	c->ctau = bsm_pdg_ctau(row->pdg);
	c->cumulative = malloc((c->n + 1) * sizeof *c->cumulative);
	c->guide = malloc((c->n + 1) * sizeof *c->guide);
	if (!c->cumulative || !c->guide)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu parents", c->n);
	for (size_t i = 0; i < c->n; i++) {
		struct bsm_particle a = {.pdg = row[i].pdg, .m = c->m, .p = row[i].p, .x = row[i].x};
		c->cumulative[i] = sum;
		sum += row[i].weight;
		decaying += row[i].weight * (src->fly ? bsm_decay_in_flight(&src->volume, &a, c->ctau, 0) : 1);
	}
	if (!isfinite(sum / pot) || !(sum / pot > 0))
		return bsm_fail(ctx, BSM_E_RANGE, "the weights of pdg %d add up to %g", row->pdg, sum);
	for (size_t i = 0; i < c->n; i++)
		c->cumulative[i] /= sum;
	c->cumulative[c->n] = 1;
	for (size_t bin = 0, i = 0; bin <= c->n; bin++) {
		while (i + 1 < c->n && c->cumulative[i + 1] <= (double)bin / (double)c->n)
			i++;
		c->guide[bin] = (uint32_t)i;
	}
	c->total = sum / pot;
	*yield = decaying / pot;
	return BSM_OK;
}

static void label(struct bsm_component *c, enum bsm_parents_at at)
{
	const char *name = bsm_pdg_name(c->pdg),
		   *rest = at == BSM_AT_DECAY ? " from a list, at decay" : " from a list, flown";
	size_t n = strlen(name);
	if (n > 16)
		n = 16;
	memcpy(c->label, name, n);
	memcpy(c->label + n, rest, strlen(rest) + 1);
}

static enum bsm_status init_slices(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s,
				   struct parents *src)
{
	const struct bsm_parent_list *l = &src->list;
	size_t kinds = 0;
	double total = 0, decaying = 0;
	for (size_t i = 0; i < l->n; i++)
		kinds += !i || l->row[i].pdg != l->row[i - 1].pdg;
	if (!kinds || l->n >= UINT32_MAX)
		return bsm_node_fail(ctx, root, BSM_E_RANGE, "%zu parents with a weight above 0", l->n);
	src->slice = calloc(kinds, sizeof *src->slice);
	s->component = calloc(kinds, sizeof *s->component);
	if (!src->slice || !s->component)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu components", kinds);
	for (size_t i = 0; i < l->n; i++) {
		if (!i || l->row[i].pdg != l->row[i - 1].pdg)
			src->slice[src->nslice++].first = i;
		src->slice[src->nslice - 1].n++;
	}
	for (int k = 0; k < src->nslice; k++) {
		struct slice *c = &src->slice[k];
		s->component[k] = (struct bsm_component){.pdg = l->row[c->first].pdg, .decays = 1};
		if (src->fly && !isfinite(bsm_pdg_ctau(s->component[k].pdg)))
			return bsm_node_fail(ctx, root, BSM_E_RANGE,
					     "pdg %d does not decay: it cannot be listed at production",
					     s->component[k].pdg);
		BSM_TRY(init_slice(ctx, src, c, l->pot, &s->component[k].yield));
		label(&s->component[k], l->at);
		total += c->total;
		decaying += s->component[k].yield;
	}
	s->ncomponent = src->nslice;
	bsm_note(ctx, BSM_NOTE, "%s: %zu parents, %g per POT, of which %g per POT decay inside the volume", s->name,
		 l->n, total, decaying);
	if (!(decaying > 0))
		return bsm_node_fail(ctx, root, BSM_E_GEOMETRY,
				     "no parent decays inside decay_volume: is the frame the beam's, in m?");
	return BSM_OK;
}

/* A statement of the file and one of the YAML have to agree. */
static enum bsm_status settle(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_parent_list *l)
{
	const char *word = NULL;
	double pot = 0;
	enum bsm_parents_at at = BSM_AT_UNKNOWN;
	BSM_TRY(bsm_get_string_or(ctx, root, "at", &word));
	if (word && bsm_parents_at_parse(ctx, word, root->file ? root->file : "", &at) != BSM_OK)
		return BSM_E_NAME;
	if (at && l->at && at != l->at)
		return bsm_node_fail(ctx, bsm_node_get(root, "at"), BSM_E_RANGE, "the list itself says the opposite");
	l->at = l->at ? l->at : at;
	if (!l->at && l->at_origin) /* MeVPrtl's own reading of it */
		l->at = BSM_AT_DECAY;
	if (!l->at)
		return bsm_node_fail(ctx, root, BSM_E_KEY,
				     "neither this file nor the list says `at: production` or `at: decay`: the momenta "
				     "mean one or the other");
	BSM_TRY(bsm_get_number_or(ctx, root, "pot", &pot));
	if (pot < 0 || (pot > 0 && l->pot > 0 && fabs(pot / l->pot - 1) > 1e-9))
		return bsm_node_fail(ctx, bsm_node_get(root, "pot"), BSM_E_RANGE, "pot: %g here, %g in the list", pot,
				     l->pot);
	l->pot = l->pot > 0 ? l->pot : pot;
	if (!(l->pot > 0))
		return bsm_node_fail(ctx, root, BSM_E_KEY,
				     "neither this file nor the list says how many protons it stands for (pot)");
	return BSM_OK;
}

static enum bsm_status positions(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_parent_list *l)
{
	struct bsm_node *node = bsm_node_get(root, "position");
	double x[3] = {0};
	if (node)
		BSM_TRY(bsm_node_quantities(ctx, node, BSM_DIM_LENGTH, 3, x));
	if (node && l->has_positions)
		return bsm_node_fail(ctx, node, BSM_E_KEY, "the list has positions of its own");
	if (!node && !l->has_positions && !l->at_origin && l->at == BSM_AT_DECAY)
		return bsm_node_fail(ctx, root, BSM_E_KEY,
				     "decays without positions: give the list x y z t, or one position: here");
	for (size_t i = 0; node && i < l->n; i++)
		l->row[i].x = (struct bsm_p4){0, x[0], x[1], x[2]};
	return BSM_OK;
}

static enum bsm_status check_sum(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_parent_list *l)
{
	struct bsm_node *node = bsm_node_get(root, "sum_of_weights");
	double stated, sum = 0;
	if (!node)
		return BSM_OK;
	BSM_TRY(bsm_node_number(ctx, node, &stated));
	for (size_t i = 0; i < l->n; i++)
		sum += l->row[i].weight;
	return fabs(sum - stated) <= 1e-6 * fabs(stated)
		       ? BSM_OK
		       : bsm_node_fail(ctx, node, BSM_E_RANGE, "the weights of the list add up to %.10g, not to %.10g",
				       sum, stated);
}

static enum bsm_status read_list(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_parent_list *l)
{
	char path[BSM_PATH];
	const char *format = NULL;
	int64_t skip = 0;
	struct bsm_node *node;
	struct bsm_input *in;
	l->mass_tolerance = 1e-4;
	BSM_TRY(bsm_get_number_or(ctx, root, "mass_tolerance", &l->mass_tolerance));
	if (!(l->mass_tolerance >= 0 && l->mass_tolerance < 1))
		return bsm_node_fail(ctx, bsm_node_get(root, "mass_tolerance"), BSM_E_RANGE,
				     "expected 0 to 1, of the energy");
	BSM_TRY(bsm_node_need(ctx, root, "file", &node));
	BSM_TRY(bsm_source_path(ctx, node, path));
	BSM_TRY(bsm_get_string_or(ctx, root, "format", &format));
	const char *dot = strrchr(path, '.');
	if (!format)
		format = dot && (strcmp(dot, ".h5") == 0 || strcmp(dot, ".hdf5") == 0) ? "hdf5" : "text";
	if (strcmp(format, "hdf5") == 0)
		return bsm_parents_read_hdf5(ctx, path, l);
	int mevprtl = strcmp(format, "mevprtl") == 0;
	if (strcmp(format, "text") != 0 && !mevprtl)
		return bsm_node_fail(ctx, bsm_node_get(root, "format"), BSM_E_NAME,
				     "found \"%s\", expected text, hdf5 or mevprtl", format);
	if (mevprtl)
		BSM_TRY(bsm_get_int_or(ctx, root, "skip_lines", 0, 1 << 20, &skip));
	BSM_TRY(bsm_input_open(ctx, path, &in));
	enum bsm_status status = mevprtl ? bsm_parents_read_mevprtl(ctx, in, skip, l) : bsm_parents_read_text(ctx, in, l);
	bsm_input_close(in);
	return status;
}

enum bsm_status bsm_parents_serve(struct bsm_ctx *ctx, struct bsm_node *where, struct bsm_source *s,
				  struct bsm_parent_list *list, const struct bsm_decay_volume *volume)
{
	struct parents *src = calloc(1, sizeof *src);
	if (!src) {
		bsm_parent_list_free(list);
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	}
	src->list = *list;
	*list = (struct bsm_parent_list){0};
	s->data = src;
	s->close = parents_close;
	s->ray = parents_ray;
	s->norm = BSM_PER_POT;
	s->ndim = 2;
	src->fly = src->list.at == BSM_AT_PRODUCTION;
	if (src->fly && !volume)
		return bsm_node_fail(ctx, where, BSM_E_KEY,
				     "parents at production need a decay_volume: to fly and decay in");
	if (volume) {
		src->volume = *volume;
		s->dump_z = bsm_decay_volume_end(volume);
		s->dump_r = bsm_decay_volume_radius(volume) + BSM_SHIELD;
	}
	sort(&src->list);
	return init_slices(ctx, where, s, src);
}

static enum bsm_status read_all(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_parent_list *l)
{
	BSM_TRY(read_list(ctx, root, l));
	BSM_TRY(settle(ctx, root, l));
	BSM_TRY(positions(ctx, root, l));
	return check_sum(ctx, root, l);
}

static enum bsm_status parents_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct bsm_parent_list list = {0};
	struct bsm_decay_volume volume;
	struct bsm_node *walls = bsm_node_get(root, "decay_volume");
	enum bsm_status status = read_all(ctx, root, &list);
	if (status == BSM_OK && walls)
		status = bsm_decay_volume_read(ctx, walls, &volume);
	if (status == BSM_OK)
		return bsm_parents_serve(ctx, root, s, &list, walls ? &volume : NULL);
	bsm_parent_list_free(&list);
	return status;
}

const struct bsm_source_kind bsm_source_parents = {
	"parents", "a list of parents from another simulation (text, HDF5 or MeVPrtl)", parents_open, NULL};
