#include "tenfold/annotations/coco.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "annotations/placement.h"

namespace tenfold {
namespace {

using Json = nlohmann::json;

constexpr double kFarthest = 1e9;  // pixels
constexpr std::size_t kLeastPolygonNumbers = 6;

// As the format's own files have them.
double hundredths(double value) { return std::round(value * 100) / 100; }

struct Object {
  Json entry;                     // without its ids
  std::vector<Outline> outlines;  // upright: polygons, or the corners of its bbox
  bool has_polygons = false;
  bool has_run_lengths = false;
  bool has_keypoints = false;
};

// Numbers of pixels; nothing where something else is among them.
std::optional<std::vector<double>> numbers_in(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<double> numbers;
  for (const Json& one : json) {
    if (!one.is_number() || !(std::abs(one.get<double>()) <= kFarthest)) return std::nullopt;
    numbers.push_back(one.get<double>());
  }
  return numbers;
}

std::optional<Outline> polygon_in(const Json& json) {
  const auto numbers = numbers_in(json);
  if (!numbers || numbers->size() < kLeastPolygonNumbers || numbers->size() % 2 != 0) return std::nullopt;
  Outline outline;
  for (std::size_t i = 0; i < numbers->size(); i += 2)
    outline.emplace_back((*numbers)[i] - 0.5, (*numbers)[i + 1] - 0.5);
  return outline;
}

Outcome<Object> object_of(const std::string& text, cv::Size size) {
  Object object{Json::parse(text), {}};
  const std::string name = "annotation " + object.entry.at("id").dump();
  object.entry.erase("id");
  const auto numbers = numbers_in(object.entry.value("bbox", Json()));
  if (!numbers || numbers->size() != 4)
    return failure(Stage::kDecode, "the bbox of " + name + " is no list of four numbers");
  const cv::Rect2d box((*numbers)[0] - 0.5, (*numbers)[1] - 0.5, (*numbers)[2], (*numbers)[3]);
  if (box.width <= 0 || box.height <= 0)
    return failure(Stage::kDecode, "the bbox of " + name + " has no area");
  const Json segmentation = object.entry.value("segmentation", Json());
  object.has_run_lengths = segmentation.is_object();
  object.has_polygons = segmentation.is_array() && !segmentation.empty();
  object.has_keypoints = object.entry.contains("keypoints");
  if (!object.has_polygons) object.outlines = {corners_of(box)};
  if (!object.has_polygons && !object.has_run_lengths && !segmentation.is_null() && !segmentation.is_array())
    return failure(Stage::kDecode, "the segmentation of " + name + " is neither polygons nor run lengths");
  for (const Json& one : object.has_polygons ? segmentation : Json::array()) {
    const auto polygon = polygon_in(one);
    if (!polygon)
      return failure(Stage::kDecode, "the segmentation of " + name +
                                         " has a polygon that is no list of three corners or more");
    object.outlines.push_back(*polygon);
  }
  for (const Outline& outline : object.outlines)
    if (area_of(clipped(outline, size)) > 0) return object;
  return failure(Stage::kDecode, name + " lies beyond the image");
}

// As numbers of a file, where pixel centres lie at halves; corners that have become one are one.
Outline written(const Outline& outline, cv::Size frame) {
  Outline result;
  for (const cv::Point2d& point : outline) {
    const cv::Point2d corner(std::clamp<double>(hundredths(point.x + 0.5), 0, frame.width),
                             std::clamp<double>(hundredths(point.y + 0.5), 0, frame.height));
    if (result.empty() || corner != result.back()) result.push_back(corner);
  }
  while (result.size() > 1 && result.front() == result.back()) result.pop_back();
  return result;
}

Json polygon_json(const Outline& outline) {
  Json polygon = Json::array();
  for (const cv::Point2d& point : outline) {
    polygon.push_back(point.x);
    polygon.push_back(point.y);
  }
  return polygon;
}

// The object with these outlines, as numbers of a file; nothing where they are too small for such.
std::optional<Json> moved(const Object& object, const std::vector<Outline>& outlines, cv::Size frame) {
  Json polygons = Json::array();
  std::vector<cv::Point2d> corners;
  double area = 0;
  for (const Outline& outline : outlines) {
    const Outline polygon = written(outline, frame);
    if (area_of(polygon) == 0) continue;
    area += area_of(polygon);
    corners.insert(corners.end(), polygon.begin(), polygon.end());
    polygons.push_back(polygon_json(polygon));
  }
  if (corners.empty()) return std::nullopt;
  const cv::Rect2d box = bound_of(corners);
  Json entry = object.entry;
  entry["bbox"] = {box.x, box.y, hundredths(box.width), hundredths(box.height)};
  entry["area"] = hundredths(object.has_polygons ? area : box.area());
  if (object.has_polygons) entry["segmentation"] = std::move(polygons);
  if (object.has_run_lengths) entry["segmentation"] = Json::array();
  for (const char* key : {"keypoints", "num_keypoints"}) entry.erase(key);
  return entry;
}

std::optional<int> side_in(const Json& entry, const char* key) {
  const auto side = entry.find(key);
  if (side == entry.end() || !side->is_number()) return std::nullopt;
  const double pixels = side->get<double>();
  if (!(pixels >= 1 && pixels <= kMaxSide) || pixels != std::floor(pixels)) return std::nullopt;
  return static_cast<int>(pixels);
}

}  // namespace

struct CocoObjects::Content {
  Json image = Json::object();  // its entry without id and name
  std::vector<Object> objects{};
  bool upright = true;  // they are as the file has them
  double min_visibility = 0;
};

CocoObjects::CocoObjects() : CocoObjects(std::make_unique<const Content>()) {}
CocoObjects::CocoObjects(std::unique_ptr<const Content> content) : content_(std::move(content)) {}
CocoObjects::CocoObjects(CocoObjects&&) noexcept = default;
CocoObjects::~CocoObjects() = default;

Outcome<CocoObjects> CocoObjects::read(const CocoImage& of_file, const ImageHeader& image,
                                       double min_visibility) {
  auto content = std::make_unique<Content>();
  content->image = Json::parse(of_file.entry);
  content->min_visibility = min_visibility;
  const auto width = side_in(content->image, "width"), height = side_in(content->image, "height");
  if (!width || !height) return failure(Stage::kDecode, "does not say the size of its image");
  const cv::Size size(*width, *height);
  const Outcome<int> orientation = orientation_of(size, image);
  if (!orientation) return tl::unexpected(orientation.error());
  content->upright = *orientation == 1;
  for (const std::string& text : of_file.objects) {
    Outcome<Object> object = object_of(text, size);
    if (!object) return tl::unexpected(object.error());
    for (Outline& outline : object->outlines) outline = turned_upright(outline, size, *orientation);
    content->objects.push_back(std::move(*object));
  }
  return CocoObjects(std::move(content));
}

std::size_t CocoObjects::run_lengths() const {
  return static_cast<std::size_t>(std::ranges::count_if(content_->objects, &Object::has_run_lengths));
}

std::size_t CocoObjects::keypoints() const {
  return static_cast<std::size_t>(std::ranges::count_if(content_->objects, &Object::has_keypoints));
}

std::string CocoObjects::image_entry(const std::string& file_name, cv::Size size) const {
  Json entry = content_->image;
  entry["file_name"] = file_name;
  entry["width"] = size.width;
  entry["height"] = size.height;
  return entry.dump();
}

std::vector<std::string> CocoObjects::followed(const Movement& movement) const {
  const bool stays = movement.moves_nothing() && content_->upright;
  std::vector<std::string> entries;
  for (const Object& object : content_->objects) {
    if (stays) {
      entries.push_back(object.entry.dump());
      continue;
    }
    const auto left = surviving(object.outlines, movement, content_->min_visibility);
    if (const auto entry = moved(object, left, movement.output())) entries.push_back(entry->dump());
  }
  return entries;
}

bool CocoObjects::are_followed_by(const CocoImage& of_file, const Movement& movement) const {
  Json image = Json::parse(image_entry("", movement.output()));
  image.erase("file_name");
  if (image.dump() != of_file.entry) return false;
  std::vector<std::string> objects;
  for (const std::string& text : of_file.objects) {
    Json entry = Json::parse(text);
    entry.erase("id");
    objects.push_back(entry.dump());
  }
  return objects == followed(movement);
}

}  // namespace tenfold
