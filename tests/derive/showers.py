#!/usr/bin/env python3
"""Numbers that the tests of showers expect, from the published formulas and nothing of the program.

1. Track lengths of approximation A (B. Rossi, High-Energy Particles, 1952, ch. 5): the equations of the cascade
   integrated over depth and Mellin-transformed, residue at s = 1; mean square angles by the same equations.
2. Pair production in the field of a nucleus, no screening, against L. C. Maximon's series near threshold.
3. Integrals of Klein-Nishina, Moller, Bhabha, Heitler differential cross-sections, from the angle or energy of the other
   particle than the program samples.
4. Longitudinal profile of the Review of Particle Physics for 30 GeV electrons on iron.
"""
from math import exp, gamma, log, pi, sqrt


def integrate(f, a, b, n=2000):
    """Midpoint rule with both ends stretched: t in (0, 1), x = a + (b - a) t^2 (3 - 2 t)."""
    s = 0
    for i in range(n):
        t = (i + 0.5) / n
        s += f(a + (b - a) * t * t * (3 - 2 * t)) * 6 * t * (1 - t)
    return s * (b - a) / n


def approximation_a(b=0.0135):
    k = 2 / 3 - 2 * b
    phi = lambda v: (1 + (1 - v) ** 2 - (1 - v) * k) / v
    psi = lambda u: u * u + (1 - u) ** 2 + k * u * (1 - u)
    sigma = integrate(psi, 0, 1)

    def determinant(s):
        A = integrate(lambda v: phi(v) * (1 - (1 - v) ** s), 0, 1)
        B = 2 * integrate(lambda u: u ** s * psi(u), 0, 1)
        C = integrate(lambda v: v ** s * phi(v), 0, 1)
        return A * sigma - B * C

    # Angles (Landau's approximation): mean square per radiation length (Es/E)^2, moments go as E^-4, so s = 3.
    A3 = integrate(lambda v: phi(v) * (1 - (1 - v) ** 3), 0, 1)
    B3 = 2 * integrate(lambda u: u ** 3 * psi(u), 0, 1)
    C3 = integrate(lambda v: v ** 3 * phi(v), 0, 1)
    C1 = integrate(lambda v: v * phi(v), 0, 1)
    angle_e = 1 / (A3 - B3 * C3 / sigma)
    angle_g = angle_e * C3 / C1

    h = 1e-3
    electrons = sigma / ((determinant(1 + h) - determinant(1 - h)) / (2 * h))
    return electrons, electrons * C1 / sigma, angle_e, angle_g


def pair_born(k, ep):
    em = k - ep
    pp, pm = sqrt(ep * ep - 1), sqrt(em * em - 1)
    lp, lm, L = 2 * log(ep + pp), 2 * log(em + pm), 2 * log((ep * em + pp * pm + 1) / k)
    return pp * pm / k ** 3 * (
        -4 / 3 - 2 * ep * em * (pp ** 2 + pm ** 2) / (pp * pm) ** 2 + lp * em / pp ** 3 + lm * ep / pm ** 3
        - lp * lm / (pp * pm)
        + L * (k * k / (pp * pm) ** 3 * ((ep * em) ** 2 + (pp * pm) ** 2) - 8 / 3 * ep * em / (pp * pm))
        - L * k / (2 * pp * pm) * ((ep * em - pm ** 2) / pm ** 3 * lm + (ep * em - pp ** 2) / pp ** 3 * lp
                                   + 2 * k * ep * em / (pp * pm) ** 2))


def maximon(k):
    e = (2 * k - 4) / (k + 2 + 2 * sqrt(2 * k))
    return 2 * pi / 3 * ((k - 2) / k) ** 3 * (1 + e / 2 + 23 / 40 * e ** 2 + 11 / 60 * e ** 3 + 29 / 960 * e ** 4)


def klein_nishina(k):
    """In pi r^2, over the angle of the photon."""
    def f(c):
        p = 1 / (1 + k * (1 - c))
        return p * p * (p + 1 / p - 1 + c * c)
    return integrate(f, -1, 1)


def annihilation(t):
    """In pi r^2: over the angle in the centre of mass."""
    g = t + 1
    s = 2 * (g + 1)
    beta = sqrt(1 - 4 / s)
    def f(c):
        d = 1 - beta * beta * c * c
        return (1 + 2 * beta ** 2 * (1 - c * c) - beta ** 4 * (1 + (1 - c * c) ** 2)) / d ** 2
    return 2 * integrate(f, 0, 1) / (beta * s)


def profile(y, b=0.5):
    t = log(y) - 0.5
    a = 1 + b * t
    return t, b * (b * t) ** (a - 1) * exp(-b * t) / gamma(a)


if __name__ == "__main__":
    print("approximation A: electrons %.4f, photons %.4f, times E0 X0/E^2; mean theta^2 of electrons %.4f, photons %.4f, "
          "times (Es/E)^2" % approximation_a())
    for k in (2.1, 3.0, 3.9):
        total = 2 * integrate(lambda e: pair_born(k, e), 1, k / 2)
        print("pairs at %g m: %.8f alpha r^2 Z^2, Maximon %.8f" % (k, total, maximon(k)))
    for k in (2.0, 20.0, 2000.0):
        print("Klein-Nishina at %g m: %.8f pi r^2" % (k, klein_nishina(k)))
    for t in (2.0, 20.0, 2000.0):
        print("annihilation at %g m: %.8f pi r^2" % (t, annihilation(t)))
    print("30 GeV e- on iron, Ec 21.68 MeV: maximum at %.2f X0, dE/dt/E0 = %.4f" % profile(30e3 / 21.68))
