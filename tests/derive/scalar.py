#!/usr/bin/env python3
"""Scalar that mixes with the Higgs boson: from Dirac matrices, quadrature and other people's tables, nothing of the
library. Prints what tests/unit/test_dark_scalar.c and docs/physics/dark_scalar.md quote. Run: python3
tests/derive/scalar.py"""
import numpy as np
from scipy.integrate import dblquad, solve_ivp

rng = np.random.default_rng(3)
GF, hbarc = 1.1663787e-5, 1.973269804e-16
v = (np.sqrt(2) * GF)**-0.5
print(f"v = {v:.6f}")
g = np.diag([1.0, -1, -1, -1])
s0, s1 = np.eye(2), [np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.array([[1, 0], [0, -1]])]
gamma = [np.kron(np.diag([1, -1]), s0)] + [np.block([[np.zeros((2, 2)), s], [-s, np.zeros((2, 2))]]) for s in s1]
one = np.eye(4)


def slash(p):
    return sum(g[i, i] * p[i] * gamma[i] for i in range(4))


def dot(a, b):
    return a @ g @ b


def p2body(M, a, b):
    return np.sqrt(max(0, (M * M - (a + b)**2) * (M * M - (a - b)**2))) / (2 * M)


# ---- 1. S -> l l from the trace ----
def ll(M, m):
    k = p2body(M, m, m)
    p, q = np.array([M / 2, 0, 0, k]), np.array([M / 2, 0, 0, -k])
    me2 = (m / v)**2 * np.trace((slash(p) + m * one) @ (slash(q) - m * one)).real
    return me2 * k / (8 * np.pi * M * M)


print("widths: mu mu at .25 GeV", ll(.25, .1056583755), " tau tau at 4", ll(4, 1.77693), " e e at .1",
      ll(.1, .00051099895))

# ---- 2. CKM: exact standard parametrization from Wolfenstein parameters, all orders ----
lam, A, rb, eb = .22501, .826, .1591, .3523
s12, s23 = lam, A * lam**2
z = rb + 1j * eb
s13d = A * lam**3 * z * np.sqrt(1 - A**2 * lam**4) / (np.sqrt(1 - lam**2) * (1 - A**2 * lam**4 * z))
s13, c12, c23, c13 = abs(s13d), np.sqrt(1 - s12**2), np.sqrt(1 - s23**2), np.sqrt(1 - abs(s13d)**2)
e = s13d / s13  # e^{i delta}
V = np.array([[c12 * c13, s12 * c13, s13 / e],
              [-s12 * c23 - c12 * s23 * s13 * e, c12 * c23 - s12 * s23 * s13 * e, s23 * c13],
              [s12 * s23 - c12 * c23 * s13 * e, -c12 * s23 - s12 * c23 * s13 * e, c23 * c13]])
lt = np.conj(V[2, 1]) * V[2, 0]
print("unitary", np.max(abs(V @ V.conj().T - np.eye(3))), " V_ts* V_td =", lt, " |V_ts V_tb| =", abs(V[2, 1] * V[2, 2]),
      " |V_td V_tb| =", abs(V[2, 0] * V[2, 2]))

# ---- 3. penguin: inclusive b -> s S from traces, against Chivukula, Manohar 1988 ----
mt, mb, ms = 172.69, 4.75, 0.0
xi = lambda ckm: 3 * np.sqrt(2) * GF * mt**2 * ckm / (16 * np.pi**2)
g5 = 1j * gamma[0] @ gamma[1] @ gamma[2] @ gamma[3]
PR, PL = (one + g5) / 2, (one - g5) / 2


def b_to_s(mS):
    k = p2body(mb, ms, mS)
    P, q = np.array([mb, 0, 0, 0]), np.array([np.hypot(k, ms), 0, 0, k])
    me2 = (xi(abs(V[2, 1] * V[2, 2])) * mb / v)**2 / 2 * np.trace(slash(q) @ PR @ (slash(P) + mb * one) @ PL).real
    return me2 * k / (8 * np.pi * mb * mb)


