#include "annotations/placement.h"

namespace tenfold {
namespace {

std::string size_text(cv::Size size) {
  return std::to_string(size.width) + "×" + std::to_string(size.height);
}

}  // namespace

Outcome<int> orientation_of(cv::Size annotation, const ImageHeader& image) {
  if (annotation == image.upright()) return 1;
  if (annotation == image.stored) return image.orientation;
  return failure(Stage::kDecode, "is for " + size_text(annotation) + " pixels, and the image has " +
                                     size_text(image.upright()));
}

Outline turned_upright(const Outline& outline, cv::Size stored, int orientation) {
  const bool transposed = orientation >= 5;
  const int flip = (orientation - 1) % 4;  // 0: none, 1: mirrored, 2: both, 3: upside down
  const cv::Size upright = transposed ? cv::Size(stored.height, stored.width) : stored;
  Outline result = outline;
  for (cv::Point2d& point : result) {
    if (transposed) std::swap(point.x, point.y);
    if (flip == 1 || flip == 2) point.x = upright.width - 1 - point.x;
    if (flip >= 2) point.y = upright.height - 1 - point.y;
  }
  return result;
}

Outline corners_of(const cv::Rect2d& box) {
  const double right = box.x + box.width, bottom = box.y + box.height;
  return {{box.x, box.y}, {right, box.y}, {right, bottom}, {box.x, bottom}};
}

std::vector<Outline> surviving(std::span<const Outline> outlines, const Movement& movement,
                               double min_visibility) {
  // What lies wholly within the frame is never lost to rounding.
  constexpr double kRounding = 1e-9;
  std::vector<Outline> left;
  double whole = 0, visible = 0;
  for (const Outline& outline : outlines) {
    MovedOutline moved = movement.moved(outline);
    const double area = area_of(clipped(outline, movement.input()));
    whole += area;
    visible += area * moved.visible;
    if (!moved.outline.empty()) left.push_back(std::move(moved.outline));
  }
  if (visible + kRounding * whole < min_visibility * whole) left.clear();
  return left;
}

Outline surviving(const Outline& outline, const Movement& movement, double min_visibility) {
  std::vector<Outline> left = surviving(std::span(&outline, 1), movement, min_visibility);
  return left.empty() ? Outline{} : std::move(left.front());
}

}  // namespace tenfold
