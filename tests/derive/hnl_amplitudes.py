#!/usr/bin/env python3
"""Amplitudes of the heavy neutral lepton rows with explicit Dirac matrices, spinors and polarisation vectors.

No trace formula, no Fierz identity: charged and neutral current diagrams are added as numbers, spins are summed one by
one, and the spin of N enters through its density matrix. Writes random phase-space points and |M|^2 as a C header:

    python3 tests/derive/hnl_amplitudes.py > tests/unit/hnl_points.h

Needs numpy. `value` is |M|^2 (averaged over the spins of a decaying fermion, summed over final ones) divided by what
the row's factor stands for: G_F^2 k^2/2 of a decaying fermion, G_F^2 k^2 of a meson, k the strength of its current.
`pol` is the polarisation of the outgoing N in its own rest frame, from |M|^2 at both ends of three spin axes.
"""
import itertools
import numpy as np

rng = np.random.default_rng(20240611)
I2, Z2 = np.eye(2), np.zeros((2, 2))
SX = np.array([[0, 1], [1, 0]], complex)
SY = np.array([[0, -1j], [1j, 0]])
SZ = np.array([[1, 0], [0, -1]], complex)
SIGMA = (SX, SY, SZ)
G0 = np.block([[I2, Z2], [Z2, -I2]]).astype(complex)
GAMMA = [G0] + [np.block([[Z2, s], [-s, Z2]]) for s in SIGMA]
G5 = 1j * GAMMA[0] @ GAMMA[1] @ GAMMA[2] @ GAMMA[3]
ONE = np.eye(4)
LEFT = ONE - G5
METRIC = np.diag([1.0, -1, -1, -1])
S2W = 0.23121

MASS = dict(e=0.00051099895, mu=0.1056583755, tau=1.77693, pi=0.13957039, pi0=0.1349768, K=0.493677, K0=0.497611,
            rho=0.77511, rho0=0.77526, D=1.86966, D0=1.86484, Ds=1.96835, Kst=0.89167, Kst0=0.89555, phi=1.01946,
            eta=0.547862)


def dot(a, b):
    return a @ METRIC @ b


def slash(p):
    return sum(GAMMA[i] * METRIC[i, i] * p[i] for i in range(4))


def four(m, p3):
    return np.concatenate([[np.sqrt(m * m + p3 @ p3)], p3])


def boost(p, f, m):
    """p from the rest frame of f (mass m) to where f is given."""
    d = p[1:] @ f[1:]
    return np.concatenate([[(f[0] * p[0] + d) / m], p[1:] + f[1:] * (d / (f[0] + m) + p[0]) / m])


def spin_vector(pol, p, m):
    return boost(np.concatenate([[0.0], pol]), p, m)


def spinors(p, m, anti):
    """Two orthogonal solutions, normalised to ubar u = 2m (vbar v = -2m)."""
    out = []
    for k in range(2):
        chi = np.zeros(2, complex)
        chi[k] = 1
        ps = sum(s * x for s, x in zip(SIGMA, p[1:]))
        n = np.sqrt(p[0] + m)
        small = ps @ chi / (p[0] + m)
        out.append(n * (np.concatenate([small, chi]) if anti else np.concatenate([chi, small])))
    check = sum(np.outer(u, u.conj()) @ G0 for u in out)
    assert np.allclose(check, slash(p) + (-m if anti else m) * ONE, atol=1e-12 * p[0] + 1e-14)
    return out


def density(p, m, pol, anti):
    """Normalised to one particle: half the spin sum where pol = 0."""
    s = spin_vector(np.asarray(pol, float), p, m)
    return 0.5 * (slash(p) + (-m if anti else m) * ONE) @ (ONE + G5 @ slash(s))


def bar(u):
    return u.conj() @ G0


def lepton_vector(row_spinor, column_spinor):
    """[abar gamma^mu (1 - g5) b] with open index; either side may be an identity matrix (open spinor index)."""
    return [row_spinor @ g @ LEFT @ column_spinor for g in GAMMA]


def contract(h, v):
    return sum(METRIC[i, i] * h[i] * v[i] for i in range(4))


def in_square(row, rho):
    """|row . u|^2 for an open incoming (or outgoing v) spinor."""
    return (row @ rho @ G0 @ row.conj()).real


def out_square(col, rho):
    """|ubar . col|^2 for an open outgoing u (or incoming v) spinor."""
    return (col.conj() @ G0 @ rho @ col).real


