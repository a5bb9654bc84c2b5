/* The afterburner on whole events: plan, tables, conservation, flight, branching fractions, bunches. Statistical tests
 * have fixed seeds and allow 5 standard deviations. */
#include "after/after.h"
#include "after/decay_shapes.h"
#include "check_main.h"
#include "core/constants.h"
#include "kinematics/particles.h"

#include <string.h>

static struct bsm_event event; /* large: not on the stack */

static struct bsm_rng stream(uint64_t trial)
{
	return bsm_rng_make(20261122, BSM_FOR_VERIFY, trial, 0);
}

static struct bsm_particle make(int32_t pdg, double px, double py, double pz)
{
	double m = bsm_pdg_mass(pdg);
	return (struct bsm_particle){.pdg = pdg, .status = BSM_FINAL, .m = m, .x = {1e-6, 1, 2, 3},
				     .p = {sqrt(m * m + px * px + py * py + pz * pz), px, py, pz}};
}

static void start(struct bsm_event *e, struct bsm_particle a)
{
	memset(e, 0, sizeof *e);
	e->nvertex = e->n = 1;
	e->vertex[0] = (struct bsm_vertex){.x = a.x, .status = 1};
	e->p[0] = a;
	e->from[0] = 0;
	e->to[0] = -1;
}

static struct bsm_after_plan plan_of(const char *list)
{
	struct bsm_ctx ctx = {0};
	struct bsm_after_plan plan;
	ck_assert_msg(bsm_after_parse(&ctx, list, &plan) == BSM_OK, "%s: %s", list, ctx.message);
	return plan;
}

static void run(const struct bsm_after_plan *plan, struct bsm_rng *rng, struct bsm_event *e)
{
	struct bsm_ctx ctx = {0};
	ck_assert_msg(bsm_after_decays(&ctx, plan, rng, e) == BSM_OK, "%s", ctx.message);
}

START_TEST(plan_takes_names)
{
	struct bsm_ctx ctx = {0};
	struct bsm_after_plan p = plan_of("default");
	ck_assert_int_eq(p.count, 14);
	ck_assert_int_eq(plan_of("none").count, 0);
	ck_assert_int_eq(plan_of("").count, 0);
	p = plan_of("mu, default,tau");
	ck_assert_int_eq(p.count, 15);
	ck_assert_int_eq(p.pdg[0], 13);
	p = plan_of(" rho K*,eta' , D Ds tau+ pi0 pi0 K0bar K_S");
	const int32_t expected[] = {113, 213, 313, 323, 331, 411, 421, 431, 15, 111, 311, 310};
	ck_assert_int_eq(p.count, 12);
	for (int i = 0; i < 12; i++)
		ck_assert_int_eq(p.pdg[i], expected[i]);
	ck_assert_int_eq(bsm_after_parse(&ctx, "pi0, tua", &p), BSM_E_NAME);
	ck_assert_ptr_nonnull(strstr(ctx.message, "'tua'"));
	const char *const wrong[] = {"gamma", "p", "none, pi0", "B+"};
	for (int i = 0; i < 4; i++) {
		ctx = (struct bsm_ctx){0};
		ck_assert_int_eq(bsm_after_parse(&ctx, wrong[i], &p), BSM_E_NAME);
	}
}
END_TEST

/* Charge, lepton flavours and room in every row; sums of the tables. */
START_TEST(tables_are_consistent)
{
	int rows;
	const struct bsm_decay_table *t = bsm_decay_table_all(&rows);
	for (int r = 0; r < rows; r++) {
		double sum = 0;
		ck_assert_ptr_eq(bsm_decay_table_find(-t[r].pdg), &t[r]);
		for (int k = 0; k < t[r].count; k++) {
			const struct bsm_mode *mode = &t[r].mode[k];
			int charge = bsm_pdg_charge3(t[r].pdg), lepton[3] = {0}, parent = t[r].pdg;
			double m = bsm_pdg_mass(t[r].pdg);
			if (parent == 13 || parent == 15)
				lepton[(parent - 11) / 2]--;
			sum += mode->br;
			for (int i = 0; i < BSM_OUT && mode->out[i]; i++) {
				int32_t pdg = mode->out[i], code = abs(pdg);
				ck_assert_msg(bsm_pdg_find(pdg) != NULL, "%d in %d", pdg, parent);
				charge -= bsm_pdg_charge3(pdg);
				m -= bsm_pdg_mass(pdg);
				if (code >= 11 && code <= 16)
					lepton[(code - 11) / 2] += pdg > 0 ? 1 : -1;
			}
			ck_assert_msg(!charge && !lepton[0] && !lepton[1] && !lepton[2], "mode %d of %d", k, parent);
			ck_assert_msg(m > 0 || parent == 311, "mode %d of %d has no room", k, parent);
		}
		ck_assert_msg(sum < 1.005 && sum > (t[r].pdg > 400 ? 0.7 : 0.99), "%d sums to %g", t[r].pdg, sum);
	}
}
END_TEST

