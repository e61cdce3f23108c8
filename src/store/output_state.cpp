#include "tenfold/store/output_state.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "described_output.h"
#include "joined_journals.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/folder.h"
#include "tenfold/base/text.h"
#include "tenfold/store/journal.h"
#include "tenfold/store/manifest.h"
#include "tenfold/store/run_shard_files.h"
#include "tenfold/store/shard.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using namespace output_files;

// What file managers leave wherever they have looked: nobody misses it, and loaders do not see it.
bool is_litter(std::string_view name) {
  return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini";
}

std::string text_of(const fs::path& path) {
  const Outcome<Bytes> bytes = read_file(path);
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

[[noreturn]] void refuse(const fs::path& root, const std::vector<std::string>& foreign) {
  throw Error(ErrorKind::kLocked, "the output " + in_quotes(root.string()) + " holds " +
                                      counted(foreign.size(), "entry", "entries") +
                                      " that tenfold did not write, such as " + in_quotes(foreign.front()) +
                                      "; choose an empty folder, or move them away");
}

bool has_size(const fs::path& path, std::uint64_t bytes) {
  std::error_code error;
  return fs::is_regular_file(path, error) && fs::file_size(path, error) == bytes && !error;
}

bool is_folder(const dirent& entry, DIR* folder) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat status {};
  return ::fstatat(::dirfd(folder), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

// Reads what manifest, journal, index and description say, then looks at what is there.
class Reader {
 public:
  Reader(const fs::path& root, const std::optional<RunShard>& shard) : root_(root), shard_(shard) {}

  OutputState read() {
    read_descriptions();
    read_manifests();
    choose_description();
    read_journal_and_index();
    note_names();
    take_stock("");
    look_into_shards();
    sort_out_companions();
    sort_out_parts();
    if (shard_ && !state_.foreign.empty()) excuse_what_others_began();
    std::ranges::sort(state_.foreign);
    return std::move(state_);
  }

 private:
  void read_descriptions() {
    state_.description = text_of(root_ / kDescription);
    previous_description_ = text_of(root_ / kPreviousDescription);
  }

  // A manifest that is as it was written is skimmed.
  bool read_manifest(const char* name, std::optional<Hash128>& hash) {
    std::map<std::string, std::uint32_t, std::less<>> numbers;  // of shards
    if (const Outcome<Hash128> content = hash_of_file(root_ / name)) hash = *content;
    bool as_written = false;
    for (const std::string* description : {&previous_description_, &state_.description})
      if (hash && hash == manifest_hash_of(*description)) {
        as_written = true;
        published_companions_ = companions_of(*description);
      }
    Hash128 last;  // the lines of a source follow each other
    return read_records(root_ / name, as_written, [&](RecordedOutput&& output) {
      if (output.source_hash != last) state_.decoded.insert(output.source_hash);
      last = output.source_hash;
      if (!output.shard.empty()) {
        output.record.shard = numbers.try_emplace(output.shard, numbers.size() + 1).first->second;
        if (output.record.shard > state_.shards.size()) state_.shards.push_back(std::move(output.shard));
      }
      records_.insert_or_assign(std::move(output.file_name), std::move(output.record));
    });
  }

  void read_manifests() {
    std::optional<Hash128> previous_hash;
    state_.finished = read_manifest(kManifest, state_.manifest_hash);
    state_.published = state_.finished || read_manifest(kPreviousManifest, previous_hash);
  }

  void choose_description() {
    const bool unfinished = !state_.finished && (state_.published || fs::exists(root_ / kJournal));
    if (!is_ours(state_.description)) {
      const bool others = !state_.description.empty() && !unfinished && records_.empty();
      if (others) refuse(root_, {kDescription});
      state_.description.clear();  // damaged
    }
    if (state_.finished && records_.empty() && state_.description.empty()) refuse(root_, {kManifest});
    if (state_.description.empty()) state_.description = std::move(previous_description_);
    state_.bad = bad_sources_of(state_.description);
    for (const std::string* description : {&state_.description, &previous_description_})
      for (const auto& [name, companion] : companions_of(*description)) note_companion(name);
    std::ranges::for_each(state_.shards, [&](const std::string& name) { note_companion(name); });
    const std::optional<Hash128> described = manifest_hash_of(state_.description);
    state_.intact = !state_.finished || !described || described == state_.manifest_hash;
  }

  void read_journal_and_index() {
    state_.index = read_source_index(root_ / kIndex);
    state_.index_text = text_of(root_ / kIndex);
    JournalContent journal = shard_ ? read_own_journal() : read_all_journals();
    state_.unfinished = fs::exists(root_ / kJournal);
    std::ranges::for_each(journal.beside, [&](const std::string& name) { note_companion(name); });
    if (state_.finished) {
      note_superseded(journal);
      journal = {};  // beside a manifest it is a leftover
      if (!shard_) state_.run_shards.clear();
      state_.seen.clear();
    }
    begun_beside_ = std::move(journal.beside);
    state_.journal_bytes = journal.sound_bytes;
    state_.of_merge = journal.of_merge;
    if (!journal.made.empty()) {
      journal.made.merge(records_);  // what the journal has is newer
      records_ = std::move(journal.made);
    }
    begun_ = std::move(journal.begun);
    for (auto& [path, bad] : journal.bad) state_.bad.insert_or_assign(path, bad);
    for (const auto& [path, source] : state_.index) state_.decoded.insert(source.hash);
    for (const auto& [path, source] : journal.good) state_.decoded.insert(source.hash);
    for (const auto& [path, bad] : state_.bad) state_.decoded.erase(bad.hash);
  }

  JournalContent read_all_journals() {
    JoinedJournals joined = join_journals(root_);
    state_.run_shards = std::move(joined.shards);
    state_.seen = std::move(joined.seen);
    return std::move(joined.content);
  }

  // Of the other shards' files only the names are of interest.
  JournalContent read_own_journal() {
    others_ = names_of_others(root_, *shard_);
    for (const RunShard& shard : run_shards_with_journal(root_))
      if (shard != *shard_) state_.run_shards.push_back({.shard = shard});
    JournalContent journal = read_journal(root_ / journal_name(*shard_));
    state_.run_shards.push_back({*shard_, journal.opening, journal.done});
    state_.seen = seen_in(journal);
    return journal;
  }

  // Other shards are at work and may have begun files after their journals were read. Those are in them now,
  // for intent comes first.
  void excuse_what_others_began() {
    others_ = names_of_others(root_, *shard_);
    std::set<std::string, std::less<>> parts;
    for (const std::string& name : others_) {
      note_folders_of(name);
      parts.insert(temporary_path(name).string());
    }
    std::erase_if(state_.foreign, [&](const std::string& name) {
      return others_.contains(name) || parts.contains(name) ||
             (name.ends_with('/') && folders_.contains(name.substr(0, name.size() - 1)));
    });
  }

  // A crash right after publishing leaves what the tree before had, and what the run had made to pack it.
  void note_superseded(const JournalContent& journal) {
    for (const auto& [name, record] : journal.made) superseded_.insert(name);
    superseded_.insert(journal.begun.begin(), journal.begun.end());
    read_records(root_ / kPreviousManifest, true, [&](RecordedOutput&& output) {
      if (!output.shard.empty()) note_companion(output.shard);
      superseded_.insert(std::move(output.file_name));
    });
  }

  void note_companion(const std::string& name) {
    if (std::ranges::find(kAll, name) != kAll.end() || !companion_names_.insert(name).second) return;
    companion_names_.insert(kPreviousPrefix + name);
    note_folders_of(name);
  }

  void note_folders_of(std::string_view name) {
    for (auto end = name.rfind('/'); end != std::string_view::npos; end = name.rfind('/')) {
      name = name.substr(0, end);
      if (folders_.contains(name)) return;
      folders_.emplace(name);
    }
  }

  void note_names() {
    for (const auto& [name, record] : records_) note_folders_of(name);
    for (const std::string& name : begun_) note_folders_of(name);
    for (const std::string& name : superseded_) note_folders_of(name);
    for (const std::string& name : others_) note_folders_of(name);
  }

  // `folder` is empty for the root, and else has its '/'.
  void take_stock(const std::string& folder) {
    const std::string path = (root_ / folder).string();
    const OpenFolder open(::opendir(path.c_str()));
    if (!open && errno == ENOENT && folder.empty()) return;
    std::vector<std::string> inner;
    errno = open ? 0 : errno;
    for (const dirent* entry = nullptr; open && (entry = ::readdir(open.get())) != nullptr; errno = 0) {
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (!is_folder(*entry, open.get()))
        look_at(*entry, folder + entry->d_name, open.get());
      else if (folders_.contains(folder + entry->d_name))
        inner.push_back(folder + entry->d_name);
      else
        state_.foreign.push_back(folder + entry->d_name + "/");
    }
    if (errno != 0) throw system_error("cannot list", path, errno);
    for (std::string& name : inner) take_stock(*state_.folders.insert(std::move(name)).first + "/");
  }

  void look_at(const dirent& entry, std::string name, DIR* folder) {
    const std::string_view last = entry.d_name;
    const auto known = records_.find(name);
    const bool loose = known != records_.end() && known->second.shard == 0;
    const bool begun = begun_.contains(name);
    if (others_.contains(name)) return;
    if (companion_names_.contains(name)) {
      state_.beside.insert(std::move(name));
    } else if (loose && lies_as_recorded(*known, entry, folder)) {
      state_.records.insert(records_.extract(known));
    } else if (loose || (begun && known == records_.end())) {
      state_.unsure.insert(std::move(name));
    } else if ((begun || superseded_.contains(name)) && !state_.records.contains(name)) {
      state_.leftovers.push_back(std::move(name));
    } else if (is_temporary_name(last)) {
      parts_.insert(std::move(name));
    } else if (std::ranges::find(kAll, name) == kAll.end() && !run_shard_of_file(name) && !is_litter(last) &&
               !state_.records.contains(name)) {  // a folder that changes may tell a name twice
      state_.foreign.push_back(std::move(name));
    }
  }

  bool lies_as_recorded(const OutputRecords::value_type& known, const dirent& entry, DIR* folder) const {
    struct stat status {};
    if (!state_.intact || ::fstatat(::dirfd(folder), entry.d_name, &status, 0) != 0 ||
        !S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) != known.second.bytes)
      return false;
    if (!begun_.contains(known.first)) return true;
    const Outcome<Bytes> bytes = read_file(root_ / known.first);
    return bytes && hash128(*bytes) == known.second.hash;
  }

  // Images in shards. Those of the tree before may have made room for the next ones.
  void look_into_shards() {
    std::vector<bool> as_described;
    for (std::string& shard : state_.shards) {
      const auto described = published_companions_.find(shard);
      const bool moved = !state_.finished && state_.beside.contains(kPreviousPrefix + shard);
      const bool begun = !moved && begun_beside_.contains(shard);
      if (moved) shard.insert(0, kPreviousPrefix);
      as_described.push_back(!begun && described != published_companions_.end() &&
                             has_size(root_ / shard, described->second.bytes));
    }
    for (auto next = records_.begin(); next != records_.end();) {
      const auto known = next++;
      const std::uint32_t shard = known->second.shard;
      if (shard == 0 || !state_.beside.contains(state_.shards[shard - 1])) continue;
      if (state_.intact && (as_described[shard - 1] || lies_in_its_shard(known->second)))
        state_.records.insert(records_.extract(known));
      else
        state_.unsure.insert(known->first);
    }
  }

  bool lies_in_its_shard(const OutputRecord& record) const {
    const Outcome<Bytes> bytes =
        read_part(root_ / state_.shards[record.shard - 1], record.offset, record.bytes);
    return bytes && hash128(*bytes) == record.hash;
  }

  void sort_out_companions() {
    state_.companions = companions_of(state_.description);
    for (const auto& [name, companion] : state_.companions)
      state_.companions_lie = state_.companions_lie && has_size(root_ / name, companion.bytes);
    if (!state_.finished) return;
    std::erase_if(state_.beside, [&](const std::string& name) {
      const bool superseded =
          !state_.companions.contains(name) && std::ranges::find(state_.shards, name) == state_.shards.end();
      if (superseded) state_.leftovers.push_back(name);
      return superseded;
    });
  }

  // A part is ours if a file of ours is written under its name. Only a run that was cut off leaves any.
  void sort_out_parts() {
    if (parts_.empty()) return;
    const auto claim = [&](const std::string& name) {
      std::string part = temporary_path(name).string();
      if (parts_.erase(part) > 0) state_.leftovers.push_back(std::move(part));
    };
    for (const OutputRecords* records : {&std::as_const(records_), &std::as_const(state_.records)})
      for (const auto& [name, record] : *records) claim(name);
    std::ranges::for_each(begun_, claim);
    std::ranges::for_each(superseded_, claim);
    std::ranges::for_each(companion_names_, claim);
    std::ranges::for_each(kAll, claim);
    for (const std::string& name : others_) parts_.erase(temporary_path(name).string());
    state_.foreign.insert(state_.foreign.end(), parts_.begin(), parts_.end());
  }

  const fs::path& root_;
  const std::optional<RunShard> shard_;     // that alone is read
  std::unordered_set<std::string> others_;  // names of files of other shards
  OutputState state_;
  std::string previous_description_;
  OutputRecords records_;                       // by manifest and journal, of what was not found yet
  std::unordered_set<std::string> begun_;       // without a result
  std::set<std::string, std::less<>> folders_;  // in which files of ours may lie
  std::unordered_set<std::string> superseded_;  // images that a published tree has no files of
  Companions published_companions_;             // of the tree whose manifest was read
  std::set<std::string> companion_names_;       // of ours
  std::set<std::string> begun_beside_;          // of these, what may have been written since
  std::set<std::string> parts_;                 // what looks like a temporary file of somebody's
};

}  // namespace

std::uint64_t OutputState::images() const {
  const auto recorded =
      std::ranges::count_if(records, [](const auto& record) { return record.second.is_image(); });
  return static_cast<std::uint64_t>(recorded) + unsure.size();
}

std::vector<std::string> OutputState::names() const {
  std::vector<std::string> names(unsure.begin(), unsure.end());
  for (const auto& [name, record] : records) names.push_back(name);
  std::ranges::sort(names);
  return names;
}

OutputState read_output(const fs::path& root, const std::optional<RunShard>& shard) {
  return Reader(root, shard).read();
}

void refuse_foreign(const OutputState& state, const fs::path& root) {
  if (!state.foreign.empty()) refuse(root, state.foreign);
}

}  // namespace tenfold
