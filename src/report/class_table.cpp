#include "tenfold/report/class_table.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tenfold/base/text.h"
#include "text_table.h"

namespace tenfold {
namespace {

constexpr int kLeastBar = 8, kWidestBar = 40, kWidestName = 28, kLeastName = 8;
constexpr std::string_view kBefore = "█", kAdded = "▒";
constexpr std::string_view kDim = "\x1b[2m", kBold = "\x1b[1m", kGreen = "\x1b[32m", kYellow = "\x1b[33m",
                           kPlain = "\x1b[0m";

struct Row {
  std::string name, before, after, note, val, test;
  std::uint64_t samples = 0, images = 0, val_images = 0, test_images = 0;
  bool is_short = false;
};

std::string painted(std::string_view text, std::string_view color, bool use_color) {
  return use_color && !text.empty() ? std::string(color) + std::string(text) + std::string(kPlain)
                                    : std::string(text);
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

Row row_of(const ClassPlan& plan) {
  Row row{.name = escaped(plan.name),
          .before = grouped(plan.samples),
          .after = grouped(plan.images()),
          .note = {},
          .val = grouped(plan.val),
          .test = grouped(plan.test),
          .samples = plan.samples,
          .images = plan.images(),
          .val_images = plan.val,
          .test_images = plan.test,
          .is_short = plan.shortfall > 0};
  if (row.is_short) {
    row.note = grouped(plan.shortfall) + " short";
  } else if (plan.images() < plan.samples) {
    row.note = "-" + grouped(plan.samples - plan.images());
  } else if (plan.images() > plan.samples) {
    row.note = "+" + grouped(plan.images() - plan.samples);
  }
  return row;
}

std::string bar(const Row& row, std::uint64_t most, int width, bool color) {
  const auto cells = [&](std::uint64_t count) {
    const double share = static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(most, 1));
    return count == 0 ? 0 : std::max(1, static_cast<int>(std::lround(share * width)));
  };
  const int whole = cells(row.images), before = std::min(whole, cells(row.samples));
  return painted(repeated(kBefore, before), kGreen, color) +
         painted(repeated(kAdded, whole - before), kGreen, color) +
         std::string(static_cast<std::size_t>(width - whole), ' ');
}

}  // namespace

int display_width(std::string_view text) {
  // One column per code point, but none for combining marks and two for the wide ranges of East Asian scripts
  // and emoji: what wcwidth(3) says, without depending on the locale.
  int width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
    for (int k = 1; k < length && i + static_cast<std::size_t>(k) < text.size(); ++k)
      point = (point << 6) | (static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0x3F);
    const bool combining =
        (point >= 0x300 && point <= 0x36F) || point == 0x200D || (point >= 0xFE00 && point <= 0xFE0F);
    const bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
                      (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
                      (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                      (point >= 0x1F300 && point <= 0x1FAFF) || (point >= 0x20000 && point <= 0x3FFFD);
    width += combining ? 0 : wide ? 2 : 1;
    i += static_cast<std::size_t>(length);
  }
  return width;
}

namespace {

Row total_of(const std::vector<Row>& rows, std::uint64_t missing) {
  Row total{.name = "all"};
  for (const Row& row : rows) {
    total.samples += row.samples;
    total.images += row.images;
    total.val_images += row.val_images;
    total.test_images += row.test_images;
  }
  total.before = grouped(total.samples);
  total.after = grouped(total.images);
  total.val = grouped(total.val_images);
  total.test = grouped(total.test_images);
  if (missing > 0) total.note = grouped(missing) + " short";
  return total;
}

// Columns of numbers: those that all rows have, and those of splits that hold something.
struct NumberColumn {
  std::string title;
  std::string Row::*text;
  int width = 0;
};

std::vector<NumberColumn> columns_of(const std::vector<Row>& rows, const Row& total) {
  std::vector<NumberColumn> columns = {{"before", &Row::before}, {"after", &Row::after}};
  if (total.val_images > 0) columns.push_back({"val", &Row::val});
  if (total.test_images > 0) columns.push_back({"test", &Row::test});
  for (NumberColumn& column : columns) {
    column.width = std::max(display_width(column.title), display_width(total.*column.text));
    for (const Row& row : rows) column.width = std::max(column.width, display_width(row.*column.text));
  }
  return columns;
}

}  // namespace

std::string class_table(std::span<const ClassPlan> classes, const TableStyle& style) {
  std::vector<Row> rows;
  std::uint64_t most = 0, missing = 0;
  for (const ClassPlan& plan : classes) {
    rows.push_back(row_of(plan));
    missing += plan.shortfall;
    most = std::max({most, plan.images(), plan.samples});
  }
  const Row total = total_of(rows, missing);
  const std::vector<NumberColumn> columns = columns_of(rows, total);

  int name_width = 5, note_width = display_width(total.note);
  for (const Row& row : rows) {
    name_width = std::max(name_width, display_width(row.name));
    note_width = std::max(note_width, display_width(row.note));
  }
  int others = note_width + 4;  // two spaces between columns
  for (const NumberColumn& column : columns) others += column.width + 2;
  name_width = std::min({name_width, kWidestName, std::max(kLeastName, style.width - others - kLeastBar)});
  const int bar_width = std::clamp(style.width - name_width - others, kLeastBar, kWidestBar);

  const auto numbers = [&](const Row& row) {
    std::string text = left(shortened(row.name, name_width), name_width);
    for (const NumberColumn& column : columns) text += "  " + right(row.*column.text, column.width);
    return text;
  };
  Row titles{.name = "class"};
  for (const NumberColumn& column : columns) titles.*column.text = column.title;
  std::string text = painted(numbers(titles), kDim, style.color) + "\n";
  for (const Row& row : rows)
    text += numbers(row) + "  " + bar(row, most, bar_width, style.color) + "  " +
            painted(right(row.note, note_width), row.is_short ? kYellow : kDim, style.color) + "\n";
  text += painted(numbers(total), kBold, style.color);
  if (missing > 0)
    text += std::string(static_cast<std::size_t>(bar_width + 4), ' ') + right(total.note, note_width);
  return text + "\n";
}

}  // namespace tenfold
