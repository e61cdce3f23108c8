// Makes one image of an output again, from its manifest and the dataset, and compares it byte for byte.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "tenfold/run/run.h"

namespace tenfold {

enum class ReplayResult {
  kEqual,
  kSourceChanged,   // or it is gone
  kDrawnOtherwise,  // from what the manifest says: the partners or the version of tenfold are others
  kMadeOtherwise,   // of the same draws, other bytes came out
  kFileChanged,     // the image is what the manifest says, the file is not
};

// "equal", "source_changed", …
std::string_view replay_name(ReplayResult result);

struct Replay {
  ReplayResult result = ReplayResult::kEqual;
  std::string file_name;
  std::string sentence;  // for people
};

// `file` is a name of the manifest, or a path that leads to it through `root`. Throws Error: kUsage where
// there is no such folder, file or dataset, kLocked where the output is in use or has no manifest, kFailed
// where its recipe cannot be had.
Replay replay(const std::filesystem::path& root, const std::string& file,
              const std::vector<std::filesystem::path>& inputs, Observer& observer);

}  // namespace tenfold
