/* Reads the header of a HepMC3 Asciiv3 file: weights, tools and run attributes. What NuHepMC and this program define is
 * understood wherever it comes from; other attributes are passed over. */
#include "format/nuhepmc.h"
#include "format/reader.h"

#include <math.h>
#include <stdlib.h>

struct text {
	const char *at, *end;
};

static enum bsm_status out_of_memory(struct bsm_ctx *ctx)
{
	return bsm_fail(ctx, BSM_E_MEMORY, "out of memory");
}

static int starts(struct text t, const char *with)
{
	size_t n = strlen(with);
	return (size_t)(t.end - t.at) >= n && memcmp(t.at, with, n) == 0;
}

static int is(struct text t, const char *name)
{
	return (size_t)(t.end - t.at) == strlen(name) && starts(t, name);
}

/* HepMC3's spelling of "\" and line ends, undone. */
static char *unescaped(struct bsm_reader *r, struct text t)
{
	char *s = bsm_reader_string(r, t.at, (size_t)(t.end - t.at)), *to = s;
	if (!s)
		return NULL;
	for (const char *from = t.at; from < t.end; from++) {
		if (*from == '\\' && from + 1 < t.end)
			*to++ = *++from == '|' ? '\n' : *from;
		else
			*to++ = *from;
	}
	*to = '\0';
	return s;
}

/* Rows found by number or name, made where there is none: the order of the attributes is free. */
static void *grow(void *rows, int n, size_t size)
{
	if (n & (n - 1)) /* room doubles whenever n reaches a power of two */
		return rows;
	return realloc(rows, (n ? 2 * (size_t)n : 1) * size);
}

static enum bsm_status too_many(struct bsm_ctx *ctx, const struct bsm_reader *r)
{
	return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX, "more than %d processes, particles or parameters in a header",
			      BSM_READER_TABLE);
}

static enum bsm_status process_row(struct bsm_ctx *ctx, struct bsm_reader *r, int id, struct bsm_run_process **row)
{
	for (int i = 0; i < r->nprocess; i++)
		if (r->process[i].id == id) {
			*row = &r->process[i];
			return BSM_OK;
		}
	if (r->nprocess == BSM_READER_TABLE)
		return too_many(ctx, r);
	void *rows = grow(r->process, r->nprocess, sizeof *r->process);
	if (!rows)
		return out_of_memory(ctx);
	r->process = rows;
	*row = &r->process[r->nprocess++];
	**row = (struct bsm_run_process){.id = id, .name = "", .doc = "", .cite = ""};
	return BSM_OK;
}

static enum bsm_status species_row(struct bsm_ctx *ctx, struct bsm_reader *r, int32_t pdg, struct bsm_run_species **row)
{
	for (int i = 0; i < r->nspecies; i++)
		if (r->species[i].pdg == pdg) {
			*row = &r->species[i];
			return BSM_OK;
		}
	if (r->nspecies == BSM_READER_TABLE)
		return too_many(ctx, r);
	void *rows = grow(r->species, r->nspecies, sizeof *r->species);
	if (!rows)
		return out_of_memory(ctx);
	r->species = rows;
	*row = &r->species[r->nspecies++];
	**row = (struct bsm_run_species){.pdg = pdg, .name = "", .mass_GeV = (double)NAN, .width_GeV = (double)NAN};
	return BSM_OK;
}

static enum bsm_status value_row(struct bsm_ctx *ctx, struct bsm_reader *r, struct text name,
				 struct bsm_run_value **row)
{
	for (int i = 0; i < r->nvalue; i++)
		if (is(name, r->value[i].name)) {
			*row = &r->value[i];
			return BSM_OK;
		}
	if (r->nvalue == BSM_READER_TABLE)
		return too_many(ctx, r);
	void *rows = grow(r->value, r->nvalue, sizeof *r->value);
	if (!rows)
		return out_of_memory(ctx);
	r->value = rows;
	char *copy = bsm_reader_string(r, name.at, (size_t)(name.end - name.at));
	if (!copy)
		return out_of_memory(ctx);
	*row = &r->value[r->nvalue++];
	**row = (struct bsm_run_value){.name = copy, .unit = "", .value = (double)NAN};
	return BSM_OK;
}

/* "stub[number].rest": takes it apart. */
static int indexed(struct text name, const char *stub, int32_t *index, struct text *rest)
{
	int64_t v;
	size_t n = strlen(stub);
	if (!starts(name, stub) || name.end - name.at <= (ptrdiff_t)n || name.at[n] != '[')
		return 0;
	const char *from = name.at + n + 1, *to = memchr(from, ']', (size_t)(name.end - from));
	if (!to || to + 1 >= name.end || to[1] != '.' || bsm_parse_int(from, to, &v) || v < INT32_MIN || v > INT32_MAX)
		return 0;
	*index = (int32_t)v;
	*rest = (struct text){to + 2, name.end};
	return 1;
}

