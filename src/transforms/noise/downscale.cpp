// downscale: shrinks the image and enlarges it to its size again, so that detail is lost as it is in a small
// or far picture. Shrinking is the exact area average, whatever the scale; enlarging interpolates.
//
//   nearest   (x + 0.5) · small / large, rounded down
//   linear    between the two nearest centers, the edges replicated
//   cubic     Keys' kernel with a = -0.75 over four centers (OpenCV's INTER_CUBIC), the edges replicated
//
// Pixels move, so alpha moves with them, and colors are averaged premultiplied. Sums are doubles in a fixed
// order, the small image is stored in floats, and the result is rounded once.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct Downscale {
  Range scale{0.25, 0.6};
  std::string interpolation = "linear";
};

// What one output position takes along an axis.
struct Tap {
  int index = 0;
  double weight = 0;
};
using Axis = std::vector<std::vector<Tap>>;

// Output i covers the inputs from i · from / to up to (i + 1) · from / to.
Axis area_axis(int from, int to) {
  Axis axis(static_cast<std::size_t>(to));
  for (std::int64_t i = 0; i < to; ++i) {
    const std::int64_t begin = i * from, end = begin + from;  // in units of 1 / to inputs
    for (std::int64_t index = begin / to; index * to < end; ++index) {
      const std::int64_t covered = std::min((index + 1) * to, end) - std::max(index * to, begin);
      axis[static_cast<std::size_t>(i)].push_back(
          {static_cast<int>(index), static_cast<double>(covered) / from});
    }
  }
  return axis;
}

std::vector<double> kernel(const std::string& interpolation, double t) {
  if (interpolation == "linear") return {0, 1 - t, t, 0};
  constexpr double kA = -0.75;
  const auto near = [](double d) { return ((kA + 2) * d - (kA + 3)) * d * d + 1; };
  const auto far = [](double d) { return ((kA * d - 5 * kA) * d + 8 * kA) * d - 4 * kA; };
  return {far(1 + t), near(t), near(1 - t), far(2 - t)};
}

Axis enlarging_axis(int from, int to, const std::string& interpolation) {
  Axis axis(static_cast<std::size_t>(to));
  for (std::int64_t i = 0; i < to; ++i) {
    std::vector<Tap>& taps = axis[static_cast<std::size_t>(i)];
    if (interpolation == "nearest") {
      taps = {{static_cast<int>((2 * i + 1) * from / (2 * std::int64_t{to})), 1}};
      continue;
    }
    const double place = (static_cast<double>(i) + 0.5) * from / to - 0.5;
    const int first = static_cast<int>(std::floor(place));
    const std::vector<double> weights = kernel(interpolation, place - first);
    for (int k = 0; k < 4; ++k)
      if (const double weight = weights[static_cast<std::size_t>(k)]; weight != 0)
        taps.push_back({std::clamp(first - 1 + k, 0, from - 1), weight});
  }
  return axis;
}

// Colors times alpha in [0, 1], then alpha, all in code values.
template <typename Code>
void load_row(const Code* row, int width, int channels, std::vector<double>& out) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  const bool alpha = channels % 2 == 0;
  for (int x = 0; x < width; ++x, row += channels)
    for (int c = 0; c < channels; ++c)
      out[static_cast<std::size_t>(x) * channels + c] =
          alpha && c + 1 < channels ? row[c] * (row[channels - 1] / kWhite) : row[c];
}

template <typename Code>
void store_row(const std::vector<double>& values, int width, int channels, Code* row) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  const bool has_alpha = channels % 2 == 0;
  const double* in = values.data();
  for (int x = 0; x < width; ++x, row += channels, in += channels) {
    const double alpha = has_alpha ? in[channels - 1] : kWhite;
    const double straight = alpha > 0 ? kWhite / alpha : 0;
    for (int c = 0; c < channels; ++c) {
      const double value = has_alpha && c + 1 < channels ? in[c] * straight : in[c];
      row[c] = static_cast<Code>(cvRound(std::clamp(value, 0.0, kWhite)));
    }
  }
}

