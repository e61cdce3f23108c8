#include "text_table.h"

#include <algorithm>

#include "tenfold/base/text.h"
#include "tenfold/report/class_table.h"

namespace tenfold {
namespace {

constexpr int kBetween = 2, kLeast = 8;

std::string blanks(int count) { return std::string(static_cast<std::size_t>(std::max(0, count)), ' '); }

std::vector<int> widths_of(const std::vector<Column>& columns,
                           const std::vector<std::vector<std::string>>& rows, int width) {
  std::vector<int> widths;
  int sum = -kBetween;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    int widest = display_width(columns[i].title);
    for (const auto& row : rows) widest = std::max(widest, display_width(row[i]));
    widths.push_back(widest);
    sum += widest + kBetween;
  }
  for (; sum > width; --sum) {
    int* widest = nullptr;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (!columns[i].is_number && widths[i] > kLeast && (widest == nullptr || widths[i] > *widest))
        widest = &widths[i];
    if (widest == nullptr) break;
    --*widest;
  }
  return widths;
}

}  // namespace

std::string left(std::string_view text, int width) {
  return std::string(text) + blanks(width - display_width(text));
}

std::string right(std::string_view text, int width) {
  return blanks(width - display_width(text)) + std::string(text);
}

std::string shortened(const std::string& text, int width) {
  if (display_width(text) <= width) return text;
  std::string cut = text;
  while (display_width(cut) > width - 1) cut = std::string(utf8_prefix(cut, cut.size() - 1));
  return cut + "…";
}

std::string text_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows,
                       int width) {
  const std::vector<int> widths = widths_of(columns, rows, width);
  std::string text;
  const auto add = [&](const auto& cell_of) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string cell = shortened(cell_of(i), widths[i]);
      line += (i == 0 ? "" : blanks(kBetween)) +
              (columns[i].is_number ? right(cell, widths[i]) : left(cell, widths[i]));
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  add([&](std::size_t i) { return columns[i].title; });
  for (const auto& row : rows) add([&](std::size_t i) { return row[i]; });
  return text;
}

std::string wrapped(std::string_view text, int width, int indent, int hang) {
  std::string lines, line = blanks(indent);
  bool begun = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (begun && display_width(line) + 1 + display_width(word) > width) {
      lines += line + "\n";
      line = blanks(indent + hang);
    } else if (begun) {
      line += " ";
    }
    line += word;
    begun = true;
    begin = end + 1;
  }
  return lines + line + "\n";
}

std::string folded(std::string_view text, int width) {
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    if (display_width(line) <= width || line.find('\x1b') != std::string_view::npos) {
      result += text.substr(begin, end + 1 - begin);
    } else {
      result += wrapped(line.substr(indent), width, static_cast<int>(indent));
      if (end == text.size()) result.pop_back();  // it had no end of line
    }
    begin = end + 1;
  }
  return result;
}

}  // namespace tenfold
