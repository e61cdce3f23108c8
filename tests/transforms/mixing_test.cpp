// What is written down of partners, and how much they may take.

#include <gtest/gtest.h>

#include "company.h"

namespace tenfold {
namespace {

Drawn among(const std::string& name, const ParameterValues& values, cv::Size frame, std::uint32_t copy) {
  return drawn(bound(name, values), frame, {.copy = copy}, company());
}

// The label stays the image's own, in frames of a few pixels too.
TEST(Mixing, NeverGivesAPartnerMoreThanAHalf) {
  for (const std::string name : {"cutmix", "overlay"}) {
    int mixed = 0;
    for (int height = 1; height <= 30; ++height) {
      for (int width = 1; width <= 30; ++width) {
        for (std::uint32_t copy = 1; copy <= 16; ++copy) {
          const Drawn result = among(name, {}, {width, height}, copy);
          if (result.partners.empty()) continue;
          ++mixed;
          ASSERT_LE(result.partners[0].share, 0.5) << name << " " << width << "x" << height;
          ASSERT_GT(result.partners[0].share, 0) << name << " " << width << "x" << height;
          ASSERT_GE(number(result, "width") * number(result, "height"), 1);
        }
      }
    }
    EXPECT_GT(mixed, 10'000) << name;
  }
}

// A partner that is written down and not seen would split copies that are alike, and be read for nothing.
void expect_no_partner(const Drawn& result) {
  EXPECT_TRUE(result.partners.empty());
  for (const DrawnValue& value : result.values) {
    EXPECT_NE(value.name, "with");
    EXPECT_NE(value.name, "reference");
  }
}

TEST(Mixing, WritesDownNoPartnerThatIsNotSeen) {
  expect_no_partner(among("cutmix", {}, {1, 1}, 1));
  expect_no_partner(among("overlay", {}, {1, 1}, 1));
  expect_no_partner(among("overlay", {{"opacity", fixed(0)}}, {40, 30}, 1));
  expect_no_partner(among("mosaic", {}, {40, 1}, 1));
  const ParameterValue folder = std::string("folder");
  expect_no_partner(among("histogram_match", {{"reference", folder}, {"blend", fixed(0)}}, {40, 30}, 1));
  expect_no_partner(among("fourier_match", {{"reference", folder}, {"beta", fixed(0)}}, {40, 30}, 1));
}

// With a small alpha many λ lie so close to 1 that not one code value of 16 bit changes.
TEST(Mixing, WritesDownNoPartnerOfAWeightOfNothing) {
  int unmixed = 0;
  const cv::Mat white(6, 8, CV_16UC1, cv::Scalar(65'535));
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    const Drawn result = among("mixup", {{"alpha", fixed(0.1)}}, {8, 6}, copy);
    const bool changes = !same_pixels(run(result.steps, white), white);
    EXPECT_EQ(!result.partners.empty(), changes) << copy;
    if (!changes) {
      expect_no_partner(result);
      ++unmixed;
    }
  }
  EXPECT_GT(unmixed, 0);
}

}  // namespace
}  // namespace tenfold