void gather(const Axis& axis, const std::vector<double>& in, int channels, std::vector<double>& out) {
  std::fill(out.begin(), out.end(), 0);
  double* to = out.data();
  for (const std::vector<Tap>& taps : axis) {
    for (const Tap& tap : taps)
      for (int c = 0; c < channels; ++c)
        to[c] += tap.weight * in[static_cast<std::size_t>(tap.index) * channels + c];
    to += channels;
  }
}

template <typename Code>
cv::Mat shrunk(const cv::Mat& image, cv::Size size) {
  const int channels = image.channels();
  const Axis columns = area_axis(image.cols, size.width), rows = area_axis(image.rows, size.height);
  cv::Mat small(size, CV_MAKETYPE(CV_32F, channels));
  std::vector<double> row(static_cast<std::size_t>(image.cols) * channels);
  std::vector<double> narrow(static_cast<std::size_t>(size.width) * channels), sum(narrow.size());
  for (int y = 0; y < size.height; ++y) {
    std::fill(sum.begin(), sum.end(), 0);
    for (const Tap& tap : rows[static_cast<std::size_t>(y)]) {
      load_row(image.ptr<Code>(tap.index), image.cols, channels, row);
      gather(columns, row, channels, narrow);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += tap.weight * narrow[i];
    }
    std::copy(sum.begin(), sum.end(), small.ptr<float>(y));
  }
  return small;
}

template <typename Code>
void enlarge(const cv::Mat& small, const std::string& interpolation, cv::Mat& image) {
  const int channels = image.channels();
  const Axis columns = enlarging_axis(small.cols, image.cols, interpolation);
  const Axis rows = enlarging_axis(small.rows, image.rows, interpolation);
  std::vector<double> sum(static_cast<std::size_t>(small.cols) * channels);
  std::vector<double> wide(static_cast<std::size_t>(image.cols) * channels);
  for (int y = 0; y < image.rows; ++y) {
    std::fill(sum.begin(), sum.end(), 0);
    for (const Tap& tap : rows[static_cast<std::size_t>(y)]) {
      const float* row = small.ptr<float>(tap.index);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += tap.weight * row[i];
    }
    gather(columns, sum, channels, wide);
    store_row(wide, image.cols, channels, image.ptr<Code>(y));
  }
}

Step draw(const Downscale& p, Draw& draw) {
  const double scale = draw.log_uniform("scale", p.scale);
  const cv::Size frame = draw.frame();
  const cv::Size size(std::max(1, cvRound(frame.width * scale)), std::max(1, cvRound(frame.height * scale)));
  draw.record("width", static_cast<double>(size.width));
  draw.record("height", static_cast<double>(size.height));
  if (size == frame) return ColorStep{};
  return PixelStep{[size, interpolation = p.interpolation](cv::Mat& image) {
    with_code_type(
        image, [&]<typename Code>(Code) { enlarge<Code>(shrunk<Code>(image, size), interpolation, image); });
  }};
}

}  // namespace

TransformSpec downscale() {
  using P = Downscale;
  return define<P>({.name = "downscale",
                    .summary = "Shrinks the image and enlarges it again, which loses detail.",
                    .use = "For small objects, digital zoom and thumbnails that were enlarged. Not for "
                           "images that are tiny already.",
                    .formula = "out = enlarged(area average of in at scale)",
                    .source = "Keys, IEEE Trans. ASSP 29(6), 1981 (cubic)",
                    .example = "{scale: [0.25, 0.6]}",
                    .parameters = {{.name = "scale",
                                    .member = &P::scale,
                                    .bounds = {0.01, 1},
                                    .unit = "fraction of the side",
                                    .neutral = 1,
                                    .log_uniform = true,
                                    .text = "size of the small image"},
                                   {.name = "interpolation",
                                    .member = &P::interpolation,
                                    .choices = {"nearest", "linear", "cubic"},
                                    .text = "how it is enlarged"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
