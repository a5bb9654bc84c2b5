/* Particles in the field of a horn: constants of the motion, second order of the steps, an independent integration, times,
 * spins. */
#include "beamline_bench.h"
#include "source/beamline/track.h"

static struct bsm_trail trail;

static struct bsm_flying pion(double p, int charge, struct bsm_p4 x, double tx, double ty)
{
	double m = bsm_pdg_mass(211), k = p / sqrt(1 + tx * tx + ty * ty);
	return (struct bsm_flying){.pdg = charge * 211,
				   .charge = charge,
				   .m = m,
				   .ctau = bsm_pdg_ctau(211),
				   .x = x,
				   .weight = 1,
				   .p = {sqrt(p * p + m * m), k * tx, k * ty, k}};
}

/* A wide coaxial gap from r = 1 cm x size to 50 m: 200 kA, no matter. */
static void coaxial(double size, double length, double current, struct bsm_layout *l)
{
	char yaml[600];
	snprintf(yaml, sizeof yaml,
		 "target: {start: 0 m, length: 1 mm, radius: 1 mm, material: vacuum}\nsections: [{from: -1 m, to: %g "
		 "m, radius: 1 km, fill: vacuum, wall: vacuum}]\n"
		 "horns: [{name: h, current: %g kA, unit: m, fill: vacuum, material: vacuum, outer: [[0, %g], [%g, "
		 "%g]], thickness: 3 mm, "
		 "outer_conductor: {radius: 500 m, thickness: 1 m}}]\n",
		 length + 1, current, 0.01 * size, length, 0.01 * size);
	bench_good(yaml, l);
}

/* B = k/r around the axis comes of A_z = -k ln r: p_z - c q k ln r is constant, and x p_y - y p_x. */
static double canonical(const struct bsm_p4 *x, const struct bsm_p4 *p, int q, double k)
{
	return p->z - 0.299792458 * q * k * log(hypot(x->x, x->y));
}

START_TEST(constants_of_motion)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(21);
	double worst = 0, worst_l = 0;
	coaxial(1, 3, 200, &l);
	for (int i = 0; i < 200; i++) {
		int q = i % 2 ? 1 : -1;
		double p = pow(10, bench_flat(&g, -0.3, 1.3)), L0, c0;
		struct bsm_flying f =
			pion(p, q, (struct bsm_p4){0, bench_flat(&g, 0.1, 0.2), bench_flat(&g, 0.02, 0.1), 0.1},
			     bench_flat(&g, -0.1, 0.1), bench_flat(&g, -0.1, 0.1));
		bsm_fly(&l, &f, &g, &trail);
		ck_assert(trail.n > 3);
		L0 = f.x.x * f.p.y - f.x.y * f.p.x;
		c0 = canonical(&f.x, &f.p, q, 0.04);
		for (int k = 0; k < trail.n && trail.x[k].z <= 3 && hypot(trail.x[k].x, trail.x[k].y) > 0.02; k++) {
			ck_close(bsm_p4_mag(trail.p[k]), p, 1e-9);
			ck_close(trail.p[k].e, f.p.e, 1e-14);
			worst = fmax(worst, fabs(canonical(&trail.x[k], &trail.p[k], q, 0.04) - c0) / 0.012);
			worst_l = fmax(worst_l, fabs(trail.x[k].x * trail.p[k].y - trail.x[k].y * trail.p[k].x - L0));
		}
	}
	/* 12 MeV is the momentum by which r changes e-fold. */
	ck_assert_msg(worst < 1e-2 && worst_l < 1e-12,
		      "canonical momentum drifts by %g of 12 MeV, angular momentum by %g GeV m", worst, worst_l);
	bsm_layout_free(&l);
}
END_TEST

/* The equations have no scale: a horn `size` times as large bends the same. Steps have one, the sagitta, so they become
 * finer as size^-1/2, and the drift of a second order method falls as 1/size. */
START_TEST(second_order)
{
	double drift[3];
	for (int i = 0; i < 3; i++) {
		double size = 20 * pow(8, i);
		struct bsm_layout l;
		struct bsm_rng g = bench_rng(22);
		coaxial(size, size, 200, &l);
		struct bsm_flying f = pion(0.3, 1, (struct bsm_p4){0, 0.25 * size, 0.1 * size, 0.01}, 0.1, 0.05);
		bsm_fly(&l, &f, &g, &trail);
		int k = 0;
		while (k < trail.n - 1 && trail.x[k].z < 0.99 * size)
			k++;
		drift[i] = fabs(canonical(&trail.x[k], &trail.p[k], 1, 0.04) - canonical(&f.x, &f.p, 1, 0.04));
		bsm_layout_free(&l);
	}
	ck_assert_msg(drift[0] > 5 * drift[1] && drift[0] < 12 * drift[1] && drift[1] > 5 * drift[2] &&
			      drift[1] < 12 * drift[2],
		      "drifts %g, %g, %g GeV at steps of 1, 1/8^1/2, 1/8", drift[0], drift[1], drift[2]);
}
END_TEST

