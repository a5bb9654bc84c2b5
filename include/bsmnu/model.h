/* Everything a signature file sees. A model is pure functions of (parameters, incoming, outgoing or u):
 * no random draw, no allocation, no output. Units: GeV, m, s; cross-sections cm2.
 * A new signature is one file that ends in BSM_MODEL(...). docs/new-signature.md is the tutorial. */
#ifndef BSM_MODEL_H
#define BSM_MODEL_H
#include <stddef.h>
#include <stdint.h>

#include "bsmnu/p4.h"

#define BSM_ABI 3
enum { BSM_OUT = 6, BSM_STEPS = 5, BSM_MAP_NDIM = 16 };

struct bsm_particle {      /* one leg, in the lab (the source's beam frame) */
	int32_t pdg, status;
	double m;          /* the mass used: an off-shell V or a bound nucleon has its own */
	struct bsm_p4 p, x; /* momentum; position and time, x.e = t in s */
	double pol[3];     /* polarisation vector (length <= 1) in the rest frame reached by a pure boost from the lab */
	int32_t origin;    /* of a source's particle: what universes of the flux have to know of it; else 0 */
};

struct bsm_param {         /* a card key, a flag of --set, a line of `bsmnu show`, a row of docs/models.md */
	const char *name;
	const char *unit;  /* "GeV", "1/GeV", "" ...; card values must carry a unit of this dimension */
	const char *doc;
	double value, min, max; /* default and closed range */
	const char *choices; /* NULL, or words "dirac|majorana": the value is the index of the word */
};

struct bsm_species {       /* a particle that the Standard Model table does not have */
	int32_t pdg;
	const char *name;
	int spin2, charge3; /* twice the spin; three times the charge */
	int (*selfconj)(const double *par);  /* NULL: has an antiparticle */
	double (*mass)(const double *par);   /* GeV */
};

enum bsm_target {
	BSM_DECAY,
	BSM_ELECTRON,
	BSM_PROTON,
	BSM_NEUTRON,
	BSM_NUCLEUS
};

struct bsm_nucleus { int A, Z; double mass_GeV; };
enum { BSM_STRUCK_NUCLEUS = 1000000000 }; /* in out[] of a scattering on a nucleus: that nucleus */

struct bsm_process;
struct bsm_cone;
struct bsm_in {            /* what a process may depend on */
	const double *par;     /* card values, in the order of bsm_model.param */
	const double *derived; /* what prepare() made of them */
	const struct bsm_process *row;
	int index;             /* of `row` in the model's table */
	int conjugate;         /* 1: the CP conjugate of the row is asked; all pdg codes are already flipped */
	const struct bsm_particle *a, *b; /* incoming; struck electron, nucleon or nucleus (NULL in a decay) */
	const struct bsm_nucleus *nuc;    /* struck, or that holds the struck nucleon (Z = 1: a free proton); NULL if none */
	double tmin, tmax;     /* recoil kinetic energies asked for [GeV]; 0 and infinity: all */
	int take;              /* leg of out[] that flies on; -1 in a last step */
	const struct bsm_cone *aim; /* where it has to go: for bsm_aim and bsm_aimed_split alone; NULL: anywhere */
};

/* Where a density peaks; sampling follows it. A resonance in the mass of out[i] and out[j]; or, in a scattering to two legs,
 * of which out[1] is the struck particle, the propagator of a mediator of that mass (0: photon): like 1/(t - M^2)^2, or, where
 * the numerator vanishes with t, like 1/(t - M^2). */
enum bsm_peak_kind { BSM_FLAT, BSM_BREIT_WIGNER, BSM_T_CHANNEL, BSM_T_CHANNEL_LOG };
struct bsm_peak {
	enum bsm_peak_kind kind;
	int i, j;              /* of a resonance */
	double (*mass)(const double *par), (*width)(const double *par); /* GeV */
};

