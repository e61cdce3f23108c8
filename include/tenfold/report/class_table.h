// The table of class counts, before → after, for a terminal or a log.

#pragma once

#include <span>
#include <string>

#include "tenfold/plan/plan.h"

namespace tenfold {

struct TableStyle {
  int width = 80;      // columns; rows are at most this wide from 60 columns on
  bool color = false;  // ANSI colors
};

// One row per class: name, samples → images of train, what val and test hold if they do, a bar of train,
// copies per sample, what is missing; then the totals. Ends with a newline.
//
//   class     before  after
//   glass        501  1,188  ██████████████████████████  +687
std::string class_table(std::span<const ClassPlan> classes, const TableStyle& style);

// Columns that a text takes on a terminal.
int display_width(std::string_view text);

// For a terminal, which would cut words: lines wider than `width` are broken at blanks and go on two columns
// further in than they began. Lines with colors are left alone; they are those of tables, which fit.
std::string folded(std::string_view text, int width);

}  // namespace tenfold
