// The journal: what an unfinished run has begun and done, so that a repeat continues and every file of ours
// is known, after a crash of the process and after a power cut.
//
// Append-only lines, each `<16 hex digits> <JSON>\n`, the digits being the XXH3-64 of the JSON:
//
//   {"begin":["glass/a__x0001.jpg", …]}                                names that are about to be written
//   {"made":"glass/a__x0001.jpg","bytes":…,"hash":…,"fingerprint":…,"width":…,"height":…}
//     and "refused":["blank"] where the quality gate turned down attempts
//   {"beside":["train-000000.tar"]}                                    likewise, of files that are no images
//   {"good":"glass/a.jpg","hash":…}                                    a source that has been decoded
//     and "look":"…" where it was looked at
//   {"bad":"glass/b.jpg","hash":…,"stage":"decode","reason":"…"}       one that could not be
//
// The journal of a run shard (base/run_shard.h) opens with what the shard is part of; the last opening
// counts:
//
//   {"shard":2,"of":3,"lines":1842, …}                                 and what else `run` wants to know
//   {"catalog":["sample","glass/a.jpg", …]}                            so many of them
//
// and closes with {"done":true}, behind which stands nothing.
//
// Intent comes first: `begin` is on the disk before the first of its files is created. The result comes
// after: `made` is written when its file, name and content, is on the disk. So what has a result is whole,
// and what has only an intent is ours, but may be anything. Reading stops at the first damaged line; what
// stands behind it is cut off when the journal is opened for appending.
//
// Thread safety: all of Journal may be used from several threads; a group of lines is written by one call of
// write(2).

#pragma once

#include <condition_variable>
#include <exception>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tenfold/base/run_shard.h"
#include "tenfold/store/record.h"

namespace tenfold {

// What a shard is part of.
struct JournalOpening {
  RunShard shard;
  std::string text;          // the JSON, as it was written
  std::uint64_t lines = 0;   // of the catalog, as it says
  std::uint64_t listed = 0;  // of these, how many are there

  bool is_whole() const { return lines == listed; }
};

// A source that has been decoded.
struct GoodSource {
  Hash128 hash;        // of the content
  std::string look{};  // a word, as in the index; empty: not known
  std::int64_t modified_ns = 0;  // of the file that was decoded; 0: not known

  bool operator==(const GoodSource&) const = default;
};

struct JournalContent {
  OutputRecords made;
  std::unordered_set<std::string>
      begun;                     // without a result since; a record among `made` is an older one then
  std::set<std::string> beside;  // companions that were about to be written
  std::unordered_map<std::string, GoodSource> good;
  BadSources bad;
  std::optional<JournalOpening> opening;
  bool done = false;              // the shard came to its end
  bool of_merge = false;          // of shards, and not of a run that takes them over
  std::uint64_t sound_bytes = 0;  // length of the undamaged part
};

// Empty where there is no journal. Throws Error for I/O errors.
JournalContent read_journal(const std::filesystem::path& path);

// The catalog of the last opening: JSON texts. Empty where there is none. Throws Error for I/O errors.
std::vector<std::string> read_journal_catalog(const std::filesystem::path& path);

// The names alone that a journal has begun, for those whose files they are not. Throws Error for I/O errors.
std::unordered_set<std::string> read_begun_names(const std::filesystem::path& path);

class Journal {
 public:
  // Opens for appending behind the first `sound_bytes` bytes, creating it if need be. `sync` returns when all
  // files written so far are on the disk, and throws where they are not. Throws Error.
  Journal(const std::filesystem::path& path, std::uint64_t sound_bytes, std::function<void()> sync);
  ~Journal();  // settles, if it can
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Each throws Error, also for what went wrong with earlier results.
  // `opening` is a JSON object without the keys "shard", "of" and "lines"; `catalog` has JSON texts.
  void open(const RunShard& shard, const std::string& opening, std::span<const std::string> catalog);
  void begin(std::span<const std::string> names);                  // returns when they are on the disk
  void begin_beside(std::span<const std::string> names);           // likewise
  void made(const std::string& name, const OutputRecord& record);  // recorded with its group, later
  void good(const std::string& source, const GoodSource& seen);
  void bad(const std::string& source, const BadSource& why);

  // What follows is a merge's, or a run's that takes shards over; returns when it is on the disk.
  void take_shards(bool for_merge);

  // Returns when all results so far are recorded, which means that their files are on the disk.
  void settle();

  // The shard has come to its end, if that was not the last word already; settles.
  void done();

 private:
  using Result = std::pair<std::string, OutputRecord>;

  void record_groups();
  void record_waiting();
  void append(const std::string& lines);
  void append_synced(const std::string& lines);
  void begin(const char* key, std::span<const std::string> names);
  void throw_if_failed();

  const std::string path_;
  const std::function<void()> sync_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;        // of the whole lines
  std::exception_ptr failure_{};  // after which nothing is appended any more
  std::vector<Result> waiting_;   // for their files to be on the disk
  bool closing_ = false;
  std::mutex mutex_;
  std::mutex recording_;  // one group at a time; taken before mutex_
  std::condition_variable wake_;
  std::thread recorder_;  // last: it uses all of the above
};

}  // namespace tenfold
