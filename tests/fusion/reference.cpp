#include "fusion/reference.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <variant>

#include "fusion/reference_pointwise.h"

namespace tenfold::test {
namespace {

constexpr double kTie = 1.0 / (1 << 19);

double code(const cv::Mat& image, int x, int y, int channel) {
  const int at = x * image.channels() + channel;
  return image.depth() == CV_8U ? image.ptr<uchar>(y)[at] : image.ptr<std::uint16_t>(y)[at];
}

cv::Point2d transformed(const cv::Matx33d& m, cv::Point2d p) {
  const cv::Vec3d q = m * cv::Vec3d(p.x, p.y, 1);
  return {q[0] / q[2], q[1] / q[2]};
}

double knot_position(double p, double size, int knots) {
  return std::clamp((p + 0.5) / size * (knots - 1), 0.0, knots - 1.0);
}

cv::Point2d displaced(const DisplacementGrid& grid, cv::Point2d p) {
  const double u = knot_position(p.x, grid.frame.width, grid.offset.cols);
  const double v = knot_position(p.y, grid.frame.height, grid.offset.rows);
  cv::Point2d sum(0, 0);
  for (int j = 0; j < grid.offset.rows; ++j)
    for (int i = 0; i < grid.offset.cols; ++i) {
      const double weight = std::max(0.0, 1 - std::abs(u - i)) * std::max(0.0, 1 - std::abs(v - j));
      sum += weight * cv::Point2d(grid.offset(j, i)[0], grid.offset(j, i)[1]);
    }
  return p + sum;
}

// Geometry steps, last first: from the output's pixel to a place in the input.
cv::Point2d place(std::span<const Step> steps, cv::Point2d p) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto* geometry = std::get_if<GeometryStep>(&*step);
    if (geometry == nullptr) continue;
    p = transformed(geometry->map.matrix, p);
    if (geometry->map.grid) p = displaced(*geometry->map.grid, p);
    p = transformed(geometry->map.then, p);
  }
  return p;
}

struct Blocks {
  int x = 1, y = 1;
};

Blocks blocks_of(std::span<const Step> steps, cv::Size output) {
  const cv::Point2d c((output.width - 1) * 0.5, (output.height - 1) * 0.5);
  const cv::Point2d dx = place(steps, c + cv::Point2d(0.5, 0)) - place(steps, c - cv::Point2d(0.5, 0));
  const cv::Point2d dy = place(steps, c + cv::Point2d(0, 0.5)) - place(steps, c - cv::Point2d(0, 0.5));
  // The largest of 1, 2, 3, 4, 6, 8, 12, … that is not above.
  const auto block = [](double a, double b) {
    const double shrink = std::hypot(a, b) + 1e-9;
    int largest = 1;
    for (int power = 1; power <= shrink; power *= 2)
      for (const int size : {power, 3 * power})
        if (size <= shrink && size > 1) largest = std::max(largest, size);
    return largest;
  };
  return {block(dx.x, dy.x), block(dx.y, dy.y)};
}

struct Plane {
  int width, height;
  std::vector<Pixel> pixels;
};

Plane premultiplied(const cv::Mat& image, const Format& format) {
  Plane plane{image.cols, image.rows, {}};
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x) {
      Pixel pixel{};
      for (int c = 0; c < format.channels; ++c) {
        const bool is_color = c < format.colors();
        const double cover =
            format.alpha() && is_color ? code(image, x, y, format.colors()) / format.max() : 1;
        pixel[c] = code(image, x, y, c) * cover;
      }
      plane.pixels.push_back(pixel);
    }
  return plane;
}

Plane averaged(const Plane& image, Blocks blocks) {
  Plane plane{(image.width + blocks.x - 1) / blocks.x, (image.height + blocks.y - 1) / blocks.y, {}};
  for (int by = 0; by < plane.height; ++by)
    for (int bx = 0; bx < plane.width; ++bx) {
      Pixel sum{};
      int count = 0;
      for (int y = by * blocks.y; y < std::min(image.height, (by + 1) * blocks.y); ++y)
        for (int x = bx * blocks.x; x < std::min(image.width, (bx + 1) * blocks.x); ++x, ++count)
          for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += image.pixels[y * image.width + x][c];
      for (double& value : sum) value /= count;
      plane.pixels.push_back(sum);
    }
  return plane;
}

// Halved as often as both sides of the block allow, but ten times at most; then by the rest.
Plane averaged_in_stages(Plane plane, Blocks blocks) {
  for (int stage = 0; stage < 10 && blocks.x % 2 == 0 && blocks.y % 2 == 0; ++stage) {
    plane = averaged(plane, {2, 2});
    blocks = {blocks.x / 2, blocks.y / 2};
  }
  return averaged(plane, blocks);
}

// Where `i` lands, or -1 for the fill; folds as often as it takes.
int bordered(int i, int n, Border border) {
  while (i < 0 || i >= n) {
    switch (border) {
      case Border::kConstant:
        return -1;
      case Border::kReplicate:
        i = i < 0 ? 0 : n - 1;
        break;
      case Border::kReflect:
        i = i < 0 ? -1 - i : 2 * n - 1 - i;
        break;
      case Border::kReflect101:
        i = n == 1 ? 0 : i < 0 ? -i : 2 * n - 2 - i;
        break;
      case Border::kWrap:
        i = i < 0 ? i + n : i - n;
        break;
    }
  }
  return i;
}

double sinc(double x) { return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); }

