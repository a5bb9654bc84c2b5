#!/usr/bin/env python3
"""Rates of heavy neutral leptons N at LBNF and the DUNE ND-LAr from published formulas alone: no code of the program.

A proton interacts in a graphite rod; K (BMPT) or D, Ds, tau (charm formula) are made, lost, flown and decayed; N is
aimed at the detector with the Jacobian of the two-body decay and decays in a tilted box. Prints events per proton
on target with the statistical error. Widths of N are closed forms typed from the literature.

    python3 tests/derive/hnl_rates.py [rays]           needs numpy; 4e6 rays: 0.1 to 0.5 %, three minutes, 4 GB

Both charges of the parent and, for Majorana N, both charges of the decay are counted. Lengths in m, energies in GeV.
docs/physics/cross-checks.md has the comparison with `bsmnu rate`.
"""
import sys
import numpy as np

RAYS = int(float(sys.argv[1])) if len(sys.argv) > 1 else 2_000_000
rng = np.random.default_rng(7)
PI, GF, S2W, ALPHA = np.pi, 1.1663787e-5, 0.23121, 1 / 137.035999
HBARC = 1.973269804e-16                                            # GeV m
M = dict(e=0.51099895e-3, mu=0.1056583755, tau=1.77693, pi=0.13957039, pi0=0.1349768, K=0.493677, K0=0.497611,
         D=1.86966, Ds=1.96835, p=0.93827209, eta=0.547862, etap=0.95778, rho=0.77526, omega=0.78266, Kst=0.89167)
TAU = dict(K=1.2380e-8, D=1.033e-12, Ds=5.012e-13, tau=2.903e-13)  # s
C = 299792458.0

# ---- widths of N, Dirac, one charge state, |U|^2 = 1 ------------------------------------------------------------
# Gorbunov, Shaposhnikov 0705.1729; Bondarenko et al. 1805.08567; eta, eta': mixing of 39.3 degrees
VUD, VUS, FPI = 0.97373, 0.2243, 0.1302
def kallen(a, b, c):
    return a * a + b * b + c * c - 2 * (a * b + a * c + b * c)
def width_meson(m, ml, mh, f, vector=False):                       # N -> l h; f contains the CKM element
    if ml + mh >= m:
        return 0.0
    x, y = (ml / m) ** 2, (mh / m) ** 2
    shape = (1 - x) ** 2 + y * (1 + x) - 2 * y * y if vector else (1 - x) ** 2 - y * (1 + x)
    return GF**2 * f**2 * m**3 / (16 * PI) * np.sqrt(kallen(1, x, y)) * shape
def width_3nu(m):
    return GF**2 * m**5 / (192 * PI**3)
def width_nu_ll(m, ml, same):                                      # C1, C2 of 1805.08567, closed form
    if 2 * ml >= m:
        return 0.0
    x = ml / m
    r = np.sqrt(1 - 4 * x * x)
    log = np.log((1 - 3 * x * x - (1 - x * x) * r) / (x * x * (1 + r))) if x > 0.01 else np.log(x**4)  # cancels below
    c1 = (1 + 4 * S2W + 8 * S2W**2) / 4 if same else (1 - 4 * S2W + 8 * S2W**2) / 4
    c2 = S2W * (2 * S2W + 1) / 2 if same else S2W * (2 * S2W - 1) / 2
    a = (1 - 14 * x**2 - 2 * x**4 - 12 * x**6) * r + 12 * x**4 * (x**4 - 1) * log
    b = 4 * (x**2 * (2 + 10 * x**2 - 12 * x**4) * r + 6 * x**4 * (1 - 2 * x**2 + 2 * x**4) * log)
    return width_3nu(m) * (c1 * a + c2 * b)
def width_lln(m, ml):                                              # N -> mu e nu, massless e (1e-5 at 0.35 GeV)
    x = (ml / m) ** 2
    return width_3nu(m) * (1 - 8 * x + 8 * x**3 - x**4 - 12 * x**2 * np.log(x)) if x < 1 else 0.0
