/* Inside of the source kind `hadrons`: shared by its reader and its rays. */
#ifndef BSM_SOURCE_HADRONS_H
#define BSM_SOURCE_HADRONS_H
#include "geometry/material.h"
#include "source/decay_volume.h"
#include "source/source.h"
#include "source/yields/bmpt.h"
#include "source/yields/burman_smith.h"
#include "source/yields/charm.h"
#include "source/yields/feynman_kaon.h"
#include "source/yields/sanford_wang.h"
#include "source/yields/scaled.h"
#include "source/yields/yield_map.h"

enum bsm_hadron_model {
	BSM_HADRON_BMPT,
	BSM_HADRON_SANFORD_WANG,
	BSM_HADRON_FEYNMAN_KAON,
	BSM_HADRON_BURMAN_SMITH,
	BSM_HADRON_PI0_MEAN,
	BSM_HADRON_MT_SCALED,
	BSM_HADRON_CHARM /* beauty and charmonium too */
};

struct bsm_hadron { /* one species made in the target */
	int32_t pdg;
	enum bsm_hadron_model model;
	union {
		struct bsm_bmpt bmpt;
		struct bsm_sanford_wang sanford_wang;
		struct bsm_feynman_kaon feynman_kaon;
		struct bsm_burman_smith burman_smith;
		struct bsm_pions pions;
		struct bsm_mt_scaled mt_scaled;
		struct bsm_charm charm;
	} law;
	bsm_yield_density *density; /* of the law; NULL for charm, which has its own map */
	double pmax;                /* end of the density [GeV] */
	double m, ctau;
	double scale;  /* per interaction: 1/mb of production, or the number of heavy hadrons */
	double spread; /* relative, of the yield */
	double absorb; /* 1/m inside the target */
};

enum { BSM_BEAM_PROTON = -1 };
struct bsm_hadron_component { /* species -> the ray: itself, or the lepton of P -> l nu */
	int species;   /* BSM_BEAM_PROTON: none, but the beam on its way through the target */
	int32_t lepton; /* 0: the species itself */
	double branching, m, ctau;
	struct bsm_yield_map map; /* of the parent's momentum, towards what decays inside; unused for charm */
};

struct bsm_hadron_target {
	double z0, length, radius;   /* m */
	double attenuation;          /* 1/m: of the proton beam */
	double produces;             /* share of the removed protons that make hadrons */
	double removed;              /* 1 - exp(-attenuation length) */
	double spot_x, spot_y;       /* m: standard deviations of the beam */
	double beam_p;               /* GeV: of the protons */
	struct bsm_material matter;
	struct bsm_decay_volume rod; /* the target itself, as a volume to fly through */
};

enum { BSM_HADRON_NDIM = 10, BSM_HADRON_DRAFT_NDIM = 8 };
struct bsm_hadrons {
	struct bsm_hadron_target target;
	struct bsm_decay_volume volume;
	int nspecies;
	struct bsm_hadron *species;
	struct bsm_hadron_component *component;
};

double bsm_hadrons_ray(const struct bsm_source *, int component, const double *u, struct bsm_particle *out);
/* The parts of a ray that a draft shares (hadrons.c). */
double bsm_hadrons_interaction(const struct bsm_hadron_target *, double u, double u5, double u6, struct bsm_p4 *x);
/* `flown`: how far it gets before it decays [m]. */
double bsm_hadrons_escape(const struct bsm_hadron_target *, const struct bsm_hadron *, struct bsm_p4 x, struct bsm_p4 p,
			  double flown);
/* hadrons_draft.c */
double bsm_hadrons_draft(const struct bsm_source *, int component, const double *u, struct bsm_draft *);
double bsm_hadrons_turned(const struct bsm_source *, int component, const struct bsm_draft *, const double R[3][3]);
void bsm_hadrons_init_map(struct bsm_hadrons *, int component);
/* P -> l nu of a spinless parent at the end of its flight: fills p, m, x, pdg and pol of the lepton. u[2]. */
void bsm_lepton_of(const struct bsm_particle *parent, int32_t lepton, double ml, const double *u,
		   struct bsm_particle *out);
#endif
