/* The strict YAML tree: what it reads, and the one clear line that each mistake gets. */
#include <string.h>

#include "check_main.h"
#include "core/node.h"

static struct bsm_ctx ctx;

static struct bsm_node *parse(const char *text)
{
	struct bsm_node *root = NULL;
	ctx = (struct bsm_ctx){0};
	bsm_node_parse(&ctx, "card.yaml", text, strlen(text), &root);
	return root;
}

static void refused(const char *text, enum bsm_status status, const char *words)
{
	struct bsm_node *root = parse(text);
	ck_assert_msg(!root && ctx.status == status, "accepted, or status %d: %s", (int)ctx.status, text);
	ck_assert_msg(strstr(ctx.message, words) != NULL, "'%s' lacks '%s'", ctx.message, words);
}

START_TEST(test_values_with_units)
{
	struct bsm_node *root = parse("mass: 350 MeV\nlist: [1 m, 20 cm, 0]\nn: 1e5\nflag: true\nname: x\n");
	double v, list[3];
	int64_t n;
	bool flag;
	const char *name;
	ck_assert_ptr_nonnull(root);
	ck_assert_int_eq(bsm_get_quantity(&ctx, root, "mass", BSM_DIM_ENERGY, &v), BSM_OK);
	ck_close(v, 0.35, 1e-15);
	ck_assert_int_eq(bsm_node_quantities(&ctx, bsm_node_get(root, "list"), BSM_DIM_LENGTH, 3, list), BSM_OK);
	ck_close(list[1], 0.2, 1e-15);
	ck_assert_int_eq(bsm_get_int_or(&ctx, root, "n", 0, 1000000, &n), BSM_OK);
	ck_assert_int_eq(n, 100000);
	ck_assert_int_eq(bsm_get_bool_or(&ctx, root, "flag", &flag), BSM_OK);
	ck_assert(flag);
	ck_assert_int_eq(bsm_get_string(&ctx, root, "name", &name), BSM_OK);
	ck_assert_str_eq(name, "x");
	ck_assert_int_eq(bsm_node_finish(&ctx, root), BSM_OK);
	bsm_node_free(root);
}
END_TEST

START_TEST(test_refusals)
{
	refused("a: 1\nb: 2\na: 3\n", BSM_E_KEY, "card.yaml:3: a: duplicate key, first given on line 1");
	refused("a: &x 1\n", BSM_E_SYNTAX, "card.yaml:1: anchors");
	refused("a: 1\nb: *x\n", BSM_E_SYNTAX, "card.yaml:2: aliases");
	refused("a: !!int 1\n", BSM_E_SYNTAX, "anchors and tags");
	refused("a: [1, 2\n", BSM_E_SYNTAX, "card.yaml:");
	refused("- a\n- b\n", BSM_E_SYNTAX, "found a list");
	refused("", BSM_E_SYNTAX, "empty");
	refused("just words\n", BSM_E_SYNTAX, "card.yaml:1");
	refused("a: 1\n---\nb: 2\n", BSM_E_SYNTAX, "second document");
	refused("? [a, b]\n: 1\n", BSM_E_SYNTAX, "a key has to be plain text");
}
END_TEST

START_TEST(test_depth_is_bounded)
{
	char text[512] = "a: ";
	for (int i = 0; i < 100; i++)
		strcat(text, "[");
	refused(text, BSM_E_SYNTAX, "too deep");
}
END_TEST

START_TEST(test_unknown_key_names_place)
{
	struct bsm_node *root = parse("model:\n  name: hnl\n  mas: 1 GeV\n"), *map;
	ck_assert_ptr_nonnull(root);
	map = bsm_node_get(root, "model");
	bsm_node_get(map, "name");
	ck_assert_int_eq(bsm_node_finish(&ctx, root), BSM_E_KEY);
	ck_assert_msg(strstr(ctx.message, "card.yaml:3: model.mas: unknown key") != NULL, "%s", ctx.message);
	bsm_node_free(root);
}
END_TEST

START_TEST(test_wrong_values)
{
	struct bsm_node *root = parse("m: 350\nn: 3 furlong\nt: 5 ns\nx: nan\ni: 1.5\nbig: 1e400 m\nlist: [1 m]\n");
	double v;
	int64_t i;
	static const struct { const char *key; enum bsm_status status; const char *words; } row[] = {
		{"m", BSM_E_UNIT, "card.yaml:1: m: found '350' without a unit, expected one of: GeV"},
		{"n", BSM_E_UNIT, "card.yaml:2: n: found unit 'furlong'"},
		{"t", BSM_E_UNIT, "card.yaml:3: t: found unit 'ns'"},
		{"x", BSM_E_SYNTAX, "card.yaml:4: x: found 'nan'"},
		{"big", BSM_E_RANGE, "finite"},
		{"gone", BSM_E_KEY, "the key 'gone' is missing"},
		{"list", BSM_E_SYNTAX, "found a list, expected one value"},
	};
	ck_assert_ptr_nonnull(root);
	for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
		ctx = (struct bsm_ctx){0};
		ck_assert_int_eq(bsm_get_quantity(&ctx, root, row[k].key, BSM_DIM_ENERGY, &v), row[k].status);
		ck_assert_msg(strstr(ctx.message, row[k].words) != NULL, "'%s' lacks '%s'", ctx.message, row[k].words);
	}
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_get_int_or(&ctx, root, "i", 0, 10, &i), BSM_E_RANGE);
	bsm_node_free(root);
}
END_TEST

