/* write_samples DIR: one small file of every format and compression, for the foreign readers of the tests. */
#include "event_file.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int weighted, events;
	} files[] = {{"weighted.hepmc3", 1, 300},    {"unweighted.hepmc3", 0, 300},   {"weighted.hepmc3.zst", 1, 300},
		     {"weighted.hepmc3.gz", 1, 300}, {"unweighted.wcsim.hepmc3", 0, 300}, {"unweighted.hepevt", 0, 300},
		     {"unweighted.nuance", 0, 300},  {"weighted.h5", 1, 300},	       {"unweighted.h5", 0, 300},
		     {"weighted.gtrac.root", 1, 300}, {"unweighted.gtrac.root", 0, 300}, {"many.h5", 1, 5003},
		     {"many.gtrac.root", 1, 5003},   {"empty.h5", 1, 0},	       {"empty.gtrac.root", 1, 0},
		     {"empty.hepmc3", 1, 0},	     {"empty.nuance", 0, 0},	       {"empty.hepevt", 0, 0}};
	struct bsm_ctx ctx = {0};
	char path[4096];
	if (argc != 2)
		return 2;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct bsm_run run = sample_run(files[i].weighted);
		snprintf(path, sizeof path, "%s/%s", argv[1], files[i].name);
		if (write_event_file(&ctx, path, bsm_format_find(path), &run, (uint64_t)files[i].events, sample_event) != BSM_OK) {
			fprintf(stderr, "%s\n", ctx.message);
			return 1;
		}
	}
	return 0;
}
