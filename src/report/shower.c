#include "report/shower.h"

#include <math.h>
#include <stdio.h>

#include "core/cache.h"
#include "core/stream.h"
#include "kinematics/particles.h"
#include "report/report.h"
#include "source/shower.h"

static const char *const names[BSM_SHOWER_SPECIES] = {"gamma", "e-", "e+"};

enum bsm_status bsm_shower_check(struct bsm_ctx *ctx, const struct bsm_source *s)
{
	return bsm_shower_of(s) ? BSM_OK
				: bsm_fail(ctx, BSM_E_NAME, "source %s is of the kind %s, expected shower", s->name,
					   s->kind->name);
}

static double edge(const struct bsm_shower *s, int i)
{
	return s->setup.threshold * pow(10, (double)i / BSM_SHOWER_PER_DECADE);
}

/* Bins up to the energy of the beam. */
static int energies(const struct bsm_shower *s)
{
	int n = 1;
	while (n < BSM_SHOWER_ENERGIES && edge(s, n) < s->energy)
		n++;
	return n;
}

static int depths(const struct bsm_shower *s)
{
	int n = BSM_SHOWER_DEPTHS;
	while (n > 1 && !(s->tally.deposit[n - 1] > 0) && !(s->tally.charged[n - 1] > 0))
		n--;
	return n;
}

/* Over all angles; medium < 0: over all materials as well. */
static double in_bin(const struct bsm_shower *s, int medium, int species, int energy)
{
	double sum = 0;
	for (int m = 0; m < s->media; m++)
		for (int a = 0; a < BSM_SHOWER_ANGLES && (medium < 0 || m == medium); a++)
			sum += s->tally.bin[m][species][energy][a];
	return sum;
}

static void lengths_text(struct bsm_text *t, const struct bsm_shower *s)
{
	bsm_text_str(t, "\ntrack length per POT [m], above the threshold\n");
	bsm_text_printf(t, "  %-16s %24s %24s %24s %12s\n", "", names[0], names[1], names[2], "X0 [m]");
	for (int m = 0; m < s->media; m++) {
		if (!s->medium[m].n)
			continue;
		bsm_text_printf(t, "  %-16s", s->material[m].name);
		for (int k = 0; k < BSM_SHOWER_SPECIES; k++)
			bsm_text_printf(t, "    %10.4g +- %7.2g", s->tally.length[m][k], s->tally.error[m][k]);
		bsm_text_printf(t, " %12.4g\n", s->medium[m].radiation_length);
	}
}

static void energies_text(struct bsm_text *t, const struct bsm_shower *s)
{
	bsm_text_str(t, "\ndL/dE per POT [m/GeV], all materials, all angles (energy: kinetic for e- and e+)\n");
	bsm_text_printf(t, "  %-24s %12s %12s %12s\n", "energy [GeV]", names[0], names[1], names[2]);
	for (int i = 0; i < energies(s); i++) {
		bsm_text_printf(t, "  %10.4g to %-10.4g", edge(s, i), edge(s, i + 1));
		for (int k = 0; k < BSM_SHOWER_SPECIES; k++)
			bsm_text_printf(t, " %12.4g", in_bin(s, -1, k, i) / (edge(s, i + 1) - edge(s, i)));
		bsm_text_char(t, '\n');
	}
}

static void profile_text(struct bsm_text *t, const struct bsm_shower *s)
{
	int n = depths(s), group = (n + 39) / 40;
	bsm_text_str(t, "\nenergy deposited per radiation length and POT [GeV], along the axis\n");
	for (int i = 0; i < n; i += group) {
		double sum = 0;
		for (int j = i; j < i + group && j < n; j++)
			sum += s->tally.deposit[j];
		bsm_text_printf(t, "  %8.2f to %-8.2f %12.4g\n", i * s->depth_step, (i + group) * s->depth_step,
				sum / (group * s->depth_step));
	}
}

