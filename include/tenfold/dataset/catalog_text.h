// A catalog as text, for who comes later and may not see the dataset: a list of JSON values, one for each
// sample and bad file, which say all that the scan found but where the roots are.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"

namespace tenfold {

std::vector<std::string> catalog_lines(const Catalog& catalog);

// The catalog, without its sources. Lines of other kinds are passed over. Throws nlohmann::json::exception
// where they are not as catalog_lines() writes them.
Catalog parse_catalog(std::span<const std::string> lines);

// Of all that the lines say but the times of files and the counts of those that are no images, which a copy of
// a dataset need not have.
Hash128 hash_of(const Catalog& catalog);

}  // namespace tenfold
