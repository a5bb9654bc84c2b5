/* Lines through volumes, frames, materials: closed forms. */
#include <string.h>

#include "check_main.h"
#include "core/random.h"
#include "geometry/geometry.h"

static struct bsm_ctx ctx;

static enum bsm_status open_text(const char *text, struct bsm_detector *d)
{
	struct bsm_node *root = NULL;
	ctx = (struct bsm_ctx){0};
	enum bsm_status status = bsm_node_parse(&ctx, "d.yaml", text, strlen(text), &root);
	if (status == BSM_OK)
		status = bsm_detector_open(&ctx, root, d);
	bsm_node_free(root);
	return status;
}

#define HEAD "schema: 1\nname: d\nbeams: {b: {origin: [0 m, 0 m, 100 m]}}\nvolumes:\n"
#define BOX "  - {name: box, shape: box, size: [2 m, 4 m, 6 m], center: [0, 0, 0], material: LAr, role: fiducial}\n"

START_TEST(test_chords)
{
	struct bsm_detector d;
	struct bsm_segment s[BSM_SEGMENTS];
	ck_assert_int_eq(open_text(HEAD BOX, &d), BSM_OK);
	ck_assert_int_eq(bsm_detector_cross(&d, 1, (struct bsm_p4){0, 0, 0, -10}, (struct bsm_p4){0, 0, 0, 1}, s), 1);
	ck_close(s[0].from, 7, 1e-15);
	ck_close(s[0].to, 13, 1e-15);
	/* from inside: the half line ahead only */
	ck_assert_int_eq(bsm_detector_cross(&d, 1, (struct bsm_p4){0, 0, 0, 0}, (struct bsm_p4){0, 0, 1, 0}, s), 1);
	ck_assert_double_eq(s[0].from, 0);
	ck_close(s[0].to, 2, 1e-15);
	/* away from it, and beside it */
	ck_assert_int_eq(bsm_detector_cross(&d, 1, (struct bsm_p4){0, 0, 0, 10}, (struct bsm_p4){0, 0, 0, 1}, s), 0);
	ck_assert_int_eq(bsm_detector_cross(&d, 1, (struct bsm_p4){0, 1.01, 0, -10}, (struct bsm_p4){0, 0, 0, 1}, s), 0);
	/* roles that it has not */
	ck_assert_int_eq(bsm_detector_cross(&d, 4, (struct bsm_p4){0, 0, 0, -10}, (struct bsm_p4){0, 0, 0, 1}, s), 0);
}
END_TEST

START_TEST(test_first_volume_owns)
{
	struct bsm_detector d;
	struct bsm_segment s[BSM_SEGMENTS];
	ck_assert_int_eq(open_text(HEAD BOX "  - {name: tank, shape: sphere, radius: 5 m, center: [0, 0, 0], material: water, role: active}\n"
				   "  - {name: rock, shape: cylinder, radius: 8 m, length: 40 m, axis: [0, 0, 1], center: [0, 0, 0], material: rock, role: dirt}\n",
				   &d), BSM_OK);
	ck_assert_int_eq(d.wanted, 1u << BSM_FIDUCIAL);
	int n = bsm_detector_cross(&d, 7, (struct bsm_p4){0, 0, 0, -50}, (struct bsm_p4){0, 0, 0, 1}, s);
	static const double edge[] = {30, 45, 47, 53, 55, 70};
	static const int own[] = {2, 1, 0, 1, 2};
	ck_assert_int_eq(n, 5);
	for (int i = 0; i < 5; i++) {
		ck_close(s[i].from, edge[i], 1e-14);
		ck_close(s[i].to, edge[i + 1], 1e-14);
		ck_assert_int_eq(s[i].volume, own[i]);
	}
	n = bsm_detector_cross(&d, 2, (struct bsm_p4){0, 0, 0, -50}, (struct bsm_p4){0, 0, 0, 1}, s);
	ck_assert_int_eq(n, 2); /* the tank in two pieces, around the box */
	ck_assert_int_eq(bsm_detector_at(&d, (struct bsm_p4){0, 0, 0, 2.9}), 0);
	ck_assert_int_eq(bsm_detector_at(&d, (struct bsm_p4){0, 0, 0, 3.1}), 1);
	ck_assert_int_eq(bsm_detector_at(&d, (struct bsm_p4){0, 0, 0, 30}), -1);
}
END_TEST

