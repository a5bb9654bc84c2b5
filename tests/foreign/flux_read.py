#!/usr/bin/env python3
"""flux_read.py BSMNU: flux.h5 read with h5py and the tables with numpy hold the numbers of --json. Exit 77 (skipped) where
h5py or numpy is not installed."""
import json
import os
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy as np
except ImportError as error:
    print("skipped: no %s" % error.name)
    sys.exit(77)

CARD = """schema: 1
title: pions and kaons
model: {name: neutrino_beam}
source: ./beam.yaml
detector: [0 m, 0 m, 300 m]
exposure: {pot: 1e20}
run: {pilot: 4000}
flux: {bins: 20, max: 5 GeV, trials: 20000}
"""
BEAM = "schema: 1\nkind: parents\nname: beam\nfile: beam.txt\nat: decay\npot: 10\n"
LIST = "0 0 3 3.0032449 211 1 0 0 10 0\n0.1 0 4 4.0315932 321 1 0 0 20 0\n"


def flux(program, *options):
    out = subprocess.run([program, "flux", "card.yaml", "--json", "-o", "out", *options], capture_output=True, text=True)
    assert out.returncode == 0, out.stderr
    return json.loads(out.stdout)


def compare(j, places):
    moved = "places" in j
    with h5py.File("out/flux.h5") as f:
        assert f.attrs["unit"] == b"1/(m2 GeV POT)" and f.attrs["source"] == b"beam" and f.attrs["pot"] == 1e20
        assert f.attrs["title"] == b"pions and kaons" and f.attrs["detector"] == b"point"
        assert list(f["energy_edges_GeV"]) == j["energy_edges_GeV"]
        assert not moved or list(f["off_axis_m"]) == places
        for p, at in enumerate(j["places"] if moved else [j]):
            for x in at["fluxes"]:
                g = f[x["name"]]
                assert g.attrs["pdg"] == x["pdg"]
                assert list(g["flux"][p] if moved else g["flux"]) == x["flux"]
                assert list(g["error"][p] if moved else g["error"]) == x["error"]
                assert g["total"][p] == x["total_per_m2_POT"] and g["total_error"][p] == x["total_error"]
                assert max(x["flux"]) > 0


program = os.path.abspath(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for name, text in (("card.yaml", CARD), ("beam.yaml", BEAM), ("beam.txt", LIST)):
        with open(name, "w") as f:
            f.write(text)
    j = flux(program)
    compare(j, [])
    for name, unit in (("flux.globes.txt", 1), ("flux.darknews.dat", 1e4)):
        table = np.genfromtxt("out/" + name)
        assert table.shape == (20, 7)
        for x in j["fluxes"]:
            column = [12, 14, 16, -12, -14, -16].index(x["pdg"]) + 1
            assert np.allclose(table[:, column] * unit, x["flux"], rtol=1e-12)
    table = np.genfromtxt("out/flux.csv", delimiter=",", names=True)
    assert np.allclose(table["nu_mu_per_m2_GeV_POT"], j["fluxes"][0]["flux"], rtol=1e-14)
    compare(flux(program, "--off-axis", "-4 m, 0 m, 4 m"), [-4, 0, 4])
    table = np.genfromtxt("out/flux.csv", delimiter=",", names=True)
    assert table.shape == (60,) and list(np.unique(table["off_axis_m"])) == [-4, 0, 4]
    os.chdir("/")
print("flux.h5 and tables: as --json")
