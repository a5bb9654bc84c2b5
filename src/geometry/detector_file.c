/* Reads data/detectors/<name>.yaml. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geometry/geometry.h"

static enum bsm_status name_into(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, char *to, size_t size)
{
	struct bsm_node *n;
	const char *text;
	BSM_TRY(bsm_node_need(ctx, map, key, &n));
	BSM_TRY(bsm_node_string(ctx, n, &text));
	if (!*text || strlen(text) >= size)
		return bsm_node_fail(ctx, n, BSM_E_RANGE, "expected a name of 1 to %zu characters", size - 1);
	memcpy(to, text, strlen(text) + 1);
	return BSM_OK;
}

static enum bsm_status vector(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, enum bsm_dim dim,
			      struct bsm_p4 *out)
{
	struct bsm_node *n;
	double v[3];
	BSM_TRY(bsm_node_need(ctx, map, key, &n));
	BSM_TRY(bsm_node_quantities(ctx, n, dim, 3, v));
	*out = (struct bsm_p4){0, v[0], v[1], v[2]};
	return BSM_OK;
}

static enum bsm_status positive(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, double *out)
{
	BSM_TRY(bsm_get_quantity(ctx, map, key, BSM_DIM_LENGTH, out));
	if (!(*out > 0))
		return bsm_node_fail(ctx, bsm_node_get(map, key), BSM_E_RANGE, "expected a length above zero");
	return BSM_OK;
}

static enum bsm_status read_shape(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_volume *v)
{
	struct bsm_node *n;
	BSM_TRY(bsm_node_need(ctx, map, "shape", &n));
	const char *shape;
	BSM_TRY(bsm_node_string(ctx, n, &shape));
	if (!strcmp(shape, "box")) {
		v->shape = BSM_BOX;
		BSM_TRY(vector(ctx, map, "size", BSM_DIM_LENGTH, &v->half));
		v->half = bsm_p4_scale(0.5, v->half);
		if (!(v->half.x > 0 && v->half.y > 0 && v->half.z > 0))
			return bsm_node_fail(ctx, bsm_node_get(map, "size"), BSM_E_RANGE, "expected lengths above zero");
		return BSM_OK;
	}
	if (!strcmp(shape, "sphere")) {
		v->shape = BSM_SPHERE;
		return positive(ctx, map, "radius", &v->half.x);
	}
	if (strcmp(shape, "cylinder"))
		return bsm_node_fail(ctx, n, BSM_E_NAME, "found '%s', expected box, cylinder or sphere", shape);
	v->shape = BSM_CYLINDER;
	BSM_TRY(positive(ctx, map, "radius", &v->half.x));
	BSM_TRY(positive(ctx, map, "length", &v->half.z));
	v->half.z /= 2;
	BSM_TRY(vector(ctx, map, "axis", BSM_DIM_NONE, &v->axis));
	double len = bsm_p4_mag(v->axis);
	if (!(len > 0))
		return bsm_node_fail(ctx, bsm_node_get(map, "axis"), BSM_E_RANGE, "expected a direction, found zero");
	v->axis = bsm_p4_scale(1 / len, v->axis);
	return BSM_OK;
}

/* material, and density where it is not the usual one */
static enum bsm_status read_matter(struct bsm_ctx *ctx, struct bsm_node *map, const char *name, struct bsm_volume *v)
{
	v->material = bsm_material_find(name);
	if (!v->material)
		return bsm_node_fail(ctx, bsm_node_get(map, "material"), BSM_E_NAME, "no material '%s'", name);
	BSM_TRY(bsm_get_quantity_or(ctx, map, "density", BSM_DIM_DENSITY, &v->density));
	if (!(v->density >= 0) || (v->density > 0 && !(v->material->density > 0)))
		return bsm_node_fail(ctx, bsm_node_get(map, "density"), BSM_E_RANGE, "expected a density above zero, of a material that has one");
	return BSM_OK;
}

