#!/bin/sh
# A simulated beam as a user meets it: what is refused, the cache, threads.
. "$BSMNU_ROOT/tests/cli/common.sh"
export BSMNU_CACHE=off
cat >good.yaml <<'YAML'
schema: 1
kind: beamline
name: tiny
protons: 3000
parents: 1000
mode: fhc
beam: {momentum: 12 GeV, start: -0.1 m, spot_x: 2 mm, spot_y: 2 mm}
target: {start: 0 m, length: 50 cm, radius: 6 mm, material: graphite, density: 1.78 g/cm3}
horns:
  - name: A
    current: 200 kA
    unit: cm
    outer: [[0, 6], [100, 3], [150, 10]]
    thickness: 2 mm
    outer_conductor: {radius: 30 cm, thickness: 2 cm}
tubes:
  - {from: 0 m, to: 50 cm, inner: 9 mm, outer: 10 mm, material: titanium}
sections:
  - {from: -1 m, to: 3 m, half_x: 60 cm, half_y: 80 cm, fill: air, wall: iron}
  - {from: 3 m, to: 40 m, radius: 1 m, fill: helium, wall: concrete}
  - {from: 40 m, to: 42 m, radius: 2 m, fill: iron, wall: concrete}
YAML
cat >card.yaml <<'CARD'
schema: 1
model: {name: neutrino_beam}
source: src.yaml
detector: [0 m, 0 m, 100 m]
exposure: {pot: 1e20}
run: {pilot: 2000}
flux: {bins: 20, max: 5 GeV, trials: 20000}
CARD
# with PATTERN SED-SCRIPT: the file that the script spoils is refused; without the long work
with() {
	sed "$2" good.yaml >src.yaml
	cmp -s good.yaml src.yaml && fail "nothing is spoilt by: $2"
	refuses 1 "$1" bsmnu flux card.yaml -o x
}

with 'src.yaml:13: horns\[0\].outer\[1\]: z = -10 goes back' 's/\[100, 3\]/[-10, 3]/'
with 'expected a point \[z, r\]' 's/\[100, 3\]/[100]/'
with 'radius 0 has to be positive' 's/\[100, 3\]/[100, 0]/'
with 'the profile has no length' 's/\[\[0, 6\].*\]\]/[[5, 6], [5, 7]]/'
with 'inside the part before it (line 8), which reaches to 0.06 m' 's/radius: 6 mm/radius: 60 mm/'
with 'inside the part before it' 's/outer: 10 mm/outer: 50 mm/'
with 'horns\[0\]: at z = 0 to 0.5 m its inner radius' 's/radius: 30 cm/radius: 5 cm/'
with 'beyond the section.s 0.6 m' 's/radius: 30 cm/radius: 59 cm/'
with 'starts at 3.5 m, but the section before it ends at 3 m' 's/from: 3 m/from: 3.5 m/'
with 'starts at 2 m, but the section before it ends at 3 m' 's/from: 3 m/from: 2 m/'
with 'reaches from 0 to 1.5 m, but the sections of the beamline only from 1 to 42 m' 's/from: -1 m/from: 1 m/;s/start: -0.1 m/start: 1 m/;s/target: {start: 0 m/target: {start: 1 m/;/tubes/,/titanium/d'
with 'no material "unobtainium"' 's/material: graphite/material: unobtainium/'
with 'no material "steam"' 's/fill: helium/fill: steam/'
with 'no material "cheese"' 's/wall: iron/wall: cheese/'
with 'the beam starts at z = -2 m, outside of the sections (-1 to 42 m)' 's/start: -0.1 m/start: -2 m/'
with 'the beam starts at z = 50 m, outside of the sections' 's/start: -0.1 m/start: 50 m/'
with 'either momentum or kinetic_energy' 's/momentum: 12 GeV/momentum: 12 GeV, kinetic_energy: 11 GeV/'
with 'either momentum or kinetic_energy' 's/momentum: 12 GeV, //'
with 'hadron production is described from 3 to 1000 GeV/c' 's/12 GeV/2 GeV/'
with 'hadron production is described from 3 to 1000 GeV/c' 's/12 GeV/2 TeV/'
with 'a spot cannot be negative' 's/spot_x: 2 mm/spot_x: -2 mm/'
with 'found "fch", expected fhc, rhc or off' 's/mode: fhc/mode: fch/'
with 'thicker than the conductor.s radius 0.03 m' 's/thickness: 2 mm/thickness: 35 mm/'
with 'either .thickness. or its .inner. profile' '/thickness: 2 mm/d'
with 'either .thickness. or its .inner. profile' 's/    thickness: 2 mm/    thickness: 2 mm\n    inner: [[0, 5], [150, 9]]/'
with 'horns\[0\]: at z = 0.5 to 1 m' 's/    thickness: 2 mm/    inner: [[0, 5], [100, 4], [150, 9]]/'
with 'is no unit of length' 's/unit: cm/unit: kA/'
with 'a tube from 0.5 to 0.5 m' 's/{from: 0 m, to: 50 cm/{from: 50 cm, to: 50 cm/'
with 'the section from -1 to -1 m has no inside' 's/{from: -1 m, to: 3 m/{from: -1 m, to: -1 m/'
with 'protons' 's/protons: 3000/protons: 0/'
with 'parents' 's/parents: 1000/parents: 10/'
with 'generations' 's/mode: fhc/generations: 99/'
with 'has to be positive' 's/length: 50 cm, radius: 6/length: -50 cm, radius: 6/'
with 'src.yaml:7: beam: ' 's/^beam: .*/beam: 12 GeV/'
with 'sections' '/^sections/,$d'
with 'sections: expected a list of 1 to' 's/^sections:.*/sections: []/;/^  - {from: -1/,$d'
with 'colour: unknown key' 's/^mode: fhc/colour: red/'
with 'colour: unknown key' 's/spot_x: 2 mm/colour: red/'
with 'colour: unknown key' 's/    unit: cm/    unit: cm\n    colour: red/'
cp good.yaml src.yaml
for place in '0 m, 0 m, 20 m' '5 m, 0 m, -20 m'; do
	bsmnu flux card.yaml --set "detector=[$place]" -o x 2>stderr && fail "a detector at $place is taken"
	grep -q 'error: .*before the decay volume does (40 m)' stderr || fail "no word on a detector at $place"
	[ -e x ] && fail "left x for a detector at $place"
