#!/usr/bin/env python3
"""Scattering of chi by a vector from the amplitudes: explicit spinors and numerical phase space, nothing of the library.
Prints what tests/unit/test_dark_scattering.c quotes. Couplings: g_D = sqrt(4 pi alpha_D) at chi, eps e at the target.
Run: python3 tests/derive/dark_scattering.py"""
import numpy as np
from numpy.polynomial.legendre import leggauss

alpha, hbarc2, hbarc = 7.2973525643e-3, 0.3893793721e-27, 0.1973269804
me, mp, mn = 0.51099895e-3, 0.93827208816, 0.93956542052
g = np.diag([1.0, -1, -1, -1])
s0, sig = np.eye(2), [np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.array([[1, 0], [0, -1]])]
gamma = [np.kron(np.diag([1, -1]), s0)] + [np.block([[np.zeros((2, 2)), s], [-s, np.zeros((2, 2))]]) for s in sig]
x200, w200 = leggauss(200)


def dot(a, b):
    return a @ g @ b


def spinors(p, m, anti=False):
    e, ps = p[0] + m, sum(p[i + 1] * sig[i] for i in range(3))
    out = []
    for xi in np.eye(2):
        big, small = np.sqrt(e) * xi, ps @ xi / np.sqrt(e)
        out.append(np.concatenate([small, big] if anti else [big, small]))
    return out


def bar(u):
    return u.conj() @ gamma[0]


def current_dirac(p, m, q, M, anti=False):
    """[spin in, spin out, mu]: ubar(q) gamma^mu u(p), or ubar(q) gamma^mu v(p)"""
    return np.array([[[bar(b) @ G @ a for G in gamma] for b in spinors(q, M)] for a in spinors(p, m, anti)])


def current_scalar(p, q):
    return (p + q)[None, None, :].astype(complex)


def current_nucleon(p, q, m, F1, F2):
    k = g @ (q - p)
    V = [F1 * gamma[u] - F2 / (2 * m) * sum((gamma[u] @ gamma[v] - gamma[v] @ gamma[u]) / 2 * k[v] for v in range(4))
         for u in range(4)]  # i sigma^{uv} = -[gamma^u, gamma^v]/2
    return np.array([[[bar(b) @ G @ a for G in V] for b in spinors(q, m)] for a in spinors(p, m)])


def squared(J, H):
    """|J.H|^2 summed over all spins, averaged over the incoming ones"""
    M = np.einsum("abm,mn,cdn->abcd", J, g, H)
    return np.sum(np.abs(M)**2) / (J.shape[0] * H.shape[0])


def chi(kind, p, m1, q, m2):
    return current_scalar(p, q) if kind == "scalar" else current_dirac(p, m1, q, m2)


def lam(a, b, c):
    return a * a + b * b + c * c - 2 * (a * b + b * c + c * a)


def scatter(E, m1, m2, mt, q2, phi=0.3):
    """lab momenta k, p -> k2, p2 for a target at rest, of mass mt before and after, at Q2 = q2"""
    T = q2 / (2 * mt)
    k = np.array([E, 0, 0, np.sqrt(E * E - m1 * m1)])
    e2 = E - T
    P = np.sqrt(T * (T + 2 * mt))
    k2 = np.sqrt(e2 * e2 - m2 * m2)
    c = (k[3]**2 + P * P - k2 * k2) / (2 * k[3] * P)
    s = np.sqrt(1 - c * c)
    p2 = np.array([mt + T, P * s * np.cos(phi), P * s * np.sin(phi), P * c])
    p = np.array([mt, 0, 0, 0.])
    return k, p, k + p - p2, p2


def q2_range(E, m1, m2, mt):
    s = mt * mt + m1 * m1 + 2 * mt * E
    e, a, b = (s + m1 * m1 - mt * mt), np.sqrt(lam(s, m1 * m1, mt * mt)), np.sqrt(lam(s, m2 * m2, mt * mt))
    e2 = s + m2 * m2 - mt * mt
    far = (e * e2 + a * b) / (2 * s) - m1 * m1 - m2 * m2
    return (m2 * m2 - m1 * m1)**2 * mt * mt / s / far, far  # the product of both ends is exact


