// The quality gate: turns down a copy that is no use for training, so that it is drawn again.
//
// It compares a copy with its source by three numbers of their luma, both scaled down to at most 128 pixels a
// side: standard deviation, mean of |Laplacian|, and a perceptual hash (pHash: signs of the low frequencies
// of the cosine transform). They are computed with OpenCV's floating-point code, so a copy at the very edge
// of a limit may be judged differently on another family of CPUs.
//
// Thread safety: immutable.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <string_view>

#include "tenfold/recipe/recipe.h"

namespace tenfold {

// What the gate looks at.
struct Appearance {
  double deviation = 0;  // code values of 0-255
  double detail = 0;     // mean of |Laplacian|, likewise
  std::uint64_t hash = 0;
};

Appearance appearance_of(const cv::Mat& pixels);

// Why the copy is turned down: "blank", "contrast", "detail" or "distance"; nothing where it is taken. Copies
// of a source that is blank itself are not judged.
std::optional<std::string_view> refusal(const Appearance& copy, const Appearance& source,
                                        const AcceptRecipe& accept);

}  // namespace tenfold
