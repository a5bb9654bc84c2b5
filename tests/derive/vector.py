#!/usr/bin/env python3
"""Vector portal from the amplitudes: Dirac matrices and quadrature, nothing of the library. Prints what
tests/unit/test_vector.c quotes. Run: python3 tests/derive/vector.py"""
import itertools
import numpy as np
from numpy.polynomial.legendre import leggauss

rng = np.random.default_rng(7)
alpha, mp = 7.2973525643e-3, 0.93827208816
g = np.diag([1.0, -1, -1, -1])
s0, s1 = np.eye(2), [np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.array([[1, 0], [0, -1]])]
gamma = [np.kron(np.diag([1, -1]), s0)] + [np.block([[np.zeros((2, 2)), s], [-s, np.zeros((2, 2))]]) for s in s1]
one = np.eye(4)
eps = np.zeros((4, 4, 4, 4))
for p in itertools.permutations(range(4)):
    eps[p] = np.linalg.det(np.eye(4)[list(p)])


def slash(p):
    return sum(g[i, i] * p[i] * gamma[i] for i in range(4))


def dot(a, b):
    return a @ g @ b


# ---- 1. P -> gamma chi1 chi2: |F g eps(e k J q)|^2, current squared from traces ----
def gamma_pair(kind, k, p1, p2, m1, m2):
    """sum over spins of |eps_{mu nu a b} e*^mu k^nu J^a q^b|^2, upper indices lowered by g"""
    q = p1 + p2
    if kind == "scalar":
        J = np.outer(p1 - p2, p1 - p2)
    else:  # ubar(p1) gamma^a v(p2)
        J = np.array([[np.trace((slash(p1) + m1 * one) @ gamma[a] @ (slash(p2) - m2 * one) @ gamma[b]).real
                       for b in range(4)] for a in range(4)])
    E = np.einsum("mnab,n,b->ma", eps, k, q)  # lower mu, lower a
    return -np.einsum("ma,nb,mn,ab->", E, E, g, J)


def closed(kind, k, p1, p2, m1, m2):
    q = p1 + p2
    s, kq, k1, k2 = dot(q, q), dot(k, q), dot(k, p1), dot(k, p2)
    if kind == "scalar":
        return kq**2 * (s - 4 * m1**2) - s * (k1 - k2)**2
    mm = dot(p1, p2) + m1 * m2
    return (-s * 8 * k1 * k2 + 8 * kq * (k1 * dot(q, p2) + k2 * dot(q, p1) - kq * mm)
            - kq**2 * (-8 * dot(p1, p2) - 16 * m1 * m2))


def on_shell(m):
    v = rng.normal(size=3)
    return np.array([np.sqrt(m * m + v @ v), *v])


print("P -> gamma chi chi, traces over closed form:")
for kind, m1, m2 in (("scalar", .3, .3), ("dirac", .3, .3), ("inelastic", .2, .7)):
    r = [gamma_pair(kind, k, a, b, m1, m2) / closed(kind, k, a, b, m1, m2)
         for k, a, b in ((on_shell(0), on_shell(m1), on_shell(m2)) for _ in range(5))]
    print(f"  {kind:10s}", np.max(np.abs(np.array(r) - 1)))

# widths by a two-dimensional integral of it: ratio to Gamma(P -> gamma gamma) = F^2 M^3/(64 pi), coupling g^2 = 4 pi alpha_D
x80, w80 = leggauss(80)


