// What a transform is handed when it draws: the frame it stands in and its own random numbers.
//
// Every number that decides pixels goes through a Draw, which writes it down. So the manifest and the
// fingerprint cannot miss one.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tenfold/rng/rng.h"
#include "tenfold/transforms/parameter.h"

namespace tenfold {

struct DrawnValue {
  std::string name;
  std::variant<double, bool, std::string> value;

  bool operator==(const DrawnValue&) const = default;
};

class Draw {
 public:
  Draw(Rng rng, cv::Size frame) : rng_(rng), frame_(frame) {}

  // Size of the image that the step will see, in pixels.
  cv::Size frame() const { return frame_; }

  // The next number, uniform in the range (in its logarithm), written down under `name`.
  double uniform(std::string_view name, const Range& range);
  double log_uniform(std::string_view name, const Range& range);  // REQUIRES range.low > 0

  // The next whole number in [low, high].
  int integer(std::string_view name, int low, int high);

  // Whether an event of probability p happens; not written down.
  bool chance(double p);

  // The next number in [0, 1); not written down: the caller records what it makes of it.
  double unit() { return rng_.uniform(); }

  // A key for pixel noise, written down as 16 hexadecimal digits under "noise".
  std::uint64_t noise_key();

  // Writes down a number that was derived, such as the pixel position of a crop, or a setting. A name that is
  // written twice keeps its place and takes the later value.
  void record(std::string_view name, std::variant<double, bool, std::string> value);

  std::vector<DrawnValue>& values() { return values_; }

 private:
  Rng rng_;
  cv::Size frame_;
  std::vector<DrawnValue> values_;
};

}  // namespace tenfold
