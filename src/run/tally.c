#include "run/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kinematics/particles.h"

void bsm_tally_clear(struct bsm_tally *t, const double (*range)[2])
{
	memset(t, 0, sizeof *t);
	t->largest = 1;
	for (int i = 0; i < BSM_HISTS; i++) {
		t->hist[i].lo = range[i][0];
		t->hist[i].hi = range[i][1];
	}
}

static void fill(struct bsm_hist *h, double x, double w)
{
	double at = (x - h->lo) / (h->hi - h->lo) * BSM_HIST_BINS;
	if (!(at >= 0) || at >= BSM_HIST_BINS)
		return;
	bsm_sum_add(&h->w[(int)at], w);
	bsm_sum_add(&h->w2[(int)at], w * w);
}

double bsm_visible_energy(const struct bsm_event *e)
{
	double sum = 0;
	for (int i = 0; i < e->n; i++) {
		const struct bsm_particle *p = &e->p[i];
		int kind = abs(p->pdg), neutrino = kind == 12 || kind == 14 || kind == 16;
		if (p->status != BSM_FINAL || neutrino)
			continue;
		if (kind > 1000000000 || kind == 2212 || kind == 2112)
			sum += p->p.e - p->m;
		else if (bsm_pdg_find(p->pdg))
			sum += p->p.e;
	}
	return sum;
}

void bsm_tally_add(struct bsm_tally *t, const struct bsm_event *e, double w)
{
	t->hits++;
	bsm_sum_add(&t->w, w);
	bsm_sum_add(&t->w2, w * w);
	fill(&t->hist[BSM_HIST_ENERGY], e->p[0].p.e, w);
	fill(&t->hist[BSM_HIST_DELAY], e->history.delay_s, w);
	fill(&t->hist[BSM_HIST_FLIGHT], e->history.flight_m, w);
	fill(&t->hist[BSM_HIST_VISIBLE], bsm_visible_energy(e), w);
	if (e->history.process >= 0 && e->history.process < BSM_TALLY_ROWS)
		bsm_sum_add(&t->made[e->history.process], w);
	int row = e->vertex[0].process;
	if (row >= 0 && row < BSM_TALLY_ROWS)
		bsm_sum_add(&t->row[row], w);
}

void bsm_tally_merge(struct bsm_tally *a, const struct bsm_tally *b)
{
	a->trials += b->trials;
	a->hits += b->hits;
	a->events += b->events;
	a->overweights += b->overweights;
	a->copies += b->copies;
	a->largest = fmax(a->largest, b->largest);
	bsm_sum_merge(&a->w, b->w);
	bsm_sum_merge(&a->w2, b->w2);
	bsm_sum_merge(&a->kept, b->kept);
	bsm_sum_merge(&a->kept2, b->kept2);
	bsm_sum_merge(&a->over, b->over);
	for (int i = 0; i < BSM_HISTS; i++)
		for (int k = 0; k < BSM_HIST_BINS; k++) {
			bsm_sum_merge(&a->hist[i].w[k], b->hist[i].w[k]);
			bsm_sum_merge(&a->hist[i].w2[k], b->hist[i].w2[k]);
		}
	for (int i = 0; i < BSM_TALLY_ROWS; i++) {
		bsm_sum_merge(&a->row[i], b->row[i]);
		bsm_sum_merge(&a->made[i], b->made[i]);
	}
}

static void write_sum(struct bsm_json *j, const char *key, struct bsm_sum s)
{
	const double v[2] = {s.hi, s.lo};
	bsm_json_numbers(j, key, v, 2);
}

/* The sums of an array as one list hi, lo, hi, lo ... */
static void write_sums(struct bsm_json *j, const char *key, const struct bsm_sum *s, int n)
{
	double v[2 * BSM_TALLY_ROWS];
	for (int i = 0; i < n; i++) {
		v[2 * i] = s[i].hi;
		v[2 * i + 1] = s[i].lo;
	}
	bsm_json_numbers(j, key, v, (size_t)n * 2);
}

