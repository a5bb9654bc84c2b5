#!/usr/bin/env python3
"""Numbers of tests/unit/test_alp.c, each by another way than the program's. Needs numpy and mpmath.

1. gamma e -> a e: traces of explicit 4x4 matrices against the invariant form; total by angle in the centre of mass, and the
   closed form of Gondolo and Raffelt, 0807.2926.
2. gamma A -> a A: Levi-Civita contraction in the centre of mass, integrated over the angle in 25 digits.
3. Bremsstrahlung of a light a in complete screening: Tsai, Phys. Rev. D 34 (1986) 1326, as in athompson-git/alplib, prod_xs.py.
4. e+ e- -> a: integral of the Breit-Wigner cross-section over the energy.
5. a -> pi+ pi- gamma: the amplitude squared with the Levi-Civita tensor, integrated over the Dalitz plot.
"""
import itertools
import numpy as np
from mpmath import mp, mpf, pi, sqrt, log, exp, sin, cos, cbrt, quad, nstr

mp.dps = 25
ME, ALPHA = mpf("0.00051099895"), mpf("7.2973525643e-3")
HBARC, HBARC2 = mpf("1.973269804e-16"), mpf("0.3893793721e-27")
AMU, FM = mpf("0.93149410372"), mpf("1e-15") / mpf("1.973269804e-16")
MASS = {6: mpf("12.011") * AMU - 6 * ME, 18: mpf("39.948") * AMU - 18 * ME}

# ---- gamma matrices ----
one, zero = np.eye(2), np.zeros((2, 2))
pauli = [np.array([[0, 1], [1, 0]], complex), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1]).astype(complex)]
gamma = [np.block([[one, zero], [zero, -one]]).astype(complex)] + [np.block([[zero, s], [-s, zero]]) for s in pauli]
g5 = 1j * gamma[0] @ gamma[1] @ gamma[2] @ gamma[3]
metric = np.diag([1, -1, -1, -1.0])


def slash(p):
    return sum(metric[i, i] * p[i] * gamma[i] for i in range(4))


def dot(a, b):
    return a @ metric @ b


def compton(m, ma, k_lab, c):
    """|M|^2/(e^2 y^2), averaged, and x = s - m^2, y = u - m^2, t; c: cosine of k and the outgoing a."""
    s = m * m + 2 * m * k_lab
    w = np.sqrt(s)
    k0, q = (s - m * m) / 2 / w, np.sqrt((s - (m + ma) ** 2) * (s - (m - ma) ** 2)) / 2 / w
    k, p = np.array([k0, 0, 0, k0]), np.array([np.hypot(k0, m), 0, 0, -k0])
    sn = np.sqrt(1 - c * c)
    out = np.array([np.hypot(q, m), -q * sn, 0, -q * c])
    x, y = 2 * dot(p, k), -2 * dot(out, k)
    total = 0
    for mu in range(4):
        a = g5 @ (slash(p + k) + m * np.eye(4)) @ gamma[mu] / x + gamma[mu] @ (slash(out - k) + m * np.eye(4)) @ g5 / y
        bar = gamma[0] @ a.conj().T @ gamma[0]
        total -= metric[mu, mu] * np.trace((slash(out) + m * np.eye(4)) @ a @ (slash(p) + m * np.eye(4)) @ bar).real
    return total / 4, x, y, ma * ma - x - y


def core(x, y, t, m2, me2):
    sm = m2 - t
    return -(sm * sm + 2 * m2 * t - 2 * m2 * me2 * sm * sm / (x * y)) / (x * y)


rng = np.random.default_rng(1)
worst = 0
for _ in range(200):
    m, ma, c = rng.uniform(0.3, 1), rng.uniform(0.1, 1.5), rng.uniform(-1, 1)
    k = ((m + ma) ** 2 - m * m) / 2 / m * rng.uniform(1.1, 6)
    value, x, y, t = compton(m, ma, k, c)
    worst = max(worst, abs(core(x, y, t, ma * ma, m * m) / value - 1))
