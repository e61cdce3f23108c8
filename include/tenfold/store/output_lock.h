// One run at a time: an exclusive flock(2) on `.tenfold.lock`, which names its holder for people.
//
// The lock belongs to the process, so that of a dead one is free. The file is removed on release; because
// another process may have opened it just before that, a lock counts only if the path still names the inode
// it was taken on.

#pragma once

#include <filesystem>

namespace tenfold {

class OutputLock {
 public:
  // Throws Error: kLocked with the holder's process, host and time where the lock is taken, kFailed where it
  // cannot be made.
  explicit OutputLock(const std::filesystem::path& folder);
  ~OutputLock();
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

// Throws Error{kLocked} where a living run holds the lock of `folder`. Creates nothing, so it is for those
// who only read, and holds nothing: a run may begin right after it.
void refuse_if_in_use(const std::filesystem::path& folder);

}  // namespace tenfold