def width_total(m, flavour):                                       # below the multi-hadron states, about 1 GeV
    lep, s = M[flavour], np.sqrt(2)
    fs, phi, frho = 1.34 * 0.1304, np.radians(39.3), 0.2094
    w = width_3nu(m) + 9 * ALPHA * GF**2 * m**5 / (512 * PI**4)
    w += sum(width_nu_ll(m, M[l], l == flavour) for l in ("e", "mu"))
    w += width_lln(m, M["mu"]) if flavour != "tau" else 0          # tau mu, tau e: closed below 1.8 GeV
    for ml, h, f in ((0, "pi0", FPI / s), (lep, "pi", FPI * VUD), (lep, "K", 0.1557 * VUS),
                     (0, "eta", fs * np.sin(phi) / 2), (0, "etap", fs * np.cos(phi) / 2)):
        w += width_meson(m, ml, M[h], f)
    for ml, h, f in ((0, "rho", frho * (1 - 2 * S2W) / s), (0, "omega", 0.1951 * 2 * S2W / 3 / s),
                     (lep, "rho", frho * VUD), (lep, "Kst", 0.2104 * VUS)):
        w += width_meson(m, ml, M[h], f, True)
    return w

# ---- branching ratios of the parents, |U|^2 = 1 ------------------------------------------------------------
def rho_shrock(mp, ml, mn):                                        # BR(P -> l N)/BR(P -> l nu), Shrock 1981
    if ml + mn >= mp:
        return 0.0
    a, b = (ml / mp) ** 2, (mn / mp) ** 2
    return np.sqrt(kallen(1, a, b)) * (a + b - (a - b) ** 2) / (a * (1 - a) ** 2)

# ---- protons on the target ------------------------------------------------------------
PB, SPOT, RADIUS, LENGTH, DENSITY, A = 120.0, 2.667e-3, 8e-3, 1.5, 1.78, 12.011
PER_M = DENSITY * 6.02214076e23 / A * 100                          # nuclei per cm2 per m
SIG = 230e-27                                                      # production, cm2; also the loss of protons
EB = np.hypot(PB, M["p"])
SQRTS = np.sqrt(2 * M["p"] ** 2 + 2 * M["p"] * EB)
GCM, BCM = (EB + M["p"]) / SQRTS, PB / (EB + M["p"])

def target(n):
    """Points of interaction in the rod, and the chance that a proton interacts at all."""
    mu = PER_M * SIG
    z = -np.log(1 - rng.random(n) * (1 - np.exp(-mu * LENGTH))) / mu
    r = SPOT * np.sqrt(-2 * np.log(1 - rng.random(n) * (1 - np.exp(-RADIUS**2 / 2 / SPOT**2))))
    f = 2 * PI * rng.random(n)
    chance = (1 - np.exp(-mu * LENGTH)) * (1 - np.exp(-RADIUS**2 / 2 / SPOT**2))
    return np.stack([r * np.cos(f), r * np.sin(f), z], 1), chance
def bmpt_kaon(p, theta, charge):
    """E d3s/dp3 in mb/GeV2 on carbon."""
    e, pt, pl = np.hypot(p, M["K"]), p * np.sin(theta), p * np.cos(theta)
    es, pls = GCM * (e - BCM * pl), GCM * (pl - BCM * e)
    mx = 2.054 if charge > 0 else 2.370
    x = es / ((SQRTS**2 + M["K"] ** 2 - mx**2) / (2 * SQRTS))
    ok = x < 1
    x = np.where(ok, x, 0.5)
    a1, b1 = 5.04 / x**0.121, 5.04**2 / (2 * x**0.242)
    inv = 7.74 * (1 - x) ** 2.45 * x**-0.444 * (1 + a1 * pt + b1 * pt * pt) * np.exp(-a1 * pt)
    if charge < 0:
        inv = inv / (1.15 * (1 - x) ** -3.17)
    xf = np.maximum(2 * pls / SQRTS, 0)
    return np.where(ok, inv * (12.011 / 9.01) ** ((0.74 - 0.55 * xf + 0.26 * xf**2) * (0.98 + 0.21 * pt)), 0)
