#!/bin/sh
# --help of every command, whose example is a command line that works; wrong command lines are explained with exit code 2.
. "$BSMNU_ROOT/tests/cli/common.sh"
works bsmnu --help
commands=$(sed -n 's/^  \([a-z]*\)  *.*/\1/p' stdout)
[ "$(echo "$commands" | wc -w)" -ge 13 ] || fail "only these commands: $commands"
works bsmnu --version
mkdir docs
for i in 1 2 3; do
	works bsmnu generate examples/hnl_nd_lar.yaml -n 1000 --shard $i/3 -o out/$i
done
# The larger examples are cut short by options behind them.
for command in $commands; do
	works bsmnu "$command" --help
	grep -q '^usage: bsmnu '"$command" stdout || fail "$command --help has no usage line"
	example=$(sed -n '/^example:/{n;s/^  //p;}' stdout)
	case $command in
	run) example="$example -n 1000" ;;
	scan) example="$example --set scan.mass.points=3 --set scan.Umu2.points=5" ;;
	esac
	case $example in
	"bsmnu $command"*) eval "works $example" ;;
	*) fail "$command --help has no example" ;;
	esac
done

rm x.c x.yaml # of the example of `bsmnu new`
refuses 2 'no command .runn.' bsmnu runn
refuses 2 'expected .bsmnu run CARD' bsmnu run
refuses 2 'expected .bsmnu run CARD' bsmnu run a.yaml b.yaml
refuses 2 'unknown option.*--colour' bsmnu run card.yaml --colour
refuses 2 'does not take the option .shard.' bsmnu list --shard 1/2
refuses 2 'without its value.*--set' bsmnu show hnl --set
refuses 2 'expected KEY=VALUE, found .mass.' bsmnu show hnl --set mass
refuses 2 '--shard: .*3/2' bsmnu run card.yaml --shard 3/2
refuses 2 '--shard: .*1/2x' bsmnu run card.yaml --shard 1/2x
refuses 2 '-j: .*none' bsmnu run card.yaml -j none
refuses 2 '-j: .*0' bsmnu run card.yaml -j 0
refuses 2 '--seed: .*1.5' bsmnu run card.yaml --seed 1.5
refuses 2 '--split: .*0' bsmnu run card.yaml --split 0
refuses 2 '--events: .*-5' bsmnu run card.yaml -n -5
refuses 2 '--events: .*99999999999999999999' bsmnu run card.yaml -n 99999999999999999999
bsmnu >stdout 2>stderr
[ $? = 2 ] || fail 'bsmnu alone should give exit code 2'
finish
