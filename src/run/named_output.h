// The one output that a command is asked about.

#pragma once

#include <filesystem>
#include <string>

#include "tenfold/store/manifest.h"

namespace tenfold {

// The manifest's line about `file`: its name there, or a path that leads to it through `root`. Throws Error:
// kUsage where there is no such folder or the manifest has no such file, kLocked where the folder is in use
// or has no manifest.
ManifestLine find_output(const std::filesystem::path& root, const std::string& file);

}  // namespace tenfold