enum {
	BSM_INCLUSIVE = 1, /* out[] is not all that leaves: skip the conservation test */
	BSM_CC = 2,        /* the CP conjugate row exists too (for a self-conjugate incoming: as a second channel) */
	BSM_INVISIBLE = 4  /* leaves nothing in a detector (3 nu): not generated unless asked for */
};

struct bsm_process {       /* in + target -> out, with ABSOLUTE density: me2, or map */
	const char *name;  /* as a physicist writes it: "N -> mu- pi+" */
	const char *group; /* channel it is reported under, flavours and charges summed: "mu pi" (NULL: name) */
	const char *cite;  /* paper and equation */
	int32_t in;
	enum bsm_target target;
	int32_t out[BSM_OUT]; /* pdg codes, 0-terminated; BSM_STRUCK_NUCLEUS for the nucleus that was struck */
	unsigned flags;
	int (*open)(const double *par); /* NULL, or 0 at points where the row has no place: it is left out */
	/* |M|^2 summed over final and averaged over initial spins (the polarisation a->pol enters where it matters).
	 * A decay's dGamma = me2 dPhi_n / 2M; a scattering's dsigma = me2 dPhi_n / 4 sqrt((pa.pb)^2 - ma^2 mb^2),
	 * with dPhi_n = (2 pi)^4 delta^4 prod d^3p / ((2 pi)^3 2E). The engine owns phase space, flux factor and aim. */
	double (*me2)(const struct bsm_in *, const struct bsm_particle *out);
	int ndim;          /* map: at most BSM_MAP_NDIM own variables u in [0,1]^ndim -> out[], returns d(rate)/du [GeV or cm2] */
	double (*map)(const struct bsm_in *, const double *u, struct bsm_particle *out);
	void (*spin)(const struct bsm_in *, struct bsm_particle *out); /* fill out[i].pol */
	/* Closed form, where there is one: width [GeV] (a->p at rest is enough) or cross-section [cm2] for recoils between tmin
	 * and tmax. Fast path and check. Of a particle that is captured at rest at the source (pi- p -> n V): probability per
	 * capture. */
	double (*total)(const struct bsm_in *);
	/* Optional, for `bsmnu show`: rate over that of the Standard Model process whose neutrino the new particle replaces, at
	 * unit coupling (rho of heavy neutral leptons). */
	double (*ratio)(const struct bsm_in *);
	struct bsm_peak peak;
	double arg[4];     /* constants of the row, for functions that serve several rows */
};

enum bsm_where { BSM_AT_SOURCE = 1, BSM_IN_DIRT = 2, BSM_IN_DETECTOR = 4 };
#define BSM_PASS "-"       /* last step of a chain that counts what arrives: a flux, per m2, instead of events */
struct bsm_step {          /* one link: leg `take` of the last vertex flies to `where` and does `process`. The first step
			    * alone may be at the source: decays of what the source gives, captures of what stops there, and
			    * scattering of its protons and shower particles on what they fly through (nuclei, electrons).
			    * Several steps in the detector are several hits along one line, the first ones of many */
	const char *process; /* comma list of names, '*' and '?' allowed; NULL: every row that fits; BSM_PASS: none */
	unsigned where;
	int32_t take;      /* pdg of the leg that comes in (its antiparticle, and a second one, too); 0 in a chain's first step */
	int first;         /* 1: the vertex is the first on the leg's line, so that rates are of particles that hit, not of hits;
			    * wants rows that scatter with a total() in closed form */
};
struct bsm_chain {
	const char *name, *doc;
	struct bsm_step step[BSM_STEPS]; /* ends with where = 0 */
};

struct bsm_check {         /* one line of `bsmnu verify` */
	const char *what;
	const char *source; /* paper and equation, code and version, or the limit that must hold */
	double (*value)(const double *par);
	double expected, rtol;
	const char *set;   /* "mass=0.35 GeV, Umu2=1": parameters for this check */
};

