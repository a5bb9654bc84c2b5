#!/bin/sh
# Cards that are wrong: refused with file, line and key, and nothing is written.
. "$BSMNU_ROOT/tests/cli/common.sh"

bad() { # PATTERN SED-SCRIPT
	card "$2"
	refuses 1 "$1" bsmnu run card.yaml -o x
}

bad 'card.yaml:9: colour: unknown key' '$a colour: red'
bad 'card.yaml:7: run.evnts: unknown key.*events\|card.yaml:7: run.evnts: unknown key' 's/events:/evnts:/'
bad 'card.yaml:9: title: duplicate key.*line 2' '$a title: again'
bad 'card.yaml:3: model.mass: .*without a unit' 's/1 GeV,/1,/'
bad "card.yaml:3: model.mass: found unit 'm'" 's/1 GeV,/1 m,/'
bad 'card.yaml:3: model.mass: .*expected a number' 's/1 GeV,/nan GeV,/'
bad 'card.yaml:3: model.mass: .*expected a number' 's/1 GeV,/inf GeV,/'
bad "card.yaml:3: model.Umu2: found 'nan', expected a number\$" 's/1e-8/nan/'
bad 'card.yaml:3: model.Umu2: found 2, expected 0 to 1' 's/1e-8/2/'
bad 'card.yaml:3: model.mass: found -1, expected' 's/1 GeV,/-1 GeV,/'
bad 'card.yaml:3: model.mass: found 1000, expected' 's/1 GeV,/1 TeV,/'
bad 'card.yaml:3: model.mass: .*finite' 's/1 GeV,/1e999 GeV,/'
bad 'card.yaml:3: model.Umu3: .*no parameter .*Umu2' 's/Umu2/Umu3/'
bad 'card.yaml:3: model.name: no model .hnx.*hnl' 's/name: hnl/name: hnx/'
bad 'card.yaml:4: source: no .lbnx.' 's/lbnf_target/lbnx/'
bad 'card.yaml:5: detector: no .dune_nd_lax.' 's/dune_nd_lar/dune_nd_lax/'
bad 'card.yaml:8: output\[0\]: no format .hepmc9.' 's/hepmc3/hepmc9/'
bad 'card.yaml:8: output\[1\]: .*twice' 's/\[hepmc3\]/[hepmc3, hepmc3]/'
bad 'card.yaml:8: output\[0\]: hepevt holds no weights' 's/seed: 1/unweighted: false/;s/hepmc3/hepevt/'
bad 'card.yaml:1: schema: found schema 2, .*newer' 's/schema: 1/schema: 2/'
bad 'card.yaml:1: .*schema' 1d
bad 'card.yaml:6: exposure: expected either' 's/years: 1/years: 1, pot: 1/'
bad 'card.yaml:6: exposure: expected either' 's/years: 1/years: -1/'
bad 'card.yaml:7: run.seed: ' 's/seed: 1/seed: 0.5/'
bad 'card.yaml:7: run.events: ' 's/events: 1000/events: 0/'
bad 'card.yaml:9: chain: .*no chain' '$a chain: loop'
bad 'card.yaml:9: after: no particle' '$a after: pi0, nonsense'
bad 'card.yaml:2: ' '2s/.*/  - - &x {/'
bad 'aliases' 's/title: .*/title: *x/'
bad 'anchors' 's/title: .*/title: \&x y/'
# Physics that cannot be: zero is the answer, in files that are empty and whole.
empty() { # PATTERN SED-SCRIPT
	card "$2"
	bsmnu run card.yaml -o zero >stdout 2>stderr || fail "exit code $?, expected 0: $2"
	[ "$(wc -l <stderr)" = 1 ] && grep -q -e "^bsmnu: warning: $1.*the rate is zero" stderr || fail "expected one line of warning $1: $2"
	grep -q '"rate_per_pot": 0,' zero/summary.json || fail "rate of an empty run: $2"
	[ -s zero/events.hepmc3 ] && tail -3 zero/events.hepmc3 | grep -q END || fail "no empty, whole file: $2"
	grep -q '^E' zero/events.hepmc3 && fail "events in an empty run: $2"
	rm -rf zero
}
empty 'card.yaml:9: decays: .*no open channel' 's/1 GeV,/0.3 GeV,/;$a decays: tau pi'
bad 'card.yaml:9: decays: .*nonsense. is no process or channel' '$a decays: nonsense'
empty 'card.yaml:9: production: .*closed' 's/1 GeV,/1.5 GeV,/;$a production: K+ -> mu+ N'
empty 'card.yaml:3: model: .*production channel is closed' 's/1 GeV,/5 GeV,/'
empty 'card.yaml:3: model: .*' 's/Umu2: 1e-8/Umu2: 0/'
# Keys that a card overrides in a file are named where the card has them, those of --set as such.
bad 'card.yaml:4: pot_per_year' 's/lbnf_target/{name: lbnf_target, pot_per_year: many}/'
card
refuses 1 '^bsmnu: error: --set model.mass: found unit .m.' bsmnu run card.yaml -o x --set 'mass=1 m'
refuses 1 '^bsmnu: error: --set model.weight: .*no parameter' bsmnu run card.yaml -o x --set weight=1
refuses 1 '^bsmnu: error: --set run.evnts: unknown key' bsmnu run card.yaml -o x --set run.evnts=1
refuses 1 '^bsmnu: error: --set run..x: there is no such key' bsmnu run card.yaml -o x --set run..x=1
refuses 1 'no key .depth. \|unknown key' bsmnu run card.yaml -o x --set source.depth=1
# Not files of settings.
refuses 1 'none.yaml: ' bsmnu run none.yaml -o x
: >card.yaml
refuses 1 'card.yaml: .*empty' bsmnu run card.yaml -o x
head -c 3000 /dev/urandom >card.yaml
refuses 1 'card.yaml' bsmnu run card.yaml -o x
mkdir card.d
refuses 1 'card.d: ' bsmnu run card.d -o x
# The other commands read the same cards.
card '$a colour: red'
for command in generate flux scan; do
	refuses 1 'card.yaml:9: colour: unknown key' bsmnu $command card.yaml -o x
done
refuses 1 'card.yaml:9: colour: unknown key' bsmnu rate card.yaml
card
refuses 1 'card.yaml: .*no .scan:.' bsmnu scan card.yaml -o x
card '$a scan: {mass: {from: 0.2 GeV, to: 9 GeV, points: 3}, Umu2: {from: 1e-9, to: 1e-3, points: 3}}'
refuses 1 'card.yaml:9: scan.mass: expected from < to' bsmnu scan card.yaml -o x
finish
