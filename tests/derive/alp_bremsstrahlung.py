#!/usr/bin/env python3
"""e A -> e A a without the approximation of Weizsaecker and Williams: traces of 4x4 matrices in the static field of a carbon
atom, integrated by Monte Carlo over all of phase space. Needs numpy; 1.6 million points each, a minute. Prints sigma/y^2 in
cm2 and its statistical error, the same form factors as src/physics/form_factors.c."""
import numpy as np

ME, ALPHA, HBARC, HBARC2 = 0.00051099895, 7.2973525643e-3, 1.973269804e-16, 0.3893793721e-27
FM = 1e-15 / HBARC
one, zero = np.eye(2), np.zeros((2, 2))
pauli = [np.array([[0, 1], [1, 0]], complex), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1]).astype(complex)]
gamma = np.array([np.block([[one, zero], [zero, -one]])] + [np.block([[zero, s], [-s, zero]]) for s in pauli])
g5 = 1j * gamma[0] @ gamma[1] @ gamma[2] @ gamma[3]
metric = np.array([1, -1, -1, -1.0])
unit = np.eye(4)


def slash(p):
    return np.einsum("nm,mij->nij", p * metric, gamma)


def field(q2, Z=6, A=12):
    """(Z F)^2 of the atom, with what knocks out protons."""
    c = 1.23 * np.cbrt(A) - 0.6
    x = np.sqrt(q2 * (c * c + 7 / 3 * np.pi ** 2 * 0.52 ** 2 - 5 * 0.81)) * FM
    ball = np.where(x < 0.05, 1 - x * x / 10, 3 * (np.sin(x) - x * np.cos(x)) / np.maximum(x, 1e-3) ** 3)
    a = 184.15 / np.cbrt(Z) * np.exp(-0.5) / ME
    b = 773 / Z ** (2 / 3) / ME
    y, z = a * a * q2, b * b * q2
    proton = (1 + q2 / (4 * 0.93827208816 ** 2) * (2.7928473446 ** 2 - 1)) / (1 + q2 / 0.71) ** 4
    return (Z * ball * np.exp(-q2 * (0.9 * FM) ** 2 / 2) * y / (1 + y)) ** 2 + Z * (z / (1 + z) * proton) ** 2


