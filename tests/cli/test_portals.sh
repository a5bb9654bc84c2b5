#!/bin/sh
# Portal models as a user meets them: examples that run, points where a formula has no meaning, thresholds that nothing passes.
. "$BSMNU_ROOT/tests/cli/common.sh"

portal() { # SED-SCRIPT: a card of light dark matter
	sed "$1" <<'CARD' >card.yaml
schema: 1
model: {name: light_dark_matter, mass: 30 MeV, m_V: 90 MeV, eps: 1e-4, alpha_D: 0.5}
chain: electron
source: lbnf_target
detector: dune_nd_lar
exposure: {years: 1}
recoil_min: 30 MeV
run: {events: 200, pilot: 20000}
output: [hepmc3, hepevt]
CARD
}
bad() { # PATTERN SED-SCRIPT
	portal "$2"
	refuses 1 "$1" bsmnu run card.yaml -o x
}
empty() { # PATTERN SED-SCRIPT
	portal "$2"
	bsmnu run card.yaml -o zero >stdout 2>stderr || fail "exit code $?, expected 0: $2"
	grep -q -e "^bsmnu: warning: .*$1.*the rate is zero" stderr || { fail "expected a warning $1: $2"; cat stderr; }
	grep -q '"rate_per_pot": 0,' zero/summary.json || fail "rate of an empty run: $2"
	[ -e zero/events.hepevt ] && [ ! -s zero/events.hepevt ] || fail "no empty hepevt file: $2"
	rm -rf zero
}
bad 'z_min has to be below z_max' 's/eps:/z_min: 0.8, z_max: 0.3, eps:/'
bad 'wider than half its mass' 's/alpha_D: 0.5/alpha_D: 4/;s/90 MeV/300 MeV/;s/30 MeV, m_V/1 MeV, m_V/'
bad 'splitting is above m_V' 's/eps:/chi: inelastic, splitting: 0.2 GeV, eps:/'
bad 'meson mix' 's/90 MeV/782 MeV/;s/1e-4/0.5/'
bad 'recoil_max: expected an energy above recoil_min' 's/^recoil_min.*/&\nrecoil_max: 10 MeV/'
bad "nucleons: found 'bound'" '$a nucleons: bound'
# a mediator heavier than the parent is off its shell: fewer, not none; chi heavier than any parent closes all
portal 's/90 MeV/300 MeV/;$a production: pi0*'
works bsmnu rate card.yaml
empty 'pi0 -> gamma chi chibar (products of 0.16 GeV, there are 0.135)' 's/30 MeV, m_V/80 MeV, m_V/;$a production: pi0*'
empty 'recoil_min above what kinematics allows' 's/^recoil_min: 30 MeV/recoil_min: 500 GeV/'
empty 'no open channel' 's/eps:/coupling: baryonic, eps:/'

# One chain each, one block: rates are above zero and every event is whole.
for chain in electron nucleon coherent pi0 gamma dis; do
	portal "s/chain: .*/chain: $chain/;s/^recoil_min.*/recoil_min: 10 keV/"
	works bsmnu run card.yaml -o "run_$chain"
	grep -q '^E' "run_$chain/events.hepmc3" || fail "$chain: no event"
	[ -s "run_$chain/visible.png" ] || command -v gnuplot >/dev/null || fail "$chain: no picture of the visible energy"
done
portal 's/chain: .*/chain: chi2_decay/;s/eps:/chi: inelastic, splitting: 10 MeV, eps:/'
works bsmnu run card.yaml -o chi2

# A scalar: from kaons and radiated, at masses where leptons, pions, kaons and quarks are what it decays to.
scalar() { # MASS
	cat >scalar.yaml <<CARD
schema: 1
model: {name: dark_scalar, mass: $1, sin_theta: 1e-5}
source: lbnf_target
detector: dune_nd_gar
exposure: {years: 1}
run: {events: 200, pilot: 20000}
output: [hepmc3]
CARD
}
for mass in '0.23 GeV' '0.6 GeV' '1.5 GeV' '2.5 GeV'; do
	scalar "$mass"
	works bsmnu run scalar.yaml -o scalar
	grep -q '^E' scalar/events.hepmc3 || fail "dark scalar of $mass: no event"
	rm -rf scalar
done
scalar '1.02 MeV'
refuses 1 'mass' bsmnu run scalar.yaml -o scalar
scalar '1.2 MeV'
works bsmnu rate scalar.yaml

# BdNMC's standard card: 193.5 chi e and 280 chi N there, two photons counting as all of the pi0's decays (98.823 % here): 5 %.
bdnmc() { # CHAIN EXPECTED
	works bsmnu rate examples/ldm_bdnmc.yaml --set chain="$1" --json
	awk -F'[:,]' -v want="$2" '/"expected_events"/ && !n++ { r = $2 / (0.98823 * want) } END { exit !(r > 0.95 && r < 1.05) }' stdout ||
		fail "BdNMC's card, $1: not within 5 % of $2"
}
bdnmc electron 193.5
bdnmc nucleon 280
# The two prescriptions of bremsstrahlung differ, and none is a choice: the spread is there to be seen.
for how in modern bluemlein_brunner none; do
	works bsmnu rate examples/light_dark_matter.yaml --set mass=150MeV --set bremsstrahlung=$how --set pilot=20000 -n 5000 --json
	awk -F'[:,]' '/"expected_events"/ { print $2; exit }' stdout
done >spread
[ "$(sort -u spread | wc -l)" = 3 ] || fail 'prescriptions of bremsstrahlung make no difference'
finish
