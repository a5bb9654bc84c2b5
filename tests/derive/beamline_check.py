#!/usr/bin/env python3
"""nu_mu at MiniBooNE from the published formulas alone: no code of the program.

Protons of 8.89 GeV/c on a thin beryllium rod -> pi+ (Sanford-Wang), K+ (Feynman scaling; arXiv:0806.1449), K_S and K_L
(Sanford-Wang) -> the field of the horn (fourth-order Runge-Kutta) -> straight flight in vacuum -> decays. K -> pi are
followed to the pion's decay, without the field. No interaction, scattering or loss of any secondary, no decays in walls.
The program does the same when its matter is taken out:

    sed of data/sources/bnb.yaml: target density 0.01 g/cm3; sleeve, horn and gas of vacuum; no absorber;
    generations: 0, protons: 2e6
    bsmnu flux card.yaml --json, detector [0 m, 1.896 m, 541.34 m]

    python3 tests/derive/beamline_check.py [flux.json of that run]      needs numpy; 2e5 mesons: 1 %, two minutes
"""
import json
import sys
import numpy as np

rng = np.random.default_rng(5)
N, DECAYS = 200_000, 12
C = 0.299792458
MPI, MK, MMU, MP = 0.13957039, 0.493677, 0.1056583755, 0.93827209
MK0, CTAU_PI, CTAU_K, CTAU_KS, CTAU_KL = 0.497611, 7.8045, 3.7113, 0.026844, 15.34
PB = np.sqrt(8.0 * (8.0 + 2 * MP))
DETECTOR = np.array([0, 1.896, 541.34])
PRODUCTION = 177.7                                      # mb, p + Be
DENSITY, LENGTH, Z0 = 0.01, 0.7112, 0.0349              # g/cm3, m
HITS = -np.expm1(-100 * LENGTH * DENSITY / 9.0122 * 6.02214e23 * PRODUCTION * 1e-27)

SW = {"pi+": (220.7, 1.080, 1.000, 1.978, 1.32, 5.572, .08678, 9.686, 1.), "K0": (15.13, 1.975, 4.084, .9277, .7306, 4.362, .04789, 13.3, 1.278)}


def sanford_wang(c, p, th):
    f = c[0] * p ** c[1] * (1 - p / (PB - c[8])) * np.exp(-c[2] * p ** c[3] / PB ** c[4] - c[5] * th * (p - c[6] * PB * np.cos(th) ** c[7]))
    return np.where(p < PB - c[8], f, 0)


def feynman(p, th):
    c1, c2, c3, c4, c5, c6, c7 = 11.70, .88, 4.77, 1.51, 2.21, 2.17, 1.51
    E, pT = np.hypot(p, MK), p * np.sin(th)
    s = 2 * MP * (MP + np.hypot(PB, MP))
    g, bg = (np.hypot(PB, MP) + MP) / np.sqrt(s), PB / np.sqrt(s)
    emax = (s + MK * MK - 2.054 ** 2) / (2 * np.sqrt(s))
    x = np.abs((g * p * np.cos(th) - bg * E) / np.sqrt(emax ** 2 - MK * MK))
    f = p * p / E * c1 * np.exp(-c3 * x ** c4 - c7 * (pT * x) ** c6 - c2 * pT - c5 * pT * pT)
    return np.where(x < 1, f, 0)


Z = np.array([35, 86, 655, 800, 877, 1000, 1106, 1304, 1606, 1664, 1731.5, 1768.5, 1792.6, 1800]) / 1e3
R = np.array([70, 22, 22, 22, 33, 50.4, 65.4, 65.4, 22, 24, 41, 71.7, 113.5, 159.5]) / 1e3
SKIN, K = 0.0014, 2e-7 * 174e3


def field(x):
    r, b = np.hypot(x[:, 0], x[:, 1]) + 1e-12, np.interp(x[:, 2], Z, R)
    def primitive(q):
        return (q - SKIN) * np.exp((q - b) / SKIN)
    lo = primitive(b - 0.003)
    share = np.clip((primitive(np.clip(r, b - 0.003, b)) - lo) / (primitive(b) - lo), 0, 1)
    k = K * share / r ** 2 * ((x[:, 2] > Z[0]) & (x[:, 2] < Z[-1]) & (r < 0.3))
    return -k * x[:, 1], k * x[:, 0]


def through_horn(x, d, p, q=1, h=0.004):
    """Positions along the track every step of the time in the horn; the end stands behind it."""
    steps = 0
    live = np.ones(len(p), bool)
    s = np.zeros(len(p))
    while live.any() and steps < 750:
        i = np.flatnonzero(live)
        X, D = x[i], d[i]
        P = p[i]

        def slope(x, d):
            bx, by = field(x)
            f = C * q / P
            return d, np.stack([-f * d[:, 2] * by, f * d[:, 2] * bx, f * (d[:, 0] * by - d[:, 1] * bx)], 1)
        a, A = slope(X, D)
        b, B = slope(X + h / 2 * a, D + h / 2 * A)
        c, CC = slope(X + h / 2 * b, D + h / 2 * B)
        e, E = slope(X + h * c, D + h * CC)
        x[i] = X + h / 6 * (a + 2 * b + 2 * c + e)
        d[i] = D + h / 6 * (A + 2 * B + 2 * CC + E)
        s[i] += h
        steps += 1
        live[i] = (x[i, 2] < Z[-1]) & (x[i, 2] > -0.5) & (np.abs(x[i, 0]) < 0.685) & (np.abs(x[i, 1]) < 1.015)
    return s


