#!/usr/bin/env python3
"""dk2nu_convert.py BSMNU: dk2nu files made with uproot, in the ways in which branches are named, converted by bsmnu.dk2nu
and read by the program; fluxes against closed forms. Exit 77 (skipped) where uproot, h5py or numpy is not installed."""
import contextlib
import io
import json
import math
import os
import subprocess
import sys
import tempfile

try:
    import awkward
    import h5py
    import numpy as np
    import uproot
except ImportError as error:
    print("skipped: no %s" % error.name)
    sys.exit(77)

from bsmnu import dk2nu

PI, K, MU = dk2nu.MASS[211], dk2nu.MASS[321], dk2nu.MASS[13]
FIELDS = dk2nu.NEEDED + dk2nu.MUON
failures = 0


def check(good, what):
    global failures
    if not good:
        failures += 1
        print("FAILED: " + what)


def close(value, expected, tolerance, what):
    check(value is not None and abs(value / expected - 1) < tolerance, "%s: %s, expected %g" % (what, value, expected))


def entry(**given):
    row = dict.fromkeys(FIELDS, 0.0)
    row.update(given, times=given.get("times", [0.0, 5.0, 40.0]))
    return row


def write(path, rows, pots, style="decay.%s", ancestors=True, meta="pots", leave=()):
    with uproot.recreate(path) as f:
        data = {}
        for name in FIELDS:
            if name not in leave:
                whole = name in ("ntype", "ptype", "ndecay")
                data[style % name] = np.array([r[name] for r in rows], dtype=np.int32 if whole else np.float64)
        if ancestors:
            data["ancestor.startt"] = awkward.Array([r["times"] for r in rows])
        f.mktree("dk2nuTree", {k: v.type if isinstance(v, awkward.Array) else v.dtype for k, v in data.items()})
        f["dk2nuTree"].extend(data)
        f.mktree("dkmetaTree", {meta: np.float64})
        f["dkmetaTree"].extend({meta: np.array(pots, dtype=float)})


