// The folder that a command is told to look at.

#pragma once

#include <filesystem>

#include "tenfold/base/error.h"

namespace tenfold {

// Throws Error{kUsage} where there is no such folder, kLocked where a run is at work in it.
void require_output_folder(const std::filesystem::path& root);

// What to throw where it has no manifest.
Error no_output_error(const std::filesystem::path& root);

}  // namespace tenfold
