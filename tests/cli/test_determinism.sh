#!/bin/sh
# The same bytes for any number of threads and for merged shards, other bytes for another seed; files of N events hold the
# events of one file. Interruptions: test_interrupt.sh.
. "$BSMNU_ROOT/tests/cli/common.sh"
card 's/\[hepmc3\]/[hepmc3, hepmc3.zst, hepevt, nuance, h5, gtrac.root]/;s/events: 1000/events: 8000/'
files='events.hepmc3 events.hepmc3.zst events.hepevt events.nuance events.h5 events.gtrac.root'
works bsmnu run card.yaml -o one -j 1

for threads in 2 7; do
	works bsmnu run card.yaml -o threads -j $threads
	for file in $files state.json summary.json energy.csv delay.csv; do
		cmp one/$file threads/$file || fail "-j $threads: another $file"
	done
done

# Shards, by other numbers of threads and merged in another order: events to the byte, counts and results to the digit.
for i in 1 2 3; do
	works bsmnu generate card.yaml -o shard$i --shard $i/3 -j $i
done
works bsmnu merge shard3 shard1 shard2 -o merged --json
cp stdout merged.json
valid_json merged.json 'merge --json'
for file in $files; do
	cmp one/$file merged/$file || fail "merged shards: another $file"
done
for key in rate_per_pot rate_per_pot_error rate_per_year expected_events expected_events_error trials trials_with_weight events \
	effective_sample_size overweight_share; do
	[ "$(value_of merged.json $key)" = "$(value_of one/summary.json $key)" ] || fail "merged shards: another $key"
done
for key in hash blocks first_block next_block file_events header_bytes body_bytes footer_bytes trials hits events overweights \
	largest pot; do
	[ "$(value_of merged/state.json $key)" = "$(value_of one/state.json $key)" ] || fail "merged state.json: another $key"
done
# The sums are pairs hi, lo of doubles: their value is the same double.
if command -v python3 >/dev/null 2>&1; then
	python3 - <<'PYTHON' || fail 'merged state.json: other sums'
import json
a, b = (json.load(open(f + "/state.json"))["tally"] for f in ("one", "merged"))
pairs = lambda v: [x + y for x, y in zip(v[::2], v[1::2])]
for key in "w", "w2", "kept", "kept2", "over", "row":
    assert pairs(a[key]) == pairs(b[key]), key
for h, g in zip(a["hist"], b["hist"]):
    assert (h["lo"], h["hi"], pairs(h["w"]), pairs(h["w2"])) == (g["lo"], g["hi"], pairs(g["w"]), pairs(g["w2"]))
PYTHON
fi
# A merged folder can be merged; shards that are missing, doubled or of another run cannot.
works bsmnu merge merged -o again
cmp merged/state.json again/state.json || fail 'a merged run merged again'
cmp merged/events.h5 again/events.h5 || fail 'a merged run merged again: another events.h5'
refuses 1 'the last ones are missing' bsmnu merge shard1 shard2 -o x
refuses 1 'missing or given twice' bsmnu merge shard1 shard3 -o x
refuses 1 'missing or given twice' bsmnu merge shard1 shard2 shard2 shard3 -o x
works bsmnu generate card.yaml -o other --shard 2/3 --seed 2
refuses 1 'another run' bsmnu merge shard1 other shard3 -o x
truncate -s -100 shard3/events.hepevt
refuses 1 'shard3/events.hepevt: shorter' bsmnu merge shard1 shard2 shard3 -o y
rm -rf y
works bsmnu generate card.yaml -o shard3 --shard 3/3
cp other/events.h5 shard2/events.h5
refuses 1 'shard2/events.h5: not of the run' bsmnu merge shard1 shard2 shard3 -o y
cp shard1/events.h5 shard2/events.h5
refuses 1 'shard2/events.h5: .* events, but its state.json says' bsmnu merge shard1 shard2 shard3 -o y
rm -rf y
# More shards than blocks: some are empty.
works bsmnu generate card.yaml -n 200 -o few
for i in 1 2 3 4 5 6 7; do
	works bsmnu generate card.yaml -n 200 -o empty$i --shard $i/7
done
works bsmnu merge empty1 empty2 empty3 empty4 empty5 empty6 empty7 -o empties
for file in $files; do
	cmp few/$file empties/$file || fail "empty shards: another $file"
done

works bsmnu generate card.yaml -o seed --seed 2
cmp -s one/events.hepevt seed/events.hepevt && fail 'another seed, the same events'
works bsmnu generate card.yaml -o seed --seed 1
cmp one/events.hepevt seed/events.hepevt || fail '--seed 1 and seed: 1 differ'

# Files of 500 events. HEPEVT has no header; of HepMC3 the lines between the first event and the closing line are compared.
events_of() {
	sed -n '/^E /,$p' "$1" | grep -v -e '^HepMC::Asciiv3-END_EVENT_LISTING' -e '^$'
}
works bsmnu run card.yaml -o split --split 500
cat split/events-*.hepevt | cmp - one/events.hepevt || fail '--split: other events'
for file in split/events-*.hepmc3; do
	events_of "$file"
done >split.txt
events_of one/events.hepmc3 | cmp - split.txt || fail '--split: other HepMC3 events'
all=$(grep -c '^E ' split.txt)
whole=$((all / 500))
[ "$(ls split/events-*.hepmc3 | wc -l)" = $((whole + (all % 500 > 0))) ] || fail "--split: $(ls split) for $all events"
[ "$(grep -c '^E ' split/events-0001.hepmc3)" = 500 ] || fail '--split: the first file has not 500 events'
[ "$(grep -c '^E ' "split/events-000$whole.hepmc3" 2>/dev/null || echo 500)" = 500 ] || fail '--split: a file has not 500 events'
for file in split/events-*.zst; do
	works bsmnu convert "$file" back.hepevt
done
# A file of the split run is what a conversion makes of the same events, whatever its format.
for file in split/events-*.h5; do
	works bsmnu convert "$file" back.nuance
	cmp back.nuance "${file%.h5}.nuance" || fail "--split: $file holds other events"
	works bsmnu convert "${file%.h5}.gtrac.root" back.h5
	cmp back.h5 "$file" || fail "--split: ${file%.h5}.gtrac.root holds other events"
done
cmp one/summary.json split/summary.json || fail '--split: another summary.json'
refuses 1 'do not go together' bsmnu generate card.yaml -o x --split 500 --shard 1/2
finish
