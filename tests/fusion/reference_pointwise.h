// The reference's pointwise steps: what they may make of a sampled pixel.

#pragma once

#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <span>
#include <variant>
#include <vector>

#include "tenfold/steps/step.h"

namespace tenfold::test {

using Pixel = std::array<double, 4>;

struct Format {
  int depth, channels;
  bool alpha() const { return channels == 2 || channels == 4; }
  int colors() const { return channels < 3 ? 1 : 3; }
  double max() const { return depth == CV_8U ? 255 : 65535; }
  double unit() const { return depth == CV_8U ? 1 : 257; }
  double bound() const { return depth == CV_8U ? 1 : 16; }
};

inline double rounded(double value) { return std::floor(value + 0.5); }

// The values that a pixel may have, per channel; the last channel is alpha, if there is one.
struct Allowed {
  std::array<int, 4> low{}, high{};
};

// A color step, or the values of a lookup step at all codes.
using PointwiseStep = std::variant<ColorStep, std::vector<double>>;

std::vector<PointwiseStep> pointwise_steps(std::span<const Step> steps, const Format& format);

// What `steps` may make of a pixel that was sampled premultiplied, in code values of the format.
Allowed allowed_values(const std::vector<PointwiseStep>& steps, const Format& format, Pixel sampled);

}  // namespace tenfold::test
