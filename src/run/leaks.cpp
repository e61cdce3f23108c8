#include "leaks.h"

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr const char* kTrain = "train";

}  // namespace

std::string leak_clause(bool exact, const std::string& held_out, std::string_view split) {
  return (exact ? "equals " : "shows what ") + in_quotes(held_out) + (exact ? " of " : " shows, of ") +
         std::string(split);
}

Leaks::Leaks(const std::vector<Leak>& recorded) {
  for (const Leak& leak : recorded) {
    if (leak.dropped) continue;
    recorded_sources_.insert(leak.train);
    recorded_.push_back({FindingKind::kLeak, leak.train,
                         in_quotes(leak.train) + " lies in train and " +
                             leak_clause(leak.exact, leak.held_out, split_name(leak.split))});
  }
}

void Leaks::note(const ManifestLine& line) {
  if (line.split == kTrain) return;
  sources_.insert(line.source);
  contents_.insert(hex(line.source_hash));
}

std::optional<Finding> Leaks::find(const ManifestLine& line) const {
  if (line.split != kTrain || is_recorded(line)) return std::nullopt;
  const auto leak = [&](const std::string& source, const Hash128& hash,
                        const char* how) -> std::optional<Finding> {
    const bool known = sources_.contains(source);
    if (!known && !contents_.contains(hex(hash))) return std::nullopt;
    return Finding{FindingKind::kLeak, line.file_name,
                   in_quotes(line.file_name) + " lies in train and " + how + " " + in_quotes(source) +
                       ", which " + (known ? "lies" : "has the content of what lies") + " in val or test"};
  };
  if (auto finding = leak(line.source, line.source_hash, "is made of")) return finding;
  for (const ManifestPartner& partner : partners_of(line))
    if (auto finding = leak(partner.source, partner.hash, "has a part of")) return finding;
  return std::nullopt;
}

}  // namespace tenfold