static void check_momenta(const struct bsm_decay *d, int32_t parent, int mode)
{
	struct bsm_p4 sum = {0, 0, 0, 0};
	for (int i = 0; i < d->n; i++) {
		const struct bsm_particle *o = &d->out[i];
		double m2 = bsm_p4_dot(o->p, o->p);
		sum = bsm_p4_add(sum, o->p);
		ck_assert_msg(fabs(m2 - o->m * o->m) < 1e-13 * d->m * d->m, "mass of leg %d, %d mode %d: %g", i, parent,
			      mode, m2);
	}
	ck_assert_msg(fabs(sum.e - d->m) < 1e-14 * d->m && bsm_p4_mag(sum) < 1e-14 * d->m, "%d mode %d: %g %g", parent,
		      mode, sum.e - d->m, bsm_p4_mag(sum));
}

/* Every row and its conjugate, 300 times with full polarisation: no bound broken, momenta and masses to round-off. */
START_TEST(every_row_conserves)
{
	int rows;
	const struct bsm_decay_table *t = bsm_decay_table_all(&rows);
	for (int r = 0; r < rows; r++)
		for (int k = 0; k < t[r].count; k++)
			for (int anti = 0; anti < 2; anti++) {
				struct bsm_rng rng = stream((uint64_t)(1000 * r + 2 * k + anti));
				struct bsm_decay d = {.mode = &t[r].mode[k],
						      .m = bsm_pdg_mass(t[r].pdg),
						      .pol = {0.6, 0, -0.8},
						      .antiparticle = anti};
				while (d.n < BSM_OUT && d.mode->out[d.n]) {
					d.out[d.n].m = bsm_pdg_mass(d.mode->out[d.n]);
					d.n++;
				}
				for (int n = 0; n < 300; n++) {
					ck_assert_msg(bsm_decay_sample(&d, &rng), "bound of %d mode %d", t[r].pdg, k);
					check_momenta(&d, t[r].pdg, k);
				}
			}
}
END_TEST

static void check_graph(const struct bsm_event *e, const struct bsm_after_plan *plan)
{
	for (int i = 0; i < e->n; i++) {
		if (e->p[i].status == BSM_FINAL) {
			ck_assert_int_eq(e->to[i], -1);
			for (int k = 0; k < plan->count; k++)
				ck_assert_int_ne(abs(e->p[i].pdg), plan->pdg[k]);
		} else {
			ck_assert_int_eq(e->p[i].status, BSM_DECAYED);
			ck_assert(e->to[i] > e->from[i] && e->to[i] < e->nvertex);
		}
		ck_assert(!memcmp(&e->p[i].x, &e->vertex[e->from[i]].x, sizeof e->p[i].x));
	}
	for (int v = 1; v < e->nvertex; v++) {
		struct bsm_p4 sum = {0, 0, 0, 0};
		double scale = 0;
		int charge = 0;
		for (int i = 0; i < e->n; i++) {
			double sign = e->to[i] == v ? 1 : e->from[i] == v ? -1 : 0;
			sum = bsm_p4_add(sum, bsm_p4_scale(sign, e->p[i].p));
			charge += (int)sign * bsm_pdg_charge3(e->p[i].pdg);
			scale = e->to[i] == v ? e->p[i].p.e : scale;
		}
		ck_assert_int_eq(charge, 0);
		ck_assert_msg(fabs(sum.e) < 4e-15 * scale && bsm_p4_mag(sum) < 4e-15 * scale, "%g %g of %g", sum.e,
			      bsm_p4_mag(sum), scale);
		ck_assert_int_eq(e->vertex[v].status, 22);
		ck_assert_int_eq(e->vertex[v].process, -1);
	}
}

