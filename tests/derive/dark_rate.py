#!/usr/bin/env python3
"""BdNMC's standard card (examples/ldm_bdnmc.yaml) by a Monte Carlo of its own, nothing of the library: Sanford-Wang pi0,
pi0 -> gamma V(*), V -> chi chibar of scalar chi, chi e and chi N in a sphere. A chi is aimed at the sphere and the pi0 turned
with it, since the decay knows only the angle between them. Prints the rates that docs/physics/light_dark_matter.md quotes, and
what each choice of BdNMC is worth. Run: python3 tests/derive/dark_rate.py [samples]"""
import sys
import numpy as np

alpha, mpi, mp, mn, me = 7.2973525643e-3, 0.1349768, 0.93827208816, 0.93956542052, 0.51099895e-3
hbarc2 = 0.3893793721e-27
m, mV, epsilon, alphaD = 0.005, 0.1, 1e-3, 0.1
POT, PI0, BR2G = 2e20, 0.9, 0.98823
centre, R = np.array([0, -1.9, 491.]), 5.
lo, hi = 0.035, 0.9
ch2 = 0.8466 * 6.02214076e23 / (12.011 + 2 * 1.008)  # units of CH2 per cm3
pB = 8.9
plus = (220.7, 1.080, 1.000, 1.978, 1.32, 5.572, .08678, 9.686, 1)
minus = (213.66, .93785, 5.4537, 1.2096, 1.2836, 4.7807, .073383, 8.3294, 1)


def sanford_wang(c, p, th):
    return (c[0] * p**c[1] * (1 - p / (pB - c[8]))
            * np.exp(-c[2] * p**c[3] / pB**c[4] - c[5] * th * (p - c[6] * pB * np.cos(th)**c[7])))


def pions(p, th):
    return np.where((p < pB - 1) & (th < np.pi / 2), sanford_wang(plus, p, np.minimum(th, 1.5707))
                    + sanford_wang(minus, p, np.minimum(th, 1.5707)), 0)


def norm(n=2000):
    p, th = [(np.arange(n) + .5) / n * x for x in (pB - 1, np.pi / 2)]
    P, T = np.meshgrid(p, th)
    return np.sum(pions(P, T) * 2 * np.pi * np.sin(T)) * (pB - 1) * np.pi / 2 / n**2


width = alphaD / 12 * mV * (1 - 4 * m * m / mV**2)**1.5


def lineshape(s):  # d BR(pi0 -> gamma chi chi*)/ds over BR(gamma gamma): 2 eps^2 (1 - s/M^2)^3 x spectral function
    return (2 * epsilon**2 * (1 - s / mpi**2)**3 * alphaD / 12 * s * np.maximum(1 - 4 * m * m / s, 0)**1.5 / np.pi
            / ((s - mV**2)**2 + (mV * width)**2))


def substitute(u):  # along the Breit-Wigner
    a, b = np.arctan((4 * m * m - mV**2) / (mV * width)), np.arctan((mpi**2 - mV**2) / (mV * width))
    y = a + (b - a) * u
    s = mV**2 + mV * width * np.tan(y)
    return s, (b - a) * ((s - mV**2)**2 + (mV * width)**2) / (mV * width)


# ---- cross-sections, closed form for electrons; published amplitude (deNiverville, Pospelov, Ritz, 1107.4580) for nucleons
def electron(E, cut=(lo, hi)):
    p2 = E * E - m * m
    tmax = 2 * me * p2 / (m * m + me * me + 2 * me * E)
    a, b = np.full_like(E, cut[0]), np.minimum(cut[1], tmax)

    def F(T):  # integral of (2 me E^2 - T (2 me E + m^2))/(mV^2 + 2 me T)^2
        D = mV**2 + 2 * me * T
        k = 2 * me * E + m * m
        return -(2 * me * E * E + k * mV**2 / (2 * me)) / (2 * me * D) - k / (2 * me)**2 * np.log(D)
    return np.where(b > a, 4 * np.pi * epsilon**2 * alpha * alphaD / p2 * (F(b) - F(a)), 0) * hbarc2


