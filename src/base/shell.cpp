#include "tenfold/base/shell.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace tenfold {

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? "'\\''" : std::string(1, letter);
  return quoted + "'";
}

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain = "_./+,:@%=-";
  const bool is_plain = !text.empty() && std::ranges::all_of(text, [&](const char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || kPlain.find(letter) != kPlain.npos;
  });
  return is_plain ? text : shell_quoted(text);
}

}  // namespace tenfold
