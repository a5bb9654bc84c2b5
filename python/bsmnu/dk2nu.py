"""dk2nu ntuples -> parents of bsmnu, at their decay (HDF5; docs/sources.md, kind `parents`).

A dk2nu file lists neutrinos: decays of pi, K, K_L and mu that gave one, with an importance weight nimpwt. Other decays of
the same parents, which bsmnu makes, happen whether or not a neutrino mode was drawn. So

    weight = nimpwt / (sum of the branching ratios of the neutrino modes that the simulation writes for this parent)

makes the list a list of all decays of these parents: 0.7198 for K+-, 0.6759 for K_L, 0.99988 for pi+-, 1 for mu+-.
A muon's decay gives two neutrinos and two entries: one of them is taken, the muon neutrino's.

Positions come in cm, momenta in GeV (those of the parent AT its decay), times of the ancestors in ns. A muon's
polarisation follows from its parent, as in dk2nu's own weight for a detector (calcEnuWgt): full, in the muon's rest frame
along the direction in which that frame sees its parent for mu+, against it for mu-.
"""
import argparse
import glob
import os
import sys

import numpy as np

C = 299792458.0
MASS = {211: 0.13957039, 321: 0.493677, 130: 0.497611, 13: 0.1056583755}
# Neutrino modes of a parent by dk2nu's `ndecay`, and their branching ratios (RPP 2024).
MODES = {
    211: {13: 0.999877},
    321: {5: 0.6356, 6: 0.0507, 7: 0.03352},
    130: {1: 0.4055 / 2, 2: 0.4055 / 2, 3: 0.2704 / 2, 4: 0.2704 / 2},
    13: {11: 1.0},
}
ANTI = {14: 13, 8: 5, 9: 6, 10: 7, 12: 11}  # ndecay of the antiparticle -> that of the particle
NAMES = {"pi": 211, "K": 321, "KL": 130, "mu": 13}
# Files of before dk2nu's time keep GEANT3 codes.
GEANT3 = {5: -13, 6: 13, 8: 211, 9: -211, 10: 130, 11: 321, 12: -321}
GEANT3_NU = {52: -12, 53: 12, 55: -14, 56: 14}
NEEDED = ["ntype", "ptype", "ndecay", "vx", "vy", "vz", "pdpx", "pdpy", "pdpz", "nimpwt"]
MUON = ["muparpx", "muparpy", "muparpz", "mupare", "ppdxdz", "ppdydz", "pppz", "ppenergy"]
COLUMNS = ["px", "py", "pz", "E", "pdg", "weight", "x", "y", "z", "t", "polx", "poly", "polz"]


class Failure(Exception):
    """Words for the user."""


def short_name(key):
    """dk2nu/decay/decay.vx, dk2nu.decay.vx, decay.vx and the flat decay_vx are one thing."""
    key = key.split("/")[-1].split(";")[0].split("[")[0]
    for prefix in ("dk2nu.", "dkmeta."):
        if key.startswith(prefix):
            key = key[len(prefix):]
    for group in ("decay", "ancestor"):
        if key.startswith(group + "_"):
            key = group + "." + key[len(group) + 1:]
    return key


def branches_of(tree):
    """Short name -> the name that this file has for it."""
    return {short_name(key): key for key in tree.keys(recursive=True)}


def find_tree(file, path, *names):
    for name in names:
        if name in file:
            return file[name]
    raise Failure("%s: no tree %s; this file has: %s" % (path, names[0], ", ".join(sorted(file.keys(cycle=False)))))


def pot_of(file, path):
    tree = find_tree(file, path, "dkmetaTree", "dkMeta")
    have = branches_of(tree)
    if "pots" not in have:
        raise Failure("%s: dkmetaTree has no branch pots" % path)
    pot = float(np.sum(tree[have["pots"]].array(library="np")))
    if not pot > 0 or not np.isfinite(pot):
        raise Failure("%s: dkmetaTree says %g protons" % (path, pot))
    return pot


def as_pdg(code, old):
    out = code.astype(np.int64)
    for geant, pdg in old.items():
        out[code == geant] = pdg
    return out


def muon_polarisation(d, pdg):
    """Unit vectors in the muon's rest frame, 0 where the file says nothing of the muon's parent."""
    pol = np.zeros((len(pdg), 3))
    i = np.nonzero(np.abs(pdg) == 13)[0]
    if not len(i) or any(name not in d for name in MUON):
        return pol
    p = np.stack([d[name][i] for name in MUON[:3]], axis=1)
    e, pz, energy = d["mupare"][i], d["pppz"][i], d["ppenergy"][i]
    good = (e > 0) & (energy > 0)
    with np.errstate(all="ignore"):
        beta = np.stack([d["ppdxdz"][i] * pz, d["ppdydz"][i] * pz, pz], axis=1) / energy[:, None]
        gamma = energy / MASS[13]
        along = np.sum(beta * p, axis=1)
        # the parent's momentum, seen from the muon as it was made
        seen = p + beta * (gamma * (gamma * along / (gamma + 1) - e))[:, None]
        size = np.sqrt(np.sum(seen * seen, axis=1))
        seen = seen / size[:, None]
    good &= np.isfinite(size) & (size > 1e-9)
    seen[pdg[i] == 13] *= -1
    pol[i[good]] = seen[good]
    return pol


