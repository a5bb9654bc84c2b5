#!/bin/sh
# Models compiled outside the program: good ones run, others are refused with a reason.
. "$BSMNU_ROOT/tests/cli/common.sh"
compile() { # FILE.c FILE.so FLAGS...
	from=$1
	to=$2
	shift 2
	${CC:-cc} -shared -fPIC -O2 "$@" "$from" -o "$to" || fail "cc $from"
}
refused() {
	refuses 1 "$1" bsmnu list models --plugin "$2"
}

# The example, by the two commands that its head gives, outside the source tree.
sed -n 's/^ \*     \(cc .*\)/\1/p' examples/plugin/muon_alp.c >build.txt
[ "$(wc -l <build.txt)" = 1 ] || fail 'muon_alp.c should give one cc line'
ln -s "$BSMNU_ROOT/include" include
# shellcheck disable=SC1091
. ./build.txt || fail 'the cc line of muon_alp.c'
works bsmnu run examples/plugin/muon_alp.yaml --plugin ./muon_alp.so -o alp -n 500
[ -s alp/events.hepmc3 ] || fail 'muon_alp gave no events'
works bsmnu verify muon_alp --plugin muon_alp.so
works bsmnu show muon_alp --plugin muon_alp.so --json
valid_json stdout 'show muon_alp'
bsmnu list models --plugin muon_alp.so | grep -q muon_alp || fail 'list does not show the plug-in'

# `bsmnu new`: the file compiles without a warning, and the three commands that are printed work as they stand.
works bsmnu new model newone
sed -n 's/^  //p' stdout >commands.txt
[ "$(wc -l <commands.txt)" = 3 ] || fail '`bsmnu new` should print three commands'
while read -r line; do
	eval "works $line"
done <commands.txt
[ -s out/newone/summary.json ] || fail '`bsmnu new`: its run left no summary'
compile newone.c strict.so -std=c17 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -I include
refuses 1 'newone.c is there already' bsmnu new model newone
refuses 1 'lower-case' bsmnu new model New
refuses 1 'lower-case' bsmnu new model ../x
refuses 2 'bsmnu new model NAME' bsmnu new particle x

# Plug-ins that do not fit. Each file has to be called after its model.
mkdir other && cp -r include/bsmnu other/ && sed -i 's/#define BSM_ABI .*/#define BSM_ABI 999/' other/bsmnu/model.h
mkdir abi && compile newone.c abi/newone.so -I other
refused 'abi/newone.so: .*ABI 999.*compile it again' abi/newone.so
cp newone.so wrong.so
refused 'wrong.so: no symbol bsm_model_wrong' wrong.so
refused 'none.so: ' none.so
echo 'not a shared object' >text.so
refused 'text.so: ' text.so
refuses 1 'there is a model .newone. already' bsmnu list --plugin newone.so --plugin ./newone.so
sed 's/0.2, 0.0011, 0.35/0.5, 0.0011, 0.35/' newone.c >ranged.c && mkdir range && compile ranged.c range/newone.so -I include
refused 'default of mass is outside its range' range/newone.so

# What changes the arithmetic of the whole program: here by hand, and by gcc's start-up code for -ffast-math.
{
	cat newone.c
	echo '#include <xmmintrin.h>'
	echo '__attribute__((constructor)) static void quick(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }'
} >quick.c
mkdir quick && compile quick.c quick/newone.so -I include
refused 'quick/newone.so: .*without -ffast-math' quick/newone.so
mkdir fast && compile newone.c fast/newone.so -I include -ffast-math
if nm fast/newone.so | grep -q set_fast_math; then
	refused 'fast/newone.so: .*without -ffast-math' fast/newone.so
fi
finish
