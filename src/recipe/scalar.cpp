#include "scalar.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::string_view kPlusMinus = "±";
constexpr std::string_view kPlusMinusInAscii = "+-";
constexpr double kBeyondReach = 1e9;  // a bound as large as this stands for "no bound"

tl::unexpected<std::string> refused(std::string clause) { return tl::unexpected(std::move(clause)); }

// The text behind "±" or "+-", or nothing.
std::string_view behind_plus_minus(std::string_view text) {
  for (const std::string_view sign : {kPlusMinus, kPlusMinusInAscii})
    if (text.starts_with(sign)) return text.substr(sign.size());
  return {};
}

template <typename Integer>
Parsed<Integer> parse_whole(std::string_view text, Integer low, Integer high) {
  Integer value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc{} && end == text.data() + text.size() && value >= low && value <= high)
    return value;
  const bool bounded = high != std::numeric_limits<Integer>::max();
  if (!bounded && failure == std::errc::result_out_of_range)
    return refused("must be a whole number that a computer can hold");
  return refused(bounded
                     ? "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high)
                     : "must be a whole number of at least " + std::to_string(low));
}

}  // namespace

Parsed<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return refused("must be a number");
  }
  // from_chars would also take "inf" and "nan".
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  if (text.find_first_of("0123456789") == std::string_view::npos ||
      text.substr(first).find_first_of("0123456789.") != 0)
    return refused("must be a number");
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return refused("must be a number");
  if (failure != std::errc{} || !std::isfinite(value))
    return refused("must be a number that a computer can hold");
  return value == 0 ? 0.0 : value;
}

Parsed<double> parse_fraction(std::string_view text) {
  if (!text.ends_with('%')) return parse_number(text);
  return parse_number(text.substr(0, text.size() - 1)).map([](double percent) { return percent / 100; });
}

Parsed<std::int64_t> parse_integer(std::string_view text, std::int64_t low, std::int64_t high) {
  return parse_whole(text, low, high);
}

Parsed<std::uint64_t> parse_count(std::string_view text, std::uint64_t low, std::uint64_t high) {
  return parse_whole(text, low, high);
}

Parsed<std::uint64_t> parse_size(std::string_view text) {
  double multiplier = 1;
  if (!text.empty()) {
    const char last = text.back();
    multiplier = last == 'k' || last == 'K' ? 1e3 : last == 'M' ? 1e6 : last == 'G' ? 1e9 : 1;
  }
  const std::string_view digits = multiplier == 1 ? text : text.substr(0, text.size() - 1);
  const Parsed<double> number = parse_number(digits);
  const double value = number.value_or(0) * multiplier;
  // 2^53: up to here every whole number is exact.
  if (value < 1 || value > 9007199254740992.0 || value != std::floor(value))
    return refused("must be a whole number of at least 1, such as 100M or 250k");
  return static_cast<std::uint64_t>(value);
}

bool is_plus_minus(std::string_view text) { return !behind_plus_minus(text).empty(); }

Parsed<Range> parse_range(std::string_view text) {
  if (!is_plus_minus(text)) return parse_fraction(text).map([](double value) { return Range{value, value}; });
  const Parsed<double> half = parse_fraction(behind_plus_minus(text));
  if (!half) return tl::unexpected(half.error());
  if (*half < 0) return refused("must have no further sign behind ±");
  return Range{*half == 0 ? 0 : -*half, *half};
}

std::string in_words(const Bounds& bounds) {
  if (bounds.high >= kBeyondReach) return "at least " + shortest(bounds.low);
  if (bounds.low <= -kBeyondReach) return "at most " + shortest(bounds.high);
  return "between " + shortest(bounds.low) + " and " + shortest(bounds.high);
}

}  // namespace tenfold
