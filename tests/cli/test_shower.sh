#!/bin/sh
# bsmnu shower: numbers, files, --json, --set, the same for any number of threads, and what is refused.
. "$BSMNU_ROOT/tests/cli/common.sh"
works bsmnu shower e137 --set showers=20 -o shower
grep -q 'energy entering *20 GeV' stdout || fail 'energy entering'
for file in track_length.csv energy.csv energy.gp profile.csv profile.gp; do
	[ -s shower/$file ] || fail "no $file"
done
if command -v gnuplot >/dev/null 2>&1; then
	[ -s shower/energy.png ] && [ -s shower/profile.png ] || fail 'no pictures'
fi
works bsmnu shower e137 --set showers=20 --json
valid_json stdout 'shower --json'
cp stdout two.json
OMP_NUM_THREADS=1 works bsmnu shower e137 --set showers=20 --json
cmp stdout two.json || fail 'depends on the number of threads'
works bsmnu shower e137 --set showers=20 --seed 2 --json
cmp -s stdout two.json && fail '--seed changes nothing'
for source in lbnf_showers bnb_dump_showers; do
	works bsmnu shower $source --set showers=200
	grep -q 'photons of pi0' stdout || fail "$source"
done
# All track lengths of the table add up to the totals of --json.
awk -F, '/^aluminium,22,/ { s += $7 } END { printf "%.6g\n", s }' shower/track_length.csv >sum
awk -F: '/length_m_per_POT/ { gsub(/[ ,]/, "", $2); printf "%.6g\n", $2; exit }' two.json >total
cmp sum total || fail 'track_length.csv and --json differ'

refuses 1 'is of the kind hadrons, expected shower' bsmnu shower lbnf_target -o x
refuses 1 'nosuch' bsmnu shower nosuch -o x
refuses 1 'showers' bsmnu shower e137 --set showers=0 -o x
refuses 1 'unknown key' bsmnu shower e137 --set shower=5 -o x
sed 's/^name: e137/name: lbnf/' "$BSMNU_ROOT/data/sources/e137.yaml" >dump.yaml # where a detector stands
card 's/^source: lbnf_target/source: {name: dump.yaml, showers: 20}/;s/years: 1/pot: 1e20/'
refuses 1 'no production process takes what source' bsmnu rate card.yaml
finish