def form(q2, neutron):  # J. J. Kelly, Phys. Rev. C 70 (2004) 068202
    t = q2 / (mn + mp)**2  # the paper does not say which nucleon's mass: the mean

    def r(a, b):
        return (1 + a * t) / (1 + b[0] * t + b[1] * t**2 + b[2] * t**3)
    if neutron:
        ge, gm = 1.70 * t / (1 + 3.30 * t) / (1 + q2 / .71)**2, -1.91304276 * r(2.33, (14.72, 24.20, 84.1))
    else:
        ge, gm = r(-.24, (10.98, 12.82, 21.97)), 2.7928473446 * r(.12, (10.97, 18.86, 6.55))
    t = q2 / (4 * (mn if neutron else mp)**2)
    return ge, gm, (ge + t * gm) / (1 + t), (gm - ge) / (1 + t)


def helm(q2, A):
    q = np.sqrt(q2) / hbarc
    R = np.sqrt((1.23 * A**(1 / 3) - .6)**2 + 7 / 3 * np.pi**2 * .52**2 - 5 * .9**2)
    y = q * R
    return 3 * (np.sin(y) - y * np.cos(y)) / y**3 * np.exp(-(q * .9)**2 / 2) if y > 1e-3 else 1 - y * y / 10


def me2(kind, target, E, m1, m2, mV, q2, M=None, Z=1, A=1, phi=0.3):
    """over (g_D eps e)^2"""
    mt = {"e": me, "p": mp, "n": mn}.get(target, M)
    k, p, k2, p2 = scatter(E, m1, m2, mt, q2, phi)
    if target == "e":
        H = current_dirac(p, me, p2, me)
    elif target in "pn":
        H = current_nucleon(p, p2, mt, *form(q2, target == "n")[2:])
    else:
        H = Z * helm(q2, A) * current_scalar(p, p2)
    return squared(chi(kind, k, m1, k2, m2), H) / (q2 + mV * mV)**2


def dsigma_dq2(kind, target, E, m1, m2, mV, q2, **kw):
    """cm2/GeV2 over eps^2 alpha_D"""
    mt = {"e": me, "p": mp, "n": mn}.get(target, kw.get("M"))
    return ((4 * np.pi)**2 * alpha * me2(kind, target, E, m1, m2, mV, q2, **kw)
            / (64 * np.pi * mt * mt * (E * E - m1 * m1)) * hbarc2)


def sigma(kind, target, E, m1, m2, mV, tmin=0, tmax=np.inf, **kw):
    mt = {"e": me, "p": mp, "n": mn}.get(target, kw.get("M"))
    lo, hi = q2_range(E, m1, m2, mt)
    lo, hi = max(lo, 2 * mt * tmin), min(hi, 2 * mt * tmax)
    if not hi > lo:
        return 0.
    a, b = 1 / (hi + mV * mV), 1 / (lo + mV * mV)  # q2 = 1/y - mV^2 flattens the propagator
    y = a + (b - a) * (x200 + 1) / 2
    return sum(w / 2 * (b - a) / v**2 * dsigma_dq2(kind, target, E, m1, m2, mV, 1 / v - mV * mV, **kw)
               for v, w in zip(y, w200))