def polarisations(p, m):
    basis = [np.array([0.0, *e]) for e in np.eye(3)]
    return [boost(b, p, m) for b in basis]


def epsilon4():
    e = np.zeros((4, 4, 4, 4))
    for perm in itertools.permutations(range(4)):
        sign = round(np.linalg.det(np.eye(4)[list(perm)]))
        e[perm] = sign
    return e


EPS = epsilon4()


# ---- phase space: sequential two-body decays, uniform angles, then a boost of everything ----
def two_body(P, M, m1, m2):
    p = np.sqrt((M - m1 - m2) * (M + m1 + m2) * (M - m1 + m2) * (M + m1 - m2)) / (2 * M)
    c, f = rng.uniform(-1, 1), rng.uniform(0, 2 * np.pi)
    s = np.sqrt(1 - c * c)
    n = p * np.array([s * np.cos(f), s * np.sin(f), c])
    return boost(four(m1, n), P, M), boost(four(m2, -n), P, M)


def decay(M, masses):
    P = four(M, rng.normal(size=3) * M)
    if len(masses) == 2:
        return P, list(two_body(P, M, *masses))
    low, high = masses[0] + masses[1], M - masses[2]
    q = rng.uniform(low + 0.1 * (high - low), high - 0.1 * (high - low))
    pair, third = two_body(P, M, q, masses[2])
    return P, [*two_body(pair, q, masses[0], masses[1]), third]


# ---- form factors, written again from the papers' formulas ----
def ff_poles(q2):
    return 0.9698 / (1 - q2 / 0.878**2), 0.9698 / (1 - q2 / 1.252**2)


def ff_z(q2, f0, tp, t0, c, pole):
    def z(t):
        return (np.sqrt(tp - t) - np.sqrt(tp - t0)) / (np.sqrt(tp - t) + np.sqrt(tp - t0))
    dz = z(q2) - z(0)
    return (f0 + c * dz * (1 + (z(q2) + z(0)) / 2)) / (1 - pole * q2)


def ff_cs(q2):
    return (ff_z(q2, 0.7647, 5.5817, 1.0367, -0.066, 0.224), ff_z(q2, 0.7647, 5.5817, 1.0367, -2.084, 0))


def ff_cd(q2):
    return (ff_z(q2, 0.6117, 4.0239, 1.9832, -1.985, 0.1314), ff_z(q2, 0.6117, 4.0239, 1.9832, -1.188, 0.0342))


def ff_kstar(q2):
    x, y = q2 / 2.1122**2, q2 / 1.96835**2
    return (1.03 / ((1 - x) * (1 - 0.27 * x)), 0.76 / ((1 - y) * (1 - 0.17 * y)),
            0.66 / (1 - 0.30 * x + 0.20 * x * x), 0.49 / (1 - 0.67 * x + 0.16 * x * x))


def ff_rho(q2):
    x, y = q2 / 2.01026**2, q2 / 1.86966**2
    return (0.90 / ((1 - x) * (1 - 0.46 * x)), 0.66 / ((1 - y) * (1 - 0.36 * y)), 0.59 / (1 - 0.50 * x),
            0.49 / (1 - 0.89 * x))


def current_pp(P, p, M, m, ff):
    q = P - p
    q2 = dot(q, q)
    fp, f0 = ff(q2)
    t = (M * M - m * m) / q2
    return fp * (P + p - t * q) + f0 * t * q


def current_pv(P, p, M, m, ff, eps, sign):
    """Wirbel-Stech-Bauer. The sign of V is fixed by asking for more left-handed vector mesons in c -> s l+ nu."""
    q = P - p
    q2 = dot(q, q)
    v, a0, a1, a2 = ff(q2)
    a3 = ((M + m) * a1 - (M - m) * a2) / (2 * m)
    eq = dot(eps.conj(), q)
    axial = (M + m) * a1 * eps.conj() - a2 / (M + m) * eq * (P + p) - 2 * m * (a3 - a0) / q2 * eq * q
    low = [METRIC @ x for x in (eps.conj(), P, p)]
    vector = 2 * v / (M + m) * np.einsum("mnab,n,a,b->m", EPS, *low)
    return axial + 1j * sign * vector


