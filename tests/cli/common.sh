# For the tests of the command line: `. "$BSMNU_ROOT/tests/cli/common.sh"`. Works in a folder of its own that goes at the
# end; `finish` gives the exit code. BSMNU is the program, BSMNU_ROOT the source tree.
set -u
: "${BSMNU:?the program}" "${BSMNU_ROOT:?the source tree}"
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1
# So that command lines can be run as they are printed.
mkdir bin && ln -s "$BSMNU" bin/bsmnu && ln -s "$BSMNU_ROOT/examples" examples
PATH=$work/bin:$PATH
failures=0

fail() {
	failures=$((failures + 1))
	echo "FAILED: $*"
}

finish() {
	[ "$failures" = 0 ] && exit 0
	echo "$failures failed"
	exit 1
}

# A good card; an argument is a sed script that spoils it.
card() {
	sed "${1-}" <<'CARD' >card.yaml
schema: 1
title: HNL of 1 GeV
model: {name: hnl, mass: 1 GeV, Umu2: 1e-8}
source: lbnf_target
detector: dune_nd_lar
exposure: {years: 1}
run: {events: 1000, seed: 1}
output: [hepmc3]
CARD
}

# Runs a command that has to succeed without a word on stderr but notes.
works() {
	if ! "$@" >stdout 2>stderr || grep -q 'error' stderr; then
		fail "should work: $*"
		cat stderr
	fi
}

# refuses CODE PATTERN COMMAND...: exit code, one line `bsmnu: error: ...` with the pattern, and no file under a final
# name in the folder x, where commands of this kind write.
refuses() {
	code=$1
	pattern=$2
	shift 2
	"$@" >stdout 2>stderr
	got=$?
	[ $got = "$code" ] || fail "exit code $got, expected $code: $*"
	if [ "$(wc -l <stderr)" != 1 ] || ! grep -q '^bsmnu: error: ' stderr || ! grep -q -e "$pattern" stderr; then
		fail "expected one line \`bsmnu: error: ... $pattern\` from: $*"
		cat stderr
	fi
	# an asterisk leaves out what begins with a point
	for file in x/* x.*; do
		[ -e "$file" ] && fail "left $file: $*"
	done
	rm -rf x x.*
}

# The text of a JSON file's key at the top: value_of FILE KEY.
value_of() {
	sed -n "s/^ *\"$2\": \(.*[^,]\),\{0,1\}\$/\1/p" "$1" | head -n 1
}

valid_json() {
	if command -v python3 >/dev/null 2>&1; then
		python3 -m json.tool "$1" >/dev/null 2>&1 || fail "not JSON: $2"
	elif command -v jq >/dev/null 2>&1; then
		jq . "$1" >/dev/null 2>&1 || fail "not JSON: $2"
	else
		echo "skipped: no python3 or jq to read JSON with"
		exit 77
	fi
}
