/* Hadrons and muons through blocks of matter: how many survive, what scattering and losses leave. Fixed seeds, 4
 * standard errors. */
#include "beamline_bench.h"
#include "source/beamline/cross_sections.h"
#include "source/beamline/track.h"

static struct bsm_trail trail;

/* A block of matter in vacuum. */
static void block(const char *material, double thickness, struct bsm_layout *l)
{
	char yaml[400];
	snprintf(yaml, sizeof yaml,
		 "target: {start: 0 m, length: %g m, radius: 900 m, material: %s}\n"
		 "sections: [{from: -1 m, to: %g m, radius: 1 km, fill: vacuum, wall: vacuum}]\n",
		 thickness, material, thickness + 1);
	bench_good(yaml, l);
}

static struct bsm_flying hadron(int32_t pdg, double p)
{
	int charge = pdg == 2112 || pdg == 130 ? 0 : pdg > 0 ? 1 : -1;
	double m = bsm_pdg_mass(pdg);
	return (struct bsm_flying){.pdg = pdg,
				   .charge = charge,
				   .m = m,
				   .ctau = INFINITY,
				   .x = {0, 0, 0, -0.5},
				   .weight = 1,
				   .p = {sqrt(p * p + m * m), 0, 0, p}};
}

/* Without production through a slab: exp(-L sigma n), with the cross-sections per nucleus asked for directly. Neutral
 * or fast, so that losses change no cross-section; elastic scattering lengthens the path by less than 1 %. */
START_TEST(survival)
{
	static const struct {
		int32_t pdg;
		double p;
		const char *material;
		double L, A, density;
	} row[] = {{2212, 120, "graphite", 0.8, 12.011, 2.21}, {2112, 8, "beryllium", 0.5, 9.0122, 1.848},
		   {211, 40, "iron", 0.15, 55.845, 7.874},     {-211, 20, "aluminium", 0.4, 26.982, 2.699},
		   {321, 30, "graphite", 0.5, 12.011, 2.21},   {130, 6, "iron", 0.2, 55.845, 7.874}};
	enum { N = 10000 };
	struct bsm_rng g = bench_rng(27);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_layout l;
		int through = 0;
		block(row[i].material, row[i].L, &l);
		for (int k = 0; k < N; k++) {
			struct bsm_flying f = hadron(row[i].pdg, row[i].p);
			bsm_fly(&l, &f, &g, &trail);
			ck_assert(trail.fate != BSM_STOPPED);
			through += trail.fate == BSM_LOST;
		}
		double sigma = bsm_xsec_production(bsm_strong_of(row[i].pdg), row[i].p, row[i].A),
		       n = row[i].density / row[i].A * BSM_AVOGADRO * 1e-27;
		double expected = exp(-100 * row[i].L * n * sigma), got = (double)through / N;
		ck_assert_msg(fabs(got - expected) < 4 * sqrt(expected * (1 - expected) / N) + 0.012 * expected,
			      "%d of %g GeV through %g m of %s: %g, expected %g", row[i].pdg, row[i].p, row[i].L,
			      row[i].material, got, expected);
		bsm_layout_free(&l);
	}
}
END_TEST

/* Energy after a slab: mean loss integrated with small steps; and where a muon stops. */
START_TEST(slowing)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(28);
	block("iron", 1, &l);
	double E = 3, m = bsm_pdg_mass(13);
	for (int i = 0; i < 10000; i++)
		E -= 1e-4 * bsm_matter_dedx(&l.matter[1], sqrt(E * E - m * m), m);
	struct bench_mean left = {0};
	for (int i = 0; i < 300; i++) {
		struct bsm_flying f = hadron(13, sqrt(9 - m * m));
		bsm_fly(&l, &f, &g, &trail);
		bench_take(&left, trail.p[trail.n - 1].e);
	}
	ck_assert_str_eq(l.matter[1].material->name, "iron");
	bench_is(&left, E, 4, 0.01, "muon of 3 GeV behind 1 m of iron");
	bsm_layout_free(&l);
	block("iron", 3, &l);
	struct bench_mean range = {0};
	for (int i = 0; i < 300; i++) {
		struct bsm_flying f = hadron(13, 1);
		bsm_fly(&l, &f, &g, &trail);
		ck_assert_int_eq(trail.fate, BSM_STOPPED);
		bench_take(&range, trail.x[trail.n - 1].z);
	}
	double R = 0;
	for (E = sqrt(1 + m * m); E > m + 2e-3; R += 1e-4)
		E -= 1e-4 * bsm_matter_dedx(&l.matter[1], sqrt(E * E - m * m), m);
	bench_is(&range, R, 4, 0.02, "range of 1 GeV/c muons in iron");
	bsm_layout_free(&l);
}
END_TEST

