#include "tenfold/steps/step.h"

#include <algorithm>
#include <cmath>

namespace tenfold {
namespace {

bool is_neutral(const GeometryStep& step, cv::Size input) {
  return step.output == input && !step.map.grid && step.map.matrix == cv::Matx33d::eye() &&
         step.map.then == cv::Matx33d::eye();
}

bool is_neutral(const ColorStep& step) { return step.matrix == cv::Matx34d::eye(); }

// A function may be neutral to the code value in 8 bit and not in 16, so both are asked, the small one first.
bool is_neutral(const LookupStep& step) {
  const auto keeps = [&step](double value, double tolerance) {
    return std::abs(step.function(value) - value) < tolerance;
  };
  for (int code = 0; code < 256; ++code)
    if (!keeps(code, 0.5)) return false;
  for (int code = 0; code < 65536; ++code)
    if (!keeps(code / 257.0, 0.5 / 257.0)) return false;
  return true;
}

}  // namespace

bool is_neutral(const Step& step, cv::Size input) {
  if (const auto* geometry = std::get_if<GeometryStep>(&step)) return is_neutral(*geometry, input);
  if (const auto* color = std::get_if<ColorStep>(&step)) return is_neutral(*color);
  if (const auto* lookup = std::get_if<LookupStep>(&step)) return is_neutral(*lookup);
  return false;
}

cv::Size output_size(const Step& step, cv::Size input) {
  const auto* geometry = std::get_if<GeometryStep>(&step);
  return geometry != nullptr ? geometry->output : input;
}

std::uint64_t largest_frame(std::span<const Step> steps, cv::Size input) {
  std::uint64_t largest = 0;
  for (const Step& step : steps) {
    input = output_size(step, input);
    largest =
        std::max(largest, static_cast<std::uint64_t>(input.width) * static_cast<std::uint64_t>(input.height));
  }
  return largest;
}

}  // namespace tenfold
