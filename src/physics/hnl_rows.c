/* Width of each row and the factor of its amplitude, for |U|^2 = 1: each amplitude has its own function below. */
#include "physics/hnl_rows.h"

#include <stdlib.h>

#include "core/constants.h"
#include "kinematics/particles.h"
#include "physics/decay_constants.h"
#include "physics/hnl_widths.h"
#include "physics/meson_form_factors.h"

#define GF2 (BSM_GF * BSM_GF)

struct strength {
	double width, factor;
}; /* for |U|^2 = 1 */
typedef struct strength strength_of(const struct bsm_process *, double mass);

/* A decaying fermion is averaged over its two spins: factor 1/2. */
static struct strength meson(const struct bsm_process *row, double M)
{
	const struct bsm_weak_meson *h = bsm_weak_meson_find(row->out[1]);
	double ml = bsm_pdg_mass(row->out[0]), k = h->coupling * h->coupling, mh = bsm_pdg_mass(h->pdg);
	return (struct strength){k * (h->vector ? bsm_width_f_fv : bsm_width_f_fp)(M, ml, mh), GF2 * k / 2};
}

static struct strength nll(const struct bsm_process *row, double M)
{
	int same = (abs(row->out[1]) - 11) / 2 == (int)row->arg[0];
	return (struct strength){bsm_width_nff(M, bsm_pdg_mass(row->out[1]), -0.5 + BSM_S2W_MZ + same, BSM_S2W_MZ),
				 GF2 / 2};
}

static struct strength lln(const struct bsm_process *row, double M)
{
	return (struct strength){bsm_width_four_lepton(M, bsm_pdg_mass(row->out[0]), 0, bsm_pdg_mass(row->out[1])),
				 GF2 / 2};
}

/* gl = 1/2; a second neutrino of the same flavour doubles the amplitude and is identical to the first. */
static struct strength three_nu(const struct bsm_process *row, double M)
{
	int same = row->out[0] == row->out[1];
	return (struct strength){bsm_width_3nu(M, same), GF2 / 8 * (same ? 2 : 1)};
}

static struct strength nu_gamma(const struct bsm_process *row, double M)
{
	(void)row;
	double width = bsm_width_nu_gamma(M);
	return (struct strength){width, bsm_two_body_me2(width, M, 0, 0) / (M * M / 2)};
}

/* Measured branching fraction times rho = width(m_N)/width(0). */
static struct strength leptonic(const struct bsm_process *row, double M)
{
	double mp = bsm_pdg_mass(row->in), ml = bsm_pdg_mass(row->out[0]);
	double k = bsm_leptonic_br(row->in, row->out[0]) * bsm_pdg_width(row->in) / bsm_width_p_ln(mp, ml, 0);
	return (struct strength){k * bsm_width_p_ln(mp, ml, M), GF2 * k};
}

static struct strength tau_meson(const struct bsm_process *row, double M)
{
	double mt = bsm_pdg_mass(row->in), mh = bsm_pdg_mass(row->out[0]);
	double (*width)(double, double, double) =
		bsm_weak_meson_find(row->out[0])->vector ? bsm_width_f_fv : bsm_width_f_fp;
	double k = bsm_tau_br(row->out[0]) * bsm_pdg_width(row->in) / width(mt, 0, mh);
	return (struct strength){k * width(mt, M, mh), GF2 * k / 2};
}

static struct strength semileptonic(const struct bsm_process *row, double M)
{
	const struct bsm_semileptonic *t = bsm_semileptonic_find(row->in, row->out[0]);
	double part = bsm_pdg_conj(row->in) == row->in ? 0.5 : 1; /* K_L, K_S: half in each charge state */
	double width = bsm_semileptonic_width(t, bsm_pdg_mass(row->out[1]), M);
	if (!(width > 0))
		return (struct strength){0, 0};
	double k = part * bsm_semileptonic_scale(t, row->out[1]);
	return (struct strength){k * width, GF2 * k * t->ckm * t->ckm * t->isospin};
}

static struct strength from_parent(const struct bsm_process *row, double M)
{
	return (struct strength){bsm_width_four_lepton(bsm_pdg_mass(row->in), M, bsm_pdg_mass(row->out[0]), 0),
				 GF2 / 2};
}

static struct strength from_child(const struct bsm_process *row, double M)
{
	return (struct strength){bsm_width_four_lepton(bsm_pdg_mass(row->in), 0, bsm_pdg_mass(row->out[0]), M),
				 GF2 / 2};
}

/* Half of the multi-hadron width to each of the two charge states of three pions (hnl.c). */
static struct strength l_hadrons(const struct bsm_process *row, double M)
{
	return (struct strength){bsm_width_l_hadrons(M, row->out[0]) / 2, 0};
}

static struct strength nu_hadrons(const struct bsm_process *row, double M)
{
	(void)row;
	return (struct strength){bsm_width_nu_hadrons(M), 0};
}

static strength_of *find(const struct bsm_process *row)
{
	static const struct {
		double (*me2)(const struct bsm_in *, const struct bsm_particle *);
		strength_of *strength;
	} families[] = {
		{bsm_hnl_me2_meson, meson},
		{bsm_hnl_me2_nll, nll},
		{bsm_hnl_me2_lln, lln},
		{bsm_hnl_me2_3nu, three_nu},
		{bsm_hnl_me2_gamma, nu_gamma},
		{bsm_hnl_me2_leptonic, leptonic},
		{bsm_hnl_me2_tau_meson, tau_meson},
		{bsm_hnl_me2_semileptonic, semileptonic},
		{bsm_hnl_me2_parent, from_parent},
		{bsm_hnl_me2_child, from_child},
	};
	if (!row->me2)
		return row->total == bsm_hnl_total_nu_hadrons ? nu_hadrons : l_hadrons;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (families[i].me2 == row->me2)
			return families[i].strength;
	return NULL;
}

void bsm_hnl_prepare_row(const struct bsm_process *row, const double *par, double *derived2)
{
	double u2 = par[BSM_HNL_UE2 + (int)row->arg[0]], mass = par[BSM_HNL_MASS], sum = 0;
	derived2[0] = derived2[1] = 0;
	for (int i = 0; i < BSM_OUT && row->out[i]; i++)
		sum += row->out[i] == BSM_HNL ? mass : bsm_pdg_mass(row->out[i]);
	/* No integral for a row that is closed or switched off. */
	if (!(u2 > 0) || !((row->in == BSM_HNL ? mass : bsm_pdg_mass(row->in)) > sum))
		return;
	struct strength s = find(row)(row, mass);
	if (s.width > 0) {
		derived2[0] = u2 * s.width;
		derived2[1] = u2 * s.factor;
	}
}

double bsm_hnl_ratio(const struct bsm_in *in)
{
	double mass = in->par[BSM_HNL_MASS], sum = mass;
	for (int i = 0; i < BSM_OUT && in->row->out[i]; i++)
		sum += in->row->out[i] == BSM_HNL ? 0 : bsm_pdg_mass(in->row->out[i]);
	return sum < bsm_pdg_mass(in->row->in) ? find(in->row)(in->row, mass).width / find(in->row)(in->row, 0).width : 0;
}

double bsm_hnl_total(const struct bsm_in *in)
{
	return in->derived[2 * in->index];
}

double bsm_hnl_total_l_hadrons(const struct bsm_in *in)
{
	return bsm_hnl_total(in);
}

double bsm_hnl_total_nu_hadrons(const struct bsm_in *in)
{
	return bsm_hnl_total(in);
}
