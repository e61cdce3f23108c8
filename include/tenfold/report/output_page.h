// The report about a finished output: one page of HTML that needs nothing beside it, no script and no
// network, and its figures for machines.
//
// Both are made from the same OutputFigures, so they cannot disagree. The page's tables carry the figures as
// data-… attributes. The same output gives the same bytes.

#pragma once

#include <string>

#include "tenfold/run/output_figures.h"

namespace tenfold {

std::string output_page(const OutputFigures& figures);

// One JSON object with a newline.
std::string figures_json(const OutputFigures& figures);

// One line for people, with a newline. `file` is where the page was written to.
std::string result_text(const OutputFigures& figures, const std::string& file);

}  // namespace tenfold
