/* Errors and messages. Every function that can fail returns a bsm_status; the words go to the context.
 * The library never exits, aborts or prints: what it has to say goes through bsm_note. */
#ifndef BSM_CORE_CONTEXT_H
#define BSM_CORE_CONTEXT_H
#include <stddef.h>

#define BSM_STATUS_LIST(X)                                             \
	X(BSM_OK, "ok")                                                \
	X(BSM_E_MEMORY, "out of memory")                               \
	X(BSM_E_IO, "a file could not be read or written")             \
	X(BSM_E_SYNTAX, "a file is not in the form that it should be") \
	X(BSM_E_KEY, "unknown, missing or duplicate key")              \
	X(BSM_E_UNIT, "missing or wrong unit")                         \
	X(BSM_E_RANGE, "a value is outside its range")                 \
	X(BSM_E_NAME, "no such name")                                  \
	X(BSM_E_MODEL, "the model has no answer at this point")        \
	X(BSM_E_CLOSED, "nothing is open: the rate is zero")           \
	X(BSM_E_GEOMETRY, "the geometry does not fit together")        \
	X(BSM_E_NUMERIC, "a numerical method did not converge")        \
	X(BSM_E_FORMAT, "the format cannot hold this")                 \
	X(BSM_E_ABI, "a plug-in does not fit this program")            \
	X(BSM_E_CANCELLED, "interrupted")

enum bsm_status {
#define X(code, text) code,
	BSM_STATUS_LIST(X)
#undef X
};

enum bsm_level { BSM_NOTE, BSM_WARNING, BSM_PROGRESS /* replaces the line before */ };

struct bsm_ctx {
	enum bsm_status status;     /* of the last failure */
	char message[1024];         /* one line: file:line: key: found, expected, remedy */
	const volatile int *cancel; /* set from a signal handler; NULL: never cancelled */
	void (*note)(void *arg, enum bsm_level, const char *text); /* NULL: silent */
	void *note_arg;
	int threads;                /* for long work; 0: one a processor */
};

const char *bsm_status_text(enum bsm_status);
/* Records the failure and returns `status`. Keeps the first message of a chain: callers pass a status on unchanged. */
enum bsm_status bsm_fail(struct bsm_ctx *, enum bsm_status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void bsm_note(struct bsm_ctx *, enum bsm_level, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* BSM_E_CANCELLED, with its message, once the flag is up. */
enum bsm_status bsm_check_cancel(struct bsm_ctx *);

/* Return from the calling function with the status of a failed call. */
#define BSM_TRY(call)                               \
	do {                                        \
		enum bsm_status bsm_try_ = (call);  \
		if (bsm_try_ != BSM_OK)             \
			return bsm_try_;            \
	} while (0)
#endif