static enum bsm_status number(struct bsm_ctx *ctx, const struct bsm_reader *r, struct text value, double *out)
{
	if (bsm_parse_double(value.at, value.end, out))
		return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX, "an attribute that should be a number: \"%.*s\"",
				      (int)(value.end - value.at > 60 ? 60 : value.end - value.at), value.at);
	return BSM_OK;
}

static enum bsm_status whole(struct bsm_ctx *ctx, const struct bsm_reader *r, struct text value, int32_t *out)
{
	int64_t v;
	if (bsm_parse_int(value.at, value.end, &v) || v < INT32_MIN || v > INT32_MAX)
		return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX, "an attribute that should be a whole number: \"%.*s\"",
				      (int)(value.end - value.at > 60 ? 60 : value.end - value.at), value.at);
	*out = (int32_t)v;
	return BSM_OK;
}

static enum bsm_status string(struct bsm_ctx *ctx, struct bsm_reader *r, struct text value, const char **out)
{
	*out = unescaped(r, value);
	return *out ? BSM_OK : out_of_memory(ctx);
}

static enum bsm_status process_ids(struct bsm_ctx *ctx, struct bsm_reader *r, struct text value)
{
	struct bsm_run_process *row;
	struct text word;
	int32_t id;
	while (bsm_reader_word(&value.at, value.end, &word.at, &word.end)) {
		BSM_TRY(whole(ctx, r, word, &id));
		BSM_TRY(process_row(ctx, r, id, &row));
	}
	return BSM_OK;
}

static enum bsm_status species_attribute(struct bsm_ctx *ctx, struct bsm_reader *r, int32_t pdg, struct text rest,
					 struct text value)
{
	struct bsm_run_species *row = NULL;
	double v = 0;
	if (pdg == BSM_REMNANT_PDG)
		return BSM_OK;
	BSM_TRY(species_row(ctx, r, pdg, &row));
	if (is(rest, "Name"))
		return string(ctx, r, value, &row->name);
	if (!starts(rest, "bsmnu."))
		return BSM_OK;
	rest.at += strlen("bsmnu.");
	BSM_TRY(number(ctx, r, value, &v));
	if (is(rest, "mass_GeV"))
		row->mass_GeV = v;
	else if (is(rest, "width_GeV"))
		row->width_GeV = v;
	else if (fabs(v) < 100 && is(rest, "spin"))
		row->spin2 = (int)lround(2 * v);
	else if (fabs(v) < 100 && is(rest, "charge"))
		row->charge3 = (int)lround(3 * v);
	return BSM_OK;
}

static enum bsm_status own_attribute(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run, struct text name,
				     struct text value)
{
	struct bsm_run_value *row;
	int64_t v;
	if (starts(name, "Parameter.")) {
		name.at += strlen("Parameter.");
		BSM_TRY(value_row(ctx, r, name, &row));
		return number(ctx, r, value, &row->value);
	}
	if (starts(name, "ParameterUnit.")) {
		name.at += strlen("ParameterUnit.");
		BSM_TRY(value_row(ctx, r, name, &row));
		return string(ctx, r, value, &row->unit);
	}
	if (starts(name, "ParameterWord.")) {
		name.at += strlen("ParameterWord.");
		BSM_TRY(value_row(ctx, r, name, &row));
		return string(ctx, r, value, &row->word);
	}
	if (is(name, "Variant")) {
		r->wcsim = is(value, "wcsim");
		return BSM_OK;
	}
	if (is(name, "Seed")) {
		struct text low = value;
		run->seed = 0;
		for (; low.at < low.end && *low.at >= '0' && *low.at <= '9'; low.at++)
			run->seed = run->seed * 10 + (uint64_t)(*low.at - '0');
		return BSM_OK;
	}
	if (is(name, "Weighted")) {
		r->ours = 1;
		r->weighted = bsm_parse_int(value.at, value.end, &v) || v != 0;
		return BSM_OK;
	}
	if (is(name, "BeamParticle"))
		return whole(ctx, r, value, &run->beam_pdg);
	if (is(name, "SpectatorTarget"))
		return whole(ctx, r, value, &run->spectator_pdg);
	if (is(name, "SpectatorMass_GeV"))
		return number(ctx, r, value, &run->spectator_mass_GeV);
	return is(name, "Model")      ? string(ctx, r, value, &run->model)
	       : is(name, "Detector") ? string(ctx, r, value, &run->detector)
	       : is(name, "Source")   ? string(ctx, r, value, &run->source)
	       : is(name, "Hash")     ? string(ctx, r, value, &run->hash)
	       : is(name, "Card")     ? string(ctx, r, value, &run->card)
				      : BSM_OK;
}

