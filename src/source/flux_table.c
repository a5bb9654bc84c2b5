/* Source kind `flux_table`: a neutrino flux as a table. Rays start on the disc that aim() gives, parallel to z, uniform
 * over its area; time is that of light from z = 0. u0 energy (by the flux itself: all weights are equal), u1 radius,
 * u2 azimuth. */
#include "source/flux_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/constants.h"

static const int32_t pdg_of[BSM_FLAVOURS] = {12, 14, 16, -12, -14, -16};
static const char *const word_of[BSM_FLAVOURS] = {"nue", "numu", "nutau", "anue", "anumu", "anutau"};
static const char *const other_word[BSM_FLAVOURS] = {"nue", "numu", "nutau", "nuebar", "numubar", "nutaubar"};

struct flux_table {
	struct bsm_flux flux;
	int flavour[BSM_FLAVOURS]; /* of the components */
	double factor;             /* table value -> 1/(m2 GeV POT) */
	struct bsm_aperture aperture;
	double area; /* m2; 0 before aim() */
};

static double flux_ray(const struct bsm_source *s, int component, const double *u, struct bsm_particle *out)
{
	const struct flux_table *src = s->data;
	int k = src->flavour[component];
	double e = bsm_flux_energy(&src->flux, k, u[0]), r = src->aperture.radius * sqrt(u[1]), phi = 2 * BSM_PI * u[2];
	const struct bsm_p4 *c = &src->aperture.center;
	double z = c->z - src->aperture.radius; /* in front of all of the detector */
	*out = (struct bsm_particle){.pdg = pdg_of[k],
				     .p = {e, 0, 0, e},
				     .x = {z / BSM_C, c->x + r * cos(phi), c->y + r * sin(phi), z}};
	return s->component[component].yield;
}

static void set_yields(struct bsm_source *s)
{
	const struct flux_table *src = s->data;
	for (int i = 0; i < s->ncomponent; i++)
		s->component[i].yield = src->flux.sum[src->flavour[i]][src->flux.n] * src->factor * src->area;
}

static enum bsm_status flux_aim(struct bsm_ctx *ctx, struct bsm_source *s, const struct bsm_aperture *a)
{
	struct flux_table *src = s->data;
	if (!(a->radius > 0) || !isfinite(a->radius))
		return bsm_fail(ctx, BSM_E_GEOMETRY, "%s: the disc for the rays has a radius of %g m", s->name,
				a->radius);
	src->aperture = *a;
	src->area = BSM_PI * a->radius * a->radius;
	set_yields(s);
	return BSM_OK;
}

static void flux_close(struct bsm_source *s)
{
	struct flux_table *src = s->data;
	if (src)
		bsm_flux_free(&src->flux);
	free(src);
	free(s->component);
}

static enum bsm_status read_column(struct bsm_ctx *ctx, struct bsm_node *n, int *out)
{
	static const char *const other[4] = {"-", "E", "E_lo", "E_hi"};
	const char *word;
	BSM_TRY(bsm_node_string(ctx, n, &word));
	for (int i = 0; i < 4; i++)
		if (strcmp(word, other[i]) == 0) {
			*out = BSM_FLUX_SKIP + i;
			return BSM_OK;
		}
	for (int k = 0; k < BSM_FLAVOURS; k++)
		if (strcmp(word, word_of[k]) == 0 || strcmp(word, other_word[k]) == 0) {
			*out = k;
			return BSM_OK;
		}
	return bsm_node_fail(ctx, n, BSM_E_NAME,
			     "found \"%s\", expected E, E_lo, E_hi, nue, numu, nutau, anue, anumu, anutau or -", word);
}

static enum bsm_status check_layout(struct bsm_ctx *ctx, struct bsm_node *at, const struct bsm_flux_layout *l)
{
	int count[10] = {0}, flavours = 0;
	for (int i = 0; i < l->n; i++) {
		int c = l->column[i] + 4;
		if (c && ++count[c] > 1)
			return bsm_node_fail(ctx, at, BSM_E_KEY, "column %d is there twice", i + 1);
		flavours += c > 3;
	}
	int centre = count[1] && !count[2] && !count[3], edges = !count[1] && count[2] && count[3];
	if (!flavours || (!centre && !(edges && !l->linear)))
		return bsm_node_fail(ctx, at, BSM_E_KEY, "expected at least one flavour, and E%s",
				     l->linear ? "" : ", or E_lo and E_hi");
	return BSM_OK;
}

/* Tables of other programs, by name: what their own readers take them for. Both have E and the six flavours. */
static const struct format {
	const char *name, *area, *interpolation;
} formats[] = {
	{"globes", "m2", "histogram"},
	{"darknews", "cm2", "linear"}, /* which interpolates between the points */
};

static enum bsm_status read_format(struct bsm_ctx *ctx, struct bsm_node *root, const struct format **out)
{
	const char *word = NULL;
	*out = NULL;
	BSM_TRY(bsm_get_string_or(ctx, root, "format", &word));
	for (size_t i = 0; word && i < sizeof formats / sizeof *formats; i++)
		if (strcmp(word, formats[i].name) == 0)
			*out = &formats[i];
	return !word || *out ? BSM_OK
			     : bsm_node_fail(ctx, bsm_node_get(root, "format"), BSM_E_NAME,
					     "found \"%s\", expected globes or darknews (else leave it out and give "
					     "columns)",
					     word);
}

/* A word that the format knows need not be said. */
static enum bsm_status read_word(struct bsm_ctx *ctx, struct bsm_node *root, const char *key, const char *known,
				 const char **out)
{
	*out = known;
	return known ? bsm_get_string_or(ctx, root, key, out) : bsm_get_string(ctx, root, key, out);
}

