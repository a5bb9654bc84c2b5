#include "source/shower/medium.h"

#include <math.h>
#include <stdlib.h>

#include "core/constants.h"
#include "source/shower/processes.h"
#include "source/shower/radiation.h"

static const double me = 0.51099895e-3;

/* ICRU 37: elements bound in a solid or liquid have 13 % more than alone, but for hydrogen, carbon and nitrogen. */
static double bound_excitation(const struct bsm_material *m, int Z)
{
	double I = bsm_em_excitation(Z);
	if (!m->element[1].Z || m->density < 0.1)
		return I;
	return Z == 1 || Z == 7 ? I : Z == 6 ? 81 : 1.13 * I;
}

static struct bsm_em_ionisation ionisation(const struct bsm_material *m)
{
	double sum = 0, log_I = 0;
	for (const struct bsm_element *e = m->element; e->Z; e++) {
		double w = e->fraction * e->Z / e->A;
		sum += w;
		log_I += w * log(bound_excitation(m, e->Z));
	}
	/* hbar omega_p = 28.816 eV sqrt(rho Z/A): PDG, passage of particles through matter. */
	return bsm_em_ionisation(m->element[1].Z ? 0 : m->element[0].Z, exp(log_I / sum),
				 28.816 * sqrt(m->density * sum), m->density);
}

double bsm_em_stopping(const struct bsm_material *m, int positron, double t)
{
	struct bsm_em_ionisation i = ionisation(m);
	return 100 * me * bsm_material_electrons(m) * bsm_em_collision_loss(&i, positron, t / me);
}

double bsm_em_radiating(const struct bsm_material *m, double t)
{
	double sum = 0;
	for (const struct bsm_element *e = m->element; e->Z; e++) {
		struct bsm_em_atom a = bsm_em_atom(e->Z);
		sum += bsm_material_nuclei(m, e->Z) * bsm_em_brems_soft(&a, t / me + 1, t / me);
	}
	return 100 * me * sum;
}

static double pair_peak(const struct bsm_em_atom *a, double k)
{
	double peak = 0;
	for (int i = 1; i <= 64; i++) { /* finer towards the end */
		double x = 0.5 * i / 64.0, e = 1 + (k - 2) * x * x * 2;
		peak = fmax(peak, k * bsm_em_pair_density(a, k, e));
	}
	return 1.03 * peak;
}

static double brems_peak(const struct bsm_em_atom *a, double e0, double cut)
{
	double peak = 0, ratio = log((e0 - 1) / cut);
	for (int i = 0; i <= 64 && ratio > 0; i++)
		peak = fmax(peak, bsm_em_brems_density(a, e0, cut * exp(ratio * (i / 64.0))));
	return 1.03 * peak;
}

static double add_up(double *share, int n)
{
	double sum = 0;
	for (int i = 0; i < n; i++)
		share[i] = sum += share[i];
	for (int i = 0; i < n; i++)
		share[i] = sum > 0 ? share[i] / sum : (double)(i == n - 1);
	return sum;
}

static void photon_row(struct bsm_em_medium *m, struct bsm_em_row *r, int i, double k)
{
	double *share = m->pair_share + i * m->atoms, photoelectric = 0;
	double compton = 100 * bsm_material_electrons(m->material) * bsm_em_compton(k);
	for (int j = 0; j < m->atoms; j++) {
		double n = 100 * bsm_material_nuclei(m->material, m->atom[j].Z);
		share[j] = n * bsm_em_pair_total(&m->atom[j], k);
		photoelectric += n * bsm_em_photoelectric(m->atom[j].Z, k);
		m->pair_peak[i * m->atoms + j] = pair_peak(&m->atom[j], k);
	}
	double pair = add_up(share, m->atoms);
	r->photon = pair + compton + photoelectric;
	r->pair = pair / r->photon;
	r->compton = compton / r->photon;
}

static void electron_row(struct bsm_em_medium *m, const struct bsm_em_ionisation *ion, struct bsm_em_row *r, int i,
			 double t)
{
	double *share = m->brems_share + i * m->atoms, hit = m->threshold / me, cut = m->cut / me, soft = 0;
	double electrons = 100 * bsm_material_electrons(m->material);
	for (int j = 0; j < m->atoms; j++) {
		double n = 100 * bsm_material_nuclei(m->material, m->atom[j].Z);
		share[j] = n * bsm_em_brems_hard(&m->atom[j], t + 1, cut);
		soft += n * bsm_em_brems_soft(&m->atom[j], t + 1, cut);
		m->brems_peak[i * m->atoms + j] = brems_peak(&m->atom[j], t + 1, cut);
	}
	double brems = add_up(share, m->atoms);
	for (int p = 0; p < 2; p++) {
		double delta = electrons * bsm_em_delta_hard(p, t, hit);
		double annihilation = p ? electrons * bsm_em_annihilation(t) : 0;
		double collision = bsm_em_collision_loss(ion, p, t) - bsm_em_delta_loss(p, t, hit);
		r->hard[p] = brems + delta + annihilation;
		r->brems[p] = r->hard[p] > 0 ? brems / r->hard[p] : 0;
		r->delta[p] = r->hard[p] > 0 ? delta / r->hard[p] : 0;
		r->loss[p] = me * (electrons * collision + soft);
	}
}