static enum bsm_status standard_attribute(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run,
					  struct text name, struct text value)
{
	struct bsm_run_process *row;
	struct text rest;
	int32_t index;
	if (is(name, "ProcessIDs"))
		return process_ids(ctx, r, value);
	if (indexed(name, "ProcessInfo", &index, &rest)) {
		BSM_TRY(process_row(ctx, r, index, &row));
		return is(rest, "Name")          ? string(ctx, r, value, &row->name)
		       : is(rest, "Description") ? string(ctx, r, value, &row->doc)
						 : BSM_OK;
	}
	if (indexed(name, "Citations.Process", &index, &rest)) {
		BSM_TRY(process_row(ctx, r, index, &row));
		return is(rest, "Reference") || !row->cite[0] ? string(ctx, r, value, &row->cite) : BSM_OK;
	}
	if (indexed(name, "AdditionalParticleNumber", &index, &rest) ||
	    indexed(name, "AdditionalParticleInfo", &index, &rest))
		return species_attribute(ctx, r, index, rest, value);
	return is(name, "Exposure.POT")                               ? number(ctx, r, value, &run->pot)
	       : is(name, "Exposure.Livetime")                        ? number(ctx, r, value, &run->livetime_s)
	       : is(name, "FluxAveragedTotalCrossSection")            ? number(ctx, r, value, &run->xsec_pb)
	       : is(name, "FluxAveragedTotalCrossSectionUncertainty") ? number(ctx, r, value, &run->xsec_error_pb)
								      : BSM_OK;
}

static enum bsm_status attribute(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run, struct text line)
{
	struct text name, value;
	if (!bsm_reader_word(&line.at, line.end, &name.at, &name.end))
		return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX, "an attribute without a name");
	value = (struct text){line.at < line.end ? line.at + 1 : line.end, line.end};
	if (starts(name, "NuHepMC.")) {
		name.at += strlen("NuHepMC.");
		return standard_attribute(ctx, r, run, name, value);
	}
	if (starts(name, "bsmnu.")) {
		name.at += strlen("bsmnu.");
		return own_attribute(ctx, r, run, name, value);
	}
	return BSM_OK;
}

/* The first tool is the generator: name, version and description with "\|" between them. */
static enum bsm_status tool(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run, struct text line)
{
	char *all = unescaped(r, line);
	if (!all)
		return out_of_memory(ctx);
	if (run->program)
		return BSM_OK;
	run->program = all;
	run->version = "";
	char *version = strchr(all, '\n');
	if (version) {
		*version++ = '\0';
		version[strcspn(version, "\n")] = '\0';
		run->version = version;
	}
	return BSM_OK;
}

static enum bsm_status weight_names(struct bsm_ctx *ctx, struct bsm_reader *r, struct text line)
{
	char *names = unescaped(r, line);
	if (!names)
		return out_of_memory(ctx);
	r->nweight = r->cv = 0;
	for (char *s = names; *(s += strspn(s, " \t\n"));) {
		size_t n = strcspn(s, " \t\n");
		if (n == 2 && memcmp(s, "CV", 2) == 0)
			r->cv = r->nweight;
		r->nweight++;
		s += n;
	}
	return BSM_OK;
}

static enum bsm_status start_lines(struct bsm_ctx *ctx, struct bsm_reader *r)
{
	static const char *const expected[] = {"HepMC::Version ", "HepMC::Asciiv3-START_EVENT_LISTING"};
	struct text line;
	for (int i = 0; i < 2; i++) {
		do
			BSM_TRY(bsm_input_line(ctx, r->in, &line.at, &line.end));
		while (line.at && line.at == line.end);
		if (!line.at)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is empty or cut off", bsm_input_name(r->in));
		if (!starts(line, expected[i]))
			return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX, "not a HepMC3 text file: expected \"%s\"",
					      expected[i]);
	}
	return BSM_OK;
}

enum bsm_status bsm_nuhepmc_open(struct bsm_ctx *ctx, struct bsm_reader *r, struct bsm_run *run)
{
	struct text line;
	r->weighted = 1;
	BSM_TRY(start_lines(ctx, r));
	for (;;) {
		BSM_TRY(bsm_input_line(ctx, r->in, &line.at, &line.end));
		if (!line.at)
			return bsm_fail(ctx, BSM_E_SYNTAX, "%s: the file is cut off in its header",
					bsm_input_name(r->in));
		if (line.at == line.end)
			continue;
		char kind = *line.at;
		if (kind == 'E' || kind == 'H') {
			bsm_input_again(r->in);
			return BSM_OK;
		}
		struct text rest = {line.at + (line.end - line.at > 1 ? 2 : 1), line.end};
		if (kind == 'A')
			BSM_TRY(attribute(ctx, r, run, rest));
		else if (kind == 'T')
			BSM_TRY(tool(ctx, r, run, rest));
		else if (kind == 'W')
			BSM_TRY(weight_names(ctx, r, rest));
		else
			return bsm_input_fail(ctx, r->in, BSM_E_SYNTAX,
					      "unknown line in the header: expected T, W, A or E");
	}
}
