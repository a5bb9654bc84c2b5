/* Every constant of nature that the program uses, once, with its source. Masses, widths and lifetimes of particles are
 * in kinematics/particles.c. Units: GeV, m, s, cm2, unless the name says another. */
#ifndef BSM_CORE_CONSTANTS_H
#define BSM_CORE_CONSTANTS_H

/* ---- exact by definition of the SI (2019), or following from it ---- */
#define BSM_PI           3.14159265358979323846
#define BSM_C            299792458.0        /* speed of light [m/s] */
#define BSM_AVOGADRO     6.02214076e23      /* 1/mol */
#define BSM_HBARC        1.973269804e-16    /* GeV m (CODATA 2018/2022) */
#define BSM_HBARC2_CM2   0.3893793721e-27   /* (hbar c)^2 [GeV2 cm2] (CODATA 2018/2022) */
#define BSM_ELEMENTARY_CHARGE 1.602176634e-19 /* C; joules in an eV */

/* ---- couplings ---- */
#define BSM_GF           1.1663787e-5       /* Fermi constant [1/GeV2]: CODATA 2018 and 2022, muon lifetime */
#define BSM_ALPHA        7.2973525643e-3    /* fine structure constant at q2 = 0: CODATA 2022, 1/137.035999177 */
/* sin2 of the weak angle: its value depends on scheme and scale; the name says which this is. */
#define BSM_S2W_MZ       0.23121            /* MSbar at M_Z: RPP 2020; HNL widths */

/* ---- CKM matrix, moduli: RPP 2022 (Workman et al., PTEP 2022, 083C01), review 12, direct determinations ---- */
#define BSM_VUD 0.97373
#define BSM_VUS 0.2243
#define BSM_VCD 0.221
#define BSM_VCS 0.975
/* Wolfenstein's parameters, of the global fit: RPP 2024, review 12 (the 2025 update rounds to the
 * same) */
#define BSM_CKM_LAMBDA 0.22501
#define BSM_CKM_A      0.826
#define BSM_CKM_RHO    0.1591
#define BSM_CKM_ETA    0.3523
#define BSM_EPSILON_K       2.228e-3 /* |epsilon| of K_L: RPP 2024 (recalled) */
#define BSM_EPSILON_K_PHASE 43.5     /* degrees */

/* ---- decay constants of charged pseudoscalar mesons [GeV], <0|A|P> = i f p, f_pi = 130 MeV normalisation ---- */
#define BSM_F_PI 0.1302   /* FLAG 2021 (2111.09849), N_f = 2+1 */
#define BSM_F_K  0.1557   /* FLAG 2021, f_K+ N_f = 2+1 and 2+1+1 */
#define BSM_F_D  0.2120   /* FLAG 2021, N_f = 2+1+1 */
#define BSM_F_DS 0.2499   /* FLAG 2021, N_f = 2+1+1 */

/* ---- masses that are no particle's in the table ---- */
#define BSM_AMU          0.93149410372      /* atomic mass unit [GeV]: CODATA 2022 */
#define BSM_M_UP         0.00216            /* MSbar at 2 GeV: RPP 2022 */
#define BSM_M_DOWN       0.00467
#define BSM_M_STRANGE    0.0934
#define BSM_M_CHARM      1.27               /* MSbar at its own scale */
#define BSM_M_TOP        162.5              /* MSbar at its own scale: RPP 2024 (recalled) */
#define BSM_POLE_CHARM   1.67               /* pole masses: RPP 2022; c and b recalled */
#define BSM_POLE_BOTTOM  4.78
#define BSM_POLE_TOP     172.69
#endif
