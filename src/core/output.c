/* Output files that appear under their final name only when whole. */
#include "core/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct bsm_output {
	int fd;
	uint64_t offset;
	char *path;
	char *part; /* NULL: a device or pipe, written directly */
};

static void output_free(struct bsm_output *o)
{
	if (!o)
		return;
	if (o->fd >= 0)
		close(o->fd);
	free(o->part);
	free(o->path);
	free(o);
}

/* "dir/.name.part" of "dir/name". */
static char *part_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t dir = slash ? (size_t)(slash - path) + 1 : 0, n = strlen(path);
	char *part = malloc(n + sizeof "..part");
	if (!part)
		return NULL;
	memcpy(part, path, dir);
	part[dir] = '.';
	memcpy(part + dir + 1, path + dir, n - dir);
	memcpy(part + n + 1, ".part", sizeof ".part");
	return part;
}

static enum bsm_status reason(struct bsm_ctx *ctx, const char *path, const char *what, int error)
{
	char text[128];
	if (strerror_r(error, text, sizeof text))
		text[0] = '\0';
	return bsm_fail(ctx, BSM_E_IO, "%s: %s: %s", path, what, text);
}

static enum bsm_status output_make(struct bsm_ctx *ctx, const char *path, struct bsm_output **out)
{
	size_t n = strlen(path);
	struct stat st;
	*out = NULL;
	if (n == 0 || path[n - 1] == '/')
		return bsm_fail(ctx, BSM_E_IO, "\"%s\" is not the name of a file", path);
	int exists = stat(path, &st) == 0;
	if (exists && S_ISDIR(st.st_mode))
		return bsm_fail(ctx, BSM_E_IO, "%s: is a folder, not a file", path);
	struct bsm_output *o = calloc(1, sizeof *o);
	if (!o)
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", path);
	o->fd = -1;
	o->path = malloc(n + 1);
	if (o->path)
		memcpy(o->path, path, n + 1);
	int direct = exists && !S_ISREG(st.st_mode);
	if (!direct)
		o->part = part_name(path);
	if (!o->path || (!direct && !o->part)) {
		output_free(o);
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", path);
	}
	*out = o;
	return BSM_OK;
}

/* The file under the name may be another one by the time the lock is there: its last writer has renamed it. */
static int is_still_part(const struct bsm_output *o)
{
	struct stat mine, there;
	return fstat(o->fd, &mine) == 0 && lstat(o->part, &there) == 0 && mine.st_dev == there.st_dev &&
	       mine.st_ino == there.st_ino;
}