def kelly(q2):
    def r(a1, b, t):
        return (1 + a1 * t) / (1 + b[0] * t + b[1] * t**2 + b[2] * t**3)
    t, tn = q2 / (4 * mp * mp), q2 / (4 * mn * mn)
    return ((r(-.24, (10.98, 12.82, 21.97), t), 2.792847351 * r(.12, (10.97, 18.86, 6.55), t)),
            (1.70 * tn / (1 + 3.30 * tn) / (1 + q2 / .71)**2, -1.91304276 * r(2.33, (14.72, 24.20, 84.1), tn)))


def bba03(q2):  # hep-ex/0308005, as BdNMC has it
    def r(mu, c):
        return mu / (1 + sum(x * q2**(i + 1) for i, x in enumerate(c)))
    ep = r(1, (3.253, 1.422, .08582, .3318, -.09371, .01076))
    mpf = r(2.793, (3.104, 1.428, .1112, -.006981, .0003705, -.7063e-5))
    mnf = r(-1.913, (3.043, .8548, .6806, -.1287, .008912))
    t = q2 / (4 * .939565**2)
    return ((ep, mpf), (1.913 * .942 * t / (1 + 4.61 * t) / (1 + q2 / .71)**2, mnf))


def nucleons(E, which, factors=kelly, n=400):
    M = mp if which == 0 else mn
    p2 = E * E - m * m
    tmax = 2 * M * p2 / (m * m + M * M + 2 * M * E)
    b = np.minimum(hi, tmax)
    x = (np.arange(n) + .5) / n
    T = lo + np.maximum(b - lo, 0)[:, None] * x
    q2 = 2 * M * T
    ge, gm = factors(q2)[which]
    tau = q2 / (4 * M * M)
    F1, F2 = (ge + tau * gm) / (1 + tau), (gm - ge) / (1 + tau)
    e, e1 = E[:, None], E[:, None] - T
    A = 2 * M * e * e1 - m * m * T
    B = -T * ((e + e1)**2 - 2 * M * T - 4 * m * m)
    C = -T * (M * T + 2 * m * m)
    f = (F1**2 * A + F1 * F2 * C - F2**2 * B / 4) / (mV**2 + q2)**2
    return 4 * np.pi * epsilon**2 * alpha * alphaD / p2 * f.mean(1) * np.maximum(b - lo, 0) * hbarc2


def nucleon_table(factors):
    E = np.geomspace(.03, 10, 1500)
    s = [nucleons(E, i, factors) for i in (0, 1)]
    return lambda x: np.interp(x, E, 8 * s[0] + 6 * s[1])


# ---- pi0 along z; chi: energy and cosine to the pi0
def boost(p, c, mass, g):  # momentum p at cosine c in the frame of gamma g: energy and momenta along, across
    e, z = np.sqrt(p * p + mass * mass), p * c
    bg = np.sqrt(g * g - 1)
    return g * e + bg * z, g * z + bg * e


def chain(rng, n, P, angular, off_shell):
    if off_shell:
        s, j = substitute(rng.random(n))
        w = lineshape(s) * j
    else:
        s, w = np.full(n, mV**2), np.full(n, 2 * epsilon**2 * (1 - mV**2 / mpi**2)**3)
    mass = np.sqrt(s)
    c = 2 * rng.random(n) - 1
    if angular == "sin2":
        w = w * 1.5 * (1 - c * c)
    # chi in the frame of V, z along V's flight in the pi0's frame
    p = np.sqrt(s / 4 - m * m)
    e, z = boost(p, c, m, (mpi**2 + s) / (2 * mpi * mass))
    x = p * np.sqrt(1 - c * c)
    # V's direction in the pi0's frame: isotropic
    cv, ph = 2 * rng.random(n) - 1, 2 * np.pi * rng.random(n)
    sv = np.sqrt(1 - cv * cv)
    k = np.sqrt(e * e - m * m)
    cz = (z * cv - x * np.cos(ph) * sv) / k
    E, pz = boost(k, cz, m, np.sqrt(P * P + mpi**2) / mpi)
    return E, pz / np.sqrt(E * E - m * m), w


