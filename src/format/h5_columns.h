/* The three tables of an HDF5 event file: shared by its writer and its reader. */
#ifndef BSM_FORMAT_H5_COLUMNS_H
#define BSM_FORMAT_H5_COLUMNS_H
#include "core/hdf5_columns.h"

enum event_column {
	EV_ID, EV_WEIGHT, EV_OVERWEIGHT, EV_VERTICES, EV_PARTICLES, EV_PARENT, EV_PRODUCTION, EV_PARENT_E, EV_PARENT_PX,
	EV_PARENT_PY, EV_PARENT_PZ, EV_PARENT_T, EV_PARENT_X, EV_PARENT_Y, EV_PARENT_Z, EV_FLIGHT, EV_PATH, EV_PROBABILITY,
	EV_DELAY, EV_COLUMNS
};
enum vertex_column { VX_EVENT, VX_STATUS, VX_PROCESS, VX_T, VX_X, VX_Y, VX_Z, VX_COLUMNS };
enum particle_column {
	PA_EVENT, PA_PDG, PA_STATUS, PA_FROM, PA_TO, PA_M, PA_E, PA_PX, PA_PY, PA_PZ, PA_T, PA_X, PA_Y, PA_Z, PA_POLX, PA_POLY,
	PA_POLZ, PA_ORIGIN, PA_COLUMNS
};

extern const struct bsm_h5_column bsm_h5_event_columns[EV_COLUMNS], bsm_h5_vertex_columns[VX_COLUMNS],
	bsm_h5_particle_columns[PA_COLUMNS];
#define BSM_H5_HEADER "run" /* dataset: what holds for all events, as JSON */
#define BSM_H5_FORMAT "bsmnu-events"

enum bsm_status bsm_h5_events_open(struct bsm_ctx *, struct bsm_reader *, struct bsm_run *);
enum bsm_status bsm_h5_events_next(struct bsm_ctx *, struct bsm_reader *, struct bsm_event *, int *more);
void bsm_h5_events_close(struct bsm_reader *);
#endif
