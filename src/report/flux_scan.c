/* Fluxes with the detector moved sideways: one measurement a place, one binning for all. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/flux.h"

/* The card with its detector moved along the x of the beam's frame. */
static enum bsm_status moved_card(struct bsm_ctx *ctx, const struct bsm_card *card, double x, struct bsm_card *out)
{
	const char *beam = card->beam ? card->beam : card->source.frame;
	*out = *card;
	for (int i = 0; i < out->detector.nframe; i++) {
		struct bsm_frame *f = &out->detector.frame[i];
		if (strcmp(f->beam, beam))
			continue;
		f->origin.x += x;
		return BSM_OK;
	}
	return bsm_fail(ctx, BSM_E_GEOMETRY, "detector %s gives no place in the beam '%s'", card->detector.name, beam);
}

static enum bsm_status one_place(struct bsm_ctx *ctx, const struct bsm_card *card, double x, int threads, double max_GeV,
				 struct bsm_flux_spectra *f)
{
	struct bsm_card moved;
	BSM_TRY(moved_card(ctx, card, x, &moved));
	moved.flux.max = max_GeV;
	struct bsm_ctx inner = {.cancel = ctx->cancel, .note = ctx->note, .note_arg = ctx->note_arg};
	enum bsm_status status = bsm_flux_measure(&inner, &moved, threads, f);
	return status == BSM_OK ? BSM_OK : bsm_fail(ctx, status, "%g m off axis: %s", x, inner.message);
}

/* The place nearest to the axis comes first: it has the highest energies, and sets the binning. */
static int nearest(const struct bsm_card_flux *f)
{
	int best = 0;
	for (int i = 1; i < f->places; i++)
		if (fabs(f->off_axis[i]) < fabs(f->off_axis[best]))
			best = i;
	return best;
}

static enum bsm_status measure(struct bsm_ctx *ctx, const struct bsm_card *card, int threads, struct bsm_flux_scan *s)
{
	const struct bsm_card_flux *f = &card->flux;
	if (!s->moved)
		return bsm_flux_measure(ctx, card, threads, &s->at[0]);
	int first = nearest(f);
	BSM_TRY(one_place(ctx, card, f->off_axis[first], threads, f->max, &s->at[first]));
	for (int i = 0; i < s->places; i++)
		if (i != first)
			BSM_TRY(one_place(ctx, card, f->off_axis[i], threads, s->at[first].max_GeV, &s->at[i]));
	return BSM_OK;
}

static int known(const struct bsm_flux_scan *s, int32_t pdg)
{
	for (int i = 0; i < s->n; i++)
		if (s->pdg[i] == pdg)
			return 1;
	return 0;
}

/* New particles and their antiparticles may bear one name: the second is called Nbar. */
static void name_particle(struct bsm_flux_scan *s, int k, int32_t pdg)
{
	const char *name = bsm_model_pdg_name(s->card->point.model, pdg);
	snprintf(s->name[k], sizeof s->name[k], "%.40s", name ? name : "unknown");
	for (int i = 0; i < k; i++) {
		if (strcmp(s->name[i], s->name[k]))
			continue;
		if (pdg == -s->pdg[i])
			strcat(s->name[k], "bar");
		else
			snprintf(s->name[k], sizeof s->name[k], "pdg%d", pdg);
	}
}

/* All particles that come to any place; of each place those that are new, the most frequent first. */
static enum bsm_status list_particles(struct bsm_ctx *ctx, struct bsm_flux_scan *s)
{
	for (int i = 0; i < s->places; i++)
		for (;;) {
			const struct bsm_flux_species *best = NULL;
			for (int k = 0; k < s->at[i].n; k++) {
				const struct bsm_flux_species *p = &s->at[i].species[k];
				if (!known(s, p->pdg) && (!best || p->total > best->total))
					best = p;
			}
			if (!best)
				break;
			if (s->n == BSM_FLUX_SPECIES)
				return bsm_fail(ctx, BSM_E_RANGE, "more than %d particles in a flux", BSM_FLUX_SPECIES);
			name_particle(s, s->n, best->pdg);
			s->pdg[s->n++] = best->pdg;
		}
	return BSM_OK;
}

enum bsm_status bsm_flux_scan(struct bsm_ctx *ctx, const struct bsm_card *card, int threads, struct bsm_flux_scan *s)
{
	memset(s, 0, sizeof *s);
	s->card = card;
	s->moved = card->flux.places > 0;
	s->places = s->moved ? card->flux.places : 1;
	enum bsm_status status = measure(ctx, card, threads, s);
	if (status == BSM_OK)
		status = list_particles(ctx, s);
	if (status != BSM_OK)
		bsm_flux_scan_free(s);
	return status;
}

void bsm_flux_scan_free(struct bsm_flux_scan *s)
{
	for (int i = 0; i < s->places; i++)
		bsm_flux_spectra_free(&s->at[i]);
	s->places = 0;
}
