// What a scan passed over.

#pragma once

#include <string>

#include "tenfold/dataset/catalog.h"

namespace tenfold {

// "ignored: 1 hidden file or folder", in one line; empty if there was nothing.
std::string ignored_text(const IgnoredCounts& ignored);

}  // namespace tenfold
