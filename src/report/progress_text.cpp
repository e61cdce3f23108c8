#include "tenfold/report/progress_text.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "tenfold/base/text.h"
#include "tenfold/report/class_table.h"
#include "text_table.h"

namespace tenfold {
namespace {

constexpr int kLeastCells = 8, kMostCells = 40;
constexpr std::string_view kBetween = "  ";

// "1:02:03", "4:05".
std::string clock_text(double whole_seconds) {
  const auto total = static_cast<long>(whole_seconds + 0.5);
  char text[32];
  if (total >= 3600) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total / 60 % 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  }
  return text;
}

struct Part {
  std::string text;
  int weight = 0;  // the lightest goes first
};

std::vector<Part> parts_of(const Progress& progress, double elapsed_s) {
  const double rate = elapsed_s > 0 ? static_cast<double>(progress.done) / elapsed_s : 0;
  std::vector<Part> parts{{grouped(progress.done) + "/" + grouped(progress.total), 5},
                          {grouped(static_cast<std::uint64_t>(rate)) + "/s", 2}};
  if (rate > 0 && progress.done < progress.total)
    parts.push_back({clock_text(static_cast<double>(progress.total - progress.done) / rate) + " left", 3});
  parts.push_back({human_bytes(progress.bytes), 1});
  if (progress.bad > 0) parts.push_back({grouped(progress.bad) + " skipped", 4});
  return parts;
}

std::string joined(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) text += (text.empty() ? "" : std::string(kBetween)) + part.text;
  return text;
}

}  // namespace

std::string progress_text(const Progress& progress, double elapsed_s, int width) {
  std::vector<Part> parts = parts_of(progress, elapsed_s);
  while (parts.size() > 1 && display_width(joined(parts)) > width)
    parts.erase(std::ranges::min_element(parts, {}, &Part::weight));
  return shortened(joined(parts), width);
}

std::string progress_bar(const Progress& progress, double elapsed_s, int width) {
  std::string text = progress_text(progress, elapsed_s, width);
  const int room = width - display_width(text) - static_cast<int>(kBetween.size());
  if (room < kLeastCells) return text;
  const int cells = std::min(room, kMostCells);
  const double share =
      static_cast<double>(progress.done) / static_cast<double>(std::max<std::uint64_t>(progress.total, 1));
  const int full = std::clamp(static_cast<int>(share * cells), 0, cells);
  std::string line;
  for (int i = 0; i < cells; ++i) line += i < full ? "█" : "░";
  return line + std::string(kBetween) + text;
}

}  // namespace tenfold
