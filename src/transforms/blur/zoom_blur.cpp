// zoom_blur: the mean of the picture in magnifications from 1 to `factor` about its centre, as a lens that
// zooms while its shutter is open. There are as many magnifications as make the corners move by at most a
// pixel from one to the next, but no more than 256.
//
// Looked up bilinearly to 1/256 of a pixel, summed in whole numbers; with alpha: blur/premultiplied.h.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/magnification.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct ZoomBlur {
  Range factor{1.02, 1.1};
};

constexpr int kMostLayers = 256;  // 65,535 · 256 for each fits into 32 bits

int layers_for(cv::Size size, double factor) {
  const double corner = std::hypot(size.width - 1, size.height - 1) / 2;
  const double way = corner * (1 - 1 / factor);
  return std::clamp(static_cast<int>(std::ceil(way)) + 1, 2, kMostLayers);
}

// Adds the magnified picture, times 256.
template <typename Code>
void add_layer(const cv::Mat& in, double factor, cv::Mat_<std::int32_t>& sums) {
  const std::vector<AxisLookup> columns = magnified_axis(in.cols, factor);
  const std::vector<AxisLookup> rows = magnified_axis(in.rows, factor);
  const int channels = in.channels();
  for (int y = 0; y < in.rows; ++y) {
    const AxisLookup& down = rows[static_cast<std::size_t>(y)];
    const Code* upper = in.ptr<Code>(down.first);
    const Code* lower = in.ptr<Code>(down.second);
    auto* sum = reinterpret_cast<std::uint32_t*>(sums.ptr(y));
    for (const AxisLookup& across : columns) {
      const int left = across.first * channels, right = across.second * channels;
      for (int c = 0; c < channels; ++c) {
        const std::uint32_t above =
            (256 - across.weight) * upper[left + c] + across.weight * upper[right + c];
        const std::uint32_t below =
            (256 - across.weight) * lower[left + c] + across.weight * lower[right + c];
        *sum++ += ((256 - down.weight) * above + down.weight * below + 128) >> 8;
      }
    }
  }
}

void zoom_filter(const cv::Mat& in, cv::Mat& out, double factor) {
  const int layers = layers_for(in.size(), factor);
  cv::Mat_<std::int32_t> sums(in.rows, in.cols * in.channels(), 0);
  out.create(in.size(), in.type());
  with_code_type(in, [&]<typename Code>(Code) {
    for (int i = 0; i < layers; ++i) add_layer<Code>(in, 1 + (factor - 1) * i / (layers - 1), sums);
    const auto divisor = 256 * static_cast<std::uint64_t>(layers);
    for (int y = 0; y < in.rows; ++y) {
      const auto* sum = reinterpret_cast<const std::uint32_t*>(sums.ptr(y));
      Code* row = out.ptr<Code>(y);
      for (int i = 0; i < sums.cols; ++i) row[i] = static_cast<Code>((sum[i] + divisor / 2) / divisor);
    }
  });
}

Step draw(const ZoomBlur& p, Draw& draw) {
  const double factor = draw.uniform("factor", p.factor);
  if (factor == 1) return ColorStep{};
  return PixelStep{[factor](cv::Mat& image) {
    filter_in_place(image, [factor](const cv::Mat& in, cv::Mat& out) { zoom_filter(in, out, factor); });
  }};
}

}  // namespace

TransformSpec zoom_blur() {
  using P = ZoomBlur;
  return define<P>(
      {.name = "zoom_blur",
       .summary = "Smears the picture away from its centre, as a zooming lens does.",
       .use = "For cameras that move fast towards what they see, such as those of cars. Rare elsewhere.",
       .formula = "out = mean of the picture magnified by 1 … factor about its centre",
       .source = "Hendrycks and Dietterich, ICLR 2019 (the corruption of this name)",
       .example = "{factor: [1.02, 1.1]}",
       .parameters = {{.name = "factor",
                       .member = &P::factor,
                       .bounds = {1, 2},
                       .neutral = 1,
                       .text = "the largest magnification"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