def kaons(n, charge, whole_rod=False):
    """K+ or K- that decay in the pipe. Lost in the rod: up to the decay, or as if none decayed inside (whole_rod)."""
    pos, chance = target(n)
    p = 0.05 * (PB / 0.05) ** rng.random(n)                         # flat in log p
    scales = np.where(rng.random((n, 1)) < 0.5, 0.2, 0.02)[:, 0] / p  # pdf ~ theta/(theta^2 + t0^2)^1.5 up to 1.55
    u = rng.random(n) * (1 - scales / np.hypot(scales, 1.55))
    theta = scales * np.sqrt(1 / (1 - u) ** 2 - 1)
    pdf = sum(t0 * theta / (theta**2 + t0**2) ** 1.5 / (1 - t0 / np.hypot(t0, 1.55)) for t0 in (0.2 / p, 0.02 / p))
    pdf /= 2 * p * np.log(PB / 0.05)
    e = np.hypot(p, M["K"])
    w = bmpt_kaon(p, theta, charge) * p * p / e * 2 * PI * np.sin(theta) / pdf / 230 * chance / n
    f = 2 * PI * rng.random(n)
    d = np.stack([np.sin(theta) * np.cos(f), np.sin(theta) * np.sin(f), np.cos(theta)], 1)

    def to_radius(r):
        b, dt2 = pos[:, 0] * d[:, 0] + pos[:, 1] * d[:, 1], d[:, 0] ** 2 + d[:, 1] ** 2
        return (-b + np.sqrt(b * b + dt2 * (r * r - pos[:, 0] ** 2 - pos[:, 1] ** 2))) / dt2

    rod = np.minimum(to_radius(RADIUS), (LENGTH - pos[:, 2]) / d[:, 2])
    wall = np.minimum(to_radius(2.0), (221.5 - pos[:, 2]) / d[:, 2])
    lam = p / M["K"] * C * TAU["K"]
    q = 1 - np.exp(-wall / lam)
    s = -lam * np.log(1 - rng.random(n) * q)
    w = w * q * np.exp(-(rod if whole_rod else np.minimum(rod, s)) * PER_M * (140e-27 if charge > 0 else 165e-27))
    return pos + s[:, None] * d, e, p[:, None] * d, w

FRACTION = dict(D=0.240, Ds=0.080)
def pstar_max(name):                                               # beside the lightest partner and two protons
    mx = 2 * M["p"] + (M["Ds"] if name == "Ds" else 1.86484)
    return np.sqrt(kallen(SQRTS**2, M[name] ** 2, mx**2)) / (2 * SQRTS)
def charm(n, name, power=6.1):
    """One charge; decay points, momenta and weights of a charmed meson. A smaller power fills the high energies."""
    pos, chance = target(n)
    m = M[name]
    top = pstar_max(name)
    left = (1 - rng.random(n)) ** (1 / (power + 1))
    xf = (1 - left) * rng.choice([-1.0, 1.0], n)
    pt2 = -np.log(1 - rng.random(n)) / np.where(rng.random(n) < 0.5, 1.08, 30)   # half of them forward
    pt = np.sqrt(pt2)
    pls = xf * top
    es = np.sqrt(m * m + pt * pt + pls * pls)
    emax = np.hypot(top, m)
    ok = es < emax
    w = np.where(ok, left ** (6.1 - power) / (0.5 + 0.5 * 30 / 1.08 * np.exp(-28.92 * pt2)), 0)
    w *= 51.98e-30 / SIG * FRACTION[name] * chance / w.sum()
    e, pl = GCM * (es + BCM * pls), GCM * (pls + BCM * es)
    f = 2 * PI * rng.random(n)
    mom = np.stack([pt * np.cos(f), pt * np.sin(f), pl], 1)
    s = rng.exponential(1, n)[:, None] * mom / m * C * TAU[name]
    return pos + s, e, mom, w
