// What a run would rather not do, each a sentence with its numbers and a way out; nothing where all is well.
// `--force` goes on.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "name_set.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"
#include "tenfold/store/output_state.h"

namespace tenfold {

// Removing more than half of what is there: a plan that has nothing to do with it is more likely a mistake
// than a wish. `existing` are the names that are there.
std::optional<std::string> large_removal(const std::filesystem::path& output,
                                         const std::vector<std::string>& existing, const NameSet& wanted);

// Removing anything where a folder of the input could not be read: nobody knows what is in it.
std::optional<std::string> blind_removal(const Catalog& catalog);

// How much of a disk something takes.
struct Space {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
};

// What `missing` files take in the output less what is there and not wanted, and so goes first.
Space needed_space(const Space& missing, const OutputState& state, const NameSet& wanted,
                   const std::filesystem::path& output);

// What is free at `output`, or, where there is no such folder yet, at the one above it.
Space free_space(const std::filesystem::path& output);

// A disk that is too small.
std::optional<std::string> lack_of_space(const std::filesystem::path& output, const Space& needed,
                                         const Space& free);

// How many of the names are not wanted.
std::uint64_t count_stale(const std::vector<std::string>& names, const NameSet& wanted);

}  // namespace tenfold
