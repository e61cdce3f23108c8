#include "fusion/reference_pointwise.h"

#include <algorithm>
#include <utility>

namespace tenfold::test {
namespace {

// Matrices work on rounded values after the first rounding; their integer coefficients may turn a tie.
constexpr double kCoefficientSlack = 0.125;

// One color step on doubles in code values of the image's depth.
Pixel colored(const ColorStep& step, Pixel p, const Format& format) {
  Pixel in{};
  for (int c = 0; c < 3; ++c) in[c] = p[format.colors() == 3 ? c : 0] / format.unit();
  Pixel out = p;
  const cv::Vec3d result = step.matrix * cv::Vec4d(in[0], in[1], in[2], 1);
  if (format.colors() == 3)
    for (int c = 0; c < 3; ++c) out[c] = result[c] * format.unit();
  else
    out[0] = (0.114 * result[0] + 0.587 * result[1] + 0.299 * result[2]) * format.unit();
  return out;
}

// Intervals of code values on their way through the pointwise steps.
class Pointwise {
 public:
  Pointwise(const Format& format, const Pixel& exact, double bound)
      : format_(format), exact_(exact), bound_(bound) {}

  void run_colors(std::span<const ColorStep> steps) {
    if (!is_rounded_) {
      for (const ColorStep& step : steps) exact_ = colored(step, exact_, format_);
      return first_rounding();
    }
    // A linear function has its extremes at the corners.
    Pixel low, high;
    low.fill(1e30), high.fill(-1e30);
    for (int corner = 0; corner < 8; ++corner) {
      Pixel p{};
      for (int c = 0; c < format_.colors(); ++c) p[c] = (corner >> c) & 1 ? high_[c] : low_[c];
      for (const ColorStep& step : steps) p = colored(step, p, format_);
      for (int c = 0; c < format_.colors(); ++c)
        low[c] = std::min(low[c], p[c]), high[c] = std::max(high[c], p[c]);
    }
    for (int c = 0; c < format_.colors(); ++c) {
      low_[c] = saturated(rounded(low[c] - kCoefficientSlack));
      high_[c] = saturated(rounded(high[c] + kCoefficientSlack));
    }
  }

  void run_lookup(const std::vector<double>& table) {
    if (!is_rounded_) first_rounding();
    for (int c = 0; c < format_.colors(); ++c) {
      const auto begin = table.begin() + static_cast<int>(low_[c]),
                 end = table.begin() + static_cast<int>(high_[c]);
      const auto [low, high] = std::minmax_element(begin, end + 1);
      low_[c] = *low, high_[c] = *high;
    }
  }

  Allowed finish() {
    if (!is_rounded_) first_rounding();
    Allowed allowed;
    for (int c = 0; c < format_.colors(); ++c)
      allowed.low[c] = static_cast<int>(low_[c]), allowed.high[c] = static_cast<int>(high_[c]);
    return allowed;
  }

 private:
  double saturated(double value) const { return std::clamp(value, 0.0, format_.max()); }

  void first_rounding() {
    is_rounded_ = true;
    for (int c = 0; c < format_.colors(); ++c) {
      const double value = saturated(rounded(exact_[c]));
      low_[c] = saturated(std::ceil(value - bound_));
      high_[c] = saturated(std::floor(value + bound_));
    }
  }

  Format format_;
  Pixel exact_;
  double bound_;
  bool is_rounded_ = false;
  Pixel low_{}, high_{};
};

}  // namespace

std::vector<PointwiseStep> pointwise_steps(std::span<const Step> steps, const Format& format) {
  std::vector<PointwiseStep> result;
  for (const Step& step : steps) {
    if (const auto* color = std::get_if<ColorStep>(&step)) result.emplace_back(*color);
    if (const auto* lookup = std::get_if<LookupStep>(&step)) {
      std::vector<double> table;
      for (double code = 0; code <= format.max(); ++code) {
        const double value = lookup->function(code / format.unit()) * format.unit();
        table.push_back(std::clamp(rounded(value), 0.0, format.max()));
      }
      result.emplace_back(std::move(table));
    }
  }
  return result;
}

Allowed allowed_values(const std::vector<PointwiseStep>& steps, const Format& format, Pixel sampled) {
  for (double& value : sampled) value = std::clamp(value, 0.0, format.max());
  const double alpha = format.alpha() ? sampled[format.colors()] : format.max();
  const double cover = std::max(rounded(alpha), 1.0) / format.max();
  for (int c = 0; c < format.colors(); ++c)
    sampled[c] = alpha > 0 ? std::min(sampled[c] / alpha * format.max(), format.max()) : 0;

  Pointwise pointwise(format, sampled, format.bound() / cover);
  std::vector<ColorStep> run;
  const auto end_run = [&] {
    if (!run.empty()) pointwise.run_colors(run);
    run.clear();
  };
  for (const PointwiseStep& step : steps) {
    if (const auto* color = std::get_if<ColorStep>(&step)) run.push_back(*color);
    if (const auto* table = std::get_if<std::vector<double>>(&step)) end_run(), pointwise.run_lookup(*table);
  }
  end_run();
  Allowed allowed = pointwise.finish();
  if (format.alpha()) {
    allowed.low[format.colors()] = static_cast<int>(std::max(0.0, rounded(alpha) - format.bound()));
    allowed.high[format.colors()] = static_cast<int>(std::min(format.max(), rounded(alpha) + format.bound()));
  }
  return allowed;
}

}  // namespace tenfold::test