def taus(n):
    """tau of Ds -> tau nu; the fifth item is the Ds momentum in the tau's rest frame, the axis of its polarisation."""
    pos, e, mom, w = charm(n, "Ds")
    m, mt = M["Ds"], M["tau"]
    c, f = 2 * rng.random(n) - 1, 2 * PI * rng.random(n)
    s = np.sqrt(1 - c * c)
    v = np.stack([s * np.cos(f), s * np.sin(f), c], 1) * (m * m - mt * mt) / (2 * m)
    et, pt = boost(np.full(n, (m * m + mt * mt) / (2 * m)), v, e, mom, m)
    pos = pos + rng.exponential(1, n)[:, None] * pt / mt * C * TAU["tau"]
    return pos, et, pt, w * 0.0532, boost(e, mom, et, -pt, mt)[1]
def boost(e, p, eb, pb, mb):
    """(e, p) of the rest frame of (eb, pb), seen from where (eb, pb) moves."""
    pp = (p * pb).sum(1)
    return (eb * e + pp) / mb, p + ((pp / (eb + mb) + e) / mb)[:, None] * pb

# ---- N towards the detector ------------------------------------------------------------
TILT = np.array([[1, 0, 0], [0, 0.994903834, -0.100828368], [0, 0.100828368, 0.994903834]])
ND_LAR = (np.array([0, 0, 574.0]), TILT, np.array([3.0, 1.0, 1.5]))
OFF_AXIS = (np.array([30.0, 0, 574.0]), TILT, np.array([3.0, 1.0, 1.5]))
def through(pos, u, detector):
    """Way to the box and in it (0: missed)."""
    origin, rot, box = detector
    a, b = (pos - origin) @ rot.T, u @ rot.T
    t1, t2 = (-box - a) / b, (box - a) / b
    near = np.minimum(t1, t2).max(1)
    return near, np.where(near > 0, np.maximum(np.maximum(t1, t2).min(1) - near, 0), 0)
def thrown(parents, mp, mn, estar, detector):
    """N in a random direction, hit or miss: energy of N, unit vector, weight, way to the box and in it."""
    pos, e, mom = parents[:3]
    n = len(e)
    c, f = 2 * rng.random(n) - 1, 2 * PI * rng.random(n)
    s = np.sqrt(1 - c * c)
    v = np.stack([s * np.cos(f), s * np.sin(f), c], 1) * np.sqrt(estar**2 - mn**2)
    en, p = boost(np.full(n, estar), v, e, mom, mp)
    u = p / np.sqrt((p * p).sum(1))[:, None]
    near, chord = through(pos, u, detector)
    yield en, u, (chord > 0) * 1.0, near, chord
def aimed(parents, mp, mn, estar, detector):
    """N shot at a rectangle that hides the box, with the density of an isotropic decay; both solutions."""
    pos, e, mom = parents[:3]
    origin, _, box = detector
    n = len(e)
    hx, hy = 1.1 * box[0] + 0.05, box[1] + 0.11 * box[2] + 0.05        # the box seen along the beam, 0.101 rad of tilt
    c = origin + np.stack([hx * (2 * rng.random(n) - 1), hy * (2 * rng.random(n) - 1), np.zeros(n)], 1) - pos
    r = np.sqrt((c * c).sum(1))
    u = c / r[:, None]
    domega = 4 * hx * hy * u[:, 2] / r**2
    near, chord = through(pos, u, detector)
    gamma, k = e / mp, (mom * u).sum(1) / e                            # gamma (E - k p) = estar gives p
    q = estar / gamma
    disc = q * q - mn * mn * (1 - k * k)
    pstar = np.sqrt(estar**2 - mn**2)
    for sign in (1, -1):
        p = (k * q + sign * np.sqrt(np.maximum(disc, 0))) / (1 - k * k)
        en = q + k * p
        ok = (disc > 0) & (p > 0) & (en > 0) & (chord > 0)
        p, en = np.where(ok, p, 1.0), np.where(ok, en, 2 + mn)
        yield en, u, np.where(ok, domega * p * p / (4 * PI * pstar * gamma * np.abs(p - k * en)), 0), near, chord