# ---- inclusive targets: W^{mu nu} = W1 (-g + qq/q2) + W2/M^2 P P, P = p - q (p.q)/q2 (any textbook of deep inelastic scattering)
def inclusive(kind, E, m1, m2, M, q2, W, W1, W2):
    """L.W of chi on a nucleon at rest, into hadronic mass W"""
    nu = (W * W - M * M + q2) / (2 * M)
    k = np.array([E, 0, 0, np.sqrt(E * E - m1 * m1)])
    e2 = E - nu
    kk = np.sqrt(e2 * e2 - m2 * m2)
    c = (2 * E * e2 - m1 * m1 - m2 * m2 - q2) / (2 * k[3] * kk)
    k2 = np.array([e2, kk * np.sqrt(1 - c * c), 0, kk * c])
    q, p = k - k2, np.array([M, 0, 0, 0.])
    P = p - q * dot(p, q) / dot(q, q)
    H = W1 * (-g + np.outer(q, q) / dot(q, q)) + W2 / M**2 * np.outer(P, P)
    J = chi(kind, k, m1, k2, m2)
    L = np.einsum("abm,abn->mn", J, J.conj()) / J.shape[0]
    return np.einsum("mn,ma,nb,ab->", L, g, g, H).real


def cross_inclusive(kind, E, m1, m2, mV, M, q2, W, W1, W2):
    """d2sigma/dq2 dW2 [1/GeV^6] over the squared couplings. Normalisation: dsigma = |M|^2/(4 M k) d3k2/((2 pi)^3 2 E2) with |M|^2 =
    4 pi M L.W/(q2 + mV^2)^2, and d3k2/E2 = pi dq2 dW2/(2 M k)"""
    k = np.sqrt(E * E - m1 * m1)
    return (4 * np.pi * M * inclusive(kind, E, m1, m2, M, q2, W, W1, W2) / (q2 + mV * mV)**2 / (4 * M * k)
            / (16 * np.pi**3) * np.pi / (2 * M * k))


def width_chi2(m1, m2, mV, alphaD, eps, n=60):
    """chi2 -> chi1 e+ e-, V far off its shell: numerically over the Dalitz plot"""
    x, w = leggauss(n)
    lo, hi = 4 * me * me, (m2 - m1)**2
    total = 0
    for a, wa in zip(x, w):
        r = np.sin(np.pi / 4 * (a + 1))**2  # smooth at both ends
        s, js = lo + (hi - lo) * r, (hi - lo) * np.pi / 2 * np.sin(np.pi / 2 * (a + 1)) / 2
        ps, pe = np.sqrt(lam(m2**2, m1**2, s)) / (2 * m2), np.sqrt(s / 4 - me * me)
        for c, wc in zip(*leggauss(6)):  # a polynomial of second degree in the cosine
            k = np.array([m2, 0, 0, 0.])
            k2 = np.array([np.sqrt(ps * ps + m1 * m1), 0, 0, -ps])
            G, B = (m2 - k2[0]) / np.sqrt(s), ps / np.sqrt(s)
            e, z, t = np.sqrt(s) / 2, pe * c, pe * np.sqrt(1 - c * c)
            ep = np.array([G * e + B * z, t, 0, G * z + B * e])
            em = k - k2 - ep
            H = np.array([[[bar(u) @ GG @ v for GG in gamma] for u in spinors(em, me)]
                          for v in spinors(ep, me, True)])
            M = np.einsum("abm,mn,cdn->abcd", current_dirac(k, m2, k2, m1), g, H)
            sq = np.sum(np.abs(M)**2) / 2 / (s - mV * mV)**2
            # dPhi3 = ds/(2 pi) x p/(4 pi m2) x pe/(4 pi sqrt s) x dcos/2
            total += wa * wc * js * sq * ps / (4 * np.pi * m2) * pe / (4 * np.pi * np.sqrt(s)) / 2 / (2 * np.pi)
    return (4 * np.pi)**2 * alpha * alphaD * eps**2 * total / (2 * m2)


