// What erased pixels are filled with. Shared by the transforms that erase: their parameter structs derive
// from FillSettings and list fill_kind() and fill_color() among their parameters. Alpha is left alone.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "transforms/define.h"

namespace tenfold {

struct FillSettings {
  std::string fill = "mean";
  Color color{};
};

// `key` gives the noise: independent of what else is drawn from the same key.
struct Fill {
  FillSettings settings;
  std::uint64_t key = 0;
};

// One byte for each pixel; the pixels that are not 0 are erased.
using ErasingMask = cv::Mat_<std::uint8_t>;

// Constant: the color; grey images take its BT.601 luma. Mean: of the whole image, where a pixel counts as
// much as its alpha says. Noise: each pixel and channel its own value, all values equally likely.
void fill_erased(cv::Mat& image, const ErasingMask& mask, const Fill& fill);

template <typename P>
ParameterDefinition<P> fill_kind() {
  return {.name = "fill",
          .member = static_cast<std::string P::*>(&P::fill),
          .choices = {"constant", "mean", "noise"},
          .text = "constant: a color; mean: the image's mean color; noise: random values"};
}

template <typename P>
ParameterDefinition<P> fill_color() {
  return {
      .name = "color", .member = static_cast<Color P::*>(&P::color), .text = "the color of fill: constant"};
}

}  // namespace tenfold