def decay_times(d, x):
    """Start of the last ancestor (the neutrino) in s; without ancestors, that of light from the origin."""
    light = np.sqrt(np.sum(x * x, axis=1)) / C
    if "startt" not in d:
        return light, len(light)
    last = np.array([v[-1] if len(v) else np.nan for v in d["startt"]], dtype=float) * 1e-9
    unknown = ~np.isfinite(last)
    return np.where(unknown, light, last), int(np.count_nonzero(unknown))


class Counts:
    def __init__(self):
        self.entries = self.kept = self.no_time = self.unpolarised = 0
        self.skipped, self.modes, self.muons = {}, {}, {12: 0.0, 14: 0.0}


def select(d, keep, counts):
    """Which entries are decays to be listed: one of a kept species, one of a muon's two."""
    pdg, nu = np.abs(d["pdg"]), np.abs(d["nu"])
    listed = np.isin(pdg, keep)
    for code in np.unique(d["pdg"][~np.isin(pdg, list(MASS))]):
        counts.skipped[int(code)] = counts.skipped.get(int(code), 0) + int(np.count_nonzero(d["pdg"] == code))
    for flavour in (12, 14):
        counts.muons[flavour] += float(np.sum(d["nimpwt"][(pdg == 13) & (nu == flavour)]))
    mode = as_pdg(d["ndecay"], ANTI)
    for parent in keep:
        for m, n in zip(*np.unique(mode[pdg == parent], return_counts=True)):
            counts.modes[parent, int(m)] = counts.modes.get((parent, int(m)), 0) + int(n)
    return listed & ((pdg != 13) | (nu == 14)) & (d["nimpwt"] > 0)


def rows_of(d, keep, counts, path):
    """Columns of the parents in a chunk of entries."""
    d["pdg"], d["nu"] = as_pdg(d["ptype"], GEANT3), as_pdg(d["ntype"], GEANT3_NU)
    counts.entries += len(d["pdg"])
    if np.any(d["nimpwt"] < 0) or not np.all(np.isfinite(d["nimpwt"])):
        raise Failure("%s: nimpwt below 0 or not finite" % path)
    chosen = select(d, keep, counts)
    d = {name: v[chosen] for name, v in d.items()}
    pdg = d["pdg"]
    counts.kept += len(pdg)
    p = np.stack([d["pdpx"], d["pdpy"], d["pdpz"]], axis=1).astype(float)
    x = np.stack([d["vx"], d["vy"], d["vz"]], axis=1).astype(float) * 0.01
    mass, share = np.zeros(len(pdg)), np.ones(len(pdg))
    for parent, modes in MODES.items():
        mass[np.abs(pdg) == parent] = MASS[parent]
        share[np.abs(pdg) == parent] = sum(modes.values())
    t, unknown = decay_times(d, x)
    counts.no_time += unknown
    pol = muon_polarisation(d, pdg)
    counts.unpolarised += int(np.count_nonzero((np.abs(pdg) == 13) & ~pol.any(axis=1)))
    energy = np.sqrt(np.sum(p * p, axis=1) + mass * mass)
    columns = [p[:, 0], p[:, 1], p[:, 2], energy, pdg, d["nimpwt"] / share, x[:, 0], x[:, 1], x[:, 2], t, *pol.T]
    return dict(zip(COLUMNS, columns))


def read_chunks(uproot, path, step):
    """(protons of the file, its entries, generator of chunks as dicts by short name)."""
    file = uproot.open(path)
    tree = find_tree(file, path, "dk2nuTree", "dk2nuTree_lite", "dkTree")
    have = branches_of(tree)
    missing = [name for name in NEEDED if "decay." + name not in have]
    if missing:
        raise Failure("%s: %s has no branch decay.%s" % (path, tree.name, ", decay.".join(missing)))
    want = {have["decay." + name]: name for name in NEEDED + MUON if "decay." + name in have}
    if "ancestor.startt" in have:
        want[have["ancestor.startt"]] = "startt"

    def chunks():
        for start in range(0, tree.num_entries, step):
            stop = start + step
            yield {name: tree[key].array(entry_start=start, entry_stop=stop, library="np") for key, name in want.items()}

    return pot_of(file, path), tree.num_entries, chunks()


def expand(patterns):
    files = []
    for pattern in patterns:
        found = sorted(glob.glob(pattern)) if glob.has_magic(pattern) else [pattern]
        if not found:
            raise Failure("%s: no such files" % pattern)
        files += found
    if len(set(map(os.path.realpath, files))) != len(files):
        raise Failure("a file is named twice: its protons would count twice")
    return files


