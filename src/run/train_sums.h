// What is added up over the files of an output for the statistics of its train split.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tenfold/run/train_statistics.h"
#include "tenfold/store/record.h"

namespace tenfold {

class TrainSums {
 public:
  // An image that belongs to train. REQUIRES moments that are known.
  void add(const OutputRecord& record, std::uint32_t class_index);

  // Sums of floating-point numbers: the same where the order is.
  TrainSums& operator+=(const TrainSums& next);

  TrainStatistics statistics(const std::vector<std::string>& classes) const;

 private:
  std::uint64_t images() const;

  std::vector<std::uint64_t> images_{};  // by class
  double pixels_ = 0;
  std::array<double, 3> codes_{}, squares_{};  // red, green, blue
  bool has_colors_ = false;
  TrainStatistics::Range width_{}, height_{};
};

}  // namespace tenfold
