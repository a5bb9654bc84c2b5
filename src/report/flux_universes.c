/* Universes of a flux: the source's dials pulled at random, the same pulls for all detectors and flavours. Yields
 * reweight each trial by the history of its parent; horn current and alignment are simulated one standard deviation up
 * and down, and taken as linear. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "report/flux.h"
#include "source/beamline/dials.h"

enum { HISTORIES = 4096 };

static uint64_t dial_seed(const struct bsm_card *card)
{
	return card->source.dials->seed;
}

enum bsm_status bsm_flux_factors(struct bsm_ctx *ctx, const struct bsm_card *card, float **out)
{
	const struct bsm_dials *d = card->source.dials;
	size_t n = (size_t)card->flux.universes;
	*out = NULL;
	if (!n)
		return BSM_OK;
	float *f = malloc(n * HISTORIES * sizeof *f);
	if (!f)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %zu universes", n);
	for (size_t u = 0; u < n; u++) {
		double pull[BSM_DIALS];
		bsm_dials_draw(d, dial_seed(card), u + 1, pull);
		for (int h = 0; h < HISTORIES; h++)
			f[(size_t)h * n + u] = (float)bsm_dials_weight(d, pull, h);
	}
	*out = f;
	return BSM_OK;
}

/* The flux with one dial pulled: the source is opened anew. */
static enum bsm_status pulled(struct bsm_ctx *ctx, const struct bsm_card *card, int threads, const struct bsm_dial *dial,
			      double pull, struct bsm_flux_spectra *out)
{
	char key[64] = "pull.", value[32] = "", own[32] = "";
	struct bsm_card moved = *card;
	strncat(key, dial->name, sizeof key - 6);
	*bsm_put_double(value, dial->pull + pull) = 0;
	*bsm_put_double(own, dial->pull) = 0;
	BSM_TRY(bsm_node_set(ctx, card->source_tree, key, value, NULL));
	enum bsm_status status = bsm_source_open(ctx, card->source_tree, &moved.source);
	if (status == BSM_OK) {
		moved.flux.universes = 0;
		moved.flux.max = out->max_GeV;
		status = bsm_flux_measure(ctx, &moved, threads, out);
		bsm_source_close(&moved.source);
	}
	enum bsm_status back = bsm_node_set(ctx, card->source_tree, key, own, NULL);
	return status == BSM_OK ? back : status;
}

static double content(const struct bsm_flux_spectra *f, int32_t pdg, int bin)
{
	for (int i = 0; i < f->n; i++)
		if (f->species[i].pdg == pdg)
			return bin < f->bins ? f->species[i].w[bin] : f->species[i].total;
	return 0;
}

/* Multiplies all universes by 1 + pull x relative change per standard deviation. Bins that the Monte Carlo knows to
 * worse than 5 % are left alone: their difference would be noise. */
static void apply(const double *pull, const struct bsm_flux_spectra *up, const struct bsm_flux_spectra *down,
		  struct bsm_flux_spectra *f)
{
	for (int i = 0; i < f->n; i++)
		for (int b = 0; b <= f->bins; b++) {
			struct bsm_flux_species *s = &f->species[i];
			double v = b < f->bins ? s->w[b] : s->total, v2 = b < f->bins ? s->w2[b] : s->total2;
			if (!(v > 0) || !(v2 < 0.0025 * v * v))
				continue;
			double slope = 0.5 * (content(up, s->pdg, b) - content(down, s->pdg, b)) / v;
			double *u = s->u + (size_t)b * (size_t)f->universes;
			for (int k = 0; k < f->universes; k++)
				u[k] *= fmax(0, 1 + slope * pull[k]);
		}
}

/* What every universe pulls one dial by. */
static double *pulls_of(const struct bsm_card *card, int dial, int universes)
{
	double *out = malloc((size_t)universes * sizeof *out), all[BSM_DIALS];
	for (int k = 0; out && k < universes; k++) {
		bsm_dials_draw(card->source.dials, dial_seed(card), (uint64_t)k + 1, all);
		out[k] = all[dial];
	}
	return out;
}

enum bsm_status bsm_flux_geometry(struct bsm_ctx *ctx, const struct bsm_card *card, int threads,
				  struct bsm_flux_spectra *f)
{
	const struct bsm_dials *d = card->source.dials;
	for (int i = 0; f->universes && i < d->n; i++) {
		if (!d->dial[i].geometry || !(d->dial[i].sigma > 0))
			continue;
		struct bsm_flux_spectra up = {.max_GeV = f->max_GeV}, down = up;
		double *pull = pulls_of(card, i, f->universes);
		if (!pull)
			return bsm_fail(ctx, BSM_E_MEMORY, "no memory for %d universes", f->universes);
		enum bsm_status status = pulled(ctx, card, threads, &d->dial[i], 1, &up);
		if (status == BSM_OK)
			status = pulled(ctx, card, threads, &d->dial[i], -1, &down);
		if (status == BSM_OK)
			apply(pull, &up, &down, f);
		free(pull);
		bsm_flux_spectra_free(&up);
		bsm_flux_spectra_free(&down);
		BSM_TRY(status);
	}
	return BSM_OK;
}

double bsm_flux_spread(const struct bsm_flux_spectra *f, int32_t pdg, int bin)
{
	for (int i = 0; f->universes && i < f->n; i++) {
		const struct bsm_flux_species *s = &f->species[i];
		double nominal = bin < f->bins ? s->w[bin] : s->total, sum2 = 0;
		if (s->pdg != pdg || !(nominal > 0))
			continue;
		for (int u = 0; u < f->universes; u++) {
			double r = s->u[(size_t)bin * (size_t)f->universes + (size_t)u] / nominal - 1;
			sum2 += r * r;
		}
		return sqrt(sum2 / f->universes);
	}
	return 0;
}

double bsm_flux_universe(const struct bsm_flux_spectra *f, int32_t pdg, int bin, int universe)
{
	for (int i = 0; i < f->n; i++)
		if (f->species[i].pdg == pdg)
			return f->species[i].u[(size_t)bin * (size_t)f->universes + (size_t)universe] / f->trials /
			       (bin < f->bins ? f->max_GeV / f->bins : 1);
	return 0;
}
