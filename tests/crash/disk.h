// A file system double: what a program writes below a folder goes to the real disk and is written down, so
// that afterwards the folder can be had as a power cut at any moment may have left it. And calls can be made
// to fail.
//
// It stands in for the system calls of the whole program (the linker's --wrap, see CMakeLists.txt), so
// nothing in the program knows of it. What syncfs(2) or fdatasync(2) was called for stays. Of the rest a
// power cut takes what it likes: names and contents apart, in any order; a file may be there with its name
// and without its bytes.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace tenfold::test {

// What a power cut leaves of what was not synced.
enum class Loss {
  kNothing,  // of it is lost: as if the process alone had died
  kAll,
  kLater,  // everything behind a random moment
  kAny,    // any part
};

class Disk {
 public:
  // From now on, until it is gone, what happens below `root` is written down. What lies there is on the disk.
  // One at a time.
  explicit Disk(std::filesystem::path root);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // The end of writing down.
  void stop();

  // How many changes and syncs there were.
  std::size_t events() const;

  // Makes `folder` what a power cut after the first `events` leaves of the root.
  void cut(std::size_t events, Loss loss, std::uint64_t seed, const std::filesystem::path& folder) const;

  // Is asked before every wrapped call, also for those that only read, with the call's name and the path; the
  // call fails with the error number that it returns, if that is not 0.
  std::function<int(std::string_view call, const std::string& path)> interfere;

  // For the wrapped calls.
  struct Recorder;
  Recorder& recorder() { return *recorder_; }

 private:
  std::unique_ptr<Recorder> recorder_;
};

}  // namespace tenfold::test
