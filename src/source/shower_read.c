/* Reader of the source kind `shower`. */
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"
#include "kinematics/particles.h"
#include "source/shower.h"

/* Bounds of one simulation: energy over threshold, and that times the showers. */
static const double most_each = 2e6, most_all = 5e8;

static enum bsm_status positive(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, enum bsm_dim dim,
				double *out)
{
	BSM_TRY(bsm_get_quantity(ctx, map, key, dim, out));
	if (!(*out > 0))
		return bsm_node_fail(ctx, bsm_node_get(map, key), BSM_E_RANGE, "%g %s has to be positive", *out,
				     bsm_dim_unit(dim));
	return BSM_OK;
}

static enum bsm_status read_energy(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_shower *s)
{
	struct bsm_node *momentum = bsm_node_get(map, "momentum"), *kinetic = bsm_node_get(map, "kinetic_energy");
	double m = s->beam == 22 ? 0 : bsm_pdg_mass(s->beam);
	if (!momentum == !kinetic)
		return bsm_node_fail(ctx, map, BSM_E_KEY, "expected either momentum or kinetic_energy");
	BSM_TRY(positive(ctx, map, momentum ? "momentum" : "kinetic_energy", BSM_DIM_ENERGY, &s->energy));
	if (momentum) /* p^2/(E + m): no difference of large numbers */
		s->energy *= s->energy / (sqrt(s->energy * s->energy + m * m) + m);
	if (!(s->energy <= 1e5))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "%g GeV: up to 100 TeV", s->energy);
	return BSM_OK;
}

static enum bsm_status read_beam(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_shower *s)
{
	static const struct {
		const char *name;
		int32_t pdg;
	} kinds[] = {{"electron", 11}, {"positron", -11}, {"photon", 22}, {"proton", 2212}};
	struct bsm_node *map;
	const char *name;
	BSM_TRY(bsm_node_need(ctx, root, "beam", &map));
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX,
				     "expected {particle, momentum or kinetic_energy, spot_x, spot_y}");
	BSM_TRY(bsm_get_string(ctx, map, "particle", &name));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, name) == 0)
			s->beam = kinds[i].pdg;
	if (!s->beam)
		return bsm_node_fail(ctx, bsm_node_get(map, "particle"), BSM_E_NAME,
				     "found \"%s\", expected electron, positron, photon or proton", name);
	BSM_TRY(read_energy(ctx, map, s));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spot_x", BSM_DIM_LENGTH, &s->spot_x));
	BSM_TRY(bsm_get_quantity_or(ctx, map, "spot_y", BSM_DIM_LENGTH, &s->spot_y));
	if (!(s->spot_x >= 0 && s->spot_y >= 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "spot_x and spot_y are not negative");
	return BSM_OK;
}

/* The material with the density of the section, as one of the source's. */
static enum bsm_status take_material(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_shower *s, int *out)
{
	const char *name;
	BSM_TRY(bsm_get_string(ctx, map, "material", &name));
	const struct bsm_material *found = bsm_material_find(name);
	if (!found)
		return bsm_node_fail(ctx, bsm_node_get(map, "material"), BSM_E_NAME,
				     "no material \"%s\"; docs/detectors.md lists them", name);
	struct bsm_material m = *found;
	if (bsm_node_get(map, "density")) {
		BSM_TRY(positive(ctx, map, "density", BSM_DIM_DENSITY, &m.density));
		if (!(found->density > 0) || !(m.density < 100))
			return bsm_node_fail(ctx, bsm_node_get(map, "density"), BSM_E_RANGE,
					     "expected matter, of less than 100 g/cm3");
	}
	for (*out = 0; *out < s->media; ++*out)
		if (s->material[*out].name == m.name && !(fabs(s->material[*out].density - m.density) > 0))
			return BSM_OK;
	if (s->media == BSM_SHOWER_MEDIA)
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "more than %d materials", BSM_SHOWER_MEDIA);
	s->material[s->media++] = m;
	return BSM_OK;
}

