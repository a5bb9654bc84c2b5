/* An entry of the gRooTracker tree in memory: inside writer and reader only. */
#ifndef BSM_FORMAT_GTRAC_ROW_H
#define BSM_FORMAT_GTRAC_ROW_H
#include "format/reader.h"
#include "format/root_tree.h"

struct bsm_gtrac_row {
	/* what GENIE's tracker trees have */
	char code[BSM_ROOT_TEXT];
	int32_t num;
	double xsec, dxsec;
	int32_t kps;
	double weight, probability, vertex[4];
	int32_t n;
	int32_t pdg[BSM_EVENT_PARTICLES], status[BSM_EVENT_PARTICLES], rescat[BSM_EVENT_PARTICLES];
	double x4[BSM_EVENT_PARTICLES][4], p4[BSM_EVENT_PARTICLES][4], pol[BSM_EVENT_PARTICLES][3];
	int32_t fd[BSM_EVENT_PARTICLES], ld[BSM_EVENT_PARTICLES], fm[BSM_EVENT_PARTICLES], lm[BSM_EVENT_PARTICLES];
	int32_t parent_pdg, parent_mode;
	double parent_dec_p4[4], parent_dec_x4[4], parent_pro_p4[4], parent_pro_x4[4];
	int32_t parent_nvertex;
	/* what else the record holds */
	uint64_t id;
	double overweight, flight, path, delay;
	int32_t production, nvertex;
	int32_t vertex_status[BSM_EVENT_VERTICES], vertex_process[BSM_EVENT_VERTICES];
	double vertex_x4[BSM_EVENT_VERTICES][4];
	int32_t own_status[BSM_EVENT_PARTICLES], from[BSM_EVENT_PARTICLES], to[BSM_EVENT_PARTICLES], origin[BSM_EVENT_PARTICLES];
	double mass[BSM_EVENT_PARTICLES], own_x4[BSM_EVENT_PARTICLES][4];
};

extern const struct bsm_root_schema bsm_gtrac_schema;

enum bsm_status bsm_gtrac_open(struct bsm_ctx *, struct bsm_reader *, struct bsm_run *);
enum bsm_status bsm_gtrac_next(struct bsm_ctx *, struct bsm_reader *, struct bsm_event *, int *more);
void bsm_gtrac_close(struct bsm_reader *);
#endif
