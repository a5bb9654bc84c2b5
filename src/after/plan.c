#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "after/after.h"
#include "after/decay_tables.h"
#include "kinematics/particles.h"

/* What a detector simulation would decay at the vertex anyway; tau too, since Geant4 has no polarised tau decay. K0 is
 * here because it is no particle that flies: it becomes K_S or K_L. */
static const int32_t shortlived[] = {15, 111, 113, 213, 221, 223, 331, 333, 311, 313, 323, 411, 421, 431};

/* Names before those of the particle table, which serve with or without their charge: "rho" is no more the one than the
 * other. */
static const struct { const char *name; int32_t pdg[2]; } alias[] = {
	{"rho", {113, 213}},     {"K*", {313, 323}},       {"K*(892)", {313, 323}}, {"D", {411, 421}},
	{"muon", {13, 0}},       {"etap", {331, 0}},      {"eta_prime", {331, 0}},
	{"K_S0", {310, 0}},      {"K0S", {310, 0}},        {"KS", {310, 0}},        {"K0_S", {310, 0}},
	{"D_s", {431, 0}},        {"D_s+", {431, 0}},      {"kstar", {313, 323}},
};

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

/* "tau" for "tau-": the word is the name, or the name without its charge. */
static int is_name(const char *name, const char *word, size_t len)
{
	size_t n = name ? strlen(name) : 0;
	if (n < len || strncmp(name, word, len))
		return 0;
	return n == len || (n == len + 1 && (name[len] == '-' || name[len] == '+'));
}

static int by_name(const char *word, size_t len, int32_t pdg[2])
{
	int rows;
	const struct bsm_pdg *t = bsm_pdg_table(&rows);
	pdg[0] = pdg[1] = 0;
	for (size_t i = 0; i < sizeof alias / sizeof *alias && !pdg[0]; i++)
		if (strlen(alias[i].name) == len && !strncasecmp(alias[i].name, word, len))
			memcpy(pdg, alias[i].pdg, sizeof alias[i].pdg);
	for (int i = 0; i < rows && !pdg[0]; i++)
		if (is_name(t[i].name, word, len) || is_name(t[i].antiname, word, len))
			pdg[0] = t[i].pdg;
	return pdg[0] != 0;
}

static enum bsm_status add_name(struct bsm_ctx *ctx, struct bsm_after_plan *p, const char *word, size_t len)
{
	int32_t pdg[2];
	if (!by_name(word, len, pdg))
		return bsm_fail(ctx, BSM_E_NAME,
				"after: no particle '%.*s'; expected names as pi0, rho, tau, mu, default or none",
				(int)len, word);
	for (int i = 0; i < 2 && pdg[i]; i++) {
		if (!bsm_decay_table_find(pdg[i]))
			return bsm_fail(ctx, BSM_E_NAME,
					"after: no decays of '%.*s' are known; expected pi0, eta, eta', rho, omega, "
					"phi, K*, K0, K_S, mu, tau, D, Ds, default or none",
					(int)len, word);
		BSM_TRY(add(ctx, p, pdg[i]));
	}
	return BSM_OK;
}

enum bsm_status bsm_after_parse(struct bsm_ctx *ctx, const char *list, struct bsm_after_plan *p)
{
	static const char blank[] = " ,\t\n";
	const char *all = list;
	int words = 0, none = 0;
	memset(p, 0, sizeof *p);
	for (;; words++) {
		list += strspn(list, blank);
		size_t n = strcspn(list, blank);
		if (!n)
			break;
		if (n == 4 && !strncmp(list, "none", 4))
			none = 1;
		else if (n == 7 && !strncmp(list, "default", 7))
			for (size_t i = 0; i < sizeof shortlived / sizeof *shortlived; i++)
				BSM_TRY(add(ctx, p, shortlived[i]));
		else
			BSM_TRY(add_name(ctx, p, list, n));
		list += n;
	}
	if (none && words > 1)
		return bsm_fail(ctx, BSM_E_NAME, "after: 'none' stands beside other names in '%s'", all);
	return BSM_OK;
}
