/* Source kind `shower`: keys, rays against the counted track lengths, pi0 of protons, threads, every way to be refused.
 */
#include <omp.h>

#include "core/constants.h"
#include "source/shower.h"
#include "source_files.h"

#define HEAD "schema: 1\nkind: shower\nname: t\n"
#define BEAM "beam: {particle: electron, kinetic_energy: 2 GeV, spot_x: 1 mm}\n"
#define MEDIA                                                                                                          \
	"media: [{from: 0 m, to: 0.3 m, radius: 1 cm, material: graphite, density: 1.78 g/cm3},"                       \
	" {from: 0.3 m, to: 0.8 m, radius: 1 m, material: vacuum},"                                                    \
	" {from: 1 m, to: 2 m, radius: 20 cm, material: iron}, {from: 2 m, to: 3 m, radius: 20 cm, material: iron}]\n"
#define SIZE "threshold: 5 MeV\nshowers: 300\nsegments: 10000\nseed: 3\n"
#define GOOD HEAD BEAM MEDIA SIZE
#define PROTON "beam: {particle: proton, momentum: 120 GeV}\n"
#define ROD "media: [{from: 0 m, to: 1.5 m, radius: 8 mm, material: graphite, density: 1.78 g/cm3}]\n"

static double histogram(const struct bsm_shower *s, int medium, int species, int first)
{
	double sum = 0;
	for (int i = first; i < BSM_SHOWER_ENERGIES; i++)
		for (int a = 0; a < BSM_SHOWER_ANGLES; a++)
			sum += s->tally.bin[medium][species][i][a];
	return sum;
}

/* The thinned sample, drawn from by rays, has the lengths that were counted: above three energies, to 4 %. */
static void rays_follow(const struct bsm_source *s, int k, int medium, int species)
{
	enum { N = 20000 };
	const struct bsm_shower *src = bsm_shower_of(s);
	const struct bsm_component *c = &s->component[k];
	double above[3] = {0}, rest = species ? bsm_pdg_mass(11) : 0;
	ck_close(c->yield, histogram(src, medium, species, 0), 1e-9);
	for (int i = 0; i < N; i++) {
		struct bsm_particle p;
		double u[2] = {(i + 0.5) / N, fmod(i * 0.6180339887, 1)};
		ck_close(s->ray(s, k, u, &p), c->yield, 1e-14);
		ck_assert(p.pdg == bsm_shower_pdg[species] && p.x.z >= -1e-9 && p.x.z <= 3 && p.x.e >= 0);
		ck_assert(fabs(bsm_p4_dot(p.p, p.p) - p.m * p.m) < 1e-12 * p.p.e * p.p.e);
		ck_assert(hypot(p.x.x, p.x.y) <= (medium ? 0.2 : 0.01) + 1e-9);
		for (int j = 0; j < 3; j++)
			above[j] += p.p.e - rest > src->setup.threshold * pow(10, (2 + 3 * j) / 5.0);
	}
	for (int j = 0; j < 3; j++)
		ck_close(c->yield * above[j] / N, histogram(src, medium, species, 2 + 3 * j), 0.04);
}

START_TEST(electrons)
{
	struct bsm_source s;
	test_open_good(GOOD, &s);
	const struct bsm_shower *src = bsm_shower_of(&s);
	const struct bsm_em_balance *b = &src->tally.balance;
	ck_assert_int_eq(s.ncomponent, 6);
	ck_assert(s.norm == BSM_PER_POT && s.dump_z >= 3 && src->media == 3);
	ck_close(b->in, 2, 1e-12);
	ck_close(b->along + b->below + b->front + b->back + b->side, 2, 1e-9);
	double deposit = 0, charged = 0;
	for (int i = 0; i < BSM_SHOWER_DEPTHS; i++) {
		deposit += src->tally.deposit[i];
		charged += src->tally.charged[i];
	}
	ck_close(deposit, b->along + b->below, 1e-9);
	ck_close(charged,
		 histogram(src, 0, 1, 0) + histogram(src, 0, 2, 0) + histogram(src, 2, 1, 0) + histogram(src, 2, 2, 0),
		 1e-9);
	for (int k = 0; k < 6; k++) {
		ck_assert(s.component[k].decays == 0);
		ck_assert_str_eq(s.component[k].medium->name, k < 3 ? "graphite" : "iron");
		ck_close(s.component[k].medium->density, k < 3 ? 1.78 : 7.874, 1e-12);
		rays_follow(&s, k, k < 3 ? 0 : 2, k % 3);
	}
	ck_assert_str_eq(s.component[4].label, "e- in iron");
	bsm_source_close(&s);
}
END_TEST

