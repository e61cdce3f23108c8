// Statistics of the images of an output's train split, from the records of its files: no image is decoded.

#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace tenfold {

struct TrainStatistics {
  struct Range {
    int min = 0, max = 0;

    bool operator==(const Range&) const = default;
  };

  std::uint64_t images = 0;
  // Of all pixels together, as fractions of full scale: red, green and blue, where a grey image counts as
  // having three equal channels; of grey alone where all images are.
  std::vector<double> mean{}, std{};
  Range width{}, height{};  // pixels
  // images / (classes with images · images of the class): what is left of an imbalance.
  std::map<std::string, double> class_weights{};

  bool operator==(const TrainStatistics&) const = default;
};

// Means and deviations with five digits behind the point, weights with five that count. No more than the
// number of images where there are none.
nlohmann::ordered_json statistics_json(const TrainStatistics& statistics);

}  // namespace tenfold