r = .3
ps = 1 - 8 * r**2 + 8 * r**6 - r**8 - 24 * r**4 * np.log(r)
cen = GF**2 * mb**5 * abs(V[1, 2])**2 / (192 * np.pi**3) * ps
cm = lambda mS: 27 * np.sqrt(2) * GF * mb**2 / (64 * np.pi**2) * (mt / mb)**4 * (1 - mS**2 / mb**2)**2 * \
    abs(V[2, 1] * V[2, 2] / V[1, 2])**2 / ps
print("b -> s S over b -> c e nu: traces", b_to_s(1.0) / cen, " Chivukula-Manohar", cm(1.0),
      " inclusive BR at m = 0, .105 x:", .105 * cm(0), "(FORESEE 5.6)")

# ---- 4. exclusive B ----
mB, tauB = 5.279, 1.638e-12
hbar = 6.582119569e-25


def two_body_helicity(M, m, mS, F, spin):
    """matrix element of sbar (1 + g5)/2 b m_b, squared and summed over the hadron's helicities by explicit vectors"""
    k = p2body(M, m, mS)
    E = np.hypot(k, m)
    q = np.array([M - E, 0, 0, -k])
    if spin == 0:
        return ((M * M - m * m) / 2 * F)**2
    x, y, l = np.array([0, 1, 0, 0.]), np.array([0, 0, 1, 0.]), np.array([k, 0, 0, E]) / m
    if spin == 1:  # 2 m A0 (eps.q)/2
        return sum((m * F * dot(a, q))**2 for a in (x, y, l))
    pol = [(np.outer(x, y) + np.outer(y, x)) / np.sqrt(2), (np.outer(x, x) - np.outer(y, y)) / np.sqrt(2),
           (np.outer(x, l) + np.outer(l, x)) / np.sqrt(2), (np.outer(y, l) + np.outer(l, y)) / np.sqrt(2),
           (2 * np.outer(l, l) - np.outer(x, x) - np.outer(y, y)) / np.sqrt(6)]
    P = np.array([M, 0, 0, 0])
    return sum((m * F / M * (q @ g @ a @ g @ P))**2 for a in pol)  # 2 m A0 eps_{mu nu} q^mu P^nu/M /2


def form(name, q2, m):
    x = q2 / mB**2
    c = lambda f, a, b: f / (1 - a * x + b * x * x)
    if name == "K": return .33 / (1 - q2 / 38)
    if name == "pi": return .258 / (1 - q2 / 38)
    if name == "K*": return 1.364 / (1 - x) - .99 / (1 - q2 / 36.8)
    if name == "K0*(700)": return c(.46, 1.6, 1.35) * (1 - q2 / (mB**2 - m * m))
    if name == "K0*(1430)": return c(.17, 4.4, 6.4) * (1 - q2 / (mB**2 - m * m))
    if name == "K2*(1430)": return c(.23, 1.23, .76) / (1 - x)
    th = -34 * np.pi / 180
    a, b = 1.31 * c(.22, 2.4, 1.78) / m, 1.34 * c(-.45, 1.34, .69) / m
    if name == "K1(1270)": return np.sin(th) * a + np.cos(th) * b
    if name == "K1(1400)": return np.cos(th) * a - np.sin(th) * b
    E = (mB**2 + m * m - q2) / (2 * mB)
    f = (.28, .22) if name == "K*(1410)" else (.24, .18)
    return ((1 - m * m / (mB * E)) * f[1] + m / mB * f[0]) / (1 - x)