/* Whole cascades of every species, both charges. */
START_TEST(cascades_end)
{
	int rows;
	const struct bsm_decay_table *t = bsm_decay_table_all(&rows);
	struct bsm_after_plan plan = plan_of("default, mu, K_S");
	for (int r = 0; r < rows; r++)
		for (int sign = -1; sign <= 1; sign += 2)
			for (uint64_t n = 0; n < 1000; n++) {
				struct bsm_rng rng = stream(n);
				int32_t pdg = sign < 0 ? bsm_pdg_conj(t[r].pdg) : t[r].pdg;
				start(&event, make(pdg, 0.3, -1, n % 2 ? 7 : 0));
				run(&plan, &rng, &event);
				check_graph(&event, &plan);
			}
}
END_TEST

START_TEST(only_the_plan_decays)
{
	struct bsm_after_plan plan = plan_of("tau");
	for (uint64_t n = 0; n < 200; n++) {
		struct bsm_rng rng = stream(n);
		start(&event, make(15, 0, 0, 20));
		run(&plan, &rng, &event);
		ck_assert_int_eq(event.nvertex, 2);
	}
	struct bsm_rng rng = stream(1), untouched = rng;
	plan = plan_of("none");
	start(&event, make(111, 0, 0, 1));
	run(&plan, &rng, &event);
	ck_assert_int_eq(event.n, 1);
	ck_assert(!memcmp(&rng, &untouched, sizeof rng));
	event.p[0].status = BSM_DOCUMENTATION;
	plan = plan_of("pi0");
	run(&plan, &rng, &event);
	ck_assert_int_eq(event.n, 1);
}
END_TEST

static int rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

enum { FLIGHTS = 20000 };

/* 20000 flights: mean of p.c tau within 5 sigma, Kolmogorov-Smirnov distance below 2.4/sqrt(n) (probability 2e-5). */
static void check_flight(const char *list, struct bsm_particle a)
{
	static double t[FLIGHTS];
	struct bsm_after_plan plan = plan_of(list);
	double sum = 0, ks = 0, range = bsm_pdg_ctau(a.pdg) * bsm_p4_mag(a.p) / a.m;
	for (int n = 0; n < FLIGHTS; n++) {
		struct bsm_rng rng = stream((uint64_t)n);
		start(&event, a);
		run(&plan, &rng, &event);
		struct bsm_p4 d = bsm_p4_sub(event.vertex[1].x, a.x);
		double length = bsm_p4_mag(d), beta = bsm_p4_mag(a.p) / a.p.e;
		sum += t[n] = length / range;
		/* Absolute: differences of positions of metres round at 1e-15 m. */
		ck_assert_msg(fabs(d.e * BSM_C * beta - length) < 1e-12 + 1e-9 * length, "%s: %g s, %g m", list, d.e,
			      length);
		ck_assert(fabs(d.z * bsm_p4_mag(a.p) - length * a.p.z) < (1e-14 + 1e-9 * length) * bsm_p4_mag(a.p));
	}
	qsort(t, FLIGHTS, sizeof *t, rising);
	for (int n = 0; n < FLIGHTS; n++)
		ks = fmax(ks, fabs(1 - exp(-t[n]) - (n + 0.5) / FLIGHTS));
	ck_assert_msg(fabs(sum / FLIGHTS - 1) < 5 / sqrt(FLIGHTS), "%s: mean %g", list, sum / FLIGHTS);
	ck_assert_msg(ks < 2.4 / sqrt(FLIGHTS), "%s: KS %g", list, ks);
}

