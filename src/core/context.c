#include "core/context.h"

#include <stdarg.h>
#include <stdio.h>

const char *bsm_status_text(enum bsm_status status)
{
	switch (status) {
#define X(code, text) \
	case code:    \
		return text;
		BSM_STATUS_LIST(X)
#undef X
	}
	return "unknown status";
}

enum bsm_status bsm_fail(struct bsm_ctx *ctx, enum bsm_status status, const char *fmt, ...)
{
	if (ctx->status != BSM_OK)
		return status;
	va_list args;
	va_start(args, fmt);
	vsnprintf(ctx->message, sizeof ctx->message, fmt, args);
	va_end(args);
	ctx->status = status;
	return status;
}

void bsm_note(struct bsm_ctx *ctx, enum bsm_level level, const char *fmt, ...)
{
	if (!ctx->note)
		return;
	char text[1024];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	ctx->note(ctx->note_arg, level, text);
}

enum bsm_status bsm_check_cancel(struct bsm_ctx *ctx)
{
	if (ctx->cancel && *ctx->cancel)
		return bsm_fail(ctx, BSM_E_CANCELLED, "interrupted: nothing was written under a final name");
	return BSM_OK;
}
