#include "look_alikes.h"

#include <map>
#include <set>

#include "leaks.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

constexpr std::uint32_t kTrainSet = 0, kHeldOutSet = 1;

std::optional<Thumbnail> thumbnail_of_image(const std::filesystem::path& root, const ManifestLine& line) {
  const Outcome<Bytes> bytes = read_image(root, line);
  if (!bytes) return std::nullopt;
  const Outcome<ImageHeader> header = read_header(*bytes);
  if (!header) return std::nullopt;
  const Outcome<DecodedImage> image = decode(*bytes, *header);
  return image ? std::optional(thumbnail_of(image->pixels)) : std::nullopt;
}

}  // namespace

void LookAlikes::note(const ManifestLine& line, const std::optional<Look>& look) {
  const bool train = line.split == split_name(Split::kTrain);
  pictures_.push_back({.content = line.record.hash, .look = look, .set = train ? kTrainSet : kHeldOutSet});
  // What it takes to find the file again, and no more.
  lines_.push_back(
      {.file_name = line.file_name, .split = line.split, .record = line.record, .shard = line.shard});
}

std::vector<Finding> LookAlikes::find(const std::filesystem::path& root,
                                      const std::vector<Finding>& known) const {
  std::set<std::string> told;
  for (const Finding& finding : known)
    if (finding.kind == FindingKind::kLeak) told.insert(finding.file_name);
  const auto thumbnail = [&](std::uint32_t i) { return thumbnail_of_image(root, lines_[i]); };
  const Duplicates duplicates =
      find_duplicates(pictures_, WantedPairs::kAcrossSets, thumbnail, kSurelySameDetail);
  // Of pictures of equal bytes one stands in the pairs, and all of them leak.
  std::map<Hash128, DuplicatePair> leaked;  // by content; train first
  for (const DuplicatePair& pair : duplicates.pairs) {
    const bool first_is_train = pictures_[pair.first].set == kTrainSet;
    const std::uint32_t train = first_is_train ? pair.first : pair.second;
    const std::uint32_t held_out = first_is_train ? pair.second : pair.first;
    if (pictures_[train].set != pictures_[held_out].set)
      leaked.try_emplace(pictures_[train].content, DuplicatePair{train, held_out, pair.exact});
  }
  std::map<std::string, Finding> by_name;
  for (std::uint32_t i = 0; i < pictures_.size(); ++i) {
    const auto leak = leaked.find(pictures_[i].content);
    const std::string& name = lines_[i].file_name;
    if (pictures_[i].set != kTrainSet || leak == leaked.end() || told.contains(name)) continue;
    const auto& [train, held_out, exact, correlation] = leak->second;
    by_name.emplace(name,
                    Finding{FindingKind::kLeak, name,
                            in_quotes(name) + " lies in train and " +
                                leak_clause(exact, lines_[held_out].file_name, lines_[held_out].split)});
  }
  std::vector<Finding> findings;
  for (auto& [name, finding] : by_name) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace tenfold
