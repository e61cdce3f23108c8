#include "tenfold/store/output_tree.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.jsonl";
constexpr const char* kDescription = "dataset.json";
constexpr const char* kPreviousManifest = ".tenfold.previous.jsonl";
constexpr const char* kPreviousDescription = ".tenfold.previous.json";
constexpr const char* kJournal = ".tenfold.journal";
constexpr const char* kIndex = ".tenfold.index";
constexpr const char* kLock = ".tenfold.lock";
constexpr std::array kOwnFiles = {kManifest, kDescription, kPreviousManifest, kPreviousDescription, kJournal,
                                  kIndex,    kLock};

// What file managers leave wherever they have looked: nobody misses it, and loaders do not see it.
bool is_litter(const fs::path& name) {
  return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini";
}

fs::path created(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw system_error("cannot create the output folder", folder.string(), error.value());
  return folder;
}

void unlink_if_there(const fs::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
    throw system_error("cannot remove", path.string(), errno);
}

void rename_if_there(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT)
    throw system_error("cannot rename", from.string(), errno);
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

BadSources bad_sources_of(const std::string& description) {
  BadSources bad;
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("bad") || !json["bad"].is_array()) return bad;
  for (const auto& entry : json["bad"]) {
    const auto hash = entry.is_object() ? parse_hash128(entry.value("hash", "")) : std::nullopt;
    if (hash) bad[entry.value("path", "")] = {*hash, entry.value("stage", ""), entry.value("reason", "")};
  }
  return bad;
}

}  // namespace

OutputTree::OutputTree(const fs::path& root) : root_(created(root)), lock_(std::in_place, root) {
  read_state();
  take_stock();
  if (finished_) drop_unfinished();  // a crash right after publishing leaves it; the manifest counts
}

void OutputTree::read_state() {
  const auto keep = [&](ManifestLine&& line) {
    decoded_.insert(line.source_hash);
    records_.insert_or_assign(std::move(line.file_name), line.record);
  };
  description_ = text_of(root_ / kDescription);
  if (!description_.empty() && !is_ours(description_)) refuse({kDescription});
  finished_ = read_manifest(manifest_path(), keep);
  if (finished_ && records_.empty() && description_.empty()) refuse({kManifest});
  if (!finished_) read_manifest(root_ / kPreviousManifest, keep);
  if (description_.empty()) description_ = text_of(root_ / kPreviousDescription);
  index_ = read_source_index(root_ / kIndex);
  index_text_ = text_of(root_ / kIndex);
  bad_ = bad_sources_of(description_);

  JournalContent journal;  // beside a manifest it is a leftover
  if (!finished_) journal = read_journal(root_ / kJournal);
  journal_bytes_ = journal.sound_bytes;
  for (const std::string& name : journal.begun) records_.erase(name);
  for (auto& [name, record] : journal.made) records_.insert_or_assign(name, record);
  begun_ = std::move(journal.begun);
  bad_.merge(journal.bad);
  for (const auto& [path, source] : index_) decoded_.insert(source.hash);
  for (const auto& [path, hash] : journal.good) decoded_.insert(hash);
  for (const auto& [path, bad] : bad_) decoded_.erase(bad.hash);
}

void OutputTree::take_stock() {
  std::unordered_set<std::string> temporaries, folders;
  const auto know = [&](const std::string& name) {
    temporaries.insert(temporary_path(name).string());
    for (fs::path folder = fs::path(name).parent_path(); !folder.empty(); folder = folder.parent_path())
      if (!folders.insert(folder.string()).second) break;
  };
  for (const auto& [name, record] : records_) know(name);
  for (const std::string& name : begun_) know(name);
  for (const char* name : kOwnFiles) know(name);

  std::vector<std::string> foreign;
  std::unordered_set<std::string> sound, unsure;
  for (auto entry = fs::recursive_directory_iterator(root_); entry != fs::recursive_directory_iterator();
       ++entry) {
    const std::string name = entry->path().lexically_relative(root_).string();
    const auto known = records_.find(name);
    std::error_code error;
    if (entry->is_directory() && !entry->is_symlink()) {
      if (folders.contains(name)) continue;
      foreign.push_back(name + "/");
      entry.disable_recursion_pending();
    } else if (known != records_.end() && entry->file_size(error) == known->second.bytes && !error) {
      sound.insert(name);
    } else if (known != records_.end() || begun_.contains(name)) {
      unsure.insert(name);
    } else if (temporaries.contains(name)) {
      leftovers_.push_back(name);
    } else if (std::ranges::find(kOwnFiles, name) == kOwnFiles.end() &&
               !is_litter(entry->path().filename())) {
      foreign.push_back(name);
    }
  }
  if (!foreign.empty()) refuse(std::move(foreign));
  std::erase_if(records_, [&](const auto& record) { return !sound.contains(record.first); });
  begun_ = std::move(unsure);
}

