/* Geometry and field of a beamline: distances against marching, materials along straight lines through the real beams,
 * Ampere's law. */
#include "beamline_bench.h"
#include "source/beamline/track.h"

static const double length = 2; /* m: of the slab in which edges are tried */

static int inside_at(const struct bsm_edge *e, const double r[3], const double d[3], double s)
{
	return bsm_edge_inside(e, r[0] + s * d[0], r[1] + s * d[1], r[2] + s * d[2]);
}

/* First change of `inside` along the line by marching, up to `end`; infinity without one. */
static double march(const struct bsm_edge *e, const double r[3], const double d[3], double end)
{
	enum { N = 4000 };
	int was = inside_at(e, r, d, 0);
	for (int i = 1; i <= N; i++) {
		double lo = end * (i - 1) / N, hi = end * i / N;
		if (inside_at(e, r, d, hi) == was)
			continue;
		for (int k = 0; k < 60; k++) {
			double mid = 0.5 * (lo + hi);
			if (inside_at(e, r, d, mid) == was)
				lo = mid;
			else
				hi = mid;
		}
		return hi;
	}
	return INFINITY;
}

/* Within the slab the distance is the first change; marching misses what is shorter than its step, so an earlier answer
 * has to be a true change of side. */
static void check_line(const struct bsm_edge *e, const double r[3], const double d[3], int line, int *hits)
{
	double end = d[2] > 0 ? (length - r[2]) / d[2] : -r[2] / d[2], m;
	end = fmin(end, 20);
	int in = inside_at(e, r, d, 0);
	double s = bsm_edge_distance(e, in, r, d);
	m = march(e, r, d, end);
	ck_assert_msg(s >= 0, "line %d: distance %g", line, s);
	if (s >= end) {
		ck_assert_msg(isinf(m) || fabs(m - end) < 1e-9, "line %d (%s): distance %g, marching %g of %g", line,
			      in ? "inside" : "outside", s, m, end);
		return;
	}
	++*hits;
	if (fabs(m - s) < 1e-9 * (1 + s))
		return;
	ck_assert_msg(s < m, "line %d (%s): distance %g behind marching's %g", line, in ? "inside" : "outside", s, m);
	ck_assert_msg(inside_at(e, r, d, s + 1e-7) != in || inside_at(e, r, d, s + 1e-9) != in,
		      "line %d (%s): %g is no change of side", line, in ? "inside" : "outside", s);
}

static void random_line(struct bsm_rng *g, double spread, double r[3], double d[3])
{
	double steep = bsm_rng_uniform(g) < 0.3 ? 1 : pow(10, bench_flat(g, -4, 0)), c;
	r[0] = bench_flat(g, -spread, spread);
	r[1] = bench_flat(g, -spread, spread);
	r[2] = bench_flat(g, 0, length);
	d[0] = steep * bsm_rng_normal(g);
	d[1] = steep * bsm_rng_normal(g);
	d[2] = bench_flat(g, -0.3, 1);
	c = 1 / sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
	for (int i = 0; i < 3; i++)
		d[i] *= c;
}

START_TEST(distances)
{
	struct bsm_rng g = bench_rng(11);
	int hits[2] = {0, 0};
	for (int i = 0; i < 4000; i++) {
		double a = pow(10, bench_flat(&g, -2, 0)), b = a * bench_flat(&g, 0.05, 2),
		       c = a * bench_flat(&g, 0.3, 2), r[3], d[3];
		int box = i % 2, straight = i % 7 == 0;
		struct bsm_edge e = {box ? BSM_BOX : BSM_CONE, a, straight ? 0 : (b - a) / length, c, 0};
		if (box && !straight)
			e.by = c * bench_flat(&g, -0.4, 1) / length;
		random_line(&g, 1.5 * a, r, d);
		check_line(&e, r, d, i, &hits[box]);
	}
	ck_assert_int_gt(hits[0], 600);
	ck_assert_int_gt(hits[1], 600);
}
END_TEST