def handed(sign):
    """|H-| - |H+| of D -> K* at a point, with helicity vectors of a V that flies along +z."""
    M, m, q2 = MASS["D0"], MASS["Kst"], 0.4
    e = (M * M + m * m - q2) / (2 * M)
    k = np.sqrt(e * e - m * m)
    P, p = np.array([M, 0, 0, 0]), np.array([e, 0, 0, k])
    amp = {}
    for h in (1, -1):
        pol = np.array([0, -h, -1j, 0]) / np.sqrt(2)
        # the W flies along -z: its helicity equals V's; project on the same transverse vector
        amp[h] = abs(np.vdot(pol.conj(), current_pv(P, p, M, m, ff_kstar, pol, sign)))
    return amp[-1] - amp[1]


SIGN_C = 1 if handed(1) > 0 else -1
assert handed(SIGN_C) > 0 > handed(-SIGN_C)


# ---- squares; conj = CP conjugate row ----
def sum_out(m, p, anti):
    return spinors(p, m, anti)


def n_meson(P, out, pol, conj, M, ml, mh, vector):
    l, h = out
    rho = density(P, M, pol, conj)
    currents = polarisations(h, mh) if vector else [h]
    scale = mh if vector else 1.0
    total = 0
    for c in currents:
        for s in spinors(l, ml, conj):
            if conj:  # [Nbar ... l]: vbar_N g (1-g5) v_l
                col = contract(c, [g @ LEFT @ s for g in GAMMA]) * scale / np.sqrt(2)
                total += out_square(col, rho)
            else:
                row = contract(c, [bar(s) @ g @ LEFT for g in GAMMA]) * scale / np.sqrt(2)
                total += in_square(row, rho)
    return 2 * total


def n_nll(P, out, pol, conj, M, ml, charged):
    nu, minus, plus = out  # legs of the row; in the conjugate their charges are opposite
    gv, ga = -0.5 + 2 * S2W, -0.5
    rho = density(P, M, pol, conj)
    total = 0
    for sn in spinors(nu, 0.0, conj):
        for sm in spinors(minus, ml, conj):
            for sp in spinors(plus, ml, not conj):
                open_ = 0
                for i, g in enumerate(GAMMA):
                    k = METRIC[i, i] / np.sqrt(2)
                    if not conj:
                        open_ = open_ + k * (bar(sn) @ g @ LEFT) * (bar(sm) @ g @ (gv * ONE - ga * G5) @ sp)
                        if charged:  # other diagram, minus sign of exchanged fermions
                            open_ = open_ - k * (bar(sm) @ g @ LEFT) * (bar(sn) @ g @ LEFT @ sp)
                    else:
                        open_ = open_ + k * (g @ LEFT @ sn) * (bar(sp) @ g @ (gv * ONE - ga * G5) @ sm)
                        if charged:
                            open_ = open_ - k * (g @ LEFT @ sm) * (bar(sp) @ g @ LEFT @ sn)
                total += out_square(open_, rho) if conj else in_square(open_, rho)
    return 2 * total


def n_lln(P, out, pol, conj, M, m1, m2):
    l, lp, nu = out
    rho = density(P, M, pol, conj)
    total = 0
    for a in spinors(l, m1, conj):
        for b in spinors(lp, m2, not conj):
            for c in spinors(nu, 0.0, conj):
                open_ = 0
                for i, g in enumerate(GAMMA):
                    k = METRIC[i, i] / np.sqrt(2)
                    if conj:
                        open_ = open_ + k * (g @ LEFT @ a) * (bar(b) @ g @ LEFT @ c)
                    else:
                        open_ = open_ + k * (bar(a) @ g @ LEFT) * (bar(c) @ g @ LEFT @ b)
                total += out_square(open_, rho) if conj else in_square(open_, rho)
    return 2 * total


def produced(currents, l, ml, n, mN, pol, conj):
    """Sum over currents and spins of l, N with a density. Row: ubar_N ... v_l; conjugate: ubar_l ... v_N."""
    rho = density(n, mN, pol, conj)
    total = 0
    for c in currents:
        for s in spinors(l, ml, not conj):
            if conj:
                total += in_square(contract(c, [bar(s) @ g @ LEFT for g in GAMMA]) / np.sqrt(2), rho)
            else:
                total += out_square(contract(c, [g @ LEFT @ s for g in GAMMA]) / np.sqrt(2), rho)
    return total


