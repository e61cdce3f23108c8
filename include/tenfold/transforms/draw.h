// What a transform is handed when it draws: the frame it stands in and its own random numbers.
//
// Every number that decides pixels goes through a Draw, which writes it down. So the manifest and the
// fingerprint cannot miss one.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tenfold/rng/rng.h"
#include "tenfold/transforms/draw_context.h"
#include "tenfold/transforms/parameter.h"

namespace tenfold {

struct DrawnValue {
  std::string name;
  std::variant<double, bool, std::string> value;

  bool operator==(const DrawnValue&) const = default;
};

// A partner that a transform mixes into the image, for the fingerprint and the manifest.
struct DrawnPartner {
  std::string path;
  std::string class_name;  // empty for an image of a reference folder, which has no label
  Hash128 hash;
  double share = 0;  // of the result's pixels that are the partner's, in [0, 1]
  Hash128 preparation{};
  bool other_class = false;
};

class Draw {
 public:
  // Keeps a reference to the context. `growth` in (0, 1] is how much of each range is used, from its neutral
  // end on.
  Draw(Rng rng, cv::Size frame, const DrawContext& context = DrawContext::none(), double growth = 1)
      : rng_(rng), frame_(frame), context_(&context), growth_(growth) {}

  // Size of the image that the step will see, in pixels.
  cv::Size frame() const { return frame_; }

  // The next number, uniform in the range (in its logarithm), written down under `name`.
  double uniform(std::string_view name, const Range& range);
  double log_uniform(std::string_view name, const Range& range);  // REQUIRES range.low > 0

  // The next whole number in [low, high].
  int integer(std::string_view name, int low, int high);
  int integer(std::string_view name, const Range& range);

  // Whether an event of probability p happens; not written down.
  bool chance(double p);

  // The next number in [0, 1); not written down: the caller records what it makes of it.
  double unit() { return rng_.uniform(); }

  // A key for pixel noise, written down as 16 hexadecimal digits under "noise".
  std::uint64_t noise_key();

  // The partner or reference image that the next 64-bit number falls to, written down under `name` and, with
  // its share, among the partners; nothing where there is no candidate. set_share() may correct the share of
  // the latest one once it is known.
  std::optional<Partner> partner(std::string_view name, bool any_class);
  std::optional<Partner> reference(std::string_view name, const std::string& folder);
  void set_share(double share);

  // Statistics of the dataset, written down by their hash; nullptr where there are none.
  const Statistics* statistics(StatisticsScope scope);

  // Writes down a number that was derived, such as the pixel position of a crop, or a setting. A name that is
  // written twice keeps its place and takes the later value.
  void record(std::string_view name, std::variant<double, bool, std::string> value);

  double growth() const { return growth_; }
  std::vector<DrawnValue>& values() { return values_; }
  std::vector<DrawnPartner>& partners() { return partners_; }

 private:
  std::optional<Partner> write_down(std::string_view name, std::optional<Partner> partner);

  Rng rng_;
  cv::Size frame_;
  const DrawContext* context_;
  double growth_;
  std::vector<DrawnValue> values_;
  std::vector<DrawnPartner> partners_;
};

}  // namespace tenfold