START_TEST(flights_are_exponential)
{
	struct bsm_particle pi0 = make(111, 0, 0, 5);
	pi0.x = (struct bsm_p4){0, 0, 0, 0}; /* micrometres: keep their digits */
	check_flight("mu", make(-13, 0.1, 0.2, 1.5));
	check_flight("tau", make(15, -1, 2, 30));
	check_flight("K_S", make(310, 0.5, 0, 1));
	check_flight("pi0", pi0);
	check_flight("D", make(-421, 3, 0, 4));
	struct bsm_rng rng = stream(7);
	struct bsm_after_plan plan = plan_of("eta");
	start(&event, make(221, 0, 0, 1));
	run(&plan, &rng, &event);
	ck_assert(!memcmp(&event.vertex[1].x, &event.p[0].x, sizeof event.p[0].x));
}
END_TEST

/* 200000 tau and pi0 decays counted by mode, each within 5 sigma of its normalised fraction. */
static void check_fractions(int32_t pdg, const char *list)
{
	const struct bsm_decay_table *t = bsm_decay_table_find(pdg);
	struct bsm_after_plan plan = plan_of(list);
	int count[64] = {0}, total = 200000;
	double sum = 0;
	for (int k = 0; k < t->count; k++)
		sum += t->mode[k].br;
	struct bsm_rng rng = stream(99);
	for (int n = 0; n < total; n++) {
		start(&event, make(bsm_pdg_conj(pdg), 0, 0, 1));
		run(&plan, &rng, &event);
		int found = -1;
		for (int k = 0; k < t->count && found < 0; k++) {
			int same = 1, legs = 0;
			for (; legs < BSM_OUT && t->mode[k].out[legs]; legs++) {
				int32_t got = legs + 1 < event.n ? event.p[legs + 1].pdg : 0;
				int32_t want = pdg == 111 ? t->mode[k].out[legs] : bsm_pdg_conj(t->mode[k].out[legs]);
				same &= got == want || (abs(want) == 311 && (got == 130 || got == 310));
			}
			if (same && legs == event.n - 1)
				found = k;
		}
		ck_assert_int_ge(found, 0);
		count[found]++;
	}
	for (int k = 0; k < t->count; k++) {
		double p = t->mode[k].br / sum, sigma = sqrt(total * p * (1 - p));
		ck_assert_msg(fabs(count[k] - total * p) < 5 * sigma, "%d mode %d: %d, expected %g", pdg, k, count[k],
			      total * p);
	}
}

START_TEST(branching_fractions)
{
	check_fractions(111, "pi0");
	check_fractions(15, "tau"); /* as tau+ */
}
END_TEST

START_TEST(light_parents_use_open_modes)
{
	struct bsm_after_plan plan = plan_of("rho, omega");
	for (uint64_t n = 0; n < 2000; n++) {
		struct bsm_rng rng = stream(n);
		struct bsm_particle a = make(n % 2 ? 113 : 223, 0, 0, 1);
		a.m = 0.29;
		a.p.e = hypot(a.m, 1);
		start(&event, a);
		run(&plan, &rng, &event);
		check_graph(&event, &plan);
	}
	struct bsm_ctx ctx = {0};
	struct bsm_rng rng = stream(1);
	struct bsm_particle a = make(213, 0, 0, 0);
	a.m = a.p.e = 0.1;
	start(&event, a);
	ck_assert_int_eq(bsm_after_decays(&ctx, &plan, &rng, &event), BSM_E_MODEL);
}
END_TEST

START_TEST(a_full_event_fails)
{
	struct bsm_ctx ctx = {0};
	struct bsm_after_plan plan = plan_of("pi0");
	struct bsm_rng rng = stream(5);
	start(&event, make(111, 0, 0, 1));
	while (event.n < BSM_EVENT_PARTICLES - 1) {
		event.p[event.n] = make(211, 0, 0, 1);
		event.from[event.n] = 0;
		event.to[event.n++] = -1;
	}
	ck_assert_int_eq(bsm_after_decays(&ctx, &plan, &rng, &event), BSM_E_RANGE);
	ck_assert_ptr_nonnull(strstr(ctx.message, "96 particles"));
	ck_assert_int_eq(event.n, BSM_EVENT_PARTICLES - 1);
	ck_assert_int_eq(event.nvertex, 1);
	event.n = 1;
	event.nvertex = BSM_EVENT_VERTICES;
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_after_decays(&ctx, &plan, &rng, &event), BSM_E_RANGE);
	ck_assert_ptr_nonnull(strstr(ctx.message, "32 vertices"));
}
END_TEST

