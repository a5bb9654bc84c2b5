/* Meson text of SBN's MeVPrtl (TxtFileGen): `px py pz E pdg weight npot` a line, in GeV. The mesons decay at the target,
 * which is the origin; each line stands for npot protons more. */
#include <math.h>
#include <string.h>

#include "source/columns.h"
#include "source/parents.h"

static enum bsm_status skip(struct bsm_ctx *ctx, struct bsm_input *in, int64_t lines)
{
	for (int64_t i = 0; i < lines; i++) {
		const char *line, *end;
		BSM_TRY(bsm_input_line(ctx, in, &line, &end));
		if (!line)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: ends within the %lld lines to skip", bsm_input_name(in),
					(long long)lines);
	}
	return BSM_OK;
}

enum bsm_status bsm_parents_read_mevprtl(struct bsm_ctx *ctx, struct bsm_input *in, int64_t skip_lines,
					 struct bsm_parent_list *l)
{
	l->at_origin = 1;
	l->pot = 0;
	BSM_TRY(skip(ctx, in, skip_lines));
	for (;;) {
		double c[BSM_COLUMNS];
		int n;
		char where[BSM_PATH + 32];
		BSM_TRY(bsm_columns_next(ctx, in, c, &n, NULL, NULL));
		if (!n)
			break;
		if (n != 7)
			return bsm_input_fail(ctx, in, BSM_E_SYNTAX,
					      "%d columns, expected 7 (px py pz E pdg weight npot)", n);
		if (!(c[6] >= 0))
			return bsm_input_fail(ctx, in, BSM_E_RANGE, "npot %g, expected 0 or more", c[6]);
		bsm_parents_place(in, where);
		BSM_TRY(bsm_parent_list_add(ctx, l, c, 6, where));
		l->pot += c[6];
	}
	if (!l->n)
		return bsm_fail(ctx, BSM_E_SYNTAX, "%s: no parents in this file", bsm_input_name(in));
	if (!(l->pot > 0) || !isfinite(l->pot))
		return bsm_fail(ctx, BSM_E_RANGE, "%s: the npot of all lines add up to %g", bsm_input_name(in), l->pot);
	return BSM_OK;
}
