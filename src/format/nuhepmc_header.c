/* NuHepMC 1.0.0: the run's header (requirements G.R.1 to G.R.11, conventions G.C.1, 2, 3 and 5). */
#include "format/nuhepmc.h"

#include <ctype.h>
#include <math.h>

struct status_row {
	int id;
	const char *name, *doc;
};

static const struct status_row vertex_statuses[] = {
	{1, "Primary", "The primary process"},
	{2, "FSISummary", "All final-state interactions inside the nucleus, as one vertex"},
	{21, "NucleonSeparation", "The struck nucleon leaves the nucleus"},
	{22, "Decay", "Decay of an unstable particle"},
	{23, "LaterProcess", "A further process of the chain, after the primary one"},
	{24, "Cascade", "One interaction of the intranuclear cascade"},
	{25, "Deexcitation", "De-excitation of the remnant nucleus"},
};

static const struct status_row particle_statuses[] = {
	{1, "Final", "Undecayed physical particle"},
	{2, "Decayed", "Decayed physical particle"},
	{3, "Documentation", "Documentation line"},
	{4, "Beam", "Incoming beam particle"},
	{20, "Target", "Target particle"},
	{21, "StruckNucleon", "Nucleon that the beam particle struck"},
	{22, "LaterTarget", "Target of a process after the primary one"},
};

enum { LONGEST_VALUE = 200000 }; /* HepMC3 reads lines of up to 262143 characters */

int bsm_nuhepmc_vertex_status_known(int32_t status)
{
	for (size_t i = 0; i < sizeof vertex_statuses / sizeof *vertex_statuses; i++)
		if (vertex_statuses[i].id == status)
			return 1;
	return 0;
}

/* "\" and line ends have their own spelling in HepMC3's text. */
static void add_escaped(struct bsm_text *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '\\')
			bsm_text_add(out, "\\\\", 2);
		else if (*s == '\n')
			bsm_text_add(out, "\\|", 2);
		else
			bsm_text_char(out, *s);
	}
}

/* The name of an attribute ends at the first blank. */
static void add_name(struct bsm_text *out, const char *name)
{
	for (; *name; name++)
		bsm_text_char(out, isspace((unsigned char)*name) ? '_' : *name);
}

/* "A <before><name><after> <value>"; a missing value is written as "-": HepMC3 wants some text. */
static void attribute(struct bsm_text *out, const char *before, const char *name, const char *after, const char *value)
{
	bsm_text_add(out, "A ", 2);
	add_name(out, before);
	add_name(out, name);
	add_name(out, after);
	bsm_text_char(out, ' ');
	add_escaped(out, value && *value ? value : "-");
	bsm_text_char(out, '\n');
}

static void attribute_double(struct bsm_text *out, const char *before, const char *name, const char *after,
			     double value)
{
	char text[32];
	*bsm_put_double(text, value) = '\0';
	attribute(out, before, name, after, text);
}

static void attribute_int(struct bsm_text *out, const char *name, int64_t value)
{
	char text[32];
	*bsm_put_int(text, value) = '\0';
	attribute(out, "", name, "", text);
}

/* "stub[id]." with room for the longest stub in use. */
static const char *indexed(char key[80], const char *stub, int id)
{
	size_t n = strlen(stub);
	memcpy(key, stub, n);
	key[n] = '[';
	memcpy(bsm_put_int(key + n + 1, id), "].", 3);
	return key;
}

static void status_table(struct bsm_text *out, const char *list, const char *stub, const struct status_row *row,
			 size_t n)
{
	char key[80];
	bsm_text_str(out, list);
	for (size_t i = 0; i < n; i++) {
		bsm_text_char(out, ' ');
		bsm_text_int(out, row[i].id);
	}
	bsm_text_char(out, '\n');
	for (size_t i = 0; i < n; i++) {
		indexed(key, stub, row[i].id);
		attribute(out, key, "Name", "", row[i].name);
		attribute(out, key, "Description", "", row[i].doc);
	}
}

/* ---- citations: what of a free text is an arXiv number, a DOI or an InspireHep key ---- */

static size_t digits(const char *s)
{
	size_t n = 0;
	while (s[n] >= '0' && s[n] <= '9')
		n++;
	return n;
}

static int is_arxiv(const char *s, size_t n)
{
	size_t k = digits(s), archive = 0;
	if (k == 4 && s[4] == '.' && (digits(s + 5) == 4 || digits(s + 5) == 5) && s[2] <= '1')
		return n == 5 + digits(s + 5) || s[5 + digits(s + 5)] == 'v';
	while (archive < n && (islower((unsigned char)s[archive]) || s[archive] == '-'))
		archive++;
	return archive >= 2 && s[archive] == '/' && digits(s + archive + 1) == 7;
}

/* "Atre:2009rg" */
static int is_texkey(const char *s, size_t n)
{
	size_t name = 0;
	while (name < n && (isalpha((unsigned char)s[name]) || s[name] == '-' || s[name] == '\''))
		name++;
	if (name < 2 || s[name] != ':' || digits(s + name + 1) != 4 || n < name + 7 || n > name + 8)
		return 0;
	for (size_t i = name + 5; i < n; i++)
		if (!islower((unsigned char)s[i]))
			return 0;
	return 1;
}