def ratio(kind, M, m1, m2, alphaD, mV, width):
    lo, hi = (m1 + m2)**2, M * M
    F2 = 64 * np.pi / M**3
    if width > 0 and lo < mV * mV < hi:  # along the peak
        ya, yb = np.arctan((lo - mV**2) / (mV * width)), np.arctan((hi - mV**2) / (mV * width))
        cuts = [ya, -1.5, -1, 0, 1, 1.5, yb]
        cuts = sorted(c for c in cuts if ya <= c <= yb)
    else:
        cuts = [0, .3, 1]
    total = 0
    for a, b in zip(cuts[:-1], cuts[1:]):
        for x, w in zip(x80, w80):
            y = a + (b - a) * (x + 1) / 2
            if width > 0 and lo < mV * mV < hi:
                s = mV**2 + mV * width * np.tan(y)
                js = ((s - mV**2)**2 + (mV * width)**2) / (mV * width)
            else:
                s = lo * (hi / lo)**(y * y)
                js = s * np.log(hi / lo) * 2 * y
            Q = np.sqrt(s)
            p = (M * M - s) / (2 * M)
            ps = np.sqrt(max(0, (s - (m1 + m2)**2) * (s - (m1 - m2)**2))) / (2 * Q)
            inner = 0
            for c, wc in zip(*leggauss(4)):  # polynomial of degree 2 in the cosine
                E1, E2, sn = np.hypot(ps, m1), np.hypot(ps, m2), np.sqrt(1 - c * c)
                k0 = (M * M - s) / (2 * Q)  # photon in the pair's frame, along -z
                k = np.array([k0, 0, 0, -k0])
                p1, p2 = np.array([E1, ps * sn, 0, ps * c]), np.array([E2, -ps * sn, 0, -ps * c])
                inner += wc * closed(kind, k, p1, p2, m1, m2)
            D = (s - mV**2)**2 + (mV * width)**2
            total += w * (b - a) / 2 * js * inner / D * p * ps / (M * Q) / (64 * np.pi**3)
    return total * F2 * 4 * np.pi * alphaD / (2 * M)


mpi, meta = 0.1349768, 0.547862
print("Gamma/Gamma(gg):")
for name, a in (("pi0 -> gamma e e, photon", ("dirac", mpi, .00051099895, .00051099895, alpha, 0, 0)),
                ("pi0 -> gamma chi chi, m .01, photon", ("dirac", mpi, .01, .01, alpha, 0, 0)),
                ("eta -> gamma chi chi, m .1, photon", ("dirac", meta, .1, .1, alpha, 0, 0)),
                ("eta, inelastic .05 .15, V .4, width .01, alpha_D .3", ("inelastic", meta, .05, .15, .3, .4, .01)),
                ("eta, scalar .05, V .9 off shell, alpha_D .3", ("scalar", meta, .05, .05, .3, .9, .02)),
                ("pi0, scalar .01, V .06, width 1e-5, alpha_D .1", ("scalar", mpi, .01, .01, .1, .06, 1e-5))):
    print(f"  {name}: {ratio(*a):.8g}")


# ---- 2. splitting p -> p* V on the light front ----
def split_light_front(mV, z, pt2):
    """z(1-z)/(16 pi^2 H^2) 1/2 sum |ubar(p*) eps u(p)|^2, p* with the momentum p - k and its energy on shell"""
    P, H = 1.0e3, pt2 + (1 - z) * mV**2 + z * z * mp**2
    kt = np.array([np.sqrt(pt2) * .6, np.sqrt(pt2) * .8])

    def vec(plus, t, m2):
        minus = (m2 + t @ t) / plus
        return np.array([(plus + minus) / 2, t[0], t[1], (plus - minus) / 2])
    p, k, ps = vec(P, np.zeros(2), mp**2), vec(z * P, kt, mV**2), vec((1 - z) * P, -kt, mp**2)
    pols = []
    for h in (np.array([1, 1j]), np.array([1, -1j])):
        e = h / np.sqrt(2)
        minus = 2 * (e @ kt) / (z * P)
        pols.append(np.array([minus / 2, e[0], e[1], -minus / 2]))
    minus = -2 * mV / (z * P)  # longitudinal less k/mV
    pols.append(np.array([minus / 2, 0, 0, -minus / 2]))
    total = sum(np.trace((slash(ps) + mp * one) @ slash(e) @ (slash(p) + mp * one) @ slash(np.conj(e))).real for e in pols)
    return 4 * np.pi * alpha * total / 2 * z * (1 - z) / (16 * np.pi**2 * H**2)


def split_modern(mV, z, pt2):
    H = pt2 + (1 - z) * mV**2 + z * z * mp**2
    return alpha / (2 * np.pi * H) * ((1 + (1 - z)**2) / z - z * (1 - z) * (2 * mp**2 + mV**2) / H)