START_TEST(same_stream_same_event)
{
	static struct bsm_event again;
	struct bsm_after_plan plan = plan_of("default, mu");
	for (uint64_t n = 0; n < 300; n++) {
		struct bsm_rng a = stream(n), b = stream(n);
		start(&event, make(-431, 0, 1, 8));
		start(&again, make(-431, 0, 1, 8));
		run(&plan, &a, &event);
		run(&plan, &b, &again);
		ck_assert(!memcmp(&event, &again, sizeof event));
		ck_assert(!memcmp(&a.ctr, &b.ctr, sizeof a.ctr));
	}
}
END_TEST

/* 6 batches of 84 buckets, 81 of them filled: every filled bucket and no other, evenly (chi2, 5 sigma), Gaussian. */
START_TEST(bunches_have_their_structure)
{
	enum { BUCKETS = 84, FILLED = 81, BATCHES = 6, N = 486000 };
	static int count[BATCHES * BUCKETS];
	struct bsm_bunches b = {.count = BATCHES * FILLED, .batch = BUCKETS, .filled = FILLED, .spacing_s = 18.8e-9,
				.sigma_s = 1e-9};
	struct bsm_rng rng = stream(3);
	double sum = 0, sum2 = 0, chi2 = 0;
	for (int n = 0; n < N; n++) {
		double t = bsm_bunch_time(&b, &rng), bucket = round(t / b.spacing_s),
		       d = (t - bucket * b.spacing_s) / b.sigma_s;
		ck_assert(bucket >= 0 && bucket < BATCHES * BUCKETS && fmod(bucket, BUCKETS) < FILLED);
		count[(int)bucket]++;
		sum += d;
		sum2 += d * d;
	}
	for (int i = 0; i < BATCHES * BUCKETS; i++)
		if (i % BUCKETS < FILLED)
			chi2 += pow(count[i] - (double)N / b.count, 2) * b.count / N;
	ck_assert(fabs(chi2 - (b.count - 1)) < 5 * sqrt(2.0 * b.count));
	ck_assert(fabs(sum / N) < 5 / sqrt(N));
	ck_assert(fabs(sum2 / N - 1) < 5 * sqrt(2.0 / N));
	struct bsm_bunches none = {0};
	ck_assert(bsm_bunch_time(&none, &rng) == 0);
	start(&event, make(111, 0, 0, 1));
	event.history.decay_x.e = 2;
	bsm_event_delay(&event, 0.5);
	ck_assert(event.history.decay_x.e == 2.5 && event.vertex[0].x.e == 0.5 + 1e-6 && event.p[0].x.e == 0.5 + 1e-6);
}
END_TEST

/* A box of width 1 has variance 1/12, a triangle of half width 1 has 1/6. */
START_TEST(bunches_have_their_shape)
{
	enum { N = 200000 };
	for (int triangle = 0; triangle < 2; triangle++) {
		struct bsm_bunches b = {.count = 1, .batch = 1, .filled = 1, .sigma_s = 2e-7,
					.shape = triangle ? BSM_BUNCH_TRIANGLE : BSM_BUNCH_BOX};
		struct bsm_rng rng = stream(4);
		double sum = 0, sum2 = 0, most = 0;
		for (int n = 0; n < N; n++) {
			double t = bsm_bunch_time(&b, &rng) / b.sigma_s;
			sum += t / N;
			sum2 += t * t / N;
			most = fmax(most, fabs(t));
		}
		ck_assert(fabs(sum) < 0.005 && most <= (triangle ? 1 : 0.5) && most > (triangle ? 0.98 : 0.499));
		ck_assert(fabs(sum2 * (triangle ? 6 : 12) - 1) < 0.02);
	}
}
END_TEST

TEST_MAIN("after", plan_takes_names, tables_are_consistent, every_row_conserves, cascades_end, only_the_plan_decays,
	  flights_are_exponential, branching_fractions, light_parents_use_open_modes, a_full_event_fails,
	  same_stream_same_event, bunches_have_their_structure, bunches_have_their_shape)