# masses and widths (over those of B -> K S) of github JLTastet/scalar_portal, test/test_production.py, at 1 GeV
table = [("K", .496, 0, 1.889850436964034e-13), ("K*", .892, 1, 2.249565572911129e-13),
         ("K0*(700)", .824, 0, 3.447915392282109e-13), ("K0*(1430)", 1.425, 0, 4.930887800512882e-14),
         ("K1(1270)", 1.272, 1, 3.898188329844353e-13), ("K1(1400)", 1.403, 1, 5.405930157795572e-15),
         ("K*(1410)", 1.421, 1, 9.185209948881761e-14), ("K*(1680)", 1.718, 1, 5.722507299151126e-14),
         ("K2*(1430)", 1.426, 2, 1.3541563621011354e-13)]
base = None
print("B -> hadron S over B -> K S at 1 GeV: here, scalar_portal's tests, ratio")
for name, m, spin, ref in table:
    w = two_body_helicity(mB, m, 1.0, form(name, 1.0, m), spin) * p2body(mB, m, 1.0)
    base = base or (w, ref)
    print(f"  {name:10s} {w / base[0]:.8f} {ref / base[1]:.8f} {w / base[0] / (ref / base[1]):.6f}")
brs = {}
for name, m, spin, ref in table:
    A2 = (xi(abs(V[2, 1] * V[2, 2])) / v)**2 * two_body_helicity(mB, m, 1e-6, form(name, 0, m), spin)
    w = A2 * p2body(mB, m, 0) / (8 * np.pi * mB**2)
    brs[name] = w * tauB / hbar
print("  BR at m = 0:", {k: round(float(x), 4) for k, x in brs.items()}, " sum", sum(brs.values()),
      " at xi = 3.6e-4:", sum(brs.values()) * (3.6e-4 / xi(abs(V[2, 1] * V[2, 2])))**2, "(SensCalc 3.3096)")

# ---- 5. K ----
mK, mpi, mK0, mpi0 = .493677, .13957039, .497611, .1349768


def kaon(M, m, mS, ckm):
    f0 = .9698 / (1 - mS**2 / 1.252**2)
    return (xi(ckm) * (M * M - m * m) / 2 * f0 / v)**2 * p2body(M, m, mS) / (8 * np.pi * M * M)


# 1909.11670 eq. 5 as the public code dkgen has it: m_K^2 for (m_K^2 - m_pi^2) f0
eq5 = lambda mS: (3 * abs(lt) * mt**2 * mK**2 / (32 * np.pi**2 * v**3))**2 / (16 * np.pi * mK) * \
    2 * p2body(mK, mpi, mS) / mK
print("K+: BR at .1, .25:", kaon(mK, mpi, .1, abs(lt)) / 5.317e-17, kaon(mK, mpi, .25, abs(lt)) / 5.317e-17,
      " over eq. 5 at .1:", kaon(mK, mpi, .1, abs(lt)) / eq5(.1), " eq. 5 at 0:", eq5(0) / 5.317e-17)
print("K_L: BR at .1", kaon(mK0, mpi0, .1, abs(lt.real)) / 1.287e-17, " K_S", kaon(mK0, mpi0, .1, lt.imag) / 7.3508e-15)

# ---- 6. splitting p -> p* S on the light front ----
mprot = .93827208816


def split_light_front(mS, z, pt2):
    P, H = 1e3, pt2 + (1 - z) * mS**2 + z * z * mprot**2
    kt = np.array([np.sqrt(pt2) * .6, np.sqrt(pt2) * .8])

    def vec(plus, t, m2):
        minus = (m2 + t @ t) / plus
        return np.array([(plus + minus) / 2, t[0], t[1], (plus - minus) / 2])
    p, q = vec(P, np.zeros(2), mprot**2), vec((1 - z) * P, -kt, mprot**2)
    total = np.trace((slash(q) + mprot * one) @ (slash(p) + mprot * one)).real
    return total / 2 * z * (1 - z) / (16 * np.pi**2 * H**2)


def alpinist(mS, z, pt2):  # ALP_production/modes/bremsstrahlung.py, __wS without its form factors and coupling
    H = pt2 + z * z * mprot**2 + (1 - z) * mS**2
    return z / (8 * np.pi**2) * (1 + (1 - z) * (4 * mprot**2 - mS**2) / H) / (2 * H)


