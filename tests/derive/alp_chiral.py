#!/usr/bin/env python3
"""K -> pi a and a -> 3 pi from the chiral Lagrangian, without a formula of the papers. Needs numpy.

Vertices are coefficients of products of distinct fields in W = exp(2 i Phi/f) exp(i X a), X = diag, tr X = 1/f_a: a is put
where the anomaly allows it, with any X; that amplitudes do not depend on X is the check of all diagrams being there.

K -> pi a: SU(3), isospin limit, L_w = N8 f^2/2 (dW dW^+)_32: against 2102.13112 and 2110.10698. N8 = 1.53e-7 against K_S -> 2 pi.
a -> 3 pi: U(3) quartic vertices off shell, isospin breaking to first order: against the formulas of the program, and the
widths of Aloni, Soreq, Williams, 1811.03474, as tabulated in jjerhot/ALPINIST, widths/integrated/digitized_width_{3Pi0,3Pi}.dat.
"""
from itertools import combinations, permutations
import numpy as np

F = 0.1302 / np.sqrt(2)
metric = np.diag([1, -1, -1, -1.0])


def unit(i, j):
    e = np.zeros((3, 3), complex)
    e[i, j] = 1 / np.sqrt(2)
    return e


T3, T8 = np.diag([1, -1, 0]).astype(complex) / 2, np.diag([1, 1, -2]).astype(complex) / np.sqrt(12)


def dot(a, b):
    return a @ metric @ b


def coefficient(legs, chosen, X, dagger):
    """Of the product of the chosen fields (None: a) in W or W^+."""
    phi = [legs[i][0] for i in chosen if legs[i][0] is not None]
    c = -1j if dagger else 1j
    M = np.eye(3, dtype=complex)
    if phi:
        M = sum(np.linalg.multi_dot(p) if len(p) > 1 else p[0] for p in permutations(phi))
        M = M * (2 * c / F) ** len(phi) / np.prod(range(1, len(phi) + 1))
    V = np.linalg.matrix_power(c * X, len(chosen) - len(phi))
    return V @ M if dagger else M @ V


def derivatives(legs, X):
    """d W d W^+, all momenta incoming."""
    out, ids = np.zeros((3, 3), complex), range(len(legs))
    for r in range(len(legs) + 1):
        for left in combinations(ids, r):
            right = tuple(i for i in ids if i not in left)
            P = sum((legs[i][1] for i in left), np.zeros(4))
            Q = sum((legs[i][1] for i in right), np.zeros(4))
            out -= dot(P, Q) * coefficient(legs, left, X, False) @ coefficient(legs, right, X, True)
    return out


def strong(legs, X, M):
    every = tuple(range(len(legs)))
    mass = M @ (coefficient(legs, every, X, False) + coefficient(legs, every, X, True))
    return F * F / 4 * np.trace(derivatives(legs, X)) + F * F / 2 * np.trace(mass)


# ---- K -> pi a ----
N8 = 1.53e-7
CHARGED, NEUTRAL = (0.493677, 0.13957039), (0.497611, 0.1349768)  # GeV: K and pi
MK, MPI = NEUTRAL


def weak(legs, X):
    return N8 * F * F / 2 * derivatives(legs, X)[2, 1]


def kaon(charged, ma, X):
    MK, MPI = CHARGED if charged else NEUTRAL
    M = np.diag([MPI ** 2 / 2, MPI ** 2 / 2, MK ** 2 - MPI ** 2 / 2]).astype(complex)
    eta2 = (4 * MK ** 2 - MPI ** 2) / 3
    p = np.sqrt((MK ** 2 - (MPI + ma) ** 2) * (MK ** 2 - (MPI - ma) ** 2)) / 2 / MK
    K, P, A = np.array([MK, 0, 0, 0]), np.array([np.hypot(p, MPI), 0, 0, p]), np.array([np.hypot(p, ma), 0, 0, -p])
    k, pi = (unit(2, 0), unit(0, 1)) if charged else (unit(2, 1), T3)
    total = weak([(k, K), (pi, -P), (None, -A)], X)
    for T, m2 in ((T3, MPI ** 2), (T8, eta2)):  # a out of pi0 and eta
        theta = -strong([(T, A), (None, -A)], X, M) / (ma ** 2 - m2)
        total += theta * weak([(k, K), (pi, -P), (T, -A)], X)
    turns = [(unit(0, 1), unit(1, 0), MPI ** 2)] if charged else [(T3, T3, MPI ** 2), (T8, T8, eta2)]
    for T, bar, m2 in turns:  # weak turn of the kaon, then a by the vector current
        total -= weak([(k, K), (T, -K)], X) * strong([(bar, K), (pi, -P), (None, -A)], X, M) / (MK ** 2 - m2)
    bar, again = (unit(0, 2), unit(2, 0)) if charged else (unit(1, 2), unit(2, 1))
    return total - strong([(k, K), (bar, -P), (None, -A)], X, M) * weak([(again, P), (pi, -P)], X) / (MPI ** 2 - MK ** 2)


