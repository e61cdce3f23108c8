// The check of output.name, the pattern of the copies' names.
//
// Samples with different names get different copies, because something that is no digit sets the fields
// apart: the copy's digits can be found from their side of it. Without it, copy 12 of "a" and copy 2 of "a1"
// would both be "a12". (That two samples share a stem is the plan's business.)

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sections.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

enum class PartKind { kText, kSample, kCopy };

struct Part {
  PartKind kind;
  std::string_view text;
};

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// "copy", or "copy:04": a zero and a width of 1 to 9.
bool is_copy_field(std::string_view field) {
  if (!field.starts_with("copy")) return false;
  const std::string_view width = field.substr(4);
  return width.empty() ||
         (width.size() == 3 && width.starts_with(":0") && is_digit(width[2]) && width[2] != '0');
}

// Splits the name into fields and text; returns the fault, or nothing.
std::string split(std::string_view name, std::vector<Part>& parts) {
  while (!name.empty()) {
    const std::size_t brace = name.find_first_of("{}");
    if (brace > 0) parts.push_back({PartKind::kText, name.substr(0, brace)});
    if (brace == std::string_view::npos) break;
    name.remove_prefix(brace);
    const std::size_t end = name.find('}');
    if (name[0] == '}' || end == std::string_view::npos) return "must have braces in pairs";
    const std::string_view field = name.substr(1, end - 1);
    if (is_copy_field(field))
      parts.push_back({PartKind::kCopy, field});
    else if (field == "stem" || field == "name")
      parts.push_back({PartKind::kSample, field});
    else
      return "has an unknown field " + shown_name(name.substr(0, end + 1));
    name.remove_prefix(end + 1);
  }
  return {};
}

// Whether a copy's digits could run into the sample's name on one side of them.
bool runs_together(const std::vector<Part>& parts) {
  PartKind last_field = PartKind::kText;
  bool set_apart = true;
  for (const Part& part : parts) {
    if (part.kind == PartKind::kText) {
      set_apart = set_apart || !std::all_of(part.text.begin(), part.text.end(), is_digit);
      continue;
    }
    if (!set_apart && part.kind != last_field) return true;
    last_field = part.kind;
    set_apart = false;
  }
  return false;
}

}  // namespace

std::string fault_of_name(std::string_view name) {
  const bool has_control = std::any_of(name.begin(), name.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == '\x7F';
  });
  if (name.find('/') != std::string_view::npos || has_control)
    return "must hold no '/' and no control characters";
  if (name.starts_with('.')) return "must not begin with '.', which hides files";
  std::vector<Part> parts;
  if (std::string fault = split(name, parts); !fault.empty()) return fault;
  const auto has = [&](PartKind kind) {
    return std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.kind == kind; });
  };
  if (!has(PartKind::kCopy) || !has(PartKind::kSample)) return "must hold {copy}, and {stem} or {name}";
  if (runs_together(parts)) return "must set {copy} apart from {stem} and {name} by more than digits";
  return {};
}

}  // namespace tenfold
