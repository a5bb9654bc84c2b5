/* Materials: density and composition, by name. */
#ifndef BSM_MATERIAL_H
#define BSM_MATERIAL_H

enum { BSM_ELEMENTS = 10 };
struct bsm_element { int Z; double A, fraction; }; /* mean atomic mass [g/mol]; share of the mass */
struct bsm_material {
	const char *name, *doc;
	double density; /* g/cm3 */
	struct bsm_element element[BSM_ELEMENTS]; /* ends with Z = 0 */
};

extern const struct bsm_material bsm_materials[]; /* ends with a NULL name */
const struct bsm_material *bsm_material_find(const char *name);
/* Per cm3. */
double bsm_material_electrons(const struct bsm_material *);
double bsm_material_nuclei(const struct bsm_material *, int Z);    /* Z = 0: all */
double bsm_material_protons(const struct bsm_material *);
double bsm_material_mass_number(const struct bsm_material *, int Z); /* mean A of an element in it; 0 if it has none */
double bsm_material_neutrons(const struct bsm_material *);
#endif
