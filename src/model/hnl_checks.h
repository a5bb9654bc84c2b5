static const struct bsm_check checks[] = {{0}};
