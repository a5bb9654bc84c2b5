/* Four-vectors, as inline functions: metric (+,-,-,-), GeV for momenta, m for positions.
 * In a position the component `e` is the time in SECONDS; never dot a position with a momentum. */
#ifndef BSM_P4_H
#define BSM_P4_H
#include <math.h>

struct bsm_p4 { double e, x, y, z; };

static inline struct bsm_p4 bsm_p4_add(struct bsm_p4 a, struct bsm_p4 b)
{
	return (struct bsm_p4){a.e + b.e, a.x + b.x, a.y + b.y, a.z + b.z};
}
static inline struct bsm_p4 bsm_p4_sub(struct bsm_p4 a, struct bsm_p4 b)
{
	return (struct bsm_p4){a.e - b.e, a.x - b.x, a.y - b.y, a.z - b.z};
}
static inline struct bsm_p4 bsm_p4_scale(double k, struct bsm_p4 a)
{
	return (struct bsm_p4){k * a.e, k * a.x, k * a.y, k * a.z};
}
static inline double bsm_p4_dot(struct bsm_p4 a, struct bsm_p4 b)
{
	return a.e * b.e - a.x * b.x - a.y * b.y - a.z * b.z;
}
/* Three-vector parts. */
static inline double bsm_p4_dot3(struct bsm_p4 a, struct bsm_p4 b)
{
	return a.x * b.x + a.y * b.y + a.z * b.z;
}
static inline double bsm_p4_mag(struct bsm_p4 a)
{
	return sqrt(bsm_p4_dot3(a, a));
}
static inline struct bsm_p4 bsm_p4_cross(struct bsm_p4 a, struct bsm_p4 b)
{
	return (struct bsm_p4){0, a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
/* An orthonormal pair across the unit vector n (Duff et al., JCGT 6 (2017) 1: no branch at the poles but the sign). */
static inline void bsm_p4_across(struct bsm_p4 n, struct bsm_p4 *a, struct bsm_p4 *b)
{
	double s = copysign(1, n.z), k = -1 / (s + n.z), q = n.x * n.y * k;
	*a = (struct bsm_p4){0, 1 + s * n.x * n.x * k, s * q, -s * n.x};
	*b = (struct bsm_p4){0, q, s + n.y * n.y * k, -n.y};
}
/* Rotation of the three-vector part; e stays. */
static inline struct bsm_p4 bsm_p4_turn(const double R[3][3], struct bsm_p4 v)
{
	return (struct bsm_p4){v.e, R[0][0] * v.x + R[0][1] * v.y + R[0][2] * v.z, R[1][0] * v.x + R[1][1] * v.y + R[1][2] * v.z,
			       R[2][0] * v.x + R[2][1] * v.y + R[2][2] * v.z};
}
/* Invariant mass squared of the sum of two momenta, by the numerically safe sum of components. */
static inline double bsm_p4_s(struct bsm_p4 a, struct bsm_p4 b)
{
	struct bsm_p4 t = bsm_p4_add(a, b);
	return bsm_p4_dot(t, t);
}
/* Momentum p, given in the rest frame of the momentum f of mass m, seen in the frame where f is given. */
static inline struct bsm_p4 bsm_p4_boost_from_rest(struct bsm_p4 p, struct bsm_p4 f, double m)
{
	double d = bsm_p4_dot3(p, f), k = (d / (f.e + m) + p.e) / m;
	return (struct bsm_p4){(f.e * p.e + d) / m, p.x + k * f.x, p.y + k * f.y, p.z + k * f.z};
}
/* Inverse of the above: p of this frame, seen in the rest frame of f. */
static inline struct bsm_p4 bsm_p4_boost_to_rest(struct bsm_p4 p, struct bsm_p4 f, double m)
{
	return bsm_p4_boost_from_rest(p, (struct bsm_p4){f.e, -f.x, -f.y, -f.z}, m);
}
#endif
