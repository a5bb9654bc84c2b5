#!/bin/sh
# Detector, source and event files that are wrong, newer than the program, or cut off.
. "$BSMNU_ROOT/tests/cli/common.sh"
data=$BSMNU_ROOT/data

# with_detector PATTERN SED-SCRIPT, with_source PATTERN SED-SCRIPT
with_detector() {
	sed "$2" "$data/detectors/dune_nd_lar.yaml" >det.yaml
	card 's/dune_nd_lar/det.yaml/'
	refuses 1 "$1" bsmnu run card.yaml -o x
}
with_source() {
	sed "$2" "$data/sources/lbnf_target.yaml" >src.yaml
	card 's/lbnf_target/src.yaml/'
	refuses 1 "$1" bsmnu run card.yaml -o x
}

with_detector 'det.yaml:1: schema: found schema 9, .*newer' 's/^schema: 1/schema: 9/'
with_detector 'before the decay volume does (221.5 m)' 's/574 m/100 m/'
with_detector 'card.yaml:5: detector: .*before the decay volume' 's/574 m/-600 m/'
with_detector 'det.yaml:10: beams.lbnf.origin\[2\]: .*without a unit' 's/574 m\]/574]/'
with_detector 'det.yaml:11: beams.lbnf.rotation: ' 's/rotation: \[\[1, 0/rotation: [[2, 0/'
with_detector 'volumes\[0\].material: no material .Xe.' 's/material: LAr/material: Xe/'
with_detector 'volumes\[0\].shape: ' 's/shape: box/shape: cube/'
with_detector 'volumes\[0\].size: ' 's/size: \[6 m/size: [-6 m/'
with_detector 'det.yaml:2: nam: unknown key\|name. is missing' 's/^name:/nam:/'
with_detector 'gives no place in the beam .lbnf.' 's/^  lbnf:/  numi:/'
with_source 'src.yaml:1: schema: found schema 9, .*newer' 's/^schema: 1/schema: 9/'
with_source 'src.yaml:2: kind: no source kind .hadrns.' 's/^kind: hadrons/kind: hadrns/'
with_source 'src.yaml:[0-9]*: beam.momentum: .*without a unit' 's/momentum: 120 GeV/momentum: 120/'
with_source 'src.yaml:[0-9]*: .*colour: unknown key' '$a colour: red'

# Lists of parents: whole, cut in the middle of a line, cut inside the compressed data, empty, missing.
awk 'BEGIN { print "# at: decay\n# pot: 1000"; for (i = 0; i < 400; i++) print "0 0 10 10.173 411 1 0 0 30 1e-7" }' >whole.txt
cat >src.yaml <<'SOURCE'
schema: 1
kind: parents
name: lbnf
file: parents.txt
SOURCE
card 's/lbnf_target/src.yaml/;s/years: 1/pot: 1e20/'
cp whole.txt parents.txt
works bsmnu rate card.yaml
head -c 9000 whole.txt >parents.txt
refuses 1 'parents.txt' bsmnu run card.yaml -o x
head -n 2 whole.txt >parents.txt
refuses 1 'parents.txt' bsmnu run card.yaml -o x
rm parents.txt
refuses 1 'parents.txt' bsmnu run card.yaml -o x
gzip -c whole.txt >whole.gz
head -c $(($(wc -c <whole.gz) / 2)) whole.gz >parents.txt.gz
sed -i 's/parents.txt/parents.txt.gz/' src.yaml
refuses 1 'parents.txt.gz: .*cut off' bsmnu run card.yaml -o x

# Event files. A cut at the end of an event is noticed too: the last line of the file is missing.
card 's/events: 1000/events: 300/;s/\[hepmc3\]/[hepmc3, hepmc3.zst, hepmc3.gz, hepevt]/'
works bsmnu generate card.yaml -o whole
size=$(wc -c <whole/events.hepmc3)
for part in $((size / 2)) $((size - 40)) $((size - 5)) 100 20 1 0; do
	head -c $part whole/events.hepmc3 >cut.hepmc3
	refuses 1 'cut.hepmc3' bsmnu convert cut.hepmc3 x.hepevt
done
last=$(grep -n '^E ' whole/events.hepmc3 | tail -n 1 | cut -d: -f1)
head -n $((last - 1)) whole/events.hepmc3 >cut.hepmc3
refuses 1 'cut.hepmc3' bsmnu convert cut.hepmc3 x.hepevt
for ending in zst gz; do
	size=$(wc -c <whole/events.hepmc3.$ending)
	for part in $((size / 2)) $((size - 1)) 3; do
		head -c $part whole/events.hepmc3.$ending >cut.hepmc3.$ending
		refuses 1 "cut.hepmc3.$ending" bsmnu convert cut.hepmc3.$ending x.hepevt
	done
done
size=$(wc -c <whole/events.hepevt)
head -c $((size / 2)) whole/events.hepevt >cut.hepevt
refuses 1 'cut.hepevt' bsmnu convert cut.hepevt x.hepevt
# HEPEVT says nothing of processes and exposure, which NuHepMC requires.
refuses 1 'x.hepmc3: cannot be made of whole/events.hepevt' bsmnu convert whole/events.hepevt x.hepmc3
refuses 1 'none.hepmc3: ' bsmnu convert none.hepmc3 x.hepevt
refuses 1 'no format for this ending' bsmnu convert card.yaml x.hepevt
refuses 1 'no format for this ending' bsmnu convert whole/events.hepmc3 x.abc
refuses 1 'no format .abc.' bsmnu convert whole/events.hepmc3 x.hepevt --format abc
cp whole/events.hepmc3 wrong.hepmc3.zst
refuses 1 'wrong.hepmc3.zst: is not compressed' bsmnu convert wrong.hepmc3.zst x.hepevt

# Names that are not there.
refuses 1 'no model .abc.; there are: .*hnl' bsmnu show abc
refuses 1 'no model .abc.; there are: .*hnl' bsmnu verify abc
refuses 1 'no list of .abc.' bsmnu list abc
refuses 1 'mass: found unit .km.' bsmnu show hnl --set mass=7km
refuses 1 'none/state.json: ' bsmnu merge none -o x
refuses 1 'none: no such folder' bsmnu plot none
refuses 1 'whole: no plot scripts' bsmnu plot whole
finish
