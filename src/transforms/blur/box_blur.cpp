// box_blur: each pixel becomes the mean of the square of 2 radius + 1 pixels about it, rounded to the nearest
// code value. Sums are whole numbers; edges are mirrored (reflect_101); with alpha: blur/premultiplied.h.

#include <opencv2/imgproc.hpp>

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct BoxBlur {
  Range radius{1, 3};
};

constexpr int kLargest = 50;  // 101² pixels of 65,535 fit into 32 bits

void box_filter(const cv::Mat& in, cv::Mat& out, int radius) {
  const int side = 2 * radius + 1;
  cv::Mat sums;
  cv::boxFilter(in, sums, CV_32S, {side, side}, {-1, -1}, false,
                cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
  out.create(in.size(), in.type());
  const int pixels = side * side;
  with_code_type(in, [&]<typename Code>(Code) {
    for (int y = 0; y < in.rows; ++y) {
      const int* sum = sums.ptr<int>(y);
      Code* row = out.ptr<Code>(y);
      for (int i = 0; i < in.cols * in.channels(); ++i)
        row[i] = static_cast<Code>((sum[i] + pixels / 2) / pixels);
    }
  });
}

Step draw(const BoxBlur& p, Draw& draw) {
  const int radius = draw.integer("radius", p.radius);
  if (radius == 0) return ColorStep{};
  return PixelStep{[radius](cv::Mat& image) {
    filter_in_place(image, [radius](const cv::Mat& in, cv::Mat& out) { box_filter(in, out, radius); });
  }};
}

}  // namespace

TransformSpec box_blur() {
  using P = BoxBlur;
  return define<P>(
      {.name = "box_blur",
       .summary = "Blurs with the mean over a square.",
       .use =
           "Where a policy asks for it, or for a cheap camera's smoothing; gaussian_blur looks more natural.",
       .formula = "out = mean of the (2 radius + 1)² pixels about each pixel",
       .example = "{radius: [1, 2]}",
       .parameters = {{.name = "radius",
                       .member = &P::radius,
                       .bounds = {0, kLargest},
                       .unit = "pixels",
                       .neutral = 0,
                       .whole = true,
                       .text = "half the square's side; 1 is 3×3 pixels"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
