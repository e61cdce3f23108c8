// The journal: what an unfinished run has begun and done, so that a repeat continues and every file of ours
// is known.
//
// Append-only lines, each `<16 hex digits> <JSON>\n`, the digits being the XXH3-64 of the JSON:
//
//   {"begin":["glass/a__x0001.jpg", …]}                                names that are about to be written
//   {"made":"glass/a__x0001.jpg","bytes":…,"hash":…,"fingerprint":…,"width":…,"height":…}
//     and "refused":["blank"] where the quality gate turned down attempts
//   {"good":"glass/a.jpg","hash":…}                                    a source that has been decoded
//   {"bad":"glass/b.jpg","hash":…,"stage":"decode","reason":"…"}       one that could not be
//
// Intent comes before the files, the result after them. Reading stops at the first damaged line; what stands
// behind it is cut off when the journal is opened for appending.
//
// Thread safety: appending is safe from several threads; a line is written by one call of write(2).

#pragma once

#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "tenfold/store/record.h"

namespace tenfold {

struct JournalContent {
  OutputRecords made;
  std::unordered_set<std::string> begun;          // names that were about to be written
  std::unordered_map<std::string, Hash128> good;  // sources that have been decoded
  BadSources bad;
  std::uint64_t sound_bytes = 0;  // length of the undamaged part
};

// Empty where there is no journal. Throws Error for I/O errors.
JournalContent read_journal(const std::filesystem::path& path);

class Journal {
 public:
  // Opens for appending behind the first `sound_bytes` bytes, creating it if need be. Throws Error.
  Journal(const std::filesystem::path& path, std::uint64_t sound_bytes);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Each throws Error.
  void begin(std::span<const std::string> names);
  void made(const std::string& name, const OutputRecord& record);
  void good(const std::string& source, const Hash128& hash);
  void bad(const std::string& source, const BadSource& why);

 private:
  void append(const std::string& json);

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;  // of the whole lines
  int error_number_ = 0;    // of the append that failed, after which there are no more
  std::mutex mutex_;
};

}  // namespace tenfold
