/* Writes a commented model that runs. */
#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "core/stream.h"

static const char model_text[] =
	"/* @: a new particle X from kaons, seen by its decay in flight. Change the physics, keep the form.\n"
	" * Build and run: see docs/new-signature.md, or the three commands that `bsmnu new` printed. */\n"
	"#include \"bsmnu/model.h\"\n"
	"\n"
	"#define X 9900099 /* a PDG code that nobody uses */\n"
	"\n"
	"/* What can be set: --set mass=0.2GeV, or in the card. Default, range and unit stand here and nowhere else. */\n"
	"enum { MASS, G_PRODUCTION, G_ELECTRON };\n"
	"static const struct bsm_param param[] = {\n"
	"\t{\"mass\", \"GeV\", \"mass of X\", 0.2, 0.0011, 0.35, 0},\n"
	"\t{\"g_production\", \"\", \"branching ratio of K+ -> pi+ X at zero mass\", 1e-8, 0, 1, 0},\n"
	"\t{\"g_e\", \"\", \"Yukawa coupling of X to electrons\", 1e-9, 0, 1, 0},\n"
	"\t{0},\n"
	"};\n"
	"\n"
	"static double mass_X(const double *par)\n"
	"{\n"
	"\treturn par[MASS];\n"
	"}\n"
	"\n"
	"static int itself(const double *par)\n"
	"{\n"
	"\t(void)par;\n"
	"\treturn 1;\n"
	"}\n"
	"static const struct bsm_species species[] = {{X, \"X\", 0, 0, itself, mass_X}, {0}};\n"
	"\n"
	"/* |M|^2 summed over final and averaged over initial spins, absolute: the engine owns phase space and aim. */\n"
	"static double make(const struct bsm_in *in, const struct bsm_particle *out)\n"
	"{\n"
	"\tdouble mK = in->a->m, full = bsm_two_body_me2(bsm_pdg_width(321), mK, out[0].m, 0);\n"
	"\treturn in->par[G_PRODUCTION] * full;\n"
	"}\n"
	"\n"
	"static double decay(const struct bsm_in *in, const struct bsm_particle *out)\n"
	"{\n"
	"\tdouble g = in->par[G_ELECTRON], m = in->a->m, me = out[0].m;\n"
	"\treturn 2 * g * g * (m * m - 4 * me * me); /* X ebar e */\n"
	"}\n"
	"\n"
	"/* A closed form, where there is one, is the fast path and a check of |M|^2: `bsmnu verify @`. */\n"
	"static double decay_width(const struct bsm_in *in)\n"
	"{\n"
	"\tdouble g = in->par[G_ELECTRON], m = in->a->m, me = bsm_pdg_mass(11), r = me * me / (m * m);\n"
	"\treturn r < 0.25 ? g * g * m / (8 * 3.14159265358979324) * pow(1 - 4 * r, 1.5) : 0;\n"
	"}\n"
	"static const struct bsm_process process[] = {\n"
	"\t{.name = \"K+ -> pi+ X\", .cite = \"write the paper and equation here\", .in = 321, .out = {211, X},\n"
	"\t .flags = BSM_CC, .me2 = make},\n"
	"\t{.name = \"X -> e- e+\", .cite = \"write the paper and equation here\", .in = X, .out = {11, -11}, .me2 = decay,\n"
	"\t .total = decay_width},\n"
	"\t{0},\n"
	"};\n"
	"\n"
	"/* Where each thing happens: X is made at the source, its leg flies to the detector and decays there. */\n"
	"static const struct bsm_chain chain[] = {\n"
	"\t{\"decay_in_flight\", \"K -> X at the source, X decays in the detector\",\n"
	"\t {{.where = BSM_AT_SOURCE}, {.where = BSM_IN_DETECTOR, .take = X}}},\n"
	"\t{0},\n"
	"};\n"
	"\n"
	"BSM_MODEL(@) = {BSM_MODEL_HEAD(@), .doc = \"X from kaons, decaying to electrons\", .param = param,\n"
	"\t.species = species, .process = process, .chain = chain, .couplings = \"g_production,g_e\"};\n";

static const char card_text[] =
	"schema: 1\n"
	"title: X of 200 MeV from kaons at DUNE ND-LAr\n"
	"model: {name: @, mass: 200 MeV, g_production: 1e-8, g_e: 1e-9}\n"
	"source: lbnf\n"
	"detector: dune_nd_lar\n"
	"exposure: {years: 1}\n"
	"run: {events: 10000, seed: 1}\n"
	"output: [hepmc3]\n";

static int good_name(const char *s)
{
	if (!islower((unsigned char)*s) || strlen(s) > 40)
		return 0;
	for (; *s; s++)
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_')
			return 0;
	return 1;
}

/* The text with '@' replaced by the name, as a file that is not there yet. */
static enum bsm_status put(struct bsm_ctx *ctx, const char *path, const char *text, const char *name)
{
	struct stat st;
	struct bsm_text t = {0};
	if (!stat(path, &st))
		return bsm_fail(ctx, BSM_E_IO, "%s is there already: choose another name or remove it", path);
	for (; *text; text++) {
		if (*text == '@')
			bsm_text_str(&t, name);
		else
			bsm_text_char(&t, *text);
	}
	enum bsm_status status = bsm_output_text(ctx, path, &t);
	bsm_text_free(&t);
	return status;
}

static int cmd_new(struct bsm_cli *cli)
{
	const char *name = cli->word[1];
	struct bsm_text text = {0};
	char c[64], card[64];
	if (strcmp(cli->word[0], "model")) {
		fprintf(stderr, "bsmnu: error: expected `bsmnu new model NAME`; see `bsmnu new --help`\n");
		return 2;
	}
	if (!good_name(name)) {
		bsm_fail(&cli->ctx, BSM_E_NAME, "'%s': a model's name is lower-case letters, digits and _", name);
		return bsm_cli_fail(cli);
	}
	snprintf(c, sizeof c, "%s.c", name);
	snprintf(card, sizeof card, "%s.yaml", name);
	if (put(&cli->ctx, c, model_text, name) != BSM_OK || put(&cli->ctx, card, card_text, name) != BSM_OK)
		return bsm_cli_fail(cli);
	bsm_text_printf(&text, "wrote %s and %s; next:\n  cc -shared -fPIC -O2 -I %s %s -o %s.so\n"
			       "  bsmnu verify %s --plugin %s.so\n  bsmnu run %s --plugin %s.so -o out/%s\n",
			c, card, BSM_HEADERS, c, name, name, name, card, name, name);
	return bsm_cli_print(cli, &text);
}

const struct bsm_command bsm_cmd_new = {"new", "model NAME", "writes NAME.c and NAME.yaml: a commented model that runs",
					"bsmnu new model x", 0, 2, 2, cmd_new};
