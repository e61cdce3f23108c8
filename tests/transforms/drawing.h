// Short ways to bind and draw one transform in a test.

#pragma once

#include <opencv2/core.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "tenfold/base/hash.h"
#include "tenfold/fusion/program.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

inline ParameterValue fixed(double value) { return Range{value, value}; }

inline BoundTransform bound(std::string_view name, const ParameterValues& values = {}) {
  const TransformSpec* spec = find_transform(name);
  if (spec == nullptr) throw std::logic_error("no transform of this name");
  auto result = spec->bind(values);
  if (!result) throw std::logic_error(result.error());
  return *result;
}

struct Drawn {
  std::vector<Step> steps;
  std::vector<DrawnValue> values;
  std::vector<DrawnPartner> partners;

  // The only one.
  const Step& step() const {
    if (steps.size() != 1) throw std::logic_error("not one step");
    return steps.front();
  }
};

inline Drawn drawn(const BoundTransform& transform, cv::Size frame, const DrawKey& key = {},
                   const DrawContext& context = DrawContext::none(), double growth = 1) {
  Draw draw(Rng(key, hash64("place")), frame, context, growth);
  std::vector<Step> steps = transform.draw(draw);
  return {std::move(steps), std::move(draw.values()), std::move(draw.partners())};
}

inline Drawn drawn(std::string_view name, const ParameterValues& values, cv::Size frame,
                   const DrawKey& key = {}) {
  return drawn(bound(name, values), frame, key);
}

inline double number(const Drawn& drawn, std::string_view name) {
  for (const DrawnValue& value : drawn.values)
    if (value.name == name) return std::get<double>(value.value);
  throw std::logic_error("no value of this name");
}

// Runs a transform that draws a pixel step.
inline cv::Mat changed(std::string_view name, const ParameterValues& values, const cv::Mat& image,
                       const DrawKey& key = {}) {
  cv::Mat result = image.clone();
  std::get<PixelStep>(drawn(name, values, image.size(), key).step()).apply(result);
  return result;
}

// Runs steps of any kind.
inline cv::Mat run(const std::vector<Step>& steps, const cv::Mat& image, const SamplingPolicy& policy = {}) {
  const WorkspacePointer workspace = make_workspace();
  return Program(steps, image.size(), policy).run(Source(image), *workspace).clone();
}

inline bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

// An image of any layout without structure or repetition.
inline cv::Mat textured(cv::Size size, int type) {
  cv::Mat image(size, type);
  const int channels = image.channels();
  for (int y = 0; y < size.height; ++y) {
    for (int i = 0; i < size.width * channels; ++i) {
      const std::uint32_t code = static_cast<std::uint32_t>(y * 7919 + i * 104729) * 2654435761u >> 8;
      if (image.depth() == CV_8U)
        image.ptr<std::uint8_t>(y)[i] = static_cast<std::uint8_t>(code);
      else
        image.ptr<std::uint16_t>(y)[i] = static_cast<std::uint16_t>(code);
    }
  }
  return image;
}

}  // namespace tenfold