static enum bsm_status read_cylinder(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_shower *s)
{
	struct bsm_em_cylinder *c = &s->setup.cylinder[s->setup.cylinders];
	struct bsm_node *comment;
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {from, to, radius, material}");
	BSM_TRY(bsm_get_quantity(ctx, map, "from", BSM_DIM_LENGTH, &c->z0));
	BSM_TRY(bsm_get_quantity(ctx, map, "to", BSM_DIM_LENGTH, &c->z1));
	BSM_TRY(positive(ctx, map, "radius", BSM_DIM_LENGTH, &c->radius));
	if ((comment = bsm_node_get(map, "comment")))
		bsm_node_ignore(comment);
	if (!(c->z1 > c->z0) || !(fabs(c->z0) < 1e5) || !(fabs(c->z1) < 1e5) || !(c->radius < 1e5))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "from %g m to %g m, radius %g m: expected an end behind the start, "
				     "all within 100 km",
				     c->z0, c->z1, c->radius);
	if (s->setup.cylinders && c->z0 < c[-1].z1)
		return bsm_node_fail(ctx, map, BSM_E_GEOMETRY,
				     "starts at %g m, before the section in front of it ends at %g m", c->z0, c[-1].z1);
	s->setup.cylinders++;
	return take_material(ctx, map, s, &c->medium);
}

static enum bsm_status read_media(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_shower *s)
{
	struct bsm_node *list;
	int matter = 0;
	BSM_TRY(bsm_node_need(ctx, root, "media", &list));
	if (list->kind != BSM_LIST || list->nchild < 1 || list->nchild > BSM_EM_CYLINDERS)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX,
				     "expected a list of 1 to %d sections, each {from, to, radius, material}",
				     BSM_EM_CYLINDERS);
	for (struct bsm_node *c = list->child; c; c = c->next)
		BSM_TRY(read_cylinder(ctx, c, s));
	for (int i = 0; i < s->media; i++)
		matter |= s->material[i].density > 0;
	return matter ? BSM_OK : bsm_node_fail(ctx, list, BSM_E_GEOMETRY, "nothing but vacuum");
}

static double bmpt(const void *law, double p, double ct, double st)
{
	return bsm_bmpt_density(law, p, ct, st);
}

/* The mean of pi+ and pi-. */
static double sanford_wang(const void *law, double p, double ct, double st)
{
	const struct bsm_sanford_wang *w = law;
	return 0.5 * (bsm_sanford_wang_density(&w[0], p, ct, st) + bsm_sanford_wang_density(&w[1], p, ct, st));
}

/* Showers go with energy: hard pi0 come more often than they are made, with smaller weights. */
static double guide(const void *arg, double p, double ct, double st)
{
	const struct bsm_shower_pi0 *pi0 = arg;
	return sqrt(p) * pi0->density(&pi0->law, p, ct, st);
}

static enum bsm_status read_law(struct bsm_ctx *ctx, struct bsm_node *map, double pB, double A,
				struct bsm_shower_pi0 *p)
{
	const char *model;
	BSM_TRY(bsm_get_string(ctx, map, "model", &model));
	int is_bmpt = strcmp(model, "bmpt") == 0, bad;
	if (!is_bmpt && strcmp(model, "sanford_wang") != 0)
		return bsm_node_fail(ctx, bsm_node_get(map, "model"), BSM_E_NAME,
				     "found \"%s\", expected bmpt or sanford_wang", model);
	p->density = is_bmpt ? bmpt : sanford_wang;
	if (is_bmpt)
		bad = bsm_bmpt_init(&p->law.bmpt, 111, pB, A);
	else
		bad = bsm_sanford_wang_init(&p->law.sanford_wang[0], 211, "miniboone", pB) |
		      bsm_sanford_wang_init(&p->law.sanford_wang[1], -211, "miniboone", pB);
	double pmax = is_bmpt ? pB : p->law.sanford_wang[0].pmax;
	if (bad || !(pB >= 2 && pB <= 1e4) || !(pmax > 0.05))
		return bsm_node_fail(ctx, map, BSM_E_RANGE, "%g GeV/c: the yields hold from 2 GeV/c to 10 TeV/c", pB);
	bsm_yield_map_init(&p->map, guide, p, 0.02, pmax);
	return BSM_OK;
}

