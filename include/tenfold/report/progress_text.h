// How far a run is, in one line.

#pragma once

#include <string>

#include "tenfold/run/run.h"

namespace tenfold {

// "12/40  6/s  0:05 left  1.2 MiB  1 skipped", at most `width` columns wide: where that is too little, bytes
// go first, then the rate, the time left and what was skipped; at the last it is cut. Rate and time are there
// once they mean something: after a second and five images made.
std::string progress_text(const Progress& progress, double elapsed_s, int width);

// The same behind a bar of up to 40 cells, if there is room for 8.
std::string progress_bar(const Progress& progress, double elapsed_s, int width);

}  // namespace tenfold