enum citation { ARXIV, DOI, INSPIRE, CITATIONS };

static int starts(const char *s, const char *with)
{
	for (; *with; s++, with++)
		if (tolower((unsigned char)*s) != *with)
			return 0;
	return 1;
}

static void sort_word(const char *s, size_t n, struct bsm_text list[CITATIONS])
{
	enum citation kind = CITATIONS;
	size_t skip = starts(s, "arxiv:") ? 6 : starts(s, "doi:") ? 4 : 0;
	s += skip;
	n -= skip;
	while (n && (s[n - 1] == '.' || s[n - 1] == ':'))
		n--;
	if (is_arxiv(s, n))
		kind = ARXIV;
	else if (n > 8 && s[0] == '1' && s[1] == '0' && s[2] == '.' && memchr(s, '/', n))
		kind = DOI;
	else if (is_texkey(s, n))
		kind = INSPIRE;
	if (kind == CITATIONS)
		return;
	bsm_text_char(&list[kind], ' ');
	bsm_text_add(&list[kind], s, n);
}

static void citation(struct bsm_text *out, int id, const char *cite)
{
	static const char *const names[CITATIONS] = {"arXiv", "DOI", "InspireHep"};
	static const char between[] = " ,;()[]\"\n\t";
	struct bsm_text list[CITATIONS] = {{0}};
	char key[80];
	indexed(key, "NuHepMC.Citations.Process", id);
	attribute(out, key, "Reference", "", cite);
	for (const char *s = cite; *(s += strspn(s, between));) {
		size_t n = strcspn(s, between);
		sort_word(s, n, list);
		s += n;
	}
	for (int kind = 0; kind < CITATIONS; kind++) {
		if (list[kind].len)
			attribute(out, key, names[kind], "", bsm_text_cstr(&list[kind]) + 1);
		out->failed |= list[kind].failed;
		bsm_text_free(&list[kind]);
	}
}

static int has_citation(const struct bsm_run *run)
{
	for (int i = 0; i < run->nprocess; i++)
		if (run->process[i].cite && run->process[i].cite[0])
			return 1;
	return 0;
}

/* E.C.1 holds where every number lies in one of its ranges. */
static int ids_in_ranges(const struct bsm_run *run)
{
	for (int i = 0; i < run->nprocess; i++)
		if (run->process[i].id < 100)
			return 0;
	return 1;
}

static void conventions(struct bsm_text *out, const struct bsm_run *run, int wcsim)
{
	bsm_text_str(out, "A NuHepMC.Version.Major 1\nA NuHepMC.Version.Minor 0\nA NuHepMC.Version.Patch 0\n"
			  "A NuHepMC.Conventions");
	if (run->pot > 0 || run->livetime_s > 0)
		bsm_text_str(out, " G.C.1");
	bsm_text_str(out, " G.C.2");
	if (has_citation(run))
		bsm_text_str(out, " G.C.3");
	bsm_text_str(out, " G.C.5");
	if (ids_in_ranges(run))
		bsm_text_str(out, " E.C.1");
	bsm_text_str(out, " E.C.5 V.C.1 P.C.1 P.C.2 G.S.2 E.S.1\n");
	if (wcsim)
		bsm_text_str(out, "A bsmnu.Variant wcsim\n");
}

static void exposure(struct bsm_text *out, const struct bsm_run *run)
{
	if (run->pot > 0)
		attribute_double(out, "", "NuHepMC.Exposure.POT", "", run->pot);
	if (run->livetime_s > 0)
		attribute_double(out, "", "NuHepMC.Exposure.Livetime", "", run->livetime_s);
	attribute_double(out, "", "NuHepMC.FluxAveragedTotalCrossSection", "", run->xsec_pb);
	attribute_double(out, "", "NuHepMC.FluxAveragedTotalCrossSectionUncertainty", "", run->xsec_error_pb);
	bsm_text_str(out, "A NuHepMC.Units.CrossSection.Unit pb\nA NuHepMC.Units.CrossSection.TargetScale PerAtom\n");
}

static void processes(struct bsm_text *out, const struct bsm_run *run)
{
	char key[80];
	bsm_text_str(out, "A NuHepMC.ProcessIDs");
	for (int i = 0; i < run->nprocess; i++) {
		bsm_text_char(out, ' ');
		bsm_text_int(out, run->process[i].id);
	}
	bsm_text_char(out, '\n');
	for (int i = 0; i < run->nprocess; i++) {
		const struct bsm_run_process *p = &run->process[i];
		indexed(key, "NuHepMC.ProcessInfo", p->id);
		attribute(out, key, "Name", "", p->name);
		attribute(out, key, "Description", "", p->doc && *p->doc ? p->doc : p->name);
		if (p->cite && *p->cite)
			citation(out, p->id, p->cite);
	}
}

