// What lies in an output folder: what of it is ours, what is known of it, and whether it is whole. Reading
// changes nothing.
//
//   manifest.jsonl, dataset.json   a finished tree
//   .tenfold.previous.jsonl, .json the same two of the tree that is being changed
//   .tenfold.journal               what the unfinished run has begun and done
//   .tenfold.index                 sources by size, time and hash
//   .tenfold.loose.jsonl           the manifest of images that are about to be packed into shards
//   .tenfold.previous.*.tar        shards of the tree that is being changed, once the next ones are written
//   .tenfold.lock                  who is at work
//   .tenfold.journal.2-of-3        the same two of one shard of a run (base/run_shard.h)
//   .tenfold.lock.2-of-3
//
// Ours is what a manifest or the journal names, and the files above: manifest.jsonl and dataset.json only if
// tenfold wrote them, for others use these names, too.
//
// A file is known by the record of its name if its size is that of the record. Where the journal says that it
// was about to be written again and has no result, it may be the old one, the new one or half of each: then
// its content is hashed, too. Images in a shard are known if that is the one that dataset.json tells of, and
// else each by its content. A file of its own beside an image that is in a shard is not needed any more.
// Where somebody has changed the manifest, no record is believed.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "tenfold/store/journal.h"
#include "tenfold/store/record.h"
#include "tenfold/store/source_index.h"

namespace tenfold {

namespace output_files {
inline constexpr const char* kManifest = "manifest.jsonl";
inline constexpr const char* kDescription = "dataset.json";
inline constexpr const char* kPreviousManifest = ".tenfold.previous.jsonl";
inline constexpr const char* kPreviousDescription = ".tenfold.previous.json";
inline constexpr const char* kJournal = ".tenfold.journal";
inline constexpr const char* kIndex = ".tenfold.index";
inline constexpr const char* kLock = ".tenfold.lock";
inline constexpr const char* kLoose = ".tenfold.loose.jsonl";
inline constexpr std::array kAll = {
    kManifest, kDescription, kPreviousManifest, kPreviousDescription, kJournal, kIndex, kLock, kLoose};
inline constexpr const char* kPreviousPrefix = ".tenfold.previous.";  // of shards
}  // namespace output_files

// A shard of a run that has a journal here.
struct RunShardState {
  RunShard shard;
  std::optional<JournalOpening> opening{};
  bool done = false;
};

// What the journals of shards say of sources, good or bad, by path; without those of which they disagree.
using SeenSources = std::unordered_map<std::string, GoodSource>;

struct OutputState {
  bool finished = false;                   // a whole tree lies here
  bool published = false;                  // or one did, and is being changed
  bool unfinished = false;                 // a run's journal lies here
  std::optional<Hash128> manifest_hash;    // of manifest.jsonl, where it is there
  bool intact = true;                      // false: it is not the one that dataset.json speaks of
  OutputRecords records;                   // of images that are there as their record says
  std::unordered_set<std::string> unsure;  // images of ours that are there, but may hold anything
  std::set<std::string> folders;           // of ours that are there, perhaps empty
  std::vector<std::string> leftovers;  // of a run that was cut off: temporary files, and what is not needed
  std::vector<std::string> foreign;    // what tenfold did not write, sorted; folders end in '/'

  std::vector<std::string> shards;  // where those lie that records speak of
  Companions companions;            // as dataset.json tells them
  std::set<std::string> beside;     // companions of ours that are there, whatever they hold
  bool companions_lie = true;       // all that dataset.json tells are there with their sizes

  SourceIndex index;
  std::string index_text;                 // as it stands in its file
  BadSources bad;                         // sources that failed when they were decoded
  std::set<Hash128> decoded;              // contents of sources that did not
  std::vector<RunShardState> run_shards;  // sorted; for who reads for one shard, that one last and whole
  SeenSources seen;                       // of the shards' journals, or of the one that is read
  std::string description;                // dataset.json of the tree, or of the one that is being changed
  std::uint64_t journal_bytes = 0;        // of the journal's undamaged part
  bool of_merge = false;                  // the journal is a merge's

  // How many images of ours are there; what may hold anything counts as one.
  std::uint64_t images() const;

  // Their names, sorted.
  std::vector<std::string> names() const;
};

// The state of the output at `root`; that of an empty folder where there is none. Throws Error: kLocked where
// it has a manifest or a dataset.json that tenfold did not write or that is damaged, kFailed for I/O errors.
// Read for one shard of a run, which others may be at work beside, it has that one's records alone; files of
// the others are neither known nor foreign.
OutputState read_output(const std::filesystem::path& root, const std::optional<RunShard>& shard = {});

// Throws Error{kLocked} where something foreign lies in the output.
void refuse_foreign(const OutputState& state, const std::filesystem::path& root);

}  // namespace tenfold
