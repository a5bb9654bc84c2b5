#!/bin/sh
# Fluxes against closed forms: pions and polarised muons at rest, at any place, off axis, in every format.
. "$BSMNU_ROOT/tests/cli/common.sh"
mkdir data
cat >data/rest.yaml <<'YAML'
schema: 1
kind: parents
name: rest
file: rest.txt
at: decay
pot: 2
YAML
# three pi+ (weight 3) at rest for two protons
echo '0 0 0 0.13957039 211 3 0 0 0 0' >data/rest.txt
cat >rest.yaml <<'CARD'
schema: 1
model: {name: neutrino_beam}
source: data/rest.yaml
detector: [0 m, 0 m, 20 m]
exposure: {pot: 1e20}
run: {pilot: 4000}
flux: {bins: 50, max: 50 MeV, trials: 100000}
CARD
# total NAME [PLACE]: of the JSON in `stdout`, with its error
total() {
	awk -v name="$1" -v place="${2-}" '
		/"off_axis_m"/ { gsub(/[^-0-9.e]/, "", $2); at = $2 }
		/"name"/ { gsub(/[",]/, "", $2); n = $2 }
		/"total_per_m2_POT"/ && n == name && (place == "" || at == place) { gsub(/,/, "", $2); print $2; exit }' stdout
}
# close VALUE EXPECTED TOLERANCE WHAT
close() {
	awk -v a="${1:-nan}" -v b="$2" -v t="$3" 'BEGIN { exit !(a > 0 && (a / b - 1) ^ 2 < t * t) }' ||
		fail "$4: $1, expected $2"
}
# pi+ at rest: 3/2 x BR / (4 pi L^2) in one line of 29.79 MeV
at() { awk -v L="$1" 'BEGIN { print 1.5 * 0.999877 / (4 * 3.14159265 * L * L) }'; }
works bsmnu flux rest.yaml --json
valid_json stdout 'flux of a point'
close "$(total nu_mu)" "$(at 20)" 0.01 'pi+ at rest, 20 m'
works bsmnu flux rest.yaml --set 'detector=[-3 m, 4 m, -12 m]' --json
close "$(total nu_mu)" "$(at 13)" 0.01 'pi+ at rest, 13 m'
works bsmnu flux rest.yaml --set 'detector={position: [0 m, 30 m, 0 m], radius: 50 cm, material: vacuum}' --json
close "$(total nu_mu)" "$(at 30)" 0.01 'pi+ at rest, 30 m, small sphere'
works bsmnu flux rest.yaml --off-axis '0 m, 5 m, ..., 15 m' --json -o scan
valid_json stdout 'flux of four places'
close "$(total nu_mu 0)" "$(at 20)" 0.01 'off axis, 0 m'
close "$(total nu_mu 15)" "$(at 25)" 0.01 'off axis, 15 m'
grep -q 'nu_mu at 10 m: .* per m2 and POT, +- ' stderr || fail 'no word on the error of the totals'
[ "$(grep -c '^[0-9]' scan/flux.csv)" = 200 ] || fail 'flux.csv has not 4 x 50 rows'
# all of the flux is in the bin from 29 to 30 MeV
awk -F , '/^[0-9]/ && ($4 > 0) != ($2 == 0.029) { exit 1 }' scan/flux.csv || fail 'not monochromatic'
for file in flux.h5 flux.gp flux.0m.globes.txt flux.15m.darknews.dat; do
	[ -s scan/$file ] || fail "scan has no $file"
done
works bsmnu flux rest.yaml --off-axis '0 m, 5 m, ..., 15 m' -j 1 -o again
for file in flux.csv flux.h5; do
	cmp scan/$file again/$file || fail "$file depends on the number of threads"
done
# the tables hold the same numbers: GLoBES per m2, DarkNews per cm2
works bsmnu flux rest.yaml -o one
works bsmnu flux rest.yaml --format globes
cmp stdout one/flux.globes.txt || fail 'globes on stdout and in the folder differ'
works bsmnu flux rest.yaml --format darknews
cmp stdout one/flux.darknews.dat || fail 'darknews on stdout and in the folder differ'
sed 1d one/flux.darknews.dat | paste -d ' ' one/flux.globes.txt - |
	awk 'NF != 14 || $1 != $8 { exit 1 } { for (i = 2; i < 8; i++) if (($i - 1e4 * $(i + 7)) ^ 2 > 1e-20 * $i ^ 2) exit 1 }' ||
	fail 'GLoBES and DarkNews tables differ'

# mu+ with its spin along z: nu_e go backward, as 1 - cos; nubar_mu as the Michel spectrum says: 1 + cos/3 in all
echo '0 0 0 0.1056583755 -13 2 0 0 0 0 0 0 1' >data/rest.txt
works bsmnu flux rest.yaml --set 'flux.max=60 MeV' --set 'detector={position: [0 m, 0 m, -20 m], radius: 20 cm}' --json
close "$(total nu_e)" "$(awk 'BEGIN { print 2 / (4 * 3.14159265 * 400) }')" 0.01 'nu_e against the spin'
close "$(total nubar_mu)" "$(awk 'BEGIN { print 2 / 3 / (4 * 3.14159265 * 400) }')" 0.01 'nubar_mu against the spin'
works bsmnu flux rest.yaml --set 'flux.max=60 MeV' --set 'detector={position: [20 m, 0 m, 0 m], radius: 20 cm}' --json
close "$(total nu_e)" "$(awk 'BEGIN { print 1 / (4 * 3.14159265 * 400) }')" 0.01 'nu_e across the spin'

# refused; with a source that has nothing to say
printf 'schema: 1\nkind: flux_table\nname: rest\nformat: globes\nfile: ../one/flux.globes.txt\n' >data/table.yaml
refuses 1 'at one place only' bsmnu flux rest.yaml --set source=data/table.yaml --off-axis '0 m, 2 m' -o x
sed -i 's/^source: .*/source: lbnf_target/' rest.yaml
refuses 1 'detector: expected a list of 3' bsmnu flux rest.yaml --set 'detector=[0 m, 1 m]' -o x
refuses 1 'radius: expected a length above zero' bsmnu flux rest.yaml --set 'detector={position: [0 m, 0 m, 9 m], radius: 0 m}' -o x
refuses 1 "no material 'cheese'" bsmnu flux rest.yaml --set 'detector={position: [0 m, 0 m, 9 m], material: cheese}' -o x
refuses 1 'unknown key' bsmnu flux rest.yaml --set 'detector={position: [0 m, 0 m, 9 m], colour: red}' -o x
refuses 1 'expected csv, globes or darknews' bsmnu flux rest.yaml --format root -o x
refuses 1 'holds one place' bsmnu flux rest.yaml --format globes --off-axis '0 m, 1 m'
refuses 1 'needs two places before' bsmnu flux rest.yaml --off-axis '0 m, ..., 5 m' -o x
refuses 1 'do not lead to 5 m' bsmnu flux rest.yaml --off-axis '0 m, 2 m, ..., 5 m' -o x
refuses 1 'more than 64 places' bsmnu flux rest.yaml --off-axis '0 m, 1 m, ..., 500 m' -o x
refuses 1 'flux.off_axis' bsmnu flux rest.yaml --off-axis '0 m, 2' -o x
refuses 1 'off_axis: expected a list' bsmnu flux rest.yaml --set 'flux.off_axis=3 m' -o x
refuses 1 'flux.trials' bsmnu flux rest.yaml --set flux.trials=0 -o x
finish