START_TEST(bending)
{
	for (int current = -1; current <= 1; current += 2)
		for (int q = -1; q <= 1; q += 2) {
			struct bsm_layout l;
			struct bsm_rng g = bench_rng(23);
			coaxial(1, 1, 200 * current, &l);
			for (int i = 0; i < 6; i++) {
				struct bsm_flying f =
					pion(500, q, (struct bsm_p4){0, 0.1 * cos(i), 0.1 * sin(i), 0}, 0, 0);
				bsm_fly(&l, &f, &g, &trail);
				struct bsm_p4 e = trail.p[trail.n - 1];
				/* dp = 0.2998 k / r x 1 m towards the axis for a positive in a positive current */
				ck_close((e.x * cos(i) + e.y * sin(i)) / (-q * current * 0.299792458 * 0.4), 1, 2e-3);
				ck_assert(fabs(e.y * cos(i) - e.x * sin(i)) < 1e-6);
			}
			bsm_layout_free(&l);
		}
}
END_TEST

/* x, y, px, py at z = 3 m: tests/derive/horn_track.py */
START_TEST(against_runge_kutta)
{
	static const double end[20][4] = {
		{-0.001609, 0.000000, -0.004123, 0.000000},   {-0.057392, -0.046356, -0.014380, -0.011681},
		{0.004707, 0.016367, 0.004186, 0.016972},     {-0.003457, 0.008144, -0.009265, 0.017976},
		{-0.684484, 0.241280, -0.182963, 0.064502},   {0.051596, 0.020837, 0.003224, 0.000309},
		{0.024152, 0.045725, 0.008600, 0.011852},     {-0.017604, 0.046321, -0.010573, 0.034927},
		{-0.046126, 0.036662, -0.054877, 0.044675},   {0.613618, 0.003219, 0.298707, 0.001801},
		{0.021939, 0.027257, -0.033023, -0.023169},   {0.014372, 0.134125, -0.000338, 0.034465},
		{-0.111500, 0.177409, -0.057059, 0.087206},   {-0.255510, 0.086762, -0.167272, 0.057331},
		{-0.536601, -0.220091, -0.491537, -0.199850}, {-0.177489, -0.321634, -0.170496, -0.299806},
		{0.081206, -0.400587, 0.084721, -0.437929},   {0.350177, -0.275735, 0.441157, -0.348877},
		{0.477771, 0.016376, 0.696444, 0.027150},     {0.464251, 0.407833, 0.801226, 0.712085},
	};
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(24);
	double worst_x = 0, worst_p = 0;
	bench_beam("bnb", 1, 1, &l);
	for (int i = 0; i < 20; i++) {
		double p = 0.4 * pow(1.13, i), theta = 0.03 + 0.011 * i, r = 0.0002 * i;
		struct bsm_flying f = pion(p, i % 5 == 4 ? -1 : 1, (struct bsm_p4){0, r, -r / 2, 0.05 + 0.034 * i},
					   tan(theta) * cos(0.7 * i), tan(theta) * sin(0.7 * i));
		bsm_fly(&l, &f, &g, &trail);
		int k = 0;
		while (k < trail.n && trail.x[k].z < 1.8)
			k++;
		ck_assert(k < trail.n);
		struct bsm_p4 d = trail.p[k], x = bsm_p4_add(trail.x[k], bsm_p4_scale((3 - trail.x[k].z) / d.z, d));
		worst_x = fmax(worst_x, hypot(x.x - end[i][0], x.y - end[i][1]));
		worst_p = fmax(worst_p, hypot(d.x - end[i][2], d.y - end[i][3]) / p);
	}
	/* With steps a hundred times finer both agree to 1e-5 m and 1e-5; the usual ones are worth less than multiple
	 * scattering. */
	ck_assert_msg(worst_x < 3e-3 && worst_p < 3e-3, "off by %g m and %g of the momentum", worst_x, worst_p);
	bsm_layout_free(&l);
}
END_TEST

/* x, y, px, py at z = 22 m behind the three horns of LBNF: tests/derive/horn_track_lbnf.py. Steps half as long bring
 * all four times nearer; what is left is less than multiple scattering. */
START_TEST(three_horns)
{
	static const double end[12][4] = {
		{-0.152788, 0.000000, 0.089788, 0.000000},  {-0.137644, -0.175128, 0.053178, 0.067189},
		{0.022339, -0.086588, -0.010031, 0.043393}, {0.669973, -0.312840, 0.070920, -0.033170},
		{0.142027, 0.099347, 0.031706, 0.019880},   {-0.672695, -3.295907, -0.120048, -0.587446},
		{0.034268, -0.051977, -0.012264, 0.012456}, {0.209834, 0.015662, -0.007331, 0.002042},
		{0.201393, 0.295976, 0.022320, 0.038922},   {-0.130696, 0.477254, -0.042543, 0.147273},
		{-0.551783, 0.250580, -0.291229, 0.132837}, {-0.719061, -0.376731, -0.637804, -0.331172},
	};
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(31);
	bench_beam("lbnf", 1, 1, &l);
	for (int i = 0; i < 12; i++) {
		double p = pow(1.3, i), theta = 0.16 * pow(0.87, i);
		struct bsm_flying f =
			pion(p, i % 6 == 5 ? -1 : 1, (struct bsm_p4){0, 0.0003 * i, -0.0002 * i, 0.1 + 0.1 * i},
			     tan(theta) * cos(0.9 * i), tan(theta) * sin(0.9 * i));
		bsm_fly(&l, &f, &g, &trail);
		int k = 0;
		while (k < trail.n && trail.x[k].z < 19.7)
			k++;
		ck_assert(k < trail.n);
		struct bsm_p4 d = trail.p[k], x = bsm_p4_add(trail.x[k], bsm_p4_scale((22 - trail.x[k].z) / d.z, d));
		double dx = hypot(x.x - end[i][0], x.y - end[i][1]), dp = hypot(d.x - end[i][2], d.y - end[i][3]) / p;
		ck_assert_msg(dx < 0.08 && dp < 4e-3, "pion %d of %g GeV/c: off by %g m and %g", i, p, dx, dp);
	}
	bsm_layout_free(&l);
}
END_TEST

