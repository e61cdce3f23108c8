#include "tenfold/store/output_state.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/store/journal.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using namespace output_files;

// What file managers leave wherever they have looked: nobody misses it, and loaders do not see it.
bool is_litter(const fs::path& name) {
  return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini";
}

std::string text_of(const fs::path& path) {
  const Outcome<Bytes> bytes = read_file(path);
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

// Whether tenfold wrote this dataset.json.
bool is_ours(const std::string& description) {
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("versions") || !json["versions"].is_array()) return false;
  return std::ranges::any_of(json["versions"], [](const auto& versions) {
    return versions.is_object() && versions.contains("tenfold");
  });
}

// Nothing where an entry is not as tenfold writes it: then the source is looked at again.
BadSources bad_sources_of(const std::string& description) {
  BadSources bad;
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("bad") || !json["bad"].is_array()) return bad;
  for (const auto& entry : json["bad"]) {
    const auto text = [&](const char* key) {
      return entry.is_object() && entry.contains(key) && entry[key].is_string()
                 ? entry[key].template get<std::string>()
                 : std::string();
    };
    if (const auto hash = parse_hash128(text("hash")))
      bad[text("path")] = {*hash, text("stage"), text("reason")};
  }
  return bad;
}

[[noreturn]] void refuse(const fs::path& root, const std::vector<std::string>& foreign) {
  throw Error(ErrorKind::kLocked, "the output " + in_quotes(root.string()) + " holds " +
                                      counted(foreign.size(), "entry", "entries") +
                                      " that tenfold did not write, such as " + in_quotes(foreign.front()) +
                                      "; choose an empty folder, or move them away");
}

// Reads what manifest, journal, index and description say, then looks at what is there.
class Reader {
 public:
  explicit Reader(const fs::path& root) : root_(root) {}

  OutputState read() {
    read_manifests();
    compare_manifest();
    read_journal_and_index();
    note_names();
    take_stock();
    return std::move(state_);
  }

 private:
  void read_manifests() {
    const auto keep = [&](ManifestLine&& line) {
      state_.decoded.insert(line.source_hash);
      records_.insert_or_assign(std::move(line.file_name), std::move(line.record));
    };
    state_.finished = read_manifest(root_ / kManifest, keep);
    state_.published = state_.finished || read_manifest(root_ / kPreviousManifest, keep);
    const bool unfinished = !state_.finished && (state_.published || fs::exists(root_ / kJournal));
    state_.description = text_of(root_ / kDescription);
    if (!is_ours(state_.description)) {
      const bool others = !state_.description.empty() && !unfinished && records_.empty();
      if (others) refuse(root_, {kDescription});
      state_.description.clear();  // damaged
    }
    if (state_.finished && records_.empty() && state_.description.empty()) refuse(root_, {kManifest});
    if (state_.description.empty()) state_.description = text_of(root_ / kPreviousDescription);
    state_.bad = bad_sources_of(state_.description);
  }

  // dataset.json tells the hash of the manifest that it was written with.
  void compare_manifest() {
    if (!state_.finished) return;
    if (const Outcome<Hash128> hash = hash_of_file(root_ / kManifest)) state_.manifest_hash = *hash;
    const auto json = nlohmann::json::parse(state_.description, nullptr, false);
    if (!json.is_object() || !json.contains("manifest") || !json["manifest"].is_string()) return;
    const auto described = parse_hash128(json["manifest"].get_ref<const std::string&>());
    state_.intact = described == state_.manifest_hash;
  }

  void read_journal_and_index() {
    state_.index = read_source_index(root_ / kIndex);
    state_.index_text = text_of(root_ / kIndex);
    JournalContent journal;  // beside a manifest it is a leftover
    if (!state_.finished) journal = read_journal(root_ / kJournal);
    state_.journal_bytes = journal.sound_bytes;
    for (auto& [name, record] : journal.made) records_.insert_or_assign(name, std::move(record));
    begun_ = std::move(journal.begun);
    for (auto& [path, bad] : journal.bad) state_.bad.insert_or_assign(path, bad);
    for (const auto& [path, source] : state_.index) state_.decoded.insert(source.hash);
    for (const auto& [path, hash] : journal.good) state_.decoded.insert(hash);
    for (const auto& [path, bad] : state_.bad) state_.decoded.erase(bad.hash);
  }

  // What may lie in the folder because of a file of ours.
  void note(const std::string& name) {
    temporaries_.insert(temporary_path(name).string());
    for (fs::path folder = fs::path(name).parent_path(); !folder.empty(); folder = folder.parent_path())
      if (!folders_.insert(folder.string()).second) break;
  }

  void note_names() {
    for (const auto& [name, record] : records_) note(name);
    for (const std::string& name : begun_) note(name);
    for (const char* name : kAll) note(name);
  }

  void take_stock() {
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(root_, error);
    if (error == std::errc::no_such_file_or_directory) return;
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
      if (look_at(*entry)) entry.disable_recursion_pending();
    if (error) throw system_error("cannot list", root_.string(), error.value());
    std::ranges::sort(state_.foreign);
  }

  // Whether it is a folder whose content does not matter.
  bool look_at(const fs::directory_entry& entry) {
    const std::string name = entry.path().lexically_relative(root_).string();
    std::error_code error;  // a link that leads in a circle is neither
    if (entry.is_directory(error) && !entry.is_symlink(error)) {
      if (folders_.contains(name)) {
        state_.folders.insert(name);
        return false;
      }
      state_.foreign.push_back(name + "/");
      return true;
    }
    if (const auto known = records_.find(name); known != records_.end() && is_as_recorded(entry, *known)) {
      state_.records.insert(*known);
    } else if (known != records_.end() || begun_.contains(name)) {
      state_.unsure.insert(name);
    } else if (temporaries_.contains(name)) {
      state_.leftovers.push_back(name);
    } else if (std::ranges::find(kAll, name) == kAll.end() && !is_litter(entry.path().filename())) {
      state_.foreign.push_back(name);
    }
    return false;
  }

  bool is_as_recorded(const fs::directory_entry& entry, const OutputRecords::value_type& known) const {
    std::error_code error;
    if (!state_.intact || entry.file_size(error) != known.second.bytes || error) return false;
    if (!begun_.contains(known.first)) return true;
    const Outcome<Bytes> bytes = read_file(entry.path());
    return bytes && hash128(*bytes) == known.second.hash;
  }

  const fs::path& root_;
  OutputState state_;
  OutputRecords records_;                  // by manifest and journal, whatever is there
  std::unordered_set<std::string> begun_;  // without a result
  std::unordered_set<std::string> temporaries_, folders_;
};

}  // namespace

std::vector<std::string> OutputState::names() const {
  std::vector<std::string> names(unsure.begin(), unsure.end());
  for (const auto& [name, record] : records) names.push_back(name);
  std::ranges::sort(names);
  return names;
}

OutputState read_output(const fs::path& root) { return Reader(root).read(); }

void refuse_foreign(const OutputState& state, const fs::path& root) {
  if (!state.foreign.empty()) refuse(root, state.foreign);
}

}  // namespace tenfold