void OutputTree::refuse(std::vector<std::string> foreign) const {
  std::ranges::sort(foreign);
  throw Error(ErrorKind::kLocked, "the output " + in_quotes(root_.string()) + " holds " +
                                      counted(foreign.size(), "entry", "entries") +
                                      " that tenfold did not write, such as " + in_quotes(foreign.front()) +
                                      "; choose an empty folder, or move them away");
}

const OutputRecord* OutputTree::record(const std::string& name) const {
  const auto found = records_.find(name);
  return found != records_.end() ? &found->second : nullptr;
}

std::vector<std::string> OutputTree::names() const {
  std::vector<std::string> names(begun_.begin(), begun_.end());
  for (const auto& [name, record] : records_)
    if (!begun_.contains(name)) names.push_back(name);
  std::ranges::sort(names);
  return names;
}

Journal& OutputTree::journal() {
  const std::lock_guard lock(mutex_);
  return opened_journal();
}

Journal& OutputTree::opened_journal() {
  if (!journal_) journal_.emplace(root_ / kJournal, journal_bytes_);
  return *journal_;
}

void OutputTree::begin_change() {
  const std::lock_guard lock(mutex_);
  if (changing_) return;
  opened_journal();
  if (finished_) {
    rename_if_there(manifest_path(), root_ / kPreviousManifest);
    rename_if_there(root_ / kDescription, root_ / kPreviousDescription);
  }
  for (const std::string& name : leftovers_) unlink_if_there(root_ / name);
  finished_ = false;
  changing_ = true;
}

void OutputTree::create_folders_of(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::vector<fs::path> missing;
  for (fs::path folder = fs::path(name).parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (!folders_.insert(folder.string()).second) break;
    missing.push_back(folder);
  }
  for (auto folder = missing.rbegin(); folder != missing.rend(); ++folder)
    if (::mkdir((root_ / *folder).c_str(), 0777) != 0 && errno != EEXIST)
      throw system_error("cannot create the folder", (root_ / *folder).string(), errno);
}

void OutputTree::remove(const std::string& name) {
  unlink_if_there(root_ / name);
  records_.erase(name);
  begun_.erase(name);
  // A folder that is not empty stays, and so do those above it.
  for (fs::path folder = fs::path(name).parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (::rmdir((root_ / folder).c_str()) != 0 && errno != ENOENT) break;
    folders_.erase(folder.string());
  }
}

void OutputTree::publish(AtomicFile& manifest, std::string_view description, std::string_view index) {
  begin_change();
  // A class of which nothing could be made has a folder all the same; loaders would take it for a class.
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder)
    ::rmdir((root_ / *folder).c_str());
  write_atomically(root_ / kIndex, index);
  write_atomically(root_ / kDescription, description);
  manifest.commit();
  journal_.reset();
  drop_unfinished();
  finished_ = true;
  changing_ = false;
}

void OutputTree::drop_unfinished() const {
  for (const char* name : {kPreviousManifest, kPreviousDescription, kJournal}) unlink_if_there(root_ / name);
}

void OutputTree::refresh(std::string_view description, std::string_view index) {
  if (index != index_text_) write_atomically(root_ / kIndex, index);
  if (description != description_) write_atomically(root_ / kDescription, description);
  journal_.reset();
  drop_unfinished();
}

}  // namespace tenfold