void bsm_tally_write(struct bsm_json *j, const struct bsm_tally *t)
{
	bsm_json_uint(j, "trials", t->trials);
	bsm_json_uint(j, "hits", t->hits);
	bsm_json_uint(j, "events", t->events);
	bsm_json_uint(j, "overweights", t->overweights);
	bsm_json_uint(j, "copies", t->copies);
	bsm_json_number(j, "largest", t->largest);
	write_sum(j, "w", t->w);
	write_sum(j, "w2", t->w2);
	write_sum(j, "kept", t->kept);
	write_sum(j, "kept2", t->kept2);
	write_sum(j, "over", t->over);
	bsm_json_array(j, "hist");
	for (int i = 0; i < BSM_HISTS; i++) {
		bsm_json_object(j, NULL);
		bsm_json_number(j, "lo", t->hist[i].lo);
		bsm_json_number(j, "hi", t->hist[i].hi);
		write_sums(j, "w", t->hist[i].w, BSM_HIST_BINS);
		write_sums(j, "w2", t->hist[i].w2, BSM_HIST_BINS);
		bsm_json_end(j);
	}
	bsm_json_end(j);
	write_sums(j, "row", t->row, BSM_TALLY_ROWS);
	write_sums(j, "made", t->made, BSM_TALLY_ROWS);
}

static enum bsm_status read_sums(struct bsm_ctx *ctx, struct bsm_node *map, const char *key, struct bsm_sum *s, int n)
{
	double v[2 * BSM_TALLY_ROWS];
	struct bsm_node *list;
	BSM_TRY(bsm_node_need(ctx, map, key, &list));
	BSM_TRY(bsm_node_quantities(ctx, list, BSM_DIM_NONE, 2 * n, v));
	for (int i = 0; i < n; i++)
		s[i] = (struct bsm_sum){v[2 * i], v[2 * i + 1]};
	return BSM_OK;
}

enum bsm_status bsm_tally_read(struct bsm_ctx *ctx, struct bsm_node *map, struct bsm_tally *t)
{
	struct bsm_node *list;
	memset(t, 0, sizeof *t);
	BSM_TRY(bsm_get_count(ctx, map, "trials", &t->trials));
	BSM_TRY(bsm_get_count(ctx, map, "hits", &t->hits));
	BSM_TRY(bsm_get_count(ctx, map, "events", &t->events));
	BSM_TRY(bsm_get_count(ctx, map, "overweights", &t->overweights));
	BSM_TRY(bsm_get_count(ctx, map, "copies", &t->copies));
	BSM_TRY(bsm_get_number(ctx, map, "largest", &t->largest));
	BSM_TRY(read_sums(ctx, map, "w", &t->w, 1));
	BSM_TRY(read_sums(ctx, map, "w2", &t->w2, 1));
	BSM_TRY(read_sums(ctx, map, "kept", &t->kept, 1));
	BSM_TRY(read_sums(ctx, map, "kept2", &t->kept2, 1));
	BSM_TRY(read_sums(ctx, map, "over", &t->over, 1));
	BSM_TRY(read_sums(ctx, map, "row", t->row, BSM_TALLY_ROWS));
	BSM_TRY(read_sums(ctx, map, "made", t->made, BSM_TALLY_ROWS));
	BSM_TRY(bsm_node_need(ctx, map, "hist", &list));
	if (list->kind != BSM_LIST || list->nchild != BSM_HISTS)
		return bsm_node_fail(ctx, list, BSM_E_SYNTAX, "expected %d histograms", BSM_HISTS);
	int i = 0;
	for (struct bsm_node *n = list->child; n; n = n->next, i++) {
		struct bsm_hist *h = &t->hist[i];
		BSM_TRY(bsm_get_number(ctx, n, "lo", &h->lo));
		BSM_TRY(bsm_get_number(ctx, n, "hi", &h->hi));
		BSM_TRY(read_sums(ctx, n, "w", h->w, BSM_HIST_BINS));
		BSM_TRY(read_sums(ctx, n, "w2", h->w2, BSM_HIST_BINS));
	}
	return BSM_OK;
}
