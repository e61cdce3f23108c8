// The hash of a file that may be larger than the memory.

#pragma once

#include <filesystem>

#include "tenfold/base/hash.h"
#include "tenfold/base/outcome.h"

namespace tenfold {

// XXH3-128 of the content, as hash128() of its bytes. Fails and throws as InputFile::open() does.
Outcome<Hash128> hash_of_file(const std::filesystem::path& path);

}  // namespace tenfold
