#!/bin/sh
# What the library may not call: it never prints, exits, reads the locale, draws numbers or asks for the time. The command
# line (src/cli) may. Usage: calls.sh SOURCE BUILD.
set -u
banned='exit _exit _Exit quick_exit abort __assert_fail raise signal sigaction
	printf vprintf fprintf vfprintf puts putchar putc fputs fputc perror stdout stderr
	sprintf vsprintf strtod strtof strtold strtol strtoll strtoul strtoull atof atoi atol atoll scanf sscanf fscanf
	rand srand random srandom drand48 lrand48 rand_r time clock gettimeofday clock_gettime ctime localtime setlocale
	system popen fork execlp execvp strtok strerror_l'
# object:symbol and why it may.
allowed='
core/progress.c:clock_gettime    how long the work will still take, on a terminal
run/run.c:time                   a checkpoint every few seconds
report/plot.c:fork               gnuplot is a process of its own
report/plot.c:execlp             the same
report/plot.c:_exit              the same: only the child, where gnuplot is not there
report/plot.c:stdout             the same: the words of gnuplot are thrown away
report/plot.c:stderr             the same
'
# strtod_l (core/number.c: the hard cases, in the C locale) and snprintf (messages, file names; never doubles on data paths)
# are not in the list of what is banned.
for folder in $(sed -n 's/^set(BSM_FOLDERS \(.*\))$/\1/p' "$1/CMakeLists.txt"); do
	[ "$folder" = cli ] || [ ! -d "$2/CMakeFiles/bsm_$folder.dir" ] ||
		find "$2/CMakeFiles/bsm_$folder.dir" -name '*.o' -exec nm -A -u {} +
done | BANNED=$banned ALLOWED=$allowed awk '
	BEGIN {
		n = split(ENVIRON["BANNED"], word); for (i = 1; i <= n; i++) ban[word[i]]
		n = split(ENVIRON["ALLOWED"], line, "\n"); for (i = 1; i <= n; i++) { split(line[i], word, " "); may[word[1]] }
	}
	{
		object = $1; sub(/.*\.dir\/src\//, "", object); sub(/\.o:.*/, "", object)
		symbol = $NF; sub(/@.*/, "", symbol); sub(/^__isoc[0-9]*_/, "", symbol)
		if (symbol ~ /^__.*_chk$/) { sub(/^__/, "", symbol); sub(/_chk$/, "", symbol) }
		seen++
		if ((symbol in ban) && !((object ":" symbol) in may)) { print "src/" object " calls " symbol; bad = 1 }
	}
	END { if (seen < 100) { print "only " seen " calls found: wrong build folder?"; bad = 1 }; exit bad }'