/* pi0 of the beam's protons in the first cylinder. */
static enum bsm_status read_pi0(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_shower *s)
{
	struct bsm_node *map;
	struct bsm_shower_pi0 *p = &s->pi0;
	const struct bsm_em_cylinder *c = &s->setup.cylinder[0];
	const struct bsm_material *m = &s->material[c->medium];
	double production, attenuation, scale = 1, mp = bsm_pdg_mass(2212), pB = sqrt(s->energy * (s->energy + 2 * mp));
	BSM_TRY(bsm_node_need(ctx, root, "pi0", &map));
	if (map->kind != BSM_MAP)
		return bsm_node_fail(ctx, map, BSM_E_SYNTAX, "expected {model, production, attenuation, scale}");
	double nuclei = bsm_material_nuclei(m, 0);
	if (!(nuclei > 0))
		return bsm_node_fail(ctx, map, BSM_E_GEOMETRY, "the first section of media: is vacuum");
	BSM_TRY(positive(ctx, map, "production", BSM_DIM_AREA, &production));
	attenuation = production;
	BSM_TRY(bsm_get_quantity_or(ctx, map, "attenuation", BSM_DIM_AREA, &attenuation));
	BSM_TRY(bsm_get_number_or(ctx, map, "scale", &scale));
	if (!(attenuation >= production) || !(scale >= 0))
		return bsm_node_fail(ctx, map, BSM_E_RANGE,
				     "attenuation is smaller than production, or scale negative");
	p->on = 1;
	p->target = (struct bsm_hadron_target){.z0 = c->z0,
					       .length = c->z1 - c->z0,
					       .radius = c->radius,
					       .attenuation = 100 * nuclei * attenuation,
					       .produces = production / attenuation,
					       .spot_x = s->spot_x,
					       .spot_y = s->spot_y};
	p->target.removed = -expm1(-p->target.attenuation * p->target.length);
	p->scale = scale * 1e-27 / production;
	return read_law(ctx, map, pB, m->density * BSM_AVOGADRO / nuclei, p);
}

static enum bsm_status read_size(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_shower *s)
{
	double threshold = 0.01;
	int64_t seed = 1;
	s->showers = 1000;
	s->segments = 20000;
	BSM_TRY(bsm_get_quantity_or(ctx, root, "threshold", BSM_DIM_ENERGY, &threshold));
	BSM_TRY(bsm_get_int_or(ctx, root, "showers", 1, 100000000, &s->showers));
	BSM_TRY(bsm_get_int_or(ctx, root, "segments", 100, 2000000, &s->segments));
	BSM_TRY(bsm_get_int_or(ctx, root, "seed", 0, (int64_t)1 << 53, &seed));
	s->seed = (uint64_t)seed;
	s->setup.threshold = threshold;
	if (!(threshold >= 1e-3 && threshold < s->energy))
		return bsm_node_fail(ctx, bsm_node_get(root, "threshold"), BSM_E_RANGE,
				     "threshold %g GeV: expected 1 MeV or more, and less than the beam's %g GeV",
				     threshold, s->energy);
	double each = s->energy / threshold;
	if (each > most_each || each * (double)s->showers > most_all)
		return bsm_node_fail(ctx, root, BSM_E_RANGE,
				     "%g showers of %g times the threshold: at most %g times, and "
				     "%g in all; raise the threshold or lower showers",
				     (double)s->showers, each, most_each, most_all);
	return BSM_OK;
}

enum bsm_status bsm_shower_read(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_shower *s)
{
	BSM_TRY(read_beam(ctx, root, s));
	BSM_TRY(read_media(ctx, root, s));
	if (s->beam == 2212)
		BSM_TRY(read_pi0(ctx, root, s));
	BSM_TRY(read_size(ctx, root, s));
	for (int i = 0; i < s->media; i++)
		BSM_TRY(bsm_em_medium_init(ctx, &s->medium[i], &s->material[i], s->setup.threshold, s->energy));
	s->setup.medium = s->medium;
	const struct bsm_em_setup *e = &s->setup;
	double depth = bsm_shower_depth(s, e->cylinder[e->cylinders - 1].z1);
	s->depth_step = fmax(0.25, depth / BSM_SHOWER_DEPTHS);
	return BSM_OK;
}