def sigma_t(q2, W):
    """gamma* N -> Delta [1/GeV2]: RPP helicity amplitudes; M1+ of MAID2007 (0710.0306; the program itself as in GiBUU's
    helicityAmplitudes): (1 + .0095 Q2) exp(-.23 Q2) G_D k/k_W; width of p-wave pi N, barrier .5 GeV"""
    M, m0, G0, mpi = (mp + mn) / 2, 1.232, .117, .13957039

    def k2(w):
        return lam(w * w, M * M, mpi * mpi) / (4 * w * w)
    G = G0 * (k2(W) / k2(m0))**1.5 * m0 / W * (.25 + k2(m0)) / (.25 + k2(W)) if W > M + mpi else 0
    peak = 2 * M / (m0 * G0) * (.135**2 + .255**2)
    k0, kq = (m0**2 - M * M) / (2 * m0), ((m0**2 - M * M - q2) / (2 * m0))**2 + q2
    ff = (1 + .0095 * q2) * np.exp(-.23 * q2) / (1 + q2 / .71)**2 * np.sqrt(kq) / k0
    return peak * ff**2 * m0**2 * G0 * G / ((W * W - m0**2)**2 + (m0 * G)**2)


def sigma_inclusive(kind, E, m, mV, lo, hi, q2min, W1W2, n=100):
    """[1/GeV2] over the squared couplings, lo < W < hi, Q2 > q2min"""
    s = mp**2 + m * m + 2 * mp * E
    hi, tot = min(hi, np.sqrt(s) - m), 0
    for a, wa in zip(*leggauss(n)):
        W = np.sqrt(lo * lo + (hi * hi - lo * lo) * (a + 1) / 2)
        root = np.sqrt(lam(s, m * m, mp**2) * lam(s, m * m, W * W))
        far = -(2 * m * m - ((s + m * m - mp**2) * (s + m * m - W * W) + root) / (2 * s))
        near = max(q2min, m * m * (W * W - mp**2)**2 / s / far)  # the product of both ends is exact
        if not far > near:
            continue
        c, b = np.log(near + mV * mV), np.log(far + mV * mV)
        for x, wb in zip(*leggauss(n)):
            pole = np.exp(c + (b - c) * (x + 1) / 2)
            q2 = pole - mV * mV
            tot += (wa * wb * (hi * hi - lo * lo) / 2 * pole * (b - c) / 2
                    * cross_inclusive(kind, E, m, m, mV, mp, q2, W, *W1W2(q2, W)))
    return tot


def callan_gross(q2, W):  # F2 = Q2/(Q2 + 1 GeV2) = 2 x F1
    nu, F2 = (W * W - mp * mp + q2) / (2 * mp), q2 / (q2 + 1)
    return F2 / (q2 / (mp * nu)) / mp, F2 / nu


def delta(q2, W):
    K, nu = (W * W - mp * mp) / (2 * mp), (W * W - mp * mp + q2) / (2 * mp)
    W1 = K * sigma_t(q2, W) / (4 * np.pi**2 * alpha)
    return W1, W1 * q2 / (q2 + nu * nu)


def header(t):
    print("\n" + t)