def run(*arguments):
    """Exit code of the converter, and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        code = dk2nu.main(list(arguments))
    return code, said.getvalue()


def refused(words, *arguments):
    code, said = run(*arguments, "-o", "x.h5")
    check(code == 1 and words in said and said.count("\n") == 1, "expected one line with '%s': %s" % (words, said))
    check(not os.path.exists("x.h5") and not os.path.exists(".x.h5.part"), "left a file: %s" % words)


def flux(parents, detector, **settings):
    """Totals by name of `bsmnu flux` at a point."""
    with open("beam.yaml", "w") as f:
        f.write("schema: 1\nkind: parents\nname: beam\nfile: %s\n" % parents)
    with open("card.yaml", "w") as f:
        f.write("schema: 1\nmodel: {name: neutrino_beam}\nsource: ./beam.yaml\nexposure: {pot: 1}\nrun: {pilot: 20000}\n"
                "detector: {position: [%g m, %g m, %g m], radius: 20 cm}\n" % detector)
        for key, value in settings.items():
            f.write("%s: %s\n" % (key, value))
    out = subprocess.run([sys.argv[1], "flux", "card.yaml", "--json", "-j", "1"], capture_output=True, text=True)
    check(out.returncode == 0, out.stderr)
    return {x["name"]: x["total_per_m2_POT"] for x in json.loads(out.stdout)["fluxes"]} if not out.returncode else {}


def parents(path):
    with h5py.File(path) as f:
        return {k: v[:] for k, v in f["parents"].items()}, dict(f["parents"].attrs)


def test_columns():
    rows = [
        entry(ntype=14, ptype=211, ndecay=13, vx=10, vy=-20, vz=3000, pdpx=.1, pdpy=.2, pdpz=3, nimpwt=2),
        entry(ntype=14, ptype=321, ndecay=5, vx=1, vz=500, pdpz=8, nimpwt=.5),
        entry(ntype=-12, ptype=130, ndecay=2, vz=700, pdpz=4, nimpwt=1),
        entry(ntype=-14, ptype=-13, ndecay=11, vz=900, pdpz=2, nimpwt=3),
        entry(ntype=12, ptype=-13, ndecay=11, vz=900, pdpz=2, nimpwt=3),
        entry(ntype=16, ptype=431, ndecay=999, vz=0, pdpz=20, nimpwt=1),
    ]
    whole = None
    styles = ["decay.%s", "dk2nu.decay.%s", "decay_%s", "dk2nu/decay/decay.%s"]
    for style in styles:
        write("a.root", rows, [1000, 500], style, meta="dkmeta.pots" if "dk2nu" in style else "pots")
        code, said = run("a.root", "-o", "a.h5", "--frame", "MC zero", "--step", "2")
        check(code == 0 and "1 entries of parents with pdg 431" in said and "4 parents of 1500 protons" in said, said)
        if code:
            continue
        c, attributes = parents("a.h5")
        check(attributes["pot"] == 1500 and attributes["at"] == "decay" and attributes["frame"] == "MC zero", "attributes")
        whole = whole or {k: list(v) for k, v in c.items()}
        check(whole == {k: list(v) for k, v in c.items()}, "branches named %s give other numbers" % style)
    check(whole["pdg"] == [211, 321, 130, -13], "species: %s" % whole["pdg"])
    expected = [2 / 0.999877, 0.5 / (0.6356 + 0.0507 + 0.03352), 1 / (0.4055 + 0.2704), 3]
    check(np.allclose(whole["weight"], expected, rtol=1e-12), "weights: %s" % whole["weight"])
    check(np.allclose([whole[k][0] for k in "xyzt"], [.1, -.2, 30, 40e-9]), "cm and ns")
    close(whole["E"][1], math.hypot(8, K), 1e-12, "E")
    write("old.root", [entry(ntype=56, ptype=8, ndecay=13, pdpz=3, nimpwt=1), entry(ntype=53, ptype=11, ndecay=6, nimpwt=1)],
          [1], ancestors=False)
    code, said = run("old.root", "-o", "a.h5", "-q")
    check(code == 0 and list(parents("a.h5")[0]["pdg"]) == [211, 321], "GEANT3 codes: " + said)
    check("2 entries without ancestors" in said, "no word on times: " + said)
    write("b.root", rows[:1], [500])
    code, said = run("[ab].root", "-o", "a.h5", "--keep", "pi,mu")
    check(code == 0 and "[2/2] b.root: 1 entries, 500 protons" in said, said)
    c, attributes = parents("a.h5")
    check(attributes["pot"] == 2000 and list(c["pdg"]) == [211, -13, 211], "two files")


def test_at_rest():
    """A pion at rest: BR / (4 pi L^2). Muons at rest that came from pions at rest: the nu_e go where the muon went."""
    write("pi.root", [entry(ntype=14, ptype=211, ndecay=13, nimpwt=3)], [2])
    check(run("pi.root", "-o", "pi.h5", "-q")[0] == 0, "pi.root")
    close(flux("pi.h5", (0, 12, 5)).get("nu_mu"), 1.5 / (4 * math.pi * 169), 0.01, "pi+ at rest")
    p = (PI * PI - MU * MU) / (2 * PI)
    made = dict(pppz=p, ppenergy=math.hypot(p, MU), mupare=PI, nimpwt=1)
    write("mu.root", [entry(ntype=-14, ptype=-13, ndecay=11, **made), entry(ntype=14, ptype=13, ndecay=12, **made)], [1])
    check(run("mu.root", "-o", "mu.h5", "-q")[0] == 0, "mu.root")
    c, _ = parents("mu.h5")
    check(np.allclose(c["polz"], [-1, 1]) and np.allclose(c["polx"], 0), "helicities: %s" % c["polz"])
    one = 1 / (4 * math.pi * 400)
    ahead, across = flux("mu.h5", (0, 0, 20)), flux("mu.h5", (20, 0, 0))
    for name in ("nu_e", "nubar_e"):
        close(ahead.get(name), 2 * one, 0.01, name + " ahead")
        close(across.get(name), one, 0.01, name + " across")
    for name in ("nu_mu", "nubar_mu"):
        close(ahead.get(name), 2 / 3 * one, 0.01, name + " ahead")


def test_in_flight():
    """K+ in flight, K -> mu nu alone: sum of weight x boost^2 / (4 pi r^2), as dk2nu's own location weight has it."""
    rng = np.random.default_rng(3)
    where = np.array([3.0, 1.0, 574.0])
    rows, expected = [], 0.0
    for _ in range(300):
        p = np.array([*rng.normal(0, .05, 2), rng.uniform(1, 8)])
        x = np.array([*rng.normal(0, .3, 2), rng.uniform(0, 200)])
        w = rng.uniform(.5, 2)
        rows.append(entry(ntype=14, ptype=321, ndecay=5, nimpwt=w, **dict(zip(("vx", "vy", "vz"), 100 * x)),
                          **dict(zip(("pdpx", "pdpy", "pdpz"), p))))
        d = where - x
        r, e = math.sqrt(d @ d), math.sqrt(p @ p + K * K)
        boost = K / (e - p @ d / r)
        expected += w / (0.6356 + 0.0507 + 0.03352) * 0.6356 * boost ** 2 / (4 * math.pi * r * r) / 1e3
    write("k.root", rows, [1e3])
    check(run("k.root", "-o", "k.h5", "-q")[0] == 0, "k.root")
    close(flux("k.h5", tuple(where), chain="nu_mu", production="'K+ -> mu+ nu_mu'").get("nu_mu"), expected, 0.02, "K+ in flight")