/* Opens and locks: two runs that write the same file would mix their events. */
static enum bsm_status output_attach(struct bsm_ctx *ctx, struct bsm_output *o, int flags)
{
	if (!o->part) {
		o->fd = open(o->path, O_WRONLY | O_CLOEXEC);
		return o->fd < 0 ? reason(ctx, o->path, "cannot be written", errno) : BSM_OK;
	}
	for (int tries = 0; tries < 10; tries++) {
		o->fd = open(o->part, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0666);
		if (o->fd < 0)
			return reason(ctx, o->path, flags ? "cannot be written" : "there is nothing to resume", errno);
		if (flock(o->fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
			break;
		if (is_still_part(o))
			return BSM_OK;
		close(o->fd);
		o->fd = -1;
	}
	return bsm_fail(ctx, BSM_E_IO, "%s: another run is writing this file", o->path);
}

static enum bsm_status resume_at(struct bsm_ctx *ctx, struct bsm_output *o, uint64_t offset)
{
	struct stat st;
	if (!o->part)
		return offset ? bsm_fail(ctx, BSM_E_IO, "%s: a device or pipe cannot be resumed", o->path) : BSM_OK;
	if (fstat(o->fd, &st))
		return reason(ctx, o->part, "cannot be examined", errno);
	if ((uint64_t)st.st_size < offset)
		return bsm_fail(ctx, BSM_E_IO, "%s: has %lld bytes, the checkpoint expects at least %llu", o->part,
				(long long)st.st_size, (unsigned long long)offset);
	if (ftruncate(o->fd, (off_t)offset) || lseek(o->fd, (off_t)offset, SEEK_SET) < 0)
		return reason(ctx, o->part, "cannot be cut to its resume point", errno);
	o->offset = offset;
	return BSM_OK;
}

static enum bsm_status output_start(struct bsm_ctx *ctx, const char *path, int flags, uint64_t offset,
				    struct bsm_output **out)
{
	struct bsm_output *o;
	BSM_TRY(output_make(ctx, path, &o));
	struct stat st;
	if (!flags && o->part && lstat(o->part, &st) && !stat(o->path, &st) && S_ISREG(st.st_mode))
		rename(o->path, o->part); /* if that fails, attaching says so */
	enum bsm_status status = output_attach(ctx, o, flags);
	if (status == BSM_OK)
		status = resume_at(ctx, o, offset);
	if (status != BSM_OK) {
		output_free(o);
		o = NULL;
	}
	*out = o;
	return status;
}

enum bsm_status bsm_output_open(struct bsm_ctx *ctx, const char *path, struct bsm_output **out)
{
	return output_start(ctx, path, O_CREAT, 0, out);
}

enum bsm_status bsm_output_resume(struct bsm_ctx *ctx, const char *path, uint64_t offset, struct bsm_output **out)
{
	return output_start(ctx, path, 0, offset, out);
}

enum bsm_status bsm_output_write(struct bsm_ctx *ctx, struct bsm_output *o, const void *bytes, size_t n)
{
	const char *from = bytes;
	while (n > 0) {
		ssize_t written = write(o->fd, from, n);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return reason(ctx, o->path, "cannot be written", written < 0 ? errno : ENOSPC);
		from += written;
		n -= (size_t)written;
		o->offset += (uint64_t)written;
	}
	return BSM_OK;
}

enum bsm_status bsm_output_rewrite(struct bsm_ctx *ctx, struct bsm_output *o, uint64_t offset, const void *bytes, size_t n)
{
	const char *from = bytes;
	if (!o->part)
		return bsm_fail(ctx, BSM_E_IO, "%s: a device or pipe cannot hold this format", o->path);
	while (n > 0) {
		ssize_t written = pwrite(o->fd, from, n, (off_t)offset);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return reason(ctx, o->path, "cannot be written", written < 0 ? errno : ENOSPC);
		from += written;
		n -= (size_t)written;
		offset += (uint64_t)written;
	}
	return BSM_OK;
}

enum bsm_status bsm_output_reserve(struct bsm_ctx *ctx, struct bsm_output *o, uint64_t n)
{
	int error = o->part ? posix_fallocate(o->fd, 0, (off_t)n) : 0;
	if (error == ENOSPC || error == EFBIG || error == EDQUOT || error == EIO)
		return reason(ctx, o->path, "cannot be written", error);
	return BSM_OK; /* a file system that does not know how to reserve: then a full disk comes later */
}

enum bsm_status bsm_output_cut(struct bsm_ctx *ctx, struct bsm_output *o, uint64_t n)
{
	return ftruncate(o->fd, (off_t)n) ? reason(ctx, o->path, "cannot be cut to its length", errno) : BSM_OK;
}

const char *bsm_output_part(const struct bsm_output *o)
{
	return o->part;
}

const char *bsm_output_name(const struct bsm_output *o)
{
	return o->path;
}

uint64_t bsm_output_offset(const struct bsm_output *o)
{
	return o->offset;
}

enum bsm_status bsm_output_sync(struct bsm_ctx *ctx, struct bsm_output *o)
{
	if (o->part && fsync(o->fd))
		return reason(ctx, o->path, "cannot be brought to disk", errno);
	return BSM_OK;
}

/* The new name itself must survive a power cut; file systems that cannot do this lose nothing else. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) + 1 : 1;
	char *dir = malloc(n + 1);
	if (!dir)
		return;
	memcpy(dir, slash ? path : ".", n);
	dir[n] = '\0';
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(dir);
}

enum bsm_status bsm_output_commit(struct bsm_ctx *ctx, struct bsm_output *o)
{
	enum bsm_status status = bsm_output_sync(ctx, o);
	if (status == BSM_OK && o->part) { /* renamed while locked */
		if (rename(o->part, o->path))
			status = reason(ctx, o->path, "cannot take its final name", errno);
		else
			sync_folder(o->path);
	}
	int fd = o->fd;
	o->fd = -1;
	if (close(fd) && status == BSM_OK && errno != EINTR)
		status = reason(ctx, o->path, "cannot be closed", errno);
	output_free(o);
	return status;
}

void bsm_output_keep(struct bsm_output *o)
{
	output_free(o);
}

void bsm_output_discard(struct bsm_output *o)
{
	if (o && o->part)
		unlink(o->part);
	output_free(o);
}

enum bsm_status bsm_output_text(struct bsm_ctx *ctx, const char *path, const struct bsm_text *text)
{
	struct bsm_output *o;
	if (text->failed)
		return bsm_fail(ctx, BSM_E_MEMORY, "%s: out of memory", path);
	BSM_TRY(bsm_output_open(ctx, path, &o));
	enum bsm_status status = bsm_output_write(ctx, o, text->data, text->len);
	if (status == BSM_OK)
		return bsm_output_commit(ctx, o);
	bsm_output_discard(o);
	return status;
}
