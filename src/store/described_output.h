// What the store wants to know of an output's dataset.json, whose text it is handed.

#pragma once

#include <optional>
#include <string>

#include "tenfold/store/record.h"

namespace tenfold {

// Whether tenfold wrote this dataset.json.
bool is_ours(const std::string& description);

// Nothing where an entry is not as tenfold writes it: then the source is looked at again.
BadSources bad_sources_of(const std::string& description);

// Of the manifest that this dataset.json was written with.
std::optional<Hash128> manifest_hash_of(const std::string& description);

// Nothing where it is not as tenfold writes it: then the files are foreign.
Companions companions_of(const std::string& description);

}  // namespace tenfold