/* The text of the standard and its reference reader differ in the stub: both are written. */
static void species_name(struct bsm_text *out, int32_t pdg, const char *name, const char *doc)
{
	char key[80];
	attribute(out, indexed(key, "NuHepMC.AdditionalParticleNumber", pdg), "Name", "", name);
	attribute(out, key, "Description", "", doc);
	attribute(out, indexed(key, "NuHepMC.AdditionalParticleInfo", pdg), "Name", "", name);
	attribute(out, key, "Description", "", doc);
}

static void species(struct bsm_text *out, const struct bsm_run *run)
{
	char key[80];
	bsm_text_str(out, "A NuHepMC.AdditionalParticleNumbers");
	for (int i = 0; i < run->nspecies; i++) {
		bsm_text_char(out, ' ');
		bsm_text_int(out, run->species[i].pdg);
	}
	bsm_text_str(out, " 2009900000\n");
	species_name(out, BSM_REMNANT_PDG, "Remnant", "What is left of the target nucleus");
	for (int i = 0; i < run->nspecies; i++) {
		const struct bsm_run_species *s = &run->species[i];
		species_name(out, s->pdg, s->name, "A particle of the model");
		indexed(key, "NuHepMC.AdditionalParticleNumber", s->pdg);
		attribute_double(out, key, "bsmnu.", "mass_GeV", s->mass_GeV);
		attribute_double(out, key, "bsmnu.", "width_GeV", s->width_GeV);
		attribute_double(out, key, "bsmnu.", "spin", s->spin2 / 2.0);
		attribute_double(out, key, "bsmnu.", "charge", s->charge3 / 3.0);
	}
}

static void card(struct bsm_ctx *ctx, struct bsm_text *out, const char *text)
{
	if (strlen(text) > LONGEST_VALUE / 2) {
		bsm_note(ctx, BSM_WARNING,
			 "the card is too long for the header of the event file: it is in run.json only");
		return;
	}
	attribute(out, "", "bsmnu.Card", "", text);
}

static void provenance(struct bsm_ctx *ctx, struct bsm_text *out, const struct bsm_run *run)
{
	const char *const names[] = {"Model", "Detector", "Source", "Hash"};
	const char *const values[] = {run->model, run->detector, run->source, run->hash};
	char seed[32];
	double mass;
	for (size_t i = 0; i < 4; i++)
		if (values[i] && *values[i])
			attribute(out, "bsmnu.", names[i], "", values[i]);
	*bsm_put_uint(seed, run->seed) = '\0';
	attribute(out, "", "bsmnu.Seed", "", seed);
	attribute_int(out, "bsmnu.Weighted", run->weighted != 0);
	attribute_int(out, "bsmnu.BeamParticle", run->beam_pdg);
	attribute_int(out, "bsmnu.SpectatorTarget", bsm_nuhepmc_spectator(run, &mass));
	attribute_double(out, "", "bsmnu.SpectatorMass_GeV", "", mass);
	for (int i = 0; i < run->nvalue; i++) {
		const struct bsm_run_value *v = &run->value[i];
		attribute_double(out, "bsmnu.Parameter.", v->name, "", v->value);
		if (v->unit && *v->unit)
			attribute(out, "bsmnu.ParameterUnit.", v->name, "", v->unit);
		if (v->word && *v->word)
			attribute(out, "bsmnu.ParameterWord.", v->name, "", v->word);
	}
	if (run->card && *run->card)
		card(ctx, out, run->card);
}

enum bsm_status bsm_nuhepmc_header(struct bsm_ctx *ctx, const struct bsm_run *run, int wcsim, struct bsm_text *out)
{
	if (!isfinite(run->xsec_pb) || !isfinite(run->xsec_error_pb) || !isfinite(run->pot))
		return bsm_fail(ctx, BSM_E_FORMAT, "NuHepMC: exposure and cross-section of the run must be finite");
	if (run->nprocess < 1)
		return bsm_fail(ctx, BSM_E_FORMAT, "NuHepMC: the run has no process");
	bsm_text_str(out, "HepMC::Version 3.02.05\nHepMC::Asciiv3-START_EVENT_LISTING\nW CV\nT ");
	add_escaped(out, run->program && *run->program ? run->program : "bsmnu");
	bsm_text_str(out, "\\|");
	add_escaped(out, run->version && *run->version ? run->version : BSM_VERSION);
	bsm_text_str(out, "\\|Events of new physics at neutrino beams\n");
	conventions(out, run, wcsim);
	exposure(out, run);
	processes(out, run);
	status_table(out, "A NuHepMC.VertexStatusIDs", "NuHepMC.VertexStatusInfo", vertex_statuses,
		     sizeof vertex_statuses / sizeof *vertex_statuses);
	status_table(out, "A NuHepMC.ParticleStatusIDs", "NuHepMC.ParticleStatusInfo", particle_statuses,
		     sizeof particle_statuses / sizeof *particle_statuses);
	species(out, run);
	provenance(ctx, out, run);
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}