static enum bsm_status read_volume(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_volume *v)
{
	static const char *const roles[] = {"fiducial", "active", "dirt"};
	const char *text;
	struct bsm_node *n;
	BSM_TRY(name_into(ctx, map, "name", v->name, sizeof v->name));
	BSM_TRY(read_shape(ctx, map, v));
	BSM_TRY(vector(ctx, map, "center", BSM_DIM_LENGTH, &v->center));
	BSM_TRY(bsm_get_string(ctx, map, "material", &text));
	BSM_TRY(read_matter(ctx, map, text, v));
	BSM_TRY(bsm_node_need(ctx, map, "role", &n));
	BSM_TRY(bsm_node_string(ctx, n, &text));
	for (int i = 0; i < 3; i++)
		if (!strcmp(text, roles[i])) {
			v->role = (enum bsm_role)i;
			bsm_node_ignore(bsm_node_get(map, "comment"));
			return BSM_OK;
		}
	return bsm_node_fail(ctx, n, BSM_E_NAME, "found '%s', expected fiducial, active or dirt", text);
}

/* Rows have to be unit vectors across each other; a reflection is refused. */
static enum bsm_status check_rotation(struct bsm_ctx *ctx, struct bsm_node *n, double R[3][3])
{
	for (int i = 0; i < 3; i++)
		for (int j = i; j < 3; j++) {
			double dot = R[i][0] * R[j][0] + R[i][1] * R[j][1] + R[i][2] * R[j][2];
			if (fabs(dot - (i == j)) > 1e-5)
				return bsm_node_fail(ctx, n, BSM_E_GEOMETRY, "rows %d and %d are not orthonormal to 1e-5", i + 1,
						     j + 1);
		}
	double det = R[0][0] * (R[1][1] * R[2][2] - R[1][2] * R[2][1]) - R[0][1] * (R[1][0] * R[2][2] - R[1][2] * R[2][0]) +
		     R[0][2] * (R[1][0] * R[2][1] - R[1][1] * R[2][0]);
	return det > 0 ? BSM_OK : bsm_node_fail(ctx, n, BSM_E_GEOMETRY, "this is a reflection, expected a rotation");
}

/* Removes what rounding of the typed numbers left: Gram-Schmidt, rows 1, 2, then their cross product. */
static void orthonormal(double R[3][3])
{
	double n = sqrt(R[0][0] * R[0][0] + R[0][1] * R[0][1] + R[0][2] * R[0][2]);
	for (int k = 0; k < 3; k++)
		R[0][k] /= n;
	double dot = R[0][0] * R[1][0] + R[0][1] * R[1][1] + R[0][2] * R[1][2];
	for (int k = 0; k < 3; k++)
		R[1][k] -= dot * R[0][k];
	n = sqrt(R[1][0] * R[1][0] + R[1][1] * R[1][1] + R[1][2] * R[1][2]);
	for (int k = 0; k < 3; k++)
		R[1][k] /= n;
	for (int k = 0; k < 3; k++) {
		int i = (k + 1) % 3, j = (k + 2) % 3;
		R[2][k] = R[0][i] * R[1][j] - R[0][j] * R[1][i];
	}
}

static enum bsm_status read_frame(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_frame *f)
{
	snprintf(f->beam, sizeof f->beam, "%.31s", map->key);
	map->used = true;
	BSM_TRY(vector(ctx, map, "origin", BSM_DIM_LENGTH, &f->origin));
	bsm_node_ignore(bsm_node_get(map, "comment"));
	double pitch = 0;
	BSM_TRY(bsm_get_quantity_or(ctx, map, "pitch", BSM_DIM_ANGLE, &pitch));
	double c = cos(pitch), s = sin(pitch);
	double R[3][3] = {{1, 0, 0}, {0, c, -s}, {0, s, c}};
	struct bsm_node *n = bsm_node_get(map, "rotation");
	if (n) {
		if (bsm_node_get(map, "pitch"))
			return bsm_node_fail(ctx, n, BSM_E_KEY, "give rotation or pitch, not both");
		if (n->kind != BSM_LIST || n->nchild != 3)
			return bsm_node_fail(ctx, n, BSM_E_SYNTAX, "expected three rows of three numbers");
		int i = 0;
		for (struct bsm_node *row = n->child; row; row = row->next)
			BSM_TRY(bsm_node_quantities(ctx, row, BSM_DIM_NONE, 3, R[i++]));
		BSM_TRY(check_rotation(ctx, n, R));
		orthonormal(R);
	}
	memcpy(f->R, R, sizeof R);
	return BSM_OK;
}

