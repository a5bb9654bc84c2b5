/* A scalar S that mixes with the Higgs boson, L = -sin(theta) (m_f/v) S fbar f: widths of its decays for sin(theta) = 1
 * [GeV]; they go with its square. Hadrons: by tabulated form factors of two pions and two kaons below 2 GeV, by quarks
 * and gluons above; what is left of four and more mesons below 2 GeV joins the two. Once a parameter point, in
 * prepare(): the strong coupling is integrated each time. */
#ifndef BSM_PHYSICS_SCALAR_WIDTHS_H
#define BSM_PHYSICS_SCALAR_WIDTHS_H

enum { BSM_HIGGS_SCALAR = 9900025 };   /* code of S, the same in every model that has one */
#define BSM_SCALAR_EXCLUSIVE_UP_TO 2.0 /* GeV */

double bsm_scalar_vev(void); /* (sqrt(2) G_F)^-1/2 [GeV] */

enum bsm_scalar_channel {
	BSM_S_PIPI, /* pi+ pi- */
	BSM_S_PI0PI0,
	BSM_S_KK,     /* K+ K- */
	BSM_S_K0K0,   /* K0 K0bar: half K_S K_S, half K_L K_L */
	BSM_S_MULTI,  /* four pions and more below 2 GeV */
	BSM_S_GLUONS, /* 0 below 2 GeV, as the next two */
	BSM_S_STRANGE,
	BSM_S_CHARM /* open charm, from 2 m_D on */
};
double bsm_scalar_ll(double mass, int lepton_pdg);
double bsm_scalar_hadron_width(double mass, enum bsm_scalar_channel channel);

/* ---- the parts ---- */
/* To two pions (charged: 1, pi0: 0) or kaons at the lowest order of chiral perturbation theory: amplitude
 * (2 m^2 + 11 m_P^2)/(9 v), Voloshin, Sov. J. Nucl. Phys. 44 (1986) 478. */
double bsm_scalar_chiral(double mass, double mP, int charged);
/* |form factor|^2 over that of the lowest order: Winkler 1809.01876 as digitised (scalar_hadrons.c); 0 above 2 GeV. */
double bsm_scalar_enhancement(double mass, int kaons);
double bsm_scalar_gluons(double mass);            /* without the limit at 2 GeV */
double bsm_scalar_quarks(double mass, int charm); /* the same; strange 0, charm 1 */
/* MSbar mass of s or c at the scale mu [GeV], four loops, four flavours. */
double bsm_running_mass(double mu, int charm);
#endif
