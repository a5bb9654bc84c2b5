/* Losses, radiation lengths and cross-sections of a beamline's matter against published numbers. */
#include "beamline_bench.h"
#include "bsmnu/model.h"
#include "source/beamline/cross_sections.h"

static struct bsm_matter matter(const char *name)
{
	struct bsm_matter m;
	const struct bsm_material *s = bsm_material_find(name);
	ck_assert(s != NULL);
	bsm_matter_init(&m, s, s->density);
	return m;
}

/* Minimum ionisation and X0: PDG, atomic and nuclear properties of materials. */
START_TEST(published_properties)
{
	static const struct {
		const char *name;
		double mip, X0;
	} row[] = {{"beryllium", 1.595, 65.19}, {"graphite", 1.742, 42.70}, {"aluminium", 1.615, 24.01},
		   {"iron", 1.451, 13.84},      {"helium", 1.937, 94.32},   {"titanium", 1.477, 16.16},
		   {"air", 1.815, 36.62},       {"tungsten", 1.145, 6.76}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_matter m = matter(row[i].name);
		double least = INFINITY;
		for (double p = 0.1; p < 3; p *= 1.01)
			least = fmin(least, bsm_matter_dedx(&m, p, bsm_pdg_mass(13)) * 10 /
						    m.density); /* GeV/m -> MeV cm2/g */
		ck_assert_msg(fabs(least / row[i].mip - 1) < 0.02, "%s: %g MeV cm2/g, PDG %g", row[i].name, least,
			      row[i].mip);
		ck_assert_msg(fabs(m.X0 * 100 * m.density / row[i].X0 - 1) < 0.01, "%s: X0 = %g g/cm2, PDG %g",
			      row[i].name, m.X0 * 100 * m.density, row[i].X0);
	}
}
END_TEST

/* Bethe's formula with the full density effect (Sternheimer's parameters as PDG's tables of muon ranges have them), and
 * for muons the term of their spin, evaluated elsewhere: the program has that effect's parameters in general form, and
 * no spin. */
START_TEST(bethe)
{
	static const struct {
		const char *name;
		double muon[3], pion[3];
	} row[] = {/* T = 1, 10, 100 GeV; p = .5, 2, 20 GeV */
		   {"beryllium", {1.6818, 1.9543, 2.1632}, {1.5954, 1.7263, 2.0011}},
		   {"graphite", {1.8517, 2.1824, 2.4195}, {1.7495, 1.9046, 2.2365}},
		   {"aluminium", {1.7405, 2.0807, 2.3141}, {1.6147, 1.7962, 2.1348}},
		   {"iron", {1.5781, 1.9261, 2.1620}, {1.4513, 1.6341, 1.9817}},
		   {"helium", {2.1297, 2.7510, 3.1401}, {1.9376, 2.2178, 2.8657}}};
	double mmu = bsm_pdg_mass(13), mpi = bsm_pdg_mass(211);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bsm_matter m = matter(row[i].name);
		for (int k = 0; k < 3; k++) {
			double T = pow(10, k), p = (double[]){0.5, 2, 20}[k];
			double mu = bsm_matter_dedx(&m, sqrt(T * (T + 2 * mmu)), mmu) * 10 / m.density,
			       pi = bsm_matter_dedx(&m, p, mpi) * 10 / m.density;
			ck_assert_msg(fabs(mu / row[i].muon[k] - 1) < 0.025, "%s, muon of %g GeV: %g, expected %g",
				      row[i].name, T, mu, row[i].muon[k]);
			ck_assert_msg(fabs(pi / row[i].pion[k] - 1) < 0.02, "%s, pion of %g GeV/c: %g, expected %g",
				      row[i].name, p, pi, row[i].pion[k]);
		}
	}
}
END_TEST

/* The table that tracks read against the formula. */
START_TEST(tables)
{
	static const int32_t pdg[] = {13, 211, 321, 2212};
	struct bsm_matter m = matter("aluminium"), he = matter("helium");
	for (double p = 0.2; p < 900; p *= 1.17)
		for (int i = 0; i < 4; i++) {
			ck_close(bsm_matter_passage(&m, BSM_STRONG_NONE, i, log(p)).loss,
				 bsm_matter_dedx(&m, p, bsm_pdg_mass(pdg[i])), 0.01);
			ck_close(bsm_matter_passage(&he, BSM_STRONG_NONE, i, log(p)).loss,
				 bsm_matter_dedx(&he, p, bsm_pdg_mass(pdg[i])), 0.01);
			enum bsm_strong h = bsm_strong_of(pdg[i]);
			if (h != BSM_STRONG_NONE && p > 0.6)
				ck_close(bsm_matter_absorb(&m, h, p),
					 m.density / 26.982 * BSM_AVOGADRO * 1e-25 * bsm_xsec_production(h, p, 26.982),
					 0.015);
		}
	struct bsm_passage none = bsm_matter_passage(&m, bsm_strong_of(14), bsm_ionising(14), 1);
	ck_assert(none.absorb == 0 && none.scatter == 0 && none.loss == 0);
}
END_TEST

static double total(enum bsm_strong h, double p, double A, int what) /* 0 inelastic, 1 production, 2 total */
{
	double in = bsm_xsec_production(h, p, A) + bsm_xsec_quasi_elastic(h, p, A);
	return what == 0 ? in : what == 1 ? bsm_xsec_production(h, p, A) : in + bsm_xsec_elastic(h, p, A);
}

