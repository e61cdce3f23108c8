#include "operation_scale.h"

#include <algorithm>
#include <cmath>

namespace tenfold::policies {
namespace {

// To nine decimals: 0.9·9/30 is a hair beside 0.27, and 50 pixels must not become 49.
double rounded(double value) { return std::round(value * 1e9) / 1e9; }

}  // namespace

double magnitude_at(const OperationScale& scale, int bin, int bins, cv::Size frame) {
  const bool is_right = scale.operation == Operation::kTranslateX;
  const bool is_translation = is_right || scale.operation == Operation::kTranslateY;
  const double unit = scale.unit == Unit::kPlain ? 1 : is_right ? frame.width : frame.height;
  const double way = (scale.last - scale.first) * bin / (bins - 1);
  if (scale.operation == Operation::kPosterize) return scale.first + std::nearbyint(way);
  const double magnitude = rounded((scale.first + way) * unit);
  return is_translation ? std::floor(magnitude) : magnitude;
}

std::vector<OperationScale> standard_scales(Operation without_magnitude) {
  constexpr double kShift = 150.0 / 331.0;
  return {{without_magnitude},
          {Operation::kShearX, 0, 0.3, true},
          {Operation::kShearY, 0, 0.3, true},
          {Operation::kTranslateX, 0, kShift, true, Unit::kFraction},
          {Operation::kTranslateY, 0, kShift, true, Unit::kFraction},
          {Operation::kRotate, 0, 30, true},
          {Operation::kBrightness, 0, 0.9, true},
          {Operation::kColor, 0, 0.9, true},
          {Operation::kContrast, 0, 0.9, true},
          {Operation::kSharpness, 0, 0.9, true},
          {Operation::kPosterize, 8, 4},
          {Operation::kSolarize, 255, 0},
          {Operation::kAutoContrast},
          {Operation::kEqualize}};
}

const OperationScale& scale_of(std::span<const OperationScale> scales, Operation operation) {
  return *std::ranges::find(scales, operation, &OperationScale::operation);
}

Step draw_operation(const OperationScale& scale, int bin, int bins, const std::string& suffix, Draw& draw) {
  const bool is_negated = draw.chance(0.5) && scale.is_signed;
  double magnitude = magnitude_at(scale, bin, bins, draw.frame());
  if (is_negated && magnitude != 0) magnitude = -magnitude;
  draw.record("operation" + suffix, std::string(name_of(scale.operation)));
  if (has_magnitude(scale.operation)) draw.record("magnitude" + suffix, magnitude);
  return step_of(scale.operation, magnitude, draw.frame());
}

std::size_t draw_index(std::size_t count, Draw& draw) {
  return static_cast<std::size_t>(draw.unit() * static_cast<double>(count));
}

}  // namespace tenfold::policies