def sigma(E, m, n, rng):
    u = rng.uniform(size=(5, n))
    p = np.sqrt(E * E - ME * ME)
    lo, hi = ME / E, 1 - m / E
    l = np.log(hi / lo)
    rest = lo * np.exp(u[0] * l)  # 1 - x
    x = 1 - rest
    w, E2 = x * E, rest * E
    k, p2 = np.sqrt(np.maximum(w * w - m * m, 0)), np.sqrt(np.maximum(E2 * E2 - ME * ME, 0))
    # angle of a along 1/U^2, with a wide tail by half of the points
    U0 = m * m * rest / x + ME * ME * x
    U2 = U0 + 4 * x * E * E
    tail = u[4] < 0.5
    U = np.where(tail, U0 * (U2 / U0) ** u[1], U0 * U2 / (U2 - u[1] * (U2 - U0)))
    density = 0.5 / (U * np.log(U2 / U0)) + 0.5 * U0 * U2 / (U2 - U0) / U ** 2
    drop = (U - U0) / (2 * x * E * E)
    jacobian = rest * l * E / density / (2 * x * E * E) * 2 * np.pi  # d omega dOmega_a
    s = np.sqrt(np.maximum(drop * (2 - drop), 0))
    K = np.stack([w, k * s, 0 * s, k * (1 - drop)], 1)
    P = np.stack([E + 0 * w, 0 * w, 0 * w, p + 0 * w], 1)
    R = (P - K)[:, 1:]
    r = np.linalg.norm(R, axis=1)
    near, far = np.maximum((r - p2) ** 2, 1e-30), (r + p2) ** 2
    q2 = near * (far / near) ** u[2]
    c = 1 - (q2 - near) / (2 * r * p2)
    jacobian = jacobian * q2 * np.log(far / near) / (2 * r * p2) * 2 * np.pi  # dOmega'
    n1 = R / r[:, None]
    e1 = np.cross(n1, [0, 1, 0])
    e1 /= np.linalg.norm(e1, axis=1)[:, None]
    e2 = np.cross(n1, e1)
    sn, f = np.sqrt(np.maximum(1 - c * c, 0)), 2 * np.pi * u[3]
    v = p2[:, None] * (c[:, None] * n1 + sn[:, None] * (np.cos(f)[:, None] * e1 + np.sin(f)[:, None] * e2))
    O = np.concatenate([E2[:, None], v], 1)

    def square(a):
        return np.einsum("ni,i->n", a * a, metric)

    def product(a, b):
        return np.einsum("ni,i->n", a * b, metric)

    first, second = m * m + 2 * product(O, K), m * m - 2 * product(P, K)
    A = (g5 @ (slash(O + K) + ME * unit) @ gamma[0]) / first[:, None, None]
    A = A + (gamma[0] @ (slash(P - K) + ME * unit) @ g5) / second[:, None, None]
    bar = gamma[0] @ np.conj(np.swapaxes(A, 1, 2)) @ gamma[0]
    trace = np.einsum("nij,nji->n", (slash(O) + ME * unit) @ A, (slash(P) + ME * unit) @ bar).real / 2
    weight = trace * field(q2) * (4 * np.pi * ALPHA / q2) ** 2 / (2 * p) * p2 * k / (4 * (2 * np.pi) ** 5) * jacobian
    weight = np.where(np.isfinite(weight) & (k > 0) & (p2 > 0), weight, 0) * HBARC2
    return weight.mean(), weight.std() / np.sqrt(n)


def equivalent_photons(E, m):
    """Weizsaecker and Williams, as Liu, McKeen, Miller, 1609.06781, have it, t up to m^2 + m_e^2."""
    def midpoints(n):
        return (np.arange(n) + 0.5) / n

    lo, hi = ME / E, 1 - m / E
    l = np.log(hi / lo)
    rest = (lo * np.exp(midpoints(400) * l))[:, None, None]
    x = 1 - rest
    U0 = m * m * rest / x + ME * ME * x
    U2 = U0 + 4 * x * E * E
    U = U0 * U2 / (U2 - midpoints(200)[None, :, None] * (U2 - U0))
    tmin, tmax = (U / (2 * E * rest)) ** 2, m * m + ME * ME
    span = np.maximum(np.log(tmax / tmin), 0)
    t = tmin * np.exp(midpoints(100)[None, None, :] * span)
    chi = np.sum((t - tmin) / t * field(t), axis=2, keepdims=True) / 100 * span
    A = x * x / rest + 2 * m * m / U ** 2 * (-U * x + m * m * rest + ME * ME * x * x)
    k = np.sqrt(np.maximum((x * E) ** 2 - m * m, 0))
    value = ALPHA ** 2 / (2 * np.pi) * k * E * rest * A * chi / U ** 2
    return np.mean(value * rest * l * U ** 2 * (U2 - U0) / (U0 * U2) / (2 * x * E * E)) * HBARC2


rng = np.random.default_rng(1)
for E, m in ((1, 0.01), (10, 0.001), (10, 0.01), (10, 0.1), (100, 0.1)):
    parts = [sigma(E, m, 40000, rng) for _ in range(40)]
    mean, error = np.mean([x[0] for x in parts]), np.sqrt(np.sum([x[1] ** 2 for x in parts])) / 40
    ww = equivalent_photons(E, m)
    print("E = %g, m = %g GeV: %.5g +- %.2g; Weizsaecker and Williams %.4g, ratio %.2f" % (E, m, mean, error, ww, ww / mean))