START_TEST(test_newer_schema)
{
	struct bsm_node *root = parse("schema: 7\n");
	ck_assert_int_eq(bsm_get_schema(&ctx, root, 1), BSM_E_RANGE);
	ck_assert_ptr_nonnull(strstr(ctx.message, "a newer bsmnu is needed"));
	bsm_node_free(root);
}
END_TEST

START_TEST(test_set_makes_and_replaces)
{
	struct bsm_node *root = parse("run: {events: 10}\nlist: [1, 2]\nother: [1]\nsource: lbnf\n");
	int64_t n;
	ck_assert_int_eq(bsm_node_set(&ctx, root, "run.events", "20", NULL), BSM_OK);
	ck_assert_int_eq(bsm_node_set(&ctx, root, "run.seed", "3", NULL), BSM_OK);
	ck_assert_int_eq(bsm_node_set(&ctx, root, "model.mass", "1 GeV", NULL), BSM_OK);
	ck_assert_int_eq(bsm_node_set(&ctx, root, "list", "7", NULL), BSM_OK);
	bsm_get_int_or(&ctx, bsm_node_get(root, "run"), "events", 0, 100, &n);
	ck_assert_int_eq(n, 20);
	bsm_get_int_or(&ctx, root, "list", 0, 100, &n);
	ck_assert_int_eq(n, 7);
	ck_assert_int_eq(bsm_node_set(&ctx, root, "other.x", "7", NULL), BSM_E_KEY);
	const char *name;
	double two[2];
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_node_set(&ctx, root, "other", "[1 m, 2 m]", NULL), BSM_OK);
	ck_assert_int_eq(bsm_node_quantities(&ctx, bsm_node_get(root, "other"), BSM_DIM_LENGTH, 2, two), BSM_OK);
	ck_assert_double_eq(two[1], 2);
	ck_assert_int_eq(bsm_node_set(&ctx, root, "other", "[1 m, 2 m", NULL), BSM_E_SYNTAX);
	ctx = (struct bsm_ctx){0};
	ck_assert_int_eq(bsm_node_set(&ctx, root, "source.variant", "charm_x2", NULL), BSM_OK);
	ck_assert_int_eq(bsm_get_string(&ctx, bsm_node_get(root, "source"), "name", &name), BSM_OK);
	ck_assert_str_eq(name, "lbnf");
	bsm_node_free(root);
}
END_TEST

START_TEST(test_every_unit_converts_to_its_dimension)
{
	static const struct { const char *text; enum bsm_dim dim; double value; } row[] = {
		{"2.4 MW", BSM_DIM_POWER, 2.4e6}, {"180 deg", BSM_DIM_ANGLE, 3.14159265358979324}, {"12 ub", BSM_DIM_AREA, 12e-30},
		{"147 t", BSM_DIM_MASS, 147e3}, {"1e-5 GeV^-1", BSM_DIM_PER_ENERGY, 1e-5}, {"18.94 ns", BSM_DIM_TIME, 18.94e-9},
		{"300 kA", BSM_DIM_CURRENT, 3e5}, {"30 %", BSM_DIM_NONE, 0.3}, {"0", BSM_DIM_LENGTH, 0}, {"-0.101 rad", BSM_DIM_ANGLE, -0.101},
		{"53.1MHz", BSM_DIM_FREQUENCY, 53.1e6}, {"1.396 g/cm3", BSM_DIM_DENSITY, 1.396},
	};
	double v;
	for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
		ctx = (struct bsm_ctx){0};
		ck_assert_msg(bsm_parse_quantity(&ctx, row[k].text, row[k].dim, &v) == BSM_OK, "%s: %s", row[k].text, ctx.message);
		ck_assert(fabs(v - row[k].value) <= 1e-14 * fabs(row[k].value));
	}
}
END_TEST

TEST_MAIN("node", test_values_with_units, test_refusals, test_depth_is_bounded, test_unknown_key_names_place,
	  test_wrong_values, test_newer_schema, test_set_makes_and_replaces, test_every_unit_converts_to_its_dimension)