done
refuses 1 'expected fhc, rhc or off' bsmnu flux card.yaml --set source.mode=both -o x
refuses 1 'nothing decays: does the beam meet' bsmnu flux card.yaml --set source.target.start='2.4 m' --set source.protons=1 -o x

# The same numbers from one thread and two; no file anywhere with the cache off.
mkdir home
HOME=$work/home
unset XDG_CACHE_HOME
export HOME
works bsmnu flux card.yaml --json -j 1
cp stdout one.json
works bsmnu flux card.yaml --json -j 2
cmp one.json stdout || fail 'the flux depends on the number of threads'
[ -z "$(find home -type f)" ] || fail 'BSMNU_CACHE=off has left a file'

# The cache: the second run reads, a damaged file is made again, other settings are another file.
export BSMNU_CACHE=$work/kept
works bsmnu flux card.yaml --json -j 1
cmp one.json stdout || fail 'the flux of a kept sample differs'
file=$(find kept -name '*.parents.h5')
[ "$(echo "$file" | wc -w)" = 1 ] || fail "kept: $file"
cp "$file" first.h5
touch -d '2001-01-01' "$file"
works bsmnu flux card.yaml --json
cmp one.json stdout || fail 'the flux from the cache differs'
[ -z "$(find kept -newermt 2002-01-01 -name '*.h5')" ] || fail 'a kept sample was made again'
for cut in 2000 100 0; do
	head -c $cut first.h5 >"$file"
	bsmnu flux card.yaml --json >stdout 2>stderr || fail "a sample cut to $cut bytes stops the run"
	grep -q 'made again' stderr || fail "no word on a sample cut to $cut bytes"
	cmp one.json stdout || fail 'the flux after a damaged sample differs'
	cmp first.h5 "$file" || fail 'a damaged sample is not replaced by the same'
done
works bsmnu flux card.yaml --json --set source.mode=rhc
cmp -s one.json stdout && fail 'rhc is fhc'
works bsmnu flux card.yaml --json --set source.seed=2
cmp -s one.json stdout && fail 'seed 2 is seed 1'
[ "$(find kept -name '*.parents.h5' | wc -l)" = 3 ] || fail 'three settings are not three files'
sed -i 's/^name: tiny/name: tiny\ndescription: words that change nothing/' src.yaml
works bsmnu flux card.yaml --json
[ "$(find kept -name '*.parents.h5' | wc -l)" = 3 ] || fail 'a description makes another sample'
# a folder that cannot be written costs the sample, not the run
mkdir shut && chmod a-w shut
BSMNU_CACHE=$work/shut/sub bsmnu flux card.yaml --json >stdout 2>stderr || fail 'a cache that cannot be written stops the run'
cmp one.json stdout || fail 'the flux without a cache differs'
[ -w shut ] || grep -q 'not kept' stderr || fail 'no word on a cache that cannot be written'

# Dials: all mesons 10 % up is 10 % more flux; universes have the spread that the dials say (400 of them: 4 sigma are 14 %).
export BSMNU_CACHE=off
sed 's/^mode: fhc/mode: fhc\ngenerations: 0\ndials: {pion_yield: 10 %, kaon_yield: 10 %}/' good.yaml >src.yaml
works bsmnu flux card.yaml --json
before=$(jq '.fluxes[0].total_per_m2_POT' stdout)
works bsmnu flux card.yaml --json --set source.pull.pion_yield=1 --set source.pull.kaon_yield=1
jq -e --argjson b "$before" '.fluxes[0].total_per_m2_POT / $b | . > 1.0999 and . < 1.1001' stdout >/dev/null || fail 'pulls do not move the flux by 10 %'
works bsmnu flux card.yaml --json --universes 400 -o uni
jq -e '.fluxes[0].total_spread | . > 0.08 and . < 0.12' stdout >/dev/null || fail 'the spread of 400 universes is not 10 %'
head -1 uni/flux.csv | grep -q nu_mu_spread || fail 'no column of the spread'
sed 's/^mode: fhc/mode: fhc\nprotons: 2000\ndials: {horn_current: 5 %}/;/^protons: 3000/d' good.yaml >src.yaml
works bsmnu flux card.yaml --json --universes 20
jq -e '[.fluxes[].total_spread] | max > 0.001' stdout >/dev/null || fail 'the current of the horns moves nothing'
refuses 1 'has to stand behind it' bsmnu flux card.yaml --set 'detector=[0 m, 0 m, 20 m]' -o x
works bsmnu flux card.yaml --set 'detector=[30 m, 0 m, 20 m]' --json # aside of the shielding
refuses 1 'one place at a time' bsmnu flux card.yaml --universes 5 --off-axis '0 m, 1 m' -o x
cp good.yaml src.yaml
refuses 1 'does not say how uncertain' bsmnu flux card.yaml --universes 5 -o x
refuses 1 'no dial of this name' bsmnu flux card.yaml --set source.pull.pions=1 -o x
refuses 2 'expected a number above 0' bsmnu flux card.yaml --universes none
finish
