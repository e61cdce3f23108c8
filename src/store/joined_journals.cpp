#include "joined_journals.h"

#include <unordered_map>
#include <utility>

#include "tenfold/store/run_shard_files.h"

namespace tenfold {
namespace {

// What several shards saw of the sources. A file that changed between them is not known.
class Sightings {
 public:
  void add(const JournalContent& journal) {
    for (const auto& [path, source] : seen_in(journal)) add(path, source);
  }

  // Of somebody who came later, and looked again.
  void replace(const JournalContent& journal) {
    for (const auto& [path, source] : seen_in(journal)) seen_.insert_or_assign(path, source);
  }

  SeenSources finish() {
    SeenSources certain;
    for (auto& [path, source] : seen_)
      if (source) certain.emplace(path, std::move(*source));
    return certain;
  }

 private:
  void add(const std::string& path, const GoodSource& source) {
    const auto [known, is_new] = seen_.try_emplace(path, source);
    if (is_new || !known->second) return;
    if (known->second->hash != source.hash)
      known->second.reset();
    else if (known->second->look.empty())
      known->second->look = source.look;
  }

  std::unordered_map<std::string, std::optional<GoodSource>> seen_;
};

void join(JournalContent&& next, JournalContent& all) {
  for (auto& [name, record] : next.made) {
    const auto [known, is_new] = all.made.try_emplace(name, record);
    if (is_new || known->second == record) continue;
    known->second = std::move(record);
    all.begun.insert(name);
  }
  all.begun.merge(next.begun);
  all.beside.merge(next.beside);
  for (auto& [path, source] : next.good) {
    all.bad.erase(path);
    all.good.insert_or_assign(path, std::move(source));
  }
  for (auto& [path, source] : next.bad) {
    all.good.erase(path);
    all.bad.insert_or_assign(path, std::move(source));
  }
  all.sound_bytes = next.sound_bytes;
  all.of_merge = next.of_merge;
}

}  // namespace

SeenSources seen_in(const JournalContent& journal) {
  SeenSources seen(journal.good.begin(), journal.good.end());
  for (const auto& [path, source] : journal.bad) seen.insert_or_assign(path, GoodSource{.hash = source.hash});
  return seen;
}

JoinedJournals join_journals(const std::filesystem::path& root) {
  JoinedJournals joined;
  Sightings sightings;
  for (const RunShard& shard : run_shards_with_journal(root)) {
    JournalContent journal = read_journal(root / journal_name(shard));
    joined.shards.push_back({shard, journal.opening, journal.done});
    sightings.add(journal);
    join(std::move(journal), joined.content);
  }
  JournalContent own = read_journal(root / output_files::kJournal);
  sightings.replace(own);
  join(std::move(own), joined.content);
  if (!joined.shards.empty()) joined.seen = sightings.finish();
  return joined;
}

std::unordered_set<std::string> names_of_others(const std::filesystem::path& root, const RunShard& shard) {
  std::unordered_set<std::string> names;
  for (const RunShard& other : run_shards_with_journal(root))
    if (other != shard) names.merge(read_begun_names(root / journal_name(other)));
  return names;
}

}  // namespace tenfold