/* columns: [...]; absent: the seven of GLoBES. interpolation: linear or histogram, to be stated. */
static enum bsm_status read_layout(struct bsm_ctx *ctx, struct bsm_node *root, const struct format *f,
				   struct bsm_flux_layout *l)
{
	const char *word;
	struct bsm_node *list = bsm_node_get(root, "columns");
	*l = (struct bsm_flux_layout){.n = 7, .column = {BSM_FLUX_E, 0, 1, 2, 3, 4, 5}, .first_edge = NAN};
	BSM_TRY(read_word(ctx, root, "interpolation", f ? f->interpolation : NULL, &word));
	l->linear = strcmp(word, "linear") == 0;
	if (!l->linear && strcmp(word, "histogram") != 0)
		return bsm_node_fail(ctx, bsm_node_get(root, "interpolation"), BSM_E_NAME,
				     "found \"%s\", expected linear (points) or histogram (bins)", word);
	BSM_TRY(bsm_get_quantity_or(ctx, root, "first_edge", BSM_DIM_ENERGY, &l->first_edge));
	if (l->first_edge < 0 || (l->linear && !isnan(l->first_edge)))
		return bsm_node_fail(ctx, bsm_node_get(root, "first_edge"), BSM_E_RANGE,
				     "the lower edge of a histogram's first bin was expected, not negative");
	if (!list)
		return BSM_OK;
	if (list->kind != BSM_LIST || list->nchild < 2 || list->nchild > BSM_COLUMNS)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX, "expected a list of 2 to %d column names", BSM_COLUMNS);
	l->n = 0;
	for (struct bsm_node *c = list->child; c; c = c->next)
		BSM_TRY(read_column(ctx, c, &l->column[l->n++]));
	return check_layout(ctx, list, l);
}

/* The table is per `area`, per GeV (or per bin of per_bin_GeV), per `pot` protons, times `scale`. */
static enum bsm_status read_units(struct bsm_ctx *ctx, struct bsm_node *root, const struct format *f, double *factor)
{
	const char *area = NULL;
	double pot = 1, scale = 1, bin = 1;
	BSM_TRY(read_word(ctx, root, "area", f ? f->area : NULL, &area));
	BSM_TRY(bsm_get_number_or(ctx, root, "pot", &pot));
	BSM_TRY(bsm_get_number_or(ctx, root, "scale", &scale));
	BSM_TRY(bsm_get_number_or(ctx, root, "per_bin_GeV", &bin));
	int m2 = strcmp(area, "m2") == 0;
	if (!m2 && strcmp(area, "cm2") != 0)
		return bsm_node_fail(ctx, bsm_node_get(root, "area"), BSM_E_UNIT, "found \"%s\", expected m2 or cm2",
				     area);
	if (!(pot > 0) || !(scale > 0) || !(bin > 0))
		return bsm_node_fail(ctx, root, BSM_E_RANGE, "pot, scale and per_bin_GeV have to be positive");
	*factor = scale / (pot * bin) * (m2 ? 1 : 1e4);
	return BSM_OK;
}

static enum bsm_status read_file(struct bsm_ctx *ctx, struct bsm_node *root, const struct bsm_flux_layout *l,
				 struct bsm_flux *f)
{
	char path[BSM_PATH];
	struct bsm_node *node;
	struct bsm_input *in;
	BSM_TRY(bsm_node_need(ctx, root, "file", &node));
	BSM_TRY(bsm_source_path(ctx, node, path));
	BSM_TRY(bsm_input_open(ctx, path, &in));
	enum bsm_status status = bsm_flux_read(ctx, in, l, f);
	bsm_input_close(in);
	return status;
}

static enum bsm_status init_components(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s,
				       struct flux_table *src)
{
	s->component = calloc(BSM_FLAVOURS, sizeof *s->component);
	if (!s->component)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	for (int k = 0; k < BSM_FLAVOURS; k++) {
		if (!src->flux.sum[k] || !(src->flux.sum[k][src->flux.n] > 0))
			continue;
		struct bsm_component *c = &s->component[s->ncomponent];
		*c = (struct bsm_component){.pdg = pdg_of[k], .yield = 0, .decays = 0};
		size_t n = strlen(word_of[k]);
		memcpy(c->label, word_of[k], n);
		memcpy(c->label + n, " of the flux table", 19);
		src->flavour[s->ncomponent++] = k;
	}
	if (!s->ncomponent)
		return bsm_node_fail(ctx, root, BSM_E_RANGE, "the whole table is zero");
	set_yields(s);
	return BSM_OK;
}

static enum bsm_status flux_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_source *s)
{
	struct bsm_flux_layout layout;
	const struct format *format;
	struct flux_table *src = calloc(1, sizeof *src);
	if (!src)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a source");
	s->data = src;
	s->close = flux_close;
	s->ray = flux_ray;
	s->aim = flux_aim;
	s->norm = BSM_PER_POT;
	s->ndim = 3;
	BSM_TRY(read_format(ctx, root, &format));
	BSM_TRY(read_layout(ctx, root, format, &layout));
	BSM_TRY(read_units(ctx, root, format, &src->factor));
	BSM_TRY(read_file(ctx, root, &layout, &src->flux));
	return init_components(ctx, root, s, src);
}

const struct bsm_source_kind bsm_source_flux_table = {"flux_table",
						      "a neutrino flux as a text table (GLoBES or columns)", flux_open, NULL};
