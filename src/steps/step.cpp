#include "tenfold/steps/step.h"

#include <cmath>

namespace tenfold {
namespace {

bool is_neutral(const GeometryStep& step, cv::Size input) {
  return step.output == input && !step.map.grid && step.map.matrix == cv::Matx33d::eye();
}

bool is_neutral(const ColorStep& step) { return step.matrix == cv::Matx34d::eye(); }

bool is_neutral(const LookupStep& step) {
  for (int value = 0; value < 256; ++value)
    if (std::lround(step.function(value)) != value) return false;
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

}  // namespace tenfold
