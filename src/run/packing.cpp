#include "packing.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <tuple>

#include "interruption.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/store/manifest.h"
#include "tenfold/store/shard.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// An image that is to be packed.
struct Item {
  std::uint32_t split = 0;  // in the order of the manifest
  Hash128 key;
  std::uint64_t line = 0;        // of the manifest, from 0
  std::uint64_t line_begin = 0;  // where it stands
  std::uint64_t line_bytes = 0, bytes = 0;
};

// The shard that an image went to, and where it stands there.
struct Place {
  std::uint32_t shard = 0;
  std::uint64_t offset = 0;
};

struct PlannedShard {
  std::string name;
  std::size_t begin = 0, end = 0;  // of its items
};

std::string shard_name(const std::string& split, std::size_t number) {
  char digits[24];
  std::snprintf(digits, sizeof digits, "-%06zu.tar", number);
  return split + digits;
}

std::string lower_extension(const std::string& file_name) {
  std::string extension = file_name.substr(file_name.rfind('.'));
  std::ranges::transform(extension, extension.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension;
}

// What a shard tells of an image.
std::string description_of(const ManifestLine& line) {
  std::string text = nlohmann::ordered_json{
      {"file_name", line.file_name},
      {"label", line.label},
      {"split", line.split},
      {"source", line.source},
      {"copy",
       line.copy}}.dump();
  text.pop_back();  // the closing brace: what comes next is JSON already
  text += ",\"transforms\":" + line.transforms;
  if (!line.label_weights.empty()) text += ",\"label_weights\":" + line.label_weights;
  return text + "}\n";
}

class Packer {
 public:
  explicit Packer(const MakeContext& context)
      : context_(context), loose_(context.tree.root() / output_files::kLoose) {}

  Companions pack(AtomicFile& manifest, const std::function<void(AtomicFile&)>& write_lines);

 private:
  void write_loose(const std::function<void(AtomicFile&)>& write_lines) const;
  void list_items();
  void plan_shards();
  void write_shards();
  Companion write_shard(std::uint32_t index);
  void add(const ManifestLine& line, ShardWriter& shard, Place& place) const;
  void write_manifest(AtomicFile& manifest) const;

  const MakeContext& context_;
  const fs::path loose_;
  std::vector<std::string> splits_;
  std::vector<Item> items_;
  std::vector<PlannedShard> shards_;
  std::vector<Place> places_;  // by line
  std::vector<Companion> written_;
};

Companions Packer::pack(AtomicFile& manifest, const std::function<void(AtomicFile&)>& write_lines) {
  context_.tree.begin_companions({});  // from here on old shards have the names that the lines tell
  write_loose(write_lines);
  list_items();
  plan_shards();
  write_shards();
  write_manifest(manifest);
  Companions companions;
  for (std::size_t i = 0; i < shards_.size(); ++i) companions[shards_[i].name] = written_[i];
  return companions;
}

void Packer::write_loose(const std::function<void(AtomicFile&)>& write_lines) const {
  AtomicFile file(loose_);
  write_lines(file);
  file.commit();
}

void Packer::list_items() {
  std::uint64_t begin = 0;
  for_each_manifest_line(loose_, [&](RawManifestLine&& raw) {
    const ManifestLine line = *parse_manifest_line(raw.text);
    if (splits_.empty() || splits_.back() != line.split) splits_.push_back(line.split);
    items_.push_back({.split = static_cast<std::uint32_t>(splits_.size() - 1),
                      .key = *parse_hash128(shard_key(line.file_name)),
                      .line = items_.size(),
                      .line_begin = begin,
                      .line_bytes = raw.text.size(),
                      .bytes = line.record.bytes});
    begin += raw.text.size() + 1;
  });
  places_.resize(items_.size());
  std::ranges::sort(items_, {}, [](const Item& item) { return std::tie(item.split, item.key); });
}

// A shard is closed before it would hold more than it may; one image is never too much.
void Packer::plan_shards() {
  const ShardSize& limit = context_.recipe.output.shard;
  std::uint64_t held = 0;
  for (std::size_t i = 0, number = 0; i < items_.size(); ++i) {
    const bool new_split = i == 0 || items_[i].split != items_[i - 1].split;
    const std::uint64_t size = limit.unit == ShardSize::Unit::kImages ? 1 : items_[i].bytes;
    if (new_split || held + size > limit.count) {
      number = new_split ? 0 : number + 1;
      shards_.push_back({.name = shard_name(splits_[items_[i].split], number), .begin = i});
      held = 0;
    }
    held += size;
    shards_.back().end = i + 1;
  }
}

void Packer::write_shards() {
  std::vector<std::string> names;
  for (const PlannedShard& shard : shards_) names.push_back(shard.name);
  context_.tree.begin_companions(names);
  written_.resize(shards_.size());
  tbb::parallel_for(std::uint32_t{0}, static_cast<std::uint32_t>(shards_.size()),
                    [&](std::uint32_t i) { written_[i] = write_shard(i); });
}

Companion Packer::write_shard(std::uint32_t index) {
  const fs::path path = context_.tree.root() / shards_[index].name;
  AtomicFile file(path);
  ShardWriter shard(file);
  for (std::size_t i = shards_[index].begin; i < shards_[index].end; ++i) {
    end_if_stopped(context_.options);
    const Item& item = items_[i];
    const Bytes text = read_part(loose_, item.line_begin, item.line_bytes).value();
    Place& place = places_[item.line] = {.shard = index};
    add(*parse_manifest_line({text.begin(), text.end()}), shard, place);
  }
  shard.end();
  file.commit();
  return {fs::file_size(path), *hash_of_file(path)};
}

void Packer::add(const ManifestLine& line, ShardWriter& shard, Place& place) const {
  const Outcome<Bytes> image = read_image(context_.tree.root(), line);
  if (!image || image->size() != line.record.bytes)
    throw Error(ErrorKind::kFailed, in_quotes((context_.tree.root() / line.file_name).string()) +
                                        " was removed or changed while the run was at work");
  const std::string key = shard_key(line.file_name);
  shard.add(key + ".cls", std::to_string(*context_.catalog.class_index(line.label)));
  place.offset = shard.add(key + lower_extension(line.file_name), *image);
  shard.add(key + ".json", description_of(line));
}

// Some lines at a time, for JSON takes longer than all else here.
void Packer::write_manifest(AtomicFile& manifest) const {
  constexpr std::size_t kAtOnce = 4096;
  std::vector<std::string> lines;
  std::size_t first = 0;
  const auto write = [&] {
    tbb::parallel_for(std::size_t{0}, lines.size(), [&](std::size_t i) {
      ManifestLine line = *parse_manifest_line(lines[i]);
      const Place& place = places_[first + i];
      line.shard = shards_[place.shard].name;
      line.record.offset = place.offset;
      lines[i] = manifest_text(line);
    });
    std::string text;
    for (const std::string& line : lines) text += line;
    manifest.write(text);
    first += lines.size();
    lines.clear();
  };
  for_each_manifest_line(loose_, [&](RawManifestLine&& raw) {
    lines.push_back(std::move(raw.text));
    if (lines.size() == kAtOnce) write();
  });
  write();
}

}  // namespace

Companions pack(const MakeContext& context, AtomicFile& manifest,
                const std::function<void(AtomicFile&)>& write_lines) {
  return Packer(context).pack(manifest, write_lines);
}

}  // namespace tenfold
