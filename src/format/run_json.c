#include "format/run_json.h"

#include "core/json.h"

#include <math.h>
#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

/* libm picks its code by these features: results of different classes may differ in the last digit. */
static const char *cpu_class(void)
{
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
	    __builtin_cpu_supports("avx512vl"))
		return "x86-64 AVX-512";
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		return "x86-64 AVX2 FMA";
	if (__builtin_cpu_supports("avx"))
		return "x86-64 AVX";
	return "x86-64 SSE2";
#elif defined(__aarch64__)
	return "aarch64";
#else
	return "other";
#endif
}

struct bsm_machine bsm_machine(void)
{
	struct bsm_machine machine = {cpu_class(), "unknown", "unknown"};
#if defined(__clang__)
	machine.compiler = __VERSION__;
#elif defined(__GNUC__)
	machine.compiler = "gcc " __VERSION__;
#endif
#if defined(__GLIBC__)
	machine.libc = gnu_get_libc_version();
#endif
	return machine;
}

static void put_time(struct bsm_json *j, const char *key, time_t t)
{
	char text[32];
	struct tm utc;
	if (t > 0 && gmtime_r(&t, &utc) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0)
		bsm_json_string(j, key, text);
	else
		bsm_json_null(j, key);
}

static void put_run(struct bsm_json *j, const struct bsm_run *run)
{
	bsm_json_string(j, "program", run->program);
	bsm_json_string(j, "version", run->version);
	bsm_json_string(j, "model", run->model);
	bsm_json_string(j, "source", run->source);
	bsm_json_string(j, "detector", run->detector);
	bsm_json_string(j, "hash", run->hash);
	bsm_json_uint(j, "seed", run->seed);
	bsm_json_bool(j, "weighted", run->weighted != 0);
	bsm_json_int(j, "beam_pdg", run->beam_pdg);
	bsm_json_int(j, "spectator_pdg", run->spectator_pdg);
	bsm_json_number(j, "spectator_mass_GeV", run->spectator_mass_GeV);
}

static void put_parameters(struct bsm_json *j, const struct bsm_run *run)
{
	bsm_json_array(j, "parameters");
	for (int i = 0; i < run->nvalue; i++) {
		const struct bsm_run_value *v = &run->value[i];
		bsm_json_object(j, NULL);
		bsm_json_string(j, "name", v->name);
		bsm_json_number(j, "value", v->value);
		bsm_json_string(j, "unit", v->unit);
		if (v->word)
			bsm_json_string(j, "word", v->word);
		bsm_json_end(j);
	}
	bsm_json_end(j);
}

static void put_processes(struct bsm_json *j, const struct bsm_run *run)
{
	bsm_json_array(j, "processes");
	for (int i = 0; i < run->nprocess; i++) {
		const struct bsm_run_process *p = &run->process[i];
		bsm_json_object(j, NULL);
		bsm_json_int(j, "id", p->id);
		bsm_json_string(j, "name", p->name);
		bsm_json_string(j, "description", p->doc);
		bsm_json_string(j, "cite", p->cite);
		bsm_json_end(j);
	}
	bsm_json_end(j);
}

static void put_species(struct bsm_json *j, const struct bsm_run *run)
{
	bsm_json_array(j, "particles");
	for (int i = 0; i < run->nspecies; i++) {
		const struct bsm_run_species *s = &run->species[i];
		bsm_json_object(j, NULL);
		bsm_json_int(j, "pdg", s->pdg);
		bsm_json_string(j, "name", s->name);
		bsm_json_number(j, "mass_GeV", s->mass_GeV);
		bsm_json_number(j, "width_GeV", s->width_GeV);
		bsm_json_number(j, "spin", s->spin2 / 2.0);
		bsm_json_number(j, "charge", s->charge3 / 3.0);
		bsm_json_end(j);
	}
	bsm_json_end(j);
}

