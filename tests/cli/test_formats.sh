#!/bin/sh
# Every format into every other: what can be held survives, what cannot stands in the sidecar, what is not known is not made up.
. "$BSMNU_ROOT/tests/cli/common.sh"
card 's/\[hepmc3\]/[hepmc3, h5, gtrac.root, nuance, hepevt]/;s/events: 1000/events: 3000/'
works bsmnu generate card.yaml -o run
cd run || exit 1

# All that the record holds, around any way. NuHepMC counts in mm: reading it rounds once, writing it again not at all.
works bsmnu convert events.hepmc3 rounded.hepmc3
for one in hepmc3 h5 gtrac.root; do
	for two in hepmc3 h5 gtrac.root; do
		works bsmnu convert events.$one a.$two
		[ $one = hepmc3 ] || cmp a.$two events.$two || fail "$one -> $two: not what the run wrote"
		[ $two = hepmc3 ] && continue
		works bsmnu convert a.$two b.$one
		whole=events
		[ $one = hepmc3 ] && whole=rounded
		cmp b.$one $whole.$one || fail "$one -> $two -> $one: other bytes"
	done
	for two in nuance hepevt; do
		works bsmnu convert events.$one a.$two
		[ $one = hepmc3 ] || cmp a.$two events.$two || fail "$one -> $two: not what the run wrote"
		valid_json a.$two.json "sidecar of $one -> $two"
		for key in pot flux_averaged_pb error_pb hash seed card; do
			[ "$(value_of a.$two.json $key)" = "$(value_of run.json $key)" ] || fail "sidecar of $one -> $two: another $key"
		done
		grep -q 'with .json' stdout || fail "no word of the sidecar: $(cat stdout)"
	done
	[ -e a.$one.json ] && fail "a sidecar where $one holds all"
done
works bsmnu convert events.hepevt rounded.hepevt
rm -f a.* b.*

# From text without a run, exposure and weights come from run.json beside it, or from its own sidecar.
for from in nuance hepevt; do
	for to in h5 gtrac.root; do
		works bsmnu convert events.$from a.$to
		works bsmnu convert a.$to b.$from
		pot=$(value_of run.json pot)
		[ "$(value_of b.$from.json pot)" = "$pot" ] || fail "$from -> $to -> $from: POT $(value_of b.$from.json pot), not $pot"
	done
	if command -v python3 >/dev/null 2>&1; then
		python3 - b.$from.json run.json <<'PYTHON' || fail "$from: the sum of weights is another"
import json, sys
a, b = (json.load(open(f)) for f in sys.argv[1:])
assert abs(a["events"]["sum_of_weights"] / b["events"]["sum_of_weights"] - 1) < 1e-12
assert a["cross_section"] == b["cross_section"] and a["parameters"] == b["parameters"]
# events of weight one stand for pot / (weight of each)
out, = a["outputs"]
assert abs(out["pot_of_file"] / (a["exposure"]["pot"] * out["events"] / a["events"]["sum_of_weights"]) - 1) < 1e-12
PYTHON
	fi
done
cmp b.hepevt rounded.hepevt || fail 'hepevt -> gtrac.root -> hepevt: other bytes'
works bsmnu convert events.nuance a.hepmc3
# HEPEVT does not hold what came in: NuHepMC wants it.
bsmnu convert events.hepevt a.hepmc3 >stdout 2>stderr && fail 'hepevt -> hepmc3 made up an incoming particle'
grep -q 'one incoming particle' stderr || fail "hepevt -> hepmc3: $(cat stderr)"

# Without any sidecar nothing is known of exposure, and nothing is said.
mkdir alone && cp events.nuance events.hepevt alone
works bsmnu convert alone/events.hepevt alone/a.h5
works bsmnu convert alone/a.h5 alone/b.hepevt
[ "$(value_of alone/b.hepevt.json pot)" = 0 ] || fail "POT from nowhere: $(value_of alone/b.hepevt.json pot)"
cd ..

# Empty files: valid, and said to be empty.
for i in 1 2 3; do
	works bsmnu generate card.yaml -n 200 -o shard$i --shard $i/30
done
for format in hepmc3 h5 gtrac.root nuance hepevt; do
	works bsmnu convert shard1/events.$format empty.h5
	grep -q "warning: shard1/events.$format: the file holds no event" stderr || fail "$format: empty, and not a word: $(cat stderr)"
	grep -q '^0 events' stdout || fail "$format: $(cat stdout)"
	[ $format = hepevt ] || works bsmnu convert empty.h5 empty.$format
done

# What is refused.
cp -r run/events.* .
refuses 1 'compressed inside' bsmnu convert events.hepmc3 x.h5.zst
refuses 1 'compressed inside' bsmnu convert events.hepmc3 x.gtrac.root.gz
refuses 1 'compressed inside' bsmnu generate card.yaml -o x --set output=h5.zst
refuses 1 'holds no weights' bsmnu generate card.yaml -o x --set output=nuance --set unweighted=false
refuses 1 'not an HDF5 file' sh -c 'cp events.hepmc3 wrong.h5; bsmnu convert wrong.h5 x.hepevt'
refuses 1 'byte 0: magic of a ROOT file' sh -c 'cp events.h5 wrong.gtrac.root; bsmnu convert wrong.gtrac.root x.hepevt'
refuses 1 'cut off' sh -c 'head -c 20000 events.gtrac.root >cut.gtrac.root; bsmnu convert cut.gtrac.root x.h5'
refuses 1 'cut off' sh -c 'head -n 40 events.nuance >cut.nuance; bsmnu convert cut.nuance x.h5'
refuses 1 'missing.gtrac.root: cannot be opened' bsmnu convert missing.gtrac.root x.h5
works bsmnu generate card.yaml -n 300 -o weighted --set output=h5 --set unweighted=false
refuses 1 'holds no weight' bsmnu convert weighted/events.h5 x.nuance
works bsmnu convert weighted/events.h5 weighted.gtrac.root
works bsmnu convert weighted.gtrac.root again.h5
cmp again.h5 weighted/events.h5 || fail 'a weighted file: other bytes'
finish
