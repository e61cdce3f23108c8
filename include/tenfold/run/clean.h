// Takes an output away again: removes what its manifest or journal lists, the folders that are empty then,
// and tenfold's own files last. What tenfold did not write stays, and so does the folder itself.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tenfold {

struct Cleaning {
  std::uint64_t images = 0;          // removed
  std::vector<std::string> foreign;  // what stays, sorted; folders end in '/'
};

// One that is interrupted is continued by a repeat, or by a run. Throws Error: kUsage where there is no such
// folder, kLocked where it is in use or no output of tenfold, kFailed for I/O errors.
Cleaning clean(const std::filesystem::path& root);

}  // namespace tenfold
