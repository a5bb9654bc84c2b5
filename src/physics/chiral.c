/* L^{mu nu} = tr[l^ g^mu (1-g5) n^ g^nu (1-g5)] = 8 (l^mu n^nu + l^nu n^mu - g l.n -+ i eps), contracted. */
#include "physics/chiral.h"

/* k1 a + k2 b */
static struct bsm_p4 mix(double k1, struct bsm_p4 a, double k2, struct bsm_p4 b)
{
	return bsm_p4_add(bsm_p4_scale(k1, a), bsm_p4_scale(k2, b));
}

struct bsm_p4 bsm_chiral_vector(struct bsm_p4 h, struct bsm_p4 l)
{
	return mix(8 * bsm_p4_dot(h, l), h, -4 * bsm_p4_dot(h, h), l);
}

struct bsm_p4 bsm_chiral_vector_meson(struct bsm_p4 v, double m, struct bsm_p4 l)
{
	return mix(8 * bsm_p4_dot(v, l), v, 4 * m * m, l);
}

struct bsm_p4 bsm_current_pp(struct bsm_p4 parent, struct bsm_p4 child, double fplus, double fzero)
{
	struct bsm_p4 q = bsm_p4_sub(parent, child), sum = bsm_p4_add(parent, child);
	/* sum.q = M^2 - m^2. At q2 -> 0 f0 = f+, and the quotient has a limit that no physical point reaches. */
	double fminus = (fzero - fplus) * bsm_p4_dot(sum, q) / bsm_p4_dot(q, q);
	return mix(fplus, sum, fminus, q);
}

/* H_mu = i (A eps*_mu + B_mu (eps*.q)) + c eps_{mu nu a b} eps*^nu P^a p^b: three pieces of H_mu H*_nu, contracted. */
struct bsm_p4 bsm_chiral_pv(struct bsm_p4 parent, double M, struct bsm_p4 child, double m, const struct bsm_pv *ff,
			    struct bsm_p4 l)
{
	struct bsm_p4 P = parent, p = child, q = bsm_p4_sub(P, p);
	double q2 = bsm_p4_dot(q, q), sum = M + m, A = sum * ff->a1, c = 2 * ff->v / sum;
	double pole = 2 * m * ff->a0 - (sum * ff->a1 - (M - m) * ff->a2); /* 2 m (A0 - A3) */
	struct bsm_p4 B = mix(-ff->a2 / sum, bsm_p4_add(P, p), pole / q2, q);
	/* qt = (-g + p p/m^2) q, the pieces of H that end on the polarisation sum. */
	double pq = bsm_p4_dot(p, q) / (m * m);
	struct bsm_p4 qt = mix(-1, q, pq, p);
	double qq = bsm_p4_dot(q, qt), Pp = bsm_p4_dot(P, p), M2 = M * M, m2 = m * m, D = M2 * m2 - Pp * Pp;
	/* 2 l^mu H_(mu nu), term by term; trace = g^{mu nu} H_mu nu. */
	double Bl = bsm_p4_dot(B, l), ql = bsm_p4_dot(qt, l), pl = bsm_p4_dot(p, l), Pl = bsm_p4_dot(P, l);
	struct bsm_p4 g = mix(-2 * A * A, l, 2 * A * A * pl / m2, p);
	g = bsm_p4_add(g, mix(2 * A * Bl, qt, 2 * A * ql, B));
	g = bsm_p4_add(g, bsm_p4_scale(2 * qq * Bl, B));
	g = bsm_p4_add(g, mix(2 * c * c * D, l, 2 * c * c * (Pp * pl - m2 * Pl), P));
	g = bsm_p4_add(g, bsm_p4_scale(2 * c * c * (Pp * Pl - M2 * pl), p));
	double trace = -3 * A * A + 2 * A * bsm_p4_dot(qt, B) + qq * bsm_p4_dot(B, B) + 2 * c * c * D;
	g = bsm_p4_add(g, bsm_p4_scale(-trace, l));
	/* eps eps: vector-axial interference, the forward-backward asymmetry of V - A. */
	g = bsm_p4_add(g, mix(4 * A * c * Pl, p, -4 * A * c * pl, P));
	return bsm_p4_scale(4, g);
}

double bsm_four_lepton(struct bsm_p4 a, struct bsm_p4 b, struct bsm_p4 c, struct bsm_p4 d)
{
	return 128 * bsm_p4_dot(a, c) * bsm_p4_dot(b, d);
}

struct bsm_p4 bsm_chiral_nll(struct bsm_p4 nu, struct bsm_p4 minus, struct bsm_p4 plus, double ml, double gl, double gr)
{
	struct bsm_p4 G = mix(gl * gl * bsm_p4_dot(nu, minus), plus, gr * gr * bsm_p4_dot(nu, plus), minus);
	return bsm_p4_scale(128, bsm_p4_add(G, bsm_p4_scale(gl * gr * ml * ml, nu)));
}