if __name__ == "__main__":
    header("1. chi e -> chi e, dsigma/dT [cm2/GeV] and sigma(T > 30 MeV) [cm2] over eps^2 alpha_D")
    for kind in ("dirac", "scalar"):
        for E, m, mV in ((5, .03, .09), (1, .2, .05), (50, .5, 2.), (.3, .01, 1e-3), (100, 2., .3)):
            tmax = q2_range(E, m, m, me)[1] / (2 * me)
            T = .4 * tmax
            print(f"  {kind:6s} E {E} m {m} mV {mV}: T {T:.8g}  {2 * me * dsigma_dq2(kind, 'e', E, m, m, mV, 2 * me * T):.8e}"
                  f"  total {sigma(kind, 'e', E, m, m, mV, .1 * tmax):.8e} (T > {.1 * tmax:.8g})")
    for kind in ("dirac", "scalar"):
        print(f"  {kind}: (5, .03, .09), T > 30 MeV, eps 1e-3, alpha_D .5:", 5e-7 * sigma(kind, "e", 5, .03, .03, .09, .03))
    header("2. nucleons, dsigma/dQ2 [cm2/GeV2] over eps^2 alpha_D, and |M|^2 over (g_D eps e)^2")
    for target in "pn":
        for kind in ("dirac", "scalar"):
            for E, m, mV, q2 in ((2, .03, .09, .1), (.5, .2, .5, .2), (20, 1., .05, 3.)):
                print(f"  {kind:6s} {target} E {E} m {m} mV {mV} Q2 {q2}: {dsigma_dq2(kind, target, E, m, m, mV, q2):.8e}"
                      f"  {me2(kind, target, E, m, m, mV, q2):.8e}")
    header("3. argon as a whole (A 40, Z 18, mass 37.2247), the same")
    for kind in ("dirac", "scalar"):
        for E, m, mV, q2 in ((.05, .01, .03, 1e-3), (1, .03, .09, .01), (10, .5, .2, .05)):
            kw = {"M": 37.2247, "Z": 18, "A": 40}
            print(f"  {kind:6s} E {E} m {m} mV {mV} Q2 {q2}: {dsigma_dq2(kind, 'A', E, m, m, mV, q2, **kw):.8e}"
                  f"  {me2(kind, 'A', E, m, m, mV, q2, **kw):.8e}")
    header("4. chi1 -> chi2, |M|^2 over (g_D eps e)^2; totals [cm2] over eps^2 alpha_D")
    for target, E, m1, m2, mV, share in (("e", 5, .03, .04, .09, .5), ("e", 20, .01, .02, .3, .2), ("p", 2, .03, .06, .09, .3),
                                         ("p", 1, .2, .35, .5, .6), ("n", 10, .5, 1., .3, .1)):
        mt = {"e": me, "p": mp, "n": mn}[target]
        lo, hi = q2_range(E, m1, m2, mt)
        q2 = lo + share * (hi - lo)
        print(f"  {target} E {E} {m1} -> {m2} mV {mV} Q2 {q2:.10g}: {me2('dirac', target, E, m1, m2, mV, q2):.8e}"
              f"  total {sigma('dirac', target, E, m1, m2, mV):.8e}")
    header("5. chi2 -> chi1 e+ e- [GeV] at eps 1e-3, alpha_D .5")
    for m1, m2, mV in ((.03, .04, .09), (.03, .05, .09), (.2, .3, .5), (1., 1.02, 3.), (.03, .0325, .09)):
        d = m2 - m1
        w = width_chi2(m1, m2, mV, .5, 1e-3)
        print(f"  {m1} {m2} {mV}: {w:.8e}, over 4 eps^2 alpha alpha_D d^5/(15 pi mV^4): "
              f"{w / (4e-6 * alpha * .5 * d**5 / (15 * np.pi * mV**4)):.5f}")
    header("6. Hand flux: d2sigma/dE'dOmega of electrons over Gamma_T sigma_T, W1 = K sigma_T/(4 pi^2 alpha), W2 = W1 Q2/(Q2 + nu^2)")
    m = 1e-6
    for E, q2, W in ((2, .3, 1.232), (5, 1., 1.4), (.8, .05, 1.2)):
        K, nu = (W * W - mp * mp) / (2 * mp), (W * W - mp * mp + q2) / (2 * mp)
        W1 = K / (4 * np.pi**2 * alpha)
        # d/dE'dOmega = (E E'/pi) 2 M d/dq2 dW2
        e2 = E - nu
        d = cross_inclusive("dirac", E, m, m, 0, mp, q2, W, W1, W1 * q2 / (q2 + nu * nu)) * E * e2 / np.pi * 2 * mp
        d *= (4 * np.pi * alpha)**2
        t2 = q2 / (4 * E * e2)
        t2 = t2 / (1 - t2)
        eps = 1 / (1 + 2 * (1 + nu * nu / q2) * t2)
        flux = alpha / (2 * np.pi**2) * e2 / E * K / q2 / (1 - eps)
        print(f"  E {E} Q2 {q2} W {W}: {d / flux:.10f}")
    header("7. DIS: d2sigma/dx dy over (2 pi alpha^2 s/Q^4) F2 [1 + (1-y)^2] (Dirac) and 2(1-y) (scalar), Callan-Gross, massless")
    for kind, shape in (("dirac", lambda y: 1 + (1 - y)**2), ("scalar", lambda y: 2 * (1 - y))):
        for E, x, y in ((100, .3, .5), (100, .1, .2), (1000, .05, .9)):
            s = 2 * mp * E
            q2, nu = x * y * s, y * E
            W = np.sqrt(mp * mp + 2 * mp * nu - q2)
            # F2 = nu W2 = 1, F1 = M W1 = F2/(2x); jacobian dq2 dW2 = s x 2 M E y dx dy ... = 2 M nu s dx dy / 1
            d = cross_inclusive(kind, E, m, m, 0, mp, q2, W, 1 / (2 * x) / mp, 1 / nu) * (4 * np.pi * alpha)**2
            d *= 2 * mp * nu * s  # |d(q2, W2)/d(x, y)|
            print(f"  {kind:6s} E {E} x {x} y {y}: {d / (2 * np.pi * alpha**2 * s / q2**2 * shape(y)):.8f}")
    print("   sigma(Q2 > 2, 2 < W < 10 GeV) [cm2] over (coupling2), F2 = Q2/(Q2 + 1 GeV2), 2xF1 = F2, massive vector and chi:")
    for kind, E, m, mV in (("dirac", 100, .03, .09), ("scalar", 100, .03, .09), ("dirac", 60, 2., 3.), ("scalar", 60, 2., 3.)):
        tot = [hbarc2 * sigma_inclusive(kind, E, m, mV, 2, 10, cut, callan_gross) for cut in (2, 0)]
        print(f"  {kind:6s} E {E} m {m} mV {mV}: {tot[0]:.7e}, without the limit on Q2 {tot[1]:.7e}")
    header("6b. chi p -> chi Delta, 1.07 < W < 1.7 GeV [cm2] over eps^2 alpha_D; sigma_T(0, 1.232) "
           f"{sigma_t(0, 1.232) * hbarc2 * 1e30:.3f} ub, sigma_T(1, 1.3) {sigma_t(1, 1.3):.8e} /GeV2")
    for kind, E, m, mV in (("dirac", 2, .03, .09), ("scalar", 2, .03, .09), ("dirac", 20, .5, 1.)):
        f = (4 * np.pi)**2 * alpha * hbarc2
        print(f"  {kind:6s} E {E} m {m} mV {mV}: {f * sigma_inclusive(kind, E, m, mV, 1.07, 1.7, 0, delta, 160):.7e}")
    header("8. pi- p -> n V at rest over pi- p -> n gamma: J = sigma (s-wave, E1), J0 from k.J = omega J0")
    mm, M = mp + .13957039, mn
    for mV in (1e-6, .03, .09, .12):
        w = (mm * mm + mV * mV - M * M) / (2 * mm)
        k, k0 = np.sqrt(w * w - mV * mV), (mm * mm - M * M) / (2 * mm)
        J = np.zeros((4, 2, 2), complex)
        for i in range(3):
            J[i + 1] = sig[i]
        J[0] = k * sig[2] / w  # momentum along z
        rest = np.diag([1, -1, -1, -1.])
        tot = -sum(rest[i, i] * np.trace(J[i].conj().T @ J[i]).real for i in range(4)) / 2
        print(f"  mV {mV}: {tot / 2 * k / k0:.8f}; (2 + mV^2/omega^2)/2 k/k0 = {(2 + mV**2 / w**2) / 2 * k / k0:.8f}")
    header("9. millicharge: photon exchange, sigma(T > cut) [cm2] over eps^2")
    for E, m, cut in ((5, .1, 1e-3), (50, .01, 1e-6), (.5, .2, 1e-3), (2, .03, .03)):
        print(f"  E {E} m {m} T > {cut}: {alpha * sigma('dirac', 'e', E, m, m, 1e-9, cut):.8e}")