/* The same bits for any number of threads. */
START_TEST(threads)
{
	struct bsm_source one, two;
	int most = omp_get_max_threads();
	omp_set_num_threads(1);
	test_open_good(GOOD, &one);
	omp_set_num_threads(3);
	test_open_good(GOOD, &two);
	omp_set_num_threads(most);
	const struct bsm_shower *a = bsm_shower_of(&one), *b = bsm_shower_of(&two);
	ck_assert(memcmp(&a->tally, &b->tally, sizeof a->tally) == 0);
	ck_assert_int_eq(one.ncomponent, two.ncomponent);
	for (int k = 0; k < one.ncomponent; k++)
		for (int i = 0; i < 500; i++) {
			double u[2] = {(i + 0.5) / 500, 0.3};
			struct bsm_particle p, q;
			ck_assert(!(one.ray(&one, k, u, &p) < two.ray(&two, k, u, &q)));
			ck_assert(memcmp(&p.p, &q.p, sizeof p.p) == 0 && memcmp(&p.x, &q.x, sizeof p.x) == 0);
		}
	bsm_source_close(&one);
	bsm_source_close(&two);
}
END_TEST

static double pi0_yield(const void *law, double p, double ct, double st)
{
	return bsm_bmpt_density(law, p, ct, st);
}

/* Two photons for each pi0 of the published yield, with its energy. */
START_TEST(protons)
{
	struct bsm_source s;
	struct bsm_bmpt law;
	double p, pT;
	test_open_good(HEAD PROTON ROD "pi0: {model: bmpt, production: 230 mb, attenuation: 250 mb, scale: 1.5}\n"
				       "threshold: 1 GeV\nshowers: 40000\n",
		       &s);
	const struct bsm_shower *src = bsm_shower_of(&s);
	bsm_bmpt_init(&law, 111, 120, 12.011);
	double sigma = bsm_yield_integral(pi0_yield, &law, 0.02, 120, 4, &p, &pT);
	double removed = -expm1(-150 * 1.78 * BSM_AVOGADRO / 12.011 * 250e-27);
	double pions = 1.5 * sigma / 230 * removed * 230 / 250;
	ck_close(src->tally.primaries, 2 * pions, 0.02);
	/* The mean energy is that of the momentum, but for the mass of soft ones: .01 GeV; 40000 showers know it to .8 %. */
	ck_close(src->tally.balance.in, pions * (p + 0.01), 0.03);
	bsm_source_close(&s);
	test_open_good(HEAD "beam: {particle: proton, kinetic_energy: 8 GeV}\n" ROD
			    "pi0: {model: sanford_wang, production: 177.7 mb}\nthreshold: 0.5 GeV\nshowers: 40000\n",
		       &s);
	removed = -expm1(-150 * 1.78 * BSM_AVOGADRO / 12.011 * 177.7e-27);
	ck_close(bsm_shower_of(&s)->tally.primaries, removed * (0.894 + 0.813), 0.03);
	bsm_source_close(&s);
}
END_TEST