print("1. invariant form against traces, largest relative difference: %.1e" % worst)
value, x, y, t = compton(0.5, 0.7, 4.0, 0.3)
print("   m_e = 0.5, m = 0.7, k = 4, cos 0.3: |M|^2/(e y)^2 = %.12g at x %.12g, y %.12g" % (value, x, y))


def compton_total(k, m):
    s = 2 * k * ME + ME ** 2
    w = sqrt(s)
    q, k0 = sqrt((s - (m + ME) ** 2) * (s - (m - ME) ** 2)) / 2 / w, k * ME / w
    x, Eo = 2 * k * ME, sqrt(q * q + ME ** 2)

    def f(l):  # d = 1 + cos of a
        d = exp(l)
        y = -2 * k0 * (Eo - q + q * d)
        return d * core(x, y, m * m - x - y, m * m, ME ** 2)

    integral = quad(f, [log(mpf(10) ** -e) for e in range(14, 0, -1)] + [log(mpf(2))])
    return 4 * pi * ALPHA * integral * q / k0 / (32 * pi * s) * HBARC2


def gondolo(k, m):
    """Closed form of 0807.2926 as in alplib (prod_xs.py, compton_sigma_v2), but for the factor 8, which that code lacks."""
    d = 2 * k * ME
    s = d + ME ** 2
    p0, k0 = (d + m ** 2) / 2 / sqrt(s), (k * ME + ME ** 2) / sqrt(s)
    p, q = sqrt(p0 ** 2 - m ** 2), sqrt(s) - k0
    logarithm = log((2 * p0 * k0 + 2 * p * q - m ** 2) / (2 * p0 * k0 - 2 * p * q - m ** 2))
    bracket = -3 + (ME ** 2 - m ** 2) / s + 8 * s * m ** 2 / d ** 2
    bracket += (1 - 2 * m ** 2 / d + 2 * m ** 2 * (m ** 2 - 2 * ME ** 2) / d ** 2) * sqrt(s) / p * logarithm
    return ALPHA / (8 * s) * p / q * bracket * HBARC2


for k, m in ((1, "0.001"), (1, "0.01"), (10, "0.001"), (100, "0.1")):
    print("   sigma(k = %s GeV, m = %s GeV)/y^2 = %s cm2, closed form %s"
          % (k, m, nstr(compton_total(mpf(k), mpf(m)), 10), nstr(gondolo(mpf(k), mpf(m)), 10)))


# ---- Primakoff ----
def helm(q2, A):
    c, a, s = mpf("1.23") * cbrt(A) - mpf("0.6"), mpf("0.52"), mpf("0.9")
    x = sqrt(q2 * (c * c + mpf(7) / 3 * pi ** 2 * a * a - 5 * s * s)) * FM
    return 3 * (sin(x) / x ** 2 - cos(x) / x) / x * exp(-q2 * (s * FM) ** 2 / 2)


def screening(q2, Z):
    a = exp(log(mpf("184.15")) - log(Z) / 3 - mpf("0.5")) / ME
    return a * a * q2 / (1 + a * a * q2)


def primakoff(E, m, Z, A):
    M = MASS[Z]
    s = M * M + 2 * M * E
    w = sqrt(s)
    k, p = (s - M * M) / 2 / w, sqrt((s - (M + m) ** 2) * (s - (M - m) ** 2)) / 2 / w
    forward = 2 * (k * sqrt(p * p + m * m) - k * p) - m * m

    def f(l):
        d = exp(l)
        q2 = forward + 2 * k * p * d
        gram = s * k * k * p * p * d * (2 - d)
        return d * 8 * pi * ALPHA * (Z * helm(q2, A) * screening(q2, Z)) ** 2 * gram / q2 ** 2 * p / k / (32 * pi * s)

    return quad(f, [log(mpf(10) ** -e) for e in range(22, 0, -1)] + [log(mpf(1) / 2), 0, log(mpf(2))]) * HBARC2


