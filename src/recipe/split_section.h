// The keys of `input` that say which images are held out.

#pragma once

#include "reader.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

// {train: expand, val: copy, test: copy}, or other names in use for these: the dataset's own splits.
FieldReader dataset_splits(const Reader& reader, std::vector<Split>& out);

// {val: 0.15, test: 0.15, by: …, file: …} or {folds: 5, fold: 1, …}: splits that the run makes.
FieldReader made_splits(const Reader& reader, std::optional<SplitRecipe>& out);

// To be called with the whole section when its keys have been read.
void check_splits(const Reader& reader, const Field& section);

}  // namespace tenfold
