#include "train_sums.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tenfold {
namespace {

using Range = TrainStatistics::Range;

// No image has a side of 0.
Range joined(const Range& one, const Range& other) {
  if (one.max == 0 || other.max == 0) return one.max == 0 ? other : one;
  return {std::min(one.min, other.min), std::max(one.max, other.max)};
}

}  // namespace

void TrainSums::add(const OutputRecord& record, std::uint32_t class_index) {
  const RecordedMoments& moments = record.moments;
  images_.resize(std::max<std::size_t>(images_.size(), class_index + 1));
  ++images_[class_index];
  const double pixels = static_cast<double>(record.width) * record.height;
  pixels_ += pixels;
  has_colors_ = has_colors_ || moments.channels == 3;
  for (std::size_t i = 0; i < codes_.size(); ++i) {
    const std::size_t channel = moments.channels == 3 ? i : 0;
    const double mean = moments.mean[channel] / RecordedMoments::kUnits;
    const double std = moments.std[channel] / RecordedMoments::kUnits;
    codes_[i] += pixels * mean;
    squares_[i] += pixels * (mean * mean + std * std);
  }
  width_ = joined(width_, {record.width, record.width});
  height_ = joined(height_, {record.height, record.height});
}

TrainSums& TrainSums::operator+=(const TrainSums& next) {
  images_.resize(std::max(images_.size(), next.images_.size()));
  for (std::size_t i = 0; i < next.images_.size(); ++i) images_[i] += next.images_[i];
  pixels_ += next.pixels_;
  has_colors_ = has_colors_ || next.has_colors_;
  for (std::size_t i = 0; i < codes_.size(); ++i) {
    codes_[i] += next.codes_[i];
    squares_[i] += next.squares_[i];
  }
  width_ = joined(width_, next.width_);
  height_ = joined(height_, next.height_);
  return *this;
}

std::uint64_t TrainSums::images() const {
  return std::accumulate(images_.begin(), images_.end(), std::uint64_t{0});
}

TrainStatistics TrainSums::statistics(const std::vector<std::string>& classes) const {
  TrainStatistics statistics{.images = images(), .width = width_, .height = height_};
  if (statistics.images == 0) return statistics;
  for (std::size_t i = 0; i < (has_colors_ ? codes_.size() : 1); ++i) {
    const double mean = codes_[i] / pixels_;
    statistics.mean.push_back(mean);
    statistics.std.push_back(std::sqrt(std::max(squares_[i] / pixels_ - mean * mean, 0.0)));
  }
  const auto present = std::ranges::count_if(images_, [](std::uint64_t images) { return images > 0; });
  for (std::size_t i = 0; i < images_.size(); ++i)
    if (images_[i] > 0)
      statistics.class_weights[classes[i]] = static_cast<double>(statistics.images) /
                                             (static_cast<double>(present) * static_cast<double>(images_[i]));
  return statistics;
}

}  // namespace tenfold