rng = np.random.default_rng(2)
for charged in (True, False):
    for ma in (0.01, 0.1, 0.2, 0.3):
        K, P, a = [x ** 2 for x in (CHARGED if charged else NEUTRAL)] + [ma ** 2]
        bauer = N8 / 4 * 8 * (K - P) * (K - a) / (4 * K - P - 3 * a) / (1 if charged else np.sqrt(2))
        ratio = []
        for _ in range(3):
            x = rng.uniform(0, 1, 3)
            ratio.append(abs(kaon(charged, ma, np.diag(x / x.sum()))) / bauer)
        print("K%s, m = %.2f: |A| f_a = %.9e GeV2; three X over Bauer et al.: %s"
              % ("+ -> pi+ a" if charged else "0bar -> pi0 a", ma, bauer, " ".join("%.12f" % r for r in ratio)))
# All quarks alike, (g/2) da q g5 q: W = U exp(-i g a), which only the weak operator feels in SU(3).
for charged in (True, False):
    MKc, MPIc = CHARGED if charged else NEUTRAL
    ma = 0.2
    pa = np.sqrt((MKc ** 2 - (MPIc + ma) ** 2) * (MKc ** 2 - (MPIc - ma) ** 2)) / 2 / MKc
    K, P = np.array([MKc, 0, 0, 0]), np.array([np.hypot(pa, MPIc), 0, 0, pa])
    k, pi = (unit(2, 0), unit(0, 1)) if charged else (unit(2, 1), T3)
    A = weak([(k, K), (pi, -P), (None, P - K)], np.eye(3))
    print("quarks alike, %s: |A| over N8 (K - p): %.12f" % ("K+" if charged else "K0bar, sqrt2 of it",
          abs(A) * (1 if charged else np.sqrt(2)) / (N8 * (MKc ** 2 - MPIc ** 2))))
K, q = np.array([MK, 0, 0, 0]), np.sqrt(MK ** 2 / 4 - MPI ** 2)
P, Q = np.array([MK / 2, 0, 0, q]), np.array([MK / 2, 0, 0, -q])
none = np.zeros((3, 3))
A1 = weak([(unit(2, 1), K), (unit(0, 1), -P), (unit(1, 0), -Q)], none)
A2 = weak([(unit(2, 1), K), (T3, -P), (T3, -Q)], none)
print("K_S -> 2 pi, both: width over 7.3508e-15 GeV: %.4f"
      % (2 * (abs(A1) ** 2 + abs(A2) ** 2 / 2) * q / (8 * np.pi * MK ** 2) / 7.3508e-15))

# ---- a -> 3 pi: vertices of an isovector or isoscalar off shell ----
DELTA, PI0 = 1 / 3, 0.1349768
Tq = np.diag([1, 1, 0]).astype(complex) / 2
M = PI0 ** 2 / 2 * np.diag([1 - DELTA, 1 + DELTA, 40]).astype(complex)
m = 0.5
s = 0.09
t = (m * m + 3 * PI0 ** 2 - s) / 2  # a point with t = u


def momenta():
    """Three momenta of mass PI0 with the invariant s of the first two."""
    w, z = np.sqrt(s), 0.0
    e3 = (m * m - s - PI0 ** 2) / 2 / w
    q3, q = np.sqrt(e3 ** 2 - PI0 ** 2), np.sqrt(s / 4 - PI0 ** 2)
    p = [np.array([w / 2, q, 0, 0]), np.array([w / 2, -q, 0, 0]), np.array([e3, 0, 0, q3])]
    return p, sum(p)


p, total = momenta()
up, down = unit(0, 1), unit(1, 0)


def quartic(first, legs):
    return strong([(first, total)] + [(T, -x) for T, x in zip(legs, p)], none, M).real * F * F


print("V f^2 of isovector -> pi+ pi- pi0: %.10f, formula %.10f" % (quartic(T3, [up, down, T3]), s - (m * m + 2 * PI0 ** 2) / 3))
print("V f^2 of isoscalar -> pi+ pi- pi0: %.10f, formula %.10f" % (quartic(Tq, [up, down, T3]), -DELTA * PI0 ** 2 / 3))
print("V f^2 of isovector -> 3 pi0:       %.10f, formula %.10f" % (quartic(T3, [T3, T3, T3]), PI0 ** 2))
print("V f^2 of isoscalar -> 3 pi0:       %.10f, formula %.10f" % (quartic(Tq, [T3, T3, T3]), -DELTA * PI0 ** 2))
print("V f^2 of isoscalar -> pi+ pi- + isoscalar: %.10f, formula %.10f" % (quartic(Tq, [up, down, Tq]), PI0 ** 2))