def open_length(x, d):
    """Length of the straight line from x along d inside chase, collimator and pipe, which end at z = 50.26 m."""
    end = np.full(len(x), np.inf)
    z = np.minimum(x[:, 2], 50.26)
    done = np.zeros(len(x), bool)
    length = np.zeros(len(x))
    with np.errstate(divide="ignore", invalid="ignore"):
        for z0, z1, kind, r0, r1 in ((-0.5, 3.07, "box", 0, 0), (3.07, 5.204, "cone", .300, .355), (5.204, 50.26, "cone", .9144, .9144)):
            here = ~done & (z < z1)
            t = np.where(here, np.maximum((z0 - x[:, 2]) / d[:, 2], 0), 0)          # where it enters the section
            te = (z1 - x[:, 2]) / d[:, 2]
            y = x + t[:, None] * d
            if kind == "box":
                out = (np.abs(y[:, 0]) > .685) | (np.abs(y[:, 1]) > 1.015)
                tx = (np.sign(d[:, 0]) * .685 - x[:, 0]) / d[:, 0]
                ty = (np.sign(d[:, 1]) * 1.015 - x[:, 1]) / d[:, 1]
                th = np.minimum(tx, ty)
            else:
                k = (r1 - r0) / (z1 - z0)
                ry = r0 + k * (y[:, 2] - z0)
                out = np.hypot(y[:, 0], y[:, 1]) > ry
                a = d[:, 0] ** 2 + d[:, 1] ** 2 - (k * d[:, 2]) ** 2
                b = y[:, 0] * d[:, 0] + y[:, 1] * d[:, 1] - ry * k * d[:, 2]
                c = y[:, 0] ** 2 + y[:, 1] ** 2 - ry ** 2
                disc = np.sqrt(np.maximum(b * b - a * c, 0))
                root = np.where(a > 0, (disc - b) / a, np.where(b > 0, -c / (b + disc), np.inf))
                th = t + root
            stop = here & (out | (th < te))
            length = np.where(here, np.where(out, t, np.minimum(th, te)), length)
            done |= stop
    return np.where(d[:, 2] > 0, length, 0)


def flux(w, x, d, p, M, m2, E, hist):
    """Adds the neutrinos of M -> m2 nu at x to the histogram, per m2 at the detector."""
    e = (M * M - m2 * m2) / (2 * M)
    g, b = np.hypot(p, M) / M, p / np.hypot(p, M)
    v = DETECTOR - x
    L2 = (v * v).sum(1)
    c = (v * d).sum(1) / np.sqrt(L2)
    boost = 1 / (g * (1 - b * c))
    hist += np.histogram(e * boost, E, weights=w * boost ** 2 / (4 * np.pi * L2))[0]


def decays(w, x, d, p, M, ctau):
    """DECAYS points of decay for each straight track, with weights."""
    L = open_length(x, d)
    lam = p / M * ctau
    inside = -np.expm1(-L / lam)
    for _ in range(DECAYS):
        s = -lam * np.log1p(-rng.random(len(p)) * inside)
        yield w * inside / DECAYS, x + s[:, None] * d


def beam_and_meson(density, pmin, pmax):
    n1, n2 = rng.standard_normal((2, N))
    z = Z0 + LENGTH * rng.random(N)
    dz = z - 0.02
    x = np.stack([1.51e-3 * n1 - .66e-3 * n1 * dz, .75e-3 * n2 - .40e-3 * n2 * dz, z], 1)
    lp = np.log(pmax / pmin)
    p = pmin * np.exp(lp * rng.random(N))
    top = np.minimum(1.4, 2.0 / p)
    u = rng.random(N)
    th = top * u ** 1.5
    w = HITS / PRODUCTION * density(p, th) * 2 * np.pi * np.sin(th) * p * lp * top * 1.5 * np.sqrt(u) / N
    w *= np.hypot(x[:, 0], x[:, 1]) < 4.7625e-3
    f = 2 * np.pi * rng.random(N)
    a, b = -.66e-3 * n1, -.40e-3 * n2                  # the proton's slopes; small
    d = np.stack([np.sin(th) * np.cos(f) + a * np.cos(th), np.sin(th) * np.sin(f) + b * np.cos(th), np.cos(th)], 1)
    return w, x, d / np.linalg.norm(d, axis=1)[:, None], p


