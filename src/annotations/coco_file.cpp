#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "tenfold/annotations/coco.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 32;            // of lists in lists
constexpr std::uint64_t kMostValues = 1 << 18;  // of one entry, and of what belongs to none

// Leaves the parser, and this file.
struct Fault {
  std::string reason;
};

std::optional<std::int64_t> id_in(const Json& entry, const char* key) {
  const auto id = entry.find(key);
  if (id == entry.end() || !id->is_number_integer()) return std::nullopt;
  if (id->is_number_unsigned() && id->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return id->get<std::int64_t>();
}

// Builds values as the library does, but takes the entries of `images` and `annotations` out as soon as they
// are read, so that the whole file is never there as a tree of values.
class CocoParser {
 public:
  // Called by the library.
  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // there is none in a text
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_array() { return close(); }
  bool end_object() { return close(); }
  bool key(std::string& name) {
    if (open_.size() == 1) list_ = name;
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t byte, const std::string&, const Json::exception& error) {
    if (dynamic_cast<const Json::parse_error*>(&error) == nullptr)
      throw Fault{"has a number that is too large"};
    throw Fault{"is no sound JSON at byte " + std::to_string(byte)};
  }

  CocoFile finished() {
    if (!root_.is_object()) throw Fault{"is no object with images, annotations and categories"};
    for (const char* list : {"images", "annotations", "categories"})
      if (!root_.contains(list)) throw Fault{"has no " + std::string(list)};
    check_categories(root_.at("categories"));
    for (const auto& [image, first] : first_of_image_)
      if (!image_ids_.contains(image))
        throw Fault{"annotations[" + std::to_string(first) + "] is of the image " + std::to_string(image) +
                    ", which the file does not have"};
    for (auto& [image, objects] : objects_of_)
      file_.images[image_ids_.at(image)].objects = std::move(objects);
    for (const char* list : {"images", "annotations"}) root_.erase(list);
    file_.rest = root_.dump();
    return std::move(file_);
  }

 private:
  bool is_of_entries() const { return list_ == "images" || list_ == "annotations"; }

  bool add(Json value) {
    check(value);
    place_of_next() = std::move(value);
    return true;
  }

  bool open(Json value) {
    check(value);
    Json& place = place_of_next();
    place = std::move(value);
    open_.push_back(&place);
    return true;
  }

  bool close() {
    open_.pop_back();
    if (open_.size() != 2 || !is_of_entries()) return true;
    Json& entries = *open_.back();
    take(entries.back());
    entries.erase(entries.size() - 1);
    values_ = values_before_;
    return true;
  }

  Json& place_of_next() {
    if (open_.empty()) return root_;
    Json& parent = *open_.back();
    return parent.is_array() ? parent.emplace_back() : parent[key_];
  }

  void check(const Json& value) {
    if (open_.size() > kDeepest) throw Fault{"has lists nested too deeply"};
    if (++values_ > kMostValues) throw Fault{"has too many values in one entry"};
    if (!is_of_entries()) return;
    if (open_.size() == 1 && !value.is_array()) throw Fault{"has something that is no list as its " + list_};
    if (open_.size() == 2) values_before_ = values_ - 1;
    if (open_.size() == 2 && !value.is_object()) throw Fault{place() + " is no object"};
  }

  // Of the entry that is being read, by its list and its number there.
  std::string place() const {
    return list_ + "[" + std::to_string(list_ == "images" ? file_.images.size() : objects_) + "]";
  }

  void take(Json& entry) {
    if (list_ == "images")
      take_image(entry);
    else
      take_object(entry);
  }

  void take_image(Json& entry) {
    const auto id = id_in(entry, "id");
    if (!id) throw Fault{place() + " has no whole number as its id"};
    const auto name = entry.find("file_name");
    if (name == entry.end() || !name->is_string()) throw Fault{place() + " has no file_name"};
    if (!image_ids_.try_emplace(*id, file_.images.size()).second)
      throw Fault{place() + " has the id " + std::to_string(*id) + " of an image before it"};
    std::string file_name = name->get<std::string>();
    for (const char* key : {"id", "file_name", "coco_url"}) entry.erase(key);
    file_.images.push_back({std::move(file_name), entry.dump(), {}});
  }

  // Whose image may come later.
  void take_object(Json& entry) {
    const auto id = id_in(entry, "id"), image = id_in(entry, "image_id"),
               category = id_in(entry, "category_id");
    if (!id || !image || !category)
      throw Fault{place() + " has no whole number as its " +
                  (!id      ? "id"
                   : !image ? "image_id"
                            : "category_id")};
    first_with_category_.try_emplace(*category, objects_);
    const auto [of_image, is_new] = objects_of_.try_emplace(*image);
    if (is_new) first_of_image_.try_emplace(*image, objects_);
    entry.erase("image_id");
    of_image->second.push_back(entry.dump());
    ++objects_;
  }

  void check_categories(const Json& categories) {
    if (!categories.is_array()) throw Fault{"has something that is no list as its categories"};
    std::set<std::int64_t> ids;
    for (std::size_t i = 0; i < categories.size(); ++i) {
      const std::string place = "categories[" + std::to_string(i) + "]";
      const auto id = categories[i].is_object() ? id_in(categories[i], "id") : std::nullopt;
      if (!id) throw Fault{place + " has no whole number as its id"};
      if (!ids.insert(*id).second)
        throw Fault{place + " has the id " + std::to_string(*id) + " of a category before it"};
    }
    for (const auto& [category, first] : first_with_category_)
      if (!ids.contains(category))
        throw Fault{"annotations[" + std::to_string(first) + "] is of the category " +
                    std::to_string(category) + ", which the file does not have"};
  }

  CocoFile file_;
  Json root_;
  std::vector<Json*> open_;                       // objects and lists, each in the one before it
  std::string key_;                               // the last one
  std::string list_;                              // the last key of the outermost object
  std::uint64_t values_ = 0, values_before_ = 0;  // that are there; before the entry that is being read
  std::size_t objects_ = 0;                       // so far
  std::map<std::int64_t, std::size_t> image_ids_, first_with_category_, first_of_image_;
  std::map<std::int64_t, std::vector<std::string>> objects_of_;
};

}  // namespace

tl::expected<CocoFile, std::string> parse_coco(std::string_view text) try {
  CocoParser parser;
  Json::sax_parse(text, &parser);
  return parser.finished();
} catch (const Fault& fault) {
  return tl::unexpected(fault.reason);
}

}  // namespace tenfold