print("light-front splitting over closed form:")
print(" ", [round(split_light_front(*a) / split_modern(*a), 9)
            for a in ((.1, .3, .2), (.8, .7, .05), (1.5, .5, 1), (.01, .15, 1e-3))])


# ---- 3. Bluemlein-Brunner: gamma(q) p -> V p at q^2 = 0, forward (Kim, Tsai) ----
def compton(mV, z, pt2):
    H = pt2 + (1 - z) * mV**2 + z * z * mp**2
    U, S = -H / z, H / (z * (1 - z))  # u - mp^2, s - mp^2 at t_min
    s = S + mp**2
    E, q, k = (s + mp**2) / (2 * np.sqrt(s)), S / (2 * np.sqrt(s)), np.sqrt(
        (s - (mV + mp)**2) * (s - (mV - mp)**2)) / (2 * np.sqrt(s))
    Ek = np.sqrt(k * k + mV**2)
    c = (mV**2 - U - 2 * E * Ek) / (2 * q * k)  # u = mp^2 + mV^2 - 2 p.k, p along -z
    sn = np.sqrt(1 - c * c + 0j)
    p1, qq, kk = np.array([E, 0, 0, -q]), np.array([q, 0, 0, q]), np.array([Ek, k * sn, 0, k * c])
    p2 = p1 + qq - kk
    total = 0
    for m in range(4):
        for n in range(4):
            M = (gamma[n] @ (slash(p1 + qq) + mp * one) @ gamma[m] / S + gamma[m] @ (slash(p1 - kk) + mp * one) @ gamma[n] / U)
            B = (gamma[m] @ (slash(p1 + qq) + mp * one) @ gamma[n] / S + gamma[n] @ (slash(p1 - kk) + mp * one) @ gamma[m] / U)
            total += g[m, m] * g[n, n] * np.trace((slash(p2) + mp * one) @ M @ (slash(p1) + mp * one) @ B)
    return (total / 4).real


def bracket(mV, z, pt2, printed):
    H, y = pt2 + (1 - z) * mV**2 + z * z * mp**2, 1 - z
    mixed = (z + y * y) if printed else (1 + y * y)
    return ((1 + y * y) / z - 2 * z * y * ((2 * mp**2 + mV**2) / H - 2 * z * z * mp**4 / H**2)
            + 2 * z * y * mixed * mp**2 * mV**2 / H**2 + 2 * z * y * y * mV**4 / H**2)


print("Compton (1 - z)/z over the Bluemlein-Brunner bracket, 1 + (1-z)^2 and z + (1-z)^2 in its third term:")
for a in ((.1, .3, .2), (.8, .7, .05), (1.5, .5, 1), (.3, .2, 1e-3)):
    c = compton(*a) * (1 - a[1]) / a[1]
    print("  ", a, c / bracket(*a, False), c / bracket(*a, True))


# ---- 4. angle of chi in q qbar -> V* -> chi1 chi2 ----
def angle(m1, m2, M, c):
    E = M / 2
    l1, l2 = np.array([E, 0, 0, E]), np.array([E, 0, 0, -E])
    p = np.sqrt((M**2 - (m1 + m2)**2) * (M**2 - (m1 - m2)**2)) / (2 * M)
    sn = np.sqrt(1 - c * c)
    a, b = np.array([np.hypot(p, m1), p * sn, 0, p * c]), np.array([np.hypot(p, m2), -p * sn, 0, -p * c])
    total = 0
    for m in range(4):
        for n in range(4):
            L = np.trace(slash(l1) @ gamma[m] @ slash(l2) @ gamma[n])
            X = np.trace((slash(a) + m1 * one) @ gamma[m] @ (slash(b) - m2 * one) @ gamma[n])
            total += g[m, m] * g[n, n] * L * X
    return total.real


n = sum(w * angle(.3, .5, 2, x) for x, w in zip(*leggauss(6)))
print("angle .3 .5 in 2 GeV at cos = 0, 1:", angle(.3, .5, 2, 0) / n, angle(.3, .5, 2, 1) / n)
