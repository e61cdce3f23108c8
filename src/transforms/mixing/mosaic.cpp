// mosaic: the image and three partners side by side, two by two, around a drawn point.
//
// Each picture covers its cell: scaled with its aspect kept, cut about the centre. The largest cell is the
// image's own, so its label stays; of equal ones the first, from the top left. With `partner: any` a picture
// that would give another class more pixels than that is taken from the image's own class instead.
// (Bochkovskiy, Wang, Liao, "YOLOv4", 2020, where it comes from, pastes crops of equal scale for detection.)
// A class of one image has no partners, and nothing happens; with fewer than three others some come twice.
// Images of one pixel a side are left alone. Alpha moves with its picture.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/mixing/partner_pixels.h"

namespace tenfold::builtin {
namespace {

struct Mosaic {
  Range centre{0.3, 0.7};
  std::string partner = kSameClass;
};

constexpr std::size_t kPictures = 4;

int split_of(double fraction, int length) {
  return std::clamp(static_cast<int>(std::lround(fraction * length)), 1, length - 1);
}

std::array<cv::Rect, kPictures> cells_about(cv::Point split, cv::Size frame) {
  const int right = frame.width - split.x, below = frame.height - split.y;
  return {cv::Rect(0, 0, split.x, split.y), cv::Rect(split.x, 0, right, split.y),
          cv::Rect(0, split.y, split.x, below), cv::Rect(split.x, split.y, right, below)};
}

double area(const cv::Rect& cell) { return static_cast<double>(cell.width) * cell.height; }

Step draw(const Mosaic& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double x = draw.uniform("x", p.centre);
  const double y = draw.uniform("y", p.centre);
  if (frame.width < 2 || frame.height < 2) return ColorStep{};
  auto cells = cells_about({split_of(x, frame.width), split_of(y, frame.height)}, frame);
  const auto largest =
      std::ranges::max_element(cells, [](const auto& a, const auto& b) { return area(a) < area(b); });
  std::rotate(cells.begin(), largest, cells.end());  // the image's own comes first
  const double whole = static_cast<double>(frame.width) * frame.height;

  std::vector<Partner> partners;
  std::map<std::string, double> others;  // pixels of other classes
  for (std::size_t i = 1; i < kPictures; ++i) {
    const std::string name = "with_" + std::to_string(i);
    auto partner = draw.partner(name, p.partner == kAnyClass);
    // Two cells of one other class could be more than the image's own.
    if (partner && partner->other_class && (others[partner->class_name] += area(cells[i])) > area(cells[0])) {
      draw.partners().pop_back();
      partner = draw.partner(name, false);
    }
    if (!partner) {
      draw.partners().clear();
      return ColorStep{};
    }
    draw.set_share(area(cells[i]) / whole);
    partners.push_back(std::move(*partner));
  }
  return PixelStep{[partners, cells](cv::Mat& image) {
    const cv::Mat own = image.clone();
    covering(own, cells[0].size()).copyTo(image(cells[0]));
    for (std::size_t i = 1; i < kPictures; ++i)
      covering(partners[i - 1], cells[i].size(), image.type()).copyTo(image(cells[i]));
  }};
}

}  // namespace

TransformSpec mosaic() {
  using P = Mosaic;
  return define<P>(
      {.name = "mosaic",
       .summary = "Puts the image and three others side by side, its own cell being the largest.",
       .use = "To show more objects at smaller sizes in one picture. Not for images of 28 pixels, or where "
              "one object fills the frame and its size matters.",
       .formula = "cells meet at (x · width, y · height); each picture covers its cell",
       .source = "Bochkovskiy et al., YOLOv4, 2020",
       .example = "{centre: [0.3, 0.7], partner: class}",
       .always_random = true,
       .float_code = true,
       .annotations_follow = false,
       .parameters = {{.name = "centre",
                       .member = &P::centre,
                       .bounds = {0.05, 0.95},
                       .unit = "fraction of the side",
                       .text = "where the four cells meet, drawn for each axis"},
                      partner_parameter(&P::partner)},
       .draw = draw,
       .needs = [](const P&) { return Needs{.partners = true}; }});
}

}  // namespace tenfold::builtin
