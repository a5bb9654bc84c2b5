/* Any numbers in the columns of an HDF5 event file. The file around them is made by the HDF5 library: what is tested is what this
 * program believes of it. */
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../event_file.h"
#include "format/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const column[] = {"events/id", "events/n_vertices", "events/n_particles", "events/parent_pdg",
				     "events/production_process", "vertices/event", "vertices/status", "vertices/process",
				     "particles/event", "particles/pdg", "particles/status", "particles/from_vertex", "particles/to_vertex",
				     "particles/origin", "events/weight", "particles/px"};
enum { COLUMNS = sizeof column / sizeof *column };

/* Column, row, kind, value: four bytes each. */
static void change(hid_t file, const uint8_t *b)
{
	static const long long odd[] = {0, -1, 1, 2, 3, 31, 32, 33, 95, 96, 97, 65536, 2147483647, -2147483647, 4294967296, -4294967296};
	hid_t set = H5Dopen2(file, column[b[0] % COLUMNS], H5P_DEFAULT);
	hsize_t n = 0, one = 1;
	hid_t there = H5Dget_space(set);
	H5Sget_simple_extent_dims(there, &n, NULL);
	if (b[2] == 255) {
		n = b[1] % 32;
		H5Dset_extent(set, &n);
	} else if (n > 0) {
		hsize_t row = b[1] % n;
		long long v = b[2] & 1 ? (signed char)b[3] : odd[b[3] % 16];
		hid_t here = H5Screate_simple(1, &one, NULL);
		H5Sselect_hyperslab(there, H5S_SELECT_SET, &row, NULL, &one, NULL);
		H5Dwrite(set, H5T_NATIVE_LLONG, here, there, H5P_DEFAULT, &v);
		H5Sclose(here);
	}
	H5Sclose(there);
	H5Dclose(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char path[64];
	struct bsm_ctx ctx = {0};
	struct bsm_run run = sample_run(1);
	struct bsm_reader *r;
	struct bsm_event e;
	int more = 1;
	snprintf(path, sizeof path, "/dev/shm/bsmnu-fuzz-%d.h5", (int)getpid());
	if (write_event_file(&ctx, path, &bsm_format_h5, &run, 6, sample_event) != BSM_OK)
		abort();
	hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
	for (size_t k = 0; k + 4 <= size && k < 400; k += 4)
		change(file, data + k);
	H5Fclose(file);
	if (bsm_reader_open(&ctx, path, NULL, &r, &run) == BSM_OK) {
		while (bsm_reader_next(&ctx, r, &e, &more) == BSM_OK && more)
			if (e.n < 0 || e.n > BSM_EVENT_PARTICLES || e.nvertex < 0 || e.nvertex > BSM_EVENT_VERTICES)
				abort();
		bsm_reader_close(r);
	}
	unlink(path);
	return 0;
}
