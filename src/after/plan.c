#include <stdlib.h>
#include <string.h>

#include "after/after.h"
#include "kinematics/particles.h"

/* What a detector simulation would decay at the vertex anyway; tau too, since Geant4 has no polarised tau decay. */
static const int32_t shortlived[] = {15, 111, 113, 213, 221, 223, 331, 333, 313, 323, 411, 421, 431};

static enum bsm_status add(struct bsm_ctx *ctx, struct bsm_after_plan *p, int32_t pdg)
{
	for (int i = 0; i < p->count; i++)
		if (p->pdg[i] == pdg)
			return BSM_OK;
	if (p->count == BSM_AFTER_SPECIES)
		return bsm_fail(ctx, BSM_E_RANGE, "after: more than %d species", BSM_AFTER_SPECIES);
	p->pdg[p->count++] = pdg;
	return BSM_OK;
}

/* Code of a particle by name: "pi0", "tau" or "tau-". */
static int32_t by_name(const char *name, size_t len)
{
	int rows;
	const struct bsm_pdg *t = bsm_pdg_table(&rows);
	for (int i = 0; i < rows; i++) {
		size_t n = strlen(t[i].name);
		int same = n == len && !strncmp(t[i].name, name, len);
		int bare = n == len + 1 && !strncmp(t[i].name, name, len) && (t[i].name[len] == '-' || t[i].name[len] == '+');
		if (same || bare)
			return abs(t[i].pdg);
	}
	return 0;
}

enum bsm_status bsm_after_parse(struct bsm_ctx *ctx, const char *list, struct bsm_after_plan *p)
{
	memset(p, 0, sizeof *p);
	if (!strcmp(list, "none"))
		return BSM_OK;
	while (*list) {
		list += strspn(list, " ,");
		size_t n = strcspn(list, " ,");
		if (!n)
			break;
		if (n == 7 && !strncmp(list, "default", 7)) {
			for (size_t i = 0; i < sizeof shortlived / sizeof *shortlived; i++)
				BSM_TRY(add(ctx, p, shortlived[i]));
		} else {
			int32_t pdg = by_name(list, n);
			if (!pdg)
				return bsm_fail(ctx, BSM_E_NAME, "after: no particle '%.*s'; expected names as pi0, tau, mu, default or none",
						(int)n, list);
			BSM_TRY(add(ctx, p, pdg));
		}
		list += n;
	}
	return BSM_OK;
}
