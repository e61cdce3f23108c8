// overlay: another image is laid on this one, smaller and perhaps translucent, at a random place.
//
// The partner keeps its aspect and fits into `scale` times the frame; its own alpha counts. Its share in the
// labels is that of its rectangle times the opacity, at most a half: in a frame of a few pixels, where that
// would be more, the longer side gives way. A class of one image has no partner, and nothing happens. Alpha
// is the image's own.

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/mixing/partner_pixels.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct Overlay {
  Range scale{0.2, 0.4};
  Range opacity{1, 1};
  std::string partner = kSameClass;
};

constexpr double kLargest = 0.7;  // squared it is just below a half

cv::Size fitted(cv::Size picture, cv::Size frame, double scale) {
  const double factor = scale * std::min(static_cast<double>(frame.width) / picture.width,
                                         static_cast<double>(frame.height) / picture.height);
  const auto side = [&](int length, int most) {
    return std::clamp(static_cast<int>(std::floor(length * factor)), 1, most);
  };
  return {side(picture.width, frame.width), side(picture.height, frame.height)};
}

// `picture` has an alpha channel behind as many colors as `image` has.
template <typename Code>
void lay_on(cv::Mat& image, const cv::Mat& picture, double opacity) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  const int channels = image.channels(), colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    Code* out = image.ptr<Code>(y);
    const Code* in = picture.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, out += channels, in += colors + 1) {
      const double weight = opacity * in[colors] / kWhite;
      for (int c = 0; c < colors; ++c)
        out[c] = static_cast<Code>(std::lround(out[c] + (static_cast<double>(in[c]) - out[c]) * weight));
    }
  }
}

Step draw(const Overlay& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double scale = draw.uniform("scale", p.scale);
  const double opacity = draw.uniform("opacity", p.opacity);
  const double across = draw.unit(), down = draw.unit();
  // Whatever the partner's aspect, one pixel of it fits, or none does.
  if (opacity == 0 || at_most_half({1, 1}, frame, opacity).empty()) return ColorStep{};
  const auto partner = draw.partner("with", p.partner == kAnyClass);
  if (!partner) return ColorStep{};
  const cv::Size size = at_most_half(fitted(partner->size, frame, scale), frame, opacity);
  const cv::Rect box(static_cast<int>(across * (frame.width - size.width + 1)),
                     static_cast<int>(down * (frame.height - size.height + 1)), size.width, size.height);
  draw.record("x", static_cast<double>(box.x));
  draw.record("y", static_cast<double>(box.y));
  draw.record("width", static_cast<double>(box.width));
  draw.record("height", static_cast<double>(box.height));
  draw.set_share(opacity * box.width * box.height / (static_cast<double>(frame.width) * frame.height));
  return PixelStep{[partner = *partner, box, opacity](cv::Mat& image) {
    const int with_alpha = CV_MAKETYPE(image.depth(), color_channels(image) + 1);
    const cv::Mat picture = covering(partner, box.size(), with_alpha);
    cv::Mat part = image(box);
    with_code_type(image, [&]<typename Code>(Code) { lay_on<Code>(part, picture, opacity); });
  }};
}

}  // namespace

TransformSpec overlay() {
  using P = Overlay;
  return define<P>(
      {.name = "overlay",
       .summary = "Lays another image on this one, smaller, at a random place.",
       .use = "To hide parts behind other things of the dataset, as in a crowded scene. Not where each image "
              "must show one thing alone.",
       .formula = "out = image + (partner - image) · opacity · partner's alpha, inside its rectangle",
       .example = "{scale: [0.2, 0.4], opacity: [0.7, 1], partner: class}",
       .always_random = true,
       .float_code = true,
       .annotations_follow = false,
       .parameters = {{.name = "scale",
                       .member = &P::scale,
                       .bounds = {0.01, kLargest},
                       .unit = "fraction of the side",
                       .weakest = 0.01,
                       .text = "size of the frame that the other image fits into"},
                      {.name = "opacity",
                       .member = &P::opacity,
                       .bounds = {0, 1},
                       .neutral = 0,
                       .text = "how much of what lies below it hides"},
                      partner_parameter(&P::partner)},
       .draw = draw,
       .needs = [](const P&) { return Needs{.partners = true}; }});
}

}  // namespace tenfold::builtin
