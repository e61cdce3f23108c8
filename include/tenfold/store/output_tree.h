// The output folder: what of it is ours, what state it is in, and how it changes without ever looking whole
// when it is not.
//
//   manifest.jsonl, dataset.json   a finished tree
//   .tenfold.previous.jsonl, .json the same two of the tree that is being changed
//   .tenfold.journal               what the unfinished run has begun and done
//   .tenfold.index                 sources by size, time and hash
//
// Ours is what a manifest or the journal names, and the files above: manifest.jsonl and dataset.json only if
// tenfold wrote them, for others use these names, too. Nothing else is ever removed or
// overwritten.
//
// Thread safety: begin_change(), the journal and the const functions may be used from several threads; but
// record() and names() speak of the tree as it was opened.

#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tenfold/base/atomic_file.h"
#include "tenfold/store/journal.h"
#include "tenfold/store/output_lock.h"
#include "tenfold/store/record.h"
#include "tenfold/store/source_index.h"

namespace tenfold {

class OutputTree {
 public:
  // Creates the folder where there is none, locks it and reads what it holds. Throws Error: kLocked where
  // another run holds it or it has files that no manifest or journal names; kFailed for I/O errors.
  explicit OutputTree(const std::filesystem::path& root);

  const std::filesystem::path& root() const { return root_; }

  // Whether a finished tree lies here.
  bool is_finished() const { return finished_; }

  // The record of a file that is there with the size it should have, or nullptr.
  const OutputRecord* record(const std::string& name) const;

  // The names of all images of ours that are there, sorted; also those whose content is not known.
  std::vector<std::string> names() const;

  // Sources known from earlier runs.
  const SourceIndex& index() const { return index_; }
  const BadSources& bad_sources() const { return bad_; }
  bool was_decoded(const Hash128& source) const { return decoded_.contains(source); }

  // dataset.json of the finished tree, or of the one that is being changed; empty where there is none.
  const std::string& description() const { return description_; }

  // The journal, opened when it is first asked for.
  Journal& journal();

  // To be called before the first change: from here on the tree has no manifest. Cheap when called again.
  void begin_change();

  // Creates the folders of an output.
  void create_folders_of(const std::string& name);

  // Removes an image of ours, and its folders if they are empty then. REQUIRES begin_change(); not
  // thread-safe.
  void remove(const std::string& name);

  // Where the manifest goes: to be filled and handed to publish().
  std::filesystem::path manifest_path() const { return root_ / "manifest.jsonl"; }

  // Writes index and description, puts the manifest into its place last, and drops the journal.
  void publish(AtomicFile& manifest, std::string_view description, std::string_view index);

  // Refreshes what stands beside the manifest where nothing has changed but what is known of the sources.
  void refresh(std::string_view description, std::string_view index);

 private:
  void read_state();
  void take_stock();
  void drop_unfinished() const;
  Journal& opened_journal();
  [[noreturn]] void refuse(std::vector<std::string> foreign) const;

  std::filesystem::path root_;
  std::optional<OutputLock> lock_;
  bool finished_ = false;
  bool changing_ = false;
  OutputRecords records_;                  // of files that are there with their size
  std::unordered_set<std::string> begun_;  // ours too, but what lies there is not known
  std::set<std::string> folders_;          // created now
  std::vector<std::string> leftovers_;     // temporary files of a run that was cut off
  SourceIndex index_;
  BadSources bad_;
  std::set<Hash128> decoded_;
  std::string description_;
  std::string index_text_;
  std::uint64_t journal_bytes_ = 0;
  std::optional<Journal> journal_;
  std::mutex mutex_;
};

}  // namespace tenfold
