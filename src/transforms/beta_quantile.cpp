#include "transforms/beta_quantile.h"

#include <boost/math/special_functions/beta.hpp>

namespace tenfold {

double beta_quantile(double a, double b, double u) {
  if (a == 1 && b == 1) return static_cast<float>(u);
  return static_cast<float>(boost::math::ibeta_inv(a, b, u));
}

}  // namespace tenfold
