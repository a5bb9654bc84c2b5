#!/bin/sh
# Every command does what its line says: files, --json, --set, conversions there and back.
. "$BSMNU_ROOT/tests/cli/common.sh"
json() { # COMMAND...
	works "$@" --json
	valid_json stdout "$*"
}
has_files() { # FOLDER NAME...
	folder=$1
	shift
	for file; do
		[ -s "$folder/$file" ] || fail "$folder has no $file"
	done
}
card 's/\[hepmc3\]/[hepmc3, hepevt]/;$a scan: {mass: {from: 0.3 GeV, to: 1.7 GeV, points: 3, log: false}, Umu2: {from: 1e-9, to: 1e-4, points: 4}}'

json bsmnu run card.yaml -o run
has_files run events.hepmc3 events.hepevt run.json state.json summary.json report.md energy.csv energy.gp delay.csv delay.gp
for file in run/run.json run/state.json run/summary.json; do
	valid_json $file $file
done
if command -v gnuplot >/dev/null 2>&1; then
	has_files run energy.png delay.png
	rm run/*.png
	works bsmnu plot run
	has_files run energy.png delay.png
fi
works bsmnu run card.yaml -n 100
has_files out/card events.hepmc3 summary.json
json bsmnu generate card.yaml -o generate
has_files generate events.hepmc3 events.hepevt run.json state.json
cmp run/events.hepmc3 generate/events.hepmc3 || fail 'run and generate differ'
[ -e generate/summary.json ] && fail 'generate wrote a report'
[ "$(grep -c '^E ' run/events.hepmc3)" -ge 1000 ] || fail 'fewer events than asked for'
works bsmnu rate card.yaml
json bsmnu rate card.yaml
json bsmnu flux card.yaml -o flux
has_files flux flux.csv flux.gp
works bsmnu flux card.yaml
json bsmnu scan card.yaml -o scan
has_files scan scan.csv scan.gp
[ "$(grep -c '^[0-9]' scan/scan.csv)" = 12 ] || fail 'scan.csv has not 3 x 4 points'
works bsmnu scan card.yaml -j 1 -o scan1
cmp scan/scan.csv scan1/scan.csv || fail 'scan depends on the number of threads'
works bsmnu list
for kind in models sources detectors formats; do
	works bsmnu list $kind
	[ "$(wc -l <stdout)" -gt 1 ] || fail "list $kind is empty"
	json bsmnu list $kind
done
json bsmnu list
for model in $(bsmnu list models | sed -n 's/^  \([a-z0-9_]*\) .*/\1/p'); do
	works bsmnu show "$model"
	json bsmnu show "$model"
done
for source in sns jsns2 lbnf_target sps_dump "$BSMNU_ROOT/data/sources/bnb_target.yaml"; do
	works bsmnu show "$source"
	grep -q 'per POT' stdout || fail "show $source has no yields"
	json bsmnu show "$source"
	grep -q '"spread"' stdout || fail "show $source --json has no spread"
done
works bsmnu show sps_dump --set variant=cascade
works bsmnu flux "$BSMNU_ROOT/examples/sns_flux.yaml" --set detector='{position: [0 m, 24 m, 0 m], radius: 0.5 m}' \
	--set source=jsns2 --set 'flux.max=250 MeV'
works bsmnu doc
[ "$(wc -l <stdout)" -gt 20 ] || fail 'doc is short'

# --set: a parameter, its long name, its unit stuck on, a plain number in the parameter's own unit, a word, keys of the run
# and of the card. The same numbers whichever way they come.
rate_of() {
	bsmnu rate card.yaml -n 1000 --json "$@" >rate.json 2>stderr || fail "rate $*: $(cat stderr)"
	value_of rate.json rate_per_pot
}
a=$(rate_of)
[ -n "$a" ] || fail 'rate --json gives no rate_per_pot'
[ "$(rate_of --set 'mass=1 GeV')" = "$a" ] || fail '--set mass="1 GeV"'
[ "$(rate_of --set model.mass=1000MeV)" = "$a" ] || fail '--set model.mass=1000MeV'
[ "$(rate_of --set Umu2=1e-8 --set nature=dirac)" = "$a" ] || fail '--set Umu2, nature'
[ "$(rate_of --set mass=1.1GeV --set mass=1GeV)" = "$a" ] || fail 'the last --set counts'
[ "$(rate_of --set nature=majorana)" != "$a" ] || fail '--set nature=majorana changes nothing'
[ "$(rate_of --set seed=2)" != "$a" ] || fail '--set seed=2 changes nothing'
[ "$(rate_of --set seed=2)" = "$(rate_of --seed 2)" ] || fail '--set seed=2 and --seed 2 differ'
[ "$(rate_of --set decays='mu pi')" != "$a" ] || fail '--set decays changes nothing'
[ "$(rate_of --set detector=dune_nd_gar)" != "$a" ] || fail '--set detector changes nothing'
show_mass() {
	bsmnu show hnl --json "$@" | sed -n 's/^ *"mass_GeV": \(.*[^,]\),*$/\1/p' | head -n 1
}
[ "$(show_mass --set mass=0.35)" = 0.35 ] || fail 'show --set mass=0.35'
[ "$(show_mass --set 'mass=350 MeV')" = 0.35 ] || fail 'show --set "mass=350 MeV"'

# The same numbers but for the last digits, which units of mm and cm cost.
near() { # FILE FILE
	paste -d ' ' "$1" "$2" | awk '{ if (NF % 2) exit 1; n = NF / 2
		for (i = 1; i <= n; i++) { d = $i - $(i + n); s = $i < 0 ? -$i : $i; if ($i != $(i + n) && !(d * d <= 1e-26 * s * s)) exit 1 } }' ||
		fail "$1 and $2 differ"
}

# Conversions. HEPEVT holds less than NuHepMC: there and back it is HEPEVT that stays the same.
works bsmnu convert run/events.hepmc3 there.hepevt
near there.hepevt run/events.hepevt
works bsmnu convert run/events.hepmc3 same.hepmc3
[ "$(grep -c '^E ' same.hepmc3)" = "$(grep -c '^E ' run/events.hepmc3)" ] || fail 'hepmc3 -> hepmc3 loses events'
works bsmnu convert same.hepmc3 again.hepmc3
near same.hepmc3 again.hepmc3
works bsmnu convert there.hepevt back.hepevt.gz
works bsmnu convert back.hepevt.gz back.hepevt.zst
works bsmnu convert back.hepevt.zst back.hepevt
near back.hepevt there.hepevt
works bsmnu convert run/events.hepmc3 wcsim.hepmc3 --format nuhepmc-wcsim
works bsmnu convert run/events.hepmc3 /dev/null --format hepevt
finish