/* NA61/SHINE (arXiv:1510.02703): p + C at 31 GeV/c, production 230.7 and inelastic 258.4 mb. MiniBooNE's fits at 8.89
 * GeV/c (arXiv:0806.1449): p + Be total 285.4, inelastic 212.3, quasi-elastic 34.6; Al 686, 461, 78; pi+ + Be, Al at 1
 * to 4 GeV/c. NA61 (arXiv:1805.04546, 1909.03351) at 60 to 120 GeV/c. The fits and the evaluations differ by some per
 * cent. */
START_TEST(published_cross_sections)
{
	static const struct {
		enum bsm_strong h;
		double p, A;
		int what;
		double mb, rtol;
	} row[] = {
		{BSM_STRONG_NUCLEON, 31, 12.011, 1, 230.7, 0.04},   {BSM_STRONG_NUCLEON, 31, 12.011, 0, 258.4, 0.04},
		{BSM_STRONG_NUCLEON, 120, 12.011, 1, 227.3, 0.04},  {BSM_STRONG_NUCLEON, 120, 12.011, 0, 253.2, 0.04},
		{BSM_STRONG_NUCLEON, 8.89, 9.0122, 2, 285.4, 0.05}, {BSM_STRONG_NUCLEON, 8.89, 9.0122, 0, 212.3, 0.02},
		{BSM_STRONG_NUCLEON, 8.89, 9.0122, 1, 177.7, 0.02}, {BSM_STRONG_NUCLEON, 8.89, 26.982, 2, 686, 0.05},
		{BSM_STRONG_NUCLEON, 8.89, 26.982, 0, 461, 0.05},   {BSM_STRONG_PION, 1, 9.0122, 0, 213, 0.07},
		{BSM_STRONG_PION, 2, 9.0122, 0, 194, 0.07},         {BSM_STRONG_PION, 4, 9.0122, 0, 178, 0.07},
		{BSM_STRONG_PION, 1, 26.982, 0, 436, 0.07},         {BSM_STRONG_PION, 4, 26.982, 0, 368, 0.07},
		{BSM_STRONG_PION, 60, 12.011, 0, 188.2, 0.08},      {BSM_STRONG_PION, 31, 12.011, 1, 158.3, 0.05},
		{BSM_STRONG_NUCLEON, 10.9, 55.845, 0, 743, 0.02},   {BSM_STRONG_PION, 20.1, 55.845, 0, 600, 0.02},
		{BSM_STRONG_KAON_PLUS, 60, 12.011, 0, 152, 0.08},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		double s = total(row[i].h, row[i].p, row[i].A, row[i].what);
		ck_assert_msg(fabs(s / row[i].mb - 1) < row[i].rtol, "row %zu: %g mb, published %g", i, s, row[i].mb);
	}
}
END_TEST

/* No jumps: in p, and in A from helium to lead. */
START_TEST(continuous)
{
	static const double A[] = {4.0026, 9.0122, 12.011, 16, 26.982, 55.845, 183.84};
	for (int h = 0; h < BSM_STRONG_NONE; h++)
		for (int what = 0; what < 3; what++) {
			for (size_t i = 0; i < sizeof A / sizeof *A; i++)
				for (double p = 0.3; p < 1000; p *= 1.002) {
					double a = total((enum bsm_strong)h, p, A[i], what),
					       b = total((enum bsm_strong)h, p * 1.002, A[i], what);
					ck_assert_msg(a > 0 && fabs(b / a - 1) < 0.012,
						      "hadron %d, A = %g, p = %g: %g -> %g mb", h, A[i], p, a, b);
				}
			for (double a = 3; a < 220; a *= 1.003) {
				double x = total((enum bsm_strong)h, 10, a, what),
				       y = total((enum bsm_strong)h, 10, a * 1.003, what);
				ck_assert_msg(fabs(y / x - 1) < 0.03 && y > 0.98 * x, "hadron %d, A = %g: %g -> %g mb",
					      h, a, x, y);
			}
		}
}
END_TEST

/* Parts of the whole, and their order. */
START_TEST(sizes)
{
	for (double p = 0.4; p < 500; p *= 1.3)
		for (double A = 9.0122; A < 200; A *= 1.6) {
			for (int h = 0; h < BSM_STRONG_NONE; h++) {
				ck_assert(bsm_xsec_elastic((enum bsm_strong)h, p, A) > 0);
				ck_assert(bsm_xsec_quasi_elastic((enum bsm_strong)h, p, A) > 0);
			}
			double N = total(BSM_STRONG_NUCLEON, p, A, 0), pi = total(BSM_STRONG_PION, p, A, 0),
			       K = total(BSM_STRONG_KAON_PLUS, p, A, 0);
			ck_assert_msg(p < 5 || (N > pi && (A > 60 || N > K)), "p = %g, A = %g: N %g, pi %g, K+ %g mb",
				      p, A, N, pi, K);
			ck_assert(total(BSM_STRONG_KAON_MINUS, p, A, 0) > total(BSM_STRONG_KAON_PLUS, p, A, 0));
		}
}
END_TEST

TEST_MAIN("beamline matter", published_properties, bethe, tables, published_cross_sections, continuous, sizes)
