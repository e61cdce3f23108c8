#include "number_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace tenfold {
namespace {

std::string fixed(double value, int digits) {
  std::array<char, 400> text;  // the largest double has 309 digits
  const int length = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string short_number(double value) {
  std::array<char, 32> text;
  const int length = std::snprintf(text.data(), text.size(), "%.4g", value);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string number_within(double value, double width) {
  const int digits = width > 0 ? std::clamp(static_cast<int>(std::ceil(3 - std::log10(width))), 0, 9) : 3;
  const double unit = std::pow(10, -digits);
  return fixed(std::abs(value) < unit / 2 ? 0 : value, digits);
}

std::string percent(double share) { return fixed(100 * share, 1) + " %"; }

std::string one_decimal(double value) { return fixed(value, 1); }

}  // namespace tenfold