/* Mean chord of a convex body under isotropic uniform lines is 4 V / S (Cauchy): shapes, axes and sizes at once. */
START_TEST(test_mean_chord)
{
	static const char *const shape[] = {
		"  - {name: v, shape: box, size: [2 m, 4 m, 6 m], center: [1 m, 0, 0], material: LAr, role: active}\n",
		"  - {name: v, shape: sphere, radius: 3 m, center: [1 m, 0, 0], material: LAr, role: active}\n",
		"  - {name: v, shape: cylinder, radius: 2 m, length: 5 m, axis: [1, 2, 2], center: [1 m, 0, 0], material: LAr, role: active}\n",
	};
	static const double surface[] = {88, 113.09733552923255, 87.96459430051421};
	for (int k = 0; k < 3; k++) {
		struct bsm_detector d;
		char text[512];
		strcpy(text, HEAD);
		ck_assert_int_eq(open_text(strcat(text, shape[k]), &d), BSM_OK);
		double sum = 0, sum2 = 0, hits = 0;
		struct bsm_rng rng = bsm_rng_make(5, BSM_FOR_VERIFY, 0, (uint64_t)k);
		for (int i = 0; i < 200000; i++) {
			/* a line through a disc of radius 6 across a random direction */
			double c = 2 * bsm_rng_uniform(&rng) - 1, f = 6.283185307179586 * bsm_rng_uniform(&rng), q = sqrt(1 - c * c);
			struct bsm_p4 n = {0, q * cos(f), q * sin(f), c}, a = {0, -sin(f), cos(f), 0}, b = {0, -c * cos(f), -c * sin(f), q};
			double r = 6 * sqrt(bsm_rng_uniform(&rng)), g = 6.283185307179586 * bsm_rng_uniform(&rng);
			struct bsm_p4 x = bsm_p4_add(bsm_p4_scale(r * cos(g), a), bsm_p4_scale(r * sin(g), b));
			struct bsm_segment s[BSM_SEGMENTS];
			x = bsm_p4_add(bsm_p4_sub(x, bsm_p4_scale(50, n)), (struct bsm_p4){0, 1, 0, 0});
			if (!bsm_detector_cross(&d, 2, x, n, s))
				continue;
			hits++;
			sum += s[0].to - s[0].from;
			sum2 += (s[0].to - s[0].from) * (s[0].to - s[0].from);
		}
		double mean = sum / hits, error = sqrt((sum2 / hits - mean * mean) / hits);
		double expected = 4 * bsm_volume_size(&d.volume[0]) / surface[k];
		ck_assert_msg(fabs(mean - expected) < 4 * error, "shape %d: %g, expected %g +- %g", k, mean, expected, error);
	}
}
END_TEST

START_TEST(test_frames_go_there_and_back)
{
	struct bsm_detector d;
	ck_assert_int_eq(open_text("schema: 1\nname: d\nbeams: {numi: {origin: [4.50 m, 80.15 m, 795.11 m], rotation: "
				   "[[.921036, .022715, .388815], [0, .998298, -.058322], [-.389478, .053717, .919468]]}}\nvolumes:\n" BOX,
				   &d), BSM_OK);
	const struct bsm_frame *f = bsm_detector_frame(&d, "numi");
	ck_assert_ptr_null(bsm_detector_frame(&d, "bnb"));
	struct bsm_p4 x = {3, 1, 2, 3}, y = bsm_frame_to_beam(f, bsm_frame_point(f, x));
	ck_close(y.x, 1, 1e-12);
	ck_close(y.y, 2, 1e-12);
	ck_close(y.z, 3, 1e-12);
	ck_assert_double_eq(y.e, 3);
	/* the origin of the detector frame, and a length, stay what they are */
	struct bsm_p4 o = bsm_frame_point(f, f->origin);
	ck_assert_double_eq_tol(bsm_p4_mag(o), 0, 1e-12);
	ck_close(bsm_p4_mag(bsm_frame_direction(f, x)), sqrt(14), 1e-14);
}
END_TEST

START_TEST(test_refusals)
{
	struct bsm_detector d;
	static const struct { const char *text, *words; } row[] = {
		{HEAD "  - {name: v, shape: cube, size: [1 m, 1 m, 1 m], center: [0, 0, 0], material: LAr, role: active}\n", "expected box, cylinder or sphere"},
		{HEAD "  - {name: v, shape: box, size: [1 m, -1 m, 1 m], center: [0, 0, 0], material: LAr, role: active}\n", "above zero"},
		{HEAD "  - {name: v, shape: box, size: [1 m, 1 m], center: [0, 0, 0], material: LAr, role: active}\n", "a list of 3"},
		{HEAD "  - {name: v, shape: sphere, radius: 1 m, center: [0, 0, 0], material: cheese, role: active}\n", "no material 'cheese'"},
		{HEAD "  - {name: v, shape: sphere, radius: 1 m, center: [0, 0, 0], material: rock, role: dirt}\n", "fiducial or active"},
		{"schema: 1\nname: d\nbeams: {b: {origin: [0, 0, 1 m], rotation: [[1,0,0],[0,1,0],[0,0,-1]]}}\nvolumes:\n" BOX, "reflection"},
		{"schema: 1\nname: d\nbeams: {b: {origin: [0, 0, 1 m], rotation: [[1,0,0],[0,1,0.1],[0,0,1]]}}\nvolumes:\n" BOX, "orthonormal"},
		{"schema: 9\nname: d\n", "a newer bsmnu"},
		{HEAD BOX "colour: red\n", "d.yaml:6: colour: unknown key"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		ck_assert_int_ne(open_text(row[i].text, &d), BSM_OK);
		ck_assert_msg(strstr(ctx.message, row[i].words) != NULL, "'%s' lacks '%s'", ctx.message, row[i].words);
	}
}
END_TEST

START_TEST(test_liquid_argon)
{
	const struct bsm_material *m = bsm_material_find("LAr");
	/* 3.788e23 electrons per cm3 and 1.5075e31 Ar, 2.7135e32 e per kt: DUNE's numbers */
	ck_close(bsm_material_electrons(m), 3.788e23, 1e-3);
	ck_close(bsm_material_nuclei(m, 18) / m->density * 1e9, 1.5075e31, 1e-4);
	for (m = bsm_materials; m->name; m++) {
		double sum = 0;
		for (const struct bsm_element *e = m->element; e->Z; e++)
			sum += e->fraction;
		if (m->density > 0)
			ck_assert_msg(fabs(sum - 1) < 2e-3, "%s: mass fractions sum to %g", m->name, sum);
	}
}
END_TEST

TEST_MAIN("geometry", test_chords, test_first_volume_owns, test_mean_chord, test_frames_go_there_and_back, test_refusals,
	  test_liquid_argon)
