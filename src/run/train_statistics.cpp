#include "tenfold/run/train_statistics.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

double with_five_digits(double value, std::chars_format format) {
  constexpr int kDigits = 5;
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, format, kDigits).ptr;
  std::from_chars(text.data(), end, value);
  return value;
}

Json rounded(const std::vector<double>& values) {
  Json json = Json::array();
  for (const double value : values) json.push_back(with_five_digits(value, std::chars_format::fixed));
  return json;
}

Json range_json(const TrainStatistics::Range& range) { return {{"min", range.min}, {"max", range.max}}; }

}  // namespace

Json statistics_json(const TrainStatistics& statistics) {
  Json json{{"images", statistics.images}};
  if (statistics.images == 0) return json;
  json["mean"] = rounded(statistics.mean);
  json["std"] = rounded(statistics.std);
  json["width"] = range_json(statistics.width);
  json["height"] = range_json(statistics.height);
  json["class_weights"] = Json::object();
  for (const auto& [name, weight] : statistics.class_weights)
    json["class_weights"][name] = with_five_digits(weight, std::chars_format::general);
  return json;
}

}  // namespace tenfold