struct bsm_model {
	uint32_t abi, size; /* BSM_ABI, sizeof(struct bsm_model): checked on load */
	const char *name, *doc;
	const struct bsm_param *param;     /* each list ends with a zero row */
	const struct bsm_species *species;
	const struct bsm_process *process;
	const struct bsm_chain *chain;
	const struct bsm_check *check;
	int nderived;
	int (*prepare)(const double *par, double *derived); /* once a parameter point; nonzero: unphysical point */
	/* Optional: NULL, or in words for the user which parameter has left the validity of which formula, and what to do. */
	const char *(*refuse)(const double *par);
	const char *couplings; /* comma list of parameters that scale |M|^2 but move no mass: what a scan may reweight */
};

#if defined(__GNUC__)
#define BSM_PUBLIC __attribute__((visibility("default")))
#else
#define BSM_PUBLIC
#endif

/* ---- what the library offers to a model ---- */
BSM_PUBLIC double bsm_pdg_mass(int32_t pdg);       /* GeV; NaN for a code that the table does not have */
BSM_PUBLIC double bsm_pdg_width(int32_t pdg);      /* GeV; 0 for stable */
BSM_PUBLIC double bsm_pdg_ctau(int32_t pdg);       /* m; infinity for stable */
BSM_PUBLIC double bsm_kallen(double a, double b, double c); /* lambda(a,b,c), never negative */
BSM_PUBLIC double bsm_two_body_p(double m, double m1, double m2); /* momentum in the rest frame; 0 below threshold */
/* Gamma of a two-body decay with constant me2, and its inverse. */
BSM_PUBLIC double bsm_two_body_width(double me2, double m, double m1, double m2);
BSM_PUBLIC double bsm_two_body_me2(double width, double m, double m1, double m2);
/* Width [GeV] of a three-body decay a -> out[0..2], me2 integrated numerically over s_12 and cos theta (relative 1e-10),
 * `a` at rest and unpolarised. */
BSM_PUBLIC double bsm_three_body_width(const struct bsm_in *in, double m, const double mass[3]);
/* One-dimensional integral to a RELATIVE tolerance; *error (may be NULL) gets the estimate. */
BSM_PUBLIC double bsm_integrate(double (*f)(double x, void *arg), void *arg, double a, double b, double rtol, double *error);
/* For maps whose leg in->take has to meet a distant detector. Direction uniform within the cone (u[2]): returns its solid
 * angle [sr], 0 where the leg may go anywhere (then n is untouched and the map samples freely). */
BSM_PUBLIC double bsm_aim(const struct bsm_in *in, const double u[2], struct bsm_p4 *n);
/* P of mass m -> out[i] out[j] (out[].m are read, out[].p written), isotropic in its rest frame; if one of them is in->take it
 * goes into the cone. Returns the fraction of the rest-frame sphere that u[2] stands for: 1 if free, 0 if nothing reaches. */
BSM_PUBLIC double bsm_aimed_split(const struct bsm_in *in, struct bsm_p4 P, double m, int i, int j, struct bsm_particle *out,
				  const double u[2]);
/* Polarisation of a spin-1/2 particle of momentum p (mass m) that a left-chiral current made: |M|^2 = G.p summed over
 * its spins, linear in p. sign = +1 particle, -1 antiparticle. Writes pol[3]. */
BSM_PUBLIC void bsm_chiral_pol(struct bsm_p4 G, struct bsm_p4 p, double m, int sign, double pol[3]);
/* Lab four-vector S of the polarisation pol[3] of a particle (p, m): |M|^2 of a left-chiral decay is G.(p - sign m S). */
BSM_PUBLIC struct bsm_p4 bsm_pol_vector(const struct bsm_particle *a);

/* The last line of a model file: BSM_MODEL(name) = { .doc = ... }; file name = symbol = name. */
#define BSM_MODEL_HEAD(id) .abi = BSM_ABI, .size = (uint32_t)sizeof(struct bsm_model), .name = #id
#define BSM_MODEL(id) BSM_PUBLIC extern const struct bsm_model bsm_model_##id; const struct bsm_model bsm_model_##id
#endif
