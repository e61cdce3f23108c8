// Lines are arrays that begin with their kind:
//
//   ["dataset", {"classes": […], "has_splits": …, "split_folders": {"0": "train", …}, "ignored": […]}]
//   ["sample", path, class, own place, split, format, width, height, orientation, located, several images,
//    pixel type, bytes, time, misnamed, hash of the annotations or null]
//   ["bad", path in hex, stage, reason, folder, hash or null]
//
// The path of a bad file may hold any bytes, and JSON cannot.

#include "tenfold/dataset/catalog_text.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace tenfold {
namespace {

using Json = nlohmann::json;

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

std::string from_hex(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

Json json_of(const std::optional<Hash128>& hash) { return hash ? Json(hex(*hash)) : Json(); }

std::optional<Hash128> hash_in(const Json& json) {
  return json.is_null() ? std::nullopt : parse_hash128(json.get_ref<const std::string&>());
}

Json dataset_json(const Catalog& catalog, const IgnoredCounts& ignored) {
  Json folders = Json::object();
  for (const auto& [split, folder] : catalog.split_folders)
    folders[std::to_string(static_cast<int>(split))] = folder;
  return {"dataset",
          {{"classes", catalog.classes},
           {"has_splits", catalog.has_splits},
           {"split_folders", folders},
           {"ignored", {ignored.hidden, ignored.other, ignored.matched, ignored.links, ignored.unlabeled}}}};
}

Json sample_json(const Sample& sample) {
  const ImageHeader& header = sample.header;
  return Json::array({"sample", sample.path, sample.class_index, sample.own_place,
                      static_cast<int>(sample.split), static_cast<int>(header.format), header.stored.width,
                      header.stored.height, header.orientation, header.located, header.several_images,
                      header.pixel_type, sample.size_bytes, sample.modified_ns, sample.misnamed,
                      json_of(sample.annotations)});
}

Json bad_json(const BadFile& bad) {
  return Json::array({"bad", in_hex(bad.path), static_cast<int>(bad.failure.stage), bad.failure.reason,
                      bad.folder, json_of(bad.hash)});
}

Sample sample_of(const Json& json) {
  Sample sample;
  sample.path = json.at(1);
  sample.class_index = json.at(2);
  sample.own_place = json.at(3);
  sample.split = static_cast<Split>(json.at(4).get<int>());
  sample.header.format = static_cast<Format>(json.at(5).get<int>());
  sample.header.stored = {json.at(6).get<int>(), json.at(7).get<int>()};
  sample.header.orientation = json.at(8);
  sample.header.located = json.at(9);
  sample.header.several_images = json.at(10);
  sample.header.pixel_type = json.at(11);
  sample.size_bytes = json.at(12);
  sample.modified_ns = json.at(13);
  sample.misnamed = json.at(14);
  sample.annotations = hash_in(json.at(15));
  return sample;
}

BadFile bad_of(const Json& json) {
  return {.path = from_hex(json.at(1)),
          .failure = {static_cast<Stage>(json.at(2).get<int>()), json.at(3)},
          .folder = json.at(4),
          .hash = hash_in(json.at(5))};
}

void read_dataset(const Json& json, Catalog& catalog) {
  json.at("classes").get_to(catalog.classes);
  json.at("has_splits").get_to(catalog.has_splits);
  for (const Split split : kSplits) {
    const std::string key = std::to_string(static_cast<int>(split));
    if (json.at("split_folders").contains(key))
      catalog.split_folders[split] = json.at("split_folders").at(key);
  }
  const Json& ignored = json.at("ignored");
  catalog.ignored = {ignored.at(0), ignored.at(1), ignored.at(2), ignored.at(3), ignored.at(4)};
}

std::string line_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::vector<std::string> catalog_lines(const Catalog& catalog) {
  std::vector<std::string> lines = {line_of(dataset_json(catalog, catalog.ignored))};
  for (const Sample& sample : catalog.samples) lines.push_back(line_of(sample_json(sample)));
  for (const BadFile& bad : catalog.bad) lines.push_back(line_of(bad_json(bad)));
  return lines;
}

Catalog parse_catalog(std::span<const std::string> lines) {
  Catalog catalog;
  for (const std::string& line : lines) {
    const Json json = Json::parse(line);
    const std::string& kind = json.at(0).get_ref<const std::string&>();
    if (kind == "dataset") read_dataset(json.at(1), catalog);
    if (kind == "sample") catalog.samples.push_back(sample_of(json));
    if (kind == "bad") catalog.bad.push_back(bad_of(json));
  }
  return catalog;
}

Hash128 hash_of(const Catalog& catalog) {
  FieldHasher hasher;
  hasher.add(line_of(dataset_json(catalog, {})));
  for (Sample sample : catalog.samples) {
    sample.modified_ns = 0;
    hasher.add(line_of(sample_json(sample)));
  }
  for (const BadFile& bad : catalog.bad) hasher.add(line_of(bad_json(bad)));
  return hasher.finish();
}

}  // namespace tenfold