def rates(n, angular="sin2", off_shell=True, factors=kelly, seed=1, probabilities=False):
    rng = np.random.default_rng(seed)
    u = rng.random(n)
    P = (pB - 1) * u
    E, c, w = chain(rng, n, P, angular, off_shell)
    # direction of chi, uniform in the sphere's cone
    d = np.linalg.norm(centre)
    cmin = np.sqrt(1 - (R / d)**2)
    cc, ph = cmin + (1 - cmin) * rng.random(n), 2 * np.pi * rng.random(n)
    ax = centre / d
    e1 = np.cross(ax, [1., 0, 0])
    e1 /= np.linalg.norm(e1)
    e2 = np.cross(ax, e1)
    sc = np.sqrt(1 - cc * cc)
    nx = cc[:, None] * ax + sc[:, None] * (np.cos(ph)[:, None] * e1 + np.sin(ph)[:, None] * e2)
    chord = 2 * np.sqrt(np.maximum(R * R - d * d * (1 - cc * cc), 0)) * 100  # cm
    # direction of the pi0: chi's, turned by the angle of the decay; only its z is needed
    be = 2 * np.pi * rng.random(n)
    nz = nx[:, 2]
    cpi = c * nz + np.sqrt(np.maximum(1 - c * c, 0)) * np.sqrt(1 - nz * nz) * np.cos(be)
    th = np.arccos(np.clip(cpi, -1, 1))
    w = w * pions(P, th) * (pB - 1) / norm() * 2 * np.pi * (1 - cmin) * PI0 * POT * chord * ch2 * 2
    sigma = 8 * electron(E), nucleon_table(factors)(E)
    if probabilities:  # of each chi that crosses the sphere: weight, and chance to scatter up to a constant
        return w / chord, [chord * s for s in sigma]
    out = []
    for x in (w * s for s in sigma):
        out += [x.mean(), x.std() / np.sqrt(n)]
    return out


def running_maximum(n, runs, wanted, burn=1000):
    """BdNMC accepts a scattering with probability prob/pMax, raises pMax when prob exceeds it, and at the end multiplies all
    that it accepted by the last pMax: mean of (that result / truth) for electrons and nucleons."""
    rng = np.random.default_rng(5)
    w, probs = rates(n, "iso", False, probabilities=True)
    for prob in probs:
        p = prob[rng.random(n) * w.max() < w]  # an unweighted sample of chi
        truth, ratio = p.mean(), []
        for _ in range(runs):
            draw = rng.choice(p, burn + int(1.3 * wanted * p.max() / truth))
            top = np.maximum.accumulate(draw)
            hit = np.cumsum((draw > rng.random(len(draw)) * np.append(0, top[:-1]))[burn:])
            trials = np.searchsorted(hit, wanted) + 1
            ratio.append(wanted / trials * top[burn + trials - 1] / truth)
        yield np.mean(ratio), np.std(ratio) / np.sqrt(runs)


if __name__ == "__main__":
    n = int(float(sys.argv[1])) if len(sys.argv) > 1 else 4000000
    u = (np.arange(200000) + .5) / 200000
    s, j = substitute(u)
    off = np.mean(lineshape(s) * j)
    on = 2 * epsilon**2 * (1 - mV**2 / mpi**2)**3
    print(f"BR(pi0 -> gamma chi chi*)/BR(gamma gamma): off shell {off:.6g}, on shell {on:.6g}")
    print("per 2e20 POT, BR(gamma gamma) = .98823; in brackets = 1      electrons             nucleons")
    for what, kw in (("sin2, off shell, Kelly", {}), ("isotropic, off shell", {"angular": "iso"}),
                     ("sin2, on shell", {"off_shell": False}), ("isotropic, on shell, BBA-03", {"angular": "iso",
                      "off_shell": False, "factors": bba03})):
        e, de, N, dN = rates(n, **kw)
        f = 1 if kw.get("off_shell", True) else off / on  # BdNMC: the off-shell fraction with on-shell kinematics
        print(f"  {what:30s} {f * e * BR2G:8.2f} +- {de:.2f} ({f * e:.2f})  {f * N * BR2G:8.2f} +- {dN:.2f} ({f * N:.2f})")
    print("a run of BdNMC over the truth, its maximum being raised as it goes (electrons; nucleons):")
    for wanted, runs in ((1000, 2000), (10000, 400), (100000, 60)):
        print(f"  {wanted:6d} events:", "; ".join(f"{a:.4f} +- {d:.4f}" for a, d in running_maximum(n, runs, wanted)))