def events(parents, mp, mn, estar, br, total, partial, detector=ND_LAR, alpha=0.0, way=aimed):
    """Events per proton and their error; alpha: asymmetry of N about the parent's spin axis."""
    sum_w = np.zeros(len(parents[1]))
    for en, u, w, near, chord in way(parents, mp, mn, estar, detector):
        if alpha:
            pn = np.sqrt(en**2 - mn**2)[:, None] * u
            ps = boost(en, pn, parents[1], -parents[2], mp)[1]
            axis = parents[4]
            w = w * (1 + alpha * (ps * axis).sum(1) / np.sqrt((ps * ps).sum(1) * (axis * axis).sum(1)))
        per_length = total / HBARC * mn / np.sqrt(np.maximum(en**2 - mn**2, 1e-30))
        sum_w += parents[3] * w * br * partial / total * np.exp(-near * per_length) * -np.expm1(-chord * per_length)
    return np.array([sum_w.sum(), np.sqrt((sum_w**2).sum())])
def two_body(parents, parent, lepton, mn, u2, total, partial, majorana=True, **more):
    """P -> l N; total and partial are Dirac widths at |U|^2 = 1."""
    mp, ml = M[parent], M[lepton]
    f = 2 * u2 if majorana else u2
    br = u2 * BR[parent, lepton] * rho_shrock(mp, ml, mn)
    return events(parents, mp, mn, (mp**2 + mn**2 - ml**2) / (2 * mp), br, f * total, f * partial, **more)
def three_body(n, mp, mh, ml, mn, form):
    """Energies of N in the rest frame of P -> h l N, with weights whose mean is proportional to the width."""
    en_max, el_max = ((mp**2 + a**2 - (b + mh) ** 2) / (2 * mp) for a, b in ((mn, ml), (ml, mn)))
    en, el = mn + (en_max - mn) * rng.random(n), ml + (el_max - ml) * rng.random(n)
    eh = mp - en - el
    pn2, pl2, ph2 = en**2 - mn**2, el**2 - ml**2, eh**2 - mh**2
    ok = (eh > mh) & ((ph2 - pn2 - pl2) ** 2 < 4 * pn2 * pl2)
    q2 = mp**2 + mh**2 - 2 * mp * eh
    fp, f0 = form(q2)
    fm = (f0 - fp) * (mp**2 - mh**2) / q2                              # H = fp (P + h) + fm (P - h)
    ln = (q2 - ml**2 - mn**2) / 2
    a, b = 2 * fp, fm - fp                                             # H = a P + b q
    hl, hn = a * mp * el + b * (ml**2 + ln), a * mp * en + b * (mn**2 + ln)
    hh = a * a * mp**2 + b * b * q2 + 2 * a * b * mp * (en + el)
    w = np.where(ok, 2 * hl * hn - ln * hh, 0) * (en_max - mn) * (el_max - ml)
    return en, w

BR = {("K", "mu"): 0.6356, ("K", "e"): 1.582e-5, ("Ds", "mu"): 5.37e-3, ("D", "mu"): 4.02e-4}   # to l nu, measured
BR_TAU_PI, BR_D_K0 = 0.1082, 0.0876
def kaon_case(lepton, mn, u2, total, partial, whole_rod=False, **more):
    r = [two_body(kaons(RAYS, q, whole_rod), "K", lepton, mn, u2, total, partial, **more) for q in (1, -1)]
    return np.array([r[0][0] + r[1][0], np.hypot(r[0][1], r[1][1])])
def pole(q2):
    return 1 / (1 - q2 / 2.1122**2), 1 / (1 - q2 / 2.318**2)

