#include "core/units.h"

#include <math.h>
#include <string.h>

#include "core/text.h"

struct unit {
	const char *name;
	enum bsm_dim dim;
	double factor;
};

static const double pi = 3.14159265358979323846;

/* The first unit of each dimension is the one that the program holds. */
static const struct unit units[] = {
	{"", BSM_DIM_NONE, 1}, {"%", BSM_DIM_NONE, 1e-2},
	{"GeV", BSM_DIM_ENERGY, 1}, {"meV", BSM_DIM_ENERGY, 1e-12}, {"eV", BSM_DIM_ENERGY, 1e-9},
	{"keV", BSM_DIM_ENERGY, 1e-6}, {"MeV", BSM_DIM_ENERGY, 1e-3}, {"TeV", BSM_DIM_ENERGY, 1e3},
	{"GeV/c", BSM_DIM_ENERGY, 1}, {"MeV/c", BSM_DIM_ENERGY, 1e-3},
	{"GeV/c2", BSM_DIM_ENERGY, 1}, {"MeV/c2", BSM_DIM_ENERGY, 1e-3}, {"keV/c2", BSM_DIM_ENERGY, 1e-6},
	{"1/GeV", BSM_DIM_PER_ENERGY, 1}, {"/GeV", BSM_DIM_PER_ENERGY, 1}, {"GeV^-1", BSM_DIM_PER_ENERGY, 1},
	{"1/MeV", BSM_DIM_PER_ENERGY, 1e3}, {"1/TeV", BSM_DIM_PER_ENERGY, 1e-3}, {"TeV^-1", BSM_DIM_PER_ENERGY, 1e-3},
	{"1/GeV^2", BSM_DIM_PER_ENERGY2, 1}, {"GeV^-2", BSM_DIM_PER_ENERGY2, 1}, {"1/GeV2", BSM_DIM_PER_ENERGY2, 1},
	{"1/TeV^2", BSM_DIM_PER_ENERGY2, 1e-6},
	{"m", BSM_DIM_LENGTH, 1}, {"km", BSM_DIM_LENGTH, 1e3}, {"cm", BSM_DIM_LENGTH, 1e-2}, {"mm", BSM_DIM_LENGTH, 1e-3},
	{"um", BSM_DIM_LENGTH, 1e-6}, {"fm", BSM_DIM_LENGTH, 1e-15},
	{"s", BSM_DIM_TIME, 1}, {"ms", BSM_DIM_TIME, 1e-3}, {"us", BSM_DIM_TIME, 1e-6}, {"ns", BSM_DIM_TIME, 1e-9},
	{"ps", BSM_DIM_TIME, 1e-12}, {"h", BSM_DIM_TIME, 3600}, {"day", BSM_DIM_TIME, 86400},
	{"days", BSM_DIM_TIME, 86400}, {"yr", BSM_DIM_TIME, 31557600}, {"year", BSM_DIM_TIME, 31557600},
	{"years", BSM_DIM_TIME, 31557600},
	{"rad", BSM_DIM_ANGLE, 1}, {"mrad", BSM_DIM_ANGLE, 1e-3}, {"deg", BSM_DIM_ANGLE, pi / 180},
	{"kg", BSM_DIM_MASS, 1}, {"g", BSM_DIM_MASS, 1e-3}, {"t", BSM_DIM_MASS, 1e3}, {"kt", BSM_DIM_MASS, 1e6},
	{"g/cm3", BSM_DIM_DENSITY, 1}, {"kg/m3", BSM_DIM_DENSITY, 1e-3}, {"mg/cm3", BSM_DIM_DENSITY, 1e-3},
	{"cm2", BSM_DIM_AREA, 1}, {"m2", BSM_DIM_AREA, 1e4}, {"b", BSM_DIM_AREA, 1e-24}, {"mb", BSM_DIM_AREA, 1e-27},
	{"ub", BSM_DIM_AREA, 1e-30}, {"nb", BSM_DIM_AREA, 1e-33}, {"pb", BSM_DIM_AREA, 1e-36},
	{"fb", BSM_DIM_AREA, 1e-39},
	{"W", BSM_DIM_POWER, 1}, {"kW", BSM_DIM_POWER, 1e3}, {"MW", BSM_DIM_POWER, 1e6},
	{"A", BSM_DIM_CURRENT, 1}, {"kA", BSM_DIM_CURRENT, 1e3},
	{"T", BSM_DIM_FIELD, 1}, {"mT", BSM_DIM_FIELD, 1e-3},
	{"Hz", BSM_DIM_FREQUENCY, 1}, {"kHz", BSM_DIM_FREQUENCY, 1e3}, {"MHz", BSM_DIM_FREQUENCY, 1e6},
};
enum { NUNITS = sizeof units / sizeof *units };