static enum bsm_status read_volumes(struct bsm_ctx *ctx, struct bsm_node *list, struct bsm_detector *d)
{
	if (list->kind != BSM_LIST || !list->nchild || list->nchild > BSM_VOLUMES)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX, "expected a list of 1 to %d volumes", BSM_VOLUMES);
	for (struct bsm_node *n = list->child; n; n = n->next)
		BSM_TRY(read_volume(ctx, n, &d->volume[d->nvolume++]));
	unsigned roles = 0;
	for (int i = 0; i < d->nvolume; i++)
		roles |= 1u << d->volume[i].role;
	d->wanted = roles & (1u << BSM_FIDUCIAL) ? 1u << BSM_FIDUCIAL : 1u << BSM_ACTIVE;
	if (!(roles & d->wanted))
		return bsm_node_fail(ctx, list, BSM_E_GEOMETRY, "no volume has the role fiducial or active");
	return BSM_OK;
}

enum bsm_status bsm_detector_open(struct bsm_ctx *ctx, struct bsm_node *root, struct bsm_detector *d)
{
	memset(d, 0, sizeof *d);
	const char *doc = "";
	struct bsm_node *n;
	int64_t target = 1000180400;
	BSM_TRY(bsm_get_schema(ctx, root, 1));
	BSM_TRY(name_into(ctx, root, "name", d->name, sizeof d->name));
	BSM_TRY(bsm_get_string_or(ctx, root, "description", &doc));
	snprintf(d->doc, sizeof d->doc, "%.159s", doc);
	bsm_node_ignore(bsm_node_get(root, "sources"));
	BSM_TRY(bsm_get_int_or(ctx, root, "default_target", 1000010010, 1009999999, &target));
	d->target_pdg = (int)target;
	BSM_TRY(bsm_node_need(ctx, root, "beams", &n));
	if (n->kind != BSM_MAP || n->nchild > BSM_FRAMES)
		return bsm_node_fail(ctx, n, BSM_E_SYNTAX, "expected 1 to %d beams with origin and rotation", BSM_FRAMES);
	for (struct bsm_node *c = n->child; c; c = c->next)
		BSM_TRY(read_frame(ctx, c, &d->frame[d->nframe++]));
	BSM_TRY(bsm_node_need(ctx, root, "volumes", &n));
	BSM_TRY(read_volumes(ctx, n, d));
	return bsm_node_finish(ctx, root);
}

enum bsm_status bsm_detector_point(struct bsm_ctx *ctx, struct bsm_node *node, const char *beam, struct bsm_detector *d)
{
	struct bsm_node *at = node, *map = node->kind == BSM_MAP ? node : NULL;
	struct bsm_frame *f = &d->frame[0];
	struct bsm_volume *v = &d->volume[0];
	const char *material = "LAr";
	double x[3], radius = 1;
	memset(d, 0, sizeof *d);
	if (map) {
		BSM_TRY(bsm_node_need(ctx, map, "position", &at));
		BSM_TRY(bsm_get_quantity_or(ctx, map, "radius", BSM_DIM_LENGTH, &radius));
		if (!(radius > 0))
			return bsm_node_fail(ctx, bsm_node_get(map, "radius"), BSM_E_RANGE, "expected a length above zero");
		BSM_TRY(bsm_get_string_or(ctx, map, "material", &material));
	}
	BSM_TRY(bsm_node_quantities(ctx, at, BSM_DIM_LENGTH, 3, x));
	strcpy(d->name, "point");
	snprintf(f->beam, sizeof f->beam, "%.31s", beam);
	f->origin = (struct bsm_p4){0, x[0], x[1], x[2]};
	f->R[0][0] = f->R[1][1] = f->R[2][2] = 1;
	*v = (struct bsm_volume){.name = "sphere", .shape = BSM_SPHERE, .role = BSM_FIDUCIAL, .half.x = radius};
	if (map)
		BSM_TRY(read_matter(ctx, map, material, v));
	else
		v->material = bsm_material_find(material);
	d->nvolume = d->nframe = 1;
	d->target_pdg = 1000180400;
	d->wanted = 1u << BSM_FIDUCIAL;
	return BSM_OK;
}
