/* Reader of the source kind `hadrons`. */
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "core/text.h"
#include "kinematics/particles.h"
#include "source/hadrons_read.h"

enum bsm_status bsm_get_positive(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, enum bsm_dim dim,
				 double *out)
{
	BSM_TRY(bsm_get_quantity(ctx, map, key, dim, out));
	if (!(*out > 0))
		return bsm_node_fail(ctx, bsm_node_get(map, key), BSM_E_RANGE, "%g %s has to be positive", *out,
				     bsm_dim_unit(dim));
	return BSM_OK;
}

static enum bsm_status need(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, enum bsm_node_kind kind,
			    struct bsm_node **out)
{
	BSM_TRY(bsm_node_need(ctx, map, key, out));
	if ((*out)->kind != kind)
		return bsm_node_fail(ctx, *out, BSM_E_SYNTAX,
				     kind == BSM_MAP ? "expected a map of keys" : "expected a list");
	return BSM_OK;
}

static enum bsm_status read_beam(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_hadron_reader *r,
				 struct bsm_hadron_target *t)
{
	struct bsm_node *map;
	BSM_TRY(need(ctx, root, "beam", BSM_MAP, &map));
	struct bsm_node *momentum = bsm_node_get(map, "momentum"), *kinetic = bsm_node_get(map, "kinetic_energy");
	if (!momentum == !kinetic)
		return bsm_node_fail(ctx, map, BSM_E_KEY, "expected either momentum or kinetic_energy");
	BSM_TRY(bsm_get_positive(ctx, map, momentum ? "momentum" : "kinetic_energy", BSM_DIM_ENERGY, &r->pB));
	if (kinetic)
		r->pB = sqrt(r->pB * (r->pB + 2 * bsm_pdg_mass(2212)));
	if (!(r->pB >= 0.8 && r->pB <= 1e4))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "%g GeV/c: expected 0.8 GeV/c to 10 TeV/c", r->pB);
	t->spot_x = t->spot_y = 0;
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spot_x", BSM_DIM_LENGTH, &t->spot_x));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spot_y", BSM_DIM_LENGTH, &t->spot_y));
	if (!(t->spot_x >= 0 && t->spot_y >= 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "spot_x and spot_y are not negative");
	return BSM_OK;
}

/* The element whose mean mass the target has; Z = 0 if there is none: then no process on its nuclei can be. */
static int element_of(double A)
{
	for (const struct bsm_material *m = bsm_materials; m->name; m++)
		for (const struct bsm_element *e = m->element; e->Z; e++)
			if (fabs(e->A - A) < 0.05)
				return e->Z;
	return 0;
}

