#include "tenfold/store/manifest.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "text_lines.h"

namespace tenfold {

std::string manifest_text(const ManifestLine& line) {
  nlohmann::ordered_json json;
  json["file_name"] = line.file_name;
  json["label"] = line.label;
  json["split"] = line.split;
  json["source"] = line.source;
  json["copy"] = line.copy;
  json["width"] = line.record.width;
  json["height"] = line.record.height;
  json["bytes"] = line.record.bytes;
  json["hash"] = hex(line.record.hash);
  json["source_bytes"] = line.source_bytes;
  json["source_hash"] = hex(line.source_hash);
  json["fingerprint"] = hex(line.record.fingerprint);
  std::string text = json.dump();
  text.pop_back();  // the closing brace: what comes next is JSON already
  text += ",\"transforms\":" + line.transforms;
  if (!line.partners.empty()) text += ",\"partners\":" + line.partners;
  if (!line.label_weights.empty()) text += ",\"label_weights\":" + line.label_weights;
  if (!line.record.refused.empty()) text += ",\"refused\":" + nlohmann::json(line.record.refused).dump();
  return text + "}\n";
}

namespace {

ManifestLine parsed(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  ManifestLine line;
  json.at("file_name").get_to(line.file_name);
  json.at("label").get_to(line.label);
  json.at("split").get_to(line.split);
  json.at("source").get_to(line.source);
  line.copy = number_field<std::uint64_t>(json, "copy");
  line.record.width = number_field<int>(json, "width");
  line.record.height = number_field<int>(json, "height");
  line.record.bytes = number_field<std::uint64_t>(json, "bytes");
  line.source_bytes = number_field<std::uint64_t>(json, "source_bytes");
  if (json.contains("refused")) json.at("refused").get_to(line.record.refused);
  line.record.hash = hash_field(json, "hash");
  line.source_hash = hash_field(json, "source_hash");
  line.record.fingerprint = hash_field(json, "fingerprint");
  return line;
}

}  // namespace

bool read_manifest(const std::filesystem::path& path, const std::function<void(ManifestLine&&)>& use) {
  std::uint64_t number = 0;
  return for_each_line(path, [&](const std::string& text) {
    ++number;
    try {
      use(parsed(text));
    } catch (const nlohmann::json::exception&) {
      throw Error(ErrorKind::kLocked,
                  "line " + std::to_string(number) + " of " + in_quotes(path.string()) +
                      " is damaged or not tenfold's, so it is not known which files are; choose "
                      "another output");
    }
    return true;
  });
}

}  // namespace tenfold