def two_body(p, d, M, m1, m2):
    """Momentum and direction of m1 of a decay at rest that is isotropic."""
    k = np.sqrt((M * M - (m1 + m2) ** 2) * (M * M - (m1 - m2) ** 2)) / (2 * M)
    c, f = 2 * rng.random(len(p)) - 1, 2 * np.pi * rng.random(len(p))
    s = np.sqrt(1 - c * c)
    q = np.stack([k * s * np.cos(f), k * s * np.sin(f), k * c], 1)
    e, E = np.hypot(k, m1), np.hypot(p, M)
    par = (q * d).sum(1)
    out = q + ((E / M - 1) * par + p / M * e)[:, None] * d
    P = np.linalg.norm(out, axis=1)
    return P, out / P[:, None]


if __name__ == "__main__":
    E = np.linspace(0, 5, 101)
    hist = {k: np.zeros(100) for k in ("pi+", "K+", "K -> pi+")}
    w, x, d, p = beam_and_meson(lambda p, t: sanford_wang(SW["pi+"], p, t), 0.1, 7.88)
    x0, d0 = x.copy(), d.copy()
    s = through_horn(x, d, p)
    w1 = w * np.exp(-s / (p / MPI * CTAU_PI))
    for v, y in decays(w1, x, d, p, MPI, CTAU_PI):
        flux(0.99988 * v, y, d, p, MPI, MMU, E, hist["pi+"])
    flux(0.99988 * (w - w1), 0.5 * (x0 + x), d, p, MPI, MMU, E, hist["pi+"])      # decays in the horn: half way
    w, x, d, p = beam_and_meson(feynman, 0.15, 7.2)
    s = through_horn(x, d, p)
    w1 = w * np.exp(-s / (p / MK * CTAU_K))
    kaons = list(decays(w1, x, d, p, MK, CTAU_K))
    kaons.append((w - w1, x - 0.5 * s[:, None] * d))
    for v, y in kaons:
        flux(0.6356 * v, y, d, p, MK, MMU, E, hist["K+"])
    for v, y in kaons[::4]:                                                        # pi+ pi0, and 3 pi as if of two bodies
        P, D = two_body(p, d, MK, MPI, 0.135)
        scale = 0.2067 * (len(kaons) / len(kaons[::4]))
        for vv, yy in decays(v * scale, y, D, P, MPI, CTAU_PI):
            flux(0.99988 * vv, yy, D, P, MPI, MMU, E, hist["K -> pi+"])
        for m, share in ((2 * MPI, 2 * 0.0558), (2 * 0.135, 0.0176)):
            P, D = two_body(p, d, MK, MPI, m + 0.02)
            for vv, yy in decays(v * share * scale / 0.2067, y, D, P, MPI, CTAU_PI):
                flux(0.99988 * vv, yy, D, P, MPI, MMU, E, hist["K -> pi+"])
    w, x, d, p = beam_and_meson(lambda p, t: sanford_wang(SW["K0"], p, t), 0.15, 7.6)
    lam = p / MK0 * CTAU_KS
    y = x - (lam * np.log(rng.random(N)))[:, None] * d
    P, D = two_body(p, d, MK0, MPI, MPI)
    s = through_horn(y, D, P)
    w1 = 0.692 * w * np.exp(-s / (P / MPI * CTAU_PI)) * (y[:, 2] < 50)
    for vv, yy in decays(w1, y, D, P, MPI, CTAU_PI):
        flux(0.99988 * vv, yy, D, P, MPI, MMU, E, hist["K -> pi+"])
    total = sum(hist.values())
    print("per m2 and interaction:", {k: float("%.4g" % (v.sum() / HITS)) for k, v in hist.items()}, "all %.4g" % (total.sum() / HITS))
    print("per m2 and POT: %.4g; mean E %.3f" % (total.sum(), (total * (E[1:] + E[:-1])).sum() / 2 / total.sum()))
    if len(sys.argv) > 1:
        with open(sys.argv[1]) as f:
            run = json.load(f)
        def find(o):
            if isinstance(o, dict):
                if o.get("name") == "nu_mu":
                    return o
                o = list(o.values())
            for v in o if isinstance(o, list) else []:
                r = find(v)
                if r:
                    return r
        numu = find(run)
        theirs, width = np.array(numu["flux"]), E[1] - E[0]
        if abs(theirs.sum() * width / numu["total_per_m2_POT"] - 1) > 0.1:
            width = numu["total_per_m2_POT"] / theirs.sum()
        theirs = theirs * width
        print("program: %.4g +- %.1f %%; program / this: %.3f" % (numu["total_per_m2_POT"], 100 * numu["relative_error"], theirs.sum() / total.sum()))
        for lo, hi in ((.05, .25), (.25, .5), (.5, .75), (.75, 1), (1, 1.25), (1.25, 1.5), (1.5, 2), (2, 2.5), (2.5, 3), (3, 4), (4, 5)):
            i = (E[:-1] > lo - 1e-6) & (E[1:] < hi + 1e-6)
            print("  %4.2f - %4.2f GeV: %.3e / %.3e = %.3f" % (lo, hi, theirs[i].sum(), total[i].sum(), theirs[i].sum() / total[i].sum()))
