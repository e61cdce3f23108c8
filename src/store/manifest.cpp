#include "tenfold/store/manifest.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "moments_json.h"
#include "skimmed_line.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/json.h"
#include "tenfold/base/text.h"
#include "tenfold/store/shard.h"
#include "text_lines.h"

namespace tenfold {

namespace {

std::string annotations_json(const std::vector<AnnotationFile>& files) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const AnnotationFile& file : files)
    json.push_back({{"file_name", file.file_name},
                    {"bytes", file.bytes},
                    {"hash", hex(file.hash)},
                    {"fingerprint", hex(file.fingerprint)}});
  return json.dump();
}

}  // namespace

std::string manifest_text(const ManifestLine& line) {
  nlohmann::ordered_json json;
  json["file_name"] = line.file_name;
  json["label"] = line.label;
  json["split"] = line.split;
  json["source"] = line.source;
  json["copy"] = line.copy;
  json["width"] = line.record.width;
  json["height"] = line.record.height;
  add_moments(line.record.moments, json);
  json["bytes"] = line.record.bytes;
  json["hash"] = hex(line.record.hash);
  json["source_bytes"] = line.source_bytes;
  json["source_hash"] = hex(line.source_hash);
  json["fingerprint"] = hex(line.record.fingerprint);
  if (!line.shard.empty()) {
    json["shard"] = line.shard;
    json["offset"] = line.record.offset;
  }
  std::string text = json.dump();
  text.pop_back();  // the closing brace: what comes next is JSON already
  text += ",\"transforms\":" + line.transforms;
  if (!line.partners.empty()) text += ",\"partners\":" + line.partners;
  if (!line.label_weights.empty()) text += ",\"label_weights\":" + line.label_weights;
  if (!line.record.refused.empty()) text += ",\"refused\":" + nlohmann::json(line.record.refused).dump();
  if (!line.annotations.empty()) text += ",\"annotations\":" + annotations_json(line.annotations);
  return text + "}\n";
}

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;  // no recipe draws as much for one image
constexpr std::size_t kBlockBytes = std::size_t{1} << 18;
constexpr int kMaxDepth = 16;  // of lists in lists

// The JSON of a field that not every line has.
std::string optional_field(const Json& json, const char* key) {
  return json.contains(key) ? json.at(key).dump() : std::string();
}

std::vector<AnnotationFile> annotations_in(const Json& json) {
  std::vector<AnnotationFile> files;
  if (!json.contains("annotations")) return files;
  for (const Json& file : json.at("annotations").get_ref<const Json::array_t&>())
    files.push_back({checked_name(file.at("file_name")), number_field<std::uint64_t>(file, "bytes"),
                     hash_field(file, "hash"), hash_field(file, "fingerprint")});
  return files;
}

ManifestLine parsed(const std::string& text) {
  const Json json = parse_json<Json>(text, kMaxDepth);
  ManifestLine line;
  line.file_name = checked_name(json.at("file_name"));
  json.at("label").get_to(line.label);
  json.at("split").get_to(line.split);
  line.source = checked_name(json.at("source"));
  line.copy = number_field<std::uint64_t>(json, "copy");
  line.record.width = number_field<int>(json, "width");
  line.record.height = number_field<int>(json, "height");
  line.record.moments = moments_field(json);
  line.record.bytes = number_field<std::uint64_t>(json, "bytes");
  line.source_bytes = number_field<std::uint64_t>(json, "source_bytes");
  if (json.contains("refused")) json.at("refused").get_to(line.record.refused);
  line.record.hash = hash_field(json, "hash");
  line.source_hash = hash_field(json, "source_hash");
  line.record.fingerprint = hash_field(json, "fingerprint");
  if (json.contains("shard")) {
    line.shard = checked_name(json.at("shard"));
    line.record.offset = number_field<std::uint64_t>(json, "offset");
  }
  line.transforms = json.at("transforms").dump();
  line.partners = optional_field(json, "partners");
  partners_of(line);  // throws where they are no partners
  line.label_weights = optional_field(json, "label_weights");
  line.annotations = annotations_in(json);
  return line;
}

// Cuts a text that comes in pieces into lines. A line without end takes no more memory than the longest one.
class LineCutter {
 public:
  explicit LineCutter(const std::function<void(RawManifestLine&&)>& use) : use_(use) {}

  void add(std::string_view piece) {
    for (std::size_t end; (end = piece.find('\n')) != piece.npos; piece.remove_prefix(end + 1)) {
      keep(piece.substr(0, end));
      hand_over();
    }
    keep(piece);
  }

  void end() {
    if (length_ == 0) return;
    text_.clear();
    hand_over();
  }

 private:
  void keep(std::string_view part) {
    length_ += part.size();
    if (length_ <= kMaxLineBytes) text_ += part;
  }

  void hand_over() {
    if (length_ > kMaxLineBytes) text_.clear();
    ++number_;
    use_({number_, std::exchange(text_, {})});
    length_ = 0;
  }

  const std::function<void(RawManifestLine&&)>& use_;
  std::string text_;
  std::uint64_t number_ = 0;
  std::size_t length_ = 0;
};

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

Outcome<Bytes> read_image(const std::filesystem::path& root, const ManifestLine& line) {
  if (line.shard.empty()) return read_file(root / line.file_name);
  return read_part(root / line.shard, line.record.offset, line.record.bytes);
}

bool for_each_manifest_line(const std::filesystem::path& path,
                            const std::function<void(RawManifestLine&&)>& use) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return false;
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file) throw Error(ErrorKind::kFailed, in_quotes(path.string()) + " " + file.error().reason);
  LineCutter cutter(use);
  Bytes block(kBlockBytes);
  for (std::uint64_t offset = 0;;) {
    const std::size_t count = file->read_at(offset, block);
    cutter.add({reinterpret_cast<const char*>(block.data()), count});
    offset += count;
    if (count < block.size()) break;
  }
  cutter.end();
  return true;
}

namespace {

ManifestLine sound_line(const RawManifestLine& raw, const std::filesystem::path& path) {
  std::optional<ManifestLine> line = parse_manifest_line(raw.text);
  if (line) return std::move(*line);
  throw Error(ErrorKind::kLocked, "line " + std::to_string(raw.number) + " of " + in_quotes(path.string()) +
                                      " is damaged or not tenfold's, so it is not known which files are; "
                                      "choose another output");
}

}  // namespace

bool read_manifest(const std::filesystem::path& path, const std::function<void(ManifestLine&&)>& use) {
  return for_each_manifest_line(path, [&](RawManifestLine&& raw) { use(sound_line(raw, path)); });
}

bool read_records(const std::filesystem::path& path, bool as_written,
                  const std::function<void(RecordedOutput&&)>& use) {
  return for_each_manifest_line(path, [&](RawManifestLine&& raw) {
    if (std::optional<RecordedOutput> output = as_written ? skimmed(raw.text) : std::nullopt)
      return use(std::move(*output));
    ManifestLine line = sound_line(raw, path);
    use({std::move(line.file_name), std::move(line.record), line.source_hash, std::move(line.shard)});
    for (AnnotationFile& file : line.annotations)
      use({std::move(file.file_name),
           {.bytes = file.bytes, .hash = file.hash, .fingerprint = file.fingerprint},
           line.source_hash});
  });
}

}  // namespace tenfold