static enum bsm_status read_target(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_hadron_reader *r,
				   struct bsm_hadron_target *t)
{
	struct bsm_node *map, *comment;
	BSM_TRY(need(ctx, root, "target", BSM_MAP, &map));
	if ((comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	BSM_TRY(bsm_get_quantity(ctx, map, "start", BSM_DIM_LENGTH, &t->z0));
	BSM_TRY(bsm_get_positive(ctx, map, "length", BSM_DIM_LENGTH, &t->length));
	BSM_TRY(bsm_get_positive(ctx, map, "radius", BSM_DIM_LENGTH, &t->radius));
	BSM_TRY(bsm_get_positive(ctx, map, "density", BSM_DIM_DENSITY, &r->density));
	BSM_TRY(bsm_get_positive(ctx, map, "A", BSM_DIM_NONE, &r->A));
	BSM_TRY(bsm_get_positive(ctx, map, "production", BSM_DIM_AREA, &r->production_cm2));
	r->attenuation_cm2 = r->production_cm2;
	BSM_TRY(bsm_get_quantity_or(ctx, map, "attenuation", BSM_DIM_AREA, &r->attenuation_cm2));
	if (r->attenuation_cm2 < r->production_cm2)
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "attenuation is smaller than production");
	t->attenuation = 100 * r->density * BSM_AVOGADRO / r->A * r->attenuation_cm2;
	t->produces = r->production_cm2 / r->attenuation_cm2;
	t->beam_p = r->pB;
	t->matter = (struct bsm_material){.name = "target", .density = r->density, .element = {{element_of(r->A), r->A, 1}}};
	t->removed = -expm1(-t->attenuation * t->length);
	t->rod = (struct bsm_decay_volume){1, {{t->z0, t->z0 + t->length, t->radius, 0}}};
	return BSM_OK;
}

static enum bsm_status read_species(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadron_reader *r,
				    struct bsm_hadron *h)
{
	int64_t pdg = 0;
	struct bsm_node *key;
	double absorbed = 0, scale = 1;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {pdg, model}");
	BSM_TRY(bsm_node_need(ctx, map, "pdg", &key));
	BSM_TRY(bsm_node_int(ctx, key, -100000, 100000, &pdg));
	h->pdg = (int32_t)pdg;
	const struct bsm_pdg *row = bsm_pdg_find(h->pdg);
	h->m = bsm_pdg_mass(h->pdg);
	h->ctau = bsm_pdg_ctau(h->pdg);
	if (!row || !(h->m > 0) || !isfinite(h->ctau) || row->pdg < 100 || row->spin2 % 2)
		return bsm_node_fail(ctx, key, BSM_E_NAME, "%d is no meson of the particle table that decays", h->pdg);
	BSM_TRY(bsm_variant_factor(ctx, &r->variant, h->pdg, &h->scale));
	BSM_TRY(bsm_get_number_or(ctx, map, "scale", &scale));
	h->scale *= scale;
	BSM_TRY(bsm_get_quantity_or(ctx, map, "absorbed", BSM_DIM_AREA, &absorbed));
	if (!(h->scale >= 0) || !(absorbed >= 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "scale and absorbed are not negative");
	h->absorb = 100 * r->density * BSM_AVOGADRO / r->A * absorbed;
	BSM_TRY(bsm_hadrons_law(ctx, map, r, h));
	BSM_TRY(bsm_get_number_or(ctx, map, "spread", &h->spread));
	if ((key = bsm_node_get(map, "source")))
		bsm_node_ignore(key);
	return h->spread >= 0 ? BSM_OK : bsm_node_fail(ctx, map, BSM_E_RANGE, "spread %g is negative", h->spread);
}

static enum bsm_status read_lepton(struct bsm_ctx *ctx, struct bsm_node *map, const struct bsm_hadrons *src,
				   struct bsm_hadron_component *c)
{
	int64_t pdg = 0, from = 0;
	struct bsm_node *key, *origin;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {pdg, from, branching}");
	BSM_TRY(bsm_node_need(ctx, map, "pdg", &key));
	BSM_TRY(bsm_node_int(ctx, key, -15, 15, &pdg));
	BSM_TRY(bsm_node_need(ctx, map, "from", &origin));
	BSM_TRY(bsm_node_int(ctx, origin, -100000, 100000, &from));
	BSM_TRY(bsm_get_number(ctx, map, "branching", &c->branching));
	if (llabs(pdg) != 13 && llabs(pdg) != 15)
		return bsm_node_fail(ctx, key, BSM_E_NAME, "%d: a muon (13) or tau (15) of either sign was expected",
				     (int)pdg);
	for (c->species = 0; c->species < src->nspecies; c->species++)
		if (src->species[c->species].pdg == from)
			break;
	if (c->species == src->nspecies)
		return bsm_node_fail(ctx, origin, BSM_E_NAME, "%d is not under production:", (int)from);
	c->lepton = (int32_t)pdg;
	c->m = bsm_pdg_mass(c->lepton);
	c->ctau = bsm_pdg_ctau(c->lepton);
	if (bsm_pdg_charge3(c->lepton) != bsm_pdg_charge3((int32_t)from) || !(c->m < src->species[c->species].m))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "%s -> %s nu does not exist", bsm_pdg_name((int32_t)from),
				     bsm_pdg_name(c->lepton));
	if (!(c->branching >= 0 && c->branching <= 1))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "branching %g is outside 0 to 1", c->branching);
	return BSM_OK;
}

static void hadrons_close(struct bsm_source *s)
{
	struct bsm_hadrons *src = s->data;
	if (src) {
		free(src->species);
		free(src->component);
		free(src);
	}
	free(s->component);
}

/* "K+ from the target", "mu+ from K+ in flight". */
static void label(struct bsm_component *out, const struct bsm_hadron *h, const struct bsm_hadron_component *c)
{
	const char *parts[4] = {bsm_pdg_name(out->pdg), " from ", c->lepton ? bsm_pdg_name(h->pdg) : "the target",
				c->lepton ? " in flight" : ""};
	size_t n = 0;
	for (int i = 0; i < 4; i++) {
		size_t len = strlen(parts[i]), room = sizeof out->label - 1 - n;
		len = len < room ? len : room;
		memcpy(out->label + n, parts[i], len);
		n += len;
	}
	out->label[n] = 0;
}

