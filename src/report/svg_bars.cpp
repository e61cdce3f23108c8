#include "svg_bars.h"

#include <algorithm>
#include <cmath>

#include "html.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr int kWidth = 1000;  // of all bars, in units that the page stretches
constexpr int kBarHeight = 10, kHistogramHeight = 100;

std::string svg(const std::string& label, const char* style, int height, const std::string& content) {
  return html_element("svg",
                      {{"class", style},
                       {"viewBox", "0 0 " + std::to_string(kWidth) + " " + std::to_string(height)},
                       {"preserveAspectRatio", "none"},
                       {"role", "img"},
                       {"aria-label", label}},
                      content);
}

std::string rectangle(const char* style, int x, int y, int width, int height) {
  return html_element("rect",
                      {{"class", style},
                       {"x", std::to_string(x)},
                       {"y", std::to_string(y)},
                       {"width", std::to_string(width)},
                       {"height", std::to_string(height)}},
                      "");
}

// What is not nothing is seen.
int length_of(double share, int whole) {
  constexpr int kLeast = 4;
  if (share <= 0) return 0;
  return std::clamp(static_cast<int>(std::lround(share * whole)), kLeast, whole);
}

double share_of(std::uint64_t count, std::uint64_t most) {
  return static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(most, 1));
}

}  // namespace

std::string count_bar(std::uint64_t before, std::uint64_t after, std::uint64_t most) {
  const int kept = length_of(share_of(std::min(before, after), most), kWidth);
  const int whole = std::max(kept, length_of(share_of(std::max(before, after), most), kWidth));
  return svg(grouped(before) + " before, " + grouped(after) + " after", "bar", kBarHeight,
             rectangle("before", 0, 0, kept, kBarHeight) +
                 rectangle(after >= before ? "added" : "removed", kept, 0, whole - kept, kBarHeight));
}

std::string count_bar(std::uint64_t count, std::uint64_t most) {
  return svg(grouped(count) + " of at most " + grouped(most), "bar", kBarHeight,
             rectangle("before", 0, 0, length_of(share_of(count, most), kWidth), kBarHeight));
}

std::string share_bar(double share, std::optional<double> expected) {
  const auto percent = [](double part) { return std::to_string(std::lround(100 * part)) + " %"; };
  std::string content = rectangle("track", 0, 2, kWidth, kBarHeight - 4) +
                        rectangle("before", 0, 2, length_of(share, kWidth), kBarHeight - 4);
  if (expected) {
    constexpr int kMark = 6;
    const int place = static_cast<int>(std::lround(std::clamp(*expected, 0.0, 1.0) * (kWidth - kMark)));
    content += rectangle("mark", place, 0, kMark, kBarHeight);
  }
  return svg(percent(share) + (expected ? ", expected " + percent(*expected) : ""), "bar", kBarHeight,
             content);
}

std::string histogram(const Histogram& drawn) {
  const auto parts = static_cast<int>(drawn.counts.size());
  const std::uint64_t most = *std::ranges::max_element(drawn.counts);
  const double even = static_cast<double>(drawn.values - drawn.outside) / parts;
  const double top = 1.1 * std::max(static_cast<double>(most), even);
  std::string content, label = "counts from low to high:";
  for (int i = 0; i < parts; ++i) {
    const std::uint64_t count = drawn.counts[static_cast<std::size_t>(i)];
    const int left = i * kWidth / parts, right = (i + 1) * kWidth / parts;
    const int height = top > 0 ? length_of(static_cast<double>(count) / top, kHistogramHeight) : 0;
    content += rectangle("before", left + 4, kHistogramHeight - height, right - left - 8, height);
    label += " " + grouped(count);
  }
  if (drawn.even && even > 0) {
    const int y = kHistogramHeight - length_of(even / top, kHistogramHeight);
    content += rectangle("mark", 0, y, kWidth, 1);
  }
  return svg(label, "histogram", kHistogramHeight, content);
}

}  // namespace tenfold
