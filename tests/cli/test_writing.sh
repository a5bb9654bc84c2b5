#!/bin/sh
# Places that cannot be written to: a full disk, a folder without permission, a file in the way, a closed standard output.
. "$BSMNU_ROOT/tests/cli/common.sh"
card 's/\[hepmc3\]/[hepmc3, hepevt, h5, gtrac.root]/'

# A full disk, at different points of the run; SIGXFSZ ignored, so that write() fails instead.
limited() { # BLOCKS-OF-512 COMMAND...
	limit=$1
	shift
	(
		trap '' XFSZ
		ulimit -f "$limit"
		"$@"
	)
}
for blocks in 1 20 200 1500; do
	refuses 1 'cannot be written\|is too small\|File too large' limited $blocks bsmnu run card.yaml -o x
done
works bsmnu generate card.yaml -o whole
refuses 1 'x.hepevt: .*cannot be written' limited 100 bsmnu convert whole/events.hepmc3 x.hepevt
refuses 1 'standard output: ' sh -c 'bsmnu show hnl >/dev/full'
refuses 1 'standard output: ' sh -c 'bsmnu show hnl >&-'
refuses 1 'standard output: ' sh -c 'bsmnu rate card.yaml -n 100 --json >&-'
refuses 1 'standard output: ' sh -c 'bsmnu --help >/dev/full'
refuses 1 'standard output: ' sh -c 'bsmnu run --help >&-'
for format in hepevt nuance h5 gtrac; do
	refuses 1 '/dev/full: ' bsmnu convert whole/events.hepmc3 /dev/full --format $format
done
for ending in h5 gtrac.root nuance; do
	refuses 1 "x.$ending: .*cannot be written" limited 100 bsmnu convert whole/events.hepmc3 x.$ending
done
# A reader that goes away: no death by signal.
(bsmnu show hnl --json; echo $? >code) 2>stderr | true
case $(cat code) in
0 | 1) ;;
*) fail "a closed pipe: exit code $(cat code)" ;;
esac
# With standard output and error closed an event file must not become one of them.
bsmnu generate card.yaml -o closed >&- 2>&-
cmp -s whole/events.hepmc3 closed/events.hepmc3 || fail 'closed stdout and stderr: other events'
rm -rf closed

# A small disk of its own, where we may mount one.
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=400k tmpfs small 2>/dev/null; then
	bsmnu run card.yaml -o small/x >stdout 2>stderr && fail 'a disk of 400 kB was enough'
	grep -q '^bsmnu: error: .*No space left' stderr || fail "full disk: $(cat stderr)"
	[ -n "$(ls small/x)" ] && fail "full disk: left $(ls small/x)"
	umount small
else
	echo 'skipped: a full file system of its own (no right to mount one)'
fi

# No permission (root may write everywhere but in /proc), a file where the folder should be.
touch file
refuses 1 'file: is not a folder' bsmnu run card.yaml -o file
refuses 1 'file/x: ' bsmnu run card.yaml -o file/x
refuses 1 '/proc/x: ' bsmnu run card.yaml -o /proc/x
if [ "$(id -u)" != 0 ]; then
	mkdir locked && chmod a-w locked
	refuses 1 'locked' bsmnu run card.yaml -o locked
fi
mkdir -p x/events.hepmc3
bsmnu run card.yaml -o x >stdout 2>stderr && fail 'a folder stands where events.hepmc3 should'
grep -q '^bsmnu: error: x/events.hepmc3: is a folder' stderr || fail "$(cat stderr)"
rm -rf x
# Two runs into one folder would mix.
refuses 2 'give the folder of the result with -o' bsmnu merge whole
finish
