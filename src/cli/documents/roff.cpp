#include "roff.h"

#include <cstdint>
#include <cstdio>

namespace tenfold {
namespace {

// The code point of the UTF-8 sequence at the front, and its length.
std::uint32_t code_point(std::string_view text, std::size_t& length) {
  const auto lead = static_cast<unsigned char>(text.front());
  length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t value = length == 1 ? lead : lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return value;
}

// What roff would take for something else.
std::string escaped_letter(char letter, bool literal) {
  switch (letter) {
    case '\\':
      return "\\e";
    case '-':
      return literal ? "\\-" : "-";
    case '\'':
      return literal ? "\\(aq" : "'";
    case '`':
      return "\\(ga";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return {letter};
  }
}

std::string escaped(std::string_view text, bool literal) {
  std::string safe;
  bool option = false;  // a word such as --set, which people copy
  if (!text.empty() && (text.front() == '.' || text.front() == '\'')) safe = "\\&";  // else it is a macro
  for (std::size_t i = 0, length = 1; i < text.size(); i += length) {
    const std::uint32_t letter = code_point(text.substr(i), length);
    if (text[i] == '-' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '(')) option = true;
    if (text[i] == ' ') option = false;
    char name[16];
    std::snprintf(name, sizeof name, "\\[u%04X]", letter);
    safe += length == 1 ? escaped_letter(text[i], literal || option) : name;
  }
  return safe;
}

}  // namespace

std::string roff_literal(std::string_view text) { return escaped(text, true); }
std::string roff_bold(std::string_view text) { return "\\fB" + escaped(text, true) + "\\fR"; }
std::string roff_italic(std::string_view text) { return "\\fI" + escaped(text, true) + "\\fR"; }

std::string roff_prose(std::string_view text) {
  std::string prose;
  bool quoted = false;
  for (std::size_t begin = 0; begin <= text.size(); quoted = !quoted) {
    const std::size_t end = std::min(text.find('`', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    prose += quoted ? roff_bold(part) : escaped(part, false);
    begin = end + 1;
  }
  return prose;
}

std::string roff_heading(std::string_view title) { return ".SH " + roff_literal(title) + "\n"; }
std::string roff_subheading(std::string_view title) { return ".SS " + roff_literal(title) + "\n"; }
std::string roff_paragraph(std::string_view prose) { return ".PP\n" + roff_prose(prose) + "\n"; }

std::string roff_item(std::string_view tag, std::string_view prose) {
  return ".TP\n" + std::string(tag) + "\n" + roff_prose(prose) + "\n";
}

std::string roff_code(std::string_view lines) {
  std::string code = ".PP\n.RS 4\n.nf\n";
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    code += roff_literal(lines.substr(0, end)) + "\n";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return code + ".fi\n.RE\n";
}

}  // namespace tenfold
