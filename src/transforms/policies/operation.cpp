#include "operation.h"

#include "transforms/color/equalize_channels.h"
#include "transforms/color/tone_lookup.h"
#include "transforms/geometry/affine_map.h"
#include "whole_image.h"

namespace tenfold::policies {
namespace {

constexpr double kHighest = 255;

// About the corner of the top left pixel, which lies at (-0.5, -0.5).
Step sheared(double x, double y, cv::Size frame) {
  GeometryStep step{frame, {}};
  step.map.matrix = cv::Matx33d(1, x, 0.5 * x, y, 1, 0.5 * y, 0, 0, 1);
  return step;
}

Step moved(double right, double down, cv::Size frame) {
  AffineMotion motion;
  motion.shift = {right, down};
  return affine_step(motion, frame);
}

Step rotated(double degrees, cv::Size frame) {
  AffineMotion motion;
  motion.inverse = inverse_rotation(degrees);
  return affine_step(motion, frame);
}

Step brightened(double f) { return ColorStep{{f, 0, 0, 0, 0, f, 0, 0, 0, 0, f, 0}}; }

Step colored(double f) {
  const double b = (1 - f) * kLumaBlue, g = (1 - f) * kLumaGreen, r = (1 - f) * kLumaRed;
  return ColorStep{{b + f, g, r, 0, b, g + f, r, 0, b, g, r + f, 0}};
}

}  // namespace

std::string_view name_of(Operation operation) {
  constexpr std::string_view kNames[] = {
      "identity", "shear_x",   "shear_y",   "translate_x", "translate_y",   "rotate",   "brightness", "color",
      "contrast", "sharpness", "posterize", "solarize",    "auto_contrast", "equalize", "invert"};
  return kNames[static_cast<std::size_t>(operation)];
}

bool has_magnitude(Operation operation) {
  return operation != Operation::kIdentity && operation != Operation::kAutoContrast &&
         operation != Operation::kEqualize && operation != Operation::kInvert;
}

Step step_of(Operation operation, double magnitude, cv::Size frame) {
  const double factor = 1 + magnitude;
  switch (operation) {
    case Operation::kIdentity:
      return ColorStep{};
    case Operation::kShearX:
      return sheared(magnitude, 0, frame);
    case Operation::kShearY:
      return sheared(0, magnitude, frame);
    case Operation::kTranslateX:
      return moved(magnitude, 0, frame);
    case Operation::kTranslateY:
      return moved(0, magnitude, frame);
    case Operation::kRotate:
      return rotated(magnitude, frame);
    case Operation::kBrightness:
      return brightened(factor);
    case Operation::kColor:
      return colored(factor);
    case Operation::kContrast:
      if (magnitude == 0) return ColorStep{};
      return PixelStep{[factor](cv::Mat& image) { spread_about_mean(image, factor); }};
    case Operation::kSharpness:
      if (magnitude == 0) return ColorStep{};
      return PixelStep{[factor](cv::Mat& image) { sharpen(image, factor); }};
    case Operation::kPosterize:
      return posterized(static_cast<int>(magnitude));
    case Operation::kSolarize:
      return solarized(magnitude);
    case Operation::kAutoContrast:
      return PixelStep{stretch_contrast};
    case Operation::kEqualize:
      return PixelStep{equalize_channels};
    case Operation::kInvert:
      return LookupStep{[](double value) { return kHighest - value; }};
  }
  return ColorStep{};
}

}  // namespace tenfold::policies
