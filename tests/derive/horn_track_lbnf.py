#!/usr/bin/env python3
"""Twelve pions through the three horns of LBNF with vacuum everywhere: x, y, px, py at z = 22 m.

As horn_track.py: fourth-order Runge-Kutta, here with steps of 0.25 mm; uniform current density in the inner conductors. Profiles
are read from data/sources/lbnf.yaml by their brackets alone. The table is quoted in tests/unit/test_beamline_track.c."""
import re
from math import cos, hypot, sin
from pathlib import Path

TEXT = (Path(__file__).resolve().parents[2] / "data/sources/lbnf.yaml").read_text()


def profiles(key):
    rows = re.findall(r"^ +%s: \[(\[.*\])\]$" % key, TEXT, re.M)
    return [[tuple(1e-3 * float(v) for v in p.split(",")) for p in re.findall(r"\[([^][]+)\]", row)] for row in rows]


OUTER, INNER_A = profiles("outer"), profiles("inner")[0]
INNER = [INNER_A, [(z, r - 3e-3) for z, r in OUTER[1]], [(z, r - 4e-3) for z, r in OUTER[2]]]
GAP_END, K = (0.2205, 0.6, 0.6), 2e-7 * 293e3


def radius(profile, z):
    for (a, ra), (b, rb) in zip(profile, profile[1:]):
        if a <= z <= b:
            return ra + (rb - ra) * (z - a) / (b - a)
    return None


def field(x, y, z):
    for outer, inner, end in zip(OUTER, INNER, GAP_END):
        if outer[0][0] <= z <= outer[-1][0]:
            a, b, r = radius(inner, z), radius(outer, z), hypot(x, y)
            if r <= a or r >= end:
                return 0.0, 0.0
            k = K / (r * r) * ((r * r - a * a) / (b * b - a * a) if r < b else 1)
            return -k * y, k * x
    return 0.0, 0.0


def slope(s, qp):
    bx, by = field(s[0], s[1], s[2])
    ux, uy, uz = s[3:]
    return (ux, uy, uz, -qp * uz * by, qp * uz * bx, qp * (ux * by - uy * bx))


def track(s, qp, end, fine=2.5e-4):
    while s[2] < end - 1e-9:
        gap = next((lo for lo in (OUTER[1][0][0], OUTER[2][0][0], end) if s[2] < lo), end)
        between = all(not o[0][0] <= s[2] <= o[-1][0] for o in OUTER)
        h = (gap - s[2]) / s[5] + 1e-9 if between else fine
        a = slope(s, qp)
        b = slope([v + h / 2 * d for v, d in zip(s, a)], qp)
        c = slope([v + h / 2 * d for v, d in zip(s, b)], qp)
        e = slope([v + h * d for v, d in zip(s, c)], qp)
        if between:
            b = c = e = a
        s = [v + h / 6 * (p + 2 * q + 2 * r + t) for v, p, q, r, t in zip(s, a, b, c, e)]
    return s


if __name__ == "__main__":
    for i in range(12):
        p, q, theta, phi = 1.0 * 1.3 ** i, -1 if i % 6 == 5 else 1, 0.16 * 0.87 ** i, 0.9 * i
        e = track([0.0003 * i, -0.0002 * i, 0.1 + 0.1 * i, sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)], 0.299792458 * q / p, 22.0)
        print("{%.6f, %.6f, %.6f, %.6f}," % (e[0], e[1], p * e[3], p * e[4]))
