#include "tenfold/fusion/movement.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "fusion/border.h"
#include "fusion/coordinates.h"
#include "fusion/map.h"
#include "fusion/outline.h"

namespace tenfold {

// The geometry up to a fence.
struct Movement::Leg {
  cv::Size input, output;
  Map map{};
  std::optional<cv::Rect> picture{};  // of the output; what is around it was painted
  bool moves = false;
  bool inside = true;  // nothing beyond the input is looked at
};

namespace {

constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();

bool is_nowhere(const cv::Point2d& place) { return !std::isfinite(place.x) || !std::isfinite(place.y); }

double remainder_of(double value, double period) { return value - period * std::floor(value / period); }

// The coordinate in [-0.5, size - 0.5] that stands for this one.
double folded(double place, int size, Border border) {
  if (place >= -0.5 && place <= size - 0.5) return place;
  switch (border) {
    case Border::kConstant:
      return kNowhere;
    case Border::kReplicate:
      return std::clamp(place, 0.0, size - 1.0);
    case Border::kWrap:
      return remainder_of(place + 0.5, size) - 0.5;
    case Border::kReflect: {
      const double along = remainder_of(place + 0.5, 2.0 * size);
      return std::min(along, 2.0 * size - along) - 0.5;
    }
    case Border::kReflect101: {
      if (size == 1) return 0;
      const double along = remainder_of(place, 2.0 * (size - 1));
      return std::min(along, 2.0 * (size - 1) - along);
    }
  }
  return kNowhere;
}

// The pixel next to a coordinate, which is rounded as those of images are.
std::int64_t nearest(double place) {
  constexpr double kFar = 1e9;
  return static_cast<std::int64_t>(
      std::floor(std::floor(std::clamp(place, -kFar, kFar) * kCoordinateOne + 0.5) / kCoordinateOne + 0.5));
}

bool lies_in(const cv::Rect& picture, const cv::Point2d& place) {
  return place.x >= picture.x - 0.5 && place.x < picture.x + picture.width - 0.5 &&
         place.y >= picture.y - 0.5 && place.y < picture.y + picture.height - 0.5;
}

}  // namespace

Movement::Movement(std::span<const Step> steps, cv::Size input, Border border)
    : input_(input), output_(input), border_(border) {
  Leg open{input, input};
  const auto close = [&] {
    const auto lattice = as_lattice(open.map, open.output);
    open.moves = !(lattice && lattice->is_identity() && open.input == open.output);
    open.inside = stays_inside(open.map, open.input, open.output);
    if (open.moves || open.picture) legs_.push_back(open);
  };
  for (const Step& step : steps) {
    if (const auto* geometry = std::get_if<GeometryStep>(&step)) {
      open.map.append(geometry->map);
      open.output = geometry->output;
      continue;
    }
    const auto* pixel = std::get_if<PixelStep>(&step);
    if (pixel == nullptr && !std::holds_alternative<BlendStep>(step)) continue;
    if (pixel != nullptr) open.picture = pixel->picture;
    close();
    open = {open.output, open.output};
  }
  close();
  output_ = open.output;
}

Movement::Movement(Movement&&) noexcept = default;
Movement::~Movement() = default;

cv::Size Movement::input() const { return input_; }
cv::Size Movement::output() const { return output_; }
bool Movement::moves_nothing() const { return legs_.empty(); }

cv::Mat Movement::moved(const cv::Mat& values) const {
  CV_Assert(values.size() == input_);
  cv::Mat result(output_, values.type(), cv::Scalar::all(0));
  const std::size_t bytes = values.elemSize();
  std::vector<cv::Point2d> places(static_cast<std::size_t>(output_.width));
  for (int y = 0; y < output_.height; ++y) {
    for (int x = 0; x < output_.width; ++x) places[static_cast<std::size_t>(x)] = cv::Point2d(x, y);
    for (auto leg = legs_.rbegin(); leg != legs_.rend(); ++leg) {
      if (leg->picture)
        for (cv::Point2d& place : places)
          if (!lies_in(*leg->picture, place)) place = {kNowhere, kNowhere};
      leg->map.move(places);
      const Border border = leg->inside ? Border::kReplicate : border_;
      const bool is_last = leg + 1 == legs_.rend();
      for (cv::Point2d& place : places) {
        if (is_nowhere(place)) continue;
        if (!is_last) {
          place = {folded(place.x, leg->input.width, border), folded(place.y, leg->input.height, border)};
          continue;
        }
        const int column = border_index(nearest(place.x), leg->input.width, border);
        const int row = border_index(nearest(place.y), leg->input.height, border);
        place = column == kFillPixel || row == kFillPixel ? cv::Point2d(kNowhere, kNowhere)
                                                          : cv::Point2d(column, row);
      }
    }
    std::uint8_t* to = result.ptr(y);
    for (const cv::Point2d& place : places) {
      if (!is_nowhere(place))
        std::memcpy(to, values.ptr(static_cast<int>(place.y)) + static_cast<std::size_t>(place.x) * bytes,
                    bytes);
      to += bytes;
    }
  }
  return result;
}

MovedOutline Movement::moved(const Outline& outline) const {
  MovedOutline result{clipped(outline, input_), 1};
  const auto keep = [&](const Outline& part) {
    const double whole = area_of(result.outline), left = area_of(part);
    result.visible *= whole > 0 ? std::min(left / whole, 1.0) : 0;
    result.outline = part;
  };
  for (const Leg& leg : legs_) {
    if (leg.moves) result.outline = moved_forwards(result.outline, leg.map, leg.output);
    keep(clipped(result.outline, leg.output));
    if (leg.picture)
      keep(clipped(result.outline, cv::Rect2d(leg.picture->x - 0.5, leg.picture->y - 0.5, leg.picture->width,
                                              leg.picture->height)));
  }
  if (result.visible == 0 || area_of(result.outline) == 0) return {};
  return result;
}

}  // namespace tenfold