double kernel(Interpolation interpolation, double d) {
  d = std::abs(d);
  if (interpolation == Interpolation::kLinear) return std::max(0.0, 1 - d);
  if (interpolation == Interpolation::kLanczos) return d < 4 ? sinc(d) * sinc(d / 4) : 0;
  const double a = -0.75;
  if (d <= 1) return (a + 2) * d * d * d - (a + 3) * d * d + 1;
  return d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0;
}

struct Tap {
  int at;
  double weight;
};

// Per axis: the sets of taps that are right; more than one only where nearest is tied.
std::vector<std::vector<Tap>> taps(Interpolation interpolation, double p) {
  const int floor = static_cast<int>(std::floor(p));
  if (interpolation == Interpolation::kNearest) {
    const double rest = p - floor - 0.5;
    if (std::abs(rest) < kTie) return {{{floor, 1}}, {{floor + 1, 1}}};
    return {{{rest < 0 ? floor : floor + 1, 1}}};
  }
  std::vector<Tap> result;
  double sum = 0;
  for (int i = floor - 4; i <= floor + 5; ++i) {
    result.push_back({i, kernel(interpolation, p - i)});
    sum += result.back().weight;
  }
  for (Tap& tap : result) tap.weight /= sum;
  return {result};
}

Pixel blend(const Plane& plane, const std::vector<Tap>& xs, const std::vector<Tap>& ys, Border border,
            const Pixel& fill) {
  Pixel sum{};
  for (const Tap& y : ys)
    for (const Tap& x : xs) {
      if (x.weight == 0 || y.weight == 0) continue;
      const int column = bordered(x.at, plane.width, border), row = bordered(y.at, plane.height, border);
      const Pixel& pixel = column < 0 || row < 0 ? fill : plane.pixels[row * plane.width + column];
      for (int c = 0; c < 4; ++c) sum[c] += x.weight * y.weight * pixel[c];
    }
  return sum;
}

bool is_untouched(const cv::Mat& image, const cv::Mat& actual, int x, int y) {
  if (image.size() != actual.size()) return false;
  for (int c = 0; c < image.channels(); ++c)
    if (code(image, x, y, c) != code(actual, x, y, c)) return false;
  return true;
}

bool matches(const Allowed& allowed, const cv::Mat& actual, int x, int y, const Format& format) {
  const bool hidden = format.alpha() && code(actual, x, y, format.colors()) == 0;
  for (int c = 0; c < format.channels; ++c) {
    const double value = code(actual, x, y, c);
    if (hidden && c < format.colors()) {
      if (value != 0) return false;
    } else if (value < allowed.low[c] || value > allowed.high[c]) {
      return false;
    }
  }
  return true;
}

Pixel fill_pixel(const SamplingPolicy& policy, const Format& format) {
  Pixel fill{};
  const auto [b, g, r] = policy.fill;
  if (format.colors() == 3)
    fill = {rounded(b * format.unit()), rounded(g * format.unit()), rounded(r * format.unit()), 0};
  else
    fill[0] = rounded((0.114 * b + 0.587 * g + 0.299 * r) * format.unit());
  if (format.alpha()) fill[format.colors()] = format.max();
  return fill;
}

}  // namespace

bool never_looks_outside(std::span<const Step> steps, cv::Size input, cv::Size output) {
  for (const Step& step : steps)
    if (const auto* geometry = std::get_if<GeometryStep>(&step)) {
      const cv::Matx33d& m = geometry->map.matrix;
      if (geometry->map.grid || m(2, 0) != 0 || m(2, 1) != 0) return false;
    }
  for (int y = 0; y < output.height; ++y)
    for (int x = 0; x < output.width; ++x) {
      const cv::Point2d p = place(steps, cv::Point2d(x, y));
      if (std::abs(p.x + 0.5 - input.width / 2.0) > input.width / 2.0 + 1e-6) return false;
      if (std::abs(p.y + 0.5 - input.height / 2.0) > input.height / 2.0 + 1e-6) return false;
    }
  return true;
}

std::string difference(std::span<const Step> steps, const cv::Mat& image, const SamplingPolicy& policy,
                       const cv::Mat& actual) {
  const Format format{image.depth(), image.channels()};
  const Blocks blocks = blocks_of(steps, actual.size());
  const Plane plane = averaged_in_stages(premultiplied(image, format), blocks);
  const Pixel fill = fill_pixel(policy, format);
  const std::vector<PointwiseStep> pointwise = pointwise_steps(steps, format);
  const Border border =
      never_looks_outside(steps, image.size(), actual.size()) ? Border::kReplicate : policy.border;
  for (int y = 0; y < actual.rows; ++y)
    for (int x = 0; x < actual.cols; ++x) {
      const cv::Point2d p = place(steps, cv::Point2d(x, y));
      bool any = false;
      Allowed last;
      for (const auto& xs : taps(policy.interpolation, (p.x + 0.5) / blocks.x - 0.5))
        for (const auto& ys : taps(policy.interpolation, (p.y + 0.5) / blocks.y - 0.5)) {
          last = allowed_values(pointwise, format, blend(plane, xs, ys, border, fill));
          any = any || matches(last, actual, x, y, format);
        }
      // Steps that cancel out leave the image alone, hidden colors too.
      const bool is_hidden = format.alpha() && code(actual, x, y, format.colors()) == 0;
      any = any || (is_hidden && last.low[format.colors()] == 0 && is_untouched(image, actual, x, y));
      if (any) continue;
      std::ostringstream text;
      text << "pixel (" << x << ", " << y << ") from (" << p.x << ", " << p.y << "):";
      for (int c = 0; c < format.channels; ++c)
        text << " " << code(actual, x, y, c) << " in [" << last.low[c] << ", " << last.high[c] << "]";
      return text.str();
    }
  return {};
}

}  // namespace tenfold::test
