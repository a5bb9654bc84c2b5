#!/bin/sh
# Imports go one way: an object uses only symbols of its own folder and of those before it in the list of CMakeLists.txt.
# What other files see is called bsm_*. Usage: imports.sh SOURCE BUILD.
set -u
folders=$(sed -n 's/^set(BSM_FOLDERS \(.*\))$/\1/p' "$1/CMakeLists.txt")
[ -n "$folders" ] || { echo 'no BSM_FOLDERS in CMakeLists.txt'; exit 1; }
rank=0
for folder in $folders; do
	rank=$((rank + 1))
	[ -d "$2/CMakeFiles/bsm_$folder.dir" ] || continue
	find "$2/CMakeFiles/bsm_$folder.dir" -name '*.o' -exec nm -A -g {} + | sed "s/^/$rank $folder /"
done | awk '
	# rank folder object:[address] kind symbol
	{ object = $3; sub(/.*\.dir\//, "", object); sub(/:.*/, "", object); kind = $(NF - 1); symbol = $NF }
	kind ~ /^[Uvw]$/ { used[$1 " " object " " symbol]; next }
	{ home[symbol] = $1; folder[symbol] = $2; n++ }
	# compilers add names of their own: __odr_asan_gen_x, .gomp_critical_x
	symbol !~ /^(bsm_|__|\.)/ { print object ": " symbol ": should be called bsm_... or be static"; bad = 1 }
	END {
		for (u in used) {
			split(u, part, " ")
			if (part[3] in home && home[part[3]] > part[1]) {
				print part[2] " uses " part[3] " of the later folder " folder[part[3]]; bad = 1
			}
		}
		if (n < 100) { print "only " n " symbols found: wrong build folder?"; bad = 1 }
		exit bad
	}'
