#include "moments_json.h"

#include <algorithm>
#include <cmath>

namespace tenfold {
namespace {

template <typename Units>
std::vector<double> values_of(const Units& units, std::size_t channels) {
  std::vector<double> values;
  for (std::size_t i = 0; i < channels; ++i) values.push_back(units[i] / RecordedMoments::kUnits);
  return values;
}

template <typename Unit>
Unit units_of(double value) {
  return static_cast<Unit>(std::lround(value * RecordedMoments::kUnits));
}

}  // namespace

void add_moments(const RecordedMoments& moments, nlohmann::ordered_json& json) {
  if (moments.channels == 0) return;
  json["mean"] = values_of(moments.mean, moments.channels);
  json["std"] = values_of(moments.std, moments.channels);
}

RecordedMoments checked_moments(std::span<const double> mean, std::span<const double> std) {
  const auto up_to = [](double most) { return [most](double value) { return value >= 0 && value <= most; }; };
  if ((mean.size() != 1 && mean.size() != 3) || std.size() != mean.size() ||
      !std::ranges::all_of(mean, up_to(1)) || !std::ranges::all_of(std, up_to(0.5)))
    throw nlohmann::json::other_error::create(501, "no moments", nullptr);
  RecordedMoments moments{.channels = static_cast<std::uint8_t>(mean.size())};
  std::ranges::transform(mean, moments.mean.begin(), units_of<std::uint32_t>);
  std::ranges::transform(std, moments.std.begin(), units_of<std::uint16_t>);
  return moments;
}

}  // namespace tenfold
