#!/bin/sh
# Interrupted by ctrl-C or killed, then resumed: the same bytes as in one go.
. "$BSMNU_ROOT/tests/cli/common.sh"
card 's/\[hepmc3\]/[hepmc3.zst, hepevt, h5, gtrac.root]/;s/events: 1000/events: 20000/'
works bsmnu generate card.yaml -o whole
works bsmnu generate card.yaml -o whole-split --split 700

# stop SIGNAL FILE OPTIONS...: starts a run in folder x, sends the signal once the file is there. One thread and an event
# file of many blocks: the run takes a second or more after its first checkpoint.
stop() {
	signal=$1
	file=$2
	shift 2
	bsmnu generate card.yaml -o x -j 1 "$@" >stdout 2>stderr &
	pid=$!
	tries=0
	while [ ! -e "$file" ] && [ $tries -lt 3000 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
	kill -s "$signal" $pid || fail "the run had ended before SIG$signal came"
	wait $pid 2>/dev/null
	code=$?
}

same() { # FOLDER OF-THE-WHOLE
	for file in "$2"/events*; do
		cmp "$file" "$1/${file##*/}" || fail "$1: another ${file##*/}"
	done
	[ "$(ls "$1" | wc -l)" = "$(ls "$2" | wc -l)" ] || fail "$1: $(ls "$1") instead of $(ls "$2")"
	for key in rate_per_pot trials events; do
		[ "$(value_of "$1/state.json" $key)" = "$(value_of "$2/state.json" $key)" ] || fail "$1: another $key in state.json"
	done
	cmp "$1/state.json" "$2/state.json" || fail "$1: another state.json"
	[ -e "$1/.checkpoint.json" ] && fail "$1: the checkpoint is still there"
}

stop INT x/.checkpoint.json
[ $code = 1 ] || fail "SIGINT: exit code $code"
if [ "$(wc -l <stderr)" != 1 ] || ! grep -q '^bsmnu: error: interrupted: .*--resume' stderr; then
	fail "SIGINT: $(cat stderr)"
fi
[ -z "$(ls x)" ] || fail "SIGINT left $(ls x)"
# Another run must not go on with these parts: other seed, other events, other card.
refuses_resume() {
	bsmnu generate "$@" -o x --resume >stdout 2>stderr && fail "resumed another run: $*"
	grep -q "another run's state" stderr || fail "$(cat stderr)"
}
refuses_resume card.yaml --seed 2
refuses_resume card.yaml -n 30000
refuses_resume card.yaml --set after=none
works bsmnu generate card.yaml -o x -j 2 --resume
same x whole
rm -rf x

stop KILL x/.checkpoint.json
[ -z "$(ls x)" ] || fail "SIGKILL left $(ls x)"
works bsmnu generate card.yaml -o x --resume
same x whole
# There is nothing to resume now, and the finished files stay.
bsmnu generate card.yaml -o x --resume >stdout 2>stderr && fail 'resumed a finished run'
same x whole
rm -rf x

# Killed after a file was finished that the last checkpoint still saw as a part.
stop KILL x/events-0006.hepevt --split 700
works bsmnu generate card.yaml -o x --resume --split 700
same x whole-split
rm -rf x

# Ctrl-C is heard by all long work, in the pilot too.
interrupted() { # COMMAND...
	"$@" >stdout 2>stderr &
	pid=$!
	sleep 0.3
	kill -s INT $pid || fail "had ended already: $*"
	wait $pid
	code=$?
	[ $code = 1 ] && [ "$(wc -l <stderr)" = 1 ] && grep -q '^bsmnu: error: interrupted' stderr ||
		fail "SIGINT: exit code $code, $(cat stderr): $*"
	[ -z "$(ls y 2>/dev/null)" ] || fail "SIGINT left $(ls y): $*"
}
interrupted bsmnu scan examples/hnl_scan.yaml -o y
interrupted bsmnu rate card.yaml -n 5000000
interrupted bsmnu verify hnl
interrupted bsmnu run card.yaml -n 1000000 -o y

# Parts that another run has begun to overwrite are not resumed.
stop KILL x/.checkpoint.json
bsmnu generate card.yaml -o x --seed 3 -n 30000 -j 1 >/dev/null 2>&1 &
pid=$!
sleep 0.3
kill -s KILL $pid
wait $pid 2>/dev/null
if bsmnu generate card.yaml -o x --resume >stdout 2>stderr; then
	same x whole # the other run had not come as far as its files
fi
finish
