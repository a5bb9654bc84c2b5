#!/bin/sh
# Axion-like particles as a user meets them: examples and chains that run, whole events, points that are refused.
. "$BSMNU_ROOT/tests/cli/common.sh"

alp() { # SED-SCRIPT
	sed "$1" <<'CARD' >card.yaml
schema: 1
model: {name: alp, mass: 30 MeV, g_photon: 1e-5 1/GeV, g_electron: 1e-8}
source: lbnf_showers
detector: dune_nd_lar
exposure: {years: 1}
chain: decay
run: {events: 200, pilot: 20000}
output: [hepmc3]
CARD
}
bad() { # PATTERN SED-SCRIPT
	alp "$2"
	refuses 1 "$1" bsmnu run card.yaml -o x
}
bad 'below the eta only' 's/g_electron: 1e-8/g_quark: 1e-5 1\/GeV/;s/30 MeV/600 MeV/;s/lbnf_showers/lbnf_target/'
gluon() { # PATTERN MASS
	bad "$1" "s/g_photon.*}/g_photon: 0 1\/GeV, g_gluon: 1e-5 1\/GeV}/;s/30 MeV/$2/;s/lbnf_showers/lbnf_target/"
}
gluon "that of the eta or eta'" '548 MeV'
gluon "that of the eta or eta'" '950 MeV'
gluon 'has to be 1.8 GeV or less' '1.9 GeV'
bad 'g_photon has to be 0' 's/g_electron: 1e-8/g_gluon: 1e-5 1\/GeV/;s/30 MeV/600 MeV/;s/lbnf_showers/lbnf_target/'
bad "stay 2 MeV away from the pi0" 's/g_electron: 1e-8/g_quark: 1e-5 1\/GeV/;s/30 MeV/136 MeV/;s/lbnf_showers/lbnf_target/'
bad 'g_photon: .*expected 0 to 1' 's/1e-5 1\/GeV/2 1\/GeV/'

whole() { # NAME SED-SCRIPT
	alp "$2"
	works bsmnu run card.yaml -o "$1"
	grep -q '^E' "$1/events.hepmc3" || fail "$1: no event"
}
whole decay 's/x/x/'
whole primakoff 's/chain: decay/chain: inverse_primakoff/;$a production: gamma A*'
grep -q '^P .* 1000180400 ' primakoff/events.hepmc3 || fail 'no argon in a A -> gamma A'
whole brems '$a production: e- A*'
whole compton 's/chain: decay/chain: compton/;$a production: gamma A*'
alp 's/g_photon.*}/g_photon: 0 1\/GeV, g_gluon: 1e-4 1\/GeV}/;s/30 MeV/450 MeV/;s/lbnf_showers/lbnf_target/'
works bsmnu run card.yaml -o gluon
grep -q '^P .* 211 ' gluon/events.hepmc3 || fail 'no pion in decays at 450 MeV'
alp 's/g_photon.*}/g_photon: 0 1\/GeV, g_gluon: 1e-6 1\/GeV}/;s/30 MeV/1.2 GeV/;s/lbnf_showers/lbnf_target/'
works bsmnu run card.yaml -o heavy
grep -q '^P .* 221 ' heavy/events.hepmc3 || fail 'no eta in decays at 1.2 GeV'

# Nothing couples: the rate is zero, and that is said.
alp 's/g_photon.*}/g_photon: 0 1\/GeV}/'
bsmnu run card.yaml -o zero >stdout 2>stderr || fail 'a model without couplings should end well'
grep -q '"rate_per_pot": 0,' zero/summary.json || fail 'rate without couplings'
for card in alp alp_gluon alp_e137; do
	works bsmnu rate "examples/$card.yaml"
done
finish