def tau_meson(P, out, apol, npol, conj, mN, mh, vector):
    h, n = out
    M = MASS["tau"]
    rt, rn = density(P, M, apol, conj), density(n, mN, npol, conj)
    total = 0
    for c in (polarisations(h, mh) if vector else [h]):
        X = contract(c, [g @ LEFT for g in GAMMA]) * (mh if vector else 1) / np.sqrt(2)
        Xbar = G0 @ X.conj().T @ G0
        # row: ubar_N X u_tau; conjugate: vbar_tau X v_N
        total += (np.trace(rn @ X @ rt @ Xbar) if not conj else np.trace(rt @ X @ rn @ Xbar)).real
    return 2 * total


def lepton_chain(P, out, apol, npol, conj, M, ml, mN, mode):
    """parent- -> l- nubar N (mode parent) or parent+ -> l+ nubar N (mode child)."""
    l, nu, n = out
    anti_parent = conj if mode == "parent" else not conj
    rp, rn = density(P, M, apol, anti_parent), density(n, mN, npol, conj)
    total = 0
    for sn in spinors(nu, 0.0, not conj):
        for sl in spinors(l, ml, anti_parent):
            # matrix between N and parent spinors
            X = np.zeros((4, 4), complex)
            if mode == "parent":
                for i, g in enumerate(GAMMA):
                    k = METRIC[i, i] / np.sqrt(2)
                    X += k * (bar(sn) @ g @ LEFT @ sl if conj else bar(sl) @ g @ LEFT @ sn) * (g @ LEFT)
                Xbar = G0 @ X.conj().T @ G0
                total += (np.trace(rn @ X @ rp @ Xbar) if not conj else np.trace(rp @ X @ rn @ Xbar)).real
            else:
                # row: [vbar_parent g L v_nu][ubar_N g L v_l]; conjugate: [ubar_nu g L u_parent][ubar_l g L v_N]
                sides = []
                for g in GAMMA:
                    if not conj:
                        sides.append((g @ LEFT @ sn, g @ LEFT @ sl))
                    else:
                        sides.append((bar(sn) @ g @ LEFT, bar(sl) @ g @ LEFT))
                amp = 0
                for (i, (a, b)), (j, (c, d)) in itertools.product(enumerate(sides), enumerate(sides)):
                    k = METRIC[i, i] * METRIC[j, j] / 2
                    if not conj:
                        amp += k * (c.conj() @ G0 @ rp @ a) * (d.conj() @ G0 @ rn @ b)
                    else:
                        amp += k * (a @ rp @ G0 @ c.conj()) * (b @ rn @ G0 @ d.conj())
                total += amp.real
    return 2 * total


def random_pol():
    v = rng.normal(size=3)
    return v / np.linalg.norm(v) * rng.uniform(0.2, 1)


points = []
ZERO = np.zeros(3)


def record(name, mN, conj, apol, P, out, square):
    """square(npol): |M|^2 with N's polarisation npol, half the sum where 0; None if N is the parent."""
    if callable(square):
        value = 2 * square(ZERO)
        pol = [(square(e) - square(-e)) / value for e in np.eye(3)]
    else:
        value, pol = square, ZERO
    points.append((name, mN, conj, apol, P, out, value, pol))