void bsm_shower_text(struct bsm_text *t, const struct bsm_source *source)
{
	const struct bsm_shower *s = bsm_shower_of(source);
	const struct bsm_em_balance *b = &s->tally.balance;
	bsm_text_printf(t, "source %s, threshold %g MeV, %lld primaries\n", source->name, 1e3 * s->setup.threshold,
			(long long)s->showers);
	bsm_text_printf(t, "  %-34s %12.5g per POT\n", s->pi0.on ? "photons of pi0" : bsm_pdg_name(s->beam),
			s->tally.primaries);
	bsm_text_printf(t, "  %-34s %12.5g GeV per POT\n", "energy entering", b->in);
	bsm_text_printf(t, "  %-34s %12.5g\n", "  deposited along tracks", b->along);
	bsm_text_printf(t, "  %-34s %12.5g\n", "  by particles below the threshold", b->below);
	bsm_text_printf(t, "  %-34s %12.5g (forward %.4g, backward %.4g, sideways %.4g)\n", "  leaving",
			b->front + b->back + b->side, b->front, b->back, b->side);
	lengths_text(t, s);
	energies_text(t, s);
	profile_text(t, s);
}

static void bins_json(struct bsm_json *j, const struct bsm_shower *s, int m, int k)
{
	double row[BSM_SHOWER_ENERGIES];
	int n = energies(s);
	bsm_json_object(j, NULL);
	bsm_json_string(j, "material", s->material[m].name);
	bsm_json_number(j, "density_g_per_cm3", s->material[m].density);
	bsm_json_int(j, "pdg", bsm_shower_pdg[k]);
	bsm_json_number(j, "length_m_per_POT", s->tally.length[m][k]);
	bsm_json_number(j, "error", s->tally.error[m][k]);
	bsm_json_array(j, "length_by_angle_and_energy");
	for (int a = 0; a < BSM_SHOWER_ANGLES; a++) {
		for (int i = 0; i < n; i++)
			row[i] = s->tally.bin[m][k][i][a];
		bsm_json_numbers(j, NULL, row, (size_t)n);
	}
	bsm_json_end(j);
	bsm_json_end(j);
}

void bsm_shower_json(struct bsm_text *t, const struct bsm_source *source)
{
	const struct bsm_shower *s = bsm_shower_of(source);
	const struct bsm_em_balance *b = &s->tally.balance;
	struct bsm_json j = {.out = t};
	double e[BSM_SHOWER_ENERGIES + 1];
	int n = energies(s);
	for (int i = 0; i <= n; i++)
		e[i] = edge(s, i);
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "source", source->name);
	bsm_json_number(&j, "threshold_GeV", s->setup.threshold);
	bsm_json_int(&j, "showers", s->showers);
	bsm_json_number(&j, s->pi0.on ? "pi0_photons_per_POT" : "primaries_per_POT", s->tally.primaries);
	bsm_json_object(&j, "energy_GeV_per_POT");
	bsm_json_number(&j, "entering", b->in);
	bsm_json_number(&j, "along_tracks", b->along);
	bsm_json_number(&j, "below_threshold", b->below);
	bsm_json_number(&j, "forward", b->front);
	bsm_json_number(&j, "backward", b->back);
	bsm_json_number(&j, "sideways", b->side);
	bsm_json_end(&j);
	bsm_json_numbers(&j, "energy_edges_GeV", e, (size_t)n + 1);
	bsm_json_numbers(&j, "angle_edges_rad", bsm_shower_angle, BSM_SHOWER_ANGLES + 1);
	bsm_json_array(&j, "track_lengths");
	for (int m = 0; m < s->media; m++)
		for (int k = 0; k < BSM_SHOWER_SPECIES && s->medium[m].n; k++)
			bins_json(&j, s, m, k);
	bsm_json_end(&j);
	bsm_json_number(&j, "depth_step_X0", s->depth_step);
	bsm_json_numbers(&j, "deposit_GeV_per_POT", s->tally.deposit, (size_t)depths(s));
	bsm_json_end(&j);
}

static void numbers(struct bsm_text *t, const double *v, int n)
{
	for (int i = 0; i < n; i++) {
		bsm_text_double(t, v[i]);
		bsm_text_char(t, i == n - 1 ? '\n' : ',');
	}
}