for E, m, Z, A in ((10, "0.1", 6, 12), (1, "0.01", 6, 12), (100, "0.1", 6, 12), (3, "0.3", 18, 40), ("0.05", "0.001", 6, 12)):
    print("2. sigma(gamma A -> a A; k = %s, m = %s, Z = %d)/g^2 = %s cm2 GeV2" % (E, m, Z, nstr(primakoff(mpf(E), mpf(m), Z, A), 10)))


# ---- bremsstrahlung ----
def tsai(E, m, Z):
    """Integral over x of d sigma/dx, elastic and inelastic radiation logarithms."""
    def f(x):
        r = (m / (x * ME)) ** 2 * (1 - x)
        log_el, log_in = log(mpf("184.15")) - log(Z) / 3, log(mpf(1194)) - 2 * log(Z) / 3
        return (x * (1 + 2 * r / 3) / (1 + r) ** 2 * (Z * Z * log_el + Z * log_in)
                + x * (Z * Z + Z) * ((1 + r) / (3 * r * r) * log(1 + r) - (1 + 4 * r + 2 * r * r) / (3 * r * (1 + r) ** 2)))
    return 2 * (ALPHA / ME) ** 2 / (4 * pi) * quad(f, [m / E, mpf("0.5"), mpf("0.9"), mpf("0.99"), mpf("0.999"), 1 - ME / E]) * HBARC2


for E, m in ((10, "0.001"), (100, "0.001")):
    print("3. sigma(e A -> e A a; E = %s, m = %s, Z = 6)/y^2 = %s cm2 (Tsai)" % (E, m, nstr(tsai(mpf(E), mpf(m), 6), 8)))

# ---- annihilation: 4 pi/k^2 /4 B_ee^2 G^2/4/((w-m)^2 + G^2/4) for spin 0; integral over the positron's energy, unit coupling y
m = mpf("0.03")
G = mpf("1e-6") * m
beta = sqrt(1 - 4 * ME ** 2 / m ** 2)
y2 = 8 * pi * G / (m * beta)


def resonance(w):  # w: energy of the centre of mass
    k2 = w * w / 4 - ME ** 2
    return pi / k2 * G ** 2 / 4 / ((w - m) ** 2 + G ** 2 / 4) * w / ME  # dE = w dw / m_e


edges = [m + G * x for x in (-1000, -100, -10, -1, 0, 1, 10, 100, 1000)]
print("4. int sigma dE (m = 0.03 GeV)/y^2 = %s cm2 GeV, tails of 6e-4 missing" % nstr(quad(resonance, edges) / y2 * HBARC2, 8))

# ---- a -> pi+ pi- gamma: c = 1, |BW| = 1 ----
eps = np.zeros((4, 4, 4, 4))
for q in itertools.permutations(range(4)):
    eps[q] = np.linalg.det(np.eye(4)[list(q)])
M, mpi = 0.5, 0.13957039
xs, ws = np.polynomial.legendre.leggauss(60)
total = 0
lo, hi = 4 * mpi ** 2, M ** 2
for xi, wi in zip(xs, ws):
    s = lo + (hi - lo) * (xi + 1) / 2
    w = np.sqrt(s)
    p, wk = np.sqrt(s / 4 - mpi ** 2), (M * M - s) / 2 / w
    k = np.array([wk, 0, 0, wk])
    for cj, wj in zip(*np.polynomial.legendre.leggauss(6)):
        sn = np.sqrt(1 - cj * cj)
        a, b = np.array([w / 2, p * sn, 0, p * cj]), np.array([w / 2, -p * sn, 0, -p * cj])
        v = 2 * np.einsum("mnrs,n,r,s->m", eps, metric @ k, metric @ a, metric @ b)
        me2 = -v @ metric @ v
        total += me2 * wi * (hi - lo) / 2 * wj * (M * M - s) / M * p / w / (2 * M) / (64 * np.pi ** 3) / (2 * M)
print("5. width of a -> pi+ pi- gamma at m = 0.5, c = 1, no rho: %.10g GeV" % total)
