// Originals that nothing changes: their bytes go into the output as they are.

#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "tenfold/recipe/recipe.h"

namespace tenfold {

// Puts the source file, whose content is `bytes` and which is none where it lies in an archive, to `target`:
// as a link where the recipe wants one, as a reflink where the file system can, else as a plain copy. Returns
// a sentence for people where a link was wanted and could not be made. Throws Error.
std::optional<std::string> place_original(const std::optional<std::filesystem::path>& source,
                                          std::span<const std::uint8_t> bytes,
                                          const std::filesystem::path& target, Originals how);

// Whether the original that lies at `target` lies there as the recipe wants it: as a link or as a file of its
// own. A plain copy will do where a hard link cannot be made, on another file system.
bool lies_as_wanted(const std::optional<std::filesystem::path>& source, const std::filesystem::path& target,
                    Originals how);

}  // namespace tenfold
