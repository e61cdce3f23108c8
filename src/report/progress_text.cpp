#include "tenfold/report/progress_text.h"

#include <algorithm>
#include <cstdio>
#include <optional>
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

// "123/s", "4.5/s", "12/min".
std::string rate_text(double per_second) {
  constexpr double kManyPerSecond = 10;
  if (per_second >= kManyPerSecond) return grouped(static_cast<std::uint64_t>(per_second)) + "/s";
  char text[32];
  if (per_second >= 1)
    std::snprintf(text, sizeof text, "%.1f/s", per_second);
  else
    std::snprintf(text, sizeof text, "%.0f/min", 60 * per_second);
  return text;
}

// Images per second; nothing as long as it would be a guess. What lay there already took no time to make.
std::optional<double> rate_of(const Progress& progress, double elapsed_s) {
  constexpr double kLeastSeconds = 1;
  constexpr std::uint64_t kLeastImages = 5;
  const std::uint64_t made = progress.done - progress.kept;
  if (elapsed_s < kLeastSeconds || made < kLeastImages) return std::nullopt;
  return static_cast<double>(made) / elapsed_s;
}

std::vector<Part> parts_of(const Progress& progress, double elapsed_s) {
  std::vector<Part> parts{{grouped(progress.done) + "/" + grouped(progress.total), 5}};
  if (const auto rate = rate_of(progress, elapsed_s)) {
    parts.push_back({rate_text(*rate), 2});
    if (progress.done < progress.total)
      parts.push_back({clock_text(static_cast<double>(progress.total - progress.done) / *rate) + " left", 3});
  }
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