class Writer:
    """The group `parents`, grown chunk by chunk under a temporary name."""

    def __init__(self, h5py, path):
        self.path = path
        self.part = os.path.join(os.path.dirname(path), "." + os.path.basename(path) + ".part")
        self.file = h5py.File(self.part, "w")
        self.group = self.file.create_group("parents")
        for name in COLUMNS:
            self.group.create_dataset(name, shape=(0,), maxshape=(None,), chunks=(65536,), compression=1,
                                      dtype="i4" if name == "pdg" else "f8")

    def add(self, rows):
        for name in COLUMNS:
            data, n = self.group[name], len(self.group[name])
            data.resize((n + len(rows[name]),))
            data[n:] = rows[name]

    def end(self, **attributes):
        for name, value in attributes.items():
            self.group.attrs[name] = value
        self.file.close()
        os.replace(self.part, self.path)

    def drop(self):
        self.file.close()
        os.unlink(self.part)


def warnings(counts, keep):
    for code, n in sorted(counts.skipped.items()):
        yield "%d entries of parents with pdg %d left out: pi, K, K_L and mu are known" % (n, code)
    for parent in keep:
        total = sum(n for (who, _), n in counts.modes.items() if who == parent)
        share = sum(MODES[parent].values())
        for mode, br in MODES[parent].items():
            if total * br / share > 25 and (parent, mode) not in counts.modes:
                yield ("none of %d decays of pdg +-%d is of mode %d: if the simulation leaves it out, the weights of "
                       "this parent are too small" % (total, parent, mode))
    nue, numu = counts.muons[12], counts.muons[14]
    if 13 in keep and nue and abs(numu / nue - 1) > 0.1:
        yield "muon decays weigh %g by their nu_mu, %g by their nu_e: they should agree" % (numu, nue)
    if counts.no_time:
        yield "%d entries without ancestors: their time is that of light from the origin" % counts.no_time
    if counts.unpolarised:
        yield "%d muons without a parent: taken as unpolarised" % counts.unpolarised


def convert(files, out, keep=tuple(MASS), frame="", step=200000, tell=lambda text: None):
    """Writes the list; returns (protons, parents)."""
    import h5py
    import uproot

    counts, pot = Counts(), 0.0
    writer = Writer(h5py, out)
    try:
        for number, path in enumerate(files, 1):
            try:
                protons, entries, chunks = read_chunks(uproot, path, step)
                pot += protons
                for chunk in chunks:
                    writer.add(rows_of(chunk, list(keep), counts, path))
            except (OSError, ValueError, KeyError) as error:
                raise Failure("%s: not a readable dk2nu file (%s)" % (path, str(error).strip().split("\n")[0])) from error
            tell("[%d/%d] %s: %d entries, %g protons" % (number, len(files), path, entries, protons))
        if not counts.kept:
            raise Failure("no decay of %s in %d entries" % (", ".join(map(str, keep)), counts.entries))
        writer.end(at="decay", pot=pot, frame=frame, files=len(files), made_by="bsmnu-dk2nu",
                   weights="nimpwt / sum of the branching ratios of the neutrino modes; muons by their nu_mu")
    except BaseException:
        writer.drop()
        raise
    for text in warnings(counts, keep):
        tell("warning: " + text)
    return pot, counts.kept


def main(argv=None):
    parser = argparse.ArgumentParser(prog="bsmnu-dk2nu", description="dk2nu ntuples to a list of parents for bsmnu.",
                                     epilog="example: bsmnu-dk2nu 'g4lbne_*.dk2nu.root' -o parents.h5 --keep K,KL")
    parser.add_argument("files", nargs="+", help="dk2nu files; wildcards in quotes are expanded, root:// works too")
    parser.add_argument("-o", "--output", required=True, help="HDF5 file to write")
    parser.add_argument("--keep", default="pi,K,KL,mu", help="comma list of pi, K, KL, mu (default: all)")
    parser.add_argument("--frame", default="", help="a note that is kept in the file: which frame positions are in")
    parser.add_argument("--step", type=int, default=200000, help="entries read at once")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    a = parser.parse_args(argv)

    def tell(text):
        if not a.quiet or text.startswith("warning"):
            print("bsmnu-dk2nu: " + text, file=sys.stderr)

    try:
        unknown = [word for word in a.keep.split(",") if word not in NAMES]
        if unknown:
            raise Failure("--keep: found '%s', expected some of %s" % (unknown[0], ", ".join(NAMES)))
        if a.step < 1:
            raise Failure("--step: expected 1 or more, found %d" % a.step)
        pot, n = convert(expand(a.files), a.output, [NAMES[word] for word in a.keep.split(",")], a.frame, a.step, tell)
    except (Failure, ImportError, OSError) as error:
        print("bsmnu-dk2nu: error: %s" % error, file=sys.stderr)
        return 1
    tell("%s: %d parents of %g protons" % (a.output, n, pot))
    return 0


if __name__ == "__main__":
    sys.exit(main())
