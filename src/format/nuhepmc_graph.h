/* An event of a HepMC3 file between its lines and the record: inside the reader only. */
#ifndef BSM_FORMAT_NUHEPMC_GRAPH_H
#define BSM_FORMAT_NUHEPMC_GRAPH_H
#include "format/reader.h"

enum { BSM_NO_VERTEX = -1, BSM_IMPLICIT = 1000 }; /* from: BSM_IMPLICIT + index of the mother, until all is read */

struct bsm_nuhepmc_graph { /* vertex -k of the file is slot k - 1 */
	struct bsm_reader *r;
	struct bsm_event *e;
	double energy, length, time; /* file's number times this = record's */
	int has_units, has_weight, has_graph;
	int np, nv; /* as the E line says */
	int nread;  /* particles */
	uint8_t particle_seen[BSM_EVENT_PARTICLES];
	uint8_t vertex_seen[BSM_EVENT_VERTICES], placed[BSM_EVENT_VERTICES], has_process[BSM_EVENT_VERTICES];
	int32_t process_id[BSM_EVENT_VERTICES];
	int32_t signal_id;
	int has_signal;
	struct bsm_p4 event_x, lab;
	int nlab; /* entries of lab_pos: 0, 3 or 4 */
	int16_t from[BSM_EVENT_PARTICLES];
	int32_t remnant_of[BSM_EVENT_PARTICLES];
	double overweight;
};

/* All lines are read: makes the record of them. */
enum bsm_status bsm_nuhepmc_finish(struct bsm_ctx *, struct bsm_nuhepmc_graph *);
#endif
