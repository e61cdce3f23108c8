#include "class_profile.h"

#include <algorithm>
#include <tuple>

#include "tenfold/plan/plan.h"

namespace tenfold {
namespace {

std::string color_name(int pixel_type) {
  constexpr std::string_view kNames[]{"grey", "grey+alpha", "RGB", "RGBA"};
  const std::string name(kNames[CV_MAT_CN(pixel_type) - 1]);
  return CV_MAT_DEPTH(pixel_type) == CV_16U ? name + " 16 bit" : name;
}

double aspect_of(const Sample* sample) {
  const cv::Size size = sample->header.upright();
  return static_cast<double>(size.width) / size.height;
}

// Which of so many is the median: the lower one of two.
std::size_t middle(std::size_t count) { return (count - 1) / 2; }

void measure_sizes(ClassProfile& profile, std::vector<const Sample*>& samples) {
  std::ranges::sort(samples, {}, [](const Sample* sample) {
    return std::tuple(sample->header.pixel_count(), sample->header.upright().width);
  });
  profile.smallest = samples.front()->header.upright();
  profile.median = samples[middle(samples.size())]->header.upright();
  profile.largest = samples.back()->header.upright();
  std::ranges::sort(samples, {}, aspect_of);
  profile.narrowest = aspect_of(samples.front());
  profile.median_aspect = aspect_of(samples[middle(samples.size())]);
  profile.widest = aspect_of(samples.back());
}

}  // namespace

ClassProfile profile_of(std::string name, std::vector<const Sample*> samples) {
  ClassProfile profile{.name = std::move(name), .images = samples.size()};
  for (const Sample* sample : samples) {
    profile.bytes += sample->size_bytes;
    profile.train += sample->split == Split::kTrain ? 1 : 0;
    ++profile.formats[std::string(format_name(sample->header.format))];
    ++profile.colors[color_name(sample->header.pixel_type)];
  }
  if (!samples.empty()) measure_sizes(profile, samples);
  return profile;
}

std::vector<BalanceOutcome> balance_outcomes(std::span<const ClassProfile> classes) {
  std::vector<std::uint64_t> counts;
  for (const ClassProfile& of_class : classes) counts.push_back(of_class.train);
  const std::pair<std::string, Balance> rules[]{{"none", {BalanceRule::kNone}},
                                                {"majority", {BalanceRule::kMajority}},
                                                {"median", {BalanceRule::kMedian}},
                                                {"mean", {BalanceRule::kMean}},
                                                {"power 0.5", {BalanceRule::kPower, 0.5}}};
  std::vector<BalanceOutcome> outcomes;
  for (const auto& [name, balance] : rules)
    outcomes.push_back({name, balanced_targets(counts, {.balance = balance})});
  return outcomes;
}

}  // namespace tenfold