/* Elements of the same Z are one. */
static enum bsm_status take_atoms(struct bsm_ctx *ctx, struct bsm_em_medium *m)
{
	for (const struct bsm_element *e = m->material->element; e->Z; e++) {
		int known = 0;
		if (!(bsm_em_excitation(e->Z) > 0))
			return bsm_fail(ctx, BSM_E_NAME, "material %s: no mean excitation energy is known for Z = %d",
					m->material->name, e->Z);
		for (int i = 0; i < m->atoms; i++)
			known |= m->atom[i].Z == e->Z;
		if (!known)
			m->atom[m->atoms++] = bsm_em_atom(e->Z);
	}
	return BSM_OK;
}

enum bsm_status bsm_em_medium_init(struct bsm_ctx *ctx, struct bsm_em_medium *m, const struct bsm_material *material,
				   double threshold, double top)
{
	*m = (struct bsm_em_medium){.material = material,
				    .threshold = threshold,
				    .cut = BSM_EM_CUT * threshold,
				    .radiation_length = INFINITY};
	if (!(material->density > 0))
		return BSM_OK;
	BSM_TRY(take_atoms(ctx, m));
	m->radiation_length = 0.01 * bsm_em_radiation_length(material) / material->density;
	m->per_log = BSM_EM_PER_DECADE / log(10);
	m->ln0 = log(threshold);
	m->n = 2 + (int)ceil(fmax(0, log(top / threshold)) * m->per_log);
	size_t n = (size_t)m->n, cells = n * (size_t)m->atoms;
	m->row = calloc(n, sizeof *m->row);
	m->pair_share = calloc(4 * cells, sizeof *m->pair_share);
	if (!m->row || !m->pair_share)
		return bsm_fail(ctx, BSM_E_MEMORY, "no memory for a medium");
	m->brems_share = m->pair_share + cells;
	m->pair_peak = m->brems_share + cells;
	m->brems_peak = m->pair_peak + cells;
	struct bsm_em_ionisation ion = ionisation(material);
	for (int i = 0; i < m->n; i++) {
		double e = exp(m->ln0 + i / m->per_log) / me;
		photon_row(m, &m->row[i], i, e);
		electron_row(m, &ion, &m->row[i], i, e);
	}
	for (int i = 0; i < m->n; i++)
		for (int p = 0; p < 2; p++)
			for (int j = i > 3 ? i - 3 : 0; j <= i + 1 && j < m->n; j++)
				m->row[i].most[p] = fmax(m->row[i].most[p], m->row[j].hard[p]);
	return BSM_OK;
}

void bsm_em_medium_free(struct bsm_em_medium *m)
{
	free(m->row);
	free(m->pair_share);
	*m = (struct bsm_em_medium){0};
}

struct bsm_em_place bsm_em_place(const struct bsm_em_medium *m, double energy)
{
	double x = (log(energy) - m->ln0) * m->per_log;
	int i = x > 0 ? (int)x : 0;
	i = i > m->n - 2 ? m->n - 2 : i;
	return (struct bsm_em_place){i, fmin(fmax(x - i, 0), 1)};
}

double bsm_em_photon_rate(const struct bsm_em_medium *m, double k)
{
	struct bsm_em_place p = bsm_em_place(m, k);
	return bsm_em_mix(m->row[p.i].photon, m->row[p.i + 1].photon, p.f);
}

double bsm_em_hard_rate(const struct bsm_em_medium *m, int positron, double t)
{
	struct bsm_em_place p = bsm_em_place(m, t);
	return bsm_em_mix(m->row[p.i].hard[positron], m->row[p.i + 1].hard[positron], p.f);
}

double bsm_em_loss(const struct bsm_em_medium *m, int positron, double t)
{
	struct bsm_em_place p = bsm_em_place(m, t);
	return bsm_em_mix(m->row[p.i].loss[positron], m->row[p.i + 1].loss[positron], p.f);
}
