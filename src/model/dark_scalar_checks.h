/* `bsmnu verify dark_scalar`: a private part of dark_scalar.c. */

/* Width of the rows of that name or group; "S": of all decays. */
static double width_of(const double *par, const char *name)
{
	double derived[ROWS], sum = 0;
	if (prepare(par, derived))
		return NAN;
	for (int i = 0; i < ROWS; i++)
		if (!strcmp(rows[i].name, name) || (rows[i].group && !strcmp(rows[i].group, name)) ||
		    (rows[i].in == S && !strcmp(name, "S")))
			sum += derived[i];
	return sum;
}

static double ctau(const double *par)
{
	return BSM_HBARC / width_of(par, "S");
}

static double br_k_plus(const double *par)
{
	return width_of(par, "K+ -> pi+ S") / bsm_pdg_width(321);
}
static const struct bsm_check checks[] = {
	{"c tau sin^2 theta [m]", "SensCalc, phenomenology/Scalar/decay widths/ctauS.dat", ctau, 0.011534572669, 3e-3, "mass=0.1 GeV, sin_theta=1"},
	{"BR(K+ -> pi+ S)", "SensCalc, KplustoPiS.dat", br_k_plus, 1.35e-3, 0.2, "mass=0.1 GeV, sin_theta=1"},
	{0},
};