def test_warnings():
    write("w.root", [entry(ntype=14, ptype=321, ndecay=5, nimpwt=1, pdpz=1)] * 2000 +
          [entry(ntype=14, ptype=13, ndecay=12, nimpwt=1, pdpz=1)] * 3 + [entry(ntype=-12, ptype=13, ndecay=12, nimpwt=1)], [1])
    code, said = run("w.root", "-o", "w.h5", "-q")
    check(code == 0, said)
    for words in ("of mode 6", "of mode 7", "they should agree", "3 muons without a parent"):
        check(words in said, "no warning of '%s': %s" % (words, said))


def test_refused():
    good = [entry(ntype=14, ptype=211, ndecay=13, nimpwt=1, pdpz=1)]
    write("good.root", good, [1])
    write("noweight.root", good, [1], leave=("nimpwt",))
    write("nopot.root", good, [0])
    write("negative.root", [entry(ntype=14, ptype=211, ndecay=13, nimpwt=-1)], [1])
    with uproot.recreate("empty.root") as f:
        f.mktree("other", {"a": np.float64})
    with open("text.root", "w") as f:
        f.write("not ROOT at all\n")
    refused("nosuch*.root: no such files", "nosuch*.root")
    refused("nosuch.root", "nosuch.root")
    refused("text.root", "text.root")
    refused("empty.root: no tree dk2nuTree", "empty.root")
    refused("has no branch decay.nimpwt", "noweight.root")
    refused("says 0 protons", "nopot.root")
    refused("nimpwt below 0", "negative.root")
    refused("no decay of 321 in 1 entries", "good.root", "--keep", "K", "-q")
    refused("named twice", "good.root", "./good.root")
    refused("--keep: found 'tau'", "good.root", "--keep", "tau")
    refused("--step", "good.root", "--step", "0")


with tempfile.TemporaryDirectory() as folder:
    sys.argv[1] = os.path.abspath(sys.argv[1])
    os.chdir(folder)
    for test in (test_columns, test_at_rest, test_in_flight, test_warnings, test_refused):
        test()
    os.chdir("/")
print("%d failed" % failures if failures else "dk2nu: all as expected")
sys.exit(1 if failures else 0)
