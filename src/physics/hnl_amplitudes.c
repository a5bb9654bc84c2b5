/* Amplitudes squared of the rows, as G.n (physics/chiral.h) times the row's factor derived[2 i + 1]. */
#include <stdlib.h>

#include "core/constants.h"
#include "physics/chiral.h"
#include "physics/decay_constants.h"
#include "physics/hnl_rows.h"
#include "physics/meson_form_factors.h"

static double factor(const struct bsm_in *in)
{
	return in->derived[2 * in->index + 1];
}

/* p - sign m S of the incoming fermion: what a left-chiral current sees of it. */
static struct bsm_p4 seen(const struct bsm_particle *a, int sign)
{
	if (a->pol[0] == 0 && a->pol[1] == 0 && a->pol[2] == 0)
		return a->p;
	return bsm_p4_sub(a->p, bsm_p4_scale(sign * a->m, bsm_pol_vector(a)));
}

/* N of the conjugate row is the antiparticle, or a Majorana N that decays through the conjugate operator. */
static int hnl_sign(const struct bsm_in *in)
{
	return in->conjugate ? -1 : 1;
}

static struct bsm_p4 hnl_seen(const struct bsm_in *in)
{
	return seen(in->a, hnl_sign(in));
}

/* ---- decays of N ---- */
double bsm_hnl_me2_meson(const struct bsm_in *in, const struct bsm_particle *out)
{
	const struct bsm_p4 l = out[0].p, h = out[1].p;
	int32_t code = abs(out[1].pdg);
	int vector = code % 10 == 3; /* last digit: 2 J + 1 */
	struct bsm_p4 G = vector ? bsm_chiral_vector_meson(h, out[1].m, l) : bsm_chiral_vector(h, l);
	return factor(in) * bsm_p4_dot(G, hnl_seen(in));
}

/* Chiral couplings of the charged lepton in N -> nu_a l- l+; the charged current adds 1 to gl if l has N's flavour. */
static double left_coupling(const struct bsm_process *row)
{
	return -0.5 + BSM_S2W_MZ + ((abs(row->out[1]) - 11) / 2 == (int)row->arg[0] ? 1 : 0);
}

double bsm_hnl_me2_nll(const struct bsm_in *in, const struct bsm_particle *out)
{
	struct bsm_p4 G = bsm_chiral_nll(out[0].p, out[1].p, out[2].p, out[1].m, left_coupling(in->row), BSM_S2W_MZ);
	return factor(in) * bsm_p4_dot(G, hnl_seen(in));
}

/* l- l'+ nu': 128 (l.nu')(N.l'). */
double bsm_hnl_me2_lln(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_four_lepton(out[0].p, hnl_seen(in), out[2].p, out[1].p);
}

double bsm_hnl_me2_3nu(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_four_lepton(out[0].p, hnl_seen(in), out[1].p, out[2].p);
}

/* The dipole flips chirality: N's right-handed part decays, and S enters with the other sign. */
double bsm_hnl_me2_gamma(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_p4_dot(out[1].p, seen(in->a, -hnl_sign(in)));
}

/* ---- production: G of the outgoing N ---- */
typedef struct bsm_p4 current(const struct bsm_in *, const struct bsm_particle *);

static struct bsm_p4 leptonic(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_chiral_vector(in->a->p, out[0].p);
}

/* A charged lepton that decays: the row's is a particle or, for mu+ and tau+, an antiparticle. */
static struct bsm_p4 parent_seen(const struct bsm_in *in)
{
	return seen(in->a, in->row->in > 0 ? hnl_sign(in) : -hnl_sign(in));
}

static struct bsm_p4 tau_meson(const struct bsm_in *in, const struct bsm_particle *out)
{
	int vector = abs(out[0].pdg) % 10 == 3;
	return vector ? bsm_chiral_vector_meson(out[0].p, out[0].m, parent_seen(in))
		      : bsm_chiral_vector(out[0].p, parent_seen(in));
}

static struct bsm_p4 semileptonic(const struct bsm_in *in, const struct bsm_particle *out)
{
	const struct bsm_semileptonic *t = bsm_semileptonic_find(in->row->in, in->row->out[0]);
	struct bsm_p4 q = bsm_p4_sub(in->a->p, out[0].p);
	double q2 = bsm_p4_dot(q, q), fplus, fzero;
	if (bsm_semileptonic_is_vector(t)) {
		struct bsm_pv ff = bsm_form_factors_pv(t, q2);
		return bsm_chiral_pv(in->a->p, in->a->m, out[0].p, out[0].m, &ff, out[1].p);
	}
	bsm_form_factors_pp(t, q2, &fplus, &fzero);
	return bsm_chiral_vector(bsm_current_pp(in->a->p, out[0].p, fplus, fzero), out[1].p);
}

/* parent- -> l- nubar_l N: [N parent][l nu]: 128 (N.l)(parent.nu). */
static struct bsm_p4 from_parent(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_p4_scale(128 * bsm_p4_dot(parent_seen(in), out[1].p), out[0].p);
}

/* parent+ -> l+ nubar N: [parent nu][N l]: 128 (parent.N)(nu.l). */
static struct bsm_p4 from_child(const struct bsm_in *in, const struct bsm_particle *out)
{
	return bsm_p4_scale(128 * bsm_p4_dot(out[1].p, out[0].p), parent_seen(in));
}

static void polarise(const struct bsm_in *in, struct bsm_particle *n, struct bsm_p4 G)
{
	bsm_chiral_pol(G, n->p, n->m, hnl_sign(in), n->pol);
}

double bsm_hnl_me2_leptonic(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_p4_dot(leptonic(in, out), out[1].p);
}

double bsm_hnl_me2_tau_meson(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_p4_dot(tau_meson(in, out), out[1].p);
}

double bsm_hnl_me2_semileptonic(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) > 0 ? factor(in) * bsm_p4_dot(semileptonic(in, out), out[2].p) : 0;
}

double bsm_hnl_me2_parent(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_p4_dot(from_parent(in, out), out[2].p);
}

double bsm_hnl_me2_child(const struct bsm_in *in, const struct bsm_particle *out)
{
	return factor(in) * bsm_p4_dot(from_child(in, out), out[2].p);
}

/* The current is symmetric in l and N: the same function gives the charged lepton's polarisation. */
void bsm_hnl_spin_leptonic(const struct bsm_in *in, struct bsm_particle *out)
{
	polarise(in, &out[1], leptonic(in, out));
	bsm_chiral_pol(bsm_chiral_vector(in->a->p, out[1].p), out[0].p, out[0].m, out[0].pdg > 0 ? 1 : -1, out[0].pol);
}

void bsm_hnl_spin_tau_meson(const struct bsm_in *in, struct bsm_particle *out)
{
	polarise(in, &out[1], tau_meson(in, out));
}

void bsm_hnl_spin_semileptonic(const struct bsm_in *in, struct bsm_particle *out)
{
	polarise(in, &out[2], semileptonic(in, out));
}

void bsm_hnl_spin_parent(const struct bsm_in *in, struct bsm_particle *out)
{
	polarise(in, &out[2], from_parent(in, out));
}

void bsm_hnl_spin_child(const struct bsm_in *in, struct bsm_particle *out)
{
	polarise(in, &out[2], from_child(in, out));
}
