#!/usr/bin/env python3
"""pyhepmc_read.py DIR: reads the files of write_samples with pyhepmc (HepMC3 3.2 and later) and compares plain and
compressed ones, the HEPEVT text and the weights. Exit 77 (skipped) where pyhepmc is not installed."""
import gzip
import math
import sys

try:
    import pyhepmc
except ImportError:
    print("skipped: no pyhepmc")
    sys.exit(77)

C_MM_PER_S = 299792458e3


def read(path):
    with pyhepmc.open(path) as f:
        return list(f)


def words(attributes, name):
    return str(attributes[name]).replace(",", " ").strip("[]").split()


def check_event(event, weight_is_declared):
    assert event.momentum_unit == pyhepmc.Units.GEV and event.length_unit == pyhepmc.Units.MM
    assert [v.status for v in event.vertices].count(1) == 1
    statuses = [p.status for p in event.particles]
    assert statuses.count(4) == 1 and statuses.count(20) == 1
    lab = [float(w) for w in words(event.attributes, "lab_pos")]
    primary = next(v for v in event.vertices if v.status == 1)
    assert len(lab) == 4 and lab[3] > 0
    assert tuple(lab[:3]) == (primary.position.x, primary.position.y, primary.position.z)
    assert math.isclose(lab[3] * C_MM_PER_S, primary.position.t, rel_tol=1e-14)
    assert weight_is_declared and len(event.weights) == 1
    for vertex in event.vertices:
        for axis in ("px", "py", "pz", "e"):
            total = sum(getattr(p.momentum, axis) for p in vertex.particles_in)
            total -= sum(getattr(p.momentum, axis) for p in vertex.particles_out)
            assert abs(total) < 1e-11 * sum(p.momentum.e for p in vertex.particles_in), (axis, total)


def hepevt(path):
    lines = open(path).read().split("\n")
    assert lines.pop() == ""
    while lines:
        number, n = map(int, lines.pop(0).split())
        rows = [lines.pop(0).split() for _ in range(n)]
        assert all(len(row) == 15 and row[0] == "1" and row[2:6] == ["0"] * 4 for row in rows)
        yield number, [(int(row[1]), *map(float, row[6:])) for row in rows]


def main(folder):
    plain = read(folder + "/weighted.hepmc3")
    assert len(plain) == 300, len(plain)
    info = plain[0].run_info
    assert list(info.weight_names) == ["CV"]
    assert float(str(info.attributes["NuHepMC.Exposure.POT"])) == 6.6e20
    assert "\n" in str(info.attributes["bsmnu.Card"])
    for event in plain:
        check_event(event, True)

    text = open(folder + "/weighted.hepmc3", "rb").read()
    assert gzip.open(folder + "/weighted.hepmc3.gz").read() == text
    zipped = read(folder + "/weighted.hepmc3.gz")
    assert [e.event_number for e in zipped] == [e.event_number for e in plain]

    unweighted = read(folder + "/unweighted.hepmc3")
    assert ["overweight" in e.attributes for e in unweighted].count(True) == 1

    copies = list(hepevt(folder + "/unweighted.hepevt"))
    assert [n for n, _ in copies if n != 7] == [e.event_number for e in plain if e.event_number != 7]
    assert [n for n, _ in copies].count(7) in (2, 3)
    by_number = dict(copies)
    for event in plain:
        finals = [p for p in event.particles if p.status == 1 and p.pid != 2009900000]
        rows = by_number[event.event_number]
        assert [p.pid for p in finals] == [row[0] for row in rows]
        for p, row in zip(finals, rows):
            assert (p.momentum.px, p.momentum.py, p.momentum.pz, p.momentum.e) == row[1:5]
            x = p.production_vertex.position
            for mm, cm in zip((x.x, x.y, x.z), row[6:9]):
                assert math.isclose(mm, 10 * cm, rel_tol=1e-14)
            assert math.isclose(x.t / C_MM_PER_S, row[9] * 1e-9, rel_tol=1e-14)
    print("ok:", len(plain), "events with pyhepmc", pyhepmc.__version__)


main(sys.argv[1])
