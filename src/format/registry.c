#include "format/format.h"

const struct bsm_format *const bsm_formats[] = {
	&bsm_format_nuhepmc,
	&bsm_format_nuhepmc_wcsim,
	&bsm_format_hepevt,
	&bsm_format_nuance,
	&bsm_format_gtrac,
	&bsm_format_h5,
	NULL,
};

static int ends_with(const char *text, size_t n, const char *ending)
{
	size_t m = strlen(ending);
	return n >= m && memcmp(text + n - m, ending, m) == 0;
}

const struct bsm_format *bsm_format_find(const char *name_or_path)
{
	const struct bsm_format *best = NULL;
	size_t n = strlen(name_or_path), longest = 0;
	for (int i = 0; bsm_formats[i]; i++)
		if (strcmp(bsm_formats[i]->name, name_or_path) == 0)
			return bsm_formats[i];
	if (ends_with(name_or_path, n, ".zst"))
		n -= 4;
	else if (ends_with(name_or_path, n, ".gz"))
		n -= 3;
	for (int i = 0; bsm_formats[i]; i++) {
		const char *ending = bsm_formats[i]->extension;
		if (ends_with(name_or_path, n, ending) && strlen(ending) > longest) {
			best = bsm_formats[i];
			longest = strlen(ending);
		}
	}
	return best;
}

int bsm_format_copies(double unweighted, uint64_t event_id)
{
	if (!(unweighted > 0) || unweighted > 1e6)
		return 0;
	uint64_t z = event_id + 0x9e3779b97f4a7c15; /* splitmix64's mixing of the id */
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	z ^= z >> 31;
	double whole = (double)(int)unweighted;
	return (int)whole + ((double)(z >> 11) * 0x1p-53 < unweighted - whole);
}
