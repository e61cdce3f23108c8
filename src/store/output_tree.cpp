#include "tenfold/store/output_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/store/run_shard_files.h"
#include "tenfold/store/shard.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using namespace output_files;

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

}  // namespace

OutputTree::OutputTree(const fs::path& root, ForeignFiles foreign, const std::optional<RunShard>& shard)
    : root_(created(root)), shard_(shard), lock_(std::in_place, root, shard) {
  state_ = read_output(root_, shard_);
  if (shard_)
    if (const auto refusal = refusal_of_shard(state_, root_, *shard_))
      throw Error(ErrorKind::kLocked, *refusal);
  if (foreign == ForeignFiles::kRefused) refuse_foreign(state_, root_);
  finished_ = state_.finished;
  folders_ = state_.folders;
  has_companions_ = !state_.beside.empty();
  folder_ = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) throw system_error("cannot open", root_.string(), errno);
  if (finished_) tidy_up();  // a crash right after publishing leaves it; the manifest counts
}

OutputTree::~OutputTree() {
  journal_.reset();  // which may sync
  if (folder_ >= 0) ::close(folder_);
}

void OutputTree::forget_sources() {
  state_.seen.clear();
  state_.bad.clear();
}

void OutputTree::take_shards(bool for_merge) {
  if (!for_merge && state_.run_shards.empty()) return;
  begin_change();
  if (state_.journal_bytes == 0 || state_.of_merge != for_merge) journal().take_shards(for_merge);
}

const OutputRecord* OutputTree::record(const std::string& name) const {
  const auto found = state_.records.find(name);
  return found != state_.records.end() ? &found->second : nullptr;
}

void OutputTree::sync() const { sync_file_system(folder_, root_); }

Journal& OutputTree::journal() {
  const std::lock_guard lock(mutex_);
  return opened_journal();
}

Journal& OutputTree::opened_journal() {
  if (!journal_)
    journal_.emplace(root_ / (shard_ ? journal_name(*shard_) : kJournal), state_.journal_bytes,
                     [this] { sync(); });
  return *journal_;
}

void OutputTree::settle() {
  if (journal_) journal_->settle();
}

void OutputTree::begin_change() {
  const std::lock_guard lock(mutex_);
  if (changing_) return;
  opened_journal();
  if (finished_) {
    rename_if_there(manifest_path(), root_ / kPreviousManifest);
    rename_if_there(root_ / kDescription, root_ / kPreviousDescription);
  }
  remove_leftovers();
  sync();
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
  // Beside an image in a shard there may be somebody's file of that name.
  const auto record = state_.records.find(name);
  const bool in_shard = record != state_.records.end() && record->second.shard > 0;
  if (!in_shard || state_.unsure.contains(name)) unlink_if_there(root_ / name);
  state_.records.erase(name);
  state_.unsure.erase(name);
  // A folder that is not empty stays, and so do those above it.
  for (fs::path folder = fs::path(name).parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (::rmdir((root_ / folder).c_str()) != 0 && errno != ENOENT) break;
    folders_.erase(folder.string());
  }
}

Outcome<Bytes> OutputTree::read(const std::string& name, const OutputRecord& record) const {
  if (record.shard == 0) return read_file(root_ / name);
  return read_part(root_ / shard_of(record), record.offset, record.bytes);
}

std::string OutputTree::shard_of(const OutputRecord& record) const {
  return record.shard == 0 ? "" : state_.shards[record.shard - 1];
}

void OutputTree::unpacked(const std::string& name) { state_.records.at(name).shard = 0; }

void OutputTree::begin_companions(std::span<const std::string> names) {
  for (std::string& shard : state_.shards)
    if (!shard.starts_with(kPreviousPrefix)) {
      rename_if_there(root_ / shard, root_ / (kPreviousPrefix + shard));
      shard.insert(0, kPreviousPrefix);
    }
  has_companions_ = true;
  sync();  // before others get their names
  journal().begin_beside(names);
}

void OutputTree::remove_leftovers() {
  for (const std::string& name : std::exchange(state_.leftovers, {})) unlink_if_there(root_ / name);
}

// Nothing may be gone from journal and previous manifest for as long as they are needed to know what is ours.
void OutputTree::tidy_up() {
  if (!state_.leftovers.empty()) {
    remove_leftovers();
    remove_empty_folders();
    sync();
  }
  drop_unfinished();
}

void OutputTree::publish(AtomicFile& manifest, std::string_view description, std::string_view index) {
  settle();
  // A class of which nothing could be made has a folder all the same; loaders would take it for a class.
  remove_empty_folders();
  replace(description, index);
  sync();
  manifest.commit();
  sync();
  journal_.reset();
  if (has_companions_) {
    state_ = read_output(root_);  // as after a crash here, so that one way of telling what goes is enough
    folders_ = state_.folders;
  }
  tidy_up();
  finished_ = true;
  changing_ = false;
}

// Syncs before the renames, so that no name ever stands for half a file; with that, all images are on the
// disk, too.
void OutputTree::replace(std::string_view description, std::string_view index) {
  AtomicFile index_file(root_ / kIndex), description_file(root_ / kDescription);
  index_file.write(index);
  description_file.write(description);
  sync();
  index_file.commit();
  description_file.commit();
}

void OutputTree::drop_unfinished() const {
  for (const RunShard& shard : run_shards_with_lock(root_)) unlink_if_there(root_ / lock_name(shard));
  for (const char* name : {kPreviousManifest, kPreviousDescription, kJournal, kLoose})
    unlink_if_there(root_ / name);
  // For as long as one is there, a merge that was cut off knows that it has to do something here.
  for (const RunShard& shard : run_shards_with_journal(root_)) unlink_if_there(root_ / journal_name(shard));
}

void OutputTree::refresh(std::string_view description, std::string_view index) {
  settle();
  if (index != state_.index_text || description != state_.description) replace(description, index);
  journal_.reset();
  drop_unfinished();
}

void OutputTree::remove_empty_folders() const {
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder)
    ::rmdir((root_ / *folder).c_str());
}

void OutputTree::remove_own_files() {
  journal_.reset();
  for (const std::string& name : state_.beside) unlink_if_there(root_ / name);
  remove_empty_folders();
  sync();
  // Journals and manifests last: for as long as one is there, it is known what was ours.
  for (const char* name : {kIndex, kDescription}) unlink_if_there(root_ / name);
  drop_unfinished();
  unlink_if_there(root_ / kManifest);
}

// It does not change a tree that others made, or make: it could not tell what of it is to go.
std::optional<std::string> refusal_of_shard(const OutputState& state, const fs::path& root,
                                            const RunShard& shard) {
  const std::string output = "the output " + in_quotes(root.string());
  if (state.finished)
    return output +
           " is finished, and shards begin with an empty folder; a run without --shard makes what has changed";
  if (state.published || state.unfinished)
    return output + " holds a run or a merge that has not come to its end; repeat that one, end it with a run "
                    "without --shard, or choose an empty folder";
  for (const RunShardState& other : state.run_shards)
    if (other.shard.count != shard.count)
      return output + " holds shard " + in_words(other.shard) + ", which is no part of the same run as shard " +
             in_words(shard) + "; choose an empty folder, or `tenfold clean` this one";
  return std::nullopt;
}

}  // namespace tenfold