/* Time and age from the path; in the field chords are shorter than it by less than sagitta's share. */
START_TEST(times)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(25);
	for (int field = 0; field < 2; field++) {
		bench_beam("lbnf", field, 1, &l);
		for (int i = 0; i < 50; i++) {
			double p = pow(10, bench_flat(&g, -0.3, 1.5)), path = 0;
			struct bsm_flying f = pion(p, 1, (struct bsm_p4){1e-9, 0, 0.01, 0.2}, bench_flat(&g, -0.1, 0.1),
						   bench_flat(&g, -0.1, 0.1));
			bsm_fly(&l, &f, &g, &trail);
			for (int k = 1; k < trail.n; k++) {
				struct bsm_p4 s = bsm_p4_sub(trail.x[k], trail.x[k - 1]);
				path += sqrt(bsm_p4_dot3(s, s));
			}
			double t = trail.x[trail.n - 1].e - 1e-9;
			ck_close(t, path * f.p.e / (p * BSM_C), field ? 1e-3 : 1e-11);
			ck_close(trail.age[trail.n - 1], t * f.m / f.p.e * BSM_C / f.ctau, 1e-11);
		}
		bsm_layout_free(&l);
	}
}
END_TEST

START_TEST(spin)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(26);
	bench_beam("bnb", 1, 1, &l);
	double turned = 0;
	for (int i = 0; i < 40; i++) {
		int q = i % 2 ? 1 : -1;
		struct bsm_flying f = pion(0.8, q, (struct bsm_p4){0, 0.03, 0.01, 0.1}, bench_flat(&g, -0.2, 0.2),
					   bench_flat(&g, -0.2, 0.2));
		f.pdg = -13 * q;
		f.m = bsm_pdg_mass(13);
		f.p.e = sqrt(0.64 + f.m * f.m);
		for (int k = 0; k < 3; k++)
			f.pol[k] = bench_flat(&g, -0.5, 0.5);
		bsm_fly(&l, &f, &g, &trail);
		const double *a = trail.pol[0], *b = trail.pol[trail.n - 1];
		struct bsm_p4 p = trail.p[0], e = trail.p[trail.n - 1];
		ck_close(b[0] * b[0] + b[1] * b[1] + b[2] * b[2], a[0] * a[0] + a[1] * a[1] + a[2] * a[2], 1e-9);
		ck_assert(fabs(a[0] * p.x + a[1] * p.y + a[2] * p.z - b[0] * e.x - b[1] * e.y - b[2] * e.z) < 1e-9);
		turned = fmax(turned, hypot(e.x - p.x, e.y - p.y));
	}
	ck_assert(turned > 0.05);
	bsm_layout_free(&l);
}
END_TEST

/* A pi- in the reversed horns flies as the pi+ did, through all matter. */
START_TEST(mirror)
{
	static struct bsm_trail other;
	struct bsm_layout fhc, rhc;
	bench_beam("lbnf", 1, 0, &fhc);
	bench_beam("lbnf", -1, 0, &rhc);
	for (unsigned i = 0; i < 100; i++) {
		struct bsm_rng a = bench_rng(200 + i), b = a, g = bench_rng(400 + i);
		struct bsm_flying f = pion(pow(10, bench_flat(&g, -0.3, 1.3)), 1, (struct bsm_p4){0, 0, 0.005, 0.5},
					   bench_flat(&g, -0.1, 0.1), bench_flat(&g, -0.1, 0.1));
		bsm_fly(&fhc, &f, &a, &trail);
		f.charge = -1;
		f.pdg = -211;
		bsm_fly(&rhc, &f, &b, &other);
		ck_assert(trail.n == other.n && trail.fate == other.fate &&
			  trail.age[trail.n - 1] == other.age[trail.n - 1]);
		ck_assert(trail.x[trail.n - 1].x == other.x[trail.n - 1].x &&
			  trail.p[trail.n - 1].z == other.p[trail.n - 1].z);
	}
	bsm_layout_free(&fhc);
	bsm_layout_free(&rhc);
}
END_TEST

TEST_MAIN("beamline track", constants_of_motion, second_order, bending, against_runge_kutta, three_horns, times, spin,
	  mirror)