static void put_exposure(struct bsm_json *j, const struct bsm_run *run)
{
	bsm_json_object(j, "exposure");
	bsm_json_number(j, "pot", run->pot);
	bsm_json_number(j, "livetime_s", run->livetime_s);
	bsm_json_end(j);
	bsm_json_object(j, "cross_section");
	bsm_json_number(j, "flux_averaged_pb", run->xsec_pb);
	bsm_json_number(j, "error_pb", run->xsec_error_pb);
	bsm_json_string(j, "per", "atom");
	bsm_json_end(j);
}

static void put_sums(struct bsm_json *j, const struct bsm_run_record *r)
{
	bsm_json_object(j, "events");
	bsm_json_uint(j, "trials", r->trials);
	bsm_json_uint(j, "kept", r->events);
	bsm_json_number(j, "expected", r->expected);
	bsm_json_number(j, "expected_error", r->expected_error);
	bsm_json_number(j, "sum_of_weights", r->sum_w);
	bsm_json_number(j, "sum_of_squared_weights", r->sum_w2);
	bsm_json_number(j, "effective_sample_size", r->sum_w2 > 0 ? r->sum_w * r->sum_w / r->sum_w2 : 0);
	bsm_json_number(j, "overweight_share", r->overweight_share);
	bsm_json_number(j, "largest_overweight", r->largest_overweight);
	bsm_json_end(j);
}

/* pot_of_file: the exposure that an unweighted file stands for; a weighted one stands for the exposure of the run. */
static void put_outputs(struct bsm_json *j, const struct bsm_run_record *r)
{
	bsm_json_array(j, "outputs");
	for (int i = 0; i < r->noutput; i++) {
		const struct bsm_run_output *o = &r->output[i];
		bsm_json_object(j, NULL);
		bsm_json_string(j, "file", o->file);
		bsm_json_string(j, "format", o->format);
		bsm_json_uint(j, "events", o->events);
		bsm_json_uint(j, "bytes", o->bytes);
		if (!r->run->weighted && o->events && r->expected > 0)
			bsm_json_number(j, "pot_of_file", r->run->pot * (double)o->events / r->expected);
		bsm_json_end(j);
	}
	bsm_json_end(j);
}

static void put_origin(struct bsm_json *j, const struct bsm_run_record *r)
{
	struct bsm_machine machine = bsm_machine();
	bsm_json_object(j, "made");
	put_time(j, "begin", r->begin);
	put_time(j, "end", r->end);
	bsm_json_int(j, "threads", r->threads);
	bsm_json_array(j, "command");
	for (int i = 0; i < r->argc; i++)
		bsm_json_string(j, NULL, r->argv[i]);
	bsm_json_end(j);
	bsm_json_string(j, "cpu_class", machine.cpu_class);
	bsm_json_string(j, "compiler", machine.compiler);
	bsm_json_string(j, "libc", machine.libc);
	bsm_json_end(j);
}

enum bsm_status bsm_run_json_header(struct bsm_ctx *ctx, const struct bsm_run *run, struct bsm_text *out)
{
	struct bsm_json j = {.out = out};
	bsm_json_object(&j, NULL);
	bsm_json_int(&j, "schema", 1);
	put_run(&j, run);
	put_exposure(&j, run);
	put_parameters(&j, run);
	put_processes(&j, run);
	put_species(&j, run);
	bsm_json_string(&j, "card", run->card);
	bsm_json_end(&j);
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "out of memory") : BSM_OK;
}

enum bsm_status bsm_run_json(struct bsm_ctx *ctx, const struct bsm_run_record *r, struct bsm_text *out)
{
	struct bsm_json j = {.out = out};
	bsm_json_object(&j, NULL);
	bsm_json_int(&j, "schema", 1);
	put_run(&j, r->run);
	put_exposure(&j, r->run);
	put_sums(&j, r);
	put_parameters(&j, r->run);
	put_processes(&j, r->run);
	put_species(&j, r->run);
	put_outputs(&j, r);
	put_origin(&j, r);
	bsm_json_string(&j, "card", r->run->card);
	bsm_json_end(&j);
	return out->failed ? bsm_fail(ctx, BSM_E_MEMORY, "run.json: out of memory") : BSM_OK;
}
