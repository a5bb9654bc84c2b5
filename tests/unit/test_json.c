#include "check_main.h"
#include "core/json.h"

START_TEST(document)
{
	struct bsm_text t = {0};
	struct bsm_json j = {.out = &t};
	static const double numbers[] = {1, 0.5, (double)NAN};
	bsm_json_object(&j, NULL);
	bsm_json_string(&j, "model", "hnl \"x\"\n\\ \x01");
	bsm_json_uint(&j, "seed", UINT64_MAX);
	bsm_json_int(&j, "n", -3);
	bsm_json_bool(&j, "ok", true);
	bsm_json_null(&j, "none");
	bsm_json_string(&j, "absent", NULL);
	bsm_json_number(&j, "inf", (double)INFINITY);
	bsm_json_numbers(&j, "row", numbers, 3);
	bsm_json_array(&j, "list");
	bsm_json_number(&j, NULL, 1e-30);
	bsm_json_object(&j, NULL);
	bsm_json_end(&j);
	bsm_json_array(&j, NULL);
	bsm_json_end(&j);
	bsm_json_end(&j);
	bsm_json_end(&j);
	ck_assert_int_eq(t.failed, 0);
	ck_assert_str_eq(bsm_text_cstr(&t), "{\n"
					    "  \"model\": \"hnl \\\"x\\\"\\n\\\\ \\u0001\",\n"
					    "  \"seed\": 18446744073709551615,\n"
					    "  \"n\": -3,\n"
					    "  \"ok\": true,\n"
					    "  \"none\": null,\n"
					    "  \"absent\": null,\n"
					    "  \"inf\": null,\n"
					    "  \"row\": [1, 0.5, null],\n"
					    "  \"list\": [\n"
					    "    1e-30,\n"
					    "    {},\n"
					    "    []\n"
					    "  ]\n"
					    "}\n");
	bsm_text_free(&t);
}
END_TEST

static void check_quoted(const char *in, const char *out)
{
	struct bsm_text t = {0};
	bsm_json_quote(&t, in);
	ck_assert_str_eq(bsm_text_cstr(&t), out);
	bsm_text_free(&t);
}

START_TEST(not_utf8)
{
	check_quoted("\xce\xbd \xf0\x9f\x98\x80", "\"\xce\xbd \xf0\x9f\x98\x80\"");
	check_quoted("a\xff"
		     "b",
		     "\"a\xef\xbf\xbd"
		     "b\"");
	check_quoted("\xc3", "\"\xef\xbf\xbd\"");                                 /* cut off */
	check_quoted("\xc0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\"");                 /* too long a form */
	check_quoted("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""); /* surrogate */
	check_quoted("\x7f\t", "\"\\u007f\\t\"");
}
END_TEST

static int misuse(int which)
{
	struct bsm_text t = {0};
	struct bsm_json j = {.out = &t};
	bsm_json_object(&j, NULL);
	if (which == 0)
		bsm_json_int(&j, NULL, 1); /* no key in an object */
	if (which == 1) {
		bsm_json_array(&j, "a");
		bsm_json_int(&j, "key", 1); /* a key in an array */
	}
	if (which == 2) {
		bsm_json_end(&j);
		bsm_json_end(&j);
	}
	if (which == 3)
		for (int i = 0; i < 100; i++)
			bsm_json_object(&j, "deeper");
	if (which == 4) {
		bsm_json_end(&j);
		bsm_json_object(&j, NULL); /* a second root */
	}
	int failed = t.failed;
	bsm_text_free(&t);
	return failed;
}

START_TEST(misuses)
{
	for (int which = 0; which < 5; which++)
		ck_assert_msg(misuse(which), "misuse %d went unnoticed", which);
}
END_TEST

TEST_MAIN("json", document, not_utf8, misuses)
