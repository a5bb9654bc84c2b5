/* One-dimensional quadrature: the only place that talks to GSL's integrators. */
#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <pthread.h>

#include "bsmnu/model.h"

enum { INTERVALS = 400, CQUAD_INTERVALS = 200 };

/* GSL's default handler aborts the program. Switched off once, before the first call. */
static void quiet(void)
{
	gsl_set_error_handler_off();
}

static double adaptive(gsl_function *g, double a, double b, double rtol, double *error)
{
	double value = NAN;
	gsl_integration_workspace *w = gsl_integration_workspace_alloc(INTERVALS);
	if (!w)
		return NAN;
	int status = gsl_integration_qag(g, a, b, 0, rtol, INTERVALS, GSL_INTEG_GAUSS31, w, &value, error);
	gsl_integration_workspace_free(w);
	if (status == GSL_SUCCESS || status == GSL_EROUND) /* rounding: no method gets more, and *error says how much */
		return value;
	/* A singularity: doubly adaptive Clenshaw-Curtis copes better, or says how badly. */
	double other = NAN, other_error = INFINITY;
	gsl_integration_cquad_workspace *c = gsl_integration_cquad_workspace_alloc(CQUAD_INTERVALS);
	if (!c)
		return value;
	status = gsl_integration_cquad(g, a, b, 0, rtol, c, &other, &other_error, NULL);
	gsl_integration_cquad_workspace_free(c);
	if (status == GSL_SUCCESS && other_error < *error) {
		*error = other_error;
		return other;
	}
	return value;
}

double bsm_integrate(double (*f)(double, void *), void *arg, double a, double b, double rtol, double *error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	gsl_function g = {f, arg};
	double dummy, absolute, spread;
	if (!error)
		error = &dummy;
	*error = 0;
	if (a == b)
		return 0;
	pthread_once(&once, quiet);
	/* Most integrands are smooth: one Gauss-Kronrod rule, no memory. The floor is what rounding leaves. */
	double value;
	gsl_integration_qk31(&g, a, b, &value, error, &absolute, &spread);
	double floor_ = 50 * DBL_EPSILON * absolute;
	if (rtol < 1e-13)
		rtol = 1e-13;
	if (*error <= rtol * fabs(value) || *error <= floor_)
		return value;
	return adaptive(&g, a, b, rtol, error);
}
