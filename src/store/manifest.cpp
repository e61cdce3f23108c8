#include "tenfold/store/manifest.h"

#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

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

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;  // no recipe draws as much for one image
constexpr int kMaxDepth = 16;                                 // of lists in lists

// Deep nesting would end in a stack overflow when it is written again.
bool refuse_deep(int depth, Json::parse_event_t, Json&) {
  if (depth > kMaxDepth) throw nlohmann::json::other_error::create(501, "nested too deeply", nullptr);
  return true;
}

// get<>() would take -1, 1.5 and 1e300 for whole numbers, too.
template <typename Number>
Number whole_field(const Json& json, const char* key) {
  const Json& value = json.at(key);
  if (!value.is_number_unsigned() || !std::in_range<Number>(value.get<std::uint64_t>()))
    throw nlohmann::json::other_error::create(501, "no whole number", nullptr);
  return value.get<Number>();
}

// The JSON of a field that not every line has.
std::string optional_field(const Json& json, const char* key) {
  return json.contains(key) ? json.at(key).dump() : std::string();
}

ManifestLine parsed(const std::string& text) {
  const Json json = Json::parse(text, refuse_deep);
  ManifestLine line;
  line.file_name = checked_name(json.at("file_name"));
  json.at("label").get_to(line.label);
  json.at("split").get_to(line.split);
  line.source = checked_name(json.at("source"));
  line.copy = whole_field<std::uint64_t>(json, "copy");
  line.record.width = whole_field<int>(json, "width");
  line.record.height = whole_field<int>(json, "height");
  line.record.bytes = whole_field<std::uint64_t>(json, "bytes");
  line.source_bytes = whole_field<std::uint64_t>(json, "source_bytes");
  if (json.contains("refused")) json.at("refused").get_to(line.record.refused);
  line.record.hash = hash_field(json, "hash");
  line.source_hash = hash_field(json, "source_hash");
  line.record.fingerprint = hash_field(json, "fingerprint");
  line.transforms = json.at("transforms").dump();
  line.partners = optional_field(json, "partners");
  partners_of(line);  // throws where they are no partners
  line.label_weights = optional_field(json, "label_weights");
  return line;
}

}  // namespace

std::vector<ManifestPartner> partners_of(const ManifestLine& line) {
  std::vector<ManifestPartner> partners;
  if (line.partners.empty()) return partners;
  const Json json = Json::parse(line.partners);
  for (const Json& partner : json.get_ref<const Json::array_t&>()) {
    const Hash128 hash = hash_field(partner, "hash");
    if (partner.contains("source")) partners.push_back({checked_name(partner.at("source")), hash});
  }
  return partners;
}

std::optional<ManifestLine> parse_manifest_line(const std::string& text) try {
  return parsed(text);
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

bool for_each_manifest_line(const std::filesystem::path& path,
                            const std::function<void(RawManifestLine&&)>& use) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    if (errno == ENOENT) return false;
    throw system_error("cannot open", path.string(), errno);
  }
  // By hand, for getline() would take up as much memory as a line without end has.
  constexpr int kEnd = std::ifstream::traits_type::eof();
  RawManifestLine line;
  std::size_t length = 0;
  for (int c = file.rdbuf()->sbumpc();; c = file.rdbuf()->sbumpc()) {
    if (c != '\n' && c != kEnd) {
      if (++length <= kMaxLineBytes) line.text += static_cast<char>(c);
      continue;
    }
    if (c == kEnd && length == 0) return true;
    if (c == kEnd || length > kMaxLineBytes) line.text.clear();
    ++line.number;
    use({line.number, std::move(line.text)});
    if (c == kEnd) return true;
    line.text.clear();
    length = 0;
  }
}

bool read_manifest(const std::filesystem::path& path, const std::function<void(ManifestLine&&)>& use) {
  return for_each_manifest_line(path, [&](RawManifestLine&& raw) {
    std::optional<ManifestLine> line = parse_manifest_line(raw.text);
    if (!line)
      throw Error(ErrorKind::kLocked,
                  "line " + std::to_string(raw.number) + " of " + in_quotes(path.string()) +
                      " is damaged or not tenfold's, so it is not known which files are; choose "
                      "another output");
    use(std::move(*line));
  });
}

}  // namespace tenfold