/* Along the axis, along the cone's own slope, across: closed forms. */
START_TEST(special_lines)
{
	struct bsm_edge cylinder = {BSM_CONE, 0.5, 0, 0, 0}, cone = {BSM_CONE, 0.5, -0.2, 0, 0},
			box = {BSM_BOX, 0.5, 0, 0.25, 0};
	double k = 1 / sqrt(1 + 0.04), axis[3] = {0, 0, 1}, across[3] = {1, 0, 0}, slope[3] = {-0.2 * k, 0, k};
	double origin[3] = {0, 0, 0}, aside[3] = {-0.7, 0.3, 0}, above[3] = {-0.7, 0.6, 0}, off[3] = {0.3, 0, 0};
	ck_assert(isinf(bsm_edge_distance(&cylinder, 1, origin, axis)));
	ck_assert(isinf(bsm_edge_distance(&cylinder, 0, above, axis)));
	ck_close(bsm_edge_distance(&cylinder, 1, origin, across), 0.5, 1e-15);
	ck_close(bsm_edge_distance(&cylinder, 0, aside, across), 0.3, 1e-14);
	ck_assert(isinf(bsm_edge_distance(&cylinder, 0, above, across)));
	ck_close(bsm_edge_distance(&cone, 1, origin, axis), 2.5, 1e-14);
	ck_close(bsm_edge_distance(&cone, 1, off, slope), 2 / k, 1e-14); /* parallel to one wall, across to the other */
	ck_close(bsm_edge_distance(&box, 1, origin, across), 0.5, 1e-15);
	ck_assert(isinf(bsm_edge_distance(&box, 0, aside, across)));
	ck_assert(isinf(bsm_edge_distance(&box, 1, origin, axis)));
}
END_TEST

static void slabs_of(const char *beam)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(12);
	bench_beam(beam, 1, 0, &l);
	for (int i = 0; i < l.nslab; i++) {
		const struct bsm_slab *s = &l.slab[i];
		ck_assert(s->z1 > s->z0 && s->n >= 1);
		ck_assert(i == 0 || s->z0 == l.slab[i - 1].z1);
		for (int t = 0; t < 50; t++) {
			double z = bench_flat(&g, s->z0, s->z1), x = bench_flat(&g, -1, 1), y = bench_flat(&g, -1, 1);
			struct bsm_place at = bsm_layout_find(&l, x, y, z);
			ck_assert_int_eq(at.slab, i);
			for (int k = 0; k < s->n; k++) /* nested: inside of its own edge and of none before it */
				ck_assert(k < at.region ? !bsm_edge_inside(&s->region[k].edge, x, y, z - s->z0)
							: k > at.region ||
								  bsm_edge_inside(&s->region[k].edge, x, y, z - s->z0));
		}
	}
	ck_assert_int_eq(bsm_layout_find(&l, 0, 0, l.slab[0].z0 - 1e-9).slab, -1);
	ck_assert_int_eq(bsm_layout_find(&l, 0, 0, l.slab[l.nslab - 1].z1).slab, l.nslab);
	bsm_layout_free(&l);
}

START_TEST(slabs)
{
	slabs_of("bnb");
	slabs_of("lbnf");
}
END_TEST

/* What the two files say is where, read by eye. */
START_TEST(places)
{
	static const struct {
		const char *beam;
		double r, z;
		const char *what;
	} row[] = {
		{"bnb", 0.004, 0.4, "beryllium"},
		{"bnb", 0.010, 0.4, "air"},
		{"bnb", 0.0141, 0.4, "beryllium"},
		{"bnb", 0.0150, 0.4, "air"},
		{"bnb", 0.0195, 0.4, "aluminium"},
		{"bnb", 0.0225, 0.4, "air"},
		{"bnb", 0.310, 0.4, "aluminium"},
		{"bnb", 0.330, 0.4, "air"},
		{"bnb", 0.060, 1.2, "air"},
		{"bnb", 0.064, 1.2, "aluminium"},
		{"bnb", 0.340, 5.0, "air"},
		{"bnb", 0.345, 4.0, "iron"},
		{"bnb", 0.9, 30, "air"},
		{"bnb", 0.92, 30, "concrete"},
		{"bnb", 0.5, 52, "iron"},
		{"lbnf", 0.007, 1, "graphite"},
		{"lbnf", 0.0172, 1, "titanium"},
		{"lbnf", 0.0315, 1, "titanium"},
		{"lbnf", 0.044, 1, "aluminium"},
		{"lbnf", 0.1, 1, "argon"},
		{"lbnf", 0.23, 1, "aluminium"},
		{"lbnf", 0.25, 1, "air"},
		{"lbnf", 0.083, 5.07, "aluminium"},
		{"lbnf", 0.3, 5.07, "air"},
		{"lbnf", 0.133, 18.2, "aluminium"},
		{"lbnf", 1.9, 100, "helium"},
		{"lbnf", 2.1, 100, "concrete"},
		{"lbnf", 0.1, 229, "aluminium"},
		{"lbnf", 1.2, 229, "iron"},
	};
	struct bsm_layout l[2];
	bench_beam("bnb", 1, 0, &l[0]);
	bench_beam("lbnf", 1, 0, &l[1]);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const struct bsm_layout *b = &l[row[i].beam[0] == 'l'];
		int m = bench_matter_at(b, 0.6 * row[i].r, 0.8 * row[i].r, row[i].z);
		ck_assert_str_eq(b->matter[m].material->name, row[i].what);
	}
	bsm_layout_free(&l[0]);
	bsm_layout_free(&l[1]);
}
END_TEST

