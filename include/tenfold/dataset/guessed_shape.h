// How a dataset can be read of which nobody has said anything yet: the splits that it comes with, and where
// its labels are, as far as names, and a table beside the images, tell.

#pragma once

#include <filesystem>
#include <vector>

#include "tenfold/base/label_rule.h"
#include "tenfold/base/split.h"

namespace tenfold {

struct GuessedShape {
  std::vector<Split> splits{};  // for ScanOptions::splits
  LabelRule labels{};
};

// Class folders count for more than a table, a table for more than names. A table is one of the root whose
// rows name files that are there, with a column that is called like a label, or one other column; names tell
// labels where nearly all of them are a word and a number, and several images have each word. What is not
// recognised is left to scan(), which says what it misses. Opens tables and lists the root; throws Error as
// scan() does for a root that is none.
GuessedShape guessed_shape(const std::filesystem::path& root);

}  // namespace tenfold
