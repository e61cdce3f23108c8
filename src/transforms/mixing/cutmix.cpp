// cutmix: a rectangle of the image is replaced by the same rectangle of a partner.
//
//   sides = sqrt(1 - λ) · image's sides,  λ ~ Beta(alpha, alpha) folded to [0.5, 1],  centre uniform
//
// (Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features", ICCV
// 2019.) What reaches beyond the frame is cut off, and the partner's share is counted from the pixels that
// are left, as torchvision does. Rounding to whole pixels may take it beyond a half, where the longer side
// gives way. The partner covers the frame. A class of one image has no partner, and nothing happens. Alpha is
// the image's own.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/mixing/partner_pixels.h"

namespace tenfold::builtin {
namespace {

struct Cutmix {
  Range alpha{1, 1};
  std::string partner = kSameClass;
};

// `side` pixels about `centre`, cut to [0, length).
cv::Range span_of(double centre, double side, int length) {
  const int begin = static_cast<int>(std::lround(std::clamp<double>(centre - side / 2, 0, length)));
  const int end = static_cast<int>(std::lround(std::clamp<double>(centre + side / 2, 0, length)));
  return {begin, end};
}

Step draw(const Cutmix& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double alpha = draw.uniform("alpha", p.alpha);
  const double side = std::sqrt(1 - own_share(draw.unit(), alpha));
  const cv::Range x = span_of(draw.unit() * frame.width, side * frame.width, frame.width);
  const cv::Range y = span_of(draw.unit() * frame.height, side * frame.height, frame.height);
  const cv::Rect box({x.start, y.start}, at_most_half({x.size(), y.size()}, frame, 1));
  if (box.empty()) return ColorStep{};
  const auto partner = draw.partner("with", p.partner == kAnyClass);
  if (!partner) return ColorStep{};
  draw.record("x", static_cast<double>(box.x));
  draw.record("y", static_cast<double>(box.y));
  draw.record("width", static_cast<double>(box.width));
  draw.record("height", static_cast<double>(box.height));
  draw.set_share(static_cast<double>(box.width) * box.height /
                 (static_cast<double>(frame.width) * frame.height));
  return PixelStep{[partner = *partner, box](cv::Mat& image) {
    cv::Mat part = image(box);
    blend(part, covering(partner, image.size(), image.type())(box), 1);
  }};
}

}  // namespace

TransformSpec cutmix() {
  using P = Cutmix;
  return define<P>(
      {.name = "cutmix",
       .summary = "Replaces a rectangle by the same rectangle of another image.",
       .use = "For objects that show themselves in parts; with partner: any the trainer must use "
              "label_weights. Not where one small spot decides.",
       .formula =
           "sides = sqrt(1 - λ) · the image's, λ ~ Beta(alpha, alpha) folded to [0.5, 1]; the share is "
           "counted in pixels",
       .source = "Yun et al., CutMix, ICCV 2019; torchvision",
       .example = "{alpha: 1, partner: class}",
       .always_random = true,
       .float_code = true,
       .annotations_follow = false,
       .parameters = {{.name = "alpha",
                       .member = &P::alpha,
                       .bounds = {0.01, 100},
                       .text = "of the Beta distribution: 1 makes every area up to a half equally likely"},
                      partner_parameter(&P::partner)},
       .draw = draw,
       .needs = [](const P&) { return Needs{.partners = true}; }});
}

}  // namespace tenfold::builtin
