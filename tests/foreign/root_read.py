#!/usr/bin/env python3
"""root_read.py uproot|root DIR: reads the gRooTracker files of write_samples with uproot, and holds every branch against the HDF5
files of the same events; or with ROOT itself, by addresses of branches as edep-sim does. Exit 77 (skipped) where that, or h5py, is
not installed."""
import json
import sys

try:
    import numpy
    if sys.argv[1] == "root":
        import ROOT
    else:
        import awkward
        import h5py
        import uproot
except ImportError as e:
    print("skipped:", e)
    sys.exit(77)

C = 299792458
P4 = [("px", 0), ("py", 1), ("pz", 2), ("E", 3)]
X4 = [("x", 0), ("y", 1), ("z", 2), ("t", 3)]


def same(a, b, what):
    a, b = numpy.asarray(a), numpy.asarray(b)
    assert a.shape == b.shape and ((a == b) | ((a != a) & (b != b))).all(), what


def check_file(folder, name, n):
    with uproot.open(folder + "/" + name + ".gtrac.root") as f:
        assert sorted(f.keys(cycle=False)) == ["bsmnu", "gRooTracker"]
        t = f["gRooTracker"]
        assert t.num_entries == n and t.member("fWeight") == 6.6e20, "the tree's weight is the exposure"
        run = json.loads(f["bsmnu"].member("fTitle"))
        assert run["exposure"]["pot"] == 6.6e20 and run["card"].startswith("model: hnl\n")
        baskets = -(-n // 2000)
        assert all(b.num_baskets == baskets for b in t.branches)
        assert {"TTree", "TBranch", "TBranchElement", "TLeafI", "TLeafD", "TObjString"} <= set(f.file.streamers)
        codes = [str(s) for s in t["EvtCode"].array(library="np")]
        arrays = {b.name: b.array() for b in t.branches if b.name != "EvtCode"}
    with h5py.File(folder + "/" + name + ".h5") as f:
        h = {group: {c: f[group][c][:] for c in f[group]} for group in ("events", "vertices", "particles")}
    return arrays, codes, h


def compare(a, codes, h):
    e, v, p = h["events"], h["vertices"], h["particles"]
    flat = {k: awkward.flatten(x, axis=1) if x.ndim > 1 and k.startswith(("StdHep", "BsmVtx", "BsmX4", "BsmStatus", "BsmFrom",
            "BsmTo", "BsmMass", "BsmOrigin")) and k not in ("StdHepN", "BsmVtxN") else x for k, x in a.items()}
    primary = v["status"] == 1
    same(flat["StdHepN"], e["n_particles"], "StdHepN")
    same(flat["BsmVtxN"], e["n_vertices"], "BsmVtxN")
    same(flat["EvtNum"], e["id"], "EvtNum")
    same(flat["BsmId"], e["id"], "BsmId")
    same(flat["EvtWght"], e["weight"], "EvtWght")
    same(flat["EvtProb"], e["probability"], "EvtProb")
    assert numpy.allclose(flat["EvtXSec"], 1.25e-7, rtol=1e-15, atol=0), "1.25e-9 pb in 1e-38 cm2"
    for axis, i in X4:
        same(flat["EvtVtx"][:, i], v[axis][primary], "EvtVtx " + axis)
        same(flat["BsmVtxX4"][:, i], v[axis], "BsmVtxX4 " + axis)
        same(flat["BsmX4"][:, i], p[axis], "BsmX4 " + axis)
        same(flat["NuParentDecX4"][:, i], e["parent_" + axis], "NuParentDecX4 " + axis)
    for axis, i in P4:
        same(flat["StdHepP4"][:, i], p[axis], "StdHepP4 " + axis)
        same(flat["NuParentDecP4"][:, i], e["parent_" + axis], "NuParentDecP4 " + axis)
    same(flat["StdHepPdg"], p["pdg"], "StdHepPdg")
    same(flat["BsmStatus"], p["status"], "BsmStatus")
    same(flat["BsmMass"], p["m"], "BsmMass")
    same(flat["BsmFrom"], p["from_vertex"], "BsmFrom")
    same(flat["BsmTo"], p["to_vertex"], "BsmTo")
    wanted = {1: 1, 2: 3, 3: 2, 4: 0, 20: 0, 21: 11}
    same(flat["StdHepStatus"], [wanted[s] for s in p["status"]], "StdHepStatus")
    assert codes == ["N -> mu- pi+" if k == 0 else "nu A -> N A" for k in v["process"][primary]], "EvtCode"
    # StdHepX4 is the way from the vertex in fm, and c t.
    event, place = p["event"], numpy.stack([p[axis] for axis in "xyz"], axis=1)
    start = numpy.stack([v[axis][primary][event] for axis in "xyz"], axis=1)
    made = p["from_vertex"] >= 0
    x4 = numpy.asarray(flat["StdHepX4"])
    assert numpy.allclose(x4[made, :3], (place - start)[made] * 1e15, rtol=1e-12, atol=1)
    assert numpy.allclose(x4[made, 3], (p["t"] - v["t"][primary][event])[made] * C * 1e15, rtol=1e-9, atol=1)
    if len(place):
        assert (numpy.abs(numpy.linalg.norm(x4[p["from_vertex"] > 0, :3], axis=1) / 1.2e15 - 1) < 1e-12).all()


def check_family(a):
    for row in range(min(300, len(a["StdHepN"]))):
        fm, fd, ld = (a["StdHep" + k][row].tolist() for k in ("Fm", "Fd", "Ld"))
        frm, to = a["BsmFrom"][row].tolist(), a["BsmTo"][row].tolist()
        for i in range(len(fm)):
            assert fm[i] == (to.index(frm[i]) if frm[i] >= 0 else -1)
            if to[i] >= 0:
                assert frm[fd[i]] == to[i] == frm[ld[i]] and fd[i] == frm.index(to[i])


READ = """
#include "TFile.h"
#include "TObjString.h"
#include "TTree.h"
#include <vector>
std::vector<double> bsm_read(const char *path) {
  TFile *f = TFile::Open(path, "OLD");
  TTree *t = dynamic_cast<TTree *>(f->Get("gRooTracker"));
  TObjString *code = nullptr;
  Int_t num = -1, n = -1;
  Double_t w = 0, v[4];
  static Int_t pdg[4000], status[4000];
  static Double_t p[4000][4];
  t->SetBranchAddress("EvtCode", &code);
  t->SetBranchAddress("EvtNum", &num);
  t->SetBranchAddress("EvtWght", &w);
  t->SetBranchAddress("EvtVtx", v);
  t->SetBranchAddress("StdHepN", &n);
  t->SetBranchAddress("StdHepPdg", pdg);
  t->SetBranchAddress("StdHepStatus", status);
  t->SetBranchAddress("StdHepP4", p);
  std::vector<double> sums{double(t->GetEntries()), t->GetWeight(), 0, 0, 0, 0, 0};
  for (Long64_t k = 0; k < t->GetEntries(); k++) {
    Long64_t entry = (17 * k) % t->GetEntries();
    if (t->GetEntry(entry) <= 0 || num != entry) sums[6]++;
    TString s = code->String();
    if (s != "N -> mu- pi+" && s != "nu A -> N A") sums[6]++;
    sums[2] += w;
    sums[3] += v[3];
    for (int i = 0; i < n; i++) {
      sums[4] += pdg[i];
      if (status[i] == 1) sums[5] += p[i][3];
    }
  }
  f->Close();
  return sums;
}
"""


def with_root(folder):
    assert ROOT.gInterpreter.Declare(READ)
    for name, n in ("weighted", 300), ("many", 5003), ("empty", 0):
        got = list(ROOT.bsm_read(folder + "/" + name + ".gtrac.root"))
        assert got[:2] == [n, 6.6e20] and got[6] == 0, got
        try:
            import h5py
        except ImportError:
            continue
        with h5py.File(folder + "/" + name + ".h5") as f:
            e, v, p = f["events"], f["vertices"], f["particles"]
            first = v["status"][:] == 1
            wanted = [e["weight"][:].sum(), v["t"][:][first].sum(), p["pdg"][:].sum(), p["E"][:][p["status"][:] == 1].sum()]
        assert numpy.allclose(got[2:6], wanted, rtol=1e-12, atol=0), (got, wanted)
    print("ok: ROOT", ROOT.gROOT.GetVersion())


def with_uproot(folder):
    for name, n in ("weighted", 300), ("many", 5003), ("unweighted", 300):
        arrays, codes, h = check_file(folder, name, n)
        compare(arrays, codes, h)
        check_family(arrays)
    same(arrays["BsmOverweight"], h["events"]["overweight"], "overweight")
    arrays, codes, h = check_file(folder, "empty", 0)
    assert all(len(x) == 0 for x in arrays.values()) and codes == []
    print("ok: uproot", uproot.__version__)


with_root(sys.argv[2]) if sys.argv[1] == "root" else with_uproot(sys.argv[2])
