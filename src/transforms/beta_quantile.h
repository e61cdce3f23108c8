// The inverse of the Beta distribution's cumulative distribution function, for drawn mixtures.

#pragma once

namespace tenfold {

// The x in [0, 1] below which a share u of Beta(a, b) lies, rounded to float: libm differs in the last bits
// between CPUs. REQUIRES a, b > 0 and 0 <= u <= 1.
double beta_quantile(double a, double b, double u);

}  // namespace tenfold
