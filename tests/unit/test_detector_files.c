/* The shipped detector files: each opens, masses and places agree with the quoted ones. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "geometry/geometry.h"

static void open_detector(const char *name, struct bsm_detector *d)
{
	struct bsm_ctx ctx = {0};
	struct bsm_node *root;
	char path[1024];
	const char *top = getenv("BSMNU_TEST_ROOT");
	snprintf(path, sizeof path, "%s/data/detectors/%s.yaml", top ? top : ".", name);
	ck_assert_msg(bsm_node_read(&ctx, path, &root) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_detector_open(&ctx, root, d) == BSM_OK, "%s", ctx.message);
	bsm_node_free(root);
}

static double tonnes(const struct bsm_detector *d, enum bsm_role role)
{
	double sum = 0;
	for (int i = 0; i < d->nvolume; i++)
		if (d->volume[i].role == role)
			sum += bsm_volume_size(&d->volume[i]) * d->volume[i].material->density;
	return sum;
}

/* Detector frame -> beam frame. */
static struct bsm_p4 in_beam(const struct bsm_detector *d, const char *beam, double x, double y, double z)
{
	const struct bsm_frame *f = bsm_detector_frame(d, beam);
	ck_assert_msg(f != NULL, "%s has no frame for %s", d->name, beam);
	return bsm_frame_to_beam(f, (struct bsm_p4){0, x, y, z});
}

static void near(struct bsm_p4 x, double a, double b, double c, double tolerance)
{
	ck_assert_msg(fabs(x.x - a) < tolerance && fabs(x.y - b) < tolerance && fabs(x.z - c) < tolerance,
		      "(%.4f, %.4f, %.4f), expected (%.4f, %.4f, %.4f)", x.x, x.y, x.z, a, b, c);
}

START_TEST(all_open)
{
	char path[1024];
	const char *top = getenv("BSMNU_TEST_ROOT");
	snprintf(path, sizeof path, "%s/data/detectors", top ? top : ".");
	DIR *dir = opendir(path);
	ck_assert(dir != NULL);
	int n = 0;
	for (struct dirent *e; (e = readdir(dir));) {
		char name[256];
		size_t len = strlen(e->d_name);
		if (len < 6 || len > sizeof name || strcmp(e->d_name + len - 5, ".yaml") != 0)
			continue;
		memcpy(name, e->d_name, len - 5);
		name[len - 5] = 0;
		struct bsm_detector d;
		open_detector(name, &d);
		ck_assert_str_eq(d.name, name);
		n++;
	}
	closedir(dir);
	ck_assert_int_ge(n, 10);
}
END_TEST

START_TEST(masses)
{
	static const struct {
		const char *name;
		enum bsm_role role;
		double t, rtol;
	} row[] = {
		{"dune_nd_lar", BSM_ACTIVE, 147, 0.01},  {"dune_fd", BSM_FIDUCIAL, 40000, 0.01},
		{"sbnd", BSM_ACTIVE, 112, 0.01},         {"microboone", BSM_ACTIVE, 85, 0.03},
		{"icarus", BSM_ACTIVE, 476, 0.02},       {"miniboone", BSM_ACTIVE, 818, 0.02},
		{"hyper_k", BSM_FIDUCIAL, 187000, 0.01}, {"dune_tms", BSM_FIDUCIAL, 850, 0.12},
		{"dune_sand", BSM_FIDUCIAL, 1, 0.02},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_detector d;
		open_detector(row[i].name, &d);
		double t = tonnes(&d, row[i].role);
		ck_assert_msg(fabs(t - row[i].t) < row[i].rtol * row[i].t, "%s: %g t, quoted %g", row[i].name, t,
			      row[i].t);
	}
}
END_TEST

/* Rays from the target to known points. */
START_TEST(places)
{
	struct bsm_detector d;
	/* ICARUS in NuMI: centre of the chambers, and the centres of its faces, as the flux group quotes them. */
	open_detector("icarus", &d);
	near(in_beam(&d, "numi", 0, -0.2345, 0), 4.5037, 79.9198, 795.1266, 0.005);
	near(in_beam(&d, "numi", -3.5849, -0.2345, 0), 1.2019, 79.8384, 793.7328, 0.005);
	near(in_beam(&d, "numi", 0, -0.2345, 8.9495), 1.0181, 80.4005, 803.3554, 0.005);
	near(in_beam(&d, "numi", 0, -0.2345 + 1.5841, 0), 4.5037, 81.5012, 795.0342, 0.005);
	/* MicroBooNE: 468.55 m in the BNB, about (53, 76, 679) m in NuMI, rounded. */
	open_detector("microboone", &d);
	near(in_beam(&d, "bnb", 1.266, 0.0097, 5.185), 0.023, 0.019, 468.55, 0.01);
	near(in_beam(&d, "numi", 0, 0, 0), 55.02, 72.59, 672.70, 1e-9);
	near(in_beam(&d, "numi", 1.266, 0.0097, 5.185), 53, 76, 679, 3.5);
	/* DUNE: SAND's centre is on the beam axis although it is 1.72 m below ND-LAr's, 17.25 m upstream: fixes the
	 * sign of the pitch. */
	open_detector("dune_nd_lar", &d);
	struct bsm_p4 sand = in_beam(&d, "lbnf", 0, -2.38473 + 0.66871, 23.910 - 6.65756);
	near(sand, 0, 0.032, 591.338, 0.002);
	near(in_beam(&d, "lbnf", 0, -1.35223 + 0.66871, 14.8345 - 6.65756), 0, 0.144, 582.204, 0.002);
	open_detector("dune_sand", &d);
	near(in_beam(&d, "lbnf", 0, 0, 0), sand.x, sand.y, sand.z, 0.002);
	open_detector("hyper_k", &d);
	struct bsm_p4 hk = in_beam(&d, "jparc", 0, 0, 0);
	ck_close(bsm_p4_mag(hk), 295e3, 1e-5);
	ck_close(acos(hk.z / bsm_p4_mag(hk)), 2.5 * M_PI / 180, 1e-4);
}
END_TEST

TEST_MAIN("detector files", all_open, masses, places)
