// The moments of an image's channels as they stand in journal and manifest: "mean":[0.48512,0.456,0.40601]
// and "std" alike, or neither where they are not known.

#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "tenfold/store/record.h"

namespace tenfold {

void add_moments(const RecordedMoments& moments, nlohmann::ordered_json& json);

// Throws nlohmann::json::exception where these are no moments.
RecordedMoments checked_moments(std::span<const double> mean, std::span<const double> std);

template <typename Json>
RecordedMoments moments_field(const Json& json) {
  if (!json.contains("mean")) return {};
  const auto mean = json.at("mean").template get<std::vector<double>>();
  return checked_moments(mean, json.at("std").template get<std::vector<double>>());
}

}  // namespace tenfold
