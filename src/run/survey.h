// The passes that a run and a forecast share: they read and refuse, and write nothing.

#pragma once

#include "annotation_files.h"
#include "passes.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

// Throws Error{kUsage} where the output lies inside of an input or the other way round.
void refuse_overlap(const std::vector<std::filesystem::path>& inputs, const std::filesystem::path& output);

// Scans the input; throws Error where it has no usable image or too many bad ones.
Catalog survey(const Recipe& recipe, Passes& passes, Observer& observer, AnnotationFiles& annotations,
               bool rehash = false);

// Throws Error where `bad` of `images` are more than the recipe allows; `last` is the one found last.
void check_bad_limit(const Recipe& recipe, std::uint64_t bad, std::uint64_t images, const BadFile& last);

}  // namespace tenfold