def boiarska(mS, z, pt2):  # ALP_production/modes/brems_functions.py, dP without the coupling
    return z / (8 * np.pi**2) * (mprot**2 * (2 - z)**2 + pt2) / (mprot**2 * z * z + mS**2 * (1 - z) + pt2)**2


print("splitting at (.5, .3, .2):", split_light_front(.5, .3, .2), alpinist(.5, .3, .2), boiarska(.5, .3, .2))


def ff(m):
    f0 = ((.28, .475, .55), (1.8, .98, .055), (-.99, 1.35, .35))
    return abs(sum(f * M * M / (M * M - m * m - 1j * M * G) for f, M, G in f0))


print("form factor at 1e-3, .3, .974, 1.2 GeV:", ff(1e-3), ff(.3), ff(.974020983), ff(1.2212165855856896),
      "(SensCalc's figure: -, 1.147, 29.23, 5.647)")

# ---- 7. running masses: the differential equation, four loops (Chetyrkin; Vermaseren, Larin, van Ritbergen 1997) ----
nf, z3, z4, z5 = 4, 1.2020569031595942, np.pi**4 / 90, 1.0369277551433699
b = [(11 - 2 * nf / 3) / 4, (102 - 38 * nf / 3) / 16, (2857 / 2 - 5033 * nf / 18 + 325 * nf**2 / 54) / 64,
     (29242.964 - 6946.2896 * nf + 405.08904 * nf**2 + 1.4993141 * nf**3) / 256]
c = [1, (202 / 3 - 20 * nf / 9) / 16, (1249 + (-2216 / 27 - 160 * z3 / 3) * nf - 140 * nf**2 / 81) / 64,
     (4603055 / 162 + 135680 * z3 / 27 - 8800 * z5 + (-91723 / 27 - 34192 * z3 / 9 + 880 * z4 + 18400 * z5 / 9) * nf
      + (5242 / 243 + 800 * z3 / 9 - 160 * z4 / 3) * nf**2 + (-332 / 243 + 64 * z3 / 27) * nf**3) / 256]
sol = solve_ivp(lambda t, y: [-y[0]**2 * sum(x * y[0]**i for i, x in enumerate(b)),
                              -y[1] * y[0] * sum(x * y[0]**i for i, x in enumerate(c))],
                (0, 2 * np.log(4 / 2)), [float(.30 / np.pi), 1], rtol=1e-12, atol=1e-14)
a0, a1, m1 = .30 / np.pi, sol.y[0][-1], sol.y[1][-1]
run = lambda x: (25 * x / 6)**(12 / 25) * (1 + 1.01413 * x + 1.38921 * x**2 + 1.09054 * x**3)
print("m(4)/m(2) from alpha_s(2) = .30: equation", m1, " series", run(a1) / run(a0))


# ---- 8. gluons: the loop from its Feynman parameters ----
def loop(M, m):
    f = lambda y, x: (1 - 4 * x * y) / (1 - x * y * M * M / m**2)
    return 3 * dblquad(f, 0, 1, 0, lambda x: 1 - x, epsrel=1e-10)[0]


print("loop of charm at 2 and 3 GeV:", loop(2, 1.67), loop(3, 1.67), " of top at 3:", loop(3, 172.69))

# ---- 9. pions at the lowest order, and Voloshin's form ----
def chiral(M, m, A):
    return A**2 * p2body(M, m, m) / (8 * np.pi * M * M)


M = .3
print("pi+ pi- at .3 GeV, lowest order:", chiral(M, mpi, (2 * M**2 + 11 * mpi**2) / (9 * v)),
      " (G_F M^3/(72 sqrt2 pi)) (1 + 11 m^2/(2 M^2))^2 beta 2/3:",
      2 / 3 * np.sqrt(2) * GF * M**3 / (216 * np.pi) * (1 + 5.5 * mpi**2 / M**2)**2 * np.sqrt(1 - 4 * mpi**2 / M**2))
