// Who is at work in an output: an exclusive flock(2) on `.tenfold.lock` for a run, or a shared one for each
// shard of a run (base/run_shard.h), which also has an exclusive one on a file of its own. So a run and
// shards keep each other out, and no shard is made twice at once.
//
// The file with the exclusive lock names its holder for people. A lock belongs to the process, so that of a
// dead one is free. The files are removed on release, the shared one by whoever is the last; because another
// process may have opened a file just before that, a lock counts only if the path still names the inode it
// was taken on.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tenfold/base/run_shard.h"

namespace tenfold {

class OutputLock {
 public:
  // Throws Error: kLocked with the holder's process, host and time where the lock is taken, kFailed where it
  // cannot be made.
  explicit OutputLock(const std::filesystem::path& folder, const std::optional<RunShard>& shard = {});
  ~OutputLock();
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;

 private:
  // A file with a lock on it: an exclusive one for a holder, or a shared one.
  class File {
   public:
    File(const std::filesystem::path& folder, std::filesystem::path path,
         const std::optional<std::string>& holder);
    ~File();
    File(const File&) = delete;
    File& operator=(const File&) = delete;

   private:
    std::filesystem::path path_;
    bool shared_ = false;
    int descriptor_ = -1;
  };

  File of_folder_;
  std::optional<File> of_shard_;
};

// Throws Error{kLocked} where a living run holds the lock of `folder`, or a shard of one; for who looks for
// one shard, only where that one is at work. Creates nothing, so it is for those who only read, and holds
// nothing: a run may begin right after it.
void refuse_if_in_use(const std::filesystem::path& folder, const std::optional<RunShard>& shard = {});

}  // namespace tenfold
