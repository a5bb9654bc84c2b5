#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/report.h"

void bsm_plot_head(struct bsm_text *t, const char *name, const char *title)
{
	bsm_text_printf(t, "# gnuplot %s.gp, in this folder, makes %s.png from %s.csv\n", name, name, name);
	bsm_text_printf(t, "set terminal pngcairo size 1200,800 enhanced font 'DejaVu Sans,16'\nset output '%s.png'\n", name);
	bsm_text_str(t, "set datafile separator ','\nset datafile commentschars '#'\nset style line 1 lc rgb '#1f5fa8' lw 2.5\n"
			"set style line 2 lc rgb '#c0504d' lw 2.5\nset border lw 1.2\nset grid back lc rgb '#dddddd'\n"
			"set tics nomirror\nset key top right samplen 2\n");
	bsm_text_str(t, "set title \"");
	for (const char *c = title; *c; c++)
		if (*c != '"' && *c != '\\' && *c != '`' && *c != '\n')
			bsm_text_char(t, *c);
	bsm_text_str(t, "\" noenhanced\n");
}

/* gnuplot in a process of its own, its words kept out of ours. Returns its exit code, 127 if it is not there. */
static int gnuplot(const char *dir, const char *script)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		if (chdir(dir) || !freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
			_exit(126);
		execlp("gnuplot", "gnuplot", script, (char *)NULL);
		_exit(127);
	}
	int state = 0;
	if (pid < 0 || waitpid(pid, &state, 0) < 0)
		return 126;
	return WIFEXITED(state) ? WEXITSTATUS(state) : 126;
}

enum bsm_status bsm_plot_run(struct bsm_ctx *ctx, const char *dir, const char *script)
{
	int code = gnuplot(dir, script);
	if (code == 127) {
		bsm_note(ctx, BSM_WARNING, "gnuplot is not installed: no picture; run `gnuplot %s` in %s later", script, dir);
		return BSM_OK;
	}
	return code ? bsm_fail(ctx, BSM_E_IO, "%s/%s: gnuplot ended with code %d", dir, script, code) : BSM_OK;
}

enum bsm_status bsm_plot_write(struct bsm_ctx *ctx, const char *dir, const char *name, const struct bsm_text *csv,
			       const struct bsm_text *script)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s.csv", dir, name);
	BSM_TRY(bsm_output_text(ctx, path, csv));
	snprintf(path, sizeof path, "%s/%s.gp", dir, name);
	BSM_TRY(bsm_output_text(ctx, path, script));
	snprintf(path, sizeof path, "%s.gp", name);
	return bsm_plot_run(ctx, dir, path);
}
