// The scalars of a recipe, from their text: numbers, percentages, sizes and ranges.
//
// A refusal is a clause that continues the name of a key: "must be a number". Decimal notation only, in every
// locale alike; infinity and NaN are no numbers here.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "tenfold/transforms/parameter.h"

namespace tenfold {

template <typename Value>
using Parsed = tl::expected<Value, std::string>;

Parsed<double> parse_number(std::string_view text);

// A number, or a percentage: "0.05" and "5%" are the same.
Parsed<double> parse_fraction(std::string_view text);

// A whole number in [low, high].
Parsed<std::int64_t> parse_integer(std::string_view text, std::int64_t low, std::int64_t high);

// As parse_integer(), for what may use all 64 bits.
Parsed<std::uint64_t> parse_count(std::string_view text, std::uint64_t low, std::uint64_t high);

// A count of at least 1 with a decimal multiplier: "100M" is 100'000'000, also k and G.
Parsed<std::uint64_t> parse_size(std::string_view text);

// A fraction, or "±x" or "+-x" for [-x, x].
Parsed<Range> parse_range(std::string_view text);

// Whether the text says "±x" or "+-x".
bool is_plus_minus(std::string_view text);

// "between 0 and 1", "at least 0": what the bounds allow, without bounds that nobody reaches.
std::string in_words(const Bounds& bounds);

}  // namespace tenfold