static void sample_line(const struct bsm_layout *l, const struct bsm_p4 *x, const struct bsm_p4 *d, double end,
			double *sum)
{
	double s = 0;
	int here = bench_matter_at(l, x->x, x->y, x->z + 1e-12);
	while (s < end) {
		double z = x->z + s * d->z,
		       step = z < 7    ? 2e-4
			      : z < 22 ? 1.5e-3
				       : 1e-2,
		       next = fmin(s + step, end), lo = s, hi = next;
		int there = bench_matter_at(l, x->x + next * d->x, x->y + next * d->y, x->z + next * d->z);
		if (there != here && there >= 0) {
			for (int k = 0; k < 45; k++) {
				double mid = 0.5 * (lo + hi);
				if (bench_matter_at(l, x->x + mid * d->x, x->y + mid * d->y, x->z + mid * d->z) == here)
					lo = mid;
				else
					hi = mid;
			}
			sum[here] += lo - s;
			s = lo;
			here = bench_matter_at(l, x->x + hi * d->x, x->y + hi * d->y, x->z + hi * d->z);
			s = hi;
		} else {
			sum[here] += next - s;
			s = next;
		}
	}
}

/* A neutrino sees of each material what points along its line see; 40 lines from near the axis at all angles. */
static void lines_through(const char *beam, double zmax)
{
	static struct bsm_trail t;
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(13);
	bench_beam(beam, 1, 0, &l);
	for (int i = 0; i < 40; i++) {
		double a = pow(10, bench_flat(&g, -4, -0.3)), f = bench_flat(&g, 0, 6.283), flown[BSM_MATTERS] = {0},
		       sampled[BSM_MATTERS] = {0};
		struct bsm_p4 x = {0, bench_flat(&g, -0.05, 0.05), bench_flat(&g, -0.05, 0.05),
				   bench_flat(&g, -0.02, 2)};
		struct bsm_p4 d = {1, sin(a) * cos(f), sin(a) * sin(f), cos(a)};
		struct bsm_flying n = {.pdg = 14, .ctau = INFINITY, .p = bsm_p4_scale(3, d), .x = x, .weight = 1};
		bsm_fly(&l, &n, &g, &t);
		ck_assert_int_eq(t.fate, BSM_LOST);
		ck_close(t.x[t.n - 1].z, zmax, 1e-12);
		double end = (zmax - x.z) / d.z;
		for (int k = 1; k < t.n; k++) {
			struct bsm_p4 step = bsm_p4_sub(t.x[k], t.x[k - 1]),
				      mid = bsm_p4_scale(0.5, bsm_p4_add(t.x[k], t.x[k - 1]));
			double s = sqrt(bsm_p4_dot3(step, step));
			if (s > 1e-11)
				flown[bench_matter_at(&l, mid.x, mid.y, mid.z)] += s;
		}
		sample_line(&l, &x, &d, end, sampled);
		for (int k = 0; k < l.nmatter; k++)
			ck_assert_msg(fabs(flown[k] - sampled[k]) < 1e-6,
				      "%s, line %d, %s: flown %.9f m, sampled %.9f m", beam, i,
				      l.matter[k].material->name, flown[k], sampled[k]);
	}
	bsm_layout_free(&l);
}

START_TEST(materials_along_lines)
{
	lines_through("bnb", 54);
	lines_through("lbnf", 234);
}
END_TEST

