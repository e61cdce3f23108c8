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

// What goes when an output becomes what the plan says.
struct Removal {
  std::uint64_t images = 0;
  std::uint64_t existing = 0;  // of so many that are there
  std::uint64_t bytes = 0;     // as far as they are recorded
};

// Of what `state` has, all that is not wanted.
Removal removal_of(const OutputState& state, const NameSet& wanted);

// Removing more than half of what is there: a plan that has nothing to do with it is more likely a mistake
// than a wish.
std::optional<std::string> large_removal(const std::filesystem::path& output, const Removal& removal);

// Removing anything where a folder of the input could not be read: nobody knows what is in it.
std::optional<std::string> blind_removal(const Catalog& catalog);

// How much of a disk something takes.
struct Space {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;

  Space& operator+=(const Space& other) {
    bytes += other.bytes;
    files += other.files;
    return *this;
  }
};

// What `missing` files take in the output less what goes first.
Space needed_space(const Space& missing, const Removal& removal, const std::filesystem::path& output);

// What is free at `output`, or, where there is no such folder yet, at the one above it.
Space free_space(const std::filesystem::path& output);

// A disk that is too small.
std::optional<std::string> lack_of_space(const std::filesystem::path& output, const Space& needed,
                                         const Space& free);

}  // namespace tenfold
