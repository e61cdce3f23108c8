// How pixels are looked up between and beyond the pixels of an image: one policy for a whole recipe.

#pragma once

#include <array>

namespace tenfold {

enum class Interpolation { kNearest, kLinear, kCubic, kLanczos };  // cubic: a = -0.75; lanczos: 8×8 taps

// The names are OpenCV's: reflect is cba|abc|cba, reflect_101 is cb|abc|ba.
enum class Border { kConstant, kReplicate, kReflect, kReflect101, kWrap };

struct SamplingPolicy {
  Interpolation interpolation = Interpolation::kLinear;
  Border border = Border::kReflect;
  std::array<double, 3> fill{0, 0, 0};  // b, g, r in code values of 0–255; grey images take the BT.601 luma

  bool operator==(const SamplingPolicy&) const = default;
};

}  // namespace tenfold