const char *bsm_dim_unit(enum bsm_dim dim)
{
	for (int i = 0; i < NUNITS; i++)
		if (units[i].dim == dim)
			return units[i].name;
	return "?";
}

enum bsm_dim bsm_unit_dim(const char *unit)
{
	for (int i = 0; i < NUNITS; i++)
		if (!strcmp(units[i].name, unit))
			return units[i].dim;
	return BSM_DIM_COUNT;
}

/* "GeV, eV, MeV, ..." of one dimension, for a message. */
static const char *known_units(enum bsm_dim dim, char *to, size_t size)
{
	size_t n = 0;
	to[0] = 0;
	for (int i = 0; i < NUNITS; i++) {
		size_t len = strlen(units[i].name);
		if (units[i].dim != dim || !len || n + len + 3 > size)
			continue;
		if (n) {
			memcpy(to + n, ", ", 2);
			n += 2;
		}
		memcpy(to + n, units[i].name, len + 1);
		n += len;
	}
	return to;
}

static int is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* End of the number at the start of text: digits, sign, point, exponent; NULL if there is none. */
static const char *number_end(const char *s)
{
	const char *p = s;
	int digits = 0;
	p += *p == '+' || *p == '-';
	for (; *p >= '0' && *p <= '9'; p++)
		digits++;
	if (*p == '.')
		for (p++; *p >= '0' && *p <= '9'; p++)
			digits++;
	if (!digits)
		return NULL;
	if (*p == 'e' || *p == 'E') {
		const char *q = p + 1;
		q += *q == '+' || *q == '-';
		if (*q >= '0' && *q <= '9') {
			while (*q >= '0' && *q <= '9')
				q++;
			p = q;
		}
	}
	return p;
}

/* 350 MeV is 0.35 GeV to the last bit: a thousandth is not a double, but a division by a thousand is rounded once. */
static double scaled(double value, double factor)
{
	double inverse = rint(1 / factor);
	return factor < 1 && fabs(inverse * factor - 1) < 1e-12 ? value / inverse : value * factor;
}

enum bsm_status bsm_parse_quantity(struct bsm_ctx *ctx, const char *text, enum bsm_dim dim, double *out)
{
	char known[256];
	while (is_space(*text))
		text++;
	const char *end = number_end(text);
	double value;
	if (!end && dim == BSM_DIM_NONE)
		return bsm_fail(ctx, BSM_E_SYNTAX, "found '%.60s', expected a number", text);
	if (!end)
		return bsm_fail(ctx, BSM_E_SYNTAX, "found '%.60s', expected a number with a unit: %s", text,
				known_units(dim, known, sizeof known));
	if (bsm_parse_double(text, end, &value) != 0 || !isfinite(value))
		return bsm_fail(ctx, BSM_E_RANGE, "found '%.60s', expected a finite number", text);
	while (is_space(*end))
		end++;
	char name[32];
	size_t n = strcspn(end, " \t");
	if (n >= sizeof name || end[n + strspn(end + n, " \t")])
		return bsm_fail(ctx, BSM_E_UNIT, "found '%.60s', expected one number and one unit", text);
	memcpy(name, end, n);
	name[n] = 0;
	for (int i = 0; i < NUNITS; i++) {
		if (strcmp(units[i].name, name))
			continue;
		if (units[i].dim == dim) {
			*out = scaled(value, units[i].factor);
			return BSM_OK;
		}
		if (!n && value == 0) { /* a zero needs no unit */
			*out = 0;
			return BSM_OK;
		}
	}
	if (dim == BSM_DIM_NONE)
		return bsm_fail(ctx, BSM_E_UNIT, "found unit '%s' in '%.60s', expected a plain number", name, text);
	if (!n)
		return bsm_fail(ctx, BSM_E_UNIT, "found '%.60s' without a unit, expected one of: %s", text,
				known_units(dim, known, sizeof known));
	return bsm_fail(ctx, BSM_E_UNIT, "found unit '%s', expected one of: %s", name,
			known_units(dim, known, sizeof known));
}
