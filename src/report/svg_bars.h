// Bars that are drawn within the page. Their colors are those of page_style.h; each says in words what it
// shows.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tenfold/run/output_figures.h"

namespace tenfold {

// What there was before, and what came to it or was taken away; `most` is as wide as the page lets it be.
std::string count_bar(std::uint64_t before, std::uint64_t after, std::uint64_t most);

// One number alone.
std::string count_bar(std::uint64_t count, std::uint64_t most);

// A share in [0, 1], beside a mark where it should be.
std::string share_bar(double share, std::optional<double> expected);

// A bar for each part of the range; a line where all would end if they were even.
std::string histogram(const Histogram& drawn);

}  // namespace tenfold
