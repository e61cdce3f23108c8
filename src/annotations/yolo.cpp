#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "annotations/placement.h"
#include "tenfold/annotations/annotation.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kBoxNumbers = 4, kLeastPolygonNumbers = 6;
constexpr int kMaxClass = 1'000'000;

struct Object {
  int class_number = 0;
  Outline outline;  // upright
  bool is_polygon = false;
};

// Takes the next word off a line; empty at its end.
std::string_view next_word(std::string_view& line) {
  constexpr std::string_view kBlanks = " \t\r\v\f";
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

std::string shown(std::string_view word) {
  constexpr std::size_t kMostShown = 20;
  return in_quotes(utf8_prefix(word, kMostShown));
}

// A coordinate in parts of a side.
Outcome<double> part_of(std::string_view word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value))
    return failure(Stage::kDecode, shown(word) + " is no number");
  if (value < 0 || value > 1) return failure(Stage::kDecode, shown(word) + " is not between 0 and 1");
  return value;
}

Outcome<Object> object_of(std::string_view line, cv::Size size) {
  Object object;
  const std::string_view first = next_word(line);
  const auto [end, error] = std::from_chars(first.data(), first.data() + first.size(), object.class_number);
  if (error != std::errc() || end != first.data() + first.size() || object.class_number < 0 ||
      object.class_number > kMaxClass)
    return failure(Stage::kDecode, shown(first) + " is no number of a class");
  std::vector<double> parts;
  for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) {
    const Outcome<double> part = part_of(word);
    if (!part) return tl::unexpected(part.error());
    parts.push_back(*part);
  }
  object.is_polygon = parts.size() >= kLeastPolygonNumbers && parts.size() % 2 == 0;
  if (!object.is_polygon && parts.size() != kBoxNumbers)
    return failure(Stage::kDecode,
                   "behind the class there are neither four numbers nor the corners of a polygon");
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    parts[i] *= size.width;
    parts[i + 1] *= size.height;
  }
  if (object.is_polygon)
    for (std::size_t i = 0; i < parts.size(); i += 2)
      object.outline.emplace_back(parts[i] - 0.5, parts[i + 1] - 0.5);
  else
    object.outline =
        corners_of({parts[0] - parts[2] / 2 - 0.5, parts[1] - parts[3] / 2 - 0.5, parts[2], parts[3]});
  if (area_of(object.outline) == 0) return failure(Stage::kDecode, "the box has no area");
  return object;
}

void append(std::string& text, double pixels, int side) {
  char digits[32];
  std::snprintf(digits, sizeof digits, " %.6f", std::clamp(pixels / side, 0.0, 1.0));
  text += digits;
}

std::string line_of(const Object& object, const Outline& outline, cv::Size frame) {
  std::string line = std::to_string(object.class_number);
  if (object.is_polygon) {
    for (const cv::Point2d& point : outline) {
      append(line, point.x + 0.5, frame.width);
      append(line, point.y + 0.5, frame.height);
    }
    return line;
  }
  const cv::Rect2d box = bound_of(outline);
  append(line, box.x + box.width / 2 + 0.5, frame.width);
  append(line, box.y + box.height / 2 + 0.5, frame.height);
  append(line, box.width, frame.width);
  append(line, box.height, frame.height);
  return line;
}

class YoloLabels : public Annotation {
 public:
  YoloLabels(Bytes bytes, std::vector<Object> objects, double min_visibility)
      : bytes_(std::move(bytes)), objects_(std::move(objects)), min_visibility_(min_visibility) {}

  // An image of which no box is left is one without objects, which has an empty file.
  Outcome<Bytes> followed(const Movement& movement, const std::string&) const override {
    if (movement.moves_nothing()) return bytes_;
    const cv::Size frame = movement.output();
    std::string text;
    for (const Object& object : objects_) {
      const Outline outline = surviving(object.outline, movement, min_visibility_);
      if (outline.empty()) continue;
      const std::string line = line_of(object, outline, frame);
      if (object_of(line, frame)) text += line + '\n';  // not of what is too small for the digits
    }
    return Bytes(text.begin(), text.end());
  }

 private:
  const Bytes bytes_;
  const std::vector<Object> objects_;
  const double min_visibility_;
};

}  // namespace

Outcome<AnnotationPointer> read_yolo(Bytes bytes, const ImageHeader& image, double min_visibility) {
  std::vector<Object> objects;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  for (int number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    std::string_view blank = line;
    if (next_word(blank).empty()) continue;
    Outcome<Object> object = object_of(line, image.upright());
    if (!object)
      return failure(Stage::kDecode, "line " + std::to_string(number) + ": " + object.error().reason);
    objects.push_back(std::move(*object));
  }
  return std::make_unique<const YoloLabels>(std::move(bytes), std::move(objects), min_visibility);
}

}  // namespace tenfold
