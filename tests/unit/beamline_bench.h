/* For tests of the beamline: layouts from text or from the data files, and small statistics. */
#ifndef BSM_TEST_BEAMLINE_BENCH_H
#define BSM_TEST_BEAMLINE_BENCH_H
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "core/constants.h"
#include "core/random.h"
#include "source/beamline/layout.h"

static inline struct bsm_rng bench_rng(uint64_t seed)
{
	return bsm_rng_make(seed, BSM_FOR_VERIFY, 0, 0);
}

static inline double bench_flat(struct bsm_rng *r, double a, double b)
{
	return a + (b - a) * bsm_rng_uniform(r);
}

static inline enum bsm_status bench_layout(struct bsm_ctx *ctx, const char *yaml, struct bsm_layout *l)
{
	struct bsm_node *root;
	struct bsm_layout_dials dials = {.current = 1};
	*ctx = (struct bsm_ctx){0};
	enum bsm_status status = bsm_node_parse(ctx, "t.yaml", yaml, strlen(yaml), &root);
	if (status != BSM_OK)
		return status;
	status = bsm_layout_read(ctx, root, &dials, l);
	bsm_node_free(root);
	return status;
}

static inline void bench_good(const char *yaml, struct bsm_layout *l)
{
	struct bsm_ctx ctx;
	ck_assert_msg(bench_layout(&ctx, yaml, l) == BSM_OK, "%s", ctx.message);
}

/* A beam of data/sources; `bare`: the same with nothing but vacuum in it. */
static inline void bench_beam(const char *name, double current, int bare, struct bsm_layout *l)
{
	struct bsm_ctx ctx = {0};
	struct bsm_node *root;
	struct bsm_layout_dials dials = {.current = current};
	char path[1024];
	const char *top = getenv("BSMNU_TEST_ROOT");
	snprintf(path, sizeof path, "%s/data/sources/%s.yaml", top ? top : ".", name);
	ck_assert_msg(bsm_node_read(&ctx, path, &root) == BSM_OK, "%s", ctx.message);
	ck_assert_msg(bsm_layout_read(&ctx, root, &dials, l) == BSM_OK, "%s", ctx.message);
	bsm_node_free(root);
	for (int i = 0; bare && i < l->nmatter; i++)
		l->matter[i].density = 0;
}

static inline int bench_matter_at(const struct bsm_layout *l, double x, double y, double z)
{
	struct bsm_place at = bsm_layout_find(l, x, y, z);
	if (at.slab < 0 || at.slab >= l->nslab)
		return -1;
	const struct bsm_slab *s = &l->slab[at.slab];
	return at.region == s->n ? s->wall : s->region[at.region].matter;
}

/* Mean and its standard error, of numbers taken one by one. */
struct bench_mean {
	double n, sum, sum2;
};
static inline void bench_take(struct bench_mean *m, double x)
{
	m->n++;
	m->sum += x;
	m->sum2 += x * x;
}
static inline double bench_value(const struct bench_mean *m)
{
	return m->sum / m->n;
}
static inline double bench_error(const struct bench_mean *m)
{
	return sqrt(fmax(m->sum2 / m->n - bench_value(m) * bench_value(m), 0) / (m->n - 1));
}
/* Within `sigmas` standard errors, and a share rtol of the expected value. */
#define bench_is(mean, expected, sigmas, rtol, ...)                                                                    \
	do {                                                                                                           \
		double bi_v_ = bench_value(mean), bi_e_ = bench_error(mean), bi_x_ = (expected);                       \
		char bi_what_[160];                                                                                    \
		snprintf(bi_what_, sizeof bi_what_, __VA_ARGS__);                                                      \
		ck_assert_msg(fabs(bi_v_ - bi_x_) <= (sigmas)*bi_e_ + (rtol)*fabs(bi_x_), "%s: %g +- %g, expected %g", \
			      bi_what_, bi_v_, bi_e_, bi_x_);                                                          \
	} while (0)
#endif
