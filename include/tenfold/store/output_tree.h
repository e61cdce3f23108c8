// The output folder as a run changes it: locked, never looking whole when it is not, and after a power cut
// in a state that a repeat understands (store/output_state.h). What tenfold did not write is never removed or
// overwritten.
//
// The order of things, each on the disk before the next begins:
//
//   1. the manifest of the tree that is there becomes `.tenfold.previous.jsonl`
//   2. the journal names a group of files; they are written; the journal has their results
//   3. shards of the tree that is there get the names of previous ones; the journal names the companions
//      (shards, lists) that are written next
//   4. all images and companions, index and description
//   5. the manifest
//   6. what the new tree does not need goes: images that were packed, previous shards, companions of another
//      layout
//   7. journals and previous manifest go
//
// A shard of a run (base/run_shard.h) does the second step alone, with a journal of its own. It removes
// nothing but what it left itself when it was cut off, so several may be at work in one folder.
//
// Thread safety: begin_change(), the journal and the const functions may be used from several threads; but
// state() speaks of the tree as it was opened.

#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/base/atomic_file.h"
#include "tenfold/base/file.h"
#include "tenfold/store/journal.h"
#include "tenfold/store/output_lock.h"
#include "tenfold/store/output_state.h"

namespace tenfold {

// Files that no manifest or journal names: a run wants none among its own, but they are no obstacle to
// removing the others.
enum class ForeignFiles { kRefused, kLeftAlone };

class OutputTree {
 public:
  // Creates the folder where there is none, locks it and reads what it holds. Throws Error: kLocked where
  // another run holds it or it has foreign files that are refused; kFailed for I/O errors.
  // With a `shard`, it is that one's tree: kLocked also where something else than shards of this run lies
  // here.
  explicit OutputTree(const std::filesystem::path& root, ForeignFiles foreign = ForeignFiles::kRefused,
                      const std::optional<RunShard>& shard = {});
  ~OutputTree();
  OutputTree(const OutputTree&) = delete;
  OutputTree& operator=(const OutputTree&) = delete;

  const std::filesystem::path& root() const { return root_; }
  const OutputState& state() const { return state_; }

  // Whether a finished tree lies here, now.
  bool is_finished() const { return finished_; }

  // The record of a file that is there as it should be, or nullptr.
  const OutputRecord* record(const std::string& name) const;

  // The journal, opened when it is first asked for.
  Journal& journal();

  // Returns when all results that the journal was told are recorded.
  void settle();

  // Moves the files that another tree has results for into this one, and empties that one; a repeat goes on
  // where it was cut off. The journals of its shards come first, so that what they know is known here.
  // REQUIRES that it is an unfinished tree of shards, and that a journal which both trees have is in one the
  // begin of what it is in the other. Throws Error, and whatever `end_if_stopped` throws, which is called now
  // and then.
  void adopt(OutputTree& other, const std::function<void()>& end_if_stopped);

  // What is known of the sources, in place of the index.
  void know_sources(SourceIndex index) { state_.index = std::move(index); }

  // What shards have seen of them is no longer believed.
  void forget_sources();

  // Tells the journal who goes on with what shards have made: a merge, or a run. A merge does not believe what
  // a run has seen, for that may have been another dataset.
  void take_shards(bool for_merge);

  // To be called before the first change: from here on the tree has no manifest. Cheap when called again.
  void begin_change();

  // Creates the folders of an output.
  void create_folders_of(const std::string& name);

  // Removes an image of ours, and its folders if they are empty then. REQUIRES begin_change(); not
  // thread-safe.
  void remove(const std::string& name);

  // The content of an image that is there by this record of its name. Fails as InputFile::open() does.
  Outcome<Bytes> read(const std::string& name, const OutputRecord& record) const;

  // The file name of the shard that holds an image; empty for one with a file of its own.
  std::string shard_of(const OutputRecord& record) const;

  // An image that was in a shard has a file of its own from now on.
  void unpacked(const std::string& name);

  // To be called before companions are written: makes room for new shards, and tells the journal all names.
  // REQUIRES begin_change().
  void begin_companions(std::span<const std::string> names);

  // Where the manifest goes: to be filled and handed to publish().
  std::filesystem::path manifest_path() const { return root_ / output_files::kManifest; }

  // Writes index and description, puts the manifest into its place last, and drops what the new tree does not
  // need and the journal. REQUIRES begin_change(), before the manifest was created: it removes what a run
  // that was cut off left of its own; and that `description` names the companions.
  void publish(AtomicFile& manifest, std::string_view description, std::string_view index);

  // Refreshes what stands beside the manifest where nothing has changed but what is known of the sources.
  void refresh(std::string_view description, std::string_view index);

  // Removes what else is tenfold's: what is left when the images are gone.
  void remove_own_files();

 private:
  void sync() const;
  void replace(std::string_view description, std::string_view index);
  void drop_unfinished() const;
  void tidy_up();
  void remove_leftovers();
  void adopt_journals(const OutputTree& other);
  void adopt_files(const OutputTree& other, std::span<const std::string> names);
  void remove_empty_folders() const;
  Journal& opened_journal();

  std::filesystem::path root_;
  std::optional<RunShard> shard_;  // whose tree it is; nothing: a run's
  std::optional<OutputLock> lock_;
  int folder_ = -1;  // the root, open for as long as the tree is, so that no failed write goes unnoticed
  OutputState state_;
  std::atomic<bool> finished_ = false;
  bool changing_ = false;
  bool has_companions_ = false;    // or had some
  std::set<std::string> folders_;  // of ours, found or created
  std::optional<Journal> journal_;
  std::mutex mutex_;
};

// Why a shard cannot be made where `state` lies; nothing where it can. `state` was read for it.
std::optional<std::string> refusal_of_shard(const OutputState& state, const std::filesystem::path& root,
                                            const RunShard& shard);

}  // namespace tenfold
