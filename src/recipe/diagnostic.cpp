#include "tenfold/recipe/diagnostic.h"

#include <algorithm>
#include <string_view>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kLineNumberWidth = 5;

// Tabs stay tabs, so that a caret below them can stand behind the same tabs.
std::string shown_line(std::string_view line) {
  std::string out;
  while (true) {
    const std::size_t tab = line.find('\t');
    out += escaped(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    out += '\t';
    line.remove_prefix(tab + 1);
  }
}

bool continues_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The first `count` code points of the line.
std::string_view first_code_points(std::string_view line, int count) {
  std::size_t end = 0;
  for (; end < line.size(); ++end)
    if (!continues_code_point(line[end]) && count-- == 0) break;
  return line.substr(0, end);
}

// What stands before the caret, as blanks of the same width.
std::string blanks_below(std::string_view shown) {
  std::string out;
  for (const char byte : shown)
    if (!continues_code_point(byte)) out += byte == '\t' ? '\t' : ' ';
  return out;
}

}  // namespace

std::string rendered(const Diagnostic& diagnostic) {
  std::string out = escaped(diagnostic.file);
  if (diagnostic.line > 0)
    out += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  out += diagnostic.severity == Severity::kError ? ": error: " : ": warning: ";
  out += diagnostic.message + "\n";
  if (!diagnostic.source_line.empty()) {
    const std::string number = diagnostic.line > 0 ? std::to_string(diagnostic.line) : "";
    const std::size_t width = std::max(kLineNumberWidth, number.size());
    out +=
        std::string(width - number.size(), ' ') + number + " | " + shown_line(diagnostic.source_line) + "\n";
    if (diagnostic.caret > 0) {
      const std::string_view before = first_code_points(diagnostic.source_line, diagnostic.caret - 1);
      out += std::string(width, ' ') + " | " + blanks_below(shown_line(before)) + "^\n";
    }
  }
  if (!diagnostic.hint.empty()) out += "  hint: " + diagnostic.hint + "\n";
  return out;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::kError; });
}

}  // namespace tenfold