def main():
    def row(label, r):
        print(f"{label:66s} {r[0]:.5e}  +- {100 * r[1] / r[0]:.2f} %", flush=True)

    def mupi(m):
        return width_meson(m, M["mu"], M["pi"], FPI * VUD)
    def total(m):
        return width_total(m, "mu")

    # charm: times 2 for the other charge
    for u2, power in ((1e-8, 6.1), (1e-4, 2.5), (1e-3, 1.0)):
        ds = charm(RAYS, "Ds", power)
        for maj in (False, True):
            row(f"Ds -> mu N, N -> mu pi, 1 GeV, Umu2 {u2:g}, " + ("Majorana" if maj else "Dirac"),
                2 * two_body(ds, "Ds", "mu", 1.0, u2, total(1.0), mupi(1.0), maj))
    for m, way in ((0.35, aimed), (0.387, thrown), (0.388018, thrown)):
        for whole in (False, True):
            row(f"K -> mu N, N -> mu pi, {m} GeV, Umu2 1e-9" + (", loss on all of the rod" if whole else ""),
                kaon_case("mu", m, 1e-9, total(m), mupi(m), whole_rod=whole, way=way))
    row("K -> e N, N -> nu gamma, 1 MeV, Ue2 1e-9",                    # only nu gamma and 3 nu are open
        kaon_case("e", 1e-3, 1e-9, width_total(1e-3, "e"), width_total(1e-3, "e") - width_3nu(1e-3)))
    d = charm(RAYS, "D")
    for m in (1.5, 1.76):                                              # the total width does not matter
        row(f"D -> mu N, N -> mu pi, {m} GeV, Umu2 1e-8", 2 * two_body(d, "D", "mu", m, 1e-8, 1e-12, mupi(m)))
    for name, form in (("flat", lambda q: (1.0, 1.0)), ("poles", pole)):
        en, w = three_body(RAYS, M["D"], M["K0"], M["mu"], 0.8, form)
        br = 1e-8 * BR_D_K0 * w.mean() / three_body(RAYS, M["D"], M["K0"], M["mu"], 1e-6, form)[1].mean()
        p = d[:3] + (d[3] * w / w.mean(),)
        row(f"D -> K0 mu N, N -> mu pi, 0.8 GeV, Umu2 1e-8, form factors {name}",
            2 * events(p, M["D"], 0.8, en, br, 2e-8 * total(0.8), 2e-8 * mupi(0.8)))
        print(f"    branching ratio at |U|^2 = 1: {1e8 * br:.4e}")
    mt, mn = M["tau"], 1.0
    ep, en = (mt**2 + M["pi"] ** 2 - mn**2) / (2 * mt), (mt**2 + mn**2 - M["pi"] ** 2) / (2 * mt)
    pin = (mt**2 - M["pi"] ** 2 - mn**2) / 2                   # |M|^2 = 2 pi.N pi.n - m_pi^2 N.n, n = p - m s
    alpha = np.sqrt(en**2 - mn**2) * (2 * pin + M["pi"] ** 2) / (2 * pin * ep - M["pi"] ** 2 * en)
    br = BR_TAU_PI * width_meson(mt, mn, M["pi"], 1) / width_meson(mt, 0, M["pi"], 1)
    row("tau -> pi N, N -> nu pi0, 1 GeV, Utau2 1e-8", 2 * events(taus(RAYS), mt, mn, en, 1e-8 * br,
        2e-8 * width_total(mn, "tau"), 2e-8 * width_meson(mn, 0, M["pi0"], FPI / 2**0.5), alpha=alpha))
    row("K -> mu N, N -> mu pi, 0.35 GeV, Umu2 1e-9, 30 m off axis", kaon_case("mu", 0.35, 1e-9,
        total(0.35), mupi(0.35), detector=OFF_AXIS))
    row("Ds -> mu N, N -> mu pi, 1 GeV, Umu2 1e-8, 30 m off axis",
        2 * two_body(charm(RAYS, "Ds"), "Ds", "mu", 1.0, 1e-8, total(1.0), mupi(1.0), detector=OFF_AXIS))

if __name__ == "__main__":
    main()
