#!/bin/sh
# The text of the tree: nothing left to do, no path of somebody's machine, files that can be read in one sitting, a map of
# the folders. Usage: text.sh SOURCE.
set -u
cd "$1" || exit 1
bad=0
places='src python include tests bench scripts examples docs data cmake .ci CMakeLists.txt Makefile README.md ARCHITECTURE.md CONTRIBUTING.md'
for place in $places; do
	[ -e "$place" ] || continue
	# written so that this file does not find itself
	grep -rnIE 'TO''DO|FIX''ME|XX''X[: ]' "$place" && bad=1
	grep -rnIE '(^|[^a-zA-Z0-9_.])/(ro''ot|ho''me|wo''rk|Us''ers)/' "$place" && bad=1
done
for file in $(find src -name '*.[ch]'); do
	lines=$(wc -l <"$file")
	[ "$lines" -le 600 ] || { echo "$file has $lines lines, more than 600"; bad=1; }
done
for folder in src/*/; do
	folder=$(basename "$folder")
	grep -qE "src/$folder([^a-z_]|\$)" ARCHITECTURE.md || { echo "ARCHITECTURE.md does not say what src/$folder is"; bad=1; }
done
exit $bad
