#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>
#include <utility>

#include "annotations/placement.h"
#include "tenfold/annotations/annotation.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr int kDeepest = 16;  // of elements in elements
constexpr std::array kSides = {"xmin", "ymin", "xmax", "ymax"};
constexpr double kWhole = 0.999;  // what shows less than this of itself is truncated

class TooDeep : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node&) override { return depth() < kDeepest; }
};

std::optional<double> number_in(const pugi::xml_node& node) {
  std::string_view text = node.child_value();
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool sound = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  return sound ? std::optional(value) : std::nullopt;
}

// Pixels count from 1, and the last ones belong to the box: it covers [xmin - 1.5, xmax - 0.5].
Outcome<cv::Rect2d> box_in(const pugi::xml_node& object) {
  const pugi::xml_node box = object.child("bndbox");
  const std::string name = "the " + std::string(object.name()) + " " + in_quotes(object.child_value("name"));
  if (!box) return failure(Stage::kDecode, name + " has no bndbox");
  std::array<double, 4> sides{};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const std::optional<double> side = number_in(box.child(kSides[i]));
    if (!side) return failure(Stage::kDecode, name + " has no number for " + kSides[i]);
    sides[i] = *side;
  }
  const auto [left, top, right, bottom] = sides;
  if (right < left || bottom < top) return failure(Stage::kDecode, "the box of " + name + " has no area");
  return cv::Rect2d(left - 1.5, top - 1.5, right - left + 1, bottom - top + 1);
}

// All boxes: of objects, and of their parts.
Outcome<void> check_boxes(const pugi::xml_node& parent, const char* kind, cv::Size size) {
  for (const pugi::xml_node& object : parent.children(kind)) {
    const Outcome<cv::Rect2d> box = box_in(object);
    if (!box) return tl::unexpected(box.error());
    if (clipped(corners_of(*box), size).empty())
      return failure(Stage::kDecode, "the box of the " + std::string(kind) + " " +
                                         in_quotes(object.child_value("name")) + " lies beyond the image");
    if (const Outcome<void> parts = check_boxes(object, "part", size); !parts) return parts;
  }
  return {};
}

void set_text(pugi::xml_node parent, const char* name, const std::string& text) {
  pugi::xml_node node = parent.child(name);
  if (!node) node = parent.append_child(name);
  node.text().set(text.c_str());
}

void set_box(pugi::xml_node object, const Outline& outline, cv::Size frame) {
  const cv::Rect2d box = bound_of(outline);
  const auto first = [](double edge, int side) { return std::clamp<long>(std::lround(edge + 1.5), 1, side); };
  const auto last = [](double edge, long from, int side) {
    return std::clamp<long>(std::lround(edge + 0.5), from, side);
  };
  const long left = first(box.x, frame.width), top = first(box.y, frame.height);
  const std::array<long, 4> sides = {left, top, last(box.x + box.width, left, frame.width),
                                     last(box.y + box.height, top, frame.height)};
  for (std::size_t i = 0; i < sides.size(); ++i)
    set_text(object.child("bndbox"), kSides[i], std::to_string(sides[i]));
}

class VocAnnotation : public Annotation {
 public:
  VocAnnotation(std::unique_ptr<pugi::xml_document> document, cv::Size size, int orientation,
                double min_visibility)
      : document_(std::move(document)),
        size_(size),
        orientation_(orientation),
        min_visibility_(min_visibility) {}

  Outcome<Bytes> followed(const Movement& movement, const std::string& image_name) const override {
    pugi::xml_document document;
    document.reset(*document_);
    pugi::xml_node root = document.child("annotation");
    set_text(root, "filename", image_name.substr(image_name.rfind('/') + 1));
    root.remove_child("path");  // of a machine where the image is no longer
    pugi::xml_node size = root.child("size");
    set_text(size, "width", std::to_string(movement.output().width));
    set_text(size, "height", std::to_string(movement.output().height));
    move_boxes(root, "object", movement);
    std::ostringstream text;
    document.save(text, "  ", pugi::format_indent, pugi::encoding_utf8);
    const std::string bytes = std::move(text).str();
    return Bytes(bytes.begin(), bytes.end());
  }

 private:
  void move_boxes(pugi::xml_node parent, const char* kind, const Movement& movement) const {
    for (pugi::xml_node object = parent.child(kind), next; object; object = next) {
      next = object.next_sibling(kind);
      const Outline upright = turned_upright(corners_of(*box_in(object)), size_, orientation_);
      const MovedOutline moved = movement.moved(upright);
      const Outline left = surviving(upright, movement, min_visibility_);
      if (left.empty()) {
        parent.remove_child(object);
        continue;
      }
      set_box(object, left, movement.output());
      if (moved.visible < kWhole && object.child("truncated")) set_text(object, "truncated", "1");
      move_boxes(object, "part", movement);
    }
  }

  const std::unique_ptr<const pugi::xml_document> document_;
  const cv::Size size_;  // that the boxes are for
  const int orientation_;
  const double min_visibility_;
};

}  // namespace

Outcome<AnnotationPointer> read_voc(Bytes bytes, const ImageHeader& image, double min_visibility) {
  auto document = std::make_unique<pugi::xml_document>();
  // Entities of its own and document types are neither read nor expanded.
  const pugi::xml_parse_result result = document->load_buffer(bytes.data(), bytes.size());
  if (!result)
    return failure(Stage::kDecode, "is no sound XML at byte " + std::to_string(result.offset) + " (" +
                                       result.description() + ")");
  TooDeep too_deep;
  if (!document->traverse(too_deep)) return failure(Stage::kDecode, "has elements nested too deeply");
  const pugi::xml_node root = document->child("annotation");
  if (!root) return failure(Stage::kDecode, "has no annotation element");
  const std::optional<double> width = number_in(root.child("size").child("width"));
  const std::optional<double> height = number_in(root.child("size").child("height"));
  constexpr double kLargest = kMaxSide;
  if (!width || !height || *width < 1 || *height < 1 || *width > kLargest || *height > kLargest)
    return failure(Stage::kDecode, "does not say the size of its image");
  const cv::Size size(static_cast<int>(*width), static_cast<int>(*height));
  const Outcome<int> orientation = orientation_of(size, image);
  if (!orientation) return tl::unexpected(orientation.error());
  if (const Outcome<void> checked = check_boxes(root, "object", size); !checked)
    return tl::unexpected(checked.error());
  return std::make_unique<const VocAnnotation>(std::move(document), size, *orientation, min_visibility);
}

}  // namespace tenfold