def run():
    for conj in (0, 1):
        for name, mN, ml, mh, vec in [("N -> mu- pi+", 0.35, "mu", "pi", 0), ("N -> e- pi+", 0.2, "e", "pi", 0),
                                      ("N -> mu- rho+", 1.2, "mu", "rho", 1),
                                      ("N -> tau- K*+", 3.0, "tau", "Kst", 1),
                                      ("N -> nu_mu pi0", 0.3, None, "pi0", 0),
                                      ("N -> nu_tau rho", 1.1, None, "rho0", 1)]:
            m1, m2 = MASS.get(ml, 0.0), MASS[mh]
            P, out = decay(mN, [m1, m2])
            pol = random_pol()
            record(name, mN, conj, pol, P, out, n_meson(P, out, pol, conj, mN, m1, m2, vec))
        for name, mN, l, same in [("N -> nu_e e- e+", 0.05, "e", 1), ("N -> nu_mu e- e+", 0.003, "e", 0),
                                  ("N -> nu_mu mu- mu+", 0.35, "mu", 1), ("N -> nu_e mu- mu+", 0.3, "mu", 0),
                                  ("N -> nu_tau tau- tau+", 4.5, "tau", 1), ("N -> nu_tau mu- mu+", 1.0, "mu", 0)]:
            m = MASS[l]
            P, out = decay(mN, [0.0, m, m])
            pol = random_pol()
            record(name, mN, conj, pol, P, out, n_nll(P, out, pol, conj, mN, m, same))
        for name, mN, l1, l2 in [("N -> mu- e+ nu_e", 0.25, "mu", "e"), ("N -> e- mu+ nu_mu", 0.25, "e", "mu"),
                                 ("N -> tau- mu+ nu_mu", 2.5, "tau", "mu"), ("N -> mu- tau+ nu_tau", 2.5, "mu", "tau")]:
            P, out = decay(mN, [MASS[l1], MASS[l2], 0.0])
            pol = random_pol()
            record(name, mN, conj, pol, P, out, n_lln(P, out, pol, conj, mN, MASS[l1], MASS[l2]))
        for name, mN, p, l in [("pi+ -> mu+ N", 0.02, "pi", "mu"), ("K+ -> mu+ N", 0.3, "K", "mu"),
                               ("K+ -> e+ N", 0.35, "K", "e"), ("Ds+ -> tau+ N", 0.1, "Ds", "tau")]:
            P, out = decay(MASS[p], [MASS[l], mN])
            record(name, mN, conj, ZERO, P, out,
                   lambda s: produced([P], out[0], MASS[l], out[1], mN, s, conj))
        for name, mN, p, h, l, ff in [("K+ -> pi0 mu+ N", 0.15, "K", "pi0", "mu", ff_poles),
                                      ("K_L -> pi- e+ N", 0.2, "K0", "pi", "e", ff_poles),
                                      ("D+ -> K0bar mu+ N", 0.8, "D", "K0", "mu", ff_cs),
                                      ("D0 -> pi- e+ N", 1.0, "D0", "pi", "e", ff_cd)]:
            P, out = decay(MASS[p], [MASS[h], MASS[l], mN])
            c = current_pp(P, out[0], MASS[p], MASS[h], ff)
            record(name, mN, conj, ZERO, P, out, lambda s: produced([c], out[1], MASS[l], out[2], mN, s, conj))
        for name, mN, p, h, l, ff in [("D0 -> K*- mu+ N", 0.5, "D0", "Kst", "mu", ff_kstar),
                                      ("D+ -> K*0bar e+ N", 0.3, "D", "Kst0", "e", ff_kstar),
                                      ("D0 -> rho- mu+ N", 0.4, "D0", "rho", "mu", ff_rho)]:
            P, out = decay(MASS[p], [MASS[h], MASS[l], mN])
            sign = -SIGN_C if conj else SIGN_C
            cs = [current_pv(P, out[0], MASS[p], MASS[h], ff, e, sign) for e in polarisations(out[0], MASS[h])]
            record(name, mN, conj, ZERO, P, out, lambda s: produced(cs, out[1], MASS[l], out[2], mN, s, conj))
        for name, mN, h, vec in [("tau- -> pi- N", 0.7, "pi", 0), ("tau- -> rho- N", 0.5, "rho", 1)]:
            P, out = decay(MASS["tau"], [MASS[h], mN])
            a = random_pol()
            record(name, mN, conj, a, P, out, lambda s: tau_meson(P, out, a, s, conj, mN, MASS[h], vec))
        for name, mN, p, l, mode in [("tau- -> mu- nubar_mu N", 0.6, "tau", "mu", "parent"),
                                     ("tau+ -> e+ nubar_tau N", 0.9, "tau", "e", "child"),
                                     ("mu- -> e- nubar_e N", 0.04, "mu", "e", "parent"),
                                     ("mu+ -> e+ nubar_mu N", 0.06, "mu", "e", "child")]:
            P, out = decay(MASS[p], [MASS[l], 0.0, mN])
            a = random_pol()
            record(name, mN, conj, a, P, out,
                   lambda s: lepton_chain(P, out, a, s, conj, MASS[p], MASS[l], mN, mode))


def text(v):
    return "{" + ", ".join(f"{x:.17g}" for x in v) + "}"


run()
print("/* Made by tests/derive/hnl_amplitudes.py: do not edit. */")
print("static const struct point points[] = {")
for name, mN, conj, apol, P, out, value, pol in points:
    legs = ", ".join(text(o[1:]) for o in out)
    print(f'\t{{"{name}", {mN!r}, {conj}, {text(apol)}, {text(P[1:])},\n\t {{{legs}}},')
    print(f"\t {value:.17g}, {text(pol)}}},")
print("};")
