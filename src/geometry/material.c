#include "geometry/material.h"

#include <stddef.h>
#include <string.h>

/* Avogadro's number: CODATA 2018, exact. */
static const double avogadro = 6.02214076e23;

/* Atomic masses: IUPAC 2021 standard atomic weights, abridged. Densities and compounds: PDG 2024, Atomic and Nuclear
 * Properties of Materials, unless the row says otherwise. */
const struct bsm_material bsm_materials[] = {
	{"LAr", "liquid argon", 1.396, {{18, 39.95, 1}}},
	{"Ar_gas_10atm", "argon with 10 % methane by molecules at 10 bar and 20 C, ideal gas", 0.01542,
	 {{18, 39.95, 0.9573}, {6, 12.011, 0.03198}, {1, 1.008, 0.01072}}},
	{"water", "", 1.0, {{1, 1.008, 0.111894}, {8, 15.999, 0.888106}}},
	{"mineral_oil", "CH2, 0.855 g/cm3 (MiniBooNE, Nucl. Instrum. Meth. A599 (2009) 28)", 0.855,
	 {{1, 1.008, 0.143716}, {6, 12.011, 0.856284}}},
	{"scintillator", "polystyrene, CH", 1.06, {{1, 1.008, 0.077421}, {6, 12.011, 0.922579}}},
	{"rock", "standard rock", 2.65, {{11, 22.0, 1}}},
	{"concrete", "shielding concrete", 2.30,
	 {{1, 1.008, 0.01}, {6, 12.011, 0.001}, {8, 15.999, 0.529107}, {11, 22.990, 0.016}, {13, 26.982, 0.033872},
	  {14, 28.085, 0.337021}, {20, 40.078, 0.044}, {26, 55.845, 0.029}}},
	{"iron", "", 7.874, {{26, 55.845, 1}}},
	{"aluminium", "", 2.699, {{13, 26.982, 1}}},
	{"titanium", "", 4.54, {{22, 47.867, 1}}},
	{"mercury", "", 13.546, {{80, 200.592, 1}}},
	{"tungsten", "", 19.3, {{74, 183.84, 1}}},
	{"helium", "gas, 20 C, 1 atm", 1.66322e-4, {{2, 4.0026, 1}}},
	{"argon", "gas, 20 C, 1 atm", 1.66201e-3, {{18, 39.95, 1}}},
	{"graphite", "", 2.21, {{6, 12.011, 1}}},
	{"beryllium", "", 1.848, {{4, 9.0122, 1}}},
	{"copper", "", 8.960, {{29, 63.546, 1}}},
	{"lead", "", 11.35, {{82, 207.2, 1}}},
	{"air", "dry, 20 C, 1 atm", 1.205e-3,
	 {{6, 12.011, 0.000124}, {7, 14.007, 0.755267}, {8, 15.999, 0.231781}, {18, 39.95, 0.012827}}},
	{"vacuum", "", 0, {{0, 0, 0}}},
	{NULL, NULL, 0, {{0, 0, 0}}},
};

const struct bsm_material *bsm_material_find(const char *name)
{
	for (const struct bsm_material *m = bsm_materials; m->name; m++)
		if (!strcmp(m->name, name))
			return m;
	return NULL;
}

double bsm_material_nuclei(const struct bsm_material *m, int Z)
{
	double n = 0;
	for (const struct bsm_element *e = m->element; e->Z; e++)
		if (!Z || e->Z == Z)
			n += e->fraction / e->A;
	return n * m->density * avogadro;
}

double bsm_material_protons(const struct bsm_material *m)
{
	double n = 0;
	for (const struct bsm_element *e = m->element; e->Z; e++)
		n += e->fraction / e->A * e->Z;
	return n * m->density * avogadro;
}

double bsm_material_electrons(const struct bsm_material *m)
{
	return bsm_material_protons(m);
}

double bsm_material_neutrons(const struct bsm_material *m)
{
	double n = 0;
	for (const struct bsm_element *e = m->element; e->Z; e++)
		n += e->fraction / e->A * (e->A - e->Z);
	return n * m->density * avogadro;
}

double bsm_material_mass_number(const struct bsm_material *m, int Z)
{
	for (const struct bsm_element *e = m->element; e->Z; e++)
		if (e->Z == Z)
			return e->A;
	return 0;
}