#define HORN                                                                                                           \
	"target: {start: 0 m, length: 1 m, radius: 5 mm, material: graphite}\nsections: [{from: -1 m, to: 3 m, "       \
	"radius: 1 m, fill: air}]\n"                                                                                   \
	"horns: [{name: h, current: 200 kA, unit: cm, outer: [[0, 5], [200, 5]], thickness: 10 mm, outer_conductor: "  \
	"{radius: 30 cm, thickness: 1 cm}}]\n"

static double field_at(const struct bsm_layout *l, double r, double phi, double z)
{
	double x = r * cos(phi), y = r * sin(phi), B[2] = {0, 0};
	struct bsm_place at = bsm_layout_find(l, x, y, z);
	const struct bsm_slab *s = &l->slab[at.slab];
	if (at.region < s->n && s->region[at.region].field != BSM_NO_FIELD)
		bsm_layout_field(l, s, at.region, x, y, z - s->z0, B);
	ck_assert(fabs(B[0] * x + B[1] * y) < 1e-15); /* azimuthal */
	return (x * B[1] - y * B[0]) / r;
}

/* Current inside radius r of the conductor from 4 to 5 cm, by summing rings: flat, or falling inwards from the surface.
 */
static double share(double r, double skin)
{
	enum { N = 20000 };
	double all = 0, in = 0;
	for (int i = 0; i < N; i++) {
		double q = 0.04 + 0.01 * (i + 0.5) / N, j = q * (skin > 0 ? exp((q - 0.05) / skin) : 1);
		all += j;
		in += q < r ? j : 0;
	}
	return in / all;
}

static void ampere(const char *yaml, double skin)
{
	struct bsm_layout l;
	bench_good(yaml, &l);
	for (double phi = 0.1; phi < 6.2; phi += 0.7) {
		ck_close(field_at(&l, 0.1, phi, 0.7), 2e-7 * 200e3 / 0.1, 1e-13);
		ck_close(field_at(&l, 0.29, phi, 1.99), 2e-7 * 200e3 / 0.29, 1e-13);
		for (int i = 1; i < 8; i++) {
			double r = 0.04 + 0.01 * i / 8;
			ck_close(field_at(&l, r, phi, 1.2), 0.04 / r * share(r, skin), 1e-3);
		}
		ck_assert(field_at(&l, 0.02, phi, 1.2) == 0 && field_at(&l, 0.305, phi, 1.2) == 0 &&
			  field_at(&l, 0.5, phi, 1.2) == 0);
		ck_assert(field_at(&l, 0.1, phi, -0.001) == 0 && field_at(&l, 0.1, phi, 2.001) == 0);
	}
	bsm_layout_free(&l);
}

START_TEST(amperes_law)
{
	ampere(HORN, 0);
	ampere(HORN "skin_depth: 1.4 mm\n", 1.4e-3);
	ampere(HORN "skin_depth: 50 mm\n", 0.05);
}
END_TEST

/* Steps in a profile that fall on another part's end up to rounding: no cone may be made of the step. */
START_TEST(step_beside_an_end)
{
	struct bsm_layout l;
	bench_good("target: {start: 0 m, length: 0.5 m, radius: 5 mm, material: graphite}\n"
		   "sections: [{from: -1 m, to: 3 m, radius: 1 m, fill: air}]\n"
		   "tubes: [{from: 0 m, to: 0.69999999 m, inner: 8 mm, outer: 9 mm, material: titanium}]\n"
		   "horns: [{name: h, current: 1 kA, unit: m, outer: [[0, 0.1], [0.7, 0.1], [0.7, 0.05], [2, 0.05]], "
		   "thickness: 2 mm,"
		   " outer_conductor: {radius: 30 cm, thickness: 1 cm}}]\n",
		   &l);
	ck_assert_str_eq(l.matter[bench_matter_at(&l, 0.099, 0, 0.69)].material->name, "aluminium");
	ck_assert_str_eq(l.matter[bench_matter_at(&l, 0.049, 0, 0.71)].material->name, "aluminium");
	ck_assert_str_eq(l.matter[bench_matter_at(&l, 0.099, 0, 0.71)].material->name, "air");
	bsm_layout_free(&l);
}
END_TEST

TEST_MAIN("beamline layout", distances, special_lines, slabs, places, materials_along_lines, amperes_law,
	  step_beside_an_end)
