#!/bin/sh
# docs/models.md is what the tables of the program say: `make docs` writes it.
. "$BSMNU_ROOT/tests/cli/common.sh"
works bsmnu doc
diff "$BSMNU_ROOT/docs/models.md" stdout || fail 'docs/models.md is not fresh: call `make docs`'
finish