START_TEST(refusals)
{
	static const struct {
		const char *yaml, *words;
	} row[] = {
		{HEAD MEDIA, "beam"},
		{HEAD "beam: 3\n" MEDIA, "expected {particle"},
		{HEAD "beam: {particle: muon, momentum: 2 GeV}\n" MEDIA, "found \"muon\""},
		{HEAD "beam: {particle: photon}\n" MEDIA, "either momentum or kinetic_energy"},
		{HEAD "beam: {particle: photon, momentum: 1 GeV, kinetic_energy: 1 GeV}\n" MEDIA, "either momentum"},
		{HEAD "beam: {particle: photon, momentum: -1 GeV}\n" MEDIA, "positive"},
		{HEAD "beam: {particle: photon, momentum: 1e6 GeV}\n" MEDIA, "100 TeV"},
		{HEAD "beam: {particle: photon, momentum: 1 GeV, spot_x: -1 m}\n" MEDIA, "not negative"},
		{HEAD BEAM, "media"},
		{HEAD BEAM "media: []\n", "1 to 32 sections"},
		{HEAD BEAM "media: [3]\n", "expected {from"},
		{HEAD BEAM "media: [{from: 0 m, to: 1 m, radius: 1 m, material: kryptonite}]\n", "kryptonite"},
		{HEAD BEAM "media: [{from: 0 m, to: 1 m, radius: 1 m, material: vacuum}]\n", "nothing but vacuum"},
		{HEAD BEAM "media: [{from: 0 m, to: 1 m, radius: 1 m, material: vacuum, density: 1 g/cm3}]\n",
		 "matter"},
		{HEAD BEAM "media: [{from: 1 m, to: 1 m, radius: 1 m, material: iron}]\n", "an end behind the start"},
		{HEAD BEAM "media: [{from: 0 m, to: 1 m, radius: 0 m, material: iron}]\n", "positive"},
		{HEAD BEAM "media: [{from: 0 m, to: 2 m, radius: 1 m, material: iron},"
			   "{from: 1 m, to: 3 m, radius: 1 m, material: iron}]\n",
		 "before the section in front"},
		{HEAD BEAM MEDIA "threshold: 0.5 MeV\n", "1 MeV or more"},
		{HEAD BEAM MEDIA "threshold: 3 GeV\n", "less than the beam"},
		{HEAD BEAM MEDIA "showers: 0\n", "showers"},
		{HEAD BEAM MEDIA "showers: 100000000\n", "raise the threshold or lower showers"},
		{HEAD "beam: {particle: electron, momentum: 90 TeV}\n" MEDIA "threshold: 1 MeV\nshowers: 1\n",
		 "raise the"},
		{HEAD BEAM MEDIA "seeds: 3\n", "seeds"},
		{HEAD BEAM MEDIA "pi0: {model: bmpt, production: 1 mb}\n", "pi0"},
		{HEAD PROTON MEDIA, "pi0"},
		{HEAD PROTON MEDIA "pi0: 3\n", "expected {model"},
		{HEAD PROTON MEDIA "pi0: {model: fritiof, production: 230 mb}\n", "fritiof"},
		{HEAD PROTON MEDIA "pi0: {model: bmpt, production: 0 mb}\n", "positive"},
		{HEAD PROTON MEDIA "pi0: {model: bmpt, production: 230 mb, attenuation: 200 mb}\n", "smaller than"},
		{HEAD "beam: {particle: proton, momentum: 1 GeV}\n" MEDIA "pi0: {model: bmpt, production: 230 mb}\n",
		 "2 GeV/c to 10 TeV/c"},
		{HEAD BEAM "media: [{from: 0 m, to: 1 m, radius: 1e-9 m, material: iron}]\n"
			   "threshold: 1 GeV\nshowers: 2\n",
		 "comes into matter"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		test_open_bad(row[i].yaml, row[i].words);
}
END_TEST

/* An interrupted simulation ends with its status. */
START_TEST(interrupted)
{
	struct bsm_node *root;
	struct bsm_source s;
	const int up = 1;
	struct bsm_ctx ctx = {.cancel = &up};
	ck_assert(bsm_node_parse(&ctx, "t.yaml", GOOD, strlen(GOOD), &root) == BSM_OK);
	ck_assert(bsm_source_open(&ctx, root, &s) == BSM_E_CANCELLED);
	bsm_node_free(root);
}
END_TEST

TEST_MAIN("shower source", electrons, threads, protons, refusals, interrupted)
