// What the mixing transforms share: where partners come from, how they are fitted, and weights.

#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "transforms/define.h"

namespace tenfold {

// The parameter `partner`: "class" for partners of the image's own class, whose label nobody has to mix, or
// "any".
inline const std::string kSameClass = "class";
inline const std::string kAnyClass = "any";

template <typename P>
ParameterDefinition<P> partner_parameter(std::string P::*member) {
  return {.name = "partner",
          .member = member,
          .choices = {kSameClass, kAnyClass},
          .text =
              "where the other image comes from: the image's own class, or any; then the manifest's "
              "label_weights say how much of each class it shows"};
}

// The partner's pixels as an image of `size` and `type`: scaled to cover it, aspect kept, cut about the
// centre.
cv::Mat covering(const Partner& partner, cv::Size size, int type);

// The same for any pixels.
cv::Mat covering(const cv::Mat& pixels, cv::Size size);

// The u-quantile of Beta(alpha, alpha), folded to [0.5, 1]: how much of the result is the image's own, so
// that it keeps its label. Rounded to float.
double own_share(double u, double alpha);

// The size, its longer side shortened until `opacity` times its pixels are at most a half of the frame's, so
// that the image keeps its label. May be empty.
cv::Size at_most_half(cv::Size size, cv::Size frame, double opacity);

// Whether blend() with this share changes anything.
bool shows(double share);

// image = share · partner + (1 - share) · image, rounded half up, weights in 2^-16; alpha is left alone.
void blend(cv::Mat& image, const cv::Mat& partner, double share);

}  // namespace tenfold
