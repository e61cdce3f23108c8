#include <charconv>

#include "tenfold/similarity/look.h"

namespace tenfold {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kProportionDigits = 4, kWaveDigits = 2;
constexpr std::size_t kTextLength = kProportionDigits + kWaveDigits * Look::kWaves;

void append(std::string& text, unsigned value, std::size_t digits) {
  while (digits-- > 0) text += kDigits[value >> 4 * digits & 15];
}

unsigned number_in(std::string_view digits) {
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

}  // namespace

std::string text_of(const Look& look) {
  std::string text;
  text.reserve(kTextLength);
  append(text, look.proportion, kProportionDigits);
  for (int i = 0; i < Look::kWaves; ++i) append(text, static_cast<std::uint8_t>(look.waves[i]), kWaveDigits);
  return text;
}

std::optional<Look> parse_look(std::string_view text) {
  if (text.size() != kTextLength || text.find_first_not_of(kDigits) != std::string_view::npos)
    return std::nullopt;
  Look look{.proportion = static_cast<std::uint16_t>(number_in(text.substr(0, kProportionDigits)))};
  for (std::size_t i = 0; i < Look::kWaves; ++i)
    look.waves[i] =
        static_cast<std::int8_t>(number_in(text.substr(kProportionDigits + i * kWaveDigits, kWaveDigits)));
  return look;
}

}  // namespace tenfold