/* Elastic and quasi-elastic scattering in a sheet too thin for two: energy to the target, q2/2M, with mean q2 = 1/b. */
START_TEST(scattering)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(29);
	double p = 8.9, M = 0.938919, mC = 12.011 * BSM_AMU, m = bsm_pdg_mass(2112);
	struct bench_mean q2_qe = {0}, q2_el = {0};
	double qe = 0, el = 0, odd = 0, N = 200000;
	block("graphite", 0.004, &l);
	for (int i = 0; i < (int)N; i++) {
		struct bsm_flying f = hadron(2112, p);
		bsm_fly(&l, &f, &g, &trail);
		struct bsm_p4 e = trail.p[trail.n - 1];
		if (trail.fate != BSM_LOST || e.e == f.p.e)
			continue;
		double nu = f.p.e - e.e, q2 = bsm_p4_dot3(bsm_p4_sub(f.p, e), bsm_p4_sub(f.p, e)) - nu * nu;
		ck_close(bsm_p4_mag(e), sqrt(e.e * e.e - m * m), 1e-12);
		int on_nucleon = fabs(q2 / (2 * M) - nu) < fabs(q2 / (2 * mC) - nu);
		if (fabs(nu / (q2 / (2 * (on_nucleon ? M : mC))) - 1) > 1e-3 + 1e-9 / q2) {
			odd++; /* scattered twice */
			continue;
		}
		qe += on_nucleon;
		el += !on_nucleon;
		bench_take(on_nucleon ? &q2_qe : &q2_el, q2);
	}
	ck_assert_msg(odd < 0.01 * (qe + el), "%g of %g with energy and angle that do not fit", odd, qe + el);
	bench_is(&q2_qe, 1 / bsm_slope_quasi_elastic(p), 4, 0.01, "quasi-elastic q2");
	bench_is(&q2_el, 1 / bsm_slope_elastic(12.011), 4, 0.01, "elastic q2");
	double n = 2.21 / 12.011 * BSM_AVOGADRO * 1e-27 * 0.4 * N;
	double want_qe = n * bsm_xsec_quasi_elastic(BSM_STRONG_NUCLEON, p, 12.011),
	       want_el = n * bsm_xsec_elastic(BSM_STRONG_NUCLEON, p, 12.011);
	ck_assert_msg(fabs(qe - want_qe) < 4 * sqrt(want_qe) + 0.02 * want_qe, "%g quasi-elastic, expected %g", qe,
		      want_qe);
	ck_assert_msg(fabs(el - want_el) < 4 * sqrt(want_el) + 0.02 * want_el, "%g elastic, expected %g", el, want_el);
	bsm_layout_free(&l);
}
END_TEST

/* Width of multiple scattering in a plane behind a slab: 13.6 MeV/(beta p) sqrt(t) (1 + .038 ln t), for the whole slab.
 */
START_TEST(multiple_scattering)
{
	struct bsm_layout l;
	struct bsm_rng g = bench_rng(30);
	struct bench_mean t2 = {0};
	block("iron", 0.02, &l);
	for (int i = 0; i < 20000; i++) {
		struct bsm_flying f = hadron(13, 10);
		bsm_fly(&l, &f, &g, &trail);
		struct bsm_p4 e = trail.p[trail.n - 1];
		bench_take(&t2, e.x * e.x / (e.z * e.z));
	}
	double t = 0.02 / 0.01757, theta = 0.0136 / 10 * sqrt(t) * (1 + 0.038 * log(t));
	bench_is(&t2, theta * theta, 4, 0.02, "mean square angle of 10 GeV muons behind 2 cm of iron");
	bsm_layout_free(&l);
}
END_TEST

TEST_MAIN("beamline passage", survival, slowing, scattering, multiple_scattering)