static void add_protons(struct bsm_source *s, struct bsm_hadrons *src)
{
	const struct bsm_hadron_target *t = &src->target;
	if (!t->matter.element[0].Z)
		return;
	src->component[s->ncomponent].species = BSM_BEAM_PROTON;
	struct bsm_component *c = &s->component[s->ncomponent++];
	*c = (struct bsm_component){.pdg = 2212, .yield = t->removed / t->attenuation, .medium = &t->matter};
	strcpy(c->label, "protons in the target");
}

static enum bsm_status read_components(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_hadron_reader *r,
				       struct bsm_source *s, struct bsm_hadrons *src)
{
	struct bsm_node *list, *leptons = bsm_node_get(root, "leptons");
	BSM_TRY(need(ctx, root, "production", BSM_LIST, &list));
	if (leptons && leptons->kind != BSM_LIST)
		return bsm_node_fail(ctx, leptons, BSM_E_SYNTAX, "expected a list of {pdg, from, branching}");
	int n = list->nchild + (leptons ? leptons->nchild : 0);
	src->species = calloc((size_t)list->nchild + 1, sizeof *src->species);
	src->component = calloc((size_t)n + 2, sizeof *src->component);
	s->component = calloc((size_t)n + 2, sizeof *s->component);
	if (!src->species || !src->component || !s->component)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %d components", n);
	for (struct bsm_node *c = list->child; c; c = c->next) {
		BSM_TRY(read_species(ctx, c, r, &src->species[src->nspecies]));
		src->component[s->ncomponent++].species = src->nspecies++;
	}
	for (struct bsm_node *c = leptons ? leptons->child : NULL; c; c = c->next)
		BSM_TRY(read_lepton(ctx, c, src, &src->component[s->ncomponent++]));
	for (int i = 0; i < s->ncomponent; i++) {
		const struct bsm_hadron_component *c = &src->component[i];
		const struct bsm_hadron *h = &src->species[c->species];
		s->component[i] = (struct bsm_component){
			.pdg = c->lepton ? c->lepton : h->pdg, .yield = NAN, .decays = 1, .spread = h->spread};
		label(&s->component[i], h, c);
		bsm_hadrons_init_map(src, i);
	}
	add_protons(s, src);
	return BSM_OK;
}

/* A list of sections, or the word `target`: what leaves the rod is lost, as in a beam dump. */
static enum bsm_status read_volume(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_hadrons *src,
				   struct bsm_node **list)
{
	BSM_TRY(bsm_node_need(ctx, root, "decay_volume", list));
	if ((*list)->kind != BSM_SCALAR)
		return bsm_decay_volume_read(ctx, *list, &src->volume);
	const char *word;
	BSM_TRY(bsm_node_string(ctx, *list, &word));
	if (strcmp(word, "target") != 0)
		return bsm_node_fail(ctx, *list, BSM_E_SYNTAX,
				     "found \"%s\", expected a list of {from, to, radius}, or `target` for a beam dump",
				     word);
	src->volume = src->target.rod;
	return BSM_OK;
}

static enum bsm_status hadrons_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct bsm_hadron_reader r = {0};
	struct bsm_node *list;
	struct bsm_hadrons *src = calloc(1, sizeof *src);
	if (!src)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	s->data = src;
	s->close = hadrons_close;
	s->ray = bsm_hadrons_ray;
	s->norm = BSM_PER_POT;
	s->ndim = BSM_HADRON_NDIM;
	BSM_TRY(read_beam(ctx, root, &r, &src->target));
	BSM_TRY(read_target(ctx, root, &r, &src->target));
	BSM_TRY(read_volume(ctx, root, src, &list));
	s->dump_z = bsm_decay_volume_end(&src->volume);
	s->dump_r = bsm_decay_volume_radius(&src->volume) + BSM_SHIELD;
	s->reach_m = bsm_decay_volume_reach(&src->volume);
	s->draft_ndim = BSM_HADRON_DRAFT_NDIM;
	s->draft = bsm_hadrons_draft;
	s->turned = bsm_hadrons_turned;
	if (bsm_decay_volume_begin(&src->volume) > src->target.z0)
		return bsm_node_fail(ctx, list, BSM_E_GEOMETRY, "starts at %g m, behind the target's front at %g m",
				     bsm_decay_volume_begin(&src->volume), src->target.z0);
	BSM_TRY(bsm_variant_read(ctx, root, &r.variant));
	BSM_TRY(bsm_hadrons_flavours(ctx, root, &r));
	return read_components(ctx, root, &r, s, src);
}

const struct bsm_source_kind bsm_source_hadrons = {"hadrons", "protons on a bare target, decays in a pipe; no horns",
						   hadrons_open, NULL};