static void table_csv(struct bsm_text *t, const struct bsm_shower *s)
{
	bsm_text_str(t,
		     "# material,pdg,energy_low_GeV,energy_high_GeV,angle_low_rad,angle_high_rad,length_m_per_POT\n");
	for (int m = 0; m < s->media; m++)
		for (int k = 0; k < BSM_SHOWER_SPECIES && s->medium[m].n; k++)
			for (int i = 0; i < energies(s); i++)
				for (int a = 0; a < BSM_SHOWER_ANGLES; a++) {
					double v[5] = {edge(s, i), edge(s, i + 1), bsm_shower_angle[a],
						       bsm_shower_angle[a + 1], s->tally.bin[m][k][i][a]};
					bsm_text_printf(t, "%s,%d,", s->material[m].name, (int)bsm_shower_pdg[k]);
					numbers(t, v, 5);
				}
}

static void energy_plot(struct bsm_text *csv, struct bsm_text *gp, const struct bsm_source *source)
{
	const struct bsm_shower *s = bsm_shower_of(source);
	bsm_text_str(csv, "# energy_low_GeV,energy_high_GeV,gamma_m_per_GeV_POT,electron,positron\n");
	for (int i = 0; i < energies(s); i++) {
		double v[5] = {edge(s, i), edge(s, i + 1)};
		for (int k = 0; k < BSM_SHOWER_SPECIES; k++)
			v[2 + k] = in_bin(s, -1, k, i) / (v[1] - v[0]);
		numbers(csv, v, 5);
	}
	bsm_plot_head(gp, "energy", source->name);
	bsm_text_str(gp, "set xlabel 'energy [GeV]'\nset ylabel 'track length dL/dE [m/(GeV POT)]'\nset logscale xy\n"
			 "set format xy '10^{%L}'\nplot ");
	for (int k = 0; k < BSM_SHOWER_SPECIES; k++)
		bsm_text_printf(
			gp,
			"%s'energy.csv' using (sqrt($1*$2)):($%d > 0 ? $%d : NaN) with histeps lw 2.5 title '%s' "
			"noenhanced",
			k ? ", " : "", 3 + k, 3 + k, names[k]);
	bsm_text_char(gp, '\n');
}

static void profile_plot(struct bsm_text *csv, struct bsm_text *gp, const struct bsm_source *source)
{
	const struct bsm_shower *s = bsm_shower_of(source);
	bsm_text_str(csv, "# depth_low_X0,depth_high_X0,deposit_GeV_per_X0_POT,charged_track_m_per_X0_POT\n");
	for (int i = 0; i < depths(s); i++) {
		double v[4] = {i * s->depth_step, (i + 1) * s->depth_step, s->tally.deposit[i] / s->depth_step,
			       s->tally.charged[i] / s->depth_step};
		numbers(csv, v, 4);
	}
	bsm_plot_head(gp, "profile", source->name);
	bsm_text_str(
		gp,
		"set xlabel 'depth [radiation lengths]'\nset ylabel 'energy deposited [GeV per radiation length and "
		"POT]'\nplot 'profile.csv' using 1:3 with steps lw 2.5 notitle\n");
}

enum bsm_status bsm_shower_files(struct bsm_ctx *ctx, const struct bsm_source *source, const char *dir)
{
	static const struct {
		const char *name;
		void (*write)(struct bsm_text *, struct bsm_text *, const struct bsm_source *);
	} plots[] = {{"energy", energy_plot}, {"profile", profile_plot}};
	char path[4096];
	struct bsm_text csv = {0};
	enum bsm_status status = bsm_make_dir(ctx, dir);
	table_csv(&csv, bsm_shower_of(source));
	snprintf(path, sizeof path, "%s/track_length.csv", dir);
	if (status == BSM_OK)
		status = bsm_output_text(ctx, path, &csv);
	for (int i = 0; i < 2 && status == BSM_OK; i++) {
		struct bsm_text gp = {0};
		bsm_text_clear(&csv);
		plots[i].write(&csv, &gp, source);
		status = bsm_plot_write(ctx, dir, plots[i].name, &csv, &gp);
		bsm_text_free(&gp);
	}
	bsm_text_free(&csv);
	return status;
}
