#include "physics/partons.h"

#include <math.h>

/* The three shapes of the appendix: valence and dbar - ubar; ubar + dbar and gluon; strange. */
static double valence(double x, double n, double a, double b, double A, double B, double C, double D)
{
	return n * pow(x, a) * (1 + A * pow(x, b) + x * (B + C * sqrt(x))) * pow(1 - x, D);
}

static double light(double x, double s, double al, double be, double a, double b, const double p[6])
{
	double l = log(1 / x);
	return (pow(x, a) * (p[0] + x * (p[1] + x * p[2])) * pow(l, b) +
		pow(s, al) * exp(-p[4] + sqrt(p[5] * pow(s, be) * l))) *
	       pow(1 - x, p[3]);
}

static double strange(double x, double s, double al, double be, double a, const double p[5])
{
	double l = log(1 / x);
	return pow(s, al) * pow(l, -a) * (1 + p[0] * sqrt(x) + p[1] * x) * pow(1 - x, p[2]) *
	       exp(-p[3] + sqrt(p[4] * pow(s, be) * l));
}

struct bsm_partons bsm_partons_proton(double x, double q2)
{
	if (!(x > 0 && x < 1) || !(q2 > 0.23))
		return (struct bsm_partons){0};
	double lambda2 = 0.2322 * 0.2322, s = log(log(q2 / lambda2) / log(0.23 / lambda2)), r = sqrt(s), s2 = s * s;
	double uv = valence(x, 2.284 + 0.802 * s + 0.055 * s2, 0.590 - 0.024 * s, 0.131 + 0.063 * s,
			    -0.449 - 0.138 * s - 0.076 * s2, 0.213 + 2.669 * s - 0.728 * s2,
			    8.854 - 9.135 * s + 1.979 * s2, 2.997 + 0.753 * s - 0.076 * s2);
	double dv =
		valence(x, 0.371 + 0.083 * s + 0.039 * s2, 0.376, 0.486 + 0.062 * s, -0.509 + 3.310 * s - 1.248 * s2,
			12.41 - 10.52 * s + 2.267 * s2, 6.373 - 6.208 * s + 1.418 * s2, 3.691 + 0.799 * s - 0.071 * s2);
	double del = valence(x, 0.082 + 0.014 * s + 0.008 * s2, 0.409 - 0.005 * s, 0.799 + 0.071 * s,
			     -38.07 + 36.13 * s - 0.656 * s2, 90.31 - 74.15 * s + 7.645 * s2, 0,
			     7.486 + 1.217 * s - 0.159 * s2);
	double sea = light(x, s, 1.451, 0.271, 0.410 - 0.232 * s, 0.534 - 0.457 * s,
			   (double[]){0.890 - 0.140 * s, -0.981, 0.320 + 0.683 * s, 4.752 + 1.164 * s + 0.286 * s2,
				      4.119 + 1.713 * s, 0.682 + 2.978 * s});
	double gluon = light(
		x, s, 0.524, 1.088, 1.742 - 0.930 * s, -0.399 * s2,
		(double[]){7.486 - 2.185 * s, 16.69 - 22.74 * s + 5.779 * s2, -25.59 + 29.71 * s - 7.296 * s2,
			   2.792 + 2.215 * s + 0.422 * s2 - 0.104 * s2 * s, 0.807 + 2.005 * s, 3.841 + 0.316 * s});
	struct bsm_partons p = {.gluon = gluon, .ubar = (sea - del) / 2, .dbar = (sea + del) / 2};
	p.u = uv + p.ubar;
	p.d = dv + p.dbar;
	p.s = strange(x, s, 0.914, 0.577, 1.798 - 0.596 * s,
		      (double[]){-5.548 + 3.669 * r - 0.616 * s, 18.92 - 16.73 * r + 5.168 * s,
				 6.379 - 0.350 * s + 0.142 * s2, 3.981 + 1.638 * s, 6.402});
	return p;
}

struct bsm_partons bsm_partons_nucleon(double x, double q2, double protons)
{
	struct bsm_partons p = bsm_partons_proton(x, q2), n = p;
	double f = protons;
	n.u = f * p.u + (1 - f) * p.d;
	n.d = f * p.d + (1 - f) * p.u;
	n.ubar = f * p.ubar + (1 - f) * p.dbar;
	n.dbar = f * p.dbar + (1 - f) * p.ubar;
	return n;
}
