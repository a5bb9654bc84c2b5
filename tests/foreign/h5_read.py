#!/usr/bin/env python3
"""h5_read.py DIR: reads the HDF5 event files of write_samples with h5py and pandas, and holds them against the same events in
NuHepMC text where pyhepmc is installed. Exit 77 (skipped) without h5py or pandas."""
import json
import math
import sys

try:
    import h5py
    import numpy
    import pandas
except ImportError as e:
    print("skipped:", e)
    sys.exit(77)

UNITS = {"E": "GeV", "px": "GeV", "m": "GeV", "t": "s", "x": "m", "pdg": "", "weight": "", "delay": "s", "flight": "m"}


def table(f, name):
    return pandas.DataFrame({column: f[name][column][:] for column in f[name]})


def check_attributes(f):
    a = f.attrs
    assert a["pot"] == 6.6e20 and a["model"] == "hnl" and a["detector"] == "sbnd" and a["weighted"] == 1
    assert a["cross_section_pb"] == 1.25e-9 and a["cross_section_error_pb"] == 3e-11 and a["cross_section_per"] == "atom"
    assert a["card"].startswith("model: hnl\n")
    p = f["parameters"].attrs
    assert p["mass"] == 0.35 and p["mass_unit"] == "GeV" and p["nature"] == "majorana" and p["Umu2"] == 1e-9
    run = json.loads(f["run"][()])
    assert run["seed"] == 2**64 - 1 and run["exposure"]["pot"] == 6.6e20 and len(run["processes"]) == 3
    for group in "events", "vertices", "particles":
        for name in f[group]:
            assert "unit" in f[group][name].attrs, (group, name)
            if name in UNITS:
                assert f[group][name].attrs["unit"] == UNITS[name], name


def check_tables(f, n):
    events, vertices, particles = (table(f, name) for name in ("events", "vertices", "particles"))
    assert len(events) == n and (events.index == events.id).all()
    assert (particles.groupby("event").size() == events.n_particles).all()
    assert (vertices.groupby("event").size() == events.n_vertices).all()
    # Energy and momentum at every vertex, as joins of the three tables.
    for axis in "E", "px", "py", "pz":
        into = particles[particles.to_vertex >= 0].groupby(["event", "to_vertex"])[axis].sum()
        out = particles[particles.from_vertex >= 0].groupby(["event", "from_vertex"])[axis].sum()
        assert len(into) == len(out) == len(vertices)
        scale = particles[particles.to_vertex >= 0].groupby(["event", "to_vertex"])["E"].sum()
        assert (numpy.abs(into.values - out.values) < 1e-11 * scale.values).all(), axis
    # Times are seconds: a later vertex is 1.2 m further on, and not faster than light.
    first, later = vertices[vertices.status == 1].set_index("event"), vertices[vertices.status == 22].set_index("event")
    first = first.loc[later.index]
    away = numpy.sqrt(sum((later[a] - first[a]) ** 2 for a in "xyz"))
    assert numpy.allclose(away, 1.2, rtol=1e-12) and ((later.t - first.t) * 299792458 >= away * (1 - 1e-12)).all()
    return events, vertices, particles


def check_text(folder, events, vertices, particles):
    try:
        import pyhepmc
    except ImportError:
        print("not compared with NuHepMC: no pyhepmc")
        return
    with pyhepmc.open(folder + "/weighted.hepmc3") as f:
        text = list(f)
    assert len(text) == len(events)
    for row, event in enumerate(text):
        assert event.weights[0] == events.weight[row]
        finals = [p for p in event.particles if p.status == 1 and p.pid != 2009900000]
        mine = particles[(particles.event == row) & (particles.status == 1)]
        assert [p.pid for p in finals] == list(mine.pdg)
        for p, (_, q) in zip(finals, mine.iterrows()):
            assert (p.momentum.px, p.momentum.py, p.momentum.pz, p.momentum.e) == (q.px, q.py, q.pz, q.E)
            x = p.production_vertex.position
            assert math.isclose(x.t / 299792458e3, q.t, rel_tol=1e-14) and math.isclose(x.x, q.x * 1e3, rel_tol=1e-14)


def main(folder):
    with h5py.File(folder + "/weighted.h5") as f:
        check_attributes(f)
        tables = check_tables(f, 300)
        assert numpy.isnan(tables[0].overweight).all()
        check_text(folder, *tables)
    with h5py.File(folder + "/unweighted.h5") as f:
        events = table(f, "events")
        assert f.attrs["weighted"] == 0 and events.overweight[7] == 2.25 and (events.overweight == 1).sum() == 299
    with h5py.File(folder + "/many.h5") as f:
        check_attributes(f)
        check_tables(f, 5003)
    with h5py.File(folder + "/empty.h5") as f:
        check_attributes(f)
        assert all(len(table(f, name)) == 0 for name in ("events", "vertices", "particles"))
    print("ok: h5py", h5py.__version__, "pandas", pandas.__version__)


main(sys.argv[1])
